// Package release freezes the content and tells what has changed. The content's files
// come in and a frozen release goes out, a folder of content/udgaver/; the tables of two
// moments come in and their changes go out, statement by statement, with the roles that
// each concerns. It refuses to know rendering.
//
// A release is the content as its authors wrote it, file by file:
//
//	content/udgaver/1.1/udgave.toml                             number, day, note, sum of the list
//	content/udgaver/1.1/filer.sha256                            all national files with their sums
//	content/udgaver/1.1/modeller/<model>/faser.toml             those that are new or changed
//	content/udgaver/1.1/kommuner/<kommune>/2026-12-01.sha256    a municipality's files on a day
//	content/udgaver/1.1/kommuner/<kommune>/2026-12-01/…         those that are new or changed
//
// A file that is as it was stays where it was first frozen, and the list of files names it
// there: "../1.0/modeller/<model>/faser.toml". The lists are those of sha256sum, which can
// check them. A municipality has a list for each day on which its files were others than
// before. What is frozen is never written again.
package release

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// Dir is the folder of the frozen releases.
const Dir = "content/udgaver"

const (
	headName = "udgave.toml"
	listName = "filer.sha256"
	listEnd  = ".sha256"
	local    = "kommuner"
)

// History is the frozen releases.
type History struct {
	Releases []*Release // the oldest first
	Diags    []diag.Diag
	fsys     fs.FS
}

// Release is one frozen release.
type Release struct {
	Number string
	Date   string // its first day, "2026-11-22"
	Until  string // the day of the next release; "" for the last
	Note   string
	Files  []File // of the national content
	Local  []Local
}

// Local is a municipality's files, frozen on a day while a release was in force.
type Local struct {
	Slug  string
	Date  string
	Files []File
}

// File is a frozen file.
type File struct {
	Name string // in content/, when it was frozen: "modeller/vores-model/faser.toml"
	Path string // where its bytes are: "content/udgaver/1.0/modeller/vores-model/faser.toml"
	Sum  string // SHA-256 in hexadecimal digits
	pos  diag.Pos
}

// Open reads the lists of the frozen releases in a site. The files themselves are read
// by Check, and by whoever wants them.
func Open(fsys fs.FS) *History {
	h := &History{fsys: fsys}
	entries, err := fs.ReadDir(fsys, Dir)
	if err != nil {
		return h // none is frozen yet
	}
	for _, e := range entries {
		if e.IsDir() {
			h.open(e.Name())
		}
	}
	slices.SortStableFunc(h.Releases, func(a, b *Release) int { return strings.Compare(a.Date, b.Date) })
	for i, r := range h.Releases[:max(0, len(h.Releases)-1)] {
		r.Until = h.Releases[i+1].Date
	}
	return h
}

// open reads a release's head and lists.
func (h *History) open(number string) {
	dir := path.Join(Dir, number)
	name := path.Join(dir, headName)
	data, err := fs.ReadFile(h.fsys, name)
	if err != nil {
		h.report(diag.Pos{File: name}, "filen mangler i den frosne udgave "+number, restore(dir))
		return
	}
	root, diags := source.ParseTOML(name, data)
	h.Diags = append(h.Diags, diags...)
	head := root.Get("udgave")
	text := func(key string) string {
		if n := head.Get(key); n != nil {
			return n.Str
		}
		return ""
	}
	r := &Release{Number: text("nummer"), Date: text("dato"), Note: text("note")}
	if r.Number != number || !isDate(r.Date) {
		h.report(diag.Pos{File: name, Line: 1, Col: 1}, fmt.Sprintf("filen siger ikke nummer = \"%s\" og en dato", number),
			restore(name))
		return
	}
	r.Files = h.list(path.Join(dir, listName), number)
	list, err := fs.ReadFile(h.fsys, path.Join(dir, listName))
	if sum := text("filer"); err == nil && sum != "" && sum != sumOf(list) {
		h.report(diag.Pos{File: path.Join(dir, listName)}, fmt.Sprintf("listen er ændret, efter at udgave %s blev frosset",
			number), restore(path.Join(dir, listName)))
	}
	folders, _ := fs.ReadDir(h.fsys, path.Join(dir, local))
	for _, f := range folders {
		lists, _ := fs.Glob(h.fsys, path.Join(dir, local, f.Name(), "*"+listEnd))
		for _, l := range lists {
			day := strings.TrimSuffix(path.Base(l), listEnd)
			r.Local = append(r.Local, Local{f.Name(), day, h.list(l, number)})
		}
	}
	h.Releases = append(h.Releases, r)
}

