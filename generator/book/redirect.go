package book

import (
	"strings"

	"modelhaandbog/generator/model"
)

// redirects sends the addresses of former ids to the present ones: the
// entity's own page, and the sheets that may hang printed on a wall.
func (s scope) redirects(b *Book) {
	send := func(from, to string) {
		if b.byPath[from] == nil && b.byPath[to] != nil {
			b.Redirects = append(b.Redirects, Redirect{From: from, To: to})
		}
	}
	add := func(n model.Named) {
		e := n.Base()
		if len(e.Former) == 0 {
			return
		}
		to := s.link(n)
		if m, ok := n.(*model.Model); ok {
			redirectModel(b, m, send)
			return
		}
		if to.Path == "" || to.Anchor != "" {
			return // only pages have addresses of their own
		}
		for _, old := range e.Former {
			send(strings.TrimSuffix(to.Path, e.ID+".html")+old+".html", to.Path)
			if e.Model == nil {
				continue
			}
			sheets := e.Model.ID + "/tjeklister/" + e.Kind + "-"
			send(sheets+old+".html", sheets+e.ID+".html")
			if e.Kind == "moede" {
				send(e.Model.ID+"/moeder/"+old+"-ark.html", e.Model.ID+"/moeder/"+e.ID+"-ark.html")
			}
		}
	}
	for _, n := range everything(s.h) {
		add(n)
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

// redirectModel sends all pages under a model's former ids to the present one.
func redirectModel(b *Book, m *model.Model, send func(from, to string)) {
	for _, old := range m.Former {
		for _, page := range b.Pages {
			if rest, ok := strings.CutPrefix(page.Path, m.ID+"/"); ok {
				send(old+"/"+rest, page.Path)
			}
		}
	}
}
