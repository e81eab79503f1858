package source

import (
	"maps"
	"path"
	"slices"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
)

// TestMistakes tries TOML that can't be read as it stands.
func TestMistakes(t *testing.T) {
	cases.Run(t, *update, func(t *testing.T, site fstest.MapFS) string {
		var diags []diag.Diag
		for _, name := range slices.Sorted(maps.Keys(site)) {
			if path.Ext(name) == ".toml" {
				_, more := ParseTOML(name, site[name].Data)
				diags = append(diags, more...)
			}
		}
		return cases.Answer(t, site, diag.Sort(diags))
	})
}
