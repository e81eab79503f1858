// Package book plans one edition: which pages there are, what stands on them,
// where they are found and what they point at. A linked handbook and its
// parsed guidance come in; finished pages made of blocks go out. It refuses to
// know HTML: a block says what it holds, never how it looks.
//
// Everything that people read in several places is planned from the same data:
// a task stands in one table and is seen on its role's page, its phase's page,
// in checklists, in the matrix and on the printed sheet.
package book

import (
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
)

// Page is one page of an edition. It is finished when Plan returns: equal
// pages give equal bytes, whichever edition they belong to.
type Page struct {
	Path      string // from the edition's root, "laeringsmiljoe/faser/faelles-maal.html"
	Kind      string // names the layout: "fase", "oversigt", "forside" …
	KindName  string // as a reader knows it: "Fase"
	Title     string
	Kicker    string // above the title: "Fase 2 af 4"
	Lede      Text
	Model     string // the model's id, or "" for shared pages
	ModelName string
	Section   string // path of the section's own page, for the navigation
	Crumbs    []Link
	Prev      Link
	Next      Link
	Sections  []Section
	Related   []LinkGroup
	Forms     []Form // a sheet's forms side by side: read, print, PDF, Word
	Cites     []Cite
	Changed   string // the edition that last changed it: "Udgave 1.0, 22. november 2026"
	Badges    []Badge
	Aliases   []string
	Topics    []string // subject headings, for the search
	Summary   string   // plain text for search results and link previews
	Sheet     *Sheet   // set on pages that are printed as sheets and written as Word
	NoIndex   bool     // left out of the search index
	Weight    int      // lifts the page in the search
	Long      bool     // wants contents at the top
	Pos       diag.Pos
	terms     *guide.TermSet
	menu      string // name in the navigation, when shorter than Title
}

// Terms is the glossary that texts on the page link to; nil for none.
func (p *Page) Terms() *guide.TermSet { return p.terms }

// Section is a part of a page under a heading of its own.
type Section struct {
	ID     string
	Title  string // "" for the part before the first heading
	Level  int    // of the heading, 2 or more
	Blocks []Block
	Local  bool
	Pos    diag.Pos
	Class  string // "kun-skaerm" leaves it out of print
	Sheet  *Mast  // when a whole sheet begins here, in a pack

	Aliases []string // other names of what the section is about, for the search
}

// Mast is what stands under the title of a sheet in a pack: what a sheet of its
// own says in its head and its foot.
type Mast struct {
	Subtitle string // what it is, and of which model
	Badges   []Badge
	Cites    []Cite
}

// Link points at a place in the edition. Path is from the edition's root; an
// empty Path with a Text is a name without a link.
type Link struct {
	Path   string
	Anchor string
	Text   string
	URL    string // an outside address, instead of Path
}

// Set reports whether the link leads anywhere.
func (l Link) Set() bool { return l.Path != "" || l.URL != "" }

// LinkGroup is a heading and its links, such as "Mødet" under related pages.
type LinkGroup struct {
	Title string
	Links []Link
}

// Fold is links folded away until a reader asks for them: too many to read in
// a row. A group's title is empty when the groups need no telling apart.
type Fold struct {
	Title  string // what is inside, and how much: "12 opgaver"
	Groups []LinkGroup
}

// Form is one shape that a sheet can be had in, or the sheet that a page's
// readers want at hand.
type Form struct {
	Name string // "Læs", "Tjekliste", "Print", "Word", "PDF", "Stor skrift", "Kalender"
	Link Link
	File bool // a download, not a page
}

// Text is a piece of Markdown with its references resolved for one edition.
type Text struct {
	Doc      *guide.Doc
	Refs     []guide.Resolved // hrefs are paths from the edition's root
	Local    bool
	National string // the national wording that a local text replaced
	Pos      diag.Pos
}

// Empty reports whether there is nothing to show.
func (t Text) Empty() bool { return t.Doc.Empty() }

// Badge marks what a statement is: its force, its basis, that it is local.
type Badge struct {
	Kind string // "krav", "anbefaling", "eksempel", "udledt", "naevnt", "foraeldet", "lokal", "kladde"
	Text string
}

// Cite is a place in a source.
type Cite struct {
	Link  Link // to the source's entry
	Place string
}

// Block is one of the types below.
type Block interface{ Name() string }

// Prose is running text: guidance, or a TOML value.
type Prose struct {
	Text   Text
	Shift  int    // added to the text's heading levels
	Prefix string // begins the ids of its headings
}

