package book

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
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
	meeting           *model.Meeting
	derived           bool // drawn from data, without a table of its own
	entity            *model.Checklist
	subject           *model.Entity // of a derived list: what its search words come from
}

var listModes = map[model.ListMode]string{"goer-bekraeft": "Gør – bekræft: Gør arbejdet, og bekræft så punkterne.", "laes-goer": "Læs – gør: Læs ét punkt, gør det, og sæt flueben."}

const confirm = "Gør – bekræft: Gør arbejdet, og bekræft så punkterne."

func hasSheets(m *model.Model) bool {
	return len(m.Checklists())+len(m.Meetings())+len(m.Tasks())+len(m.Prerequisites()) > 0
}

// lists gives all checklists of the model being planned, made once.
func (p *planner) lists() []checklist {
	if p.listsOf == p.model {
		return p.checklistsMade
	}
	m := p.model
	var out []checklist
	for _, c := range visible(p, m.Checklists()) {
		out = append(out, p.authored(c))
	}
	for _, f := range visible(p, m.Phases()) {
		var groups []CheckGroup
		for _, r := range m.Roles() {
			groups = p.group(groups, "rolle-"+r.ID, upperFirst(cmp.Or(r.Title, r.Label())), p.checkTasks(func(t *model.Task) bool {
				return t.Role.To == r && slices.ContainsFunc(t.Phases, func(x model.Ref[model.Phase]) bool { return x.To == f })
			}))
		}
		out = append(out, checklist{id: "fase-" + f.ID, title: "Fase " + itoa(f.Number) + ": " + f.Label(), kicker: "Tjekliste til en fase", groups: groups, phases: []*model.Phase{f}, subject: &f.Entity})
	}
	for _, r := range visible(p, m.Roles()) {
		var groups []CheckGroup
		for _, f := range visible(p, m.Phases()) {
			groups = p.group(groups, "fase-"+f.ID, "Fase "+itoa(f.Number)+": "+f.Label(), p.checkTasks(func(t *model.Task) bool {
				return hasTask(t, r) && p.firstPhase(t) == f
			}))
		}
		title := "Løbende"
		if len(m.Phases()) == 0 {
			title = "Opgaver"
		}
		groups = p.group(groups, "loebende", title, p.checkTasks(func(t *model.Task) bool { return hasTask(t, r) && len(t.Phases) == 0 }))
		out = append(out, checklist{id: "rolle-" + r.ID, title: "Tjekliste for " + cmp.Or(r.Title, lowerFirst(r.Label())), kicker: "Tjekliste til en rolle", groups: groups, roles: []*model.Role{r}, subject: &r.Entity})
	}
	for _, mt := range visible(p, m.Meetings()) {
		if mt.Local.Omit {
			continue
		}
		when := func(w model.Moment) []Item {
			return p.checkTasks(func(t *model.Task) bool { return t.Meeting.To == mt && t.When == w })
		}
		groups := p.group(nil, "foer", "Før mødet", append(p.checkPoints(mt.Before), when("foer")...))
		groups = p.group(groups, "under", "På mødet", append(p.checkPoints(mt.Agenda), when("under")...))
		groups = p.group(groups, "efter", "Efter mødet", append(p.checkPoints(mt.After), when("efter")...))
		c := checklist{id: "moede-" + mt.ID, meeting: mt, subject: &mt.Entity, title: mt.Label() + ": før, under og efter", kicker: "Tjekliste til et møde", groups: groups}
		for _, f := range mt.Phases {
			if f.To != nil {
				c.phases = append(c.phases, f.To)
			}
		}
		if mt.Convener.To != nil {
			c.roles = []*model.Role{mt.Convener.To}
		}
		out = append(out, c)
	}
	for _, k := range visible(p, m.Elements()) {
		var items []Item
		for _, f := range visible(p, m.Prerequisites()) {
			if slices.ContainsFunc(f.Elements, func(r model.Ref[model.CoreElement]) bool { return r.To == k }) {
				items = append(items, p.checkItem(f))
			}
		}
		out = append(out, checklist{id: "kerneelement-" + k.ID, title: k.MenuLabel() + ": er det på plads?", kicker: "Tjekliste til et kerneelement",
			groups: p.group(nil, "forudsaetninger", "Forudsætninger", items), subject: &k.Entity})
	}
	for i := range out {
		if out[i].entity == nil {
			out[i].derived, out[i].mode = true, confirm
			out[i].groups = shorter(out[i].groups)
		}
	}
	out = slices.DeleteFunc(out, func(c checklist) bool {
		return c.entity == nil && (points(c) < 2 || c.meeting != nil && authoredFor(out, c.meeting))
	})
	p.listsOf, p.checklistsMade = m, out
	return out
}

