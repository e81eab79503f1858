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
			point := s.rated(it, g.Levels[i])
			head, row := []string{s.say("vurdering.punkt")}, []string{point.Text}
			for _, l := range g.Levels[i] {
				head, row = append(head, answer(l)), append(row, box)
			}
			t := Table{Caption: g.Title, Head: head}
			if n := len(parts) - 1; i > 0 && slices.Equal(parts[n].(Table).Head, head) {
				t, parts = parts[n].(Table), parts[:n]
			}
			t.Rows, t.Items = append(t.Rows, row), append(t.Items, point)
			parts = append(parts, t)
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
func (s Sheet) rated(i book.Item, levels []book.RatingLevel) Item {
	it := s.item(i)
	lines := filled(it.Detail)
	for _, l := range levels {
		if !l.Text.Empty() {
			lines = append(lines, answer(l)+": "+l.Text.Plain())
		}
	}
	it.Detail = strings.Join(lines, "\n")
	return it
}
