package preview

import (
	"bytes"
	"net/http"
	"path"
	"strings"

	"golang.org/x/net/html"

	"modelhaandbog/generator/edit"
)

// Ret på denne side: everything on a page that can be written, as a plain list.

type pageTargetsView struct {
	frame
	Title   string
	Edition edition
	Things  []thingView
}

// thingView is an entity with its points that the page shows.
type thingView struct {
	Target edit.Target
	Title  string
	Points []thingView
}

// Local tells that the page is a municipality's, where what is national is adapted.
func (p pageTargetsView) Local() bool { return p.Edition.Slug != "" }

func (v *visit) listTargets() {
	side := strings.TrimPrefix(v.side(), "/")
	if side == "" || strings.HasSuffix(side, "/") {
		side += "index.html"
	}
	editions := v.site.editions()
	view := pageTargetsView{frame: v.frame(), Edition: editionOf(editions, side), Title: v.titleOf(editions, side)}
	data, _, ok := v.site.file(side)
	if !ok || path.Ext(side) != ".html" {
		v.missing()
		return
	}
	for _, place := range placesIn(data) {
		file, line := splitPlace(place)
		if t, ok := v.desk.At(view.Edition.Slug, file, line); ok {
			view.add(v.desk, t)
		}
	}
	v.writePage(http.StatusOK, "paa", view)
}

// add lists a target once, a point below its entity.
func (p *pageTargetsView) add(d desk, t edit.Target) {
	entity := t
	entity.Path, entity.Guidance = nil, false
	thing := find(&p.Things, entity, d)
	if thing == nil || len(t.Path) == 0 && !t.Guidance {
		return
	}
	point := find(&thing.Points, t, d)
	if point != nil {
		point.Title = strings.TrimPrefix(strings.TrimPrefix(point.Title, thing.Title), " – ")
	}
}

// find gives a target's entry in a list, which it adds if there is none. It gives nil for
// what has no title.
func find(list *[]thingView, t edit.Target, d desk) *thingView {
	for i := range *list {
		if (*list)[i].Target.String() == t.String() {
			return &(*list)[i]
		}
	}
	title := d.Title(t)
	if title == "" {
		return nil
	}
	*list = append(*list, thingView{Target: t, Title: title})
	return &(*list)[len(*list)-1]
}

// placesIn lists where the blocks of a page were written, each once, in the page's order.
func placesIn(page []byte) []string {
	var out []string
	seen := map[string]bool{}
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		for _, a := range z.Token().Attr {
			if a.Key == "data-kilde" && !seen[a.Val] {
				seen[a.Val] = true
				out = append(out, a.Val)
			}
		}
	}
	return out
}
