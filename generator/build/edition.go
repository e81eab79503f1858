package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/assets"
	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/export"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/render"
	"modelhaandbog/generator/search"
	"modelhaandbog/generator/table"
	"modelhaandbog/layouts"
)

// Edition is one planned edition of a snapshot.
type Edition struct {
	Slug  string // "" for the national edition
	Dir   string // from the published site's root: "" or "kommuner/herning"
	Book  *book.Book
	Diags []diag.Diag

	snap   *Snapshot
	into   string // the folder that the site is written to
	index  *index
	like   *Edition // an edition that differs only in its name; nil for none
	mu     sync.Mutex
	frames map[frameKey]*render.Frame
	bodies memo[*book.Page, *body]           // of pages that no other edition shares
	words  memo[wordKey, *export.Template]   // likewise
	books  memo[*book.Page, *table.Template] // likewise
	keys   memo[*book.Page, [sha256.Size]byte]
	parts  *render.Parts // likewise; nil in the preview
	old    pastBook
}

type frameKey struct {
	model string
	depth int
}

// renderers is the renderer of a snapshot, and what its editions share of the result.
type renderers struct {
	*render.Renderer
	bodies memo[*book.Page, *body]
	words  memo[wordKey, *export.Template]
	books  memo[*book.Page, *table.Template]
	keys   memo[*book.Page, [sha256.Size]byte]
	sum    [sha256.Size]byte // of what else pages are made from
	docs   memo[*book.Page, search.Doc]
	models memo[*model.Model, Contents]
	parts  *render.Parts // of the national edition; nil in the preview
}

// body is a page's body, rendered once however many editions share the page.
type body struct {
	*render.Body
	diags []diag.Diag
}

// index is a search index, built on demand and shared by editions with the same
// words.
type index = once[Contents]

// wordCache shares tokenized texts between the search indexes of all editions.
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
	for _, m := range snap.national.Register() {
		out = append(out, m.ID)
	}
	return out
}

// partial reports whether only some editions are built.
func (snap *Snapshot) partial() bool { return snap.opt.NoKommuner || len(snap.opt.Kommuner) > 0 }

// published lists the municipalities whose editions are there when the build is done.
// It is never nil.
func (snap *Snapshot) published() []string {
	return append(append([]string{}, snap.left...), snap.Slugs()...)
}

// ours leaves out diagnostics of the files of municipalities that aren't built.
func (snap *Snapshot) ours(diags []diag.Diag) []diag.Diag {
	if !snap.partial() {
		return diags
	}
	slugs := snap.Slugs()
	return slices.DeleteFunc(slices.Clone(diags), func(d diag.Diag) bool {
		slug := slugOf(strings.TrimPrefix(d.Pos.File, "content/") + "/")
		return slug != "" && !slices.Contains(slugs, slug)
	})
}

// Register lists all municipalities, built or not.
func (snap *Snapshot) Register() []*model.Municipality { return snap.national.Register() }

// Handbook returns the national handbook.
func (snap *Snapshot) Handbook() *model.Handbook { return snap.national.Handbook }

// Review returns the state of a municipality's adaptations, as overlay.Editions does.
func (snap *Snapshot) Review(slug string) overlay.Review { return snap.local.Review(slug) }

// Rule tells what municipalities may do with a key of a national table.
func (snap *Snapshot) Rule(q overlay.Question) overlay.Rule { return snap.local.Rule(q) }

