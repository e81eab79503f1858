package source

import (
	"slices"
)

// table rewrites an inline table. Its entries stay in their order.
func (r rewriter) table(v *value, old, meant *Node) string {
	t := inlineTable{rewriter: r, chunks: r.chunks(v)}
	comma := t.style().comma
	for i, item := range v.items {
		path := item.relative()
		m := meant.entryAt(path)
		if m == nil {
			continue
		}
		k := t.list[i]
		k.text = r.raw(span{item.from, item.value.from}) + r.value(item.value, old.entryAt(path), m)
		t.kept, t.paths = append(t.kept, k), append(t.paths, path)
	}
	t.addMissing(meant, nil, 0)
	t.replace(t.kept)
	return t.write(comma, r.newline)
}

// relative returns an entry's path from the inline table that it stands in.
func (e *entry) relative() []string { return e.path[len(e.path)-len(e.keys):] }

// entryAt is at through tables only.
func (n *Node) entryAt(path []string) *Node {
	for _, key := range path {
		n = n.Get(key)
	}
	return n
}

// inlineTable is an inline table that is rewritten.
type inlineTable struct {
	rewriter
	*chunks
	kept  []chunk
	paths [][]string // of kept, from the table
}

// addMissing adds what is in meant, which is at path, and not among the kept chunks. New
// ones stand after the entry that is before them in meant; at is where the first one does.
// It returns the index after the last one.
func (t *inlineTable) addMissing(meant *Node, path []string, at int) int {
	for _, item := range meant.Items {
		p := child(path, item.Key)
		exact, inside := -1, false
		for i, kept := range t.paths {
			if under(kept, p) {
				exact, inside = i, len(kept) > len(p)
			}
		}
		switch {
		case inside:
			at = t.addMissing(item, p, exact+1)
		case exact >= 0:
			at = exact + 1
		default:
			k := t.fresh(t.newline)
			for _, key := range path {
				k.text += quoteKey(key) + "."
			}
			k.text += quoteKey(item.Key) + " = " + t.writer.value(item, listStyle{})
			t.kept = slices.Insert(t.kept, at, k)
			t.paths = slices.Insert(t.paths, at, p)
			at++
		}
	}
	return at
}

// moveIn moves an entry of an inline table, or an element of a list, after a sibling.
func (d *Document) moveIn(e *entry, path []string, after string) error {
	l := d.lay()
	parent, key := parentOf(path)
	v := e.value
	for depth := len(e.path); depth < len(parent); {
		i := slices.IndexFunc(v.items, func(item *entry) bool { return under(parent, item.path) })
		if i < 0 {
			break // a table of dotted keys
		}
		v, depth = v.items[i].value, len(v.items[i].path)
	}
	c := l.chunks(v)
	comma := c.style().comma
	var moved, rest []chunk
	at := -1
	for i, item := range v.items {
		switch {
		case under(item.path, child(parent, key)):
			moved = append(moved, c.list[i])
			continue
		case after == "" && at < 0 && under(item.path, parent):
			at = len(rest)
		}
		rest = append(rest, c.list[i])
		if after != "" && under(item.path, child(parent, after)) {
			at = len(rest)
		}
	}
	if at < 0 {
		return nil // nothing else is there
	}
	c.replace(slices.Insert(rest, at, moved...))
	return d.replace(edit{v.span, c.write(comma, d.newline())})
}
