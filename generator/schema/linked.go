package schema

import (
	"fmt"
	"reflect"
	"strconv"
	"unicode/utf8"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/model"
)

// ModelSchemaName is the file name of ModelJSONSchema's schema. JSON expects
// it in the folder of the models' files and names it under "$schema".
const ModelSchemaName = "model.schema.json"

// JSON writes one linked model for others to build on, in the order of the
// handbook and with the keys of the TOML files:
//
//	{"$schema":"model.schema.json","haandbog":"Modelhåndbog","udgave":"1.0","dato":"2026-11-22",
//	"model":{"id":"laeringsmiljoe","titel":…},
//	"fase":[
//	{"id":"faelles-maal","navn":…,"ansvarlig":{"id":"laeringskoordinator","navn":"Læringskoordinator"},
//	 "kilde":[{"id":"modelbeskrivelse-2023","titel":…,"sted":"kap. 5"}]},…],
//	…,"kilder":[…],"love":[…]}
//
// A reference has the id and name of what it points at, a text is its
// Markdown, a table of tables is a list of objects with their ids, and a list
// is a list even where the author wrote a single value. What the author didn't
// write isn't there. Drafts are left out, and so is guidance, which isn't part
// of the model. kilder and love are what the model refers to, in full.
//
// In a municipality's edition "kommune" says whose it is, and what the
// municipality wrote is marked: "lokal": true on the object, with its keys in
// "lokale_noegler" when the rest of the object is national. A model without anything
// local has the national edition's bytes. JSON is safe for concurrent use.
func JSON(h *model.Handbook, m *model.Model) ([]byte, error) {
	if m == nil || m.Model != m {
		return nil, fmt.Errorf("writing a model as JSON: the model is not loaded")
	}
	w := &writer{fields: map[reflect.Type][]model.Field{}, sources: map[string]bool{}, laws: map[string]bool{}}
	w.key("model")
	w.table(m.ID, reflect.ValueOf(m).Elem())
	byKind := map[string][]model.Named{}
	for _, n := range m.All() {
		byKind[n.Base().Kind] = append(byKind[n.Base().Kind], n)
	}
	for _, k := range model.Kinds() {
		if !k.Shared {
			w.entities(k.Key, byKind[k.Key])
		}
	}
	w.references(h)
	return append(append(head(h, w.local), w.out...), "}\n"...), nil
}

// head begins the file with what tells editions apart.
func head(h *model.Handbook, local bool) []byte {
	w := &writer{out: []byte{'{'}}
	w.pair("$schema", ModelSchemaName)
	w.pair("haandbog", h.Title)
	if len(h.Editions) > 0 {
		w.pair("udgave", h.Editions[0].Number)
		w.pair("dato", h.Editions[0].Date)
	}
	if local && h.Municipal != nil {
		w.key("kommune")
		w.open('{')
		w.pair("id", h.Municipal.ID)
		w.pair("navn", book.FullName(h.Municipal))
		w.close('}')
	}
	return append(w.out, ",\n"...)
}

// writer writes JSON and remembers what it came by.
type writer struct {
	out     []byte
	fields  map[reflect.Type][]model.Field
	local   bool            // something was a municipality's
	sources map[string]bool // ids of the sources that were cited
	laws    map[string]bool // ids of the laws that were referred to
}

// comma separates a member or element from the one before it.
func (w *writer) comma() {
	if n := len(w.out); n > 0 && w.out[n-1] != '{' && w.out[n-1] != '[' && w.out[n-1] != ':' && w.out[n-1] != '\n' {
		w.out = append(w.out, ',')
	}
}

func (w *writer) open(c byte)  { w.comma(); w.out = append(w.out, c) }
func (w *writer) close(c byte) { w.out = append(w.out, c) }

func (w *writer) key(s string) {
	w.comma()
	w.out = append(appendString(w.out, s), ':')
}

func (w *writer) text(s string) {
	w.comma()
	w.out = appendString(w.out, s)
}

// pair writes a key with a text, unless the text is empty.
func (w *writer) pair(key, text string) {
	if text != "" {
		w.key(key)
		w.text(text)
	}
}

// line begins a new line, so that a diff of two editions can be read.
func (w *writer) line() {
	w.comma()
	w.out = append(w.out, '\n')
}

// entities writes a kind's entities, one a line.
func (w *writer) entities(key string, list []model.Named) {
	first := true
	for _, n := range list {
		if n.Base().Draft {
			continue
		}
		if first {
			w.line()
			w.key(key)
			w.open('[')
			first = false
		}
		w.line()
		w.table(n.Base().ID, reflect.ValueOf(n).Elem())
	}
	if !first {
		w.close(']')
	}
}

// references writes the sources and laws that were written as references,
// and the sources that those rest on.
func (w *writer) references(h *model.Handbook) {
	bodies := &writer{fields: w.fields, sources: w.sources, laws: w.laws}
	for n := -1; n != len(w.sources); {
		n = len(w.sources)
		bodies.out = bodies.out[:0]
		var sources, laws []model.Named
		for _, s := range h.Sources {
			if w.sources[s.ID] {
				sources = append(sources, s)
			}
		}
		for _, l := range h.Laws {
			if w.laws[l.ID] {
				laws = append(laws, l)
			}
		}
		bodies.entities("kilder", sources)
		bodies.entities("love", laws)
	}
	if len(bodies.out) > 0 {
		w.comma()
		w.out = append(w.out, bodies.out...)
	}
}

