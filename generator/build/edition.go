package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image/png"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/assets"
	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/export"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/render"
	"modelhaandbog/generator/search"
	"modelhaandbog/layouts"
)

// Edition is one edition of a snapshot, planned and ready to give its files.
type Edition struct {
	Slug  string // "" for the national edition
	Dir   string // from the published site's root: "" or "kommuner/herning"
	Book  *book.Book
	Diags []diag.Diag

	snap   *Snapshot
	index  *index
	like   *Edition // whose frames serve with another name; nil for none
	mu     sync.Mutex
	frames map[frameKey]*render.Frame
	bodies memo[*book.Page, *body]    // of pages that only this edition has
	words  memo[*book.Page, wordFile] // likewise
}

type frameKey struct {
	model string
	depth int
}

// renderers are what turns books into bytes, shared by a snapshot's editions.
type renderers struct {
	*render.Renderer
	bodies memo[*book.Page, *body]
	words  memo[*book.Page, wordFile]
	docs   memo[*book.Page, search.Doc]
	models memo[*model.Model, Contents]
}

// body is a page's body, rendered once however many editions share the page.
type body struct {
	*render.Body
	diags []diag.Diag
}

// index is a search index, made when it is asked for and shared by editions
// with the same words.
type index = once[Contents]

// wordCache lets the search index of every edition share cut-up texts.
type wordCache struct {
	mu      sync.Mutex
	builder *search.Builder
	used    int
}

// Slugs lists the municipalities whose editions are built.
func (snap *Snapshot) Slugs() []string {
	if snap.opt.NoKommuner {
		return nil
	}
	if len(snap.opt.Kommuner) > 0 {
		return snap.opt.Kommuner
	}
	var out []string
	for _, m := range snap.national.Register {
		out = append(out, m.ID)
	}
	return out
}

// Register lists all municipalities, built or not.
func (snap *Snapshot) Register() []*model.Municipality { return snap.national.Register }

// Handbook is the national edition's.
func (snap *Snapshot) Handbook() *model.Handbook { return snap.national.Handbook }

// Reviewed gives the national values under a municipality's overlay.
func (snap *Snapshot) Reviewed(slug string) [][2]string { return snap.national.Snapshot(slug) }

// renderer makes the renderer when the first page is wanted.
func (snap *Snapshot) renderer() *renderers {
	snap.mu.Lock()
	defer snap.mu.Unlock()
	if snap.render != nil {
		return snap.render
	}
	look := snap.site.look
	if sum := snap.lookSum(); look == nil || look.sum != sum {
		templates, files := snap.folders("layouts", layouts.FS), snap.folders("assets", assets.FS)
		next := &looks{sum: sum}
		if look != nil {
			next.renderer, next.diags = look.renderer.Renew(templates, files)
		} else {
			next.renderer, next.diags = render.New(templates, files,
				render.Options{BaseURL: snap.opt.BaseURL, Preview: snap.opt.Preview, Offline: snap.opt.Offline, Hosted: snap.opt.Hosted, QR: export.QR})
		}
		look, snap.site.look = next, next
	}
	snap.render = &renderers{Renderer: look.renderer}
	snap.Diags = append(snap.Diags, look.diags...)
	return snap.render
}

// looks is the renderer of a site's layouts and assets, kept while they are
// the same.
type looks struct {
	sum      [sha256.Size]byte
	renderer *render.Renderer
	diags    []diag.Diag
}

