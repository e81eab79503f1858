package build

import (
	"fmt"
	"path"
	"strings"
	"sync"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/source"
)

// parsed is what a file's bytes alone decide. It is worked out when it is
// first asked for, and shared by all snapshots that have the same bytes there.
type parsed struct {
	once  sync.Once
	tree  *source.Node // of a .toml file
	doc   *guide.Doc   // of a .md file
	diags []diag.Diag
}

// lost stands for what could not be read, and says why.
func lost(name string, why diag.Diag) *parsed {
	u := &parsed{tree: &source.Node{Pos: diag.Pos{File: name}, Partial: true}, doc: &guide.Doc{}, diags: []diag.Diag{why}}
	u.once.Do(func() {})
	return u
}

// parse parses files on all cores, those that were not before.
func (snap *Snapshot) parse(names []string) {
	inParallel(names, func(_ int, name string) { snap.parsed(name) })
}

// parsed gives a file when it is parsed.
func (snap *Snapshot) parsed(name string) *file {
	f := snap.files[name]
	f.once.Do(f.parse)
	return f
}

func (f *file) parse() {
	if !strings.HasPrefix(f.path, "content/") {
		return
	}
	switch path.Ext(f.path) {
	case ".toml":
		f.tree, f.diags = source.ParseTOML(f.path, f.data)
	case ".md":
		meta, body, line, diags := source.FrontMatter(f.path, f.data)
		doc, more := guide.Parse(f.path, line, body, book.GuideOptions())
		f.doc, f.diags = doc, append(diags, more...)
		if meta != nil && len(meta.Items) > 0 {
			f.diags = append(f.diags, diag.Diag{Severity: diag.Error, Code: "ukendt-noegle", Pos: meta.Items[0].KeyPos, Width: len([]rune(meta.Items[0].Key)),
				Message: "en vejledning har ingen egne nøgler", Help: "Slet filhovedet. Navn, kilde og alt andet står i TOML-filen."})
		}
	}
}

// fileDiags is what is wrong with files, each by itself.
func (snap *Snapshot) fileDiags(names []string) []diag.Diag {
	var diags []diag.Diag
	for _, name := range names {
		diags = append(diags, snap.parsed(name).diags...)
	}
	return diags
}

// local is a municipality's folder.
type local struct {
	tables overlay.Tables
	guides []book.Guide
	diags  []diag.Diag // of its files, each by itself
}

func (snap *Snapshot) readLocal(slug string, names []string) *local {
	snap.parse(names)
	l := &local{tables: snap.folder(localDir(slug), names)}
	l.guides, l.diags = snap.placeGuides(names)
	l.diags = append(l.diags, snap.fileDiags(names)...)
	return l
}

// localDiags is what is wrong with the files of a municipality's folder.
func (snap *Snapshot) localDiags(slug string) []diag.Diag {
	if l := snap.locals[slug]; l != nil {
		return l().diags
	}
	return nil
}

// localGuides is a municipality's own guidance.
func (snap *Snapshot) localGuides(slug string) []book.Guide {
	if l := snap.locals[slug]; l != nil {
		return l().guides
	}
	return nil
}

// input is what the model room reads: the national tables.
func (snap *Snapshot) input(names []string) model.Input {
	t := snap.folder("content", names)
	in := model.Input{Shared: t.Own, Drafts: snap.opt.Preview}
	for _, f := range t.Models {
		in.Models = append(in.Models, f.Folder)
	}
	return in
}

// overlays are the municipalities' folders, parsed when their editions are asked for.
func (snap *Snapshot) overlays(slugs []string, folders map[string][]string) []overlay.Overlay {
	var out []overlay.Overlay
	for _, slug := range slugs {
		if placed(folders[slug]) {
			out = append(out, overlay.Overlay{Slug: slug, Dir: localDir(slug), Tables: func() overlay.Tables { return snap.locals[slug]().tables }})
		}
	}
	return out
}

// guideTexts are the models' guidance files as far as overlays need them.
func (snap *Snapshot) guideTexts(names []string) []overlay.Guide {
	var out []overlay.Guide
	for _, name := range names {
		if w := placeOf(name); w.kind == guidance && w.model != "" {
			out = append(out, snap.guideText(name, w))
		}
	}
	return out
}

