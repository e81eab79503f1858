package preview

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
)

// onDisk is the site in a folder: it keeps the last good
// snapshot of a site and reads the site again when it is told to. The bytes
// come from the same code as a build's.
type onDisk struct {
	dir  string
	site *build.Site
	good atomic.Pointer[build.Snapshot]

	last  *build.Scan // of the last Refresh, nil when it failed
	wrong []string    // municipalities with errors in their folders at the last Refresh
	ahead *reading    // by Prepare, for the next Refresh; nil when there is none

	mu    sync.Mutex
	pages map[string][]string // content file → addresses, of the good snapshot
	of    *build.Snapshot     // the snapshot that pages belongs to
	asked map[string]bool     // pages asked for since the last Prepare, no more than is told from few
}

func newSite(dir string, opt build.Options) *onDisk {
	opt.Preview = true
	return &onDisk{dir: dir, site: build.Open(os.DirFS(dir), opt), asked: map[string]bool{}}
}

// reading is a site as it was read at one moment, not yet shown.
type reading struct {
	scan  *build.Scan
	snap  *build.Snapshot
	files []string // that changed since the last Refresh
	diags []diag.Diag
	took  time.Duration
}

// Prepare implements Site. The pages that are looked at are rendered too.
func (p *onDisk) Prepare() func() Result {
	r, _ := p.read()
	if p.ahead = r; r == nil {
		return nil
	}
	if !diag.HasErrors(r.diags) {
		for _, page := range p.lookedAt() {
			r.snap.File(page)
		}
	}
	return func() Result { return p.show(r) }
}

// Refresh implements Site.
func (p *onDisk) Refresh(context.Context) Result {
	start := time.Now()
	now, err := p.read()
	p.ahead = nil
	switch {
	case err != nil:
		p.last = nil
		return Result{Changed: true, Diags: []diag.Diag{scanFault(err)}, Took: time.Since(start)}
	case now == nil:
		return Result{OK: true, Took: time.Since(start)}
	}
	return p.show(now)
}

// show makes what was read what is shown, if it is without errors.
func (p *onDisk) show(now *reading) Result {
	p.last, p.ahead = now.scan, nil
	var faulty []string
	for _, d := range now.diags {
		if d.Severity == diag.Error {
			faulty = append(faulty, d.Pos.File)
		}
	}
	p.wrong = overlaysOf(faulty, nil)
	r := Result{
		Changed: true, OK: !diag.HasErrors(now.diags), Files: now.files, Unsettled: p.site.BeingSaved(now.scan, now.files),
		Diags: now.diags, Took: now.took, Later: now.snap.AllDiags,
	}
	if r.OK {
		p.good.Store(now.snap)
	}
	return r
}

// read gives the site as it is on disk, or nil when it is as it was at the last
// Refresh. What Prepare has read is not read again.
func (p *onDisk) read() (*reading, error) {
	start := time.Now()
	scan, err := p.site.Scan()
	if err != nil {
		return nil, err
	}
	switch {
	case p.last != nil && p.last.Sum == scan.Sum:
		return nil, nil
	case p.ahead != nil && p.ahead.scan.Sum == scan.Sum:
		return p.ahead, nil
	}
	r := &reading{scan: scan, snap: p.site.Link(scan), files: scan.Changed(cmp.Or(p.last, &build.Scan{}))}
	var slugs []string
	if p.last != nil {
		slugs = overlaysOf(r.files, p.wrong)
	}
	r.diags = r.snap.QuickDiags(slugs...)
	r.took = time.Since(start)
	return r, nil
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
		return diag.Diag{Severity: diag.Error, Code: "mangler-content", Message: "mappen content/ findes ikke", Help: "Opret den, eller start haandbog serve i den mappe, den ligger i."}
	}
	return diag.Diag{Severity: diag.Error, Code: "kan-ikke-laese", Message: "håndbogens filer kan ikke læses: " + err.Error()}
}

// File implements Site.
func (p *onDisk) File(name string) ([]byte, string, bool) {
	snap := p.good.Load()
	if snap == nil {
		return nil, "", false
	}
	data, key, ok := snap.File(name)
	if ok && path.Ext(name) == ".html" {
		p.mu.Lock()
		if len(p.asked) <= fewPages {
			p.asked[name] = true
		}
		p.mu.Unlock()
	}
	return data, hex.EncodeToString(key[:16]), ok
}

// fewPages are rendered ahead: those of the tabs in front.
const fewPages = 3

// lookedAt names the pages that were asked for since it was last called, when
// they are few.
func (p *onDisk) lookedAt() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	asked := slices.Sorted(maps.Keys(p.asked))
	p.asked = map[string]bool{}
	if len(asked) > fewPages {
		return nil
	}
	return asked
}

// Dirs implements Site.
func (p *onDisk) Dirs() []string {
	var out []string
	for _, name := range []string{"content", "layouts", "assets"} {
		dir := filepath.Join(p.dir, name)
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			dir = real
		}
		if abs, err := filepath.Abs(dir); err == nil {
			out = append(out, abs)
		}
	}
	return out
}

// Shows implements Site.
func (p *onDisk) Shows(page, file string) bool {
	snap := p.good.Load()
	if snap == nil {
		return false
	}
	at := snap.Page(page)
	return at != nil && at.Shows(file)
}

// PagesOf implements Site.
func (p *onDisk) PagesOf(file string) []string { return p.reached([]string{file}) }

// reached lists the addresses of the pages that show something from files.
func (p *onDisk) reached(files []string) []string {
	snap := p.good.Load()
	if snap == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of != snap {
		p.pages, p.of = map[string][]string{}, snap
	}
	var out []string
	for _, file := range files {
		list, ok := p.pages[file]
		if !ok {
			list = pagesOf(snap, file)
			p.pages[file] = list
		}
		for _, page := range list {
			if !slices.Contains(out, page) {
				out = append(out, page)
			}
		}
	}
	return out
}

// pagesOf looks in the national edition, and for an overlay's file in that
// municipality's.
func pagesOf(snap *build.Snapshot, file string) []string {
	if !strings.HasPrefix(file, "content/") {
		return nil // layouts and assets are on all pages
	}
	slug := ""
	if rest, ok := strings.CutPrefix(file, "content/kommuner/"); ok && strings.Contains(rest, "/") {
		slug, _, _ = strings.Cut(rest, "/")
	}
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

// Editions implements Site.
func (p *onDisk) Editions() []Edition {
	snap := p.good.Load()
	if snap == nil {
		return nil
	}
	out := []Edition{{Name: "National udgave"}}
	for _, m := range snap.Register() {
		if slices.Contains(snap.Slugs(), m.ID) {
			out = append(out, Edition{Slug: m.ID, Name: book.FullName(m), Dir: "kommuner/" + m.ID + "/"})
		}
	}
	return out
}

// Index implements Site.
func (p *onDisk) Index(slug string) []PageInfo {
	snap := p.good.Load()
	if snap == nil {
		return nil
	}
	e := snap.Edition(slug)
	if e == nil {
		return nil
	}
	var out []PageInfo
	for _, page := range e.Book.Pages {
		out = append(out, PageInfo{Path: path.Join(e.Dir, page.Path), Title: page.Title, Edition: slug, File: page.Pos.File, Line: page.Pos.Line})
	}
	return out
}

// Source implements Site.
func (p *onDisk) Source(file string) ([]byte, error) {
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		return nil, fmt.Errorf("%s lies outside the site", file)
	}
	return os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(file)))
}
