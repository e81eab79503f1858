package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write notices.txt anew, with the modules linked on all systems")

// A release names itself; what is built between two is known by its commit.
func TestStamp(t *testing.T) {
	const revision = "0123456789abcdef0123456789abcdef01234567"
	for _, test := range []struct{ version, revision, modified, want string }{
		{"v1.2.0", revision, "false", "v1.2.0 (commit 0123456789ab, 2026-12-01) go"},
		{"v0.0.0-20261201080000-0123456789ab+dirty", revision, "true",
			"devel (commit 0123456789ab, 2026-12-01, with uncommitted changes) go"},
		{"(devel)", "", "", "devel (commit and date unknown: not built in a Git checkout, or with -buildvcs=false) go"},
		{"v1.2.0", "", "", "v1.2.0 (commit and date unknown"},
	} {
		info := &debug.BuildInfo{Main: debug.Module{Version: test.version}}
		if test.revision != "" {
			info.Settings = []debug.BuildSetting{
				{Key: "vcs.revision", Value: test.revision},
				{Key: "vcs.time", Value: "2026-12-01T08:00:00Z"},
				{Key: "vcs.modified", Value: test.modified},
			}
		}
		if got := stampOf(info).String(); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s %s: got %q, want %q", test.version, test.revision, got, test.want)
		}
	}
}

// The binary holds the notice of each module that is linked into it, and none of
// a module or a version that is not in go.mod. "go generate" writes them.
func TestNotices(t *testing.T) {
	if *update {
		if err := os.WriteFile("notices.txt", noticesOf(t, "linux", "darwin", "windows"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	const stale = "; run go generate ./cmd/haandbog"
	for _, m := range linked(t, runtime.GOOS) {
		if !strings.Contains(notices, "\n"+m.name+"\n") || !strings.Contains(notices, m.licence(t)) {
			t.Errorf("no notice of %s%s", m.name, stale)
		}
	}
	required, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`(?m)^[a-z]+\.[^ ]+ v[0-9]+\.[^ \n]+$`).FindAllString(notices, -1) {
		if !strings.Contains(string(required), "\t"+name) {
			t.Errorf("a notice of %s, which go.mod does not name%s", name, stale)
		}
	}
}

// module is one that is linked: its path and version, and its folder.
type module struct{ name, dir string }

func linked(t *testing.T, system string) []module {
	t.Helper()
	const format = `{{with .Module}}{{if .Version}}{{.Path}} {{.Version}}	{{.Dir}}{{end}}{{end}}`
	list := exec.Command("go", "list", "-deps", "-f", format)
	list.Env = append(os.Environ(), "GOOS="+system)
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var modules []module
	for line := range strings.Lines(string(out)) {
		name, dir, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if m := (module{name, dir}); ok && !slices.Contains(modules, m) {
			modules = append(modules, m)
		}
	}
	return modules
}

// licence is what the module's licence, notice and patents files say.
func (m module) licence(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	for _, pattern := range []string{"LICENSE*", "COPYING*", "NOTICE*", "AUTHORS", "PATENTS"} {
		files, _ := filepath.Glob(filepath.Join(m.dir, pattern))
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&text, strings.TrimSpace(strings.ReplaceAll(string(data), "\r", "")))
			fmt.Fprintln(&text)
		}
	}
	if text.Len() == 0 {
		t.Fatalf("%s has no licence", m.name)
	}
	return text.String()
}

// noticesOf is the text of notices.txt: modules with the same licence stand
// together.
func noticesOf(t *testing.T, systems ...string) []byte {
	t.Helper()
	var order []string
	names := map[string][]string{}
	add := func(name, text string) {
		if names[text] == nil {
			order = append(order, text)
		}
		if !slices.Contains(names[text], name) {
			names[text] = append(names[text], name)
		}
	}
	add("The Go standard library and runtime", module{"Go", goroot(t)}.licence(t))
	for _, system := range systems {
		for _, m := range linked(t, system) {
			add(m.name, m.licence(t))
		}
	}
	text := []byte("haandbog holds software of others, under these licences.\n")
	for _, licence := range order {
		list := strings.Join(slices.Sorted(slices.Values(names[licence])), "\n")
		text = fmt.Appendf(text, "\n%s\n\n%s\n\n%s", strings.Repeat("-", 80), list, licence)
	}
	return text
}

func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
