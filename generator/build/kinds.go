package build

import (
	"io/fs"
	"path"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Kinds are the kinds that a site's handbook has, also where other content is wrong.
func Kinds(fsys fs.FS) *schema.Set {
	var files []*source.Node
	names, _ := fs.Glob(fsys, "content/*.toml")
	for _, name := range names {
		if data, err := fs.ReadFile(fsys, name); err == nil && !isWords(name) {
			tree, _ := source.ParseTOML(name, data)
			files = append(files, tree)
		}
	}
	return kindsIn(files)
}

// kindsIn are the built-in kinds, and those that files in content/ declare.
func kindsIn(files []*source.Node) *schema.Set {
	lost := model.Lost{Unsure: model.Unsure{}, Files: map[string]bool{}}
	shared, _ := lost.Combine("", "content", files, model.HeaderForShared)
	set, _ := model.Declared(shared)
	return set
}

// setKinds reads which kinds the handbook declares. Guidance that was parsed with others is
// parsed again.
func (s *Site) setKinds(snap *Snapshot, names []string) {
	var files []*source.Node
	for _, name := range names {
		if path.Dir(name) == "content" && path.Ext(name) == ".toml" && !isWords(name) {
			files = append(files, snap.parsed(name).tree)
		}
	}
	snap.kinds = kindsIn(files)
	if snap.kinds == s.kinds {
		return
	}
	s.kinds = snap.kinds
	s.texts.Of(snap.kinds)
	for name, f := range snap.files {
		if path.Ext(name) == ".md" && f.data != nil {
			again := *f
			again.parsed = &parsed{}
			snap.files[name] = &again
		}
	}
}