// renderer returns the renderer, which is made on first use.
func (snap *Snapshot) renderer() *renderers {
	snap.mu.Lock()
	defer snap.mu.Unlock()
	if snap.render != nil {
		return snap.render
	}
	snap.site.dressing.Lock()
	defer snap.site.dressing.Unlock()
	look := snap.site.theme
	if sum := snap.themeSum(); look == nil || look.sum != sum {
		templates, files := append(snap.fieldWords(), snap.folders("layouts", layouts.FS)...), snap.folders("assets", assets.FS)
		next := &theme{sum: sum}
		if look != nil {
			next.renderer, next.diags = look.renderer.Renew(templates, files)
		} else {
			next.renderer, next.diags = render.New(templates, files,
				render.Options{BaseURL: snap.opt.BaseURL, Preview: snap.opt.Preview, Offline: snap.opt.Offline,
					Hosted: snap.opt.Hosted, QR: export.QR})
		}
		look, snap.site.theme = next, next
	}
	opt := snap.opt
	opt.Kommuner, opt.NoKommuner = nil, false
	snap.render = &renderers{Renderer: look.renderer, sum: sha256.Sum256(fmt.Appendf(nil, "%x %q", look.sum,
		fmt.Sprintf("%+v", opt)))}
	if !snap.opt.Preview {
		snap.render.parts = render.NewParts(nil)
	}
	snap.Diags = append(snap.Diags, look.diags...)
	snap.Diags = append(snap.Diags, snap.setModelWords()...)
	return snap.render
}

// theme is the renderer of a site's layouts and assets, cached while they are the
// same.
type theme struct {
	sum      [sha256.Size]byte
	renderer *render.Renderer
	diags    []diag.Diag
}

