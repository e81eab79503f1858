package model

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// decoder fills typed structs from nodes and collects what does not fit. The
// struct tags are the schema; see the package comment.
type decoder struct {
	diags    []diag.Diag
	national bool            // keys marked lokal are refused
	partial  map[string]bool // files that something was lost from: a missing key is not the author's
	unsure   unsure
	scope    string // the model being decoded, or "" for the shared kinds
}

// unsure holds what may lack entities that the author did write, because a
// file could not be read or a kind's name was misspelt: a model's id for all
// its kinds, "" for all shared ones, "model/kind" and "/kind" for one kind. A
// reference to what is missing there is no mistake of its own.
type unsure map[string]bool

func (u unsure) of(scope, kind string) bool { return u[scope] || u[scope+"/"+kind] }

func (d *decoder) add(sev diag.Severity, code string, n *source.Node, atKey bool, help, format string, args ...any) {
	x := diag.Diag{Severity: sev, Code: code, Pos: n.Pos, Width: n.Width, Help: help, Message: fmt.Sprintf(format, args...)}
	if atKey {
		x.Pos, x.Width = n.KeyPos, len([]rune(n.Key))
	}
	if n.Base != nil && n.Base.Pos.Line > 0 {
		x.Notes = append(x.Notes, diag.Note{Pos: n.Base.Pos, Message: "erstatter"})
	}
	d.diags = append(d.diags, x)
}

// field is one key that a struct accepts.
type field struct {
	key, doc  string
	required  bool
	local     bool
	shorthand bool // a bare string in place of the table fills this field
	index     []int
	typ       reflect.Type
}

var fieldCache sync.Map // reflect.Type → []field; a memo of the tags, which never change

func fieldsOf(t reflect.Type) []field {
	if f, ok := fieldCache.Load(t); ok {
		return f.([]field)
	}
	var out []field
	for i := range t.NumField() {
		sf := t.Field(i)
		tag, opts, _ := strings.Cut(sf.Tag.Get("toml"), ",")
		switch {
		case tag == "-" || !sf.IsExported():
		case sf.Anonymous || opts == "inline":
			for _, f := range fieldsOf(sf.Type) {
				f.index = append([]int{i}, f.index...)
				out = append(out, f)
			}
		case tag != "":
			out = append(out, field{
				key: tag, doc: sf.Tag.Get("doc"), required: sf.Tag.Get("krav") == "ja",
				local: sf.Tag.Get("lokal") == "ja", shorthand: sf.Tag.Get("kort") == "ja",
				index: []int{i}, typ: sf.Type,
			})
		}
	}
	fieldCache.Store(t, out)
	return out
}

var namedCache sync.Map // fieldName → []int; a memo of the types, which never change

type fieldName struct {
	typ  reflect.Type
	name string
}

// named is v.FieldByName(name), which takes its time.
func named(v reflect.Value, name string) reflect.Value {
	key := fieldName{v.Type(), name}
	index, known := namedCache.Load(key)
	if !known {
		f, _ := v.Type().FieldByName(name)
		index, _ = namedCache.LoadOrStore(key, f.Index)
	}
	if len(index.([]int)) == 0 {
		return reflect.Value{}
	}
	return v.FieldByIndex(index.([]int))
}

// enum is a string type with a fixed set of values.
type enum interface{ Values() []string }

var (
	typeAt     = reflect.TypeFor[At]()
	typeText   = reflect.TypeFor[Text]()
	typeCite   = reflect.TypeFor[Cite]()
	typeAnyRef = reflect.TypeFor[AnyRef]()
)

