package render

import (
	"regexp"
	"strings"
	"testing"

	"modelhaandbog/generator/book"
)

// TestSourcesOfPoints: what the sources of points have in common is said once.
func TestSourcesOfPoints(t *testing.T) {
	for _, test := range []struct{ name, points, want string }{
		{"the same chapter", "M: kap. 3, punkt 1, 2. sætning / M: kap. 5 / M: kap. 3, punkt 1, 4. sætning",
			"Kilde: M, kap. 3, punkt 1, 2. sætning; 4. sætning; kap. 5"},
		{"another sort of place", "M: kap. 3, fase 1, 2. sætning / M: kap. 3, 1. afsnit / M: kap. 3, Fokus, punkt 1",
			"Kilde: M, kap. 3, fase 1, 2. sætning; kap. 3, 1. afsnit; kap. 3, Fokus, punkt 1"},
		{"another heading", "M: kap. 3, Fokus, punkt 1 / M: kap. 3, Frikøb, punkt 1",
			"Kilde: M, kap. 3, Fokus, punkt 1; Frikøb, punkt 1"},
		{"a heading with a comma", "M: afsnittet om, hvem der kan, punkt 1 / M: afsnittet om, hvad det koster",
			"Kilde: M, afsnittet om, hvem der kan, punkt 1; afsnittet om, hvad det koster"},
		{"one source", "M: kap. 1 | M: kap. 2", "Kilde: kap. 1 | Kilde: kap. 2 | Kilde: M"},
		{"the source of most", "M: kap. 1 | M: kap. 2 / S: s. 4 | S: s. 9 | M: kap. 3 | ",
			"Kilde: kap. 1 | Kilde: kap. 2; S, s. 4 | Kilde: S, s. 9 | Kilde: kap. 3 | Steder uden kildens navn: M"},
		{"no source of most", "M: kap. 1 | M: kap. 2 | S: s. 9 | S: s. 8",
			"Kilde: M, kap. 1 | Kilde: M, kap. 2 | Kilde: S, s. 9 | Kilde: S, s. 8"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var items []book.Item
			for point := range strings.SplitSeq(test.points, " | ") {
				item := book.Item{Plain: "Et punkt."}
				for cite := range strings.SplitSeq(strings.TrimSpace(point), " / ") {
					if source, place, ok := strings.Cut(cite, ": "); ok {
						item.Cites = append(item.Cites, book.Cite{Link: book.Link{Text: source}, Place: place})
					}
				}
				items = append(items, item)
			}
			page := &book.Page{Path: "ark.html", Kind: "tjekliste", Title: "Ark", Sections: []book.Section{{Level: 2,
				Blocks: []book.Block{book.Check{Groups: []book.CheckGroup{{Items: items}}}}}}}
			body, diags := newRenderer(t, Options{}).Body(page, nil)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			var got []string
			for _, m := range regexp.MustCompile(`<p class="kilde">(.*?)</p>`).FindAllStringSubmatch(string(body.Bytes()), -1) {
				got = append(got, regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[1], ""))
			}
			if got := strings.Join(got, " | "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
