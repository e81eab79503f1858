package model

import (
	"cmp"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// At is the node of a value: its position, and the national value that it replaced.
type At struct{ node *source.Node }

// TextOf is the text at a node, which may be nil.
func TextOf(n *source.Node) Text {
	if n == nil {
		return Text{}
	}
	return Text{Value: strings.TrimSpace(n.Str), At: At{n}}
}

// Pos is the position of the value; the zero Pos without a node.
func (a At) Pos() diag.Pos {
	if a.node == nil {
		return diag.Pos{}
	}
	return a.node.Pos
}

// Statement is the position that a statement is known by in all its views and
// editions: of the national table, where a municipality has laid something over it.
func (a At) Statement() diag.Pos {
	if a.node == nil {
		return diag.Pos{}
	}
	if a.node.Base != nil {
		return a.node.Base.KeyPos
	}
	return a.node.KeyPos
}

// Width is how many characters the value fills on its line.
func (a At) Width() int {
	if a.node == nil {
		return 0
	}
	return a.node.Width
}

// Local reports whether the value was written by a municipality.
func (a At) Local() bool { return a.node != nil && a.node.Local }

// National is the national wording that a local value replaced, or "".
func (a At) National() string {
	if a.node == nil || a.node.Base == nil {
		return ""
	}
	return a.node.Base.Str
}

// Key is the value under key, or a itself when there is none.
func (a At) Key(key string) At {
	if n := a.node.Get(key); n != nil {
		return At{n}
	}
	return a
}

// Index is the element of a list, or a itself when a single value is short for one.
func (a At) Index(i int) At { return At{element(a.node, i)} }

// Has reports whether the author wrote the key in the table that begins at a.
func (a At) Has(key string) bool { return a.node.Get(key) != nil }

// Node is the value's node, or nil. It must not be changed.
func (a At) Node() *source.Node { return a.node }

// Named is implemented by every kind of entity.
type Named interface{ Base() *Entity }

// Descriptor is that of the entity's kind; nil for a model.
func (e *Entity) Descriptor() *schema.Kind { return e.kind }

// Base returns the keys that all entities have.
func (e *Entity) Base() *Entity { return e }

// Label is the entity's name as readers see it: the municipality's own name for it, if
// there is one.
func (e *Entity) Label() string {
	if e.Local.Name != "" {
		return e.Local.Name
	}
	return e.Name
}

func (e *Entity) MenuLabel() string { return cmp.Or(e.Menu, e.Label()) }

// Ref refers to an entity of kind T. Linking sets To; a missing reference has an empty
// ID.
type Ref[T any] struct {
	ID string
	To *T
	At At
}

func (r Ref[T]) Set() bool { return r.To != nil }

// AnyRef points at an entity of a kind that the author names: "opgave:id",
// "model/opgave:id" for another model's, or "moede:id#dagsorden.status" for a
// point of an entity.
type AnyRef struct {
	Model, Kind, ID string
	Point           string // "dagsorden.status", or ""
	To              Named
	At              At
}

func (r *AnyRef) parse(s string) bool {
	rest := s
	if m, after, ok := strings.Cut(rest, "/"); ok {
		r.Model, rest = m, after
	}
	rest, r.Point, _ = strings.Cut(rest, "#")
	kind, id, ok := strings.Cut(rest, ":")
	r.Kind, r.ID = kind, id
	return ok && kind != "" && id != ""
}

// Cite is a citation of a source: "modelbeskrivelse-2023: kap. 5, fase 2".
type Cite struct {
	ID    string
	Place string
	To    *Source
	At    At
}

// Keyed is a table of tables in the order of the file. Overlays merge by key.
type Keyed[T any] struct{ Items []*T }

func (k Keyed[T]) Len() int { return len(k.Items) }

// Empty reports whether the author wrote nothing.
func (t Text) Empty() bool { return t.Value == "" }

// The forms of the types that their Go kind doesn't tell.
func (Text) SchemaForm() schema.Form     { return schema.Text }
func (Cite) SchemaForm() schema.Form     { return schema.Cite }
func (AnyRef) SchemaForm() schema.Form   { return schema.AnyRef }
func (Ref[T]) SchemaForm() schema.Form   { return schema.Ref }
func (Keyed[T]) SchemaForm() schema.Form { return schema.Keyed }

// reference is a Ref to any kind.
type reference interface {
	given() (id string, at At) // as the author wrote it
	set(id string, at At)
	Target() Named    // nil until it is resolved
	resolve(to Named) // to an entity of its kind
}

func (r *Ref[T]) given() (string, At)  { return r.ID, r.At }
func (r *Ref[T]) set(id string, at At) { r.ID, r.At = id, at }
func (r *Ref[T]) resolve(to Named)     { r.To = any(to).(*T) }

// Target is the entity that the reference refers to, or nil.
func (r *Ref[T]) Target() Named {
	if r.To == nil {
		return nil
	}
	return any(r.To).(Named)
}

// PointAt gives a point of an entity, "dagsorden.status", or nil.
func PointAt(n Named, path string) *Point {
	key, id, _ := strings.Cut(path, ".")
	k := n.Base().kind.Type.Key(key)
	if k == nil || k.Type.Form != schema.Keyed || !holdsPoints(k.Type.Elem) {
		return nil
	}
	for _, p := range pointsIn(n, k) {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// holdsPoints reports whether tables of the type are points.
func holdsPoints(t *schema.Type) bool {
	from := t.Key("fra")
	return from != nil && from.Type.Form == schema.AnyRef
}

// pointsIn lists the points of an entity under one key.
func pointsIn(n Named, k *schema.Key) []*Point {
	var out []*Point
	items := ValueOf(n).FieldByIndex(k.Index).Field(0)
	for i := range items.Len() {
		out = append(out, items.Index(i).Elem().FieldByName("Point").Addr().Interface().(*Point))
	}
	return out
}
