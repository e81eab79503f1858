// Package sitetest checks a built handbook as its readers meet it: the links of
// every page, the HTML by the Nu HTML checker, accessibility by axe-core, and in
// a headless Chromium what a page does without JavaScript, under a strict
// Content-Security-Policy, on a narrow screen, and from the keyboard.
//
// The tests build the site once and look only at the files that were written. Each
// check is also run over small sites in testdata that have the mistakes it is there to
// find. What takes a browser is done for a sample of the pages; under make test-all, for
// all.
package sitetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/needs"
)

// root is the repository, seen from this package.
const root = "../../.."

func TestMain(m *testing.M) { os.Exit(run(m)) }

// run makes the folder that the site is built in and removes it at the end.
func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "hb-site-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	site = sync.OnceValues(func() (string, error) { return dir, buildSite(dir) })
	return m.Run()
}

// site builds the real handbook, once, and returns its folder.
var site func() (string, error)

// adapted are the municipalities that adapt the handbook, sorted.
func adapted() ([]string, error) {
	folders, err := os.ReadDir(filepath.Join(root, "content/kommuner"))
	var slugs []string
	for _, f := range folders {
		slugs = append(slugs, f.Name())
	}
	return slugs, err
}

// buildSite builds the site. Of the municipalities that use the handbook as it is,
// whose editions are alike, one stands for all.
func buildSite(dir string) error {
	var opt build.Options
	if !needs.All {
		slugs, err := adapted()
		if err != nil {
			return err
		}
		opt.Kommuner = append(slugs, "odense")
	}
	_, diags, err := build.Run(context.Background(), build.Open(os.DirFS(root), opt), build.Publishing{Out: dir})
	if diag.HasErrors(diags) {
		return fmt.Errorf("%v", diags)
	}
	return err
}

func realSite(t *testing.T) string {
	t.Helper()
	dir, err := site()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// editions are the national one, and those of the municipalities that adapt it,
// Eksempel Kommune first, which shows everything that a municipality can do.
func editions(t *testing.T) []edition {
	t.Helper()
	dir := realSite(t)
	n, err := national(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := []edition{n}
	slugs, err := adapted()
	if err != nil {
		t.Fatal(err)
	}
	for _, slug := range slugs {
		m, err := municipality(dir, slug)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	if len(all) < 3 || all[1].name != "eksempel" {
		t.Fatalf("Eksempel Kommune is not the first of %d editions", len(all))
	}
	return all
}

// none reports problems, the first of them in full.
func none(t *testing.T, problems []string, err error) {
	t.Helper()
	for i, p := range problems {
		if i == 60 {
			t.Errorf("and %d more", len(problems)-i)
			break
		}
		t.Error(p)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Every link of the national edition and of the municipalities leads to a file
// of the same edition.
func TestLinks(t *testing.T) {
	dir := realSite(t)
	n, err := national(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := []edition{n}
	slugs, err := municipalities(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, slug := range slugs {
		m, err := municipality(dir, slug)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	for _, e := range all {
		t.Run(e.name, func(t *testing.T) {
			if !slices.Contains(e.pages, "index.html") {
				t.Error("no index.html")
			}
			problems, err := checkFolder(e.dir, e.pages)
			none(t, problems, err)
		})
	}
}

func TestNu(t *testing.T) {
	n := newNu(t)
	dir := realSite(t)
	var pages []string
	for _, e := range editions(t)[:2] {
		below, err := filepath.Rel(dir, e.dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range e.pages {
			pages = append(pages, filepath.ToSlash(filepath.Join(below, p)))
		}
	}
	problems, err := n.check(dir, pages)
	none(t, problems, err)
}

// Every page of the sample, as three readers see it.
func TestPages(t *testing.T) {
	v := newVisitor(t)
	all := editions(t)
	chosen, err := sample(all)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range all {
		pages := chosen[i]
		if needs.All {
			pages = staying(t, e.dir, e.pages)
		}
		t.Logf("%s: %d of %d pages: %s", e.name, len(pages), len(e.pages), strings.Join(pages, " "))
		problems, err := v.check(e.dir, pages)
		none(t, problems, err)
	}
}

// The front page, the search page and a checklist, walked with the keyboard.
func TestKeyboard(t *testing.T) {
	b := needs.Browser(t)
	pages := []string{"index.html", "soeg.html", "laeringsmiljoe/tjeklister/sparring-i-skolen.html"}
	problems, err := checkKeyboard(b, realSite(t), pages)
	none(t, problems, err)
}
