package model

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// decoder decodes nodes into typed structs by their schema.Type, and collects
// diagnostics.
type decoder struct {
	diags    []diag.Diag
	national bool        // refuse keys that only a municipality may write
	lost     Lost        // keys missing from a partly read file are not reported
	scope    string      // the model being decoded, or "" for the shared kinds
	set      *schema.Set // the kinds; nil for the built-in ones
}

func (d *decoder) schema() *schema.Set { return cmp.Or(d.set, Schema()) }

// Unsure lists the kinds that may lack entities because a file could not be read or a
// kind's name was misspelt: a model's id for all its kinds, "" for all shared ones,
// "model/kind" and "/kind" for one kind. Unknown references to these are not reported.
type Unsure map[string]bool

func (u Unsure) Note(model, kind string) { u[model+"/"+kind] = true }

func (u Unsure) of(scope, kind string) bool { return u[scope] || u[scope+"/"+kind] }

func (d *decoder) add(sev diag.Severity, code string, n *source.Node, atKey bool, help, format string, args ...any) {
	x := diag.Diag{Severity: sev, Code: code, Pos: n.Pos, Width: n.Width, Help: help,
		Message: fmt.Sprintf(format, args...)}
	if atKey {
		x.Pos, x.Width = n.KeyPos, len([]rune(n.Key))
	}
	if n.Base != nil && n.Base.Pos.Line > 0 {
		x.Notes = append(x.Notes, diag.Note{Pos: n.Base.Pos, Message: "erstatter"})
	}
	d.diags = append(d.diags, x)
}

// table decodes a table into the struct v and reports unknown and missing keys.
func (d *decoder) table(n *source.Node, v reflect.Value, s *schema.Type, what string) {
	setAt(v, s, At{n})
	for _, item := range n.Items {
		f := s.Key(item.Key)
		if f == nil {
			keys := d.allowed(s.Keys)
			d.add(diag.Error, "ukendt-noegle", item, true,
				"Brug en af disse nøgler: "+strings.Join(keys, ", ")+".",
				"ukendt nøgle \"%s\" i %s%s", item.Key, what, diag.MenteDu(item.Key, keys))
			if meant, ok := diag.Suggest(item.Key, keys); ok && item.Kind == source.Table {
				f = s.Key(meant)
				d.value(item, reflect.New(f.Type.Go).Elem(), f.Type, meant, f.Doc) // one run tells of all mistakes
			}
			continue
		}
		if f.Policy.Local() && d.national && !item.Local {
			d.add(diag.Error, "kun-lokalt", item, true,
				"Flyt nøglen til kommunens egen fil under content/kommuner/.",
				"nøglen \"%s\" kan kun bruges af en kommune", item.Key)
			continue
		}
		if words := n.Get("tekst"); f.Name == "eksempel_fra" && words != nil && words.Local && !n.Local {
			continue // the words are the municipality's by now, and no longer whoever's they were
		}
		d.value(item, v.FieldByIndex(f.Index), f.Type, item.Key, f.Doc)
	}
	if date := n.Get("lokal_dato"); date != nil && date.Kind == source.String && !isDate(date.Str) {
		d.add(diag.Error, "ugyldig-dato", date, false, "Skriv ÅÅÅÅ-MM-DD, fx 2026-11-22.", "\"%s\" er ikke en dato",
			date.Str)
	}
	d.derived(n, s)
	d.oneStatement(n, s, what)
	for _, f := range s.Keys {
		given := n.Get(f.Name)
		switch {
		case !f.Required || n.Get(f.Unless) != nil:
		case given != nil && f.Type.IsWords() && given.Kind == source.String && strings.TrimSpace(given.Str) == "":
			d.add(diag.Error, "tom-vaerdi", given, false,
				fmt.Sprintf("Skriv ordene mellem anførselstegnene (%s).", strings.TrimSuffix(f.Doc, ".")),
				"%s i %s er tom", f.Name, what)
		case given == nil && !d.lost.Files[n.KeyPos.File]:
			d.add(diag.Error, "mangler-noegle", n, true,
				fmt.Sprintf("Tilføj %s = … (%s).", f.Name, strings.TrimSuffix(f.Doc, ".")),
				"%s mangler nøglen \"%s\"", what, f.Name)
		}
	}
}

