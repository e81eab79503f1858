// Package build runs the pipeline: the files of a site come in through an fs.FS,
// published files go out. It caches each parsed file, so that a rebuild parses
// only what changed, and it swaps the new site in when it is complete. It refuses
// to know sockets.
//
// Site.Scan reads the files (scan.go, walk.go), Site.Link parses and links them
// into a Snapshot (content.go, parse.go), a snapshot plans each municipality's
// Edition on demand (plan.go, edition.go), an edition lists its files (files.go),
// and a Publisher writes them to disk (publish.go, tree.go). The preview server
// asks the same snapshot for single files.
package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/wording"
)

// Options configure a build.
type Options struct {
	Kommuner   []string // slugs of the only editions to build; nil for all
	NoKommuner bool     // build only the national edition
	BaseURL    string   // address that public/ is served from, or ""
	PDF        bool     // print the sheets as PDF
	Offline    bool     // a service worker that keeps the edition for reading offline
	Hosted     bool     // the build also configures a web server for all editions under BaseURL
	Preview    bool     // drafts are shown and blocks tell where they come from
	Version    string   // of the generator; another version makes the last build stale
}

// Site is a folder with content/, and optionally layouts/ and assets/ that override
// the embedded ones. It is scanned and linked by one at a time; snapshots may be used by
// many at once, also meanwhile.
type Site struct {
	fsys   fs.FS
	opt    Options
	files  map[string]*file // by path, cached between scans
	listed *listing         // by the last scan; nil when it failed
	texts  *book.Texts
	kinds  *schema.Set // of the last link, which guidance is parsed with
	words  *wordCache

	dressing sync.Mutex // guards theme
	theme    *theme

	linked *model.National // cached while the sum of all tables is the same
	tables [sha256.Size]byte

	planned planned

	frozen *past
}

// Open returns a site; nothing is read yet.
func Open(fsys fs.FS, opt Options) *Site {
	return &Site{fsys: fsys, opt: opt, files: map[string]*file{}, texts: book.NewTexts(), kinds: model.Schema(), words: &wordCache{}}
}

// Snapshot is a site as it was read at one moment. It never changes; editions are
// planned on demand and cached.
type Snapshot struct {
	Diags []diag.Diag
	Sum   [sha256.Size]byte
	base  [sha256.Size]byte // of all but the municipalities' folders

	site  *Site
	opt   Options
	kinds *schema.Set

	modelWords map[string]*wording.Words // of the models that have words of their own
	files      map[string]*file
	national   *model.National
	local      *overlay.Editions
	guides     []book.Guide
	overlaid   map[string][]string  // the files of the municipalities' folders
	locals     memo[string, *local] // those that are parsed
	render     *renderers
	past       *past

	left []string // municipal editions that the build leaves as they are in the published folder

	mu       sync.Mutex // guards render
	editions memo[string, *Edition]
	plain    once[*Edition] // its pages serve every municipality without an overlay
}

// ErrNoContent means that the folder holds no content/.
var ErrNoContent = errors.New("no content folder")

// Read scans and links the site. An error is an I/O error; mistakes in the content
// are in Diags.
func (s *Site) Read() (*Snapshot, error) {
	scan, err := s.Scan()
	if err != nil {
		return nil, err
	}
	return s.Link(scan), nil
}

// Link parses and links a scan. A municipality's files are parsed when its edition is
// asked for.
func (s *Site) Link(scan *Scan) *Snapshot {
	snap := &Snapshot{site: s, opt: s.opt, files: scan.files, overlaid: map[string][]string{}, Sum: scan.Sum,
		base: scan.national, past: scan.past}
	var national, guides, slugs []string
	for _, name := range scan.names {
		switch slug := locate(name).kommune; {
		case slug != "":
			if snap.overlaid[slug] == nil {
				slugs = append(slugs, slug)
			}
			snap.overlaid[slug] = append(snap.overlaid[slug], name)
			continue
		case path.Ext(name) == ".md":
			guides = append(guides, name)
		}
		national = append(national, name)
	}
	s.setKinds(snap, national)
	snap.parse(national)
	s.texts.NextRound()
	snap.national = s.load(snap.input(national), snap.tables(scan.names))
	var found, unknown []diag.Diag
	snap.guides, found = snap.assignGuides(guides)
	snap.local, unknown = overlay.New(snap.national, snap.guideTexts(guides), snap.overlays(slugs))
	snap.Diags = slices.Concat(scan.diags, snap.fileDiags(national), misplacedGuides(scan.names),
		unusedLayouts(scan.names, snap.kinds), snap.national.Diags, unknown, found)
	return snap
}

// editionSum is the sum of everything that an edition is made from.
func (snap *Snapshot) editionSum(slug string) string {
	h := sha256.New()
	h.Write(snap.base[:])
	for _, name := range snap.overlaid[slug] {
		h.Write([]byte(name))
		sum := snap.files[name].sum
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
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

// tables is the sum of all tables, the key of the cached national edition.
func (snap *Snapshot) tables(names []string) [sha256.Size]byte {
	h := sha256.New()
	for _, name := range names {
		if w := locate(name); path.Ext(name) == ".md" {
			h.Write([]byte(w.kommune + "/" + w.model)) // a new folder is a change, even without tables
		}
		if path.Ext(name) == ".toml" {
			h.Write([]byte(name))
			sum := snap.files[name].sum
			h.Write(sum[:])
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// load links the tables, or returns the cached result when only guidance has
// changed.
func (s *Site) load(in model.Input, tables [sha256.Size]byte) *model.National {
	if s.linked == nil || s.tables != tables {
		s.linked, s.tables = model.Load(in), tables
	}
	return s.linked
}
