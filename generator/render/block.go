package render

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/figure"
)

// ProseView is given to blok/prosa.html.
type ProseView struct {
	Text     template.HTML
	Local    bool
	National string
}

// FactsView is given to blok/fakta.html. Cites are what all rows with a source
// share.
type FactsView struct {
	Rows  []Fact
	Cites []Cite
}

// ListView is given to blok/liste.html. Cites are the sources that all items
// share; the items then name none. Simple lists hold nothing but words.
type ListView struct {
	Items   []Item
	Lines   template.HTML // the items, each made with del/linje.html
	Simple  bool
	Ordered bool
	Class   string
	Cites   []Cite
}

// Card is a link with a line of explanation.
type Card struct {
	Link   Link
	Kicker string
	Text   template.HTML
	Plain  string
	Badges []Badge
	Icon   string
	Face   template.HTML // a model's figure, small
}

// CardsView is given to blok/kort.html.
type CardsView struct{ Items []Card }

// Cell is a table's cell. Label is its column's heading.
type Cell struct {
	Label  string
	Plain  string
	Text   template.HTML
	Links  []Link
	Fold   Fold
	Mark   bool
	Badges []Badge
	Cites  []Cite
	HTML   template.HTML // what del/celle.html makes of it
}

// Row is a table's row; Head is the cell that names it.
type Row struct {
	ID    string
	Head  Cell
	Cells []Cell
	Local bool
	Mark  template.HTMLAttr
}

// TableView is given to blok/tabel.html. ID names the caption.
type TableView struct {
	ID      string
	Caption string
	Said    bool // the heading above says the caption already
	Head    []string
	Rows    []Row
	Class   string
	Stack   bool
}

// BoxView is given to blok/boks.html. Label says what kind of box it is.
type BoxView struct {
	Type, Label, Title string
	Texts              []template.HTML
	Plain              string
	Links              []Link
}

// DrawingView is given to blok/figur.html. Same are the blocks that say in
// words what the figure shows.
type DrawingView struct {
	ID, Title string
	SVG       template.HTML
	Caption   template.HTML
	Same      []template.HTML
	Cites     []Cite
}

// CheckView is given to blok/tjekliste.html. Cites are shared by all points.
type CheckView struct {
	Title      string
	Level      int // of the title's heading
	GroupLevel int // of the groups' headings
	Mode       string
	Groups     []CheckGroup
	Cites      []Cite
}

// CheckGroup is a pause point with its points.
type CheckGroup struct {
	ID, Title string
	Items     []Item
	Lines     template.HTML // the items, each made with del/tjek.html
}

// RatingView is given to blok/vurdering.html. Levels are the shared scale's, with their
// anchors.
type RatingView struct {
	Levels     []RatingLevel
	GroupLevel int // of the groups' headings
	Groups     []RatingGroup
	Sum        book.RatingSum
	Cites      []Cite
}

// RatingGroup is a domain with its points.
type RatingGroup struct {
	ID, Title string
	Text      template.HTML
	Points    []RatingPoint
	Sum       book.RatingSum
}

// RatingPoint is a point, the name of its fields and its answers.
type RatingPoint struct {
	Item   Item
	Field  string
	Levels []RatingLevel
}

// RatingLevel is an answer with its anchor.
type RatingLevel struct {
	Value int
	Name  string
	Text  template.HTML
}

// LinesView is given to blok/linjer.html: Count is as long as the lines are many.
type LinesView struct {
	Label string
	Count []struct{}
}

// BlankView is given to blok/skema.html.
type BlankView struct {
	Caption string
	Head    []string
	Rows    []struct{}
}

// AttendanceView is given to blok/tilstede.html.
type AttendanceView struct{ Rows []Fact }

// CalendarView is given to blok/kalender.html.
type CalendarView struct {
	ID          string
	Title       string
	Every       int
	UpTo        int // the upper bound of a span, else 0
	Unit        string
	Minutes     int
	Description string
	Place       string
	Expression  string
	Sessions    string // of a bounded series, as JSON: [["1. Velkommen", 120, 0], …]; title, minutes, pause before
}

// LettersView is given to blok/bogstaver.html.
type LettersView struct {
	Level  int
	Groups []Letter
}

type Letter struct {
	ID, Letter string
	Entries    []Entry
}

type Entry struct {
	Link Link
	Note string
}

// SearchView is given to blok/soeg.html. Root leads to the edition's root.
type SearchView struct {
	ID      string
	Root    string
	Results bool
	Address bool // the words of a wrong address are searched
}

// HeroView is given to blok/velkomst.html; its title is the page's h1.
type HeroView struct {
	Title  string
	Text   template.HTML
	Tasks  []Card
	More   Link
	Search SearchView
}

