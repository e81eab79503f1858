package render

import (
	"bytes"
	"html/template"
	"regexp"
	"slices"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// BodyView is given to krop.html and krop/<slags>.html.
type BodyView struct {
	Kind       string
	KindName   string
	Path       string // of the page, from the edition's root
	Root       string // leads to the edition's root: "../"
	Title      string
	Kicker     string
	Lede       template.HTML
	ModelName  string
	Crumbs     []Link
	Badges     []Badge
	Face       template.HTML // a model's figure, small
	Forms      []Form
	Folded     bool   // has sources or notes that a reader may unfold
	Contents   []Link // of a long page
	ContentsAt int    // the section that they stand before: the first after the answer
	Sections   []Section
	Related    []LinkGroup
	Cites      []Cite
	Changed    string
	ChangedSee Link // what was changed
	Prev       Link
	Next       Link
	Sheet      *book.Sheet // nil for pages that are no sheets
	Hero       bool        // a block of the page holds its h1
	Mark       template.HTMLAttr
}

// Form is one shape that a sheet can be had in. Here tells that it is the page
// itself, which is printed from the browser.
type Form struct {
	Name string
	Link Link
	File bool
	Here bool
}

// Fold is links under a title that opens.
type Fold struct {
	Title  string
	Groups []LinkGroup
}

type LinkGroup struct {
	Title string
	Links []Link
}

// Section is a part of a page with its blocks rendered.
type Section struct {
	ID     string
	Title  string // "" before the first heading
	Level  int
	Class  string
	Local  bool
	Sheet  *Mast // when a whole sheet begins here, else nil
	Blocks []template.HTML
	Mark   template.HTMLAttr
}

// Mast is what stands under the title of a sheet in a pack.
type Mast struct {
	Subtitle string
	Badges   []Badge
	Cites    []Cite
}

// Body renders what stands between the header and the footer of a page, in any
// edition. Equal pages give equal bytes. The diagnostics are those of a site's
// own layouts that failed on this page; what they should have shown is missing.
// parts may be nil.
func (r *Renderer) Body(p *book.Page, parts *Parts) (*Body, []diag.Diag) {
	w := r.writer(placeOf(p.Path), p.Terms())
	w.room = rooms.Get().(*room)
	defer rooms.Put(w.room)
	w.parts = parts
	v := w.body(p)
	name := "krop"
	if r.layouts.set.Lookup("krop/"+p.Kind) != nil {
		name = "krop/" + p.Kind
	}
	return cutBody(bytes.Clone(w.run(name, v))), w.diags
}

// Body is a page's body, cut at its slots. It never changes.
type Body struct {
	pieces []piece
	signs  [len(extras)]bool // which of the extra scripts the page needs
}

// Bytes is the body with its slots empty.
func (b *Body) Bytes() []byte {
	var out []byte
	for _, x := range b.pieces {
		out = append(out, x.text...)
	}
	return out
}

func cutBody(text []byte) *Body {
	b := &Body{}
	for i, x := range extras {
		b.signs[i] = bytes.Contains(text, []byte(x.sign))
	}
	for {
		before, rest, found := bytes.Cut(text, []byte(markStart))
		name, after, closed := bytes.Cut(rest, []byte(markEnd))
		if !found || !closed {
			b.pieces = append(b.pieces, piece{text: text})
			return b
		}
		b.pieces = append(b.pieces, piece{text: before, slot: slotNames[string(name)]})
		text = after
	}
}

func (w *writer) body(p *book.Page) BodyView {
	v := BodyView{
		Kind: p.Kind, KindName: p.KindName, Path: p.Path, Root: w.root, Title: p.Title, Kicker: p.Kicker,
		Lede: w.html(p.Lede), ModelName: p.ModelName, Crumbs: w.links(p.Crumbs), Badges: w.badges(p.Badges), Face: face(p.Face),
		Cites: w.cites(p.Cites), Changed: p.Changed.Text, ChangedSee: w.link(p.Changed.Link), Prev: w.link(p.Prev), Next: w.link(p.Next),
		Sheet: p.Sheet, Mark: w.mark(p.Pos),
	}
	for _, f := range p.Forms {
		v.Forms = append(v.Forms, Form{Name: f.Name, Link: w.link(f.Link), File: f.File,
			Here: f.Link.Path == p.Path && f.Link.Anchor == "" && !f.File})
	}
	v.Related = w.groups(p.Related)
	w.above = p.Title
	for _, s := range p.Sections {
		w.claimed[sectionID(s)] = true // before what stands in them
	}
	for _, s := range p.Sections {
		for _, b := range s.Blocks {
			if b.Name() == (book.Hero{}).Name() {
				v.Hero = true
			}
		}
		v.Sections = append(v.Sections, w.section(s))
	}
	if p.Long {
		v.Contents = contents(p)
		for i, s := range p.Sections[:max(0, len(p.Sections)-1)] {
			if s.Class == book.Answer {
				v.ContentsAt = i + 1
			}
		}
	}
	v.Folded = len(v.Cites) > 0 || slices.ContainsFunc(v.Sections, Section.folds)
	return v
}

// folds reports whether a section holds what stays folded until a reader asks for it.
func (s Section) folds() bool {
	return s.Class == book.Apparatus || slices.ContainsFunc(s.Blocks, func(b template.HTML) bool {
		return folded.MatchString(string(b))
	})
}

// folded is a class of sources, notes and links elsewhere.
var folded = regexp.MustCompile(`class="(kilde|note|apparat [a-z-]+|boks boks-noter)"`)

func (w *writer) section(s book.Section) Section {
	v := Section{ID: sectionID(s), Title: s.Title, Level: max(s.Level, 2), Class: s.Class, Local: s.Local,
		Mark: w.mark(s.Pos)}
	if m := s.Sheet; m != nil {
		v.Sheet = &Mast{Subtitle: m.Subtitle, Badges: w.badges(m.Badges), Cites: w.cites(m.Cites)}
	}
	w.level = v.Level
	if s.Title != "" {
		w.above = s.Title
		w.level++
	}
	for _, b := range s.Blocks {
		v.Blocks = append(v.Blocks, w.block(b))
	}
	return v
}

func sectionID(s book.Section) string {
	if s.ID == "" {
		return source.Slug(s.Title)
	}
	return s.ID
}

// contents are the second-level headings of a page, from sections and from the
// texts in them.
func contents(p *book.Page) []Link {
	var list []Link
	for _, s := range p.Sections {
		if s.Title != "" && max(s.Level, 2) == 2 && s.Class != book.Apparatus {
			list = append(list, Link{Text: s.Title, Href: template.URL("#" + sectionID(s))})
		}
		for _, b := range s.Blocks {
			prose, ok := b.(book.Prose)
			if !ok || prose.Text.Empty() {
				continue
			}
			for _, h := range prose.Text.Doc.Headings(prose.Text.Resolver()) {
				if h.Level+prose.Shift == 2 {
					list = append(list, Link{Text: h.Text, Href: template.URL("#" + prose.Prefix + h.ID)})
				}
			}
		}
	}
	return list
}

// letterID is a letter as part of an id: "Å" is "aa", and what is no letter
// "andet".
func letterID(letter string) string {
	if id := source.Slug(letter); id != "" {
		return id
	}
	return "andet"
}
