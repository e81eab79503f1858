package book

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
)

func stairsTitle(m *model.Model) string {
	for _, f := range m.Figures() {
		if f.Type == "trappe" {
			return f.Label()
		}
	}
	return "Trin"
}

// areasTitle names the areas by what the author calls them.
func areasTitle(m *model.Model) string {
	if len(m.Areas()) == 1 && m.Areas()[0].Type == m.Areas()[0].Label() {
		return "Områder" // two pages of the same name can't be told apart
	}
	var types []string
	for _, a := range m.Areas() {
		if a.Type != "" && !slices.Contains(types, a.Type) {
			types = append(types, a.Type)
		}
	}
	switch len(types) {
	case 0:
		return "Områder"
	case 1:
		return types[0]
	}
	return strings.Join(types[:len(types)-1], ", ") + " og " + lowerFirst(types[len(types)-1])
}

func lowerFirst(s string) string {
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// modelPages plans one model: its overview, its sections, and what is seen
// across them.
func (p *planner) modelPages(m *model.Model) {
	overview := p.overview(m)
	nav := NavItem{Link: Link{Path: overview.Path, Text: m.MenuLabel()}, Model: m.ID}
	first := len(p.b.Pages)
	groups := groups(m)
	planned := p.sections(m, groups)
	for _, g := range groups {
		item := NavItem{ID: g.id, Link: Link{Text: g.title}, Model: m.ID}
		for _, s := range g.sections {
			pages := planned[s.folder]
			if pages == nil {
				continue
			}
			if len(pages) == 1 && len(pages[0].Sections) == 0 {
				p.drop(pages[0])
				continue
			}
			entry := NavItem{Link: Link{Path: pages[0].Path, Text: s.title}, Model: m.ID}
			for i, page := range pages {
				page.Section = pages[0].Path
				page.Crumbs = p.crumbs(m, pages[0], page, s.title)
				if i == 0 {
					continue
				}
				if page.Sheet == nil || strings.Contains(page.Path, "/tjeklister/") {
					p.neighbours(pages, i)
				}
				if page.Sheet == nil {
					entry.Children = append(entry.Children, NavItem{Link: Link{Path: page.Path, Text: cmp.Or(page.menu, page.Title)}, Model: m.ID})
				}
			}
			item.Children = append(item.Children, entry)
		}
		if len(item.Children) > 0 {
			nav.Children = append(nav.Children, item)
		}
	}
	p.overviewSections(m, overview, nav)
	across := NavItem{Link: Link{Text: "Overblik"}, Model: m.ID}
	for _, page := range []*Page{p.matrices(m), p.whole(m, first)} {
		if page == nil {
			continue
		}
		page.Crumbs = []Link{{Path: "index.html", Text: "Forside"}, {Path: overview.Path, Text: m.MenuLabel()}}
		across.Children = append(across.Children, NavItem{Link: Link{Path: page.Path, Text: page.KindName}, Model: m.ID})
	}
	nav.Children = append(nav.Children, across)
	p.b.Nav = append(p.b.Nav, nav)
}

// sections plans the pages of each section that the model has, by its folder:
// what they hold depends on the model, never on another section's pages.
func (p *planner) sections(m *model.Model, groups []group) map[string][]*Page {
	p.lists() // once for all of them
	var there []section
	for _, g := range groups {
		for _, s := range g.sections {
			if s.has(m) {
				there = append(there, s)
			}
		}
	}
	pages := make([][]*Page, len(there))
	p.beside(len(there), func(part *planner, i int) {
		s := there[i]
		s.folder = m.ID + "/" + s.folder + "/"
		pages[i] = s.design.build(part, s)
	})
	planned := map[string][]*Page{}
	for i, s := range there {
		planned[s.folder] = pages[i]
	}
	return planned
}

// drop takes a page out again that turned out to have nothing on it: all it
// would list is a draft, or too little for a sheet.
func (p *planner) drop(page *Page) {
	if p.b.byPath[page.Path] == page {
		delete(p.b.byPath, page.Path)
		p.b.Pages = slices.DeleteFunc(p.b.Pages, func(x *Page) bool { return x == page })
	}
}

func (p *planner) crumbs(m *model.Model, list, page *Page, title string) []Link {
	out := []Link{{Path: "index.html", Text: "Forside"}, {Path: m.ID + "/index.html", Text: m.MenuLabel()}}
	if page != list {
		out = append(out, Link{Path: list.Path, Text: title})
	}
	return out
}

// neighbours ties a page to the one before and after it in its section.
func (p *planner) neighbours(pages []*Page, i int) {
	if i > 1 {
		pages[i].Prev = Link{Path: pages[i-1].Path, Text: pages[i-1].Title}
		pages[i-1].Next = Link{Path: pages[i].Path, Text: pages[i].Title}
	}
}

// listPage makes a section's own page.
func (p *planner) listPage(s section, kind string) *Page {
	return p.add(&Page{Path: s.folder + "index.html", Kind: kind, KindName: "Oversigt", Title: s.title, Kicker: p.model.MenuLabel(),
		Lede: p.constant(s.lede), Summary: s.lede, Changed: p.changed(p.model), Weight: -1})
}

// entityPage makes the page of one entity with what all kinds have in common.
func (p *planner) entityPage(n model.Named, folder string) *Page {
	e := n.Base()
	k := model.Schema().Kind(e.Kind)
	page := &Page{Path: folder + e.ID + ".html", Kind: e.Kind, KindName: upperFirst(k.One), Title: e.Label(), menu: e.MenuLabel(), Kicker: upperFirst(k.One),
		Lede: p.text(e.Short), Badges: entityBadges(e), Aliases: aliases(e), Cites: p.cites(e.Cites), Changed: p.changed(n), Pos: e.At.Pos()}
	if e.Local.Name != "" {
		page.Badges = append(page.Badges, Badge{"lokal", "Lokalt navn"})
		page.section("", "", Box{Type: "lokalt", Title: "Lokalt navn", Plain: "I den nationale udgave hedder det: " + e.Name + "."})
	}
	if e.Local.Omit {
		page.Badges = append(page.Badges, Badge{"lokal", "Udeladt lokalt"})
		page.section("", "", Box{Type: "lokalt", Title: p.b.Name + " har udeladt dette", Texts: []Text{p.text(e.Local.Reason)}})
	}
	if e.Basis == model.NamedOnly {
		page.section("", "", Box{Type: "naevnt", Title: "Nævnt, men ikke beskrevet", Plain: "Kilden nævner dette, men beskriver det ikke. Derfor er siden kort."})
	}
	if body := p.text(e.Body); !body.Empty() {
		page.section("", "", Prose{Text: body})
	}
	if !e.Caveat.Empty() {
		page.section("", "", Box{Type: "forbehold", Title: "Forbehold", Texts: []Text{p.text(e.Caveat)}})
	}
	return page
}

// ownPractice is the section with a municipality's own guidance.
func (p *planner) ownPractice(g Text) Section {
	return Section{ID: "saadan-goer-vi", Title: "Sådan gør vi i " + p.b.Name, Level: 2, Local: true, Blocks: []Block{Prose{Text: g, Shift: 1, Prefix: "lokal-"}}, Pos: g.Pos}
}

// closing adds what every entity's page ends with: guidance, local practice,
// notes and laws.
func (p *planner) closing(page *Page, n model.Named) {
	e := n.Base()
	if g := p.guideFor(e); !g.Empty() {
		page.section("vejledning", "Vejledning", Prose{Text: g, Shift: 1})
	}
	if g := p.localGuideFor(e); !g.Empty() {
		page.Sections = append(page.Sections, p.ownPractice(g))
	}
	var notes []Block
	if len(e.Notes) > 0 {
		notes = append(notes, Box{Type: "note", Title: "Redaktionens noter", Texts: p.textList(e.Notes)})
	}
	var laws []Link
	for _, l := range e.Laws {
		if l.To != nil {
			laws = append(laws, p.link(l.To))
		}
	}
	if len(laws) > 0 {
		notes = append(notes, Facts{Rows: []Fact{p.fact("love", Fact{Links: laws})}})
	}
	if len(notes) > 0 {
		page.section("noter", "Noter", notes...)
	}
	page.Long = len(page.Sections) > 3
}

func aliases(e *model.Entity) []string {
	out := slices.Clone(e.Alias)
	if e.Menu != "" && e.Menu != e.Name {
		out = append([]string{e.Menu}, out...)
	}
	if e.Local.Name != "" {
		out = append([]string{e.Name}, out...)
	}
	return out
}

// changed tells which edition last changed an entity, or its whole model.
func (p *planner) changed(n model.Named) string {
	e := n.Base()
	id := ""
	if e.Model != nil {
		id = e.Model.ID
	}
	for i, ed := range p.h.Editions() {
		for _, c := range ed.Changes.Items {
			about := len(c.Refs) == 0 && (c.Model == "" || c.Model == id)
			for _, r := range c.Refs {
				about = about || r.To != nil && r.Kind == e.Kind && r.ID == e.ID && (r.Model == "" || r.Model == id)
			}
			if about || i == len(p.h.Editions())-1 {
				return "Udgave " + ed.Number + ", " + DanishDate(ed.Date)
			}
		}
	}
	if n := len(p.h.Editions()); n > 0 {
		ed := p.h.Editions()[n-1]
		return "Udgave " + ed.Number + ", " + DanishDate(ed.Date)
	}
	return ""
}

// overview starts a model's front page; overviewSections ends it, when the
// sections are known.
func (p *planner) overview(m *model.Model) *Page {
	page := p.add(&Page{Path: m.ID + "/index.html", Kind: "model", KindName: "Model", Title: m.Title, menu: m.MenuLabel(), Kicker: modelTypes[m.Type],
		Lede: p.text(m.Short), Aliases: aliases(&m.Entity), Topics: append([]string{"formål"}, m.Topics...), Cites: p.cites(m.Cites), Changed: p.changed(m), Pos: m.At.Pos(), Weight: 3})
	page.Crumbs = []Link{{Path: "index.html", Text: "Forside"}}
	page.Section = page.Path
	return page
}

var modelTypes = map[model.ModelType]string{"indsatsmodel": "Indsatsmodel", "projekt": "Projekt", "omlaegningskoncept": "Omlægningskoncept", "samarbejdsmodel": "Samarbejdsmodel"}
var modelStates = map[model.State]string{"afsluttet": "Afsluttet", "igangvaerende": "Igangværende", "koncept": "Koncept"}

func (p *planner) overviewSections(m *model.Model, page *Page, nav NavItem) {
	if !m.Body.Empty() {
		page.section("", "", Prose{Text: p.text(m.Body)})
	}
	var aims []Item
	for _, t := range m.Aims {
		x := p.text(t)
		aims = append(aims, Item{Text: x, Local: x.Local, Pos: x.Pos})
	}
	// Those who come with a task are sent on before the model is explained.
	p.groupCards(page, nav.Children, func(id string) bool { return id == doing })
	page.section("formaal", "Formål", List{Items: aims, Class: "formaal"})
	for _, f := range visible(p, m.Figures()) {
		if f.Type == "cirkel" || f.Type == "trappe" {
			page.section("figur-"+f.ID, f.Label(), p.drawing(f))
		}
	}
	p.groupCards(page, nav.Children, func(id string) bool { return id != doing })
	if g := p.guideFor(&m.Entity); !g.Empty() {
		page.section("vejledning", "Om modellen", Prose{Text: g, Shift: 1})
	}
	if g := p.localGuideFor(&m.Entity); !g.Empty() {
		page.Sections = append(page.Sections, p.ownPractice(g))
	}
	if len(m.Caveats) > 0 || len(m.Notes) > 0 {
		var boxes []Block
		if len(m.Caveats) > 0 {
			boxes = append(boxes, Box{Type: "forbehold", Title: "Forbehold", Texts: p.textList(m.Caveats)})
		}
		if len(m.Notes) > 0 {
			boxes = append(boxes, Box{Type: "note", Title: "Redaktionens noter", Texts: p.textList(m.Notes)})
		}
		page.section("forbehold", "Forbehold og noter", boxes...)
	}
	page.section("fakta", "Om modellen som kilde", Facts{p.modelFacts(m)})
	page.Long = true
}

// groupCards leads on to the sections of a model, in the groups that are wanted
// here.
func (p *planner) groupCards(page *Page, groups []NavItem, wanted func(id string) bool) {
	for _, g := range groups {
		var cards []Card
		for _, item := range g.Children {
			if list := p.b.byPath[item.Link.Path]; list != nil && wanted(g.ID) {
				cards = append(cards, Card{Link: item.Link, Plain: list.Summary})
			}
		}
		page.section("gruppe-"+g.ID, g.Link.Text, Cards{cards})
	}
}

func (p *planner) modelFacts(m *model.Model) []Fact {
	rows := slices.Concat(
		p.plainFact("titel", strings.Trim(m.Title+" – "+m.Subtitle, " –")),
		p.plainFact("slags", modelTypes[m.Type]), p.plainFact("status", modelStates[m.State]),
		p.plainFact("periode", strings.TrimSpace(period(m.Period.From, m.Period.To)+noteIn(m.Period.Note))),
		p.textFact("enhed", m.Unit),
		p.plainFact("udgiver", m.Publisher), p.plainFact("udgivet", m.Published), p.plainFact("isbn", m.ISBN),
		p.plainFact("emneord", strings.Join(m.Topics, " · ")),
	)
	var actors []Link
	for _, a := range p.h.Actors() {
		if slices.ContainsFunc(a.PerModel.Items, func(x *model.Involvement) bool { return x.ID == m.ID }) {
			actors = append(actors, p.link(a))
		}
	}
	rows = append(rows, p.linkFact("aktoerer", actors)...)
	return slices.Concat(rows, p.plainFact("ejer", m.Owner), p.plainFact("gennemgaas", DanishDate(m.Review)))
}

func noteIn(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

func (p *planner) principles(s section) []*Page {
	list := p.listPage(s, "liste-principper")
	pages := []*Page{list}
	principles := visible(p, p.model.Principles())
	general := 0 // those of the whole model
	for _, pr := range principles {
		if pr.Element.To == nil {
			general++
		}
	}
	var items []Item
	for _, pr := range principles {
		items = append(items, p.linked(pr))
		page := p.add(p.entityPage(pr, s.folder))
		if pr.Number > 0 && pr.Element.To == nil {
			page.number("Princip", pr.Number, general)
		}
		page.section("begrundelse", "Derfor", List{Items: p.plainItems(pr.Reasons)})
		page.section("spoergsmaal", "Spørgsmål til din praksis", List{Items: p.plainItems(pr.Questions)})
		page.relate("Kerneelement", linkOf(p, pr.Element))
		p.closing(page, pr)
		page.relate("Her viser princippet sig", p.mentionedBy(pr))
		pages = append(pages, page)
	}
	list.section("", "", List{Items: items, Ordered: true, Class: "oversigt"})
	return pages
}

func (p *planner) plainItems(list []model.Text) []Item {
	var out []Item
	for _, t := range list {
		x := p.text(t)
		out = append(out, Item{Text: x, Local: x.Local, National: x.National, Pos: x.Pos})
	}
	return out
}

func (p *planner) mentionedBy(n model.Named) []Link {
	var out []Link
	for _, m := range p.mentions[n] {
		if hasPage(m.Base().Kind) {
			out = append(out, p.link(m))
		}
	}
	return out
}

func (p *planner) elements(s section) []*Page {
	m := p.model
	list := p.listPage(s, "liste-kerneelementer")
	pages := []*Page{list}
	var items []Item
	elements := visible(p, m.Elements())
	for i, k := range elements {
		items = append(items, p.linked(k))
		page := p.add(p.entityPage(k, s.folder))
		if k.Number > 0 {
			page.number("Kerneelement", i+1, len(elements))
		}
		facts := slices.Concat(p.textFact("formaal", k.Purpose), p.linkFact(Responsible, links(p, k.Responsible)), p.linkFact(Participants, links(p, k.Participants)))
		if f := p.linkFact("faser", links(p, k.Phases)); len(f) > 0 {
			f[0].Badges = badges("", k.PhasesBasis)
			facts = append(facts, f...)
		}
		page.section("kort-sagt", "Kort sagt", Facts{facts})
		page.section("viden", "Viden bag", List{Items: p.plainItems(k.Evidence)})
		for _, t := range []struct{ typ, id, title string }{{"niveau", "niveauer", "Niveauer"}, {"aktivitet", "aktiviteter", "Aktiviteter"}, {"metode", "metoder", "Greb og metoder"}} {
			page.section(t.id, t.title, List{Items: p.practices(k, model.PracticeType(t.typ)), Class: "greb"})
		}
		var tasks []Item
		for _, t := range visible(p, m.Tasks()) {
			if slices.ContainsFunc(t.Elements, func(r model.Ref[model.CoreElement]) bool { return r.To == k }) {
				tasks = append(tasks, p.task(t, true))
			}
		}
		page.section("opgaver", "Hvem gør hvad", List{Items: tasks, Class: "opgaver"})
		var needs []Item
		for _, f := range visible(p, m.Prerequisites()) {
			if slices.ContainsFunc(f.Elements, func(r model.Ref[model.CoreElement]) bool { return r.To == k }) {
				needs = append(needs, p.linked(f))
			}
		}
		page.section("forudsaetninger", "Det skal være på plads", List{Items: needs, Class: "oversigt"})
		var principles []Item
		for _, pr := range visible(p, m.Principles()) {
			if pr.Element.To == k {
				principles = append(principles, p.linked(pr))
			}
		}
		page.section("principper", "Principper", List{Items: principles, Class: "oversigt"})
		page.section("eksempler", "Eksempler fra kommuner", List{Items: p.practices(k, "eksempel"), Class: "greb"})
		p.closing(page, k)
		var meetings []Link
		for _, mt := range visible(p, m.Meetings()) {
			if slices.ContainsFunc(mt.Elements, func(r model.Ref[model.CoreElement]) bool { return r.To == k }) {
				meetings = append(meetings, p.link(mt))
			}
		}
		page.relate("Møder", meetings)
		page.relate("Tjekliste", p.sheetLinks(k))
		pages = append(pages, page)
	}
	list.section("", "", List{Items: items, Ordered: true, Class: "oversigt"})
	return pages
}

func (p *planner) practices(k *model.CoreElement, typ model.PracticeType) []Item {
	var out []Item
	for _, g := range visible(p, p.model.Practices()) {
		if g.Element.To == k && g.Type == typ {
			i := p.item(g)
			if len(g.Phases) > 0 {
				i.Meta = append(i.Meta, p.fact("fase", Fact{Links: links(p, g.Phases)}))
			}
			if len(g.Roles) > 0 {
				i.Meta = append(i.Meta, p.fact(Who, Fact{Links: links(p, g.Roles)}))
			}
			out = append(out, i)
		}
	}
	return out
}

func (p *planner) phases(s section) []*Page {
	m := p.model
	list := p.listPage(s, "liste-faser")
	pages := []*Page{list}
	phases := visible(p, m.Phases())
	var items []Item
	for i, f := range phases {
		items = append(items, p.linked(f))
		page := p.add(p.entityPage(f, s.folder))
		page.number("Fase", f.Number, len(phases))
		page.Weight = 1
		meetings := visible(p, m.MeetingsIn(f))
		facts := slices.Concat(p.textFact("formaal", f.Purpose), p.textFact("udloeses-af", f.Trigger),
			p.linkFact(Responsible, linkOf(p, f.Responsible)), p.linkFact(Participants, links(p, f.Participants)),
			p.meetingFacts(meetings), p.textFact("produkt", f.Product), p.linkFact("kerneelementer", menuLinks(p, f.Elements)))
		markLocal(facts, f.At, Responsible, Participants)
		page.section("kort-sagt", "Kort sagt", Facts{facts})
		var stages []Item
		for _, st := range f.Stages.Items {
			x := p.point("skridt", st.Point)
			if st.Responsible.To != nil {
				x.Meta = append(x.Meta, p.fact(Who, Fact{Links: linkOf(p, st.Responsible)}))
			}
			stages = append(stages, x)
		}
		page.section("det-sker-der", "Det sker der", List{Items: stages, Ordered: true, Class: "skridt"})
		page.section("hvem-goer-hvad", "Hvem gør hvad", p.tasksByRole(m, func(t *model.Task) bool {
			return slices.ContainsFunc(t.Phases, func(r model.Ref[model.Phase]) bool { return r.To == f })
		})...)
		if f.Repeats && i == len(phases)-1 {
			for _, back := range phases {
				if back.Repeats {
					page.section("videre", "Derfra begynder kredsen igen", Box{Type: "kreds", Title: "Tilbage i kredsen",
						Plain: fmt.Sprintf("Fase %d–%d gentages. Efter denne fase går I tilbage til:", back.Number, f.Number),
						Links: []Link{{Path: p.link(back).Path, Text: fmt.Sprintf("Fase %d: %s", back.Number, back.Label())}}})
					break
				}
			}
		}
		p.closing(page, f)
		var meets []Link
		for _, mt := range meetings {
			meets = append(meets, p.link(mt))
		}
		page.Forms = p.checklistForm(f)
		page.relate("Møder i fasen", meets)
		page.relate("Tjekliste", p.sheetLinks(f))
		pages = append(pages, page)
	}
	for _, f := range visible(p, m.Figures()) {
		if f.Type == "cirkel" {
			list.section("", "", p.drawing(f))
		}
	}
	list.section("alle-faser", "Faserne i rækkefølge", List{Items: items, Ordered: true, Class: "oversigt"})
	return pages
}

func (p *planner) meetingFacts(meetings []*model.Meeting) []Fact {
	var out []Fact
	for _, mt := range meetings {
		f := p.fact("moede", Fact{Links: []Link{p.link(mt)}, Badges: badges(mt.Force, "")})
		var when []string
		local := false
		for _, c := range mt.Cadences {
			if c.To != nil {
				when = append(when, c.To.Expression)
				local = local || localCadence(c.To)
			}
		}
		out = append(out, f)
		if len(when) > 0 {
			out = append(out, p.fact(When, Fact{Plain: upperFirst(strings.Join(when, "; ")), Local: local}))
		}
	}
	return out
}

// tasksByRole lists the tasks that keep accepts, role by role.
func (p *planner) tasksByRole(m *model.Model, keep func(*model.Task) bool) []Block {
	var items []Item
	for _, r := range visible(p, m.Roles()) {
		var tasks []Item
		for _, t := range visible(p, m.Tasks()) {
			if t.Role.To == r && keep(t) {
				tasks = append(tasks, p.task(t, true).without(Who))
			}
		}
		if len(tasks) > 0 {
			items = append(items, Item{Title: p.link(r), Children: tasks})
		}
	}
	return []Block{List{Items: items, Class: "roller"}}
}
