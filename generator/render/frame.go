package render

import (
	"bytes"
	"crypto/sha256"
	"html/template"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

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

type slot uint8

const (
	noSlot slot = iota
	titleSlot
	fullTitleSlot
	bodySlot
	summarySlot
	addressSlot
	canonicalSlot
	kindSlot
	qrSlot
	scriptsSlot
	baseSlot
	hereSlot
	editionSlot
	genitiveSlot
	stylesheetSlot
	markSlot   // aria-current of the navigation's entry item
	unfoldSlot // open of a <details> around item's children
	openSlot   // begins what only pages inside item have
	closeSlot  // ends it
)

var slotNames = map[string]slot{
	"titel": titleSlot, "sidetitel": fullTitleSlot, "krop": bodySlot, "beskrivelse": summarySlot, "adresse": addressSlot,
	"kanonisk": canonicalSlot, "slags": kindSlot, "qr": qrSlot, "scripts": scriptsSlot, "base": baseSlot, "her": hereSlot,
	"udgave": editionSlot, "genitiv": genitiveSlot, "typografi": stylesheetSlot,
}

// A mark is letters and digits only, so that no escaping changes it, and it is
// not a word anybody writes.
const (
	markStart = "xplads9c41e7"
	markEnd   = "x7e14c9z"
)

var marks = regexp.MustCompile(markStart + `([a-z]+)(\d*)` + markEnd)

// piece is text, and the slot that follows it.
type piece struct {
	text []byte
	slot slot
	item int // of markSlot, openSlot, closeSlot
	skip int // of openSlot: the piece that closes it
}

// Frame is everything around a page's body in one edition, for one model and
// depth. It never changes.
type Frame struct {
	pieces  []piece
	nav     map[string]int // the entry of a path
	parents []int          // of the navigation's entries; -1 at the top
	address string         // of the edition's root, "" when unknown
	base    string         // the path of address, when the folder is sure to be served there
	Identity
	title string // of edition, escaped: "Modelhåndbog, Eksempel Kommune"
	text  [sha256.Size]byte
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

// extras are the scripts that only pages with a certain attribute or class load.
var extras = [...]struct{ name, sign string }{{"tjekliste.js", "data-tjekliste"}, {"kalender.js", `class="kalender"`}}

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
		}
	}
	var out bytes.Buffer
	if err := r.layouts.set.ExecuteTemplate(&out, "side", view); err != nil {
		return f, []diag.Diag{r.layouts.problem("side", err)}
	}
	f.cut(out.Bytes())
	var diags []diag.Diag
	if !f.has(bodySlot) {
		diags = append(diags, diag.Diag{Severity: diag.Error, Code: "layout", Pos: diag.Pos{File: "layouts/side.html"},
			Message: `layoutet har ingen plads til sidens indhold`, Help: `Skriv {{plads "krop"}} i <main>.`})
	}
	h := sha256.New()
	h.Write(out.Bytes())
	for _, x := range f.extra {
		h.Write(x.script)
	}
	h.Sum(f.text[:0])
	f.stylesheet = r.stylesheet(r.editionCSS(b))
	r.identify(f, b)
	return f, diags
}

func mark(name string) string { return markStart + name + markEnd }

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
	h.Write(f.text[:])
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

// cut divides a rendered frame at its slots.
func (f *Frame) cut(text []byte) {
	var open []int
	at := 0
	for _, m := range marks.FindAllSubmatchIndex(text, -1) {
		p := piece{text: text[at:m[0]]}
		p.item, _ = strconv.Atoi(string(text[m[4]:m[5]]))
		switch name := string(text[m[2]:m[3]]); name {
		case "mark":
			p.slot = markSlot
		case "unfold":
			p.slot = unfoldSlot
		case "open":
			p.slot = openSlot
			open = append(open, len(f.pieces))
		case "close":
			p.slot = closeSlot
			if n := len(open); n > 0 {
				f.pieces[open[n-1]].skip = len(f.pieces)
				open = open[:n-1]
			}
		default:
			p.slot = slotNames[name]
		}
		f.pieces = append(f.pieces, p)
		at = m[1]
	}
	f.pieces = append(f.pieces, piece{text: text[at:]})
}

func (f *Frame) has(s slot) bool {
	for _, p := range f.pieces {
		if p.slot == s {
			return true
		}
	}
	return false
}

// current is the navigation's entry for a page: its own, or else its section's,
// or -1. own tells which.
func (f *Frame) current(p *book.Page) (item int, own bool) {
	if n, ok := f.nav[p.Path]; ok {
		return n, true
	}
	if n, ok := f.nav[p.Section]; ok {
		return n, false
	}
	return -1, false
}

// inside reports whether current is item or lies under it.
func (f *Frame) inside(current, item int) bool {
	for ; current >= 0; current = f.parents[current] {
		if current == item {
			return true
		}
	}
	return false
}

