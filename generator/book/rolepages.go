package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/model"
)

func (p *planner) roles(s section) []*Page {
	m := p.model
	list := p.listPage(s, "liste-roller")
	pages := []*Page{list}
	var items []Item
	for _, r := range visible(p, m.Roles()) {
		tasks := visible(p, m.TasksOf(r))
		i := p.linked(r)
		if n := len(ownTasks(tasks)); n > 0 {
			i.Meta = append(i.Meta, p.fact("opgaver", Fact{Plain: plural(n, "opgave", "opgaver")}))
		}
		items = append(items, i)
		pages = append(pages, p.rolePage(s, m, r, tasks))
	}
	for _, f := range visible(p, m.Figures()) {
		if f.Type == "ringe" {
			list.section("", "", p.drawing(f))
		}
	}
	list.section("alle-roller", "Vælg din rolle", List{Items: items, Class: "oversigt"})
	return pages
}

// ownTasks are the tasks that the municipality has not left out.
func ownTasks(tasks []*model.Task) []*model.Task {
	return slices.DeleteFunc(slices.Clone(tasks), func(t *model.Task) bool { return t.Local.Omit })
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}

func (p *planner) rolePage(s section, m *model.Model, r *model.Role, tasks []*model.Task) *Page {
	page := p.add(p.entityPage(r, s.folder))
	page.Kicker = "Rolle"
	page.Aliases = append([]string{r.Label()}, page.Aliases...)
	page.menu, page.names = r.Label(), []string{r.MenuLabel()}
	page.Weight = 1
	switch {
	case r.Local.Name != "":
		page.Title = "Opgaver: " + r.Local.Name
	case len(tasks) > 0:
		page.Title = "Opgaver for " + cmp.Or(r.Title, lowerFirst(r.Name))
	}
	facts := slices.Concat(p.textFact("formaal", r.Purpose), p.statement("forankring", r.Anchoring), p.statement("ressource", r.Resource))
	for _, d := range r.Demands {
		facts = append(facts, p.statement("krav", d)...)
	}
	facts = append(facts, p.linkFact("naermeste-leder", linkOf(p, r.Leader))...)
	page.section("kort-sagt", "Kort sagt", Facts{facts})
	page.section("opgaver", "Opgaver", p.tasksByPhase(m, r, tasks)...)
	var handed []Item
	for _, t := range visible(p, m.Tasks()) {
		if slices.ContainsFunc(t.Delegate, func(x model.Ref[model.Role]) bool { return x.To == r }) && !slices.Contains(tasks, t) {
			handed = append(handed, p.task(t, true))
		}
	}
	page.section("kan-gives-videre", "Opgaver, der kan gives videre til dig", List{Items: handed, Class: "opgaver"})
	page.section("moeder", "Møder", List{Items: p.roleMeetings(m, r), Class: "oversigt"})
	var comps []Item
	for _, c := range visible(p, m.Competences()) {
		if slices.ContainsFunc(c.Roles, func(x model.Ref[model.Role]) bool { return x.To == r }) {
			i := p.item(c)
			i.ID = ""
			comps = append(comps, i)
		}
	}
	page.section("kompetencer", "Det skal du kunne og vide", List{Items: comps, Class: "liste"})
	var needs []Item
	for _, f := range visible(p, m.Prerequisites()) {
		if slices.ContainsFunc(f.Roles, func(x model.Ref[model.Role]) bool { return x.To == r }) {
			needs = append(needs, p.linked(f))
		}
	}
	page.section("forudsaetninger", "Det skal være på plads", List{Items: needs, Class: "oversigt"})
	p.closing(page, r)
	page.Forms = p.checklistForm(r)
	page.relate("Tjekliste", p.sheetLinks(r))
	return page
}

