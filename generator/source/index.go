package source

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Only this file and layout.go know go-toml. Its unstable package gives the position of
// every key, which BurntSushi/toml does not.

// conflict is a key that is defined twice.
type conflict struct {
	key, first *Node // the key, and its first definition
}

// indexError is a syntax error found by go-toml.
type indexError struct {
	offset  int
	message string
}

func (e *indexError) Error() string { return e.message }

// index is a tree under construction. Structure and positions are final;
// values are put in by fill.
type index struct {
	text      *text
	parser    unstable.Parser
	root      *Node
	conflicts []conflict

	free []Node // allocated but unused

	entries  map[*Node]map[string]*Node // by key, of tables with more than many entries
	explicit map[*Node]bool             // tables with a header of their own, or written inline
	inline   map[*Node]bool             // tables written inline
	dotted   map[*Node]*Node            // tables made by a dotted key, and the table in which that stands
	headers  map[*Node]bool             // arrays made by [[headers]]
	fault    *indexError                // a value that neither parser refuses
}

// buildIndex reads data, which has the offsets of t, into a tree without
// scalar values. A key defined twice is a conflict and keeps its last value. The
// error, if any, is an *indexError; the index then holds what precedes it.
func buildIndex(t *text, data []byte) (*index, error) {
	x := &index{
		text:     t,
		root:     newRoot(t.file),
		entries:  map[*Node]map[string]*Node{},
		explicit: map[*Node]bool{},
		inline:   map[*Node]bool{},
		dotted:   map[*Node]*Node{},
		headers:  map[*Node]bool{},
	}
	x.parser.Reset(data)
	table := x.root
	for x.parser.NextExpression() {
		e := x.parser.Expression()
		if at, deep := tooDeep(e); deep {
			return x, &indexError{at, "key nested too deeply"}
		}
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = x.header(e)
		case unstable.KeyValue:
			x.keyValue(table, e)
		}
	}
	if err := x.parser.Error(); err != nil {
		var perr *unstable.ParserError
		if errors.As(err, &perr) {
			return x, &indexError{cap(data) - cap(perr.Highlight), perr.Message}
		}
		return x, fmt.Errorf("indexing %s: %w", t.file, err)
	}
	if len(x.conflicts) > 0 {
		return x, &indexError{t.offset(x.conflicts[0].key.KeyPos), "already been defined"}
	}
	if x.fault != nil {
		return x, x.fault
	}
	return x, nil
}

// maxKey is the most parts that a dotted key may have: both parsers take quadratic
// time in them.
const maxKey = 64

// tooDeep reports whether a key has too many parts, and its offset.
func tooDeep(e *unstable.Node) (offset int, deep bool) {
	if e.Kind != unstable.Table && e.Kind != unstable.ArrayTable && e.Kind != unstable.KeyValue {
		return 0, false
	}
	n := 0
	for keys := e.Key(); keys.Next(); n++ {
		if n == 0 {
			offset = int(keys.Node().Raw.Offset)
		}
	}
	return offset, n > maxKey
}

// header enters the table that [a.b] or [[a.b]] names.
func (x *index) header(e *unstable.Node) *Node {
	table := x.root
	for keys := e.Key(); keys.Next(); {
		key := x.keyed(keys.Node())
		switch {
		case !keys.IsLast():
			table = x.enter(table, key)
		case e.Kind == unstable.ArrayTable:
			table = x.element(table, key)
		default:
			table = x.declare(table, key)
		}
	}
	return table
}

// enter returns the table called key, or the last element of an array of tables, and
// creates the table if it does not exist.
func (x *index) enter(parent, key *Node) *Node {
	child := x.entry(parent, key.Key)
	switch {
	case child == nil:
		return x.add(parent, x.node(*key))
	case child.Kind == Table && !x.inline[child]:
		return child
	case x.headers[child]:
		return child.Items[len(child.Items)-1]
	}
	x.conflict(key, child)
	return x.add(parent, x.node(*key))
}

// extend is enter for a dotted key that stands in section. It can extend no table but
// those of such keys in the same section, and those that longer headers imply.
func (x *index) extend(section, parent, key *Node) *Node {
	child := x.entry(parent, key.Key)
	if child == nil {
		child = x.add(parent, x.node(*key))
		x.dotted[child] = section
		return child
	}
	if in := x.dotted[child]; child.Kind != Table || x.explicit[child] || in != nil && in != section {
		x.conflict(key, child)
		return x.add(parent, x.node(*key))
	}
	return child
}

// declare creates the table of a [header]. A table that was only implied by a longer
// header gets its position from its own.
func (x *index) declare(parent, key *Node) *Node {
	table := x.entry(parent, key.Key)
	switch {
	case table == nil:
		table = x.add(parent, x.node(*key))
	case table.Kind == Table && !x.explicit[table] && x.dotted[table] == nil:
		table.KeyPos, table.Pos, table.Width = key.KeyPos, key.Pos, key.Width
	default:
		x.conflict(key, table)
		if table.Kind != Table {
			table = x.add(parent, x.node(*key))
		}
	}
	x.explicit[table] = true
	return table
}