func hasTask(t *model.Task, r *model.Role) bool {
	return t.Role.To == r || slices.ContainsFunc(t.Shared, func(x model.Ref[model.Role]) bool { return x.To == r })
}

// authoredFor reports whether an editor has written a list for the meeting.
func authoredFor(list []checklist, m *model.Meeting) bool {
	return slices.ContainsFunc(list, func(c checklist) bool {
		return c.entity != nil && slices.ContainsFunc(c.entity.Meetings, func(r model.Ref[model.Meeting]) bool { return r.To == m })
	})
}

// maxPoints is how many points one pause holds: more are not read.
const maxPoints = 9

// shorter divides groups of more points than a pause holds, by core element
// where the points tell theirs, else into equal parts.
func shorter(groups []CheckGroup) []CheckGroup {
	var out []CheckGroup
	for _, g := range groups {
		if len(g.Items) <= maxPoints {
			out = append(out, g)
			continue
		}
		parts := byTopic(g)
		if len(parts) < 2 {
			parts = []CheckGroup{g}
		}
		for _, part := range parts {
			out = append(out, halves(part)...)
		}
	}
	return out
}

// byTopic divides a group by what its points are about, in order.
func byTopic(g CheckGroup) []CheckGroup {
	var out []CheckGroup
	for _, i := range g.Items {
		at := slices.IndexFunc(out, func(x CheckGroup) bool { return x.topic == i.Topic })
		if at < 0 {
			at = len(out)
			part := CheckGroup{ID: g.ID + "-" + itoa(at+1), Title: g.Title, topic: i.Topic}
			if i.Topic != "" {
				part.Title += " – " + lowerFirst(i.Topic)
			}
			out = append(out, part)
		}
		out[at].Items = append(out[at].Items, i)
	}
	return out
}

func halves(g CheckGroup) []CheckGroup {
	n := (len(g.Items) + maxPoints - 1) / maxPoints
	if n < 2 {
		return []CheckGroup{g}
	}
	size := (len(g.Items) + n - 1) / n
	var out []CheckGroup
	for i := range n {
		part := CheckGroup{ID: g.ID + "-del-" + itoa(i+1), Title: fmt.Sprintf("%s (%d af %d)", g.Title, i+1, n)}
		part.Items = g.Items[i*size : min((i+1)*size, len(g.Items))]
		out = append(out, part)
	}
	return out
}

func points(c checklist) int {
	n := 0
	for _, g := range c.groups {
		n += len(g.Items)
	}
	return n
}

func (p *planner) group(groups []CheckGroup, id, title string, items []Item) []CheckGroup {
	if len(items) == 0 {
		return groups
	}
	return append(groups, CheckGroup{ID: id, Title: title, Items: items})
}

func (p *planner) authored(c *model.Checklist) checklist {
	out := checklist{id: c.ID, title: c.Label(), kicker: "Tjekliste", lede: p.text(c.Short), mode: cmp.Or(listModes[c.Mode], confirm), entity: c}
	for _, g := range c.Groups.Items {
		var items []Item
		for _, ref := range g.Items {
			if ref.To != nil && !ref.To.Base().Local.Omit {
				items = append(items, p.checkItem(ref.To))
			}
		}
		for _, pt := range g.Points.Items {
			i := p.point("punkt-"+g.ID, pt.Point)
			if i.Omitted {
				continue
			}
			i.Meta = p.linkFact(Who, linkOf(p, pt.Who))
			if pt.When != "" {
				i.Meta = append(i.Meta, p.fact(When, Fact{Plain: pt.When}))
			}
			items = append(items, i)
		}
		out.groups = p.group(out.groups, g.ID, g.Name, items)
	}
	for _, f := range c.Phases {
		if f.To != nil {
			out.phases = append(out.phases, f.To)
		}
	}
	for _, r := range c.Roles {
		if r.To != nil {
			out.roles = append(out.roles, r.To)
		}
	}
	return out
}

