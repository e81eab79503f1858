package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/schema"
)

// Where a municipality's own pages are: what is local, and what is still to be agreed.
const (
	localPath = "lokalt.html"
	openPath  = "aftal-lokalt.html"
)

// localPages are the municipality's own pages, each alone in the menu: what is local, when
// anything is, and what it has still to answer. The national edition has none.
func (s scope) localPages() [][]*Page {
	if s.h.Municipal == nil {
		return nil
	}
	local, open := one(scope.adaptationsPage)(s), one(scope.openPage)(s)
	if len(local) == 0 { // who asks what is local is led to what can be
		for _, pages := range open {
			pages[0].Aliases = append(slices.Clip(pages[0].Aliases), s.list("lokalt.alias")...)
		}
	}
	return append(local, open...)
}

// adaptationsPage lists what is local beside the national wording, thing by thing, and
// what has changed nationally since the last review; nil when nothing is local.
func (s scope) adaptationsPage() *Page {
	page := s.sharedPage("lokalt", localPath, "lokalt")
	s.add(page, "lokalt.gennemgang", s.drift()...)
	for _, m := range s.h.Models {
		things := append([]model.Named{m}, m.All()...)
		page.section("tilpasset-"+m.ID, s.say("lokalt.i-model", "model", m.MenuLabel()), s.adapted(m, things))
	}
	s.add(page, "lokalt.tilpasset-faelles", s.adapted(nil, sharedThings(s.h)))
	if len(page.Sections) == 0 && len(s.opt.Own) == 0 {
		return nil
	}
	if edition := s.h.Municipal.Reviewed; edition != "" {
		s.add(page, "lokalt.gennemgaaet", Box{Type: "note", Plain: s.say("lokalt.gennemgaaet-mod", "udgave", edition)})
	}
	s.localHistory(page)
	page.Long = len(page.Sections) > 3
	return page
}

// drift is what has changed nationally under what is local, or nothing.
func (s scope) drift() []Block {
	var rows []Row
	for _, d := range s.opt.Drift {
		if d.Unread {
			continue
		}
		old := s.in(d.Model)
		head := Cell{Plain: d.Label}
		if d.Entity != nil {
			if n := s.h.Lookup(d.Model, d.Model.ID, d.Entity.Kind, d.Entity.ID); n != nil {
				head.Links = []Link{s.link(n)}
			}
		}
		rows = append(rows, Row{Head: head, Cells: []Cell{{Plain: cmp.Or(old.said(d.Before).Plain(), s.say("lokalt.intet"))},
			{Plain: cmp.Or(old.said(d.Now).Plain(), s.say("lokalt.slettet"))}}})
	}
	if len(rows) == 0 {
		return nil
	}
	return []Block{Box{Type: "vigtigt", Title: s.say("lokalt.aendret"), Plain: s.say("lokalt.aendret-tekst")},
		Table{Caption: s.say("lokalt.aendret-skema"), Head: s.list("lokalt.aendret-hoved"), Rows: rows, Stack: true}}
}

// adapted lists what is local of a model's things, or of those that the models share, kind
// by kind.
func (s scope) adapted(m *model.Model, things []model.Named) List {
	var kinds []Item
	s = s.in(m)
	for _, n := range things {
		i, local := s.adaptation(m, n)
		if !local {
			continue
		}
		title := s.say("lokalt.hele-modellen")
		if k := n.Base().Descriptor(); k != nil {
			title = s.many(k)
		}
		if last := len(kinds) - 1; last < 0 || kinds[last].Title.Text != title {
			kinds = append(kinds, Item{Title: Link{Text: title}})
		}
		group := &kinds[len(kinds)-1]
		group.Children = append(group.Children, i)
	}
	return List{Items: kinds, Class: "roller"}
}

