package build_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"modelhaandbog/assets"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/cases"
	"modelhaandbog/layouts"
)

var (
	againRounds = flag.Int("rounds", 8, "rounds of TestEditedSiteIsAFreshSite")
	againSeed   = flag.Uint64("seed", 1, "seed of TestEditedSiteIsAFreshSite")
)

// A site that is read again and again while its files change, as the preview
// does, gives what a site gives that is read for the first time: the same
// diagnostics and the same bytes.
func TestEditedSiteIsAFreshSite(t *testing.T) {
	t.Parallel()
	e := newEditor(t, *againSeed)
	edited := build.Open(e.site, build.Options{Preview: true})
	rounds := *againRounds
	if testing.Short() {
		rounds = min(rounds, 3)
	}
	for round := range rounds {
		did := e.edit(round)
		got, want := e.look(edited), e.look(build.Open(e.site, build.Options{Preview: true}))
		if len(got.diags) != len(want.diags) || !reflect.DeepEqual(got.diags, want.diags) {
			t.Fatalf("round %d, %s: diagnostics\n%v\nwant\n%v", round, did, got.diags, want.diags)
		}
		for name, data := range want.files {
			if !bytes.Equal(got.files[name], data) {
				t.Fatalf("round %d, %s: %s differs from a fresh one", round, did, name)
			}
		}
	}
}

// editor changes a copy of the real site at random, and back again.
type editor struct {
	t     *testing.T
	r     *rand.Rand
	site  fstest.MapFS
	good  fstest.MapFS // as it was
	sorts [][]string   // the files that are edited, by what they are
	clock time.Time
}

