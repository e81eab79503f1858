package render

import (
	"bytes"
	"cmp"
	"html/template"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
)

// Badge says in a word what a statement is. Kind is for a class.
type Badge struct{ Kind, Text string }

// Fact is a label and its value.
type Fact struct {
	Key      string // what it says: "hvem"; for a class or a choice, never shown
	Label    string
	Text     template.HTML // may hold paragraphs and lists
	Plain    string
	Links    []Link
	Badges   []Badge
	Cites    []Cite
	Noted    string // the numbers of its sources: "1, 4"
	Local    bool
	Aside    bool   // leads elsewhere: folded with the sources in a list
	National string // the wording that a local one replaced
	Again    []Fact // further values under the same label
	Mark     template.HTMLAttr
}

// Item is a statement of a list or a point of a checklist.
type Item struct {
	ID       string
	Title    Link
	Level    int    // of the title as a heading; 0 where it is none
	Name     string // the first words of one with an id
	Plain    string
	Text     template.HTML // one paragraph comes without <p>
	Inline   template.HTML // Text where only words may stand, as in a label
	More     []template.HTML
	Points   []template.HTML
	Badges   []Badge
	Meta     []Fact
	Caveat   template.HTML
	Notes    []template.HTML
	Cites    []Cite
	Noted    string // the numbers of its sources: "1, 4"
	Minutes  int
	Room     int // lines to write on under it, on paper
	Local    bool
	Omitted  bool
	Reason   template.HTML
	National string
	Children []Item
	Fold     Fold
	Folded   bool   // shows its name, its marks and When; the rest unfolds
	When     string // "før opfølgningsmødet"
	Mark     template.HTMLAttr
}

// writer turns one page's data into views. It belongs to one goroutine.
type writer struct {
	place
	r       *Renderer
	terms   *guide.TermLinker
	level   int             // for headings inside the block at hand
	above   string          // the heading that the block at hand stands under
	claimed map[string]bool // ids of the page
	number  int             // of things that need an id of their own
	parts   *Parts
	*room
	diags []diag.Diag
}

// room is used again from page to page.
type room struct {
	key []byte       // for a part's
	out bytes.Buffer // for what a layout makes
}

var rooms = sync.Pool{New: func() any { return &room{} }}

func (r *Renderer) writer(at place, terms *guide.TermSet) *writer {
	w := &writer{place: at, r: r, level: 2, claimed: map[string]bool{}, room: &room{}}
	if terms != nil {
		w.terms = terms.Page(func(t guide.Term) string {
			if target, _, _ := strings.Cut(t.Href, "#"); target == at.page {
				return ""
			}
			return at.relocate(t.Href)
		})
	}
	return w
}

func (w *writer) options(t book.Text) guide.RenderOptions {
	return guide.RenderOptions{
		Resolve:     w.resolver(t),
		File:        func(src string) string { return w.file(t, src) },
		Terms:       w.terms,
		Pointer:     func(id, name string) string { return string(pointer(w.r.words, id, name)) },
		SourceMarks: w.r.opt.Preview,
	}
}

// resolver gives what references were resolved to, from where the page is.
func (w *writer) resolver(t book.Text) guide.Resolve {
	if len(t.Refs) == 0 {
		return nil
	}
	resolve := t.Resolver()
	return func(ref guide.Reference) guide.Resolved {
		got := resolve(ref)
		got.Href = w.relocate(got.Href)
		return got
	}
}

func (w *writer) file(t book.Text, src string) string {
	if w.r.opt.File != nil {
		return w.to(w.r.opt.File(t.Pos.File, src), "")
	}
	return w.to(path.Join(dir(t.Pos.File), src), "")
}

// html renders a text; a single paragraph comes without <p>.
func (w *writer) html(t book.Text) template.HTML {
	if t.Empty() {
		return ""
	}
	var b bytes.Buffer
	t.Doc.Inline(&b, w.options(t)) // a bytes.Buffer does not fail
	return template.HTML(bytes.TrimSpace(b.Bytes()))
}

// blocks renders a text whole, with its headings moved and its ids prefixed.
func (w *writer) blocks(t book.Text, shift int, prefix string) template.HTML {
	if t.Empty() {
		return ""
	}
	opt := w.options(t)
	opt.HeadingShift, opt.IDPrefix = shift, prefix
	var b bytes.Buffer
	t.Doc.HTML(&b, opt) // a bytes.Buffer does not fail
	return template.HTML(b.String())
}

