package edit

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// From an answer to a file.

// Save checks an answer and writes what differs.
func (d *Desk) Save(a Answer) Result { return d.answer(a, true).again(a) }

// Check is Save without writing.
func (d *Desk) Check(a Answer) Result { return d.answer(a, false).again(a) }

// again has the form of a new thing that isn't there yet be about what it was about, so that
// it can be sent again.
func (r Result) again(a Answer) Result {
	if a.New && r.Form != nil && r.Change == nil {
		form := *r.Form
		form.Target, form.ID = a.Target, a.ID
		r.Form = &form
	}
	return r
}

// answer makes the edits that an answer asks for, checks them and, with write, writes
// them when they bring no error.
func (d *Desk) answer(a Answer, write bool) Result {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(a.Target.Edition)
	if err != nil {
		return failed(err)
	}
	f, err := v.formFor(&a)
	switch {
	case errors.Is(err, ErrUnknown) && a.Version != "" && !a.New:
		return Result{Conflict: &Conflict{File: a.Target.folder(), Gone: true}, Message: "Det findes ikke mere."}
	case err != nil:
		return failed(err)
	}
	if c := d.merge(f, &a); c != nil {
		return Result{Conflict: c, Form: f.typed(a)}
	}
	p, err := v.plan(f, a)
	if err != nil {
		return Result{Form: f.typed(a), Message: reason(err)}
	}
	return v.finish(p, f, a, write)
}

// formFor is the form that an answer is to, with the id of what is new in the target.
func (v *view) formFor(a *Answer) (*Form, error) {
	if !a.New {
		return v.form(a.Target)
	}
	f, err := v.newForm(a.Target, a.Target.Kind)
	if err != nil {
		return nil, err
	}
	return f, v.settle(f, a)
}

// failed is an answer that nothing came of.
func failed(err error) Result { return Result{Message: reason(err)} }

// reason is what an error means to an author.
func reason(err error) string {
	var refused refusal
	switch {
	case errors.As(err, &refused):
		return string(refused)
	case errors.Is(err, ErrUnknown):
		return "Det findes ikke. Måske er det slettet eller har fået et andet id."
	case errors.Is(err, errTooLarge):
		return fmt.Sprintf("Filen ville fylde mere end %d kB. Del den i flere.", maxSize>>10)
	}
	return "Det kunne ikke gemmes: " + err.Error() + "."
}

// refusal is a reason, for authors, that nothing can be written.
type refusal string

func (r refusal) Error() string { return string(r) }

// plan is what an answer would change.
type plan struct {
	files   candidate
	what    string // "Ændret"
	about   Target
	wide    bool         // all editions are to be checked
	details []Difference // nil for those of the form
}

// plan makes the edits of an answer without writing them.
func (v *view) plan(f *Form, a Answer) (*plan, error) {
	p := &plan{files: candidate{}, what: "Ændret", about: f.Target}
	if f.New {
		p.what = "Tilføjet"
	}
	if f.Target.Guidance {
		return p, v.planGuidance(p, f, a)
	}
	e, err := v.editor(f)
	if err != nil {
		return nil, err
	}
	if f.New {
		err = e.create(a)
	} else {
		err = e.fields(a)
	}
	if err != nil {
		return nil, err
	}
	if e.doc != nil {
		p.files[e.file] = e.doc.Bytes()
		if len(p.files[e.file]) == 0 {
			p.files[e.file] = nil
		}
	}
	return p, nil
}

// editor changes the file of one form.
type editor struct {
	*view
	form *Form
	file string
	doc  *source.Document
}

func (v *view) editor(f *Form) (*editor, error) {
	e := &editor{view: v, form: f, file: f.File}
	doc, err := v.open(e.file)
	e.doc = doc
	return e, err
}

// open is a TOML file to edit; an empty one for what isn't there yet.
func (d *Desk) open(file string) (*source.Document, error) {
	data, err := d.read(file)
	if err != nil && d.exists(file) {
		return nil, err
	}
	doc, diags := source.Edit(file, data)
	if doc == nil {
		return nil, refusal(fmt.Sprintf("Der er en fejl i %s, linje %d: %s. Ret den i filen først.", file,
			diags[0].Pos.Line, diags[0].Message))
	}
	return doc, nil
}

