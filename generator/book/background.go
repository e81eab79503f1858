package book

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// The sections of steps, areas and background: what a model builds on, aims at
// and is known to lead to.

func (p *planner) steps(s section) []*Page {
	m := p.model
	list := p.listPage(s, "liste-trin")
	pages := []*Page{list}
	var items []Item
	for _, t := range visible(p, m.Steps()) {
		items = append(items, p.linked(t))
		page := p.add(p.entityPage(t, s.folder))
		page.number("Trin", t.Number, len(visible(p, m.Steps())))
		page.section("kort-sagt", "Kort sagt", Facts{p.linkFact("omraade", linkOf(p, t.Area))})
		page.section("eksempler", "Eksempler", List{Items: p.plainItems(t.Examples)})
		p.closing(page, t)
		page.relate("Hele trappen", []Link{{Path: list.Path, Text: list.Title}})
		pages = append(pages, page)
	}
	for _, f := range visible(p, m.Figures()) {
		if f.Type == "trappe" {
			list.section("", "", p.drawing(f))
			p.figureGuide(list, f)
		}
	}
	list.section("trinnene", "Trinnene nedefra", List{Items: items, Ordered: true, Class: "oversigt"})
	var rules []Item
	for _, r := range visible(p, m.Rules()) {
		rules = append(rules, p.item(r))
	}
	list.section("regler", "Regler for brugen", List{Items: rules, Ordered: true})
	return pages
}

func (p *planner) figureGuide(page *Page, f *model.Figure) {
	if g := p.guideFor(&f.Entity); !g.Empty() {
		page.section("vejledning", "Sådan bruges den", Prose{Text: g, Shift: 1})
	}
	if g := p.localGuideFor(&f.Entity); !g.Empty() {
		page.Sections = append(page.Sections, p.ownPractice(g))
	}
}

func (p *planner) areas(s section) []*Page {
	m := p.model
	list := p.listPage(s, "liste-omraader")
	pages := []*Page{list}
	var items []Item
	for _, a := range visible(p, m.Areas()) {
		items = append(items, p.linked(a))
		page := p.add(p.entityPage(a, s.folder))
		if a.Type != "" && a.Type != page.Title {
			page.Kicker = a.Type
		}
		var parts []Item
		for _, x := range visible(p, m.Parts()) {
			if x.Area.To != a {
				continue
			}
			i := p.withGuide(x)
			i.Points = p.textList(x.Points)
			for _, ex := range x.Examples {
				i.Children = append(i.Children, Item{Text: p.text(ex), Badges: []Badge{{"eksempel", "Eksempel"}}})
			}
			parts = append(parts, i)
		}
		page.section("elementer", "Elementer", List{Items: parts, Class: "elementer"})
		var needs []Item
		for _, f := range visible(p, m.Prerequisites()) {
			if slices.ContainsFunc(f.Areas, func(r model.Ref[model.Area]) bool { return r.To == a }) {
				i := p.linked(f)
				needs = append(needs, i)
			}
		}
		page.section("rammebetingelser", "Det skal være på plads", List{Items: needs, Class: "oversigt"})
		var steps []Link
		for _, t := range visible(p, m.Steps()) {
			if t.Area.To == a {
				steps = append(steps, p.link(t))
			}
		}
		p.closing(page, a)
		page.relate("Trin på trappen", steps)
		pages = append(pages, page)
	}
	for _, f := range visible(p, m.Figures()) {
		if f.Type == "ben" {
			list.section("", "", p.drawing(f))
		}
	}
	list.section("", "", List{Items: items, Class: "oversigt"})
	return pages
}

// listed makes a section that is one list of all entities of a kind.
func (p *planner) listed(s section) []*Page {
	page := p.listPage(s, "liste-"+s.kind.Key)
	var items []Item
	for _, n := range visible(p, p.model.List(s.kind)) {
		i := p.withGuide(n)
		i.Meta = append(i.Meta, p.ownFacts(n)...)
		items = append(items, i)
	}
	page.section("", "", List{Items: items, Ordered: s.kind.Dense, Class: "liste"})
	return []*Page{page}
}

