// Package needs finds what tests use and Go doesn't bring: programs, npm
// packages, a browser. A test asks for what it needs before it does anything
// else. Where that is missing the test is skipped, with how to get it as the
// reason; under make test, which installs everything, it fails.
package needs

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"modelhaandbog/generator/chromium"
)

// Everything is the environment variable that make test sets, so that nothing
// that is missing goes unnoticed.
const Everything = "TEST_EVERYTHING"

// OnlyGo is the environment variable that make check sets: what needs more than
// Go is skipped, whatever the machine has.
const OnlyGo = "TEST_ONLY_GO"

// All is true under make test-all: where a test would try a sample, it tries everything.
var All = os.Getenv("TEST_ALL") != ""

// Program returns the path of a program, given by its first name in
// .ci/programs; any of its names will do.
func Program(t testing.TB, name string) string {
	t.Helper()
	onlyGo(t, name)
	list, err := os.ReadFile(filepath.Join(root(t), ".ci/programs"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(list)) {
		names, packages, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") || strings.Fields(names)[0] != name {
			continue
		}
		for _, n := range strings.Fields(names) {
			// Debian's servers are not on everybody's PATH.
			for _, n := range []string{n, "/usr/sbin/" + n} {
				if found, err := exec.LookPath(n); err == nil {
					return found
				}
			}
		}
		missing(t, name, "apt-get install "+strings.TrimSpace(packages))
	}
	t.Fatalf("%s is not in .ci/programs", name)
	return ""
}

// NPM returns the path of a file in the npm packages of .ci/package-lock.json.
func NPM(t testing.TB, file string) string {
	t.Helper()
	onlyGo(t, "npm packages")
	found := filepath.Join(root(t), ".ci/node_modules", file)
	if _, err := os.Stat(found); err != nil {
		missing(t, "npm packages", "make setup")
	}
	return found
}

// Browser starts a headless Chromium that is closed when the test ends.
func Browser(t testing.TB) *chromium.Browser {
	t.Helper()
	b, err := chromium.Start(t.Context(), Program(t, "chromium"), chromium.Loopback)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// Tab opens a tab in a browser of its own.
func Tab(t testing.TB) *chromium.Tab {
	t.Helper()
	tab, err := Browser(t).Tab()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tab.Close)
	return tab
}

func onlyGo(t testing.TB, what string) {
	t.Helper()
	if os.Getenv(OnlyGo) != "" {
		t.Skipf("needs %s: make test", what)
	}
}

// missing ends the test. What it says is counted and listed by cmd/testreport.
func missing(t testing.TB, what, get string) {
	t.Helper()
	said := fmt.Sprintf("needs %s: %s", what, get)
	if os.Getenv(Everything) != "" {
		t.Fatal(said)
	}
	t.Skip(said)
}

func root(t testing.TB) string {
	t.Helper()
	dir, err := findRoot()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// findRoot finds the repository's root above the folder that the test runs in.
var findRoot = sync.OnceValues(func() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		above := filepath.Dir(dir)
		if above == dir {
			return "", fmt.Errorf("no go.mod above the test's folder")
		}
		dir = above
	}
})
