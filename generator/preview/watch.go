package preview

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fsnotify/fsnotify"

	"modelhaandbog/generator/build"
)

// watch tells that something may have changed below some directories. What an
// event says is trusted as little as possible: files made in a new directory
// come without events, and a renamed directory's children keep their old names.
// So an event only means "build again", and whenever directories came or went
// the whole watch is made anew.
type watch struct {
	dirs  []string        // as the site gave them
	over  map[string]bool // directories on the way to one of dirs, watched for its coming
	inner map[string]bool // directories whose entries count; true when those below are watched too
	root  string          // the site's root, of which every entry counts, or ""
	fs    *fsnotify.Watcher
}

// newWatch watches all directories at and below dirs, those that symbolic links
// below lead to, and for a directory that does not exist the nearest that does.
// The error is the system's, such as ENOSPC when its watches are used up.
func newWatch(dirs []string, root string) (*watch, error) {
	fs, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("starting to watch: %w", err)
	}
	w := &watch{dirs: slices.Clone(dirs), over: map[string]bool{}, inner: map[string]bool{}, root: root, fs: fs}
	for _, dir := range dirs {
		err = w.add(filepath.Clean(dir))
		if err != nil {
			break
		}
	}
	if err == nil && root != "" && !w.within(root) && !w.over[root] {
		err = w.addOne(root)
	}
	if err != nil {
		fs.Close()
		return nil, err
	}
	return w, nil
}

// add watches dir, everything below it, and the nearest directory above it that
// exists, where its removal and its return are seen.
func (w *watch) add(dir string) error {
	for above := filepath.Dir(dir); ; above = filepath.Dir(above) {
		if info, err := os.Stat(above); err == nil && info.IsDir() {
			w.over[above] = true
			if err := w.addOne(above); err != nil {
				return err
			}
			break
		}
		if above == filepath.Dir(above) {
			break
		}
	}
	return w.addTree(dir)
}

// addTree watches dir first and reads it afterwards: what comes in between is
// seen twice rather than never.
func (w *watch) addTree(dir string) error {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil || w.inner[real] {
		return nil
	}
	if info, err := os.Stat(real); err != nil || !info.IsDir() {
		return nil
	}
	w.inner[real] = true
	if err := w.addOne(real); err != nil {
		return err
	}
	entries, err := os.ReadDir(real)
	if err != nil {
		return nil // it has gone, or the site will say why it can't be read
	}
	for _, entry := range entries {
		path := filepath.Join(real, entry.Name())
		switch {
		case build.Temporary(entry.Name()):
		case entry.IsDir():
			err = w.addTree(path)
		case entry.Type()&os.ModeSymlink != 0:
			err = w.addLink(path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addLink watches what a symbolic link leads to: a directory with all below it,
// or the directory of a file.
func (w *watch) addLink(path string) error {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil
	}
	info, err := os.Stat(real)
	switch {
	case err != nil:
		return nil
	case info.IsDir() && w.leadsTo(real):
		return nil // a way back up
	case info.IsDir():
		return w.addTree(real)
	}
	dir := filepath.Dir(real)
	if !w.within(dir) {
		w.inner[dir] = false
	}
	return w.addOne(dir)
}

func (w *watch) addOne(dir string) error {
	err := w.fs.Add(dir)
	if err == nil || os.IsNotExist(err) || os.IsPermission(err) {
		return nil
	}
	return fmt.Errorf("watching %s: %w", dir, err)
}

// close ends the watch. Events that were not read are lost.
func (w *watch) close() {
	if w != nil {
		w.fs.Close()
	}
}

// judge says what an event means: whether to build again, and whether
// directories may have come or gone. Permissions count only while something is
// broken: they may be what mends it, and else some programs change them all day.
func (w *watch) judge(event fsnotify.Event, broken bool) (relevant, structural bool) {
	if event.Op == fsnotify.Chmod && !broken || build.Temporary(filepath.Base(event.Name)) {
		return false, false
	}
	name := filepath.Clean(event.Name)
	if w.within(name) || w.over[name] || w.leadsTo(name) {
		// A watched directory itself: written to says nothing, anything else does.
		return true, event.Op != fsnotify.Write
	}
	if dir := filepath.Dir(name); !w.within(dir) && dir != w.root {
		return false, false // beside one of dirs
	}
	if event.Has(fsnotify.Create) || event.Has(fsnotify.Chmod) {
		info, err := os.Lstat(name)
		structural = err == nil && (info.IsDir() || info.Mode()&os.ModeSymlink != 0)
	}
	return true, structural
}

func (w *watch) within(dir string) bool {
	_, ok := w.inner[dir]
	return ok
}

// leadsTo reports whether a path is one of dirs or above one.
func (w *watch) leadsTo(path string) bool {
	below := strings.TrimSuffix(path, string(filepath.Separator)) + string(filepath.Separator)
	return slices.ContainsFunc(w.dirs, func(dir string) bool { return dir == path || strings.HasPrefix(dir, below) })
}
