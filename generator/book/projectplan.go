package book

import (
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/model"
)

// Fill is a column of a workbook that those who use it fill in.
type Fill struct {
	Title   string
	Choices []string // from a list, and counted; nil for any words
	Day     bool     // a date
	Planned bool     // a date: the months and the weeks of the row's last two cells after the start
}

// Tabs are the page's tables that its workbook has, in order.
func (p *Page) Tabs() []Table {
	var out []Table
	for _, s := range p.Sections {
		for _, b := range s.Blocks {
			if t, ok := b.(Table); ok && t.Tab != "" {
				out = append(out, t)
			}
		}
	}
	return out
}

// WorkbookPath is where the workbook of a page's tables lies, TabPath where one of them
// lies by itself.
func (p *Page) WorkbookPath() string { return strings.TrimSuffix(p.Path, ".html") + ".xlsx" }

func (p *Page) TabPath(t Table) string {
	return strings.TrimSuffix(p.Path, ".html") + "-" + slug(t.Tab) + ".csv"
}

// projectPlanPath is where a model's plan lies.
func projectPlanPath(m *model.Model) string { return m.ID + "/projektplan.html" }

// projectPlan plans the page for those who put a model to work: what must be in place,
// who does what, and when in the year. It is nil for a model without any of it.
func (s scope) projectPlan() *Page {
	m := s.model
	page := s.page(Page{Path: projectPlanPath(m), Kind: "projektplan", KindName: s.say("projektplan.slags"),
		Title: s.say("projektplan.titel", "model", m.MenuLabel()), Kicker: m.MenuLabel(),
		menu: s.say("projektplan.slags"), Lede: s.sentence("projektplan.lede"), Changed: s.changed(m),
		Aliases: s.list("projektplan.alias"), Weight: -2})
	for _, t := range []struct {
		key   string
		table Table
	}{{"start", s.startTable()}, {"opgaver", s.taskTable()}, {"ansvar", s.ownerTable()}, {"aar", s.yearTable()}} {
		t.table.Tab = s.say("projektplan." + t.key)
		page.section(t.key, t.table.Tab, t.table)
	}
	tabs := page.Tabs()
	if len(tabs) == 0 {
		return nil
	}
	file := func(name, path string) {
		page.Forms = append(page.Forms, Form{Name: name, Link: Link{Path: path, Text: name}, File: true})
	}
	file(s.say("projektplan.regneark"), page.WorkbookPath())
	for _, t := range tabs {
		file(s.say("projektplan.csv", "ark", t.Tab), page.TabPath(t))
	}
	page.Long = len(tabs) > 2
	page.Sections = append(page.Sections, s.legend(page)...)
	return page
}

// planTable begins one of the plan's tables, with what is filled in.
func (s scope) planTable(key string, fill ...Fill) Table {
	t := s.grid("projektplan-"+key, "")
	t.Fill = fill
	return t
}

func (s scope) fillDay(key string) Fill {
	return Fill{Title: s.say("projektplan.felt." + key), Day: true}
}

func (s scope) fillWords(key string) Fill { return Fill{Title: s.say("projektplan.felt." + key)} }

func (s scope) fillState() Fill {
	return Fill{Title: s.say("projektplan.felt.status"), Choices: s.list("projektplan.status")}
}

// startTable is what must be in place, in the order of the page of prerequisites.
func (s scope) startTable() Table {
	t := s.planTable("start", s.fillState(), s.fillWords("navn"), s.fillDay("frist"), s.fillDay("paa-plads"),
		s.fillWords("note"))
	for _, level := range levels {
		for _, f := range visible(s, s.model.Prerequisites()) {
			if f.Level != level {
				continue
			}
			who := s.ofFacts(s.sponsors("hvem-sikrer", f), &f.Marks, "roller")
			t.Rows = append(t.Rows, s.planRow(&f.Entity, Cell{Links: []Link{s.link(f)}},
				Cell{Plain: s.say("forudsaetning.niveau." + string(level))}, who, Cell{Text: s.text(f.Check)}))
		}
	}
	return t.keeping(2)
}

// taskTable is all tasks with who, when and how often.
func (s scope) taskTable() Table {
	t := s.planTable("opgaver", s.fillState(), s.fillWords("navn"), s.fillDay("frist"), s.fillWords("note"))
	for _, x := range visible(s, s.model.Tasks()) {
		if x.Local.Omit {
			continue
		}
		who := s.ofFacts(s.owner(x), &x.Marks, "rolle")
		if answered(x) {
			who.Badges = append(who.Badges, s.localBadge("lokalt"))
		}
		var often Cell
		if c := x.Cadence.To; c != nil {
			often = Cell{Plain: upperFirst(s.often(c)) + inBrackets(s.cadenceNote(c)), Badges: s.facet(&x.Marks, "kadence")}
		}
		when := Cell{Links: linkOf(s, x.Meeting), Badges: s.facet(&x.Marks, "moede", "tidspunkt")}
		if x.Meeting.To != nil && x.When != "" {
			when = Cell{Plain: upperFirst(s.say("tjekliste.tidspunkt."+string(x.When), "moede",
				definite(x.Meeting.To.Label()))), Badges: when.Badges}
		}
		t.Rows = append(t.Rows, s.planRow(&x.Entity, Cell{Links: []Link{s.link(x)}}, who,
			Cell{Links: links(s, x.With), Badges: s.facet(&x.Marks, "sammen_med")},
			Cell{Links: menuLinks(s, x.Phases), Badges: s.facet(&x.Marks, "faser")}, when, often))
	}
	return t.keeping(2)
}

