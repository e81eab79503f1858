package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/figure"
	"modelhaandbog/generator/model"
)

// label is a figure's label that is still a link in the edition.
type label struct {
	Title, Sub string
	Link       Link
}

func (l label) at(href func(Link) string) figure.Label {
	out := figure.Label{Title: l.Title, Sub: l.Sub}
	if l.Link.Set() {
		out.Href = href(l.Link)
	}
	return out
}

func labels(list []label, href func(Link) string) []figure.Label {
	var out []figure.Label
	for _, l := range list {
		out = append(out, l.at(href))
	}
	return out
}

// The figures of a handbook, each with the data it is drawn from. They keep
// links; SVG makes them addresses that hold on the page.
type (
	circle struct {
		Title, Desc, Middle string
		Start, Loop         []label
	}
	rings struct {
		Title, Desc string
		Centre      label
		Rings       []ringGroup
		Bands       []ringGroup
	}
	ringGroup struct {
		Title   string
		Members []label
	}
	triangle struct {
		Title, Desc string
		Levels      []label
	}
	matrix struct {
		Title, Desc, MarkText string
		Columns               []string
		Rows                  []figure.MatrixRow
	}
	legs struct {
		Title, Desc  string
		Legs, Themes []label
		Centre       label
		Frame        label
	}
	stairs struct {
		Title, Desc, Axis string
		Steps             []label
		Band              label
	}
	meet struct {
		Title, Desc string
		Models      []label
		Rows        []meetRow
	}
	meetRow struct {
		Label label
		In    []int
	}
	year struct {
		Title, Desc, Centre string
		Entries             []figure.Entry
	}
)

func (f circle) SVG(id string, href func(Link) string) []byte {
	return figure.Circle{Title: f.Title, Desc: f.Desc, Start: labels(f.Start, href), Loop: labels(f.Loop, href), Middle: f.Middle}.SVG(id)
}

func (f rings) SVG(id string, href func(Link) string) []byte {
	groups := func(list []ringGroup) []figure.Group {
		var out []figure.Group
		for _, g := range list {
			out = append(out, figure.Group{Label: figure.Label{Title: g.Title}, Members: labels(g.Members, href)})
		}
		return out
	}
	return figure.Rings{Title: f.Title, Desc: f.Desc, Centre: f.Centre.at(href), Rings: groups(f.Rings), Bands: groups(f.Bands)}.SVG(id)
}

func (f triangle) SVG(id string, href func(Link) string) []byte {
	return figure.Triangle{Title: f.Title, Desc: f.Desc, Levels: labels(f.Levels, href)}.SVG(id)
}

func (f matrix) SVG(id string, _ func(Link) string) []byte {
	m := figure.Matrix{Title: f.Title, Desc: f.Desc, Rows: f.Rows, MarkText: f.MarkText}
	for _, c := range f.Columns {
		m.Columns = append(m.Columns, figure.Label{Title: c})
	}
	return m.SVG(id)
}

func (f legs) SVG(id string, href func(Link) string) []byte {
	return figure.Legs{Title: f.Title, Desc: f.Desc, Legs: labels(f.Legs, href), Themes: labels(f.Themes, href), Centre: f.Centre.at(href), Frame: f.Frame.at(href)}.SVG(id)
}

func (f stairs) SVG(id string, href func(Link) string) []byte {
	return figure.Stairs{Title: f.Title, Desc: f.Desc, Steps: labels(f.Steps, href), Axis: f.Axis, Band: f.Band.at(href)}.SVG(id)
}

func (f meet) SVG(id string, href func(Link) string) []byte {
	m := figure.Meet{Title: f.Title, Desc: f.Desc, Models: labels(f.Models, href)}
	for _, r := range f.Rows {
		m.Rows = append(m.Rows, figure.Shared{Label: r.Label.at(href), In: r.In})
	}
	return m.SVG(id)
}

func (f year) SVG(id string, _ func(Link) string) []byte {
	return figure.Year{Title: f.Title, Desc: f.Desc, First: 8, Centre: f.Centre, Entries: f.Entries}.SVG(id)
}

