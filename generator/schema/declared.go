package schema

import (
	"reflect"
	"slices"
	"strconv"
)

// OfDeclared is the type of the tables of a kind that a handbook declares. It decodes into a
// struct whose first field is the base's, and whose others hold the keys, in their order.
func OfDeclared(base *Type, keys []*Key) *Type {
	out := &Type{Form: Table, At: slices.Concat([]int{0}, base.At), ID: slices.Concat([]int{0}, base.ID),
		has: base.has, refs: []part{{0, base}}, Declared: true}
	for _, k := range base.Keys {
		inner := *k
		inner.Index = slices.Concat([]int{0}, k.Index)
		out.Keys = append(out.Keys, &inner)
	}
	fields := []reflect.StructField{{Name: "Base", Type: base.Go}}
	for i, k := range keys {
		inner := *k
		inner.Index = []int{i + 1}
		out.Keys = append(out.Keys, &inner)
		fields = append(fields, reflect.StructField{Name: "Key" + strconv.Itoa(i), Type: k.Type.Go})
		if k.Type.has {
			out.refs, out.has = append(out.refs, part{i + 1, k.Type}), true
		}
	}
	out.Go = reflect.StructOf(fields)
	return out
}

// RefTo is the type of a reference to a kind, which decodes into t.
func RefTo(t reflect.Type, to *Kind) *Type { return &Type{Form: Ref, Go: t, To: to, has: true} }

// OneOf is the type of a text with a fixed set of values.
func OneOf(values []string) *Type {
	return &Type{Form: Scalar, Go: reflect.TypeFor[string](), Values: values}
}

// ListOf is the type of a list.
func ListOf(elem *Type) *Type {
	return &Type{Form: List, Go: reflect.SliceOf(elem.Go), Elem: elem, has: elem.has}
}
