package edit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"modelhaandbog/generator/diag"
)

// entry is a change with the bytes of its files.
type entry struct {
	Change
	before, after map[string]version
	wide          bool // it is about more than one edition
}

// version is a file's bytes, kept as what differs from a text that many versions share: a
// day's changes would fill the memory with whole files.
type version struct {
	base  []byte
	hunks []hunk
	gone  bool // the file isn't there
}

func (v version) bytes() []byte {
	if v.gone {
		return nil
	}
	return replaced(v.base, v.hunks)
}

// keep makes versions of files for the journal. A version that differs much from the text
// that a file's versions share is the next such text.
func (d *Desk) keep(files candidate) map[string]version {
	out := map[string]version{}
	for name, data := range files {
		v := version{base: d.bases[name], gone: data == nil}
		if data != nil {
			v.hunks = hunks(v.base, data)
		}
		differs := 0
		for _, h := range v.hunks {
			differs += len(h.with)
		}
		if differs > len(v.base)/4 {
			v = version{base: data}
			d.bases[name] = data
		}
		out[name] = v
	}
	return out
}

// commit writes a plan's files and enters them in the journal.
func (v *view) commit(p *plan, c *trial, f *Form, a Answer) (*Change, error) {
	was, err := v.bytes(p.files)
	if err != nil {
		return nil, err
	}
	if err := v.Desk.write(p.files, was); err != nil {
		return nil, err
	}
	d := v.Desk
	d.now = c.snap
	d.lastID++
	e := &entry{before: d.keep(was), after: d.keep(p.files), wide: p.wide}
	e.Change = Change{ID: d.lastID, When: time.Now(), Target: p.about, What: p.what, Title: f.Title,
		Files: sortedNames(p.files), Details: p.details}
	if p.about.Edition != "" {
		e.Edition = v.editionName(p.about.Edition)
	}
	if p.details == nil {
		e.Details = differences(f, a)
	}
	if p.what == "Tilføjet" {
		e.Title = c.title(p.about)
	}
	d.journal = append(d.journal, e)
	change := e.Change
	return &change, nil
}

// bytes are what files hold now; nil for one that isn't there.
func (d *Desk) bytes(files candidate) (candidate, error) {
	out := candidate{}
	for name := range files {
		data, err := d.read(name)
		switch {
		case err == nil:
			out[name] = append([]byte{}, data...)
		case d.exists(name):
			return nil, fmt.Errorf("reading %s: %w", name, err)
		default:
			out[name] = nil
		}
	}
	return out, nil
}

// differences are the fields of a form that an answer changes, in readers' words.
func differences(f *Form, a Answer) []Difference {
	out := []Difference{}
	for _, x := range f.Fields {
		values, answered := a.Values[x.Name]
		if typed := tidied(x.Input, values); answered && !same(typed, x.Value) {
			before := x.words(x.Value)
			if f.New {
				before = ""
			}
			out = append(out, Difference{Label: x.Label, Before: before, After: x.words(typed)})
		}
	}
	return out
}

// words are a field's values as readers see them.
func (f *Field) words(values []string) string {
	var out []string
	for _, value := range values {
		if i := slices.IndexFunc(f.Options, func(o Option) bool { return o.Value == value }); i >= 0 && f.Input != Cites {
			value = f.Options[i].Label
		}
		out = append(out, value)
	}
	separator := "\n"
	if f.Input == Choices {
		separator = ", "
	}
	return strings.TrimSpace(strings.Join(out, separator) + " " + f.Unit)
}

// Changes are the edits since the desk was opened, newest first.
func (d *Desk) Changes() []Change {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := []Change{}
	for _, e := range slices.Backward(d.journal) {
		c := e.Change
		_, c.Blocked = d.undoing(e)
		out = append(out, c)
	}
	return out
}

// Undo takes a change back, or makes it again when it was undone. Where a later change
// is in the way, it says which.
func (d *Desk) Undo(id int) Result {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.journal, func(e *entry) bool { return e.ID == id })
	if i < 0 {
		return failed(ErrUnknown)
	}
	e := d.journal[i]
	files, blocked := d.undoing(e)
	if blocked != "" {
		return Result{Message: blocked}
	}
	v, err := d.view("")
	if err != nil {
		return failed(err)
	}
	c, err := v.try(files, "", v.concerned(e.Target, e.wide)...)
	if err != nil {
		return failed(err)
	}
	was, err := d.bytes(files)
	if err != nil {
		return failed(err)
	}
	fresh := c.fresh()
	result := Result{Broken: c.broken(fresh), Target: e.Target}
	if diag.HasErrors(fresh) && !e.isBack(files) {
		result.Message = "Det kan ikke fortrydes, for noget andet bygger på det nu."
		return result
	}
	if err := d.write(files, was); err != nil {
		return failed(err)
	}
	d.now = c.snap
	e.Undone = !e.Undone
	change := e.Change
	result.Change = &change
	return result
}

// undoing is what the files of a change would hold without it, or why they can't: which
// later change is in the way.
func (d *Desk) undoing(e *entry) (candidate, string) {
	from, to := e.after, e.before
	if e.Undone {
		from, to = to, from
	}
	out := candidate{}
	for _, name := range sortedNames(from) {
		now, err := d.bytes(candidate{name: nil})
		if err != nil {
			return nil, reason(err)
		}
		from, to := from[name].bytes(), to[name].bytes()
		merged, ok := mergeFile(from, to, now[name])
		if !ok {
			return nil, d.inTheWay(e, name, from, to)
		}
		out[name] = merged
	}
	return out, ""
}

// inTheWay names the first change after which another can't be undone in a file.
func (d *Desk) inTheWay(e *entry, name string, from, to []byte) string {
	for _, later := range d.journal {
		now, touches := later.after[name]
		if later.ID <= e.ID || later.Undone || !touches {
			continue
		}
		if _, ok := mergeFile(from, to, now.bytes()); !ok {
			return fmt.Sprintf("Det samme sted er ændret siden: %s (%s). Fortryd det først.", later.Title,
				strings.ToLower(later.What))
		}
	}
	return "Det samme sted er ændret siden, uden for forhåndsvisningen. Ret det i filen " + name + "."
}

// isBack reports whether files are as they were before the change, or after it.
func (e *entry) isBack(files candidate) bool {
	for name, data := range files {
		for _, v := range []map[string]version{e.before, e.after} {
			if string(v[name].bytes()) == string(data) {
				data = nil
			}
		}
		if data != nil {
			return false
		}
	}
	return true
}
