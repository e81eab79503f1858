package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/release"
	"modelhaandbog/generator/schema"
)

// walk lists the files of the site, sorted, and reports those that nothing reads.
func (s *Site) walk() ([]string, []diag.Diag, error) {
	if info, err := fs.Stat(s.fsys, "content"); err != nil || !info.IsDir() {
		return nil, nil, ErrNoContent
	}
	var names []string
	var diags []diag.Diag
	for _, root := range []string{"content", "layouts", "assets"} {
		if _, err := fs.Stat(s.fsys, root); err != nil && root != "content" {
			continue
		}
		found := s.list(root, []string{root}, nil)
		if found.err != nil && !(errors.Is(found.err, fs.ErrNotExist) && root != "content") {
			return nil, nil, found.err
		}
		names = append(names, found.names...)
		diags = append(diags, found.diags...)
	}
	slices.Sort(names)
	for _, name := range names {
		diags = append(diags, misplaced(name)...)
	}
	return names, diags, nil
}

// maxDepth limits how deep folders nest.
const maxDepth = 16

// listing is the files below a folder.
type listing struct {
	names []string
	diags []diag.Diag // files and folders that can't be read
	err   error
}

// folder is a subfolder to list.
type folder struct {
	name string
	left *atomic.Int64 // files that may be listed through a symbolic link; nil for any number
}

// maxLinked is how many files and folders a symbolic link may lead to: one to / would
// list the whole machine.
const maxLinked = 10_000

// list lists the files below a folder, its subfolders in parallel. It follows
// symbolic links, but not to one of the folders above.
func (s *Site) list(dir string, above []string, left *atomic.Int64) listing {
	entries, err := fs.ReadDir(s.fsys, dir)
	switch {
	case left != nil && left.Add(-int64(len(entries))) < 0:
		return listing{}
	case errors.Is(err, fs.ErrPermission):
		return listing{diags: []diag.Diag{{Severity: diag.Error, Code: "ingen-adgang", Pos: diag.Pos{File: dir},
			Message: "mappen kan ikke læses, fordi der ikke er adgang til den",
			Help:    "Giv læseadgang til den, der bygger."}}}
	case err != nil:
		return listing{err: fmt.Errorf("reading %s: %w", dir, err)}
	}
	siblings := map[string]string{}
	for _, e := range slices.Backward(entries) { // sorted by name
		siblings[folded(e.Name())] = e.Name()
	}
	var all listing
	var folders []folder
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if Temporary(e.Name()) || name == release.Dir {
			continue
		}
		diags, read := checkName(dir, e.Name(), siblings)
		all.diags = append(all.diags, diags...)
		if !read {
			continue
		}
		if e.Type().IsRegular() && isParsed(name) { // read reports what is wrong with it
			all.names = append(all.names, name)
			continue
		}
		if e.IsDir() && !isParsed(name) && left == nil { // only links lead back up
			if len(above) < maxDepth {
				folders = append(folders, folder{name: name})
			}
			continue
		}
		info, err := fs.Stat(s.fsys, name) // follows symbolic links
		switch {
		case errors.Is(err, fs.ErrNotExist) && e.Type()&fs.ModeSymlink == 0:
			// deleted since
		case err != nil && e.Type()&fs.ModeSymlink != 0:
			all.diags = append(all.diags,
				diag.Diag{Severity: diag.Error, Code: "link-uden-maal", Pos: diag.Pos{File: name},
					Message: "det symbolske link kan ikke følges",
					Help:    "Slet linket, eller ret det, så det fører til en fil."})
		case errors.Is(err, fs.ErrPermission):
			all.names = append(all.names, name) // read reports it
		case err != nil:
			return listing{err: fmt.Errorf("reading %s: %w", name, err)}
		case info.IsDir() && isParsed(name):
			all.diags = append(all.diags, diag.Diag{Severity: diag.Error, Code: "mappe-som-fil",
				Pos:     diag.Pos{File: name},
				Message: "det er en mappe, og den hedder som en fil",
				Help:    "Flyt filerne ud af den, og slet den, eller giv den et navn uden " + path.Ext(name) + "."})
		case info.IsDir() && len(above) < maxDepth && !s.isOneOf(above, info):
			f := folder{name, left}
			if e.Type()&fs.ModeSymlink != 0 && left == nil {
				f.left = &atomic.Int64{}
				f.left.Store(maxLinked)
			}
			folders = append(folders, f)
		case info.Mode().IsRegular() && !isParsed(name) && leavesSite(s.fsys, name):
			all.diags = append(all.diags, leavesSiteDiag(name))
		case info.Mode().IsRegular():
			all.names = append(all.names, name)
		case !info.IsDir():
			all.diags = append(all.diags, diag.Diag{Severity: diag.Error, Code: "ingen-fil", Pos: diag.Pos{File: name},
				Message: "det er ikke en almindelig fil, og den læses ikke",
				Help:    "Slet den, eller flyt den ud af mappen."})
		}
	}
	below := make([]listing, len(folders))
	inParallel(folders, func(i int, f folder) {
		below[i] = s.list(f.name, append(slices.Clip(above), f.name), f.left)
		if f.left != left && (f.left.Load() < 0 || below[i].err != nil) {
			below[i] = listing{diags: []diag.Diag{{Severity: diag.Error, Code: "link-til-for-meget",
				Pos:     diag.Pos{File: f.name},
				Message: fmt.Sprintf("det symbolske link fører til mere end %d filer", maxLinked),
				Help:    "Lad linket føre til mappen med håndbogens filer, eller slet det."}}}
		}
	})
	return all.join(below)
}

