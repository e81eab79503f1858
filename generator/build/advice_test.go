package build_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
)

// Advice that can be followed to the letter takes its diagnostic away.
func TestAdviceWorks(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("checks every case twice")
	}
	files, err := filepath.Glob("../*/testdata/fejl/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	followed := 0
	for _, name := range files {
		cases.Each(t, name, func(title string, site fstest.MapFS) {
			diags, err := check(site)
			if err != nil {
				return
			}
			for _, d := range diags {
				if mended := cases.Follow(site, d); mended != nil {
					followed++
					checkMended(t, title, mended, d, diags)
				}
			}
		})
	}
	if followed < 40 {
		t.Errorf("only %d pieces of advice were followed", followed)
	}
}

func checkMended(t *testing.T, title string, mended fstest.MapFS, d diag.Diag, before []diag.Diag) {
	t.Helper()
	after, err := check(mended)
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range after {
		if left.Pos == d.Pos && left.Code == d.Code && left.Message == d.Message {
			t.Errorf("%s: %v: %s\nhelp that doesn't help: %s", title, d.Pos, d.Message, d.Help)
		}
		unread := strings.HasPrefix(left.Code, "toml") || left.Code == "forkert-type"
		isNew := unread && !slices.ContainsFunc(before, func(b diag.Diag) bool { return b.Code == left.Code || b.Message == left.Message })
		if left.Pos.File == d.Pos.File && left.Pos.Line == d.Pos.Line && left.Severity == diag.Error && isNew {
			t.Errorf("%s: %v: %s\nafter its help (%s): %v: %s", title, d.Pos, d.Message, d.Help, left.Pos, left.Message)
		}
	}
}
