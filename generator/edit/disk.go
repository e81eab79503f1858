package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// layered is a folder with changed bytes on top. It is what a candidate is checked in.
type layered struct {
	fs.FS
	top atomic.Pointer[layer]
}

type layer struct {
	over candidate
	when time.Time
}

// lay puts changed bytes on top, or with nil takes them away.
func (l *layered) lay(over candidate) { l.top.Store(&layer{over, time.Now()}) }

func (l *layered) over() candidate { return l.top.Load().over }

// Open gives a changed file's bytes, or the file.
func (l *layered) Open(name string) (fs.File, error) {
	data, changed := l.over()[name]
	switch {
	case changed && data == nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case changed:
		return &memory{Reader: bytes.NewReader(data), info: l.info(name)}, nil
	}
	f, err := l.FS.Open(name)
	if err != nil && l.isDir(name) {
		return &memory{Reader: bytes.NewReader(nil), info: memoryInfo{name: path.Base(name), mode: fs.ModeDir | 0o755}}, nil
	}
	return f, err
}

// sameNames reports whether changed files only stand in place of files.
func (l *layered) sameNames(over candidate) bool {
	for name, data := range over {
		if _, err := fs.Stat(l.FS, name); err != nil || data == nil {
			return false
		}
	}
	return true
}

// isDir reports whether a changed file lies under the name.
func (l *layered) isDir(name string) bool {
	for file, data := range l.over() {
		if data != nil && strings.HasPrefix(file, name+"/") {
			return true
		}
	}
	return false
}

func (l *layered) info(name string) memoryInfo {
	return memoryInfo{name: path.Base(name), size: int64(len(l.over()[name])), time: l.top.Load().when, mode: 0o644}
}

// Stat avoids opening files that are only looked at.
func (l *layered) Stat(name string) (fs.FileInfo, error) {
	if _, changed := l.over()[name]; !changed {
		if info, err := fs.Stat(l.FS, name); err == nil || !l.isDir(name) {
			return info, err
		}
	}
	f, err := l.Open(name)
	if err != nil {
		return nil, err
	}
	return f.Stat()
}

// ReadDir lists a folder with the changed files in it, sorted.
func (l *layered) ReadDir(dir string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(l.FS, dir)
	if err != nil && !l.isDir(dir) {
		return nil, err
	}
	for name, data := range l.over() {
		rest, in := strings.CutPrefix(name, dir+"/")
		if !in {
			continue
		}
		first, _, deeper := strings.Cut(rest, "/")
		i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == first })
		switch {
		case data == nil && i >= 0 && !deeper:
			entries = slices.Delete(entries, i, i+1)
		case data == nil || i >= 0:
		case deeper:
			entries = append(entries, fs.FileInfoToDirEntry(memoryInfo{name: first, mode: fs.ModeDir | 0o755}))
		default:
			entries = append(entries, fs.FileInfoToDirEntry(l.info(name)))
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// memory is a file of changed bytes.
type memory struct {
	*bytes.Reader
	info memoryInfo
}

func (m *memory) Stat() (fs.FileInfo, error) { return m.info, nil }
func (m *memory) Close() error               { return nil }

type memoryInfo struct {
	name string
	size int64
	time time.Time
	mode fs.FileMode
}

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return i.size }
func (i memoryInfo) Mode() fs.FileMode  { return i.mode }
func (i memoryInfo) ModTime() time.Time { return i.time }
func (i memoryInfo) IsDir() bool        { return i.mode.IsDir() }
func (i memoryInfo) Sys() any           { return nil }

// maxSize is the largest file that is read or written here, in bytes.
const maxSize = 1 << 20

var errTooLarge = errors.New("the file is too large")

// read gives the bytes of a regular file in content/, which no link may lead out of.
func (d *Desk) read(name string) ([]byte, error) {
	if data, changed := d.over[name]; changed {
		if data == nil {
			return nil, fs.ErrNotExist
		}
		return data, nil
	}
	root, err := d.content(name)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	name = strings.TrimPrefix(name, contentDir)
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, fmt.Errorf("%s is no regular file", name))
	}
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err == nil && len(data) > maxSize {
		err = errTooLarge
	}
	return data, err
}

const contentDir = "content/"

// content opens the folder that all files lie in. It refuses the name of a file outside.
func (d *Desk) content(name string) (*os.Root, error) {
	rest, in := strings.CutPrefix(name, contentDir)
	if !in || !fs.ValidPath(rest) {
		return nil, fmt.Errorf("%q is no file of the content", name)
	}
	root, err := os.OpenRoot(d.root + "/content")
	if err != nil {
		return nil, fmt.Errorf("opening the content: %w", err)
	}
	return root, nil
}

// list gives the names in a folder of the content, sorted; none for a missing one.
func (d *Desk) list(dir string) []string {
	names := d.onDisk(dir)
	for name, data := range d.over {
		if rest, in := strings.CutPrefix(name, dir+"/"); in && data != nil && !strings.Contains(rest, "/") {
			names = append(names, rest)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (d *Desk) onDisk(dir string) []string {
	root, err := d.content(dir + "/x")
	if err != nil {
		return nil
	}
	defer root.Close()
	f, err := root.Open(path.Clean(strings.TrimPrefix(dir+"/", contentDir)))
	if err != nil {
		return nil
	}
	defer f.Close()
	names, _ := f.Readdirnames(-1)
	return names
}
