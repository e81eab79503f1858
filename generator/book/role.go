package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/model"
)

func (s scope) roles(sec section) []*Page {
	m := s.model
	list := s.listPage(sec, "liste-roller")
	pages := []*Page{list}
	var items []Item
	for _, r := range visible(s, m.Roles()) {
		tasks := visible(s, m.TasksOf(r))
		i := s.linked(r)
		if n := len(notLeftOut(tasks)); n > 0 {
			i.Meta = append(i.Meta, s.fact("opgaver", Fact{Plain: s.count("opgave", n)}))
		}
		items = append(items, i)
		pages = append(pages, s.rolePage(sec, r, tasks))
	}
	for _, f := range visible(s, m.Figures()) {
		if f.Type == "ringe" {
			list.section("", "", s.drawing(f))
		}
	}
	s.add(list, "rolle.alle-roller", overviewOf(items))
	return pages
}

// notLeftOut are the tasks that the municipality has not left out.
func notLeftOut(tasks []*model.Task) []*model.Task {
	return slices.DeleteFunc(slices.Clone(tasks), func(t *model.Task) bool { return t.Local.Omit })
}

func (s scope) rolePage(sec section, r *model.Role, tasks []*model.Task) *Page {
	m := s.model
	page := s.entityPage(r, sec.folder)
	page.Aliases = append([]string{r.Label()}, page.Aliases...)
	page.menu, page.names = r.Label(), []string{r.MenuLabel()}
	page.Weight = 1
	if len(tasks) > 0 {
		page.Title = s.forRole("rolle.titel", r)
	}
	facts := slices.Concat(s.textFact("formaal", r.Purpose), s.statement("forankring", r.Anchoring),
		s.statement("ressource", r.Resource))
	for _, d := range r.Demands.Items {
		facts = append(facts, s.statement("krav", d.Statement)...)
	}
	facts = append(facts, s.linkFact("naermeste-leder", linkOf(s, r.Leader))...)
	s.add(page, "emne.kort-sagt", Facts{facts})
	s.addContacts(page, r)
	s.add(page, "rolle.opgaver", s.tasksByPhase(r, tasks))
	var handed, comps []Item
	for _, t := range visible(s, m.Tasks()) {
		if refers(t.Delegate, r) && !slices.Contains(tasks, t) {
			handed = append(handed, s.task(t))
		}
	}
	s.add(page, "rolle.kan-gives-videre", List{Items: handed, Class: "opgaver"})
	s.add(page, "rolle.moeder", overviewOf(s.roleMeetings(r)))
	for _, c := range visible(s, m.Competences()) {
		if refers(c.Roles, r) {
			i := s.item(c)
			i.ID = ""
			comps = append(comps, i)
		}
	}
	s.add(page, "rolle.kompetencer", List{Items: comps, Class: "liste"})
	needs := s.prerequisitesWhere(func(f *model.Prerequisite) bool { return refers(f.Roles, r) })
	s.add(page, "emne.forudsaetninger", needs)
	s.closing(page, r)
	page.Forms = s.checklistForm(r)
	page.relate(s.say("relateret.tjekliste"), s.checklistsAbout(r))
	return page
}

// forRole is the words of a key with the role's definite form, "Opgaver for læreren"; for
// a local name without one, "Opgaver: Klasselærer".
func (s scope) forRole(key string, r *model.Role) string {
	if r.Local.Name != "" && r.Title == "" {
		return s.say(key+"-lokal", "rolle", r.Local.Name)
	}
	return s.say(key, "rolle", cmp.Or(r.Title, lowerFirst(r.Label())))
}

// tasksByPhase lists a role's tasks: those of each phase, then what goes on
// throughout. A task of several phases stands in the first and names them all.
func (s scope) tasksByPhase(r *model.Role, tasks []*model.Task) List {
	var items []Item
	add := func(title Link, kind string, keep func(*model.Task) bool) {
		var list []Item
		for _, t := range tasks {
			if !keep(t) {
				continue
			}
			x := underOwner(s.ownTask(t))
			if t.Role.To != r {
				x = s.task(t) // another role's, shared with this one
			}
			if len(t.Phases) > 1 {
				x = x.without("faser")
				x.Meta = append(s.linkFact("faser", menuLinks(s, t.Phases)), x.Meta...)
			}
			list = append(list, x)
		}
		if len(list) > 0 {
			items = append(items, Item{Title: title, Children: list, kind: kind})
		}
	}
	for _, f := range visible(s, s.model.Phases()) {
		l := s.link(f)
		l.Text = s.say("fase.titel", "nummer", f.Number, "navn", l.Text)
		add(l, f.Kind, func(t *model.Task) bool { return s.firstPhase(t) == f })
	}
	through := Link{Text: s.say("rolle.loebende")}
	if len(s.model.Phases()) == 0 || len(items) == 0 {
		through = Link{}
	}
	add(through, "", func(t *model.Task) bool { return len(t.Phases) == 0 })
	if len(items) == 1 && items[0].Title.Text == "" {
		return List{Items: items[0].Children, Class: "opgaver"}
	}
	return List{Items: items, Class: "roller"}
}

// roleMeetings are the meetings that a role calls or takes part in.
func (s scope) roleMeetings(r *model.Role) []Item {
	var out []Item
	for _, mt := range visible(s, s.model.Meetings()) {
		i := Item{Title: s.link(mt), Pos: mt.At.Pos(), Of: mt.At.Statement(), Badges: s.itemBadges(&mt.Entity),
			Local: mt.At.Local(), Caveat: s.text(mt.Caveat)}
		i.derived, _ = s.facets(&mt.Entity)
		you := func(key string, marks ...Badge) {
			i.Meta = append(i.Meta, s.fact("du", Fact{Plain: s.say("rolle.du." + key), Badges: marks}))
		}
		if mt.Convener.To == r {
			you("indkalder")
		} else if refers(mt.Delegate, r) {
			you("uddelegeret")
		}
		for _, x := range mt.Participants.Items {
			if x.Role == r && !x.Local.Omit {
				you(slug(x.Mode), s.participation(mt, x)...)
				i.Text = s.text(x.Note)
			}
		}
		if len(i.Meta) == 0 {
			continue
		}
		for _, c := range mt.Cadences {
			if c.To != nil {
				i.Meta = append(i.Meta, s.cadenceFact(c.To))
			}
		}
		out = append(out, i)
	}
	return out
}
