package book

import (
	"strings"

	"modelhaandbog/generator/model"
)

func (s scope) meetings(sec section) []*Page {
	list := s.listPage(sec, "liste-moeder")
	pages := []*Page{list}
	meetings := visible(s, s.model.Meetings())
	table := Table{Caption: s.say("moede.oversigt"), Head: s.list("moede.oversigt-hoved"), Stack: true, Class: "moeder"}
	var items []Item
	for _, mt := range meetings {
		page := s.meetingPage(sec, mt)
		sheet := s.meetingSheet(sec, mt, page)
		for _, c := range s.onSheet(mt) {
			page.Aliases = append(append(page.Aliases, c.entity.Label()), aliases(&c.entity.Entity)...)
		}
		page.Forms = []Form{{Name: s.say("form.moedeark"), Link: Link{Path: sheet.Path, Text: s.say("form.moedeark")}}}
		pages = append(pages, page, sheet, s.invitation(sec, mt, page))
		table.Rows = append(table.Rows, s.meetingRow(mt))
		items = append(items, s.linked(mt))
	}
	list.section("", "", table.filled())
	s.add(list, "moede.alle-moeder", overviewOf(items))
	return pages
}

// meetingRow says who calls a meeting, how often, and in which phases.
func (s scope) meetingRow(mt *model.Meeting) Row {
	row := Row{Head: Cell{Links: []Link{s.link(mt)}, Badges: s.rowBadges(&mt.Entity)}, Pos: mt.At.Pos(),
		Of: mt.At.Statement(), Local: mt.At.Local()}
	convener, often := Cell{Links: linkOf(s, mt.Convener)}, Cell{}
	if mt.Convener.To == nil {
		convener.Text = s.text(mt.NoConvener)
	}
	if mt.Local.Omit {
		row.Head.Badges = append(row.Head.Badges, s.localBadge("udeladt"))
	}
	for _, c := range mt.Cadences {
		if c.To != nil {
			often.Plain = joinWith(often.Plain, s.often(c.To)+inBrackets(s.cadenceNote(c.To)))
		}
	}
	if often.Plain == "" {
		often.Text = s.text(mt.When)
	}
	row.Cells = []Cell{convener, often, {Links: menuLinks(s, mt.Phases)}}
	return row
}

// meetingParts are what a meeting's page holds.
func meetingParts() []partOf[*model.Meeting] {
	return []partOf[*model.Meeting]{
		answer("emne.kort-sagt", func(s scope, mt *model.Meeting) []Block {
			return []Block{Facts{s.meetingAnswer(mt)}}
		}),
		answer("moede.dagsorden", func(s scope, mt *model.Meeting) []Block { return []Block{s.agendaList(mt, nil)} }),
		under("moede.dele", func(s scope, mt *model.Meeting) []Block { return []Block{s.meetingStages(mt)} }),
		under("moede.foer", around("foer")),
		under("moede.under", func(s scope, mt *model.Meeting) []Block {
			return []Block{List{Items: s.meetingTasks(mt, "under"), Class: "opgaver"}}
		}),
		under("moede.efter", around("efter")),
		agreed[*model.Meeting], guidance[*model.Meeting],
		under("moede.om", func(s scope, mt *model.Meeting) []Block {
			return []Block{Prose{Text: s.text(mt.Body)}, Facts{s.meetingRest(mt)}}
		}),
		under("moede.andre-planer", func(s scope, mt *model.Meeting) []Block {
			return []Block{List{Items: s.plainItems(mt.Plans)}}
		}),
		under("moede.kalender", scope.meetingCalendar),
		notes[*model.Meeting],
	}
}

func (s scope) meetingPage(sec section, mt *model.Meeting) *Page {
	page := s.entityPage(mt, sec.folder)
	page.Weight = 1
	fill(s, page, mt, meetingParts())
	page.relate(s.say("relateret.faser"), links(s, mt.Phases))
	page.relate(s.say("relateret.kerneelementer"), links(s, mt.Elements))
	page.relate(s.say("relateret.tjekliste"), s.checklistsAbout(mt))
	return page
}

// meetingStages are the parts that a meeting is held in.
func (s scope) meetingStages(mt *model.Meeting) List {
	var items []Item
	for _, x := range mt.Parts.Items {
		items = append(items, Item{ID: "del-" + x.ID, Title: Link{Text: x.Name}, Text: s.text(x.Text),
			Minutes: x.Minutes, Badges: s.facet(&model.Marks{Derived: x.Derived}, "navn"), Meta: s.partMeta(x), Pos: x.At.Pos()})
	}
	return List{Items: items, Ordered: true, Class: "dele"}
}

// around is what is to be done before a meeting, or after it.
func around(when model.Moment) func(s scope, mt *model.Meeting) []Block {
	return func(s scope, mt *model.Meeting) []Block {
		points := mt.Before
		if when == "efter" {
			points = mt.After
		}
		var consider []Fact
		if when == "foer" {
			consider = s.participants(mt, false, invited...)
		}
		items := append(s.agenda(string(when), points), s.meetingTasks(mt, when)...)
		return []Block{Facts{consider}, List{Items: items, Class: "punkter"}}
	}
}

func (s scope) meetingCalendar(mt *model.Meeting) []Block {
	c := series(mt)
	if c == nil {
		return nil
	}
	from, to, unit, _ := c.Frequency().Interval()
	return []Block{Calendar{Title: mt.Label(), Every: from, UpTo: to, Unit: string(unit), Minutes: mt.Minutes,
		Description: s.calendarText(mt), Place: s.text(mt.Place).Plain(),
		Expression: s.often(c) + inBrackets(s.cadenceNote(c)), Page: s.link(mt)}}
}

// calendarText is what a calendar's entry says of a meeting: what it is for, how often
// and who calls it, with their marks and what the marks mean.
func (s scope) calendarText(mt *model.Meeting) string {
	often := []Fact{s.cadenceFact(series(mt))}
	rows := append(often, s.convener(mt)...)
	placed, _ := s.facets(&mt.Entity)
	s.daggers(rows, placed)
	markLocal(rows, mt.At, Convener)
	saying := func(words string, local bool) string {
		if local && words != "" && !mt.At.Local() { // a meeting of its own says so in its marks
			words += inBrackets(lowerFirst(s.localBadge("lokalt").Text))
		}
		return words
	}
	purpose := s.text(mt.Purpose)
	lines := line(strings.Join(append(markTexts(s.entityBadges(&mt.Entity)), saying(purpose.Plain(), purpose.Local)), ". "))
	for _, f := range rows {
		lines = append(lines, saying(f.words(), f.Local))
	}
	lines = append(lines, line(s.text(mt.Caveat).Plain())...)
	if strings.Contains(strings.Join(lines, ""), "†") {
		lines = append(lines, s.say("maerke.forklaring.facet"))
	}
	return strings.Join(lines, "\n")
}

func (s scope) meetingTasks(mt *model.Meeting, when model.Moment) []Item {
	var out []Item
	for _, t := range visible(s, s.model.Tasks()) {
		if t.Meeting.To == mt && t.When == when {
			i := s.task(t).only(Who, SharedWith, Delegate)
			i.When = "" // it stands under the moment
			out = append(out, i)
		}
	}
	return out
}
