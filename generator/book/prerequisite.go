package book

import (
	"slices"

	"modelhaandbog/generator/model"
)

// levels are where prerequisites are met, in the order of the page.
var levels = []model.Level{"organisatorisk", "ledelse", "strategisk", "princip", "kerneelement", "omraade", "erfaring"}

func (s scope) prerequisites(sec section) []*Page {
	list := s.listPage(sec, "liste-forudsaetninger")
	pages := []*Page{list}
	for _, level := range levels {
		var items []Item
		for _, f := range visible(s, s.model.Prerequisites()) {
			if f.Level != level {
				continue
			}
			i := s.inList(f)
			if i.ID == "" {
				pages = append(pages, s.prerequisitePage(sec, f))
			} else {
				i.Children = append(s.plainItems(f.Points), i.Children...)
				i.Meta = slices.Concat(s.needed(f), s.whenInPlace(f), i.Meta)
			}
			items = append(items, i)
		}
		s.add(list, "forudsaetning.niveau."+string(level), List{Items: items, Class: "liste"})
	}
	list.Long = true
	return pages
}

// needed says what a prerequisite is for and who sees to it.
func (s scope) needed(f *model.Prerequisite) []Fact {
	facts := slices.Concat(s.linkFact("kerneelementer", menuLinks(s, f.Elements)),
		s.linkFact("omraader", links(s, f.Areas)), s.sponsors("hvem-sikrer", f))
	if a := f.Agreement.To; a != nil && a.Answer.Empty() {
		facts = append(facts, s.linkFact("aftale", linkOf(s, f.Agreement))...)
	}
	return facts
}

func (s scope) prerequisitePage(sec section, f *model.Prerequisite) *Page {
	page := s.entityPage(f, sec.folder)
	page.section("", "", Prose{Text: s.text(f.Body)})
	s.add(page, "forudsaetning.indebaerer", List{Items: s.plainItems(f.Points)})
	s.add(page, "forudsaetning.gaelder", Facts{s.needed(f)})
	s.add(page, "forudsaetning.tjek", Prose{Text: s.text(f.Check)})
	closing(s, page, f)
	return page
}

// whenInPlace says what to see when a prerequisite is met, unless one of its points does.
func (s scope) whenInPlace(f *model.Prerequisite) []Fact {
	if slices.ContainsFunc(f.Points, func(t model.Text) bool { return t.Value == f.Check.Value }) {
		return nil
	}
	return s.textFact("tjek", f.Check)
}

// sponsors says who sees to a prerequisite, or that the source names nobody.
func (s scope) sponsors(k Key, f *model.Prerequisite) []Fact {
	if len(f.Roles) == 0 {
		return s.nobody(k, &f.Entity)
	}
	return s.linkFact(k, links(s, f.Roles))
}

// competenceTypes are the kinds of competences, in the order of the page.
var competenceTypes = []model.CompetenceType{"uddannelse", "relation", "kommunikation", "vejledning", "viden", "lov"}

// competences shows which role must have which competence; some are shared.
func (s scope) competences(sec section) []*Page {
	page := s.listPage(sec, "liste-kompetencer")
	competences := visible(s, s.model.Competences())
	roles := slices.DeleteFunc(slices.Clone(visible(s, s.model.Roles())), func(r *model.Role) bool {
		return !slices.ContainsFunc(competences, func(c *model.Competence) bool { return refers(c.Roles, r) })
	})
	table := Table{Caption: s.say("kompetence.hvem"), Head: s.list("kompetence.hoved"), Class: "matrix"}
	for _, r := range roles {
		table.Head = append(slices.Clip(table.Head), r.MenuLabel())
	}
	for _, c := range competences {
		row := Row{Head: Cell{Links: []Link{s.link(c)}, Badges: s.rowBadges(&c.Entity)}, Of: c.At.Statement(),
			Local: c.At.Local()}
		for _, r := range roles {
			row.Cells = append(row.Cells, s.dot(refers(c.Roles, r)))
		}
		table.Rows = append(table.Rows, row)
	}
	s.add(page, "kompetence.hvem", table)
	for _, typ := range competenceTypes {
		var items []Item
		for _, c := range competences {
			if c.Type == typ {
				i := s.item(c)
				i.Meta = append(i.Meta, s.fact("roller", Fact{Links: links(s, c.Roles)}))
				items = append(items, i)
			}
		}
		s.add(page, "kompetence.type."+string(typ), List{Items: items, Class: "liste"})
	}
	return []*Page{page}
}

// dot is a cell that answers yes with a dot, or no.
func (e *edition) dot(yes bool) Cell {
	if yes {
		return Cell{Mark: Dot, Plain: e.say("skema.ja")}
	}
	return Cell{Mark: NoDot, Plain: e.say("skema.nej")}
}
