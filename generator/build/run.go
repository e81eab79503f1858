package build

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/export"
)

// Publishing says where and how a site is published.
type Publishing struct {
	Out         string
	Host        string // one of Hosts, or ""
	Precompress bool
	Progress    func(what string, done, total int) // may be nil
}

// Run builds the site and publishes it. With errors among the diagnostics
// nothing is published. When nothing changed since the last build, nothing is
// read beyond the files' bytes, and nothing is written.
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
	b := &run{snap: snap, pub: pub, diags: snap.nationalDiags()}
	if !b.failed() {
		b.add(snap.RenderDiags())
	}
	if !b.failed() {
		snap.Edition("").warm()
	}
	var after func(string, *Tree) error
	if site.opt.PDF {
		after = func(dir string, w *Tree) error { return printAll(ctx, snap, dir, w, pub.Progress) }
	}
	report, err := p.Publish(ctx, snap.Sum, b, after)
	return report, diag.Sort(b.diags), err
}

// run is one build on its way: what has been found wrong so far decides
// whether anything more is written, and whether the new site is swapped in.
type run struct {
	snap *Snapshot
	pub  Publishing

	mu    sync.Mutex
	diags []diag.Diag
	done  int
}

func (r *run) add(diags []diag.Diag) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.diags = append(r.diags, diags...)
}

func (r *run) failed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return diag.HasErrors(r.diags)
}

// warnings counts what was found, when it is no error.
func (r *run) warnings() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(diag.Sort(r.diags))
}

// slugs are the editions in the order of their cost: the national one, those
// with a folder of their own, the rest.
func (r *run) slugs() []string {
	own := r.snap.local.Slugs()
	slugs := slices.Clone(r.snap.Slugs())
	slices.SortStableFunc(slugs, func(a, b string) int {
		return cmp.Compare(btoi(!slices.Contains(own, a)), btoi(!slices.Contains(own, b)))
	})
	return append([]string{""}, slugs...)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// files plans an edition and lists its files. It gives none when something is
// wrong, in this edition or an earlier one; planning goes on, so that one run
// shows everything.
func (r *run) files(slug string) []Output {
	e := r.snap.passing(slug)
	if e == nil {
		return nil
	}
	if slug != "" {
		r.add(e.Diags)
	}
	if r.failed() {
		return nil
	}
	files := e.Files()
	if slug == "" {
		files = append(files, r.snap.hostFiles(r.pub)...)
	}
	if r.pub.Precompress {
		files = append(files, compressed(files)...)
	}
	if r.pub.Progress != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.done++
		r.pub.Progress("Skriver udgave", r.done, len(r.snap.Slugs())+1)
	}
	return files
}

// nationalDiags is what is wrong before any municipality's edition is planned.
func (snap *Snapshot) nationalDiags() []diag.Diag {
	snap.renderer()
	return slices.Concat(snap.Diags, snap.unknownSlugs(), snap.Edition("").Diags)
}

// warm renders what editions share on all cores, before they are written one
// core each.
func (e *Edition) warm() {
	inParallel(e.Book.Pages, func(_ int, p *book.Page) {
		e.body(p)
		if p.Sheet != nil {
			e.wordFile(p)
		}
	})
}

// RenderDiags renders every page of the national edition and gives what a
// site's own layouts got wrong. It is empty for the layouts that come along.
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

// printAll prints the sheets of the finished pages in dir. A sheet whose page
// is unchanged since the last build keeps its PDF.
func printAll(ctx context.Context, snap *Snapshot, dir string, w *Tree, progress func(string, int, int)) error {
	type todo struct {
		job       export.Job
		name, key string
	}
	var jobs []todo
	for _, slug := range append([]string{""}, snap.Slugs()...) {
		for _, f := range snap.passing(slug).Files() {
			if f.From == "" {
				continue
			}
			c := f.Open()
			key := hex.EncodeToString(c.Key[:16])
			if r, ok := w.Link(f.Path, key); ok {
				w.Keep(f.Path, r)
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
		if progress != nil {
			progress("Printer ark", done, total)
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
