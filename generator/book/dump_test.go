package book_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/figure"
	"modelhaandbog/generator/search"
)

// dump writes a page as lines that an author can read.
func dump(p *book.Page) string {
	w := &writer{}
	w.line("%s: %s", join(" | ", p.KindName, p.Kicker), p.Title)
	w.named("kort", p.Lede.Plain())
	w.named("mærker", badges(p.Badges))
	w.named("sti", links(p.Crumbs))
	w.named("forrige", link(p.Prev))
	w.named("næste", link(p.Next))
	w.named("alias", strings.Join(p.Aliases, ", "))
	var forms []string
	for _, f := range p.Forms {
		forms = append(forms, link(f.Link))
	}
	w.named("former", strings.Join(forms, ", "))
	w.named("kilder", cites(p.Cites))
	w.named("ændret", p.Changed.Text)
	for _, s := range p.Sections {
		w.line("%s %s%s%s", strings.Repeat("#", s.Level), s.Title, in("#", s.ID), mark(s.Local, "lokal"))
		if m := s.Sheet; m != nil {
			w.line("%s", join(" · ", m.Subtitle, badges(m.Badges), cites(m.Cites)))
		}
		for _, b := range s.Blocks {
			w.block(b)
		}
	}
	for _, g := range p.Related {
		w.named("se også: "+g.Title, links(g.Links))
	}
	return w.String()
}

type writer struct {
	strings.Builder
	indent int
}

func (w *writer) line(format string, args ...any) {
	text := strings.TrimRight(fmt.Sprintf(format, args...), " ")
	for l := range strings.SplitSeq(text, "\n") {
		w.WriteString(strings.Repeat("  ", w.indent) + l + "\n")
	}
}

func (w *writer) named(name, value string) {
	if value != "" {
		w.line("%s: %s", name, value)
	}
}

func (w *writer) block(b book.Block) {
	class := ""
	if f := reflect.ValueOf(b).FieldByName("Class"); f.IsValid() {
		class = " " + f.String()
	}
	w.line("[%s%s]", b.Name(), class)
	w.indent++
	defer func() { w.indent-- }()
	switch b := b.(type) {
	case book.Prose:
		w.line("%s", words(b.Text))
	case book.Facts:
		w.facts(b.Rows)
	case book.Attendance:
		w.facts(b.Rows)
	case book.List:
		w.items(b.Items, b.Ordered)
	case book.Cards:
		for _, c := range b.Items {
			w.line("- %s", join(" · ", link(c.Link), c.Kicker, words(c.Text), c.Plain, badges(c.Badges)))
		}
	case book.Table:
		w.line("%s", strings.Join(b.Head, " | "))
		for _, r := range b.Rows {
			cells := []string{cell(r.Head)}
			for _, c := range r.Cells {
				cells = append(cells, cell(c))
			}
			w.line("%s%s%s", strings.Join(cells, " | "), in("#", r.ID), mark(r.Local, "lokal"))
		}
	case book.Box:
		w.line("%s", join(": ", b.Type, b.Title, b.Plain, links(b.Links)))
		for _, t := range b.Texts {
			w.line("%s", words(t))
		}
	case book.Drawing:
		w.line("%s", b.Title)
		w.year(b.Make)
		for _, same := range b.Same {
			w.block(same)
		}
	case book.Check:
		w.named("brug", b.Mode)
		for _, g := range b.Groups {
			w.line("%s%s", g.Title, in("#", g.ID))
			w.indent++
			w.items(g.Items, false)
			w.indent--
		}
	case book.Rating:
		for _, l := range b.Levels {
			w.line("%d %s: %s", l.Value, l.Name, words(l.Text))
		}
		for _, g := range b.Groups {
			w.line("%s%s", g.Title, in("#", g.ID))
			w.indent++
			for i, item := range g.Items {
				w.items([]book.Item{item}, false)
				for _, l := range g.Levels[i] {
					w.line("  %d %s%s", l.Value, l.Name, in(": ", words(l.Text)))
				}
			}
			w.line("%v", g.Sum)
			w.indent--
		}
		w.line("%v", b.Sum)
	case book.Lines:
		w.line("%s: %d", b.Label, b.Count)
	case book.Blank:
		w.line("%s (%d rækker)", strings.Join(b.Head, " | "), b.Rows)
	case book.Calendar:
		w.line("%s, hver %d. %s, %s", b.Title, b.Every, b.Unit, b.Expression)
		for _, x := range b.Sessions {
			w.line("- %s, %d min., pause %d", x.Title, x.Minutes, x.Pause)
		}
	case book.Letters:
		for _, l := range b.Groups {
			w.line("%s", l.Letter)
			for _, e := range l.Entries {
				w.line("- %s", join(" · ", link(e.Link), e.Note))
			}
		}
	case book.Hero:
		w.line("%s", words(b.Text))
		for _, c := range b.Tasks {
			w.line("- %s", link(c.Link))
		}
	}
}

