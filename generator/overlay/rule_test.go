package overlay_test

import (
	"testing"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/overlay"
)

// What forms are told agrees with what a municipality's lines would be told.
func TestRules(t *testing.T) {
	snap, err := build.Open(cases.Starter(t), build.Options{}).Read()
	if err != nil {
		t.Fatal(err)
	}
	meeting := overlay.Question{Model: "eksempelmodel", Kind: "moede", ID: "opfoelgning"}
	for _, c := range []struct {
		path []string
		key  string
		open bool
		why  string
	}{
		{nil, "formaal", false, "er modellens kerne"},
		{nil, "lokalt_navn", true, ""},
		{nil, "varighed", true, ""},
		{nil, "udeladt", false, "er modellens kerne"},
		{nil, "kilde", false, "er ens for alle kommuner"},
		{nil, "dagsorden", true, ""},
		{[]string{"dagsorden", "status"}, "tekst", true, ""},
		{[]string{"dagsorden", "status"}, "udeladt", true, ""},
		{[]string{"deltagere", "laerer"}, "form", false, "er modellens kerne"},
	} {
		q := meeting
		q.Path, q.Key = c.path, c.key
		if got := snap.Rule(q); got.Open != c.open || got.Why != c.why {
			t.Errorf("%v %s: %+v", c.path, c.key, got)
		}
	}
}
