package overlay

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// afterKey is the key of an addition that names the point it follows.
const afterKey = "placeres_efter"

// reorder moves a model's added points after the points that they name, and reports
// unknown ones. Trees in which nothing moves are shared.
func (l *layer) reorder(root *source.Node) *source.Node {
	return withItems(root, func(item *source.Node) *source.Node {
		if k := l.set().Kind(item.Key); k != nil {
			return l.reorderIn(item, &schema.Type{Form: schema.Keyed, Elem: k.Type})
		}
		return item
	})
}

func (l *layer) reorderIn(n *source.Node, t *schema.Type) *source.Node {
	if n.Kind != source.Table || t == nil {
		return n
	}
	if t.Form == schema.Keyed {
		n = l.moveItems(t.Elem, n)
	}
	return withItems(n, func(item *source.Node) *source.Node { return l.reorderIn(item, t.In(item.Key)) })
}

// withItems returns the node with f of each of its items; the node itself if f changes
// none.
func withItems(n *source.Node, f func(*source.Node) *source.Node) *source.Node {
	out := *n
	out.Items = nil
	for _, item := range n.Items {
		out.Items = append(out.Items, f(item))
	}
	if slices.Equal(out.Items, n.Items) {
		return n
	}
	return &out
}

// moveItems reorders the tables of a table of tables.
func (l *layer) moveItems(elem *schema.Type, n *source.Node) *source.Node {
	if elem.Key(afterKey) == nil {
		return n
	}
	items := n.Items
	for i := 0; i < len(items); i++ {
		item := items[i]
		after := item.Get(afterKey)
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
