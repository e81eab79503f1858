package book

import (
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/model"
)

// meetingSheet is the template that people bring to a meeting; read is the
// meeting's page.
func (s scope) meetingSheet(sec section, mt *model.Meeting, read *Page) *Page {
	page := s.page(Page{Path: sec.folder + mt.ID + "-ark.html", Kind: "moedeark", KindName: s.say("moedeark.slags"),
		Title: mt.Label(), Kicker: s.say("moedeark.slags"), Lede: s.text(mt.Short), Badges: s.entityBadges(&mt.Entity),
		Changed: s.changed(mt), Cites: s.cites(mt.Cites), Pos: mt.At.Pos(),
		Sheet: &Sheet{Type: "moede", Subtitle: s.model.Label(), Base: mt.ID + "-ark", Choices: []Choice{Short, Large, Minutes}}})
	page.about, page.derived = []string{mt.Kind}, s.ofPage(&mt.Entity)
	page.Crumbs = append(s.crumbs(), Link{Path: sec.folder + "index.html", Text: sec.title},
		Link{Path: read.Path, Text: read.Title})
	page.Forms = append([]Form{s.readForm(read.Path)}, s.forms(page, s.calendarLink(mt))...)
	invitations := Link{Path: sec.folder + mt.ID + "-indbydelse.html", Text: s.say("form.indbydelse")}
	page.Forms = append(page.Forms, Form{Name: invitations.Text, Link: invitations})
	lists := s.onSheet(mt)
	for _, c := range lists {
		page.Cites = append(page.Cites, s.cites(c.entity.Cites)...)
	}
	page.section("", "", s.editorsOwn(&mt.Entity))
	s.sheetAgenda(page, mt)
	s.sheetRecord(page, mt)
	s.sheetAround(page, mt, lists)
	page.Sections = append(page.Sections, scanned())
	return page
}

// sheetAgenda is the sheet's first page: who is there, and the agenda with room to write.
func (s scope) sheetAgenda(page *Page, mt *model.Meeting) {
	n := len(page.Sections)
	page.section("", "", s.lines("moedeark.dato"), s.lines("moedeark.moedeleder"), s.lines("moedeark.referent"))
	page.classify(n, "hoved-linjer")
	who := s.participants(mt, true, slices.Concat(coming, invited)...)
	for i := range who {
		who[i].Links[0].Text = withoutStar(who[i].Links[0].Text)
	}
	s.add(page, "moedeark.til-stede", Attendance{who}, s.lines("moedeark.andre"))
	if series(mt) != nil {
		n = len(page.Sections)
		s.add(page, "moedeark.siden-sidst", Lines{Label: s.say("moedeark.siden-sidst-linje"), Count: 2})
		page.classify(n, NotShort)
	}
	agenda := s.agendaList(mt, nil)
	agenda.Items = notOmitted(agenda.Items)
	if len(agenda.Items) == 0 {
		s.add(page, "moede.dagsorden", Lines{Label: s.say("moedeark.punkter"), Count: 12})
		return
	}
	n, high := extent(agenda.Items)
	giveRoom(agenda.Items, min(max((agendaHeight-len(who)*attendeeHeight-high)/(n*lineHeight), 1), 9))
	s.add(page, "moede.dagsorden", agenda)
}

// Lengths on the first page, in tenths of a millimetre: what is left for the agenda when
// nobody attends, half a row of the attendance, and a line to write on.
const agendaHeight, attendeeHeight, lineHeight = 1780, 30, 70

// extent is how many points an agenda has, and about how high their words stand.
func extent(list []Item) (n, high int) {
	for _, i := range list {
		high += 55 + 45*(len(i.Text.Plain())/90)
		if len(i.Badges)+len(i.Meta) > 0 {
			high += 35
		}
		inner, below := extent(i.Children)
		n, high = n+max(1, inner), high+below
	}
	return n, high
}

// giveRoom gives the points of an agenda lines to write on.
func giveRoom(list []Item, lines int) {
	for i := range list {
		if len(list[i].Children) > 0 {
			giveRoom(list[i].Children, lines)
		} else {
			list[i].Room = lines
		}
	}
}

