package preview

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/edit"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// folder is the site in a folder, which it reads by the desk that also writes it, so that
// there is one copy of it in memory. It serves the last snapshot without errors.
type folder struct {
	dir  string
	desk *edit.Desk
	good atomic.Pointer[build.Snapshot]

	last  *build.Scan // of the last accepted result; nil when the files couldn't be read
	wrong []string    // municipalities with errors in their folders in that result
}

func newFolder(dir string, desk *edit.Desk) *folder { return &folder{dir: dir, desk: desk} }

// build implements site. It plans the national edition, and those of
// municipalities whose folders changed or were wrong, since what is wrong keeps
// the last good pages until it is mended; check plans them all.
func (f *folder) build(rewritten bool) *result {
	start := time.Now()
	snap, scan, err := f.desk.Read(rewritten)
	switch {
	case err != nil:
		return &result{diags: []diag.Diag{scanFault(err)}, took: time.Since(start), accept: func() { f.last = nil }}
	case f.last != nil && f.last.Sum == scan.Sum:
		return nil
	}
	r := &result{files: scan.Changed(cmp.Or(f.last, &build.Scan{})), check: snap.AllDiags}
	var slugs []string
	if f.last != nil {
		slugs = overlaysOf(r.files, f.wrong)
	}
	r.diags = snap.QuickDiags(slugs...)
	r.saving = f.desk.BeingSaved(scan, r.files)
	r.took = time.Since(start)
	r.accept = func() {
		wrong := errorFiles(r.diags)
		f.last, f.wrong = scan, overlaysOf(wrong, nil)
		if len(wrong) == 0 {
			f.good.Store(snap)
		}
	}
	return r
}

func errorFiles(diags []diag.Diag) []string {
	var files []string
	for _, d := range diags {
		if d.Severity == diag.Error {
			files = append(files, d.Pos.File)
		}
	}
	return files
}

// overlaysOf adds to slugs the municipalities whose folders files lie in.
func overlaysOf(files, slugs []string) []string {
	slugs = slices.Clone(slugs)
	for _, f := range files {
		rest, ok := strings.CutPrefix(f, "content/kommuner/")
		slug, _, deeper := strings.Cut(rest, "/")
		if ok && deeper && !slices.Contains(slugs, slug) {
			slugs = append(slugs, slug)
		}
	}
	return slugs
}

func scanFault(err error) diag.Diag {
	if errors.Is(err, build.ErrNoContent) {
		return diag.Diag{Severity: diag.Error, Code: "mangler-content", Message: "mappen content/ findes ikke",
			Help: "Opret den, eller start haandbog serve i den mappe, den ligger i."}
	}
	return diag.Diag{Severity: diag.Error, Code: "kan-ikke-laese",
		Message: "håndbogens filer kan ikke læses: " + err.Error()}
}

func (f *folder) file(name string) ([]byte, string, bool) {
	snap := f.good.Load()
	if snap == nil {
		return nil, "", false
	}
	data, ok := snap.File(name)
	sum := sha256.Sum256(data)
	return data, hex.EncodeToString(sum[:16]), ok
}

func (f *folder) dirs() []string {
	var out []string
	for _, name := range []string{"content", "layouts", "assets"} {
		dir := filepath.Join(f.dir, name)
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			dir = real
		}
		if abs, err := filepath.Abs(dir); err == nil {
			out = append(out, abs)
		}
	}
	return out
}

// pagesOf looks in the national edition, and for an overlay's file in that
// municipality's. The pages that are mainly about the file come first.
func (f *folder) pagesOf(file string) []string {
	snap := f.good.Load()
	if snap == nil || !strings.HasPrefix(file, "content/") {
		return nil // layouts and assets are on all pages
	}
	slug := append(overlaysOf([]string{file}, nil), "")[0]
	e := snap.Edition(slug)
	if e == nil {
		return nil
	}
	var own, other []string
	for _, page := range e.Book.Pages {
		switch {
		case page.Pos.File == file:
			own = append(own, path.Join(e.Dir, page.Path))
		case page.Shows(file):
			other = append(other, path.Join(e.Dir, page.Path))
		}
	}
	return append(own, other...)
}

func (f *folder) reference() *schema.Reference {
	if snap := f.good.Load(); snap != nil {
		return build.Reference(snap.Handbook().Schema())
	}
	return build.Reference(model.Schema())
}

func (f *folder) editions() []edition {
	snap := f.good.Load()
	if snap == nil {
		return nil
	}
	out := []edition{{Name: "National udgave"}}
	for _, m := range snap.Register() {
		if slices.Contains(snap.Slugs(), m.ID) {
			out = append(out, edition{Slug: m.ID, Name: book.FullName(m), Dir: "kommuner/" + m.ID + "/"})
		}
	}
	return out
}

func (f *folder) index(slug string) []pageInfo {
	snap := f.good.Load()
	if snap == nil {
		return nil
	}
	e := snap.Edition(slug)
	if e == nil {
		return nil
	}
	var out []pageInfo
	for _, page := range e.Book.Pages {
		address := path.Join(e.Dir, page.Path)
		out = append(out, pageInfo{Path: address, Title: page.Title, File: page.Pos.File, Line: page.Pos.Line})
	}
	return out
}

func (f *folder) source(name string) ([]byte, error) {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, fmt.Errorf("%s lies outside the site", name)
	}
	return os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(name)))
}
