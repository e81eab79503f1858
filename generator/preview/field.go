package preview

import (
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/edit"
	"modelhaandbog/generator/schema"
)

// A field as its page has it.

// Up to so many options are shown as boxes to tick; of more, the chosen ones are listed.
const maxTicks = 8

// fieldView is a field as its page has it.
type fieldView struct {
	edit.Field
	ID       string // of its element; that of the field begins with it
	Ticks    []tickView
	Rows     []rowView
	Sentence *sentenceView // that stands in place of a field
	Told     bool          // it is in a sentence, without a label that is seen
	Focus    string        // the row, or "ny", that has the focus after a row was added, moved or removed
	Rest     []edit.Option
}

type tickView struct {
	edit.Option
	On, Held bool
}

// rowView is one value of a list.
type rowView struct {
	I           int
	Value       string
	Label       string // of a choice
	Place       string // in a source
	Held        bool   // it is national and must stay
	First, Last bool
	Focus       string // "op", "ned" or "felt"
}

// sentenceView is fields that are filled in as one sentence.
type sentenceView struct {
	Legend   string
	Lines    [][]partView
	Fields   []*fieldView // those that the form has
	National []string
}

// partView is words, or a field.
type partView struct {
	Words string
	Key   string
	Field *fieldView // nil for a field that can't be changed here
}

func newSentenceView(s schema.Sentence) *sentenceView {
	view := &sentenceView{Legend: s.Legend}
	for _, line := range s.Pieces() {
		var parts []partView
		for _, p := range line {
			parts = append(parts, partView{Words: p.Words, Key: p.Key})
		}
		view.Lines = append(view.Lines, parts)
	}
	return view
}

// take puts a field into its place, and reports whether it has one.
func (s *sentenceView) take(f fieldView) bool {
	for _, line := range s.Lines {
		i := slices.IndexFunc(line, func(p partView) bool { return p.Key == f.Name })
		if i < 0 {
			continue
		}
		for _, text := range f.National {
			s.National = append(s.National, f.Label+": "+text)
		}
		f.Told, f.Doc, f.National = true, "", nil // the sentence says it
		line[i].Field = &f
		s.Fields = append(s.Fields, &f)
		return true
	}
	return false
}

// Is compares with the name of an input, for templates.
func (f fieldView) Is(name string) bool { return inputNames[f.Input] == name }

var inputNames = map[edit.Input]string{
	edit.Line: "linje", edit.Prose: "tekst", edit.Markdown: "vejledning", edit.Number: "tal", edit.Flag: "ja",
	edit.Choice: "valg", edit.Choices: "flere", edit.Lines: "linjer", edit.Date: "dato", edit.Cites: "kilder",
	edit.Colour: "farve",
}

// Kind is the input's name, for the style and the script.
func (f fieldView) Kind() string { return inputNames[f.Input] }

// IsGroup tells that the field consists of several inputs with one legend.
func (f fieldView) IsGroup() bool {
	return f.Input == edit.Choices || f.Input == edit.Lines || f.Input == edit.Cites
}

func (f fieldView) First() string {
	if len(f.Value) == 0 {
		return ""
	}
	return f.Value[0]
}

// Height is the number of lines that a text begins with.
func (f fieldView) Height() int {
	lines := 1
	for line := range strings.Lines(f.First()) {
		lines += 1 + len(line)/70
	}
	if f.Input == edit.Markdown {
		return min(max(lines+2, 12), 30)
	}
	return min(max(lines, 2), 10)
}

// Described is what the field's input is described by.
func (f fieldView) Described() string {
	var ids []string
	if f.Doc != "" {
		ids = append(ids, f.ID+"-hjaelp")
	}
	if len(f.National) > 0 {
		ids = append(ids, f.ID+"-nationalt")
	}
	return strings.Join(append(ids, f.ID+"-fejl"), " ")
}

// Anchor leads to the field's input, or to what holds its inputs.
func (f fieldView) Anchor() string {
	if f.IsGroup() {
		return "#" + f.ID
	}
	return "#" + f.ID + "-felt"
}

// Row is a row with its field, for templates.
func (f fieldView) Row(row rowView) any {
	return struct {
		Field fieldView
		Row   rowView
	}{f, row}
}

