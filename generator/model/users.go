package model

import (
	"reflect"
	"slices"

	"modelhaandbog/generator/schema"
)

// Users maps every entity to the other entities of the model that refer to it.
func (m *Model) Users() map[Named][]*Entity {
	out := map[Named][]*Entity{}
	for _, k := range Schema().Kinds {
		for _, n := range m.List(k) {
			from := n.Base()
			eachTarget(reflect.ValueOf(n).Elem(), k.Type, func(to Named) {
				if to.Base() != from && !slices.Contains(out[to], from) {
					out[to] = append(out[to], from)
				}
			})
		}
	}
	return out
}

// eachTarget calls f for every entity that v refers to.
func eachTarget(v reflect.Value, t *schema.Type, f func(Named)) {
	switch at := v.Addr().Interface().(type) {
	case reference:
		if to := at.Target(); to != nil {
			f(to)
		}
	case *AnyRef:
		if at.To != nil {
			f(at.To)
		}
	case *Participant:
		if at.Role != nil {
			f(at.Role)
		}
	default:
		t.Each(v, func(inner reflect.Value, t *schema.Type) { eachTarget(inner, t, f) })
	}
}
