package export

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/book"
)

// facet is the kind of badge that marks a fact as the editors' reading, and dagger
// how paper shows it; the sheet's legend says what it means.
const (
	facet  = "facet"
	dagger = " †"
)

func isFacet(b book.Badge) bool { return b.Kind == facet }

// value is a fact's value as text: "Lærer (lokalt): Når der er tid."
func (s Sheet) value(f book.Fact) string {
	parts := filled(linkTexts(f.Links), f.Plain, f.Text.Plain())
	if len(parts) == 0 {
		return ""
	}
	var words []string
	if f.Local || f.Text.Local {
		words = append(words, s.say("kadence.lokalt"))
	}
	for _, b := range f.Badges {
		if b.Kind == facet {
			parts[0] += dagger
			continue
		}
		words = append(words, strings.ToLower(b.Text))
	}
	if len(words) > 0 {
		parts[0] += " (" + strings.Join(words, ", ") + ")"
	}
	return strings.Join(parts, ": ")
}

func linkTexts(links []book.Link) string {
	var out []string
	for _, l := range links {
		out = append(out, l.Text)
	}
	return strings.Join(out, ", ")
}

func filled(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func citations(list []book.Cite) string {
	var out []string
	for _, c := range list {
		out = append(out, citation(c))
	}
	return strings.Join(filled(out...), "; ")
}

func citation(c book.Cite) string {
	return strings.Join(filled(c.Link.Text, c.Place), ", ")
}

// CellWords is what stands in a cell, as text.
func CellWords(c book.Cell) string {
	words := filled(linkTexts(c.Links), c.Plain, c.Text.Plain(), citations(c.Cites))
	for _, b := range c.Badges {
		if isFacet(b) {
			words = append(words, strings.TrimSpace(dagger))
			continue
		}
		words = append(words, fmt.Sprintf("(%s)", strings.ToLower(b.Text)))
	}
	return strings.Join(words, " ")
}

func paragraphs(t book.Text) []Part {
	var out []Part
	for line := range strings.SplitSeq(t.Plain(), "\n") {
		if line != "" {
			out = append(out, Paragraph{[]Run{{Text: line}}})
		}
	}
	return out
}
