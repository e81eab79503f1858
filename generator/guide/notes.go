package guide

import (
	"fmt"
	"strconv"

	"modelhaandbog/generator/diag"
)

// footnotes builds the footnotes in the order of their first reference, which may be
// in another footnote. It reports those without any, and builds them last.
func (b *builder) footnotes(defs []*note) {
	b.buildCited()
	for _, fn := range defs {
		if fn.number == 0 {
			b.report("ubrugt-fodnote", fn.def.Pos(), len([]rune(string(fn.def.Ref)))+3,
				fmt.Sprintf("ingen henviser til fodnoten [^%s]",
					fn.def.Ref), "Henvis til den i teksten, eller slet den.")
			b.cite(fn)
			b.buildCited()
		}
	}
	for i := range b.doc.notes {
		b.doc.notes[i].text = strconv.Itoa(b.cited[i].refs)
	}
}

func (b *builder) cite(fn *note) {
	b.cited = append(b.cited, fn)
	fn.number = len(b.cited)
}

func (b *builder) buildCited() {
	for i := len(b.doc.notes); i < len(b.cited); i++ {
		fn := b.cited[i]
		b.doc.notes = append(b.doc.notes, node{
			kind: noteNode, num: fn.number, line: b.pos(fn.def.Pos()).Line, kids: b.within(fn.def),
		})
	}
}

// checkAnchors reports links to headings that do not exist.
func (b *builder) checkAnchors() {
	ids := make([]string, 0, len(b.doc.headings))
	known := map[string]bool{}
	for _, h := range b.doc.headings {
		ids, known[h.id] = append(ids, h.id), true
	}
	for _, ref := range b.anchorRefs {
		if !known[ref.id] {
			b.report("ukendt-sted", ref.offset, ref.width,
				fmt.Sprintf("teksten har ingen overskrift med id %q%s", ref.id, diag.MenteDu(ref.id, ids)),
				"Henvis til en anden side med fx [](moede:id#sted).")
		}
	}
}
