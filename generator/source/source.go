// Package source turns the bytes of an author's file into a tree of values
// that know where they stand. TOML files become tables; Markdown files become
// optional front matter and a body.
//
// What comes in is the name and bytes of one file; what goes out is a tree of
// [Node] values and the diagnostics found on the way. A file with mistakes
// still gives the part of it that can be read, so that later stages can speak
// of the rest. The package refuses to know what a phase or a role is, and it
// never reads a disk.
//
// BurntSushi/toml decides what is accepted and what a value is; a [Reading] keeps
// its word. The parser of pelletier/go-toml supplies positions only; see index.go.
package source

import (
	"time"

	"modelhaandbog/generator/diag"
)

// Kind tells what a Node holds.
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

// String names the kind in Danish with its article, as messages want it.
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

	// KeyPos is where the key stands. In a header such as [a.b] each table has
	// the place of its own segment. An element of an array has no key; its
	// KeyPos equals Pos.
	KeyPos diag.Pos

	// Pos is where the value begins. For tables made by a header or a dotted
	// key it is the place of the key. The root has a Pos without a line.
	Pos diag.Pos

	// Width counts the characters from Pos that a caret should underline: a
	// scalar with its quotes, a header's key. What runs over several lines
	// counts to the end of its first line.
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
