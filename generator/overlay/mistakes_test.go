package overlay

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// TestMistakes tries what municipalities get wrong in their tables, and some
// things that they get right.
func TestMistakes(t *testing.T) {
	cases.Run(t, *update, func(t *testing.T, site fstest.MapFS) string {
		n, all, diags := editions(site)
		diags = append(diags, n.Diags...)
		for _, slug := range all.Slugs() {
			diags = append(diags, all.Edition(slug).Diags...)
		}
		return cases.Answer(t, site, diag.Sort(diags))
	})
}

// editions reads a site's tables and guidance, and tells what is wrong with the
// files, each by itself.
func editions(site fstest.MapFS) (*model.National, *Editions, []diag.Diag) {
	var diags []diag.Diag
	folders := map[string]*Tables{} // by the municipality; "" is the national one
	for _, name := range slices.Sorted(maps.Keys(site)) {
		dir, rest := "content", strings.TrimPrefix(name, "content/")
		slug := ""
		if local, ok := strings.CutPrefix(rest, "kommuner/"); ok {
			slug, rest, _ = strings.Cut(local, "/")
			dir = "content/kommuner/" + slug
		}
		if folders[slug] == nil {
			folders[slug] = &Tables{}
		}
		diags = append(diags, folders[slug].read(dir, rest, site[name].Data)...)
	}
	in := folders[""].input()
	var guides []Guide
	for _, f := range folders[""].Models {
		guides = append(guides, f.Guides...)
	}
	delete(folders, "")
	var overlays []Overlay
	for slug, tables := range folders {
		read := func() Tables { return *tables }
		overlays = append(overlays, Overlay{Slug: slug, Dir: "content/kommuner/" + slug, Tables: read})
	}
	n := model.Load(in)
	all, unknown := New(n, guides, overlays)
	return n, all, append(diags, unknown...)
}

// input is what the model room makes of the national folder.
func (f *Tables) input() model.Input {
	in := model.Input{Shared: f.Own}
	for _, m := range f.Models {
		in.Models = append(in.Models, m.Folder)
	}
	return in
}

// read takes one file of a folder.
func (f *Tables) read(dir, name string, data []byte) []diag.Diag {
	file := dir + "/" + name
	parts := strings.Split(name, "/")
	in := func() *Folder {
		at := slices.IndexFunc(f.Models, func(m Folder) bool { return m.ID == parts[1] })
		if at < 0 {
			at = len(f.Models)
			f.Models = append(f.Models, Folder{Folder: model.Folder{ID: parts[1], Dir: dir + "/modeller/" + parts[1]}})
		}
		return &f.Models[at]
	}
	if path.Ext(name) == ".md" {
		id := strings.TrimSuffix(parts[len(parts)-1], ".md")
		in().Guides = append(in().Guides, Guide{File: file, Path: parts[1] + "/" + parts[3] + "." + id, Text: string(data)})
		return nil
	}
	if path.Ext(name) != ".toml" {
		return nil
	}
	tree, diags := source.ParseTOML(file, data)
	switch {
	case name == "gennemgaaet.toml":
		f.Reviewed = tree
	case parts[0] == "modeller":
		in().Files = append(in().Files, tree)
	default:
		f.Own = append(f.Own, tree)
	}
	return diags
}
