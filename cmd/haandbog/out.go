package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"modelhaandbog/generator/build"
)

// checkOut refuses to publish over what the site is made from, and over folders that
// hold all of a person's or a machine's files. Links are followed.
func checkOut(dir, out string) error {
	to, err := build.Resolve(out)
	if err != nil {
		return nil // a fault of the machine's, which publishing tells
	}
	root, err := build.Resolve(dir)
	if err != nil {
		return err
	}
	if info, err := os.Stat(to); err == nil && !info.IsDir() {
		return fmt.Errorf("--out %s is a file", out)
	}
	if filepath.Dir(to) == to {
		return fmt.Errorf("--out %s is the root of the machine's files", out)
	}
	if within(root, to) {
		return fmt.Errorf("--out %s would replace the site's own folder", out)
	}
	for _, own := range sources(root) {
		name, err := filepath.Rel(root, own)
		if err != nil {
			return err
		}
		real, err := build.Resolve(own)
		switch {
		case err != nil: // told with the content
		case within(to, real):
			return fmt.Errorf("--out %s lies inside %s/, which the site is made from", out, name)
		case within(real, to):
			return fmt.Errorf("--out %s holds %s/, which the site is made from", out, name)
		}
	}
	if home, err := os.UserHomeDir(); err == nil && within(home, to) ||
		slices.Contains([]string{"/home", "/Users"}, filepath.Dir(to)) && exists(to) {
		return fmt.Errorf("--out %s is or holds a home folder; name a folder in it", out)
	}
	if above := filepath.Dir(to); filepath.Dir(above) == above && !ours(to) {
		return fmt.Errorf("--out %s is a folder of the machine's; name a folder in it", out)
	}
	for _, mark := range []string{".git", ".hg", ".svn"} {
		if exists(filepath.Join(to, mark)) {
			return fmt.Errorf("--out %s is a working tree with %s; name a folder in it", out, mark)
		}
	}
	return nil
}

// sources lists the folders that a site is made from, also those that links in content/
// lead to. A link to a folder around the site is told with the content.
func sources(root string) []string {
	content := filepath.Join(root, "content")
	out := []string{content, filepath.Join(root, "layouts"), filepath.Join(root, "assets")}
	filepath.WalkDir(content, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type()&fs.ModeSymlink != 0 && !within(root, name) {
			out = append(out, name)
		}
		return nil
	})
	return out
}

// within reports whether a path is a folder or lies below it, whatever it is called:
// through links and mounts, and where case doesn't matter.
func within(name, dir string) bool {
	there, none := os.Stat(dir)
	for {
		if info, err := os.Stat(name); name == dir || err == nil && none == nil && os.SameFile(info, there) {
			return true
		}
		if name == filepath.Dir(name) {
			return false
		}
		name = filepath.Dir(name)
	}
}

// ours reports whether a folder is empty, not there, or published by an earlier build.
func ours(dir string) bool {
	list, err := os.ReadDir(dir)
	return errors.Is(err, fs.ErrNotExist) || err == nil && len(list) == 0 || exists(filepath.Join(dir, build.ManifestName))
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
