package model

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

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

// table decodes a table into the struct v and reports unknown and missing keys.
func (d *decoder) table(n *source.Node, v reflect.Value, s *shape, what string) {
	s.place(v, At{n})
	for _, item := range n.Items {
		f := s.field(item.Key)
		if f == nil {
			keys := d.allowed(s.fields)
			d.add(diag.Error, "ukendt-noegle", item, true,
				"Brug en af disse nøgler: "+strings.Join(keys, ", ")+".",
				"ukendt nøgle \"%s\" i %s%s", item.Key, what, diag.MenteDu(item.Key, keys))
			continue
		}
		if f.local && d.national && !item.Local {
			d.add(diag.Error, "kun-lokalt", item, true,
				"Flyt nøglen til kommunens egen fil under content/kommuner/.",
				"nøglen \"%s\" kan kun bruges af en kommune", item.Key)
			continue
		}
		d.value(item, v.FieldByIndex(f.index), f.shape, item.Key, f.doc)
	}
	if date := n.Get("lokal_dato"); date != nil && date.Kind == source.String && !isDate(date.Str) {
		d.add(diag.Error, "ugyldig-dato", date, false, "Skriv ÅÅÅÅ-MM-DD, fx 2026-11-22.", "\"%s\" er ikke en dato", date.Str)
	}
	for i := range s.fields {
		if f := &s.fields[i]; f.required && n.Get(f.key) == nil && !d.partial[n.KeyPos.File] {
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

// value decodes one node into v, by v's shape.
func (d *decoder) value(n *source.Node, v reflect.Value, s *shape, key, doc string) {
	switch s.form {
	case asText:
		if d.want(n, source.String, key, doc) {
			*v.Addr().Interface().(*Text) = Text{Value: strings.TrimSpace(n.Str), At: At{n}}
		}
	case asCite:
		if d.want(n, source.String, key, doc) {
			id, place, _ := strings.Cut(n.Str, ":")
			*v.Addr().Interface().(*Cite) = Cite{ID: strings.TrimSpace(id), Place: strings.TrimSpace(place), At: At{n}}
		}
	case asAnyRef:
		d.anyRef(n, v.Addr().Interface().(*AnyRef), key, doc)
	case asRef:
		if d.want(n, source.String, key, doc) {
			v.Addr().Interface().(reference).write(n.Str, At{n})
		}
	case asKeyed:
		d.keyed(n, v.Field(0), s.elem, key, doc)
	case asList:
		d.list(n, v, s, key, doc)
	case asStruct:
		if d.want(n, source.Table, key, doc) {
			d.table(n, v, s, "\""+key+"\"")
		}
	default:
		d.scalar(n, v, s, key, doc)
	}
}

func (d *decoder) scalar(n *source.Node, v reflect.Value, s *shape, key, doc string) {
	switch s.typ.Kind() {
	case reflect.String:
		if n.Kind == source.Datetime && s.typ == reflect.TypeFor[string]() {
			v.SetString(n.Time.Format("2006-01-02"))
			return
		}
		if !d.want(n, source.String, key, doc) {
			return
		}
		if s.words == nil || slices.Contains(s.words, n.Str) {
			v.SetString(strings.TrimSpace(n.Str))
			return
		}
		d.add(diag.Error, "ukendt-vaerdi", n, false, "Skriv en af: "+strings.Join(s.words, ", ")+".",
			"\"%s\" er ikke en mulig værdi for %s%s", n.Str, key, diag.MenteDu(n.Str, s.words))
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
		panic("model: no decoding for " + s.typ.String())
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
func (d *decoder) list(n *source.Node, v reflect.Value, s *shape, key, doc string) {
	items := []*source.Node{n}
	switch {
	case n.Kind == source.Array:
		items = n.Items
	case n.Kind == source.String, n.Kind == source.Table && s.elem.typ.Kind() == reflect.Struct && s.elem.form != asRef:
	default:
		d.add(diag.Error, "forkert-type", n, false, doc+" Skriv en liste: [\"…\", \"…\"].", "%s skal være en liste, men er %s", key, n.Kind)
		return
	}
	v.Set(reflect.MakeSlice(s.typ, len(items), len(items)))
	for i, item := range items {
		d.value(item, v.Index(i), s.elem, key, doc)
	}
}

// keyed decodes a table of tables into items, a slice of pointers.
func (d *decoder) keyed(n *source.Node, items reflect.Value, s *shape, key, doc string) {
	if !d.want(n, source.Table, key, doc) {
		return
	}
	for _, child := range n.Items {
		item := reflect.New(s.typ)
		item.Elem().FieldByIndex(s.id).SetString(child.Key)
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

// short decodes a bare string where the struct has a field that takes one.
func (d *decoder) short(n *source.Node, v reflect.Value, s *shape, key string) bool {
	for _, f := range s.fields {
		if f.shorthand && n.Kind == source.String {
			s.place(v, At{n})
			d.value(n, v.FieldByIndex(f.index), f.shape, key, f.doc)
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
		d.add(diag.Error, "ugyldig-henvisning", n, false, "Skriv \"slags:id\", fx \"opgave:rekvirer-afdaekning\".", "\"%s\" i %s er ikke en henvisning", n.Str, key)
		return
	}
	*r = given
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
