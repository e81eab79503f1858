package build

import (
	"slices"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/render"
)

// planned is an edition's plan, and what it was made from.
type planned struct {
	handbook *model.Handbook // the national one: the same as long as no table changes
	guides   []book.Guide
	local    []book.Guide

	municipal *model.Municipality
	diags     []diag.Diag
	book      *book.Book // nil where only diags were wanted
}

// earlier gives an edition's plan from an earlier snapshot, where nothing but
// layouts, assets or other municipalities' guidance has changed since; else nil.
// Only the preview makes more than one snapshot of a site.
func (snap *Snapshot) earlier(slug string) *planned {
	s := snap.site
	s.plansMu.Lock()
	defer s.plansMu.Unlock()
	was := s.plans[slug]
	if was == nil || was.handbook != snap.national.Handbook || !slices.Equal(was.guides, snap.guides) || !slices.Equal(was.local, snap.localGuides(slug)) {
		return nil
	}
	return was
}

// remember keeps a plan for the next snapshot.
func (snap *Snapshot) remember(slug string, m *model.Municipality, b *book.Book, diags []diag.Diag) {
	if !snap.opt.Preview {
		return
	}
	s := snap.site
	s.plansMu.Lock()
	defer s.plansMu.Unlock()
	s.plans[slug] = &planned{snap.national.Handbook, snap.guides, snap.localGuides(slug), m, diags, b}
}

// planAgain plans an edition, or takes its plan over from an earlier snapshot.
func (snap *Snapshot) planAgain(slug string) *Edition {
	if was := snap.earlier(slug); was != nil && was.book != nil {
		e := snap.newEdition(slug)
		e.Book, e.Diags = was.book, snap.withBrand(was.municipal, was.diags)
		return e
	}
	e, diags := snap.newPlan(slug)
	if e != nil {
		m := e.Book.Handbook.Municipal
		snap.remember(slug, m, e.Book, diags)
		e.Diags = snap.withBrand(m, diags)
	}
	return e
}

// diagsOf gives what is wrong with an edition, without keeping its plan.
func (snap *Snapshot) diagsOf(slug string) []diag.Diag {
	if was := snap.earlier(slug); was != nil {
		return snap.withBrand(was.municipal, was.diags)
	}
	e, diags := snap.newPlan(slug)
	if e == nil {
		return nil
	}
	m := e.Book.Handbook.Municipal
	snap.remember(slug, m, nil, diags)
	return snap.withBrand(m, diags)
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
		e.Diags = snap.withBrand(e.Book.Handbook.Municipal, diags)
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
			first.Book, _ = snap.planLocal(h, nil, opt) // what is wrong is national
			snap.plain.value = first
		})
		e.like = snap.plain.value
		e.Book, e.index = e.like.Book.For(h), e.like.index
		return e, nil
	}
	var more []diag.Diag
	e.Book, more = snap.planLocal(h, snap.localGuides(slug), opt)
	return e, append(diags, more...)
}

// planLocal plans a municipality's book. The preview, which renders few pages,
// does not look for those that are the national ones.
func (snap *Snapshot) planLocal(h *model.Handbook, local []book.Guide, opt book.Options) (*book.Book, []diag.Diag) {
	b, diags := book.Plan(h, snap.guides, local, snap.site.texts, opt)
	if !snap.opt.Preview {
		b.Share(opt.National)
	}
	return b, diags
}

// isPlain reports that a municipality's pages are the same as any other's that
// has nothing of its own.
func (snap *Snapshot) isPlain(slug string, h *model.Handbook) bool {
	if slices.Contains(snap.national.Overlays(), slug) {
		return false
	}
	return !slices.ContainsFunc(h.Actors, func(a *model.Actor) bool { return a.Municipality == slug })
}
