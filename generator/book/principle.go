package book

import (
	"slices"

	"modelhaandbog/generator/model"
)

func (s scope) principles(sec section) []*Page {
	list := s.listPage(sec, "liste-principper")
	pages := []*Page{list}
	principles := visible(s, s.model.Principles())
	general := 0 // those of the whole model
	for _, pr := range principles {
		if pr.Element.To == nil {
			general++
		}
	}
	var items []Item
	for _, pr := range principles {
		i := s.inList(pr)
		if i.ID == "" {
			pages = append(pages, s.principlePage(sec, pr, general))
		} else {
			i.Children = append(s.plainItems(slices.Concat(pr.Reasons, pr.Questions)), i.Children...)
			i.Meta = append(i.Meta, s.linkFact("kerneelement", linkOf(s, pr.Element))...)
		}
		items = append(items, i)
	}
	list.section("", "", List{Items: items, Ordered: true, Class: "oversigt"})
	return pages
}

func (s scope) principlePage(sec section, pr *model.Principle, general int) *Page {
	page := s.entityPage(pr, sec.folder)
	if pr.Number > 0 && pr.Element.To == nil {
		s.number(page, "princip", pr.Number, general)
	}
	page.section("", "", Prose{Text: s.text(pr.Body)})
	s.add(page, "princip.begrundelse", List{Items: s.plainItems(pr.Reasons)})
	s.add(page, "princip.spoergsmaal", List{Items: s.plainItems(pr.Questions)})
	page.relate(s.say("relateret.kerneelement"), linkOf(s, pr.Element))
	closing(s, page, pr)
	page.relate(s.say("relateret.viser-sig"), s.mentionedBy(pr))
	return page
}
