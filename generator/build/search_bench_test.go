package build_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/search"
)

// question is a line of spoergsmaal.txt: what a reader asks, and the places
// that answer, the best first. A place without "#" is anywhere on its page.
type question struct {
	query  string
	wanted []string
	aside  bool // the weights were not set by it
}

func questions(t testing.TB) []question {
	t.Helper()
	data, err := os.ReadFile(root + "/generator/search/testdata/spoergsmaal.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []question
	aside := false
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		aside = aside || strings.HasPrefix(line, "=== ")
		query, places, ok := strings.Cut(line, " → ")
		if ok && !strings.HasPrefix(line, "# ") {
			out = append(out, question{query, strings.Split(places, " | "), aside})
		}
	}
	return out
}

// rank is the place of the first result that q wants, 1 for the first; 0 when
// none of them is among results.
func (q question) rank(results []search.Result) int {
	for i, r := range results {
		for _, w := range q.wanted {
			if w == r.Path || w == r.Path+"#"+r.Anchor {
				return i + 1
			}
		}
	}
	return 0
}

// quality is how well a set of questions is answered.
type quality struct {
	n, first, third int
	reciprocal      float64
	misses          []string
}

func (q *quality) hit1() float64 { return float64(q.first) / float64(q.n) }
func (q *quality) hit3() float64 { return float64(q.third) / float64(q.n) }
func (q *quality) mrr() float64  { return q.reciprocal / float64(q.n) }

func (q *quality) add(asked question, results []search.Result) {
	q.n++
	rank := asked.rank(results)
	if rank > 0 {
		q.reciprocal += 1 / float64(rank)
	}
	if rank == 1 {
		q.first++
	}
	if rank >= 1 && rank <= 3 {
		q.third++
	}
	if rank != 1 {
		q.misses = append(q.misses, miss(asked, rank, results))
	}
}

func miss(asked question, rank int, results []search.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q: place %d, wanted %s\n", asked.query, rank, strings.Join(asked.wanted, " | "))
	for _, r := range results[:min(3, len(results))] {
		fmt.Fprintf(&b, "  %8.3f %s#%s  %s\n", r.Score, r.Path, r.Anchor, r.Title)
	}
	return b.String()
}

// handbookIndex is the index of the project's own national edition.
func handbookIndex(t testing.TB) *search.Index {
	t.Helper()
	snap, err := build.Open(os.DirFS(root), build.Options{NoKommuner: true}).Read()
	if err != nil {
		t.Fatal(err)
	}
	b := snap.Edition("").Book
	var docs []search.Doc
	for _, p := range b.Pages {
		if !p.NoIndex {
			docs = append(docs, book.SearchDoc(p))
		}
	}
	return search.Build(docs, b.Handbook.Info.Synonyms)
}

// TestReadersQuestions asks the real handbook what readers ask.
func TestReadersQuestions(t *testing.T) {
	ix := handbookIndex(t)
	var all, aside quality
	for _, q := range questions(t) {
		results := ix.Search(q.query, 10)
		all.add(q, results)
		if q.aside {
			aside.add(q, results)
		}
	}
	t.Logf("%d questions: hit@1 %.3f, hit@3 %.3f, MRR %.3f", all.n, all.hit1(), all.hit3(), all.mrr())
	t.Logf("%d of them set aside: hit@1 %.3f, hit@3 %.3f, MRR %.3f", aside.n, aside.hit1(), aside.hit3(), aside.mrr())
	if all.n < 150 {
		t.Errorf("only %d questions", all.n)
	}
	if all.hit1() < 0.85 || all.hit3() < 0.97 {
		t.Errorf("hit@1 %.3f (floor 0.85), hit@3 %.3f (floor 0.97); not first:\n%s", all.hit1(), all.hit3(), strings.Join(all.misses, ""))
	}
}

// BenchmarkQueries times an answer in Go and reports the search's quality.
func BenchmarkQueries(b *testing.B) {
	ix := handbookIndex(b)
	asked := questions(b)
	var all quality
	for _, q := range asked {
		all.add(q, ix.Search(q.query, 10))
	}
	for n := 0; b.Loop(); n++ {
		ix.Search(asked[n%len(asked)].query, 10)
	}
	b.ReportMetric(all.hit1(), "hit@1")
	b.ReportMetric(all.hit3(), "hit@3")
	b.ReportMetric(all.mrr(), "MRR")
}
