// Package build runs the pipeline once: the files of a site come in through an
// fs.FS, published files go out. It caches what one file alone decides (its
// parsed tree, its parsed guidance), so that a rebuild reads again only what
// changed, and it publishes beside the old site and swaps. It knows no sockets.
//
// The way through it: Site.Read gives a Snapshot (content.go) of parsed files
// (parse.go), a snapshot gives each municipality's Edition when it is asked for
// (plan.go, edition.go), an edition gives the bytes of its files (files.go), and
// Publish puts them on disk (publish.go). The preview server asks the same
// snapshot for single files.
package build

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
)

// Options are what a build is asked for.
type Options struct {
	Kommuner   []string // slugs of the editions to build; nil for all
	NoKommuner bool     // only the national edition
	BaseURL    string   // where public/ will be served, or ""
	PDF        bool     // sheets get a PDF form
	Offline    bool     // a service worker that keeps the edition for reading offline
	Hosted     bool     // a web server is configured to serve all editions under BaseURL
	Preview    bool     // drafts are shown and blocks tell where they come from
	Version    string   // of the generator; part of what decides whether a build is up to date
}

// Site is a folder with content/, and perhaps layouts/ and assets/ of its own.
type Site struct {
	fsys  fs.FS
	opt   Options
	files map[string]*file // cache, by path
	texts *book.Texts
	words *wordCache
	look  *looks

	linked *model.National // of the tables with this sum
	tables [sha256.Size]byte
}

// Open prepares a site; nothing is read yet.
func Open(fsys fs.FS, opt Options) *Site {
	return &Site{fsys: fsys, opt: opt, files: map[string]*file{}, texts: book.NewTexts(), words: &wordCache{}}
}

// file is one content file as it was read.
type file struct {
	path  string
	stamp stamp
	data  []byte
	sum   [sha256.Size]byte
	*parsed
}

// stamp tells cheaply that a file is as it was. It is zero for no file, and for
// one that can't be read.
type stamp struct{ size, time int64 }

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime().UnixNano()} }

// Snapshot is a site as it was read at one moment. It never changes; editions
// are planned when they are first asked for.
type Snapshot struct {
	Diags []diag.Diag
	Sum   [sha256.Size]byte

	site     *Site
	opt      Options
	files    map[string]*file
	national *model.National
	local    *overlay.Editions
	guides   []book.Guide
	locals   map[string]func() *local // of every municipality with a folder
	render   *renderers

	mu       sync.Mutex // guards render
	editions memo[string, *Edition]
	plain    once[*Edition] // whose pages serve all municipalities without anything of their own
}

// ErrNoContent tells that the folder holds no content/.
var ErrNoContent = errors.New("no content folder")

// Read reads what changed since last time and links it. An error means that
// the machine failed; what is wrong with the content is in Diags.
func (s *Site) Read() (*Snapshot, error) {
	scan, err := s.Scan()
	if err != nil {
		return nil, err
	}
	return s.Link(scan), nil
}

// Scan is the bytes of a site, read but not yet understood.
type Scan struct {
	Sum [sha256.Size]byte // of all that decides the output

	names []string
	files map[string]*file
	diags []diag.Diag
}

// Scan reads the files that changed since last time, and tells by Sum whether
// anything did.
func (s *Site) Scan() (*Scan, error) {
	names, diags, err := s.walk()
	if err != nil {
		return nil, err
	}
	scan := &Scan{files: map[string]*file{}, diags: diags}
	read, errs := make([]*file, len(names)), make([]error, len(names))
	inParallel(names, func(i int, name string) { read[i], errs[i] = s.read(name) })
	sum := sha256.New()
	fmt.Fprintf(sum, "%q\n", fmt.Sprintf("%+v", s.opt))
	for i, name := range names {
		switch {
		case errors.Is(errs[i], fs.ErrNotExist):
			continue // gone since it was listed
		case errs[i] != nil:
			return nil, errs[i]
		}
		scan.names = append(scan.names, name)
		scan.files[name] = read[i]
		sum.Write([]byte(name))
		sum.Write(read[i].sum[:])
	}
	for _, d := range diags {
		fmt.Fprintf(sum, "%v %s\n", d.Pos, d.Message)
	}
	scan.Sum = [sha256.Size]byte(sum.Sum(nil))
	s.files = scan.files
	return scan, nil
}

