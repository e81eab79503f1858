package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/wording"
)

// ModelSchemaName is the file name of ModelJSONSchema's schema. JSON expects
// it in the folder of the models' files and names it under "$schema".
const ModelSchemaName = "model.schema.json"

// JSON writes one linked model, in the order of the handbook and with the keys of the
// TOML files:
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
// write isn't there, but for the words that a cadence's numbers make. Drafts are left out, and so is guidance, which isn't part
// of the model. kilder and love are what the model refers to, in full.
//
// In a municipality's edition "kommune" says whose it is, and what the
// municipality wrote is marked: "lokal": true on the object, with its keys in
// "lokale_noegler" when the rest of the object is national. A model without anything
// local has the national edition's bytes. JSON is safe for concurrent use.
func JSON(h *model.Handbook, m *model.Model, words *wording.Words) ([]byte, error) {
	if m == nil || m.Model != m {
		return nil, fmt.Errorf("writing a model as JSON: the model is not loaded")
	}
	w := &writer{words: words, sources: map[string]bool{}, laws: map[string]bool{}}
	w.key("model")
	w.table(m.ID, reflect.ValueOf(m).Elem(), model.Schema().Model)
	for _, k := range m.Schema().Kinds {
		w.entities(k.Key, m.List(k))
	}
	w.references(h)
	return append(append(head(h, w.local), w.out...), "}\n"...), nil
}

// head writes the edition at the beginning of the file.
func head(h *model.Handbook, local bool) []byte {
	w := &writer{out: []byte{'{'}}
	w.pair("$schema", ModelSchemaName)
	w.pair("haandbog", h.Title)
	if len(h.Releases()) > 0 {
		w.pair("udgave", h.Releases()[0].Number)
		w.pair("dato", h.Releases()[0].Date)
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

// writer writes JSON and collects the sources and laws that it refers to.
type writer struct {
	out     []byte
	words   *wording.Words
	local   bool            // it has written something local
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

// line begins a new line, so that diffs are readable.
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
		w.table(n.Base().ID, model.ValueOf(n), n.Base().Descriptor().Type)
	}
	if !first {
		w.close(']')
	}
}

// references writes the sources and laws that the model refers to, and the sources of
// those.
func (w *writer) references(h *model.Handbook) {
	bodies := &writer{words: w.words, sources: w.sources, laws: w.laws}
	for n := -1; n != len(w.sources); {
		n = len(w.sources)
		bodies.out = bodies.out[:0]
		var sources, laws []model.Named
		for _, s := range h.Sources() {
			if w.sources[s.ID] {
				sources = append(sources, s)
			}
		}
		for _, l := range h.Laws() {
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
func (w *writer) table(id string, v reflect.Value, t *schema.Type) {
	var at model.At // zero for structs without one
	if t.At != nil {
		at = v.FieldByIndex(t.At).Interface().(model.At)
	}
	var own []string // keys that the municipality wrote
	w.open('{')
	w.pair("id", id)
	for _, k := range t.Keys {
		if w.value(k, v.FieldByIndex(k.Index), at.Has(k.Name)) && at.Has(k.Name) && at.Key(k.Name).Local() {
			own = append(own, k.Name)
		}
	}
	switch x := v.Addr().Interface().(type) {
	case *model.Participant:
		if x.Role != nil {
			w.key("rolle")
			w.reference(x.Role.ID, x.Role.Label())
		}
	case *model.Cadence:
		if x.Expression == "" {
			w.pair("udtryk", book.Often(w.words, x))
		}
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

// value writes a key with its value and reports whether there was one. A 0 or
// false counts when the author wrote it.
func (w *writer) value(k *schema.Key, v reflect.Value, written bool) bool {
	if k.Type.Form == schema.Keyed {
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
		if empty(k.Type, v) {
			return false
		}
	}
	w.key(k.Name)
	w.any(k.Type, v)
	return true
}

// empty reports whether a value is not written: an empty text, or a reference to an
// entity that is not shown.
func empty(t *schema.Type, v reflect.Value) bool {
	switch t.Form {
	case schema.Ref:
		to := target(v)
		return to == nil || to.Draft
	case schema.Text:
		return v.Interface().(model.Text).Empty()
	}
	return v.IsZero()
}

// target is the entity that a Ref refers to, or nil.
func target(v reflect.Value) *model.Entity {
	if v.FieldByName("To").IsNil() {
		return nil
	}
	return v.FieldByName("To").Interface().(model.Named).Base()
}

func (w *writer) any(t *schema.Type, v reflect.Value) {
	switch t.Form {
	case schema.Text:
		w.text(v.Interface().(model.Text).Value)
	case schema.Cite:
		w.cite(v.Interface().(model.Cite))
	case schema.AnyRef:
		w.anyRef(v.Interface().(model.AnyRef))
	case schema.Ref:
		to := target(v)
		if t.To.Key == "lov" {
			w.laws[to.ID] = true
		}
		w.reference(to.ID, to.Label())
	case schema.List, schema.Keyed:
		w.open('[')
		for i := range v.Len() {
			w.element(t.Elem, v.Index(i))
		}
		w.close(']')
	case schema.Table:
		w.table("", v, t)
	case schema.Scalar:
		w.scalar(v)
	}
}

func (w *writer) scalar(v reflect.Value) {
	switch v.Kind() {
	case reflect.Int:
		w.out = strconv.AppendInt(w.out, v.Int(), 10)
	case reflect.Bool:
		w.out = strconv.AppendBool(w.out, v.Bool())
	default:
		w.text(v.String())
	}
}

// element writes one element of a list; of a Keyed's, with its id.
func (w *writer) element(t *schema.Type, v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		w.table(v.Elem().FieldByIndex(t.ID).String(), v.Elem(), t)
		return
	}
	if !empty(t, v) {
		w.any(t, v)
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
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == utf8.RuneError }) {
		return append(append(append(dst, '"'), s...), '"')
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic("feed: " + err.Error()) // a string can always be encoded
	}
	return append(dst, bytes.TrimSpace(b.Bytes())...)
}
