package book

import (
	"strings"

	"modelhaandbog/generator/search"
)

// SearchDoc gives the words of a page to the search index: what is read on
// the page, section by section, with the names of what is pointed at.
func SearchDoc(p *Page) search.Doc {
	d := search.Doc{Path: p.Path, Kind: p.Kind, KindLabel: p.KindName, Model: p.Model, ModelLabel: p.ModelName, Title: p.Title, Aliases: p.Aliases, Summary: p.Lede.Plain(), Weight: p.Weight}
	for _, s := range p.Sections {
		sec := search.Section{Anchor: s.ID, Heading: s.Title}
		var w words
		for _, b := range s.Blocks {
			w.block(b)
		}
		sec.Text = strings.Join(w.lines, "\n")
		if sec.Text != "" || sec.Heading != "" {
			d.Sections = append(d.Sections, sec)
		}
		d.Sections = append(d.Sections, w.sections...)
	}
	return d
}

// words collects the text of blocks, one line per statement. Items that have
// an anchor and a name become sections of their own.
type words struct {
	lines    []string
	sections []search.Section
}

func (w *words) line(parts ...string) {
	var keep []string
	for _, s := range parts {
		if s = strings.TrimSpace(s); s != "" {
			keep = append(keep, s)
		}
	}
	if len(keep) > 0 {
		w.lines = append(w.lines, strings.Join(keep, " "))
	}
}

func (w *words) block(b Block) {
	switch b := b.(type) {
	case Prose:
		if b.Text.Empty() {
			return
		}
		for _, s := range b.Text.Doc.Sections(resolver(b.Text)) {
			if s.ID == "" {
				w.lines = append(w.lines, strings.Split(s.Text, "\n")...)
				continue
			}
			w.sections = append(w.sections, search.Section{Anchor: b.Prefix + s.ID, Heading: s.Title, Text: s.Text})
		}
	case Facts:
		w.facts(b.Rows)
	case List:
		w.items(b.Items)
	case Cards:
		for _, c := range b.Items {
			w.line(c.Link.Text)
		}
	case Table:
		for _, r := range b.Rows {
			parts := []string{cellText(r.Head)}
			for _, c := range r.Cells {
				if !c.Mark && c.Plain != "nej" {
					parts = append(parts, cellText(c))
				}
			}
			if r.ID != "" {
				w.sections = append(w.sections, search.Section{Anchor: r.ID, Heading: parts[0], Text: strings.Join(parts[1:], " ")})
				continue
			}
			w.line(parts...)
		}
	case Box:
		w.line(b.Plain)
		for _, t := range b.Texts {
			w.line(t.Plain())
		}
	case Drawing:
		w.line(b.Title, b.Caption.Plain())
		for _, x := range b.Same {
			w.block(x)
		}
	case Check:
		for _, g := range b.Groups {
			w.line(g.Title)
			w.items(g.Items)
		}
	}
}

func (w *words) facts(rows []Fact) {
	for _, f := range rows {
		w.line(factText(f))
	}
}

func factText(f Fact) string {
	parts := []string{}
	if f.Label != "" {
		parts = append(parts, f.Label+":")
	}
	for _, b := range f.Badges {
		parts = append(parts, b.Text+".")
	}
	parts = append(parts, f.Plain, f.Text.Plain())
	for i, l := range f.Links {
		if i > 0 {
			parts[len(parts)-1] += ","
		}
		parts = append(parts, l.Text)
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

func cellText(c Cell) string {
	parts := []string{c.Plain, c.Text.Plain()}
	for _, l := range c.Links {
		parts = append(parts, l.Text)
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

func (w *words) items(list []Item) {
	for _, i := range list {
		var text []string
		for _, s := range []string{i.Plain, i.Text.Plain(), i.Caveat.Plain()} {
			if s != "" {
				text = append(text, s)
			}
		}
		for _, t := range append(append([]Text{}, i.More...), i.Points...) {
			text = append(text, t.Plain())
		}
		for _, n := range i.Notes {
			text = append(text, n.Plain())
		}
		for _, m := range i.Meta {
			text = append(text, factText(m))
		}
		if i.ID != "" && i.Title.Text != "" {
			w.sections = append(w.sections, search.Section{Anchor: i.ID, Heading: i.Title.Text, Text: strings.Join(text, "\n")})
			w.items(i.Children)
			continue
		}
		w.line(i.Title.Text)
		for _, t := range text {
			w.lines = append(w.lines, strings.Split(t, "\n")...)
		}
		w.items(i.Children)
	}
}
