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
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Læringsmiljø på Ærø")
	f.Add("ǽǿÅ")
	f.Fuzz(func(t *testing.T, s string) {
		if once := Fold(s); Fold(once) != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, Fold(once))
		}
	})
}

// Each row is one word in its forms.
func TestFormsShareAStem(t *testing.T) {
	for _, row := range []string{
		"indsats indsatser indsatsen indsatserne", "forælder forældre forældrene forældrenes", "barn børn børnene barnets børns",
		"rolle roller rollen rollerne", "møde møder mødet møderne mødets", "mål målet målene", "bog bøger bogen bøgerne",
		"håndbog håndbøger håndbogens", "plejebarn plejebørn plejebørnene", "plejeforælder plejeforældre",
		"læringsvejleder læringsvejlederen læringsvejlederne læringsvejledernes laeringsvejleder", "skolefravær skolefraværet",
		"opfølgningsmøde opfølgningsmøder opfoelgningsmoedet", "uge uger ugen", "trappe trappen trapper", "indsatstrappe indsatstrappen",
		"plan planer planen", "tilbud tilbuddet", "medlem medlemmer", "kommune kommunens kommuner", "delmål delmålene",
	} {
		words := strings.Fields(row)
		for _, w := range words[1:] {
			if Stem(w) != Stem(words[0]) {
				t.Errorf("%s is stemmed %s, %s %s", words[0], Stem(words[0]), w, Stem(w))
			}
		}
	}
}
