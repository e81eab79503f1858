package main

import (
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
)

// What is measured must be whole: a corpus with mistakes builds nothing, and
// one that lost pages is too easy.
func TestCorporaAreValid(t *testing.T) {
	real, err := readReal("../..")
	if err != nil {
		t.Fatal(err)
	}
	realPages := pages(t, real)
	for _, c := range []struct {
		corpus *corpus
		pages  int // of the national edition, at least
	}{
		{real.localized(), realPages},
		{real.municipalities(101), realPages},
		{real.times(2), 2*realPages - 60},
	} {
		if got := pages(t, c.corpus); got < c.pages {
			t.Errorf("%s has %d pages, want %d", c.corpus.name, got, c.pages)
		}
		for file, text := range map[string]string{
			c.corpus.spots.toml:     "navn = \"" + c.corpus.spots.value + "\"\n",
			c.corpus.spots.guidance: " ",
		} {
			if !strings.Contains(string(c.corpus.files[file]), text) {
				t.Errorf("%s: %s has no %q to edit", c.corpus.name, file, text)
			}
		}
	}
}

// pages counts the national edition's pages, and fails the test on a mistake in
// it or in the edition of the first municipality.
func pages(t *testing.T, c *corpus) int {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range c.files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	snap, err := build.Open(fsys, build.Options{}).Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range snap.QuickDiags("koebenhavn") {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s:%d: %s", c.name, d.Pos.File, d.Pos.Line, d.Message)
		}
	}
	return len(snap.Edition("").Book.Pages)
}