// ownFacts shows what a kind without a design of its own says under its own keys.
func (p *planner) ownFacts(n model.Named) []Fact {
	var out []Fact
	v := reflect.ValueOf(n).Elem()
	for _, k := range model.Schema().Kind(n.Base().Kind).Type.Keys {
		if model.Schema().Common.Key(k.Name) != nil || k.Name == "nummer" || k.Name == "tjek" {
			continue
		}
		f := p.value(k.Type, v.FieldByIndex(k.Index))
		if f.Plain == "" && f.Text.Empty() && len(f.Links) == 0 {
			continue
		}
		f.Key, f.Label = Key(k.Name), upperFirst(k.Label)
		out = append(out, f)
	}
	return out
}

// value shows a value by its type.
func (p *planner) value(t *schema.Type, v reflect.Value) Fact {
	switch x := v.Addr().Interface().(type) {
	case *model.Text:
		text := p.text(*x)
		return Fact{Text: text, Local: text.Local, Pos: text.Pos}
	case interface{ Target() model.Named }:
		if to := x.Target(); to != nil && !p.unseen(to) {
			return Fact{Links: []Link{p.link(to)}}
		}
		return Fact{}
	}
	switch {
	case t.Form == schema.List:
		var f Fact
		for i := range v.Len() {
			one := p.value(t.Elem, v.Index(i))
			f.Links = append(f.Links, one.Links...)
			f.Plain = strings.TrimPrefix(f.Plain+", "+cmp.Or(one.Plain, plain(one.Text)), ", ")
		}
		f.Plain = strings.TrimSuffix(f.Plain, ", ")
		return f
	case t.Form != schema.Scalar || v.IsZero():
		return Fact{}
	case v.Kind() == reflect.Bool:
		return Fact{Plain: "ja"}
	case v.Kind() == reflect.Int:
		return Fact{Plain: itoa(int(v.Int()))}
	}
	return Fact{Plain: t.Word(v.String())}
}

// withGuide is an item that carries its guidance, for kinds without a page: the
// municipality's own stands apart under it.
func (p *planner) withGuide(n model.Named) Item {
	i := p.item(n)
	if g := p.guideFor(n.Base()); !g.Empty() {
		i.More = append(i.More, g)
	}
	if g := p.localGuideFor(n.Base()); !g.Empty() {
		i.Children = append(i.Children, Item{Title: Link{Text: "Sådan gør vi i " + p.b.Name}, More: []Text{g}, Local: true, Pos: g.Pos})
	}
	return i
}

func (p *planner) methods(s section) []*Page {
	page := p.listPage(s, "liste-metode")
	var items []Item
	for _, x := range visible(p, p.model.Methods()) {
		i := p.withGuide(x)
		i.Lang = x.Language
		items = append(items, i)
	}
	page.section("", "", List{Items: items, Class: "liste"})
	var loose []Item
	for _, g := range visible(p, p.model.Practices()) {
		if g.Element.To == nil {
			loose = append(loose, p.item(g))
		}
	}
	page.section("greb", "Greb", List{Items: loose, Class: "greb"})
	return []*Page{page}
}

func (p *planner) figures(s section) []*Page {
	page := p.listPage(s, "liste-figur")
	for _, f := range visible(p, p.model.Figures()) {
		blocks := []Block{p.drawing(f)}
		if g := p.guideFor(&f.Entity); !g.Empty() {
			blocks = append(blocks, Prose{Text: g, Shift: 1})
		}
		if g := p.localGuideFor(&f.Entity); !g.Empty() {
			blocks = append(blocks, List{Items: []Item{{Title: Link{Text: "Sådan gør vi i " + p.b.Name}, More: []Text{g}, Local: true, Pos: g.Pos}}})
		}
		if len(f.Notes) > 0 {
			blocks = append(blocks, Box{Type: "note", Title: "Redaktionens noter", Texts: p.textList(f.Notes)})
		}
		page.section(anchor(&f.Entity), f.Label(), blocks...)
		page.Sections[len(page.Sections)-1].Aliases = aliases(&f.Entity)
	}
	if len(p.model.Steps()) == 0 {
		var rules []Item
		for _, r := range visible(p, p.model.Rules()) {
			rules = append(rules, p.item(r))
		}
		page.section("regler", "Regler for brugen", List{Items: rules, Ordered: true})
	}
	page.Long = true
	return []*Page{page}
}

