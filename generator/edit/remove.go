package edit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Remove deletes a national thing or a municipality's own. What a municipality leaves out
// of the national edition is answered in its form. When others refer to it, they are in
// Result.Uses until it is asked for with sure: then they refer to it no more, if they can
// do without.
func (d *Desk) Remove(t Target, version string, sure bool) Result {
	return d.change(t, version, func(v *view, f *Form) (*plan, error) {
		if t.Guidance {
			p := &plan{files: candidate{f.File: nil}, what: "Slettet", about: t}
			p.details = []Difference{{Label: "Vejledning", Before: strings.Join(f.Fields[0].Value, "")}}
			return p, nil
		}
		if folder := v.namedAfter(t); folder != "" {
			return nil, refusal("Det har mappen " + folder + ", som ikke slettes i browseren.")
		}
		if !f.Removable {
			return nil, refusal("Det kan ikke slettes her. " + f.Why)
		}
		if uses := v.uses(t); len(uses) > 0 && !sure {
			return nil, inUse(uses)
		}
		return v.removing(f)
	})
}

func (v *view) removing(f *Form) (*plan, error) {
	t := f.Target
	r := &rewriter{view: v, docs: map[string]*source.Document{}, files: candidate{}}
	for _, m := range slices.Backward(v.mentions(t)) {
		if err := r.drop(m, t); err != nil {
			return nil, fmt.Errorf("%s: %w", m.file, err)
		}
	}
	doc, err := r.open(f.File)
	if err != nil {
		return nil, err
	}
	if err := r.closeGap(doc, t); err != nil {
		return nil, err
	}
	if err := doc.Remove(t.tomlPath()); err != nil {
		return nil, err
	}
	if file := t.guideFile(); len(t.Path) == 0 && v.exists(file) {
		r.files[file] = nil
	}
	p := &plan{files: r.done(), what: "Slettet", about: t, wide: true}
	for _, x := range f.Fields {
		if len(x.Value) > 0 && !x.More {
			p.details = append(p.details, Difference{Label: x.Label, Before: x.words(x.Value)})
		}
	}
	return p, nil
}

// drop takes a reference away.
func (r *rewriter) drop(m mention, t Target) error {
	in, _, _ := r.located(m.file)
	unlink := func(s string) string { return r.unlinked(s, mentioner{want: t, in: in}) }
	switch {
	case m.what == byFile:
		r.files[m.file] = nil
		return nil
	case m.path == nil:
		r.putText(m.file, []byte(unlink(string(r.text(m.file)))))
		return nil
	}
	doc, err := r.open(m.file)
	if err != nil {
		return err
	}
	old := element(doc.Root(), m.path)
	if old == nil {
		return nil // it went with what it stood in
	}
	if m.what == byText {
		return doc.Set(m.path, &source.Node{Kind: source.String, Str: unlink(old.Str)})
	}
	list := m.path[:len(m.path)-1]
	switch n := element(doc.Root(), list); {
	case n.Kind == source.Array && len(n.Items) == 1:
		return removeKey(doc, list)
	case n.Kind == source.Array:
		return doc.Remove(m.path)
	}
	return removeKey(doc, m.path)
}

// unlinked is a text in which links to the target are only words.
func (r *rewriter) unlinked(text string, m mentioner) string {
	for _, loc := range slices.Backward(link.FindAllStringSubmatchIndex(text, -1)) {
		match := make([]string, len(loc)/2)
		for i := range match {
			if loc[2*i] >= 0 {
				match[i] = text[loc[2*i]:loc[2*i+1]]
			}
		}
		end := strings.IndexByte(text[loc[1]:], ')')
		start := strings.LastIndexByte(text[:loc[0]+1], '[')
		if !m.isLink(match) || !strings.HasPrefix(match[1], "](") || end < 0 || start < 0 {
			continue
		}
		words := text[start+1 : loc[0]]
		if words == "" {
			words = r.referred(cmp.Or(match[2], m.in.Model), match[3]+":"+match[4])
		}
		text = text[:start] + words + text[loc[1]+end+1:]
	}
	return text
}

// closeGap renumbers those after what is removed, where numbers have no holes.
func (r *rewriter) closeGap(doc *source.Document, t Target) error {
	k := t.kind()
	if k == nil || !k.Dense || len(t.Path) > 0 {
		return nil
	}
	gone := at(doc.Root(), append(t.tomlPath(), "nummer"))
	if gone == nil {
		return nil
	}
	for _, o := range r.entities(t, k, "", func(e *model.Entity) string { return e.ID }) {
		other := t
		other.ID = o.Value
		file, n := r.find(other)
		if number := n.Get("nummer"); number != nil && number.Int > gone.Int {
			doc, err := r.open(file)
			if err != nil {
				return err
			}
			value := &source.Node{Kind: source.Int, Int: number.Int - 1}
			if err := doc.Set(append(other.tomlPath(), "nummer"), value); err != nil {
				return err
			}
		}
	}
	return nil
}

// Move puts a table after another of its kin; first when after is "". A municipality's own
// says what it follows.
func (d *Desk) Move(t Target, after, version string) Result {
	return d.change(t, version, func(v *view, f *Form) (*plan, error) {
		p := &plan{files: candidate{}, what: "Flyttet", about: t}
		doc, err := v.open(f.File)
		switch {
		case err != nil:
			return nil, err
		case len(t.Path) == 0 || t.isLocal() && !f.Removable:
			return nil, refusal("Det kan ikke flyttes. Rækkefølgen er numrenes eller modellens.")
		case t.isLocal() && t.tableType().Key(afterKey) == nil:
			return nil, refusal("Det kan ikke flyttes. Det står sidst.")
		case t.isLocal():
			key := append(t.tomlPath(), afterKey)
			switch {
			case after != "":
				err = doc.Set(key, &source.Node{Kind: source.String, Str: after})
			case at(doc.Root(), key) != nil:
				err = doc.Remove(key)
			}
		default:
			err = doc.Move(t.tomlPath(), after)
		}
		p.files[f.File] = doc.Bytes()
		p.details = []Difference{{Label: "Står efter", Before: v.previous(t), After: v.nameIn(t, after)}}
		return p, err
	})
}

// previous is the name of what the target's table stands after.
func (v *view) previous(t Target) string {
	id := last(t)
	before := ""
	if n := v.merged(t.above()); n != nil {
		for _, item := range n.Items {
			if item.Key == id {
				break
			}
			before = item.Key
		}
	}
	return v.nameIn(t, before)
}

// nameIn is the name of a table beside the target's.
func (v *view) nameIn(t Target, id string) string {
	n := v.merged(t.above()).Get(id)
	if n == nil || t.above().tableType().Form != schema.Keyed {
		return ""
	}
	return v.caption(t.above(), n)
}
