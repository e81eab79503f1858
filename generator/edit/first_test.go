package edit

import (
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// A municipality without anything of its own is led through all that it can say, and what
// it has said is done.
func TestFirstHour(t *testing.T) {
	d := desk(t)
	steps := func() []Step {
		t.Helper()
		list, err := d.Steps("odense")
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	step := func(name string) Step {
		t.Helper()
		list := steps()
		i := slices.IndexFunc(list, func(s Step) bool { return s.Name == name })
		if i < 0 {
			t.Fatalf("no step %s", name)
		}
		return list[i]
	}
	for _, s := range steps() {
		if s.Done() || s.Title == "" || s.Lead == "" || s.Open != s.IsQuestion() {
			t.Errorf("%+v", s)
		}
	}
	if s := step("laeringsmiljoe/indkalder-opfoelgning"); s.Asked != "Læringskoordinator" {
		t.Errorf("asked is %q", s.Asked)
	}
	if s := step("laeringsmiljoe/lokal-forandringsteori"); s.Asked != "" {
		t.Errorf("no source says who answers, but %q is asked", s.Asked)
	}
	if r, _ := save(t, d, "odense/laeringsmiljoe/aftale:kommunikationskanal", map[string][]string{"svar": {"Aula"}}); r.Change == nil {
		t.Fatalf("%+v", r)
	}
	if s := step("laeringsmiljoe/kommunikationskanal"); s.Open || s.State() != "Aula" {
		t.Errorf("%+v", s)
	}
	if r, text := save(t, d, "odense/kommune:", map[string][]string{"modeller": {"skolefravaer"}}); r.Change == nil ||
		!strings.Contains(text, `modeller = ["skolefravaer"]`) || r.Change.Files[0] != "content/kommuner/odense/kommune.toml" {
		t.Fatalf("%s %+v", text, r)
	}
	if s := step("modeller"); s.State() != "Bekymrende skolefravær" {
		t.Errorf("%+v", s)
	}
	for _, s := range steps() {
		if s.IsQuestion() && s.Target.Model != "skolefravaer" {
			t.Errorf("%s is asked, but they don't use the model", s.Name)
		}
	}
	if _, err := d.Steps("andeby"); err == nil {
		t.Error("there are steps for an unknown municipality")
	}
}

// Every key that only a municipality can say of itself is in a step.
func TestStepsSayEverything(t *testing.T) {
	for _, k := range model.Schema().Municipal.Keys {
		if k.Policy != schema.Answer || model.Schema().Common.Key(k.Name) != nil || k.Name == "gennemgaaet" {
			continue
		}
		if !slices.ContainsFunc(ownSteps, func(s ownStep) bool { return slices.Contains(s.keys, k.Name) }) {
			t.Errorf("no step has %s", k.Name)
		}
	}
}

func TestSendPicture(t *testing.T) {
	const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>`
	d := desk(t)
	send := func(data string) Result {
		return d.SendPicture(target(t, "odense/kommune:"), "logo", form(t, d, "odense/kommune:").Version, []byte(data))
	}
	for _, bad := range []struct{ data, says string }{
		{"", "ikke valgt nogen fil"},
		{"Hej", "hverken et SVG- eller et PNG-billede"},
		{"\x89PNG\r\n\x1a\nHej", "i stykker"},
		{`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "<script>"},
		{logo + strings.Repeat(" ", 201<<10), "grænsen er 200 kB"},
	} {
		r := send(bad.data)
		if r.Change != nil || r.Form == nil || !hasProblem(r.Form, "logo", bad.says) {
			t.Errorf("%.40q: %+v", bad.data, r)
		}
		if d.exists("content/kommuner/odense/logo.svg") || d.exists("content/kommuner/odense/logo.png") {
			t.Fatalf("%.40q was written", bad.data)
		}
	}
	r := send(logo)
	if r.Change == nil || contentOf(t, d, "content/kommuner/odense/logo.svg") != logo ||
		!strings.Contains(contentOf(t, d, "content/kommuner/odense/kommune.toml"), `logo = "logo.svg"`) {
		t.Fatalf("%+v", r)
	}
	if r := d.Undo(r.Change.ID); r.Change == nil || d.exists("content/kommuner/odense/logo.svg") {
		t.Errorf("%+v", r)
	}
	if r := d.SendPicture(target(t, "odense/kommune:"), "farve", "", []byte(logo)); r.Change != nil {
		t.Error("a picture was taken for a field that names none")
	}
}
