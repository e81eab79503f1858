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
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/wording"
)

// Page is one page of an edition. It is finished when Plan returns: equal
// pages give equal bytes, whichever edition they belong to.
type Page struct {
	Path      string // from the edition's root, "laeringsmiljoe/faser/faelles-maal.html"
	Kind      string // names the layout: "fase", "oversigt", "forside" …
	KindName  string // as a reader knows it: "Fase"
	Title     string
	Kicker    string // above the title: "Fase 2 af 4"
	Numbered  string // which of them it is: "Fase 2", or ""
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
	Changed   Stamp // the edition of the handbook that last changed it
	Badges    []Badge
	Face      Face // of a model, on its front page
	Aliases   []string
	Topics    []string // subject headings, for the search
	Summary   string   // plain text for search results and link previews
	Sheet     *Sheet   // set on pages that are printed as sheets and written as Word
	Document  *Page    // written as Word instead of the page itself: more than a page holds
	Feed      Link     // to the news of what the page is about
	NoIndex   bool     // left out of the search index
	Weight    int      // lifts the page in the search
	Long      bool     // wants contents at the top
	Pos       diag.Pos
	terms     *guide.TermSet `key:"-"`
	kinds     *schema.Set    `key:"-"` // that what it says is of
	words     *wording.Words `key:"-"` // that name them
	menu      string         // name in the navigation, when shorter than Title
	names     []string       // other short names of its subject, for the search
	about     []string       // kinds of what the page is about
	derived   []facet        // what is the editors' reading, until the page is settled
	behind    []Block        // boxes about its text, which stand behind the answer
}

// Terms is the glossary that texts on the page link to; nil for none.
func (p *Page) Terms() *guide.TermSet { return p.terms }

// Stamp is an edition of the handbook with its date.
type Stamp struct {
	Text string // "Udgave 1.0, 22. november 2026"
	Date string // "2026-11-22"
	Link Link   // to what it changed, if that is told
}

// Section is a part of a page under a heading of its own.
type Section struct {
	ID     string
	Title  string // "" for the part before the first heading
	Level  int    // of the heading, 2 or more
	Blocks []Block
	Local  bool
	Pos    diag.Pos
	Class  string // "kun-skaerm" leaves it out of print; [Answer], [Apparatus]
	Sheet  *Mast  // when a whole sheet begins here, in a pack

	Aliases []string // other names of what the section is about, for the search
}

// Classes of sections.
const (
	Answer    = "svar"    // answers what the page's readers come for
	Apparatus = "apparat" // is folded with the sources

	NewPage    = "ny-side"   // starts a page of a whole sheet
	NewSheet   = "nyt-ark"   // starts a sheet among others
	LetterPart = "brev"      // is part of an invitation, with its choice as another class
	NotShort   = "ikke-kort" // is left out of a short sheet
	OnlyFull   = "kun-fuld"  // and of minutes too
)

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

// Sheet is a page that people carry: what its Word file holds is the page's
// own blocks.
type Sheet struct {
	Type     string // "tjekliste", "moede", "pakke"
	Subtitle string
	Base     string // file name without ending, "opfoelgningsmoede"
	Choices  []Choice
}

// Files are what a sheet can be had as in Word: the whole sheet, which is "", and its choices.
func (s *Sheet) Files() []Choice { return append([]Choice{""}, s.Choices...) }

// Choice is another way to have a sheet, besides the whole of it.
type Choice string

const (
	Short   Choice = "kort"    // what is needed at the table, on one page
	Large   Choice = "stor"    // in large print
	Minutes Choice = "referat" // to write the minutes in; a Word file only
)

// WordPath is where a page's Word file lies: the whole sheet, or one of its choices.
func (p *Page) WordPath(c Choice) string {
	return strings.TrimSuffix(p.Path, ".html") + prefixIf("-", string(c)) + ".docx"
}

// Has reports that a section has a class among others.
func (s Section) Has(class string) bool { return slices.Contains(strings.Fields(s.Class), class) }

// In reports whether a section stands in a choice of its sheet.
func (s Section) In(c Choice) bool {
	switch c {
	case Short:
		return !s.Has(NotShort) && !s.Has(OnlyFull)
	case Minutes:
		return !s.Has(OnlyFull)
	case "", Large:
		return true
	}
	return s.Has(string(c)) || !s.Has(LetterPart)
}

// section adds a section when it has something to show.
func (p *Page) section(id, title string, blocks ...Block) {
	keep := slices.DeleteFunc(blocks, func(b Block) bool { return b == nil || b.Empty() })
	if len(keep) > 0 {
		p.Sections = append(p.Sections, Section{ID: id, Title: title, Level: 2, Blocks: keep})
	}
}

// classify gives the sections from the nth on a class.
func (p *Page) classify(n int, class string) {
	for i := n; i < len(p.Sections); i++ {
		p.Sections[i].Class = class
	}
}

// relate adds a group of related links when it has any.
func (p *Page) relate(title string, links []Link) {
	if len(links) > 0 {
		p.Related = append(p.Related, LinkGroup{title, links})
	}
}

// Anchors lists the places of a page that a link can point at.
func (p *Page) Anchors() []string {
	var out []string
	for _, s := range p.Sections {
		if s.ID != "" {
			out = append(out, s.ID)
		}
		for _, b := range s.Blocks {
			out = append(out, anchors(b.Contents())...)
		}
	}
	return out
}

// lastPart is what stands after the last dot of a key.
func lastPart(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }
