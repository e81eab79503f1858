package overlay

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Question asks what a municipality may do with a key of a national table. Of a key that
// is a table of tables it asks whether one may be added.
type Question struct {
	Model string // id, "" for shared kinds
	Kind  string // or "model"
	ID    string
	Path  []string // from the entity's table: ["dagsorden", "maal"]
	Key   string
}

// Rule is what a municipality may do with a key.
type Rule struct {
	Open    bool     // write something else
	Grows   bool     // the national list must stay, and more may follow it
	Values  []string // of the possible values, those that it may choose; nil for all
	Why     string   // not open: the predicate of a Danish sentence, "er modellens kerne"
	Instead string   // what it can do instead, in whole sentences, or ""
}

// Rule answers by trying: the key is laid over the national table as a municipality could
// write it, and the answer is whether that is refused.
func (e *Editions) Rule(q Question) Rule {
	a := asker{e: e, q: q}
	k := e.set().Kind(q.Kind)
	a.shared = k != nil && k.Shared
	a.root = e.national.Tables.Models[q.Model]
	a.path = []string{q.Kind, q.ID}
	typ := model.Schema().Model
	switch {
	case a.shared:
		a.root, typ = e.national.Tables.Shared, k.Type
	case q.Kind == "model":
		a.path = a.path[:1]
	default:
		typ = k.Type
	}
	a.path = append(a.path, q.Path...)
	a.base = a.root
	for _, key := range a.path {
		a.base = a.base.Get(key)
	}
	for _, key := range q.Path {
		typ = typ.In(key)
	}
	if firm := firmKey(typ); firm != nil && a.base != nil {
		a.base = asTable(a.base, firm.Name)
	}
	key := typ.Key(q.Key)
	if a.base == nil || key == nil {
		return Rule{}
	}
	return a.rule(k, key)
}

// asker tries what a municipality could write under one key.
type asker struct {
	e      *Editions
	q      Question
	shared bool
	root   *source.Node
	path   []string // of the table
	base   *source.Node
	at     subject // the table, as it was last tried
}

func (a *asker) rule(k *schema.Kind, key *schema.Key) Rule {
	policy := key.Policy
	if k != nil && len(a.q.Path) == 0 {
		policy = k.Policy(key)
	}
	b := a.base.Get(key.Name)
	var out Rule
	switch {
	case policy == schema.Oftener:
		out.Open = a.allows(oftener(a.base)...)
	case policy == schema.Omit:
		out.Open = a.allows(&source.Node{Key: key.Name, Kind: source.Bool, Bool: true}, named("lokal_begrundelse", word()))
	case policy == schema.NameForm:
		out.Open = a.allows(named(key.Name, word()), named("lokalt_navn", word()))
	case key.Type.Form == schema.Keyed:
		child := &source.Node{Key: newID, Kind: source.Table}
		for _, inner := range key.Type.Elem.Keys {
			if inner.Required {
				child.Items = append(child.Items, named(inner.Name, aValue(inner.Type, nil)))
			}
		}
		out.Open = a.allows(&source.Node{Key: key.Name, Kind: source.Table, Items: []*source.Node{child}})
	case key.Type.Values != nil:
		for _, value := range key.Type.Values {
			same := b != nil && b.Str == value
			if same || a.allows(named(key.Name, &source.Node{Kind: source.String, Str: value})) {
				out.Values = append(out.Values, value)
				out.Open = out.Open || !same
			}
		}
		if len(out.Values) == len(key.Type.Values) {
			out.Values = nil
		}
	case key.Type.Form == schema.List && b != nil && b.Kind == source.Array:
		item := aValue(key.Type.Elem, nil)
		longer := &source.Node{Kind: source.Array, Items: append(slices.Clone(b.Items), item)}
		out.Open = a.allows(named(key.Name, longer))
		out.Grows = out.Open && !a.allows(named(key.Name, &source.Node{Kind: source.Array, Items: []*source.Node{item}}))
	default:
		out.Open = a.allows(named(key.Name, aValue(key.Type, b)))
	}
	if !out.Open {
		out.Why, out.Instead = cmp.Or(a.at.why, policy.Danish()), a.at.instead()
		if policy == schema.Fixed || policy == schema.Source {
			out.Why = isCommon
		}
	}
	return out
}

// newID is an id that no national table has.
const newID = "-"

// allows reports whether a municipality may write the keys.
func (a *asker) allows(keys ...*source.Node) bool {
	over := &source.Node{Key: a.path[len(a.path)-1], Kind: source.Table, Items: keys}
	for _, key := range slices.Backward(a.path[:len(a.path)-1]) {
		over = &source.Node{Key: key, Kind: source.Table, Items: []*source.Node{over}}
	}
	l := &layer{Editions: a.e, out: model.Overlaid{Lost: a.e.national.Lost.Clone()}}
	p := protector{layer: l, root: a.root, shared: a.shared, national: a.e.national.ModelByID(a.q.Model)}
	p.file(&source.Node{Kind: source.Table, Items: []*source.Node{over}})
	a.at = p.asked
	return !diag.HasErrors(l.diags)
}

func named(key string, n *source.Node) *source.Node {
	n.Key = key
	return n
}

func word() *source.Node { return &source.Node{Kind: source.String, Str: "Noget andet"} }

// aValue is a value of the type other than b.
func aValue(t *schema.Type, b *source.Node) *source.Node {
	switch {
	case t.Form == schema.List:
		return &source.Node{Kind: source.Array, Items: []*source.Node{aValue(t.Elem, nil)}}
	case t.Form == schema.Table:
		return &source.Node{Kind: source.Table}
	case t.Values != nil:
		return &source.Node{Kind: source.String, Str: t.Values[0]}
	case ofKind(t, &source.Node{Kind: source.Int}):
		n := &source.Node{Kind: source.Int, Int: 1}
		if b != nil {
			n.Int = b.Int + 1
		}
		return n
	case ofKind(t, &source.Node{Kind: source.Bool}):
		return &source.Node{Kind: source.Bool, Bool: b == nil || !b.Bool}
	}
	return word()
}

// oftener are the keys of a cadence that comes more often than the national one.
func oftener(base *source.Node) []*source.Node {
	f := model.FrequencyOf(base)
	if f.None() {
		return []*source.Node{named("hver", &source.Node{Kind: source.Int, Int: 1}),
			named("enhed", &source.Node{Kind: source.String, Str: "dag"})}
	}
	f = f.Oftener()
	key := "hver"
	if f.Times {
		key = "gange"
	}
	return []*source.Node{named(key, &source.Node{Kind: source.Int, Int: int64(f.From)}),
		named("enhed", &source.Node{Kind: source.String, Str: string(f.Unit)})}
}
