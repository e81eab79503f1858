package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/model"
)

// checklistPages plans the page of all sheets, and each checklist's page.
func (s scope) checklistPages(sec section) []*Page {
	list := s.listPage(sec, "liste-tjeklister")
	list.Weight = 1
	list.Aliases = s.list("tjekliste.alias")
	pages := []*Page{list}
	byPhase, byRole := map[*model.Phase][]Link{}, map[*model.Role][]Link{}
	note := func(l Link, phases []*model.Phase, roles []*model.Role) {
		for _, f := range phases {
			byPhase[f] = append(byPhase[f], l)
		}
		for _, r := range roles {
			byRole[r] = append(byRole[r], l)
		}
	}
	var all, templates, packs []Card
	for _, c := range s.lists {
		if c.entity != nil && s.sheetOf(c.entity) != nil {
			continue
		}
		page := s.checklistPage(c)
		pages = append(pages, page)
		l := Link{Path: page.Path, Text: c.title}
		all = append(all, Card{Link: l, Kicker: c.kicker, Plain: s.count("punkt", c.points())})
		note(l, c.phases, c.roles)
	}
	for _, mt := range visible(s, s.model.Meetings()) {
		if mt.Local.Omit {
			continue
		}
		l := Link{Path: sheetLink(s.model, mt), Text: mt.Label()}
		templates = append(templates, Card{Link: l, Kicker: s.say("moedeark.slags"), Badges: s.entityBadges(&mt.Entity)})
		l.Text = s.say("moedeark.for", "moede", mt.Label())
		note(l, targets(mt.Phases), targets([]model.Ref[model.Role]{mt.Convener}))
	}
	s.add(list, "tjekliste.skabeloner", Cards{templates})
	s.add(list, "tjekliste.tjeklister", Cards{all})
	var phases, roles []Item
	for _, f := range visible(s, s.model.Phases()) {
		if ls := byPhase[f]; len(ls) > 0 {
			phases = append(phases, Item{Title: Link{Text: s.phaseTitle(f)}, Meta: s.linkFact("", ls)})
		}
	}
	for _, r := range visible(s, s.model.Roles()) {
		if ls := byRole[r]; len(ls) > 0 {
			roles = append(roles, Item{Title: Link{Text: r.Label()}, Meta: s.linkFact("", ls)})
		}
	}
	s.add(list, "tjekliste.efter-fase", List{Items: phases, Class: "ark"})
	s.add(list, "tjekliste.efter-rolle", List{Items: roles, Class: "ark"})
	for _, pk := range visible(s, s.h.Packs()) {
		if slices.ContainsFunc(pk.Sheets, func(r model.AnyRef) bool { return r.Model == s.model.ID }) {
			packs = append(packs, Card{Link: s.link(pk), Plain: pk.Short.Value})
		}
	}
	s.add(list, "tjekliste.pakker", Cards{packs})
	list.Long = true
	return pages
}

func (s scope) checklistPage(c checklist) *Page {
	page := s.page(Page{Path: s.path(c), Kind: "tjekliste", KindName: s.say("tjekliste.slags"), Title: c.title,
		menu: c.title, Kicker: c.kicker, Lede: c.lede, Changed: s.changed(s.model),
		Sheet: &Sheet{Type: "tjekliste", Subtitle: s.model.Label(), Base: c.id}})
	if e := c.entity; e != nil {
		page.Pos, page.Cites, page.Aliases = e.At.Pos(), s.cites(e.Cites), aliases(&e.Entity)
		page.Badges = s.entityBadges(&e.Entity)
		if len(e.Meetings) > 0 {
			page.about = []string{"moede"}
		}
		if e.Core || e.Basis == model.Inferred {
			page.Badges = s.badges("", e.Basis)
		}
	} else {
		page.Weight, page.about = -2, []string{c.subject.Kind}
		page.Lede = s.derivedLede(c)
		page.Topics = append([]string{c.subject.Name}, aliases(c.subject)...)
	}
	page.Forms = s.checklistForms(page, c)
	if c.entity != nil {
		page.section("", "", s.editorsOwn(&c.entity.Entity))
		page.section("", "", Prose{Text: s.text(c.entity.Body)})
	}
	page.section("tjekliste", "", Check{Title: c.title, Mode: c.mode, Groups: c.groups})
	s.addContacts(page, c.roles...)
	if c.entity != nil {
		closing(s, page, c.entity)
	}
	page.Sections = append(page.Sections, scanned())
	page.Long = false
	var related []Link
	for _, f := range visible(s, c.phases) {
		related = append(related, s.link(f))
	}
	for _, r := range visible(s, c.roles) {
		related = append(related, s.link(r))
	}
	page.relate(s.say("relateret.hoerer-til"), related)
	return page
}

// derivedLede says what a list drawn from data is made of.
func (s scope) derivedLede(c checklist) Text {
	return s.sentence("tjekliste.samlet-af", "indhold", s.count("punkt", c.points()), "slags", s.madeOf(c))
}

// madeOf names the kinds of things that a list is drawn from: "opgaver og
// forudsætninger".
func (s scope) madeOf(c checklist) string {
	var kinds []string
	for _, g := range c.groups {
		for _, i := range g.Items {
			if kind := s.say("tjekliste.slags-af." + cmp.Or(i.kind, "punkt")); !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	return s.and(kinds)
}

// checklistForms are a checklist's forms; one for a meeting also leads to what
// is to be read about the meeting, and to its calendar.
func (s scope) checklistForms(page *Page, c checklist) []Form {
	var mt *model.Meeting
	if c.entity != nil && len(c.entity.Meetings) == 1 {
		mt = c.entity.Meetings[0].To
	}
	if mt == nil || mt.Local.Omit {
		return s.forms(page, Link{})
	}
	return append([]Form{s.readForm(s.link(mt).Path)}, s.forms(page, s.calendarLink(mt))...)
}
