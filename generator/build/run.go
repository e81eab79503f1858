package build

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/export"
)

// Publishing configures where and how a site is published.
type Publishing struct {
	Out         string
	Host        string // one of Hosts, or ""
	Precompress bool
	Progress    func(what string, done, total int) // may be nil
}

// Run builds and publishes the site. If the diagnostics have errors, nothing is
// published. If nothing changed since the last build, it only reads the files.
func Run(ctx context.Context, site *Site, pub Publishing) (Report, []diag.Diag, error) {
	site.opt.Version += fmt.Sprint(pub.Host, pub.Precompress)
	site.opt.Hosted = pub.Host != ""
	scan, err := site.Scan()
	if err != nil {
		return Report{}, nil, err
	}
	p, err := NewPublisher(pub.Out)
	if err != nil {
		return Report{}, nil, err
	}
	defer p.Close()
	if r, ok := p.UpToDate(scan.Sum); ok {
		return r, nil, nil
	}
	if site.opt.PDF {
		if _, err := export.Chromium(""); err != nil {
			return Report{}, nil, err
		}
	}
	snap := site.Link(scan)
	b := &run{snap: snap, pub: pub, into: p.dir, building: snap.choose(p.editions()), listed: snap.Slugs(),
		told: map[string][]diag.Diag{}}
	if !snap.partial() {
		same := p.unchanged(b.building, snap.editionSum)
		for _, slug := range same {
			b.add(p.old.editions[slug].diags)
		}
		b.building = slices.DeleteFunc(b.building, func(slug string) bool { return slices.Contains(same, slug) })
	}
	b.add(snap.nationalDiags())
	b.add(snap.CheckFrozen())
	for slug := range snap.overlaid {
		if !slices.Contains(b.listed, slug) {
			b.add(snap.readLocal(slug).diags)
			snap.forget(slug)
		}
	}
	if !b.failed() {
		b.add(snap.RenderDiags())
	}
	if !b.failed() && b.builds("") {
		snap.Edition("").warm(p)
	}
	var after func(string, *Tree) error
	if site.opt.PDF {
		after = func(dir string, w *Tree) error { return b.printAll(ctx, dir, w) }
	}
	report, err := p.Publish(ctx, snap.Sum, b, after)
	return report, diag.Sort(b.diags), err
}

// run is one build. Once its diagnostics have errors, no more files are written and
// the new site is not swapped in.
type run struct {
	snap     *Snapshot
	pub      Publishing
	into     string   // the folder of the new site
	building []string // the editions, the most expensive first
	listed   []string // the municipalities whose editions a build of everything has

	mu    sync.Mutex
	diags []diag.Diag
	told  map[string][]diag.Diag // by edition
	done  int
}

func (r *run) add(diags []diag.Diag) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.diags = append(r.diags, r.snap.ours(diags)...)
}

// tell adds an edition's diagnostics, which are told again as long as it is made from the
// same.
func (r *run) tell(slug string, diags []diag.Diag) {
	r.add(diags)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told[slug] = diags
}

func (r *run) failed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return diag.HasErrors(r.diags)
}

// warnings counts the diagnostics of a build without errors.
func (r *run) warnings() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(diag.Sort(r.diags))
}

// choose gives the editions to build, the most expensive first: the national one, those
// with an overlay, the rest. there are those in the published folder; a partial build
// leaves the others alone, and also the national one unless it is asked for, isn't there
// or lacks a municipality in its list.
func (snap *Snapshot) choose(there []string) []string {
	own := snap.local.Slugs()
	slugs := slices.Clone(snap.Slugs())
	slices.SortStableFunc(slugs, func(a, b string) int {
		return cmp.Compare(btoi(!slices.Contains(own, a)), btoi(!slices.Contains(own, b)))
	})
	all := append([]string{""}, slugs...)
	if !snap.partial() {
		return all
	}
	snap.left = slices.DeleteFunc(slices.Clone(there), func(slug string) bool { return slices.Contains(all, slug) })
	isNew := func(slug string) bool { return !slices.Contains(there, slug) }
	if snap.opt.NoKommuner || slices.ContainsFunc(all, isNew) {
		return all
	}
	return slugs
}

func (r *run) builds(slug string) bool { return slices.Contains(r.building, slug) }

