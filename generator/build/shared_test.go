package build_test

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"modelhaandbog/assets"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/render"
	"modelhaandbog/layouts"
)

// A municipality with a term of its own shares the pages that don't mention it
// with the national edition, and links to it on those that do.
func TestOwnTermOnNationalPages(t *testing.T) {
	site := cases.Real(t, "")
	site["content/kommuner/herning/begreber.toml"] = &fstest.MapFile{Data: []byte("[begreb.kulturen]\nnavn = \"Kulturen\"\ndefinition = \"Som vi forstår det.\"\n")}
	snap, err := build.Open(site, build.Options{}).Read()
	if err != nil {
		t.Fatal(err)
	}
	const mentions = "skolegang/omraader/kultur-og-praksis.html"
	page, _ := snap.File("kommuner/herning/" + mentions)
	if !bytes.Contains(page, []byte(`href="../../begreber/index.html#begreb-kulturen"`)) {
		t.Errorf("%s does not link to the municipality's own term", mentions)
	}
	e, national := snap.Edition("herning"), snap.Edition("").Book
	shared := 0
	for _, p := range e.Book.Pages {
		if national.Page(p.Path) == p {
			shared++
		}
	}
	if shared < len(e.Book.Pages)*3/4 {
		t.Errorf("only %d of %d pages are shared with the national edition", shared, len(e.Book.Pages))
	}
}

// Whatever editions share, each file is what the edition gives when it is built
// by itself.
func TestSharedPagesAreTheEditionsOwn(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs time to build the handbook again and again: make test")
	}
	files := func(kommuner ...string) map[string][sha256.Size]byte {
		snap, err := build.Open(cases.Real(t, ""), build.Options{Kommuner: kommuner}).Read()
		if err != nil {
			t.Fatal(err)
		}
		for _, slug := range kommuner {
			snap.Edition(slug)
		}
		out := map[string][sha256.Size]byte{}
		for _, f := range snap.Edition("viborg").Files() {
			out[f.Path] = sha256.Sum256(f.Open().Append(nil))
		}
		return out
	}
	alone, among := files("viborg"), files("aarhus", "herning", "viborg")
	if len(alone) == 0 || len(alone) != len(among) {
		t.Fatalf("%d files alone, %d among others", len(alone), len(among))
	}
	for name, sum := range alone {
		if among[name] != sum {
			t.Errorf("%s depends on which other editions are built", name)
		}
	}
}

// A site's own words stand on all editions' pages; a key that nothing asks for is
// told where it stands.
func TestOwnWords(t *testing.T) {
	site := cases.Real(t, "")
	words := "[fase]\ntitel = \"{nummer}. fase: {navn}\"\n\n[fasen]\ntitel = \"x\"\n"
	site["layouts/ord.toml"] = &fstest.MapFile{Data: []byte(words)}
	snap, err := build.Open(site, build.Options{Kommuner: []string{"herning"}}).Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"", "kommuner/herning/"} {
		page, _ := snap.File(folder + "laeringsmiljoe/sammenhaeng.html")
		if !bytes.Contains(page, []byte("1. fase: ")) || bytes.Contains(page, []byte("Fase 1: ")) {
			t.Errorf("%s has other words", folder)
		}
	}
	told := false
	for _, d := range snap.Diags {
		told = told || d.Pos.File == "layouts/ord.toml" && d.Pos.Line == 5 && strings.Contains(d.Message, `mente du "fase.titel"`)
	}
	if !told {
		t.Errorf("nothing said of the wrong key: %v", snap.Diags)
	}
}

// A block or line that stands on several pages is what each page would have by itself.
func TestSharedBlocksAreThePagesOwn(t *testing.T) {
	t.Parallel()
	snap, err := build.Open(os.DirFS(root), build.Options{Kommuner: []string{"eksempel"}}).Read()
	if err != nil {
		t.Fatal(err)
	}
	r, _ := render.New([]fs.FS{layouts.FS}, []fs.FS{assets.FS}, render.Options{})
	national := render.NewParts(nil)
	for _, p := range snap.Edition("").Book.Pages {
		r.Body(p, national)
	}
	own := render.NewParts(national)
	for _, p := range snap.Edition("eksempel").Book.Pages {
		got, _ := r.Body(p, own)
		if want, _ := r.Body(p, nil); !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%s has a block of another page:\n%s", p.Path, cmp.Diff(string(want.Bytes()), string(got.Bytes())))
		}
	}
}
