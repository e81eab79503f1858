package source

import (
	"slices"
	"strings"
)

// styler writes what is new as what stands nearest to it in the file.
type styler struct {
	*layout
	writer
}

// nearness counts how much two paths of the same length have in common. That they name
// the same kinds and lists weighs more than that they name the same entities.
func nearness(a, b []string) int {
	n := 0
	for i := range a {
		if a[i] == b[i] {
			n += 2 - i%2
		}
	}
	return n
}

// inline reports whether the nearest kin of a table is written inline.
func (s styler) inline(path []string) bool {
	best, inline := -1, false
	try := func(kin []string, is bool) {
		if len(kin) < len(path) || slices.Equal(kin[:len(path)], path) {
			return
		}
		if n := nearness(kin[:len(path)], path); n > best {
			best, inline = n, is
		}
	}
	for _, section := range s.sections {
		if section.header != nil {
			try(section.path, false)
		}
		for _, e := range section.entries {
			if e.value.kind == Table && len(e.path) == len(path) {
				try(e.path, true)
			}
		}
	}
	return inline
}

// kin returns the section nearest to a table, but not itself, that ok accepts, or nil.
func (s styler) kin(path []string, ok func(*section) bool) *section {
	var found *section
	best := -1
	for _, section := range s.sections {
		if len(section.path) != len(path) || slices.Equal(section.path, path) || !ok(section) {
			continue
		}
		if n := nearness(section.path, path); n > best {
			best, found = n, section
		}
	}
	return found
}

// keyLine writes key = value for a section. Keys are what stands before =; if there are
// dotted ones that make the same table, as they are written.
func (s styler) keyLine(in *section, keys []string, dotted []*entry, path []string, value *Node) string {
	like := in.last()
	written := ""
	if n := len(dotted); n > 0 {
		like = dotted[n-1]
		shared := len(keys) - 1 // these are written as there
		written = s.raw(span{like.keys[0].from, like.keys[shared].from})
		keys = keys[shared:]
	}
	if like == nil || like.value == nil {
		if kin := s.kin(in.path, func(s *section) bool { return len(s.entries) > 0 }); kin != nil {
			like = kin.entries[0]
		}
	}
	indent, equals := s.keyStyle(like)
	for i, key := range keys {
		if i > 0 {
			written += "."
		}
		written += quoteKey(key)
	}
	return indent + written + equals + s.value(value, s.listStyle(path, value))
}

// keyStyle returns the indent of a line, and what stands between key and value.
func (s styler) keyStyle(like *entry) (indent, equals string) {
	equals = " = "
	if like == nil {
		return
	}
	indent = s.raw(span{s.lineStart(like.from), like.from})
	if like.value != nil && s.data[like.keys[len(like.keys)-1].to] == '=' {
		equals = "="
	}
	return
}

// header writes the header of a table, with keys quoted as in other headers.
func (s styler) header(path []string) string {
	var parts []string
	for i, key := range path {
		part := quoteKey(key)
		for _, section := range s.sections {
			if section.header == nil || !under(section.path, path[:i+1]) {
				continue
			}
			part = ""
			for _, seg := range section.header.keys {
				if seg.level == i {
					part = s.raw(seg.span)
				}
			}
			break
		}
		if part != "" {
			parts = append(parts, part)
		}
	}
	return "[" + strings.Join(parts, ".") + "]"
}

// listStyle returns the style of the nearest list with the same key that is as short, of
// one element, or as long, of more.
func (s styler) listStyle(path []string, n *Node) listStyle {
	if n.Kind != Array {
		return listStyle{}
	}
	_, key := parentOf(path)
	var found *value
	best := -1
	for _, section := range s.sections {
		for _, e := range section.entries {
			size := len(e.value.items)
			if e.value.kind != Array || size == 0 || (size > 1) != (len(n.Items) > 1) || e.path[len(e.path)-1] != key {
				continue
			}
			near := 0
			if len(e.path) == len(path) {
				near = nearness(e.path, path)
			}
			if near >= best {
				best, found = near, e.value
			}
		}
	}
	if found == nil {
		long := len(s.value(n, listStyle{})) > longLine && len(n.Items) > 1
		return listStyle{broken: long, indent: "  ", comma: long}
	}
	return s.chunks(found).style()
}

// longLine is how long a list may be, in bytes, that is written on one line when there is
// no other to go by.
const longLine = 100
