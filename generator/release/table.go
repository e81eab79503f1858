package release

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// untold are keys that say nothing to readers.
var untold = []string{"nummer", "tidligere", "kladde", "placeres_efter", "udeladt", "lokal_dato", "gennemgaaet",
	"gennemgaas", "ejer"}

// borrowed are the keys that a point has from the statement that it shows, when it says
// which: fra.
var borrowed = []string{"bindende", "grundlag", "kilde", "udledt", "eksempel_fra", "hvem", "hvornaar", "ansvarlig"}

// table compares two tables key by key.
func (c *comparer) table(p place, t *schema.Type, old, now *source.Node) {
	if old == now {
		return // of a file that stayed as it was
	}
	if p.Kind == "kadence" && p.Point == "" && p.Key == "" {
		c.often(p, old, now)
	}
	shows := old.Get("fra") != nil || now.Get("fra") != nil
	for _, k := range t.Keys {
		if slices.Contains(untold, k.Name) || shows && slices.Contains(borrowed, k.Name) ||
			p.Kind == "kadence" && k.Policy == schema.Oftener {
			continue
		}
		was, is := old.Get(k.Name), now.Get(k.Name)
		if was == is || was != nil && is != nil && source.Equal(was, is) {
			continue
		}
		at := p
		at.Key = k.Name
		switch k.Type.Form {
		case schema.Keyed:
			at.Key = ""
			c.points(at, k, was, is)
		case schema.Table:
			at.Point = joined(p.Point, k.Name, ".")
			at.Label = joined(p.Label, k.Label, ": ")
			at.Text = textOf(tableOf(k.Type, is), tableOf(k.Type, was))
			c.nested(at, k.Type, was, is)
		default:
			at.Label = joined(p.Label, k.Label, ": ")
			c.value(at, k, was, is)
		}
	}
}

// nested compares a table in a table: a statement, or what holds several values.
func (c *comparer) nested(p place, t *schema.Type, old, now *source.Node) {
	was, is := tableOf(t, old), tableOf(t, now)
	if t.Key("tekst") != nil && (was == nil || is == nil) {
		p.Key = ""
		c.cameOrWent(p, was, is)
		return
	}
	p.Key = ""
	if is != nil {
		p.point, p.pointOf = is, t
	}
	c.table(p, t, orEmpty(was), orEmpty(is))
}

func orEmpty(n *source.Node) *source.Node {
	if n == nil {
		return &source.Node{Kind: source.Table}
	}
	return n
}

// tableOf is a table, also when it is written as the text that is short for it.
func tableOf(t *schema.Type, n *source.Node) *source.Node {
	if n == nil || n.Kind == source.Table {
		return n
	}
	short := "tekst"
	for _, k := range t.Keys {
		if k.Shorthand {
			short = k.Name
		}
	}
	value := *n
	value.Key = short
	return &source.Node{Key: n.Key, KeyPos: n.KeyPos, Pos: n.Pos, Kind: source.Table, Items: []*source.Node{&value},
		Base: n.Base, Local: n.Local}
}

// points compares the tables in a table of tables.
func (c *comparer) points(p place, k *schema.Key, old, now *source.Node) {
	list := joined(p.Label, k.Label, ": ")
	was, is := c.known(k.Type.Elem, old, true), c.known(k.Type.Elem, now, false)
	renamed := map[string]string{} // old id → new one, of points that say the same
	for _, o := range was {
		for _, n := range is {
			if find(is, o.Key) == nil && find(was, n.Key) == nil && alike(o, n) && len(o.Items) > 0 {
				renamed[o.Key] = n.Key
			}
		}
	}
	id := func(o *source.Node) string {
		if to, ok := renamed[o.Key]; ok {
			return to
		}
		return o.Key
	}
	at := func(key string, n *source.Node) place {
		q := p
		q.Point, q.Label, q.point, q.pointOf = joined(p.Point, k.Name, ".")+"."+key, list, n, k.Type.Elem
		q.Text = c.pointWords(k.Type.Elem, n)
		return q
	}
	var before, kept []string
	for _, o := range was {
		before = append(before, id(o))
		if n := find(is, id(o)); n == nil {
			c.cameOrWent(at(o.Key, o), o, nil)
		}
	}
	for _, n := range is {
		i := slices.IndexFunc(was, func(o *source.Node) bool { return id(o) == n.Key })
		if i < 0 {
			c.cameOrWent(at(n.Key, n), nil, n)
			continue
		}
		kept = append(kept, n.Key)
		c.table(at(n.Key, n), k.Type.Elem, was[i], n)
	}
	if _, linked := linked(k.Type.Elem); linked {
		return // who takes part is no order
	}
	for _, m := range movedIn(before, kept) {
		q := at(m, find(is, m))
		q.Old = after(before, m, func(key string) string { return c.named(k.Type.Elem, was, is, renamed, key) })
		q.New = after(kept, m, func(key string) string { return c.pointWords(k.Type.Elem, find(is, key)) })
		c.add(q, Moved, nil, find(is, m))
	}
}

