// Package sitetest checks a built handbook as its readers meet it: the links of
// every page, the HTML by the Nu HTML checker, accessibility by axe-core, and in
// a headless Chromium what a page does without JavaScript, under a strict
// Content-Security-Policy, on a narrow screen, and from the keyboard.
//
// The tests build the site once with the project's own command and look only at
// the files that it wrote. Each check is also run over small sites in testdata
// that have the mistakes it is there to find. What takes a browser is done for a
// sample of the pages; where TEST_EVERY_PAGE is set, as by make test-all, for all.
package sitetest

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"modelhaandbog/generator/needs"
)

// root is the repository, seen from this package.
const root = "../../.."

// everyPage says that no sample is taken.
var everyPage = os.Getenv("TEST_EVERY_PAGE") != ""

func TestMain(m *testing.M) { os.Exit(run(m)) }

// run makes the folder that the site is built in and removes it at the end.
func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "hb-site-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	site = sync.OnceValues(func() (string, error) { return buildSite(dir) })
	return m.Run()
}

// site builds the real handbook, once, and returns its folder.
var site func() (string, error)

// buildSite builds the command, and the site with it, as make site does.
func buildSite(dir string) (string, error) {
	if err := readInputs(); err != nil {
		return "", err
	}
	command, public := filepath.Join(dir, "haandbog"), filepath.Join(dir, "public")
	for _, args := range [][]string{
		{"go", "build", "-o", command, "./cmd/haandbog"},
		{command, "build", "--out", public},
	} {
		run := exec.Command(args[0], args[1:]...)
		run.Dir = root
		if said, err := run.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, said)
		}
	}
	return public, nil
}

// readInputs reads every folder that the site is made from, so that go test
// knows of them and does not answer from its cache when one has changed.
func readInputs() error {
	for _, top := range []string{"assets", "cmd", "content", "generator", "layouts"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(_ string, _ fs.DirEntry, err error) error { return err })
		if err != nil {
			return err
		}
	}
	return nil
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
	adapted, err := os.ReadDir(filepath.Join(root, "content/kommuner"))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range adapted { // sorted by name
		m, err := municipality(dir, a.Name())
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
// of the same edition: all that adapt the handbook, and three of those that use
// it as it is.
func TestLinks(t *testing.T) {
	dir := realSite(t)
	all := editions(t)
	slugs, err := municipalities(dir)
	if err != nil {
		t.Fatal(err)
	}
	for plain, i := 3, 0; plain > 0 && i < len(slugs); i++ {
		if slices.ContainsFunc(all, func(e edition) bool { return e.name == slugs[i] }) {
			continue
		}
		m, err := municipality(dir, slugs[i])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
		plain--
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
	s := sampler{seen: map[string]bool{}, all: everyPage}
	for _, e := range editions(t) {
		pages, err := s.choose(e)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d of %d pages: %s", e.name, len(pages), len(e.pages), strings.Join(pages, " "))
		problems, err := v.check(e.dir, pages)
		none(t, problems, err)
	}
}

// The front page, the search page and a checklist, walked with the keyboard.
func TestKeyboard(t *testing.T) {
	b := needs.Browser(t)
	pages := []string{"index.html", "soeg.html", "laeringsmiljoe/tjeklister/opfoelgning.html"}
	problems, err := checkKeyboard(b, realSite(t), pages)
	none(t, problems, err)
}
