package build

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/release"
	"modelhaandbog/generator/render"
	"modelhaandbog/generator/source"
)

// past is the frozen releases as a site has read them. What is frozen stays, so files,
// tables and changes are kept for as long as the site is open.
type past struct {
	*release.History
	stamp  string // of the folders; another one means that something was frozen
	sum    [sha256.Size]byte
	site   *Site
	files  memo[string, *file]            // by frozen path
	states memo[string, *release.State]   // by release
	diffs  memo[string, []release.Change] // by release: from the one before
	owns   memo[string, []book.Own]       // by municipality
	checks once[[]diag.Diag]

	linking sync.Mutex
	older   *Site // whose snapshots are the releases, which have most texts in common
}

// pastBook is a municipality's or the national book of a release. Those of one release are
// asked for together, and few builds could hold all.
type pastBook struct {
	mu    sync.Mutex
	of    *release.Release
	book  *book.Book
	parts *render.Parts // what the releases' pages have in common
}

// history reads the lists of the frozen releases, unless they are those read before.
func (s *Site) history() *past {
	stamp := ""
	for _, pattern := range []string{"", "/*", "/*/kommuner", "/*/kommuner/*"} {
		names, _ := fs.Glob(s.fsys, release.Dir+pattern)
		for _, name := range names {
			if info, err := fs.Stat(s.fsys, name); err == nil {
				stamp += fmt.Sprintln(name, info.ModTime().UnixNano())
			}
		}
	}
	if s.frozen == nil || s.frozen.stamp != stamp || !s.opt.Preview {
		p := &past{History: release.Open(s.fsys), stamp: stamp, site: s}
		h := sha256.New()
		for _, r := range p.Releases {
			fmt.Fprintf(h, "%s %s %q %v\n%v\n", r.Number, r.Date, r.Note, r.Files, r.Local)
		}
		fmt.Fprintln(h, len(p.Diags))
		p.sum = [sha256.Size]byte(h.Sum(nil))
		s.frozen = p
	}
	return s.frozen
}

// check reports what is wrong with the frozen releases. It reads all of them.
func (p *past) check() []diag.Diag {
	p.checks.Do(func() { p.checks.value = p.Check() })
	return p.checks.value
}

// file is a frozen file, read once.
func (p *past) file(f release.File) *file {
	return p.files.get(f.Path, func() *file {
		read, err := p.site.read(f.Path, nil)
		if err != nil {
			return &file{path: f.Path, parsed: failedParse(f.Path, diag.Diag{})} // Check reports it
		}
		return read
	})
}

// tree is a frozen TOML file's.
func (p *past) tree(f release.File) *source.Node {
	x := p.file(f)
	x.once.Do(func() { x.parse(nil) })
	return x.tree
}

// scan is a site as it was: frozen files under the names that they had.
func (p *past) scan(lists ...[]release.File) *Scan {
	scan := &Scan{files: map[string]*file{}}
	for _, list := range lists {
		for _, f := range list {
			name := "content/" + f.Name
			scan.names = append(scan.names, name)
			scan.files[name] = p.file(f)
		}
	}
	return scan
}

// state is the tables of a release.
func (p *past) state(r *release.Release) *release.State {
	return p.states.get(r.Number, func() *release.State {
		t, guides := p.tables(r.Files, "")
		return nationalState(t, guides)
	})
}

// tables sorts frozen files as those of content/ are. within is "" or the municipality.
func (p *past) tables(files []release.File, slug string) (overlay.Tables, map[string]string) {
	scan := p.scan(files)
	snap := &Snapshot{site: p.site, opt: p.site.opt, files: scan.files}
	dir := "content"
	if slug != "" {
		dir = localDir(slug)
	}
	return snap.folder(dir, scan.names), guideTexts(scan.names, snap.files)
}

// guideTexts are the texts of guidance by what they belong to: "model/kind:id".
func guideTexts(names []string, files map[string]*file) map[string]string {
	out := map[string]string{}
	for _, name := range names {
		if w := locate(name); w.kind == guidance {
			out[strings.TrimPrefix(w.model+"/"+w.guide+":"+w.id, "/")] = string(files[name].data)
		}
	}
	return out
}

func nationalState(t overlay.Tables, guides map[string]string) *release.State {
	lost := model.Lost{Unsure: model.Unsure{}, Files: map[string]bool{}}
	s := &release.State{Models: map[string]*source.Node{}, Guides: guides}
	s.Shared, _ = lost.Combine("", "content", t.Own, model.HeaderForShared)
	for _, f := range t.Models {
		s.Models[f.ID], _ = lost.Combine(f.ID, f.Dir, f.Files, model.HeaderForModel)
	}
	return s
}

// changes lists what a release changed, with the editors' notes; nothing for the first.
func (p *past) changes(r *release.Release) []release.Change {
	before := p.Before(r)
	if before == nil {
		return nil
	}
	return p.diffs.get(r.Number, func() []release.Change {
		return changed(p.state(before), p.state(r), r.Number)
	})
}

// changed lists what has changed, with the editors' notes of a release; without a number,
// those of the one that is a draft.
func changed(old, now *release.State, number string) []release.Change {
	out := slices.DeleteFunc(release.Compare(old, now), book.OnlyWritten)
	release.Explain(out, now.Notes(number))
	return out
}

// State is the national content as it is now, in tables.
func (snap *Snapshot) State() *release.State {
	var names []string
	for name := range snap.files {
		if locate(name).kommune == "" {
			names = append(names, name)
		}
	}
	return &release.State{Shared: snap.national.Tables.Shared, Models: snap.national.Tables.Models,
		Guides: guideTexts(names, snap.files)}
}