// drawing makes a model's figure and its text equivalent.
func (p *planner) drawing(f *model.Figure) Block {
	d := Drawing{ID: "tegning-" + f.ID, Title: f.Label(), Caption: p.text(f.Body), Cites: p.cites(f.Cites)}
	if d.Caption.Empty() {
		d.Caption = p.text(f.Short)
	}
	desc := cmp.Or(plain(p.text(f.Short)), f.Label())
	switch f.Type {
	case "cirkel":
		d.Make, d.Same = p.circleOf(f, desc)
	case "ringe":
		d.Make, d.Same = p.ringsOf(f, desc)
	case "trappe":
		d.Make, d.Same = p.stairsOf(f, desc)
	case "trekant":
		var t triangle
		t.Title, t.Desc = f.Label(), desc
		for _, x := range f.Fields.Items {
			t.Levels = append(t.Levels, label{Title: x.Name, Sub: x.Group})
		}
		d.Make, d.Same = t, p.fieldList(f)
	case "matrix":
		d.Make, d.Same = p.matrixOf(f, desc)
	case "ben":
		l := legs{Title: f.Label(), Desc: desc, Centre: label{Title: f.Centre}, Frame: label{Title: f.Band}}
		for _, x := range f.Fields.Items {
			if x.Group == "tema" {
				l.Themes = append(l.Themes, label{Title: x.Name})
			} else {
				l.Legs = append(l.Legs, label{Title: x.Name})
			}
		}
		d.Make, d.Same = l, p.fieldList(f)
	default:
		return Box{Type: "naevnt", Title: f.Label(), Plain: "Kilden nævner figuren, men viser den ikke i den tekst, håndbogen bygger på.", Texts: textIf(p.text(f.Body))}
	}
	if d.Make == nil {
		return nil
	}
	return d
}

func textIf(t Text) []Text {
	if t.Empty() {
		return nil
	}
	return []Text{t}
}

func (p *planner) fieldList(f *model.Figure) []Block {
	var items []Item
	for _, x := range f.Fields.Items {
		i := Item{Title: Link{Text: x.Name}, Text: p.text(x.Text), Pos: x.At.Pos()}
		if x.Group != "" {
			i.Meta = append(i.Meta, Fact{Plain: upperFirst(x.Group)})
		}
		items = append(items, i)
	}
	return []Block{List{Items: items, Class: "figurtekst"}}
}

func (p *planner) circleOf(f *model.Figure, desc string) (Drawn, []Block) {
	c := circle{Title: f.Label(), Desc: desc, Middle: cmp.Or(f.Centre, "Gentages")}
	var items []Item
	for _, ph := range visible(p, p.model.Phases()) {
		l := label{Title: ph.Label(), Link: p.link(ph)}
		i := Item{Title: p.link(ph), Text: p.text(ph.Short)}
		if ph.Repeats {
			c.Loop = append(c.Loop, l)
			i.Meta = append(i.Meta, Fact{Plain: "Gentages"})
		} else {
			c.Start = append(c.Start, l)
		}
		items = append(items, i)
	}
	if len(items) == 0 {
		return nil, nil
	}
	return c, []Block{List{Items: items, Ordered: true, Class: "figurtekst"}}
}

var ringTitles = []struct {
	ring  model.Ring
	title string
}{{"voksne", "Nære og professionelle voksne"}, {"ledere", "Ledere"}}

func (p *planner) ringsOf(f *model.Figure, desc string) (Drawn, []Block) {
	r := rings{Title: f.Label(), Desc: desc, Centre: label{Title: cmp.Or(f.Centre, "Barnet")}}
	var items []Item
	for _, role := range p.model.Roles() {
		if role.Ring == "barn" {
			r.Centre = label{Title: role.MenuLabel(), Link: p.link(role)}
			items = append(items, Item{Title: Link{Text: "I midten"}, Meta: p.linkFact("", []Link{p.link(role)})})
		}
	}
	for _, t := range ringTitles {
		g := ringGroup{Title: t.title}
		var ls []Link
		for _, role := range visible(p, p.model.Roles()) {
			if role.Ring == t.ring {
				g.Members = append(g.Members, label{Title: role.MenuLabel(), Link: p.link(role)})
				ls = append(ls, p.link(role))
			}
		}
		if len(ls) > 0 {
			r.Rings = append(r.Rings, g)
			items = append(items, Item{Title: Link{Text: t.title}, Meta: p.linkFact("", ls)})
		}
	}
	band := func(title string, ls []Link, short []string) {
		if len(ls) == 0 {
			return
		}
		g := ringGroup{Title: title}
		for i, l := range ls {
			g.Members = append(g.Members, label{Title: short[i], Link: l})
		}
		r.Bands = append(r.Bands, g)
		items = append(items, Item{Title: Link{Text: title}, Meta: p.linkFact("", ls)})
	}
	var ls []Link
	var short []string
	for _, x := range visible(p, p.model.Principles()) {
		ls, short = append(ls, p.link(x)), append(short, x.MenuLabel())
	}
	band("Principper", ls, short)
	ls, short = nil, nil
	for _, x := range visible(p, p.model.Elements()) {
		ls, short = append(ls, p.link(x)), append(short, x.MenuLabel())
	}
	band("Kerneelementer", ls, short)
	return r, []Block{List{Items: items, Class: "figurtekst"}}
}

