package edit

import (
	"path/filepath"
	"strings"
	"testing"
)

// begin answers the form of something new.
func begin(t testing.TB, d *Desk, parent, kind string, a Answer) Result {
	t.Helper()
	at := target(t, parent)
	f, err := d.NewForm(at, kind)
	if err != nil {
		t.Fatal(parent, err)
	}
	for _, x := range f.Fields { // as a browser sends them
		if _, ok := a.Values[x.Name]; !ok && len(x.Value) > 0 {
			a.Values[x.Name] = x.Value
		}
	}
	a.Target, a.New = f.Target, true
	return d.Save(a)
}

// What is new gets an id from its name and a number, and stands where its kin stand.
func TestNewThings(t *testing.T) {
	d := small(t)
	const phases = "content/modeller/eksempelmodel/faser.toml"
	was := contentOf(t, d, phases)
	r := begin(t, d, "eksempelmodel/fase:", "fase", Answer{Draft: true, Values: map[string][]string{
		"navn": {"Hør på barnet"}, "ansvarlig": {"laerer"}, "kilde": {"modelbeskrivelse: kap. 4"}}})
	if r.Change == nil || r.Target.String() != "eksempelmodel/fase:hoer-paa-barnet" {
		t.Fatal(r.Message, r.Target, r.Form.Problems, r.Broken)
	}
	want := `+
+[fase.hoer-paa-barnet]
+nummer = 3
+navn = "Hør på barnet"
+ansvarlig = "laerer"
+kilde = ["modelbeskrivelse: kap. 4"]
+kladde = true
`
	if got := lines(was, contentOf(t, d, phases)); got != want {
		t.Error(got)
	}
	for _, c := range []struct {
		parent string
		a      Answer
		file   string
		want   string
	}{
		{"eksempelmodel/moede:opfoelgning/dagsorden", Answer{After: "status", Values: map[string][]string{"tekst": {"Hvad virker?"}}},
			"content/modeller/eksempelmodel/moeder.toml", "+[moede.opfoelgning.dagsorden.hvad-virker]\n+tekst = \"Hvad virker?\"\n+\n"},
		{"eksempelmodel/moede:opfoelgning/deltagere",
			Answer{Values: map[string][]string{"id": {"koordinator"}, "form": {"altid"}}},
			"content/modeller/eksempelmodel/moeder.toml", "+koordinator = \"altid\"\n"},
		{"eksempel/eksempelmodel/moede:opfoelgning/dagsorden", Answer{After: "status", Values: map[string][]string{
			"tekst": {"Fritid"}, "lokal_dato": {"2026-08-20"}}},
			"content/kommuner/eksempel/modeller/eksempelmodel/moeder.toml",
			"+[moede.opfoelgning.dagsorden.fritid]\n+placeres_efter = \"status\"\n+tekst = \"Fritid\"\n+lokal_dato = \"2026-08-20\"\n"},
		{"eksempel/kommune:/kontakt", Answer{Values: map[string][]string{"funktion": {"PPR"}, "telefon": {"12 34 56 78"}}},
			"content/kommuner/eksempel/kommune.toml", "+\n+[kommune.kontakt.ppr]\n+funktion = \"PPR\"\n+telefon = \"12 34 56 78\"\n"},
	} {
		was := ""
		if d.exists(c.file) {
			was = contentOf(t, d, c.file)
		}
		if r := begin(t, d, c.parent, "", c.a); r.Change == nil {
			t.Error(c.parent, r.Message, r.Form, r.Broken)
			continue
		}
		if got := lines(was, contentOf(t, d, c.file)); got != c.want {
			t.Errorf("%s\n%s", c.parent, got)
		}
	}
}

func TestNewIDsAreFree(t *testing.T) {
	d := small(t)
	values := func() map[string][]string {
		return map[string][]string{"navn": {"Indkald"}, "rolle": {"laerer"}, "kilde": {"modelbeskrivelse: kap. 4"}, "tjek": {"Alle er indkaldt."}}
	}
	for _, c := range []struct{ id, want, message string }{
		{"", "indkald-2", ""}, {"fortael", "", "taget"}, {"Æble", "", "rettes"}, {"ny-opgave", "ny-opgave", ""}, {"../x", "", "rettes"},
	} {
		r := begin(t, d, "eksempelmodel/opgave:", "opgave", Answer{ID: c.id, Values: values()})
		if got := r.Target.ID; r.Change != nil && got != c.want || r.Change == nil && c.want != "" || !strings.Contains(r.Message, c.message) {
			t.Errorf("%q: %q %s %v", c.id, got, r.Message, r.Form.Problems)
		}
	}
}

// A participant with a note stands on one line, as the others do.
func TestNewThingIsWrittenAsItsKin(t *testing.T) {
	d := small(t)
	const file = "content/modeller/eksempelmodel/moeder.toml"
	was := strings.Replace(contentOf(t, d, file), `laerer = "altid"`, `laerer = { form = "altid", note = "Hele tiden." }`, 1)
	put(t, filepath.Join(d.root, file), was)
	r := begin(t, d, "eksempelmodel/moede:opfoelgning/deltagere", "", Answer{Values: map[string][]string{
		"id": {"koordinator"}, "form": {"altid"}, "note": {"Indkalder."}}})
	want := "+koordinator = { form = \"altid\", note = \"Indkalder.\" }\n"
	if got := lines(was, contentOf(t, d, file)); r.Change == nil || got != want {
		t.Errorf("%s\n%s", r.Message, got)
	}
}
