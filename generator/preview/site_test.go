package preview

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
)

// put writes a file of a site.
func put(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Whatever was read ahead, and however little of a change it saw, Refresh tells
// and shows what a preview does that has just begun.
func TestReadingAheadChangesNothing(t *testing.T) {
	dir := t.TempDir()
	var names []string
	was := map[string]string{} // files at the last Refresh
	write := func(name, text string) { put(t, dir, name, text) }
	starter := map[string]string{"assets/haandbog.css": "p{color:red}\n"}
	for _, f := range build.Starter() {
		starter[f.Name] = f.Text
	}
	for name, text := range starter {
		names = append(names, name)
		write(name, text)
	}
	slices.Sort(names)
	r := rand.New(rand.NewPCG(3, 4))
	p := newSite(dir, build.Options{})
	p.Refresh(t.Context())
	for _, name := range names {
		was[name] = starter[name]
	}
	all := func(r Result) []diag.Diag { return diag.Sort(slices.Concat(r.Diags, r.Later(t.Context()))) }
	good := 0
	for round := range 60 {
		var did []string
		for range 1 + r.IntN(3) {
			name := names[r.IntN(len(names))]
			did = append(did, name)
			switch text := starter[name]; r.IntN(6) {
			case 0:
				os.Remove(filepath.Join(dir, filepath.FromSlash(name)))
			case 1:
				write(name, text[:len(text)/2])
			case 2:
				write(name, text+fmt.Sprintf("\n/* %d */\n", round))
			case 3:
				write(name, "")
			default:
				write(name, text)
			}
			if r.IntN(2) == 0 {
				p.Prepare()
			}
		}
		if round%2 == 0 {
			for _, name := range names {
				write(name, starter[name]+strings.Repeat("\n", r.IntN(3)))
			}
		}
		got := p.Refresh(t.Context())
		fresh := newSite(dir, build.Options{})
		want := fresh.Refresh(t.Context())
		var changed []string
		emptied := false
		for _, name := range names {
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			text := string(data)
			if err != nil {
				text = "gone"
			}
			if text != was[name] {
				changed = append(changed, name)
				emptied = emptied || text == ""
			}
			was[name] = text
		}
		if got.Changed != (len(changed) > 0) || !slices.Equal(got.Files, changed) || got.Unsettled != emptied {
			t.Fatalf("round %d: changed %v, unsettled %v, want %v, %v", round, got.Files, got.Unsettled, changed, emptied)
		}
		if !got.Changed {
			continue
		}
		wrong := all(want)
		if fmt.Sprint(all(got)) != fmt.Sprint(wrong) {
			t.Fatalf("round %d, after %v: %v, want %v", round, did, all(got), wrong)
		}
		for _, d := range want.Diags {
			if !slices.ContainsFunc(got.Diags, func(o diag.Diag) bool { return reflect.DeepEqual(o, d) }) {
				t.Fatalf("round %d, after %v: %v is not told at once", round, did, d)
			}
		}
		if got.OK != !diag.HasErrors(got.Diags) || got.OK && !want.OK || !got.OK && !diag.HasErrors(wrong) {
			t.Fatalf("round %d, after %v: ok is %v, of one that has begun %v", round, did, got.OK, want.OK)
		}
		if diag.HasErrors(wrong) {
			continue
		}
		good++
		for _, page := range fresh.Index("") {
			a, tagA, _ := p.File(page.Path)
			b, tagB, _ := fresh.File(page.Path)
			if !bytes.Equal(a, b) || tagA != tagB {
				t.Fatalf("round %d, after %v: %s is another", round, did, page.Path)
			}
		}
	}
	if good < 10 {
		t.Errorf("only %d rounds without errors: too few to say anything", good)
	}
}

// What Prepare has read is not read again by Refresh.
func TestRefreshTakesWhatWasReadAhead(t *testing.T) {
	dir := t.TempDir()
	for _, f := range build.Starter() {
		put(t, dir, f.Name, f.Text)
	}
	p := newSite(dir, build.Options{})
	p.Refresh(t.Context())
	before := p.good.Load()
	p.Prepare()
	if p.ahead != nil {
		t.Error("read ahead where nothing changed")
	}
	file := filepath.Join(dir, "content/haandbog.toml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(data, "\n# mere\n"...), 0o644); err != nil {
		t.Fatal(err)
	}
	p.Prepare()
	ahead := p.ahead
	if ahead == nil || p.good.Load() != before {
		t.Fatal("nothing was read ahead, or it is shown already")
	}
	if r := p.Refresh(t.Context()); !r.Changed || p.good.Load() != ahead.snap {
		t.Error("what was read ahead was not taken")
	}
}

// A file that was saved since it was read ahead is told of: it came, changed or
// went.
func TestSavedSinceItWasReadAhead(t *testing.T) {
	dir := t.TempDir()
	for _, f := range build.Starter() {
		put(t, dir, f.Name, f.Text)
	}
	const text = "## Sådan gør du\n\nRing.\n"
	name := "content/modeller/eksempelmodel/vejledning/rolle/laerer.md"
	file := filepath.Join(dir, filepath.FromSlash(name))
	p := newSite(dir, build.Options{})
	p.Refresh(t.Context())
	for _, c := range []struct {
		what          string
		ahead, before func()
		unsettled     bool
	}{
		{"nothing", func() { put(t, dir, name, text) }, func() {}, false},
		{"a line", func() { put(t, dir, name, text+"Skriv.\n") }, func() { put(t, dir, name, text+"Skriv.\nHør efter.\n") }, true},
		{"away and back", func() { os.Remove(file) }, func() { put(t, dir, name, text) }, true},
		{"gone for good", func() { os.Remove(file) }, func() {}, false},
		{"back and away", func() { put(t, dir, name, text) }, func() { os.Remove(file) }, true},
	} {
		c.ahead()
		take := p.Prepare()
		if take == nil {
			t.Fatalf("%s: nothing was read ahead", c.what)
		}
		c.before()
		if r := take(); r.Unsettled != c.unsettled {
			t.Errorf("%s: unsettled is %v", c.what, r.Unsettled)
		}
		p.Refresh(t.Context())
	}
}

// A municipality's file that is wrong keeps the last good pages until it is
// mended, whatever else is saved. Where it was wrong from the start, it is found
// when the pages have been shown.
func TestFaultInAnOverlay(t *testing.T) {
	dir := t.TempDir()
	for _, f := range build.Starter() {
		put(t, dir, f.Name, f.Text)
	}
	const name = "content/kommuner/eksempel/modeller/eksempelmodel/roller.toml"
	const begun = "[rolle.laerer]\nlokalt_navn = "
	many := begun + "\"Pædagog\"\n" + strings.Repeat("x = \n", 40)
	tells := func(diags []diag.Diag) bool {
		return slices.ContainsFunc(diags, func(d diag.Diag) bool { return d.Pos.File == name && d.Severity == diag.Error })
	}
	p := newSite(dir, build.Options{})
	p.Refresh(t.Context())
	for i, c := range []struct {
		file, text string
		ok         bool
	}{
		{name, begun, false},
		{"content/modeller/eksempelmodel/vejledning/rolle/laerer.md", "Ring.\n", false},
		{"content/modeller/eksempelmodel/vejledning/rolle/laerer.md", "Ring, og hør efter.\n", false},
		{name, many, false},
		{"content/modeller/eksempelmodel/vejledning/rolle/laerer.md", "Ring først.\n", false},
		{name, begun + "\"Pædagog\"\n", true},
		{"content/modeller/eksempelmodel/vejledning/rolle/laerer.md", "Skriv.\n", true},
	} {
		put(t, dir, c.file, c.text)
		good := p.good.Load()
		if r := p.Refresh(t.Context()); r.OK != c.ok || tells(r.Diags) == c.ok || (p.good.Load() != good) != c.ok {
			t.Errorf("step %d: ok is %v, told %v", i, r.OK, r.Diags)
		}
	}
	put(t, dir, name, begun)
	r := newSite(dir, build.Options{}).Refresh(t.Context())
	if !r.OK || tells(r.Diags) || !tells(r.Later(t.Context())) {
		t.Errorf("at the start: ok is %v, told %v, later %v", r.OK, r.Diags, r.Later(t.Context()))
	}
}
