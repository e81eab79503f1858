package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestNewKind adds a kind to a copy of the code: one Go file. It must then have
// all that every kind has.
func TestNewKind(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs time to compile a copy of the code: make test")
	}
	archive, err := txtar.ParseFile("testdata/nyslags/materiale.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	code, site := filepath.Join(dir, "code"), filepath.Join(dir, "site")
	for _, name := range []string{"go.mod", "go.sum", "cmd/haandbog", "generator", "layouts", "assets"} {
		copyCode(t, filepath.Join("../..", name), filepath.Join(code, name))
	}
	lay := func(from, to string) {
		for _, f := range archive.Files {
			if name, ok := strings.CutPrefix(f.Name, from+"/"); ok {
				write(t, filepath.Join(to, filepath.FromSlash(name)), string(f.Data))
			}
		}
	}
	lay("code", code)
	binary := filepath.Join(dir, "haandbog")
	run(t, code, 0, "go", "build", "-buildvcs=false", "-o", binary, "./cmd/haandbog")
	run(t, dir, 0, binary, "init", site)
	lay("site", site)
	run(t, site, 0, binary, "build", "--out", "public")

	page := func(name string) string {
		data, err := os.ReadFile(filepath.Join(site, "public", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	has := func(name string, wants ...string) {
		t.Helper()
		text := page(name)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
	}
	const list = "eksempelmodel/materialer/index.html"
	has(list, "<h1>Materialer", "Forløbskort", "på papir", "Giv kortet til", `id="materiale-forloebskort"`)
	has("eksempelmodel/index.html", "materialer/index.html")
	has("eksempelmodel/tjeklister/udlevering.html", "Forløbskortet er delt ud.")
	has("data/eksempelmodel.json", `"materiale":[`, `"sider":2`)
	has("data/model.schema.json", `"materiale"`, "Antal sider.")
	has("soeg-indeks.js", list)
	has("kommuner/eksempel/"+list, "Vejkort", "Plakat", "Hos os hænger kortet")
	has("kommuner/eksempel/lokalt.html", "Vejkort", "Plakat")

	out := run(t, site, 0, binary, "new", "materiale", "eksempelmodel/bog")
	if !strings.Contains(out, "materiale-bog.toml") {
		t.Errorf("new said %q", out)
	}
	started, err := os.ReadFile(filepath.Join(site, "content/modeller/eksempelmodel/materiale-bog.toml"))
	if err != nil || !strings.Contains(string(started), "[materiale.bog]\nnavn = \"\"") || !strings.Contains(string(started), "format = \"papir\" # Papir, film eller lyd.") {
		t.Errorf("a new one begins as\n%s", started)
	}
	if err := os.Remove(filepath.Join(site, "content/modeller/eksempelmodel/materiale-bog.toml")); err != nil {
		t.Fatal(err)
	}
	lay("wrong", site)
	refused := run(t, site, 1, binary, "check")
	if !strings.Contains(refused, "materialer.toml:2:1: fejl: materiale.forloebskort er modellens kerne, og \"format\" kan ikke ændres") {
		t.Errorf("check said\n%s", refused)
	}
}

func copyCode(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(name string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		switch {
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "sitetest"):
			return filepath.SkipDir
		case d.IsDir() || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		write(t, filepath.Join(to, rel), string(data))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// run runs a command in dir and gives what it says; it must end with the code.
func run(t *testing.T, dir string, code int, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != code {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(name), strings.Join(args, " "), err, out)
	}
	return string(out)
}