// tasksByPhase lists a role's tasks: those of each phase, then what goes on
// throughout. A task of several phases stands in the first and names them all.
func (p *planner) tasksByPhase(m *model.Model, r *model.Role, tasks []*model.Task) []Block {
	var items []Item
	add := func(title Link, keep func(*model.Task) bool) {
		var list []Item
		for _, t := range tasks {
			if !keep(t) {
				continue
			}
			x := p.task(t, false)
			if t.Role.To != r {
				x = p.task(t, true) // another role's, shared with this one
			}
			if len(t.Phases) > 1 {
				x.Meta = append([]Fact{p.fact("faser", Fact{Links: menuLinks(p, t.Phases)})}, x.Meta...)
			}
			list = append(list, x)
		}
		if len(list) > 0 {
			items = append(items, Item{Title: title, Children: list})
		}
	}
	for _, f := range visible(p, m.Phases()) {
		l := p.link(f)
		l.Text = "Fase " + itoa(f.Number) + ": " + l.Text
		add(l, func(t *model.Task) bool { return p.firstPhase(t) == f })
	}
	through := Link{Text: "Løbende"}
	if len(m.Phases()) == 0 || len(items) == 0 {
		through = Link{}
	}
	add(through, func(t *model.Task) bool { return len(t.Phases) == 0 })
	if len(items) == 1 && items[0].Title.Text == "" {
		return []Block{List{Items: items[0].Children, Class: "opgaver"}}
	}
	return []Block{List{Items: items, Class: "roller"}}
}

func (p *planner) roleMeetings(m *model.Model, r *model.Role) []Item {
	var out []Item
	for _, mt := range visible(p, m.Meetings()) {
		i := Item{Title: p.link(mt), Pos: mt.At.Pos(), Badges: badges(mt.Force, mt.Basis)}
		if mt.Convener.To == r {
			i.Meta = append(i.Meta, p.fact("du", Fact{Plain: "indkalder"}))
		} else if slices.ContainsFunc(mt.Delegate, func(x model.Ref[model.Role]) bool { return x.To == r }) {
			i.Meta = append(i.Meta, p.fact("du", Fact{Plain: "kan få uddelegeret at indkalde"}))
		}
		for _, x := range mt.Participants.Items {
			if x.Role == r && !x.Local.Omit {
				word := map[model.Mode]string{"altid": "er altid med", "boer": "bør være med", "efter aftale": "er med efter aftale", "overvejes": "overvejes som deltager"}[x.Mode]
				i.Meta = append(i.Meta, p.fact("du", Fact{Plain: word}))
				i.Text = p.text(x.Note)
			}
		}
		if len(i.Meta) > 0 {
			for _, c := range mt.Cadences {
				if c.To != nil {
					i.Meta = append(i.Meta, p.cadenceFact(c.To))
				}
			}
			out = append(out, i)
		}
	}
	return out
}

func (p *planner) meetings(s section) []*Page {
	m := p.model
	list := p.listPage(s, "liste-moeder")
	pages := []*Page{list}
	var rows []Row
	for _, mt := range visible(p, m.Meetings()) {
		page := p.meetingPage(s, m, mt)
		pages = append(pages, page)
		row := Row{Head: Cell{Links: []Link{p.link(mt)}, Badges: badges(mt.Force, mt.Basis)}, Pos: mt.At.Pos()}
		row.Cells = []Cell{{Links: linkOf(p, mt.Convener)}, {}, {Links: menuLinks(p, mt.Phases)}}
		if mt.Convener.To == nil {
			row.Cells[0].Text = p.text(mt.NoConvener)
		}
		if mt.Local.Omit {
			row.Head.Badges = append(row.Head.Badges, Badge{"lokal", "Udeladt lokalt"})
		}
		for _, c := range mt.Cadences {
			if c.To != nil {
				row.Cells[1].Plain = joinWith(row.Cells[1].Plain, c.To.Expression+inBrackets(cadenceNote(c.To)))
			}
		}
		if row.Cells[1].Plain == "" {
			row.Cells[1].Text = p.text(mt.When)
		}
		rows = append(rows, row)
	}
	head := []string{"Møde", "Indkalder", "Hvor tit", "Fase"}
	if len(m.Phases()) == 0 {
		head = head[:3]
		for i := range rows {
			rows[i].Cells = rows[i].Cells[:2]
		}
	}
	list.section("", "", Table{Caption: "Møderne, hvem der indkalder, og hvor tit de holdes", Head: head, Rows: rows, Stack: true, Class: "moeder"})
	var items []Item
	for _, mt := range visible(p, m.Meetings()) {
		items = append(items, p.linked(mt))
	}
	list.section("alle-moeder", "Hvad møderne er til", List{Items: items, Class: "oversigt"})
	return pages
}

