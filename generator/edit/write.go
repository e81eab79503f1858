package edit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// Writing. Several files are written all or none: their new bytes first stand beside them
// under other names, then a list of what is to happen is written, and then they take the
// files' places. A process that is killed after the list is finished when the desk is
// opened again; one that is killed before has changed nothing.

// todo is a file that is to get new bytes.
type todo struct {
	Name string // in content/
	Temp string // that holds the bytes; "" for a file that is to go
}

// listName is the list of what is to happen. Nothing reads hidden files as content.
const listName = ".haandbog-ret.tmp"

// errChanged means that somebody else wrote a file at this very moment.
var errChanged = refusal("Filen er ændret af et andet program lige nu. Prøv igen.")

// write gives files their new bytes if they still have those in was.
func (d *Desk) write(files, was candidate) error {
	root, err := os.OpenRoot(d.root + "/content")
	if err != nil {
		return fmt.Errorf("opening the content: %w", err)
	}
	defer root.Close()
	var list []todo
	drop := func() {
		for _, x := range list {
			if x.Temp != "" {
				root.Remove(x.Temp)
			}
		}
	}
	for _, name := range sortedNames(files) {
		short := strings.TrimPrefix(name, contentDir)
		mode, err := d.writable(root, short)
		if err == nil {
			if now, err := d.read(name); string(now) != string(was[name]) || errors.Is(err, fs.ErrNotExist) != (was[name] == nil) {
				drop()
				return errChanged
			}
			x := todo{Name: short}
			if files[name] != nil {
				x.Temp, err = beside(root, short, files[name], mode)
			}
			list = append(list, x)
		}
		if err != nil {
			drop()
			return fmt.Errorf("writing %s: %w", name, err)
		}
	}
	if len(list) > 1 {
		if err := putList(root, list); err != nil {
			drop()
			return fmt.Errorf("writing the list of files: %w", err)
		}
		defer root.Remove(listName)
	}
	return replace(root, list, was, drop)
}

// replace moves the new files into place, and the old bytes back when one can't be.
func replace(root *os.Root, list []todo, was candidate, drop func()) error {
	for i, x := range list {
		err := take(root, x)
		if err == nil {
			continue
		}
		drop()
		for _, done := range list[:i] {
			old := was[contentDir+done.Name]
			back := todo{Name: done.Name}
			var err2 error
			if old != nil {
				back.Temp, err2 = beside(root, done.Name, old, 0o644)
			}
			err = errors.Join(err, err2)
			if err2 == nil {
				err = errors.Join(err, take(root, back))
			}
		}
		return fmt.Errorf("writing %s: %w", x.Name, err)
	}
	return nil
}

func take(root *os.Root, x todo) error {
	if x.Temp != "" {
		return root.Rename(x.Temp, x.Name)
	}
	err := root.Remove(x.Name)
	if err == nil {
		for dir := path.Dir(x.Name); dir != "." && root.Remove(dir) == nil; dir = path.Dir(dir) {
		} // a folder goes with its last file
	}
	return err
}

// writable tells the mode that a file is to keep, and refuses what is no regular file.
func (d *Desk) writable(root *os.Root, name string) (fs.FileMode, error) {
	info, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0o644, root.MkdirAll(path.Dir(name), 0o755)
	case err != nil:
		return 0, err
	case !info.Mode().IsRegular():
		return 0, refusal("Der kan kun skrives i almindelige filer, og " + name + " er ikke en.")
	}
	if f, err := root.OpenFile(name, os.O_WRONLY, 0); err == nil {
		f.Close()
	} else {
		return 0, err // it is write-protected, which a rename would not mind
	}
	return info.Mode().Perm(), nil
}

// beside writes a file's new bytes under another name in its folder.
func beside(root *os.Root, name string, data []byte, mode fs.FileMode) (string, error) {
	for i := range 100 {
		temp := path.Join(path.Dir(name), fmt.Sprintf(".%s-%d-%d.tmp", path.Base(name), os.Getpid(), i))
		f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.Write(data)
		err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
		if err != nil {
			root.Remove(temp)
		}
		return temp, err
	}
	return "", fs.ErrExist
}

// putList writes what is to happen, all of it or nothing.
func putList(root *os.Root, list []todo) error {
	data, err := json.Marshal(list)
	if err != nil {
		return err
	}
	temp, err := beside(root, listName, data, 0o644)
	if err != nil {
		return err
	}
	return root.Rename(temp, listName)
}

// resume finishes what a killed process had begun.
func resume(dir string) {
	root, err := os.OpenRoot(dir + "/content")
	if err != nil {
		return
	}
	defer root.Close()
	data, err := root.ReadFile(listName)
	if err != nil {
		return
	}
	var list []todo
	if json.Unmarshal(data, &list) == nil {
		for _, x := range list {
			_, err := root.Lstat(x.Temp)
			if x.Temp == "" || err == nil {
				take(root, x)
			}
		}
	}
	root.Remove(listName)
}

func sortedNames[T any](files map[string]T) []string { return slices.Sorted(maps.Keys(files)) }

// exists reports whether there is anything of that name.
func (d *Desk) exists(name string) bool {
	_, err := d.read(name)
	return !errors.Is(err, fs.ErrNotExist)
}