// lookSum tells whether the site's own layouts or assets changed.
func (snap *Snapshot) lookSum() [sha256.Size]byte {
	var names []string
	for name := range snap.files {
		if !strings.HasPrefix(name, "content/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	h := sha256.New()
	for _, name := range names {
		h.Write([]byte(name))
		sum := snap.files[name].sum
		h.Write(sum[:])
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// folders are the site's own folder, if it has one, and the embedded one.
func (snap *Snapshot) folders(name string, embedded fs.FS) []fs.FS {
	own, err := fs.Sub(snap.site.fsys, name)
	if err != nil {
		return []fs.FS{embedded}
	}
	for file := range snap.files {
		if strings.HasPrefix(file, name+"/") && path.Ext(file) != ".go" {
			return []fs.FS{own, embedded}
		}
	}
	return []fs.FS{embedded}
}

// Edition gives an edition, planned the first time it is asked for; nil for a
// municipality that doesn't exist. Editions may be asked for at the same time.
func (snap *Snapshot) Edition(slug string) *Edition {
	snap.renderer()
	return snap.editions.get(slug, func() *Edition { return snap.planAgain(slug) })
}

// planned is an edition's plan, and what it was made from.
type planned struct {
	handbook *model.Handbook // the national one: the same as long as no table changes
	guides   []book.Guide
	local    []book.Guide
	book     *book.Book
	diags    []diag.Diag
}

// planAgain takes an edition's plan over from an earlier snapshot, where
// nothing but layouts, assets or other municipalities' guidance has changed.
// Only the preview makes more than one snapshot of a site.
func (snap *Snapshot) planAgain(slug string) *Edition {
	s := snap.site
	if !snap.opt.Preview {
		return snap.plan(slug)
	}
	s.plansMu.Lock()
	was, ok := s.plans[slug]
	s.plansMu.Unlock()
	if ok && was.handbook == snap.national.Handbook && slices.Equal(was.guides, snap.guides) && slices.Equal(was.local, snap.local[slug]) {
		e := snap.newEdition(slug)
		e.Book, e.Diags = was.book, snap.withBrand(was.book, was.diags)
		return e
	}
	e, diags := snap.newPlan(slug)
	if e != nil {
		s.plansMu.Lock()
		s.plans[slug] = planned{snap.national.Handbook, snap.guides, snap.local[slug], e.Book, diags}
		s.plansMu.Unlock()
		e.Diags = snap.withBrand(e.Book, diags)
	}
	return e
}

func (snap *Snapshot) newEdition(slug string) *Edition {
	return &Edition{Slug: slug, Dir: dirOf(slug), snap: snap, frames: map[frameKey]*render.Frame{}, index: &index{}}
}

// dirOf is an edition's folder in the published site.
func dirOf(slug string) string {
	if slug == "" {
		return ""
	}
	return "kommuner/" + slug
}

// passing gives an edition without keeping it: what passes over all editions
// must not hold them all in memory.
func (snap *Snapshot) passing(slug string) *Edition {
	snap.renderer()
	if slug == "" {
		return snap.Edition("")
	}
	return snap.plan(slug)
}

func (snap *Snapshot) plan(slug string) *Edition {
	e, diags := snap.newPlan(slug)
	if e != nil {
		e.Diags = snap.withBrand(e.Book, diags)
	}
	return e
}

// newPlan gives an edition and what is wrong with the content that it is
// planned from.
func (snap *Snapshot) newPlan(slug string) (*Edition, []diag.Diag) {
	opt := book.Options{PDF: snap.opt.PDF, Drafts: snap.opt.Preview, Editions: snap.opt.Kommuner, NoEditions: snap.opt.NoKommuner}
	e := snap.newEdition(slug)
	if slug == "" {
		var diags []diag.Diag
		e.Book, diags = book.Plan(snap.national.Handbook, snap.guides, nil, snap.site.texts, opt)
		return e, diags
	}
	national := snap.Edition("")
	h, diags := snap.national.Edition(slug)
	if h == nil {
		return nil, nil
	}
	opt.National = national.Book
	if snap.isPlain(slug, h) && !national.Book.NamesEdition {
		snap.plain.Do(func() {
			first := snap.newEdition(slug)
			first.Book, _ = book.Plan(h, snap.guides, nil, snap.site.texts, opt) // what is wrong is national
			snap.plain.value = first
		})
		e.like = snap.plain.value
		e.Book, e.index = e.like.Book.For(h), e.like.index
		return e, nil
	}
	var more []diag.Diag
	e.Book, more = book.Plan(h, snap.guides, snap.local[slug], snap.site.texts, opt)
	return e, append(diags, more...)
}

// withBrand adds what is wrong with a municipality's looks.
func (snap *Snapshot) withBrand(b *book.Book, diags []diag.Diag) []diag.Diag {
	if b.Handbook.Municipal == nil {
		return slices.Clone(diags)
	}
	return slices.Concat(diags, snap.brand(b.Handbook.Municipal))
}

// isPlain reports that a municipality's pages are the same as any other's that
// has nothing of its own.
func (snap *Snapshot) isPlain(slug string, h *model.Handbook) bool {
	if slices.Contains(snap.national.Overlays(), slug) || len(snap.local[slug]) > 0 {
		return false
	}
	return !slices.ContainsFunc(h.Actors, func(a *model.Actor) bool { return a.Municipality == slug })
}

// maxLogo bounds a logo, which every page of the edition loads.
const maxLogo = 200 << 10

// brand checks what a municipality says of its looks.
func (snap *Snapshot) brand(m *model.Municipality) []diag.Diag {
	var diags []diag.Diag
	add := func(key, code, message, help string) {
		at := m.At.Key(key)
		diags = append(diags, diag.Diag{Severity: diag.Error, Code: code, Pos: at.Pos(), Width: at.Width(), Message: message, Help: help})
	}
	if m.Colour != "" {
		ratio, better, err := render.Contrast(m.Colour)
		switch {
		case err != nil:
			add("farve", "ugyldig-farve", fmt.Sprintf("\"%s\" er ikke en farve", m.Colour), "Skriv # og seks cifre, fx #005a3c.")
		case ratio < 4.5:
			add("farve", "for-lav-kontrast", fmt.Sprintf("farven %s har kontrasten %s:1 mod hvid, og kravet er 4,5:1", m.Colour, strings.Replace(fmt.Sprintf("%.1f", ratio), ".", ",", 1)), fmt.Sprintf("Den nærmeste, der består, er %s.", better))
		}
	}
	if m.WAS != "" && !strings.HasPrefix(m.WAS, "https://was.digst.dk/") {
		add("was_url", "ugyldig-adresse", "was_url skal begynde med https://was.digst.dk/", "Kopiér adressen fra WAS-Tool.")
	}
	if u, err := url.Parse(m.Site); m.Site != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "") {
		add("hjemmeside", "ugyldig-adresse", fmt.Sprintf("\"%s\" er ikke en adresse, en udgave kan ligge på", m.Site), "Skriv hele adressen med https:// og uden ? og #.")
	}
	if m.Logo != "" {
		if message, help := snap.logoFault(m); message != "" {
			add("logo", "logo", message, help)
		}
	}
	return diags
}

func (snap *Snapshot) logoFault(m *model.Municipality) (message, help string) {
	name := snap.logoPath(m)
	f := snap.files[name]
	switch {
	case strings.Contains(m.Logo, "..") || strings.HasPrefix(m.Logo, "/"):
		return "logoet skal ligge i kommunens egen mappe", "Skriv kun filens navn, fx logo.svg."
	case f == nil:
		return fmt.Sprintf("logoet \"%s\" findes ikke i content/kommuner/%s/", m.Logo, m.ID) + diag.MenteDu(m.Logo, snap.beside(name)), "Læg filen i mappen, eller slet linjen."
	case len(f.data) > maxLogo:
		return fmt.Sprintf("logoet fylder %d kB, og grænsen er %d kB", len(f.data)>>10, maxLogo>>10), "Gem det mindre, helst som SVG."
	case !isImage(name, f.data):
		return "logoet er ikke et billede, håndbogen kan bruge", "Brug en SVG- eller PNG-fil."
	case path.Ext(name) == ".svg" && unsafeSVG(f.data):
		return "logoet indeholder script eller henter noget udefra", "Gem SVG-filen igen uden script og eksterne henvisninger."
	}
	return "", ""
}

func (snap *Snapshot) logoPath(m *model.Municipality) string {
	return path.Join("content/kommuner", m.ID, m.Logo)
}

func (snap *Snapshot) beside(name string) []string {
	var out []string
	for file := range snap.files {
		if path.Dir(file) == path.Dir(name) {
			out = append(out, path.Base(file))
		}
	}
	slices.Sort(out)
	return out
}

func isImage(name string, data []byte) bool {
	switch path.Ext(name) {
	case ".svg":
		return strings.Contains(string(data[:min(len(data), 2048)]), "<svg")
	case ".png":
		_, err := png.DecodeConfig(bytes.NewReader(data))
		return err == nil
	}
	return false
}

func unsafeSVG(data []byte) bool {
	s := strings.ToLower(string(data))
	for _, bad := range []string{"<script", "javascript:", " onload", "href=\"http", "href='http", "url(http", "<foreignobject"} {
		if strings.Contains(s, bad) {
			return true
		}
	}
	return false
}

// AllDiags plans every edition and gives everything that is wrong, sorted and
// without repeats. When ctx ends, it stops and what it gives is incomplete.
func (snap *Snapshot) AllDiags(ctx context.Context) []diag.Diag {
	snap.renderer()
	diags := slices.Clone(snap.Diags)
	diags = append(diags, snap.unknownSlugs()...)
	diags = append(diags, snap.Edition("").Diags...)
	var mu sync.Mutex
	inParallel(snap.Slugs(), func(slug string) {
		if ctx.Err() != nil {
			return
		}
		if e := snap.passing(slug); e != nil {
			mu.Lock()
			defer mu.Unlock()
			diags = append(diags, e.Diags...)
		}
	})
	return diag.Sort(diags)
}

func (snap *Snapshot) unknownSlugs() []diag.Diag {
	var diags []diag.Diag
	var ids []string
	for _, m := range snap.national.Register {
		ids = append(ids, m.ID)
	}
	for _, slug := range snap.opt.Kommuner {
		if !slices.Contains(ids, slug) {
			diags = append(diags, diag.Diag{Severity: diag.Error, Code: "ukendt-kommune", Message: fmt.Sprintf("ukendt kommune \"%s\"%s", slug, diag.MenteDu(slug, ids)), Help: "Kommunernes id'er står i content/kommuner.toml."})
		}
	}
	return diags
}

// shares reports whether other editions have the page too.
func (e *Edition) shares(p *book.Page) bool {
	return e.Slug == "" || e.like != nil || e.snap.Edition("").Book.Page(p.Path) == p
}

// body renders a page's body, once for all editions that share the page.
func (e *Edition) body(p *book.Page) *body {
	bodies := &e.bodies
	if e.shares(p) {
		bodies = &e.snap.render.bodies
	}
	return bodies.get(p, func() *body {
		b, diags := e.snap.render.Body(p)
		return &body{b, diags}
	})
}

// word makes a sheet's Word file, once for all editions that share the page.
func (e *Edition) wordFile(p *book.Page) wordFile {
	words := &e.words
	if e.shares(p) {
		words = &e.snap.render.words
	}
	return words.get(p, func() wordFile { return newWordFile(p) })
}

// searchDoc gives a page's words, once for all editions that share the page.
func (e *Edition) searchDoc(p *book.Page) search.Doc {
	if !e.shares(p) {
		return book.SearchDoc(p)
	}
	return e.snap.render.docs.get(p, func() search.Doc { return book.SearchDoc(p) })
}

// frame gives what surrounds a page of this edition.
func (e *Edition) frame(p *book.Page) *render.Frame {
	key := frameKey{p.Model, strings.Count(p.Path, "/")}
	e.mu.Lock()
	defer e.mu.Unlock()
	f := e.frames[key]
	if f == nil && e.like != nil {
		f = e.snap.render.Like(e.like.frame(p), e.Book)
	}
	if f == nil {
		var diags []diag.Diag
		f, diags = e.snap.render.Frame(e.Book, key.model, key.depth)
		e.Diags = append(e.Diags, diags...)
	}
	e.frames[key] = f
	return f
}

// searchIndex makes the edition's index, or gives the one that it shares.
func (e *Edition) searchIndex() Contents {
	e.index.Do(func() {
		var docs []search.Doc
		for _, p := range e.Book.Pages {
			if !p.NoIndex {
				docs = append(docs, e.searchDoc(p))
			}
		}
		w := e.snap.site.words
		w.mu.Lock()
		if w.builder == nil || w.used > 500 {
			w.builder, w.used = &search.Builder{}, 0 // it never forgets, so it starts again now and then
		}
		w.used++
		built := w.builder.Build(docs, e.Book.Handbook.Info.Synonyms)
		w.mu.Unlock()
		e.index.value = contentsOf(built.Script())
	})
	return e.index.value
}

// logo is where the municipality's logo is published, or "".
func (e *Edition) logo() (from, to string) {
	if e.Book.Logo == "" {
		return "", ""
	}
	return e.snap.logoPath(e.Book.Handbook.Municipal), "assets/" + path.Base(e.Book.Logo)
}

// wordLogo is the logo as Word can show it: a PNG, or the one of the same name
// beside an SVG. It is nil when there is none.
func (e *Edition) wordLogo() []byte {
	from, _ := e.logo()
	f := e.snap.files[strings.TrimSuffix(from, path.Ext(from))+".png"]
	if from == "" || f == nil || len(f.data) > maxLogo {
		return nil
	}
	return f.data
}

// QuickDiags is what is wrong with the national edition and those of the given
// municipalities.
func (snap *Snapshot) QuickDiags(slugs []string) []diag.Diag {
	snap.renderer()
	diags := slices.Clone(snap.Diags)
	for _, slug := range append([]string{""}, slugs...) {
		if e := snap.Edition(slug); e != nil {
			diags = append(diags, e.Diags...)
		}
	}
	return diag.Sort(diags)
}
