package model

import (
	"flag"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

var update = flag.Bool("update", false, "write the answers into testdata; read the diff")

// TestMistakes tries what authors get wrong in the national tables.
func TestMistakes(t *testing.T) {
	cases.Run(t, *update, func(t *testing.T, site fstest.MapFS) string {
		n, diags := national(site)
		return cases.Answer(t, site, diag.Sort(append(diags, n.Diags...)))
	})
}

// national loads the national tables of a site, and tells what is wrong with
// its files, each by itself.
func national(site fstest.MapFS) (*National, []diag.Diag) {
	var in Input
	var diags []diag.Diag
	for _, name := range slices.Sorted(maps.Keys(site)) {
		if path.Ext(name) != ".toml" || strings.HasPrefix(name, "content/kommuner/") {
			continue
		}
		tree, more := source.ParseTOML(name, site[name].Data)
		diags = append(diags, more...)
		if path.Dir(name) == "content" {
			in.Shared = append(in.Shared, tree)
			continue
		}
		id := path.Base(path.Dir(name))
		at := slices.IndexFunc(in.Models, func(f Folder) bool { return f.ID == id })
		if at < 0 {
			at = len(in.Models)
			in.Models = append(in.Models, Folder{ID: id, Dir: path.Dir(name)})
		}
		in.Models[at].Files = append(in.Models[at].Files, tree)
	}
	return Load(in), diags
}
