package overlay

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/diag"
)

// TestCoreStands lays overlays that weaken, move, rename or falsify the real
// models over them, each as a municipality of its own. Each must be refused; each
// of the welcome ones must not.
func TestCoreStands(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/kernen-staar.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site := realTables(t)
	register := site["content/kommuner.toml"].Data
	slug := func(i int) string { return fmt.Sprintf("sag-%d", i) }
	for i, f := range archive.Files {
		register = fmt.Appendf(register, "[kommune.%s]\nnavn = \"Sag %d\"\n", slug(i), i)
		_, rest, _ := strings.Cut(f.Name, "/")
		_, name, _ := strings.Cut(rest, "/")
		site["content/kommuner/"+slug(i)+"/"+name] = &fstest.MapFile{Data: f.Data}
	}
	site["content/kommuner.toml"] = &fstest.MapFile{Data: register}
	_, all, diags := editions(site)
	for i, f := range archive.Files {
		refused := slices.ContainsFunc(slices.Concat(diags, all.Edition(slug(i)).Diags), func(d diag.Diag) bool {
			return d.Severity == diag.Error && strings.HasPrefix(d.Pos.File, "content/kommuner/"+slug(i)+"/")
		})
		if want := strings.HasPrefix(f.Name, "afvist/"); refused != want {
			t.Errorf("%s: refused: %v, want %v\n%s%v", f.Name, refused, want, f.Data, all.Edition(slug(i)).Diags)
		}
	}
}

// realTables are the tables of the project's own content.
func realTables(t *testing.T) fstest.MapFS {
	t.Helper()
	const root = "../.."
	site := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(root), "content", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".toml" || strings.HasPrefix(name, "content/kommuner/") {
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
