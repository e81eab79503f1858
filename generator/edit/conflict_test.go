package edit

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Two editors: what only one of them changed is kept from both; what both changed is
// shown, and the choice is for the versions shown.
func TestTwoEditors(t *testing.T) {
	d := small(t)
	const file = "content/modeller/eksempelmodel/opgaver.toml"
	outside := func(old, now string) {
		put(t, filepath.Join(d.root, file), strings.Replace(contentOf(t, d, file), old, now, 1))
	}
	f := form(t, d, "eksempelmodel/opgave:indkald")
	all := map[string][]string{}
	for _, x := range f.Fields {
		all[x.Name] = x.Value
	}
	outside("Du har indkaldt alle.", "Alle er indkaldt.")
	outside("Fortæl, hvordan", "Sig, hvordan")
	all["navn"] = []string{"Indkald til det næste møde"}
	r := d.Save(Answer{Target: f.Target, Version: f.Version, Values: all})
	text := contentOf(t, d, file)
	if r.Change == nil || !strings.Contains(text, "det næste møde") || !strings.Contains(text, "Alle er indkaldt.") ||
		!strings.Contains(text, "Sig, hvordan") {
		t.Fatal(r.Message, r.Conflict, text)
	}

	f = form(t, d, "eksempelmodel/opgave:indkald")
	outside("Alle er indkaldt.", "Alle ved det.")
	mine := map[string][]string{"tjek": {"Alle er med."}}
	r = d.Save(Answer{Target: f.Target, Version: f.Version, Values: mine})
	if r.Conflict == nil || len(r.Conflict.Fields) != 1 || r.Conflict.Fields[0].Theirs[0] != "Alle ved det." ||
		r.Conflict.Fields[0].Mine[0] != "Alle er med." || r.Form.Fields == nil {
		t.Fatalf("%+v", r)
	}
	outside("Alle ved det.", "Alle har hørt det.")
	again := d.Save(Answer{Target: f.Target, Version: r.Conflict.Version, Values: mine})
	if again.Conflict == nil || again.Conflict.Fields[0].Theirs[0] != "Alle har hørt det." {
		t.Fatalf("the choice was for another version: %+v", again)
	}
	if r = d.Save(Answer{Target: f.Target, Version: again.Conflict.Version, Values: mine}); r.Change == nil {
		t.Fatal(r.Message, r.Conflict)
	}
	if text := contentOf(t, d, file); !strings.Contains(text, "Alle er med.") {
		t.Error(text)
	}
	outside("[opgave.indkald]", "[opgave.kald-ind]")
	if r = d.Save(Answer{Target: f.Target, Version: f.Version, Values: mine}); r.Conflict == nil || !r.Conflict.Gone {
		t.Errorf("%+v", r)
	}
}

// A change is undone also when others have come since, but not where one of them changed
// the same.
func TestUndoInAnyOrder(t *testing.T) {
	d := small(t)
	first := files(t, d)
	edits := []struct {
		target string
		values map[string][]string
	}{
		{"eksempelmodel/opgave:indkald", map[string][]string{"navn": {"Indkald alle"}}},
		{"eksempelmodel/opgave:indkald", map[string][]string{"kort": {"Kort."}}},
		{"eksempelmodel/opgave:fortael", map[string][]string{"tjek": {"Fortalt."}}},
		{"eksempelmodel/opgave:indkald", map[string][]string{"navn": {"Indkald dem alle"}}},
		{"eksempelmodel/fase:begynd/~vejledning", map[string][]string{"vejledning": {"Ny vejledning."}}},
		{"eksempel/eksempelmodel/rolle:laerer", map[string][]string{"lokalt_navn": {"Klasselærer"}}},
	}
	for _, e := range edits {
		if r, _ := save(t, d, e.target, e.values); r.Change == nil {
			t.Fatal(e.target, r.Message, r.Broken)
		}
	}
	changes := d.Changes()
	slices.Reverse(changes)
	if c := changes[0]; c.Title != "Opgave: Indkald til mødet" || c.What != "Ændret" ||
		!slices.Equal(c.Details, []Difference{{"Navn", "Indkald til mødet", "Indkald alle"}}) || c.Blocked == "" {
		t.Errorf("%+v", c)
	}
	if c := changes[5]; c.Edition != "Eksempel Kommune" {
		t.Errorf("%+v", c)
	}
	if r := d.Undo(changes[0].ID); r.Change != nil || !strings.Contains(r.Message, "Indkald alle") {
		t.Errorf("%+v", r)
	}
	for _, i := range []int{1, 2, 5, 3, 0, 4} {
		if r := d.Undo(changes[i].ID); r.Change == nil || !r.Change.Undone {
			t.Errorf("%d: %s", i, r.Message)
		}
	}
	for name, text := range files(t, d) {
		if text != first[name] {
			t.Errorf("%s is\n%s", name, text)
		}
	}
	if r := d.Undo(changes[2].ID); r.Change == nil || r.Change.Undone ||
		!strings.Contains(contentOf(t, d, "content/modeller/eksempelmodel/opgaver.toml"), "Fortalt.") {
		t.Errorf("made again: %+v", r)
	}
}

