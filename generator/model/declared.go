package model

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Own is an entity of a kind that the handbook declares:
//
//	[slags.maaleredskab]
//	navn = "måleredskab"
//	flere = "Måleredskaber"
//	gruppe = "det-skal-vaere-paa-plads"
//	felt.alder = { type = "tekst", navn = "Alder" }
//
// It is the first field of the struct that its table decodes into; ValueOf is the whole.
type Own struct {
	Entity
	Number int  `toml:"nummer" doc:"Rækkefølge."`
	Check  Text `toml:"tjek" navn:"punkt i tjeklister" doc:"Som et punkt til en tjekliste."`

	whole reflect.Value
}

// KindRef refers to an entity of the kind that its key says.
type KindRef struct {
	ID string
	To Named
	At At
}

func (KindRef) SchemaForm() schema.Form { return schema.Ref }
func (r *KindRef) given() (string, At)  { return r.ID, r.At }
func (r *KindRef) set(id string, at At) { r.ID, r.At = id, at }
func (r *KindRef) resolve(to Named)     { r.To = to }
func (r *KindRef) Target() Named        { return r.To }

// What a field may hold besides the built-in types: an address on the web, and the path of a
// published file from the table's own.
type (
	URL  string
	File string
)

// ValueOf is the struct that an entity's table decoded into.
func ValueOf(n Named) reflect.Value {
	if own, ok := n.(*Own); ok {
		return own.whole
	}
	return reflect.ValueOf(n).Elem()
}

// newEntity makes an empty entity of a kind.
func newEntity(k *schema.Kind) (Named, reflect.Value) {
	item := reflect.New(k.Type.Go)
	if n, ok := item.Interface().(Named); ok {
		return n, item.Elem()
	}
	own := item.Elem().Field(0).Addr().Interface().(*Own)
	own.whole = item.Elem()
	return own, item.Elem()
}

// sets are those of the declarations met last, so that equal ones have the same set.
var sets struct {
	sync.Mutex
	known []knownSet
}

type knownSet struct {
	declared *source.Node
	set      *schema.Set
}

const mostSets = 32

// Declared is the set with the kinds that the shared tables declare, and what is wrong with
// the declarations. Equal ones give the same set.
func Declared(shared *source.Node) (*schema.Set, []diag.Diag) {
	tables := shared.Get(declarationsKind.Key)
	if tables == nil || tables.Kind != source.Table {
		return Schema(), nil
	}
	d := &declarer{validator: &validator{}}
	kinds := d.kinds(tables)
	sets.Lock()
	defer sets.Unlock()
	i := slices.IndexFunc(sets.known, func(x knownSet) bool { return source.Equal(x.declared, tables) })
	if i < 0 {
		i = len(sets.known)
		sets.known = append(sets.known, knownSet{tables, Schema().With(kinds)})
	}
	set := sets.known[i].set
	if len(sets.known) > mostSets {
		sets.known = slices.Delete(sets.known, 0, 1)
	}
	return set, d.diags
}

// declarer makes kinds of declarations.
type declarer struct {
	*validator
	list  []*Declaration
	kind  map[string]*schema.Kind // declared, by key
	taken map[string]string       // addresses and names, to the kinds that have them
}

// declaredRank is the place of a handbook's own kinds: after those of a model.
const declaredRank = 265

var kindKey = regexp.MustCompile(`^[a-z]+$`)

// notKinds are words before a colon that mean something else in a link.
var notKinds = []string{"model", "haandbog", "lokal", "sprog", "http", "https", "mailto", "tel", "file", "data",
	"javascript", "vbscript", "fil"}

func (d *declarer) kinds(tables *source.Node) []*schema.Kind {
	d.kind, d.taken = map[string]*schema.Kind{}, map[string]string{}
	for _, k := range Schema().Kinds {
		d.taken[k.Folder], d.taken[source.Slug(k.One)], d.taken[source.Slug(k.Many)] = k.Key, k.Key, k.Key
	}
	for _, n := range tables.Items {
		if n.Kind != source.Table {
			continue // reported when it is decoded
		}
		x := Decode(declarationsKind.Kind, n).(*Declaration)
		if d.accept(x) {
			d.list = append(d.list, x)
			d.kind[x.ID] = x.descriptor()
		}
	}
	var out []*schema.Kind
	for _, x := range d.list {
		k := d.kind[x.ID]
		k.Type = d.table(x)
		for _, name := range x.Columns {
			if key := k.Type.Key(name); key == nil || x.field(name) == nil {
				d.add(diag.Error, x.At.Key("kolonner"), "ukendt-felt", "Skriv id'er fra [slags."+x.ID+".felt.<felt>].",
					"kolonnen \"%s\" er ikke et felt%s", name, diag.MenteDu(name, x.fields()))
			} else {
				k.Columns = append(k.Columns, name)
			}
		}
		out = append(out, k)
	}
	return out
}

