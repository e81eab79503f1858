package book

import (
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/figure"
)

// Block is a part of a section, with a layout of its own. A new block is its type
// here and in [Blocks], its view in package render, its form on paper in package
// export, and layouts/blok/<name>.html; tests in all three tell what is missing.
type Block interface {
	// Name is its layout's: "liste".
	Name() string
	// Empty reports that there is nothing to show; a section leaves it out.
	Empty() bool
	// Contents is what it says, in order: for the search, and for links to places in it.
	Contents() []Content
	// Within is the block among other pages' blocks on one page: its ids begin with
	// prefix, its headings are shift levels further down. It is nil for what has
	// no place there.
	Within(prefix string, shift int) Block
}

// Blocks gives one empty block of each type.
func Blocks() []Block {
	return []Block{Prose{}, Facts{}, List{}, Cards{}, Table{}, Box{}, Drawing{}, Check{}, Lines{}, Blank{}, Attendance{},
		Calendar{}, Letters{}, Search{}, Hero{}, QR{}, Rating{}}
}

// Prose is running text: guidance, or a TOML value.
type Prose struct {
	Text   Text
	Shift  int    // added to the text's heading levels
	Prefix string // begins the ids of its headings
}

func (Prose) Name() string  { return "prosa" }
func (b Prose) Empty() bool { return b.Text.Empty() }

func (b Prose) Contents() []Content {
	if b.Empty() {
		return nil
	}
	var out []Content
	for _, s := range b.Text.Doc.Sections(b.Text.Resolver()) {
		c := Content{Lines: []string{s.Text}}
		if s.ID != "" {
			c.ID, c.Name, c.Heading = b.Prefix+s.ID, s.Title, true
		}
		out = append(out, c)
	}
	return out
}

func (b Prose) Within(prefix string, shift int) Block {
	b.Shift += shift
	b.Prefix = prefix + b.Prefix
	return b
}

// Facts is a list of labels and values.
type Facts struct{ Rows []Fact }

func (Facts) Name() string               { return "fakta" }
func (b Facts) Empty() bool              { return len(b.Rows) == 0 }
func (b Facts) Within(string, int) Block { return b }

func (b Facts) Contents() []Content {
	var out []Content
	for _, f := range b.Rows {
		marks := markTexts(f.Badges)
		f.Badges = nil
		if lines := line(f.words()); len(lines) > 0 {
			out = append(out, Content{Lines: lines, Marks: marks, Of: f.Of})
		}
	}
	return out
}

// List is a list of items.
type List struct {
	Items   []Item
	Ordered bool
	Class   string // "opgaver", "skridt", "dagsorden", "kort", [SourceNumbers] …
}

// SourceNumbers is the class of the sources that a sheet's statements name by number.
const SourceNumbers = "kildenumre"

func (List) Name() string          { return "liste" }
func (b List) Empty() bool         { return len(b.Items) == 0 }
func (b List) Contents() []Content { return itemContents(b.Items) }

func (b List) Within(prefix string, _ int) Block {
	b.Items = prefixed(b.Items, prefix)
	return b
}

// Cards are links with a line of explanation each.
type Cards struct{ Items []Card }

// Card is one link of a set of cards.
type Card struct {
	Link   Link
	Kicker string
	Text   Text
	Plain  string
	Badges []Badge
	Icon   string
	Face   Face
}

func (Cards) Name() string               { return "kort" }
func (b Cards) Empty() bool              { return len(b.Items) == 0 }
func (b Cards) Within(string, int) Block { return b }

func (b Cards) Contents() []Content {
	var lines []string
	for _, c := range b.Items {
		lines = append(lines, line(c.Link.Text)...)
	}
	return said(lines)
}

// Table is a table with headers; cells hold links and plain text.
type Table struct {
	Caption string
	Head    []string
	Rows    []Row
	Class   string
	Stack   bool   // on narrow screens each row becomes a block
	Tab     string // its name in the page's workbook, if it is there
	Fill    []Fill // columns that only the workbook has
}

// Row is a table's row; the first cell is its header.
type Row struct {
	ID    string // anchor
	Head  Cell
	Cells []Cell
	Local bool
	Pos   diag.Pos
	Of    diag.Pos // the statement that it shows, if it shows one
	Under []Badge  // its marks that the table's heading says for all rows
}