// ofFacts is a cell of what facts say.
func (s scope) ofFacts(facts []Fact, m *model.Marks, key string) Cell {
	var c Cell
	for _, f := range facts {
		c.Plain, c.Links = f.Plain, append(c.Links, f.Links...)
	}
	if len(c.Links) > 0 {
		c.Badges = append(c.Badges, s.facet(m, key)...)
	}
	return c
}

// planRow is a row with the marks and the sources of what it shows.
func (s scope) planRow(e *model.Entity, head Cell, cells ...Cell) Row {
	head.Badges = s.rowBadges(e)
	return Row{Head: head, Local: e.At.Local(), Pos: e.At.Pos(), Of: e.At.Statement(),
		Cells: append(cells, Cell{Cites: s.cites(e.Cites)})}
}

// ownerTable is the tasks by the roles that have them, share them or can take them over.
func (s scope) ownerTable() Table {
	t := s.planTable("ansvar")
	t.Class, t.Stack = "matrix", false
	roles := visible(s, s.model.Roles())
	for _, r := range roles {
		t.Head = append(t.Head, r.MenuLabel())
	}
	letters := s.list("projektplan.ansvar-bogstaver")
	for _, x := range visible(s, s.model.Tasks()) {
		if x.Local.Omit || x.Role.To == nil {
			continue
		}
		row := Row{Head: Cell{Links: []Link{s.link(x)}, Badges: s.rowBadges(&x.Entity)}, Local: x.At.Local(),
			Pos: x.At.Pos(), Of: x.At.Statement()}
		for _, r := range roles {
			cell := Cell{}
			switch {
			case x.Role.To == r:
				cell.Plain = letters[0]
			case refers(x.With, r):
				cell.Plain = letters[1]
			case refers(x.Delegate, r):
				cell.Plain = letters[2]
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t.filled()
}

// yearTable is what comes round in a year, as rows that a workbook gives dates: how long
// after the start. What comes more often than once a month has no dates.
func (s scope) yearTable() Table {
	t := s.planTable("aar", Fill{Title: s.say("projektplan.felt.dato"), Planned: true}, s.fillDay("holdt"),
		s.fillWords("note"))
	type coming struct {
		row  Row
		days int
	}
	var rows []coming
	add := func(x model.Named, who Cell, c *model.Cadence) {
		_, every, unit, whole := c.Frequency().Interval()
		months, weeks := 0, 0
		switch {
		case !whole || unit == "dag" || unit == "uge" && every < 4:
			return
		case unit == "uge":
			weeks = every
		default:
			months = every
		}
		for n := 0; n*months < 12 && n*weeks < 52; n++ {
			rows = append(rows, coming{Row{Head: Cell{Links: []Link{s.link(x)}},
				Local: x.Base().At.Local(), Pos: x.Base().At.Pos(), Cells: []Cell{who, {Plain: upperFirst(s.often(c)),
					Badges: s.cadenceBadges(c)}, {Plain: strconv.Itoa(n * months)}, {Plain: strconv.Itoa(n * weeks)}}},
				n*months*30 + n*weeks*7})
		}
	}
	for _, mt := range visible(s, s.model.Meetings()) {
		for _, c := range mt.Cadences {
			if c.To != nil && !mt.Local.Omit {
				add(mt, s.ofFacts(s.convener(mt), &mt.Marks, "indkalder"), c.To)
			}
		}
	}
	for _, x := range visible(s, s.model.Tasks()) {
		if x.Cadence.To != nil && !x.Local.Omit {
			add(x, s.ofFacts(s.owner(x), &x.Marks, "rolle"), x.Cadence.To)
		}
	}
	slices.SortStableFunc(rows, func(a, b coming) int { return a.days - b.days })
	for _, r := range rows {
		t.Rows = append(t.Rows, r.row)
	}
	return t
}

// keeping is a table without the columns that no row fills, but for the first few.
func (b Table) keeping(first int) Table {
	for i := len(b.Head) - 2; i >= first; i-- {
		filled := func(r Row) bool { return r.Cells[i].holds() || len(r.Cells[i].Badges)+len(r.Cells[i].Cites) > 0 }
		if slices.ContainsFunc(b.Rows, filled) {
			continue
		}
		b.Head = slices.Concat(b.Head[:i+1], b.Head[i+2:])
		for k, r := range b.Rows {
			b.Rows[k].Cells = slices.Concat(r.Cells[:i], r.Cells[i+1:])
		}
	}
	return b
}