// checkItem shows an entity as a point to tick.
func (p *planner) checkItem(n model.Named) Item {
	e := n.Base()
	i := Item{Plain: e.Label(), Badges: itemBadges(e), Caveat: p.text(e.Caveat), Cites: p.cites(e.Cites), Local: e.At.Local(), Pos: e.At.Pos()}
	if t := model.TextAt(n, model.Schema().Kind(e.Kind).Tick); !t.Empty() {
		i.Text, i.Plain = p.text(t), ""
	}
	switch x := n.(type) {
	case *model.Task:
		if len(x.Elements) > 0 && x.Elements[0].To != nil {
			i.Topic = x.Elements[0].To.MenuLabel()
		}
		i.Meta = p.linkFact(Who, append(linkOf(p, x.Role), links(p, x.Shared)...))
		if x.Cadence.To != nil {
			c := x.Cadence.To
			i.Meta = append(i.Meta, p.fact(HowOften, Fact{Plain: c.Expression, Badges: cadenceBadges(c), Local: localCadence(c)}))
		} else if x.Meeting.To != nil && x.When != "" {
			i.Meta = append(i.Meta, p.fact(When, Fact{Plain: map[model.Moment]string{"foer": "før ", "under": "på ", "efter": "efter "}[x.When] + lowerFirst(x.Meeting.To.Label())}))
		}
	case *model.Prerequisite:
		i.Meta = p.linkFact(Who, links(p, x.Roles))
	}
	i.Meta = append(i.Meta, p.fact(About, Fact{Links: []Link{p.link(n)}}))
	return i
}

func (p *planner) checkTasks(keep func(*model.Task) bool) []Item {
	var out []Item
	for _, t := range visible(p, p.model.Tasks()) {
		if keep(t) && !t.Local.Omit {
			out = append(out, p.checkItem(t))
		}
	}
	return out
}

func (p *planner) checkPoints(k model.Keyed[model.AgendaPoint]) []Item {
	var out []Item
	for _, i := range p.agenda("", k) {
		if !i.Omitted {
			i.ID = ""
			out = append(out, i)
		}
	}
	return out
}

// sheetLinks leads to the checklists of an entity: the editor's, and the one
// that is drawn from the data ("fase-<id>").
func (p *planner) sheetLinks(n model.Named) []Link {
	var out []Link
	own := n.Base().Kind + "-" + n.Base().ID
	for _, c := range p.lists() {
		if c.id == own || c.entity != nil && c.about(n) {
			out = append(out, Link{Path: p.model.ID + "/tjeklister/" + c.id + ".html", Text: c.title})
		}
	}
	return out
}

// checklistForm offers the one list that is most about an entity: its own, or
// else the first that an editor has tied to it.
func (p *planner) checklistForm(n model.Named) []Form {
	lists := p.sheetLinks(n)
	if len(lists) == 0 {
		return nil
	}
	e := n.Base()
	own := p.model.ID + "/tjeklister/" + e.Kind + "-" + e.ID + ".html"
	i := max(0, slices.IndexFunc(lists, func(l Link) bool { return l.Path == own }))
	return []Form{{Name: "Tjekliste", Link: lists[i]}}
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
		return slices.ContainsFunc(c.entity.Meetings, func(r model.Ref[model.Meeting]) bool { return r.To == x })
	}
	return false
}

