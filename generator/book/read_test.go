package book_test

import (
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/source"
	"modelhaandbog/generator/wording"
)

// snapshot is a case's site, read and linked. Editions are planned when they are
// asked for.
type snapshot struct {
	diags    []diag.Diag
	national *model.National
	local    *overlay.Editions
	guides   map[string][]book.Guide // by municipality, "" for the national ones
	texts    *book.Texts
	drafts   bool

	mu      sync.Mutex
	planned map[string]*planned
}

// planned is an edition and what is wrong in it.
type planned struct {
	book  *book.Book
	diags []diag.Diag
}

// read sorts the files of a site by whose they are, and links them.
func (s site) read(t testing.TB, drafts bool) *snapshot {
	snap := &snapshot{guides: map[string][]book.Guide{}, texts: book.NewTexts(), drafts: drafts, planned: map[string]*planned{}}
	tables := map[string]*overlay.Tables{"": {}}
	var slugs []string
	var texts []overlay.Guide
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		data, rest := s.files[name].Data, strings.TrimPrefix(name, "content/")
		if path.Base(name) == wording.File {
			continue
		}
		slug, modelID := "", ""
		if after, ok := strings.CutPrefix(rest, "kommuner/"); ok {
			slug, rest, _ = strings.Cut(after, "/")
		}
		if tables[slug] == nil {
			tables[slug] = &overlay.Tables{}
			slugs = append(slugs, slug)
		}
		if after, ok := strings.CutPrefix(rest, "modeller/"); ok {
			modelID, rest, _ = strings.Cut(after, "/")
		}
		if path.Ext(name) == ".md" {
			body, line, _ := source.Body(name, data)
			doc, diags := guide.Parse(name, line, body, book.GuideOptions(model.Schema()))
			kind, id := path.Base(path.Dir(rest)), strings.TrimSuffix(path.Base(rest), ".md")
			snap.guides[slug] = append(snap.guides[slug], book.Guide{File: name, Model: modelID, Kind: kind, ID: id, Doc: doc,
				Unread: diag.HasErrors(diags)})
			snap.diags = append(snap.diags, diags...)
			if slug == "" {
				texts = append(texts, overlay.Guide{File: name, Path: modelID + "/" + kind + "." + id, Text: string(data)})
			}
			continue
		}
		tree, diags := source.ParseTOML(name, data)
		snap.diags = append(snap.diags, diags...)
		put(tables[slug], modelID, strings.TrimSuffix(name, "/"+rest), tree, path.Base(name) == "gennemgaaet.toml")
	}
	in := model.Input{Shared: tables[""].Own, Drafts: drafts}
	for _, f := range tables[""].Models {
		in.Models = append(in.Models, f.Folder)
	}
	snap.national = model.Load(in)
	var overlays []overlay.Overlay
	for _, slug := range slugs {
		overlays = append(overlays, overlay.Overlay{Slug: slug, Dir: "content/kommuner/" + slug,
			Tables: func() overlay.Tables { return *tables[slug] }})
	}
	var unknown []diag.Diag
	snap.local, unknown = overlay.New(snap.national, texts, overlays)
	snap.diags = slices.Concat(snap.diags, snap.national.Diags, unknown)
	return snap
}

// put adds a tree to the tables of the model whose folder it lies in, if any.
func put(t *overlay.Tables, modelID, dir string, tree *source.Node, reviewed bool) {
	switch {
	case reviewed:
		t.Reviewed = tree
	case modelID == "":
		t.Own = append(t.Own, tree)
	default:
		i := slices.IndexFunc(t.Models, func(f overlay.Folder) bool { return f.ID == modelID })
		if i < 0 {
			i = len(t.Models)
			t.Models = append(t.Models, overlay.Folder{Folder: model.Folder{ID: modelID, Dir: dir}})
		}
		t.Models[i].Files = append(t.Models[i].Files, tree)
	}
}

// edition plans an edition once; nil for a municipality that isn't there.
func (s *snapshot) edition(slug string) *planned {
	if slug != "" {
		s.edition("")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.planned[slug] == nil {
		s.planned[slug] = s.plan(slug)
	}
	return s.planned[slug]
}

func (s *snapshot) plan(slug string) *planned {
	opt := book.Options{Drafts: s.drafts}
	if slug == "" {
		b, diags := book.Plan(s.national.Handbook, s.guides[""], nil, s.texts, opt)
		return &planned{b, diags}
	}
	e := s.local.Edition(slug)
	if e == nil {
		return nil
	}
	opt.National, opt.Changes, opt.Drift = s.planned[""].book, e.Changes, e.Drift
	b, diags := book.Plan(e.Handbook, s.guides[""], s.guides[slug], s.texts, opt)
	b.Share(opt.National)
	return &planned{b, slices.Concat(e.Diags, diags)}
}

// slugs are the municipalities of the register.
func (s *snapshot) slugs() []string { return s.national.IDs(nil, "", "kommune") }
