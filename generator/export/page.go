package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/wording"
)

// FromPage turns a planned page that people carry (a checklist, a meeting's
// template or a pack) into its sheet, without an identity. What only makes
// sense on a screen or with a code to scan is left out. choice is "" for the
// whole sheet.
func FromPage(p *book.Page, words *wording.Words, choice book.Choice) Sheet {
	s := Sheet{Title: p.Title, Model: p.ModelName, Words: words, Lines: 1}
	switch choice {
	case book.Short:
		s.Scale, s.Lines, s.brief = 90, 0, true
	case book.Large:
		s.Scale = 140
	case book.Minutes:
		s.Lines = 3
		s.Title = s.say("moedeark.referat-af", "moede", p.Title)
	}
	if p.Sheet != nil {
		s.Subtitle = p.Sheet.Subtitle
	}
	s.Parts = append(s.Parts, opening(p)...)
	first := len(s.Parts)
	for i, sec := range p.Sections {
		if sec.Class == "kun-skaerm" || !sec.In(choice) {
			continue
		}
		if sec.Has(book.NewSheet) && i > 0 && len(s.Parts) > first {
			s.Parts = append(s.Parts, PageBreak{})
		}
		s.Parts = append(s.Parts, s.sectionParts(sec)...)
		if sec.Sheet != nil {
			s.Parts = append(s.Parts, s.mast(sec.Sheet)...)
		}
	}
	if len(p.Cites) > 0 {
		s.Parts = append(s.Parts, s.sourceLine(p.Cites))
	}
	return s
}

// mast is what stands under the title of a sheet in a pack.
func (s Sheet) mast(m *book.Mast) []Part {
	parts := []Part{Paragraph{append(framed(m.Badges), Run{Text: m.Subtitle})}}
	if len(m.Cites) > 0 {
		parts = append(parts, s.sourceLine(m.Cites))
	}
	return parts
}

// sourceLine says where something comes from.
func (s Sheet) sourceLine(cites []book.Cite) Part {
	return Paragraph{[]Run{{Text: s.say("punkt.kilde") + " " + citations(cites), Quiet: true}}}
}

// framed are badges in frames, with room after each.
func framed(badges []book.Badge) []Run {
	var out []Run
	for _, b := range badges {
		out = append(out, Run{Text: b.Text, Force: b.Kind}, Run{Text: "  "})
	}
	return out
}

// opening is what stands under the title: what binds, and what it is about.
func opening(p *book.Page) []Part {
	force := framed(p.Badges)
	parts := paragraphs(p.Lede)
	if len(force) == 0 {
		return parts
	}
	if len(parts) == 0 {
		return []Part{Paragraph{force}}
	}
	first := parts[0].(Paragraph)
	parts[0] = Paragraph{append(force, first.Runs...)}
	return parts
}

// sectionParts is a page's section. One that holds nothing for paper is left out
// with its heading.
func (s Sheet) sectionParts(sec book.Section) []Part {
	level := max(sec.Level-1, 1)
	below := level
	if sec.Title != "" {
		below++
	}
	var parts []Part
	for _, b := range sec.Blocks {
		parts = append(parts, s.blockParts(b, below, sec.Title != "")...)
	}
	if sec.Title == "" || len(parts) == 0 && len(sec.Blocks) > 0 {
		return parts
	}
	return append([]Part{Heading{level, sec.Title}}, parts...)
}

// blockParts is a block's parts; level is that of a heading within it, and titled
// tells that a heading stands above it already.
func (s Sheet) blockParts(b book.Block, level int, titled bool) []Part {
	switch b := b.(type) {
	case book.Prose:
		return paragraphs(b.Text)
	case book.Facts:
		return s.facts(b)
	case book.Attendance:
		return s.attendance(b)
	case book.List:
		if b.Class == book.SourceNumbers {
			return []Part{numberedSources(b.Items)}
		}
		if b.Class == "valg" {
			b.Items = countedTitles(b.Items)
		}
		return s.list(b.Items, b.Ordered || b.Class == "dagsorden-dele", level)
	case book.Check:
		return s.check(b, level, titled)
	case book.Rating:
		return s.rating(b, level)
	case book.Table:
		return s.table(b)
	case book.Blank:
		if s.brief {
			b.Rows = min(b.Rows, 4)
		}
		return []Part{Table{Caption: b.Caption, Head: b.Head, EmptyRows: b.Rows}}
	case book.Lines:
		return []Part{Lines{b.Label, b.Count}}
	case book.Box:
		return note(b)
	case book.Drawing:
		var parts []Part
		for _, same := range b.Same {
			parts = append(parts, s.blockParts(same, level, titled)...)
		}
		return parts
	case book.Cards, book.Calendar, book.Letters, book.Search, book.Hero, book.QR:
		return nil // for the screen only
	}
	panic(fmt.Sprintf("export: no form on paper for the block %q", b.Name()))
}

