package build

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
)

// Publishing is atomic. The new site is written to a folder next to the old one and
// swapped in when it is complete, so that readers see the old site or the new one
// and a killed build leaves the old one intact. A file whose key is unchanged is
// hard-linked into the new tree, not written. Only files in the manifest of an
// earlier build are ever removed; what others put into the folder is carried over as it
// is, and so are editions that the build leaves alone. See carry.go.

// Report counts what Publish did.
type Report struct {
	UpToDate bool // the site was left as it is
	Files    int
	Bytes    int64
	Written  int // files that were not linked from the last build
	Removed  int // files of the last build that this one lacks
	Warnings int // of the build that wrote the site

	Leftovers []string // unfinished or old trees that could not be removed
}

// ManifestName is the manifest's file name, in the site's root.
const ManifestName = ".haandbog-filer"

// Refusal reports a path in or around the published folder that a build can't handle
// without changing what is others'. Why says what is wrong and what to do.
type Refusal struct{ Path, Why string }

func (r *Refusal) Error() string { return r.Path + " " + r.Why }

// Publisher writes one site into a folder.
type Publisher struct {
	out       string
	dir       string // where the new tree is written
	spare     string // where swapByRenaming puts the old one
	leftovers []string
	lock      *os.File
	old       manifest
}

// ErrBusy means that another build is writing to the same folder.
var ErrBusy = errors.New("another build is writing to this folder; wait until it has ended")

// NewPublisher locks the folder, cleans up after a killed build and reads the last
// build's manifest. Close releases the lock.
func NewPublisher(out string) (*Publisher, error) {
	out, err := Resolve(out) // swap what a link leads to, not the link
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return nil, fmt.Errorf("making the folder around %s: %w", out, err)
	}
	if isMount(out, filepath.Dir(out)) {
		return nil, &Refusal{out, "is a mount point, which cannot be exchanged for the new site; " +
			"build into a folder in it, such as " + filepath.Join(out, "site")}
	}
	p := &Publisher{out: out}
	name := p.sibling("laas")
	if p.lock, err = lockFile(name); errors.Is(err, fs.ErrPermission) {
		if _, there := os.Lstat(name); there == nil {
			return nil, &Refusal{name, "is the lock of another user's build; " +
				"if none is running, remove it, or let its owner do so"}
		}
	}
	if err != nil {
		return nil, err
	}
	if err := p.recover(); err != nil {
		p.Close()
		return nil, err
	}
	p.old = readManifest(filepath.Join(out, ManifestName))
	return p, nil
}

// Resolve gives the absolute path that a path leads to through links, also when
// nothing is there yet.
func Resolve(name string) (string, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	dir, err := Resolve(filepath.Dir(name))
	if err != nil {
		return "", err
	}
	target, err := os.Readlink(name)
	switch {
	case err != nil:
		return filepath.Join(dir, filepath.Base(name)), nil
	case filepath.IsAbs(target):
		return Resolve(target)
	}
	return Resolve(filepath.Join(dir, target))
}

// Close releases the folder.
func (p *Publisher) Close() error {
	os.Remove(p.lock.Name())
	return p.lock.Close()
}

// sibling names a hidden file or folder next to the site.
func (p *Publisher) sibling(what string) string {
	return filepath.Join(filepath.Dir(p.out), "."+filepath.Base(p.out)+"."+what)
}

// recover restores the old site if swapByRenaming was interrupted, removes unfinished
// trees and finds free names for the new ones.
func (p *Publisher) recover() error {
	if _, err := os.Lstat(p.out); errors.Is(err, fs.ErrNotExist) {
		last := ""
		for name := range p.numbered("gammel") {
			if _, err := os.Lstat(name); err != nil {
				break
			}
			last = name
		}
		if last != "" {
			if err := os.Rename(last, p.out); err != nil {
				return fmt.Errorf("restoring the old site: %w", err)
			}
		}
	}
	var err error
	if p.dir, err = p.free("ny"); err == nil {
		p.spare, err = p.free("gammel")
	}
	return err
}

// numbered gives the names that a sibling may have: .public.ny, .public.ny2, …
func (p *Publisher) numbered(what string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i, n := 1, ""; i < 100 && yield(p.sibling(what+n)); n = strconv.Itoa(i) {
			i++
		}
	}
}

// free removes what earlier builds left under a sibling's names, and gives one where
// nothing is. What can't be removed, being another user's, is stepped around.
func (p *Publisher) free(what string) (string, error) {
	for name := range p.numbered(what) {
		if !p.clear(name) {
			continue
		}
		return name, nil
	}
	return "", &Refusal{p.sibling(what), "and a hundred like it could not be removed; remove them"}
}

// clear removes a tree. One that stays is told to the operator.
func (p *Publisher) clear(dir string) bool {
	if os.RemoveAll(dir) == nil {
		return true
	}
	filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() {
			os.Chmod(name, 0o700) // to remove what is in a folder that may not be written
		}
		return nil
	})
	if os.RemoveAll(dir) == nil {
		return true
	}
	if !slices.Contains(p.leftovers, dir) {
		p.leftovers = append(p.leftovers, dir)
	}
	return false
}

