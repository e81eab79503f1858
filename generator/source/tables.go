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
	own := l.headed(parent)
	kin := slices.DeleteFunc(l.family(parent), func(s *section) bool { return s == own })
	after := own
	switch {
	case len(kin) > 0 && !at.last && at.after == "":
		return d.insertBefore(kin[0], path, table)
	case len(kin) > 0 && at.last:
		after = kin[len(kin)-1]
	case !at.last:
		if family := l.family(child(parent, at.after)); len(family) > 0 {
			after = family[len(family)-1]
		}
	}
	return d.insertAfter(after, path, table)
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
	kin := s.kin(path, func(section *section) bool {
		return section.header != nil && s.contentBefore(s.lead(s.lines(section.header).from)) > 0
	})
	if kin == nil {
		return 1
	}
	return s.gap(s.contentBefore(s.lead(s.lines(kin.header).from)))
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

// move moves what is at path after a sibling.
func (d *Document) move(path []string, after string) error {
	l := d.lay()
	parent, key := parentOf(path)
	switch {
	case d.root.at(path) == nil:
		return fmt.Errorf("%s findes ikke", showPath(path))
	case after != "" && d.root.at(child(parent, after)) == nil:
		return fmt.Errorf("%s findes ikke", showPath(child(parent, after)))
	case after == key:
		return nil
	}
	_, e := l.holder(path)
	if e != nil && len(e.path) < len(path) {
		return d.moveIn(e, path, after)
	}
	family := l.family(path)
	in, dotted := l.dotted(path)
	switch {
	case e != nil || in != nil && len(family) == 0:
		return d.moveLines(path, after)
	case in != nil:
		return fmt.Errorf("%s er skrevet flere steder og kan ikke flyttes", showPath(path))
	}
	_ = dotted
	return d.moveSections(path, after)
}

// moveSections moves the sections of a table after those of a sibling.
func (d *Document) moveSections(path []string, after string) error {
	if err := d.gather(path); err != nil {
		return err
	}
	l := d.lay()
	parent, _ := parentOf(path)
	in := func(table []string) func(*section) bool {
		return func(s *section) bool { return s.header != nil && under(s.path, table) }
	}
	from := slices.IndexFunc(l.sections, in(path))
	to := from + len(l.family(path))
	own := l.headed(parent)
	target := slices.IndexFunc(l.sections, func(s *section) bool { return s != own && in(parent)(s) })
	if sibling := child(parent, after); after != "" {
		if family := l.family(sibling); len(family) > 0 {
			target = slices.Index(l.sections, family[len(family)-1]) + 1
		} else if in, e := l.holder(sibling); e != nil && in != own || e == nil {
			return fmt.Errorf("%s kan ikke stå efter %s, sådan som de er skrevet", showPath(path), after)
		}
	}
	switch {
	case target > to:
		return d.swap(from, to, target)
	case target < from:
		return d.swap(target, from, to)
	}
	return nil
}

// gather puts the sections of a table together where the first one is.
func (d *Document) gather(path []string) error {
	for {
		l := d.lay()
		family := l.family(path)
		first := slices.Index(l.sections, family[0])
		i := 0
		for i < len(family) && l.sections[first+i] == family[i] {
			i++
		}
		if i == len(family) {
			return nil
		}
		at := slices.Index(l.sections, family[i])
		if err := d.swap(first+i, at, at+1); err != nil {
			return err
		}
	}
}

// swap makes the sections from one index to the second and those from there to the third
// change places. What is between the two groups stays there.
func (d *Document) swap(from, mid, to int) error {
	l := d.lay()
	group := func(from, to int) span {
		return span{l.lead(l.lines(l.sections[from].header).from), l.lines(l.sections[to-1].last()).to}
	}
	return d.swapSpans(group(from, mid), group(mid, to))
}

func (d *Document) swapSpans(a, b span) error {
	l := d.lay()
	return d.replace(edit{span{a.from, b.to}, l.raw(b) + l.raw(span{a.to, b.from}) + l.raw(a)})
}

// moveLines moves the lines of a key, or of dotted keys, after those of a sibling.
func (d *Document) moveLines(path []string, after string) error {
	l := d.lay()
	parent, _ := parentOf(path)
	in, e := l.holder(path)
	if e == nil {
		in, _ = l.dotted(path)
	}
	first, end, target := -1, -1, -1
	for i, e := range in.entries {
		switch {
		case under(e.path, path):
			if first < 0 {
				first, end = i, i
			}
			if end != i {
				return fmt.Errorf("%s er skrevet flere steder og kan ikke flyttes", showPath(path))
			}
			end = i + 1
		}
		if after == "" && target < 0 && under(e.path, parent) {
			target = i
		}
		if after != "" && under(e.path, child(parent, after)) {
			target = i + 1
		}
	}
	if target < 0 {
		return fmt.Errorf("%s kan ikke stå efter %s, sådan som de er skrevet", showPath(path), after)
	}
	group := func(from, to int) span {
		lines := l.lines(in.entries[from])
		if lead := l.lead(lines.from); lead > 0 {
			lines.from = lead
		}
		return span{lines.from, l.lines(in.entries[to-1]).to}
	}
	switch {
	case target > end:
		return d.swapSpans(group(first, end), group(end, target))
	case target < first:
		return d.swapSpans(group(target, first), group(first, end))
	}
	return nil
}

// rename writes key wherever the last part of path is written.
func (d *Document) rename(path []string, key string) error {
	parent, old := parentOf(path)
	table := d.root.at(parent)
	switch {
	case d.root.at(path) == nil || table.Kind != Table:
		return fmt.Errorf("%s findes ikke", showPath(path))
	case key == old:
		return nil
	case table.Get(key) != nil:
		return fmt.Errorf("%s findes allerede", showPath(child(parent, key)))
	}
	l := d.lay()
	var edits []edit
	var visit func(e *entry)
	visit = func(e *entry) {
		if under(e.path, path) {
			for _, seg := range e.keys {
				if seg.level == len(path)-1 {
					edits = append(edits, edit{seg.span, requote(l.raw(seg.span), key)})
				}
			}
		} else if under(path, e.path) && e.value != nil {
			for _, item := range e.value.items {
				visit(item)
			}
		}
	}
	for _, s := range l.sections {
		if s.header != nil {
			visit(s.header)
		}
		for _, e := range s.entries {
			visit(e)
		}
	}
	return d.replace(edits...)
}

// requote writes a part of a key instead of old, with its quotes if it has them without need.
func requote(old, key string) string {
	switch quote := old[0]; {
	case quote != '"' && quote != '\'' || !bareKey(old[1:len(old)-1]):
		return quoteKey(key)
	case quote == '\'' && literal(key, false):
		return "'" + key + "'"
	}
	return `"` + escape(key, false) + `"`
}
