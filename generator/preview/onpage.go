package preview

import (
	"bytes"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"modelhaandbog/generator/diag"
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
	Place  string // on the page, as data-kilde says it
	Groups []struct {
		Label  string // "Dagsorden"
		Points []thingView
	}
}

// add lists a point, whose title goes on from the thing's: " – dagsorden »Status«".
func (t *thingView) add(point edit.Thing) {
	title := strings.TrimPrefix(strings.TrimPrefix(point.Title, t.Title), " – ")
	label, name, ok := strings.Cut(title, " »")
	if !ok {
		label, name = "", title
	}
	if n := len(t.Groups); n == 0 || t.Groups[n-1].Label != upper(label) {
		t.Groups = append(t.Groups, struct {
			Label  string
			Points []thingView
		}{Label: upper(label)})
	}
	in := &t.Groups[len(t.Groups)-1]
	name = upper(strings.TrimSuffix(name, "«"))
	in.Points = append(in.Points, thingView{Target: point.Target, Place: placeOf(point.Pos), Title: name})
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
	var places []diag.Pos
	for _, place := range placesIn(data) {
		file, line := splitPlace(place)
		places = append(places, diag.Pos{File: file, Line: line})
	}
	view.Things = v.group(v.desk.Things(view.Edition.Slug, places))
	v.writePage(http.StatusOK, "paa", view)
}

// group lists points below their entities.
func (v *visit) group(list []edit.Thing) []thingView {
	var out []thingView
	for _, thing := range list {
		entity := thing.Target
		entity.Path, entity.Guidance = nil, false
		i := slices.IndexFunc(out, func(t thingView) bool { return t.Target.String() == entity.String() })
		if i < 0 {
			title := thing.Title
			if entity.String() != thing.Target.String() {
				title = v.desk.Title(entity)
			}
			i, out = len(out), append(out, thingView{Target: entity, Title: title, Place: placeOf(thing.Pos)})
		}
		if entity.String() != thing.Target.String() {
			out[i].add(thing)
		}
	}
	return out
}

func placeOf(pos diag.Pos) string { return pos.File + ":" + strconv.Itoa(pos.Line) }

// upper begins a text with a capital.
func upper(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
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
