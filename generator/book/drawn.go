package book

import (
	"modelhaandbog/generator/figure"
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
	year struct{ figure.Year }
)

func (f circle) SVG(id string, href func(Link) string) []byte {
	c := figure.Circle{Title: f.Title, Desc: f.Desc, Start: labels(f.Start, href), Loop: labels(f.Loop, href),
		Middle: f.Middle}
	return c.SVG(id)
}

func (f rings) SVG(id string, href func(Link) string) []byte {
	groups := func(list []ringGroup) []figure.Group {
		var out []figure.Group
		for _, g := range list {
			out = append(out, figure.Group{Label: figure.Label{Title: g.Title}, Members: labels(g.Members, href)})
		}
		return out
	}
	r := figure.Rings{Title: f.Title, Desc: f.Desc, Centre: f.Centre.at(href), Rings: groups(f.Rings),
		Bands: groups(f.Bands)}
	return r.SVG(id)
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
	l := figure.Legs{Title: f.Title, Desc: f.Desc, Legs: labels(f.Legs, href), Themes: labels(f.Themes, href),
		Centre: f.Centre.at(href), Frame: f.Frame.at(href)}
	return l.SVG(id)
}

func (f stairs) SVG(id string, href func(Link) string) []byte {
	s := figure.Stairs{Title: f.Title, Desc: f.Desc, Steps: labels(f.Steps, href), Axis: f.Axis, Band: f.Band.at(href)}
	return s.SVG(id)
}

func (f meet) SVG(id string, href func(Link) string) []byte {
	m := figure.Meet{Title: f.Title, Desc: f.Desc, Models: labels(f.Models, href)}
	for _, r := range f.Rows {
		m.Rows = append(m.Rows, figure.Shared{Label: r.Label.at(href), In: r.In})
	}
	return m.SVG(id)
}

func (f year) SVG(id string, _ func(Link) string) []byte {
	return f.Year.SVG(id)
}
