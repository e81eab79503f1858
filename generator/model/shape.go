package model

import (
	"reflect"
	"strings"
	"sync"
)

// shape is what there is to know of a Go type: what is decoded into it, and
// where in it references stand. It is worked out once; the struct tags are the
// schema, see the package comment.
type shape struct {
	form   form
	typ    reflect.Type
	elem   *shape      // of a list's elements, or of the tables of a Keyed
	kind   KindInfo    // that a Ref points at
	words  []string    // that are all a scalar can be; nil for any
	fields []field     // of a table, by its keys
	id, at []int       // a table's fields of these names; nil when there is none
	links  []linkField // a table's fields in which references stand
	refers bool        // references stand in it, at any depth
}

// form tells apart what the model's types are made of.
type form int

const (
	asScalar form = iota // string, int, bool, or a string of a few words
	asText
	asCite
	asRef
	asAnyRef
	asList
	asKeyed
	asStruct
)

// field is one key that a struct accepts.
type field struct {
	key, doc  string
	required  bool
	local     bool
	shorthand bool // a bare string in place of the table fills this field
	index     []int
	shape     *shape
}

// linkField is a field of a struct in which references stand.
type linkField struct {
	index int
	shape *shape
}

var shapes sync.Map // reflect.Type → *shape; a memo of the types, which never change

func shapeOf(t reflect.Type) *shape {
	s, ok := shapes.Load(t)
	if !ok {
		s, _ = shapes.LoadOrStore(t, newShape(t))
	}
	return s.(*shape)
}

// enum is a string type with a fixed set of values.
type enum interface{ Values() []string }

func newShape(t reflect.Type) *shape {
	s := &shape{typ: t}
	switch {
	case t == reflect.TypeFor[Text]():
		s.form = asText
	case t == reflect.TypeFor[Cite]():
		s.form, s.refers = asCite, true
	case t == reflect.TypeFor[AnyRef]():
		s.form, s.refers = asAnyRef, true
	case t.Kind() == reflect.Struct && strings.HasPrefix(t.Name(), "Ref["):
		to, _ := t.FieldByName("To")
		s.form, s.refers, s.kind = asRef, true, kindOf(to.Type.Elem())
	case t.Kind() == reflect.Struct && strings.HasPrefix(t.Name(), "Keyed["):
		s.form, s.elem = asKeyed, shapeOf(t.Field(0).Type.Elem().Elem())
		s.refers = s.elem.refers
	case t.Kind() == reflect.Slice:
		elem := t.Elem()
		if elem.Kind() == reflect.Pointer {
			elem = elem.Elem()
		}
		s.form, s.elem = asList, shapeOf(elem)
		s.refers = s.elem.refers
	case t.Kind() == reflect.Struct:
		s.form = asStruct
		s.ofStruct()
	default:
		if e, ok := reflect.Zero(t).Interface().(enum); ok {
			s.words = e.Values()
		}
	}
	return s
}

// ofStruct works out what there is to know of a struct's fields.
func (s *shape) ofStruct() {
	for i := range s.typ.NumField() {
		sf := s.typ.Field(i)
		tag, opts, _ := strings.Cut(sf.Tag.Get("toml"), ",")
		if _, isKind := kindNames[tag]; isKind && s.typ == reflect.TypeFor[Model]() || tag == "-" || !sf.IsExported() {
			continue // entities are decoded and linked kind by kind
		}
		inner := shapeOf(sf.Type)
		if inner.refers {
			s.links = append(s.links, linkField{i, inner})
		}
		switch {
		case sf.Anonymous || opts == "inline":
			for _, f := range inner.fields {
				f.index = append([]int{i}, f.index...)
				s.fields = append(s.fields, f)
			}
		case tag != "":
			s.fields = append(s.fields, field{
				key: tag, doc: sf.Tag.Get("doc"), required: sf.Tag.Get("krav") == "ja",
				local: sf.Tag.Get("lokal") == "ja", shorthand: sf.Tag.Get("kort") == "ja",
				index: []int{i}, shape: inner,
			})
		}
	}
	if f, ok := s.typ.FieldByName("ID"); ok {
		s.id = f.Index
	}
	if f, ok := s.typ.FieldByName("At"); ok && f.Type == reflect.TypeFor[At]() {
		s.at = f.Index
	}
	s.refers = len(s.links) > 0 || s.typ == reflect.TypeFor[Participant]() // whose id may be a role's
}

// fieldsOf are the keys that a table of type t accepts.
func fieldsOf(t reflect.Type) []field { return shapeOf(t).fields }

// field gives the field of a key, or nil.
func (s *shape) field(key string) *field {
	for i := range s.fields {
		if s.fields[i].key == key {
			return &s.fields[i]
		}
	}
	return nil
}

// place puts down where a table stands.
func (s *shape) place(v reflect.Value, at At) {
	if s.at != nil {
		*v.FieldByIndex(s.at).Addr().Interface().(*At) = at
	}
}

// each calls f for all that lies in v, one step down, and may hold references.
func (s *shape) each(v reflect.Value, f func(reflect.Value, *shape)) {
	if !s.refers {
		return
	}
	switch s.form {
	case asList:
		for i := range v.Len() {
			f(reflect.Indirect(v.Index(i)), s.elem)
		}
	case asKeyed:
		for items, i := v.Field(0), 0; i < items.Len(); i++ {
			f(items.Index(i).Elem(), s.elem)
		}
	case asStruct:
		for _, l := range s.links {
			f(v.Field(l.index), l.shape)
		}
	}
}

// reference is a Ref to any kind.
type reference interface {
	given() (id string, at At) // as the author wrote it
	write(id string, at At)
	target() Named // nil before it is linked, and when it leads nowhere
	lead(to Named) // links it to an entity of its kind
}

func (r *Ref[T]) given() (string, At)    { return r.ID, r.At }
func (r *Ref[T]) write(id string, at At) { r.ID, r.At = id, at }
func (r *Ref[T]) lead(to Named)          { r.To = any(to).(*T) }

func (r *Ref[T]) target() Named {
	if r.To == nil {
		return nil
	}
	return any(r.To).(Named)
}