// Number is the row's, as people count.
func (r rowView) Number() int { return r.I + 1 }

func (r rowView) Height() int { return min(1+len(r.Value)/60+strings.Count(r.Value, "\n"), 6) }

// Wrong reports whether the field must be corrected before it can be saved.
func (f fieldView) Wrong() bool {
	return slices.ContainsFunc(f.Problems, func(p edit.Problem) bool { return p.Error })
}

// Unset is what a choice without a value says.
func (f fieldView) Unset() string {
	if f.Required {
		return "Vælg …"
	}
	return "Intet valgt"
}

// grouped gives options in the groups that they come in.
func grouped(options []edit.Option) []optionGroup {
	var out []optionGroup
	for _, o := range options {
		if n := len(out); n == 0 || out[n-1].Label != o.Group {
			out = append(out, optionGroup{Label: o.Group})
		}
		last := &out[len(out)-1]
		last.Options = append(last.Options, o)
	}
	return out
}

type optionGroup struct {
	Label   string
	Options []edit.Option
}

func (f fieldView) Groups() []optionGroup     { return grouped(f.Options) }
func (f fieldView) RestGroups() []optionGroup { return grouped(f.Rest) }

// labels are the names of values.
func labels(field edit.Field, values []string) []string {
	var out []string
	for _, value := range values {
		out = append(out, labelOf(field, value))
	}
	return out
}

func labelOf(field edit.Field, value string) string {
	switch field.Input {
	case edit.Choice, edit.Choices:
		for _, o := range field.Options {
			if o.Value == value {
				return o.Label
			}
		}
	case edit.Cites:
		source, place := splitCite(value)
		for _, o := range field.Options {
			if o.Value == source {
				source = o.Label
			}
		}
		return strings.TrimSuffix(source+", "+place, ", ")
	}
	return value
}

func splitCite(value string) (source, place string) {
	source, place, _ = strings.Cut(value, ":")
	return strings.TrimSpace(source), strings.TrimSpace(place)
}

func newFieldView(field edit.Field, typed *typed) fieldView {
	f := fieldView{Field: field, ID: "felt-" + strings.ReplaceAll(field.Name, ".", "-")}
	if typed != nil && typed.has(field.Name) {
		f.Value = typed.values[field.Name]
	}
	held := 0
	if field.Grows {
		held = len(field.National)
		f.National = nil // they are in the list
	}
	if field.Input == edit.Choices && len(field.Options) <= maxTicks {
		for _, o := range field.Options {
			at := slices.Index(f.Value, o.Value)
			f.Ticks = append(f.Ticks, tickView{o, at >= 0, at >= 0 && at < held})
		}
		return f
	}
	if !f.IsGroup() {
		return f
	}
	for i, value := range f.Value {
		row := rowView{I: i, Value: value, Label: value, Held: i < held, First: i <= held, Last: i == len(f.Value)-1}
		if field.Input == edit.Cites {
			row.Value, row.Place = splitCite(value)
		} else {
			row.Label = labelOf(field, value)
		}
		f.Rows = append(f.Rows, row)
	}
	if field.Input == edit.Choices {
		f.Rest = slices.DeleteFunc(slices.Clone(field.Options), func(o edit.Option) bool {
			return slices.Contains(f.Value, o.Value)
		})
	}
	if typed != nil && typed.focus.field == field.Name {
		f.setFocus(typed.focus)
	}
	return f
}

// setFocus says what has the focus after a row was added, moved or removed.
func (f *fieldView) setFocus(at focus) {
	f.Focus = "ny"
	written := f.Input != edit.Choices && len(f.Rows) > 0 // a row can be typed in
	moved := at.on != "felt" && at.row < len(f.Rows)
	if at.row >= 0 && (written || moved) {
		row := &f.Rows[min(at.row, len(f.Rows)-1)]
		f.Focus, row.Focus = strconv.Itoa(row.I), at.on
		switch {
		case at.on == "op" && row.First:
			row.Focus = "ned"
		case at.on == "ned" && row.Last:
			row.Focus = "op"
		}
	}
}
