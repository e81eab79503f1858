package edit

import (
	"path/filepath"
	"strings"
	"testing"
)

// A kind of the handbook's own has forms: for its entities, and for itself.
func TestDeclaredKind(t *testing.T) {
	d := small(t)
	put(t, filepath.Join(d.root, "content/slags.toml"), `[slags.materiale]
navn = "materiale"
flere = "Materialer"
gruppe = "saadan-goer-du"
kommunen_kan_tilfoeje = true
felt.form = { type = "valg", navn = "Form", muligheder = ["papir", "skærm"], skal_udfyldes = true }
felt.hvem = { type = "henvisning", til = "rolle", flere = true }
`)
	at, err := d.Target("eksempelmodel/materiale:")
	if err != nil {
		t.Fatal(err)
	}
	f, err := d.NewForm(at, "materiale")
	if err != nil {
		t.Fatal(err)
	}
	if x, ok := f.field("form"); !ok || x.Input != Choice || !x.Required || len(x.Options) != 2 {
		t.Errorf("form: %+v", x)
	}
	r := d.Save(Answer{Target: f.Target, New: true, Values: map[string][]string{
		"navn": {"Plakat"}, "form": {"papir"}, "hvem": {"koordinator", "laerer"}}})
	if r.Change == nil {
		t.Fatal(r.Message, r.Form.Problems, r.Broken)
	}
	got := contentOf(t, d, "content/modeller/eksempelmodel/materialer.toml")
	if !strings.Contains(got, "[materiale.plakat]\nnavn = \"Plakat\"\nform = \"papir\"\nhvem = [\"koordinator\", \"laerer\"]\n") {
		t.Error(got)
	}
	if r := begin(t, d, "slags:", "slags", Answer{Values: map[string][]string{
		"navn": {"Måleredskab"}, "flere": {"Måleredskaber"}, "gruppe": {"baggrund"}}}); r.Change == nil {
		t.Fatal(r.Message, r.Form.Problems, r.Broken)
	}
	if _, err := d.Target("eksempelmodel/maaleredskab:"); err != nil {
		t.Error("the kind that was declared in a form has none itself:", err)
	}
}
