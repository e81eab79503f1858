package book

import (
	"slices"

	"modelhaandbog/generator/model"
)

// matrices plans the page that shows how the parts of a model hang together.
// It is nil for a model where nothing crosses.
func (s scope) matrices() *Page {
	m := s.model
	page := s.page(Page{Path: m.ID + "/sammenhaeng.html", Kind: "sammenhaeng", KindName: s.say("sammenhaeng.slags"),
		Title: s.say("sammenhaeng.titel"), Kicker: m.MenuLabel(), Lede: s.sentence("sammenhaeng.lede"),
		Changed: s.changed(m), Weight: -1})
	cross := func(key string, t Table) {
		if t = t.filled(); len(t.Rows) > 1 { // one row is told on its own page
			s.add(page, "sammenhaeng."+key, t)
		}
	}
	cross("kerneelement-fase", s.elementByPhase())
	cross("rolle-fase", s.roleByPhase())
	cross("rolle-moede", s.roleByMeeting())
	cross("princip", s.principleByPlace())
	if len(m.Steps()) > 0 {
		cross("omraade-trin", s.stepsByArea())
	} else {
		cross("omraade-element", s.partsByArea())
	}
	cross("forudsaetning-kerneelement", s.prerequisiteByElement())
	if len(page.Sections) == 0 {
		return nil
	}
	page.Long = len(page.Sections) > 2
	page.Sections = append(page.Sections, s.legend(page)...)
	return page
}

// grid begins a table whose caption and headings stand under a key.
func (s scope) grid(key, class string) Table {
	return Table{Caption: s.say("skema." + key + ".titel"), Head: slices.Clone(s.list("skema." + key + ".hoved")),
		Class: class, Stack: true}
}

// phaseHeads are the headings of a column for each phase.
func (s scope) phaseHeads(phases []*model.Phase) []string {
	var out []string
	for _, f := range phases {
		out = append(out, s.say("fase.titel", "nummer", f.Number, "navn", f.MenuLabel()))
	}
	return out
}

func (s scope) elementByPhase() Table {
	t := s.grid("kerneelement-fase", "matrix")
	t.Stack = false
	phases := visible(s, s.model.Phases())
	if len(phases) == 0 {
		return t
	}
	t.Head = append(t.Head, s.phaseHeads(phases)...)
	for _, k := range visible(s, s.model.Elements()) {
		head := s.link(k)
		head.Text = k.MenuLabel()
		marks := append(s.badges("", k.PhasesBasis), s.facet(&k.Marks, "faser")...)
		row := Row{Head: Cell{Links: []Link{head}, Badges: marks}}
		for _, f := range phases {
			row.Cells = append(row.Cells, s.dot(refers(k.Phases, f)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (s scope) roleByPhase() Table {
	t := s.grid("rolle-fase", "matrix opgavematrix")
	phases := visible(s, s.model.Phases())
	if len(phases) == 0 {
		return t
	}
	t.Head = append(append(t.Head, s.phaseHeads(phases)...), s.say("rolle.loebende"))
	for _, r := range visible(s, s.model.Roles()) {
		row := Row{Head: Cell{Links: []Link{s.link(r)}}}
		cell := func(keep func(*model.Task) bool) {
			var ls []Link
			for _, x := range visible(s, s.model.Tasks()) {
				if x.Role.To == r && !x.Local.Omit && keep(x) {
					ls = append(ls, s.linkRead(x, &x.Marks, "rolle", "faser"))
				}
			}
			row.Cells = append(row.Cells, s.folded(ls, "opgave"))
		}
		for _, f := range phases {
			cell(func(x *model.Task) bool { return refers(x.Phases, f) })
		}
		cell(func(x *model.Task) bool { return len(x.Phases) == 0 })
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (s scope) roleByMeeting() Table {
	t := s.grid("rolle-moede", "opgavematrix")
	for _, mt := range visible(s, s.model.Meetings()) {
		row := Row{Head: Cell{Links: []Link{s.link(mt)}, Badges: s.rowBadges(&mt.Entity)}, Of: mt.At.Statement(),
			Local: mt.At.Local(),
			Cells: []Cell{{Links: linkOf(s, mt.Convener)}}}
		if mt.Convener.To == nil {
			row.Cells[0].Plain = s.say("moede.indkalder-ikke-oplyst")
		}
		for _, mode := range model.Mode("").Values() {
			var c Cell
			for _, x := range mt.Participants.Items {
				if string(x.Mode) == mode && !x.Local.Omit && (x.Role == nil || !s.hidden(&x.Role.Entity)) {
					l := Link{Text: x.Name}
					if x.Role != nil {
						l = s.link(x.Role)
					}
					if len(s.facet(&model.Marks{Derived: x.Derived}, "form")) > 0 {
						l.Text += " †"
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

func (s scope) principleByPlace() Table {
	t := s.grid("princip", "")
	for _, pr := range visible(s, s.model.Principles()) {
		var ls []Link
		if pr.Basis == model.NamedOnly {
			continue
		}
		if pr.Element.To != nil {
			ls = append(ls, s.link(pr.Element.To))
		}
		for _, l := range s.mentionedBy(pr) {
			if !slices.Contains(ls, l) {
				ls = append(ls, l)
			}
		}
		t.crossing(s.link(pr), s.folded(ls, "sted"))
	}
	return t
}

// crossing adds a row.
func (b *Table) crossing(head Link, cells ...Cell) {
	b.Rows = append(b.Rows, Row{Head: Cell{Links: []Link{head}}, Cells: cells})
}

func (s scope) stepsByArea() Table {
	t := s.grid("omraade-trin", "")
	for _, a := range visible(s, s.model.Areas()) {
		var steps []Link
		for _, x := range visible(s, s.model.Steps()) {
			if x.Area.To == a {
				steps = append(steps, s.linkRead(x, &x.Marks, "omraade"))
			}
		}
		t.crossing(s.link(a), Cell{Links: steps}, s.partsOf(a))
	}
	return t
}

func (s scope) partsByArea() Table {
	t := s.grid("omraade-element", "")
	for _, a := range visible(s, s.model.Areas()) {
		t.crossing(s.link(a), s.partsOf(a))
	}
	return t
}

func (s scope) partsOf(a *model.Area) Cell {
	var parts []Link
	for _, x := range visible(s, s.model.Parts()) {
		if x.Area.To == a {
			parts = append(parts, s.linkRead(x, &x.Marks, "omraade"))
		}
	}
	return s.folded(parts, "element")
}

func (s scope) prerequisiteByElement() Table {
	t := s.grid("forudsaetning-kerneelement", "")
	for _, k := range visible(s, s.model.Elements()) {
		var ls []Link
		for _, f := range visible(s, s.model.Prerequisites()) {
			if refers(f.Elements, k) {
				ls = append(ls, s.linkRead(f, &f.Marks, "kerneelementer"))
			}
		}
		t.crossing(s.link(k), s.folded(ls, "forudsaetning"))
	}
	return t
}

// mostLinks is how many links a cell or a line can hold and still be read.
const mostLinks = 8

// folded is a cell of links, which are folded away when they are too many; what
// they are is counted.
func (s scope) folded(ls []Link, what string) Cell {
	if len(ls) > mostLinks {
		return Cell{Fold: Fold{Title: s.count(what, len(ls)), Groups: []LinkGroup{{Links: ls}}}}
	}
	return Cell{Links: ls}
}
