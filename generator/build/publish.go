package build

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
)

// Publishing is safe. The new site is made in a folder beside the old one and
// swapped in when it is whole, so that readers see the old site or the new one
// and a killed build leaves the old one standing. A file whose key is the same
// as in the last build is not written again but linked into the new tree. Only
// files that an earlier build wrote, by its own list, are ever left out of the
// new tree; what others put into the folder moves along.

// Report tells what Publish did.
type Report struct {
	UpToDate bool // nothing had changed; nothing was touched
	Files    int
	Bytes    int64
	Written  int // files whose bytes are new
	Removed  int // files of the last build that this one doesn't have
	Warnings int // of the build that wrote the site
}

// manifestName is the list of what the generator wrote, in the site's root.
const manifestName = ".haandbog-filer"

// ForeignError tells that a file of somebody else's stands where the site would
// have one of its own.
type ForeignError struct{ Path string }

func (e *ForeignError) Error() string {
	return e.Path + " was not written by haandbog; move it away, or build into another folder"
}

// Publisher writes one site into a folder.
type Publisher struct {
	out  string
	lock *os.File
	old  manifest
}

// ErrBusy tells that another build is writing to the same folder.
var ErrBusy = errors.New("another build is writing to this folder")

// NewPublisher locks the folder, clears what a killed build left behind and
// reads the last build's list. Close it when done.
func NewPublisher(out string) (*Publisher, error) {
	out, err := filepath.Abs(out)
	if err != nil {
		return nil, err
	}
	if target, err := filepath.EvalSymlinks(out); err == nil {
		out = target // swap what the link leads to, not the link
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return nil, fmt.Errorf("making the folder around %s: %w", out, err)
	}
	p := &Publisher{out: out}
	if p.lock, err = lockFile(p.beside("laas")); err != nil {
		return nil, err
	}
	if err := p.recover(); err != nil {
		p.Close()
		return nil, err
	}
	p.old = readManifest(filepath.Join(out, manifestName))
	return p, nil
}

// Close releases the folder.
func (p *Publisher) Close() error {
	os.Remove(p.lock.Name())
	return p.lock.Close()
}

// beside names a hidden file or folder next to the site.
func (p *Publisher) beside(what string) string {
	return filepath.Join(filepath.Dir(p.out), "."+filepath.Base(p.out)+"."+what)
}

// recover removes an unfinished tree, and puts the old site back if a swap
// without the kernel's help was cut off half-way.
func (p *Publisher) recover() error {
	if _, err := os.Lstat(p.out); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(p.beside("gammel")); err == nil {
			if err := os.Rename(p.beside("gammel"), p.out); err != nil {
				return fmt.Errorf("restoring the old site: %w", err)
			}
		}
	}
	for _, dir := range []string{p.beside("ny"), p.beside("gammel")} {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("clearing an unfinished build: %w", err)
		}
	}
	return nil
}

