// Package guide parses Markdown into an immutable document, which gives its headings,
// references, text and HTML. Two kinds of text come in: guidance files and the prose
// values of TOML files.
//
// Cross-references are written as links whose address is a kind and an id:
//
//	[](rolle:laeringsvejleder)              the role's own name, linked
//	[din vejleder](rolle:laeringsvejleder)  the author's own words
//	[](forebyggelse/trin:trin-2)            an entity of another model
//	[](moede:opfoelgning#dagsorden)         an anchor on the entity's page
//	[screening](lokal:redskab.afdaekning)   a value that may differ locally
//	[wellbeing](sprog:en)                   a foreign word, not a link
//
// References are resolved by a callback when a document is rendered. The package
// refuses to know municipalities, entities and page addresses, so one parsed document
// serves every edition.
package guide

import (
	"crypto/sha256"
	"io"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/generator/diag"
)

// Options lists what a document may refer to.
type Options struct {
	// Kinds are the kinds that references may name, such as "rolle".
	Kinds []string
}

type Reference struct {
	Ref   Ref
	Text  string   // the author's words as plain text; "" for the entity's name
	Pos   diag.Pos // of the address, such as rolle:x
	Width int      // of the address, in characters
	Apart bool     // it stands after a colon, where a whole sentence may take its place
}

// Resolved is what a reference means in one edition.
type Resolved struct {
	Href    string // relative address; "" renders the text without a link
	Text    string // the entity's name, plain text
	Replace bool   // Text replaces the author's words as well
	Class   string // class of the link or, without one, of a span; may be ""
}

// Resolve resolves a reference. It must be a pure function: it may be called several
// times for the same reference, for HTML, labels and plain text.
type Resolve func(Reference) Resolved

// Heading is a heading of a guidance file.
type Heading struct {
	Level int    // as written: 2 for ##
	ID    string // without the prefix that rendering may add
	Text  string // plain text
	Pos   diag.Pos
}

// Section is the text from one heading to the next, for the search index.
type Section struct {
	ID    string // "" before the first heading
	Title string // "" before the first heading
	Text  string // plain text without the title, one line per block
}

// Image is a picture from the content folder.
type Image struct {
	Src   string // decoded path, relative to the Markdown file
	Alt   string
	Pos   diag.Pos // of the path
	Width int
}

// File is a linked file that is no page, such as a PDF from the content folder.
type File struct {
	Src   string // decoded path, relative to the Markdown file
	Pos   diag.Pos
	Width int
}

// Doc is a parsed document. It never changes: any number of goroutines may
// read and render it at once. The zero Doc is empty.
type Doc struct {
	file     string
	above    int `key:"-"` // added to the line of a block
	blocks   []node
	notes    []node // footnotes in the order of their numbers
	headings []heading
	refs     []Reference
	images   []Image
	files    []File
	made     *made `key:"-"`
}

// made is what is made of a document once, however many pages show it.
type made struct {
	summed, split sync.Once
	sum           [sha256.Size]byte
	sections      []Section // without references
}

// Sum is what make gives: a sum of the document.
func (d *Doc) Sum(make func() [sha256.Size]byte) [sha256.Size]byte {
	if d.made == nil {
		return make()
	}
	d.made.summed.Do(func() { d.made.sum = make() })
	return d.made.sum
}

// heading keeps the words of a heading as nodes, since a name in them may
// differ between editions.
type heading struct {
	level int
	id    string
	words []node
	pos   diag.Pos
}

// Parse parses a guidance file. firstLine is the line, from 1, on which src begins
// after any front matter. The document is usable in spite of diagnostics; faulty parts
// are left out or rendered as plain text. Diagnostics are sorted by position.
func Parse(file string, firstLine int, src []byte, opt Options) (*Doc, []diag.Diag) {
	text := asMeant(normalize(src))
	b := newBuilder(text, origin{file: file, line: max(firstLine, 1), col: 1}, opt)
	return b.build(guidanceSyntax)
}

// Value is a parsed prose value of a TOML file without a position, so that equal texts
// can share one. It never changes.
type Value struct {
	doc   *Doc // with positions relative to the value
	diags []diag.Diag
	lines bool // it has several
}