// cited are the row's sources, and those of its further values.
func (f *Fact) cited() []*[]Cite {
	var rows []*[]Cite
	if len(f.Cites) > 0 {
		rows = append(rows, &f.Cites)
	}
	for i := range f.Again {
		rows = append(rows, f.Again[i].cited()...)
	}
	return rows
}

// block renders one block with its own layout. A block that has no view or no
// layout is a fault of ours.
func (w *writer) block(b book.Block) template.HTML {
	name := "blok/" + b.Name()
	v := w.view(b)
	if v == nil || w.r.layouts.set.Lookup(name) == nil {
		w.diags = append(w.diags, diag.Diag{Severity: diag.Error, Code: "blok-uden-layout",
			Pos:     diag.Pos{File: "layouts/" + name + ".html"},
			Message: fmt.Sprintf("blokken %q kan ikke vises", b.Name()),
			Help:    "Det er en fejl i generatoren. Meld den til dem, der passer den."})
		return ""
	}
	return w.part(name, v)
}

func (w *writer) execute(name string, data any) template.HTML {
	return template.HTML(w.run(name, data))
}

// run gives what a layout makes of data, until it runs again.
func (w *writer) run(name string, data any) []byte {
	w.out.Reset()
	if err := w.r.layouts.set.ExecuteTemplate(&w.out, name, data); err != nil {
		w.diags = append(w.diags, w.r.layouts.problem(name, err))
		return nil
	}
	return w.out.Bytes()
}

// view is what a block's layout is given, or nil for a block that is not known.
func (w *writer) view(b book.Block) any {
	switch b := b.(type) {
	case book.Prose:
		return ProseView{Text: w.blocks(b.Text, b.Shift, b.Prefix), Local: b.Text.Local, National: b.Text.National}
	case book.Facts:
		v := FactsView{Rows: w.facts(b.Rows)}
		var cited []*[]Cite
		for i := range v.Rows {
			cited = append(cited, v.Rows[i].cited()...)
		}
		v.Cites = shared(cited)
		return v
	case book.List:
		items := w.items(b.Items)
		v := ListView{Items: items, Ordered: b.Ordered, Class: b.Class, Cites: shared(itemCites(items))}
		v.Simple = !slices.ContainsFunc(items, Item.rich)
		return v
	case book.Cards:
		return CardsView{Items: w.cards(b.Items)}
	case book.Table:
		return w.table(b)
	case book.Box:
		return BoxView{Type: b.Type, Label: w.boxLabel(b.Type), Title: b.Title, Texts: w.htmls(b.Texts), Plain: b.Plain,
			Links: w.links(b.Links)}
	case book.Drawing:
		return w.drawing(b)
	case book.Check:
		return w.check(b)
	case book.Rating:
		return w.rating(b)
	case book.Lines:
		return LinesView{Label: b.Label, Count: make([]struct{}, max(b.Count, 0))}
	case book.Blank:
		return BlankView{Caption: b.Caption, Head: b.Head, Rows: make([]struct{}, max(b.Rows, 0))}
	case book.Attendance:
		return AttendanceView{Rows: w.facts(b.Rows)}
	case book.Calendar:
		return CalendarView{ID: w.id("kalender"), Title: b.Title, Every: b.Every, UpTo: b.UpTo, Unit: b.Unit,
			Minutes: b.Minutes, Description: b.Description, Place: b.Place, Expression: b.Expression,
			Sessions: sessionList(b.Sessions)}
	case book.Letters:
		return w.letters(b)
	case book.Search:
		return w.search(b)
	case book.Hero:
		return HeroView{Title: b.Title, Text: w.html(b.Text), Tasks: w.cards(b.Tasks), More: w.link(b.More),
			Search: w.search(book.Search{})}
	case book.QR:
		return struct{}{} // the frame knows the address
	}
	return nil
}

// sessionList is a calendar's sessions for its script; "" for none.
func sessionList(list []book.CalendarSession) string {
	if len(list) == 0 {
		return ""
	}
	rows := make([][]any, len(list))
	for i, x := range list {
		rows[i] = []any{x.Title, x.Minutes, x.Pause}
	}
	text, _ := json.Marshal(rows) // words and numbers do not fail
	return string(text)
}

// id makes an id that no heading of the page has, since it holds an underscore.
func (w *writer) id(stem string) string {
	w.number++
	return stem + "_" + strconv.Itoa(w.number)
}

// boxLabel says what kind of box it is.
func (w *writer) boxLabel(kind string) string {
	if key := "boks." + kind; w.r.words.Has(key) {
		return w.r.words.Text(key)
	}
	return w.r.words.Text("boks.note")
}

// cards have no links to terms: the whole card is a link, which would cover them.
func (w *writer) cards(list []book.Card) []Card {
	terms := w.terms
	w.terms = nil
	defer func() { w.terms = terms }()
	var out []Card
	for _, c := range list {
		out = append(out, Card{Link: w.link(c.Link), Kicker: c.Kicker, Text: w.html(c.Text), Plain: c.Plain,
			Badges: w.badges(c.Badges), Icon: c.Icon, Face: face(c.Face)})
	}
	return out
}

