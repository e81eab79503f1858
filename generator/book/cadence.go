package book

import (
	"slices"

	"modelhaandbog/generator/model"
)

// cadences lists how often things are done, the firmest first.
func (s scope) cadences(sec section) []*Page {
	page := s.listPage(sec, "liste-kadencer")
	for _, force := range []model.Force{model.Required, model.Recommended, model.Example, ""} {
		key := "kadence." + string(force)
		if force == "" {
			key = "kadence.andet"
		}
		table := Table{Head: s.list("kadence.hoved"), Stack: true} // the heading names it
		var notes []model.Text
		for _, c := range visible(s, s.model.Cadences()) {
			if c.Force == force {
				table.Rows = append(table.Rows, s.cadenceRow(c))
				notes = append(notes, c.Notes...)
			}
		}
		s.add(page, key, table, s.notes(notes))
	}
	if s.yearDrawing(s.model) != nil {
		page.relate(s.say("kadence.aarshjul"), []Link{{Path: "aarshjul.html", Anchor: "model-" + s.model.ID,
			Text: s.say("kadence.hele-aaret")}})
	}
	return []*Page{page}
}

func (s scope) cadenceRow(c *model.Cadence) Row {
	var used []Link
	for _, mt := range visible(s, s.model.Meetings()) {
		if refers(mt.Cadences, c) {
			used = append(used, s.link(mt))
		}
	}
	for _, t := range visible(s, s.model.Tasks()) {
		if t.Cadence.To == c {
			used = append(used, s.link(t))
		}
	}
	marks, said := s.badges("", c.Basis), s.badges(c.Force, "")
	if c.LocalOften() || c.Force == model.Example { // the heading says the force, but not whose example it is
		marks, said = s.cadenceBadges(c), nil
	}
	return Row{Head: Cell{Plain: c.Label(), Cites: s.cites(c.Cites)}, ID: anchor(&c.Entity),
		Local: c.LocalOften(), Under: said, Pos: c.At.Pos(), Of: c.At.Statement(),
		Cells: []Cell{{Plain: upperFirst(s.often(c)), Badges: marks}, {Links: used, Text: s.text(c.Body)}}}
}

// agreements lists what the municipality decides: what is open, and its answers.
func (s scope) agreements(sec section) []*Page {
	page := s.listPage(sec, "liste-aftaler")
	var open, done []Item
	for _, a := range visible(s, s.model.Agreements()) {
		i := s.agreement(a)
		if a.Answer.Empty() {
			open = append(open, i)
		} else {
			done = append(done, i)
		}
	}
	title := "aftale.tag-stilling"
	if s.h.Municipal != nil && len(done) > 0 {
		title = "aftale.mangler"
	}
	page.section("aftalt", s.say("aftale.aftalt", "kommune", s.head.Name), List{Items: done, Class: "aftaler"})
	page.section("aabne", s.say(title), List{Items: open, Class: "aftaler"})
	if unowned := s.unowned(); len(unowned) > 0 {
		s.add(page, "aftale.ingen-naevnt", Box{Type: "note", Plain: s.say("aftale.ingen-naevnt-lede")},
			List{Items: unowned, Class: "roller"})
	}
	return []*Page{page}
}

// unowned are what somebody has to do where the source names nobody: questions for the
// municipality, under what is asked.
func (s scope) unowned() []Item {
	var does, calls, sees []Item
	for _, t := range visible(s, s.model.Tasks()) {
		if t.Role.To == nil {
			does = append(does, s.ownTask(t).without(Who))
		}
	}
	for _, mt := range visible(s, s.model.Meetings()) {
		if mt.Convener.To == nil && mt.NoConvener.Empty() {
			calls = append(calls, s.byName(mt))
		}
	}
	for _, f := range visible(s, s.model.Prerequisites()) {
		if len(f.Roles) == 0 && !f.At.Local() {
			sees = append(sees, s.byName(f))
		}
	}
	var groups []Item
	for _, g := range []struct {
		asked Key
		items []Item
	}{{Who, does}, {Convener, calls}, {"hvem-sikrer", sees}} {
		if len(g.items) > 0 {
			groups = append(groups, Item{Title: Link{Text: s.say("aftale.spoerger." + string(g.asked))}, Children: g.items})
		}
	}
	return groups
}

func (s scope) agreement(a *model.Agreement) Item {
	i := s.item(a)
	i.Text = s.text(a.Question)
	if !a.Body.Empty() {
		i.More = append(i.More, s.text(a.Body))
	}
	for _, c := range a.Concerns {
		if c.To != nil {
			i.Meta = append(i.Meta, s.fact("gaelder", Fact{Links: []Link{s.lookupLink(c)}}))
		}
	}
	if !a.Answer.Empty() {
		i.Local = true
		i.Meta = append([]Fact{s.fact("svar", Fact{Text: s.text(a.Answer), Local: true})}, i.Meta...)
	}
	return i
}

// agreed is what the municipality has answered about n.
func (s scope) agreed(n model.Named) []Fact {
	var out []Fact
	if s.model == nil || s.h.Municipal == nil {
		return nil
	}
	for _, a := range visible(s, s.model.Agreements()) {
		about := slices.ContainsFunc(a.Concerns, func(r model.AnyRef) bool {
			return r.To != nil && r.To.Base() == n.Base() && r.Point == ""
		})
		switch x := n.(type) {
		case *model.Task:
			about = about || x.Agreement.To == a
		case *model.Prerequisite:
			about = about || x.Agreement.To == a
		}
		if about && !a.Answer.Empty() && !a.Local.Omit {
			out = append(out, s.fact("aftalt", Fact{Links: []Link{s.link(a)}, Text: s.text(a.Answer), Local: true}))
		}
	}
	return out
}

// lookupLink follows a free reference in this edition, where the entity may
// have a local name that the national one lacks.
func (s scope) lookupLink(r model.AnyRef) Link {
	if n := s.h.Lookup(s.model, r.Model, r.Kind, r.ID); n != nil {
		return s.link(n)
	}
	if r.To != nil {
		return Link{Text: r.To.Base().Label()}
	}
	return Link{Text: r.ID}
}
