package search

import (
	"os"
	"strings"
	"testing"
)

func wordList(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/ord.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(data))
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Læring": "laering", "MØDE": "moede", "Århus": "aarhus", "Aarhus": "aarhus", "idé": "ide",
		"A\u030arhus": "aarhus", "Übung": "ubung", "ǽ": "ae", "Ö": "oe", "§ 91": "§ 91",
	} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Læringsmiljø på Ærø")
	f.Add("ǽǿÅ")
	f.Fuzz(func(t *testing.T, s string) {
		if once := fold(s); fold(once) != once {
			t.Errorf("fold(%q) = %q, folded again %q", s, once, fold(once))
		}
	})
}

// Each row is one word in its forms.
func TestFormsShareAStem(t *testing.T) {
	for _, row := range []string{
		"indsats indsatser indsatsen indsatserne", "forælder forældre forældrene forældrenes",
		"barn børn børnene barnets børns",
		"rolle roller rollen rollerne", "møde møder mødet møderne mødets", "mål målet målene", "bog bøger bogen bøgerne",
		"håndbog håndbøger håndbogens", "plejebarn plejebørn plejebørnene", "plejeforælder plejeforældre",
		"læringsvejleder læringsvejlederen læringsvejlederne læringsvejledernes laeringsvejleder",
		"skolefravær skolefraværet",
		"opfølgningsmøde opfølgningsmøder opfoelgningsmoedet", "uge uger ugen",
		"trappe trappen trapper", "indsatstrappe indsatstrappen",
		"plan planer planen", "tilbud tilbuddet", "medlem medlemmer", "kommune kommunens kommuner", "delmål delmålene",
	} {
		words := strings.Fields(row)
		for _, w := range words[1:] {
			if stem(w) != stem(words[0]) {
				t.Errorf("%s is stemmed %s, %s %s", words[0], stem(words[0]), w, stem(w))
			}
		}
	}
}

// Every word of the list, alone and with every ending that the stemmer knows,
// has the same stem in soeg.js as by Snowball.
func TestStemmersAgreeWordForWord(t *testing.T) {
	var words []string
	endings := strings.Fields("e en er et ene erne ens s es heden lig elig igst els løst edt ende ered nn gtig")
	for _, w := range wordList(t) {
		words = append(words, w)
		for _, ending := range endings {
			words = append(words, w+ending)
		}
	}
	for _, row := range exceptionForms {
		for _, w := range strings.Fields(row) {
			words = append(words, w, "pleje"+w, "x"+w)
		}
	}
	words = append(words, "", "a", "æ", "S", "ß", "ÆBLE", "idéer", "A\u030ar")
	wrong := 0
	for i, got := range open(t, nil, nil).Stems(words) {
		if want := stem(words[i]); got != want && wrong < 20 {
			wrong++
			t.Errorf("%q: soeg.js has %q, want %q", words[i], got, want)
		}
	}
	t.Logf("%d words", len(words))
}
