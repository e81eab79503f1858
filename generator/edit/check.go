package edit

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// candidate is the files that an edit changes, with their new bytes; nil for one that
// goes.
type candidate map[string][]byte

// trial is the site as it would be, and what would be wrong with it.
type trial struct {
	*view  // of the site as it would be
	before []diag.Diag
	after  []diag.Diag
}

// everywhere asks try to check all editions.
const everywhere = "*"

// try checks a candidate: the national edition, those that are named, or all.
func (v *view) try(files candidate, edition string, slugs ...string) (*trial, error) {
	d := v.Desk
	before := diagsOf(v.snap, slugs)
	d.disk.lay(files)
	defer d.disk.lay(nil)
	read := d.site.Scan
	if d.disk.sameNames(files) {
		read = d.site.Rescan // the view has just listed the folders
	}
	scan, err := read()
	if err != nil {
		return nil, fmt.Errorf("reading the site: %w", err)
	}
	snap := d.site.Link(scan)
	trees := maps.Clone(d.trees)
	for name, data := range files {
		if data != nil && strings.HasSuffix(name, ".toml") {
			p := parsed{data: data}
			p.tree, _ = source.ParseTOML(name, data)
			trees[name] = p
		}
	}
	would := &Desk{root: d.root, disk: d.disk, site: d.site, trees: trees, over: files, now: snap}
	next := &view{Desk: would, snap: snap}
	if edition != "" {
		next.local = snap.Edition(edition)
	}
	return &trial{next, before, diagsOf(snap, slugs)}, nil
}

func diagsOf(snap *build.Snapshot, slugs []string) []diag.Diag {
	if slices.Contains(slugs, everywhere) {
		return snap.EveryDiag()
	}
	return snap.QuickDiags(slices.DeleteFunc(slugs, func(s string) bool { return s == "" })...)
}

// fresh are the diagnostics that the candidate adds. Those that only moved are not new.
func (c *trial) fresh() []diag.Diag {
	key := func(d diag.Diag) string { return fmt.Sprint(d.Severity, d.Code, d.Message, d.Pos.File) }
	known := map[string]int{}
	for _, d := range c.before {
		known[key(d)]++
	}
	var out []diag.Diag
	for _, d := range c.after {
		if known[key(d)]--; known[key(d)] < 0 {
			out = append(out, d)
		}
	}
	return out
}

// place puts diagnostics at the fields of a form, and gives those that are about
// something else.
func (v *view) place(f *Form, diags []diag.Diag) (elsewhere []diag.Diag) {
	for _, d := range diags {
		if !v.placeOne(f, d) {
			elsewhere = append(elsewhere, d)
		}
	}
	return elsewhere
}

func (v *view) placeOne(f *Form, d diag.Diag) bool {
	at, isGuide, ok := v.located(d.Pos.File)
	if !ok {
		return false
	}
	if isGuide || f.Target.Guidance {
		if d.Pos.File != f.File {
			return false
		}
		f.Fields[0].Problems = append(f.Fields[0].Problems, problem(d))
		return true
	}
	if d.Pos.Line == 0 {
		return false
	}
	path := pathAt(v.tree(d.Pos.File), d.Pos)
	at, rest := at.reach(path)
	if at.String() != f.Target.String() {
		return false
	}
	name := strings.Join(rest, ".")
	for _, field := range []func(*Field) bool{
		func(x *Field) bool { return x.Name == name || strings.HasPrefix(name, x.Name+".") },
		func(x *Field) bool { return len(rest) == 0 && strings.Contains(d.Message, strconv.Quote(x.Name)) },
	} {
		for i := range f.Fields {
			if field(&f.Fields[i]) {
				f.Fields[i].Problems = append(f.Fields[i].Problems, problem(d))
				return true
			}
		}
	}
	f.Problems = append(f.Problems, problem(d))
	return true
}

func problem(d diag.Diag) Problem {
	return Problem{Error: d.Severity == diag.Error, Message: upper(d.Message) + ".", Help: d.Help}
}

// broken tells of problems elsewhere with the pages that show them.
func (v *view) broken(diags []diag.Diag) []Broken {
	var out []Broken
	for _, d := range diags {
		b := Broken{Problem: problem(d), Pos: d.Pos}
		if t, ok := v.targetAt(d.Pos); ok {
			b.Page, b.Title, b.Edition = v.page(t)
		}
		out = append(out, b)
	}
	return out
}

// page is the address of the page that shows a target in its edition, its title and the
// edition's name.
func (v *view) page(t Target) (address, title, edition string) {
	if t.Edition != "" {
		edition = v.editionName(t.Edition)
	}
	e := v.snap.Edition(t.Edition)
	if e == nil {
		return "", "", edition
	}
	in := *v
	in.local = nil
	if t.Edition != "" {
		in.local = e
	}
	n := in.lookup(t)
	if n == nil {
		return "", "", edition
	}
	link := e.Book.Link(n)
	if p := e.Book.Page(link.Path); p != nil {
		title, address = p.Title, link.Path
		if e.Dir != "" {
			address = e.Dir + "/" + address
		}
		if link.Anchor != "" {
			address += "#" + link.Anchor
		}
	}
	return address, title, edition
}

// concerned are the editions to check for a change of a target.
func (d *Desk) concerned(t Target, wide bool) []string {
	switch {
	case wide:
		return []string{everywhere}
	case t.Edition != "":
		return []string{t.Edition}
	}
	return d.adapting(t)
}

// adapting lists the municipalities whose folders have something for a national table.
func (d *Desk) adapting(t Target) []string {
	var out []string
	for _, slug := range d.list(contentDir + "kommuner") {
		t.Edition = slug
		_, n := d.find(t.entity())
		_, err := d.read(t.guideFile())
		if n != nil || err == nil && t.Guidance {
			out = append(out, slug)
		}
	}
	return out
}
