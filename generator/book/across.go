package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// matrices plans the page that shows how the parts of a model hang together.
// It is nil for a model where nothing crosses.
func (p *planner) matrices(m *model.Model) *Page {
	page := &Page{Path: m.ID + "/sammenhaeng.html", Kind: "sammenhaeng", KindName: "Sammenhæng", Title: "Sådan hænger modellen sammen", Kicker: m.MenuLabel(),
		Lede: p.constant("Skemaer, der er tegnet af modellens data: hvad der hører til hvor, og hvem der gør hvad hvornår."), Changed: p.changed(m), Weight: -1}
	page.section("kerneelement-fase", "Kerneelement og fase", p.elementByPhase(m))
	page.section("rolle-fase", "Rolle og fase", p.roleByPhase(m))
	page.section("rolle-moede", "Rolle og møde", p.roleByMeeting(m))
	page.section("princip", "Her viser principperne sig", p.principleByPlace(m))
	if len(m.Steps()) > 0 {
		page.section("omraade-trin", "Område og trin", p.areaByStep(m))
	} else {
		page.section("omraade-element", "Område og elementer", p.areaByStep(m))
	}
	page.section("forudsaetning-kerneelement", "Forudsætning og kerneelement", p.prerequisiteByElement(m))
	if len(page.Sections) == 0 {
		return nil
	}
	page.Long = len(page.Sections) > 2
	return p.add(page)
}