// checklists plans the page of all sheets, and each checklist's page.
func (p *planner) checklists(s section) []*Page {
	m := p.model
	list := p.listPage(s, "liste-tjeklister")
	list.Weight = 1
	list.Aliases = []string{"Checklister", "Tjekliste", "Skabeloner", "Ark"}
	pages := []*Page{list}
	byPhase := map[*model.Phase][]Link{}
	byRole := map[*model.Role][]Link{}
	var all []Card
	for _, c := range p.lists() {
		page := p.checklistPage(s, m, c)
		pages = append(pages, page)
		l := Link{Path: page.Path, Text: c.title}
		all = append(all, Card{Link: l, Kicker: c.kicker, Plain: plural(points(c), "punkt", "punkter")})
		for _, f := range c.phases {
			byPhase[f] = append(byPhase[f], l)
		}
		for _, r := range c.roles {
			byRole[r] = append(byRole[r], l)
		}
	}
	var templates []Card
	for _, mt := range visible(p, m.Meetings()) {
		if mt.Local.Omit {
			continue
		}
		l := Link{Path: m.ID + "/moeder/" + mt.ID + "-ark.html", Text: "Mødeskabelon: " + mt.Label()}
		templates = append(templates, Card{Link: Link{Path: l.Path, Text: mt.Label()}, Kicker: "Mødeskabelon", Badges: entityBadges(&mt.Entity)})
		for _, f := range mt.Phases {
			byPhase[f.To] = append(byPhase[f.To], l)
		}
		if mt.Convener.To != nil {
			byRole[mt.Convener.To] = append(byRole[mt.Convener.To], l)
		}
	}
	list.section("skabeloner", "Mødeskabeloner", Cards{templates})
	list.section("tjeklister", "Tjeklister", Cards{all})
	var phases, roles []Item
	for _, f := range visible(p, m.Phases()) {
		if ls := byPhase[f]; len(ls) > 0 {
			phases = append(phases, Item{Title: Link{Text: "Fase " + itoa(f.Number) + ": " + f.Label()}, Meta: []Fact{{Links: ls}}})
		}
	}
	for _, r := range visible(p, m.Roles()) {
		if ls := byRole[r]; len(ls) > 0 {
			roles = append(roles, Item{Title: Link{Text: r.Label()}, Meta: []Fact{{Links: ls}}})
		}
	}
	list.section("efter-fase", "Efter fase", List{Items: phases, Class: "ark"})
	list.section("efter-rolle", "Efter rolle", List{Items: roles, Class: "ark"})
	var packs []Card
	for _, pk := range visible(p, p.h.Packs()) {
		if slices.ContainsFunc(pk.Sheets, func(r model.AnyRef) bool { return r.Model == m.ID }) {
			packs = append(packs, Card{Link: p.link(pk), Plain: pk.Short.Value})
		}
	}
	list.section("pakker", "Pakker", Cards{packs})
	list.Long = true
	return pages
}

func (p *planner) checklistPage(s section, m *model.Model, c checklist) *Page {
	page := p.add(&Page{Path: s.folder + c.id + ".html", Kind: "tjekliste", KindName: "Tjekliste", Title: c.title, menu: c.title, Kicker: c.kicker, Lede: c.lede,
		Changed: p.changed(m), Sheet: &Sheet{Type: "tjekliste", Subtitle: m.Label(), Base: c.id}})
	if c.entity != nil {
		page.Pos, page.Cites, page.Aliases, page.Badges = c.entity.At.Pos(), p.cites(c.entity.Cites), aliases(&c.entity.Entity), entityBadges(&c.entity.Entity)
		if c.entity.Core || c.entity.Basis == model.Inferred {
			page.Badges = badges("", c.entity.Basis)
		}
	}
	if c.derived {
		page.Weight = -2
		page.Lede = p.constant(derivedLede(c))
		page.Topics = append([]string{c.subject.Name}, aliases(c.subject)...)
	}
	page.Forms = p.checklistForms(page, c)
	page.section("tjekliste", "", Check{Title: c.title, Mode: c.mode, Groups: c.groups})
	if c.entity != nil {
		p.closing(page, c.entity)
	}
	page.Sections = append(page.Sections, scanned())
	page.Long = false
	var related []Link
	for _, f := range visible(p, c.phases) {
		related = append(related, p.link(f))
	}
	for _, r := range visible(p, c.roles) {
		related = append(related, p.link(r))
	}
	page.relate("Hører til", related)
	return page
}

// scanned is a sheet's last section: the address as a code, beside the foot.
func scanned() Section { return Section{Level: 2, Blocks: []Block{QR{}}} }

// derivedLede says what a list drawn from data holds.
func derivedLede(c checklist) string {
	var groups []string
	for _, g := range c.groups {
		groups = append(groups, lowerFirst(g.Title))
	}
	what := plural(points(c), "punkt", "punkter")
	if len(groups) > 1 && len(groups) < 5 {
		what += ": " + strings.Join(groups, ", ")
	}
	return what + ". Samlet af modellens egne opgaver, forudsætninger og møder."
}

