package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
)

// The sections of background: what a model builds on, aims at and is known to lead
// to.

func (s scope) methods(sec section) []*Page {
	page := s.listPage(sec, "liste-metode")
	var items, loose []Item
	for _, x := range visible(s, s.model.Methods()) {
		i := s.withGuide(x)
		i.Lang = x.Language
		items = append(items, i)
	}
	page.section("", "", List{Items: items, Class: "liste"})
	for _, g := range visible(s, s.model.Practices()) {
		if g.Element.To == nil {
			loose = append(loose, s.item(g))
		}
	}
	s.add(page, "metode.greb", List{Items: loose, Class: "greb"})
	return []*Page{page}
}

// targetTypes are whom a model is for, and for whom it isn't, in order.
var targetTypes = []model.TargetType{"primaer", "sekundaer", "saerlig", "ikke-omfattet"}

func (s scope) targets(sec section) []*Page {
	page := s.listPage(sec, "liste-maalgruppe")
	groups := visible(s, s.model.TargetGroups())
	for _, typ := range targetTypes {
		var items []Item
		for _, g := range groups {
			if g.Type != typ {
				continue
			}
			i := s.withGuide(g)
			i.Meta = append(i.Meta, s.plainFact("klassetrin", g.Grades)...)
			i.Meta = append(i.Meta, s.plainFact("tilbud", strings.Join(g.Settings, " · "))...)
			items = append(items, i)
		}
		list := List{Items: items, Class: "liste"}
		if len(items) == len(groups) { // nothing to tell apart
			page.section("", "", list)
			continue
		}
		s.add(page, "maalgruppe."+string(typ), list)
	}
	for _, f := range visible(s, s.model.Figures()) {
		if f.Type == "trekant" || f.Type == "matrix" {
			page.section("tegning-"+f.ID, f.Label(), s.drawing(f))
		}
	}
	return []*Page{page}
}

// strengths are how sure a result is, in the order of the page.
var strengths = []model.Strength{"evalueret", "oplevet", "virksomt", "maal"}

func (s scope) results(sec section) []*Page {
	page := s.listPage(sec, "liste-resultat")
	for _, strength := range strengths {
		var items []Item
		for _, r := range visible(s, s.model.Results()) {
			if r.Strength == strength {
				items = append(items, s.withGuide(r))
			}
		}
		s.add(page, "resultat."+string(strength), List{Items: items, Class: "liste"})
	}
	return []*Page{page}
}

func (s scope) numbers(sec section) []*Page {
	page := s.listPage(sec, "liste-tal")
	var items []Item
	for _, n := range visible(s, s.model.Numbers()) {
		i := s.item(n)
		i.Title.Text = strings.TrimSpace(n.Value + " " + n.Unit)
		i.Aliases = append(i.Aliases, n.Label()) // what it is a number of
		i.Plain = n.What
		i.Meta = append(i.Meta, s.fact("gaelder", Fact{Plain: n.Population}),
			s.fact("aar", Fact{Plain: cmp.Or(n.Year, s.say("emne.ikke-oplyst"))}))
		items = append(items, i)
	}
	page.section("", "", List{Items: items, Class: "tal"})
	return []*Page{page}
}

func (s scope) knowledge(sec section) []*Page {
	page := s.listPage(sec, "liste-viden")
	var items []Item
	for _, k := range visible(s, s.model.Knowledge()) {
		i := s.withGuide(k)
		i.Points = s.textList(k.Points)
		items = append(items, i)
	}
	page.section("", "", List{Items: items, Class: "liste"})
	return []*Page{page}
}

func (s scope) economy(sec section) []*Page {
	page := s.listPage(sec, "liste-oekonomi")
	var items, scenarios []Item
	for _, e := range visible(s, s.model.Economy()) {
		i := s.item(e)
		i.Meta = append([]Fact{s.fact("beloeb", Fact{Plain: e.Amount})}, s.textFact("daekker", e.Covers)...)
		items = append(items, i)
	}
	for _, e := range visible(s, s.model.Scenarios()) {
		i := s.item(e)
		i.Meta = slices.Concat(s.textFact("fra", e.From), s.textFact("til", e.To), s.textFact("virkning", e.Saving))
		scenarios = append(scenarios, i)
	}
	s.add(page, "oekonomi.beloeb", List{Items: items, Class: "liste"})
	s.add(page, "oekonomi.scenarier", List{Items: scenarios, Ordered: true, Class: "liste"})
	return []*Page{page}
}

func (s scope) figures(sec section) []*Page {
	page := s.listPage(sec, "liste-figur")
	for _, f := range visible(s, s.model.Figures()) {
		blocks := []Block{s.drawing(f), Prose{Text: s.guideFor(&f.Entity), Shift: 1}}
		if g := s.localGuideFor(&f.Entity); !g.Empty() {
			blocks = append(blocks, List{Items: []Item{s.ownPracticeItem(g)}})
		}
		page.section(anchor(&f.Entity), f.Label(), append(blocks, s.notes(f.Notes))...)
		page.Sections[len(page.Sections)-1].Aliases = aliases(&f.Entity)
	}
	if len(s.model.Steps()) == 0 {
		s.add(page, "trin.regler", s.rules())
	}
	page.Long = true
	return []*Page{page}
}