func (p *planner) elementByPhase(m *model.Model) Table {
	t := Table{Caption: "Hvilke kerneelementer hører til hvilke faser", Head: []string{"Kerneelement"}, Class: "matrix"}
	phases := visible(p, m.Phases())
	if len(phases) == 0 {
		return t
	}
	for _, f := range phases {
		t.Head = append(t.Head, "Fase "+itoa(f.Number)+": "+f.MenuLabel())
	}
	for _, k := range visible(p, m.Elements()) {
		head := p.link(k)
		head.Text = k.MenuLabel()
		row := Row{Head: Cell{Links: []Link{head}, Badges: badges("", k.PhasesBasis)}}
		for _, f := range phases {
			row.Cells = append(row.Cells, dot(slices.ContainsFunc(k.Phases, func(r model.Ref[model.Phase]) bool { return r.To == f })))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (p *planner) roleByPhase(m *model.Model) Table {
	t := Table{Caption: "Hvilke opgaver har rollerne i hver fase", Head: []string{"Rolle"}, Class: "matrix opgavematrix", Stack: true}
	phases := visible(p, m.Phases())
	if len(phases) == 0 {
		return t
	}
	for _, f := range phases {
		t.Head = append(t.Head, "Fase "+itoa(f.Number)+": "+f.MenuLabel())
	}
	t.Head = append(t.Head, "Løbende")
	for _, r := range visible(p, m.Roles()) {
		row := Row{Head: Cell{Links: []Link{p.link(r)}}}
		any := false
		cell := func(keep func(*model.Task) bool) {
			var c Cell
			for _, x := range visible(p, m.Tasks()) {
				if x.Role.To == r && !x.Local.Omit && keep(x) {
					c.Links = append(c.Links, p.link(x))
					any = true
				}
			}
			row.Cells = append(row.Cells, c.folded("opgaver"))
		}
		for _, f := range phases {
			cell(func(x *model.Task) bool {
				return slices.ContainsFunc(x.Phases, func(ref model.Ref[model.Phase]) bool { return ref.To == f })
			})
		}
		cell(func(x *model.Task) bool { return len(x.Phases) == 0 })
		if any {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func (p *planner) roleByMeeting(m *model.Model) Table {
	t := Table{Caption: "Hvem er med til hvilke møder", Head: []string{"Møde", "Indkalder", "Altid med", "Bør være med", "Efter aftale", "Overvejes"}, Class: "opgavematrix", Stack: true}
	for _, mt := range visible(p, m.Meetings()) {
		row := Row{Head: Cell{Links: []Link{p.link(mt)}, Badges: badges(mt.Force, mt.Basis)}, Cells: []Cell{{Links: linkOf(p, mt.Convener)}}}
		if mt.Convener.To == nil {
			row.Cells[0].Plain = "Ikke oplyst i kilden"
		}
		for _, mode := range model.Mode("").Values() {
			var c Cell
			for _, x := range mt.Participants.Items {
				if string(x.Mode) == mode && !x.Local.Omit && (x.Role == nil || !p.hidden(&x.Role.Entity)) {
					l := Link{Text: x.Name}
					if x.Role != nil {
						l = p.link(x.Role)
					}
					c.Links = append(c.Links, l)
				}
			}
			row.Cells = append(row.Cells, c)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (p *planner) principleByPlace(m *model.Model) Table {
	t := Table{Caption: "Hvor vejledningen henviser til principperne", Head: []string{"Princip", "Viser sig i"}, Stack: true}
	for _, pr := range visible(p, m.Principles()) {
		var ls []Link
		if pr.Basis == model.NamedOnly {
			continue
		}
		if pr.Element.To != nil {
			ls = append(ls, p.link(pr.Element.To))
		}
		for _, l := range p.mentionedBy(pr) {
			if !slices.Contains(ls, l) {
				ls = append(ls, l)
			}
		}
		if len(ls) > 0 {
			t.Rows = append(t.Rows, Row{Head: Cell{Links: []Link{p.link(pr)}}, Cells: []Cell{Cell{Links: ls}.folded("steder")}})
		}
	}
	return t
}

func (p *planner) areaByStep(m *model.Model) Table {
	t := Table{Caption: "Hvilke trin hører til hvilke områder", Head: []string{"Område", "Trin", "Elementer"}, Stack: true}
	for _, a := range visible(p, m.Areas()) {
		var steps, parts []Link
		for _, s := range visible(p, m.Steps()) {
			if s.Area.To == a {
				steps = append(steps, p.link(s))
			}
		}
		for _, x := range visible(p, m.Parts()) {
			if x.Area.To == a {
				parts = append(parts, p.link(x))
			}
		}
		if len(steps)+len(parts) > 0 {
			t.Rows = append(t.Rows, Row{Head: Cell{Links: []Link{p.link(a)}}, Cells: []Cell{{Links: steps}, Cell{Links: parts}.folded("elementer")}})
		}
	}
	if len(m.Steps()) == 0 {
		t.Caption, t.Head = "Hvilke elementer hører til hvilke områder", []string{"Område", "Elementer"}
		for i := range t.Rows {
			t.Rows[i].Cells = t.Rows[i].Cells[1:]
		}
	}
	return t
}

func (p *planner) prerequisiteByElement(m *model.Model) Table {
	t := Table{Caption: "Hvilke forudsætninger hører til hvilke kerneelementer", Head: []string{"Kerneelement", "Forudsætninger"}, Stack: true}
	for _, k := range visible(p, m.Elements()) {
		var ls []Link
		for _, f := range visible(p, m.Prerequisites()) {
			if slices.ContainsFunc(f.Elements, func(r model.Ref[model.CoreElement]) bool { return r.To == k }) {
				ls = append(ls, p.link(f))
			}
		}
		if len(ls) > 0 {
			t.Rows = append(t.Rows, Row{Head: Cell{Links: []Link{p.link(k)}}, Cells: []Cell{Cell{Links: ls}.folded("forudsætninger")}})
		}
	}
	return t
}

// mostLinks is how many links a cell or a line can hold and still be read.
const mostLinks = 8

// folded folds away the links of a cell that has too many; many names them.
func (c Cell) folded(many string) Cell {
	if len(c.Links) > mostLinks {
		c.Fold, c.Links = Fold{Title: itoa(len(c.Links)) + " " + many, Groups: []LinkGroup{{Links: c.Links}}}, nil
	}
	return c
}

// whole plans the model on one page, to print or to read from end to end:
// every page of the model that is no sheet, one heading level down.
func (p *planner) whole(m *model.Model, first int) *Page {
	page := &Page{Path: m.ID + "/samlet.html", Kind: "samlet", KindName: "Hele modellen på én side", Title: m.Title, Kicker: "Hele modellen på én side", menu: "Hele modellen",
		Lede: p.text(m.Short), Changed: p.changed(m), NoIndex: true, Long: true, Cites: p.cites(m.Cites)}
	overview := p.b.byPath[m.ID+"/index.html"]
	parts := append([]*Page{overview}, p.b.Pages[first:]...)
	var contents []Item
	for _, x := range parts {
		if x.Sheet != nil || x.Kind == "sammenhaeng" || x.Kind == "liste-tjeklister" {
			continue
		}
		prefix := source.Slug(x.Path[len(m.ID)+1:len(x.Path)-len(".html")]) + "-"
		title := x.Title
		if x == overview {
			title = "Overblik"
		}
		level := 2
		if hasPage(x.Kind) {
			level = 3
		} else {
			contents = append(contents, Item{Title: Link{Path: page.Path, Anchor: prefix + "top", Text: title}})
		}
		page.Sections = append(page.Sections, Section{ID: prefix + "top", Title: title, Level: level, Class: "nyt-afsnit"})
		page.Sections = append(page.Sections, nested(x, prefix, level)...)
	}
	page.Sections = append([]Section{{ID: "indhold", Title: "Indhold", Level: 2, Blocks: []Block{List{Items: contents, Class: "indhold"}}}}, page.Sections...)
	page.Long = false
	return p.add(page)
}

// compare plans the page that sets the models side by side.
func (p *planner) compare() *Page {
	if len(p.h.Models) < 2 {
		return nil
	}
	page := p.add(&Page{Path: "sammenlign.html", Kind: "sammenlign", KindName: "Sammenligning", Title: "Modellerne side om side", Kicker: "På tværs",
		Lede: p.constant("Modellerne er forskellige slags. Her ser du, hvad de har, og hvad de ikke har."), Aliases: []string{"Sammenligning", "Forskelle mellem modellerne"}})
	t := Table{Caption: "Modellerne sammenlignet", Head: []string{""}, Stack: true, Class: "sammenligning"}
	for _, m := range p.h.Models {
		t.Head = append(t.Head, m.MenuLabel())
	}
	row := func(title string, get func(*model.Model) Cell) {
		r := Row{Head: Cell{Plain: title}}
		for _, m := range p.h.Models {
			p.model = m
			c := get(m)
			if c.Plain == "" && c.Text.Empty() && len(c.Links) == 0 {
				c.Plain = "Ingen i kilden"
			}
			r.Cells = append(r.Cells, c)
		}
		p.model = nil
		t.Rows = append(t.Rows, r)
	}
	row("Slags", func(m *model.Model) Cell { return Cell{Plain: modelTypes[m.Type]} })
	row("Status", func(m *model.Model) Cell {
		return Cell{Plain: modelStates[m.State] + prefixIf(", ", period(m.Period.From, m.Period.To))}
	})
	row("Handler om", func(m *model.Model) Cell { return Cell{Text: p.text(m.Unit)} })
	row("Principper", func(m *model.Model) Cell {
		return p.compared(m.Compare.Principles, len(visible(p, m.Principles())), "princip", "principper", m.ID+"/principper/index.html")
	})
	row("Kerneelementer", func(m *model.Model) Cell {
		return p.compared(m.Compare.Elements, len(visible(p, m.Elements())), "kerneelement", "kerneelementer", m.ID+"/kerneelementer/index.html")
	})
	row("Rækkefølge", func(m *model.Model) Cell {
		if len(m.Steps()) > 0 {
			return p.compared(m.Compare.Sequence, len(visible(p, m.Steps())), "trin", "trin", m.ID+"/trin/index.html")
		}
		return p.compared(m.Compare.Sequence, len(visible(p, m.Phases())), "fase", "faser", m.ID+"/faser/index.html")
	})
	row("Roller", func(m *model.Model) Cell {
		return p.compared(m.Compare.Roles, len(visible(p, m.Roles())), "rolle", "roller", m.ID+"/roller/index.html")
	})
	row("Møder", func(m *model.Model) Cell {
		return p.compared(m.Compare.Meetings, len(visible(p, m.Meetings())), "møde", "møder", m.ID+"/moeder/index.html")
	})
	row("Resultater", func(m *model.Model) Cell {
		return p.compared(m.Compare.Results, len(visible(p, m.Results())), "resultat", "resultater", m.ID+"/resultater/index.html")
	})
	row("Økonomi", func(m *model.Model) Cell {
		return p.compared(m.Compare.Economy, len(visible(p, m.Economy())), "beløb", "beløb", m.ID+"/oekonomi/index.html")
	})
	page.section("", "", t)
	return page
}

func prefixIf(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// inBrackets puts what says something after a word.
func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// compared is a model's own answer, or else the number of what it has.
func (p *planner) compared(answer model.Text, n int, one, many, path string) Cell {
	c := Cell{Text: p.text(answer)}
	page := p.b.byPath[path]
	switch {
	case n == 0 || page == nil:
	case c.Text.Empty():
		c.Links = []Link{{Path: path, Text: plural(n, one, many)}}
	default:
		c.Links = []Link{{Path: path, Text: "Se " + lowerFirst(page.Title)}}
	}
	return c
}

// themes plans the page of what the models share.
func (p *planner) themes() *Page {
	list := visible(p, p.h.Shared())
	if len(list) == 0 {
		return nil
	}
	page := p.add(&Page{Path: "faelles.html", Kind: "faelles", KindName: "Fælles temaer", Title: "Det, modellerne har til fælles", Kicker: "På tværs",
		Lede: p.constant("Samme tema, forskellige ord. Hver model står med sin egen betydning og styrke."), Long: true})
	f := meet{Title: "Sådan mødes modellerne", Desc: "Hvilke temaer de enkelte modeller har til fælles."}
	for _, m := range p.h.Models {
		f.Models = append(f.Models, label{Title: m.MenuLabel(), Link: p.link(m)})
	}
	same := Table{Caption: "Temaerne, og hvilke modeller de findes i", Head: []string{"Tema"}, Class: "matrix"}
	for _, m := range p.h.Models {
		same.Head = append(same.Head, m.MenuLabel())
	}
	for _, s := range list {
		row := meetRow{Label: label{Title: s.MenuLabel(), Link: p.link(s)}}
		tr := Row{Head: Cell{Links: []Link{p.link(s)}}}
		for i, m := range p.h.Models {
			c := dot(false)
			if slices.ContainsFunc(s.PerModel.Items, func(x *model.Meaning) bool { return x.ID == m.ID }) {
				row.In = append(row.In, i)
				c = dot(true)
			}
			tr.Cells = append(tr.Cells, c)
		}
		f.Rows = append(f.Rows, row)
		same.Rows = append(same.Rows, tr)
	}
	page.section("figur", "Sådan mødes de", Drawing{ID: "tegning-faelles", Title: f.Title, Make: f, Same: []Block{same}})
	for _, s := range list {
		blocks := []Block{Prose{Text: p.text(cmpText(s.Body, s.Short))}, List{Items: p.meanings(s.PerModel), Class: "liste"}}
		if len(s.Notes) > 0 {
			blocks = append(blocks, Box{Type: "note", Title: "Redaktionens noter", Texts: p.textList(s.Notes)})
		}
		page.section(anchor(&s.Entity), s.Label(), blocks...)
	}
	return page
}

func cmpText(a, b model.Text) model.Text {
	if a.Empty() {
		return b
	}
	return a
}

// meanings lists what something means in each model of this edition.
func (p *planner) meanings(k model.Keyed[model.Meaning]) []Item {
	var out []Item
	for _, x := range k.Items {
		m := p.h.ModelByID(x.ID)
		if m == nil {
			continue
		}
		p.model = m
		i := Item{Title: Link{Path: m.ID + "/index.html", Text: m.MenuLabel()}, Text: p.text(x.Text), Badges: badges("", x.Basis), Cites: p.cites(x.Cites), Pos: x.At.Pos()}
		for _, r := range x.Refs {
			if n := p.h.Lookup(m, cmp.Or(r.Model, m.ID), r.Kind, r.ID); n != nil {
				i.Meta = append(i.Meta, p.fact("se", Fact{Links: []Link{p.link(n)}}))
			}
		}
		p.model = nil
		out = append(out, i)
	}
	return out
}

// dot is a cell that answers yes with a dot, or no.
func dot(yes bool) Cell {
	if yes {
		return Cell{Mark: Dot, Plain: "ja"}
	}
	return Cell{Mark: NoDot, Plain: "nej"}
}