// derived reports names under udledt that are no keys of the table, or that the
// author gave no value.
func (d *decoder) derived(n *source.Node, s *schema.Type) {
	list := n.Get("udledt")
	if list == nil || s.Key("udledt") == nil {
		return
	}
	var given []string
	for _, item := range n.Items {
		if s.Key(item.Key) != nil && item.Key != "udledt" {
			given = append(given, item.Key)
		}
	}
	names := []*source.Node{list}
	if list.Kind == source.Array {
		names = list.Items
	}
	for _, name := range names {
		switch {
		case name.Kind != source.String || slices.Contains(given, name.Str):
		case s.Key(name.Str) == nil:
			d.add(diag.Error, "ukendt-noegle", name, false, "Skriv navnet på en nøgle i tabellen: "+strings.Join(given, ", ")+".",
				"udledt nævner \"%s\", som ikke er en nøgle her%s", name.Str, diag.MenteDu(name.Str, given))
		default:
			d.add(diag.Error, "tom-noegle", name, false, "Skriv "+name.Str+" = …, eller tag navnet ud af udledt.",
				"udledt nævner \"%s\", som ikke står i tabellen", name.Str)
		}
	}
}

// ownMarks are what a point that shows another statement takes from it.
var ownMarks = []string{"bindende", "grundlag", "kilde", "udledt", "eksempel_fra", "hvem", "hvornaar", "ansvarlig"}

// oneStatement reports a point that shows a statement and has marks of its own.
func (d *decoder) oneStatement(n *source.Node, s *schema.Type, what string) {
	from := n.Get("fra")
	if from == nil || !holdsPoints(s) {
		return
	}
	for _, item := range n.Items {
		if slices.Contains(ownMarks, item.Key) && !item.Local {
			d.add(diag.Error, "to-udsagn", item, true, "Slet linjen, eller slet fra, hvis punktet er et udsagn for sig selv.",
				"%s viser %s og kan ikke have sin egen \"%s\"", what, from.Str, item.Key)
		}
	}
}

func (d *decoder) allowed(keys []*schema.Key) []string {
	var out []string
	for _, f := range keys {
		if !(f.Policy.Local() && d.national) {
			out = append(out, f.Name)
		}
	}
	return out
}

func setAt(v reflect.Value, t *schema.Type, at At) {
	if t.At != nil {
		*v.FieldByIndex(t.At).Addr().Interface().(*At) = at
	}
}

func (d *decoder) value(n *source.Node, v reflect.Value, s *schema.Type, key, doc string) {
	if (s.Form == schema.Ref || s.Form == schema.Cite) && n.Kind == source.String && strings.TrimSpace(n.Str) == "" {
		d.add(diag.Error, "tom-vaerdi", n, false, "Skriv et id mellem anførselstegnene, eller slet dem.", "%s er tom", key)
		return
	}
	switch s.Form {
	case schema.Text:
		if d.want(n, source.String, key, doc) {
			*v.Addr().Interface().(*Text) = TextOf(n)
		}
	case schema.Cite:
		if d.want(n, source.String, key, doc) {
			id, place, colon := strings.Cut(n.Str, ":")
			if colon && strings.TrimSpace(place) == "" || strings.TrimSpace(id) == "" {
				d.add(diag.Error, "tom-kilde", n, false, "Skriv \"kilde-id: sted\", fx \"modelbeskrivelse: kap. 5\".",
					"henvisningen \"%s\" mangler kildens id eller stedet i den", n.Str)
				return
			}
			*v.Addr().Interface().(*Cite) = Cite{ID: strings.TrimSpace(id), Place: strings.TrimSpace(place), At: At{n}}
		}
	case schema.AnyRef:
		d.anyRef(n, v.Addr().Interface().(*AnyRef), key, doc)
	case schema.Ref:
		if d.want(n, source.String, key, doc) {
			v.Addr().Interface().(reference).set(n.Str, At{n})
		}
	case schema.Keyed:
		d.keyed(n, v.Field(0), s.Elem, key, doc)
	case schema.List:
		d.list(n, v, s, key, doc)
	case schema.Table:
		if d.want(n, source.Table, key, doc) {
			d.table(n, v, s, "\""+key+"\"")
		}
	default:
		d.scalar(n, v, s, key, doc)
	}
}