// Append adds the whole page to dst. Nothing but dst is allocated, unless the
// page has a QR code.
func (f *Frame) Append(dst []byte, p *book.Page, body *Body) []byte {
	current, own := f.current(p)
	for i := 0; i < len(f.pieces); i++ {
		s := &f.pieces[i]
		dst = append(dst, s.text...)
		switch s.slot {
		case bodySlot:
			for _, x := range body.pieces {
				dst = f.appendSlot(append(dst, x.text...), x.slot, p)
			}
		case markSlot:
			if s.item == current && own {
				dst = append(dst, ` aria-current="page"`...)
			} else if s.item == current {
				dst = append(dst, ` aria-current="true"`...)
			}
		case unfoldSlot:
			if f.inside(current, s.item) || own && f.parents[s.item] == current {
				dst = append(dst, " open"...)
			}
		case openSlot:
			if s.skip > i && !f.inside(current, s.item) {
				i = s.skip
			}
		case scriptsSlot:
			for i, x := range f.extra {
				if body.signs[i] {
					dst = append(dst, x.script...)
				}
			}
		default:
			dst = f.appendSlot(dst, s.slot, p)
		}
	}
	return dst
}

const notFound = "404.html"

func (f *Frame) appendSlot(dst []byte, s slot, p *book.Page) []byte {
	switch s {
	case titleSlot:
		dst = appendEscaped(dst, p.Title)
	case fullTitleSlot:
		if p.Path != "index.html" {
			dst = append(appendEscaped(dst, p.Title), " – "...)
			if p.Sheet != nil || p.Kind == "samlet" { // named like the page they are made from
				dst = append(appendEscaped(dst, p.KindName), " – "...)
			}
			if p.ModelName != "" && p.ModelName != p.Title {
				dst = append(appendEscaped(dst, p.ModelName), " – "...)
			}
		}
		dst = append(dst, f.title...)
	case summarySlot:
		dst = appendEscaped(dst, p.Summary)
	case addressSlot:
		dst = f.appendAddress(dst, p)
	case canonicalSlot:
		if f.address != "" && p.Path != notFound {
			dst = append(dst, `<link rel="canonical" href="`...)
			dst = append(f.appendAddress(dst, p), `">`...)
		}
	case kindSlot:
		dst = appendEscaped(dst, p.Kind)
	case qrSlot:
		dst = f.appendQR(dst, p)
	case baseSlot:
		if p.Path == notFound && f.base != "" {
			dst = append(dst, `<base href="`...)
			dst = append(appendEscaped(dst, f.base), `">`...)
		}
	case hereSlot:
		if p.Path == notFound && f.base != "" {
			dst = append(dst, notFound...)
		}
	case editionSlot:
		dst = appendEscaped(dst, f.name)
	case genitiveSlot:
		dst = appendEscaped(dst, f.genitive)
	case stylesheetSlot:
		dst = append(dst, f.stylesheet...)
	}
	return dst
}

// appendAddress leaves index.html out: a folder's address is the shorter one.
func (f *Frame) appendAddress(dst []byte, p *book.Page) []byte {
	if f.address == "" {
		return dst
	}
	dst = appendEscaped(dst, f.address)
	path := p.Path
	if path == "index.html" || strings.HasSuffix(path, "/index.html") {
		path = strings.TrimSuffix(path, "index.html")
	}
	return appendEscaped(dst, path)
}

func (f *Frame) appendQR(dst []byte, p *book.Page) []byte {
	if f.qr == nil || f.address == "" {
		return dst
	}
	svg, err := f.qr(string(f.appendAddress(nil, p)), f.words.Text("ramme.qr", "titel", p.Title))
	if err != nil {
		return dst // an address that no code can hold is printed in words only
	}
	return append(dst, svg...)
}

// Key tells a page of this frame from others without rendering it: equal keys
// have equal bytes. bodyHash is the SHA-256 of the page's body.
func (f *Frame) Key(p *book.Page, bodyHash [sha256.Size]byte) [sha256.Size]byte {
	var room [1024]byte
	b := append(room[:0], f.hash[:]...)
	b = append(b, bodyHash[:]...)
	for _, s := range [...]string{p.Path, p.Section, p.Kind, p.KindName, p.ModelName, p.Title, p.Summary} {
		b = append(append(b, s...), 0)
	}
	return sha256.Sum256(b)
}

func appendEscaped(dst []byte, s string) []byte {
	start := 0
	for i := range len(s) {
		var with string
		switch s[i] {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '"':
			with = "&#34;"
		case '\'':
			with = "&#39;"
		default:
			continue
		}
		dst = append(append(dst, s[start:i]...), with...)
		start = i + 1
	}
	return append(dst, s[start:]...)
}