// face is a model's figure in small, or nothing.
func face(f book.Face) template.HTML {
	if f.Make == nil {
		return ""
	}
	return template.HTML(figure.Face(f.Make, f.ID))
}

func (w *writer) fold(f book.Fold) Fold { return Fold{Title: f.Title, Groups: w.groups(f.Groups)} }

func (w *writer) groups(list []book.LinkGroup) []LinkGroup {
	var out []LinkGroup
	for _, g := range list {
		out = append(out, LinkGroup{Title: g.Title, Links: w.links(g.Links)})
	}
	return out
}

func (w *writer) cell(c book.Cell, label string) Cell {
	return Cell{Label: label, Plain: c.Plain, Text: w.html(c.Text), Links: w.links(c.Links), Fold: w.fold(c.Fold),
		Mark: c.Mark == book.Dot, Badges: w.badges(c.Badges), Cites: w.cites(c.Cites)}
}

func (w *writer) table(t book.Table) TableView {
	v := TableView{ID: w.id("tabel"), Caption: t.Caption, Said: t.Caption == w.above, Head: t.Head,
		Class: t.Class, Stack: t.Stack}
	label := func(i int) string {
		if i < len(t.Head) {
			return t.Head[i]
		}
		return ""
	}
	for _, row := range t.Rows {
		r := Row{ID: w.claim(row.ID), Head: w.cell(row.Head, label(0)), Local: row.Local, Mark: w.mark(row.Pos)}
		for i, c := range row.Cells {
			r.Cells = append(r.Cells, w.cell(c, label(i+1)))
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}

func (w *writer) drawing(d book.Drawing) DrawingView {
	v := DrawingView{ID: d.ID, Title: d.Title, Caption: w.html(d.Caption), Cites: w.cites(d.Cites)}
	if d.Make != nil {
		v.SVG = template.HTML(figure.SVG(d.Make, d.ID, w.relocate))
	}
	for _, b := range d.Same {
		v.Same = append(v.Same, w.block(b))
	}
	return v
}

func (w *writer) check(c book.Check) CheckView {
	v := CheckView{Title: c.Title, Level: w.level, Mode: c.Mode}
	if c.Title == w.above {
		v.Title = ""
	}
	if c.Nested {
		v.Level = max(v.Level, 3)
	}
	if len(c.Groups) == 1 && c.Groups[0].Title == c.Title {
		c.Groups = []book.CheckGroup{{ID: c.Groups[0].ID, Items: c.Groups[0].Items}}
	}
	v.GroupLevel = v.Level
	if v.Title != "" {
		v.GroupLevel++
	}
	var all []Item
	for _, g := range c.Groups {
		all = append(all, w.items(g.Items)...)
	}
	v.Cites = shared(itemCites(all))
	for _, g := range c.Groups {
		n := len(g.Items)
		v.Groups = append(v.Groups, CheckGroup{ID: w.claim(g.ID), Title: g.Title, Items: all[:n:n]})
		all = all[n:]
	}
	return v
}

func (w *writer) rating(b book.Rating) RatingView {
	levels := func(list []book.RatingLevel) []RatingLevel {
		var out []RatingLevel
		for _, l := range list {
			out = append(out, RatingLevel{Value: l.Value, Name: l.Name, Text: w.inline(l.Text)})
		}
		return out
	}
	v := RatingView{Levels: levels(b.Levels), GroupLevel: w.level, Sum: b.Sum}
	var cited []*[]Cite
	for i, g := range b.Groups {
		group := RatingGroup{ID: w.claim(g.ID), Title: g.Title, Text: w.html(g.Text), Sum: g.Sum}
		for k, it := range g.Items {
			group.Points = append(group.Points, RatingPoint{Item: w.item(it), Field: fmt.Sprintf("%s%d-%d", b.Prefix, i, k),
				Levels: levels(g.Levels[k])})
		}
		for k := range group.Points {
			cited = append(cited, &group.Points[k].Item.Cites)
		}
		v.Groups = append(v.Groups, group)
	}
	v.Cites = shared(cited)
	return v
}

func (w *writer) letters(l book.Letters) LettersView {
	v := LettersView{Level: w.level}
	for _, g := range l.Groups {
		letter := Letter{ID: "bogstav_" + letterID(g.Letter), Letter: g.Letter}
		for _, e := range g.Entries {
			letter.Entries = append(letter.Entries, Entry{Link: w.link(e.Link), Note: e.Note})
		}
		v.Groups = append(v.Groups, letter)
	}
	return v
}

func (w *writer) search(b book.Search) SearchView {
	return SearchView{ID: w.id("soegefelt"), Root: w.root, Results: b.Results, Address: b.Address}
}
