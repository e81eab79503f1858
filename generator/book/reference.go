package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// The works of reference that all models share: terms, actors, sources and laws.

func (s scope) terms() *Page {
	terms := visible(s, s.h.Terms())
	if len(terms) == 0 {
		return nil
	}
	page := s.sharedPage("begreber", "begreber/index.html", "begreber")
	page.Long = true
	sorted := slices.Clone(terms)
	sortDanish(s.edition, sorted, func(t *model.Term) string { return t.Label() })
	for len(sorted) > 0 {
		letter := firstLetter(sorted[0].Label())
		n := slices.IndexFunc(sorted, func(t *model.Term) bool { return firstLetter(t.Label()) != letter })
		if n < 0 {
			n = len(sorted)
		}
		var items []Item
		for _, t := range sorted[:n] {
			items = append(items, s.term(t))
		}
		page.section("bogstav-"+source.Slug(letter), letter, List{Items: items, Class: "begreber"})
		sorted = sorted[n:]
	}
	return page
}

func (s scope) term(t *model.Term) Item {
	i := s.withGuide(t)
	if !t.Definition.Empty() {
		i.Text = s.text(t.Definition)
	}
	i.Children = append(s.meanings(t.PerModel), i.Children...)
	i.Meta = append(i.Meta, s.plainFact("alias", strings.Join(t.Alias, " · "))...)
	i.Meta = append(i.Meta, s.linkFact("se-ogsaa", links(s, t.See))...)
	return i
}

// actors are the organisations and researchers behind the models.
func (s scope) actors() *Page {
	actors := slices.Clone(visible(s, s.h.Actors()))
	if len(actors) == 0 {
		return nil
	}
	page := s.sharedPage("aktoerer", "aktoerer/index.html", "liste-aktoerer")
	sortDanish(s.edition, actors, func(a *model.Actor) string { return a.Label() })
	var items []Item
	for _, a := range actors {
		items = append(items, s.actor(a))
	}
	page.section("", "", List{Items: items, Class: "liste"})
	return page
}

func (s scope) actor(a *model.Actor) Item {
	i := s.withGuide(a)
	if words := strings.Fields(a.Label()); a.Type == "person" {
		i.Aliases = append(i.Aliases, words[len(words)-1]) // people go by the last name
	}
	i.Meta = slices.Concat(s.plainFact("slags", s.wordFor("aktoerer.type.", string(a.Type))), i.Meta)
	for _, x := range a.Earlier.Items {
		name := x.Name + inBrackets(strings.TrimSuffix(x.Note.Value, "."))
		i.Meta = append(i.Meta, s.plainFact("tidligere-navn", name)...)
	}
	i.Children = append(s.involvement(a, true), i.Children...)
	return i
}

// involvement is what an actor did in each model.
func (s scope) involvement(a *model.Actor, marked bool) []Item {
	var out []Item
	for _, x := range a.PerModel.Items {
		m := s.h.ModelByID(x.ID)
		if m == nil {
			continue
		}
		i := Item{Title: s.modelLink(m), Text: s.in(m).text(x.Role), Cites: s.cites(x.Cites)}
		if marked {
			i.Pos = x.At.Pos()
		}
		i.Meta = s.plainFact("periode", s.period(x.From, x.To))
		out = append(out, i)
	}
	return out
}

// sources lists every source and who cites it.
func (s scope) sources() *Page {
	if len(s.h.Sources()) == 0 {
		return nil
	}
	page := s.sharedPage("kilder", "kilder/index.html", "kilder")
	page.Long = true
	citedBy := s.citedBy()
	add := func(id, title string, keep func(*model.Source) bool) {
		list := slices.DeleteFunc(slices.Clone(visible(s, s.h.Sources())), func(x *model.Source) bool { return !keep(x) })
		sortDanish(s.edition, list, func(x *model.Source) string { return cmp.Or(x.Author, x.Title) })
		var items []Item
		for _, x := range list {
			items = append(items, s.source(x, citedBy[x.ID]))
		}
		page.section(id, title, List{Items: items, Class: "kilder"})
	}
	add("hovedkilder", s.say("kilder.hovedkilder"), func(x *model.Source) bool { return x.Primary })
	for _, m := range s.h.Models {
		add("kilder-"+m.ID, s.say("kilder.i-model", "model", m.MenuLabel()), func(x *model.Source) bool {
			return !x.Primary && len(x.UsedBy) > 0 && x.UsedBy[0] == m.ID
		})
	}
	add("andre", s.say("kilder.andre"), func(x *model.Source) bool {
		return !x.Primary && (len(x.UsedBy) == 0 || s.h.ModelByID(x.UsedBy[0]) == nil && !s.h.Hidden(x.UsedBy[0]))
	})
	return page
}

