package edit

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// What is new: an entity, or a table in a Keyed.

// NewForm is the form of something new: of an entity, with a parent without an ID, or of
// a table in a Keyed, with a parent whose Path names it.
func (d *Desk) NewForm(parent Target, kind string) (*Form, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(parent.Edition)
	if err != nil {
		return nil, err
	}
	return v.newForm(parent, kind)
}

// idField is the name of the field that chooses the id of a table whose id is that of
// something else, such as a participant's.
const idField = "id"

func (v *view) newForm(parent Target, kind string) (*Form, error) {
	if len(parent.Path) == 0 {
		parent.Kind, parent.ID = kind, ""
	}
	f := &Form{Target: parent, New: true}
	typ := parent.tableType()
	k := parent.kind()
	switch {
	case len(parent.Path) > 0 && typ != nil && typ.Form == schema.Keyed:
		if v.merged(parent.above()) == nil && v.merged(parent.entity()) == nil {
			return nil, ErrUnknown
		}
		typ = typ.Elem
		f.Title = upper(strings.ToLower(parent.keyLabel())) + ": nyt i " + v.title(parent.entity())
		if of := parent.keyOf(); of != "" {
			f.Fields = append(f.Fields, v.idChoice(parent, of))
		}
	case k != nil && len(parent.Path) == 0 && (k.Shared || v.handbook().ModelByID(parent.Model) != nil):
		f.Title, f.Sentence = "Nyt: "+k.One, k.Sentence
		f.Draftable = parent.Edition == ""
		if parent.isLocal() && !k.Addable {
			f.Why = "Kommunen kan ikke tilføje sine egne: " + strings.ToLower(k.Many) + "."
		}
	default:
		return nil, ErrUnknown
	}
	below := parent.child(newID)
	if parent.isLocal() {
		f.Fields = append(f.Fields, v.localFields(below, typ, nil, nil, "")...)
		if len(parent.Path) > 0 {
			f.Why = v.closed(parent)
		}
	} else {
		f.Fields = append(f.Fields, v.fields(below, typ, nil, "")...)
	}
	v.propose(f, parent)
	f.Fields = slices.DeleteFunc(f.Fields, func(x Field) bool { return x.Name == "tidligere" })
	f.File = v.fileFor(parent)
	return f, nil
}

// newID stands for the id that a new table doesn't have yet.
const newID = "-"

// child is a table in a Keyed, or an entity of the target's kind.
func (t Target) child(id string) Target {
	if len(t.Path) > 0 {
		return t.below(id)
	}
	t.ID = id
	return t
}

// above is the table that the target's stands in; of an entity, itself.
func (t Target) above() Target {
	t.Path = t.Path[:max(0, len(t.Path)-1)]
	return t
}

// keyLabel is what the key at the end of the path is called.
func (t Target) keyLabel() string {
	if k := t.above().tableType().Key(t.Path[len(t.Path)-1]); k != nil {
		return k.Label
	}
	return ""
}

func (v *view) idChoice(parent Target, of string) Field {
	taken := v.merged(parent)
	options := slices.DeleteFunc(v.named(parent, of), func(o Option) bool { return taken.Get(o.Value) != nil })
	label := "Hvem"
	if k := model.Schema().Kind(of); k != nil {
		label = upper(k.One)
	} else if of == modelKind {
		label = "Model"
	}
	return Field{Name: idField, Label: label, Input: Choice, Options: options,
		Required: parent.tableType().Elem.Key("navn") == nil, Doc: "Det, det handler om."}
}

// propose fills in the number of a new entity and the date of a municipality's decision.
func (v *view) propose(f *Form, parent Target) {
	k := parent.kind()
	if k == nil || len(parent.Path) > 0 || k.Type.Key("nummer") == nil || f.Fields == nil {
		return
	}
	if x, ok := f.field("nummer"); ok && x.Input == Number {
		last := 0
		for _, o := range v.entities(parent, k, "", func(e *model.Entity) string { return e.ID }) {
			at := parent
			at.ID = o.Value
			if n := v.merged(at).Get("nummer"); n != nil {
				last = max(last, int(n.Int))
			}
		}
		x.Value = []string{strconv.Itoa(last + 1)}
	}
}

// fileFor is where a new table is written: where its kin stand.
func (v *view) fileFor(parent Target) string {
	if len(parent.Path) > 0 || parent.isSingle() {
		if file, _ := v.find(parent.entity()); file != "" {
			return file
		}
	}
	if parent.isSingle() {
		return parent.folder() + "/" + parent.Kind + ".toml"
	}
	for _, at := range []Target{parent, parent.national()} {
		for _, name := range slices.Backward(v.tables(at)) {
			if v.tree(name).Get(parent.Kind) != nil && (at.ID == "" || !parent.isLocal() || v.tree(name).Get(at.Kind).Get(at.ID) != nil || at.Edition != "") {
				return parent.folder() + "/" + path.Base(name)
			}
		}
	}
	name := parent.Kind
	if k := parent.kind(); k != nil && k.Folder != "" {
		name = k.Folder
	}
	return parent.folder() + "/" + name + ".toml"
}

