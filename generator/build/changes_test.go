package build_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/release"
)

// realContent is this project's own content, without what is frozen.
func realContent(t *testing.T) fstest.MapFS {
	t.Helper()
	site := fstest.MapFS{}
	root := os.DirFS("../..")
	err := fs.WalkDir(root, "content", func(name string, e fs.DirEntry, err error) error {
		if name == release.Dir {
			return fs.SkipDir
		}
		if err == nil && !e.IsDir() {
			var data []byte
			data, err = fs.ReadFile(root, name)
			site[name] = &fstest.MapFile{Data: data}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func read(t *testing.T, site fs.FS) *build.Snapshot {
	t.Helper()
	snap, err := build.Open(site, build.Options{NoKommuner: true}).Read()
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

// freeze freezes a site as a release.
func freeze(t *testing.T, site fstest.MapFS, number, date string) {
	t.Helper()
	snap := read(t, site)
	writes, err := snap.History().Freeze(number, date, "", snap.Frozen())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range writes {
		site[w.Path] = &fstest.MapFile{Data: w.Data}
	}
}

// told is a change on a line: what, where, whom it concerns, and the old and new words.
func told(c release.Change) string {
	out := string(c.What) + " " + c.Path()
	if c.Key != "" {
		out += " " + c.Key
	}
	out += " (" + strings.Join(c.Roles, " ") + ")"
	if c.Old != "" || c.New != "" {
		out += " " + c.Old + " → " + c.New
	}
	return out
}

// replace puts other words in the place of some in a file: those before a line of = in a
// script. Without any before it, what follows is added at the end.
func replace(t *testing.T, site fstest.MapFS, file, script string) {
	t.Helper()
	name, text := "content/"+file, ""
	if f := site[name]; f != nil {
		text = string(f.Data)
	}
	old, now, ok := strings.Cut(strings.TrimSuffix(script, "\n"), "\n====\n")
	switch {
	case !ok:
		t.Fatalf("%s: no line of = in\n%s", file, script)
	case old == "":
		text += now
	case strings.Count(text, old) != 1:
		t.Fatalf("%s holds %d times %q", file, strings.Count(text, old), old)
	default:
		text = strings.Replace(text, old, now, 1)
	}
	site[name] = &fstest.MapFile{Data: []byte(text)}
}

// Each edit gives the changes that a reader should know of, and no others.
func TestChanges(t *testing.T) {
	site := realContent(t)
	freeze(t, site, "1.0", "2026-12-01")
	const name = "testdata/aendringer/nationale.txtar"
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var title string
	var now fstest.MapFS
	for i := range archive.Files {
		f := &archive.Files[i]
		what, rest, _ := strings.Cut(f.Name, " ")
		switch what {
		case "sag:":
			title, now = rest, maps.Clone(site)
		case "erstat":
			replace(t, now, rest, string(f.Data))
		case "svar":
			t.Run(title, func(t *testing.T) {
				got := changes(t, now)
				if *update {
					f.Data = []byte(got)
				} else if got != string(f.Data) {
					t.Errorf("got\n%s\nwant\n%s", got, f.Data)
				}
			})
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// changes are what has changed in a site since its last release, one a line.
func changes(t *testing.T, site fs.FS) string {
	t.Helper()
	snap := read(t, site)
	for _, d := range snap.Diags {
		if d.Severity == diag.Error {
			t.Errorf("%v: %s", d.Pos, d.Message)
		}
	}
	var out strings.Builder
	for _, x := range snap.Changes(snap.History().Last(), nil) {
		fmt.Fprintln(&out, told(x))
	}
	return out.String()
}

// An editor's note says why, and sets a wording aside but never another force.
func TestNotes(t *testing.T) {
	site := realContent(t)
	freeze(t, site, "1.0", "2026-12-01")
	const task = "modeller/laeringsmiljoe/opgaver.toml"
	replace(t, site, task, `tjek = "Afdækningen er bestilt."
====
bindende = "eksempel"
tjek = "Afdækningen er bestilt"`)
	replace(t, site, task, `bindende = "krav"
kerne = true
kilde = ["modelbeskrivelse-2023: kap. 4, Læringskoordinatorens rolle og opgaver, punkt 3",
====
kerne = true
kilde = ["modelbeskrivelse-2023: kap. 4, Læringskoordinatorens rolle og opgaver, punkt 3",`)
	replace(t, site, build.ReleasesFile, "\n====\n[udgave.u9-9]\nkladde = true\nnummer = \"9.9\"\n"+
		"dato = \"2027-01-01\"\nnavn = \"N\"\n[udgave.u9-9.aendring.stavning]\ntekst = \"Punktummet er rettet.\"\nuvaesentlig = true\n"+
		"se = [\"laeringsmiljoe/opgave:rekvirer-afdaekning\"]\n")
	snap := read(t, site)
	minor := 0
	list := snap.Changes(snap.History().Last(), nil)
	for _, c := range list {
		if c.Why != "Punktummet er rettet." {
			t.Errorf("%s: why is %q", told(c), c.Why)
		}
		if c.Minor != (c.What == release.Reworded) {
			t.Errorf("%s: minor is %v", told(c), c.Minor)
		}
		if c.Minor {
			minor++
		}
	}
	if len(list) != 2 || minor != 1 {
		t.Errorf("%d changes, %d of them minor", len(list), minor)
	}
}

// What is frozen is small where little is new, and tells when it is damaged.
func TestFrozen(t *testing.T) {
	site := realContent(t)
	freeze(t, site, "1.0", "2026-12-01")
	first := len(site)
	replace(t, site, "modeller/laeringsmiljoe/opgaver.toml", "\n====\n# nyt\n")
	freeze(t, site, "1.1", "2027-01-01")
	if n := len(site) - first; n != 3 {
		t.Errorf("a release with one file changed has %d files; want its head, its list and the file", n)
	}
	if d := read(t, site).CheckFrozen(); len(d) > 0 {
		t.Errorf("%v: %s", d[0].Pos, d[0].Message)
	}
	const old, note = "content/udgaver/1.0/begreber.toml", "content/udgaver/1.1/noter.txt"
	for name, damage := range map[string]func(fstest.MapFS){
		old + ": filen er ændret, efter at udgave 1.0 blev frosset": func(s fstest.MapFS) {
			s[old] = &fstest.MapFile{Data: append(slices.Clone(s[old].Data), '\n')}
		},
		old + ": filen mangler i den frosne udgave 1.0": func(s fstest.MapFS) { delete(s, old) },
		note + ": filen er lagt i udgave 1.1, efter at den blev frosset": func(s fstest.MapFS) {
			s[note] = &fstest.MapFile{}
		},
		"content/udgaver/1.1/filer.sha256: listen er ændret, efter at udgave 1.1 blev frosset": func(s fstest.MapFS) {
			list := s["content/udgaver/1.1/filer.sha256"].Data
			s["content/udgaver/1.1/filer.sha256"] = &fstest.MapFile{Data: list[bytes.IndexByte(list, '\n')+1:]}
		},
		"content/udgaver/1.1/filer.sha256: filen mangler i den frosne udgave 1.1": func(s fstest.MapFS) {
			delete(s, "content/udgaver/1.1/filer.sha256")
			delete(s, "content/udgaver/1.1/modeller/laeringsmiljoe/opgaver.toml")
		},
		"content/udgaver/1.1/udgave.toml:1:1: filen siger ikke nummer = \"1.1\" og en dato": func(s fstest.MapFS) {
			s["content/udgaver/1.1/udgave.toml"] = &fstest.MapFile{
				Data: []byte("[udgave]\nnummer = \"1.2\"\ndato = \"2027-01-01\"\n")}
			for name := range s {
				if strings.HasPrefix(name, "content/udgaver/1.1/modeller") {
					delete(s, name)
				}
			}
		},
	} {
		broken := maps.Clone(site)
		damage(broken)
		var got []string
		for _, d := range read(t, broken).CheckFrozen() {
			got = append(got, fmt.Sprintf("%v: %s", d.Pos, d.Message))
			if d.Severity != diag.Error || d.Help == "" {
				t.Errorf("%v: %v, help %q", d.Pos, d.Severity, d.Help)
			}
		}
		if !slices.Equal(got, []string{name}) {
			t.Errorf("got %q, want %q", got, name)
		}
	}
}

// A release follows the last one and is never made twice.
func TestRefused(t *testing.T) {
	site := realContent(t)
	freeze(t, site, "1.1", "2026-12-01")
	snap := read(t, site)
	for _, x := range [][3]string{
		{"1.1", "2027-01-01", "release 1.1 is frozen already (content/udgaver/1.1); nothing frozen is written again"},
		{"1.2", "2026-12-01", "2026-12-01 is not after 2026-12-01, the day of release 1.1"},
		{"1.0", "2027-01-01", "release 1.0 cannot follow release 1.1"},
		{"to", "2027-01-01", "\"to\" is not the number of a release; write 1.1 or 2.0"},
		{"1.2", "1. januar", "\"1. januar\" is not a date (YYYY-MM-DD)"},
	} {
		if _, err := snap.History().Freeze(x[0], x[1], "", snap.Frozen()); err == nil || err.Error() != x[2] {
			t.Errorf("release %s of %s: %v; want %s", x[0], x[1], err, x[2])
		}
	}
	if _, err := snap.History().Freeze("1.10", "2027-01-01", "", snap.Frozen()); err != nil {
		t.Error(err)
	}
}
