package book

import (
	"fmt"
	"slices"

	"modelhaandbog/generator/model"
)

// assessments plans the list of assessments with the scales that they are answered on,
// and a sheet for each.
func (s scope) assessments(sec section) []*Page {
	list := s.listPage(sec, "liste-vurderinger")
	pages := []*Page{list}
	var items, scales []Item
	for _, a := range visible(s, s.model.Assessments()) {
		items = append(items, s.linked(a))
		pages = append(pages, s.assessmentPage(sec, a))
	}
	for _, x := range visible(s, s.model.Scales()) {
		i := s.item(x)
		for _, l := range x.Levels.Items {
			i.Children = append(i.Children, Item{Title: Link{Text: levelName(l)}, Text: s.text(l.Text), Pos: l.At.Pos()})
		}
		scales = append(scales, i)
	}
	list.section("", "", overviewOf(items))
	s.add(list, "vurdering.skalaer", List{Items: scales, Class: "liste"})
	return pages
}

func levelName(l *model.ScaleLevel) string { return fmt.Sprintf("%d %s", l.Value, l.Name) }

func (s scope) assessmentPage(sec section, a *model.Assessment) *Page {
	page := s.entityPage(a, sec.folder)
	page.Sheet = &Sheet{Type: "vurdering", Subtitle: s.model.Label(), Base: a.ID}
	page.Forms = s.forms(page, Link{})
	page.behind = nil // a sheet says it in its head
	page.section("", "", s.editorsOwn(&a.Entity))
	page.section("", "", Prose{Text: s.text(a.Body)})
	rating := s.rating(a)
	facts := append(s.linkFact("udfyldes-af", links(s, a.For)), s.textFact(When, a.When)...)
	if len(rating.Levels) == 0 {
		facts = append(facts, s.linkFact("skala", linkOf(s, a.Scale))...)
	}
	s.add(page, "emne.kort-sagt", Facts{facts}, s.lines("vurdering.dato"))
	s.add(page, "vurdering.punkter", rating)
	s.add(page, "vurdering.graenser", s.limits(a))
	closing(s, page, a)
	page.Sections = append(page.Sections, scanned())
	page.Long = false
	page.relate(s.say("relateret.hoerer-til"), links(s, a.For))
	return page
}

// rating is what an assessment asks, domain by domain.
func (s scope) rating(a *model.Assessment) Rating {
	out := Rating{Prefix: a.ID + "-", Sum: s.sumOf(a, "", s.say("vurdering.i-alt"))}
	if x := a.Scale.To; x != nil && slices.ContainsFunc(x.Levels.Items, func(l *model.ScaleLevel) bool { return !l.Text.Empty() }) {
		out.Levels = s.scaleLevels(x, nil, true)
	}
	put := func(g RatingGroup, id string) {
		for _, p := range a.Points.Items {
			x := a.ScaleOf(p)
			if p.Domain != id || p.Local.Omit || x == nil {
				continue
			}
			g.Items = append(g.Items, s.point("punkt", p.Point))
			g.Levels = append(g.Levels, s.scaleLevels(x, p, x != a.Scale.To || len(out.Levels) == 0))
		}
		if len(g.Items) > 0 {
			out.Groups = append(out.Groups, g)
		}
	}
	for _, d := range a.Domains.Items {
		name := s.domain(d)
		put(RatingGroup{ID: "domaene-" + d.ID, Title: name, Text: s.text(d.Text), Sum: s.sumOf(a, d.ID, name)}, d.ID)
	}
	put(RatingGroup{}, "")
	if len(out.Groups) == 1 {
		out.Groups[0].Sum = RatingSum{}
	}
	return out
}

// domain is the name of a domain, or of what it shows.
func (s scope) domain(d *model.Domain) string {
	if d.Name == "" && d.Shows.To != nil {
		return d.Shows.To.Base().MenuLabel()
	}
	return d.Name
}

// scaleLevels are the answers to a point: with the point's own anchors, or the scale's when
// full.
func (s scope) scaleLevels(x *model.Scale, p *model.AssessedPoint, full bool) []RatingLevel {
	var out []RatingLevel
	for _, l := range x.Levels.Items {
		level := RatingLevel{Value: l.Value, Name: l.Name}
		if full {
			level.Text = s.text(l.Text)
		}
		if p != nil {
			for _, own := range p.Anchors.Items {
				if own.ID == l.ID {
					level.Text = s.text(own.Text)
				}
			}
		}
		out = append(out, level)
	}
	return out
}

func (s scope) sumOf(a *model.Assessment, domain, name string) RatingSum {
	sum := RatingSum{Of: name}
	sum.Least, sum.Most = a.Bounds(domain)
	for _, l := range a.Limits.Items {
		if l.Domain == domain {
			sum.Limits = append(sum.Limits, RatingLimit{l.From, l.Name})
		}
	}
	slices.SortStableFunc(sum.Limits, func(x, y RatingLimit) int { return x.From - y.From })
	return sum
}

// limits is a table of what the sums mean.
func (s scope) limits(a *model.Assessment) Table {
	t := Table{Caption: s.say("vurdering.graenser"), Head: s.list("vurdering.graenser-hoved"), Stack: true}
	for _, l := range a.Limits.Items {
		of := s.say("vurdering.i-alt")
		for _, d := range a.Domains.Items {
			if d.ID == l.Domain {
				of = s.domain(d)
			}
		}
		t.Rows = append(t.Rows, Row{Head: Cell{Plain: l.Name}, Pos: l.At.Pos(), Local: l.At.Local(),
			Cells: []Cell{{Plain: of}, {Plain: s.say("vurdering.fra", "tal", l.From)}, {Text: s.text(l.Text)}}})
	}
	return t.filled()
}
