package edit

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// What can be chosen, by name.

// options are the values that a key of the target's table can have; nil when they are
// not from a fixed set.
func (v *view) options(t Target, k *schema.Key) []Option {
	typ := k.Type
	if typ.Form == schema.List {
		typ = typ.Elem
	}
	switch {
	case typ.Values != nil:
		var out []Option
		for _, value := range typ.Values {
			out = append(out, Option{Value: value, Label: upper(typ.Word(value))})
		}
		return out
	case typ.Form == schema.Ref:
		return v.entities(t, typ.To, "", func(e *model.Entity) string { return e.ID })
	case typ.Form == schema.Cite:
		return v.entities(t, model.Schema().Kind("kilde"), "", func(e *model.Entity) string { return e.ID })
	case typ.Form == schema.AnyRef:
		return v.anything(t, k)
	case k.Of != "":
		return v.named(t, k.Of)
	}
	return nil
}

// entities are those of a kind that the target can refer to. group is that of their
// options.
func (v *view) entities(t Target, k *schema.Kind, group string, value func(*model.Entity) string) []Option {
	var list []model.Named
	switch m := v.handbook().ModelByID(t.Model); {
	case k.Shared:
		list = v.handbook().List(k)
	case m != nil:
		list = m.List(k)
	}
	var out []Option
	for _, n := range list {
		out = append(out, Option{Value: value(n.Base()), Label: nameOf(n), Group: group})
	}
	return out
}

// nameOf is what an entity is called in a list of options.
func nameOf(n model.Named) string {
	if s, ok := n.(*model.Source); ok && s.Name == "" {
		by := strings.TrimSpace(s.Author + " (" + s.Year + ")")
		if s.Year == "" {
			by = s.Author
		}
		return strings.TrimPrefix(by+": "+s.Title, ": ")
	}
	return cmp.Or(n.Base().Label(), n.Base().ID)
}

// named are the things that a key names by their ids, though its type doesn't say so.
func (v *view) named(t Target, of string) []Option {
	switch of {
	case schema.OfKeys:
		var out []Option
		for _, k := range t.tableType().Keys {
			if k.Policy != schema.Source && !k.Policy.Local() {
				out = append(out, Option{Value: k.Name, Label: upper(k.Label)})
			}
		}
		return out
	case schema.OfSiblings:
		return v.siblings(t)
	case modelKind:
		var out []Option
		for _, m := range v.snap.Handbook().Models {
			out = append(out, Option{Value: m.ID, Label: m.Label()})
		}
		return out
	}
	if k := t.schema().Kind(of); k != nil {
		return v.entities(t, k, "", func(e *model.Entity) string { return e.ID })
	}
	return v.children(t.entity().below(of))
}

// anything are the things of several kinds, as "kind:id", or "model/kind:id" where the
// target belongs to no model.
func (v *view) anything(t Target, k *schema.Key) []Option {
	of := strings.Split(k.Of, "|")
	wanted := func(k *schema.Kind) bool {
		return of[0] == "" || of[0] == schema.OfTicks && k.Tick != "" || slices.Contains(of, k.Key)
	}
	models := v.handbook().Models
	inside := t.Model != ""
	if !inside && len(t.Path) > 1 && t.entity().below(t.Path[0]).keyOf() == modelKind {
		t.Model, inside = t.Path[1], true // what a term means in that model
	}
	if inside {
		models = []*model.Model{v.handbook().ModelByID(t.Model)}
	}
	var out []Option
	for _, m := range models {
		if m == nil {
			continue
		}
		for _, k := range v.handbook().Schema().Of(false) {
			prefix, group := k.Key+":", k.Many
			if !inside {
				prefix, group = m.ID+"/"+prefix, m.Label()+": "+strings.ToLower(k.Many)
			}
			if wanted(k) {
				t.Model = m.ID
				out = append(out, v.entities(t, k, group, func(e *model.Entity) string { return prefix + e.ID })...)
			}
		}
	}
	for _, k := range v.handbook().Schema().Of(true) {
		if wanted(k) && k.Page != schema.Nowhere && k.Key != ownKind && k.Key != "kilde" {
			out = append(out, v.entities(t, k, k.Many, func(e *model.Entity) string { return k.Key + ":" + e.ID })...)
		}
	}
	return out
}

