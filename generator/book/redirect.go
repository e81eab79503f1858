package book

import (
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// redirects sends the addresses of former ids, and of pages that are now a place on
// another, to the present ones: the entity's own page, and the sheets that may hang
// printed on a wall.
func (s scope) redirects(b *Book) {
	known := map[*Page][]string{}
	sendTo := func(from string, to Link) {
		page := b.byPath[to.Path]
		if b.byPath[from] != nil || page == nil {
			return
		}
		if to.Anchor != "" && known[page] == nil {
			known[page] = page.Anchors()
		}
		if to.Anchor == "" || slices.Contains(known[page], to.Anchor) {
			b.Redirects = append(b.Redirects, Redirect{From: from, To: href(to)})
		}
	}
	send := func(from, to string) { sendTo(from, Link{Path: to}) }
	add := func(n model.Named) {
		e := n.Base()
		folder := pageFolder(e)
		if folder == "" {
			return // only pages have addresses of their own
		}
		to, ticks := s.link(n), s.ticks(n)
		for _, id := range append([]string{e.ID}, e.Former...) {
			sendTo(folder+id+".html", to)
			if ticks.Path != "" {
				sendTo(e.Model.ID+"/tjeklister/"+e.Kind+"-"+id+".html", ticks)
			}
			if e.Kind == "moede" {
				sendTo(folder+id+"-ark.html", ticks)
			}
		}
	}
	for _, n := range everything(s.h) {
		add(n)
	}
	for _, m := range s.h.Models {
		send(m.ID+"/sammenhaeng.html", m.ID+"/index.html") // where nothing crosses any more
		send(projectPlanPath(m), m.ID+"/index.html")
		redirectModel(b, m, send)
	}
	if s.h.Municipal != nil { // which may have nothing local any more, or nothing open
		rest := "index.html"
		for _, own := range []string{localPath, openPath} {
			if b.byPath[own] != nil {
				rest = own
			}
		}
		send(localPath, rest)
		send(openPath, rest)
	}
}

// ticks is where there is something to tick off about a thing: a sheet, or a part of its
// page; none for most kinds.
func (s scope) ticks(n model.Named) Link {
	at := s.link(n)
	switch x := n.(type) {
	case *model.Meeting:
		return Link{Path: sheetLink(x.Model, x)}
	case *model.Role:
		return Link{Path: s.in(x.Model).path(checklist{id: anchor(&x.Entity)})}
	case *model.Phase:
		at.Anchor = "hvem-goer-hvad"
	case *model.CoreElement:
		at.Anchor = "forudsaetninger"
	default:
		return Link{}
	}
	return at
}

// pageFolder is the folder where an entity has, or once had, a page of its own; ""
// for none.
func pageFolder(e *model.Entity) string {
	k := e.Descriptor()
	switch {
	case k == nil || k.Folder == "" || k.Page != schema.Own && k.Page != schema.Described && k.Path == "":
		return ""
	case e.Model == nil:
		return k.Folder + "/"
	}
	return e.Model.ID + "/" + k.Folder + "/"
}

// redirectModel sends all pages under a model's former ids to the present one.
func redirectModel(b *Book, m *model.Model, send func(from, to string)) {
	for _, old := range m.Former {
		for _, page := range b.Pages {
			if rest, ok := strings.CutPrefix(page.Path, m.ID+"/"); ok {
				send(old+"/"+rest, page.Path)
			}
		}
		for _, r := range b.Redirects {
			if rest, ok := strings.CutPrefix(r.From, m.ID+"/"); ok {
				b.Redirects = append(b.Redirects, Redirect{From: old + "/" + rest, To: r.To})
			}
		}
	}
}
