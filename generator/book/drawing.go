package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/figure"
	"modelhaandbog/generator/model"
)

// drawing makes a model's figure and its text equivalent. It is nil for a figure of
// what the model doesn't have.
func (s scope) drawing(f *model.Figure) Block {
	d := Drawing{ID: "tegning-" + f.ID, Title: f.Label(), Caption: s.text(f.Body), Cites: s.cites(f.Cites)}
	if d.Caption.Empty() {
		d.Caption = s.text(f.Short)
	}
	desc := cmp.Or(s.text(f.Short).Plain(), f.Label())
	switch f.Type {
	case "cirkel":
		d.Make, d.Same = s.circleOf(f, desc)
	case "ringe":
		d.Make, d.Same = s.ringsOf(f, desc)
	case "trappe":
		d.Make, d.Same = s.stairsOf(f, desc)
	case "trekant":
		d.Make, d.Same = s.triangleOf(f, desc)
	case "matrix":
		d.Make, d.Same = s.matrixOf(f, desc)
	case "ben":
		d.Make, d.Same = s.legsOf(f, desc)
	default:
		b := Box{Type: "naevnt", Title: f.Label(), Plain: s.say("figur.naevnt")}
		if t := s.text(f.Body); !t.Empty() {
			b.Texts = []Text{t}
		}
		return b
	}
	if d.Make == nil {
		return nil
	}
	return d
}

// inWords is a figure's content as a list.
func inWords(items []Item, ordered bool) []Block {
	return []Block{List{Items: items, Ordered: ordered, Class: "figurtekst"}}
}

func (s scope) fieldList(f *model.Figure) []Block {
	var items []Item
	for _, x := range f.Fields.Items {
		i := Item{Title: s.fieldLink(x), Text: s.text(x.Text), Pos: x.At.Pos()}
		i.Meta = s.plainFact("", upperFirst(x.Group))
		items = append(items, i)
	}
	return inWords(items, false)
}

// fieldLink is a field of a figure: its own words, or the name of what it shows.
func (s scope) fieldLink(x *model.FigureField) Link {
	if x.Shows.To == nil || s.unseen(x.Shows.To) {
		return Link{Text: x.Name}
	}
	l := s.link(x.Shows.To)
	l.Text = x.Shows.To.Base().MenuLabel()
	return l
}

func (s scope) fieldLabel(x *model.FigureField, sub string) figure.Label {
	l := s.fieldLink(x)
	return figure.Label{Title: l.Text, Sub: sub, Href: href(l)}
}

func (s scope) triangleOf(f *model.Figure, desc string) (figure.Figure, []Block) {
	t := figure.Triangle{Title: f.Label(), Desc: desc}
	for _, x := range f.Fields.Items {
		t.Levels = append(t.Levels, s.fieldLabel(x, x.Group))
	}
	return t, s.fieldList(f)
}

func (s scope) legsOf(f *model.Figure, desc string) (figure.Figure, []Block) {
	l := figure.Legs{Title: f.Label(), Desc: desc, Centre: figure.Label{Title: f.Centre},
		Frame: figure.Label{Title: f.Band}}
	for _, x := range f.Fields.Items {
		if x.Group == "tema" {
			l.Themes = append(l.Themes, s.fieldLabel(x, ""))
		} else {
			l.Legs = append(l.Legs, s.fieldLabel(x, ""))
		}
	}
	return l, s.fieldList(f)
}

// inShort is what a figure shows, by its name and in short, with the marks of both. The
// shapes lead on to where the rest is said.
func (s scope) inShort(n model.Named) Item {
	e := n.Base()
	i := Item{Title: s.link(n), Text: s.text(e.Short), Badges: s.itemBadges(e), Local: e.At.Local()}
	s.readByEditors(&i, e, "navn", "kort")
	i.derived = nil
	return i
}

func (s scope) circleOf(f *model.Figure, desc string) (figure.Figure, []Block) {
	c := figure.Circle{Title: f.Label(), Desc: desc, Middle: cmp.Or(f.Centre, s.say("figur.gentages"))}
	var items []Item
	for _, ph := range visible(s, s.model.Phases()) {
		l := figure.Label{Title: ph.Label(), Href: href(s.link(ph))}
		i := s.inShort(ph)
		if ph.Repeats {
			c.Loop = append(c.Loop, l)
			i.Meta = s.plainFact("", s.say("figur.gentages"))
		} else {
			c.Start = append(c.Start, l)
		}
		items = append(items, i)
	}
	if len(items) == 0 {
		return nil, nil
	}
	return c, inWords(items, true)
}