// UpToDate reports whether the site was built from input with this sum and its
// files are as they were written.
func (p *Publisher) UpToDate(sum [sha256.Size]byte) (Report, bool) {
	if p.old.sum != hex.EncodeToString(sum[:]) || len(p.old.files) == 0 {
		return Report{}, false
	}
	r := Report{UpToDate: true, Files: len(p.old.files), Warnings: p.old.warnings, Leftovers: p.leftovers}
	names := make([]string, 0, len(p.old.files))
	for name := range p.old.files {
		names = append(names, name)
	}
	var mu sync.Mutex
	ok := true
	inParallel(chunks(names, 512), func(_ int, list []string) {
		for _, name := range list {
			if !p.intact(name, p.old.files[name]) {
				mu.Lock()
				ok = false
				mu.Unlock()
				return
			}
		}
	})
	for _, f := range p.old.files {
		r.Bytes += f.size
	}
	return r, ok
}

func chunks[T any](list []T, n int) [][]T { return slices.Collect(slices.Chunk(list, n)) }

// editions lists the editions of the last build: slugs, and "" for the national one.
func (p *Publisher) editions() []string {
	var out []string
	for name, f := range p.old.files {
		if path.Base(name) == "index.html" && name == path.Join(dirOf(slugOf(name)), "index.html") && p.intact(name, f) {
			out = append(out, slugOf(name))
		}
	}
	slices.Sort(out)
	return out
}

// unchanged lists the editions of a site that the last build made from the same, with
// their files as they were written.
func (p *Publisher) unchanged(slugs []string, sum func(slug string) string) []string {
	same := map[string]bool{}
	for _, slug := range slugs {
		same[slug] = p.old.editions[slug].sum == sum(slug)
	}
	for name, f := range p.old.files {
		if slug := slugOf(name); same[slug] && !p.intact(name, f) {
			same[slug] = false
		}
	}
	return slices.DeleteFunc(slices.Clone(slugs), func(slug string) bool { return !same[slug] })
}

func (p *Publisher) intact(name string, f record) bool {
	info, err := os.Lstat(filepath.Join(p.out, filepath.FromSlash(name)))
	return err == nil && info.Mode().IsRegular() && info.Size() == f.size && info.ModTime().UnixNano() == f.time
}

// batches lists the files of a site, one edition at a time, so that an edition's
// pages can be freed when they are written. It is safe for concurrent use.
type batches interface {
	slugs() []string
	files(slug string) []Output
	leaves(slug string) bool // the edition's files of the last build stay
	made(slug string) made   // what an edition that is not left was made from; else nothing
	failed() bool            // the site must not be published
	warnings() int
}

// Publish writes the site, or leaves the old one when b has failed. after may be
// nil; it is called with the new tree's folder before the swap, to add files that
// are made from finished pages.
func (p *Publisher) Publish(ctx context.Context, sum [sha256.Size]byte, b batches,
	after func(dir string, w *Tree) error) (Report, error) {
	w := &Tree{pub: p, dir: p.dir, made: map[string]bool{},
		now: manifest{files: make(map[string]record, len(p.old.files)), editions: map[string]made{}}}
	done := false
	defer func() {
		if !done {
			p.clear(w.dir)
		}
	}()
	if err := w.begin(); err != nil {
		return Report{}, fmt.Errorf("making the new site: %w", err)
	}
	if err := w.writeAll(ctx, b); err != nil || b.failed() {
		return Report{}, err
	}
	if after != nil {
		if err := after(w.dir, w); err != nil {
			return Report{}, err
		}
	}
	if err := w.carryOver(b); err != nil {
		return Report{}, err
	}
	report := w.report(b.warnings())
	for _, slug := range b.slugs() {
		if m := b.made(slug); m.sum != "" {
			w.now.editions[slug] = m
		}
	}
	for slug, m := range p.old.editions {
		if b.leaves(slug) {
			w.now.editions[slug] = m
		}
	}
	w.now.sum, w.now.warnings = hex.EncodeToString(sum[:]), report.Warnings
	if err := w.now.write(filepath.Join(w.dir, ManifestName)); err != nil {
		return Report{}, err
	}
	if err := w.keepFolders(); err != nil {
		return Report{}, err
	}
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	if err := swap(w.dir, p.out, p.spare); err != nil {
		return Report{}, fmt.Errorf("swapping in the new site: %w", err)
	}
	done = true
	p.clear(w.dir)
	p.clear(p.spare)
	report.Leftovers = p.leftovers
	return report, nil
}

// swapByRenaming moves the old tree to spare and the new one to out. If it is
// interrupted in between, the next build restores the old tree; see recover.
func swapByRenaming(dir, out, spare string) error {
	if err := os.Rename(out, spare); err != nil {
		return err
	}
	if err := os.Rename(dir, out); err != nil {
		return errors.Join(err, os.Rename(spare, out))
	}
	return nil
}
