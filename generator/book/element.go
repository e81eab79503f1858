package book

import "modelhaandbog/generator/model"

func (s scope) elements(sec section) []*Page {
	list := s.listPage(sec, "liste-kerneelementer")
	pages := []*Page{list}
	var items []Item
	elements := visible(s, s.model.Elements())
	for i, k := range elements {
		items = append(items, s.linked(k))
		page := s.elementPage(sec, k)
		if k.Number > 0 {
			s.number(page, "kerneelement", i+1, len(elements))
		}
		pages = append(pages, page)
	}
	list.section("", "", List{Items: items, Ordered: true, Class: "oversigt"})
	return pages
}

func (s scope) elementPage(sec section, k *model.CoreElement) *Page {
	m := s.model
	page := s.entityPage(k, sec.folder)
	s.add(page, "emne.kort-sagt", Facts{s.elementFacts(k)})
	s.add(page, "kerneelement.viden", List{Items: s.plainItems(k.Evidence)})
	s.add(page, "kerneelement.niveauer", s.practices(k, "niveau"))
	s.add(page, "kerneelement.aktiviteter", s.practices(k, "aktivitet"))
	s.add(page, "kerneelement.metoder", s.practices(k, "metode"))
	var tasks, principles []Item
	for _, t := range visible(s, m.Tasks()) {
		if refers(t.Elements, k) {
			tasks = append(tasks, s.task(t))
		}
	}
	s.add(page, "kerneelement.opgaver", List{Items: tasks, Class: "opgaver"})
	needs := s.prerequisitesWhere(func(f *model.Prerequisite) bool { return refers(f.Elements, k) })
	s.add(page, "emne.forudsaetninger", needs)
	for _, pr := range visible(s, m.Principles()) {
		if pr.Element.To == k {
			principles = append(principles, s.linked(pr))
		}
	}
	s.add(page, "kerneelement.principper", overviewOf(principles))
	s.add(page, "kerneelement.eksempler", s.practices(k, "eksempel"))
	s.closing(page, k)
	var meetings []Link
	for _, mt := range visible(s, m.Meetings()) {
		if refers(mt.Elements, k) {
			meetings = append(meetings, s.link(mt))
		}
	}
	page.relate(s.say("relateret.moeder"), meetings)
	page.relate(s.say("relateret.tjekliste"), s.checklistsAbout(k))
	return page
}

func (s scope) elementFacts(k *model.CoreElement) []Fact {
	facts := s.textFact("formaal", k.Purpose)
	facts = append(facts, s.linkFact(Responsible, links(s, k.Responsible))...)
	facts = append(facts, s.linkFact(Participants, links(s, k.Participants))...)
	for _, f := range s.linkFact("faser", links(s, k.Phases)) {
		f.Badges = s.badges("", k.PhasesBasis)
		facts = append(facts, f)
	}
	return facts
}

// practices are what belongs to a core element, of one type.
func (s scope) practices(k *model.CoreElement, typ model.PracticeType) List {
	var out []Item
	for _, g := range visible(s, s.model.Practices()) {
		if g.Element.To == k && g.Type == typ {
			i := s.item(g)
			if len(g.Phases) > 0 {
				i.Meta = append(i.Meta, s.fact("fase", Fact{Links: links(s, g.Phases)}))
			}
			if len(g.Roles) > 0 {
				i.Meta = append(i.Meta, s.fact(Who, Fact{Links: links(s, g.Roles)}))
			}
			out = append(out, i)
		}
	}
	return List{Items: out, Class: "greb"}
}
