package source

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
)

// Document is a TOML file that can be edited. An edit changes the bytes of what it is
// about and no others: comments, order, spacing, quotes and line breaks stay.
//
// A path is the keys from the root; a number, from "0", stands for an element of a list.
// What is written as a [header], with dotted keys or inline is edited where it stands.
// Line breaks in strings are those of the file, whatever the values that come in have.
//
// An edit that can't be made leaves the document as it was and says why, in Danish.
type Document struct {
	file   string
	mark   []byte // the byte order mark, if the file has one
	data   []byte // never changed, but replaced
	root   *Node
	layout *layout // of data; nil until needed
}

// Edit opens a file for editing. A file with errors has to be mended by hand first: they
// are returned, and no document. Data may be empty, for a new file.
func Edit(file string, data []byte) (*Document, []diag.Diag) {
	root, diags := ParseTOML(file, data)
	if len(diags) > 0 {
		return nil, diags
	}
	d := &Document{file: file, root: root, data: bytes.TrimPrefix(data, byteOrderMark)}
	d.mark = data[:len(data)-len(d.data)]
	return d, nil
}

var byteOrderMark = []byte("\ufeff")

// Bytes returns the file as it stands after the edits so far. It is empty when the last
// table of a file without comments was removed.
func (d *Document) Bytes() []byte {
	if len(d.data) == 0 {
		return nil
	}
	return slices.Concat(d.mark, d.data)
}

// Root returns the values and their positions after the edits so far.
func (d *Document) Root() *Node { return d.root }

// Set gives a key a value, or adds the key as the last one of its table. The value's keys
// and positions don't matter. A table that differs in part is changed in part. New tables
// are written inline or with a header as their nearest kin are; missing parents are made.
// A list of [[headers]] is put in brackets, unless only its elements are set.
func (d *Document) Set(path []string, value *Node) error {
	return d.change(path, func() error { return d.set(path, value, last) }, func(root *Node) *Node {
		return with(root, path, value)
	})
}

// SetAfter is Set for a key that, when it is new, is to stand after another key of its
// table; "" is before all others.
func (d *Document) SetAfter(path []string, value *Node, after string) error {
	return d.change(path, func() error { return d.set(path, value, place{after: after}) }, func(root *Node) *Node {
		return with(root, path, value)
	})
}

// Remove removes a key, or a table with its subtables, and the comment right above it. A
// comment that opens the file, or that seems to be a heading of more keys, stays. Tables
// that only the removed keys and headers named go with them.
func (d *Document) Remove(path []string) error {
	return d.change(path, func() error { return d.remove(path) }, func(root *Node) *Node {
		return without(root, path, d.root)
	})
}

// Insert adds a table with a header of its own, after a sibling with its subtables; "" is
// last among its kin, or where a table of this name usually stands in the file. In an
// inline table it is added inline.
func (d *Document) Insert(path []string, table *Node, after string) error {
	at := place{after: after, last: after == ""}
	return d.change(path, func() error { return d.insertNew(path, table, at) }, func(root *Node) *Node {
		return with(root, path, table)
	})
}

// Move puts a table with its subtables and its comment, or a key, after a sibling; "" is
// before all siblings that are written as it is.
func (d *Document) Move(path []string, after string) error {
	return d.change(path, func() error { return d.move(path, after) }, func(root *Node) *Node { return root })
}

// Rename gives a key another name, in all headers and dotted keys that name it.
func (d *Document) Rename(path []string, key string) error {
	return d.change(path, func() error { return d.rename(path, key) }, func(root *Node) *Node {
		parent, old := parentOf(path)
		return with(without(root, path, root), child(parent, key), root.at(parent).Get(old))
	})
}

// place says where a new key or table is to stand among its siblings.
type place struct {
	after string // a sibling's key, "" for first
	last  bool
}

var last = place{last: true}

// change makes an edit and checks that the file then says what was meant. If not, or if
// edit fails, the document stays as it was.
func (d *Document) change(path []string, edit func() error, meant func(*Node) *Node) error {
	before := *d
	if len(path) == 0 {
		return errors.New("hele filen kan ikke ændres på én gang")
	}
	err := edit()
	if err == nil && !same(meant(before.root), d.root) {
		err = errors.New("filen ville komme til at sige noget andet end det, der blev skrevet")
	}
	if err != nil {
		*d = before
	}
	return err
}

// edit is a part of the text and what comes in its place.
type edit struct {
	span
	text string
}

// replace makes edits that are in the text's order. If nothing but blanks is left, nothing
// is.
func (d *Document) replace(edits ...edit) error {
	var made bytes.Buffer
	at := 0
	for _, e := range edits {
		made.Write(d.data[at:e.from])
		made.WriteString(e.text)
		at = e.to
	}
	made.Write(d.data[at:])
	data := made.Bytes()
	if len(bytes.TrimSpace(data)) == 0 {
		data = nil
	}
	root, diags := ParseTOML(d.file, data)
	if len(diags) > 0 {
		return fmt.Errorf("filen ville få en fejl: %s", diags[0].Message)
	}
	d.data, d.root, d.layout = data, root, nil
	return nil
}

// insertText puts text in at an offset.
func (d *Document) insertText(at int, text string) error {
	return d.replace(edit{span{at, at}, text})
}

// lay returns the layout of the text as it stands.
func (d *Document) lay() *layout {
	if d.layout == nil {
		d.layout = newLayout(d.data)
	}
	return d.layout
}

// newline returns the line break that the file has most of.
func (d *Document) newline() string {
	if 2*bytes.Count(d.data, []byte("\r\n")) > bytes.Count(d.data, []byte("\n")) {
		return "\r\n"
	}
	return "\n"
}

func showPath(path []string) string { return strings.Join(path, ".") }
