package release

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

var participantType = reflect.TypeFor[model.Participant]()

// side is one of the two moments, in which references have names.
type side struct {
	state *State
	model *source.Node // the model that is compared, or nil
	set   *schema.Set
}

func (s side) root(in string) *source.Node {
	if in == "" {
		return s.state.Shared
	}
	return s.state.Models[in]
}

// currentModel is the id of the model that is compared.
func (c *comparer) currentModel() string {
	for id, m := range c.now.state.Models {
		if m == c.now.model && m != nil {
			return id
		}
	}
	return ""
}

// name is what readers know an entity by.
func (s side) name(in *source.Node, kind, id string) string {
	n := in.Get(kind).Get(id)
	if n == nil {
		n = s.state.Shared.Get(kind).Get(id)
	}
	if n == nil {
		return id
	}
	return nameOfNode(n)
}

// nameOfNode is what readers know a table by.
func nameOfNode(n *source.Node) string {
	for _, key := range []string{"lokalt_navn", "navn", "titel", "kort", "tekst"} {
		if x := n.Get(key); x != nil && x.Str != "" {
			return x.Str
		}
	}
	if n == nil {
		return ""
	}
	return n.Key
}

// words are the words that an entity is told with.
func words(n *source.Node) string {
	for _, key := range []string{"tekst", "definition", "kort", "tjek", "formaal"} {
		if x := n.Get(key); x != nil && x.Kind == source.String && x.Str != "" && x.Str != nameOfNode(n) {
			return x.Str
		}
	}
	return ""
}

// textOf is the text of the first of two tables that has one.
func textOf(tables ...*source.Node) string {
	for _, n := range tables {
		if x := n.Get("tekst"); x != nil && x.Str != "" {
			return x.Str
		}
	}
	return ""
}

// pointWords are the words of a point: its own, its name, or those of what it shows.
func (c *comparer) pointWords(t *schema.Type, n *source.Node) string {
	if n == nil {
		return ""
	}
	if kind, ok := linked(t); ok {
		for _, s := range []side{c.now, c.old} {
			if s.model.Get(kind).Get(n.Key) != nil {
				return s.name(s.model, kind, n.Key)
			}
		}
	}
	for _, key := range []string{"tekst", "navn", "titel", "funktion", "spoergsmaal"} {
		if x := n.Get(key); x != nil && x.Kind == source.String && x.Str != "" {
			return x.Str
		}
	}
	if from := n.Get("fra"); from != nil {
		return c.now.anyRef(from.Str)
	}
	return n.Key
}

// words are a value as readers see it.
func (s side) words(k *schema.Key, n *source.Node) string {
	var out []string
	for _, x := range elements(n) {
		one := k.Type
		if one.Form == schema.List {
			one = one.Elem
		}
		out = append(out, s.one(k, one, x))
	}
	between := ", "
	if e := k.Type.Elem; e != nil && (e.Form == schema.Text || e.Form == schema.Cite) {
		between = "\n"
	}
	return strings.Join(out, between)
}

func (s side) one(k *schema.Key, t *schema.Type, n *source.Node) string {
	switch n.Kind {
	case source.Int:
		return strings.TrimSpace(strconv.FormatInt(n.Int, 10) + " " + k.Unit)
	case source.Bool:
		if n.Bool {
			return "ja"
		}
		return "nej"
	case source.Table:
		var parts []string
		for _, x := range n.Items {
			parts = append(parts, x.Key+": "+s.one(k, t, x))
		}
		return strings.Join(parts, ", ")
	case source.Array:
		var parts []string
		for _, x := range n.Items {
			parts = append(parts, s.one(k, t, x))
		}
		return strings.Join(parts, " · ")
	case source.String:
	default:
		return ""
	}
	switch t.Form {
	case schema.Ref:
		return s.name(s.model, t.To.Key, n.Str)
	case schema.Cite:
		id, place, _ := strings.Cut(n.Str, ":")
		return strings.TrimSuffix(s.name(nil, "kilde", id)+", "+strings.TrimSpace(place), ", ")
	case schema.AnyRef:
		return s.anyRef(n.Str)
	}
	if key := t.Word(n.Str); key != n.Str {
		return key
	}
	return strings.TrimSpace(n.Str)
}

