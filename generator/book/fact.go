package book

import (
	"cmp"
	"slices"
	"sync"

	"modelhaandbog/generator/model"
)

// Key tells what a fact says, whatever it is called on the page: the key of the
// table that it comes from, where there is one. A fact is found by its key; its
// label is only shown.
type Key string

// Keys that a fact is found by.
const (
	Who          Key = "hvem"
	SharedWith   Key = "sammen-med"
	Delegate     Key = "kan-uddelegeres-til"
	HowOften     Key = "hvor-tit"
	When         Key = "hvornaar"
	About        Key = "om"
	Responsible  Key = "ansvarlig"
	Participants Key = "deltagere"
	Convener     Key = "indkalder"
)

// Aside reports that a fact leads elsewhere and says nothing that has to be known here.
func (k Key) Aside() bool { return k == About || asides()[k] }

// asides are the keys of facts that lead to entities of kinds that are said so of.
var asides = sync.OnceValue(func() map[Key]bool {
	out := map[Key]bool{}
	for _, kind := range model.Schema().Kinds {
		for _, k := range slices.Concat(kind.Type.Keys, model.Schema().Common.Keys) {
			if to := cmp.Or(k.Type.Elem, k.Type).To; to == nil || !to.Aside {
				continue
			}
			for _, fact := range k.Facts {
				out[Key(fact)] = true
			}
		}
	}
	return out
})

// fact gives a fact its key and its label.
func (s scope) fact(k Key, f Fact) Fact {
	f.Key, f.Label = k, ""
	if k != "" {
		f.Label = s.say("oplysning." + string(k))
	}
	return f
}

func (s scope) statement(k Key, x model.Statement) []Fact {
	if x.Text.Empty() {
		return nil
	}
	return []Fact{s.fact(k, Fact{Text: s.text(x.Text), Badges: s.marks(&x.Marks, false), Cites: s.cites(x.Cites),
		Local: x.Text.At.Local(), Pos: x.At.Pos(), Of: x.At.Statement()})}
}

func (s scope) textFact(k Key, t model.Text) []Fact {
	if t.Empty() {
		return nil
	}
	x := s.text(t)
	return []Fact{s.fact(k, Fact{Text: x, Local: x.Local, Pos: x.Pos})}
}

func (s scope) linkFact(k Key, links []Link) []Fact {
	if len(links) == 0 {
		return nil
	}
	return []Fact{s.fact(k, Fact{Links: links})}
}

func (s scope) plainFact(k Key, words string) []Fact {
	if words == "" {
		return nil
	}
	return []Fact{s.fact(k, Fact{Plain: words})}
}

// markLocal flags the facts of an entity whose values an overlay wrote under one
// of the keys.
func markLocal(facts []Fact, at model.At, keys ...Key) {
	for i, f := range facts {
		key := at.Key(string(f.Key))
		facts[i].Local = f.Local || slices.Contains(keys, f.Key) && key != at && key.Local()
	}
}

// Is reports that two facts are values of the same.
func (f Fact) Is(other Fact) bool { return f.Key == other.Key && f.Label == other.Label }

// without gives an item without the facts of some keys.
func (i Item) without(keys ...Key) Item {
	i.Meta = slices.DeleteFunc(slices.Clone(i.Meta), func(f Fact) bool { return slices.Contains(keys, f.Key) })
	return i
}

// underOwner gives a task that stands under the name of who has it. What the
// municipality has decided is still said.
func underOwner(i Item) Item {
	if slices.ContainsFunc(i.Meta, func(f Fact) bool { return f.Key == Who && f.Local }) {
		return i
	}
	return i.without(Who)
}

// only gives an item with no facts but those of some keys.
func (i Item) only(keys ...Key) Item {
	i.Meta = slices.DeleteFunc(slices.Clone(i.Meta), func(f Fact) bool { return !slices.Contains(keys, f.Key) })
	return i
}
