package edit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/cases"
)

// desk is the real content in a folder of its own.
func desk(t testing.TB) *Desk {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	return Open(root, build.Options{})
}

// small is the site that `haandbog init` begins with, in a folder.
func small(t testing.TB) *Desk {
	t.Helper()
	root := t.TempDir()
	for name, file := range cases.Starter(t) {
		put(t, filepath.Join(root, name), string(file.Data))
	}
	return Open(root, build.Options{})
}

func put(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func target(t testing.TB, s string) Target {
	t.Helper()
	out, err := ParseTarget(s)
	if err != nil {
		t.Fatal(s, err)
	}
	return out
}

func form(t testing.TB, d *Desk, s string) *Form {
	t.Helper()
	f, err := d.Form(target(t, s))
	if err != nil {
		t.Fatal(s, err)
	}
	return f
}

func contentOf(t testing.TB, d *Desk, file string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(d.root, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// lines are those that one text has and the other lacks, as a diff writes them.
func lines(was, now string) string {
	var b strings.Builder
	a, c := strings.SplitAfter(was, "\n"), strings.SplitAfter(now, "\n")
	x, y := make([][]byte, len(a)), make([][]byte, len(c))
	for i := range a {
		x[i] = []byte(a[i])
	}
	for i := range c {
		y[i] = []byte(c[i])
	}
	i, j := 0, 0
	for _, m := range append(matches(x, y), [2]int{len(x), len(y)}) {
		for ; i < m[0]; i++ {
			b.WriteString("-" + a[i])
		}
		for ; j < m[1]; j++ {
			b.WriteString("+" + c[j])
		}
		i, j = m[0]+1, m[1]+1
	}
	return b.String()
}

// save answers a form and gives the lines that changed in the form's file.
func save(t testing.TB, d *Desk, s string, values map[string][]string) (Result, string) {
	t.Helper()
	f := form(t, d, s)
	was, _ := d.read(f.File)
	was = slices.Clone(was)
	r := d.Save(Answer{Target: f.Target, Version: f.Version, Values: values})
	now, _ := d.read(f.File)
	return r, lines(string(was), string(now))
}

func TestAnEditChangesItsValueOnly(t *testing.T) {
	d := desk(t)
	for _, c := range []struct {
		target string
		values map[string][]string
		want   string
	}{
		{"laeringsmiljoe/opgave:visiter-boern",
			map[string][]string{"navn": {"Find børnene"}, "kort": {"Kort."}, "faser": {"faelles-maal", "indledende-afdaekning"}},
			"-navn = \"Find og visitér børnene\"\n+navn = \"Find børnene\"\n+kort = \"Kort.\"\n" +
				"-faser = [\"indledende-afdaekning\"]\n+faser = [\"faelles-maal\", \"indledende-afdaekning\"]\n"},
		{"laeringsmiljoe/opgave:visiter-boern", map[string][]string{"kort": {""}}, "-kort = \"Kort.\"\n"},
		{"laeringsmiljoe/moede:maalsaetningsmoede/deltagere/laerere", map[string][]string{"note": {"På skolen."}},
			"-laerere = \"altid\"\n+laerere = { form = \"altid\", note = \"På skolen.\" }\n"},
		{"laeringsmiljoe/moede:maalsaetningsmoede/deltagere/laeringsvejleder", map[string][]string{"form": {"boer"}},
			"-laeringsvejleder = \"altid\"\n+laeringsvejleder = \"boer\"\n"},
		{"laeringsmiljoe/rolle:barnet", map[string][]string{"ressource.tekst": {"Tid."}},
			"+[rolle.barnet.ressource]\n+tekst = \"Tid.\"\n+\n"},
		{"laeringsmiljoe/rolle:barnet", map[string][]string{"ressource.tekst": {""}},
			"-[rolle.barnet.ressource]\n-tekst = \"Tid.\"\n-\n"},
		{"herning/laeringsmiljoe/rolle:laeringskoordinator",
			map[string][]string{"lokalt_navn": {"Tovholder"}, "lokal_begrundelse": {"Sådan hedder det."}},
			"+[rolle.laeringskoordinator]\n+lokalt_navn = \"Tovholder\"\n+lokal_begrundelse = \"Sådan hedder det.\"\n"},
		{"herning/laeringsmiljoe/rolle:laeringskoordinator",
			map[string][]string{"lokalt_navn": {""}, "lokal_begrundelse": {""}},
			"-[rolle.laeringskoordinator]\n-lokalt_navn = \"Tovholder\"\n-lokal_begrundelse = \"Sådan hedder det.\"\n"},
	} {
		r, got := save(t, d, c.target, c.values)
		if got != c.want || r.Change == nil {
			t.Errorf("%s: %s\n%s", c.target, r.Message, got)
		}
	}
	for _, c := range d.Changes() {
		if r := d.Undo(c.ID); r.Change == nil {
			t.Errorf("%s: %s", c.Title, r.Message)
		}
	}
	for name, data := range files(t, d) {
		if want, err := os.ReadFile("../../" + name); err != nil || string(want) != data {
			t.Errorf("%s: not what it was, %v", name, err)
		}
	}
}

func files(t testing.TB, d *Desk) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(d.root, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(d.root, name)
		out[rel] = contentOf(t, d, rel)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
