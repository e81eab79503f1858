package edit

import "slices"

// Two who write the same.

// maxForms is how many forms are remembered, to tell what somebody typed from what only
// stood there.
const maxForms = 500

// remember keeps what a form showed.
func (d *Desk) remember(f *Form) {
	key := f.Target.String() + " " + f.Version
	if d.forms[key] == nil {
		d.order = append(d.order, key)
	}
	d.forms[key] = f
	if len(d.order) > maxForms {
		delete(d.forms, d.order[0])
		d.order = d.order[1:]
	}
}

// merge compares an answer with the form as it is now. What was not touched in one of the
// two is taken from the other. It gives the fields that both changed, or nil.
func (d *Desk) merge(f *Form, a *Answer) *Conflict {
	if f.New || a.Version == f.Version {
		return nil
	}
	c := &Conflict{File: f.File, Version: f.Version}
	was := d.forms[f.Target.String()+" "+a.Version]
	values := map[string][]string{}
	for _, field := range f.Fields {
		typed, answered := a.Values[field.Name]
		if !answered {
			continue
		}
		mine := tidied(field.Input, typed)
		old, known := was.field(field.Name)
		switch {
		case same(mine, field.Value), known && same(mine, old.Value):
			continue // what is there now stays
		case !known || !same(old.Value, field.Value):
			c.Fields = append(c.Fields, Clash{Name: field.Name, Label: field.Label, Mine: mine, Theirs: field.Value,
				Options: field.Options})
		}
		values[field.Name] = typed
	}
	if len(c.Fields) > 0 {
		return c
	}
	a.Values = values
	return nil
}

// Again is the answer as that of a new thing, which makes it again where it was deleted. ok
// is false for what can't be made: guidance, and a table that there is one of.
func (a Answer) Again() (again Answer, ok bool) {
	t := a.Target
	a.New, a.ID, a.Version = true, last(t), ""
	a.Target = t.parent()
	return a, !t.Guidance && (len(t.Path) > 0 || t.kind() != nil)
}

// field is a field by its name; f may be nil.
func (f *Form) field(name string) (*Field, bool) {
	if f == nil {
		return nil, false
	}
	i := slices.IndexFunc(f.Fields, func(x Field) bool { return x.Name == name })
	if i < 0 {
		return nil, false
	}
	return &f.Fields[i], true
}