// table decodes a table into the struct v and reports unknown and missing keys.
func (d *decoder) table(n *source.Node, v reflect.Value, what string) {
	fields := fieldsOf(v.Type())
	if at := named(v, "At"); at.IsValid() && at.Type() == typeAt {
		at.Set(reflect.ValueOf(At{n}))
	}
	seen := map[string]bool{}
	for _, item := range n.Items {
		f, ok := findField(fields, item.Key)
		if !ok {
			if v.Type() == reflect.TypeFor[Model]() {
				continue // kinds are decoded by entities
			}
			keys := d.allowed(fields)
			d.add(diag.Error, "ukendt-noegle", item, true,
				"Brug en af disse nøgler: "+strings.Join(keys, ", ")+".",
				"ukendt nøgle \"%s\" i %s%s", item.Key, what, diag.MenteDu(item.Key, keys))
			continue
		}
		seen[item.Key] = true
		if f.local && d.national && !item.Local {
			d.add(diag.Error, "kun-lokalt", item, true,
				"Flyt nøglen til kommunens egen fil under content/kommuner/.",
				"nøglen \"%s\" kan kun bruges af en kommune", item.Key)
			continue
		}
		d.value(item, v.FieldByIndex(f.index), item.Key, f.doc)
	}
	if date := n.Get("lokal_dato"); date != nil && date.Kind == source.String && !isDate(date.Str) {
		d.add(diag.Error, "ugyldig-dato", date, false, "Skriv ÅÅÅÅ-MM-DD, fx 2026-11-22.", "\"%s\" er ikke en dato", date.Str)
	}
	for _, f := range fields {
		if f.required && !seen[f.key] && !d.partial[n.KeyPos.File] {
			d.add(diag.Error, "mangler-noegle", n, true,
				fmt.Sprintf("Tilføj %s = … (%s).", f.key, strings.TrimSuffix(f.doc, ".")),
				"%s mangler nøglen \"%s\"", what, f.key)
		}
	}
}

func (d *decoder) allowed(fields []field) []string {
	var keys []string
	for _, f := range fields {
		if !(f.local && d.national) {
			keys = append(keys, f.key)
		}
	}
	return keys
}

func findField(fields []field, key string) (field, bool) {
	for _, f := range fields {
		if f.key == key {
			return f, true
		}
	}
	return field{}, false
}

// value decodes one node into v, by v's type.
func (d *decoder) value(n *source.Node, v reflect.Value, key, doc string) {
	t := v.Type()
	switch {
	case t == typeText:
		if d.want(n, source.String, key, doc) {
			v.Set(reflect.ValueOf(Text{Value: strings.TrimSpace(n.Str), At: At{n}}))
		}
	case t == typeCite:
		if d.want(n, source.String, key, doc) {
			id, place, _ := strings.Cut(n.Str, ":")
			v.Set(reflect.ValueOf(Cite{ID: strings.TrimSpace(id), Place: strings.TrimSpace(place), At: At{n}}))
		}
	case t == typeAnyRef:
		d.anyRef(n, v, key, doc)
	case isRef(t):
		if d.want(n, source.String, key, doc) {
			named(v, "ID").SetString(n.Str)
			named(v, "At").Set(reflect.ValueOf(At{n}))
		}
	case isKeyed(t):
		d.keyed(n, named(v, "Items"), key, doc)
	case t.Kind() == reflect.Slice:
		d.list(n, v, key, doc)
	case t.Kind() == reflect.Struct:
		if d.want(n, source.Table, key, doc) {
			d.table(n, v, "\""+key+"\"")
		}
	default:
		d.scalar(n, v, key, doc)
	}
}

func (d *decoder) scalar(n *source.Node, v reflect.Value, key, doc string) {
	switch v.Kind() {
	case reflect.String:
		if n.Kind == source.Datetime && v.Type() == reflect.TypeFor[string]() {
			v.SetString(n.Time.Format("2006-01-02"))
			return
		}
		if !d.want(n, source.String, key, doc) {
			return
		}
		v.SetString(strings.TrimSpace(n.Str))
		e, ok := v.Interface().(enum)
		if !ok {
			return
		}
		for _, allowed := range e.Values() {
			if n.Str == allowed {
				return
			}
		}
		v.SetString("")
		d.add(diag.Error, "ukendt-vaerdi", n, false, "Skriv en af: "+strings.Join(e.Values(), ", ")+".",
			"\"%s\" er ikke en mulig værdi for %s%s", n.Str, key, diag.MenteDu(n.Str, e.Values()))
	case reflect.Int:
		if d.want(n, source.Int, key, doc) {
			if n.Int < 0 || n.Int > 1_000_000 {
				d.add(diag.Error, "uden-for-graenser", n, false, "Skriv et tal mellem 0 og 1.000.000.", "tallet %d i %s er uden for grænserne", n.Int, key)
				return
			}
			v.SetInt(n.Int)
		}
	case reflect.Bool:
		if d.want(n, source.Bool, key, doc) {
			v.SetBool(n.Bool)
		}
	default:
		panic("model: no decoding for " + v.Type().String())
	}
}

