package source

import (
	"fmt"
	"slices"
	"strings"
)

// insertNew inserts a table that isn't there yet.
func (d *Document) insertNew(path []string, table *Node, at place) error {
	if err := d.settable(path); err != nil {
		return err
	}
	switch {
	case d.root.at(path) != nil:
		return fmt.Errorf("%s findes allerede", showPath(path))
	case table.Kind != Table:
		return fmt.Errorf("%s er ikke en tabel", showPath(path))
	}
	return d.insert(path, table, at)
}

// insert writes a new table with a header, or inline if it is in an inline table.
func (d *Document) insert(path []string, table *Node, at place) error {
	l := d.lay()
	parent, key := parentOf(path)
	if d.root.at(parent) == nil {
		return d.insert(parent, tableOf(key, table), last)
	}
	if _, e := l.holder(parent); e != nil {
		return d.setIn(e, path, table, at)
	}
	after, before := d.tablePlace(path, at)
	if before != nil {
		return d.insertBefore(before, path, table)
	}
	return d.insertAfter(after, path, table)
}

// tablePlace returns the section after which, or before which, a new table is to stand.
func (d *Document) tablePlace(path []string, at place) (after, before *section) {
	l := d.lay()
	parent, _ := parentOf(path)
	own := l.headed(parent)
	if own == nil {
		own, _ = l.dotted(parent)
	}
	kin := slices.DeleteFunc(l.family(parent), func(s *section) bool { return s == own })
	switch {
	case len(kin) == 0:
		return own, nil
	case at.last || at.after != "" && d.root.at(parent).Get(at.after) == nil:
		after = kin[len(kin)-1]
		if first := l.usuallyBefore(path); first != nil {
			after = own
			for _, s := range kin {
				if first[s.path[len(parent)]] {
					after = s
				}
			}
		}
	case at.after != "":
		after = own
		if family := l.family(child(parent, at.after)); len(family) > 0 {
			after = family[len(family)-1]
		}
	}
	if after == nil {
		return nil, kin[0]
	}
	return after, nil
}

// usuallyBefore returns the keys of the tables that stand before one of this name in the
// nearest kin of its parent, or nil if there is none.
func (l *layout) usuallyBefore(path []string) map[string]bool {
	parent, key := parentOf(path)
	var kin []string
	best := -1
	for _, s := range l.sections {
		if len(s.path) < len(path) || s.path[len(parent)] != key || s.path[0] != path[0] || under(s.path, parent) {
			continue
		}
		if n := nearness(s.path[:len(parent)], parent); n > best {
			best, kin = n, s.path[:len(parent)]
		}
	}
	if kin == nil {
		return nil
	}
	before := map[string]bool{}
	for _, s := range l.family(kin) {
		if len(s.path) <= len(kin) {
			continue
		}
		if s.path[len(kin)] == key {
			break
		}
		before[s.path[len(kin)]] = true
	}
	return before
}

// insertBefore writes a new table before a section and its comment.
func (d *Document) insertBefore(s *section, path []string, table *Node) error {
	l := d.lay()
	style := d.styler()
	start := l.lead(l.lines(s.header).from)
	gap := style.kinGap(path)
	if before := l.contentBefore(start); before > 0 {
		gap = l.gap(before)
	}
	return d.insertText(start, style.tables(path, table)+strings.Repeat(style.newline, 1+gap))
}

// insertAfter writes a new table after a section, or last in the file if that is nil.
func (d *Document) insertAfter(s *section, path []string, table *Node) error {
	l := d.lay()
	style := d.styler()
	block := style.tables(path, table)
	if s == nil || s.last() == nil {
		return d.addFirst(block)
	}
	end := l.lines(s.last()).to
	next := l.contentAfter(end)
	gap := style.kinGap(path)
	if next < len(l.data) && l.gap(end) == 0 && l.attached(next) {
		gap = 0
	}
	return d.insertText(end, strings.Repeat(style.newline, 1+gap)+block)
}

// addFirst writes the first table of a file, or a first key before all tables.
func (d *Document) addFirst(block string) error {
	l, nl := d.lay(), d.newline()
	if len(l.sections) > 1 {
		start := l.lead(l.lines(l.sections[1].header).from)
		return d.insertText(start, block+nl+nl)
	}
	end := l.contentBefore(len(l.data))
	if end == 0 {
		return d.replace(edit{span{0, len(l.data)}, block + nl})
	}
	return d.insertText(end, nl+nl+block)
}

func (d *Document) styler() styler { return styler{d.lay(), writer{d.newline()}} }

// kinGap returns how many blank lines stand before the nearest kin of a table.
func (s styler) kinGap(path []string) int {
	gap, best := 1, -1
	for _, section := range s.sections[1:] {
		before := s.contentBefore(s.lead(s.lines(section.header).from))
		if before == 0 || len(section.path) < len(path) || under(section.path, path) {
			continue
		}
		if n := nearness(section.path[:len(path)], path); n > best {
			best, gap = n, s.gap(before)
		}
	}
	return gap
}

// tables writes a table with a header and its subtables, inline or with headers as their
// kin are.
func (s styler) tables(path []string, table *Node) string {
	var keys, tables []*Node
	for _, item := range table.Items {
		if item.Kind == Table && !s.inline(child(path, item.Key)) {
			tables = append(tables, item)
		} else {
			keys = append(keys, item)
		}
	}
	text := ""
	if len(keys) > 0 || len(tables) == 0 {
		text = s.headIndent(path) + s.header(path)
	}
	for _, item := range keys {
		text += s.newline + s.keyLine(&section{path: path}, []string{item.Key}, nil, child(path, item.Key), item)
	}
	for _, item := range tables {
		at := child(path, item.Key)
		if text != "" {
			text += strings.Repeat(s.newline, 1+s.kinGap(at))
		}
		text += s.tables(at, item)
	}
	return text
}

// headIndent returns the indent of the nearest kin's header.
func (s styler) headIndent(path []string) string {
	kin := s.kin(path, func(section *section) bool { return section.header != nil })
	if kin == nil {
		return ""
	}
	return s.raw(span{s.lineStart(kin.header.from), kin.header.from})
}