func (s scope) source(x *model.Source, cited []LinkGroup) Item {
	i := s.item(x)
	i.Title = Link{Text: x.Title, URL: x.URL}
	i.Lang = x.Language
	var who []string
	for _, part := range []string{x.Author, x.Year, x.Publisher} {
		if part != "" && !slices.Contains(who, part) {
			who = append(who, part)
		}
	}
	i.Plain = strings.Join(who, ", ")
	i.Meta = append(i.Meta, s.plainFact("isbn", x.ISBN)...)
	var models, all []Link
	for _, id := range x.UsedBy {
		if m := s.h.ModelByID(id); m != nil {
			models = append(models, s.modelLink(m))
		}
	}
	i.Meta = append(i.Meta, s.linkFact("model", models)...)
	for _, g := range cited {
		all = append(all, g.Links...)
	}
	if len(all) > mostLinks {
		i.Fold = Fold{Title: s.say("kilder.bruges", "antal", len(all)), Groups: cited}
	} else {
		i.Meta = append(i.Meta, s.linkFact("bruges-i", all)...)
	}
	return i
}

// citedBy tells where each source is cited, model by model and kind by kind. Sources go
// by id: a municipality with terms of its own has other *model.Source than the models
// that it shares.
func (s scope) citedBy() map[string][]LinkGroup {
	out := map[string][]LinkGroup{}
	note := func(m *model.Model, n model.Named, cites []model.Cite) {
		k := n.Base().Descriptor()
		title := s.say("kilder.modellen")
		switch {
		case k != nil && m != nil:
			title = s.say("kilder.slags-i-model", "slags", s.in(m).many(k), "model", m.MenuLabel())
		case k != nil:
			title = s.many(k)
		}
		for _, c := range cites {
			l := s.link(n)
			if c.To == nil || !l.Set() {
				continue
			}
			id := c.To.ID
			i := slices.IndexFunc(out[id], func(g LinkGroup) bool { return g.Title == title })
			if i < 0 {
				i = len(out[id])
				out[id] = append(out[id], LinkGroup{Title: title})
			}
			if g := &out[id][i]; !slices.Contains(g.Links, l) {
				g.Links = append(g.Links, l)
			}
		}
	}
	for _, m := range s.h.Models {
		note(m, m, m.Cites)
		for _, n := range m.All() {
			if !s.hidden(n.Base()) {
				note(m, n, n.Base().Cites)
			}
		}
	}
	for _, t := range s.h.Terms() {
		note(nil, t, t.Cites)
		for _, x := range t.PerModel.Items {
			note(nil, t, x.Cites)
		}
	}
	for _, a := range s.h.Actors() {
		note(nil, a, a.Cites)
		for _, x := range a.PerModel.Items {
			note(nil, a, x.Cites)
		}
	}
	for _, t := range s.h.Themes() {
		for _, x := range t.PerModel.Items {
			note(nil, t, x.Cites)
		}
	}
	for _, l := range s.h.Laws() {
		note(nil, l, l.Cites)
	}
	return out
}

func (s scope) laws() *Page {
	laws := visible(s, s.h.Laws())
	if len(laws) == 0 {
		return nil
	}
	page := s.sharedPage("love", "love/index.html", "love")
	var items []Item
	for _, l := range laws {
		items = append(items, s.law(l))
	}
	page.section("", "", List{Items: items, Class: "love"})
	return page
}

func (s scope) law(l *model.Law) Item {
	i := s.withGuide(l)
	i.Title.Text = l.Label()
	meta := []Fact{s.fact("lov-i-kilden", Fact{Plain: strings.TrimSpace(l.Act + " " + l.Paragraph)})}
	now := s.textFact("nu", l.Now)
	if l.AsOf != "" && len(now) > 0 {
		now[0].Label = s.say("love.som-den-gjaldt", "dato", s.date(l.AsOf))
	}
	meta = slices.Concat(meta, s.textFact("kilden-skriver", l.InSource), now, s.textFact("bemaerk", l.Remark))
	i.Meta = append(meta, i.Meta...)
	var cited []Link
	for _, m := range s.h.Models {
		for _, n := range m.All() {
			about := slices.ContainsFunc(targets(n.Base().Laws), func(x *model.Law) bool { return x.ID == l.ID })
			if about && !s.hidden(n.Base()) {
				cited = append(cited, s.link(n))
			}
		}
	}
	i.Meta = append(i.Meta, s.linkFact("henvisninger", cited)...)
	return i
}