// UpToDate reports whether the site was made from input with this sum and all
// its files stand as they were written.
func (p *Publisher) UpToDate(sum [sha256.Size]byte) (Report, bool) {
	if p.old.sum != hex.EncodeToString(sum[:]) || len(p.old.files) == 0 {
		return Report{}, false
	}
	r := Report{UpToDate: true, Files: len(p.old.files), Warnings: p.old.warnings}
	names := make([]string, 0, len(p.old.files))
	for name := range p.old.files {
		names = append(names, name)
	}
	var mu sync.Mutex
	ok := true
	inParallel(chunks(names, 512), func(_ int, list []string) {
		for _, name := range list {
			if !p.stands(name, p.old.files[name]) {
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

func (p *Publisher) stands(name string, f record) bool {
	info, err := os.Lstat(filepath.Join(p.out, filepath.FromSlash(name)))
	return err == nil && info.Mode().IsRegular() && info.Size() == f.size && info.ModTime().UnixNano() == f.time
}

// batches gives the files of a site, one edition at a time, so that an
// edition's pages need not outlive their writing. It is asked from several
// goroutines.
type batches interface {
	slugs() []string
	files(slug string) []Output
	failed() bool // something is wrong: the site must not be published
	warnings() int
}

// Publish writes the site, or leaves the old one when b has failed. after, when
// not nil, is called with the new tree's folder before the swap, to add what is
// made from finished pages.
func (p *Publisher) Publish(ctx context.Context, sum [sha256.Size]byte, b batches, after func(dir string, w *Tree) error) (Report, error) {
	w := &Tree{pub: p, dir: p.beside("ny"), made: map[string]bool{}, now: manifest{files: map[string]record{}}}
	done := false
	defer func() {
		if !done {
			os.RemoveAll(w.dir)
		}
	}()
	if err := os.Mkdir(w.dir, 0o755); err != nil {
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
	if err := w.carry(); err != nil {
		return Report{}, err
	}
	report := w.report(b.warnings())
	w.now.sum, w.now.warnings = hex.EncodeToString(sum[:]), report.Warnings
	if err := w.now.write(filepath.Join(w.dir, manifestName)); err != nil {
		return Report{}, err
	}
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	if err := swap(w.dir, p.out, p.beside("gammel")); err != nil {
		return Report{}, fmt.Errorf("swapping in the new site: %w", err)
	}
	done = true
	return report, errors.Join(os.RemoveAll(w.dir), os.RemoveAll(p.beside("gammel")))
}

// Tree is the new site while it is made.
type Tree struct {
	pub *Publisher
	dir string

	mu      sync.Mutex
	made    map[string]bool // folders
	now     manifest
	written int
	bytes   int64
	err     error
}

// writeAll writes the editions on all cores, one edition a core at a time.
func (w *Tree) writeAll(ctx context.Context, b batches) error {
	var wg sync.WaitGroup
	work := make(chan string)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			var buf []byte
			for slug := range work {
				if files := b.files(slug); w.failed() == nil {
					buf = w.batch(ctx, files, buf)
				}
			}
		})
	}
	for _, slug := range b.slugs() {
		if ctx.Err() != nil {
			break
		}
		work <- slug
	}
	close(work)
	wg.Wait()
	return cmp.Or(w.failed(), ctx.Err())
}

func (w *Tree) failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// batch writes one edition's files through buf, and gives buf back.
func (w *Tree) batch(ctx context.Context, files []Output, buf []byte) []byte {
	records := make(map[string]record, len(files))
	written, size := 0, int64(0)
	var fault error
	for _, f := range files {
		if f.From != "" {
			continue // made from finished pages, later
		}
		if fault = ctx.Err(); fault != nil {
			break
		}
		if _, twice := records[f.Path]; twice {
			fault = fmt.Errorf("two files have the address %s", f.Path)
			break
		}
		var r record
		var isNew bool
		r, isNew, buf, fault = w.put(f, buf)
		if fault != nil {
			break
		}
		if r.key == "" {
			continue // optional, and not wanted
		}
		records[f.Path] = r
		size += r.size
		if isNew {
			written++
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for name, r := range records {
		w.now.files[name] = r
	}
	w.written += written
	w.bytes += size
	w.err = cmp.Or(w.err, fault)
	return buf
}

// put links an unchanged file into the tree, or writes it.
func (w *Tree) put(f Output, buf []byte) (record, bool, []byte, error) {
	to := filepath.Join(w.dir, filepath.FromSlash(f.Path))
	if err := w.folder(filepath.Dir(to)); err != nil {
		return record{}, false, buf, err
	}
	c := f.Open()
	key := hex.EncodeToString(c.Key[:16])
	if old, ok := w.Link(f.Path, key); ok {
		return old, false, buf, nil
	}
	buf = c.Append(buf[:0])
	if len(buf) == 0 && f.Optional {
		return record{}, false, buf, nil
	}
	r, err := writeFile(to, buf, key)
	return r, true, buf, err
}

// Link takes a file of the last build over when its key is the same.
func (w *Tree) Link(name, key string) (record, bool) {
	old, ok := w.pub.old.files[name]
	if !ok || old.key != key || !w.pub.stands(name, old) {
		return record{}, false
	}
	from, to := filepath.Join(w.pub.out, filepath.FromSlash(name)), filepath.Join(w.dir, filepath.FromSlash(name))
	if os.Link(from, to) == nil {
		return old, true
	}
	return record{}, false
}

// Add tells of a file that was made in the tree from finished pages.
func (w *Tree) Add(name, key string) error {
	info, err := os.Stat(filepath.Join(w.dir, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now.files[name] = record{key, info.Size(), info.ModTime().UnixNano()}
	w.written++
	w.bytes += info.Size()
	return nil
}

// Keep tells of a file that Link took over.
func (w *Tree) Keep(name string, r record) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now.files[name] = r
	w.bytes += r.size
}

// folder makes a folder of the new tree, once.
func (w *Tree) folder(dir string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.makeFolder(dir)
}

func (w *Tree) makeFolder(dir string) error {
	if dir == w.dir || w.made[dir] {
		return nil
	}
	if err := w.makeFolder(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return fmt.Errorf("making the new site: %w", err)
	}
	w.made[dir] = true
	return nil
}

// carry brings along what others put into the old site, and refuses to write
// over it.
func (w *Tree) carry() error {
	err := filepath.WalkDir(w.pub.out, func(from string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(w.pub.out, from)
		if err != nil || rel == "." || rel == manifestName {
			return err
		}
		name := filepath.ToSlash(rel)
		if d.IsDir() {
			return nil
		}
		if _, ours := w.pub.old.files[name]; ours {
			return nil
		}
		if _, taken := w.now.files[name]; taken {
			return &ForeignError{from}
		}
		to := filepath.Join(w.dir, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(from)
			if err != nil {
				return err
			}
			return os.Symlink(target, to)
		}
		if os.Link(from, to) == nil {
			return nil
		}
		return copyFile(from, to)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil // the first build
	}
	return err
}

func copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(dst, src); err != nil {
		dst.Close()
		return err
	}
	return dst.Close()
}

func (w *Tree) report(warnings int) Report {
	r := Report{Files: len(w.now.files), Bytes: w.bytes, Written: w.written, Warnings: warnings}
	for name := range w.pub.old.files {
		if _, ok := w.now.files[name]; !ok {
			r.Removed++
		}
	}
	return r
}

// swapByRenaming moves the old tree to spare and the new one into its place.
// Cut off in between, the next build puts the old tree back.
func swapByRenaming(dir, out, spare string) error {
	if err := os.Rename(out, spare); err != nil {
		return err
	}
	if err := os.Rename(dir, out); err != nil {
		return errors.Join(err, os.Rename(spare, out))
	}
	return nil
}
