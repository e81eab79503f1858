package source

import (
	"fmt"
	"slices"
	"strings"
)

// set gives path a value, wherever that is written.
func (d *Document) set(path []string, value *Node, at place) error {
	if err := d.settable(path); err != nil {
		return err
	}
	old := d.root.at(path)
	if old != nil && same(old, value) {
		return nil
	}
	if _, e := d.lay().holder(path); e != nil {
		return d.setIn(e, path, value, at)
	}
	switch {
	case old == nil:
		return d.add(path, value, at)
	case old.Kind == Table && value.Kind == Table:
		return d.setTable(path, old, value)
	}
	if err := d.remove(path); err != nil {
		return err
	}
	return d.add(path, value, at)
}

// settable checks that nothing on the way to path is anything but a table or an element.
func (d *Document) settable(path []string) error {
	n := d.root
	for i, key := range path {
		child := n.child(key)
		switch {
		case child != nil:
		case n.Kind == Table:
			return nil
		case n.Kind == Array:
			return fmt.Errorf("%s har ikke noget element %s", showPath(path[:i]), key)
		default:
			return fmt.Errorf("%s er %s og kan ikke have felter", showPath(path[:i]), n.Kind)
		}
		n = child
	}
	return nil
}

// setIn sets path in the value of a key.
func (d *Document) setIn(e *entry, path []string, value *Node, at place) error {
	old, rest := d.root.at(e.path), path[len(e.path):]
	meant := with(old, rest, value)
	if len(rest) > 0 {
		meant.at(rest[:len(rest)-1]).put(rest[len(rest)-1], at, old.at(rest) == nil)
	}
	return d.rewrite(e, old, meant)
}

// put moves the entry key, which is the last one of a table if it is new, to its place.
func (n *Node) put(key string, at place, isNew bool) {
	if !isNew || at.last || n.Kind != Table {
		return
	}
	item := n.Items[len(n.Items)-1]
	n.Items = slices.Insert(n.Items[:len(n.Items)-1], n.index(at.after)+1, item)
}

// rewrite changes the value of a key where the two values differ.
func (d *Document) rewrite(e *entry, old, meant *Node) error {
	r := rewriter{d.lay(), writer{d.newline()}}
	v := e.value
	empty := v.kind == Array && len(v.items) == 0 && !strings.Contains(r.raw(v.span), "#")
	if meant.Kind == Array && (v.kind != Array || empty) {
		s := d.styler()
		return d.replace(edit{v.span, s.value(meant, s.listStyle(e.path, meant))})
	}
	return d.replace(edit{v.span, r.value(v, old, meant)})
}

// setTable makes a table that is written with headers or dotted keys be as value.
func (d *Document) setTable(path []string, old, value *Node) error {
	before := place{}
	for _, item := range value.Items {
		if err := d.set(child(path, item.Key), item, before); err != nil {
			return err
		}
		before.after = item.Key
	}
	for _, item := range old.Items {
		if value.Get(item.Key) == nil {
			if err := d.remove(child(path, item.Key)); err != nil {
				return err
			}
		}
	}
	if d.root.at(path) == nil { // its subtables only implied it
		return d.insert(path, value, last)
	}
	return nil
}

func child(path []string, key string) []string { return append(slices.Clone(path), key) }

func parentOf(path []string) (parent []string, key string) {
	return path[:len(path)-1], path[len(path)-1]
}

// add writes a key that isn't there.
func (d *Document) add(path []string, value *Node, at place) error {
	l := d.lay()
	parent, key := parentOf(path)
	if d.root.at(parent) == nil {
		return d.set(parent, tableOf(key, value), last)
	}
	own, dotted := l.headed(parent), []*entry(nil)
	if own == nil {
		own, dotted = l.dotted(parent)
	}
	s := d.styler()
	switch {
	case value.Kind == Table && dotted == nil && !s.inline(path):
		return d.insert(path, value, at)
	case own == nil:
		return d.addHeader(path, value)
	}
	line := s.keyLine(own, path[len(own.path):], dotted, path, value)
	return d.addLine(own, dotted, parent, line, at)
}

// tableOf returns a table with one entry.
func tableOf(key string, value *Node) *Node {
	item := *value
	item.Key = key
	return &Node{Kind: Table, Items: []*Node{&item}}
}