func joinWith(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// meetingGlance is what a meeting is at a glance, on its page and its sheet.
func (p *planner) meetingGlance(mt *model.Meeting) []Fact {
	facts := p.textFact("formaal", mt.Purpose)
	for _, c := range mt.Cadences {
		if c.To != nil {
			facts = append(facts, p.cadenceFact(c.To))
		}
	}
	var noConvener []Fact
	if mt.Convener.To == nil {
		noConvener = p.textFact(Convener, mt.NoConvener)
	}
	facts = slices.Concat(facts, p.textFact(When, mt.When), p.linkFact(Convener, linkOf(p, mt.Convener)),
		noConvener, p.linkFact(Delegate, links(p, mt.Delegate)), p.participants(mt), p.textFact("barnet", mt.Child))
	if mt.Minutes > 0 {
		facts = append(facts, p.fact("varighed", Fact{Plain: itoa(mt.Minutes) + " minutter", Local: mt.At.Key("varighed").Local()}))
	}
	facts = slices.Concat(facts, p.textFact("sted", mt.Place), p.linkFact("faser", links(p, mt.Phases)))
	markLocal(facts, mt.At, Convener)
	return facts
}

func (p *planner) meetingPage(s section, m *model.Model, mt *model.Meeting) *Page {
	page := p.add(p.entityPage(mt, s.folder))
	page.Weight = 1
	page.section("kort-sagt", "Kort sagt", Facts{p.meetingGlance(mt)})
	var parts []Item
	for _, x := range mt.Parts.Items {
		parts = append(parts, Item{ID: "del-" + x.ID, Title: Link{Text: x.Name}, Text: p.text(x.Text), Minutes: x.Minutes, Meta: p.partMeta(x), Pos: x.At.Pos()})
	}
	page.section("dele", "Mødets dele", List{Items: parts, Ordered: true, Class: "dele"})
	page.section("foer", "Før mødet", List{Items: append(p.agenda("foer", mt.Before), p.meetingTasks(m, mt, "foer")...), Class: "punkter"})
	page.section("dagsorden", "Dagsorden", p.agendaBlocks(mt, nil)...)
	page.section("under", "Under mødet", List{Items: p.meetingTasks(m, mt, "under"), Class: "opgaver"})
	page.section("efter", "Efter mødet", List{Items: append(p.agenda("efter", mt.After), p.meetingTasks(m, mt, "efter")...), Class: "punkter"})
	page.section("andre-planer", "Broen til andre planer", List{Items: p.plainItems(mt.Plans)})
	p.closing(page, mt)
	if c := series(mt); c != nil {
		page.section("kalender", "Læg møderne i din kalender", Calendar{Title: mt.Label(), Every: c.Every, UpTo: c.UpTo, Unit: string(c.Unit), Minutes: mt.Minutes,
			Description: plain(p.text(mt.Purpose)), Place: plain(p.text(mt.Place)), Expression: c.Expression, Page: p.link(mt)})
	}
	sheet := p.meetingSheet(s, m, mt, page)
	page.Forms = append(p.checklistForm(mt), sheet.Forms[1:]...) // all but the page itself
	page.relate("Faser", links(p, mt.Phases))
	page.relate("Kerneelementer", links(p, mt.Elements))
	page.relate("Tjekliste", p.sheetLinks(mt))
	return page
}

// partMeta says who is there in a part of a meeting, and which phase it belongs to.
func (p *planner) partMeta(x *model.MeetingPart) []Fact {
	return slices.Concat(p.linkFact("med", links(p, x.Who)), p.linkFact("fase", linkOf(p, x.Phase)))
}

// series is the first of a meeting's cadences that tells its days, or nil.
func series(mt *model.Meeting) *model.Cadence {
	for _, c := range mt.Cadences {
		if c.To != nil && c.To.Every > 0 && c.To.Unit != "aar" {
			return c.To
		}
	}
	return nil
}

// agendaBlocks shows the agenda part by part when points are tied to parts. about
// is what stands under a part's name; it may be nil.
func (p *planner) agendaBlocks(mt *model.Meeting, about func(*model.MeetingPart) []Fact) []Block {
	points := p.agenda("dagsorden", mt.Agenda)
	if !slices.ContainsFunc(mt.Agenda.Items, func(a *model.AgendaPoint) bool { return a.Part != "" }) {
		return []Block{List{Items: points, Ordered: true, Class: "dagsorden"}}
	}
	var items []Item
	add := func(id string, part Item) {
		for i, a := range mt.Agenda.Items {
			if a.Part == id {
				part.Children = append(part.Children, points[i])
			}
		}
		if len(part.Children) > 0 {
			items = append(items, part)
		}
	}
	for _, x := range mt.Parts.Items {
		part := Item{Title: Link{Text: x.Name}, Minutes: x.Minutes}
		if about != nil {
			part.Meta = about(x)
		}
		add(x.ID, part)
	}
	add("", Item{Title: Link{Text: "Hele mødet"}})
	return []Block{List{Items: items, Class: "dagsorden-dele"}}
}

func (p *planner) meetingTasks(m *model.Model, mt *model.Meeting, when model.Moment) []Item {
	var out []Item
	for _, t := range visible(p, m.Tasks()) {
		if t.Meeting.To == mt && t.When == when {
			out = append(out, p.task(t, true).only(Who, Delegate))
		}
	}
	return out
}

func (p *planner) cadences(s section) []*Page {
	page := p.listPage(s, "liste-kadencer")
	for _, g := range []struct {
		force     model.Force
		id, title string
	}{{"krav", "krav", "Krav i modellen"}, {"anbefaling", "anbefaling", "Anbefalet"}, {"eksempel", "eksempel", "Eksempler fra kommuner – ikke krav"}, {"", "andet", "Andet"}} {
		var rows []Row
		for _, c := range visible(p, p.model.Cadences()) {
			if c.Force != g.force {
				continue
			}
			var used []Link
			for _, mt := range visible(p, p.model.Meetings()) {
				if slices.ContainsFunc(mt.Cadences, func(r model.Ref[model.Cadence]) bool { return r.To == c }) {
					used = append(used, p.link(mt))
				}
			}
			for _, t := range visible(p, p.model.Tasks()) {
				if t.Cadence.To == c {
					used = append(used, p.link(t))
				}
			}
			marks := badges("", c.Basis) // the heading says the force
			if localCadence(c) {
				marks = cadenceBadges(c)
			}
			rows = append(rows, Row{Head: Cell{Plain: c.Label(), Text: Text{}}, ID: anchor(&c.Entity), Local: localCadence(c), Pos: c.At.Pos(),
				Cells: []Cell{{Plain: upperFirst(c.Expression), Badges: marks}, {Links: used, Text: p.text(c.Body)}, {Cites: p.cites(c.Cites)}}})
		}
		page.section(g.id, g.title, Table{Caption: g.title, Head: []string{"Hvad", "Hvor tit", "Gælder", "Kilde"}, Rows: rows, Stack: true})
		var notes []Text
		for _, c := range visible(p, p.model.Cadences()) {
			if c.Force == g.force {
				notes = append(notes, p.textList(c.Notes)...)
			}
		}
		if len(notes) > 0 && len(rows) > 0 {
			last := &page.Sections[len(page.Sections)-1]
			last.Blocks = append(last.Blocks, Box{Type: "note", Title: "Redaktionens noter", Texts: notes})
		}
	}
	if year := p.yearDrawing(p.model); year != nil {
		page.section("aarshjul", "Årshjul", *year)
	}
	return []*Page{page}
}

func (p *planner) agreements(s section) []*Page {
	page := p.listPage(s, "liste-aftaler")
	var open, done []Item
	for _, a := range visible(p, p.model.Agreements()) {
		i := p.agreement(a)
		if a.Answer.Empty() {
			open = append(open, i)
		} else {
			done = append(done, i)
		}
	}
	title := "Det skal kommunen tage stilling til"
	if p.b.Slug != "" && len(done) > 0 {
		title = "Mangler at blive aftalt"
	}
	page.section("aftalt", "Aftalt i "+p.b.Name, List{Items: done, Class: "aftaler"})
	page.section("aabne", title, List{Items: open, Class: "aftaler"})
	return []*Page{page}
}

func (p *planner) agreement(a *model.Agreement) Item {
	i := p.item(a)
	i.Text = p.text(a.Question)
	if !a.Body.Empty() {
		i.More = append(i.More, p.text(a.Body))
	}
	for _, c := range a.Concerns {
		if c.To != nil {
			l := p.lookupLink(c)
			i.Meta = append(i.Meta, p.fact("gaelder", Fact{Links: []Link{l}}))
		}
	}
	if !a.Answer.Empty() {
		i.Local = true
		i.Meta = append([]Fact{p.fact("svar", Fact{Text: p.text(a.Answer), Local: true})}, i.Meta...)
	}
	return i
}

// lookupLink follows a free reference in this edition, where the entity may
// have a local name that the national one lacks.
func (p *planner) lookupLink(r model.AnyRef) Link {
	if n := p.h.Lookup(p.model, r.Model, r.Kind, r.ID); n != nil {
		return p.link(n)
	}
	if r.To != nil {
		return Link{Text: r.To.Base().Label()}
	}
	return Link{Text: r.ID}
}

var levels = []struct {
	level     model.Level
	id, title string
}{{"organisatorisk", "organisatorisk", "I organisationen"}, {"ledelse", "ledelse", "I ledelsen"}, {"strategisk", "strategisk", "Strategisk"}, {"princip", "princip", "For principperne"},
	{"kerneelement", "kerneelement", "For kerneelementerne"}, {"omraade", "omraade", "På områderne"}, {"erfaring", "erfaring", "Erfaringer med at komme i gang"}}

func (p *planner) prerequisites(s section) []*Page {
	m := p.model
	list := p.listPage(s, "liste-forudsaetninger")
	pages := []*Page{list}
	for _, l := range levels {
		var items []Item
		for _, f := range visible(p, m.Prerequisites()) {
			if f.Level != l.level {
				continue
			}
			i := p.linked(f)
			if len(f.Elements) > 0 {
				i.Meta = append(i.Meta, p.fact("kerneelement", Fact{Links: menuLinks(p, f.Elements)}))
			}
			items = append(items, i)
			page := p.add(p.entityPage(f, s.folder))
			facts := slices.Concat(p.linkFact("kerneelementer", links(p, f.Elements)), p.linkFact("omraader", links(p, f.Areas)), p.linkFact("hvem-sikrer", links(p, f.Roles)), p.linkFact("aftale", linkOf(p, f.Agreement)))
			page.section("indebaerer", "Det indebærer", List{Items: p.plainItems(f.Points)})
			page.section("gaelder", "Gælder for", Facts{facts})
			if !f.Check.Empty() {
				page.section("tjek", "Er det på plads?", Box{Type: "tjek", Texts: []Text{p.text(f.Check)}})
			}
			p.closing(page, f)
			pages = append(pages, page)
		}
		list.section(l.id, l.title, List{Items: items, Class: "oversigt"})
	}
	return pages
}

var competenceTypes = []struct{ typ, title string }{{"uddannelse", "Uddannelse"}, {"relation", "Relationer"}, {"kommunikation", "Kommunikation"}, {"vejledning", "Vejledning"}, {"viden", "Viden"}, {"lov", "Lovgivning"}}

// competences shows which role must have which competence; some are shared.
func (p *planner) competences(s section) []*Page {
	m := p.model
	page := p.listPage(s, "liste-kompetencer")
	var roles []*model.Role
	for _, r := range visible(p, m.Roles()) {
		if slices.ContainsFunc(visible(p, m.Competences()), func(c *model.Competence) bool {
			return slices.ContainsFunc(c.Roles, func(x model.Ref[model.Role]) bool { return x.To == r })
		}) {
			roles = append(roles, r)
		}
	}
	table := Table{Caption: "Hvem skal kunne hvad", Head: []string{"Kompetence"}, Class: "matrix"}
	for _, r := range roles {
		table.Head = append(table.Head, r.MenuLabel())
	}
	for _, c := range visible(p, m.Competences()) {
		row := Row{Head: Cell{Links: []Link{p.link(c)}}}
		for _, r := range roles {
			row.Cells = append(row.Cells, dot(slices.ContainsFunc(c.Roles, func(x model.Ref[model.Role]) bool { return x.To == r })))
		}
		table.Rows = append(table.Rows, row)
	}
	page.section("hvem", "Hvem skal kunne hvad", table)
	for _, t := range competenceTypes {
		var items []Item
		for _, c := range visible(p, m.Competences()) {
			if string(c.Type) == t.typ {
				i := p.item(c)
				i.Meta = append(i.Meta, p.fact("roller", Fact{Links: links(p, c.Roles)}))
				items = append(items, i)
			}
		}
		page.section(t.typ, t.title, List{Items: items, Class: "liste"})
	}
	return []*Page{page}
}
