package source

import (
	"bytes"
	"crypto/sha256"
	"sync"

	"modelhaandbog/generator/diag"
)

// Memory reads TOML files that change a little at a time. It remembers what
// BurntSushi/toml has accepted: the structure of a text, which is all but its
// scalars, its blank lines and the lines that are comments, and each scalar with
// its value. A text is right when its structure is right and each of its scalars
// is, so one whose parts are known is not decoded again.
//
// The zero value is ready, a nil one remembers nothing, and several goroutines
// may use it. What a Memory gives is what [ParseTOML] gives.
type Memory struct {
	mu         sync.RWMutex
	structures map[[sha256.Size]byte]bool
	scalars    map[string]any // values by their text, quotes and all
}

// maxKnown bounds what is remembered of each: a long day's edits.
const maxKnown = 200_000

// ParseTOML is [ParseTOML] with a memory.
func (m *Memory) ParseTOML(file string, data []byte) (*Node, []diag.Diag) {
	return parseTOML(file, data, m)
}

// fill gives a tree its values, when they and the structure are known or can be
// found out one by one.
func (m *Memory) fill(x *index, structure [sha256.Size]byte) bool {
	m.mu.RLock()
	known := m.structures[structure]
	values := make([]any, len(x.scalars))
	for i, s := range x.scalars {
		values[i] = m.scalars[string(x.raw(s))]
	}
	m.mu.RUnlock()
	if !known {
		return false
	}
	for i, s := range x.scalars {
		if values[i] == nil {
			alone, err := decode(append([]byte("x="), x.raw(s)...))
			if err != nil {
				return false
			}
			values[i] = alone["x"]
		}
		if !fill(s.node, values[i]) {
			return false
		}
	}
	return true
}

// learn remembers a text that was accepted.
func (m *Memory) learn(x *index, structure [sha256.Size]byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.structures == nil || len(m.structures) > maxKnown || len(m.scalars) > maxKnown {
		m.structures, m.scalars = map[[sha256.Size]byte]bool{}, map[string]any{}
	}
	m.structures[structure] = true
	for _, s := range x.scalars {
		m.scalars[string(x.raw(s))] = s.node.scalar()
	}
}

// scalar is the value as BurntSushi/toml gives it.
func (n *Node) scalar() any {
	switch n.Kind {
	case String:
		return n.Str
	case Int:
		return n.Int
	case Float:
		return n.Float
	case Bool:
		return n.Bool
	}
	return n.Time
}

// scalarText is where a scalar stands.
type scalarText struct {
	node     *Node
	from, to int
}

func (x *index) raw(s scalarText) []byte { return x.parser.Data()[s.from:s.to] }

// structure is the hash of all that is no scalar. NUL, which no text holds,
// stands in the place of one, with its kind.
func (x *index) structure() [sha256.Size]byte {
	data := x.parser.Data()
	out := make([]byte, 0, len(data)/2)
	at := 0
	for _, s := range x.scalars {
		out = appendStructure(out, data[at:s.from], at == 0)
		out = append(out, 0, byte(s.node.Kind))
		at = s.to
	}
	return sha256.Sum256(appendStructure(out, data[at:], at == 0))
}

// appendStructure adds what stands between scalars, without lines that are blank
// or comments.
func appendStructure(out, text []byte, lineStart bool) []byte {
	if !lineStart && bytes.IndexByte(text, '\n') < 0 {
		return append(out, text...)
	}
	for line := range bytes.Lines(text) {
		rest := bytes.TrimLeft(line, " \t")
		blank := len(rest) == 0 || rest[0] == '\n'
		if !lineStart || !blank && !(rest[0] == '#' && plainComment(rest)) {
			out = append(out, line...)
		}
		lineStart = true
	}
	return out
}

// plainComment reports a comment without characters that TOML forbids there.
func plainComment(line []byte) bool {
	return !bytes.ContainsFunc(bytes.TrimSuffix(line, []byte("\n")), func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
