// Package export turns what people carry into a meeting into the forms they
// carry it in: a sheet (a checklist or a meeting template) into a Word file, an
// HTML file into a PDF, an address into a QR code.
//
// What comes in is a [Sheet], a file on disk or an address; what goes out is
// bytes, and the same input always gives the same bytes. The package refuses to
// know the rest of the site: models, municipalities, layouts and page addresses
// are somebody else's, and reach it as plain text.
package export

import (
	"modelhaandbog/generator/book"
	"modelhaandbog/generator/wording"
)

// Sheet is one document that somebody fills in or ticks off. All text is plain
// Danish text; a line feed in it is a line break on paper.
type Sheet struct {
	Title    string
	Subtitle string // may be empty
	Model    string // stands in the footer; may be empty
	Identity

	Words *wording.Words // nil for the standard ones
	Scale int            // of text and rows, in percent; 0 is 100
	Lines int            // how high a place to write in is under a point
	Parts []Part

	brief bool // takes as little room as may be
}

func (s Sheet) say(key string, slots ...any) string {
	words := s.Words
	if words == nil {
		words = wording.Standard()
	}
	return words.Text(key, slots...)
}

func (s Sheet) minutes(n int) string { return s.say("ark.minutter", "antal", n) }

// Identity is what tells one municipality's copy of a sheet from another's. It
// stands in the header, the footer and the document's properties only.
type Identity struct {
	Owner string // "Eksempel Kommune" or "National udgave"; stands in the header

	// Each may be empty.
	Release     string // "2. udgave"
	ReleaseDate string // "2026-08-01"; dates the document's properties
	DateText    string // "1. august 2026"
	Address     string // the page's address on the web
	Logo        []byte // a PNG for the header; what is none is left out
}

// Part is one of [Heading], [Paragraph], [Note], [Facts], [Checklist],
// [Numbered], [Bullets], [Table], [Attendance], [Lines] and [PageBreak].
type Part interface{ part() }

// Heading opens a section. Level is 1 to 3; the sheet's title stands above them.
type Heading struct {
	Level int
	Text  string
}

type Paragraph struct{ Runs []Run }

// Run is a stretch of text in one appearance.
type Run struct {
	Text   string
	Italic bool
	Quiet  bool   // small and grey: where something comes from
	Raised bool   // small and above the line: the number of a source
	Force  string // the kind of the badge that it is, which gives it a frame: "krav", "lokal"
}

// Note is set apart in a shaded box.
type Note struct {
	Title string // may be empty
	Runs  []Run
}

// Facts are what a meeting is at a glance: "Varighed" – "60 minutter".
type Facts struct{ Facts []Fact }

type Fact struct {
	Label string
	Value []Run
}

// Checklist is one group of items, each with a box to tick. A group of at most
// nine is kept on one page.
type Checklist struct{ Items []Item }

// Numbered is a list that starts from 1. When items have minutes it is an
// agenda, with a column of times and their sum.
type Numbered struct{ Items []Item }

type Bullets struct{ Items []Item }

// Item is a point of a list. Everything but Text may be empty.
type Item struct {
	Text    string
	Detail  string
	Minutes int        // of a Numbered list; 0 when no time is set aside
	Who     string     // "Hvem: Læringsvejleder"
	When    string     // "Hvornår: inden mødet"
	Force   book.Badge // how binding it is
	Source  string     // "Håndbogen, s. 12"
	Local   bool       // the municipality's own
	Derived string     // "Udledt", or what of it is: concluded from the source, not said by it
	Noted   string     // the numbers of its sources
	Room    int        // lines to write under it, in a Numbered list
}

// Table has a heading row that is repeated on every page. Rows are as wide as
// Head; missing cells are blank, and one that holds a [box] is to be ticked. EmptyRows
// are added to be filled in.
type Table struct {
	Caption   string // for those who listen; not shown
	Head      []string
	Rows      [][]string
	EmptyRows int
	Items     []Item // of the rows, if they have any: shown with its marks in place of the first text
}

// box is a cell of a table that is ticked.
const box = "☐"

// Attendance are those who take part, with their names to be written and boxes for
// present and excused.
type Attendance struct{ Facts []Fact }

// Lines is room to write: one line after the label when Count is at most 1,
// else a box of Count lines below it.
type Lines struct {
	Label string
	Count int
}

// PageBreak starts a new page for what follows. It means nothing at the end.
type PageBreak struct{}

func (Heading) part()    {}
func (Paragraph) part()  {}
func (Note) part()       {}
func (Facts) part()      {}
func (Checklist) part()  {}
func (Numbered) part()   {}
func (Bullets) part()    {}
func (Table) part()      {}
func (Attendance) part() {}
func (Lines) part()      {}
func (PageBreak) part()  {}
