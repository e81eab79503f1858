package book

import (
	"slices"

	"modelhaandbog/generator/model"
)

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

// elementParts are what a core element's page holds.
func elementParts() []partOf[*model.CoreElement] {
	return []partOf[*model.CoreElement]{
		answer("emne.kort-sagt", func(s scope, k *model.CoreElement) []Block {
			return []Block{Facts{s.elementFacts(k)}}
		}),
		answer("kerneelement.aktiviteter", practices("aktivitet")),
		answer("kerneelement.opgaver", func(s scope, k *model.CoreElement) []Block {
			return []Block{s.tasksByRole(func(t *model.Task) bool { return refers(t.Elements, k) })}
		}),
		agreed[*model.CoreElement], guidance[*model.CoreElement],
		under("emne.forudsaetninger", func(s scope, k *model.CoreElement) []Block {
			return []Block{s.drawn(s.ofElement(k)).check()}
		}),
		under("kerneelement.principper", scope.elementPrinciples),
		under("kerneelement.niveauer", practices("niveau")),
		under("kerneelement.metoder", practices("metode")),
		under("kerneelement.eksempler", practices("eksempel")),
		under("kerneelement.viden", func(s scope, k *model.CoreElement) []Block {
			return []Block{List{Items: s.plainItems(k.Evidence)}}
		}),
		under("kerneelement.om", func(s scope, k *model.CoreElement) []Block {
			return []Block{Prose{Text: s.text(k.Body)}, Facts{s.textFact("formaal", k.Purpose)}}
		}),
		notes[*model.CoreElement],
	}
}

func (s scope) elementPage(sec section, k *model.CoreElement) *Page {
	page := s.entityPage(k, sec.folder)
	fill(s, page, k, elementParts())
	var meetings []Link
	for _, mt := range visible(s, s.model.Meetings()) {
		if refers(mt.Elements, k) {
			meetings = append(meetings, s.link(mt))
		}
	}
	page.relate(s.say("relateret.moeder"), meetings)
	page.relate(s.say("relateret.tjekliste"), s.checklistsAbout(k))
	return page
}

func (s scope) elementPrinciples(k *model.CoreElement) []Block {
	var items []Item
	for _, pr := range visible(s, s.model.Principles()) {
		if pr.Element.To == k {
			items = append(items, s.linked(pr))
		}
	}
	return []Block{overviewOf(items)}
}

func (s scope) elementFacts(k *model.CoreElement) []Fact {
	facts := append(s.linkFact(Responsible, links(s, k.Responsible)),
		s.linkFact(Participants, links(s, k.Participants))...)
	for _, f := range s.linkFact("faser", links(s, k.Phases)) {
		f.Badges = s.badges("", k.PhasesBasis)
		facts = append(facts, f)
	}
	return facts
}

// practices are what belongs to a core element, of one type.
func practices(typ model.PracticeType) func(s scope, k *model.CoreElement) []Block {
	return func(s scope, k *model.CoreElement) []Block {
		var out []Item
		for _, g := range visible(s, s.model.Practices()) {
			if g.Element.To == k && g.Type == typ {
				i := s.item(g)
				i.Meta = slices.Concat(i.Meta, s.linkFact("fase", links(s, g.Phases)),
					s.linkFact(Who, links(s, g.Roles)))
				out = append(out, i)
			}
		}
		return []Block{List{Items: folded(out), Class: "greb"}}
	}
}