// addLine puts a line in a section: after the last one of the table parent, or where at says.
func (d *Document) addLine(in *section, dotted []*entry, parent []string, line string, at place) error {
	l, nl := d.lay(), d.newline()
	siblings := in.entries
	if dotted != nil {
		siblings = dotted
	}
	after := in.last()
	if len(siblings) > 0 {
		after = siblings[len(siblings)-1]
	}
	if !at.last {
		if at.after == "" && len(siblings) > 0 {
			start := l.keyLead(l.lines(siblings[0]))
			return d.insertText(start, line+nl)
		}
		for _, e := range siblings {
			if under(e.path, child(parent, at.after)) {
				after = e
			}
		}
	}
	if after == nil {
		return d.addFirst(line)
	}
	end := l.lines(after).to
	return d.insertText(end, nl+line)
}

// addHeader writes the header of a table that its subtables only imply, with a first key.
func (d *Document) addHeader(path []string, value *Node) error {
	parent, key := parentOf(path)
	return d.insertBefore(d.lay().family(parent)[0], parent, tableOf(key, value))
}

// remove removes what is at path.
func (d *Document) remove(path []string) error {
	l := d.lay()
	old := d.root.at(path)
	if old == nil {
		return fmt.Errorf("%s findes ikke", showPath(path))
	}
	if _, e := l.holder(path); e != nil && len(e.path) < len(path) {
		return d.removeIn(e, path)
	}
	cuts := l.written(path)
	if len(cuts) == 0 {
		return fmt.Errorf("%s kan ikke fjernes alene", showPath(path))
	}
	return d.replace(cuts...)
}

// removeIn removes path from the value of a key, and the tables that only its dotted key
// names.
func (d *Document) removeIn(e *entry, path []string) error {
	old := d.root.at(e.path)
	for {
		meant := without(old, path[len(e.path):], old)
		parent, _ := parentOf(path)
		if len(parent) == len(e.path) || len(meant.at(parent[len(e.path):]).Items) > 0 || e.writes(parent) {
			return d.rewrite(e, old, meant)
		}
		path = parent
	}
}

// writes reports whether path has a key of its own, or a number, in the value of e.
func (e *entry) writes(path []string) bool {
	if slices.Equal(e.path, path) {
		return true
	}
	return e.value != nil && slices.ContainsFunc(e.value.items, func(item *entry) bool {
		return under(path, item.path) && item.writes(path)
	})
}

// written returns what has to be cut to remove path, in the file's order.
func (l *layout) written(path []string) []edit {
	var cuts []edit
	left := false // whether anything else is in the file
	add := func(s span, joins bool) {
		if n := len(cuts); n > 0 && joins {
			cuts[n-1].to = s.to
		} else {
			cuts = append(cuts, edit{span: s})
		}
	}
	within := false // whether what was before is cut, too
	for _, s := range l.sections {
		if s.header != nil && under(s.path, path) {
			lines := l.lines(s.header)
			add(span{l.lead(lines.from), l.lines(s.last()).to}, within)
			within = true
			continue
		}
		within, left = false, left || s.header != nil
		for _, e := range s.entries {
			if !under(e.path, path) {
				within, left = false, true
				continue
			}
			lines := l.lines(e)
			add(span{l.keyLead(lines), lines.to}, within)
			within = true
		}
	}
	if len(cuts) > 0 && !left { // the comment that opens the file stays
		first := cuts[0]
		for cuts[0].from < first.to && l.comment(cuts[0].from) {
			cuts[0].from = l.nextLine(cuts[0].from)
		}
	}
	for i := range cuts {
		cuts[i].span = l.withGap(cuts[i].span)
	}
	return cuts
}

// keyLead returns where the comment above a key begins that goes with it: not one that
// opens the file, or that seems to be a heading of the keys below as well.
func (l *layout) keyLead(lines span) int {
	lead, next := l.lead(lines.from), l.nextLine(lines.to)
	if lead == 0 {
		return lines.from
	}
	above := l.lineStart(lead - 1)
	opens := l.blank(above) || slices.ContainsFunc(l.sections[1:], func(s *section) bool {
		return l.lineStart(s.header.from) == above
	})
	goesOn := next < len(l.data) && !l.blank(next) && !l.comment(next) && l.data[skip(l.data, next, "")] != '['
	if opens && goesOn {
		return lines.from
	}
	return lead
}
