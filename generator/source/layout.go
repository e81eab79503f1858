package source

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// span is a part of a text, from the first byte to after the last.
type span struct{ from, to int }

// segment is one part of a key as it is written.
type segment struct {
	span         // with its quotes
	name  string // decoded
	level int    // its index in the entry's path
}

// entry is a header, a key with its value, or an element of a list.
type entry struct {
	span
	path  []string  // from the root; the elements of lists are numbered from "0"
	keys  []segment // as written here: a header's are its whole path, an element has none
	value *value    // of a key or an element; nil for a header
}

// value is what stands after = or in a list.
type value struct {
	span
	kind  Kind
	items []*entry // of an inline table or a list
}

// section is a header with the keys under it. The first section of a text has no header.
type section struct {
	path    []string
	header  *entry
	entries []*entry
}

// layout is where everything stands in a valid TOML text. Comments and blank lines are
// what stands between the entries.
type layout struct {
	data     []byte
	sections []*section
	long     []span         // keys with values of several lines
	lists    map[string]int // elements so far of the lists that [[headers]] make, by path
}

func newLayout(data []byte) *layout {
	l := &layout{data: data, sections: []*section{{}}, lists: map[string]int{}}
	var parser unstable.Parser
	parser.Reset(data)
	for parser.NextExpression() {
		e := parser.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			header := l.readHeader(e)
			l.sections = append(l.sections, &section{path: header.path, header: header})
		case unstable.KeyValue:
			in := l.sections[len(l.sections)-1]
			entry := l.readKeyValue(in.path, e)
			in.entries = append(in.entries, entry)
			if l.lineEnd(entry.from) < entry.to {
				l.long = append(l.long, entry.span)
			}
		}
	}
	return l
}

// readHeader reads [a.b] or [[a.b]].
func (l *layout) readHeader(e *unstable.Node) *entry {
	h := &entry{}
	for keys := e.Key(); keys.Next(); {
		h.addKey(keys.Node())
		at := joinPath(h.path)
		if keys.IsLast() && e.Kind == unstable.ArrayTable {
			l.lists[at]++
		}
		if n := l.lists[at]; n > 0 {
			h.path = append(h.path, strconv.Itoa(n-1))
		}
	}
	start := l.lineStart(h.keys[0].from)
	h.from = skip(l.data, start, "")
	h.to = skip(l.data, h.keys[len(h.keys)-1].to, "") + 1
	if e.Kind == unstable.ArrayTable {
		h.to++
	}
	return h
}

func (e *entry) addKey(key *unstable.Node) {
	from := int(key.Raw.Offset)
	e.keys = append(e.keys, segment{span{from, from + int(key.Raw.Length)}, string(key.Data), len(e.path)})
	e.path = append(e.path, string(key.Data))
}

// readKeyValue reads a.b = value in the table with the given path.
func (l *layout) readKeyValue(table []string, n *unstable.Node) *entry {
	e := &entry{path: slices.Clone(table)}
	for keys := n.Key(); keys.Next(); {
		e.addKey(keys.Node())
	}
	e.from = e.keys[0].from
	equals := skip(l.data, e.keys[len(e.keys)-1].to, "")
	e.value = l.readValue(e.path, n.Value(), skip(l.data, equals+1, ""))
	e.to = e.value.to
	return e
}

// readValue reads the value that begins at offset.
func (l *layout) readValue(path []string, n *unstable.Node, offset int) *value {
	v := &value{span: span{from: offset}}
	switch n.Kind {
	case unstable.Array:
		v.kind, v.to = Array, offset+1
		for items := n.Children(); items.Next(); {
			at := append(slices.Clone(path), strconv.Itoa(len(v.items)))
			item := &entry{path: at, value: l.readValue(at, items.Node(), skip(l.data, v.to, ",\r\n#"))}
			item.span = item.value.span
			v.items, v.to = append(v.items, item), item.to
		}
		v.to = skip(l.data, v.to, ",\r\n#") + 1
	case unstable.InlineTable:
		v.kind, v.to = Table, offset+1
		for items := n.Children(); items.Next(); {
			item := l.readKeyValue(path, items.Node())
			v.items, v.to = append(v.items, item), item.to
		}
		v.to = skip(l.data, v.to, ",\r\n#") + 1
	default:
		v.kind, v.to = scalarKind(n.Kind), int(n.Raw.Offset+n.Raw.Length)
	}
	return v
}

// last returns the last entry of a section: its header if it has no keys. It is nil for
// an empty first section.
func (s *section) last() *entry {
	if len(s.entries) > 0 {
		return s.entries[len(s.entries)-1]
	}
	return s.header
}

// under reports whether path is table or stands in it.
func under(path, table []string) bool {
	return len(path) >= len(table) && slices.Equal(path[:len(table)], table)
}

func joinPath(path []string) string { return strings.Join(path, "\x00") }