// want reports a value of the wrong kind.
func (d *decoder) want(n *source.Node, kind source.Kind, key, doc string) bool {
	if n.Kind == kind {
		return true
	}
	help := doc
	switch {
	case kind == source.String:
		help += " Skriv teksten i anførselstegn."
	case kind == source.Int && n.Kind == source.String:
		help += " Skriv tallet uden anførselstegn."
	case kind == source.Bool:
		help += " Skriv true eller false uden anførselstegn."
	}
	d.add(diag.Error, "forkert-type", n, false, strings.TrimSpace(help), "%s skal være %s, men er %s", key, kind, n.Kind)
	return false
}

// list decodes an array. A single value stands for a list of one.
func (d *decoder) list(n *source.Node, v reflect.Value, key, doc string) {
	elems := []*source.Node{n}
	if n.Kind == source.Array {
		elems = n.Items
	} else if k := v.Type().Elem().Kind(); k == reflect.Struct && n.Kind == source.Table && !isRef(v.Type().Elem()) || n.Kind == source.String {
		elems = []*source.Node{n}
	} else {
		d.add(diag.Error, "forkert-type", n, false, doc+" Skriv en liste: [\"…\", \"…\"].", "%s skal være en liste, men er %s", key, n.Kind)
		return
	}
	out := reflect.MakeSlice(v.Type(), len(elems), len(elems))
	for i, e := range elems {
		d.value(e, out.Index(i), key, doc)
	}
	v.Set(out)
}

// keyed decodes a table of tables into items, a slice of pointers.
func (d *decoder) keyed(n *source.Node, items reflect.Value, key, doc string) {
	if !d.want(n, source.Table, key, doc) {
		return
	}
	elem := items.Type().Elem().Elem()
	for _, child := range n.Items {
		item := reflect.New(elem)
		named(item.Elem(), "ID").SetString(child.Key)
		d.checkID(child)
		what := fmt.Sprintf("%s \"%s\"", key, child.Key)
		switch {
		case child.Kind == source.Table:
			d.table(child, item.Elem(), what)
		case d.short(child, item.Elem(), key):
		default:
			d.want(child, source.Table, key+"."+child.Key, doc)
			continue
		}
		items.Set(reflect.Append(items, item))
	}
}

// short decodes a bare string where the struct has a field that takes one.
func (d *decoder) short(n *source.Node, v reflect.Value, key string) bool {
	for _, f := range fieldsOf(v.Type()) {
		if f.shorthand && n.Kind == source.String {
			if at := named(v, "At"); at.IsValid() {
				at.Set(reflect.ValueOf(At{n}))
			}
			d.value(n, v.FieldByIndex(f.index), key, f.doc)
			return true
		}
	}
	return false
}

func (d *decoder) anyRef(n *source.Node, v reflect.Value, key, doc string) {
	if !d.want(n, source.String, key, doc) {
		return
	}
	r := AnyRef{At: At{n}}
	if !r.parse(n.Str) {
		d.add(diag.Error, "ugyldig-henvisning", n, false, "Skriv \"slags:id\", fx \"opgave:rekvirer-afdaekning\".", "\"%s\" i %s er ikke en henvisning", n.Str, key)
		return
	}
	v.Set(reflect.ValueOf(r))
}

// checkID reports ids that cannot be part of an address.
func (d *decoder) checkID(n *source.Node) {
	if n.Key != "" && strings.IndexFunc(n.Key, notSlug) < 0 && !strings.HasPrefix(n.Key, "-") && !strings.HasSuffix(n.Key, "-") {
		return
	}
	d.add(diag.Error, "ugyldigt-id", n, true,
		"Brug små bogstaver a-z, tal og bindestreg; skriv æ som ae, ø som oe og å som aa"+suggestSlug(n.Key)+".",
		"\"%s\" kan ikke bruges som id", n.Key)
}

func notSlug(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-')
}

func suggestSlug(key string) string {
	if s := source.Slug(key); s != "" && s != key {
		return ", fx \"" + s + "\""
	}
	return ""
}

func isRef(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && strings.HasPrefix(t.Name(), "Ref[")
}

func isKeyed(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && strings.HasPrefix(t.Name(), "Keyed[")
}