// Facts is a list of labels and values.
type Facts struct{ Rows []Fact }

// Fact is one label with its value: links, text, or both.
type Fact struct {
	Label  string
	Text   Text
	Plain  string
	Links  []Link
	Badges []Badge
	Cites  []Cite
	Local  bool
	Pos    diag.Pos
}

// List is a list of items.
type List struct {
	Items   []Item
	Ordered bool
	Class   string // "opgaver", "skridt", "dagsorden", "kort" …
}

// Item is one statement with everything that must travel with it.
type Item struct {
	ID       string // anchor
	Title    Link   // a name, with or without a link
	Plain    string // text that is no Markdown
	Text     Text
	More     []Text // further paragraphs or points
	Points   []Text // shown as a list
	Badges   []Badge
	Meta     []Fact // who, when, how often …
	Caveat   Text   // the reservation that belongs to it
	Notes    []Text // the editor's notes
	Cites    []Cite
	Minutes  int
	Local    bool
	Omitted  bool
	Reason   Text   // why it was adapted
	National string // the national wording it replaced
	Children []Item
	Fold     Fold     // where it is used, when that is too much to list
	Lang     string   // language of Title when it is not Danish
	Aliases  []string // other names, for the search
	Topic    string   // what a point to tick is about, to divide long lists by; not shown
	Pos      diag.Pos
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
}

// Table is a table with headers; cells hold links and plain text.
type Table struct {
	Caption string
	Head    []string
	Rows    []Row
	Class   string
	Stack   bool // on narrow screens each row becomes a block
}

// Row is a table's row; the first cell is its header.
type Row struct {
	ID    string // anchor
	Head  Cell
	Cells []Cell
	Local bool
	Pos   diag.Pos
}

// Cell is what stands in one cell of a table.
type Cell struct {
	Plain  string
	Text   Text
	Links  []Link
	Fold   Fold // instead of Links, when they would be a wall
	Mark   bool // a dot with Plain as its words for those who listen
	Badges []Badge
	Cites  []Cite
}

// Box is set apart: a note, a caveat, a warning.
type Box struct {
	Type  string // "note", "vigtigt", "forbehold", "lokalt"
	Title string
	Texts []Text
	Plain string
	Links []Link
}

// Drawing is a figure drawn from data, with the same content as text.
type Drawing struct {
	ID      string
	Title   string
	Caption Text
	Make    Drawn
	Same    []Block // the text equivalent
	Cites   []Cite
}

// Drawn makes the figure's SVG; href turns a link into an address that holds
// on the page.
type Drawn interface {
	SVG(id string, href func(Link) string) []byte
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
}

// Lines is room to write by hand: Count blank lines after a label.
type Lines struct {
	Label string
	Count int
}

// Blank is a table to fill in by hand.
type Blank struct {
	Caption string
	Head    []string
	Rows    int
}

// Calendar lets a reader make a calendar file of a meeting's series.
type Calendar struct {
	Title       string
	Every       int
	UpTo        int    // upper bound of a span such as "hver 6.-8. uge", else 0
	Unit        string // "uge" or "maaned"
	Minutes     int
	Description string
	Place       string
	Expression  string // as the source writes it
	Page        Link
}

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

// Search is the search form, or the search page's results.
type Search struct {
	Results bool // the answers are shown here
	Address bool // the words of a wrong address are searched
}

// Hero is the front page's opening.
type Hero struct {
	Title string
	Text  Text
	Tasks []Card
}

// QR is where a code with the page's address belongs when it is known.
type QR struct{}

func (Prose) Name() string    { return "prosa" }
func (Facts) Name() string    { return "fakta" }
func (List) Name() string     { return "liste" }
func (Cards) Name() string    { return "kort" }
func (Table) Name() string    { return "tabel" }
func (Box) Name() string      { return "boks" }
func (Drawing) Name() string  { return "figur" }
func (Check) Name() string    { return "tjekliste" }
func (Lines) Name() string    { return "linjer" }
func (Blank) Name() string    { return "skema" }
func (Calendar) Name() string { return "kalender" }
func (Letters) Name() string  { return "bogstaver" }
func (Search) Name() string   { return "soeg" }
func (Hero) Name() string     { return "velkomst" }
func (QR) Name() string       { return "qr" }

// Sheet is a page that people carry: what its Word file holds is the page's
// own blocks.
type Sheet struct {
	Type     string // "tjekliste", "moede", "pakke"
	Subtitle string
	Base     string // file name without ending, "opfoelgningsmoede"
}