// Cell is what stands in one cell of a table.
type Cell struct {
	Plain  string
	Text   Text
	Links  []Link
	Fold   Fold // instead of Links, when they would be a wall
	Mark   Mark
	Badges []Badge
	Cites  []Cite
}

// Mark tells that a cell answers yes or no; Plain says it in words.
type Mark int

const (
	NoMark Mark = iota
	Dot         // a dot, with Plain for those who listen
	NoDot       // no dot: Plain is shown
)

func (Table) Name() string  { return "tabel" }
func (b Table) Empty() bool { return len(b.Rows) == 0 }

// filled is a table without the rows and the columns that hold nothing.
func (b Table) filled() Table {
	empty := func(r Row) bool { return !slices.ContainsFunc(r.Cells, Cell.holds) }
	b.Rows = slices.DeleteFunc(slices.Clone(b.Rows), empty)
	for i := len(b.Head) - 2; i >= 0; i-- {
		if slices.ContainsFunc(b.Rows, func(r Row) bool { return r.Cells[i].holds() }) {
			continue
		}
		b.Head = slices.Concat(b.Head[:i+1], b.Head[i+2:])
		for k, r := range b.Rows {
			b.Rows[k].Cells = slices.Concat(r.Cells[:i], r.Cells[i+1:])
		}
	}
	return b
}

// holds reports whether there is anything in a cell but a no.
func (c Cell) holds() bool {
	return c.Mark == Dot || c.Mark == NoMark && c.Plain != "" || !c.Text.Empty() || len(c.Links)+len(c.Fold.Groups) > 0
}

func (b Table) Contents() []Content {
	var out []Content
	for _, r := range b.Rows {
		c := Content{ID: r.ID, Name: r.Head.words(), Of: r.Of, Marks: markTexts(slices.Concat(r.Under, r.Head.Badges))}
		var cells []string
		for _, x := range r.Cells {
			if x.Mark == NoMark {
				cells = append(cells, x.words())
			}
			c.Marks = append(c.Marks, markTexts(x.Badges)...)
		}
		if c.ID == "" {
			c.Lines, c.Name = line(append([]string{c.Name}, cells...)...), ""
		} else {
			c.Lines = []string{strings.Join(cells, " ")}
		}
		out = append(out, c)
	}
	return out
}

func (b Table) Within(prefix string, _ int) Block {
	b.Rows = slices.Clone(b.Rows)
	for i := range b.Rows {
		b.Rows[i].ID = prefixIf(prefix, b.Rows[i].ID)
	}
	return b
}

// Box is set apart: a note, a caveat, a warning.
type Box struct {
	Type  string // "note", "vigtigt", "forbehold", "lokalt"
	Title string
	Texts []Text
	Plain string
	Links []Link
}

func (Box) Name() string               { return "boks" }
func (Box) Empty() bool                { return false }
func (b Box) Within(string, int) Block { return b }

func (b Box) Contents() []Content {
	lines := line(b.Plain)
	for _, t := range b.Texts {
		lines = append(lines, line(t.Plain())...)
	}
	return said(lines)
}

// Face is the figure that a model is known by, drawn small and without words beside its
// name.
type Face struct {
	ID   string
	Make figure.Figure
}

// Drawing is a figure drawn from data, with the same content as text.
type Drawing struct {
	ID      string
	Title   string
	Caption Text
	Make    figure.Figure // hrefs are paths from the edition's root
	Same    []Block       // the text equivalent
	Cites   []Cite
}

func (Drawing) Name() string { return "figur" }
func (Drawing) Empty() bool  { return false }

func (b Drawing) Contents() []Content {
	out := said(line(b.Title, b.Caption.Plain()))
	for _, same := range b.Same {
		out = append(out, same.Contents()...)
	}
	return out
}

func (b Drawing) Within(prefix string, _ int) Block {
	b.ID = prefix + b.ID
	return b
}

// Check is a checklist: groups of points to tick.
type Check struct {
	Title  string
	Mode   string // how the list is used; may be ""
	Groups []CheckGroup
	Nested bool // stands among others on a page, one heading level down
}