// attendance is a table, and in a short sheet two lines to write on.
func (s Sheet) attendance(a book.Attendance) []Part {
	parts := s.facts(book.Facts(a))
	if len(parts) == 0 {
		return nil
	}
	facts := parts[0].(Facts)
	if !s.brief {
		return []Part{Attendance(facts)}
	}
	var out []Run
	for _, f := range facts.Facts {
		out = append(out, Run{Text: f.Label + ": ", Quiet: true})
		for _, r := range f.Value {
			r.Text = strings.ReplaceAll(r.Text, "\n", ", ")
			out = append(out, r)
		}
		out = append(out, Run{Text: ". "})
	}
	return []Part{Paragraph{out}, Lines{s.say("moedeark.til-stede"), 1}, Lines{s.say("moedeark.afbud"), 1}}
}

// numberedSources are sources in a small line: "1 Modelbeskrivelse, kap. 1 · 2 kap. 3".
func numberedSources(list []book.Item) Part {
	var out []string
	for n, i := range list {
		out = append(out, fmt.Sprint(n+1)+" "+strings.Join(filled(i.Title.Text, i.Plain), ", "))
	}
	return Paragraph{[]Run{{Text: strings.Join(out, " · "), Quiet: true}}}
}

func (s Sheet) facts(f book.Facts) []Part {
	var out []Fact
	var last book.Fact
	for _, row := range f.Rows {
		v := s.factRuns(row)
		switch n := len(out) - 1; {
		case len(v) == 0:
			continue
		case n >= 0 && last.Is(row):
			out[n].Value = append(append(out[n].Value, Run{Text: "\n"}), v...)
		default:
			out = append(out, Fact{row.Label, v})
		}
		last = row
	}
	if len(out) == 0 {
		return nil
	}
	return []Part{Facts{out}}
}

// factRuns is a fact's value with its force in a frame and its source below.
func (s Sheet) factRuns(f book.Fact) []Run {
	badges := f.Badges
	f.Badges = nil
	v := s.value(f)
	if v == "" {
		return nil
	}
	out := []Run{{Text: v}}
	for _, b := range badges {
		if b.Kind == facet {
			out = append(out, Run{Text: dagger})
			continue
		}
		out = append(out, Run{Text: "  "}, Run{Text: b.Text, Force: b.Kind})
	}
	if f.Noted != "" {
		out = append(out, Run{Text: f.Noted, Raised: true})
	}
	if source := citations(f.Cites); source != "" {
		out = append(out, Run{Text: "\n" + s.say("punkt.kilde") + " " + source, Quiet: true})
	}
	return out
}

// list is a list; an item that has points of its own opens a list of them
// under a heading.
func (s Sheet) list(items []book.Item, ordered bool, level int) []Part {
	var parts []Part
	var open []Item
	closeList := func() {
		if len(open) > 0 && ordered {
			parts = append(parts, Numbered{open})
		} else if len(open) > 0 {
			parts = append(parts, Bullets{open})
		}
		open = nil
	}
	for _, i := range items {
		if i.Omitted {
			continue
		}
		if len(i.Children) == 0 {
			open = append(open, s.item(i))
			continue
		}
		closeList()
		if title := cmp.Or(i.Title.Text, i.Plain); title != "" {
			if slices.ContainsFunc(i.Badges, isFacet) {
				title += dagger
			}
			if i.Minutes > 0 {
				title += " (" + s.minutes(i.Minutes) + ")"
			}
			parts = append(parts, Heading{level, title})
		}
		if marks := s.headMarks(i); len(marks) > 0 {
			parts = append(parts, Paragraph{marks})
		}
		parts = append(parts, paragraphs(i.Text)...)
		if !i.Caveat.Empty() {
			parts = append(parts, Paragraph{[]Run{{Text: s.say("punkt.forbehold") + " " + i.Caveat.Plain()}}})
		}
		var about []string
		for _, m := range i.Meta {
			about = append(about, strings.Join(filled(m.Label, s.value(m)), ": "))
		}
		if source := citations(i.Cites); source != "" {
			about = append(about, s.say("punkt.kilde")+" "+source)
		}
		if len(about) > 0 {
			parts = append(parts, Paragraph{[]Run{{Text: strings.Join(about, " · "), Quiet: true}}})
		}
		parts = append(parts, s.list(i.Children, ordered, level+1)...)
	}
	closeList()
	return parts
}

