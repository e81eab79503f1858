package release

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Compare lists what has changed from one moment to another, model by model and kind by
// kind. What only stands elsewhere in the files, and an id that is renamed, is no change.
func Compare(old, now *State) []Change {
	set := kindsAt(old, now)
	c := comparer{set: set, old: side{state: old, set: set}, now: side{state: now, set: set}}
	c.rename("", old.Shared, now.Shared)
	for _, id := range models(old, now) {
		c.rename(id, old.Models[id], now.Models[id])
	}
	c.single("", "haandbog", model.Schema().Handbook)
	c.kinds("", true)
	for _, id := range models(old, now) {
		c.model(id)
	}
	return c.out
}

// models lists the ids of the models at either moment, in the order that the handbook has
// now.
func models(old, now *State) []string {
	var out []string
	for _, s := range []*State{now, old} {
		for _, n := range elements(s.Shared.Get("haandbog").Get("modeller")) {
			if s.Models[n.Str] != nil && !slices.Contains(out, n.Str) {
				out = append(out, n.Str)
			}
		}
		var rest []string
		for id := range s.Models {
			if !slices.Contains(out, id) {
				rest = append(rest, id)
			}
		}
		slices.Sort(rest)
		out = append(out, rest...)
	}
	return out
}

// comparer collects the changes between two moments.
type comparer struct {
	set      *schema.Set // the kinds of either moment
	old, now side
	renamed  []rename
	out      []Change
}

// kindsAt are the kinds that there are at either of two moments.
func kindsAt(old, now *State) *schema.Set {
	set, _ := model.Declared(now.Shared)
	before, _ := model.Declared(old.Shared)
	return set.With(slices.DeleteFunc(before.Of(false), func(k *schema.Kind) bool { return set.Kind(k.Key) != nil }))
}

// rename is an id that is another now.
type rename struct{ model, kind, was, is string }

// rename notes the entities of a folder that have another id now: those that say so, and
// those whose tables are alike.
func (c *comparer) rename(in string, old, now *source.Node) {
	for _, k := range c.set.Of(in == "") {
		was, is := items(old.Get(k.Key)), items(now.Get(k.Key))
		for _, n := range is {
			if find(was, n.Key) != nil {
				continue
			}
			for _, o := range was {
				if find(is, o.Key) == nil && (Lists(n.Get("tidligere"), o.Key) || len(o.Items) > 1 && alike(o, n)) &&
					c.newID(in, k.Key, o.Key) == o.Key {
					c.renamed = append(c.renamed, rename{in, k.Key, o.Key, n.Key})
					break
				}
			}
		}
	}
}

func find(list []*source.Node, key string) *source.Node {
	for _, n := range list {
		if n.Key == key {
			return n
		}
	}
	return nil
}

// Lists reports whether a list of words, or a single one, has a word.
func Lists(list *source.Node, word string) bool {
	return slices.ContainsFunc(elements(list), func(n *source.Node) bool { return n.Str == word })
}

// alike reports whether two tables say the same under different ids.
func alike(a, b *source.Node) bool {
	return slices.EqualFunc(items(a), items(b),
		func(x, y *source.Node) bool { return x.Key == y.Key && source.Equal(x, y) })
}

// newID is the id that an entity has now.
func (c *comparer) newID(in, kind, id string) string {
	for _, r := range c.renamed {
		if r.was == id && r.kind == kind && (r.model == in || r.model == "") {
			return r.is
		}
	}
	return id
}

// model compares a model.
func (c *comparer) model(id string) {
	old, now := c.old.state.Models[id], c.now.state.Models[id]
	c.old.model, c.now.model = old, now
	defer func() { c.old.model, c.now.model = nil, nil }()
	was, is := shown(old.Get("model")), shown(now.Get("model"))
	whole := Change{Model: id, Kind: "model", ID: id}
	switch {
	case was == nil && is == nil:
		return
	case was == nil:
		whole.What, whole.Name, whole.NewNode = Added, nameOfNode(is), is
		c.out = append(c.out, whole)
		return
	case is == nil:
		whole.What, whole.Name, whole.OldNode = Removed, nameOfNode(was), was
		c.out = append(c.out, whole)
		return
	}
	first := len(c.out)
	c.single(id, "model", model.Schema().Model)
	c.kinds(id, false)
	c.out = append(c.out[:first:first], together(c.out[first:])...)
}

// together makes one change of a point that is gone from one list and new in another.
func together(list []Change) []Change {
	var out []Change
	taken := map[int]bool{}
	for i, gone := range list {
		if gone.What != Removed || gone.Point == "" || gone.Key != "" {
			continue
		}
		for j, come := range list {
			if come.What == Added && come.Point != "" && come.Key == "" && come.New == gone.Old && !taken[j] {
				moved := come
				moved.What, moved.Old, moved.New, moved.Markdown = Moved, gone.Label, come.Label, false
				if gone.ID != come.ID {
					moved.Old, moved.New = gone.Name+", "+gone.Label, come.Name+", "+come.Label
				}
				moved.OldNode = gone.OldNode
				moved.Roles = slices.Compact(slices.Sorted(slices.Values(slices.Concat(gone.Roles, come.Roles))))
				list[j] = moved
				taken[i], taken[j] = true, true
				break
			}
		}
	}
	for i, c := range list {
		if !(taken[i] && c.What == Removed) {
			out = append(out, c)
		}
	}
	return out
}

