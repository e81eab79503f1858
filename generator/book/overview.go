package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/figure"
	"modelhaandbog/generator/model"
)

// overview starts a model's front page; overviewSections ends it, when the
// sections are known.
func (s scope) overview() *Page {
	m := s.model
	page := s.page(Page{Path: m.ID + "/index.html", Kind: "model", KindName: s.say("model.slags"), Title: m.Title,
		menu: m.MenuLabel(), Kicker: s.modelType(m), Lede: s.text(m.Short), Aliases: aliases(&m.Entity),
		Topics: slices.Concat(s.list("model.emneord"), m.Topics), Cites: s.cites(m.Cites), Changed: s.changed(m),
		Pos: m.At.Pos(), Weight: 3, Face: s.face()})
	page.Crumbs = []Link{s.home()}
	page.Section = page.Path
	return page
}

// face is the shape that a model is known by: its course, its stairs, its parts.
func (s scope) face() Face {
	face := Face{ID: "ansigt-" + s.model.ID}
	for _, f := range visible(s, s.model.Figures()) {
		if leads(f) && face.Make == nil {
			if d, ok := s.drawing(f).(Drawing); ok {
				face.Make = d.Make
			}
		}
	}
	if n := cmp.Or(len(visible(s, s.model.Elements())), len(visible(s, s.model.Areas()))); face.Make == nil && n > 0 {
		face.Make = figure.Parts{Count: n}
	}
	return face
}

// leads tells a figure that shows the whole of a model.
func leads(f *model.Figure) bool { return f.Type == "cirkel" || f.Type == "trappe" }

// modelType is what kind of model it is, in words: "Indsatsmodel".
func (e *edition) modelType(m *model.Model) string { return e.wordFor("model.type.", string(m.Type)) }

// modelState is how far it has come, and when: "Udviklet og evalueret 2019–2023".
func (e *edition) modelState(m *model.Model) string {
	return strings.TrimSpace(e.wordFor("model.status.", string(m.State)) + " " + e.period(m.Period.From, m.Period.To))
}

// wordFor is the word for a value, or "" for none.
func (e *edition) wordFor(table, value string) string {
	if value == "" || !e.words.Has(table+value) {
		return ""
	}
	return e.say(table + value)
}

func (s scope) overviewSections(page *Page, groups []NavItem, lists map[string]*Page) {
	m := s.model
	var aims []Item
	for _, t := range m.Aims {
		x := s.text(t)
		aims = append(aims, Item{Text: x, Local: x.Local, Pos: x.Pos})
	}
	// Those who come with a task are sent on before the model is explained.
	groupCards(page, groups, lists, func(id string) bool { return id == doing })
	for _, f := range visible(s, m.Figures()) {
		if leads(f) {
			page.section("figur-"+f.ID, f.Label(), s.drawing(f))
		}
	}
	s.add(page, "model.formaal", List{Items: aims, Class: "formaal"}, Prose{Text: s.text(m.Body)})
	groupCards(page, groups, lists, func(id string) bool { return id != doing })
	s.addGuidance(page, "model.om", &m.Entity)
	var caveats Block
	if len(m.Caveats) > 0 {
		caveats = Box{Type: "forbehold", Title: s.say("emne.forbehold"), Texts: s.textList(m.Caveats)}
	}
	s.add(page, "model.forbehold", caveats, s.notes(m.Notes))
	n := len(page.Sections)
	s.add(page, "model.fakta", Facts{s.modelFacts()})
	page.classify(n, Apparatus)
	page.Long = true
}

// groupCards leads on to the sections of a model, in the groups that are wanted
// here.
func groupCards(page *Page, groups []NavItem, lists map[string]*Page, wanted func(id string) bool) {
	for _, g := range groups {
		if !wanted(g.ID) {
			continue
		}
		var cards []Card
		for _, item := range g.Children {
			cards = append(cards, Card{Link: item.Link, Plain: lists[item.Link.Path].Summary})
		}
		page.section("gruppe-"+g.ID, g.Link.Text, Cards{cards})
	}
}

func (s scope) modelFacts() []Fact {
	m := s.model
	var actors []Link
	for _, a := range s.h.Actors() {
		if slices.ContainsFunc(a.PerModel.Items, func(x *model.Involvement) bool { return x.ID == m.ID }) {
			actors = append(actors, s.link(a))
		}
	}
	return slices.Concat(
		s.plainFact("titel", strings.Trim(m.Title+" – "+m.Subtitle, " –")),
		s.plainFact("slags", s.modelType(m)), s.plainFact("status", s.modelState(m)),
		s.plainFact("periode", strings.TrimSpace(s.period(m.Period.From, m.Period.To)+inBrackets(m.Period.Note))),
		s.textFact("enhed", m.Unit),
		s.plainFact("udgiver", m.Publisher), s.plainFact("udgivet", m.Published), s.plainFact("isbn", m.ISBN),
		s.plainFact("emneord", strings.Join(m.Topics, " · ")), s.linkFact("aktoerer", actors),
		s.plainFact("ejer", m.Owner), s.plainFact("gennemgaas", s.date(m.Review)),
	)
}
