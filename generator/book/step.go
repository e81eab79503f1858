package book

import "modelhaandbog/generator/model"

func (s scope) steps(sec section) []*Page {
	m := s.model
	list := s.listPage(sec, "liste-trin")
	pages := []*Page{list}
	var items []Item
	steps := visible(s, m.Steps())
	for _, t := range steps {
		items = append(items, s.linked(t))
		page := s.entityPage(t, sec.folder)
		s.number(page, "trin", t.Number, len(steps))
		page.section("", "", Prose{Text: s.text(t.Body)})
		s.add(page, "emne.kort-sagt", Facts{s.linkFact("omraade", linkOf(s, t.Area))})
		s.add(page, "trin.eksempler", List{Items: s.plainItems(t.Examples)})
		closing(s, page, t)
		page.relate(s.say("relateret.hele-trappen"), []Link{{Path: list.Path, Text: list.Title}})
		pages = append(pages, page)
	}
	for _, f := range visible(s, m.Figures()) {
		if f.Type == "trappe" {
			list.section("", "", s.drawing(f))
			s.addGuidance(list, "trin.saadan-bruges-den", &f.Entity)
		}
	}
	s.add(list, "trin.trinnene", List{Items: items, Ordered: true, Class: "oversigt"})
	s.add(list, "trin.regler", s.rules())
	return pages
}

// rules are the rules for using the model.
func (s scope) rules() List {
	var out []Item
	for _, r := range visible(s, s.model.Rules()) {
		out = append(out, s.item(r))
	}
	return List{Items: out, Ordered: true}
}

func (s scope) areas(sec section) []*Page {
	m := s.model
	list := s.listPage(sec, "liste-omraader")
	pages := []*Page{list}
	var items []Item
	for _, a := range visible(s, m.Areas()) {
		i := s.inList(a)
		if i.ID == "" {
			pages = append(pages, s.areaPage(sec, a))
		}
		items = append(items, i)
	}
	for _, f := range visible(s, m.Figures()) {
		if f.Type == "ben" {
			list.section("", "", s.drawing(f))
		}
	}
	list.section("", "", overviewOf(items))
	return pages
}

// areaParts are what an area's page holds.
func areaParts() []partOf[*model.Area] {
	return []partOf[*model.Area]{
		answer("omraade.elementer", func(s scope, a *model.Area) []Block { return []Block{s.areaElements(a)} }),
		agreed[*model.Area], guidance[*model.Area],
		under("omraade.rammebetingelser", func(s scope, a *model.Area) []Block {
			return []Block{s.prerequisitesWhere(func(f *model.Prerequisite) bool { return refers(f.Areas, a) })}
		}),
		under("omraade.om", func(s scope, a *model.Area) []Block { return []Block{Prose{Text: s.text(a.Body)}} }),
		notes[*model.Area],
	}
}

func (s scope) areaPage(sec section, a *model.Area) *Page {
	page := s.entityPage(a, sec.folder)
	if a.Type != "" && a.Type != a.Name {
		page.Kicker = a.Type
	}
	fill(s, page, a, areaParts())
	var steps []Link
	for _, t := range visible(s, s.model.Steps()) {
		if t.Area.To == a {
			steps = append(steps, s.link(t))
		}
	}
	page.relate(s.say("relateret.trin"), steps)
	return page
}

// areaElements are the parts of an area, by name; what they are unfolds.
func (s scope) areaElements(a *model.Area) List {
	var parts []Item
	for _, x := range visible(s, s.model.Parts()) {
		if x.Area.To != a {
			continue
		}
		i := s.withGuide(x)
		i.Points = s.textList(x.Points)
		for _, ex := range x.Examples {
			i.Children = append(i.Children, Item{Text: s.text(ex), Badges: []Badge{{"eksempel", s.say("maerke.et-eksempel")}}})
		}
		i.Folded = true
		parts = append(parts, i)
	}
	return List{Items: parts, Class: "elementer"}
}
