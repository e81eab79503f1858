package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
)

// checklist is a checklist before it becomes a page: an editor's own, or one
// drawn from tasks, prerequisites and meetings.
type checklist struct {
	id, title, kicker string
	lede              Text
	mode              string
	groups            []CheckGroup
	phases            []*model.Phase
	roles             []*model.Role
	entity            *model.Checklist // of an editor's own
	subject           *model.Entity    // of a derived list: what its search words come from
}

func hasSheets(m *model.Model) bool {
	return len(m.Checklists())+len(m.Meetings())+len(m.Tasks())+len(m.Prerequisites()) > 0
}

// checklists gives the lists that have a place to be printed from: the editors' own, and
// one for each role. A phase's and a core element's stand on their pages.
func (s scope) checklists() []checklist {
	var out []checklist
	for _, c := range visible(s, s.model.Checklists()) {
		out = append(out, s.authored(c))
	}
	for _, r := range visible(s, s.model.Roles()) {
		if c := s.drawn(s.ofRole(r)); c.points() > 1 {
			out = append(out, c)
		}
	}
	return out
}

// drawn ends a list that is drawn from data.
func (s scope) drawn(c checklist) checklist {
	for i, g := range c.groups {
		kind, _, _ := strings.Cut(g.ID, "-") // "rolle-laerer" holds what a role has
		c.groups[i].about = []string{kind}
	}
	c.mode, c.groups = s.say("tjekliste.brug.goer-bekraeft"), shorter(c.groups, s.edition)
	return c
}

// check is a list on a page of more than the list.
func (c checklist) check() Check { return Check{Mode: c.mode, Groups: c.groups} }

func (s scope) ofPhase(f *model.Phase) checklist {
	c := checklist{id: "fase-" + f.ID, title: s.phaseTitle(f), kicker: s.say("tjekliste.til-fase"),
		phases: []*model.Phase{f}, subject: &f.Entity}
	for _, r := range s.model.Roles() {
		items := s.checkTasks(func(t *model.Task) bool { return t.Role.To == r && refers(t.Phases, f) })
		for i := range items {
			if len(items[i].Meta[0].Links) == 1 {
				items[i] = underOwner(items[i])
			}
		}
		c.groups = group(c.groups, "rolle-"+r.ID, upperFirst(cmp.Or(r.Title, r.Label())), items)
	}
	c.groups = group(c.groups, openGroup, s.say("fase.ingen-naevnt"),
		s.checkTasks(func(t *model.Task) bool { return t.Role.To == nil && refers(t.Phases, f) }))
	return c
}

// openGroup holds the tasks of which the source names nobody.
const openGroup = "ingen-naevnt"

func (s scope) ofRole(r *model.Role) checklist {
	c := checklist{id: "rolle-" + r.ID, title: s.forRole("tjekliste.for-rolle", r),
		kicker: s.say("tjekliste.til-rolle"), roles: []*model.Role{r}, subject: &r.Entity}
	theirs := func(t *model.Task) bool { return t.Role.To == r || refers(t.With, r) }
	for _, f := range visible(s, s.model.Phases()) {
		c.groups = group(c.groups, "fase-"+f.ID, s.phaseTitle(f), s.checkTasks(func(t *model.Task) bool {
			return theirs(t) && s.firstPhase(t) == f
		}))
	}
	title := "rolle.loebende"
	if len(s.model.Phases()) == 0 {
		title = "rolle.opgaver"
	}
	c.groups = group(c.groups, "loebende", s.say(title), s.checkTasks(func(t *model.Task) bool {
		return theirs(t) && len(t.Phases) == 0
	}))
	return c
}

func (s scope) ofElement(k *model.CoreElement) checklist {
	var items []Item
	for _, f := range visible(s, s.model.Prerequisites()) {
		if refers(f.Elements, k) {
			items = append(items, s.checkItem(f))
		}
	}
	return checklist{id: "kerneelement-" + k.ID, title: s.say("tjekliste.for-kerneelement", "kerneelement", k.MenuLabel()),
		kicker: s.say("tjekliste.til-kerneelement"), subject: &k.Entity,
		groups: group(nil, "forudsaetninger", s.say("tjekliste.forudsaetninger"), items)}
}