// accept reports whether a declaration gives a kind of its own.
func (d *declarer) accept(x *Declaration) bool {
	clash := func(at At, format string, args ...any) bool {
		d.add(diag.Error, at, "slags-findes", "Vælg et andet id og et andet navn.", format, args...)
		return false
	}
	if k := Schema().Kind(x.ID); k != nil {
		return clash(x.At, "slagsen \"%s\" findes allerede i håndbogen (%s)", x.ID, k.Many)
	}
	if slices.Contains(notKinds, x.ID) {
		return clash(x.At, "\"%s\" betyder noget andet i et link", x.ID)
	}
	if !kindKey.MatchString(x.ID) {
		d.add(diag.Error, x.At, "ugyldigt-id", "En slags skrives som ét ord med bogstaverne a-z, fx \"maaleredskab\".",
			"\"%s\" kan ikke bruges som en slags", x.ID)
		return false
	}
	for _, name := range []string{x.ID, source.Slug(x.Name), source.Slug(x.Many)} {
		if of := d.taken[name]; of != "" && name != "" {
			return clash(x.At, "slagsen \"%s\" og \"%s\" har begge navnet \"%s\"", x.ID, of, name)
		}
	}
	d.taken[x.ID], d.taken[source.Slug(x.Name)], d.taken[source.Slug(x.Many)] = x.ID, x.ID, x.ID
	return x.Many != "" && x.Group != "" // else reported when it is decoded
}

func (x *Declaration) field(id string) *FieldForm {
	for _, f := range x.Fields.Items {
		if f.ID == id {
			return f
		}
	}
	return nil
}

func (x *Declaration) fields() []string {
	var out []string
	for _, f := range x.Fields.Items {
		out = append(out, f.ID)
	}
	return out
}

// descriptor is the kind without its type.
func (x *Declaration) descriptor() *schema.Kind {
	k := &schema.Kind{Key: x.ID, One: inSentence(x.Name), Many: x.Many,
		Rank: declaredRank, Page: schema.Together, Folder: source.Slug(x.Many), Group: string(x.Group), Order: 50,
		Doc: cmp.Or(x.Short.Value, x.Many+"."), Example: upperFirst(x.Name),
		Guidance: schema.Welcome, Sourced: x.Sourced, Dense: x.Numbered, Addable: x.Addable, Renamable: x.Renamable,
		National: x.National}
	switch x.Page {
	case "hver":
		k.Page = schema.Own
	case "naar-beskrevet":
		k.Page = schema.Described
	}
	switch x.Guidance {
	case "ingen":
		k.Guidance = schema.NoGuidance
	case "boer":
		k.Guidance = schema.Wanted
	}
	if x.Ticks {
		k.Tick = "tjek"
	}
	if x.Numbered {
		k.Begin = []string{"nummer"}
	}
	return k
}

// inSentence is a name as it is written in running text: without its capital, unless it is
// one of several.
func inSentence(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	if second, _ := utf8.DecodeRuneInString(name[size:]); unicode.IsUpper(second) {
		return name
	}
	return string(unicode.ToLower(first)) + name[size:]
}

