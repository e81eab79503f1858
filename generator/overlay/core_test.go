package overlay

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
)

// TestCoreStands lays overlays that weaken, move, rename or falsify the real
// models over them, each as a municipality of its own. Each must be refused at the
// municipality's line, with advice that makes the edition whole when it is followed; each
// of the welcome ones must not.
func TestCoreStands(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/kernen-staar.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site := cases.Real(t, ".toml")
	register := site["content/kommuner.toml"].Data
	slug := func(i int) string { return fmt.Sprintf("sag-%d", i) }
	left := map[int]fstest.MapFS{}
	for i, f := range archive.Files {
		register = fmt.Appendf(register, "[kommune.%s]\nnavn = \"Sag %d\"\n", slug(i), i)
		_, rest, _ := strings.Cut(f.Name, "/")
		_, name, _ := strings.Cut(rest, "/")
		left[i] = fstest.MapFS{"content/kommuner/" + slug(i) + "/" + name: {Data: f.Data}}
	}
	site["content/kommuner.toml"] = &fstest.MapFile{Data: register}
	for round := 0; len(left) > 0; round++ {
		now := maps.Clone(site)
		for _, files := range left {
			maps.Copy(now, files)
		}
		_, all, diags := editions(now)
		for i, files := range left {
			faults := slices.DeleteFunc(slices.Concat(diags, all.Edition(slug(i)).Diags), func(d diag.Diag) bool {
				return d.Severity != diag.Error || files[d.Pos.File] == nil
			})
			f := archive.Files[i]
			refused := len(faults) > 0
			if want := strings.HasPrefix(f.Name, "afvist/"); round == 0 && refused != want {
				t.Errorf("%s: refused: %v, want %v\n%s%v", f.Name, refused, want, f.Data, all.Edition(slug(i)).Diags)
			}
			if delete(left, i); !refused {
				continue
			}
			d := faults[0]
			if mended := cases.Follow(files, d); mended != nil && round < 9 {
				left[i] = mended
			} else {
				t.Errorf("%s: %v: %s\nhelp that doesn't help: %s\n%s", f.Name, d.Pos, d.Message, d.Help, files[d.Pos.File].Data)
			}
		}
	}
}
