package wording

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/layouts"
)

func TestText(t *testing.T) {
	w := Standard()
	for want, got := range map[string]string{
		"Fase 2 af 4": w.Text("fase.nummer-af", "nummer", 2, "antal", 4),
		"1 opgave":    w.Count("antal.opgave", 1),
		"0 opgaver":   w.Count("antal.opgave", 0),
		"I den nationale udgave hedder det: Hvad nu?": w.Text("emne.nationalt-navn", "navn", "Hvad nu?"),
		"I den nationale udgave hedder det: Lærer.":   w.Text("emne.nationalt-navn", "navn", "Lærer"),

		"22. november 2026": w.Date("2026-11-22"),
		"snart":             w.Date("snart"),
		"[ukendt.noegle]":   w.Text("ukendt.noegle"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// A site's own words win key by key; what is wrong in its file is told where it
// stands, and the embedded words are used instead.
func TestOwnWords(t *testing.T) {
	own := `[fase]
nummer-af = "{nummer}. fase ud af {antal}"
titel = "Fase {numer}: {navn}"
nummer = "Fasen"
slutningen = "Slut"
alle-faser = 7

[fase.det-sker-der]
en = "x"

[begreber]
alias = ["leksikon"]
titel = ["Begreber"]
`
	w, diags := Read(fstest.MapFS{File: {Data: []byte(own)}}, layouts.FS)
	for want, got := range map[string]string{
		"2. fase ud af 4":      w.Text("fase.nummer-af", "nummer", 2, "antal", 4),
		"Fase 1: Start":        w.Text("fase.titel", "nummer", 1, "navn", "Start"),
		"Faserne i rækkefølge": w.Text("fase.alle-faser"),
		"leksikon":             strings.Join(w.List("begreber.alias"), ","),
		"Begreber A–Å":         w.Text("begreber.titel"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	var told []string
	for _, d := range diags {
		told = append(told, fmt.Sprintf("%d:%d %s", d.Pos.Line, d.Pos.Col, d.Message))
	}
	want := []string{
		`3:9 pladsen {numer} findes ikke her – mente du "{nummer}"?`,
		`4:10 pladsen {nummer} mangler`,
		`5:1 "fase.slutningen" bliver ikke brugt`,
		`6:14 "fase.alle-faser" er et helt tal og ikke en tekst`,
		`9:1 "fase.det-sker-der.en" bliver ikke brugt – mente du "fase.det-sker-der"?`,
		`13:1 "begreber.titel" bliver ikke brugt`,
	}
	if strings.Join(told, "\n") != strings.Join(want, "\n") {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
}