// What was deleted on disk while somebody wrote isn't written over, and can be made again.
func TestDeletedMeanwhile(t *testing.T) {
	d := small(t)
	for s, file := range map[string]string{
		"eksempelmodel/opgave:indkald":                     "content/modeller/eksempelmodel/opgaver.toml",
		"eksempelmodel/moede:opfoelgning/deltagere/laerer": "content/modeller/eksempelmodel/moeder.toml",
	} {
		f := form(t, d, s)
		a := Answer{Target: f.Target, Version: f.Version, Values: map[string][]string{}}
		for _, x := range f.Fields {
			a.Values[x.Name] = x.Value
		}
		a.Values["note"] = []string{"Skrevet imens."}
		was := contentOf(t, d, file)
		if r := d.Remove(f.Target, f.Version, true); r.Change == nil {
			t.Fatal(s, r.Message)
		}
		gone := contentOf(t, d, file)
		r := d.Save(a)
		if r.Change != nil || r.Conflict == nil || !r.Conflict.Gone || contentOf(t, d, file) != gone {
			t.Fatalf("%s: %+v", s, r)
		}
		again, ok := a.Again()
		if r = d.Save(again); !ok || r.Change == nil || r.Target.String() != s {
			t.Fatalf("%s isn't made again: %v %+v", s, ok, r)
		}
		if now := contentOf(t, d, file); strings.Count(now, "\n") < strings.Count(was, "\n")-3 {
			t.Errorf("%s: %s", s, lines(was, now))
		}
	}
	if _, ok := (Answer{Target: target(t, "eksempelmodel/fase:begynd/~vejledning")}).Again(); ok {
		t.Error("guidance of what is deleted would be made again")
	}
}

// A day's changes of one file are kept as what differs, and give back every byte.
func TestVersionsShareTheirText(t *testing.T) {
	d := &Desk{bases: map[string][]byte{}}
	text := strings.Split(contentOf(t, desk(t), "content/modeller/laeringsmiljoe/opgaver.toml"), "\n")
	size, kept := len(strings.Join(text, "\n")), 0
	r := rand.New(rand.NewPCG(19, 1))
	for range 60 {
		text[r.IntN(len(text))] += "æ"
		now := []byte(strings.Join(text, "\n"))
		v := d.keep(candidate{"x": now})["x"]
		if !bytes.Equal(v.bytes(), now) {
			t.Fatal("a version isn't what it was")
		}
		if len(v.hunks) == 0 {
			kept += len(v.base)
		}
		for _, h := range v.hunks {
			kept += len(h.with)
		}
	}
	if kept > 6*size {
		t.Errorf("60 versions of %d bytes are kept in %d", size, kept)
	}
	if v := d.keep(candidate{"x": nil})["x"]; v.bytes() != nil {
		t.Error("a missing file is there")
	}
}
