package build_test

import (
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/needs"
	"modelhaandbog/generator/search/searchtest"
)

// Whoever writes a municipality in the national search is led to its edition first; who
// has no JavaScript finds it in the index. An edition leads to no other.
func TestMunicipalitiesAreFound(t *testing.T) {
	needs.Program(t, "node")
	snap, err := build.Open(cases.Real(t, ""), build.Options{}).Read()
	if err != nil {
		t.Fatal(err)
	}
	file := func(slug, name string) string {
		for _, f := range snap.Edition(slug).Files() {
			if strings.TrimPrefix(f.Path, "kommuner/"+slug+"/") == name {
				return string(f.Open().Append(nil))
			}
		}
		t.Fatalf("no %s", name)
		return ""
	}
	engine := searchtest.Open(t, []byte(file("", "soeg-indeks.js")))
	for query, slug := range map[string]string{"Herning": "herning", "odense kommune": "odense", "aarhus": "aarhus",
		"århus": "aarhus", "Høje-Taastrup": "hoeje-taastrup", "helsingør": "helsingoer", "ærø": "aeroe", "Bornholm": "bornholm"} {
		found := engine.Search(query, 1)
		if len(found) == 0 || found[0].Path != "kommuner/"+slug+"/index.html" {
			t.Errorf("%s: %v", query, found)
		}
	}
	const asked = "hvordan er vores kommune anderledes"
	if found := engine.Search(asked, 1); len(found) == 0 || found[0].Path != "index.html#find-din-kommune" {
		t.Errorf("%s: %v", asked, found)
	}
	plain := searchtest.Open(t, []byte(file("aabenraa", "soeg-indeks.js")))
	if found := plain.Search(asked, 1); len(found) == 0 || found[0].Path != "aftal-lokalt.html" {
		t.Errorf("%s, where nothing is local yet: %v", asked, found)
	}
	if found := engine.Search("kommune", 1); len(found) == 0 || strings.HasPrefix(found[0].Path, "kommuner/") {
		t.Errorf("the word »kommune« leads to one of 98: %v", found)
	}
	if !strings.Contains(file("", "indeks.html"), `href="kommuner/odense/index.html"`) {
		t.Error("the index does not lead to Odense")
	}
	for _, name := range []string{"soeg-indeks.js", "indeks.html"} {
		if strings.Contains(file("aabenraa", name)+file("herning", name), "kommuner/odense/index") {
			t.Errorf("%s of an edition leads to Odense", name)
		}
	}
	var pages []string
	for _, p := range snap.Edition("aabenraa").Book.Pages {
		pages = append(pages, p.Path)
	}
	if slices.Contains(pages, "lokalt.html") || !slices.Contains(pages, "aftal-lokalt.html") {
		t.Error("a municipality without anything of its own has another menu than it needs")
	}
}
