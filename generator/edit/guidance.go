package edit

import (
	"bytes"
	"strings"

	"modelhaandbog/generator/schema"
)

// Guidance is a file of its own, and its form has one field.

// guidanceField is the name of that field.
const guidanceField = "vejledning"

func (v *view) guidanceForm(t Target) (*Form, error) {
	k := t.kind()
	if t.Kind != modelKind && (k == nil || k.Guidance == schema.NoGuidance) || len(t.Path) > 0 ||
		v.merged(t.entity()) == nil {
		return nil, ErrUnknown
	}
	f := &Form{Target: t, Title: v.title(t), File: t.guideFile()}
	x := Field{Name: guidanceField, Label: "Vejledning", Input: Markdown,
		Doc: "Længere tekst til siden. Lister, opgaver og møder kommer af sig selv."}
	if data, err := v.read(f.File); err == nil {
		x.Value = []string{plainBreaks(string(bytes.TrimPrefix(data, byteOrderMark)))}
	}
	if t.isLocal() {
		f.Title, x.Label = v.title(t.entity())+" – sådan gør vi", "Sådan gør vi"
		x.Doc = "Jeres egen praksis. Den står på siden ved den nationale vejledning, som I ikke ændrer."
		if data, err := v.read(t.national().guideFile()); err == nil {
			x.National = []string{plainBreaks(string(data))}
		}
	}
	f.Fields = []Field{x}
	f.Version = v.guidanceVersion(t)
	return f, nil
}

var byteOrderMark = []byte("\ufeff")

// planGuidance writes the text. Lines that are as they were keep their bytes; without a
// text there is no file.
func (v *view) planGuidance(p *plan, f *Form, a Answer) error {
	values, answered := a.Values[guidanceField]
	if !answered {
		return nil
	}
	typed := strings.Join(tidied(Markdown, values), "")
	if typed == "" {
		p.files[f.File] = nil
		return nil
	}
	old, _ := v.read(f.File)
	if len(old) == 0 && !strings.HasSuffix(typed, "\n") {
		typed += "\n"
	}
	p.files[f.File] = rewritten(old, typed)
	return nil
}

// rewritten is a text in place of another: the lines at its beginning and its end that
// are the same keep their bytes, and new ones end as most do.
func rewritten(old []byte, text string) []byte {
	text = plainBreaks(text)
	body := bytes.TrimPrefix(old, byteOrderMark)
	was, now := splitLines(body), splitLines([]byte(text))
	equal := func(a, b []byte) bool { return plainBreaks(string(a)) == string(b) }
	first := 0
	for first < len(was) && first < len(now) && equal(was[first], now[first]) {
		first++
	}
	last := 0
	for last < len(was)-first && last < len(now)-first && equal(was[len(was)-1-last], now[len(now)-1-last]) {
		last++
	}
	newline := []byte("\n")
	if 2*bytes.Count(body, []byte("\r\n")) > bytes.Count(body, newline) {
		newline = []byte("\r\n")
	}
	out := bytes.Clone(old[:len(old)-len(body)])
	for _, line := range was[:first] {
		out = append(out, line...)
	}
	for _, line := range now[first : len(now)-last] {
		out = append(out, bytes.ReplaceAll(line, []byte("\n"), newline)...)
	}
	for _, line := range was[len(was)-last:] {
		out = append(out, line...)
	}
	return out
}

// splitLines gives the lines of a text with their line breaks, which are \n, \r\n or \r.
func splitLines(data []byte) [][]byte {
	var out [][]byte
	start := 0
	for i := 0; i < len(data); i++ {
		if data[i] == '\n' || data[i] == '\r' && (i+1 == len(data) || data[i+1] != '\n') {
			out, start = append(out, data[start:i+1]), i+1
		}
	}
	if start < len(data) {
		out = append(out, data[start:])
	}
	return out
}
