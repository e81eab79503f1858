package render

import (
	"bytes"
	"crypto/sha256"
	"html/template"
	"net/url"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/wording"
)

// FrameView is given to side.html: what is the same on all pages of one edition,
// model and depth. What differs between pages stands in slots.
type FrameView struct {
	Title      string // the handbook's: "Modelhåndbog"
	Name       string // the edition's: "National udgave", "Eksempel Kommune"
	Genitive   string // "Eksempel Kommunes"; "" for the national edition
	National   bool
	Fictional  bool
	Publisher  string
	Release    string
	Date       string // "2026-11-22"
	DateText   string
	Model      string // the model's id, "" for shared pages
	ModelName  string
	Root       string // leads to the edition's root: "../"
	Home       string // leads to the front page
	Stylesheet string // addresses of files
	Scripts    []string
	Icon       string
	Logo       string // "" when there is none
	WAS        string // address of the accessibility statement, or ""
	Contacts   []Fact
	Nav        []NavItem
	Feeds      []Link // the handbook's and the model's
	Addressed  bool   // it is known where the edition is published
	Preview    bool
}

// NavItem is an entry of the navigation. Mark goes into its <a> and says when it
// is the current one. What stands between Open and Close is left out of pages
// that are not inside the entry; an entry without a link of its own has neither,
// since its children are reached in no other way. Unfold goes into its <details>.
type NavItem struct {
	Link     Link
	Children []NavItem
	Mark     template.HTMLAttr
	Unfold   template.HTMLAttr
	Open     template.HTML
	Close    template.HTML
}

// Frame is everything around a page's body in one edition, for one model and
// depth. It never changes.
type Frame struct {
	pieces  func() []piece
	nav     map[string]int // the entry of a path
	parents []int          // of the navigation's entries; -1 at the top
	address string         // of the edition's root, "" when unknown
	base    string         // the path of address, when the folder is sure to be served there
	Identity
	title string            // of edition, escaped: "Modelhåndbog, Eksempel Kommune"
	view  [sha256.Size]byte // the sum of what it is made from
	extra [len(extras)]extraScript
	qr    func(address, label string) ([]byte, error)
	words *wording.Words
	hash  [sha256.Size]byte
}

// Identity is what tells the frames of two editions apart that are otherwise
// alike: municipalities that have set neither looks nor contacts.
type Identity struct {
	name       string // of the edition
	genitive   string
	stylesheet string // its address from the edition's root
}

// extras are the scripts and stylesheets that only pages with a certain attribute or class load.
var extras = [...]struct{ name, sign string }{{"tjekliste.js", "data-tjekliste"}, {"kalender.js", `class="kalender"`},
	{"vurdering.js", "data-vurdering"}, {"vurdering.css", "data-vurdering"}, {"valg.css", "punkter-valg"}}

// extraScript is the element that loads one of extras; nil when there is none.
type extraScript struct{ script []byte }

// Frame renders what surrounds the pages of a model ("" for shared pages) that
// lie depth folders deep.
func (r *Renderer) Frame(b *book.Book, model string, depth int) (*Frame, []diag.Diag) {
	f := &Frame{nav: map[string]int{}, qr: r.opt.QR, words: r.words}
	w := r.writer(place{root: strings.Repeat("../", depth)}, nil)
	view := w.frame(b, model)
	if r.layouts.stock {
		view.Name, view.Stylesheet = mark("udgave"), w.root+mark("typografi")
		if b.Genitive != "" {
			view.Genitive = mark("genitiv")
		}
	}
	view.Nav = w.nav(f, b.Nav, model, -1)
	for i, x := range extras {
		if p, ok := r.assets.paths[x.name]; ok {
			f.extra[i].script = []byte(`<script src="` + w.root + p + `" defer></script>` + "\n")
			if path.Ext(x.name) == ".css" {
				f.extra[i].script = []byte(`<link rel="stylesheet" href="` + w.root + p + `">` + "\n")
			}
		}
	}
	var diags []diag.Diag
	f.pieces = sync.OnceValue(func() []piece {
		var out bytes.Buffer
		if err := r.layouts.set.ExecuteTemplate(&out, "side", view); err != nil {
			diags = append(diags, r.layouts.problem("side", err))
		}
		return cut(out.Bytes())
	})
	key := book.AppendKey(nil, reflect.ValueOf(view))
	for _, x := range f.extra {
		key = append(key, x.script...)
	}
	f.view = sha256.Sum256(key)
	f.stylesheet = r.stylesheet(r.editionCSS(b))
	r.identify(f, b)
	if r.layouts.whole {
		return f, nil // made when a page is: often all of an edition's are there already
	}
	if !slices.ContainsFunc(f.pieces(), func(p piece) bool { return p.slot == bodySlot }) && diags == nil {
		diags = append(diags, diag.Diag{Severity: diag.Error, Code: "layout", Pos: diag.Pos{File: "layouts/side.html"},
			Message: `layoutet har ingen plads til sidens indhold`, Help: `Skriv {{plads "krop"}} i <main>.`})
	}
	return f, diags
}

