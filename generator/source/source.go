// Package source parses an author's file into a tree of values with positions. TOML
// files become tables; of Markdown files only the bytes are checked.
//
// The name and bytes of one file come in; a tree of [Node] values and diagnostics go
// out. A file with mistakes still gives the part that can be read, so that later
// stages can check it. The package refuses to know what a phase or a role is, and it
// never reads a disk.
//
// BurntSushi/toml decides what is accepted and what a value is. The parser of
// pelletier/go-toml only supplies positions; see index.go.
package source

import (
	"time"

	"modelhaandbog/generator/diag"
)

// Kind is the type of a Node's value.
type Kind int

const (
	Table Kind = iota
	Array
	String
	Int
	Float
	Bool
	Datetime // date, time of day, or both
)

var kindNames = [...]string{
	Table:    "en tabel",
	Array:    "en liste",
	String:   "en tekst",
	Int:      "et helt tal",
	Float:    "et tal",
	Bool:     "sandt/falsk",
	Datetime: "en dato",
}

// String names the kind in Danish with its article, for messages.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return "en ukendt værdi"
	}
	return kindNames[k]
}

// Node is one value of a file: a table, an array or a scalar. A finished tree
// is never changed, so trees may share nodes.
type Node struct {
	// Key is the last segment of the key, decoded. It is empty for the root
	// and for the elements of an array (and for the key "", which is legal).
	Key string

	// KeyPos is the position of the key. In a header such as [a.b] each table has
	// the position of its own segment. An element of an array has no key; its
	// KeyPos equals Pos.
	KeyPos diag.Pos

	// Pos is where the value begins. For a table made by a header or a dotted key
	// it is the position of the key. The root has a Pos without a line.
	Pos diag.Pos

	// Width counts the characters from Pos that a caret should underline: a
	// scalar with its quotes, or a header's key. A value of several lines counts to
	// the end of its first line.
	Width int

	Kind  Kind
	Str   string
	Int   int64
	Float float64
	Bool  bool
	Time  time.Time // zone names as BurntSushi/toml gives them for local values

	// Items are the entries of a table in file order, with distinct keys, or
	// the elements of an array.
	Items []*Node

	Base    *Node // after Merge: the national value that this one replaced, else nil
	Local   bool  // after Merge: this value came from an overlay
	Partial bool  // on a root: errors in the file kept something out of the tree
}

// Get returns the entry of a table with the given key, or nil if there is
// none, if n is nil or if n is no table.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Kind != Table {
		return nil
	}
	for _, item := range n.Items {
		if item.Key == key {
			return item
		}
	}
	return nil
}
