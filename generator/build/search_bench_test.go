package build_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/needs"
	"modelhaandbog/generator/search"
	"modelhaandbog/generator/search/searchtest"
)

// question is a line of spoergsmaal.txt: what a reader asks, and the places
// that answer, the best first. A place without "#" is anywhere on its page.
type question struct {
	query  string
	wanted []string
	set    string // the heading it stands under, "" for the first set
}

// aside says whether the question belongs to a set that nothing was set by.
func (q question) aside() bool { return strings.HasPrefix(q.set, "Lagt til side") }

func questions(t testing.TB) []question {
	t.Helper()
	data, err := os.ReadFile(root + "/generator/search/testdata/spoergsmaal.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []question
	set := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "=== "); ok {
			set = heading
		}
		query, places, ok := strings.Cut(line, " → ")
		if ok && !strings.HasPrefix(line, "# ") {
			out = append(out, question{query, strings.Split(places, " | "), set})
		}
	}
	return out
}

// rank is the place of the first result that q wants, 1 for the first; 0 when
// none of them is among results.
func (q question) rank(results []searchtest.Result) int {
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

func (q *quality) String() string {
	return fmt.Sprintf("%4d questions: hit@1 %.3f, hit@3 %.3f, MRR %.3f", q.n, q.hit1(), q.hit3(), q.mrr())
}

func (q *quality) add(asked question, results []searchtest.Result) {
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

func miss(asked question, rank int, results []searchtest.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q: place %d, wanted %s\n", asked.query, rank, strings.Join(asked.wanted, " | "))
	for _, r := range results[:min(3, len(results))] {
		fmt.Fprintf(&b, "  %8.3f %s#%s  %s\n", r.Score, r.Path, r.Anchor, r.Title)
	}
	return b.String()
}

// handbookSearch answers from the index of the project's own national edition.
func handbookSearch(t testing.TB) *searchtest.Engine {
	t.Helper()
	needs.Program(t, "node")
	snap, err := build.Open(os.DirFS(root), build.Options{NoKommuner: true}).Read()
	if err != nil {
		t.Fatal(err)
	}
	b := snap.Edition("").Book
	var docs []search.Doc
	for _, p := range b.Pages {
		if !p.NoIndex {
			docs = append(docs, book.SearchDoc(p, b.Words))
		}
	}
	return searchtest.Open(t, new(search.Builder).Build(docs, b.Handbook.Info.Synonyms).Script())
}

// TestReadersQuestions asks the real handbook what readers ask.
func TestReadersQuestions(t *testing.T) {
	t.Parallel()
	engine := handbookSearch(t)
	var all, aside quality
	var sets []string
	bySet := map[string]*quality{}
	for _, q := range questions(t) {
		if bySet[q.set] == nil {
			sets, bySet[q.set] = append(sets, q.set), &quality{}
		}
		results := engine.Search(q.query, 10)
		all.add(q, results)
		bySet[q.set].add(q, results)
		if q.aside() {
			aside.add(q, results)
		}
	}
	for _, set := range sets {
		t.Logf("%s %s", bySet[set], cmp.Or(set, "Første sæt"))
	}
	t.Logf("%s together", &all)
	if all.n < 500 || aside.n < 40 {
		t.Errorf("only %d questions, %d of them set aside", all.n, aside.n)
	}
	for _, q := range []quality{all, aside} {
		if q.hit1() < 0.85 || q.hit3() < 0.97 {
			t.Errorf("hit@1 %.3f (floor 0.85), hit@3 %.3f (floor 0.97); not first:\n%s",
				q.hit1(), q.hit3(), strings.Join(q.misses, ""))
		}
	}
}

// A word that the handbook doesn't have gives few answers or none, and what a
// compound begins with leads.
func TestUnknownWordsGiveFew(t *testing.T) {
	engine := handbookSearch(t)
	for _, query := range []string{"demens", "pas", "kørekort", "badevand", "æble", "legeplads", "plejehjem", "skolemad",
		"kontanthjælp", "børnelinealen", "vaccine", "boligstøtte"} {
		if results := engine.Search(query, 50); len(results) > 8 {
			t.Errorf("%q has %d answers", query, len(results))
		}
	}
	for query, want := range map[string]string{
		"fraværsregistrering": "skolefravaer/", "lektiecafé": "laeringsmiljoe/kerneelementer/sparring-hjem.html",
	} {
		results := engine.Search(query, 3)
		if !slices.ContainsFunc(results, func(r searchtest.Result) bool { return strings.HasPrefix(r.Path, want) }) {
			t.Errorf("%q does not lead to %s: %v", query, want, results)
		}
	}
}

// BenchmarkQueries times an answer under Node and reports the search's quality.
func BenchmarkQueries(b *testing.B) {
	engine := handbookSearch(b)
	asked := questions(b)
	var all quality
	for _, q := range asked {
		all.add(q, engine.Search(q.query, 10))
	}
	for n := 0; b.Loop(); n++ {
		engine.Search(asked[n%len(asked)].query, 10)
	}
	b.ReportMetric(all.hit1(), "hit@1")
	b.ReportMetric(all.hit3(), "hit@3")
	b.ReportMetric(all.mrr(), "MRR")
}
