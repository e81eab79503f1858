package source

import (
	"fmt"
	"slices"
)

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
	in, _ := l.dotted(path)
	switch {
	case e != nil || in != nil && len(family) == 0:
		return d.moveLines(path, after)
	case in != nil:
		return fmt.Errorf("%s er skrevet flere steder og kan ikke flyttes", showPath(path))
	}
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