// sheetRecord is the second page: what is said and decided.
func (s scope) sheetRecord(page *Page, mt *model.Meeting) {
	n := len(page.Sections)
	if s.childsOwn(mt) {
		s.add(page, "moedeark.barnets-ord", Lines{Label: s.say("moedeark.barnets-ord-linje"), Count: 5})
		page.classify(n, NotShort)
	}
	s.add(page, "moedeark.beslutninger", Blank{Caption: s.say("moedeark.beslutninger-paa-moedet"),
		Head: s.list("moedeark.beslutninger-hoved"), Rows: 9})
	page.Sections[n].Class = strings.TrimSpace(page.Sections[n].Class + " " + NewPage)
	n = len(page.Sections)
	if !mt.Sharing.Empty() {
		s.add(page, "oplysning.deling", Prose{Text: s.text(mt.Sharing)}, s.lines("moedeark.aftalt-deling"))
	}
	if len(mt.Plans) > 0 {
		s.add(page, "moede.andre-planer", List{Items: s.plainItems(mt.Plans)}, s.lines("moedeark.aftalt"))
	}
	page.classify(n, NotShort)
	s.add(page, "moedeark.naeste", s.lines("moedeark.naeste-dato"))
	n = len(page.Sections)
	filing := []Block{Box{Type: "vigtigt", Title: s.say("moedeark.journaliseres"), Plain: s.say("moedeark.journalisering")}}
	if !mt.Filing.Empty() {
		filing = []Block{Facts{s.textFact("journalisering", mt.Filing)}}
	}
	page.section("", "", append([]Block{s.lines("moedeark.gemmes")}, filing...)...)
	page.classify(n, NotShort)
}

// childsOwn reports whether a meeting is about a child, whose own words come first.
func (s scope) childsOwn(mt *model.Meeting) bool {
	return !mt.Child.Empty() || slices.ContainsFunc(mt.Participants.Items, func(x *model.Participant) bool {
		return x.Role != nil && x.Role.Ring == "barn"
	})
}

// sheetAround is what there is to know of the meeting, and to do before and after it.
func (s scope) sheetAround(page *Page, mt *model.Meeting, lists []checklist) {
	n := len(page.Sections)
	agreed := slices.DeleteFunc(s.agreed(mt), func(f Fact) bool {
		return slices.ContainsFunc(page.Sections[:n], func(x Section) bool {
			l, ok := x.Blocks[0].(List)
			return ok && saysFact(l.Items, f)
		})
	})
	s.add(page, "emne.kort-sagt", Facts{append(s.meetingGlance(mt), agreed...)})
	s.addContacts(page, mt.Convener.To)
	s.sheetChecks(page, "moede.foer", mt, mt.Before, lists)
	s.add(page, "moede.under", s.atTheMeeting(mt, lists)...)
	s.sheetChecks(page, "moede.efter", mt, mt.After, lists)
	page.classify(n, OnlyFull)
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
	out := []Form{{Name: s.say("form.print"), Link: Link{Path: page.Path, Text: s.say("form.print")}}}
	for _, c := range page.Sheet.Choices {
		if name := "form.print-" + string(c); s.words.Has(name) {
			out = append(out, Form{Name: s.say(name), Link: Link{Path: page.Path, Anchor: string(c), Text: s.say(name)}})
		}
	}
	out = append(out, Form{Name: s.say("form.stor-skrift"),
		Link: Link{Path: page.Path, Anchor: string(Large), Text: s.say("form.print-stor-skrift")}})
	file := func(key, path string) {
		out = append(out, Form{Name: s.say(key), Link: Link{Path: path, Text: s.say(key)}, File: true})
	}
	file("form.word", page.WordPath(""))
	for _, c := range page.Sheet.Choices {
		file("form.word-"+string(c), page.WordPath(c))
	}
	if s.opt.PDF {
		file("form.pdf", strings.TrimSuffix(page.Path, ".html")+".pdf")
	}
	if calendar.Set() {
		out = append(out, Form{Name: s.say("form.kalender"), Link: calendar})
	}
	return out
}

// numberSources moves the sources of a sheet's statements to its end, and leaves their
// numbers.
func (s scope) numberSources(page *Page) {
	var all []Cite
	number := func(list []Cite) string {
		var out []string
		for _, c := range list {
			n := slices.Index(all, c)
			if n < 0 {
				n = len(all)
				all = append(all, c)
			}
			out = append(out, strconv.Itoa(n+1))
		}
		return strings.Join(out, ", ")
	}
	var items func(list []Item)
	items = func(list []Item) {
		for i := range list {
			list[i].Noted, list[i].Cites = number(list[i].Cites), nil
			items(list[i].Children)
		}
	}
	for _, sec := range page.Sections {
		for _, b := range sec.Blocks {
			eachList(b, func(list []Item, _ []string) { items(list) })
			if f, ok := b.(Facts); ok {
				for i := range f.Rows {
					f.Rows[i].Noted, f.Rows[i].Cites = number(f.Rows[i].Cites), nil
				}
			}
		}
	}
	number(page.Cites)
	page.Cites = nil
	var rows []Item
	for i, c := range all {
		row := Item{Plain: c.Place}
		if i == 0 || all[i-1].Link != c.Link {
			row.Title = c.Link
		}
		rows = append(rows, row)
	}
	if len(rows) > 0 {
		list := List{Items: rows, Ordered: true, Class: SourceNumbers}
		page.Sections = slices.Insert(page.Sections, len(page.Sections)-1, Section{ID: "kilder", Level: 2,
			Title: s.say("moedeark.kilder"), Blocks: []Block{list}, Class: OnlyFull}) // before the code to scan
	}
}
