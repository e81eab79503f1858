package search

import (
	"strings"
	"testing"
)

// What a reader takes for one word is one: sums, sections and abbreviations.
func TestWholeWords(t *testing.T) {
	for in, want := range map[string]string{
		"1.000 kr.":              "1000|kr",
		"1.250.000,50":           "1250000,50",
		"18,6 mio. og 18.6":      "18,6|mio|og|18,6",
		"lov nr. 721":            "lov|nr|721",
		"§§ 95 ff., § 91.":       "95|ff|91",
		"17.3.2025, 9.-10. kl.":  "17,3,2025|9|10|kl",
		"P.P.R., P.P.R og PPR":   "ppr|ppr|og|ppr",
		"m.v. f.eks. bl.a.":      "mv|f|eks|bl|a",
		"P.P.Rådgivning, x.y1":   "pp|raadgivning|x|y1",
		"kap. 5,6,7 fase2,3 A.B": "kap|5,6,7|fase2|3|ab",
	} {
		if got := strings.Join(foldWords(in), "|"); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// A number is found whole, in any writing, and a word that is not there is not guessed at.
func TestWholeWordsAreFound(t *testing.T) {
	engine := open(t, append(handbook(t), Doc{
		Path: "penge.html", Title: "Penge", Summary: "Puljen er på 18,6 mio. kr. og 1.250 kr. pr. barn.",
	}, Doc{Path: "regel.html", Title: "Regel", Summary: "Reglen står i §§ 95 ff. og hos P.P.R."},
		Doc{Path: "aar.html", Title: "År", Summary: "I 2018 var der 6 møder."}), testSynonyms)
	for query, want := range map[string]string{
		"18,6": "penge.html", "1250": "penge.html", "1.250 kr.": "penge.html", "§95ff": "regel.html", "§ 95 ff.": "regel.html",
		"47500": "laeringsmiljoe/index.html", "2020": "", "1.000": "", "æble": "",
	} {
		results := engine.Search(query, 50)
		if want == "" && len(results) > 0 {
			t.Errorf("%q: %d results", query, len(results))
		} else if got := first(engine, query).Path; got != want {
			t.Errorf("%q: got %s first, want %s", query, got, want)
		}
	}
}