var targetTypes = []struct {
	typ   model.TargetType
	title string
}{{"primaer", "Primær målgruppe"}, {"sekundaer", "Sekundær målgruppe"}, {"saerlig", "Vær særligt opmærksom på"}, {"ikke-omfattet", "Ikke omfattet"}}

func (p *planner) targets(s section) []*Page {
	page := p.listPage(s, "liste-maalgruppe")
	for _, t := range targetTypes {
		var items []Item
		for _, g := range visible(p, p.model.TargetGroups()) {
			if g.Type != t.typ {
				continue
			}
			i := p.withGuide(g)
			if g.Grades != "" {
				i.Meta = append(i.Meta, p.fact("klassetrin", Fact{Plain: g.Grades}))
			}
			if len(g.Settings) > 0 {
				i.Meta = append(i.Meta, p.fact("tilbud", Fact{Plain: strings.Join(g.Settings, " · ")}))
			}
			items = append(items, i)
		}
		page.section(string(t.typ), t.title, List{Items: items, Class: "liste"})
	}
	for _, f := range visible(p, p.model.Figures()) {
		if f.Type == "trekant" || f.Type == "matrix" {
			page.section("tegning-"+f.ID, f.Label(), p.drawing(f))
		}
	}
	return []*Page{page}
}

var strengths = []struct {
	s         model.Strength
	id, title string
}{{"evalueret", "evalueret", "Evalueret"}, {"oplevet", "oplevet", "Oplevet af dem, der var med"}, {"virksomt", "virksomt", "Det, der ser ud til at virke"}, {"maal", "maal", "Det, der skal opnås"}}

func (p *planner) results(s section) []*Page {
	page := p.listPage(s, "liste-resultat")
	for _, st := range strengths {
		var items []Item
		for _, r := range visible(p, p.model.Results()) {
			if r.Strength == st.s {
				items = append(items, p.withGuide(r))
			}
		}
		page.section(st.id, st.title, List{Items: items, Class: "liste"})
	}
	return []*Page{page}
}

func (p *planner) numbers(s section) []*Page {
	page := p.listPage(s, "liste-tal")
	var items []Item
	for _, n := range visible(p, p.model.Numbers()) {
		i := p.item(n)
		i.Title.Text = strings.TrimSpace(n.Value + " " + n.Unit)
		i.Aliases = append(i.Aliases, n.Label()) // what it is a number of
		i.Plain = n.What
		i.Meta = append(i.Meta, p.fact("gaelder", Fact{Plain: n.Population}), p.fact("aar", Fact{Plain: cmp.Or(n.Year, "ikke oplyst i kilden")}))
		items = append(items, i)
	}
	page.section("", "", List{Items: items, Class: "tal"})
	return []*Page{page}
}

func (p *planner) knowledge(s section) []*Page {
	page := p.listPage(s, "liste-viden")
	var items []Item
	for _, k := range visible(p, p.model.Knowledge()) {
		i := p.withGuide(k)
		i.Points = p.textList(k.Points)
		items = append(items, i)
	}
	page.section("", "", List{Items: items, Class: "liste"})
	return []*Page{page}
}

func (p *planner) economy(s section) []*Page {
	page := p.listPage(s, "liste-oekonomi")
	var items, scenarios []Item
	for _, e := range visible(p, p.model.Economy()) {
		i := p.item(e)
		i.Meta = append([]Fact{p.fact("beloeb", Fact{Plain: e.Amount})}, p.textFact("daekker", e.Covers)...)
		items = append(items, i)
	}
	for _, e := range visible(p, p.model.Scenarios()) {
		i := p.item(e)
		i.Meta = slices.Concat(p.textFact("fra", e.From), p.textFact("til", e.To), p.textFact("virkning", e.Saving))
		scenarios = append(scenarios, i)
	}
	page.section("beloeb", "Beløb", List{Items: items, Class: "liste"})
	page.section("scenarier", "Scenarier", List{Items: scenarios, Ordered: true, Class: "liste"})
	return []*Page{page}
}