func (snap *Snapshot) guideText(name string, w place) overlay.Guide {
	return overlay.Guide{File: name, Path: w.model + "/" + w.slags + "." + w.id, Text: string(snap.files[name].data)}
}

// placed reports whether one of the files has a place.
func placed(names []string) bool {
	for _, name := range names {
		if placeOf(name).kind != unplaced {
			return true
		}
	}
	return false
}

func localDir(slug string) string { return "content/kommuner/" + slug }

// folder sorts the tables and guidance of content/, or of a municipality's
// folder in it.
func (snap *Snapshot) folder(dir string, names []string) overlay.Tables {
	var t overlay.Tables
	models := map[string]int{} // index in t.Models
	for _, name := range names {
		w, ext := placeOf(name), path.Ext(name)
		if w.kind == unplaced {
			continue
		}
		var in *overlay.Folder
		if w.model != "" {
			i, known := models[w.model]
			if !known {
				i = len(t.Models)
				models[w.model] = i
				t.Models = append(t.Models, overlay.Folder{Folder: model.Folder{ID: w.model, Dir: dir + "/modeller/" + w.model}})
			}
			in = &t.Models[i]
		}
		switch {
		case ext == ".md" && w.kind == guidance && in != nil:
			in.Guides = append(in.Guides, snap.guideText(name, w))
		case ext != ".toml" || w.kind != data:
		case in != nil:
			in.Files = append(in.Files, snap.parsed(name).tree)
		case w.kommune != "" && path.Base(name) == "gennemgaaet.toml":
			t.Reviewed = snap.parsed(name).tree
		default:
			t.Own = append(t.Own, snap.parsed(name).tree)
		}
	}
	return t
}

// unplacedGuides tells of guidance that stands where it belongs to nothing.
func unplacedGuides(names []string) []diag.Diag {
	var diags []diag.Diag
	for _, name := range names {
		if kind := placeOf(name).kind; path.Ext(name) == ".md" && kind != guidance && kind != unplaced {
			diags = append(diags, diag.Diag{Severity: diag.Error, Code: "vejledning-uden-plads", Pos: diag.Pos{File: name}, Message: "vejledningen ligger et sted, hvor den ikke hører til noget", Help: "Flyt den til vejledning/<slags>/<id>.md, fx vejledning/fase/faelles-maal.md."})
		}
	}
	return diags
}

// placeGuides tells whose the guidance among files is, and checks its pictures.
func (snap *Snapshot) placeGuides(names []string) ([]book.Guide, []diag.Diag) {
	var guides []book.Guide
	var diags []diag.Diag
	for _, name := range names {
		w := placeOf(name)
		if w.kind != guidance {
			continue
		}
		f := snap.parsed(name)
		guides = append(guides, book.Guide{File: name, Model: w.model, Kind: w.slags, ID: w.id, Doc: f.doc, Unread: diag.HasErrors(f.diags)})
		diags = append(diags, snap.pictures(f)...)
	}
	return guides, diags
}

// pictures checks that a guidance file's pictures and files exist.
func (snap *Snapshot) pictures(f *file) []diag.Diag {
	var diags []diag.Diag
	check := func(src string, pos diag.Pos, width int) {
		target := path.Join(path.Dir(f.path), src)
		if snap.files[target] != nil && strings.HasPrefix(target, "content/") {
			return
		}
		d := diag.Diag{Severity: diag.Error, Code: "mangler-fil", Pos: pos, Width: width, Message: fmt.Sprintf("filen \"%s\" findes ikke", src), Help: "Læg filen ved siden af vejledningen, og skriv dens navn."}
		if !strings.HasPrefix(target, "content/") {
			d.Message, d.Help = fmt.Sprintf("\"%s\" ligger uden for content/", src), "Læg filen i content/ ved siden af vejledningen."
		}
		diags = append(diags, d)
	}
	for _, img := range f.doc.Images() {
		check(img.Src, img.Pos, img.Width)
	}
	for _, x := range f.doc.Files() {
		check(x.Src, x.Pos, x.Width)
	}
	return diags
}