// value is the node under a path of the file as it stands after the edits so far.
func (e *editor) value(path ...string) *source.Node {
	return at(e.doc.Root(), append(e.form.Target.tomlPath(), path...))
}

// fields writes the fields that differ.
func (e *editor) fields(a Answer) error {
	t := e.form.Target
	changed := e.changed(a)
	if n := e.value(); n != nil && n.Kind == source.String && len(changed) > 0 {
		return e.short(t.tableType(), n, changed)
	}
	for _, c := range changed {
		if c.field.Fixed != "" {
			return refusal(c.field.Label + ": " + c.field.Fixed)
		}
		if err := e.write(c); err != nil {
			return fmt.Errorf("%s: %w", c.field.Label, err)
		}
	}
	if err := e.shorten(); err != nil {
		return err
	}
	if t.isLocal() {
		return e.tidyLocal(changed)
	}
	return nil
}

// shorten writes a table in braces that only has the key for which a bare text is short as
// that text.
func (e *editor) shorten() error {
	t := e.form.Target
	n := e.value()
	if n == nil || n.Kind != source.Table || n.Pos == n.KeyPos || len(n.Items) != 1 {
		return nil
	}
	if k := t.tableType().Key(n.Items[0].Key); k == nil || !k.Shorthand {
		return nil
	}
	return e.doc.Set(t.tomlPath(), n.Items[0])
}

// filled is a field with what is to be in it.
type filled struct {
	field *Field
	key   *schema.Key
	path  []string // of the key in the target's table
	typed []string
}

// changed are the fields whose values aren't those that the form shows.
func (e *editor) changed(a Answer) []filled {
	var out []filled
	for i := range e.form.Fields {
		f := &e.form.Fields[i]
		values, answered := a.Values[f.Name]
		typed := tidied(f.Input, values)
		if !answered || same(typed, f.Value) && !f.proposed {
			continue
		}
		path := strings.Split(f.Name, ".")
		typ := e.form.Target.tableType()
		for _, key := range path[:len(path)-1] {
			typ = typ.In(key)
		}
		out = append(out, filled{f, typ.Key(path[len(path)-1]), path, typed})
	}
	return out
}

// write sets or removes one key.
func (e *editor) write(c filled) error {
	path := append(e.form.Target.tomlPath(), c.path...)
	old := e.value(c.path...)
	value := node(c.key.Type, c.typed, old)
	if e.form.Target.isLocal() {
		value = e.differing(c, value)
	}
	switch {
	case value != nil && old == nil:
		if before := e.before(c); before != "" {
			return e.doc.SetAfter(path, value, before)
		}
		return e.doc.Set(path, value)
	case value != nil:
		return e.doc.Set(path, value)
	case c.field.Required && old != nil && c.key.Type.IsWords() && !e.form.Target.isLocal() &&
		(len(c.path) == 1 || len(e.value(c.path[:len(c.path)-1]...).Items) > 1):
		return e.doc.Set(path, &source.Node{Kind: source.String}) // the check tells that it is missing
	case old == nil:
		return nil
	}
	if err := removeKey(e.doc, path); err != nil {
		return err
	}
	if above := c.path[:len(c.path)-1]; len(above) > 0 && isEmpty(e.value(above...)) {
		return e.doc.Remove(append(e.form.Target.tomlPath(), above...))
	}
	return nil
}

// derivedKey lists the keys of a table that are the editors' reading.
const derivedKey = "udledt"

// removeKey removes a key, and its name from those of the table that are derived.
func removeKey(doc *source.Document, path []string) error {
	if err := doc.Remove(path); err != nil {
		return err
	}
	table, key := path[:len(path)-1], path[len(path)-1]
	derived := at(doc.Root(), table).Get(derivedKey)
	names := slices.DeleteFunc(shown(derived), func(name string) bool { return name == key })
	list := append(slices.Clone(table), derivedKey)
	switch {
	case derived == nil || len(names) == len(shown(derived)):
		return nil
	case len(names) == 0:
		return doc.Remove(list)
	}
	return doc.Set(list, node(&schema.Type{Form: schema.List, Elem: &schema.Type{Form: schema.Text}}, names, derived))
}

