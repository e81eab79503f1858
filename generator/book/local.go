package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
)

// localPage lists what is local beside the national wording, what is still to
// be decided, and what has changed nationally since the last review. The national
// edition has none.
func (s scope) localPage() *Page {
	if s.h.Municipal == nil {
		return nil
	}
	page := s.sharedPage("lokalt", "lokalt.html", "lokalt")
	s.add(page, "lokalt.gennemgang", s.drift()...)
	for _, m := range s.h.Models {
		page.section("tilpasset-"+m.ID, s.say("lokalt.i-model", "model", m.MenuLabel()), s.localTable(s.adaptedIn(m)))
	}
	s.add(page, "lokalt.tilpasset-faelles", s.localTable(s.sharedLocally()))
	note := func(text string) Box { return Box{Type: "note", Plain: text} }
	if len(page.Sections) == 0 {
		page.section("ingen", "", note(s.say("lokalt.ingen")))
	}
	for _, m := range s.h.Models {
		page.section("aabne-"+m.ID, s.say("lokalt.aabne", "model", m.MenuLabel()), s.in(m).openAgreements())
	}
	if edition := s.h.Municipal.Reviewed; edition != "" {
		s.add(page, "lokalt.gennemgaaet", note(s.say("lokalt.gennemgaaet-mod", "udgave", edition)))
	}
	if s.head.WAS == "" {
		s.add(page, "lokalt.tilgaengelighed", note(s.say("lokalt.tilgaengelighed-mangler")))
	}
	page.Long = len(page.Sections) > 3
	return page
}

func (s scope) localTable(rows []Row) Table {
	return Table{Head: s.list("lokalt.hoved"), Rows: rows, Stack: true}
}

// drift is what has changed nationally under what is local, or nothing.
func (s scope) drift() []Block {
	if len(s.opt.Drift) == 0 {
		return nil
	}
	var rows []Row
	for _, d := range s.opt.Drift {
		head := Cell{Plain: d.Label()}
		if d.Entity != nil {
			if n := s.h.Lookup(d.Model, d.Model.ID, d.Entity.Kind, d.Entity.ID); n != nil {
				head.Links = []Link{s.link(n)}
			}
		}
		rows = append(rows, Row{Head: head, Cells: []Cell{{Plain: cmp.Or(d.Old, s.say("lokalt.intet"))},
			{Plain: cmp.Or(d.New, s.say("lokalt.slettet"))}}})
	}
	return []Block{Box{Type: "vigtigt", Title: s.say("lokalt.aendret"), Plain: s.say("lokalt.aendret-tekst")},
		Table{Caption: s.say("lokalt.aendret-skema"), Head: s.list("lokalt.aendret-hoved"), Rows: rows, Stack: true}}
}

// adaptedIn lists what is local in a model.
func (s scope) adaptedIn(m *model.Model) []Row {
	var rows []Row
	adapted := s.opt.Changes
	for _, a := range adapted {
		if a.Model != m {
			continue
		}
		n := s.h.Lookup(m, m.ID, a.Entity.Kind, a.Entity.ID)
		rows = append(rows, Row{Head: Cell{Links: []Link{s.link(n)}, Plain: upperFirst(a.Label)}, Cells: []Cell{
			{Badges: []Badge{{"lokal", upperFirst(string(a.What))}}, Plain: a.Local}, {Plain: cmp.Or(a.National, "–")},
			{Plain: s.why(a.Reason, a.Date)}}})
	}
	for _, n := range append([]model.Named{m}, m.All()...) {
		if !s.guidedLocally(n) {
			continue
		}
		row := s.localRow(n, "", "vejledning", s.ownPracticeTitle())
		if slices.ContainsFunc(adapted, func(a overlay.Change) bool { return a.Entity == n.Base() }) {
			row.Cells[2].Plain = "–" // the reason is for what the table changes
		}
		rows = append(rows, row)
	}
	return rows
}

// sharedLocally lists the terms and packs that the municipality has added, and
// its guidance for what the models share.
func (s scope) sharedLocally() []Row {
	var rows []Row
	for _, n := range sharedThings(s.h) {
		if e := n.Base(); e.At.Local() {
			k := model.Schema().Kind(e.Kind)
			rows = append(rows, s.localRow(n, k.One, "nyt", e.Label()))
		}
		if s.guidedLocally(n) {
			rows = append(rows, s.localRow(n, "", "vejledning", s.ownPracticeTitle()))
		}
	}
	return rows
}

// guidedLocally reports whether the municipality has guidance of its own for n.
func (s scope) guidedLocally(n model.Named) bool {
	g, ok := s.local[guideKeyOf(n.Base())]
	return ok && !g.Doc.Empty()
}

// localRow is a row for what has no national wording beside it.
func (s scope) localRow(n model.Named, label, what, text string) Row {
	local := n.Base().Local
	return Row{Head: Cell{Links: []Link{s.link(n)}, Plain: label}, Cells: []Cell{
		{Badges: []Badge{s.localBadge(what)}, Plain: text}, {Plain: "–"}, {Plain: s.why(local.Reason.Value, local.Date)}}}
}

// why is a reason with its date, or a dash.
func (s scope) why(reason, date string) string {
	if date != "" {
		date = "(" + s.date(date) + ")"
	}
	return cmp.Or(strings.TrimSpace(reason+" "+date), "–")
}

// openAgreements are what the municipality has still to decide in the model.
func (s scope) openAgreements() List {
	var open []Item
	for _, a := range visible(s, s.model.Agreements()) {
		if a.Answer.Empty() && !a.Local.Omit {
			i := s.agreement(a)
			i.ID, i.Title = "", s.link(a)
			open = append(open, i)
		}
	}
	return List{Items: open, Class: "aftaler"}
}
