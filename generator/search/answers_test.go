package search

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the answers into testdata/svar.txt; read the diff")

// otherQueries try what forespoergsler.txt does not: beginnings of words, slips,
// signs, letters of other alphabets, words of asking only.
var otherQueries = []string{
	"m", "mø", "Møde.", "hvem er hvem", "ærø", "fraværsmøde", "begreb opsporing", "nøgletal",
	"tidlig opsporing begreb", "plan for barnet", "pejling", "skolelederens timer", "koordinatormøde i skolen",
	"hvordan hvornår hvorfor", "", "???", "æble", "netvarksmøde", "trivsel", "børn", "en og et", "malsatningsmode",
	"opfolgningsmoder", "moder", "fase2", "fase2 møde", "47500 kr", "kr", "§ 91", "§", "36%",
	"hvem deltager i målsætningsmødet", "dagsorden til opfølgningsmødet", "tidlige tegn på fravær",
	"rolle skolefravær", "kerneelementer i skolefravær", "fase i styrket læringsmiljø", "skolefraværsforældre",
	"ny lærer", "qxzwv møde", "приветмир møde", "farvær", "læringskorodinat", "fravæ", "ravær", "mål sætning",
	"barnets plan", "opfølgningsmøde fase", strings.Repeat("barn skole møde plan ", 9),
}

// What soeg.js answers in the test handbook is in testdata/svar.txt: for each
// query the best two results with score, place, kind, snippet and other places
// of the page. A fault in the engine that no test above names shows here.
func TestAnswers(t *testing.T) {
	docs := append(handbook(t), glossary, Doc{
		Path: "x.html", Title: `</script> "\ ~`, Summary: "Æble og idé – Ærø, IKT & ØL.",
	})
	engine := open(t, docs, testSynonyms)
	var asked []string
	for _, w := range queries(t) {
		asked = append(asked, w.query)
	}
	var b strings.Builder
	for _, query := range append(asked, otherQueries...) {
		fmt.Fprintf(&b, "%q\n", query)
		for _, r := range engine.Search(query, 2) {
			fmt.Fprintf(&b, "  %.2f %s#%s · %s", r.Score, r.Path, r.Anchor, r.Title)
			if r.Page != "" {
				fmt.Fprintf(&b, " (%s, %s)", r.Kind.ID, r.Page)
			}
			fmt.Fprintf(&b, "\n    %s\n", r.Snippet)
			for _, m := range r.More {
				fmt.Fprintf(&b, "    #%s %s\n", m.Anchor, m.Heading)
			}
		}
	}
	const golden = "testdata/svar.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("other answers than in %s (run with -update and read the diff):\n%s", golden, diff)
	}
}
