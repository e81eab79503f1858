package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// target is a folder to measure in, with the type of its file system.
type target struct{ name, dir string }

// bench is one run of the benchmark.
type bench struct {
	ctx      context.Context
	haandbog string // the command
	tmp      string // on tmpfs when there is one
	places   []target
	rounds   int
	quick    bool
	long     bool
	spent    int // names folders; nothing is deleted before the end
}

// folder names a new folder, which is not created yet.
func (b *bench) folder(in string) string {
	b.spent++
	return filepath.Join(in, fmt.Sprint("r", b.spent))
}

func (b *bench) source(c *corpus) (string, error) {
	dir := b.folder(b.tmp)
	return dir, c.write(dir)
}

// built measures a full build into a new folder.
func (b *bench) built(source, in string, args ...string) (out string, c cost, err error) {
	out = b.folder(in)
	c, err = run(b.ctx, b.haandbog, append([]string{"build", "-C", source, "-o", out}, args...)...)
	return out, c, err
}

// full is a corpus built with all its editions, and copied, in turn.
type full struct {
	tree        tree
	build, copy cost
}

func (b *bench) full(source, in string) (full, error) {
	var f full
	var builds, copies []cost
	for round := range b.rounds {
		out, c, err := b.built(source, in)
		if err != nil {
			return f, err
		}
		builds = append(builds, c)
		to := b.folder(in)
		if c, err = run(b.ctx, "cp", "-r", out, to); err != nil {
			return f, err
		}
		copies = append(copies, c)
		if round == 0 {
			if f.tree, err = look(out); err != nil {
				return f, err
			}
		}
		// Deleting disturbs what is measured next on a disk; tmpfs is memory.
		if in == b.tmp {
			os.RemoveAll(out)
			os.RemoveAll(to)
		}
	}
	f.build, f.copy = middle(builds), middle(copies)
	return f, nil
}

// sizes builds a corpus in every way that is measured.
func (b *bench) sizes(c *corpus) error {
	source, err := b.source(c)
	if err != nil {
		return err
	}
	t := newTable(c.name, costHead...)
	national, one, err := b.built(source, b.tmp, "--national")
	if err != nil {
		return err
	}
	alone, err := look(national)
	if err != nil {
		return err
	}
	t.cost("national edition alone", alone, one)
	for _, p := range b.places {
		f, err := b.full(source, p.dir)
		if err != nil {
			return err
		}
		t.cost("all editions, "+p.name, f.tree, f.build)
		t.cost("  cp -r", f.tree, f.copy)
		t.note("%s: build is %.2f × cp -r (to reach on tmpfs: 1.5); peak %.0f MB (to reach: 400)", p.name,
			f.build.wall/f.copy.wall, float64(f.build.peak)/1e6)
		editions := float64(f.tree.pages-alone.pages) / float64(alone.pages)
		t.note("%s: one more municipality costs %.1f ms CPU; copying its files %.1f ms", p.name,
			1e3*(f.build.cpu()-one.cpu())/editions, 1e3*f.copy.cpu()/editions)
	}
	if err := b.again(c, source, t); err != nil {
		return err
	}
	t.print()
	return nil
}

// again builds once more with nothing changed, and with one text changed.
func (b *bench) again(c *corpus, source string, t *table) error {
	out, first, err := b.built(source, b.tmp)
	if err != nil {
		return err
	}
	defer os.RemoveAll(out)
	before, err := look(out)
	if err != nil {
		return err
	}
	build := func() (cost, tree, error) {
		took, err := run(b.ctx, b.haandbog, "build", "-C", source, "-o", out)
		if err != nil {
			return took, tree{}, err
		}
		after, err := look(out)
		return took, after, err
	}
	same, after, err := build()
	if err != nil {
		return err
	}
	t.cost("nothing changed", after, same)
	t.note("nothing changed: %d files written, %.3f of the full build's CPU (to reach: 0.1)", after.written(before),
		same.cpu()/first.cpu())
	for _, edit := range []struct{ what, file, reach string }{
		{"one guidance text changed", c.spots.guidance, "1/10"},
		{"one municipality's overlay changed", c.localGuidance("herning"), "1/30"},
	} {
		before = after
		text := append(append([]byte{}, c.files[edit.file]...), "\n\nEn sætning mere.\n"...)
		file := filepath.Join(source, edit.file)
		os.MkdirAll(filepath.Dir(file), 0o777)
		time.Sleep(20 * time.Millisecond) // a stamp of its own
		if err := os.WriteFile(file, text, 0o666); err != nil {
			return err
		}
		took, now, err := build()
		if err != nil {
			return err
		}
		after = now
		t.cost(edit.what, after, took)
		t.note("%s: %d of %d files written, 1/%.1f of the full build's CPU (to reach: %s)", edit.what,
			after.written(before), after.files, first.cpu()/took.cpu(), edit.reach)
	}
	return nil
}

// grown builds larger corpora once each.
func (b *bench) grown(corpora []*corpus) error {
	t := newTable("grown", costHead...)
	for _, c := range corpora {
		source, err := b.source(c)
		if err != nil {
			return err
		}
		out, took, err := b.built(source, b.tmp)
		if err != nil {
			return err
		}
		tree, err := look(out)
		if err != nil {
			return err
		}
		to := b.folder(b.tmp)
		copied, err := run(b.ctx, "cp", "-r", out, to)
		if err != nil {
			return err
		}
		t.cost(c.name, tree, took)
		t.note("%s: %.2f × cp -r (%.2f s)", c.name, took.wall/copied.wall, copied.wall)
		os.RemoveAll(out)
		os.RemoveAll(to)
		os.RemoveAll(source)
	}
	t.print()
	return nil
}
