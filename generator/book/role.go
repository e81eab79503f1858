package book

import (
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
	s.add(list, "rolle.alle-roller", overviewOf(items))
	for _, f := range visible(s, m.Figures()) {
		if f.Type == "ringe" {
			list.section("figur-"+f.ID, f.Label(), s.drawing(f))
		}
	}
	return pages
}

// notLeftOut are the tasks that the municipality has not left out.
func notLeftOut(tasks []*model.Task) []*model.Task {
	return slices.DeleteFunc(slices.Clone(tasks), func(t *model.Task) bool { return t.Local.Omit })
}

// roleParts are what a role's page holds: what the role can count on comes first for
// those of whom others do more than they do themselves.
func (s scope) roleParts(r *model.Role) []partOf[*model.Role] {
	does := []partOf[*model.Role]{
		answer("rolle.opgaver", func(s scope, r *model.Role) []Block {
			return []Block{s.tasksByPhase(r, func(t *model.Task) bool { return t.Role.To == r })}
		}),
		answer("rolle.sammen", func(s scope, r *model.Role) []Block {
			return []Block{s.tasksByPhase(r, func(t *model.Task) bool { return t.Role.To != r && refers(t.With, r) })}
		}),
	}
	expects := answer("rolle.regn-med", func(s scope, r *model.Role) []Block {
		return []Block{s.expectations(r)}
	})
	first := append(does, expects)
	if s.expectant(r) {
		first = append([]partOf[*model.Role]{expects}, does...)
	}
	return append(first,
		under("emne.forudsaetninger", func(s scope, r *model.Role) []Block {
			return []Block{s.prerequisitesWhere(func(f *model.Prerequisite) bool { return refers(f.Roles, r) })}
		}),
		agreed[*model.Role], guidance[*model.Role],
		under("rolle.moeder", func(s scope, r *model.Role) []Block { return []Block{overviewOf(s.roleMeetings(r))} }),
		under("rolle.kan-gives-videre", scope.handedTasks),
		under("rolle.kompetencer", scope.roleCompetences),
		under("rolle.om", func(s scope, r *model.Role) []Block {
			about := Facts{s.roleFacts(r)}
			if s.toYou(r) { // the page doesn't open with it
				about.Rows = append(s.textFact("kort-om", r.Short), about.Rows...)
			}
			return []Block{Prose{Text: s.text(r.Body)}, about}
		}),
		func(s scope, page *Page, r *model.Role) { s.addContacts(page, r) },
		notes[*model.Role])
}

// expectant reports whether others do more for those who have a role than they do.
func (s scope) expectant(r *model.Role) bool {
	own := 0
	for _, t := range visible(s, s.model.Tasks()) {
		if t.Role.To == r {
			own++
		}
	}
	return len(r.Expect.Items) > own
}

func (s scope) rolePage(sec section, r *model.Role, tasks []*model.Task) *Page {
	page := s.entityPage(r, sec.folder)
	page.Aliases = append([]string{r.Label()}, page.Aliases...)
	page.menu, page.names = r.Label(), []string{r.MenuLabel()}
	page.Weight = 1
	if len(tasks) > 0 {
		if title := s.forRole("rolle.titel", r); s.expectant(r) {
			page.names = append(page.names, title) // what readers search for
		} else {
			page.Title = title
		}
	}
	if s.toYou(r) {
		page.Lede = s.said(s.say("rolle.til-dig-lede"))
		page.section("", "", Box{Type: "naevnt", Title: s.say("rolle.til-dig"), Plain: s.say("rolle.til-dig-tekst")})
	}
	fill(s, page, r, s.roleParts(r))
	page.Forms, page.Feed = s.checklistForm(r), s.feedLink(r)
	page.relate(s.say("relateret.tjekliste"), s.checklistsAbout(r))
	return page
}

