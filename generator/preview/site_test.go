package preview

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/edit"
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

// However a site was changed, a build says what a build of a new preview says, and
// the pages are the same.
func TestBuildAgainIsBuildAnew(t *testing.T) {
	dir := t.TempDir()
	var names []string
	was := map[string]string{} // files at the last result
	rewritten := true          // no file has come or gone since the last build
	write := func(name, text string) {
		_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
		rewritten = rewritten && err == nil
		put(t, dir, name, text)
	}
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
	f := newFolder(dir, edit.Open(dir, build.Options{}))
	f.build(false).accept()
	for _, name := range names {
		was[name] = starter[name]
	}
	all := func(r *result) []diag.Diag { return diag.Sort(slices.Concat(r.diags, r.check(t.Context()))) }
	good, rounds := 0, 60
	if testing.Short() {
		rounds = 20
	}
	for round := range rounds {
		var did []string
		for range 1 + r.IntN(3) {
			name := names[r.IntN(len(names))]
			did = append(did, name)
			switch text := starter[name]; r.IntN(6) {
			case 0:
				os.Remove(filepath.Join(dir, filepath.FromSlash(name)))
				rewritten = false
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
				f.build(rewritten) // and throw it away
				rewritten = true
			}
		}
		if round%2 == 0 {
			for _, name := range names {
				write(name, starter[name]+strings.Repeat("\n", r.IntN(3)))
			}
		}
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
		got := f.build(rewritten)
		rewritten = true
		if got == nil {
			if len(changed) > 0 {
				t.Fatalf("round %d: %v is no change", round, changed)
			}
			continue
		}
		fresh := newFolder(dir, edit.Open(dir, build.Options{}))
		want := fresh.build(false)
		got.accept()
		want.accept()
		if !slices.Equal(got.files, changed) || got.saving != emptied {
			t.Fatalf("round %d: changed %v, saving %v, want %v, %v", round, got.files, got.saving, changed, emptied)
		}
		wrong := all(want)
		if fmt.Sprint(all(got)) != fmt.Sprint(wrong) {
			t.Fatalf("round %d, after %v: %v, want %v", round, did, all(got), wrong)
		}
		for _, d := range want.diags {
			if !slices.ContainsFunc(got.diags, func(o diag.Diag) bool { return reflect.DeepEqual(o, d) }) {
				t.Fatalf("round %d, after %v: %v is not reported at once", round, did, d)
			}
		}
		if diag.HasErrors(want.diags) && !diag.HasErrors(got.diags) || diag.HasErrors(got.diags) && !diag.HasErrors(wrong) {
			t.Fatalf("round %d, after %v: reported %v, want %v", round, did, got.diags, want.diags)
		}
		if diag.HasErrors(wrong) {
			continue
		}
		good++
		for _, page := range fresh.index("") {
			a, tagA, _ := f.file(page.Path)
			b, tagB, _ := fresh.file(page.Path)
			if !bytes.Equal(a, b) || tagA != tagB {
				t.Fatalf("round %d, after %v: %s is another", round, did, page.Path)
			}
		}
	}
	if good < rounds/6 {
		t.Errorf("only %d rounds without errors: too few to say anything", good)
	}
}

// A municipality's file that is wrong keeps the last good pages until it is
// mended, whatever else is saved. Where it was wrong from the start, it is found
// by the check of all editions.
func TestFaultInAnOverlay(t *testing.T) {
	dir := t.TempDir()
	for _, f := range build.Starter() {
		put(t, dir, f.Name, f.Text)
	}
	const name = "content/kommuner/eksempel/modeller/eksempelmodel/roller.toml"
	const begun = "[rolle.kontaktperson]\nlokalt_navn = "
	many := begun + "\"Pædagog\"\n" + strings.Repeat("x = \n", 40)
	tells := func(diags []diag.Diag) bool {
		return slices.ContainsFunc(diags, func(d diag.Diag) bool { return d.Pos.File == name && d.Severity == diag.Error })
	}
	f := newFolder(dir, edit.Open(dir, build.Options{}))
	f.build(false).accept()
	for i, c := range []struct {
		file, text string
		ok         bool
	}{
		{name, begun, false},
		{"content/modeller/eksempelmodel/vejledning/rolle/kontaktperson.md", "Ring.\n", false},
		{"content/modeller/eksempelmodel/vejledning/rolle/kontaktperson.md", "Ring, og hør efter.\n", false},
		{name, many, false},
		{"content/modeller/eksempelmodel/vejledning/rolle/kontaktperson.md", "Ring først.\n", false},
		{name, begun + "\"Pædagog\"\n", true},
		{"content/modeller/eksempelmodel/vejledning/rolle/kontaktperson.md", "Skriv.\n", true},
	} {
		put(t, dir, c.file, c.text)
		good := f.good.Load()
		r := f.build(false)
		r.accept()
		if diag.HasErrors(r.diags) == c.ok || tells(r.diags) == c.ok || (f.good.Load() != good) != c.ok {
			t.Errorf("step %d: reported %v", i, r.diags)
		}
	}
	put(t, dir, name, begun)
	r := newFolder(dir, edit.Open(dir, build.Options{})).build(false)
	if tells(r.diags) || !tells(r.check(t.Context())) {
		t.Errorf("at the start: reported %v, by the check %v", r.diags, r.check(t.Context()))
	}
}

// What the desk has saved is shown as the desk has checked it: there is one copy of the
// site, which is neither linked nor planned again.
func TestSavedOnceIsReadOnce(t *testing.T) {
	p := starter(t, Options{})
	f := p.site.(*folder)
	form := p.formAt("/_/ret?maal=" + meeting)
	form.values.Set("v:navn", "Statusmøde")
	if status, page := form.press("gem"); status != http.StatusSeeOther {
		t.Fatalf("%d: %s", status, page)
	}
	p.wait("the saved page", func() bool {
		page, _, _ := f.file("eksempelmodel/moeder/opfoelgning.html")
		return bytes.Contains(page, []byte("Statusmøde"))
	})
	if snap, _, err := f.desk.Read(false); err != nil || snap != f.good.Load() {
		t.Errorf("the preview and the desk each have a site (%v)", err)
	}
}
