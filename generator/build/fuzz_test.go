package build_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/cases"
)

// FuzzBrokenSite cuts one of the starter's files short and puts something else
// there. Whatever it is, there is an answer and no panic.
func FuzzBrokenSite(f *testing.F) {
	for i, file := range build.Starter() {
		for _, part := range []int{0, 3, 5, 7} {
			f.Add(uint8(i), uint16(len(file.Text)*part/8), "")
		}
		f.Add(uint8(i), uint16(len(file.Text)), "\n[model.\nnummer = \"")
		f.Add(uint8(i), uint16(len(file.Text)/2), "\n[](rolle:ingen) [^x] | æøå |\n|---|\n> [!\n\x00\xff")
	}
	f.Fuzz(func(t *testing.T, which uint8, cut uint16, more string) {
		files := build.Starter()
		file := files[int(which)%len(files)]
		site := starterSite()
		text := file.Text[:min(int(cut), len(file.Text))] + more
		site[file.Name] = &fstest.MapFile{Data: []byte(text)}
		diags, err := check(site)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range diags {
			cases.InFile(t, site, d.Pos)
		}
	})
}

// A file that may not be read is told of like any other mistake.
func TestUnreadableFile(t *testing.T) {
	const name = "content/modeller/eksempelmodel/roller.toml"
	got := answer(t, unopened{starterSite(), name, fs.ErrPermission})
	want := name + `: fejl: filen kan ikke læses, fordi der ikke er adgang til den
  hjælp: Giv læseadgang til den, der bygger.

1 fejl
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// unopened is a site where one file can't be opened.
type unopened struct {
	fstest.MapFS
	name string
	err  error
}

func (u unopened) Open(name string) (fs.File, error) {
	if name == u.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: u.err}
	}
	return u.MapFS.Open(name)
}

func (u unopened) ReadFile(name string) ([]byte, error) {
	if name == u.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: u.err}
	}
	return u.MapFS.ReadFile(name)
}

func TestTooLarge(t *testing.T) {
	for _, c := range []struct{ name, head, tail, want string }{
		{"content/modeller/eksempelmodel/metoder.toml", "# ", "", "content/modeller/eksempelmodel/metoder.toml: fejl: filen fylder 1025 kB, og det højeste er 1024 kB"},
		{"content/modeller/eksempelmodel/vejledning/fase/begynd.md", "Ja", "", "content/modeller/eksempelmodel/vejledning/fase/begynd.md: fejl: filen fylder 1025 kB, og det højeste er 1024 kB"},
		{"content/kommuner/eksempel/logo.svg", `<svg xmlns="http://www.w3.org/2000/svg"><title>`, `</title><circle r="9"/></svg>`,
			"content/kommuner/eksempel/kommune.toml:3:8: fejl: logoet fylder 1024 kB, og grænsen er 200 kB"},
	} {
		site := starterSite()
		site[c.name] = &fstest.MapFile{Data: []byte(c.head + strings.Repeat("x", 1<<20) + c.tail)}
		const kommune = "content/kommuner/eksempel/kommune.toml"
		if strings.HasSuffix(c.name, "logo.svg") {
			site[kommune] = &fstest.MapFile{Data: append(site[kommune].Data, "logo = \"logo.svg\"\n"...)}
		}
		got := answer(t, site)
		if !strings.HasPrefix(got, c.want) || !strings.HasSuffix(got, "\n1 fejl\n") {
			t.Errorf("%s:\n%s", c.name, got)
		}
	}
	site := starterSite()
	site["content/modeller/eksempelmodel/vejledning/fase/ark.pdf"] = &fstest.MapFile{Data: make([]byte, 9<<20)}
	if got := answer(t, site); !strings.HasPrefix(got, "content/modeller/eksempelmodel/vejledning/fase/ark.pdf: fejl: filen fylder 9 MB, og grænsen er 8 MB") {
		t.Error(got)
	}
}

func TestNoContent(t *testing.T) {
	if _, err := check(fstest.MapFS{"layouts/side.html": {}}); err != build.ErrNoContent {
		t.Error(err)
	}
}
