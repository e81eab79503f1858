package book

import (
	"slices"

	"modelhaandbog/generator/model"
)

// meetingSheet is the template that people bring to a meeting; read is the
// meeting's page.
func (s scope) meetingSheet(sec section, mt *model.Meeting, read *Page) *Page {
	page := s.page(Page{Path: sec.folder + mt.ID + "-ark.html", Kind: "moedeark", KindName: s.say("moedeark.slags"),
		Title: mt.Label(), Kicker: s.say("moedeark.slags"), Lede: s.text(mt.Short), Badges: s.entityBadges(&mt.Entity),
		Changed: s.changed(mt), Cites: s.cites(mt.Cites), Pos: mt.At.Pos(),
		Sheet: &Sheet{Type: "moede", Subtitle: s.model.Label(), Base: mt.ID + "-ark"}})
	page.about, page.derived = []string{mt.Kind}, s.ofPage(&mt.Entity)
	page.Crumbs = append(s.crumbs(), Link{Path: sec.folder + "index.html", Text: sec.title},
		Link{Path: read.Path, Text: read.Title})
	page.Forms = append([]Form{s.readForm(read.Path)}, s.forms(page, s.calendarLink(mt))...)
	page.section("", "", s.editorsOwn(&mt.Entity))
	agenda := s.agendaList(mt, s.partMeta)
	agenda.Items = notOmitted(agenda.Items)
	agreed := slices.DeleteFunc(s.agreed(mt), func(f Fact) bool { return saysFact(agenda.Items, f) })
	s.add(page, "emne.kort-sagt", Facts{append(s.meetingGlance(mt), agreed...)}, s.lines("moedeark.dato"))
	s.addContacts(page, mt.Convener.To)
	lists := s.onSheet(mt)
	for _, c := range lists {
		page.Cites = append(page.Cites, s.cites(c.entity.Cites)...)
	}
	s.sheetChecks(page, "moede.foer", mt, mt.Before, lists)
	if len(mt.Agenda.Items) == 0 {
		s.add(page, "moede.dagsorden", Lines{Label: s.say("moede.dagsorden"), Count: 6})
	} else {
		s.add(page, "moede.dagsorden", agenda)
	}
	s.add(page, "moedeark.beslutninger",
		Blank{Caption: s.say("moedeark.beslutninger-paa-moedet"), Head: s.list("moedeark.beslutninger-hoved"), Rows: 4})
	if len(mt.Plans) > 0 {
		s.add(page, "moede.andre-planer", List{Items: s.plainItems(mt.Plans)}, s.lines("moedeark.aftalt"))
	}
	s.add(page, "moede.under", s.atTheMeeting(mt, lists)...)
	s.sheetChecks(page, "moede.efter", mt, mt.After, lists)
	s.add(page, "moedeark.naeste", s.lines("moedeark.naeste-dato"),
		Box{Type: "vigtigt", Title: s.say("moedeark.journaliseres"), Plain: s.say("moedeark.journalisering")})
	page.Sections = append(page.Sections, scanned())
	return page
}

func (s scope) lines(key string) Lines { return Lines{Label: s.say(key), Count: 1} }

// onSheet are the editors' lists that stand on a meeting's sheet.
func (s scope) onSheet(mt *model.Meeting) []checklist {
	return slices.DeleteFunc(slices.Clone(s.lists), func(c checklist) bool {
		return c.entity == nil || s.sheetOf(c.entity) != mt
	})
}