// named is what a point before is called, by its id now.
func (c *comparer) named(t *schema.Type, was, is []*source.Node, renamed map[string]string, key string) string {
	for _, o := range was {
		if to, ok := renamed[o.Key]; o.Key == key || ok && to == key {
			return c.pointWords(t, o)
		}
	}
	return c.pointWords(t, find(is, key))
}

// known are the tables of a table of tables that readers see. Those whose ids are
// entities' have the ids that these have now.
func (c *comparer) known(t *schema.Type, n *source.Node, before bool) []*source.Node {
	var out []*source.Node
	for _, x := range items(n) {
		table := tableOf(t, x)
		if shown(table) == nil {
			continue
		}
		if kind, ok := linked(t); ok && before {
			if id := c.newID(c.currentModel(), kind, x.Key); id != x.Key {
				y := *table
				y.Key = id
				table = &y
			}
		}
		out = append(out, table)
	}
	return out
}

// linked tells of which kind the ids of a table of tables are.
func linked(t *schema.Type) (kind string, ok bool) {
	if t.Go == nil {
		return "", false
	}
	if t == schema.TypeOf(participantType) {
		return "rolle", true
	}
	return "", false
}

// cameOrWent notes a point that is new or gone.
func (c *comparer) cameOrWent(p place, old, now *source.Node) {
	p.all = true
	switch {
	case old == nil:
		p.New, p.Markdown = p.Text, true
		c.add(p, Added, nil, now)
	default:
		p.Old, p.Markdown = p.Text, true
		c.add(p, Removed, old, nil)
	}
}

// value notes another value of a key.
func (c *comparer) value(p place, k *schema.Key, old, now *source.Node) {
	old, now = said(k, old), said(k, now)
	if c.same(k.Type, old, now) {
		return
	}
	if e := k.Type.Elem; e != nil {
		switch {
		case e.Form == schema.Text:
			c.passages(p, old, now)
			return
		case e.Form != schema.Ref: // whose lists are read whole: who, in which phases
			old, now = without(c, k, old, now), without(c, k, now, old)
		}
	}
	p.Old, p.New = c.old.words(k, old), c.now.words(k, now)
	p.Markdown = k.Type.Form == schema.Text
	what := meaning(k)
	switch {
	case k.Name == "bindende":
		p.Old, p.New = cmp.Or(p.Old, string(model.Described)), cmp.Or(p.New, string(model.Described))
	case k.Name == "udledt":
		p.Old, p.New = labels(p, p.Old), labels(p, p.New)
	case k.Type.Go.Kind() == reflect.Bool:
		p.Old, p.New = cmp.Or(p.Old, "nej"), cmp.Or(p.New, "nej")
	}
	switch {
	case p.Kind == "lov" && what == Reworded:
		what = Law
	case k.Name == "kerne":
		what = Core
	case k.Name == "bindende" || k.Policy == schema.Firmer && len(k.Type.Values) > 0:
		what = Weaker
		if firmness(k, now) > firmness(k, old) {
			what = Firmer
		}
	case what == Reworded && p.Old == "":
		what = Added
	case what == Reworded && p.New == "":
		what = Removed
	}
	c.add(p, what, old, now)
}

// labels are names of keys as readers see them.
func labels(p place, names string) string {
	if names == "" {
		return ""
	}
	list := strings.Split(names, ", ")
	for i, name := range list {
		if k := key(p, name); k != nil {
			list[i] = k.Label
		}
	}
	return strings.Join(list, ", ")
}

// passages notes the texts of a list that are others than before.
func (c *comparer) passages(p place, old, now *source.Node) {
	texts := func(n *source.Node) []string {
		var out []string
		for _, x := range elements(n) {
			out = append(out, strings.TrimSpace(x.Str))
		}
		return out
	}
	p.Markdown = true
	for _, x := range differing(texts(old), texts(now)) {
		p.Old, p.New = x.Old, x.New
		c.add(p, x.what(), old, now)
	}
}

// without is a list without the elements that another one has too.
func without(c *comparer, k *schema.Key, n, other *source.Node) *source.Node {
	rest := &source.Node{Kind: source.Array}
	for _, x := range elements(n) {
		there := slices.ContainsFunc(elements(other), func(y *source.Node) bool {
			return c.same(k.Type.Elem, x, y) || c.same(k.Type.Elem, y, x)
		})
		if !there {
			rest.Items = append(rest.Items, x)
		}
	}
	return rest
}

// said is a value, or nil for one that says what its absence does.
func said(k *schema.Key, n *source.Node) *source.Node {
	switch {
	case n == nil:
	case n.Kind == source.Bool && !n.Bool, n.Kind == source.Array && len(n.Items) == 0,
		n.Kind == source.String && strings.TrimSpace(n.Str) == "",
		k.Name == "bindende" && n.Str == string(model.Described),
		k.Name == "grundlag" && n.Str == string(model.Stated):
		return nil
	}
	return n
}

// firmness grows with how binding a value is.
func firmness(k *schema.Key, n *source.Node) int {
	value := ""
	if n != nil {
		value = n.Str
	} else if k.Name == "bindende" {
		value = string(model.Described)
	}
	at := slices.Index(k.Type.Values, value)
	if at < 0 {
		at = len(k.Type.Values)
	}
	return -at // values stand from the firmest to the weakest
}

// same reports whether two values say the same: words with other spaces, ids of what is
// called otherwise now.
func (c *comparer) same(t *schema.Type, old, now *source.Node) bool {
	if t.Form == schema.List {
		a, b := elements(old), elements(now)
		if t.Elem.Form == schema.Ref || t.Elem.Form == schema.Cite { // which of them stands first says nothing
			return len(a) == len(b) && !slices.ContainsFunc(a, func(x *source.Node) bool {
				return !slices.ContainsFunc(b, func(y *source.Node) bool { return c.same(t.Elem, x, y) })
			})
		}
		return slices.EqualFunc(a, b, func(x, y *source.Node) bool { return c.same(t.Elem, x, y) })
	}
	if old == nil || now == nil {
		return old == now
	}
	if old.Kind != source.String || now.Kind != source.String {
		return source.Equal(old, now)
	}
	if t.Form == schema.AnyRef {
		was, is := c.qualified(old.Str, true), c.qualified(now.Str, false)
		a, _, _ := strings.Cut(was, "#")
		b, _, point := strings.Cut(is, "#")
		return was == is || point && a == b && c.old.anyRef(old.Str) == c.now.anyRef(now.Str) // a point with another id
	}
	return slices.Equal(strings.Fields(c.asNow(t, old.Str)), strings.Fields(now.Str))
}

// asNow is a reference from before with the ids of now.
func (c *comparer) asNow(t *schema.Type, ref string) string {
	switch t.Form {
	case schema.Ref:
		return c.newID(c.currentModel(), t.To.Key, ref)
	case schema.Cite:
		id, place, ok := strings.Cut(ref, ":")
		if id = c.newID("", "kilde", id); ok {
			return id + ":" + place
		}
		return id
	}
	return ref
}

// qualified is an author's reference with its model, and from before with the ids of now.
func (c *comparer) qualified(ref string, before bool) string {
	in, rest := c.currentModel(), ref
	if m, after, ok := strings.Cut(ref, "/"); ok {
		in, rest = m, after
	}
	rest, point, _ := strings.Cut(rest, "#")
	kind, id, _ := strings.Cut(rest, ":")
	if before {
		id = c.newID(in, kind, id)
	}
	return strings.TrimSuffix(in+"/"+kind+":"+id+"#"+point, "#")
}

// often compares how often a cadence comes.
func (c *comparer) often(p place, old, now *source.Node) {
	k := model.Schema().Kind("kadence")
	was, _ := model.Decode(k, old).(*model.Cadence)
	is, _ := model.Decode(k, now).(*model.Cadence)
	if was.Frequency() == is.Frequency() && was.Expression == is.Expression {
		return
	}
	p.Key, p.Label = "udtryk", k.Type.Key("udtryk").Label
	a, b, what := was.Frequency(), is.Frequency(), Times
	if !a.None() && a.AtLeast == b.AtLeast && a.About == b.About && a.AsOften(b) && b.AsOften(a) {
		what = Reworded // a quarter for three months
	}
	c.add(p, what, old, now)
}

func joined(a, b, between string) string {
	if a == "" {
		return b
	}
	return a + between + b
}
