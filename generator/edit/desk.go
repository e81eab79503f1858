package edit

import (
	"fmt"
	"os"
	"strings"
	"sync"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
	"modelhaandbog/generator/wording"
)

// Desk is one site's folder and its journal. It is safe for concurrent use.
type Desk struct {
	root string

	mu    sync.Mutex
	disk  *layered
	site  *build.Site
	now   *build.Snapshot   // of the files as they are, or nil
	trees map[string]parsed // by file
	over  candidate         // what is taken for the files' bytes, of a trial

	forms   map[string]*Form // that were shown, by target and version
	order   []string         // of forms
	journal []*entry
	bases   map[string][]byte // that the journal's versions of a file share, by its name
	lastID  int
}

type parsed struct {
	data []byte
	tree *source.Node
}

// Open prepares the desk of the site in the folder root; nothing is read yet,
// but what a killed process had begun to write is finished.
func Open(root string, opt build.Options) *Desk {
	opt.Preview = true
	disk := &layered{FS: os.DirFS(root)}
	disk.lay(nil)
	resume(root)
	return &Desk{root: root, disk: disk, site: build.Open(disk, opt), trees: map[string]parsed{}, forms: map[string]*Form{},
		bases: map[string][]byte{}}
}

// Read gives the site as it is on disk: what was linked before, when its files are the
// same. rewritten tells that no file has come or gone since it was read last.
func (d *Desk) Read(rewritten bool) (*build.Snapshot, *build.Scan, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.readSite(rewritten)
}

func (d *Desk) readSite(rewritten bool) (*build.Snapshot, *build.Scan, error) {
	read := d.site.Scan
	if rewritten {
		read = d.site.Rescan
	}
	scan, err := read()
	if err != nil {
		return nil, nil, err
	}
	if d.now == nil || d.now.Sum != scan.Sum {
		d.now = d.site.Link(scan)
	}
	return d.now, scan, nil
}

// BeingSaved reports whether one of the files may be in the middle of being saved, as
// build's does.
func (d *Desk) BeingSaved(scan *build.Scan, names []string) bool {
	return d.site.BeingSaved(scan, names)
}

// kinds are those of the handbook as it was last read.
func (d *Desk) kinds() *schema.Set {
	if d.now == nil {
		if _, _, err := d.readSite(false); err != nil {
			return nil
		}
	}
	return d.now.Handbook().Schema()
}

// view is what forms are made from: the files at one moment, and an edition of them.
type view struct {
	*Desk
	snap  *build.Snapshot
	local *build.Edition // nil for the national edition
}

func (d *Desk) view(edition string) (*view, error) {
	snap, _, err := d.readSite(false)
	if err != nil {
		return nil, fmt.Errorf("reading the site: %w", err)
	}
	v := &view{Desk: d, snap: snap}
	if edition != "" {
		if v.local = snap.Edition(edition); v.local == nil {
			return nil, ErrUnknown
		}
	}
	return v, nil
}

// handbook is the edition's.
func (v *view) handbook() *model.Handbook {
	if v.local != nil {
		return v.local.Book.Handbook
	}
	return v.snap.Handbook()
}

// editionName is what readers call an edition; "" for the national one.
func (v *view) editionName(slug string) string {
	for _, m := range v.snap.Register() {
		if m.ID == slug {
			return book.FullName(m)
		}
	}
	return slug
}

// tree is a TOML file's, as it is on disk; nil for a missing one.
func (d *Desk) tree(file string) *source.Node {
	data, err := d.read(file)
	if err != nil {
		return nil
	}
	known, ok := d.trees[file]
	if !ok || string(known.data) != string(data) {
		known = parsed{data: data}
		known.tree, _ = source.ParseTOML(file, data)
		d.trees[file] = known
	}
	return known.tree
}

// tables are the TOML files of a target's folder, in the order of their names.
func (d *Desk) tables(t Target) []string {
	var out []string
	for _, e := range d.list(t.folder()) {
		if strings.HasSuffix(e, ".toml") && e != "gennemgaaet.toml" && e != wording.File {
			out = append(out, t.folder()+"/"+e)
		}
	}
	return out
}

// at is the node under a path, or nil.
func at(n *source.Node, path []string) *source.Node {
	for _, key := range path {
		n = n.Get(key)
	}
	return n
}

// find is the target's table and the file in which its entity stands; "" and nil for what
// is written nowhere.
func (d *Desk) find(t Target) (file string, n *source.Node) {
	for _, name := range d.tables(t) {
		tree := d.tree(name)
		if at(tree, t.entityPath()) != nil {
			return name, at(tree, t.tomlPath())
		}
	}
	return "", nil
}
