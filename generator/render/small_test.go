package render

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"path"
	"regexp"
	"testing"

	"modelhaandbog/assets"
	"modelhaandbog/generator/wording"
)

// What a reader downloads once stays small: the stylesheet, and all scripts but the index.
// What only the pages with an assessment or an if–then path load is counted by itself.
func TestAssetsStayWithinTheirBudget(t *testing.T) {
	set, diags := readAssets([]fs.FS{assets.FS}, wording.Standard(), nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	scripts := 0
	for _, file := range set.files {
		if regexp.MustCompile(`/(vurdering|valg)\.`).MatchString(file.Path) {
			if n := zipped(file.Data); n > 1_500 {
				t.Errorf("%s is %d bytes gzipped", file.Path, n)
			}
			continue
		}
		if path.Ext(file.Path) == ".js" {
			scripts += zipped(file.Data)
		}
	}
	if n := zipped(set.css); n > 12_000 {
		t.Errorf("the stylesheet is %d bytes gzipped", n)
	}
	if scripts > 15_000 || scripts == 0 {
		t.Errorf("the scripts are %d bytes gzipped", scripts)
	}
}

func zipped(data []byte) int {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	z.Write(data)
	z.Close()
	return out.Len()
}
