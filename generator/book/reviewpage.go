package book

import (
	"cmp"
	"strings"

	"modelhaandbog/generator/model"
)

// reviewPage is for the editors, in the preview: what is due, not looked through, open, read
// between the lines or without a source.
func (s scope) reviewPage() *Page {
	if s.opt.Today == "" {
		return nil
	}
	page := s.sharedPage("redaktion", "redaktion.html", "om")
	page.NoIndex = true
	s.add(page, "redaktion.gennemgang", s.reviews())
	if drift := s.drift(); drift != nil {
		page.section("aendret", s.say("lokalt.aendret"), drift...)
	}
	s.add(page, "redaktion.aabne", List{Items: s.perModel(func(s scope) []Item { return s.openQuestions().Items }), Class: "roller"})
	for _, x := range []struct {
		key  string
		fits func(m *model.Marks) bool
	}{
		{"redaktion.udledt", func(m *model.Marks) bool { return m.Basis == model.Inferred || len(m.Derived) > 0 }},
		{"redaktion.uden-kilde", func(m *model.Marks) bool { return len(m.Cites) == 0 }},
	} {
		s.add(page, x.key, List{Class: "roller", Items: s.perModel(func(s scope) []Item { return s.claims(x.fits) })})
	}
	page.Long = true
	return page
}

// reviews are when the models, and the municipality's own, were and are to be looked through.
func (s scope) reviews() Table {
	t := Table{Caption: s.say("redaktion.gennemgang"), Head: s.list("redaktion.gennemgang-hoved"), Stack: true}
	add := func(name Link, owner, last, next string) {
		due := Cell{Plain: cmp.Or(s.date(next), s.say("redaktion.ikke-sat"))}
		if next != "" && next < s.opt.Today {
			due.Badges = []Badge{{"aaben", s.say("redaktion.forfalden")}}
		}
		t.Rows = append(t.Rows, Row{Head: Cell{Links: []Link{name}}, Cells: []Cell{
			{Plain: cmp.Or(owner, s.say("redaktion.ikke-sat"))}, {Plain: cmp.Or(last, s.say("redaktion.aldrig"))}, due}})
	}
	if m := s.h.Municipal; m != nil {
		last := ""
		if m.Reviewed != "" {
			last = s.say("redaktion.mod-udgave", "udgave", m.Reviewed)
		}
		add(Link{Path: localPath, Text: s.say("lokalt.titel")}, m.Owner, last, m.Review)
	}
	for _, m := range s.h.Models {
		add(s.modelLink(m), m.Owner, s.date(m.LastReview), m.Review)
	}
	return t
}

// perModel groups the items of each model that has any.
func (s scope) perModel(items func(scope) []Item) []Item {
	var out []Item
	for _, m := range s.h.Models {
		if list := items(s.in(m)); len(list) > 0 {
			out = append(out, Item{Title: s.modelLink(m), Children: list})
		}
	}
	return out
}

// claims are the model's statements whose marks fit, with the things that they belong to.
func (s scope) claims(fits func(*model.Marks) bool) []Item {
	var out []Item
	for _, c := range s.model.Claims() {
		if c.Marks == nil || c.At.Local() || !fits(c.Marks) {
			continue
		}
		thing, _, _ := strings.Cut(strings.TrimPrefix(c.ID, s.model.ID+"/"), "#")
		kind, id, _ := strings.Cut(thing, ":")
		i := Item{Title: Link{Text: c.ID}, Text: s.said(c.Text), Pos: c.Pos()}
		if n := s.h.Lookup(s.model, s.model.ID, kind, id); n != nil {
			i.Title = s.link(n)
		}
		out = append(out, i)
	}
	return out
}
