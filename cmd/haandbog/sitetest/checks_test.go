package sitetest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// Each archive in testdata is a small site with the mistakes that one check is
// there to find. Its file "problems" has a part of each problem, one a line; the
// check must find these and no others. In "good" no check may find any.
func TestChecksFindMistakes(t *testing.T) {
	b := browser(t)
	inBrowser := func(check func(b *Browser, dir string, pages []string) ([]string, error)) func(string, []string) ([]string, error) {
		return func(dir string, pages []string) ([]string, error) {
			readable, err := edition{dir: dir, pages: pages}.readable()
			if err != nil {
				return nil, err
			}
			return check(b, dir, readable)
		}
	}
	for _, c := range []struct {
		archive string
		check   func(dir string, pages []string) ([]string, error)
	}{
		{"links", checkFolder},
		{"nu", checkNu},
		{"axe", inBrowser(checkAxe)},
		{"noscript", inBrowser(checkNoScript)},
		{"policy", inBrowser(checkPolicy)},
		{"reflow", inBrowser(checkReflow)},
		{"keyboard", inBrowser(checkKeyboard)},
	} {
		for _, archive := range []string{c.archive, "good"} {
			t.Run(c.archive+" over "+archive, func(t *testing.T) {
				dir, wanted := unpack(t, archive)
				pages, err := htmlFiles(dir, "")
				if err != nil {
					t.Fatal(err)
				}
				problems, err := c.check(dir, pages)
				if err != nil {
					t.Fatal(err)
				}
				compareProblems(t, problems, wanted)
			})
		}
	}
}

// unpack writes an archive of testdata into a new folder.
func unpack(t *testing.T, name string) (dir string, problems []string) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	for _, f := range archive.Files {
		if f.Name == "problems" {
			problems = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir, problems
}

// compareProblems wants every line to be a part of one problem, and no problem
// without a line.
func compareProblems(t *testing.T, problems, wanted []string) {
	t.Helper()
	left := slices.Clone(problems)
	for _, w := range wanted {
		i := slices.IndexFunc(left, func(p string) bool { return strings.Contains(p, w) })
		if i < 0 {
			t.Errorf("not found: %s", w)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	for _, p := range left {
		t.Errorf("found, but not expected: %s", p)
	}
}

// One page stands for its kind: the largest of those in the same folder of any
// model, and each index and each loose page by itself.
func TestKindsOfPages(t *testing.T) {
	dir, _ := unpack(t, "kinds")
	e, err := national(dir)
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.kinds()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"begreber/index.html", "indeks.html", "index.html", "kommuner/index.html",
		"skolegang/faser/index.html", "skolegang/faser/lang.html", "skolegang/index.html", "skolegang/samlet.html"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
