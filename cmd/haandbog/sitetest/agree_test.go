package sitetest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/build"
)

// TestSettledDisagreements: no two statements of a model cite the same place and differ
// in force or owner, unless an editor says why; and each reason that an editor gives
// settles something: without all reasons there are warnings, and with it there are others.
func TestSettledDisagreements(t *testing.T) {
	site := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(root), "content", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err == nil && (name == "content/kommuner" || name == "content/udgaver"): // what is frozen stays as it was
			return fs.SkipDir
		case err != nil || d.IsDir() || filepath.Ext(name) != ".toml":
			return err
		}
		data, err := os.ReadFile(filepath.Join(root, name))
		site[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if found := disagreements(t, site); len(found) > 0 {
		t.Errorf("unsettled: %v", found)
	}
	reason := regexp.MustCompile(`(?m)^afgjort = .*$`)
	without, reasons := fstest.MapFS{}, 0
	for name, f := range site {
		without[name] = &fstest.MapFile{Data: reason.ReplaceAll(f.Data, nil)}
	}
	all := disagreements(t, without)
	for name, f := range site {
		for _, at := range reason.FindAllIndex(f.Data, -1) {
			reasons++
			one := slices.Concat(reason.ReplaceAll(f.Data[:at[0]], nil), f.Data[at[0]:at[1]], reason.ReplaceAll(f.Data[at[1]:], nil))
			kept := without[name].Data
			without[name].Data = one
			if slices.Equal(disagreements(t, without), all) {
				t.Errorf("%s settles nothing: %s", name, f.Data[at[0]:at[1]])
			}
			without[name].Data = kept
		}
	}
	if reasons == 0 || len(all) == 0 {
		t.Errorf("%d reasons settle %d disagreements", reasons, len(all))
	}
}

// disagreements are the warnings of statements that cite the same place.
func disagreements(t *testing.T, site fs.FS) []string {
	t.Helper()
	snap, err := build.Open(site, build.Options{NoKommuner: true}).Read()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range snap.Diags {
		if d.Code == "samme-sted" {
			out = append(out, fmt.Sprintf("%v: %s", d.Pos, d.Message))
		}
	}
	return out
}
