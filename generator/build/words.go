package build

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/wording"
)

// isWords reports whether a file holds words of the field: content/ord.toml, the handbook's,
// or content/modeller/<model>/ord.toml, a model's own. Both are written like layouts/ord.toml.
func isWords(name string) bool {
	w := locate(name)
	return path.Base(name) == wording.File && w.kind == data && w.kommune == "" && !strings.Contains(name, "/vejledning/")
}

// fieldWords are the folder of the handbook's words, if it has any.
func (snap *Snapshot) fieldWords() []fs.FS {
	content, err := fs.Sub(snap.site.fsys, "content")
	if err != nil || snap.files["content/"+wording.File] == nil {
		return nil
	}
	return []fs.FS{wording.Folder{FS: content, Dir: "content"}}
}

// setModelWords reads the models' own words and gives what is wrong with them.
func (snap *Snapshot) setModelWords() []diag.Diag {
	var names []string
	for name := range snap.files {
		if isWords(name) && locate(name).model != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var diags []diag.Diag
	snap.modelWords = map[string]*wording.Words{}
	for _, name := range names {
		words, wrong := snap.render.Words().With(snap.parsed(name).tree)
		snap.modelWords[locate(name).model] = words
		diags = append(diags, wrong...)
	}
	return diags
}