// settle gives a new thing its id: the one that was asked for, or one made from its name.
func (v *view) settle(f *Form, a *Answer) error {
	parent := f.Target
	id := strings.TrimSpace(a.ID)
	if chosen := tidied(Choice, a.Values[idField]); id == "" && len(chosen) > 0 {
		id = chosen[0]
	}
	if id == "" {
		id = v.freeID(parent, v.proposedID(parent, a))
	} else if v.taken(parent, id) {
		f.Problems = append(f.Problems, Problem{Error: true, Message: "Id'et \"" + id + "\" er taget.", Help: "Vælg et andet."})
	}
	f.ID, f.Target = id, parent.child(id)
	return nil
}

// proposedID is made from the first words that are filled in.
func (v *view) proposedID(parent Target, a *Answer) string {
	typ := parent.child(newID).tableType()
	for _, required := range []bool{true, false} {
		for _, k := range inOrder(typ) {
			if text := tidied(Line, a.Values[k.Name]); k.Type.IsWords() && len(text) > 0 && (!required || k.Name == "navn" || k.Required) {
				return cut(source.Slug(text[0]))
			}
		}
	}
	return ""
}

// maxSlug is how long a proposed id is at most.
const maxSlug = 40

// cut shortens an id at a hyphen.
func cut(id string) string {
	if len(id) <= maxSlug {
		return id
	}
	id = id[:maxSlug+1]
	if i := strings.LastIndexByte(id, '-'); i > 0 {
		return id[:i]
	}
	return id[:maxSlug]
}

func (v *view) freeID(parent Target, id string) string {
	if id == "" || id == "index" || model.ReservedByWindows(id) {
		id = strings.TrimPrefix(id+"-nyt", "-")
	}
	for i, base := 2, id; v.taken(parent, id); i++ {
		id = fmt.Sprintf("%s-%d", base, i)
	}
	return id
}

// taken reports whether something has the id, or had it once.
func (v *view) taken(parent Target, id string) bool {
	for _, at := range []Target{parent.child(id), parent.national().child(id)} {
		if _, n := v.find(at); n != nil {
			return true
		}
	}
	if k := parent.kind(); k != nil && len(parent.Path) == 0 {
		for _, o := range v.entities(parent, k, "", func(e *model.Entity) string { return strings.Join(e.Former, " ") }) {
			if slices.Contains(strings.Fields(o.Value), id) {
				return true
			}
		}
	}
	return false
}

// create writes a new table with what is filled in.
func (e *editor) create(a Answer) error {
	t := e.form.Target
	typ := t.tableType()
	for _, p := range e.form.Problems {
		if p.Error {
			return refusal(p.Message + " " + p.Help)
		}
	}
	if e.form.Why != "" {
		return refusal(e.form.Why)
	}
	table := &source.Node{Kind: source.Table}
	for _, f := range e.form.Fields {
		typed := tidied(f.Input, a.Values[f.Name])
		if f.Name == idField || len(typed) == 0 {
			continue
		}
		in, inType, name := table, typ, f.Name
		if outer, inner, nested := strings.Cut(f.Name, "."); nested {
			if in.Get(outer) == nil {
				in.Items = append(in.Items, &source.Node{Key: outer, Kind: source.Table})
			}
			in, inType, name = in.Get(outer), typ.In(outer), inner
		}
		in.Items = append(in.Items, keyed(name, node(inType.Key(name).Type, typed, nil)))
	}
	if t.isLocal() && a.After != "" && len(t.Path) > 0 && typ.Key(afterKey) != nil && table.Get(afterKey) == nil {
		table.Items = append(table.Items, keyed(afterKey, &source.Node{Kind: source.String, Str: a.After}))
		a.After = ""
	}
	if a.Draft && e.form.Draftable {
		table.Items = append(table.Items, keyed("kladde", &source.Node{Kind: source.Bool, Bool: true}))
	}
	byOrder(typ, table)
	if len(table.Items) == 1 && typ.Key(table.Items[0].Key).Shorthand {
		return e.doc.Set(t.tomlPath(), table.Items[0])
	}
	if a.After != "" && at(e.doc.Root(), append(t.above().tomlPath(), a.After)) == nil {
		a.After = ""
	}
	if a.After == "" && slices.ContainsFunc(typ.Keys, func(k *schema.Key) bool { return k.Shorthand }) {
		return e.doc.Set(t.tomlPath(), table) // inline, where its kin are
	}
	return e.doc.Insert(t.tomlPath(), table, a.After)
}

// afterKey is the key with which a municipality's own point says what it follows.
const afterKey = "placeres_efter"

// byOrder sorts a new table's keys as forms have them, with its number first and what is
// written about it last.
func byOrder(typ *schema.Type, table *source.Node) {
	order := inOrder(typ)
	place := func(n *source.Node) int {
		i := slices.IndexFunc(order, func(k *schema.Key) bool { return k.Name == n.Key })
		switch k := order[i]; {
		case n.Key == "nummer" || n.Key == afterKey:
			return -1
		case k.Policy.Local():
			return i + 2*len(order)
		case seldom(k):
			return i + len(order)
		}
		return i
	}
	slices.SortStableFunc(table.Items, func(a, b *source.Node) int { return place(a) - place(b) })
}
