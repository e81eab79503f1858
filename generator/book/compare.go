package book

import (
	"cmp"

	"modelhaandbog/generator/figure"
	"modelhaandbog/generator/model"
)

// compare plans the page that sets the models side by side. b has their pages.
func (s scope) compare(b *Book) *Page {
	if len(s.h.Models) < 2 {
		return nil
	}
	page := s.sharedPage("sammenlign", "sammenlign.html", "sammenlign")
	t := Table{Caption: s.say("sammenlign.skema"), Head: []string{""}, Stack: true, Class: "sammenligning"}
	for _, m := range s.h.Models {
		t.Head = append(t.Head, m.MenuLabel())
	}
	row := func(key string, get func(s scope, m *model.Model) Cell) {
		r := Row{Head: Cell{Plain: s.say("sammenlign.raekke." + key)}}
		for _, m := range s.h.Models {
			c := get(s.in(m), m)
			if c.Plain == "" && c.Text.Empty() && len(c.Links) == 0 {
				c.Plain = s.say("sammenlign.ingen")
			}
			r.Cells = append(r.Cells, c)
		}
		t.Rows = append(t.Rows, r)
	}
	// A model's own answer, or else the number of what it has.
	counted := func(key, what, folder string, answer func(*model.Model) model.Text, n func(*model.Model) int) {
		row(key, func(s scope, m *model.Model) Cell {
			return s.compared(answer(m), n(m), what, b.byPath[m.ID+"/"+folder+"/index.html"])
		})
	}
	row("slags", func(s scope, m *model.Model) Cell { return Cell{Plain: s.modelType(m)} })
	row("status", func(s scope, m *model.Model) Cell {
		return Cell{Plain: s.modelState(m)}
	})
	row("enhed", func(s scope, m *model.Model) Cell { return Cell{Text: s.text(m.Unit)} })
	counted("principper", "princip", "principper",
		func(m *model.Model) model.Text { return m.Compare.Principles },
		func(m *model.Model) int { return len(visible(s, m.Principles())) })
	counted("kerneelementer", "kerneelement", "kerneelementer",
		func(m *model.Model) model.Text { return m.Compare.Elements },
		func(m *model.Model) int { return len(visible(s, m.Elements())) })
	row("forloeb", func(s scope, m *model.Model) Cell {
		if len(m.Steps()) > 0 {
			return s.compared(m.Compare.Sequence, len(visible(s, m.Steps())), "trin", b.byPath[m.ID+"/trin/index.html"])
		}
		return s.compared(m.Compare.Sequence, len(visible(s, m.Phases())), "fase", b.byPath[m.ID+"/faser/index.html"])
	})
	counted("roller", "rolle", "roller",
		func(m *model.Model) model.Text { return m.Compare.Roles },
		func(m *model.Model) int { return len(visible(s, m.Roles())) })
	counted("moeder", "moede", "moeder",
		func(m *model.Model) model.Text { return m.Compare.Meetings },
		func(m *model.Model) int { return len(visible(s, m.Meetings())) })
	counted("resultater", "resultat", "resultater",
		func(m *model.Model) model.Text { return m.Compare.Results },
		func(m *model.Model) int { return len(visible(s, m.Results())) })
	counted("oekonomi", "beloeb", "oekonomi",
		func(m *model.Model) model.Text { return m.Compare.Economy },
		func(m *model.Model) int { return len(visible(s, m.Economy())) })
	page.section("", "", t)
	return page
}

// compared is a model's answer with a link to the list behind it, or the number of
// what is in the list.
func (s scope) compared(answer model.Text, n int, what string, list *Page) Cell {
	c := Cell{Text: s.text(answer)}
	switch {
	case n == 0 || list == nil:
	case c.Text.Empty():
		c.Links = []Link{{Path: list.Path, Text: s.count(what, n)}}
	default:
		c.Links = []Link{{Path: list.Path, Text: s.say("sammenlign.se", "oversigt", lowerFirst(list.Title))}}
	}
	return c
}

// themes plans the page of what the models share.
func (s scope) themes() *Page {
	list := visible(s, s.h.Themes())
	if len(list) == 0 {
		return nil
	}
	page := s.sharedPage("temaer", "faelles.html", "faelles")
	page.Long = true
	f := figure.Meet{Title: s.say("temaer.figur-titel"), Desc: s.say("temaer.figur-tekst")}
	same := Table{Caption: s.say("temaer.skema"), Head: []string{s.say("temaer.tema")}, Class: "matrix"}
	for _, m := range s.h.Models {
		f.Models = append(f.Models, figure.Label{Title: m.MenuLabel(), Href: href(s.link(m))})
		same.Head = append(same.Head, m.MenuLabel())
	}
	for _, x := range list {
		row := figure.Shared{Label: figure.Label{Title: x.MenuLabel(), Href: href(s.link(x))}}
		tr := Row{Head: Cell{Links: []Link{s.link(x)}}}
		for i, m := range s.h.Models {
			has := false
			for _, meaning := range x.PerModel.Items {
				has = has || meaning.ID == m.ID
			}
			if has {
				row.In = append(row.In, i)
			}
			tr.Cells = append(tr.Cells, s.dot(has))
		}
		f.Rows = append(f.Rows, row)
		same.Rows = append(same.Rows, tr)
	}
	s.add(page, "temaer.figur", Drawing{ID: "tegning-faelles", Title: f.Title, Make: f, Same: []Block{same}})
	for _, x := range list {
		text := x.Body
		if text.Empty() {
			text = x.Short
		}
		page.section(anchor(&x.Entity), x.Label(), Prose{Text: s.text(text)},
			List{Items: s.meanings(x.PerModel), Class: "liste"}, s.notes(x.Notes))
	}
	return page
}

// meanings lists what something means in each model of this edition.
func (s scope) meanings(k model.Keyed[model.Meaning]) []Item {
	var out []Item
	for _, x := range k.Items {
		m := s.h.ModelByID(x.ID)
		if m == nil {
			continue
		}
		s := s.in(m)
		i := Item{Title: s.modelLink(m), Text: s.text(x.Text), Badges: s.badges("", x.Basis), Cites: s.cites(x.Cites),
			Pos: x.At.Pos()}
		for _, r := range x.Refs {
			if n := s.h.Lookup(m, cmp.Or(r.Model, m.ID), r.Kind, r.ID); n != nil {
				i.Meta = append(i.Meta, s.fact("se", Fact{Links: []Link{s.link(n)}}))
			}
		}
		out = append(out, i)
	}
	return out
}

// modelLink leads to a model by its short name.
func (s scope) modelLink(m *model.Model) Link {
	return Link{Path: m.ID + "/index.html", Text: m.MenuLabel()}
}
