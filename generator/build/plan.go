package build

import (
	"crypto/sha256"
	"slices"
	"sync"
	"time"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/render"
)

func (snap *Snapshot) newEdition(slug string) *Edition {
	e := &Edition{Slug: slug, Dir: dirOf(slug), snap: snap, frames: map[frameKey]*render.Frame{}, index: &index{}}
	if !snap.opt.Preview {
		e.parts = render.NewParts(snap.render.parts)
	}
	return e
}

// dirOf is an edition's folder in the published site.
func dirOf(slug string) string {
	if slug == "" {
		return ""
	}
	return "kommuner/" + slug
}

// uncached plans an edition without caching it, so that a build need not hold all
// editions in memory.
func (snap *Snapshot) uncached(slug string) *Edition {
	snap.renderer()
	if slug == "" {
		return snap.Edition("")
	}
	return snap.plan(slug)
}

// plan plans an edition. It returns nil for an unknown municipality.
func (snap *Snapshot) plan(slug string) *Edition {
	words := snap.renderer().Words()
	opt := book.Options{PDF: snap.opt.PDF, Drafts: snap.opt.Preview, Editions: snap.published(),
		Words: words, ModelWords: snap.modelWords, FileFaults: snap.fileFaults, Past: snap.pastOf(slug)}
	if snap.opt.Preview {
		opt.Today = time.Now().Format(time.DateOnly)
	}
	e := snap.newEdition(slug)
	if slug == "" {
		e.Book, e.Diags = snap.planNational(opt)
		return e
	}
	national := snap.Edition("")
	local := snap.local.Edition(slug)
	if local == nil {
		return nil
	}
	h := local.Handbook
	opt.National, opt.Changes, opt.Drift = national.Book, local.Changes, local.Drift
	opt.Own = snap.ownHistory(slug)
	if snap.isPlain(slug, h) && !national.Book.NamesEdition {
		snap.plain.Do(func() {
			first := snap.newEdition(slug)
			first.Book, _ = snap.planLocal(h, nil, opt) // its diagnostics are the national ones
			snap.plain.value = first
		})
		e.like = snap.plain.value
		e.Book, e.index, e.Diags = e.like.Book.For(h), e.like.index, snap.brand(h.Municipal)
		return e
	}
	var more []diag.Diag
	e.Book, more = snap.planLocal(h, snap.readLocal(slug).guides, opt)
	e.Diags = slices.Concat(local.Diags, more, snap.brand(h.Municipal))
	return e
}

// planned is the national edition's plan, cached while all but the municipalities'
// folders is the same.
type planned struct {
	mu    sync.Mutex
	base  [sha256.Size]byte
	book  *book.Book
	diags []diag.Diag
}

func (snap *Snapshot) planNational(opt book.Options) (*book.Book, []diag.Diag) {
	p, h := &snap.site.planned, snap.national.Handbook
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.book == nil || p.base != snap.base || p.book.Handbook != h {
		p.base = snap.base
		p.book, p.diags = book.Plan(h, snap.guides, nil, snap.site.texts, opt)
	}
	return p.book, slices.Clone(p.diags)
}

// planLocal plans a municipality's book and replaces pages that equal the national
// ones by them. The preview renders few pages, so it skips that.
func (snap *Snapshot) planLocal(h *model.Handbook, local []book.Guide, opt book.Options) (*book.Book, []diag.Diag) {
	if snap.opt.Preview {
		return book.Plan(h, snap.guides, local, snap.site.texts, opt)
	}
	b, diags := book.Plan(h, snap.guides, local, snap.site.texts.ForEdition(), opt)
	b.Share(opt.National)
	return b, diags
}

// isPlain reports whether a municipality has no overlay and no entities of its own:
// all plain editions have the same pages but for the name.
func (snap *Snapshot) isPlain(slug string, h *model.Handbook) bool {
	if slices.Contains(snap.local.Slugs(), slug) {
		return false
	}
	return !slices.ContainsFunc(h.Actors(), func(a *model.Actor) bool { return a.Municipality == slug })
}
