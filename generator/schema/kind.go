// Package schema describes what authors can write: the kinds of entities, the keys of
// their tables, the types of values, and what a municipality may change. Go types with
// struct tags come in; descriptors go out, and what is derived from them: JSON Schemas
// for editors such as VS Code, and the authors' reference.
//
// It refuses to know content: other packages check whether a reference is known, a
// number is missing or an overlay weakens the core.
package schema

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Page is the type of page that a kind's entities are on.
type Page int

const (
	Nowhere   Page = iota // only on the pages of other kinds
	Own                   // a page each, in Folder
	Described             // as Own for those with guidance or with entities Inside; as Together for the others
	Together              // on one page: in Folder, at Path, or on the page of a kind that On names
	Inside                // on the page of the entity that the key In refers to; without one, as Together
)

// Guidance tells whether a kind's entities have guidance, vejledning/<kind>/<id>.md.
type Guidance int

const (
	NoGuidance Guidance = iota // they are shown in lists, without guidance
	Welcome
	Wanted // a warning is given for an entity without guidance or text
)

// Kind describes one kind of entity. Decoding, validation, JSON Schema, addresses,
// navigation, search, what a municipality may change and the authors' reference are
// derived from it and from its keys.
type Kind struct {
	Key     string // in TOML and references: "fase"
	One     string // in running Danish: "fase"
	Many    string // as a heading: "Faser"
	Doc     string // what it is, for authors, in Danish
	Example string // a name that one could have: "Fælles mål"
	Rank    int    // kinds are read, listed and written in this order

	Shared bool // belongs to the handbook, not to a model

	Page   Page
	Folder string   // of its pages, in the model's folder: "faser"; with Path, of those that they once had
	Path   string   // of a shared kind's one page: "nyt.html"
	In     string   // the key whose page Inside is on
	On     []string // kinds whose page it is on: the first that the model has, or the last
	Group  string   // of the model's menu; "" for kinds that have no entry there
	Order  int      // in the group

	Guidance Guidance
	Sourced  bool   // each entity must say its source
	Unlisted bool   // not in the index A–Å
	Nameless bool   // navn may be missing
	Dense    bool   // numbers must run from 1 without holes
	Tick     string // the key with its text as a point of a checklist; "" for kinds that can't be one
	Weight   int    // in the search: below 0 is lower, above 0 higher
	Aside    bool   // what leads to one says where else a statement belongs: it is folded with the sources

	Sentence Sentence // keys that belong together in a form; empty for none
	Begin    []string // keys that a new entity starts with, besides the required ones: "indkalder", "gruppe.punkter"

	Addable   bool              // a municipality may add its own entities
	Renamable bool              // a municipality may give an entity its own name
	National  bool              // the same for all municipalities, core or not
	Gathers   bool              // consists of points of other entities: core when one of them is
	CoreByUse bool              // core when something core refers to it
	Policies  map[string]Policy // override the policies of keys

	Columns []string // keys that its page shows as the columns of a table; nil for a list

	Type *Type // of its tables
}

// Sentence is how a form puts keys of a kind in one group that reads as a sentence: each of
// its lines is words with keys among them, "hver {hver} {enhed}".
type Sentence struct {
	Legend string
	Lines  []string
}

// Piece is some words of a sentence, or a key between them.
type Piece struct{ Words, Key string }

// Pieces are the lines, divided at their keys.
func (s Sentence) Pieces() [][]Piece {
	var out [][]Piece
	for _, line := range s.Lines {
		var pieces []Piece
		for line != "" {
			words, rest, _ := strings.Cut(line, "{")
			if words = strings.TrimSpace(words); words != "" {
				pieces = append(pieces, Piece{Words: words})
			}
			var key string
			if key, line, _ = strings.Cut(rest, "}"); key != "" {
				pieces = append(pieces, Piece{Key: key})
			}
		}
		out = append(out, pieces)
	}
	return out
}

// Policy is what a municipality may do with a key of the kind's own table.
func (k *Kind) Policy(key *Key) Policy {
	if p, ok := k.Policies[key.Name]; ok {
		return p
	}
	return key.Policy
}

// Set describes everything that content can hold: the kinds, and the tables with a
// name of their own.
type Set struct {
	Kinds     []*Kind // by Rank
	Common    *Type   // the keys that all kinds have
	Model     *Type   // [model]
	Handbook  *Type   // [haandbog]
	Municipal *Type   // [kommune] in a municipality's folder

	byKey map[string]*Kind
}

// NewSet sorts the kinds and resolves the kinds of references. It panics on a duplicate
// or unknown kind, which is a bug.
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
		for _, piece := range slices.Concat(k.Sentence.Pieces()...) {
			if piece.Key != "" && k.Type.Key(piece.Key) == nil {
				panic("schema: no key " + piece.Key + " for the sentence of " + k.Key)
			}
		}
	}
	tied := map[*Type]bool{}
	for _, t := range append([]*Type{model, handbook, municipal}, s.types()...) {
		tie(t, byType, tied)
	}
	return s
}

// With is the set with more kinds, whose types are finished.
func (s *Set) With(more []*Kind) *Set {
	out := *s
	out.Kinds, out.byKey = slices.Concat(s.Kinds, more), maps.Clone(s.byKey)
	slices.SortStableFunc(out.Kinds, func(a, b *Kind) int { return a.Rank - b.Rank })
	for _, k := range more {
		out.byKey[k.Key] = k
	}
	return &out
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

// Kind returns a kind by its key, or nil for an unknown one.
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
