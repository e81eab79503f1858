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

// realEditions are the national edition and that of Eksempel Kommune, which
// shows everything that a municipality can do.
func realEditions(t *testing.T) []edition {
	t.Helper()
	dir := realSite(t)
	n, err := national(dir)
	if err != nil {
		t.Fatal(err)
	}
	m, err := municipality(dir, "eksempel")
	if err != nil {
		t.Fatal(err)
	}
	if len(n.pages) == 0 || len(m.pages) == 0 {
		t.Fatalf("%d national pages and %d of Eksempel Kommune", len(n.pages), len(m.pages))
	}
	return []edition{n, m}
}

func kindsOf(t *testing.T, e edition) []string {
	t.Helper()
	pages, err := e.kinds()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %s", e.name, strings.Join(pages, " "))
	return pages
}

// browser is closed when the test ends.
func browser(t *testing.T) *Browser {
	t.Helper()
	b, err := Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
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
	n, err := national(dir)
	if err != nil {
		t.Fatal(err)
	}
	slugs, err := municipalities(dir)
	if err != nil {
		t.Fatal(err)
	}
	editions := []edition{n}
	plain := 0
	for _, slug := range slugs {
		if _, err := os.Stat(filepath.Join(root, "content/kommuner", slug)); err != nil {
			if plain++; plain > 3 {
				continue
			}
		}
		m, err := municipality(dir, slug)
		if err != nil {
			t.Fatal(err)
		}
		editions = append(editions, m)
	}
	for _, e := range editions {
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
	dir := realSite(t)
	var pages []string
	for _, e := range realEditions(t) {
		below, err := filepath.Rel(dir, e.dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range e.pages {
			pages = append(pages, filepath.ToSlash(filepath.Join(below, p)))
		}
	}
	problems, err := checkNu(dir, pages)
	none(t, problems, err)
}

func TestAxe(t *testing.T) {
	e := realEditions(t)[0]
	pages, err := e.readable()
	if err != nil {
		t.Fatal(err)
	}
	problems, err := checkAxe(browser(t), e.dir, pages)
	none(t, problems, err)
}

func TestNoScript(t *testing.T) {
	for _, e := range realEditions(t) {
		problems, err := checkNoScript(browser(t), e.dir, kindsOf(t, e))
		none(t, problems, err)
	}
}

func TestCSP(t *testing.T) {
	for _, e := range realEditions(t) {
		problems, err := checkPolicy(browser(t), e.dir, kindsOf(t, e))
		none(t, problems, err)
	}
}

func TestReflow(t *testing.T) {
	for _, e := range realEditions(t) {
		problems, err := checkReflow(browser(t), e.dir, kindsOf(t, e))
		none(t, problems, err)
	}
}

// The front page, a checklist and the search page, walked with the keyboard.
func TestKeyboard(t *testing.T) {
	e := realEditions(t)[0]
	pages := []string{"index.html", "soeg.html"}
	for _, p := range kindsOf(t, e) {
		if strings.Contains(p, "/tjeklister/") && !strings.HasSuffix(p, "/index.html") {
			pages = append(pages, p)
		}
	}
	if len(pages) < 3 {
		t.Error("no checklist to walk through")
	}
	problems, err := checkKeyboard(browser(t), e.dir, pages)
	none(t, problems, err)
}