// authored is an editor's own list.
func (s scope) authored(c *model.Checklist) checklist {
	out := checklist{id: c.ID, title: c.Label(), kicker: s.say("tjekliste.slags"), lede: s.text(c.Short), entity: c,
		phases: targets(c.Phases), roles: targets(c.Roles),
		mode: s.say("tjekliste.brug." + cmp.Or(string(c.Mode), "goer-bekraeft"))}
	for _, g := range c.Groups.Items {
		var items []Item
		for _, ref := range g.Items {
			if ref.To != nil && !ref.To.Base().Local.Omit {
				items = append(items, s.checkItem(ref.To))
			}
		}
		for _, pt := range g.Points.Items {
			i := s.point("punkt-"+g.ID, pt.Point)
			if i.Omitted {
				continue
			}
			i.Meta = slices.Concat(i.Meta, s.marked(s.linkFact(Who, linkOf(s, pt.Who)), &pt.Marks, "hvem"),
				s.marked(s.plainFact(When, pt.When), &pt.Marks, "hvornaar"))
			items = append(items, i)
		}
		out.groups = group(out.groups, g.ID, g.Name, items)
	}
	return out
}

// targets are what references lead to.
func targets[T any](refs []model.Ref[T]) []*T {
	var out []*T
	for _, r := range refs {
		if r.To != nil {
			out = append(out, r.To)
		}
	}
	return out
}

func (c checklist) points() int {
	n := 0
	for _, g := range c.groups {
		n += len(g.Items)
	}
	return n
}

// group adds a group when it has points.
func group(groups []CheckGroup, id, title string, items []Item) []CheckGroup {
	if len(items) == 0 {
		return groups
	}
	return append(groups, CheckGroup{ID: id, Title: title, Items: items})
}

// sheetOf is the meeting on whose sheet an editor's list stands, or nil: one about that
// meeting alone, without more to say than its points.
func (e *edition) sheetOf(c *model.Checklist) *model.Meeting {
	if len(c.Meetings) != 1 || e.described[&c.Entity] || !c.Caveat.Empty() {
		return nil
	}
	return c.Meetings[0].To
}

func sheetLink(m *model.Model, mt *model.Meeting) string {
	return m.ID + "/moeder/" + mt.ID + "-ark.html"
}

// path is the page that a checklist stands on.
func (s scope) path(c checklist) string {
	if c.entity != nil {
		return s.link(c.entity).Path
	}
	return s.model.ID + "/tjeklister/" + c.id + ".html"
}

// checklistsAbout leads to the checklists of an entity: the editor's, and its own.
func (s scope) checklistsAbout(n model.Named) []Link {
	var out []Link
	for _, c := range s.lists {
		if c.id == anchor(n.Base()) || c.entity != nil && c.about(n) {
			out = append(out, Link{Path: s.path(c), Text: c.title})
		}
	}
	return out
}

// checklistForm offers the one list that is most about an entity: its own, or
// else the first that an editor has tied to it.
func (s scope) checklistForm(n model.Named) []Form {
	lists := s.checklistsAbout(n)
	if len(lists) == 0 {
		return nil
	}
	own := s.path(checklist{id: anchor(n.Base())})
	i := max(0, slices.IndexFunc(lists, func(l Link) bool { return l.Path == own }))
	return []Form{{Name: s.say("form.tjekliste"), Link: lists[i]}}
}

// about reports whether the editor has tied the list to a phase, role or
// meeting.
func (c checklist) about(n model.Named) bool {
	switch x := n.(type) {
	case *model.Phase:
		return slices.Contains(c.phases, x)
	case *model.Role:
		return slices.Contains(c.roles, x)
	case *model.Meeting:
		return refers(c.entity.Meetings, x)
	}
	return false
}