// sheetChecks adds what is to be done before a meeting, or after it, as points to
// tick: what the model has, then what an editor's list has besides.
func (s scope) sheetChecks(page *Page, key string, mt *model.Meeting, points model.Keyed[model.AgendaPoint],
	lists []checklist) {
	when := model.Moment(lastPart(key))
	items := append(s.checkPoints(points), s.checkTasksOf(mt, when)...)
	for _, c := range lists {
		for _, g := range c.groups {
			if g.ID == string(when) {
				items = append(items, besides(items, g.Items)...)
			} else {
				items = besides(g.Items, items)
			}
		}
	}
	told := s.agreed(mt) // in the head
	for i := range items {
		items[i].Meta = slices.DeleteFunc(items[i].Meta, func(f Fact) bool {
			return f.Key == "aftalt" && slices.ContainsFunc(told, func(x Fact) bool { return x.Links[0] == f.Links[0] })
		})
	}
	groups := group(nil, string(when), s.say(key), items)
	s.add(page, key, Check{Title: s.say(key), Groups: groups})
}

// atTheMeeting are the points to tick before everyone leaves: the meeting's tasks, and
// the other groups of the editors' lists.
func (s scope) atTheMeeting(mt *model.Meeting, lists []checklist) []Block {
	tasks := s.checkTasksOf(mt, "under")
	out := []Block{nil}
	for _, c := range lists {
		own := Check{Title: c.title}
		for _, g := range c.groups {
			if g.ID != "foer" && g.ID != "efter" {
				tasks = besides(g.Items, tasks)
				own.Groups = append(own.Groups, g)
			}
		}
		out = append(out, Prose{Text: s.text(c.entity.Body)}, own, s.editorsOwn(&c.entity.Entity),
			s.notes(c.entity.Notes))
	}
	out[0] = Check{Groups: group(nil, "under", s.say("oplysning.under"), tasks)}
	return out
}

// besides are the items that show other statements than those that stand already.
func besides(there, items []Item) []Item {
	return slices.DeleteFunc(slices.Clone(items), func(i Item) bool {
		return slices.ContainsFunc(there, func(x Item) bool { return !x.Of.IsZero() && x.Of == i.Of })
	})
}

// saysFact reports whether a point says a fact with a link already.
func saysFact(list []Item, f Fact) bool {
	return slices.ContainsFunc(list, func(i Item) bool {
		return saysFact(i.Children, f) || slices.ContainsFunc(i.Meta, func(m Fact) bool {
			return m.Key == f.Key && slices.Equal(m.Links, f.Links)
		})
	})
}

// notOmitted drops points that the municipality has left out: they have no place on
// paper.
func notOmitted(list []Item) []Item {
	var out []Item
	for _, i := range list {
		if i.Omitted {
			continue
		}
		i.Children = notOmitted(i.Children)
		out = append(out, i)
	}
	return out
}

// scanned is the address as a code, beside the legend and the foot.
func scanned() Section { return Section{Level: 2, Blocks: []Block{QR{}}} }

// calendarLink leads to where a meeting's calendar is made, or nowhere when no
// cadence tells its days.
func (s scope) calendarLink(mt *model.Meeting) Link {
	if series(mt) == nil {
		return Link{}
	}
	return Link{Path: s.link(mt).Path, Anchor: "kalender", Text: s.say("form.kalender")}
}

// readForm leads from a sheet to what is to be read about the meeting.
func (s scope) readForm(path string) Form {
	return Form{Name: s.say("form.laes"), Link: Link{Path: path, Text: s.say("form.laes-om-moedet")}}
}

// forms are the shapes that a sheet can be had in.
func (s scope) forms(page *Page, calendar Link) []Form {
	base := page.Path[:len(page.Path)-len(".html")]
	out := []Form{
		{Name: s.say("form.print"), Link: Link{Path: page.Path, Text: s.say("form.print")}},
		{Name: s.say("form.stor-skrift"), Link: Link{Path: page.Path, Anchor: "stor", Text: s.say("form.print-stor-skrift")}},
		{Name: s.say("form.word"), Link: Link{Path: base + ".docx", Text: s.say("form.word")}, File: true},
	}
	if s.opt.PDF {
		out = append(out, Form{Name: s.say("form.pdf"), Link: Link{Path: base + ".pdf", Text: s.say("form.pdf")}, File: true})
	}
	if calendar.Set() {
		out = append(out, Form{Name: s.say("form.kalender"), Link: calendar})
	}
	return out
}