// keyOf is what the ids of the Keyed at the end of the target's path name.
func (t Target) keyOf() string {
	last := len(t.Path) - 1
	above := t
	above.Path = t.Path[:last]
	if k := above.tableType().Key(t.Path[last]); k != nil {
		return k.Of
	}
	return ""
}

// children are the tables of the Keyed that the target's path ends with.
func (v *view) children(t Target) []Option {
	var out []Option
	if n := v.merged(t); n != nil && n.Kind == source.Table {
		for _, child := range n.Items {
			out = append(out, Option{Value: child.Key, Label: v.caption(t, child)})
		}
	}
	return out
}

// siblings are the tables beside the target's.
func (v *view) siblings(t Target) []Option {
	own := t.ID
	var out []Option
	if len(t.Path) == 0 {
		if k := t.kind(); k != nil {
			out = v.entities(t, k, "", func(e *model.Entity) string { return e.ID })
		}
	} else {
		own = t.Path[len(t.Path)-1]
		t.Path = t.Path[:len(t.Path)-1]
		out = v.children(t)
	}
	return slices.DeleteFunc(out, func(o Option) bool { return o.Value == own })
}

// merged is the target's table in its edition, with what is national in it, or nil.
func (v *view) merged(t Target) *source.Node {
	if n := v.lookup(t); n != nil {
		return at(n.Base().At.Node(), t.Path)
	}
	_, n := v.find(t)
	return n
}

// lookup is the target's entity, or nil.
func (v *view) lookup(t Target) model.Named {
	switch {
	case t.Kind == modelKind:
		if m := v.handbook().ModelByID(t.Model); m != nil {
			return m
		}
		return nil
	case t.isSingle():
		return nil
	}
	return v.handbook().Lookup(nil, t.Model, t.Kind, t.ID)
}

// caption is what readers know a table in a Keyed by: its name or text, or that of what
// it shows or stands for. t is the Keyed.
func (v *view) caption(t Target, n *source.Node) string {
	name := n.Key
	if of := t.keyOf(); of != "" {
		for _, o := range v.named(t, of) {
			if o.Value == n.Key {
				name = o.Label
			}
		}
	}
	if words := wordsIn(t.tableType().Elem, n); words != "" && name == n.Key {
		name = short(words)
	}
	if from := n.Get("fra"); from != nil && name == n.Key {
		name = v.referred(t.Model, from.Str)
	}
	return name
}

// wordsIn is the first text of a table that must be there, or the first of all.
func wordsIn(t *schema.Type, n *source.Node) string {
	first := ""
	for _, k := range t.Keys {
		words := n.Get(k.Name)
		if !k.Type.IsWords() || words == nil || words.Kind != source.String || k.Policy.Local() {
			continue
		}
		if k.Required {
			return words.Str
		}
		first = cmp.Or(first, words.Str)
	}
	return first
}

// referred is the name of what "kind:id" refers to.
func (v *view) referred(modelID, ref string) string {
	if in, rest, ok := strings.Cut(ref, "/"); ok {
		modelID, ref = in, rest
	}
	kind, id, _ := strings.Cut(ref, ":")
	id, point, _ := strings.Cut(id, "#")
	n := v.handbook().Lookup(nil, modelID, kind, id)
	if n == nil {
		return ref
	}
	if point != "" {
		if p := model.PointAt(n, point); p != nil && p.Text.Value != "" {
			return short(p.Text.Value)
		}
	}
	return nameOf(n)
}

// short is the beginning of a text.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 70 {
		s = strings.TrimSpace(string(r[:70])) + "…"
	}
	return s
}

// upper begins a word with a capital.
func upper(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
