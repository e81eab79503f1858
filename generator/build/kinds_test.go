package build_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
)

// A kind that slags.toml declares has what a built-in kind has.
func TestDeclaredKinds(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/slags.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site := starterSite()
	for _, f := range archive.Files {
		site[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	snap, err := build.Open(site, build.Options{}).Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range snap.QuickDiags("eksempel") {
		if d.Severity == diag.Error {
			t.Error(d.Pos, d.Message)
		}
	}
	for _, c := range []struct {
		page  string
		wants []string
	}{
		{"eksempelmodel/maaleredskaber/index.html", []string{"Redskaber, der måler før og efter.", "Hvem måler", "10 minutter"}},
		{"eksempelmodel/maaleredskaber/sdq.html", []string{"Måleredskab 1 af 1", "4-16 år", "nej", "2. januar 2026", "skema.pdf\"",
			`href="https://www.sdqinfo.org/"`, "17 | 18", "Brug tid.", "materialer/index.html#materiale-plakat", "Bruges i"}},
		{"eksempelmodel/materialer/index.html", []string{`id="materiale-plakat"`, "Andet afsnit.", "maaleredskaber/sdq.html"}},
		{"eksempelmodel/roller/koordinator.html", []string{"maaleredskaber/sdq.html"}},
		{"eksempelmodel/tjeklister/maal.html", []string{"SDQ er udfyldt."}},
		{"eksempelmodel/index.html", []string{"maaleredskaber/index.html"}},
		{"indeks.html", []string{"maaleredskaber/sdq.html"}},
		{"soeg-indeks.js", []string{"maaleredskaber/sdq.html", "materialer/index.html"}},
		{"data/eksempelmodel.json", []string{`"score":[["4-10","17 | 18"],["11-16","16"]]`, `"rolle":{"id":"koordinator"`}},
		{"data/model.schema.json", []string{`"maaleredskab"`, `"papir"`}},
		{"kommuner/eksempel/eksempelmodel/maaleredskaber/sdq.html", []string{"Styrkeskemaet", "materiale-kort"}},
		{"kommuner/eksempel/lokalt.html", []string{"Styrkeskemaet", "Kort"}},
	} {
		data, ok := snap.File(c.page)
		if !ok {
			t.Errorf("no page %s", c.page)
		}
		for _, want := range c.wants {
			if !strings.Contains(string(data), want) {
				t.Errorf("%s lacks %q", c.page, want)
			}
		}
	}
	if _, unknown, _ := build.Reference(snap.Handbook().Schema()).Find("maaleredskab.score"); unknown != "" {
		t.Errorf("the reference lacks %s", unknown)
	}
}