// leaves tells that an edition stays as the last build made it: one that a partial build
// isn't asked for, or that is made from the same.
func (r *run) leaves(slug string) bool {
	return !r.builds(slug) && (r.snap.partial() || slug == "" || slices.Contains(r.listed, slug))
}

func (r *run) made(slug string) made {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.builds(slug) {
		return made{}
	}
	return made{r.snap.editionSum(slug), r.told[slug]}
}

// slugs has the national edition first, also when only its server's configuration is
// written: that tells of all editions.
func (r *run) slugs() []string {
	if r.builds("") {
		return r.building
	}
	return append([]string{""}, r.building...)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// files plans an edition and lists its files, or none once the build has failed.
// The remaining editions are planned all the same, so that one run reports all
// errors.
func (r *run) files(slug string) []Output {
	e := r.snap.uncached(slug)
	if e == nil {
		return nil
	}
	if slug != "" {
		r.tell(slug, slices.Concat(r.snap.readLocal(slug).diags, e.Diags))
		r.snap.forget(slug)
	}
	if r.failed() {
		return nil
	}
	var files []Output
	if e.into = r.into; r.builds(slug) {
		files = e.Files()
	}
	files = append(files, e.hostFiles(r.pub)...)
	if r.pub.Precompress {
		files = append(files, compressed(files)...)
	}
	if r.pub.Progress != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.done++
		r.pub.Progress("Skriver udgave", r.done, len(r.slugs()))
	}
	return files
}

// nationalDiags returns the diagnostics of everything but municipal editions.
func (snap *Snapshot) nationalDiags() []diag.Diag {
	snap.renderer()
	return slices.Concat(snap.Diags, snap.unknownSlugs(), snap.Edition("").Diags)
}

// warm renders in parallel what editions share and the last build didn't make, before
// writeAll gives each core an edition.
func (e *Edition) warm(pub *Publisher) {
	inParallel(e.Book.Pages, func(_ int, p *book.Page) {
		if pub.old.files[p.Path].key == e.page(p, p.Path).Open().name() {
			return
		}
		e.body(p)
		if p.Sheet != nil {
			for _, c := range p.Sheet.Files() {
				e.wordFile(wordKey{p, c})
			}
		}
	})
}

// RenderDiags renders every page of the national edition and returns the errors of
// the site's own layouts. It is empty for the embedded ones.
func (snap *Snapshot) RenderDiags() []diag.Diag {
	r := snap.renderer()
	e := snap.Edition("")
	if r.Stock() {
		return nil
	}
	var out []diag.Diag
	for _, p := range e.Book.Pages {
		e.frame(p)
		out = append(out, e.body(p).diags...)
	}
	return append(out, e.Diags...)
}

// printAll prints the sheets among the finished pages in dir to PDF. A sheet whose
// page is unchanged since the last build keeps its PDF.
func (r *run) printAll(ctx context.Context, dir string, w *Tree) error {
	type todo struct {
		job       export.Job
		name, key string
	}
	var jobs []todo
	for _, slug := range r.building {
		for _, f := range r.snap.uncached(slug).Files() {
			if f.From == "" {
				continue
			}
			c := f.Open()
			key := c.name()
			if old, ok := w.Link(f.Path, key); ok {
				w.Keep(f.Path, old)
				continue
			}
			at := func(p string) string { return filepath.Join(dir, filepath.FromSlash(p)) }
			jobs = append(jobs, todo{export.Job{HTML: at(f.From), PDF: at(f.Path)}, f.Path, key})
		}
	}
	if len(jobs) == 0 {
		return nil
	}
	printer, err := export.NewPrinter(ctx, export.Options{})
	if err != nil {
		return err
	}
	list := make([]export.Job, len(jobs))
	for i, j := range jobs {
		list[i] = j.job
	}
	show := func(done, total int) {
		if r.pub.Progress != nil {
			r.pub.Progress("Printer ark", done, total)
		}
	}
	if err := errors.Join(export.PrintAll(ctx, printer, list, show), printer.Close()); err != nil {
		return fmt.Errorf("printing sheets: %w", err)
	}
	for _, j := range jobs {
		if err := w.Add(j.name, j.key); err != nil {
			return fmt.Errorf("printing sheets: %w", err)
		}
	}
	return nil
}
