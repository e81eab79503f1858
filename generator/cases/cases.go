// Package cases is for tests: mistakes that authors make in the site that
// `haandbog init` begins with, and the whole answer to each. A room gives its
// archives and what it answers; what holds for every answer is checked here.
//
// The sections of a case:
//
//	-- sag: what the author did --
//	-- ret FILE --      lines to take out (-) and to put in their place (+);
//	                    + alone is added at the end
//	-- ny FILE --       a whole file
//	-- bytes FILE --    a whole file as a Go string, for what is no text
//	-- slet FILE --     the file is gone
//	-- svar --          what the room says
package cases

import (
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

	"modelhaandbog/generator/diag"
)

// Run tries every case of testdata/fejl. answer is what the room says of a
// site; update writes the answers, whose diff is to be read.
func Run(t *testing.T, update bool, answer func(t *testing.T, site fstest.MapFS) string) {
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
			run(t, archive, update, answer)
			if update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func run(t *testing.T, archive *txtar.Archive, update bool, answer func(t *testing.T, site fstest.MapFS) string) {
	each(t, archive, func(title string, site fstest.MapFS, section *txtar.File) {
		t.Run(title, func(t *testing.T) {
			got := answer(t, site)
			if update {
				section.Data = []byte(got)
			} else if got != string(section.Data) {
				t.Errorf("got\n%s\nwant\n%s", got, section.Data)
			}
		})
	})
}

// Each gives the sites of the cases in a file to visit.
func Each(t *testing.T, name string, visit func(title string, site fstest.MapFS)) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	each(t, archive, func(title string, site fstest.MapFS, _ *txtar.File) { visit(title, site) })
}

func each(t *testing.T, archive *txtar.Archive, visit func(title string, site fstest.MapFS, answer *txtar.File)) {
	var site fstest.MapFS
	title := ""
	for i := range archive.Files {
		section := &archive.Files[i]
		what, file, _ := strings.Cut(section.Name, " ")
		switch what {
		case "sag:":
			title, site = file, Starter(t)
		case "ret":
			Edit(t, title, site, file, string(section.Data))
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
			visit(title, site, section)
		default:
			t.Fatalf("%s: unknown section %q", title, section.Name)
		}
	}
}

// Starter is the small site that cases begin with.
func Starter(t testing.TB) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("../cases/starter.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site := fstest.MapFS{}
	for _, f := range archive.Files {
		site[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return site
}

// Edit makes the changes of a "ret" section, hunk by hunk.
func Edit(t *testing.T, title string, site fstest.MapFS, name, script string) {
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

// Answer writes diagnostics as `haandbog check` does. Whatever the mistake,
// they keep the promises of a diagnostic.
func Answer(t *testing.T, site fs.FS, diags []diag.Diag) string {
	t.Helper()
	promises(t, site, diags)
	var b strings.Builder
	read := func(file string) ([]byte, error) { return fs.ReadFile(site, file) }
	if err := diag.WriteText(&b, diags, read, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var foreign = regexp.MustCompile(
	`(?i)\b(the|expected|invalid|unexpected|unknown|error|missing|cannot|must|found|nil|toml:)\b`)

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
			InFile(t, site, pos)
		}
	}
}

// sentence begins with no small letter and has an end.
var sentence = regexp.MustCompile(`(?s)^\P{Ll}.*[.?]$`)

// unquoted drops what a message quotes from the author's file.
func unquoted(s string) string { return regexp.MustCompile(`"[^"]*"`).ReplaceAllString(s, "") }

// InFile checks that a place is one of the site.
func InFile(t *testing.T, site fs.FS, pos diag.Pos) {
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

// Real is the project's own content without municipalities' folders, for a test of a
// room; with an ending, the files that have it.
func Real(t testing.TB, ending string) fstest.MapFS {
	t.Helper()
	root, site := os.DirFS("../.."), fstest.MapFS{}
	err := fs.WalkDir(root, "content", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ending) || strings.HasPrefix(name, "content/kommuner/") {
			return err
		}
		data, err := fs.ReadFile(root, name)
		site[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}
