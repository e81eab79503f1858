package overlay

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Change is one difference between a municipality's edition and the national one.
type Change struct {
	Model    *model.Model
	Entity   *model.Entity
	What     Deviation
	Keys     []*schema.Key // path from the entity's table to the changed key; empty for the whole entity
	Label    string        // the path in Danish, with the names of points: "dagsorden »Velkomst«: minutter"
	National string        // the national wording as readers see it; "" for an addition
	Local    string        // the municipality's
	Reason   model.Text
	Date     string
}

// Deviation is the type of a change.
type Deviation string

const (
	Changed Deviation = "ændret"
	Added   Deviation = "tilføjet"
	Omitted Deviation = "udeladt"
	Renamed Deviation = "lokalt navn"
	Decided Deviation = "aftalt"
)

// changes lists the local changes of an edition's models, kind by kind.
func changes(h *model.Handbook, national map[string]*source.Node) []Change {
	var out []Change
	for _, m := range h.Models {
		for _, k := range h.Schema().Kinds {
			for _, n := range m.List(k) {
				out = append(out, entityChanges(m, national[m.ID], k, n.Base())...)
			}
		}
	}
	return out
}

func entityChanges(m *model.Model, national *source.Node, k *schema.Kind, e *model.Entity) []Change {
	c := Change{Model: m, Entity: e, Label: k.One, Reason: e.Local.Reason, Date: e.Local.Date}
	switch {
	case e.At.Local():
		c.What, c.Local = Added, e.Label()
		return []Change{c}
	case e.Local.Omit:
		c.What, c.National = Omitted, e.Name
		return []Change{c}
	}
	w := walker{model: m, national: national, base: c}
	w.table(step{typ: k.Type}, e.At.Node())
	return w.out
}

// walker collects the changes in an entity's merged table.
type walker struct {
	model    *model.Model
	national *source.Node // the model's national tables
	base     Change
	out      []Change
}

// step is the walker's position in an entity.
type step struct {
	keys  []*schema.Key
	label string
	typ   *schema.Type // of the table
}

func (s step) into(k *schema.Key, label string) step {
	next := step{keys: s.keys, label: label, typ: s.typ}
	if k != nil {
		next.keys, next.typ = append(slices.Clip(s.keys), k), k.Type
	}
	return next
}

func (w *walker) table(at step, n *source.Node) {
	for _, item := range n.Items {
		if at.typ.Form == schema.Keyed {
			w.child(at, item)
		} else if key := at.typ.Key(item.Key); key != nil {
			w.value(at, key, n, item)
		}
	}
}

// child records the changes of one table in a table of tables.
func (w *walker) child(at step, n *source.Node) {
	elem := at.typ.Elem
	role := w.role(elem, n)
	name := cmp.Or(role, w.caption(n), n.Key)
	to := step{keys: at.keys, label: prefixed(at.label, name), typ: elem}
	omitted := n.Get("udeladt")
	switch {
	case n.Kind != source.Table && n.Local && firmKey(elem) != nil: // a new one: else it is a table by now
		w.emit(to, n, Added, "", w.text(firmKey(elem).Type, n))
	case n.Kind != source.Table:
	case n.Local && n.Base == nil && role != "":
		w.emit(to, n, Added, "", w.newChild(elem, n))
	case n.Local && n.Base == nil:
		w.emit(at, n, Added, "", w.newChild(elem, n))
	case local(omitted) && omitted.Bool:
		text := n.Key
		if v := n.Get("tekst"); v != nil {
			text = v.Str
		}
		w.emit(at, n, Omitted, text, "")
	default:
		before := len(w.out)
		w.table(to, n)
		if firmKey(elem) != nil && len(w.out) > before+1 {
			w.join(before, to)
		}
	}
}

// join makes one change of those from the first on: what is said of a participant is one
// thing.
func (w *walker) join(first int, at step) {
	one := w.out[first]
	one.What, one.Keys, one.Label = Changed, at.keys, at.label
	for _, c := range w.out[first+1:] {
		one.National, one.Local = andThen(one.National, c.National), andThen(one.Local, c.Local)
	}
	w.out = append(w.out[:first], one)
}

// andThen is words and a sentence after them: "er altid med. Også vikarer."
func andThen(words, more string) string {
	if words != "" && more != "" && !source.EndsSentence(words) {
		words += "."
	}
	return strings.TrimSpace(words + " " + more)
}

// role is the name of a participant's role in brackets, or "".
func (w *walker) role(elem *schema.Type, n *source.Node) string {
	if role := w.model.Find("rolle", n.Key); role != nil && firmKey(elem) != nil {
		return "(" + role.Base().Label() + ")"
	}
	return ""
}

// newChild is the text that readers know an added table by.
func (w *walker) newChild(elem *schema.Type, n *source.Node) string {
	text := n.Key
	for _, name := range []string{"form", "navn", "tekst"} {
		if v, key := n.Get(name), elem.Key(name); v != nil && key != nil {
			text = w.text(key.Type, v)
		}
	}
	return text
}

func local(n *source.Node) bool { return n != nil && n.Local }