func (p *planner) stairsOf(f *model.Figure, desc string) (Drawn, []Block) {
	s := stairs{Title: f.Label(), Desc: desc, Axis: cmp.Or(f.Centre, "Mere indgribende"), Band: label{Title: f.Band}}
	var items []Item
	for _, t := range visible(p, p.model.Steps()) {
		s.Steps = append(s.Steps, label{Title: t.MenuLabel(), Link: p.link(t)})
		items = append(items, Item{Title: p.link(t), Text: p.text(t.Short)})
	}
	if len(items) == 0 {
		return nil, nil
	}
	return s, []Block{List{Items: items, Ordered: true, Class: "figurtekst"}}
}

func (p *planner) matrixOf(f *model.Figure, desc string) (Drawn, []Block) {
	m := matrix{Title: f.Label(), Desc: desc, MarkText: "Kryds: i målgruppen", Columns: f.Columns}
	t := Table{Caption: f.Label(), Head: append([]string{""}, f.Columns...), Class: "matrix"}
	for _, name := range f.Rows {
		row := figure.MatrixRow{Label: figure.Label{Title: name}}
		tr := Row{Head: Cell{Plain: name}}
		for _, col := range f.Columns {
			i := slices.IndexFunc(f.Fields.Items, func(x *model.FigureField) bool { return x.Row == name && x.Column == col })
			cell, td := figure.Cell{}, Cell{Plain: "ingen oplysning"}
			if i >= 0 {
				x := f.Fields.Items[i]
				cell = figure.Cell{Mark: x.Mark, Degree: min(x.Degree, 4), Word: x.Word}
				td = Cell{Plain: x.Word, Text: p.text(x.Text)}
				if x.Mark {
					td.Plain = joinWith("i målgruppen", x.Word)
				}
			}
			row.Cells = append(row.Cells, cell)
			tr.Cells = append(tr.Cells, td)
		}
		m.Rows = append(m.Rows, row)
		t.Rows = append(t.Rows, tr)
	}
	return m, []Block{t}
}

// yearDrawing shows the year's cadences; nil when the model has none that
// come round by the month or week.
func (p *planner) yearDrawing(m *model.Model) *Drawing {
	y := year{Title: "Årshjul", Desc: "Hvor tit det, der gentages, kommer igen i løbet af et skoleår.", Centre: "Skoleåret"}
	var rows []Row
	for _, c := range visible(p, m.Cadences()) {
		e := figure.Entry{Label: figure.Label{Title: c.Label()}, Force: string(c.Force)}
		switch {
		case c.Unit == "maaned" && c.Every > 0 && 12%c.Every == 0:
			for month := 8; month < 20; month += c.Every {
				e.Months = append(e.Months, (month-1)%12+1)
			}
		case c.Every > 0 || c.PerYear > 0:
			e.Every = c.Expression
		default:
			continue
		}
		if localCadence(c) {
			e.Sub, e.Force = cmp.Or(cadenceNote(c), "lokalt"), ""
		}
		y.Entries = append(y.Entries, e)
		rows = append(rows, Row{Head: Cell{Links: []Link{p.link(c)}}, Cells: []Cell{{Plain: upperFirst(c.Expression)}, {Badges: cadenceBadges(c)}}, Local: localCadence(c)})
	}
	if len(rows) == 0 {
		return nil
	}
	return &Drawing{ID: "tegning-aarshjul", Title: "Årshjul", Make: y, Caption: p.constant("Måneder er kun vist som eksempel på afstanden: hjulet begynder i august. Datoerne aftaler I selv."),
		Same: []Block{Table{Caption: "Det, der gentages", Head: []string{"Hvad", "Hvor tit", "Binding"}, Rows: rows, Stack: true}}}
}
