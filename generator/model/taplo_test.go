package model

import (
	"encoding/json"
	"github.com/rogpeppe/go-internal/txtar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/needs"
)

// taploSays lints a folder with its .taplo.toml and gives the messages by file.
func taploSays(t *testing.T, dir string) map[string][]string {
	t.Helper()
	needs.Program(t, "node")
	taplo := needs.NPM(t, ".bin/taplo")
	cmd := exec.Command(taplo, "lint", "--colors", "never")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if _, refused := err.(*exec.ExitError); err != nil && !refused {
		t.Fatal(err)
	}
	if !strings.Contains(string(out), "found files total=") {
		t.Fatalf("Taplo didn't read the files:\n%s", out)
	}
	said := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?m)^error: (.*)\n\s*┌─ (.*):\d+:\d+$`).FindAllStringSubmatch(string(out), -1) {
		name, err := filepath.Rel(dir, m[2])
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.ToSlash(name)
		if !slices.Contains(said[name], m[1]) {
			said[name] = append(said[name], m[1])
		}
	}
	// What stops a file from being checked at all is logged.
	for _, line := range strings.Split(string(out), "\n") {
		if strings.HasPrefix(line, "ERROR") && !strings.Contains(line, "schema validation failed") && !strings.Contains(line, "some files were not valid") {
			t.Error(line)
		}
	}
	return said
}

func write(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestTaplo lints the project's own content, which must pass, beside files
// with one mistake each, which must not.
func TestTaplo(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, ".taplo.toml", Schema().Settings("skemaer"))
	for _, f := range Schema().Files() {
		write(t, dir, "skemaer/"+f.Name, f.Data)
	}
	files := archive(t, "mistakes.txtar").Files
	for _, f := range append(files, content(t).Files...) {
		write(t, dir, f.Name, f.Data)
	}
	said := taploSays(t, dir)
	wrong := 0
	for _, f := range files {
		first, _, _ := strings.Cut(string(f.Data), "\n")
		want, mistake := strings.CutPrefix(first, "# ")
		if !mistake {
			continue
		}
		wrong++
		if !slices.ContainsFunc(said[f.Name], func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("%s: want %q, Taplo says %q", f.Name, want, said[f.Name])
		}
		delete(said, f.Name)
	}
	if wrong < 20 {
		t.Errorf("only %d mistakes were tried", wrong)
	}
	for name, messages := range said {
		t.Errorf("%s is right, but Taplo says %q", name, messages)
	}
}

// TestEveryKeyIsExplained: an editor shows the description of what the cursor
// stands on.
func TestEveryKeyIsExplained(t *testing.T) {
	for _, f := range Schema().Files() {
		var s map[string]any
		if err := json.Unmarshal(f.Data, &s); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		definitions, _ := s["definitions"].(map[string]any)
		var walk func(at string, n map[string]any)
		walk = func(at string, n map[string]any) {
			for _, group := range []string{"properties", "patternProperties"} {
				list, _ := n[group].(map[string]any)
				for key, child := range list {
					child := child.(map[string]any)
					if ref, ok := child["$ref"].(string); ok {
						child, ok = definitions[strings.TrimPrefix(ref, "#/definitions/")].(map[string]any)
						if !ok {
							t.Errorf("%s: %s.%s points at %s, which isn't there", f.Name, at, key, ref)
							continue
						}
					}
					if group == "properties" && child["description"] == nil {
						t.Errorf("%s: %s.%s has no description", f.Name, at, key)
					}
					walk(at+"."+key, child)
				}
			}
			if items, ok := n["items"].(map[string]any); ok {
				walk(at, items)
			}
		}
		walk("", s)
		for key, d := range definitions {
			walk(key, d.(map[string]any))
		}
	}
}

// content is the project's own content as an archive.
func content(t *testing.T) *txtar.Archive {
	t.Helper()
	a := &txtar.Archive{}
	for _, glob := range []string{"*.toml", "modeller/*/*.toml"} {
		names, err := filepath.Glob(filepath.Join("../../content", glob))
		if err != nil || len(names) == 0 {
			t.Fatalf("no content: %v", err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			a.Files = append(a.Files, txtar.File{Name: strings.TrimPrefix(filepath.ToSlash(name), "../../"), Data: data})
		}
	}
	return a
}

func archive(t *testing.T, name string) *txtar.Archive {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return a
}