// value records the changes of one key.
func (w *walker) value(at step, key *schema.Key, parent, n *source.Node) {
	to := at.into(key, prefixed(at.label, key.Label))
	if key.Policy == schema.Firmer {
		to.label = at.label // the table is named after it
	}
	policy, was := key.Policy, n.Base
	if len(at.keys) == 0 {
		policy = w.base.Entity.Descriptor().Policy(key)
	}
	if policy == schema.Firmer && was == nil {
		was = parent.Base // a bare "altid" that the table replaced
	}
	switch {
	case policy == schema.Oftener:
		w.often(at, parent, n)
	case n.Kind == source.Table:
		w.table(to, n)
	case policy == schema.NameForm && local(parent.Get("lokalt_navn")):
		// a form of the local name, which is told
	case n.Local && key.Policy == schema.Rename:
		w.emit(at, parent, Renamed, nationalText(parent.Get("navn")), n.Str)
	case n.Local && key.Name == "svar":
		w.emit(at, parent, Decided, w.text(at.typ.Key("spoergsmaal").Type, parent.Get("spoergsmaal")), n.Str)
	case key.Policy == schema.Answer, key.Policy == schema.Position, !n.Local:
	case was == nil:
		w.emit(to, parent, Added, "", w.said(key, n))
	case source.Equal(was, n):
	case n.Kind == source.String && blank(n.Str):
		w.emit(to, parent, Omitted, w.said(key, was), "")
	default:
		w.emit(to, parent, Changed, w.said(key, was), w.said(key, n))
	}
}

// often records a change of how often, once for all of its keys. Package book has the
// words for the numbers.
func (w *walker) often(at step, parent, n *source.Node) {
	words, numbers := saysOften(w.base.Entity.Descriptor(), parent)
	changed := slices.DeleteFunc(slices.Concat(numbers, words), func(key string) bool { return !local(parent.Get(key)) })
	if len(changed) == 0 || changed[0] != n.Key {
		return
	}
	key := at.typ.Key("udtryk")
	w.emit(at.into(key, prefixed(at.label, key.Label)), parent, Changed,
		often(w.national.Get("kadence").Get(w.base.Entity.ID)), often(parent))
}

func often(n *source.Node) string {
	if words := n.Get("udtryk"); words != nil {
		return words.Str
	}
	return model.FrequencyOf(n).TOML()
}

// caption is what readers know a table in a table of tables by: its national name, or
// the beginning of its national text.
func (w *walker) caption(n *source.Node) string {
	for _, key := range []string{"navn", "tekst"} {
		text := w.plain(nationalText(n.Get(key)))
		if text == "" {
			continue
		}
		if r := []rune(text); len(r) > 40 {
			text = strings.TrimSpace(string(r[:40])) + "…"
		}
		return "»" + text + "«"
	}
	return ""
}

// nationalText is the national text at a node, also when an overlay has replaced it.
func nationalText(n *source.Node) string {
	if n != nil && n.Base != nil {
		n = n.Base
	}
	if n == nil || n.Kind != source.String {
		return ""
	}
	return n.Str
}

func prefixed(label, name string) string {
	switch {
	case label == "":
		return name
	case strings.HasPrefix(name, "»"), strings.HasPrefix(name, "("): // a table in a table of tables
		return label + " " + name
	}
	return label + ": " + name
}

// listed joins words with commas, and sentences with spaces.
func listed(parts []string) string {
	out := strings.Join(parts[:min(1, len(parts))], "")
	for i, p := range parts[min(1, len(parts)):] {
		if !source.EndsSentence(parts[i]) {
			out += ","
		}
		out += " " + p
	}
	return out
}

// emit records a change. table may hold the reason and date.
func (w *walker) emit(at step, table *source.Node, what Deviation, national, local string) {
	c := w.base
	c.What, c.Keys, c.Label, c.National, c.Local = what, at.keys, at.label, national, local
	if r := table.Get("lokal_begrundelse"); r != nil {
		c.Reason = model.TextOf(r)
	}
	if d := table.Get("lokal_dato"); d != nil {
		c.Date = d.Str
	}
	if what == Renamed { // by which readers know the thing
		w.out = slices.Insert(w.out, 0, c)
		return
	}
	w.out = append(w.out, c)
}

// said is a key's value as readers see it: numbers with their unit.
func (w *walker) said(key *schema.Key, n *source.Node) string {
	return strings.TrimSpace(w.text(key.Type, n) + " " + key.Unit)
}

// text is a value as readers see it: references by name.
func (w *walker) text(t *schema.Type, n *source.Node) string {
	if n == nil {
		return ""
	}
	switch n.Kind {
	case source.String:
		return w.word(t, n.Str)
	case source.Int:
		return strconv.FormatInt(n.Int, 10)
	case source.Bool:
		return map[bool]string{true: "ja", false: "nej"}[n.Bool]
	case source.Array:
		var parts []string
		for _, item := range n.Items {
			if t.Elem != nil {
				parts = append(parts, w.text(t.Elem, item))
			}
		}
		return listed(parts)
	}
	return ""
}

func (w *walker) word(t *schema.Type, s string) string {
	kind, id := "", s
	switch {
	case t.Form == schema.List:
		return w.word(t.Elem, s)
	case t.Form == schema.Ref:
		kind = t.To.Key
	case t.Form == schema.AnyRef:
		kind, id, _ = strings.Cut(s, ":")
	default:
		return t.Word(s)
	}
	if e := w.model.Find(kind, id); e != nil {
		return e.Base().Label()
	}
	return s
}
