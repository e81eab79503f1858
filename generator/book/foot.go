package book

import (
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
)

// legendClass marks the legend, which a pack of sheets has only once.
const legendClass = "forklaring"

// legend says at a page's foot what the marks on it mean: those that it has. It is nil
// for a page without marks to explain.
func (s scope) legend(page *Page) []Section {
	m := marksSeen{s.edition, map[string]bool{}}
	m.badges(page.Badges, false)
	for _, sec := range page.Sections {
		m.local(sec.Local)
		if sec.Sheet != nil { // of a sheet that is bound with others
			m.badges(sec.Sheet.Badges, false)
		}
		for _, b := range sec.Blocks {
			m.block(b)
		}
	}
	if m.kinds["udledt"] && m.kinds["facet"] {
		m.kinds["udledt-og-facet"], m.kinds["udledt"], m.kinds["facet"] = true, false, false
	}
	var words []string
	for _, kind := range slices.Concat(model.Force("").Values(), []string{"udledt", "facet", "udledt-og-facet", "lokal"}) {
		if m.kinds[kind] {
			words = append(words, s.say("maerke.forklaring."+kind))
		}
	}
	if len(words) == 0 {
		return nil
	}
	box := Box{Type: "forklaring", Title: s.say("maerke.forklaring-titel"), Plain: strings.Join(words, " ")}
	return []Section{{Level: 2, Class: legendClass, Blocks: []Block{box}}}
}

// marksSeen are the kinds of marks that a sheet has, with [model.Described] for what
// has none because it is part of the model.
type marksSeen struct {
	*edition
	kinds map[string]bool
}

func (m marksSeen) local(is bool) { m.kinds["lokal"] = m.kinds["lokal"] || is }

func (m marksSeen) block(b Block) {
	eachList(b, func(list []Item, _ []string) { m.items(list) })
	switch b := b.(type) {
	case Facts:
		m.facts(b.Rows)
	case Attendance:
		m.facts(b.Rows)
	case Table:
		for _, r := range b.Rows {
			m.whole(slices.Concat(r.Under, r.Head.Badges), r.Local, r.Of)
			for _, c := range r.Cells {
				m.badges(c.Badges, r.Local)
				m.links(c.Links)
				for _, g := range c.Fold.Groups {
					m.links(g.Links)
				}
			}
		}
	case Prose:
		m.local(b.Text.Local)
	}
}

func (m marksSeen) items(list []Item) {
	for _, i := range list {
		m.local(i.Omitted || i.Text.Local)
		m.whole(i.Badges, i.Local, i.Of)
		m.facts(i.Meta)
		m.items(i.Children)
	}
}

// whole notes the marks of what may be a statement, or that it has none.
func (m marksSeen) whole(marks []Badge, local bool, of diag.Pos) {
	if !m.badges(marks, local) && !local && !of.IsZero() {
		m.kinds[string(model.Described)] = true
	}
}

// links notes the mark that ends the words of a link, see [scope.linkRead].
func (m marksSeen) links(list []Link) {
	m.kinds["facet"] = m.kinds["facet"] ||
		slices.ContainsFunc(list, func(l Link) bool { return strings.HasSuffix(l.Text, "†") })
}

func (m marksSeen) facts(rows []Fact) {
	for _, f := range rows {
		m.badges(f.Badges, f.Local || f.Text.Local)
	}
}

// badges notes marks, and tells whether one says how the whole is to be taken. What a
// municipality asks for in its own words is local.
func (m marksSeen) badges(list []Badge, local bool) (whole bool) {
	m.local(local)
	for _, b := range list {
		own := "maerke.lokalt." + b.Kind
		m.kinds[b.Kind] = m.kinds[b.Kind] || !m.words.Has(own) || b.Text != m.say(own)
		whole = whole || slices.Contains(model.Force("").Values(), b.Kind) ||
			slices.Contains(model.Basis("").Values(), b.Kind) && b.Text == m.say("maerke."+b.Kind)
	}
	return whole
}

// unnamed are a sheet's own sources without the places that its points name already,
// whole or in part.
func unnamed(page *Page) []Cite {
	var named []Cite
	var note func(list []Item)
	note = func(list []Item) {
		for _, i := range list {
			named = append(named, i.Cites...)
			note(i.Children)
		}
	}
	for _, sec := range page.Sections {
		for _, b := range sec.Blocks {
			eachList(b, func(list []Item, _ []string) { note(list) })
		}
	}
	return slices.DeleteFunc(slices.Clone(page.Cites), func(c Cite) bool {
		return slices.ContainsFunc(named, func(n Cite) bool {
			return n.Link == c.Link && (c.Place == "" || strings.HasPrefix(n.Place+", ", c.Place+", "))
		})
	})
}
