package model

import (
	"reflect"
	"slices"

	"modelhaandbog/generator/schema"
)

// Users maps every entity to the other entities of the model that refer to it.
func (m *Model) Users() map[Named][]*Entity {
	out := map[Named][]*Entity{}
	for _, k := range m.schema.Kinds {
		for _, n := range m.List(k) {
			from := n.Base()
			eachTarget(ValueOf(n), k.Type, func(to Named) {
				if to.Base() != from && !slices.Contains(out[to], from) {
					out[to] = append(out[to], from)
				}
			})
		}
	}
	return out
}

// Targets are the entities that one refers to, each once.
func Targets(n Named) []Named {
	var out []Named
	eachTarget(ValueOf(n), n.Base().kind.Type, func(to Named) {
		if !slices.Contains(out, to) {
			out = append(out, to)
		}
	})
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