func (d *decoder) scalar(n *source.Node, v reflect.Value, s *schema.Type, key, doc string) {
	switch s.Go.Kind() {
	case reflect.String:
		if n.Kind == source.Datetime && s.Go == reflect.TypeFor[string]() {
			v.SetString(n.Time.Format("2006-01-02"))
			return
		}
		if !d.want(n, source.String, key, doc) {
			return
		}
		if s.Values == nil {
			d.plain(n, key)
		}
		if s.Values == nil || slices.Contains(s.Values, n.Str) {
			v.SetString(strings.TrimSpace(n.Str))
			if f, ok := v.Addr().Interface().(*Force); ok && *f == Described {
				*f = "" // one way to say it
			}
			return
		}
		d.add(diag.Error, "ukendt-vaerdi", n, false, "Skriv en af: "+strings.Join(s.Values, ", ")+".",
			"\"%s\" er ikke en mulig værdi for %s%s", n.Str, key, diag.MenteDu(n.Str, s.Values))
	case reflect.Int:
		if d.want(n, source.Int, key, doc) {
			if n.Int < 0 || n.Int > 1_000_000 {
				d.add(diag.Error, "uden-for-graenser", n, false, "Skriv et tal mellem 0 og 1.000.000.",
					"tallet %d i %s er uden for grænserne", n.Int, key)
				return
			}
			v.SetInt(n.Int)
		}
	case reflect.Bool:
		if d.want(n, source.Bool, key, doc) {
			v.SetBool(n.Bool)
		}
	default:
		panic("model: no decoding for " + s.Go.String())
	}
}

// want reports whether a value is of the wanted kind, and adds a diagnostic if not.
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
	d.add(diag.Error, "forkert-type", n, false, strings.TrimSpace(help), "%s skal være %s, men er %s", key, kind,
		n.Kind)
	return false
}

// list decodes an array. A single value is short for a list of one.
func (d *decoder) list(n *source.Node, v reflect.Value, s *schema.Type, key, doc string) {
	items := []*source.Node{n}
	switch {
	case n.Kind == source.Array:
		items = n.Items
	case n.Kind == source.String, n.Kind == source.Table && s.Elem.Go.Kind() == reflect.Struct &&
		s.Elem.Form != schema.Ref:
	default:
		d.add(diag.Error, "forkert-type", n, false, doc+" Skriv en liste: [\"…\", \"…\"].",
			"%s skal være en liste, men er %s", key, n.Kind)
		return
	}
	v.Set(reflect.MakeSlice(s.Go, len(items), len(items)))
	for i, item := range items {
		d.value(item, v.Index(i), s.Elem, key, doc)
	}
}

// keyed decodes a table of tables into items, a slice of pointers.
func (d *decoder) keyed(n *source.Node, items reflect.Value, s *schema.Type, key, doc string) {
	if !d.want(n, source.Table, key, doc) {
		return
	}
	for _, child := range n.Items {
		item := reflect.New(s.Go)
		item.Elem().FieldByIndex(s.ID).SetString(child.Key)
		d.checkID(child)
		switch {
		case child.Kind == source.Table:
			d.table(child, item.Elem(), s, key+" \""+child.Key+"\"")
		case d.short(child, item.Elem(), s, key):
		default:
			d.want(child, source.Table, key+"."+child.Key, doc)
			continue
		}
		items.Set(reflect.Append(items, item))
	}
}

// short decodes a bare string into the field that it is short for. It reports whether
// there is one.
func (d *decoder) short(n *source.Node, v reflect.Value, s *schema.Type, key string) bool {
	for _, f := range s.Keys {
		if f.Shorthand && n.Kind == source.String {
			setAt(v, s, At{n})
			d.value(n, v.FieldByIndex(f.Index), f.Type, key, f.Doc)
			return true
		}
	}
	return false
}

func (d *decoder) anyRef(n *source.Node, r *AnyRef, key, doc string) {
	if !d.want(n, source.String, key, doc) {
		return
	}
	given := AnyRef{At: At{n}}
	if !given.parse(n.Str) {
		d.add(diag.Error, "ugyldig-henvisning", n, false, "Skriv \"slags:id\", fx \"opgave:rekvirer-afdaekning\".",
			"\"%s\" i %s er ikke en henvisning", n.Str, key)
		return
	}
	*r = given
}

// checkID reports ids that cannot be part of an address.
func (d *decoder) checkID(n *source.Node) {
	if n.Key != "" && strings.IndexFunc(n.Key, notSlug) < 0 && !strings.HasPrefix(n.Key, "-") &&
		!strings.HasSuffix(n.Key, "-") && !ReservedByWindows(n.Key) {
		return
	}
	if ReservedByWindows(n.Key) {
		d.add(diag.Error, "ugyldigt-id", n, true, "Skriv fx \""+n.Key+"-1\".",
			"\"%s\" kan ikke bruges som id, fordi Windows ikke kan gemme en fil med det navn", n.Key)
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