// table writes a struct that a table was decoded into.
func (w *writer) table(id string, v reflect.Value) {
	t := v.Type()
	at := place(v)
	var own []string // keys that the municipality wrote
	w.open('{')
	w.pair("id", id)
	for _, f := range w.fieldsOf(t) {
		fv := v.FieldByIndex(f.Index)
		if !w.value(f.Key, fv, at.Has(f.Key)) {
			continue
		}
		if at.Has(f.Key) && at.Key(f.Key).Local() {
			own = append(own, f.Key)
		}
	}
	if p, ok := v.Addr().Interface().(*model.Participant); ok && p.Role != nil {
		w.key("rolle")
		w.reference(p.Role.ID, p.Role.Label())
	}
	if at.Local() || len(own) > 0 {
		w.local = true
		w.key("lokal")
		w.out = append(w.out, "true"...)
	}
	if !at.Local() && len(own) > 0 {
		w.key("lokale_noegler")
		w.open('[')
		for _, key := range own {
			w.text(key)
		}
		w.close(']')
	}
	w.close('}')
}

func (w *writer) fieldsOf(t reflect.Type) []model.Field {
	list, ok := w.fields[t]
	if !ok {
		list = model.Fields(t)
		w.fields[t] = list
	}
	return list
}

// place is where the table began, or nowhere for structs that don't say.
func place(v reflect.Value) model.At {
	if f := v.FieldByName("At"); f.IsValid() {
		if at, ok := f.Interface().(model.At); ok {
			return at
		}
	}
	return model.At{}
}

// value writes a key with its value and reports whether there was one. A 0 or
// false counts when the author wrote it.
func (w *writer) value(key string, v reflect.Value, written bool) bool {
	if _, ok := model.KeyedType(v.Type()); ok {
		v = v.FieldByName("Items")
	}
	switch v.Kind() {
	case reflect.Int, reflect.Bool:
		if v.IsZero() && !written {
			return false
		}
	case reflect.Slice:
		if v.Len() == 0 {
			return false
		}
	default:
		if empty(v) {
			return false
		}
	}
	w.key(key)
	w.any(v)
	return true
}

// empty reports that there is nothing to say: no text, or a reference to
// nothing that is shown.
func empty(v reflect.Value) bool {
	if _, ok := model.RefType(v.Type()); ok {
		to, ok := v.FieldByName("To").Interface().(model.Named)
		return !ok || v.FieldByName("To").IsNil() || to.Base().Draft
	}
	if t, ok := v.Interface().(model.Text); ok {
		return t.Empty()
	}
	return v.IsZero()
}

// any writes a value by its type.
func (w *writer) any(v reflect.Value) {
	switch x := v.Interface().(type) {
	case model.Text:
		w.text(x.Value)
		return
	case model.Cite:
		w.cite(x)
		return
	case model.AnyRef:
		w.anyRef(x)
		return
	}
	if k, ok := model.RefType(v.Type()); ok {
		to := v.FieldByName("To").Interface().(model.Named).Base()
		if k.Key == "lov" {
			w.laws[to.ID] = true
		}
		w.reference(to.ID, to.Label())
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		w.open('[')
		for i := range v.Len() {
			w.element(v.Index(i))
		}
		w.close(']')
	case reflect.Struct:
		w.table("", v)
	case reflect.Int:
		w.out = strconv.AppendInt(w.out, v.Int(), 10)
	case reflect.Bool:
		w.out = strconv.AppendBool(w.out, v.Bool())
	default:
		w.text(v.String())
	}
}

// element writes one element of a list; of a Keyed's, with its id.
func (w *writer) element(v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		w.table(v.Elem().FieldByName("ID").String(), v.Elem())
		return
	}
	if !empty(v) {
		w.any(v)
	}
}

func (w *writer) reference(id, name string) {
	w.open('{')
	w.pair("id", id)
	w.pair("navn", name)
	w.close('}')
}

func (w *writer) cite(c model.Cite) {
	w.sources[c.ID] = true
	w.open('{')
	w.pair("id", c.ID)
	if c.To != nil {
		w.pair("titel", c.To.Title)
	}
	w.pair("sted", c.Place)
	w.close('}')
}

// anyRef has no name when it points into a model that this edition leaves out.
func (w *writer) anyRef(r model.AnyRef) {
	w.open('{')
	w.pair("model", r.Model)
	w.pair("slags", r.Kind)
	w.pair("id", r.ID)
	if r.To != nil {
		w.pair("navn", r.To.Base().Label())
	}
	w.close('}')
}

// appendString writes a JSON string; < and > stay as they are.
func appendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			dst = utf8.AppendRune(dst, r)
			i += size
			continue
		}
		i++
	}
	return append(dst, '"')
}