// year writes what a drawing of the year holds that the table beside it doesn't say.
func (w *writer) year(drawn figure.Figure) {
	year, _ := drawn.(figure.Year)
	for _, e := range year.Entries {
		months := ""
		if len(e.Months) > 0 {
			months = fmt.Sprint("måned ", strings.Trim(fmt.Sprint(e.Months), "[]"))
		}
		w.line("tegnet: %s", join(" · ", e.Title, e.Sub, e.Force, months))
	}
}

func (w *writer) facts(rows []book.Fact) {
	for _, f := range rows {
		w.line("%s%s", fact(f), mark(f.Local, "lokal"))
	}
}

func fact(f book.Fact) string {
	return join(": ", f.Label, join(" · ", f.Plain, links(f.Links), words(f.Text), badges(f.Badges), cites(f.Cites), in("kilde ", f.Noted)))
}

func (w *writer) items(list []book.Item, ordered bool) {
	bullet := "-"
	for n, i := range list {
		if ordered {
			bullet = fmt.Sprintf("%d.", n+1)
		}
		minutes := ""
		if i.Minutes > 0 {
			minutes = fmt.Sprintf("%d min.", i.Minutes)
		}
		says := join(" · ", link(i.Title), i.Plain, words(i.Text), minutes, badges(i.Badges), cites(i.Cites), in("kilde ", i.Noted))
		w.line("%s %s%s%s%s", bullet, says, in("#", i.ID), mark(i.Local, "lokal"), mark(i.Omitted, "udeladt"))
		w.indent++
		w.named("national", i.National)
		w.named("begrundelse", words(i.Reason))
		w.named("forbehold", words(i.Caveat))
		for _, t := range slices.Concat(i.More, i.Points, i.Notes) {
			w.line("%s", words(t))
		}
		w.facts(i.Meta)
		if i.Room > 0 {
			w.line("linjer: %d", i.Room)
		}
		w.named("foldet", fold(i.Fold))
		w.items(i.Children, false)
		w.indent--
	}
}

// words is a text's words, and after them where its links lead.
func words(t book.Text) string {
	if t.Empty() {
		return ""
	}
	out := strings.ReplaceAll(strings.TrimSpace(t.Plain()), "\n", " / ")
	for _, r := range t.Refs {
		if r.Href != "" {
			out += " →" + r.Href
		}
	}
	return out
}

func cell(c book.Cell) string {
	return join(" · ", c.Plain, words(c.Text), links(c.Links), fold(c.Fold), badges(c.Badges), cites(c.Cites))
}

func fold(f book.Fold) string {
	var groups []string
	for _, g := range f.Groups {
		groups = append(groups, join(": ", g.Title, links(g.Links)))
	}
	return join(": ", f.Title, strings.Join(groups, "; "))
}

func link(l book.Link) string {
	if !l.Set() {
		return l.Text
	}
	return l.Text + " →" + l.Path + in("#", l.Anchor) + l.URL
}

func links(list []book.Link) string {
	var out []string
	for _, l := range list {
		out = append(out, link(l))
	}
	return strings.Join(out, ", ")
}

func badges(list []book.Badge) string {
	var out []string
	for _, b := range list {
		out = append(out, "["+b.Text+"]")
	}
	return strings.Join(out, " ")
}

func cites(list []book.Cite) string {
	var out []string
	for _, c := range list {
		out = append(out, "("+join(", ", c.Link.Text, c.Place)+")")
	}
	return strings.Join(out, " ")
}

func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(parts), func(s string) bool { return s == "" }), sep)
}

func in(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func mark(on bool, word string) string {
	if on {
		return " {" + word + "}"
	}
	return ""
}

func searchWords(d search.Doc) string {
	w := &writer{}
	w.line("%s: %s", join(" | ", d.KindLabel, d.ModelLabel), d.Title)
	w.named("navne", strings.Join(d.Names, ", "))
	w.named("alias", strings.Join(d.Aliases, ", "))
	w.named("kort", d.Summary)
	for _, s := range d.Sections {
		w.line("# %s%s%s", s.Heading, in(" #", s.Anchor), in(" som ", s.KindLabel))
		w.named("alias", strings.Join(s.Aliases, ", "))
		if s.Text != "" {
			w.line("%s", s.Text)
		}
	}
	return w.String()
}
