package book

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
)

// Plan makes one edition's book. Pages come out finished; what is wrong comes
// out as diagnostics, and the book is usable all the same.
func Plan(h *model.Handbook, national, local []Guide, texts *Texts, opt Options) (*Book, []diag.Diag) {
	s := newScope(h, national, local, texts, opt)
	b := *s.head
	if s.asNational(local) {
		s.takeOver(&b)
	} else {
		for _, p := range inParallel(len(h.Models), func(i int) part { return s.modelPart(h.Models[i]) }) {
			s.take(&b, p)
		}
		if opt.ModelsOnly {
			return &b, s.found.diags
		}
		s.take(&b, s.sharedPages(&b))
	}
	front := part{pages: []*Page{s.frontPage(&b)}, found: &findings{}}
	s.take(&b, front)
	b.Nav = slices.Insert(b.Nav, 0, NavItem{Link: s.home()})
	summarize(b.Pages, b.Title)
	s.redirects(&b)
	b.Feeds = s.feeds()
	s.checkAnchors(&b)
	b.NamesEdition = s.found.namesEdition
	return &b, s.found.diags
}

// take puts what was planned into the book.
func (s scope) take(b *Book, p part) {
	s.found.add(p.found)
	for _, page := range p.pages {
		if first := b.byPath[page.Path]; first != nil {
			s.found.diags = append(s.found.diags, collision(first, page)...)
			continue
		}
		b.byPath[page.Path] = page
		b.Pages = append(b.Pages, page)
	}
	b.Nav = append(b.Nav, p.nav...)
}

// collision reports two pages with the same address. One that is drawn from the
// data and stands nowhere keeps away from a reserved address by itself.
func collision(first, page *Page) []diag.Diag {
	if model.Reserved(page.Path) && first.Pos != page.Pos && (first.Pos.IsZero() || page.Pos.IsZero()) {
		return nil
	}
	d := diag.Diag{Severity: diag.Error, Code: "adresse-kollision", Pos: page.Pos, Help: "Giv den ene et andet id.",
		Message: fmt.Sprintf("to sider får samme adresse: %s", page.Path)}
	if d.Pos.IsZero() {
		d.Pos = first.Pos // the other is drawn from the data and stands nowhere
	} else if !first.Pos.IsZero() {
		d.Notes = []diag.Note{{Pos: first.Pos, Message: "har også adressen"}}
	}
	return []diag.Diag{d}
}

// asNational reports that nothing in this edition differs from the national one
// but its front page and the pages of what is local.
func (s scope) asNational(local []Guide) bool {
	nat := s.opt.National
	if nat == nil || nat.NamesEdition || len(local) > 0 {
		return false
	}
	h := nat.Handbook
	for _, c := range s.h.Municipal.Contacts.Items {
		if len(c.Roles) > 0 {
			return false
		}
	}
	return slices.Equal(h.Models, s.h.Models) && slices.Equal(h.Terms(), s.h.Terms()) &&
		slices.Equal(h.Packs(), s.h.Packs())
}

// takeOver uses the national pages as they are.
func (s scope) takeOver(b *Book) {
	nat := s.opt.National
	own := []string{"index.html"}
	if past := s.pastPage(); past != nil { // the national one leads to the models as they stood
		own = append(own, past.Path)
		s.entry([]*Page{past})
		s.take(b, part{pages: []*Page{past}, found: &findings{}})
	}
	if len(nat.Editions) > 0 {
		own = append(own, "indeks.html") // the national one leads to the municipalities
		index := s.index()
		s.entry([]*Page{index})
		s.take(b, part{pages: []*Page{index}, found: &findings{}})
	}
	for _, page := range nat.Pages {
		if !slices.Contains(own, page.Path) {
			b.Pages = append(b.Pages, page)
			b.byPath[page.Path] = page
		}
	}
	var entries []NavItem
	for _, pages := range s.localPages() {
		entries = append(entries, s.entry(pages))
		s.take(b, part{pages: pages, found: &findings{}})
	}
	for _, item := range nat.Nav {
		if item.Link.Path == "index.html" {
			continue // the front page puts itself first
		}
		if item.ID == across {
			item.Children = insertLocal(item.Children, entries)
		}
		b.Nav = append(b.Nav, item)
	}
}

// insertLocal puts the municipality's own pages where sharedPages would have them:
// before the news.
func insertLocal(list, local []NavItem) []NavItem {
	at := slices.IndexFunc(list, func(n NavItem) bool { return n.Link.Path == "nyt.html" || n.Link.Path == "om.html" })
	if at < 0 {
		at = len(list)
	}
	return slices.Insert(slices.Clone(list), at, local...)
}

// summarize gives a summary to every page that has none; title is the handbook's.
func summarize(pages []*Page, title string) {
	for _, page := range pages {
		if page.Summary == "" && !page.Lede.Empty() {
			page.Summary = page.Lede.Plain()
		}
		if page.Summary == "" {
			page.Summary = page.Title + prefixIf(" – ", page.ModelName) + prefixIf(" – ", title) + "."
		}
	}
}

// checkAnchors reports texts that point at a place a page doesn't have.
func (s scope) checkAnchors(b *Book) {
	for _, w := range s.found.anchors {
		page := b.byPath[w.path]
		if page == nil {
			continue
		}
		ids := page.Anchors()
		if !slices.Contains(ids, w.anchor) {
			s.found.diags = append(s.found.diags, diag.Diag{Severity: diag.Error, Code: "ukendt-sted",
				Pos: w.ref.Pos, Width: w.ref.Width,
				Message: fmt.Sprintf("siden har intet sted \"%s\"%s", w.anchor, diag.MenteDu(w.anchor, ids)),
				Help:    "Siden har: " + strings.Join(ids, ", ") + "."})
		}
	}
}