// list reads a list of files.
func (h *History) list(name, number string) []File {
	data, err := fs.ReadFile(h.fsys, name)
	if err != nil {
		h.report(diag.Pos{File: name}, "filen mangler i den frosne udgave "+number, restore(name))
		return nil
	}
	var out []File
	for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if line == "" {
			continue
		}
		sum, to, ok := strings.Cut(line, "  ")
		pos := diag.Pos{File: name, Line: i + 1, Col: 1}
		to = path.Join(path.Dir(name), to)
		inside, known := nameOf(to)
		if _, err := hex.DecodeString(sum); err != nil || len(sum) != 2*sha256.Size || !ok || !known {
			h.report(pos, "linjen er ikke en sum, to mellemrum og en frossen fil", restore(name))
			continue
		}
		out = append(out, File{Name: inside, Path: to, Sum: sum, pos: pos})
	}
	return out
}

// nameOf is what a frozen file was called in content/.
func nameOf(frozen string) (string, bool) {
	rest, ok := strings.CutPrefix(frozen, Dir+"/")
	parts := strings.Split(rest, "/")
	switch {
	case !ok || len(parts) < 2 || !fs.ValidPath(frozen):
		return "", false
	case parts[1] != local:
		return strings.Join(parts[1:], "/"), true
	case len(parts) < 5 || !isDate(parts[3]):
		return "", false
	}
	return path.Join(local, parts[2], strings.Join(parts[4:], "/")), true
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// Last is the newest release, or nil.
func (h *History) Last() *Release {
	if len(h.Releases) == 0 {
		return nil
	}
	return h.Releases[len(h.Releases)-1]
}

// Find is the release with a number, or nil.
func (h *History) Find(number string) *Release {
	for _, r := range h.Releases {
		if r.Number == number {
			return r
		}
	}
	return nil
}

// Before is the release that came before another, or nil.
func (h *History) Before(r *Release) *Release {
	if i := slices.Index(h.Releases, r); i > 0 {
		return h.Releases[i-1]
	}
	return nil
}

// LocalAt is a municipality's files as they were frozen last, up to and with a release
// and a day; nil where none are. An empty day is any.
func (h *History) LocalAt(slug string, r *Release, day string) *Local {
	var found *Local
	for _, x := range h.Releases {
		for i, l := range x.Local {
			if l.Slug == slug && (day == "" || l.Date <= day) && (found == nil || l.Date >= found.Date) {
				found = &x.Local[i]
			}
		}
		if x == r {
			break
		}
	}
	return found
}

// compareNumbers orders "1.9" before "1.10".
func compareNumbers(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	return slices.CompareFunc(x, y, func(a, b string) int {
		m, _ := strconv.Atoi(a)
		n, _ := strconv.Atoi(b)
		return m - n
	})
}

func (h *History) report(pos diag.Pos, message, help string) {
	h.Diags = append(h.Diags,
		diag.Diag{Severity: diag.Error, Code: "frossen-udgave", Pos: pos, Message: message, Help: help})
}

func restore(name string) string {
	return "En frossen udgave rettes aldrig. Hent den tilbage, som den var: git checkout -- " + name +
		". Nyt skrives i content/ og kommer med i næste udgave."
}
