package build

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

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
	snap := site.Link(scan)
	diags := snap.AllDiags()
	if diag.HasErrors(diags) {
		return Report{}, diags, nil
	}
	if more := snap.RenderDiags(); len(more) > 0 { // none, and no time, with the layouts that come along
		diags = diag.Sort(append(diags, more...))
		if diag.HasErrors(diags) {
			return Report{}, diags, nil
		}
	}
	var after func(string, *Tree) error
	if site.opt.PDF {
		after = func(dir string, w *Tree) error { return printAll(ctx, snap, dir, w, pub.Progress) }
	}
	report, err := p.Publish(ctx, snap.Sum, len(diags), snap.batches(pub), after)
	return report, diags, err
}

// batches are the editions, the national one first.
func (snap *Snapshot) batches(pub Publishing) []Batch {
	slugs := append([]string{""}, snap.Slugs()...)
	var mu sync.Mutex
	done := 0
	var out []Batch
	for _, slug := range slugs {
		out = append(out, func() []Output {
			files := snap.Edition(slug).Files()
			if slug == "" {
				files = append(files, snap.hostFiles(pub)...)
			}
			if pub.Precompress {
				files = append(files, compressed(files)...)
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			if pub.Progress != nil {
				pub.Progress("Skriver udgave", done, len(slugs))
			}
			return files
		})
	}
	return out
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
		out = append(out, r.body(p).diags...)
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
		for _, f := range snap.Edition(slug).Files() {
			if f.From == "" {
				continue
			}
			key := hex.EncodeToString(f.Key[:16])
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