// adaptation is all that is local of one thing, and whether anything is.
func (s scope) adaptation(m *model.Model, n model.Named) (Item, bool) {
	e := n.Base()
	i := Item{Title: s.link(n)}
	told := e.Local.Reason.At
	s.because(&i, e.Local.Reason, e.Local.Date)
	for _, c := range s.opt.Changes {
		if c.Model != m || c.Entity != e {
			continue
		}
		x, ok := n.(*model.Cadence)
		if len(c.Keys) == 0 && (c.What == overlay.Added || c.What == overlay.Omitted) && c.Label == kindName(e) {
			i.Badges = append(i.Badges, Badge{"lokal", upperFirst(string(c.What))})
			if ok && c.What == overlay.Added {
				i.Text = s.said(s.often(x))
			}
			continue
		}
		if ok && len(c.Keys) > 0 && c.Keys[0].Policy == schema.Oftener {
			c.Local, c.National = s.often(x), s.often(s.nationalCadence(x))
		}
		child := s.change(c)
		if c.Reason.At != told && c.Reason.At != e.Local.Reason.At {
			told = c.Reason.At // once for all that it is the reason for
			s.because(&child, c.Reason, c.Date)
		}
		i.Children = append(i.Children, child)
	}
	if m == nil && e.At.Local() {
		i.Badges = append(i.Badges, s.localBadge("nyt"))
	}
	if s.guidedLocally(n) {
		l := i.Title
		l.Text = s.ownPracticeTitle()
		if l.Anchor == "" {
			l.Anchor = "saadan-goer-vi"
		}
		i.Children = append(i.Children, Item{Title: l, Badges: []Badge{s.localBadge("vejledning")}})
	}
	return i, len(i.Children)+len(i.Badges) > 0
}

func kindName(e *model.Entity) string {
	if k := e.Descriptor(); k != nil {
		return k.One
	}
	return ""
}

// change is one difference, with the national wording.
func (s scope) change(c overlay.Change) Item {
	i := Item{Title: Link{Text: upperFirst(c.Label)}, Text: s.said(c.Local)}
	national := Key("nationalt")
	switch c.What {
	case overlay.Renamed:
		i.Title.Text = s.say("lokalt.navn")
	case overlay.Decided:
		i.Title.Text, national = s.say("oplysning.svar"), "spoergsmaal"
	case overlay.Omitted, overlay.Added:
		i.Badges = []Badge{{"lokal", upperFirst(string(c.What))}}
	}
	if t := s.said(c.National); !t.Empty() {
		i.Meta = []Fact{s.fact(national, Fact{Text: t})}
	}
	return i
}

// guidedLocally reports whether the municipality has guidance of its own for n.
func (s scope) guidedLocally(n model.Named) bool {
	g, ok := s.local[guideKeyOf(n.Base())]
	return ok && !g.Doc.Empty()
}

// because says why and when something was decided. A reason's mistakes are told here: that
// of what isn't omitted is shown nowhere else.
func (s scope) because(i *Item, reason model.Text, date string) {
	s.text(reason)
	switch {
	case !reason.Empty() && date != "":
		i.Reason = s.said(reason.Value + " (" + s.date(date) + ")")
	case !reason.Empty():
		i.Reason = s.said(reason.Value)
	case date != "":
		i.Meta = append(i.Meta, s.fact("besluttet", Fact{Plain: s.date(date)}))
	}
}

// said are an author's words that stand elsewhere too, where their mistakes are told.
func (s scope) said(words string) Text {
	if words == "" {
		return Text{}
	}
	doc, _ := s.texts.parse(diag.Pos{}, words)
	return Text{Doc: doc, Refs: s.apart().refs(doc)}
}

// openPage lists what the models leave for the municipality and it has not answered, by
// whom the question concerns; nil when all is answered.
func (s scope) openPage() *Page {
	page := s.sharedPage("aftal", openPath, "aftal")
	for _, m := range s.h.Models {
		s := s.in(m)
		l := s.openQuestions()
		n := 0
		for _, g := range s.unowned() {
			n += len(g.Children)
		}
		if n > 0 {
			where := Link{Path: m.ID + "/aftaler/index.html", Anchor: "ingen-naevnt", Text: s.say("aftal.uden-ejer", "antal", n)}
			l.Items = append(l.Items, Item{Title: Link{Text: s.say("aftale.ingen-naevnt")}, Children: []Item{{Title: where}}})
		}
		page.section("aabne-"+m.ID, m.MenuLabel(), l)
	}
	if len(page.Sections) == 0 {
		return nil
	}
	page.Long = len(page.Sections) > 3
	return page
}

// openQuestions are the model's questions without an answer, under the one whom each
// concerns first.
func (s scope) openQuestions() List {
	var groups []Item
	for _, a := range visible(s, s.model.Agreements()) {
		if !a.Answer.Empty() || a.Local.Omit {
			continue
		}
		i := s.agreement(a)
		i.ID, i.Title = "", s.link(a)
		title := Link{Text: s.say("aftal.kommunen")}
		if r := a.AskedOf(s.hidden); r != nil {
			title = s.link(r)
		}
		at := slices.IndexFunc(groups, func(g Item) bool { return g.Title == title })
		if at < 0 {
			at = len(groups)
			groups = append(groups, Item{Title: title})
		}
		groups[at].Children = append(groups[at].Children, i)
	}
	return List{Items: groups, Class: "roller"}
}
