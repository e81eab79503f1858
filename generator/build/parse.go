package build

import (
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// parsed is a file's parse result. It depends on the file's bytes and the handbook's kinds,
// is computed on first use and shared by all snapshots with the same.
type parsed struct {
	once  sync.Once
	tree  *source.Node // of a .toml file
	doc   *guide.Doc   // of a .md file
	diags []diag.Diag
}

// failedParse is the result for a file that could not be read.
func failedParse(name string, why diag.Diag) *parsed {
	u := &parsed{tree: &source.Node{Pos: diag.Pos{File: name}, Partial: true}, doc: &guide.Doc{},
		diags: []diag.Diag{why}}
	u.once.Do(func() {})
	return u
}

// parse parses the files that are not parsed yet, in parallel.
func (snap *Snapshot) parse(names []string) {
	inParallel(names, func(_ int, name string) { snap.parsed(name) })
}

// parsed returns a file, parsed.
func (snap *Snapshot) parsed(name string) *file {
	f := snap.files[name]
	f.once.Do(func() { f.parse(snap.kinds) })
	return f
}

func (f *file) parse(kinds *schema.Set) {
	if !strings.HasPrefix(f.path, "content/") {
		return
	}
	switch path.Ext(f.path) {
	case ".toml":
		f.tree, f.diags = source.ParseTOML(f.path, f.data)
	case ".md":
		body, line, diags := source.Body(f.path, f.data)
		doc, more := guide.Parse(f.path, line, body, book.GuideOptions(kinds))
		f.doc, f.diags = doc, append(diags, more...)
	default:
		if slices.Contains(pictures, strings.ToLower(path.Ext(f.path))) {
			f.diags = checkPicture(f.path, f.data)
		}
	}
}

// fileDiags returns the diagnostics of each file by itself.
func (snap *Snapshot) fileDiags(names []string) []diag.Diag {
	var diags []diag.Diag
	for _, name := range names {
		diags = append(diags, snap.parsed(name).diags...)
	}
	return diags
}

// local is a municipality's parsed folder.
type local struct {
	tables overlay.Tables
	guides []book.Guide
	diags  []diag.Diag // of each file by itself
}

// readLocal parses a municipality's folder, once.
func (snap *Snapshot) readLocal(slug string) *local {
	return snap.locals.get(slug, func() *local {
		names := snap.overlaid[slug]
		snap.parse(names)
		l := &local{tables: snap.folder(localDir(slug), names)}
		l.guides, l.diags = snap.assignGuides(names)
		l.diags = append(l.diags, snap.fileDiags(names)...)
		return l
	})
}

// forget drops what a municipality's folder was parsed to, which few builds could hold
// for all at once. Nobody may be planning its edition.
func (snap *Snapshot) forget(slug string) {
	snap.locals.drop(slug)
	for _, name := range snap.overlaid[slug] {
		if f := snap.files[name]; f.data != nil {
			f.parsed = &parsed{}
		}
	}
}

// input collects the national tables for package model.
func (snap *Snapshot) input(names []string) model.Input {
	t := snap.folder("content", names)
	in := model.Input{Shared: t.Own, Drafts: snap.opt.Preview}
	for _, f := range t.Models {
		in.Models = append(in.Models, f.Folder)
	}
	return in
}

// overlays lists the municipalities' folders, which are parsed on demand.
func (snap *Snapshot) overlays(slugs []string) []overlay.Overlay {
	var out []overlay.Overlay
	for _, slug := range slugs {
		if anyUsed(snap.overlaid[slug]) {
			out = append(out, overlay.Overlay{Slug: slug, Dir: localDir(slug),
				Tables: func() overlay.Tables { return snap.readLocal(slug).tables }})
		}
	}
	return out
}

// guideTexts collects the national guidance that overlays can replace.
func (snap *Snapshot) guideTexts(names []string) []overlay.Guide {
	var out []overlay.Guide
	for _, name := range names {
		if w := locate(name); w.kind == guidance && w.model != "" {
			out = append(out, snap.guideText(name, w))
		}
	}
	return out
}

func (snap *Snapshot) guideText(name string, w location) overlay.Guide {
	return overlay.Guide{File: name, Path: w.model + "/" + w.guide + "." + w.id, Text: string(snap.files[name].data)}
}

// anyUsed reports whether one of the files is read.
func anyUsed(names []string) bool {
	for _, name := range names {
		if locate(name).kind != unused {
			return true
		}
	}
	return false
}

func localDir(slug string) string { return "content/kommuner/" + slug }

// folder sorts the files of content/, or of a municipality's folder, by model.
func (snap *Snapshot) folder(dir string, names []string) overlay.Tables {
	var t overlay.Tables
	models := map[string]int{} // indexes in t.Models
	for _, name := range names {
		w, ext := locate(name), path.Ext(name)
		if w.kind == unused {
			continue
		}
		var in *overlay.Folder
		if w.model != "" {
			i, known := models[w.model]
			if !known {
				i = len(t.Models)
				models[w.model] = i
				t.Models = append(t.Models,
					overlay.Folder{Folder: model.Folder{ID: w.model, Dir: dir + "/modeller/" + w.model}})
			}
			in = &t.Models[i]
		}
		switch {
		case ext == ".md" && w.kind == guidance && in != nil:
			in.Guides = append(in.Guides, snap.guideText(name, w))
		case w.kommune != "" && w.kind == guidance, isGiven(name):
			t.Others = append(t.Others, overlay.File{File: name, Name: strings.TrimPrefix(name, dir+"/"),
				Sum: hex.EncodeToString(snap.files[name].sum[:])})
		case ext != ".toml" || w.kind != data || isWords(name):
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

// isGiven reports whether a file is a picture or download that a municipality gives.
func isGiven(name string) bool {
	w := locate(name)
	return w.kommune != "" && (published(name) || w.model == "" && slices.Contains(pictures, path.Ext(name)))
}

// misplacedGuides reports Markdown files outside the folders of guidance.
func misplacedGuides(names []string) []diag.Diag {
	var diags []diag.Diag
	for _, name := range names {
		if kind := locate(name).kind; path.Ext(name) == ".md" && kind != guidance && kind != unused {
			diags = append(diags,
				diag.Diag{Severity: diag.Error, Code: "vejledning-uden-plads", Pos: diag.Pos{File: name},
					Message: "vejledningen ligger et sted, hvor den ikke hører til noget",
					Help:    "Flyt den til vejledning/<slags>/<id>.md, fx vejledning/fase/faelles-maal.md."})
		}
	}
	return diags
}

// assignGuides ties the guidance among files to its entities and checks its pictures.
func (snap *Snapshot) assignGuides(names []string) ([]book.Guide, []diag.Diag) {
	var guides []book.Guide
	var diags []diag.Diag
	for _, name := range names {
		w := locate(name)
		if w.kind != guidance {
			continue
		}
		f := snap.parsed(name)
		guides = append(guides,
			book.Guide{File: name, Model: w.model, Kind: w.guide, ID: w.id, Doc: f.doc,
				Unread: diag.HasErrors(f.diags)})
		diags = append(diags, snap.fileFaults(name, f.doc)...)
	}
	return guides, diags
}

// fileFaults reports the pictures and files of a text that are not published. from is
// the file that the text stands in.
func (snap *Snapshot) fileFaults(from string, doc *guide.Doc) []diag.Diag {
	var diags []diag.Diag
	for _, x := range doc.Files() {
		diags = append(diags, snap.fileFault(from, x)...)
	}
	for _, img := range doc.Images() {
		diags = append(diags, snap.fileFault(from, guide.File{Src: img.Src, Pos: img.Pos, Width: img.Width})...)
	}
	return diags
}

func (snap *Snapshot) fileFault(from string, x guide.File) []diag.Diag {
	target := norm.NFC.String(path.Join(path.Dir(from), x.Src))
	d := diag.Diag{Severity: diag.Error, Code: "mangler-fil", Pos: x.Pos, Width: x.Width}
	in, to := locate(norm.NFC.String(from)).kommune, locate(target).kommune
	switch {
	case !strings.HasPrefix(target, "content/"):
		d.Message = fmt.Sprintf("\"%s\" ligger uden for content/", x.Src)
		d.Help = "Læg filen i content/ ved siden af vejledningen."
	case snap.files[target] == nil:
		d.Message = fmt.Sprintf("filen \"%s\" findes ikke%s", x.Src, snap.nearFile(x.Src, target))
		d.Help = "Læg filen i en mappe under vejledning/, og skriv stien dertil fra denne fil."
	case !published(target) && strings.Contains(target, "/vejledning/"):
		d.Message = fmt.Sprintf("filen \"%s\" bliver ikke udgivet, fordi den ender på \"%s\"", x.Src, path.Ext(target))
		d.Help = "Disse kan udgives: " + strings.Join(slices.Concat(pictures, downloads), ", ") + "."
	case !published(target):
		d.Message = fmt.Sprintf("filen \"%s\" bliver ikke udgivet, fordi den ikke ligger under vejledning/", x.Src)
		d.Help = "Flyt den til vejledning/<slags>/, og skriv stien dertil fra denne fil."
	case to != "" && to != in:
		d.Message = fmt.Sprintf("filen \"%s\" er en kommunes egen og findes kun i dens udgave", x.Src)
		d.Help = "Læg filen i den nationale vejledning."
	default:
		return nil
	}
	return []diag.Diag{d}
}

// nearFile suggests a file for one that is missing.
func (snap *Snapshot) nearFile(src, target string) string {
	dir, _ := path.Split(target)
	var names []string
	for other := range snap.files {
		if path.Dir(other)+"/" == dir && published(other) {
			names = append(names, path.Join(path.Dir(src), path.Base(other)))
		}
	}
	slices.Sort(names)
	return diag.MenteDu(src, names)
}
