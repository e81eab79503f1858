package build_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
)

// TestCoreStands lays overlays that weaken, move, rename or falsify the real
// models over Odense's edition. Each must be refused; each of the welcome ones
// must not.
func TestCoreStands(t *testing.T) {
	data, err := os.ReadFile("testdata/kernen-staar.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site := readSite(t)
	open := build.Open(site, build.Options{Kommuner: []string{"odense"}})
	for _, f := range txtar.Parse(data).Files {
		t.Run(f.Name, func(t *testing.T) {
			verdict, rest, _ := strings.Cut(f.Name, "/")
			_, path, _ := strings.Cut(rest, "/")
			file := "content/kommuner/odense/" + path
			site[file] = &fstest.MapFile{Data: f.Data, ModTime: time.Now()}
			defer delete(site, file)
			snap, err := open.Read()
			if err != nil {
				t.Fatal(err)
			}
			diags := snap.QuickDiags("odense")
			refused := false
			for _, d := range diags {
				refused = refused || d.Severity == diag.Error && strings.HasPrefix(d.Pos.File, "content/kommuner/odense/")
			}
			if want := verdict == "afvist"; refused != want {
				t.Errorf("refused: %v, want %v\n%s%v", refused, want, f.Data, diags)
			}
		})
	}
}

// readSite reads the project's own content into memory.
func readSite(t testing.TB) fstest.MapFS {
	site := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(root), "content", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "content/kommuner/") {
			return err
		}
		data, err := fs.ReadFile(os.DirFS(root), name)
		site[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}