func upperFirst(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// table is the type of a declared kind's tables.
func (d *declarer) table(x *Declaration) *schema.Type {
	base := *schema.TypeOf(reflect.TypeFor[Own]())
	if !x.Ticks {
		base.Keys = slices.DeleteFunc(slices.Clone(base.Keys), func(k *schema.Key) bool { return k.Name == "tjek" })
	}
	var keys []*schema.Key
	for _, f := range x.Fields.Items {
		if base.Key(f.ID) != nil || f.ID == "nummer" || f.ID == "tjek" {
			d.add(diag.Error, f.At, "felt-findes", "Giv feltet et andet id, eller brug den nøgle, alle slags har.",
				"feltet \"%s\" er en nøgle, som slagsen har i forvejen", f.ID)
			continue
		}
		if t := d.fieldType(f); t != nil {
			keys = append(keys, f.key(t))
		}
	}
	return schema.OfDeclared(&base, keys)
}

// fieldType is the type of what stands in a field; nil for one that is reported.
func (d *declarer) fieldType(f *FieldForm) *schema.Type {
	t := d.oneType(f)
	if t != nil && f.Several && f.Type != "tabel" {
		if slices.Contains([]FieldType{"tal", "ja-nej", "dato"}, f.Type) {
			d.add(diag.Error, f.At.Key("flere"), "felt-uden-mening", "Slet linjen, eller vælg en anden type.",
				"feltet \"%s\" er %s og kan ikke være en liste", f.ID, f.Type)
			return t
		}
		return schema.ListOf(t)
	}
	return t
}

func (d *declarer) oneType(f *FieldForm) *schema.Type {
	switch f.Type {
	case "fil":
		return schema.TypeOf(reflect.TypeFor[File]())
	case "prosa":
		return schema.TypeOf(reflect.TypeFor[Text]())
	case "tal":
		return schema.TypeOf(reflect.TypeFor[int]())
	case "ja-nej":
		return schema.TypeOf(reflect.TypeFor[bool]())
	case "link":
		return schema.TypeOf(reflect.TypeFor[URL]())
	case "tabel":
		if len(f.Columns) == 0 {
			d.add(diag.Error, f.At, "felt-uden-mening", "Skriv kolonner = [\"…\", \"…\"].",
				"tabellen \"%s\" har ingen kolonner", f.ID)
		}
		return schema.TypeOf(reflect.TypeFor[[][]string]())
	case "valg":
		if len(f.Values) == 0 {
			d.add(diag.Error, f.At, "felt-uden-mening", "Skriv muligheder = [\"…\", \"…\"].",
				"valget \"%s\" har ingen muligheder", f.ID)
		}
		return schema.OneOf(f.Values)
	case "henvisning":
		return d.refType(f)
	case "":
		return nil // reported when it is decoded
	}
	return schema.TypeOf(reflect.TypeFor[string]())
}

func (d *declarer) refType(f *FieldForm) *schema.Type {
	to := cmp.Or(d.kind[f.To], Schema().Kind(f.To))
	if to == nil {
		kinds := kindKeys(Schema(), false)
		for _, x := range d.list {
			kinds = append(kinds, x.ID)
		}
		at, message := f.At.Key("til"), fmt.Sprintf("feltet \"%s\" henviser til en ukendt slags \"%s\"%s", f.ID, f.To,
			diag.MenteDu(f.To, kinds))
		if f.To == "" {
			at, message = f.At, fmt.Sprintf("feltet \"%s\" siger ikke, hvilken slags det henviser til", f.ID)
		}
		d.add(diag.Error, at, "ukendt-slags", "Skriv til = \"rolle\" eller en anden slags; haandbog explain viser dem alle.", "%s", message)
		return nil
	}
	return schema.RefTo(reflect.TypeFor[KindRef](), to)
}

// key is the descriptor of a field.
func (f *FieldForm) key(t *schema.Type) *schema.Key {
	k := &schema.Key{Name: f.ID, Label: inSentence(cmp.Or(f.Name, strings.ReplaceAll(f.ID, "-", " "))),
		Facts: []string{f.ID}, Unit: f.Unit, Required: f.Required, Columns: f.Columns,
		Policy: schema.PolicyOf(string(f.Local)), Type: t}
	k.Doc = cmp.Or(f.Doc, upperFirst(k.Label)+".")
	switch f.Type {
	case "dato":
		k.Doc = strings.TrimSuffix(k.Doc, ".") + " (ÅÅÅÅ-MM-DD)."
	case "fil":
		k.Example = "vejledning/filer/skema.pdf"
	case "link":
		k.Example = "https://www.eksempel.dk/"
	}
	return k
}

// declared checks the values of declared kinds.
func (v *validator) declared(k *schema.Kind, list []Named) {
	for _, n := range list {
		for _, key := range k.Type.Keys {
			at := n.Base().At.Key(key.Name)
			if !n.Base().At.Has(key.Name) {
				continue
			}
			switch x := ValueOf(n).FieldByIndex(key.Index).Interface().(type) {
			case string:
				if key.IsDate() {
					v.date(x, at)
				}
			case URL:
				v.url(x, at)
			case []URL:
				for i, one := range x {
					v.url(one, At{element(at.node, i)})
				}
			case [][]string:
				v.rows(x, key, at)
			}
		}
	}
}

func (v *validator) url(x URL, at At) {
	if !strings.HasPrefix(string(x), "https://") && !strings.HasPrefix(string(x), "http://") {
		v.add(diag.Error, at, "ugyldigt-link", "Skriv hele adressen, fx https://www.ft.dk/.",
			"\"%s\" er ikke en adresse på nettet", x)
	}
}

// rows reports rows of a table that have too few or too many cells.
func (v *validator) rows(rows [][]string, key *schema.Key, at At) {
	for i, row := range rows {
		if len(row) != len(key.Columns) {
			v.add(diag.Error, At{element(at.node, i)}, "raekke-passer-ikke",
				"Skriv en celle for hver kolonne: "+strings.Join(key.Columns, ", ")+".",
				"rækken har %d celler, men tabellen har %d kolonner", len(row), len(key.Columns))
		}
	}
}
