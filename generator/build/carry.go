package build

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"syscall"
)

// What others put into the published folder keeps its bytes, owner, group, mode, times
// and extended attributes. A file is linked, and a folder is made again; what can't be
// kept is refused.

// oldFolder is a folder of the old site and its path in the new tree.
type oldFolder struct {
	name, from, to string
	info           fs.FileInfo
	ours           bool // its owner may change
}

// begin makes the tree's folder, as open to others as the old site's, so that what is
// made in it gets the same group and access list.
func (w *Tree) begin() error {
	old, err := os.Stat(w.pub.out)
	if err != nil {
		return os.Mkdir(w.dir, 0o755)
	}
	if err := os.Mkdir(w.dir, 0o700); err != nil {
		return err
	}
	uid, gid := owner(old)
	os.Chown(w.dir, uid, gid) // keepFolders tells what can't be kept
	keepExtended(w.pub.out, w.dir)
	return os.Chmod(w.dir, old.Mode()|0o700)
}

// carryOver links what others put into the old site into the tree, and the editions
// that b leaves. It returns a *Refusal when the site has a file at the same path.
func (w *Tree) carryOver(b batches) error {
	ours := foldersOf(w.pub.old)
	return filepath.WalkDir(w.pub.out, func(from string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && from == w.pub.out {
			return nil // the first build
		}
		if err != nil {
			return lost(from, err)
		}
		rel, err := filepath.Rel(w.pub.out, from)
		if err != nil || rel == ManifestName {
			return err
		}
		name, to := filepath.ToSlash(rel), filepath.Join(w.dir, rel)
		old, wrote := w.pub.old.files[name]
		_, taken := w.now.files[name]
		if !d.IsDir() && wrote && (taken || !b.leaves(slugOf(name))) {
			return nil
		}
		if wrote && d.Type().IsRegular() && !w.made[to] { // nearly all are, and linked without a look
			if err := w.folder(filepath.Dir(to)); err != nil {
				return err
			}
			if os.Link(from, to) == nil {
				w.Keep(name, old)
				return nil
			}
		}
		info, err := d.Info()
		if err != nil {
			return lost(from, err)
		}
		switch {
		case taken, !d.IsDir() && w.made[to]:
			return &Refusal{from, "was not written by haandbog; move it away, or build into another folder"}
		case d.IsDir():
			return w.carryFolder(oldFolder{name, from, to, info, ours[name]})
		case wrote:
			w.Keep(name, old)
		}
		if err := w.folder(filepath.Dir(to)); err != nil {
			return err
		}
		if err := carry(from, to, info, wrote); err != nil {
			return lost(from, err)
		}
		return nil
	})
}

// carryFolder makes a folder of others, also an empty one. One of ours is made when
// something is put into it.
func (w *Tree) carryFolder(f oldFolder) error {
	if f.name != "." && isMount(f.from, w.pub.out) {
		return &Refusal{f.from, "is a mount point, which would be lost with the old site; " +
			"mount it outside, or build into another folder"}
	}
	w.kept = append(w.kept, f)
	if f.ours || f.name == "." || w.made[f.to] {
		return nil
	}
	if err := w.folder(filepath.Dir(f.to)); err != nil {
		return err
	}
	w.made[f.to] = true
	return os.Mkdir(f.to, f.info.Mode().Perm()|0o700)
}

// keepFolders gives the folders of the old site their owner, mode and, where the site
// put nothing into them, time. It is the last to touch the tree.
func (w *Tree) keepFolders() error {
	written := foldersOf(w.now)
	for _, f := range slices.Backward(w.kept) {
		if f.name != "." && !w.made[f.to] {
			continue
		}
		timed := !f.ours && f.name != "." && !written[f.name]
		if err := keepAttributes(f.from, f.to, f.info, timed); err != nil && !f.ours {
			return lost(f.from, err)
		}
	}
	return nil
}

// carry puts a file of the old site into the tree. The owner of one of ours may change.
func carry(from, to string, info fs.FileInfo, ours bool) error {
	link := os.Link(from, to)
	if now, err := os.Lstat(to); link == nil && err == nil && os.SameFile(info, now) {
		return nil
	}
	os.Remove(to) // a link to what a link leads to, on some systems
	switch {
	case errors.Is(link, syscall.EXDEV):
		return link
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		if err := os.Symlink(target, to); err != nil {
			return err
		}
	case info.Mode().IsRegular():
		if err := copyFile(from, to); err != nil {
			return err
		}
	default:
		return link
	}
	if err := keepAttributes(from, to, info, true); !ours {
		return err
	}
	return os.Chtimes(to, info.ModTime(), info.ModTime()) // as the manifest has it
}

// keepAttributes gives a file or folder the owner, mode, extended attributes and, if
// timed, modification time of another. Of a symbolic link it is only the owner.
func keepAttributes(from, to string, want fs.FileInfo, timed bool) error {
	now, err := os.Lstat(to)
	if err != nil {
		return err
	}
	uid, gid := owner(want)
	if u, g := owner(now); u != uid || g != gid {
		if err := os.Lchown(to, uid, gid); err != nil {
			return fmt.Errorf("it belongs to user %d, group %d: %w", uid, gid, syscall.EPERM)
		}
	}
	if want.Mode()&fs.ModeSymlink != 0 {
		return nil
	}
	if err := os.Chmod(to, want.Mode()|0o200); err != nil { // attributes ask to be let in
		return err
	}
	if err := keepExtended(from, to); err != nil {
		return err
	}
	if err := os.Chmod(to, want.Mode()); err != nil {
		return err
	}
	if timed {
		err = os.Chtimes(to, want.ModTime(), want.ModTime())
	}
	if now, statErr := os.Lstat(to); statErr == nil && now.Mode() != want.Mode() {
		return fmt.Errorf("its mode %v can't be set", want.Mode())
	}
	return err
}

// foldersOf gives the folders that a site's files are in, but for the site's own.
func foldersOf(m manifest) map[string]bool {
	in := map[string]bool{}
	for name := range m.files {
		for dir := path.Dir(name); dir != "." && !in[dir]; dir = path.Dir(dir) {
			in[dir] = true
		}
	}
	return in
}

// lost refuses to publish without what others put at a path.
func lost(name string, err error) error {
	var full *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &full):
		err = full.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return &Refusal{name, fmt.Sprintf("cannot be kept as it is (%v); build as its owner or as root, "+
		"move it away, or build into another folder", err)}
}

// isMount reports whether a folder is mounted below another: a system that can't move
// a file from one to the other says so before it looks for the file.
func isMount(dir, above string) bool {
	const none = ".haandbog-findes-ikke"
	return errors.Is(os.Rename(filepath.Join(dir, none), filepath.Join(above, none)), syscall.EXDEV)
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