// CheckGroup is a pause point.
type CheckGroup struct {
	ID    string
	Title string
	Items []Item
	topic string
	about []string // kinds of what its points stand by
}

func (Check) Name() string  { return "tjekliste" }
func (b Check) Empty() bool { return len(b.Groups) == 0 }

func (b Check) Contents() []Content {
	var out []Content
	for _, g := range b.Groups {
		out = append(out, Content{ID: g.ID, Lines: line(g.Title), Inner: itemContents(g.Items)})
	}
	return out
}

func (b Check) Within(prefix string, _ int) Block {
	b.Groups = slices.Clone(b.Groups)
	for i, g := range b.Groups {
		b.Groups[i].ID, b.Groups[i].Items = prefixIf(prefix, g.ID), prefixed(g.Items, prefix)
	}
	b.Nested = true
	return b
}

// Lines is room to write by hand: Count blank lines after a label.
type Lines struct {
	Label string
	Count int
}

func (Lines) Name() string               { return "linjer" }
func (Lines) Empty() bool                { return false }
func (Lines) Contents() []Content        { return nil }
func (b Lines) Within(string, int) Block { return b }

// Blank is a table to fill in by hand.
type Blank struct {
	Caption string
	Head    []string
	Rows    int
}

func (Blank) Name() string               { return "skema" }
func (Blank) Empty() bool                { return false }
func (Blank) Contents() []Content        { return nil }
func (b Blank) Within(string, int) Block { return b }

// Attendance are those who take part in a meeting, to be noted present or excused.
type Attendance struct{ Rows []Fact }

func (Attendance) Name() string               { return "tilstede" }
func (b Attendance) Empty() bool              { return len(b.Rows) == 0 }
func (b Attendance) Contents() []Content      { return Facts(b).Contents() }
func (b Attendance) Within(string, int) Block { return b }

// Calendar lets a reader make a calendar file of a meeting's series, or of the sessions
// of a bounded one.
type Calendar struct {
	Title       string
	Every       int
	UpTo        int    // more than Every for a span such as "hver 6.–8. uge"
	Unit        string // "dag", "uge" or "maaned"
	Minutes     int
	Description string
	Place       string
	Expression  string // how often, in words
	Page        Link
	Sessions    []CalendarSession // that it has exactly; nil when the reader says how many
}

// CalendarSession is one session of a bounded series; Pause is added to the interval
// before it.
type CalendarSession struct {
	Title   string
	Minutes int
	Pause   int
}

func (Calendar) Name() string             { return "kalender" }
func (Calendar) Empty() bool              { return false }
func (Calendar) Contents() []Content      { return nil }
func (Calendar) Within(string, int) Block { return nil }

// Letters is an index A–Å.
type Letters struct{ Groups []Letter }

// Letter is one letter and its entries.
type Letter struct {
	Letter  string
	Entries []Entry
}

// Entry is a line of an index: the thing, what it is, and where.
type Entry struct {
	Link Link
	Note string // "fase i Styrket læringsmiljø", or "se …" for an alias
}

func (Letters) Name() string               { return "bogstaver" }
func (Letters) Empty() bool                { return false }
func (Letters) Contents() []Content        { return nil } // stands on pages that the search leaves out
func (b Letters) Within(string, int) Block { return b }

// Search is the search form, or the search page's results.
type Search struct {
	Results bool // the answers are shown here
	Address bool // the words of a wrong address are searched
}

func (Search) Name() string             { return "soeg" }
func (Search) Empty() bool              { return false }
func (Search) Contents() []Content      { return nil }
func (Search) Within(string, int) Block { return nil }

// Hero is the front page's opening.
type Hero struct {
	Title string
	Text  Text
	Tasks []Card
	More  Link // leads further down the page
}

func (Hero) Name() string               { return "velkomst" }
func (Hero) Empty() bool                { return false }
func (Hero) Contents() []Content        { return nil } // the front page is left out of the search
func (b Hero) Within(string, int) Block { return b }

// QR is where a code with the page's address belongs when it is known.
type QR struct{}

func (QR) Name() string             { return "qr" }
func (QR) Empty() bool              { return false }
func (QR) Contents() []Content      { return nil }
func (QR) Within(string, int) Block { return nil }
