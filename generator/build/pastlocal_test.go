package build_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/build"
)

// What a municipality has changed itself is told day by day, in its own words, and what
// changed nationally under it isn't told as its own.
func TestLocalHistory(t *testing.T) {
	site := fstest.MapFS{}
	for _, f := range build.Starter() {
		site[f.Name] = &fstest.MapFile{Data: []byte(f.Text)}
	}
	const local, national = "kommuner/eksempel/modeller/eksempelmodel/moeder.toml", "modeller/eksempelmodel/moeder.toml"
	replace(t, site, local, "\n====\n[moede.opfoelgning]\nlokalt_navn = \"Statusmøde\"\n"+
		"[moede.opfoelgning.dagsorden.trivsel]\ntekst = \"Hvordan trives barnet?\"\n")
	freeze(t, site, "1.0", "2026-12-01")
	replace(t, site, national, "[moede.opfoelgning]\n====\n[moede.samling]\ntidligere = [\"opfoelgning\"]\nvarighed = 30\n")
	replace(t, site, national, "[moede.opfoelgning.deltagere]\n====\n[moede.samling.deltagere]\n")
	replace(t, site, national, "[moede.opfoelgning.dagsorden.status]\n====\n[moede.samling.dagsorden.status]\n")
	replace(t, site, national, "[moede.opfoelgning.dagsorden.naeste]\n====\n[moede.samling.dagsorden.naeste]\n")
	replace(t, site, "modeller/eksempelmodel/vejledning/fase/foelg-op.md", "moede:opfoelgning\n====\nmoede:samling")
	site["content/modeller/eksempelmodel/vejledning/moede/samling.md"] =
		site["content/modeller/eksempelmodel/vejledning/moede/opfoelgning.md"]
	delete(site, "content/modeller/eksempelmodel/vejledning/moede/opfoelgning.md")
	replace(t, site, local, "[moede.opfoelgning]\nlokalt_navn = \"Statusmøde\"\n"+
		"[moede.opfoelgning.dagsorden.trivsel]\ntekst = \"Hvordan trives barnet?\"\n====\n[moede.samling]\n"+
		"lokalt_navn = \"Statusmøde\"\n[moede.samling.dagsorden.trivsel]\ntekst = \"Hvordan trives barnet hjemme?\"\n")
	freeze(t, site, "1.1", "2027-01-01")
	replace(t, site, local, "\n====\n\n[moede.samling.dagsorden.ferie]\ntekst = \"Hvem holder ferie?\"\n")
	snap, err := build.Open(site, build.Options{Kommuner: []string{"eksempel"}}).Read()
	if err != nil {
		t.Fatal(err)
	}
	page, _ := snap.File("kommuner/eksempel/lokalt.html")
	_, told, _ := strings.Cut(string(page), `id="historik-nu"`)
	told, _, _ = strings.Cut(told, "</section></main")
	words := strings.Join(strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(told, " "))), " ")
	for _, want := range []string{"egne ændringer siden 1. januar 2027 Møder – Eksempel Statusmøde Dagsorden Kommet til " +
		"Lokalt Nu Hvem holder ferie?", "egne ændringer pr. 1. januar 2027 (udgave 1.1) Møder – Eksempel Statusmøde Dagsorden " +
		"Andre ord Lokalt Før Hvordan trives barnet? Nu Hvordan trives barnet hjemme? Kommunens egne ændringer " +
		"pr. 1. december 2026 (udgave 1.0)"} {
		if !strings.Contains(words, want) {
			t.Errorf("lacks %q in\n%s", want, words[:min(len(words), 900)])
		}
	}
}