// element appends a table to an array of tables.
func (x *index) element(parent, key *Node) *Node {
	array := x.entry(parent, key.Key)
	if !x.headers[array] {
		if array != nil {
			x.conflict(key, array)
		}
		array = x.node(*key)
		array.Kind = Array
		x.add(parent, array)
		x.headers[array] = true
	}
	table := x.node(*key)
	table.Key = ""
	array.Items = append(array.Items, table)
	return table
}

// keyValue adds a.b = value to a table and returns the offset after it.
func (x *index) keyValue(table *Node, e *unstable.Node) int {
	end, section := 0, table
	for keys := e.Key(); keys.Next(); {
		key := keys.Node()
		end = int(key.Raw.Offset + key.Raw.Length)
		old, node := x.entry(table, string(key.Data)), x.keyed(key)
		if !keys.IsLast() {
			table = x.extend(section, table, node)
			continue
		}
		end = x.value(node, e.Value(), x.skip(end, "="))
		if old != nil {
			x.conflict(x.keyed(key), old)
		}
		x.add(table, node)
		if node.Kind == Table {
			x.explicit[node], x.inline[node] = true, true
		}
	}
	return end
}

// value sets kind, position and items of the value that begins at offset, and returns
// the offset after it. go-toml gives no range for arrays and inline tables, so their
// brackets are searched for around the children.
func (x *index) value(n *Node, e *unstable.Node, offset int) int {
	n.Pos = x.text.pos(offset)
	if n.KeyPos.IsZero() {
		n.KeyPos = n.Pos
	}
	var end int
	switch e.Kind {
	case unstable.Array:
		n.Kind, end = Array, offset+1
		for items := e.Children(); items.Next(); {
			item := x.node(Node{})
			end = x.value(item, items.Node(), x.skip(end, ",\r\n#"))
			n.Items = append(n.Items, item)
		}
		end = x.skip(end, ",\r\n#") + 1
	case unstable.InlineTable:
		n.Kind, end = Table, offset+1
		for items := e.Children(); items.Next(); {
			end = x.keyValue(n, items.Node())
		}
		end = x.skip(end, ",\r\n#") + 1
	default:
		n.Kind, end = scalarKind(e.Kind), int(e.Raw.Offset+e.Raw.Length)
		if n.Kind == Datetime && badZone.Match(e.Data) && x.fault == nil {
			x.fault = &indexError{offset, "invalid time zone"}
		}
	}
	n.Width = x.text.width(offset, end)
	return end
}

// badZone is a time zone with more minutes than an hour has.
var badZone = regexp.MustCompile(`[+-]\d\d:[6-9]\d$`)

func scalarKind(k unstable.Kind) Kind {
	switch k {
	case unstable.Integer:
		return Int
	case unstable.Float:
		return Float
	case unstable.Bool:
		return Bool
	case unstable.String:
		return String
	}
	return Datetime
}

func (x *index) skip(offset int, blanks string) int { return skip(x.parser.Data(), offset, blanks) }

// skip returns the offset of the first byte that is neither a blank nor among
// the given ones. With # among them, comments are skipped as well.
func skip(data []byte, offset int, blanks string) int {
	for offset < len(data) {
		c := data[offset]
		switch {
		case c == ' ' || c == '\t':
		case strings.IndexByte(blanks, c) < 0:
			return offset
		case c == '#':
			for offset+1 < len(data) && data[offset+1] != '\n' {
				offset++
			}
		}
		offset++
	}
	return offset
}

// keyed returns an empty table at the position of its key.
func (x *index) keyed(key *unstable.Node) *Node {
	offset := int(key.Raw.Offset)
	pos := x.text.pos(offset)
	return x.node(Node{Key: string(key.Data), KeyPos: pos, Pos: pos,
		Width: x.text.width(offset, offset+int(key.Raw.Length))})
}

// node allocates a node; many are allocated at a time.
func (x *index) node(n Node) *Node {
	if len(x.free) == 0 {
		x.free = make([]Node, 64)
	}
	at := &x.free[0]
	*at, x.free = n, x.free[1:]
	return at
}

// many is the number of entries above which a table is searched through a map.
const many = 16

// entry returns a table's entry with the given key, or nil.
func (x *index) entry(table *Node, key string) *Node {
	if len(table.Items) > many {
		return x.entries[table][key]
	}
	return table.Get(key)
}

// add adds child to table, replacing an earlier child with the same key.
func (x *index) add(table, child *Node) *Node {
	if old := x.entry(table, child.Key); old != nil {
		table.Items[slices.Index(table.Items, old)] = child
	} else {
		table.Items = append(table.Items, child)
	}
	if len(table.Items) > many {
		if x.entries[table] == nil {
			x.entries[table] = map[string]*Node{}
			for _, item := range table.Items {
				x.entries[table][item.Key] = item
			}
		}
		x.entries[table][child.Key] = child
	}
	return child
}

func (x *index) conflict(key, first *Node) {
	x.conflicts = append(x.conflicts, conflict{key: key, first: first})
}