func (s scope) ringsOf(f *model.Figure, desc string) (figure.Figure, []Block) {
	r := figure.Rings{Title: f.Label(), Desc: desc,
		Centre: figure.Label{Title: cmp.Or(f.Centre, s.say("figur.i-centrum"))}}
	var items []Item
	add := func(title string, ls []Link) {
		items = append(items, Item{Title: Link{Text: title}, Meta: s.linkFact("", ls)})
	}
	for _, role := range s.model.Roles() {
		if role.Ring == "barn" {
			r.Centre = figure.Label{Title: role.MenuLabel(), Href: href(s.link(role))}
			add(s.say("figur.i-midten"), []Link{s.link(role)})
		}
	}
	ring := func(into *[]figure.Group, title string, list []model.Named) {
		g := figure.Group{Label: figure.Label{Title: title}}
		var ls []Link
		for _, n := range list {
			g.Members = append(g.Members, figure.Label{Title: n.Base().MenuLabel(), Href: href(s.link(n))})
			ls = append(ls, s.link(n))
		}
		if len(ls) > 0 {
			*into = append(*into, g)
			add(g.Title, ls)
		}
	}
	for _, who := range []model.Ring{"voksne", "ledere"} {
		ring(&r.Rings, s.say("figur.ring."+string(who)), named(slices.DeleteFunc(slices.Clone(visible(s, s.model.Roles())),
			func(x *model.Role) bool { return x.Ring != who })))
	}
	ring(&r.Bands, s.many(model.Schema().Kind("princip")), named(visible(s, s.model.Principles())))
	ring(&r.Bands, s.many(model.Schema().Kind("kerneelement")), named(visible(s, s.model.Elements())))
	return r, inWords(items, false)
}

func (s scope) stairsOf(f *model.Figure, desc string) (figure.Figure, []Block) {
	out := figure.Stairs{Title: f.Label(), Desc: desc, Axis: cmp.Or(f.Centre, s.say("figur.mere-indgribende")),
		Band: figure.Label{Title: f.Band}}
	var items []Item
	for _, t := range visible(s, s.model.Steps()) {
		out.Steps = append(out.Steps, figure.Label{Title: t.MenuLabel(), Href: href(s.link(t))})
		items = append(items, s.inShort(t))
	}
	if len(items) == 0 {
		return nil, nil
	}
	return out, inWords(items, true)
}

func (s scope) matrixOf(f *model.Figure, desc string) (figure.Figure, []Block) {
	m := figure.Matrix{Title: f.Label(), Desc: desc, MarkText: s.say("figur.kryds")}
	for _, col := range f.Columns {
		m.Columns = append(m.Columns, figure.Label{Title: col})
	}
	t := Table{Caption: f.Label(), Head: append([]string{""}, f.Columns...), Class: "matrix"}
	for _, name := range f.Rows {
		row := figure.MatrixRow{Label: figure.Label{Title: name}}
		tr := Row{Head: Cell{Plain: name}}
		for _, col := range f.Columns {
			i := slices.IndexFunc(f.Fields.Items, func(x *model.FigureField) bool { return x.Row == name && x.Column == col })
			cell, td := figure.Cell{}, Cell{Plain: s.say("figur.ingen-oplysning")}
			if i >= 0 {
				x := f.Fields.Items[i]
				cell = figure.Cell{Mark: x.Mark, Degree: min(x.Degree, 4), Word: x.Word}
				td = Cell{Plain: x.Word, Text: s.text(x.Text)}
				if x.Mark {
					td.Plain = joinWith(s.say("figur.i-maalgruppen"), x.Word)
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
func (s scope) yearDrawing(m *model.Model) *Drawing {
	y := figure.Year{Title: s.say("aarshjul.titel"), Desc: s.say("aarshjul.figur"), First: 8,
		Months: s.list("aarshjul.maaneder"), AllYear: s.say("aarshjul.hele-aaret"), Centre: s.say("aarshjul.midten")}
	t := Table{Caption: s.say("aarshjul.skema"), Head: s.list("aarshjul.hoved"), Stack: true}
	for _, c := range visible(s, m.Cadences()) {
		e := figure.Entry{Label: figure.Label{Title: c.Label()}, Force: string(c.Force)}
		about := []string{s.often(c)}
		f := c.Frequency()
		from, to, unit, whole := f.Interval()
		if f.None() {
			continue
		}
		if whole && !f.Times && from == to && unit == "maaned" && from < 12 && 12%from == 0 {
			for month := 8; month < 20; month += from {
				e.Months = append(e.Months, (month-1)%12+1)
			}
		}
		if c.LocalOften() {
			e.Force = ""
			about = append(about, cmp.Or(s.cadenceNote(c), s.say("kadence.lokalt")))
		} else {
			for _, b := range s.badges(c.Force, "") {
				about = append(about, lowerFirst(b.Text))
			}
		}
		e.Sub = strings.Join(about, " · ")
		y.Entries = append(y.Entries, e)
		var months []string
		for _, m := range e.Months[:len(e.Months)%12] { // each month needs no names
			months = append(months, y.Months[m-1])
		}
		t.Rows = append(t.Rows, Row{Head: Cell{Links: []Link{s.link(c)}}, Local: c.LocalOften(),
			Cells: []Cell{{Plain: upperFirst(s.often(c)) + inBrackets(strings.Join(months, ", "))},
				{Badges: s.cadenceBadges(c)}}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return &Drawing{ID: "tegning-aarshjul", Title: y.Title, Make: y, Caption: s.sentence("aarshjul.billedtekst"),
		Same: []Block{t}}
}