// checklistForms are a checklist's forms; one for a meeting also leads to what
// is to be read about the meeting, and to its calendar.
func (p *planner) checklistForms(page *Page, c checklist) []Form {
	mt := c.meeting
	if mt == nil && c.entity != nil && len(c.entity.Meetings) == 1 {
		mt = c.entity.Meetings[0].To
	}
	if mt == nil || mt.Local.Omit {
		return p.forms(page, Link{})
	}
	return append([]Form{{Name: "Læs", Link: Link{Path: p.link(mt).Path, Text: "Læs om mødet"}}}, p.forms(page, p.calendarLink(mt))...)
}

// calendarLink leads to where a meeting's calendar is made, or nowhere when no
// cadence tells its days.
func (p *planner) calendarLink(mt *model.Meeting) Link {
	if series(mt) == nil {
		return Link{}
	}
	return Link{Path: p.link(mt).Path, Anchor: "kalender", Text: "Kalender"}
}

// forms are the shapes that a sheet can be had in.
func (p *planner) forms(page *Page, calendar Link) []Form {
	base := page.Path[:len(page.Path)-len(".html")]
	out := []Form{
		{Name: "Print", Link: Link{Path: page.Path, Text: "Print"}},
		{Name: "Stor skrift", Link: Link{Path: page.Path, Anchor: "stor", Text: "Print med stor skrift"}},
		{Name: "Word", Link: Link{Path: base + ".docx", Text: "Word"}, File: true},
	}
	if p.opt.PDF {
		out = append(out, Form{Name: "PDF", Link: Link{Path: base + ".pdf", Text: "PDF"}, File: true})
	}
	if calendar.Set() {
		out = append(out, Form{Name: "Kalender", Link: calendar})
	}
	return out
}

// meetingSheet is the template that people bring to a meeting.
func (p *planner) meetingSheet(s section, m *model.Model, mt *model.Meeting, read *Page) *Page {
	page := p.add(&Page{Path: s.folder + mt.ID + "-ark.html", Kind: "moedeark", KindName: "Mødeskabelon", Title: mt.Label(), Kicker: "Mødeskabelon", Lede: p.text(mt.Short),
		Badges: entityBadges(&mt.Entity), Changed: p.changed(mt), Cites: p.cites(mt.Cites), Pos: mt.At.Pos(), Section: s.folder + "index.html",
		Sheet: &Sheet{Type: "moede", Subtitle: m.Label(), Base: mt.ID + "-ark"}, NoIndex: true})
	page.Crumbs = append(p.crumbs(m, read, page, s.title), Link{Path: read.Path, Text: read.Title})
	page.Crumbs[2].Path = s.folder + "index.html"
	page.Forms = append([]Form{{Name: "Læs", Link: Link{Path: read.Path, Text: "Læs om mødet"}}}, p.forms(page, p.calendarLink(mt))...)
	page.section("kort-sagt", "Kort sagt", Facts{p.meetingGlance(mt)}, Lines{Label: "Dato, tid og sted", Count: 1})
	when := func(w model.Moment) []Item {
		return p.checkTasks(func(t *model.Task) bool { return t.Meeting.To == mt && t.When == w })
	}
	before := p.group(nil, "foer", "Før mødet", append(p.checkPoints(mt.Before), when("foer")...))
	page.section("foer", "Før mødet", Check{Title: "Før mødet", Groups: before})
	page.section("dagsorden", "Dagsorden", p.sheetAgenda(mt)...)
	page.Sections = append(page.Sections, Section{ID: "beslutninger", Title: "Beslutninger", Level: 2, Blocks: []Block{
		Blank{Caption: "Beslutninger på mødet", Head: []string{"Hvad", "Hvem", "Hvornår"}, Rows: 4}}})
	page.section("andre-planer", "Broen til andre planer", List{Items: p.plainItems(mt.Plans)}, Lines{Label: "Aftalt om andre planer", Count: 1})
	after := p.group(nil, "efter", "Efter mødet", append(p.checkPoints(mt.After), when("efter")...))
	page.section("efter", "Efter mødet", Check{Title: "Efter mødet", Groups: after})
	page.Sections = append(page.Sections, Section{ID: "naeste", Title: "Næste møde", Level: 2, Blocks: []Block{
		Lines{Label: "Dato, tid og sted for næste møde", Count: 1},
		Box{Type: "vigtigt", Title: "Journaliseres – gemmes ikke i håndbogen", Plain: "Følg jeres egne regler for journalisering."}}}, scanned())
	return page
}

