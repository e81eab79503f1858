package build_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
)

var update = flag.Bool("update", false, "write the answers into testdata/fejl; read the diff")

// A case in testdata/fejl is a mistake that an author makes in the site that
// `haandbog init` begins with, and the whole answer. Its sections:
//
//	-- sag: what the author did --
//	-- ret FILE --      lines to take out (-) and to put in their place (+);
//	                    + alone is added at the end
//	-- ny FILE --       a whole file
//	-- bytes FILE --    a whole file as a Go string, for what is no text
//	-- slet FILE --     the file is gone
//	-- svar --          what `haandbog check` says
func TestMistakes(t *testing.T) {
	files, err := filepath.Glob("testdata/fejl/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			mistakes(t, archive)
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func mistakes(t *testing.T, archive *txtar.Archive) {
	var site fstest.MapFS
	title := ""
	for i := range archive.Files {
		section := &archive.Files[i]
		what, file, _ := strings.Cut(section.Name, " ")
		switch what {
		case "sag:":
			title, site = file, starterSite()
		case "ret":
			edit(t, title, site, file, string(section.Data))
		case "ny":
			site[file] = &fstest.MapFile{Data: section.Data}
		case "bytes":
			s, err := strconv.Unquote(strings.TrimSpace(string(section.Data)))
			if err != nil {
				t.Fatalf("%s: %v", title, err)
			}
			site[file] = &fstest.MapFile{Data: []byte(s)}
		case "slet":
			delete(site, file)
		case "svar":
			t.Run(title, func(t *testing.T) {
				got := answer(t, site)
				if *update {
					section.Data = []byte(got)
				} else if got != string(section.Data) {
					t.Errorf("got\n%s\nwant\n%s", got, section.Data)
				}
			})
		default:
			t.Fatalf("%s: unknown section %q", title, section.Name)
		}
	}
}

func starterSite() fstest.MapFS {
	site := fstest.MapFS{}
	for _, f := range build.Starter() {
		site[f.Name] = &fstest.MapFile{Data: []byte(f.Text)}
	}
	return site
}

// edit makes the changes of a "ret" section, hunk by hunk.
func edit(t *testing.T, title string, site fstest.MapFS, name, script string) {
	if site[name] == nil {
		t.Fatalf("%s: no file %s to change", title, name)
	}
	text := string(site[name].Data)
	var out, in []string
	flush := func() {
		old, now := strings.Join(out, ""), strings.Join(in, "")
		if !strings.Contains(text, old) {
			t.Fatalf("%s: %s holds no\n%s", title, name, old)
		}
		if old == "" {
			text += now
		} else {
			text = strings.Replace(text, old, now, 1)
		}
		out, in = nil, nil
	}
	for line := range strings.Lines(script) {
		switch {
		case line[0] == '-' && len(in) > 0:
			flush()
			fallthrough
		case line[0] == '-':
			out = append(out, line[1:])
		case line[0] == '+':
			in = append(in, line[1:])
		default:
			t.Fatalf("%s: a line must begin with - or +: %q", title, line)
		}
	}
	flush()
	site[name] = &fstest.MapFile{Data: []byte(text)}
}

// answer is what check says of a site. Whatever the mistake, an answer keeps
// the promises of a diagnostic.
func answer(t *testing.T, site fs.FS) string {
	t.Helper()
	diags, err := check(site)
	if err != nil {
		return "haandbog: " + err.Error() + "\n"
	}
	promises(t, site, diags)
	var b strings.Builder
	if err := diag.WriteText(&b, diags, func(file string) ([]byte, error) { return fs.ReadFile(site, file) }, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func check(site fs.FS) ([]diag.Diag, error) {
	snap, err := build.Open(site, build.Options{}).Read()
	if err != nil {
		return nil, err
	}
	diags := snap.AllDiags(context.Background())
	if !diag.HasErrors(diags) {
		diags = diag.Sort(append(diags, snap.RenderDiags()...))
	}
	return diags, nil
}

var foreign = regexp.MustCompile(`(?i)\b(the|expected|invalid|unexpected|unknown|error|missing|cannot|must|found|nil|toml:)\b`)

// promises are what holds for every diagnostic: a place that exists, in
// characters; Danish; one remark about one place.
func promises(t *testing.T, site fs.FS, diags []diag.Diag) {
	t.Helper()
	seen := map[string]string{}
	for _, d := range diags {
		if d.Code == "" || d.Message == "" || strings.HasSuffix(d.Message, ".") {
			t.Errorf("%v: code %q, message %q", d.Pos, d.Code, d.Message)
		}
		if word := foreign.FindString(unquoted(d.Message + " " + d.Help)); word != "" {
			t.Errorf("%v: %q is not Danish: %s (%s)", d.Pos, word, d.Message, d.Help)
		}
		if d.Help != "" && !sentence.MatchString(d.Help) {
			t.Errorf("%v: help is no sentence: %s", d.Pos, d.Help)
		}
		at := d.Pos.String() + d.Message
		if first := seen[at]; first != "" {
			t.Errorf("%v: said twice: %s", d.Pos, d.Message)
		}
		seen[at] = d.Message
		places := []diag.Pos{d.Pos}
		for _, n := range d.Notes {
			places = append(places, n.Pos)
		}
		for _, pos := range places {
			inFile(t, site, pos)
		}
	}
}

// sentence begins with no small letter and has an end.
var sentence = regexp.MustCompile(`(?s)^\P{Ll}.*[.?]$`)

// unquoted drops what a message quotes from the author's file.
func unquoted(s string) string { return regexp.MustCompile(`"[^"]*"`).ReplaceAllString(s, "") }

func inFile(t *testing.T, site fs.FS, pos diag.Pos) {
	t.Helper()
	if pos.Line == 0 {
		return
	}
	data, err := fs.ReadFile(site, pos.File)
	if err != nil {
		t.Errorf("%v: %v", pos, err)
		return
	}
	lines := strings.Split(string(data), "\n")
	if pos.Line > len(lines) {
		t.Errorf("%v: the file has %d lines", pos, len(lines))
	} else if utf8.ValidString(lines[pos.Line-1]) && pos.Col > utf8.RuneCountInString(lines[pos.Line-1])+1 {
		t.Errorf("%v: the line is shorter", pos)
	}
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