// inline renders a text for a place where only words may stand: what is more
// than a paragraph becomes plain text.
func (w *writer) inline(t book.Text) template.HTML {
	h := w.html(t)
	for _, block := range []string{"<p", "<ul", "<ol", "<div", "<table", "<pre", "<blockquote", "<dl", "<figure", "<h"} {
		if strings.Contains(string(h), block) {
			plain := t.Doc.Text(w.resolver(t))
			return template.HTML(template.HTMLEscapeString(strings.ReplaceAll(plain, "\n", " ")))
		}
	}
	return h
}

func (w *writer) htmls(list []book.Text) []template.HTML {
	var out []template.HTML
	for _, t := range list {
		if !t.Empty() {
			out = append(out, w.html(t))
		}
	}
	return out
}

// mark tells the preview where something was written.
func (w *writer) mark(pos diag.Pos) template.HTMLAttr {
	if !w.r.opt.Preview || pos.IsZero() {
		return ""
	}
	return template.HTMLAttr(` data-kilde="` + template.HTMLEscapeString(pos.File+":"+strconv.Itoa(pos.Line)) + `"`)
}

func (w *writer) badges(list []book.Badge) []Badge {
	var out []Badge
	for _, b := range list {
		out = append(out, Badge(b))
	}
	return out
}

func (w *writer) fact(f book.Fact) Fact {
	return Fact{
		Key: string(f.Key), Label: f.Label, Text: w.html(f.Text), Plain: f.Plain, Links: w.links(f.Links),
		Badges: w.badges(f.Badges), Cites: w.cites(f.Cites), Noted: f.Noted, Aside: f.Key.Aside(),
		Local: f.Local || f.Text.Local, National: f.Text.National, Mark: w.mark(f.Pos),
	}
}

// facts gathers values that have the same label: a <dl> names each once.
func (w *writer) facts(list []book.Fact) []Fact {
	var out []Fact
	for _, f := range list {
		i := slices.IndexFunc(out, func(o Fact) bool { return o.Key == string(f.Key) && o.Label == f.Label })
		if i < 0 {
			out = append(out, w.fact(f))
		} else {
			out[i].Again = append(out[i].Again, w.fact(f))
		}
	}
	return out
}

// claim gives an id to the first that asks for it, and "" to the others.
func (w *writer) claim(id string) string {
	if w.claimed[id] {
		return ""
	}
	w.claimed[id] = true
	return id
}

func (w *writer) item(it book.Item) Item {
	title := w.link(it.Title)
	title.Lang = it.Lang
	national := it.National
	if national == "" {
		national = it.Text.National
	}
	v := Item{
		ID: w.claim(it.ID), Title: title, Plain: it.Plain, Text: w.html(it.Text),
		More: w.htmls(it.More), Points: w.htmls(it.Points), Badges: w.badges(it.Badges), Meta: w.facts(it.Meta),
		Caveat: w.html(it.Caveat), Notes: w.htmls(it.Notes), Cites: w.cites(it.Cites), Noted: it.Noted,
		Minutes: it.Minutes, Room: it.Room,
		Local: it.Local || it.Text.Local, Omitted: it.Omitted, Reason: w.html(it.Reason), National: national,
		Mark: w.mark(it.Pos),
	}
	v.Inline = v.Text
	if strings.Contains(string(v.Text), "\n") {
		v.Inline = w.inline(it.Text)
	}
	if v.ID != "" {
		v.Name = short(cmp.Or(v.Title.Text, v.Plain, it.Text.Plain()))
	}
	if v.ID != "" && v.Title.Text != "" {
		v.Level = w.level
		w.level++
		defer func() { w.level-- }()
	}
	v.Children = w.items(it.Children)
	v.Fold, v.When = w.fold(it.Fold), it.When
	v.Folded = it.Folded && title.Text != "" && v.rich()
	return v
}

func (w *writer) items(list []book.Item) []Item {
	var out []Item
	for _, it := range list {
		out = append(out, w.item(it))
	}
	return out
}

// short are the words as a name: no more than some fifty letters, cut between words.
func short(words string) string {
	if len(words) <= 60 {
		return words
	}
	i := strings.LastIndexByte(words[:50], ' ')
	return strings.ToValidUTF8(words[:max(i, 20)], "") + " …"
}

// rich reports whether an item holds more than a title or words.
func (it Item) rich() bool {
	return it.Title.Text != "" && (it.Text != "" || it.Plain != "") ||
		len(it.More)+len(it.Points)+len(it.Badges)+len(it.Meta)+len(it.Notes) > 0 ||
		len(it.Cites)+len(it.Children)+len(it.Fold.Groups) > 0 ||
		it.Caveat != "" || it.Local || it.Omitted || it.Reason != "" || it.National != ""
}