func (p *planner) sheetAgenda(mt *model.Meeting) []Block {
	blocks := p.agendaBlocks(mt, p.partMeta)
	for i, b := range blocks {
		l := b.(List)
		l.Items = sheetItems(l.Items)
		blocks[i] = l
	}
	if len(mt.Agenda.Items) == 0 {
		return []Block{Lines{Label: "Dagsorden", Count: 6}}
	}
	return blocks
}

// sheetItems drops what has no place on paper: anchors, and points left out.
func sheetItems(list []Item) []Item {
	var out []Item
	for _, i := range list {
		if i.Omitted {
			continue
		}
		i.Children = sheetItems(i.Children)
		out = append(out, i)
	}
	return out
}

// packs plans the pages that hold several sheets in order.
func (p *planner) packs() []*Page {
	var out []*Page
	for _, pk := range visible(p, p.h.Packs()) {
		page := p.add(&Page{Path: "pakker/" + pk.ID + ".html", Kind: "pakke", KindName: "Pakke", Title: pk.Label(), Kicker: "Pakke", Lede: p.text(pk.Short), Badges: entityBadges(&pk.Entity),
			Changed: p.changed(pk), Pos: pk.At.Pos(), Sheet: &Sheet{Type: "pakke", Subtitle: plain(p.text(pk.For)), Base: pk.ID}, NoIndex: false})
		page.Forms = p.forms(page, Link{})
		var contents []Item
		for _, ref := range pk.Sheets {
			sheet := p.sheetOf(ref)
			if sheet == nil {
				p.missingSheet(ref)
				continue
			}
			prefix := source.Slug(ref.Model+"-"+ref.Kind+"-"+ref.ID) + "-"
			what := sheet.KindName + ", " + sheet.ModelName
			contents = append(contents, Item{Title: Link{Path: page.Path, Anchor: prefix + "ark", Text: sheet.Title}, Plain: what})
			page.Sections = append(page.Sections, Section{ID: prefix + "ark", Title: sheet.Title, Level: 2, Class: "nyt-ark",
				Sheet: &Mast{Subtitle: what, Badges: sheet.Badges, Cites: sheet.Cites}})
			page.Sections = append(page.Sections, nested(sheet, prefix, 2)...)
		}
		front := Section{ID: "indhold", Title: "Indhold", Level: 2, Class: "omslag", Blocks: []Block{List{Items: contents, Ordered: true, Class: "oversigt"}, QR{}}}
		page.Sections = append([]Section{front}, page.Sections...)
		out = append(out, page)
	}
	return out
}

// sheetOf finds the sheet that a pack names: a checklist by its own id or a
// derived one's, a meeting's template, or a role's checklist.
func (p *planner) sheetOf(ref model.AnyRef) *Page {
	switch ref.Kind {
	case "moede":
		return p.b.byPath[ref.Model+"/moeder/"+ref.ID+"-ark.html"]
	case "tjekliste":
		return p.b.byPath[ref.Model+"/tjeklister/"+ref.ID+".html"]
	case "rolle", "fase", "kerneelement":
		return p.b.byPath[ref.Model+"/tjeklister/"+ref.Kind+"-"+ref.ID+".html"]
	}
	return nil
}

// nested gives a page's sections with ids of their own, to stand on a page
// together with others, below a heading of a level.
func nested(page *Page, prefix string, level int) []Section {
	var out []Section
	if !page.Lede.Empty() {
		out = append(out, Section{Level: level + 1, Blocks: []Block{Prose{Text: page.Lede, Shift: level - 2}}})
	}
	for _, s := range page.Sections {
		if s.Class == "kun-skaerm" || len(s.Blocks) == 0 && s.Title == "" {
			continue
		}
		s.ID = prefixIf(prefix, s.ID)
		s.Level += level - 1
		blocks := make([]Block, 0, len(s.Blocks))
		for _, b := range s.Blocks {
			if b = b.Within(prefix, level-1); b != nil {
				blocks = append(blocks, b)
			}
		}
		s.Blocks = blocks
		if len(s.Blocks) > 0 || s.Title != "" {
			out = append(out, s)
		}
	}
	return out
}