// ParseValue parses a prose value of a TOML file. A value of one line is always one
// paragraph: "8. klasse" is no list. A value of several lines may hold paragraphs,
// lists and tables. Headings and footnotes are errors.
func ParseValue(text string, opt Options) *Value {
	src := normalize([]byte(text))
	v := &Value{lines: slices.Contains(src, '\n')}
	if v.lines {
		src = asMeant(src)
	}
	b := newBuilder(src, origin{line: 1, col: 1}, opt)
	b.value = true
	allowed := valueSyntax
	if !v.lines {
		allowed = singleLine
		b.headingMark()
	}
	v.doc, v.diags = b.build(allowed)
	return v
}

// At returns the value's document and diagnostics with positions, given that of the
// opening quote. A value of several lines begins on the line after it, as """ values
// do.
func (v *Value) At(pos diag.Pos) (*Doc, []diag.Diag) {
	line := max(pos.Line, 1)
	move := func(at *diag.Pos) {
		at.File = pos.File
		if v.lines {
			at.Line += line
		} else {
			at.Line, at.Col = line, at.Col+pos.Col
		}
	}
	d := *v.doc
	d.made = &made{}
	d.file, d.above = pos.File, line-1
	if v.lines {
		d.above = line
	}
	d.refs, d.images, d.files = slices.Clone(d.refs), slices.Clone(d.images), slices.Clone(d.files)
	for i := range d.refs {
		move(&d.refs[i].Pos)
	}
	for i := range d.images {
		move(&d.images[i].Pos)
	}
	for i := range d.files {
		move(&d.files[i].Pos)
	}
	diags := slices.Clone(v.diags)
	for i := range diags {
		move(&diags[i].Pos)
	}
	return &d, diags
}

func ParseInline(pos diag.Pos, text string, opt Options) (*Doc, []diag.Diag) {
	return ParseValue(text, opt).At(pos)
}

// Empty reports whether there is nothing to render.
func (d *Doc) Empty() bool { return d == nil || len(d.blocks)+len(d.notes) == 0 }

// References returns all cross-references in document order, footnotes last.
func (d *Doc) References() []Reference { return slices.Clone(d.refs) }

// Images returns all pictures in document order.
func (d *Doc) Images() []Image { return slices.Clone(d.images) }

// Files returns all linked files in document order.
func (d *Doc) Files() []File { return slices.Clone(d.files) }

// Headings returns the headings in document order. resolve supplies the names
// that references ask for; when it is nil, ids are used instead.
func (d *Doc) Headings(resolve Resolve) []Heading {
	list := make([]Heading, 0, len(d.headings))
	for _, h := range d.headings {
		list = append(list, Heading{Level: h.level, ID: h.id, Text: d.plain(h.words, resolve), Pos: h.pos})
	}
	return list
}

// Text returns the whole document as plain text, one line per block. See
// Headings for resolve.
func (d *Doc) Text(resolve Resolve) string {
	var parts []string
	for _, s := range d.Sections(resolve) {
		parts = append(parts, s.Title, s.Text)
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n")
}

// Sections splits the document's text at its headings. Footnotes belong to the
// last section. See Headings for resolve. The list is shared; it must not be changed.
func (d *Doc) Sections(resolve Resolve) []Section {
	if d.Empty() {
		return nil
	}
	if len(d.refs) > 0 || d.made == nil {
		return d.sectionsFor(resolve)
	}
	d.made.split.Do(func() { d.made.sections = d.sectionsFor(nil) })
	return d.made.sections
}

func (d *Doc) sectionsFor(resolve Resolve) []Section {
	var list []Section
	current, started := Section{}, 0
	finish := func(end int) {
		current.Text = d.plainBlocks(d.blocks[started:end], resolve)
		if end == len(d.blocks) && len(d.notes) > 0 {
			current.Text = strings.TrimSpace(current.Text + "\n" + d.plainBlocks(d.notes, resolve))
		}
		if current != (Section{}) {
			list = append(list, current)
		}
	}
	for i, n := range d.blocks {
		if n.kind != headingNode {
			continue
		}
		finish(i)
		current, started = Section{ID: n.text, Title: d.plain(n.kids, resolve)}, i+1
	}
	finish(len(d.blocks))
	return list
}

func (d *Doc) HTML(w io.Writer, opt RenderOptions) error {
	return d.render(w, opt, false)
}

// Inline writes the document like HTML, but a single paragraph comes without
// its <p>, to be put into an element of the caller's.
func (d *Doc) Inline(w io.Writer, opt RenderOptions) error {
	return d.render(w, opt, true)
}
