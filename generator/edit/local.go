package edit

import (
	"slices"
	"strings"
	"time"

	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// What a municipality writes over what is national: only what differs.

// The keys of a municipality's decision.
const (
	reasonKey = "lokal_begrundelse"
	dateKey   = "lokal_dato"
)

// localForm is the form of a table in a municipality.
func (v *view) localForm(t Target) (*Form, error) {
	typ := t.tableType()
	file, own := v.find(t)
	_, base := v.find(t.national())
	if own == nil && base == nil {
		return nil, ErrUnknown
	}
	f := &Form{Target: t, Title: v.title(t), File: file}
	if file == "" {
		f.File = v.fileFor(t)
	}
	f.Fields = v.localFields(t, typ, own, base, "")
	f.Groups = v.groups(t, typ)
	for i := range f.Groups {
		if base != nil {
			f.Groups[i].Fixed = v.closed(f.Groups[i].Parent)
		}
	}
	f.Version = v.version(t)
	v.offers(f)
	f.Removable, f.Renamable = f.Removable && base == nil, false
	switch {
	case base == nil:
		f.Lead = "Jeres eget. Det findes ikke i den nationale udgave."
	case !slices.ContainsFunc(f.Fields, func(x Field) bool { return x.Fixed == "" && !isDecision(x.Name) }):
		f.Why = v.whyClosed(f)
	default:
		f.Lead = "Den nationale tekst står ved hvert felt. Det, I ikke ændrer, følger den."
	}
	return f, nil
}

func isDecision(name string) bool { return name == reasonKey || name == dateKey }

// whyClosed says why nothing can be changed, with what can be done instead.
func (v *view) whyClosed(f *Form) string {
	for _, x := range f.Fields {
		if x.Fixed != "" {
			return x.Fixed
		}
	}
	return "Det er ens for alle kommuner."
}

// localFields are the keys that a municipality may write, and those of the national table
// that it may not, with the reason. base is the national table, nil for its own.
func (v *view) localFields(t Target, typ *schema.Type, own, base *source.Node, prefix string) []Field {
	var out []Field
	for _, k := range inOrder(typ) {
		national := valueIn(base, k)
		switch {
		case k.Type.Form == schema.Keyed:
		case k.Type.Form == schema.Table:
			inner := v.localFields(t.below(k.Name), k.Type,
				own.Get(k.Name), orEmpty(base, base.Get(k.Name)), prefix+k.Name+".")
			for i := range inner {
				inner[i].Label = upper(k.Label) + ": " + inner[i].Label
			}
			out = append(out, inner...)
		case base == nil && !ownMay(t, k):
		case base != nil && !v.concerns(t, k, national):
		default:
			out = append(out, v.localField(t, k, own, base, prefix))
		}
	}
	return out
}

// orEmpty is the table, or an empty one in what has a national table.
func orEmpty(base, n *source.Node) *source.Node {
	if base != nil && n == nil {
		return &source.Node{Kind: source.Table}
	}
	return n
}

// policy is what a municipality may do with a key of the target's table.
func (t Target) policy(k *schema.Key) schema.Policy {
	if kind := t.kind(); kind != nil && len(t.Path) == 0 {
		return kind.Policy(k)
	}
	return k.Policy
}

// ownMay reports whether a municipality's own table can have the key.
func ownMay(t Target, k *schema.Key) bool {
	switch t.policy(k) {
	case schema.Source, schema.Never, schema.Omit, schema.Rename:
		return false
	}
	return true
}

// concerns reports whether a key of a national table has a place in a municipality's form.
func (v *view) concerns(t Target, k *schema.Key, national *source.Node) bool {
	switch t.policy(k) {
	case schema.Source, schema.Never, schema.Position:
		return false
	case schema.Answer:
		return true
	case schema.Rename, schema.Omit:
		return v.rule(t, k).Open
	case schema.Fixed:
		return national != nil
	}
	return national != nil || v.rule(t, k).Open
}

func (v *view) rule(t Target, k *schema.Key) overlay.Rule {
	return v.snap.Rule(overlay.Question{Model: t.Model, Kind: t.Kind, ID: t.ID, Path: t.Path, Key: k.Name})
}

func (v *view) localField(t Target, k *schema.Key, own, base *source.Node, prefix string) Field {
	f := v.field(t, k, nil, prefix)
	f.More = f.More && base != nil
	f.Required = f.Required && base == nil
	national := valueIn(base, k)
	f.Value = tidied(f.Input, shown(national))
	if merged := valueIn(v.merged(t), k); base != nil && merged == nil {
		f.Value = nil // the municipality's own numbers took its place
	}
	if written := valueIn(own, k); written != nil {
		f.Value = tidied(f.Input, shown(written))
	}
	if national != nil {
		words := Field{Options: f.Options, Input: f.Input, Unit: f.Unit}
		f.National = []string{words.words(tidied(f.Input, shown(national)))}
	}
	if f.Input == Choice || f.Input == Choices {
		f.Options = withUnknown(f.Options, f.Value)
	}
	if k.Name == dateKey && len(f.Value) == 0 {
		f.Value, f.proposed = []string{time.Now().Format("2006-01-02")}, true
	}
	if base == nil || t.policy(k) == schema.Answer {
		return f
	}
	r := v.rule(t, k)
	f.Grows = r.Grows
	if r.Values != nil {
		f.Options = slices.DeleteFunc(f.Options, func(o Option) bool { return !slices.Contains(r.Values, o.Value) })
	}
	if !r.Open {
		f.Fixed = strings.TrimSpace("Det " + r.Why + ". " + r.Instead)
	}
	return f
}

// closed says why nothing can be added to a table of tables; "" when it can.
func (v *view) closed(t Target) string {
	above := t.above()
	if _, base := v.find(above.national()); base == nil {
		return ""
	}
	k := above.tableType().Key(t.Path[len(t.Path)-1])
	if r := v.rule(above, k); !r.Open {
		return strings.TrimSpace("Det " + r.Why + ". " + r.Instead)
	}
	return ""
}

// differing is the value that a municipality writes; nil for one that is the national.
func (e *editor) differing(c filled, value *source.Node) *source.Node {
	t := e.form.Target
	_, base := e.find(t.national())
	if base == nil {
		return value
	}
	national := valueIn(at(base, c.path[:len(c.path)-1]), c.key)
	switch {
	case same(tidied(c.field.Input, shown(national)), c.typed):
		return nil
	case value != nil || national == nil:
		return value
	case t.policy(c.key) == schema.Oftener:
		return nil // the other numbers take its place
	case c.key.Type.Form == schema.List:
		return &source.Node{Kind: source.Array}
	case c.field.Input == Flag:
		return &source.Node{Kind: source.Bool}
	case c.field.Input == Number:
		return &source.Node{Kind: source.Int}
	}
	return &source.Node{Kind: source.String}
}

// tidyLocal removes what says nothing any more: a date and a reason without what they are
// about, and tables without keys.
func (e *editor) tidyLocal(changed []filled) error {
	t := e.form.Target
	_, base := e.find(t.national())
	own := e.value()
	if base == nil || own == nil || own.Kind != source.Table {
		return nil
	}
	says := func(n *source.Node) bool { return !isDecision(n.Key) }
	saysItself := func(n *source.Node) bool { // tables inside it have dates of their own
		return says(n) && t.tableType().Key(n.Key).Type.Form != schema.Keyed
	}
	isSaid := func(c filled) bool { return !isDecision(c.field.Name) }
	explains := slices.ContainsFunc(changed, func(c filled) bool { return c.field.Name == reasonKey && len(c.typed) > 0 })
	if !slices.ContainsFunc(own.Items, says) && !explains && !e.hasGuidance() {
		for _, item := range own.Items {
			if err := e.doc.Remove(append(t.tomlPath(), item.Key)); err != nil {
				return err
			}
		}
	} else if !slices.ContainsFunc(own.Items, saysItself) && own.Get(reasonKey) == nil && own.Get(dateKey) != nil &&
		slices.ContainsFunc(changed, isSaid) {
		if err := e.doc.Remove(append(t.tomlPath(), dateKey)); err != nil {
			return err
		}
	}
	for path := t.tomlPath(); len(path) > 0 && isEmpty(at(e.doc.Root(), path)); path = path[:len(path)-1] {
		if err := e.doc.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// hasGuidance reports whether the municipality has guidance for the entity, which a
// reason can be about.
func (e *editor) hasGuidance() bool {
	_, err := e.read(e.form.Target.guideFile())
	return err == nil && len(e.form.Target.Path) == 0
}