// single compares a table that a folder has one of.
func (c *comparer) single(in, kind string, t *schema.Type) {
	old, now := c.old.root(in).Get(kind), c.now.root(in).Get(kind)
	if old == nil || now == nil {
		return
	}
	p := place{Change: Change{Model: in, Kind: kind, ID: cmp.Or(in, kind), Name: nameOfNode(now)}}
	c.table(p, t, old, now)
	c.guide(p, p.ID)
}

// kinds compares the entities of a folder.
func (c *comparer) kinds(in string, shared bool) {
	for _, k := range c.set.Of(shared) {
		if k.Key != "udgave" { // tells of the others
			c.kind(in, k)
		}
	}
}

func (c *comparer) kind(in string, k *schema.Kind) {
	old, now := entities(c.old.root(in), k), entities(c.now.root(in), k)
	var kept []string // old ids of those that are still there, as they are called now
	for _, n := range now {
		p := place{Change: Change{Model: in, Kind: k.Key, ID: n.Key, Name: nameOfNode(n)}, kind: k}
		was := c.match(in, k, old, n)
		if was == nil {
			c.whole(p, Added, nil, n)
			continue
		}
		if was.Key != n.Key {
			p.Was = was.Key
		}
		kept = append(kept, n.Key)
		p.old, p.now = was, n
		c.table(p, k.Type, was, n)
		c.guide(p, was.Key)
	}
	for _, o := range old {
		if id := c.newID(in, k.Key, o.Key); find(now, id) == nil {
			c.whole(place{Change: Change{Model: in, Kind: k.Key, ID: o.Key, Name: nameOfNode(o)}, kind: k}, Removed, o, nil)
		}
	}
	if k.Type.Key("nummer") == nil {
		return // the order of the files is nobody's statement
	}
	var was []string
	for _, o := range old {
		was = append(was, c.newID(in, k.Key, o.Key))
	}
	for _, id := range movedIn(was, kept) {
		n := find(now, id)
		o := c.match(in, k, old, n)
		p := place{Change: Change{Model: in, Kind: k.Key, ID: id, Name: nameOfNode(n)}, kind: k, old: o, now: n}
		p.Label, p.Old, p.New = k.Many, after(was, id, func(id string) string {
			return nameOfNode(c.match(in, k, old, find(now, id)))
		}), after(kept, id, func(id string) string { return nameOfNode(find(now, id)) })
		c.add(p, Moved, o, n)
	}
}

// match is the entity before, or nil.
func (c *comparer) match(in string, k *schema.Kind, old []*source.Node, n *source.Node) *source.Node {
	for _, o := range old {
		if c.newID(in, k.Key, o.Key) == n.Key {
			return o
		}
	}
	return nil
}

// whole notes an entity that has come or gone.
func (c *comparer) whole(p place, what What, old, now *source.Node) {
	p.old, p.now, p.all = old, now, true
	p.Label = p.kind.One
	if old != nil {
		p.Old, p.Markdown = words(old), true
	}
	if now != nil {
		p.New, p.Markdown = words(now), true
	}
	c.add(p, what, old, now)
}

// entities are what readers see of a kind, in its order.
func entities(root *source.Node, k *schema.Kind) []*source.Node {
	list := slices.DeleteFunc(slices.Clone(items(root.Get(k.Key))), func(n *source.Node) bool { return shown(n) == nil })
	if k.Type.Key("nummer") != nil {
		number := func(n *source.Node) int64 {
			if x := n.Get("nummer"); x != nil && x.Int > 0 {
				return x.Int
			}
			return 1 << 30
		}
		slices.SortStableFunc(list, func(a, b *source.Node) int { return cmp.Compare(number(a), number(b)) })
	}
	return list
}

// shown is a table that readers see; nil for a draft and for what a municipality has
// left out.
func shown(n *source.Node) *source.Node {
	for _, key := range []string{"kladde", "udeladt"} {
		if x := n.Get(key); x != nil && x.Bool {
			return nil
		}
	}
	return n
}

// place is where the comparer is: a change without what it says.
type place struct {
	Change
	kind     *schema.Kind
	old, now *source.Node // the entity's tables
	point    *source.Node // the innermost point's table, now or before
	pointOf  *schema.Type
	all      bool // the change is of the whole of it
}

// add notes a change.
func (c *comparer) add(p place, what What, old, now *source.Node) {
	out := p.Change
	out.What, out.OldNode, out.NewNode = what, old, now
	out.Roles = c.roles(p, old, now)
	c.out = append(c.out, out)
}

// guide compares an entity's guidance, passage by passage.
func (c *comparer) guide(p place, was string) {
	at := func(id string) string { return strings.TrimPrefix(p.Model+"/"+p.Kind+":"+id, "/") }
	old, now := c.old.state.Guides[at(was)], c.now.state.Guides[at(p.ID)]
	if old == now {
		return
	}
	p.Key, p.Label, p.Markdown = GuideKey, GuideKey, true
	for _, x := range passages(old, now) {
		p.Old, p.New = x.Old, x.New
		c.add(p, x.what(), nil, nil)
	}
}
