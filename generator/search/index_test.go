package search

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestSentences(t *testing.T) {
	got := sentences("Mødet holdes ca. hver 8. uge. Hvem? Alle (også børn). Jf. § 91, stk. 2.\n" +
		"Ny blok uden punktum\nSe f.eks. Aula.")
	want := []string{
		"Mødet holdes ca. hver 8. uge.", "Hvem?", "Alle (også børn).", "Jf. § 91, stk. 2.",
		"Ny blok uden punktum", "Se f.eks. Aula.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestScriptIsDeterministicAndSafe(t *testing.T) {
	docs := append(handbook(t), Doc{Path: "x.html", Title: `</script><!-- "\ ~`, Summary: "Æble og 𝒳 og å."})
	a, b := build(docs, testSynonyms), build(docs, testSynonyms)
	if !bytes.Equal(a, b) {
		t.Error("two builds differ")
	}
	builder := new(Builder)
	builder.Build(largeHandbook(t)[:5], nil)
	if c := builder.Build(docs, testSynonyms).Script(); !bytes.Equal(a, c) {
		t.Error("a builder that has seen other texts writes other bytes")
	}
	if bytes.ContainsAny(a, "<\u2028") {
		t.Error("the script holds < or a line separator")
	}
}

// A handbook of 300 pages of 400 words, where most of the sentences are the
// pages' own, stays below the 150 kB that the design allows.
func TestIndexIsSmall(t *testing.T) {
	script := build(largeHandbook(t), testSynonyms)
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	z.Write(script)
	z.Close()
	t.Logf("%d bytes, %d gzipped", len(script), b.Len())
	if b.Len() > 150_000 {
		t.Errorf("%d bytes gzipped", b.Len())
	}
}

// largeHandbook writes 300 pages from the words of testdata/ord.txt, the early
// ones of each stride far more often than the rest, as in a real text. Half of
// the lines are seen on two pages, like a task on its role and its phase.
func largeHandbook(t testing.TB) []Doc {
	t.Helper()
	words := wordList(t)
	seed := uint32(1)
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	common := strings.Fields("og i at er det til på for med af som en et kan den de " +
		"barnet skolen ikke om eller fra læring møde mål")
	sentence := func() string {
		var b []string
		for range 10 + next(8) {
			if next(5) < 2 {
				b = append(b, common[next(len(common))])
			} else {
				at := next(len(words))
				b = append(b, words[at*(1+next(len(words)))/len(words)])
			}
		}
		return strings.ToUpper(b[0][:1]) + b[0][1:] + " " + strings.Join(b[1:], " ") + "."
	}
	var all []string
	var docs []Doc
	for p := range 300 {
		d := Doc{
			Path: fmt.Sprintf("laeringsmiljoe/roller/side-%d.html", p),
			Kind: "rolle", KindLabel: "Rolle", Model: "m", ModelLabel: "Model",
		}
		d.Title = words[next(len(words))] + " " + words[next(len(words))]
		for s := range 5 {
			sec := Section{Anchor: fmt.Sprintf("sted-%d", s), Heading: words[next(len(words))]}
			for range 6 {
				line := sentence()
				if len(all) > 0 && next(2) == 0 {
					line = all[next(len(all))]
				} else {
					all = append(all, line)
				}
				sec.Text += line + "\n"
			}
			d.Sections = append(d.Sections, sec)
		}
		docs = append(docs, d)
	}
	return docs
}

func BenchmarkBuild(b *testing.B) {
	docs := largeHandbook(b)
	builder := new(Builder)
	for b.Loop() {
		builder.Build(docs, testSynonyms).Script()
	}
}

// A line is shown as it was written, but for its white space.
func FuzzLine(f *testing.F) {
	f.Add("Én gang om ÅRET (ca. hver 8. uge) – jf. § 91, stk. 2.")
	f.Add("  a\tb\u00ad-c  É ǅ ß . ")
	f.Add(`</script> "\ ~ 𝒳`)
	f.Fuzz(func(t *testing.T, s string) {
		engine := open(t, []Doc{{Path: "a.html", Title: s, Aliases: []string{"prøve"}}}, nil)
		if got := first(engine, "prøve").Title; got != tidy(s) {
			t.Errorf("%q became %q", tidy(s), got)
		}
	})
}