// themeSum is the sum of the site's own layouts and assets.
func (snap *Snapshot) themeSum() [sha256.Size]byte {
	var names []string
	for name := range snap.files {
		if !strings.HasPrefix(name, "content/") || isWords(name) {
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

// folders returns the site's own folder, if it has one, before the embedded one.
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

// Edition plans an edition on first use and caches it; it returns nil for an
// unknown municipality. It is safe for concurrent use.
func (snap *Snapshot) Edition(slug string) *Edition {
	snap.renderer()
	return snap.editions.get(slug, func() *Edition { return snap.plan(slug) })
}

// AllDiags plans every edition that is built, one after the other so as not to be in the
// way of a preview's pages, and returns all diagnostics, sorted and without repeats. When
// ctx is cancelled, it stops early and the list is incomplete.
func (snap *Snapshot) AllDiags(ctx context.Context) []diag.Diag {
	return snap.ours(snap.diagsOf(ctx, snap.Slugs()))
}

// EveryDiag is AllDiags of all editions, built or not.
func (snap *Snapshot) EveryDiag() []diag.Diag {
	var slugs []string
	for _, m := range snap.national.Register() {
		slugs = append(slugs, m.ID)
	}
	return snap.diagsOf(context.Background(), slugs)
}

func (snap *Snapshot) diagsOf(ctx context.Context, slugs []string) []diag.Diag {
	snap.renderer()
	diags := slices.Concat(snap.Diags, snap.unknownSlugs(), snap.Edition("").diagnostics())
	for _, slug := range slices.Sorted(maps.Keys(snap.overlaid)) {
		if ctx.Err() == nil {
			diags = append(diags, snap.readLocal(slug).diags...)
		}
	}
	for _, slug := range slugs {
		if ctx.Err() != nil {
			break
		}
		if e := snap.plan(slug); e != nil {
			diags = append(diags, e.Diags...)
		}
	}
	return diag.Sort(diags)
}

// diagnostics are the edition's so far. Pages that are rendered at the same time may add
// to them.
func (e *Edition) diagnostics() []diag.Diag {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.Diags)
}

// Overdue warns of reviews that were to be made before today, the models' and those of the
// municipalities that have something of their own.
func (snap *Snapshot) Overdue(today string) []diag.Diag {
	diags := model.Overdue(snap.national.Handbook, today)
	for _, slug := range snap.local.Slugs() {
		diags = append(diags, model.Overdue(snap.local.Edition(slug).Handbook, today)...)
	}
	return snap.ours(diags)
}

func (snap *Snapshot) unknownSlugs() []diag.Diag {
	var diags []diag.Diag
	var ids []string
	for _, m := range snap.national.Register() {
		ids = append(ids, m.ID)
	}
	for _, slug := range snap.opt.Kommuner {
		if !slices.Contains(ids, slug) {
			diags = append(diags,
				diag.Diag{Severity: diag.Error, Code: "ukendt-kommune",
					Message: fmt.Sprintf("ukendt kommune \"%s\"%s", slug,
						diag.MenteDu(slug, ids)), Help: "Kommunernes id'er står i content/kommuner.toml."})
		}
	}
	return diags
}

// shares reports whether other editions have the page too.
func (e *Edition) shares(p *book.Page) bool {
	if e.Slug == "" || e.like != nil {
		return true
	}
	page := e.snap.Edition("").Book.Page(p.Path)
	return page == p || page != nil && page.Document == p
}

// body renders a page's body, once for all editions that share the page.
func (e *Edition) body(p *book.Page) *body {
	bodies, parts := &e.bodies, e.parts
	if e.shares(p) {
		bodies, parts = &e.snap.render.bodies, e.snap.render.parts
	}
	return bodies.get(p, func() *body {
		b, diags := e.snap.render.Body(p, parts)
		return &body{b, diags}
	})
}

// key is a sum of what a page and its Word file are made from, so that those that are
// there already need not be made.
func (e *Edition) key(p *book.Page) [sha256.Size]byte {
	keys := &e.keys
	if e.shares(p) {
		keys = &e.snap.render.keys
	}
	return keys.get(p, func() [sha256.Size]byte {
		key := p.Key()
		return sha256.Sum256(append(e.snap.render.sum[:], key[:]...))
	})
}

// wordFile makes a sheet's Word file, once for all editions that share the page.
func (e *Edition) wordFile(w wordKey) *export.Template {
	words := &e.words
	if e.shares(w.page) {
		words = &e.snap.render.words
	}
	return words.get(w, func() *export.Template { return newWordFile(w, e.Book.Words) })
}

// tables makes the workbook of a page's tables, once for all editions that share the page.
func (e *Edition) tables(p *book.Page) *table.Template {
	books := &e.books
	if e.shares(p) {
		books = &e.snap.render.books
	}
	return books.get(p, func() *table.Template { return table.NewTemplate(p, e.Book.Words) })
}

// searchDoc collects a page's words, once for all editions that share the page.
func (e *Edition) searchDoc(p *book.Page) search.Doc {
	if !e.shares(p) {
		return book.SearchDoc(p, e.Book.Words)
	}
	return e.snap.render.docs.get(p, func() search.Doc { return book.SearchDoc(p, e.Book.Words) })
}

// frame renders what surrounds the pages of this edition, once per model and depth.
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

// searchIndex builds the edition's search index, or returns the one it shares.
func (e *Edition) searchIndex() Contents {
	e.index.Do(func() {
		var docs []search.Doc
		for _, p := range e.Book.Pages {
			if !p.NoIndex {
				docs = append(docs, e.searchDoc(p))
			}
		}
		docs = append(docs, book.EditionDocs(e.Book)...)
		w := e.snap.site.words
		w.mu.Lock()
		if w.builder == nil || w.used > 500 {
			w.builder, w.used = &search.Builder{}, 0 // a Builder only grows, so it is replaced now and then
		}
		w.used++
		built := w.builder.Build(docs, e.Book.Handbook.Info.Synonyms)
		w.mu.Unlock()
		e.index.value = contentsOf(built.Script())
	})
	return e.index.value
}

// maxQuick is how many municipal editions QuickDiags plans.
const maxQuick = 3

// QuickDiags returns the diagnostics of the national edition and of some
// municipalities: of their files, and of their editions unless they are many.
func (snap *Snapshot) QuickDiags(slugs ...string) []diag.Diag {
	snap.renderer()
	diags := slices.Concat(snap.Diags, snap.Edition("").diagnostics())
	for _, slug := range slugs {
		diags = append(diags, snap.readLocal(slug).diags...)
		if len(slugs) > maxQuick {
			continue
		}
		if e := snap.Edition(slug); e != nil {
			diags = append(diags, e.diagnostics()...)
		}
	}
	return diag.Sort(diags)
}
