package build

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// Tree is the new site while it is being written.
type Tree struct {
	pub *Publisher
	dir string

	mu      sync.Mutex
	made    map[string]bool // folders that exist
	kept    []oldFolder     // folders of the old site
	now     manifest
	written int
	bytes   int64
	err     error
}

// writeAll writes the editions in parallel, one per core.
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

// batch writes one edition's files. It reuses buf and returns it.
func (w *Tree) batch(ctx context.Context, files []Output, buf []byte) []byte {
	records := make(map[string]record, len(files))
	written, size := 0, int64(0)
	var fault error
	for _, f := range files {
		if f.From != "" {
			continue // a PDF, which is printed from the finished page
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
			continue // optional and empty
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

// put links an unchanged file into the tree, or writes it. It reuses buf and returns it.
func (w *Tree) put(f Output, buf []byte) (record, bool, []byte, error) {
	to := filepath.Join(w.dir, filepath.FromSlash(f.Path))
	if err := w.folder(filepath.Dir(to)); err != nil {
		return record{}, false, buf, err
	}
	c := f.Open()
	key := c.name()
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

// Link hard-links a file of the last build into the tree if its key is the same.
func (w *Tree) Link(name, key string) (record, bool) {
	old, ok := w.pub.old.files[name]
	if !ok || old.key != key || !w.pub.intact(name, old) {
		return record{}, false
	}
	from, to := filepath.Join(w.pub.out, filepath.FromSlash(name)), filepath.Join(w.dir, filepath.FromSlash(name))
	if os.Link(from, to) == nil {
		return old, true
	}
	return record{}, false
}

// Add records a file that somebody else wrote into the tree.
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

// Keep records a file of the last build that is linked into the tree.
func (w *Tree) Keep(name string, r record) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now.files[name] = r
	w.bytes += r.size
}

// folder creates a folder of the tree, once.
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

func (w *Tree) report(warnings int) Report {
	r := Report{Files: len(w.now.files), Bytes: w.bytes, Written: w.written, Warnings: warnings}
	for name := range w.pub.old.files {
		if _, ok := w.now.files[name]; !ok {
			r.Removed++
		}
	}
	return r
}
