package edit

import (
	"bytes"
	"fmt"
	"path"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
)

// SendPicture writes a picture into the folder of a target and its name into the field
// that names one. The picture is called after the field, and checked like all pictures.
func (d *Desk) SendPicture(t Target, field, version string, data []byte) Result {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(t.Edition)
	if err != nil {
		return failed(err)
	}
	f, err := v.form(t)
	if err != nil {
		return failed(err)
	}
	x, ok := f.field(field)
	if k := t.tableType().Key(field); !ok || k == nil || k.Of != schema.OfPictures {
		return failed(ErrUnknown)
	}
	name := field + pictureType(data)
	a := Answer{Target: t, Version: version, Values: map[string][]string{field: {name}}}
	switch {
	case len(data) == 0:
		return f.refused(a, field, "Der er ikke valgt nogen fil.", "")
	case path.Ext(name) == "":
		return f.refused(a, field, "Filen er hverken et SVG- eller et PNG-billede.", "Gem logoet som SVG eller PNG, og vælg den fil.")
	}
	if c := d.merge(f, &a); c != nil {
		return Result{Conflict: c, Form: f.typed(a)}
	}
	a.Values = map[string][]string{field: {name}}
	p, err := v.plan(f, a)
	if err != nil {
		return Result{Form: f.typed(a), Message: reason(err)}
	}
	file := t.folder() + "/" + name
	p.files[file] = data
	p.details = []Difference{{Label: x.Label, Before: x.words(x.Value), After: fmt.Sprintf("%s (%d kB)", name, (len(data)+1023)>>10)}}
	result := v.finish(p, f, a, true)
	if result.Change == nil && result.Form != nil {
		result.ownPicture(file, field)
	}
	return result
}

// pictureType is the ending of a picture's name, from its first bytes; "" for others.
func pictureType(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return ".png"
	case bytes.Contains(data[:min(len(data), 4096)], []byte("<svg")):
		return ".svg"
	}
	return ""
}

// refused is a form with a reason at a field.
func (f *Form) refused(a Answer, field, message, help string) Result {
	shown := f.typed(a)
	x, _ := shown.field(field)
	x.Value = nil
	if was, ok := f.field(field); ok {
		x.Value = was.Value
	}
	x.Problems = []Problem{{Error: true, Message: message, Help: help}}
	return Result{Form: shown}
}

// ownPicture moves what is wrong with the picture to the field that names it.
func (r *Result) ownPicture(file, field string) {
	x, _ := r.Form.field(field)
	var rest []Broken
	for _, b := range r.Broken {
		if b.Pos != (diag.Pos{File: file}) {
			rest = append(rest, b)
			continue
		}
		x.Problems = append(x.Problems, b.Problem)
	}
	r.Broken = rest
}