// isOneOf reports whether a folder is one of those with the names.
func (s *Site) isOneOf(names []string, folder fs.FileInfo) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		info, err := fs.Stat(s.fsys, name)
		return err == nil && os.SameFile(info, folder)
	})
}

// join adds the listings of subfolders, except those that have been deleted.
func (l listing) join(below []listing) listing {
	for _, b := range below {
		switch {
		case errors.Is(b.err, fs.ErrNotExist):
			continue
		case b.err != nil:
			return b
		}
		l.names = append(l.names, b.names...)
		l.diags = append(l.diags, b.diags...)
	}
	return l
}

// Temporary reports whether a name is that of an editor's or a system's temporary
// file: Vim's 4913 and .swp, Emacs' #file# and .#file, backups with ~,
// JetBrains' ___jb_tmp___, Kate's and GNOME's hidden files, Helix' .bck.
func Temporary(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".swp", ".swo", ".swx", ".tmp", ".bak", ".bck", ".part", ".crdownload":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") ||
		strings.Contains(name, "___jb_") || name == "4913"
}

// unusedLayouts reports layouts for kinds of pages that there are none of.
func unusedLayouts(names []string, set *schema.Set) []diag.Diag {
	var diags []diag.Diag
	kinds := pageKinds(set)
	for _, name := range names {
		kind, ok := strings.CutPrefix(strings.TrimSuffix(name, ".html"), "layouts/krop/")
		if ok && !slices.Contains(kinds, kind) && !strings.HasPrefix(kind, "liste-") {
			diags = append(diags, diag.Diag{Severity: diag.Warning, Code: "layout-ubrugt", Pos: diag.Pos{File: name},
				Message: fmt.Sprintf("layoutet bliver ikke brugt, for ingen sider er af slagsen \"%s\"%s", kind,
					diag.MenteDu(kind, kinds)),
				Help: "Giv det navn efter en af: " + strings.Join(kinds, ", ") + ", eller liste-…."})
		}
	}
	return diags
}

// misplaced reports a file that nothing reads.
func misplaced(name string) []diag.Diag {
	if !strings.HasPrefix(name, "content/") {
		return nil
	}
	where := locate(name)
	ext := path.Ext(name)
	switch {
	case where.kind == unused:
		severity := diag.Warning
		if where.hint != "" && (ext == ".toml" || ext == ".md") {
			severity = diag.Error // likely a misspelt folder, whose text would be lost
		}
		return []diag.Diag{{Severity: severity, Code: "fil-uden-plads", Pos: diag.Pos{File: name},
			Message: "filen bruges ikke, fordi håndbogen ikke læser denne mappe" + where.hint,
			Help: "Brug content/*.toml, content/modeller/<model>/, " +
				"content/modeller/<model>/vejledning/<slags>/<id>.md eller content/kommuner/<kommune>/."}}
	case ext == ".toml" || ext == ".md":
		return nil
	case textEndings[path.Ext(strings.TrimSuffix(name, ext))] != "":
		return []diag.Diag{{Severity: diag.Error, Code: "fil-uden-plads", Pos: diag.Pos{File: name},
			Message: fmt.Sprintf("filen bruges ikke, fordi den ender på \"%s\"", ext),
			Help:    "Kald den " + path.Base(strings.TrimSuffix(name, ext)) + "."}}
	case published(name):
		return nil
	case textEndings[strings.ToLower(ext)] != "":
		return []diag.Diag{{Severity: diag.Error, Code: "fil-uden-plads", Pos: diag.Pos{File: name},
			Message: fmt.Sprintf("filen bruges ikke, fordi den ender på \"%s\"", ext),
			Help:    "Giv den endelsen " + textEndings[strings.ToLower(ext)] + "."}}
	case path.Base(name) == ownTemplate && where.kommune != "" && where.model == "":
		return nil
	case slices.Contains(pictures, strings.ToLower(ext)) || slices.Contains(downloads, strings.ToLower(ext)):
		return nil // logos; a link to another is reported where it stands
	}
	return []diag.Diag{{Severity: diag.Warning, Code: "fil-uden-plads", Pos: diag.Pos{File: name},
		Message: fmt.Sprintf("filen bruges ikke, fordi håndbogen ikke kender endelsen \"%s\"", ext),
		Help:    "Data skrives i .toml, vejledning i .md."}}
}

var pictures = []string{".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"}

var downloads = []string{".pdf", ".docx", ".xlsx", ".csv", ".txt"}
