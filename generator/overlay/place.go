package overlay

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// placeKey is where an addition says which point it stands after.
const placeKey = "placeres_efter"

// place moves a model's added points to where they say that they belong, and
// reports those that point at none. Trees in which nothing moves are shared.
func (l *layer) place(root *source.Node) *source.Node {
	return l.placeIn(root, func(key string) *schema.Type {
		if k := model.Schema().Kind(key); k != nil {
			return &schema.Type{Form: schema.Keyed, Elem: k.Type}
		}
		return nil
	})
}

func (l *layer) placeIn(n *source.Node, typeOf func(key string) *schema.Type) *source.Node {
	var items []*source.Node // a copy, once something has changed
	for i, item := range n.Items {
		t := typeOf(item.Key)
		if t == nil || item.Kind != source.Table {
			continue
		}
		var placed *source.Node
		switch t.Form {
		case schema.Keyed:
			placed = l.placeIn(l.inOrder(t.Elem, item), func(string) *schema.Type { return t.Elem })
		case schema.Table:
			placed = l.placeIn(item, func(key string) *schema.Type {
				if k := t.Key(key); k != nil {
					return k.Type
				}
				return nil
			})
		}
		if placed != nil && placed != item {
			if items == nil {
				items = slices.Clone(n.Items)
			}
			items[i] = placed
		}
	}
	if items == nil {
		return n
	}
	out := *n
	out.Items = items
	return &out
}

// inOrder moves the tables of a table of tables.
func (l *layer) inOrder(elem *schema.Type, n *source.Node) *source.Node {
	if elem.Key(placeKey) == nil {
		return n
	}
	items := n.Items
	for i := 0; i < len(items); i++ {
		item := items[i]
		after := item.Get(placeKey)
		if after == nil || after.Kind != source.String || after.Str == "" {
			continue
		}
		to := slices.IndexFunc(items, func(x *source.Node) bool { return x.Key == after.Str })
		if to < 0 {
			l.unknownPoint(after, item, items)
		}
		if to < 0 || to == i-1 || to == i {
			continue
		}
		rest := slices.Delete(slices.Clone(items), i, i+1)
		if to > i {
			to--
		}
		items = slices.Insert(rest, to+1, item)
	}
	if len(items) == 0 || &items[0] == &n.Items[0] {
		return n
	}
	out := *n
	out.Items = items
	return &out
}

func (l *layer) unknownPoint(after, item *source.Node, items []*source.Node) {
	var ids []string
	for _, x := range items {
		if x != item {
			ids = append(ids, x.Key)
		}
	}
	l.add(diag.Diag{Severity: diag.Error, Code: "ukendt-reference", Pos: after.Pos, Width: after.Width,
		Message: fmt.Sprintf("ukendt punkt \"%s\"%s", after.Str, diag.MenteDu(after.Str, ids)),
		Help:    "Punkterne er: " + strings.Join(ids, ", ") + "."})
}