// before is the key of the table that a new one is to stand after: the nearest that forms
// have before it; "" for none.
func (e *editor) before(c filled) string {
	typ := e.form.Target.tableType()
	for _, key := range c.path[:len(c.path)-1] {
		typ = typ.In(key)
	}
	return beforeKey(typ, e.value(c.path[:len(c.path)-1]...), c.key.Name)
}

func isEmpty(n *source.Node) bool { return n != nil && n.Kind == source.Table && len(n.Items) == 0 }

// short writes a table for which a bare text stands, which stays bare when nothing else
// is said.
func (e *editor) short(typ *schema.Type, was *source.Node, changed []filled) error {
	table := &source.Node{Kind: source.Table}
	for _, k := range typ.Keys {
		value := valueIn(was, k)
		if !k.Shorthand {
			value = nil
		}
		for _, c := range changed {
			if c.field.Fixed != "" {
				return refusal(c.field.Label + ": " + c.field.Fixed)
			}
			if c.key == k {
				value = node(k.Type, c.typed, nil)
			}
		}
		if value != nil {
			copied := *value
			table.Items = append(table.Items, keyed(k.Name, &copied))
		}
	}
	path := e.form.Target.tomlPath()
	if len(table.Items) == 1 && typ.Key(table.Items[0].Key).Shorthand {
		return e.doc.Set(path, table.Items[0])
	}
	return e.doc.Set(path, table)
}

// finish checks what an answer would change and writes it.
func (v *view) finish(p *plan, f *Form, a Answer, write bool) Result {
	for name, data := range p.files {
		if old, err := v.read(name); err == nil && data != nil && string(old) == string(data) || data == nil && err != nil {
			delete(p.files, name)
		}
		if len(data) > maxSize {
			return Result{Form: f.typed(a), Message: reason(errTooLarge)}
		}
	}
	slugs := v.concerned(p.about, p.wide)
	if !write {
		slugs = []string{p.about.Edition} // while somebody types
	}
	c, err := v.try(p.files, p.about.Edition, slugs...)
	if err != nil {
		return failed(err)
	}
	fresh := c.fresh()
	shown := f.typed(a)
	result := Result{Target: p.about, Form: shown, would: c.snap}
	elsewhere := c.place(shown, append(slices.Clone(fresh), c.standing(shown, fresh)...))
	elsewhere = slices.DeleteFunc(elsewhere, func(d diag.Diag) bool { return !contains(fresh, d) })
	result.Broken = c.broken(elsewhere)
	switch {
	case diag.HasErrors(fresh):
		result.Message = "Der er noget, der skal rettes, før det kan gemmes."
		return result
	case len(p.files) == 0:
		result.Message = "Der er ikke ændret noget."
		return result
	case !write:
		return result
	}
	change, err := v.commit(p, c, f, a)
	if err != nil {
		result.Message = reason(err)
		return result
	}
	result.Change = change
	written := &view{Desk: v.Desk, snap: c.snap, local: c.local}
	if now, err := written.form(p.about); err == nil {
		result.Form = now
	}
	return result
}

// standing are the diagnostics about the form that aren't new.
func (c *trial) standing(f *Form, fresh []diag.Diag) []diag.Diag {
	return slices.DeleteFunc(slices.Clone(c.after), func(d diag.Diag) bool {
		return d.Pos.File != f.File || contains(fresh, d)
	})
}

func contains(list []diag.Diag, d diag.Diag) bool {
	return slices.ContainsFunc(list, func(x diag.Diag) bool {
		return x.Pos == d.Pos && x.Code == d.Code && x.Message == d.Message
	})
}

// typed is the form with what was typed in it.
func (f *Form) typed(a Answer) *Form {
	out := *f
	out.Fields = slices.Clone(f.Fields)
	for i := range out.Fields {
		x := &out.Fields[i]
		x.Problems = nil
		if values, ok := a.Values[x.Name]; ok {
			x.Value = tidied(x.Input, values)
			if x.Input == Choice || x.Input == Choices {
				x.Options = withUnknown(x.Options, x.Value)
			}
		}
	}
	return &out
}
