// Package schema describes what authors write: the kinds of entities, the keys
// of their tables, what a value may be, and what a municipality may do with it.
// Go types with struct tags come in; descriptors go out, and what is derived
// from them: JSON Schemas that let an editor such as VS Code help with the TOML
// files, and the authors' reference.
//
// It refuses to know content: whether a reference points at something, whether
// numbers have holes and whether an overlay weakens the core is for other rooms.
package schema

import (
	"reflect"
	"slices"
)

// Page tells where a kind's entities are read.
type Page int

const (
	Nowhere  Page = iota // in other things' pages only
	Own                  // a page each, in Folder
	Together             // on one page: in Folder, at Path, or on the page of a kind that On names
	Inside               // on the page of the entity that the key In refers to; without one, as Together
)

// Guidance tells whether a kind's entities have guidance, vejledning/<kind>/<id>.md.
type Guidance int

const (
	NoGuidance Guidance = iota // they stand in lists, where it has no room
	Welcome
	Wanted // an entity without guidance or text is warned of
)

// Kind describes one kind of entity. All that is done for every kind – decoding,
// validation, JSON Schema, addresses, navigation, search, what a municipality
// may do, the authors' reference – is derived from it and from its Keys.
type Kind struct {
	Key     string // in TOML and references: "fase"
	One     string // in running Danish: "fase"
	Many    string // as a heading: "Faser"
	Doc     string // what it is, for authors, in Danish
	Example string // a name that one could have: "Fælles mål"
	Rank    int    // kinds are read, listed and written in this order

	Shared bool // belongs to the handbook, not to a model

	Page   Page
	Folder string   // of its pages, in the model's folder: "faser"
	Path   string   // of a shared kind's one page: "nyt.html"
	In     string   // the key whose page Inside is on
	On     []string // kinds on whose page it stands: the first that the model has, or the last
	Group  string   // of the model's menu; "" for kinds that have no entry there
	Place  int      // in the group

	Guidance Guidance
	Sourced  bool   // each entity must say its source
	Unlisted bool   // has no entry in the index A–Å: nobody looks it up by name
	Nameless bool   // navn may be missing
	Dense    bool   // numbers run from 1 without holes
	Tick     string // the key that words it as a point of a checklist; "" for kinds that can't be one
	Weight   int    // lowers (below 0) or lifts it in the search

	Begin []string // keys that a new entity begins with, besides those that must be there: "indkalder", "gruppe.punkter"

	Addable   bool              // a municipality may add entities of its own
	Renamable bool              // a municipality may have names of its own for it
	National  bool              // is the same for all municipalities, marked as core or not
	Gathers   bool              // consists of points from elsewhere: core when one of them is
	CoreByUse bool              // core when something core refers to it
	Policies  map[string]Policy // where the kind's policy for a key differs from the key's own

	Type *Type // of its tables
}

// Policy is what a municipality may do with a key of the kind's own table.
func (k *Kind) Policy(key *Key) Policy {
	if p, ok := k.Policies[key.Name]; ok {
		return p
	}
	return key.Policy
}

// Set is all that content can hold: the kinds, and the tables that have a name
// of their own.
type Set struct {
	Kinds     []*Kind // by Rank
	Common    *Type   // the keys that all kinds have
	Model     *Type   // [model]
	Handbook  *Type   // [haandbog]
	Municipal *Type   // [kommune] in a municipality's folder

	byKey map[string]*Kind
}

// NewSet orders the kinds and ties references to the kinds that they point at.
// It panics on a kind that is there twice, or a reference to none: mistakes of
// the code's.
func NewSet(kinds []*Kind, common, model, handbook, municipal *Type) *Set {
	s := &Set{Kinds: slices.Clone(kinds), Common: common, Model: model, Handbook: handbook, Municipal: municipal,
		byKey: map[string]*Kind{}}
	slices.SortStableFunc(s.Kinds, func(a, b *Kind) int { return a.Rank - b.Rank })
	byType := map[reflect.Type]*Kind{}
	for _, k := range s.Kinds {
		if s.byKey[k.Key] != nil {
			panic("schema: two kinds " + k.Key)
		}
		s.byKey[k.Key], byType[k.Type.Go] = k, k
	}
	tied := map[*Type]bool{}
	for _, t := range append([]*Type{model, handbook, municipal}, s.types()...) {
		tie(t, byType, tied)
	}
	return s
}

func (s *Set) types() []*Type {
	var out []*Type
	for _, k := range s.Kinds {
		out = append(out, k.Type)
	}
	return out
}

func tie(t *Type, byType map[reflect.Type]*Kind, tied map[*Type]bool) {
	if t == nil || tied[t] {
		return
	}
	tied[t] = true
	if t.Form == Ref {
		to, _ := t.Go.FieldByName("To")
		if t.To = byType[to.Type.Elem()]; t.To == nil {
			panic("schema: no kind for " + to.Type.String())
		}
	}
	tie(t.Elem, byType, tied)
	for _, k := range t.Keys {
		tie(k.Type, byType, tied)
	}
}

// Kind looks a kind up by its key; nil for an unknown one.
func (s *Set) Kind(key string) *Kind { return s.byKey[key] }

// Of lists the kinds that are shared by the models, or those of a model.
func (s *Set) Of(shared bool) []*Kind {
	return slices.DeleteFunc(slices.Clone(s.Kinds), func(k *Kind) bool { return k.Shared != shared })
}

// Keys lists the keys of those kinds for which keep is true.
func (s *Set) Keys(keep func(*Kind) bool) []string {
	var out []string
	for _, k := range s.Kinds {
		if keep(k) {
			out = append(out, k.Key)
		}
	}
	return out
}