// Changed lists the files, sorted, whose bytes are not those of an earlier scan.
func (s *Scan) Changed(earlier *Scan) []string {
	var out []string
	for name, f := range s.files {
		if was := earlier.files[name]; was == nil || was.sum != f.sum {
			out = append(out, name)
		}
	}
	for name := range earlier.files {
		if s.files[name] == nil {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// BeingSaved reports whether one of the files is empty or has changed since it
// was scanned: an editor may be in the middle of saving it.
func (s *Site) BeingSaved(scan *Scan, names []string) bool {
	var saving atomic.Bool
	inParallel(names, func(_ int, name string) {
		var was, now stamp
		f := scan.files[name]
		if f != nil {
			was = f.stamp
		}
		if info, err := fs.Stat(s.fsys, name); err == nil {
			now = stampOf(info)
		}
		if was != now || f != nil && f.sum == sha256.Sum256(nil) {
			saving.Store(true)
		}
	})
	return saving.Load()
}

// Link parses what Scan read and links it: all of it, or in the preview the
// national files, and those of a municipality when they are asked for.
func (s *Site) Link(scan *Scan) *Snapshot {
	snap := &Snapshot{site: s, opt: s.opt, files: scan.files, locals: map[string]func() *local{}, Sum: scan.Sum}
	var national, guides, slugs []string
	folders := map[string][]string{}
	for _, name := range scan.names {
		switch slug := placeOf(name).kommune; {
		case slug != "":
			if folders[slug] == nil {
				slugs = append(slugs, slug)
			}
			folders[slug] = append(folders[slug], name)
			continue
		case path.Ext(name) == ".md":
			guides = append(guides, name)
		}
		national = append(national, name)
	}
	for _, slug := range slugs {
		snap.locals[slug] = sync.OnceValue(func() *local { return snap.readLocal(slug, folders[slug]) })
	}
	snap.parse(national)
	s.texts.NextRound()
	snap.national = s.load(snap.input(national), snap.tables(scan.names))
	var found, unknown []diag.Diag
	snap.guides, found = snap.placeGuides(guides)
	snap.local, unknown = overlay.New(snap.national, snap.guideTexts(guides), snap.overlays(slugs, folders))
	snap.Diags = slices.Concat(scan.diags, snap.fileDiags(national), unplacedGuides(scan.names), snap.national.Diags, unknown, found)
	if !s.opt.Preview {
		inParallel(slugs, func(_ int, slug string) { snap.locals[slug]() })
		for _, slug := range slugs {
			snap.Diags = append(snap.Diags, snap.locals[slug]().diags...)
		}
	}
	return snap
}

// inParallel calls f for every item and its index, on all cores.
func inParallel[T any](list []T, f func(i int, item T)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(list)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(list); i = int(next.Add(1)) - 1 {
				f(i, list[i])
			}
		})
	}
	wg.Wait()
}

// walk lists the files of the site, sorted, and what has no place in it.
func (s *Site) walk() ([]string, []diag.Diag, error) {
	if info, err := fs.Stat(s.fsys, "content"); err != nil || !info.IsDir() {
		return nil, nil, ErrNoContent
	}
	var names []string
	var diags []diag.Diag
	for _, root := range []string{"content", "layouts", "assets"} {
		info, err := fs.Stat(s.fsys, root)
		if err != nil && root != "content" {
			continue
		}
		found := s.list(root, []fs.FileInfo{info})
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

// maxDepth bounds folders within folders.
const maxDepth = 16

// listing is what a folder holds.
type listing struct {
	names []string
	diags []diag.Diag // what keeps files from being read
	err   error
}

// list lists the files of a folder and those below it, folders beside each
// other. A symbolic link is followed, but not to a folder that it lies in; above
// are the folders on the way.
func (s *Site) list(dir string, above []fs.FileInfo) listing {
	entries, err := fs.ReadDir(s.fsys, dir)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return listing{diags: []diag.Diag{{Severity: diag.Error, Code: "ingen-adgang", Pos: diag.Pos{File: dir}, Message: "mappen kan ikke læses, fordi der ikke er adgang til den", Help: "Giv læseadgang til den, der bygger."}}}
	case err != nil:
		return listing{err: fmt.Errorf("reading %s: %w", dir, err)}
	}
	var all listing
	type folder struct {
		name string
		info fs.FileInfo
	}
	var folders []folder
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if Temporary(e.Name()) {
			continue
		}
		if e.Type().IsRegular() && understood(name) { // read finds out the rest
			all.names = append(all.names, name)
			continue
		}
		info, err := fs.Stat(s.fsys, name) // follows symbolic links
		switch {
		case errors.Is(err, fs.ErrNotExist):
			// gone since, or a link to nothing
		case err != nil && e.Type()&fs.ModeSymlink != 0:
			all.diags = append(all.diags, diag.Diag{Severity: diag.Error, Code: "link-uden-maal", Pos: diag.Pos{File: name}, Message: "det symbolske link kan ikke følges", Help: "Slet linket, eller ret det, så det fører til en fil."})
		case errors.Is(err, fs.ErrPermission):
			all.names = append(all.names, name) // read says why not
		case err != nil:
			return listing{err: fmt.Errorf("reading %s: %w", name, err)}
		case info.IsDir() && len(above) < maxDepth && !slices.ContainsFunc(above, func(a fs.FileInfo) bool { return os.SameFile(a, info) }):
			folders = append(folders, folder{name, info})
		case info.Mode().IsRegular() && !understood(name) && leadsOut(s.fsys, name):
			all.diags = append(all.diags, leadingOut(name))
		case info.Mode().IsRegular():
			all.names = append(all.names, name)
		}
	}
	below := make([]listing, len(folders))
	inParallel(folders, func(i int, f folder) { below[i] = s.list(f.name, append(slices.Clip(above), f.info)) })
	for _, l := range below {
		switch {
		case errors.Is(l.err, fs.ErrNotExist):
			// gone since
		case l.err != nil:
			return l
		}
		all.names = append(all.names, l.names...)
		all.diags = append(all.diags, l.diags...)
	}
	return all
}

