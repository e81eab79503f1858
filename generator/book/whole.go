package book

import (
	"strings"

	"modelhaandbog/generator/source"
)

// whole plans the model from end to end: a page with all its chapters and their pages,
// in order, and one document with what they say. Sheets are left out: they are printed
// by themselves.
func (s scope) whole(pages []*Page) *Page {
	m := s.model
	page := s.page(Page{Path: m.ID + "/samlet.html", Kind: "samlet", KindName: s.say("samlet.slags"), Title: m.Title,
		Kicker: s.say("samlet.slags"), menu: s.say("samlet.slags"), Lede: s.sentence("samlet.lede"),
		Changed: s.changed(m), NoIndex: true})
	file := Link{Path: strings.TrimSuffix(page.Path, ".html") + ".docx", Text: s.say("samlet.hent")}
	page.Forms = []Form{{Name: file.Text, Link: file, File: true}}
	document := *page
	document.Lede, document.Cites, document.Forms = s.text(m.Short), s.cites(m.Cites), nil
	document.Sheet = &Sheet{Type: "samlet", Subtitle: s.say("samlet.slags"), Base: m.ID}
	var chapters []Item
	for i, x := range pages {
		if x.Sheet != nil || x.Kind == "liste-tjeklister" {
			continue
		}
		title, level, class := x.Title, 2, "nyt-ark"
		if i == 0 {
			title = s.say("side.overblik")
		}
		link := Item{Title: Link{Path: x.Path, Text: title}}
		if last := len(chapters) - 1; x.Path == x.Section || last < 0 {
			chapters = append(chapters, link)
		} else {
			level, class = 3, ""
			chapters[last].Children = append(chapters[last].Children, link)
		}
		prefix := source.Slug(x.Path[len(m.ID)+1:len(x.Path)-len(".html")]) + "-"
		head := Section{ID: prefix + "top", Title: title, Level: level, Class: class}
		if len(x.Badges) > 0 {
			head.Sheet = &Mast{Badges: x.Badges}
		}
		document.Sections = append(append(document.Sections, head), nested(x, prefix, level)...)
	}
	page.Document = &document
	page.section("", "", List{Items: chapters, Ordered: true, Class: "indhold"})
	return page
}