// anyRef is the name of what an author's reference names.
func (s side) anyRef(ref string) string {
	in, rest := s.model, ref
	if m, after, ok := strings.Cut(ref, "/"); ok {
		in, rest = s.state.Models[m], after
	}
	rest, point, _ := strings.Cut(rest, "#")
	kind, id, _ := strings.Cut(rest, ":")
	if point != "" {
		n := in.Get(kind).Get(id)
		for _, key := range strings.Split(point, ".") {
			n = n.Get(key)
		}
		if t := textOf(n); t != "" {
			return t
		}
	}
	return s.name(in, kind, id)
}

// roles lists the roles that a change concerns: those that the statement names, now or
// before, or that the table around it does.
func (c *comparer) roles(p place, old, now *source.Node) []string {
	var out []string
	add := func(list []string, before bool) {
		for _, id := range list {
			if before {
				id = c.newID(p.Model, "rolle", id)
			}
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	if p.kind == nil {
		return nil
	}
	if p.Kind == "rolle" {
		add([]string{p.ID}, false)
	}
	if p.point != nil {
		if kind, ok := linked(p.pointOf); ok && kind == "rolle" {
			add([]string{p.point.Key}, false)
			return out
		}
		add(rolesIn(p.pointOf, p.point, p.all), false)
		add(c.rolesOfShown(p.point), false)
	}
	if k := key(p, p.Key); k != nil && k.Type.HasRefs() && meaning(k) == Owner {
		add(idsOf(old), true)
		add(idsOf(now), false)
	}
	if len(out) > 0 && p.point != nil {
		return out
	}
	add(rolesIn(p.kind.Type, p.now, p.all), false)
	add(rolesIn(p.kind.Type, p.old, p.all), true)
	if p.Kind == "kadence" {
		add(c.now.rolesOfUsers("kadence", p.ID), false)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// rolesOfShown lists the roles of the statement that a point shows.
func (c *comparer) rolesOfShown(point *source.Node) []string {
	from := point.Get("fra")
	if from == nil {
		return nil
	}
	rest, path, _ := strings.Cut(from.Str, "#")
	kind, id, _ := strings.Cut(rest, ":")
	k := c.set.Kind(kind)
	n := c.now.model.Get(kind).Get(id)
	if k == nil || n == nil {
		return nil
	}
	if path != "" {
		t := k.Type
		for _, key := range strings.Split(path, ".") {
			n, t = n.Get(key), t.In(key)
		}
		return rolesIn(t, n, false)
	}
	return rolesIn(k.Type, n, false)
}

// key is the descriptor of the key that a change is about.
func key(p place, name string) *schema.Key {
	switch {
	case p.pointOf != nil:
		return p.pointOf.Key(name)
	case p.kind == nil:
		return nil
	}
	return p.kind.Type.Key(name)
}

func idsOf(n *source.Node) []string {
	var out []string
	for _, x := range elements(n) {
		out = append(out, x.Str)
	}
	return out
}

// rolesIn lists the roles that a table names: under its own keys and as participants, and
// in its points when deep.
func rolesIn(t *schema.Type, n *source.Node, deep bool) []string {
	if n == nil || t == nil {
		return nil
	}
	var out []string
	for _, k := range t.Keys {
		v := n.Get(k.Name)
		if v == nil {
			continue
		}
		one := k.Type
		if one.Form == schema.List {
			one = one.Elem
		}
		switch {
		case one.Form == schema.Ref && one.To.Key == "rolle":
			out = append(out, idsOf(v)...)
		case one.Form == schema.Keyed:
			kind, ok := linked(one.Elem)
			for _, x := range items(v) {
				if ok && kind == "rolle" && tableOf(one.Elem, x).Get("navn") == nil {
					out = append(out, x.Key)
				} else if deep && !ok {
					out = append(out, rolesIn(one.Elem, tableOf(one.Elem, x), true)...)
				}
			}
		}
	}
	return out
}

// rolesOfUsers lists the roles of the entities that refer to one.
func (s side) rolesOfUsers(kind, id string) []string {
	var out []string
	for _, k := range s.set.Of(false) {
		for _, n := range items(s.model.Get(k.Key)) {
			for _, key := range k.Type.Keys {
				one := key.Type
				if one.Elem != nil {
					one = one.Elem
				}
				if one.Form == schema.Ref && one.To.Key == kind && slices.Contains(idsOf(n.Get(key.Name)), id) {
					out = append(out, rolesIn(k.Type, n, false)...)
				}
			}
		}
	}
	return out
}