// Temporary reports whether editors and systems use a name for what is not
// content: Vim's 4913 and .swp, Emacs' #file# and .#file, backups with ~,
// JetBrains' ___jb_tmp___, Kate's and GNOME's hidden files, Helix' .bck.
func Temporary(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".swp", ".swo", ".swx", ".tmp", ".bak", ".bck", ".part", ".crdownload":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") || strings.Contains(name, "___jb_") || name == "4913"
}

// misplaced warns of files that nothing reads.
func misplaced(name string) []diag.Diag {
	if !strings.HasPrefix(name, "content/") {
		return nil
	}
	where := placeOf(name)
	ext := path.Ext(name)
	switch {
	case where.kind == unplaced:
		severity := diag.Warning
		if where.hint != "" && (ext == ".toml" || ext == ".md") {
			severity = diag.Error // a slip that would lose what it says
		}
		return []diag.Diag{{Severity: severity, Code: "fil-uden-plads", Pos: diag.Pos{File: name}, Message: "filen bruges ikke, fordi håndbogen ikke læser denne mappe" + where.hint,
			Help: "Brug content/*.toml, content/modeller/<model>/, content/modeller/<model>/vejledning/<slags>/<id>.md eller content/kommuner/<kommune>/."}}
	case ext == ".toml" || ext == ".md" || slices.Contains(pictures, ext) || slices.Contains(downloads, ext):
		return nil
	}
	return []diag.Diag{{Severity: diag.Warning, Code: "fil-uden-plads", Pos: diag.Pos{File: name}, Message: fmt.Sprintf("filen bruges ikke, fordi håndbogen ikke kender endelsen \"%s\"", ext),
		Help: "Data skrives i .toml, vejledning i .md."}}
}

var pictures = []string{".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"}
var downloads = []string{".pdf", ".docx", ".xlsx", ".csv", ".txt"}

// read gives a file from the cache, or reads and parses it.
func (s *Site) read(name string) (*file, error) {
	old := s.files[name]
	info, err := fs.Stat(s.fsys, name)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return unreadable(name), nil
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	now := stampOf(info)
	if old != nil && old.stamp == now && !recent(info) {
		return old, nil
	}
	if info.Size() > maxFile {
		return &file{path: name, stamp: now, sum: sha256.Sum256(fmt.Append(nil, now)), parsed: lost(name, diag.Diag{Severity: diag.Error, Code: "for-stor-fil", Pos: diag.Pos{File: name}, Message: fmt.Sprintf("filen fylder %d MB, og grænsen er %d MB", info.Size()>>20, maxFile>>20), Help: "Del filen op, eller gør billedet mindre."})}, nil
	}
	data, err := fs.ReadFile(s.fsys, name)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return unreadable(name), nil
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	sum := sha256.Sum256(data)
	if old != nil && old.sum == sum {
		kept := *old
		kept.stamp = now
		return &kept, nil
	}
	return &file{path: name, stamp: now, data: data, sum: sum, parsed: &parsed{}}, nil
}

// unreadable stands for a file that the one who builds may not read.
func unreadable(name string) *file {
	return &file{path: name, parsed: lost(name, diag.Diag{Severity: diag.Error, Code: "ingen-adgang", Pos: diag.Pos{File: name}, Message: "filen kan ikke læses, fordi der ikke er adgang til den", Help: "Giv læseadgang til den, der bygger."})}
}

// maxFile bounds what is read into memory.
const maxFile = 8 << 20

// tables tells whether any table changed since the last snapshot.
func (snap *Snapshot) tables(names []string) [sha256.Size]byte {
	h := sha256.New()
	for _, name := range names {
		if w := placeOf(name); path.Ext(name) == ".md" {
			h.Write([]byte(w.kommune + "/" + w.model)) // a folder is news, even without tables
		}
		if path.Ext(name) == ".toml" {
			h.Write([]byte(name))
			sum := snap.files[name].sum
			h.Write(sum[:])
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// load links the tables, or takes over what was linked when only guidance has
// changed.
func (s *Site) load(in model.Input, tables [sha256.Size]byte) *model.National {
	if s.linked == nil || s.tables != tables {
		s.linked, s.tables = model.Load(in), tables
	}
	return s.linked
}