// Like gives the frame of a book that differs from this frame's only in the
// edition's name and address: municipalities without looks and contacts. It is
// nil when a site's own layouts may depend on the name.
func (r *Renderer) Like(f *Frame, b *book.Book) *Frame {
	if !r.layouts.stock {
		return nil
	}
	c := *f
	r.identify(&c, b)
	return &c
}

// identify fills in the edition's name and address.
func (r *Renderer) identify(f *Frame, b *book.Book) {
	f.name, f.genitive = b.Name, b.Genitive
	f.address, f.base = r.address(b), ""
	if u, err := url.Parse(f.address); err == nil && f.address != "" && (b.Slug == "" || r.opt.Hosted) {
		f.base = u.EscapedPath()
	}
	if r.opt.Preview { // serves all editions at their places, whatever their addresses will be
		f.base = "/"
		if b.Slug != "" {
			f.base = "/kommuner/" + b.Slug + "/"
		}
	}
	f.title = template.HTMLEscapeString(b.Title)
	if b.Slug != "" {
		f.title = template.HTMLEscapeString(b.Title + ", " + b.Name)
	}
	h := sha256.New()
	h.Write(f.view[:])
	for _, s := range []string{f.address, f.base, f.title, f.name, f.genitive, f.stylesheet} {
		h.Write([]byte("\x00" + s))
	}
	h.Sum(f.hash[:0])
}

// address is where the edition is published, ending in a slash, or "".
func (r *Renderer) address(b *book.Book) string {
	base := r.opt.BaseURL
	if b.Slug != "" && base != "" {
		base = strings.TrimSuffix(base, "/") + "/kommuner/" + b.Slug
	}
	if b.Site != "" {
		base = b.Site
	}
	if base == "" {
		return ""
	}
	return strings.TrimSuffix(base, "/") + "/"
}

func (w *writer) frame(b *book.Book, model string) FrameView {
	v := FrameView{
		Title: b.Title, Name: b.Name, Genitive: b.Genitive, National: b.Slug == "", Fictional: b.Fictional,
		Publisher: b.Publisher, Release: b.Release, Date: b.Date, DateText: b.DateText, Model: model,
		Root: w.root, Home: w.root + "index.html", Stylesheet: w.root + w.r.stylesheet(w.r.editionCSS(b)),
		WAS: outside(b.WAS), Contacts: w.facts(b.Contacts), Preview: w.r.opt.Preview,
		Addressed: w.r.address(b) != "",
	}
	if b.Logo != "" {
		v.Logo = w.root + "assets/" + escapePath(path.Base(b.Logo))
	}
	if p, ok := w.r.assets.paths["ikon.svg"]; ok {
		v.Icon = w.root + p
	}
	for _, name := range []string{"haandbog.js", "soeg.js"} {
		if p, ok := w.r.assets.paths[name]; ok {
			v.Scripts = append(v.Scripts, w.root+p)
		}
	}
	if b.Page("nyt.html") != nil {
		v.Feeds = append(v.Feeds, w.link(book.Link{Path: "nyt.xml", Text: w.r.words.Text("nyt.titel")}))
	}
	for _, f := range b.Feeds {
		if f.Model == model && f.Role == "" {
			v.Feeds = append(v.Feeds, w.link(book.Link{Path: f.Path, Text: f.Title}))
		}
	}
	if w.r.opt.Offline {
		v.Scripts = append(v.Scripts, w.root+"offline.js")
	}
	for _, m := range modelsOf(b) {
		if m.id == model {
			v.ModelName = m.name
		}
	}
	return v
}

// nav makes the entries of the navigation and numbers them in f. Other models'
// entries have no children here.
func (w *writer) nav(f *Frame, list []book.NavItem, model string, parent int) []NavItem {
	var out []NavItem
	for _, it := range list {
		n := len(f.parents)
		f.parents = append(f.parents, parent)
		if _, taken := f.nav[it.Link.Path]; it.Link.Path != "" && !taken {
			f.nav[it.Link.Path] = n
		}
		number := strconv.Itoa(n)
		v := NavItem{Link: w.link(it.Link), Mark: template.HTMLAttr(markStart + "mark" + number + markEnd),
			Unfold: template.HTMLAttr(markStart + "unfold" + number + markEnd)}
		if it.Model == "" || it.Model == model {
			v.Children = w.nav(f, it.Children, model, n)
		}
		if it.Link.Path != "" && (it.Model == "" || parent >= 0) {
			v.Open = template.HTML(markStart + "open" + number + markEnd)
			v.Close = template.HTML(markStart + "close" + number + markEnd)
		}
		out = append(out, v)
	}
	return out
}