func newEditor(t *testing.T, seed uint64) *editor {
	e := &editor{t: t, r: rand.New(rand.NewPCG(seed, 2)), site: cases.Real(t, ""), clock: time.Unix(1_700_000_000, 0)}
	for folder, fsys := range map[string]interface {
		ReadFile(string) ([]byte, error)
	}{"layouts/krop.html": layouts.FS, "assets/haandbog.css": assets.FS} {
		data, err := fsys.ReadFile(path.Base(folder))
		if err != nil {
			t.Fatal(err)
		}
		e.site[folder] = &fstest.MapFile{Data: data}
	}
	local := "content/kommuner/herning/"
	for name, text := range map[string]string{
		local + "kommune.toml":                                               "[kommune]\nfarve = \"#005a3c\"\n",
		local + "begreber.toml":                                              "[begreb.hos-os]\nnavn = \"Ligevægt\"\ndefinition = \"Som vi forstår det.\"\n",
		local + "modeller/laeringsmiljoe/roller.toml":                        "[rolle.laeringskoordinator]\nlokalt_navn = \"Skolekoordinator\"\nlokal_begrundelse = \"Sådan hedder det her.\"\n",
		local + "modeller/skolegang/vejledning/omraade/kultur-og-praksis.md": "## Hos os\n\nRing først.\n",
	} {
		e.site[name] = &fstest.MapFile{Data: []byte(text)}
	}
	e.good = fstest.MapFS{}
	for name, f := range e.site {
		f.ModTime = e.clock
		e.good[name] = f
	}
	for _, pattern := range []string{"content/*.toml", "content/modeller/*/*.toml", "content/modeller/*/vejledning/*/*.md",
		"content/kommuner/*/*.toml", "content/kommuner/*/modeller/*/*.toml", "content/kommuner/*/modeller/*/vejledning/*/*.md", local + "modeller/*/vejledning/*/*.md", "layouts/*", "assets/*"} {
		names, err := fs.Glob(e.site, pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		e.sorts = append(e.sorts, names)
	}
	return e
}

// edit changes one to three files, and tells what it did. Every third time all
// others are put back first, so that most of what is compared is a whole site.
func (e *editor) edit(round int) string {
	var did []string
	if round%3 == 0 {
		for name, f := range e.good {
			if now := e.site[name]; now == nil || !bytes.Equal(now.Data, f.Data) {
				e.clock = e.clock.Add(time.Second)
				e.site[name] = &fstest.MapFile{Data: f.Data, ModTime: e.clock}
			}
		}
		did = append(did, "all put back")
	}
	for range 1 + e.r.IntN(2)*e.r.IntN(3) {
		names := e.sorts[e.r.IntN(len(e.sorts))]
		name := names[e.r.IntN(len(names))]
		did = append(did, e.change(name, round)+" "+name)
	}
	return strings.Join(did, ", ")
}

func (e *editor) change(name string, round int) string {
	e.clock = e.clock.Add(time.Second)
	put := func(data []byte) { e.site[name] = &fstest.MapFile{Data: data, ModTime: e.clock} }
	was := e.good[name].Data
	mark := map[string]string{".toml": "\n# %d\n", ".md": "\n\nNy sætning %d.\n", ".css": "\n:root{--runde:%d}\n", ".html": "<p>%d</p>"}[path.Ext(name)]
	switch e.r.IntN(6) {
	case 0:
		delete(e.site, name)
		return "deleted"
	case 1:
		put(was[:len(was)/2])
		return "cut"
	case 2, 3:
		put(was)
		return "put back"
	case 4:
		put(bytes.Replace(was, []byte("barnet"), []byte("eleven"), 1+e.r.IntN(4)))
		return "reworded"
	}
	put(fmt.Appendf(slices.Clone(was), mark, round))
	return "added to"
}

// looked is what a site gives: the diagnostics and, where nothing is wrong,
// some files.
type looked struct {
	diags []string
	files map[string][]byte
}

func (e *editor) look(site *build.Site) looked {
	snap, err := site.Read()
	if err != nil {
		e.t.Fatal(err)
	}
	var out looked
	for _, d := range slices.Concat(snap.QuickDiags("herning"), snap.AllDiags(e.t.Context())) {
		out.diags = append(out.diags, fmt.Sprintf("%+v", d))
	}
	out.files = map[string][]byte{}
	for _, slug := range []string{"", "herning", "aarhus"} {
		edition := snap.Edition(slug)
		if edition == nil {
			continue // no register of municipalities
		}
		for i, f := range edition.Files() {
			if f.From == "" && (i%23 == 0 || strings.HasSuffix(f.Path, "lokalt.html") || strings.HasSuffix(f.Path, "soeg-indeks.js") || path.Ext(f.Path) == ".css" || strings.HasSuffix(f.Path, "kultur-og-praksis.html")) {
				out.files[f.Path] = f.Open().Append(nil)
			}
		}
	}
	return out
}

// A file that an editor is saving is told of: it is empty, or it came, changed or
// went since it was scanned.
func TestBeingSaved(t *testing.T) {
	const name = "content/begreber.toml"
	site := fstest.MapFS{"content/haandbog.toml": {Data: []byte("navn = 1\n")}}
	clock := time.Unix(1_700_000_000, 0)
	save := func(text string) func() {
		return func() {
			clock = clock.Add(time.Second)
			site[name] = &fstest.MapFile{Data: []byte(text), ModTime: clock}
		}
	}
	remove := func() { delete(site, name) }
	for _, c := range []struct {
		what        string
		first, then func()
		want        bool
	}{
		{"saved", save("[begreb.b]\n"), func() {}, false},
		{"half saved", save("[begreb"), save("[begreb.b]\n"), true},
		{"empty", save(""), func() {}, true},
		{"renamed, and written anew", remove, save("[begreb.b]\n"), true},
		{"removed", remove, func() {}, false},
		{"about to be removed", save("[begreb.b]\n"), remove, true},
	} {
		c.first()
		s := build.Open(site, build.Options{Preview: true})
		scan, err := s.Scan()
		if err != nil {
			t.Fatal(err)
		}
		if c.then(); s.BeingSaved(scan, []string{name}) != c.want {
			t.Errorf("%s: being saved is not %v", c.what, c.want)
		}
	}
}
