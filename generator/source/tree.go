package source

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// at returns the node at a path, in which numbers stand for elements, or nil.
func (n *Node) at(path []string) *Node {
	for _, key := range path {
		n = n.child(key)
	}
	return n
}

func (n *Node) child(key string) *Node {
	if i := n.index(key); i >= 0 {
		return n.Items[i]
	}
	return nil
}

// index returns the index in Items of a key or of a numbered element, or -1.
func (n *Node) index(key string) int {
	switch {
	case n == nil:
	case n.Kind == Table:
		return slices.IndexFunc(n.Items, func(item *Node) bool { return item.Key == key })
	case n.Kind == Array:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(n.Items) {
			return i
		}
	}
	return -1
}

// with returns a tree in which path has a value. It makes the tables that are missing.
func with(n *Node, path []string, value *Node) *Node {
	if len(path) == 0 {
		return value
	}
	made := *n
	made.Items = slices.Clone(n.Items)
	i := n.index(path[0])
	if i < 0 {
		i = len(made.Items)
		made.Items = append(made.Items, &Node{Kind: Table})
	}
	item := *with(made.Items[i], path[1:], value)
	if made.Kind == Table {
		item.Key = path[0]
	}
	made.Items[i] = &item
	return &made
}

// without returns a tree in which path is missing. Of the tables that are empty then it
// keeps those that are in like.
func without(n *Node, path []string, like *Node) *Node {
	i := n.index(path[0])
	if i < 0 {
		return n
	}
	made := *n
	made.Items = slices.Clone(n.Items)
	if len(path) > 1 {
		made.Items[i] = without(n.Items[i], path[1:], like.child(path[0]))
		if len(made.Items[i].Items) > 0 || like.child(path[0]) != nil {
			return &made
		}
	}
	made.Items = slices.Delete(made.Items, i, i+1)
	return &made
}

// same reports whether two values say the same: the order of keys, and how lines are
// broken, don't matter.
func same(a, b *Node) bool {
	if a.Kind != b.Kind || len(a.Items) != len(b.Items) || a.Int != b.Int || a.Bool != b.Bool ||
		lineFeeds(a.Str) != lineFeeds(b.Str) || !sameFloat(a.Float, b.Float) || !sameTime(a, b) {
		return false
	}
	byKey := map[string]*Node{} // what of b stands elsewhere
	for i, item := range b.Items {
		if b.Kind == Table && item.Key != a.Items[i].Key {
			byKey[item.Key] = item
		}
	}
	for i, item := range a.Items {
		other := b.Items[i]
		if a.Kind == Table && other.Key != item.Key {
			other = byKey[item.Key]
		}
		if other == nil || !same(item, other) {
			return false
		}
	}
	return true
}

func sameFloat(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

func sameTime(a, b *Node) bool {
	return a.Kind != Datetime || a.Time.Equal(b.Time) && timeLayout(a.Time) == timeLayout(b.Time)
}

func lineFeeds(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }
