package edit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Forms are made of descriptors and of what stands in the files.

// Form is the form of what there is. It gives ErrUnknown for what there isn't.
func (d *Desk) Form(t Target) (*Form, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(t.Edition)
	if err != nil {
		return nil, err
	}
	return v.form(t)
}

// form is a form, and what it was made from is put into its version.
func (v *view) form(t Target) (*Form, error) {
	typ := t.tableType()
	if typ == nil || typ.Form != schema.Table {
		return nil, ErrUnknown
	}
	make := v.tableForm
	if t.Guidance {
		make = v.guidanceForm
	}
	f, err := make(t)
	if err == nil {
		v.Desk.remember(f)
		v.place(f, slices.DeleteFunc(diagsOf(v.snap, []string{t.Edition}), func(d diag.Diag) bool { return d.Pos.File != f.File }))
	}
	return f, err
}

func (v *view) tableForm(t Target) (*Form, error) {
	if t.isLocal() {
		return v.localForm(t)
	}
	file, n := v.find(t)
	if n == nil && !t.isSingle() {
		return nil, ErrUnknown
	}
	f := &Form{Target: t, Title: v.title(t), File: file}
	if file == "" {
		f.File = v.fileFor(t)
	}
	typ := t.tableType()
	f.Fields = v.fields(t, typ, n, "")
	f.Groups = v.groups(t, typ)
	f.Version = v.version(t)
	v.offers(f)
	return f, nil
}

// offers tells what else can be done with the target of a form.
func (v *view) offers(f *Form) {
	t := f.Target
	k := t.kind()
	if k != nil && len(t.Path) == 0 {
		f.Sentence = k.Sentence
	}
	f.Removable = (k != nil || len(t.Path) > 0) && v.namedAfter(t) == ""
	f.Renamable = f.Removable && !t.isLocal()
	if k != nil && k.Guidance != schema.NoGuidance && len(t.Path) == 0 {
		guide := t
		guide.Guidance = true
		f.Guide = &guide
	}
}

// title is what the form is about, as readers know it.
func (v *view) title(t Target) string {
	name := t.ID
	switch n := v.lookup(t); {
	case n != nil:
		name = nameOf(n)
	case t.Kind == handbookKind:
		name = v.handbook().Title
	case t.isSingle():
		name = v.editionName(t.Edition)
	}
	what := upper(t.Kind)
	if k := t.schema().Kind(t.Kind); k != nil {
		what = upper(k.One)
	}
	if t.Kind == handbookKind {
		what = "Håndbogen"
	}
	out := what + ": " + name
	if t.Guidance {
		out += " – vejledning"
	}
	for i := range t.Path {
		in := t
		in.Path = t.Path[:i]
		typ := in.tableType()
		if k := typ.Key(t.Path[i]); k != nil {
			out += " – " + k.Label
		} else if n := v.merged(in.below(t.Path[i])); n != nil {
			out += " »" + v.caption(in, n) + "«"
		}
	}
	return out
}

// fields are the keys of a table that is no table of tables. Tables in it that are no
// things of their own belong to the form; prefix is theirs.
func (v *view) fields(t Target, typ *schema.Type, n *source.Node, prefix string) []Field {
	var out []Field
	for _, k := range inOrder(typ) {
		switch {
		case k.Type.Form == schema.Keyed || !v.writes(t, k):
		case k.Type.Form == schema.Table:
			inner := v.fields(t, k.Type, n.Get(k.Name), prefix+k.Name+".")
			for i := range inner {
				inner[i].Label = upper(k.Label) + ": " + inner[i].Label
			}
			out = append(out, inner...)
		default:
			out = append(out, v.field(t, k, n, prefix))
		}
	}
	return out
}

// writes reports whether the key has a place in the target's form.
func (v *view) writes(t Target, k *schema.Key) bool {
	if t.Kind == ownKind && t.Edition != "" && len(t.Path) == 0 {
		return k.Policy == schema.Answer && model.Schema().Common.Key(k.Name) == nil
	}
	return !k.Policy.Local() && k.Policy != schema.Position
}

func (v *view) field(t Target, k *schema.Key, n *source.Node, prefix string) Field {
	f := Field{Name: prefix + k.Name, Label: upper(k.Label), Doc: k.FormDoc(), Input: inputOf(k),
		Required: k.Required && n.Get(k.Unless) == nil, Unit: k.Unit, More: seldom(k), Options: v.options(t, k)}
	if value := valueIn(n, k); value != nil {
		f.Value = tidied(f.Input, shown(value))
	}
	if f.Input == Choice || f.Input == Choices {
		f.Options = withUnknown(f.Options, f.Value)
	}
	return f
}

// valueIn is the value of a key, also when a bare text is short for the table.
func valueIn(n *source.Node, k *schema.Key) *source.Node {
	if n != nil && n.Kind == source.String && k.Shorthand {
		return n
	}
	return n.Get(k.Name)
}

// withUnknown adds the values that no option has, so that they stay until another is
// chosen.
func withUnknown(options []Option, values []string) []Option {
	for _, value := range values {
		if !slices.ContainsFunc(options, func(o Option) bool { return o.Value == value }) {
			options = append(options, Option{Value: value, Label: value})
		}
	}
	return options
}

// inOrder are the keys of a table as a form has them: names and short texts, what is
// special to the table, and what all tables have.
func inOrder(t *schema.Type) []*schema.Key {
	common := model.Schema().Common
	first := func(k *schema.Key) bool { return k.Name == "navn" || k.Name == "kort" || k.Required }
	place := func(k *schema.Key) int {
		switch {
		case first(k):
			return 0
		case common.Key(k.Name) == nil:
			return 1
		case k.Type.IsWords() && !seldom(k):
			return 2
		}
		return 3
	}
	keys := slices.Clone(t.Keys)
	slices.SortStableFunc(keys, func(a, b *schema.Key) int { return place(a) - place(b) })
	return keys
}

// seldom reports whether a key is one that is written about a statement, not what it says.
func seldom(k *schema.Key) bool {
	switch k.Policy {
	case schema.Source, schema.Fixed, schema.Never:
		return true
	}
	return false
}

// groups are the tables of tables in the target's.
func (v *view) groups(t Target, typ *schema.Type) []Group {
	var out []Group
	for _, k := range typ.Keys {
		if k.Type.Form != schema.Keyed || !v.writes(t, k) {
			continue
		}
		in := t.below(k.Name)
		g := Group{Name: k.Name, Label: upper(k.Label), Doc: k.FormDoc(), Parent: in}
		if n := v.merged(in); n != nil && n.Kind == source.Table {
			for _, child := range n.Items {
				g.Points = append(g.Points, Point{Target: in.below(child.Key), Name: v.caption(in, child),
					Local: child.Local && child.Base == nil, Movable: t.Edition == "" || child.Local && child.Base == nil,
					Omitted: child.Get("udeladt") != nil && child.Get("udeladt").Bool})
			}
		}
		out = append(out, g)
	}
	return out
}

// version is a sum of what the target's form shows: its own table, and in a
// municipality the national one. Others may change in the same file.
func (v *view) version(t Target) string {
	h := sha256.New()
	for _, at := range []Target{t, t.national()} {
		file, n := v.find(at)
		fmt.Fprintf(h, "%q", file)
		sum(h.Write, n)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// sum writes what a node says, but for its place.
func sum(write func([]byte) (int, error), n *source.Node) {
	if n == nil {
		write([]byte("-"))
		return
	}
	write(fmt.Appendf(nil, "%d %q %q %d %v %v %v(", n.Kind, n.Key, n.Str, n.Int, n.Float, n.Bool, n.Time))
	for _, item := range n.Items {
		sum(write, item)
	}
	write([]byte(")"))
}

// guidanceVersion is a sum of the texts that the form of guidance shows.
func (v *view) guidanceVersion(t Target) string {
	h := sha256.New()
	for _, at := range []Target{t, t.national()} {
		data, err := v.read(at.guideFile())
		fmt.Fprintf(h, "%v %q", err == nil, data)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}
