package model

import (
	"reflect"
	"slices"
)

// Field is one key that a table accepts, as its struct tag has it.
type Field struct {
	Key      string // in TOML
	Doc      string // in Danish, for authors
	Required bool   // the key must be there
	Local    bool   // only a municipality may write it
	Short    bool   // a bare string in place of the table fills this key
	Index    []int  // of the struct's field, for reflect
	Type     reflect.Type
}

// Fields lists the keys of a table that decodes into t, in the struct's order,
// with the keys of embedded structs in their place. For a Model they are the
// keys of [model], without the kinds.
func Fields(t reflect.Type) []Field {
	var out []Field
	for _, f := range fieldsOf(t) {
		out = append(out, Field{Key: f.key, Doc: f.doc, Required: f.required, Local: f.local, Short: f.shorthand,
			Index: slices.Clone(f.index), Type: f.shape.typ})
	}
	return out
}

// Type is the struct that a table of this kind decodes into.
func (k KindInfo) Type() reflect.Type { return k.typ }

// RefType tells whether t is a Ref, and to which kind.
func RefType(t reflect.Type) (k KindInfo, ok bool) {
	s := shapeOf(t)
	return s.kind, s.form == asRef
}

// KeyedType tells whether t is a Keyed, and which struct its tables hold.
func KeyedType(t reflect.Type) (item reflect.Type, ok bool) {
	s := shapeOf(t)
	if s.form != asKeyed {
		return nil, false
	}
	return s.elem.typ, true
}

// Has reports whether the author wrote the key in the table that begins at a.
func (a At) Has(key string) bool { return a.node.Get(key) != nil }
