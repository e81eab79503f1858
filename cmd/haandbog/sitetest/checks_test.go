package sitetest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/needs"
)

// Each archive in testdata is a small site with the mistakes that one check is
// there to find. Its file "problems" has a part of each problem, one a line; the
// check must find these and no others. In "good" no check may find any.
func TestLinksFindMistakes(t *testing.T) {
	findsMistakes(t, "links", checkFolder)
	findsMistakes(t, "good", checkFolder)
}

func TestNuFindsMistakes(t *testing.T) {
	n := newNu(t)
	findsMistakes(t, "nu", n.check)
	findsMistakes(t, "good", n.check)
}

// What is wrong with a page is told as "page check (view): problem". The pages
// of one check's mistakes need not satisfy the others.
func TestPagesFindMistakes(t *testing.T) {
	v := newVisitor(t)
	for _, name := range []string{"axe", "noscript", "policy", "reflow"} {
		findsMistakes(t, name, func(dir string, pages []string) ([]string, error) {
			problems, err := v.check(dir, staying(t, dir, pages))
			others := func(p string) bool {
				_, p, _ = strings.Cut(p, " ")
				return !strings.HasPrefix(p, name)
			}
			return slices.DeleteFunc(problems, others), err
		})
	}
	findsMistakes(t, "good", func(dir string, pages []string) ([]string, error) {
		return v.check(dir, staying(t, dir, pages))
	})
}

func TestKeyboardFindsMistakes(t *testing.T) {
	b := needs.Browser(t)
	check := func(dir string, pages []string) ([]string, error) {
		return checkKeyboard(b, dir, staying(t, dir, pages))
	}
	findsMistakes(t, "keyboard", check)
	findsMistakes(t, "good", check)
}

func findsMistakes(t *testing.T, archive string, check func(dir string, pages []string) ([]string, error)) {
	t.Run(archive, func(t *testing.T) {
		dir, wanted := unpack(t, archive)
		pages, err := htmlFiles(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		problems, err := check(dir, pages)
		if err != nil {
			t.Fatal(err)
		}
		compareProblems(t, problems, wanted)
	})
}

// staying are the pages that do not only send their readers on.
func staying(t *testing.T, dir string, pages []string) []string {
	t.Helper()
	return slices.DeleteFunc(pages, func(p string) bool {
		text, err := os.ReadFile(filepath.Join(dir, p))
		if err != nil {
			t.Fatal(err)
		}
		return refresh.Match(text)
	})
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

// Each kind of page is chosen, each element within another, and a municipality's
// front page and local marks; of two pages that show the same, the smaller.
func TestSample(t *testing.T) {
	dir, _ := unpack(t, "sample")
	n, err := national(dir)
	if err != nil {
		t.Fatal(err)
	}
	m, err := municipality(dir, "eksempel")
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := sample([]edition{n, m})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"begreber/index.html faser/kort.html faser/liste-i-boks.html index.html",
		"index.html lokalt.html",
	} {
		slices.Sort(chosen[i])
		if got := strings.Join(chosen[i], " "); got != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
	}
}