// Frozen is the content that a release freezes: what the handbook reads, and no record of
// what was reviewed.
func (snap *Snapshot) Frozen() []release.Content {
	var out []release.Content
	for name, f := range snap.files {
		if strings.HasPrefix(name, "content/") && locate(name).kind != unused && path.Base(name) != "gennemgaaet.toml" {
			out = append(out, release.Content{Name: strings.TrimPrefix(name, "content/"), Data: f.data})
		}
	}
	return out
}

// History is the frozen releases.
func (snap *Snapshot) History() *release.History { return snap.past.History }

// CheckFrozen reports what is wrong with the frozen releases.
func (snap *Snapshot) CheckFrozen() []diag.Diag { return snap.past.check() }

// Changes lists what has changed from one release to another, or to the content as it is
// now when to is nil.
func (snap *Snapshot) Changes(from, to *release.Release) []release.Change {
	now, number := snap.State(), ""
	if to != nil {
		now, number = snap.past.state(to), to.Number
	}
	return changed(snap.past.state(from), now, number)
}

// pastOf is the frozen releases as an edition tells of them, newest first. The models as
// they stood are in the national edition, and in that of a municipality that had something
// of its own in them.
func (snap *Snapshot) pastOf(slug string) []book.Past {
	if snap.past == nil {
		return nil // a release as it stood tells of no others
	}
	var out []book.Past
	for i, r := range slices.Backward(snap.past.Releases) {
		x := book.Past{Release: r, Changes: snap.past.changes(r)}
		last := i == len(snap.past.Releases)-1
		if !snap.opt.Preview && (last || slug == "" || snap.past.adapted(slug, r) != nil) {
			x.Models, x.Titles = snap.past.models(r)
		}
		out = append(out, x)
	}
	return out
}

// adapted is a municipality's files of a release, if some of them are about models.
func (p *past) adapted(slug string, r *release.Release) *release.Local {
	l := p.LocalAt(slug, r, "")
	if slug == "" || l == nil || !slices.ContainsFunc(l.Files, func(f release.File) bool {
		return strings.HasPrefix(f.Name, "kommuner/"+slug+"/modeller/")
	}) {
		return nil
	}
	return l
}

// models lists a release's models by id, with their titles.
func (p *past) models(r *release.Release) (ids, titles []string) {
	for _, f := range r.Files {
		if loc := locate("content/" + f.Name); loc.model != "" && path.Base(f.Name) == "model.toml" {
			title := loc.model
			if t := p.tree(f).Get("model").Get("titel"); t != nil {
				title = t.Str
			}
			ids, titles = append(ids, loc.model), append(titles, title)
		}
	}
	return ids, titles
}

// pastPages lists the models as they stood, one page for each and each release but the
// last. What is frozen stays, so a page that is there is not made again.
func (e *Edition) pastPages(at func(string) string) []Output {
	var out []Output
	for _, p := range e.snap.pastOf(e.Slug) {
		if p.Until == "" {
			continue
		}
		sum := sha256.New()
		fmt.Fprintf(sum, "tidligere %x %v %v", e.snap.render.sum, p.Files, e.snap.past.adapted(e.Slug, p.Release))
		for i, id := range p.Models {
			stub := &book.Page{Path: book.PastPath(p.Number, id), Kind: book.PastKind, Title: p.Titles[i]}
			key := [sha256.Size]byte(sum.Sum(nil))
			out = append(out, Output{Path: at(stub.Path), Open: func() Contents {
				return Contents{Key: e.frame(stub).Key(stub, key), Append: func(dst []byte) []byte {
					page, body := e.pastPage(id, p)
					if page == nil {
						return dst
					}
					return e.frame(page).Append(dst, page, body)
				}}
			}})
		}
	}
	return out
}

// pastPage makes the page of a model as it stood; nil when the release lacks the model.
func (e *Edition) pastPage(id string, p book.Past) (*book.Page, *render.Body) {
	old := &e.old
	old.mu.Lock()
	defer old.mu.Unlock()
	if old.of != p.Release {
		old.of, old.book = p.Release, e.snap.past.book(p.Release, e.Slug, e.snap)
	}
	if old.parts == nil {
		old.parts = render.NewParts(nil)
	}
	page := old.book.AsItStood(id, p, e.Book)
	if page == nil {
		return nil, nil
	}
	body, _ := e.snap.render.Body(page, old.parts)
	return page, body
}

// book is a release's book: the national one or a municipality's.
func (p *past) book(r *release.Release, slug string, now *Snapshot) *book.Book {
	lists := [][]release.File{r.Files}
	if l := p.adapted(slug, r); l != nil {
		lists = append(lists, l.Files)
	}
	p.linking.Lock()
	if p.older == nil {
		p.older = Open(p.site.fsys, Options{})
	}
	snap := p.older.Link(p.scan(lists...))
	p.linking.Unlock()
	opt := book.Options{Words: now.render.Words(), ModelWords: now.modelWords, ModelsOnly: true}
	national, _ := book.Plan(snap.national.Handbook, snap.guides, nil, p.older.texts, opt)
	if slug == "" {
		return national
	}
	local := snap.local.Edition(slug)
	opt.National, opt.Changes = national, local.Changes
	b, _ := book.Plan(local.Handbook, snap.guides, snap.readLocal(slug).guides, p.older.texts.ForEdition(), opt)
	return b
}
