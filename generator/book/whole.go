package book

import (
	"strings"

	"modelhaandbog/generator/source"
)

// whole plans the model on one page, to print or to read from end to end: every
// page of the model that is no sheet, one heading level down, the overview first.
func (s scope) whole(pages []*Page) *Page {
	m := s.model
	page := s.page(Page{Path: m.ID + "/samlet.html", Kind: "samlet", KindName: s.say("samlet.slags"), Title: m.Title,
		Kicker: s.say("samlet.slags"), menu: s.say("samlet.menu"), Lede: s.text(m.Short), Changed: s.changed(m),
		NoIndex: true, Cites: s.cites(m.Cites)})
	var contents []Item
	var parts []Section
	for i, x := range pages {
		if x.Sheet != nil || x.Kind == "sammenhaeng" || x.Kind == "liste-tjeklister" {
			continue
		}
		prefix := source.Slug(x.Path[len(m.ID)+1:len(x.Path)-len(".html")]) + "-"
		title := x.Title
		if i == 0 {
			title = s.say("side.overblik")
		}
		level := 2
		if !strings.HasSuffix(x.Path, "/index.html") {
			level = 3
		} else {
			contents = append(contents, Item{Title: Link{Path: page.Path, Anchor: prefix + "top", Text: title}})
		}
		head := Section{ID: prefix + "top", Title: title, Level: level, Class: "nyt-afsnit"}
		if len(x.Badges) > 0 {
			head.Sheet = &Mast{Badges: x.Badges}
		}
		parts = append(parts, head)
		parts = append(parts, nested(x, prefix, level)...)
	}
	page.Sections = append([]Section{{ID: "indhold", Title: s.say("side.indhold"), Level: 2,
		Blocks: []Block{List{Items: contents, Class: "indhold"}}}}, parts...)
	return page
}
