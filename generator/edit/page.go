package edit

import (
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// What a page of forms asks for besides the forms.

// Start is something new that can be begun.
type Start struct {
	Parent Target // for NewForm, with the kind in it
	Label  string // "Møde"
	Doc    string
	Group  string // the model's name, "" for what is shared by the models
}

// Title is the title of a target's form, "" for what there isn't.
func (d *Desk) Title(t Target) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(t.Edition)
	if err != nil || t.tableType() == nil {
		return ""
	}
	return v.title(t)
}

// Thing is something on a page that has a form.
type Thing struct {
	Target Target
	Title  string
	Pos    diag.Pos // the first of its places
}

// Things are what stands at places on a page of an edition, each once.
func (d *Desk) Things(edition string, places []diag.Pos) []Thing {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(edition)
	if err != nil {
		return nil
	}
	var out []Thing
	seen := map[string]bool{}
	for _, pos := range places {
		t, ok := d.at(edition, pos)
		if !ok || seen[t.String()] {
			continue
		}
		seen[t.String()] = true
		out = append(out, Thing{t, v.title(t), pos})
	}
	return out
}

// Starts lists what can be begun in an edition: its models' kinds, then the shared ones.
func (d *Desk) Starts(edition string) []Start {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(edition)
	if err != nil {
		return nil
	}
	var out []Start
	add := func(modelID, group string, shared bool) {
		for _, k := range v.handbook().Schema().Of(shared) {
			if edition == "" || k.Addable {
				out = append(out, Start{Target{Edition: edition, Model: modelID, Kind: k.Key, set: v.handbook().Schema()}, upper(k.One), k.Doc, group})
			}
		}
	}
	for _, m := range v.handbook().Models {
		add(m.ID, m.Label(), false)
	}
	add("", "", true)
	return out
}

// Names lists what Markdown in a target's table may refer to: Value is the reference as it
// is written, such as "rolle:koordinator".
func (d *Desk) Names(t Target) []Option {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(t.Edition)
	if err != nil {
		return nil
	}
	var out []Option
	list := func(m *model.Model, prefix, after string) {
		for _, k := range v.handbook().Schema().Of(m == nil) {
			named := v.handbook().List(k)
			if m != nil {
				named = m.List(k)
			}
			if k.Page == schema.Nowhere || k.Key == ownKind {
				continue
			}
			for _, n := range named {
				out = append(out, Option{prefix + k.Key + ":" + n.Base().ID, nameOf(n), k.Many + after})
			}
		}
	}
	own := v.handbook().ModelByID(t.Model)
	if own != nil {
		list(own, "", "")
	}
	list(nil, "", "")
	for _, m := range v.handbook().Models {
		if m != own {
			list(m, m.ID+"/", " – "+m.Label())
		}
	}
	return slices.DeleteFunc(out, func(o Option) bool { return strings.TrimSpace(o.Label) == "" })
}

// Preview is Check with the bytes that a page would have; nil when it can't be made.
// page is an address from the site's root.
func (d *Desk) Preview(a Answer, page string) (Result, []byte) {
	result := d.Check(a)
	if result.would == nil || diag.HasErrors(diagsOf(result.would, []string{a.Target.Edition})) {
		return result, nil
	}
	data, _ := result.would.File(page)
	return result, data
}
