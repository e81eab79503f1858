package build_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
)

var update = flag.Bool("update", false, "write the answers into testdata/fejl; read the diff")

// TestMistakes tries the mistakes that no room sees alone.
func TestMistakes(t *testing.T) {
	cases.Run(t, *update, func(t *testing.T, site fstest.MapFS) string { return answer(t, site) })
}

func starterSite() fstest.MapFS {
	site := fstest.MapFS{}
	for _, f := range build.Starter() {
		site[f.Name] = &fstest.MapFile{Data: []byte(f.Text)}
	}
	return site
}

// answer is what check says of a site.
func answer(t *testing.T, site fs.FS) string {
	t.Helper()
	diags, err := check(site)
	if err != nil {
		return "haandbog: " + err.Error() + "\n"
	}
	return cases.Answer(t, site, diags)
}

// check reads a site. One in memory is read as a change of the one before, as in
// the preview, so that what they have in common, such as layouts, is parsed once.
func check(site fs.FS) ([]diag.Diag, error) {
	opened := build.Open(site, build.Options{})
	if files, ok := site.(fstest.MapFS); ok {
		saved.save(files)
		opened = savedSite
	}
	snap, err := opened.Read()
	if err != nil {
		return nil, err
	}
	diags := snap.AllDiags(context.Background())
	if !diag.HasErrors(diags) {
		diags = diag.Sort(append(diags, snap.RenderDiags()...))
	}
	return diags, nil
}

var (
	saved     folder
	savedSite = build.Open(&saved, build.Options{})
)

// folder is a folder whose files an editor saves.
type folder struct {
	fstest.MapFS
	clock time.Time
}

// save gives the folder these files. Those that change get a time of their own.
func (f *folder) save(files fstest.MapFS) {
	f.clock = f.clock.Add(time.Second)
	now := fstest.MapFS{}
	for name, file := range files {
		if was := f.MapFS[name]; was != nil && bytes.Equal(was.Data, file.Data) {
			now[name] = was
			continue
		}
		copied := *file
		copied.ModTime = f.clock
		now[name] = &copied
	}
	f.MapFS = now
}

// The site that everything here is broken from is whole.
func TestStarterIsWhole(t *testing.T) {
	if got := answer(t, starterSite()); got != "ingen fejl\n" {
		t.Error(got)
	}
}

// One run tells of all files, whatever room the mistake belongs to.
func TestAllMistakesInOneRun(t *testing.T) {
	site := starterSite()
	breakFile := func(name, old, now string) {
		text := string(site[name].Data)
		if !strings.Contains(text, old) {
			t.Fatalf("%s holds no %q", name, old)
		}
		site[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, now, 1))}
	}
	const m = "content/modeller/eksempelmodel/"
	breakFile("content/haandbog.toml", "udgiver", "udgivr")
	breakFile("content/begreber.toml", "modelbeskrivelse", "modelbeskrivels")
	breakFile("content/kommuner/eksempel/kommune.toml", "#00566b", "blå")
	breakFile(m+"faser.toml", "nummer = 2", "nummer = 3")
	breakFile(m+"moeder.toml", `"altid"`, `"altit"`)
	breakFile(m+"vejledning/fase/begynd.md", "rolle:koordinator", "rolle:kordinator")
	breakFile(m+"vejledning/fase/foelg-op.md", "vigtigt", "vigtig")
	site["layouts/side.html"] = &fstest.MapFile{Data: []byte("{{.Intet")}
	diags, err := check(site)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]bool{}
	for _, d := range diags {
		files[d.Pos.File] = true
	}
	for _, want := range []string{"content/haandbog.toml", "content/begreber.toml", "content/kommuner/eksempel/kommune.toml", m + "faser.toml", m + "moeder.toml",
		m + "vejledning/fase/begynd.md", m + "vejledning/fase/foelg-op.md", "layouts/side.html"} {
		if !files[want] {
			t.Errorf("nothing said about %s", want)
		}
	}
	if t.Failed() {
		for _, d := range diags {
			fmt.Println(d.Pos, d.Message)
		}
	}
}

// Thousands of mistakes of one kind are answered at once, each of them.
func TestAbsurdContentIsBounded(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs time to read thousands of mistakes: make test")
	}
	const many, folder = 2_000, "content/modeller/eksempelmodel/"
	repeat := func(format string) *fstest.MapFile {
		var b strings.Builder
		for i := range many {
			fmt.Fprintf(&b, format, i)
		}
		return &fstest.MapFile{Data: []byte(b.String())}
	}
	roles := repeat("[rolle.rolle-nummer-%[1]d]\nnavn = \"Rolle %[1]d\"\nkilde = [\"modelbeskrivelse: kap. 1\"]\n")
	const task = "[opgave.o%[1]d]\nnavn = \"Nr. %[1]d\"\ntjek = \"x.\"\nrolle = \"rolle-numer-%[1]d\"\n"
	for name, files := range map[string]fstest.MapFS{
		"references": {folder + "flere.toml": roles, folder + "mange.toml": repeat(task)},
		"local references": {folder + "flere.toml": roles,
			"content/kommuner/eksempel/modeller/eksempelmodel/mange.toml": repeat(task)},
		"guidance": {folder + "flere.toml": roles,
			folder + "vejledning/rolle/koordinator.md": repeat("Spørg [rollen](rolle:rolle-numer-%d).\n\n")},
		"keys":  {folder + "mange.toml": repeat("[opgave.o%d]\nnav = \"x\"\n")},
		"words": {"layouts/ord.toml": repeat("tekst%d = \"x\"\n")},
	} {
		site := starterSite()
		maps.Copy(site, files)
		began := time.Now()
		diags, err := check(site)
		if err != nil || len(diags) < many {
			t.Errorf("%s: %d diagnostics, %v", name, len(diags), err)
		}
		if took := time.Since(began); took > 15*time.Second { // a busy machine; without bounds it takes minutes
			t.Errorf("%s took %v", name, took)
		}
	}
}