// expectations are what those who have a role can count on, in words for them, and how
// often. The words say who does it; where that is the editors' reading, it stands apart.
func (s scope) expectations(r *model.Role) List {
	var items []Item
	for _, x := range r.Expect.Items {
		i := s.point("regn-med", x.Point)
		read := slices.ContainsFunc(i.derived, func(f facet) bool { return slices.Contains(f.facts, string(Who)) })
		i.Meta = slices.DeleteFunc(i.Meta, func(f Fact) bool { return f.Key == Who && !read || f.Key == When })
		i = s.relabel(i, "sammen_med", "gaelder-dig")
		items = append(items, i)
	}
	return List{Items: items, Class: "regn-med"}
}

// toYou reports whether a page opens in words for the child or the young person. They
// are the editors', and the page says so.
func (s scope) toYou(r *model.Role) bool { return r.Ring == "barn" && len(r.Expect.Items) > 0 }

func (s scope) roleFacts(r *model.Role) []Fact {
	facts := slices.Concat(s.textFact("formaal", r.Purpose), s.statement("forankring", r.Anchoring),
		s.statement("ressource", r.Resource))
	for _, d := range r.Demands.Items {
		facts = append(facts, s.statement("krav", d.Statement)...)
	}
	return append(facts, s.linkFact("naermeste-leder", linkOf(s, r.Leader))...)
}

// handedTasks are other roles' tasks that can be given to those who have the role.
func (s scope) handedTasks(r *model.Role) []Block {
	var items []Item
	for _, t := range visible(s, s.model.Tasks()) {
		if refers(t.Delegate, r) && t.Role.To != r && !refers(t.With, r) {
			items = append(items, s.task(t))
		}
	}
	return []Block{List{Items: folded(items), Class: "opgaver"}}
}

func (s scope) roleCompetences(r *model.Role) []Block {
	var items []Item
	for _, c := range visible(s, s.model.Competences()) {
		if refers(c.Roles, r) {
			items = append(items, s.byName(c))
		}
	}
	return []Block{overviewOf(items)}
}

// forRole is the words of a key with the role's definite form, "Opgaver for læreren"; for
// a name without one, "Opgaver som klasselærer".
func (s scope) forRole(key string, r *model.Role) string {
	if r.Title == "" {
		return s.say(key+"-ubestemt", "rolle", lowerFirst(r.Label()))
	}
	return s.say(key, "rolle", r.Title)
}

// tasksByPhase lists the tasks that keep accepts, for those who have a role: those of
// each phase, then what goes on throughout. A task of several phases stands in the first
// and names them all.
func (s scope) tasksByPhase(r *model.Role, keep func(*model.Task) bool) List {
	var tasks []*model.Task
	for _, t := range visible(s, s.model.TasksOf(r)) {
		if keep(t) {
			tasks = append(tasks, t)
		}
	}
	var items []Item
	under := func(title Link, kind string, keep func(*model.Task) bool) {
		var list []Item
		for _, t := range tasks {
			if !keep(t) {
				continue
			}
			x := s.relabel(underOwner(s.ownTask(t)), "rolle", "din-opgave")
			if t.Role.To != r {
				x = s.sharedTask(t, r)
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
		under(l, f.Kind, func(t *model.Task) bool { return s.firstPhase(t) == f })
	}
	through := Link{Text: s.say("rolle.loebende")}
	if len(s.model.Phases()) == 0 || len(items) == 0 {
		through = Link{}
	}
	under(through, "", func(t *model.Task) bool { return len(t.Phases) == 0 })
	if len(items) == 1 && items[0].Title.Text == "" {
		return List{Items: folded(items[0].Children), Class: "opgaver"}
	}
	return List{Items: folded(items), Class: "roller"}
}

// sharedTask is another role's task as those who share it read it: with whom.
func (s scope) sharedTask(t *model.Task, r *model.Role) Item {
	x := s.ownTask(t).without(Who, SharedWith)
	x.ID, x.Title, x.Notes = "", s.link(t), nil // the notes stand with the task
	with := linkOf(s, t.Role)
	for _, other := range t.With {
		if other.To != r {
			with = append(with, linkOf(s, other)...)
		}
	}
	x.Meta = append(s.marked(s.linkFact(SharedWith, with), &t.Marks, "rolle"), x.Meta...)
	x.derived = slices.DeleteFunc(slices.Clone(x.derived), func(f facet) bool { return f.key == "rolle" })
	return x
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
