package edit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An overlay says only what differs; what is as the national again is not said.
func TestAnOverlaySaysWhatDiffers(t *testing.T) {
	d := small(t)
	const task = "eksempel/eksempelmodel/opgave:fortael"
	f := form(t, d, task)
	all := map[string][]string{}
	for _, x := range f.Fields {
		all[x.Name] = x.Value
	}
	if x, _ := f.field("tjek"); x.Fixed != "" || x.National[0] != "Du har fortalt, hvordan det går i klassen." {
		t.Errorf("%+v", x)
	}
	if _, ok := f.field("kilde"); ok {
		t.Error("a municipality is asked for a source")
	}
	if r := d.Save(Answer{Target: f.Target, Version: f.Version, Values: all}); r.Change != nil {
		t.Errorf("nothing was changed: %+v", r.Change)
	}
	all["tjek"], all["lokal_begrundelse"], all["lokal_dato"] = []string{"Fortalt."}, []string{"Kortere."}, []string{"2026-08-20"}
	r, got := save(t, d, task, all)
	if want := "+[opgave.fortael]\n+tjek = \"Fortalt.\"\n+lokal_begrundelse = \"Kortere.\"\n+lokal_dato = \"2026-08-20\"\n"; got != want {
		t.Error(r.Message, got)
	}
	all["tjek"] = []string{"Du har fortalt, hvordan det går i klassen."}
	r, _ = save(t, d, task, all)
	if _, err := os.Stat(filepath.Join(d.root, "content/kommuner/eksempel/modeller")); err == nil {
		t.Error("the overlay is empty and still there", r.Message)
	}
	const meeting = "eksempel/eksempelmodel/moede:opfoelgning"
	values := map[string][]string{"tekst": {"Fritid"}, "lokal_dato": {"2026-08-20"}}
	if r := begin(t, d, meeting+"/dagsorden", "", Answer{Values: values}); r.Change == nil {
		t.Fatal(r.Message)
	}
	own := contentOf(t, d, "content/kommuner/eksempel/modeller/eksempelmodel/moeder.toml")
	save(t, d, meeting, map[string][]string{"sted": {"På skolen"}, "lokal_dato": {"2026-08-20"}})
	save(t, d, meeting, map[string][]string{"sted": {}})
	now := contentOf(t, d, "content/kommuner/eksempel/modeller/eksempelmodel/moeder.toml")
	if left := lines(own, now); strings.Contains(left, "=") {
		t.Errorf("a date is left of what is said no more:\n%s", left)
	}
	if r, _ := save(t, d, task, map[string][]string{"udeladt": {"ja"}}); r.Change != nil || !hasProblem(r.Form, "udeladt", "begrundelse") {
		t.Errorf("left out without a reason: %+v", r.Form)
	}
	if r, _ := save(t, d, task, map[string][]string{"udeladt": {"ja"}, "lokal_begrundelse": {"Vi gør det ikke."}}); r.Change == nil {
		t.Error(r.Message, r.Broken)
	}
}

// What is core says why it can't be changed, and what can be done instead.
func TestCoreIsExplained(t *testing.T) {
	d := small(t)
	f := form(t, d, "eksempel/eksempelmodel/moede:opfoelgning")
	x, _ := f.field("formaal")
	if x.Fixed != "Det er modellens kerne. Skriv jeres praksis i »Sådan gør vi«." {
		t.Error(x.Fixed)
	}
	for _, open := range []string{"lokalt_navn", "varighed", "sted"} {
		if x, ok := f.field(open); !ok || x.Fixed != "" {
			t.Errorf("%s: %+v", open, x)
		}
	}
	if r, _ := save(t, d, "eksempel/eksempelmodel/moede:opfoelgning", map[string][]string{"formaal": {"Noget andet."}}); r.Change != nil {
		t.Error("the core was changed")
	}
	who := form(t, d, "eksempel/eksempelmodel/moede:opfoelgning/deltagere/laerer")
	if x, _ := who.field("form"); x.Fixed == "" {
		t.Errorf("it can't be firmer than always: %+v", x)
	}
	often := form(t, d, "eksempel/eksempelmodel/kadence:opfoelgning")
	if x, _ := often.field("hver"); x.Fixed != "" {
		t.Error(x.Fixed)
	}
	if r, got := save(t, d, "eksempel/eksempelmodel/kadence:opfoelgning", map[string][]string{"hver": {"2"}}); r.Change == nil ||
		got != "+[kadence.opfoelgning]\n+hver = 2\n" {
		t.Error(r.Message, r.Broken, got)
	}
	r, _ := save(t, d, "eksempel/eksempelmodel/kadence:opfoelgning", map[string][]string{"hver": {"6"}})
	if r.Change != nil || !hasProblem(r.Form, "hver", "sjældnere") {
		t.Errorf("%+v", r.Form)
	}
	shared := form(t, d, "eksempel/begreb:afdaekning")
	if !strings.Contains(shared.Why, "ens for alle kommuner") || !strings.Contains(shared.Why, "tilføje") {
		t.Errorf("%q", shared.Why)
	}
}

func hasProblem(f *Form, field, words string) bool {
	x, ok := f.field(field)
	for ok && len(x.Problems) > 0 {
		if strings.Contains(x.Problems[0].Message+x.Problems[0].Help, words) {
			return true
		}
		x.Problems = x.Problems[1:]
	}
	return false
}