// countedTitles puts numbers before items that become headings and are referred to by number.
func countedTitles(items []book.Item) []book.Item {
	out := slices.Clone(items)
	for i := range out {
		out[i].Title.Text = fmt.Sprintf("%d. %s", i+1, out[i].Title.Text)
	}
	return out
}

// headMarks are the marks of an item that is a heading.
func (s Sheet) headMarks(i book.Item) []Run {
	marks := framed(slices.DeleteFunc(slices.Clone(i.Badges), isFacet))
	if i.Local {
		marks = append(marks, Run{Text: s.say("maerke.lokal.lokalt"), Force: "lokal"})
	}
	return marks
}

func (s Sheet) check(c book.Check, level int, titled bool) []Part {
	var parts []Part
	if c.Mode != "" {
		parts = append(parts, Paragraph{[]Run{{Text: c.Mode, Italic: true}}})
	}
	for _, g := range c.Groups {
		var items []Item
		for _, i := range g.Items {
			if i.Omitted {
				continue
			}
			x := s.item(i)
			if i.Minutes > 0 {
				x.When = strings.Join(filled(x.When, s.minutes(i.Minutes)), ", ")
			}
			items = append(items, x)
		}
		if len(items) == 0 {
			continue
		}
		if g.Title != "" && !(titled && len(c.Groups) == 1) {
			parts = append(parts, Heading{level, g.Title})
		}
		parts = append(parts, Checklist{items})
	}
	return parts
}

// item is a statement with everything that must travel with it.
func (s Sheet) item(i book.Item) Item {
	lines := filled(i.Title.Text, i.Plain, i.Text.Plain())
	out := Item{Minutes: i.Minutes, Local: i.Local || i.Text.Local, Source: citations(i.Cites),
		Noted: i.Noted, Room: i.Room}
	if len(lines) > 0 {
		out.Text, lines = lines[0], lines[1:]
	}
	for _, t := range slices.Concat(i.More, i.Points) {
		lines = append(lines, t.Plain())
	}
	if !i.Caveat.Empty() {
		lines = append(lines, s.say("punkt.forbehold")+" "+i.Caveat.Plain())
	}
	if !i.Reason.Empty() {
		lines = append(lines, s.say("punkt.begrundelse")+" "+i.Reason.Plain())
	}
	for _, n := range i.Notes {
		lines = append(lines, s.say("punkt.note")+" "+n.Plain())
	}
	for _, b := range i.Badges {
		switch b.Kind {
		case "krav", "anbefaling", "eksempel":
			out.Force = b
		case "udledt", "naevnt", "foraeldet":
			out.Derived = b.Text
		case facet:
			out.Text += dagger
		case "lokal":
			out.Local = true
		default:
			out.Text += " (" + strings.ToLower(b.Text) + ")"
		}
	}
	for _, m := range i.Meta {
		said := strings.Join(filled(m.Label, s.value(m)), ": ")
		switch m.Key {
		case book.Who:
			out.Who = said
		case book.When, book.HowOften:
			out.When = strings.Join(filled(out.When, said), " · ")
		case book.About:
		default:
			lines = append(lines, said)
		}
	}
	out.Detail = strings.Join(filled(lines...), "\n")
	return out
}

func (s Sheet) table(t book.Table) []Part {
	out := Table{Caption: t.Caption, Head: t.Head}
	for _, r := range t.Rows {
		row := []string{CellWords(r.Head)}
		if r.Local {
			row[0] += " (" + s.say("kadence.lokalt") + ")"
		}
		for _, c := range r.Cells {
			row = append(row, CellWords(c))
		}
		out.Rows = append(out.Rows, row)
	}
	if len(out.Rows) == 0 {
		return nil
	}
	return []Part{out}
}

func note(b book.Box) []Part {
	lines := filled(b.Plain)
	for _, t := range b.Texts {
		lines = append(lines, t.Plain())
	}
	lines = filled(append(lines, linkTexts(b.Links))...)
	if len(lines) == 0 {
		return nil
	}
	if b.Type == "forklaring" {
		return []Part{Paragraph{[]Run{{Text: b.Title + ": " + strings.Join(lines, " "), Quiet: true}}}}
	}
	return []Part{Note{b.Title, []Run{{Text: strings.Join(lines, "\n")}}}}
}
