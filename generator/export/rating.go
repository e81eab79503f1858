package export

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/book"
)

// rating is an assessment: what the scale's levels mean, then for each domain a table
// with a box for each answer, and a line for the sum.
func (s Sheet) rating(r book.Rating, level int) []Part {
	var parts []Part
	if len(r.Levels) > 0 {
		var f Facts
		for _, l := range r.Levels {
			f.Facts = append(f.Facts, Fact{answer(l), []Run{{Text: l.Text.Plain()}}})
		}
		parts = append(parts, f)
	}
	for _, g := range r.Groups {
		if g.Title != "" {
			parts = append(parts, Heading{level, g.Title})
		}
		parts = append(parts, paragraphs(g.Text)...)
		for i, it := range g.Items {
			head := []string{s.say("vurdering.punkt")}
			row := []string{s.rated(it, g.Levels[i])}
			for _, l := range g.Levels[i] {
				head, row = append(head, answer(l)), append(row, box)
			}
			if n := len(parts) - 1; i > 0 && slices.Equal(parts[n].(Table).Head, head) {
				parts[n] = Table{Caption: g.Title, Head: head, Rows: append(parts[n].(Table).Rows, row)}
				continue
			}
			parts = append(parts, Table{Caption: g.Title, Head: head, Rows: [][]string{row}})
		}
		if g.Sum.Of != "" {
			parts = append(parts, s.sum(g.Sum))
		}
	}
	return append(parts, s.sum(r.Sum))
}

func answer(l book.RatingLevel) string { return fmt.Sprintf("%d %s", l.Value, l.Name) }

func (s Sheet) sum(x book.RatingSum) Part {
	return Lines{s.say("vurdering.sum", "hvad", x.Of) + " " + s.say("vurdering.af", "mindst", x.Least, "hoejst", x.Most), 1}
}

// rated is a point with all that must travel with it, and its own anchors.
func (s Sheet) rated(i book.Item, levels []book.RatingLevel) string {
	it := s.item(i)
	if it.Force.Text != "" {
		it.Text += " (" + strings.ToLower(it.Force.Text) + ")"
	}
	if it.Local {
		it.Text += " (" + s.say("kadence.lokalt") + ")"
	}
	lines := filled(it.Text, it.Detail, it.Derived)
	for _, l := range levels {
		if !l.Text.Empty() {
			lines = append(lines, answer(l)+": "+l.Text.Plain())
		}
	}
	return strings.Join(filled(append(lines, it.Who, it.When)...), "\n")
}
