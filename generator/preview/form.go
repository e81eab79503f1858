package preview

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/edit"
	"modelhaandbog/generator/guide"
)

// A form as its page has it.

// Up to so many options are shown as boxes to tick; of more, the chosen ones are listed.
const maxTicks = 8

// formView is a page with a form.
type formView struct {
	frame
	*edit.Form
	After  string // the id that a new one follows
	Draft  bool
	Fields []fieldView
	More   []fieldView // seldom written
	Fixed  []fixedView
	Errors []errorView // of all fields, for the list above the form
	Saved  bool        // it was saved a moment ago
	Undo   int         // the change that was made then, 0 for none
	Broken []edit.Broken
	Groups []groupView
	Step   *stepView // of a municipality's first hour; nil for the whole form
}

// errorView leads to the field that has a problem.
type errorView struct{ Href, Text string }

// fixedView is what can't be changed here for one and the same reason.
type fixedView struct {
	Why  string
	Rows []struct {
		Label string
		Texts []string
	}
}

// fieldView is a field as its page has it.
type fieldView struct {
	edit.Field
	ID    string // of its element; that of the field begins with it
	Ticks []tickView
	Rows  []rowView
	Focus string // the row, or "ny", that has the focus after a row was added, moved or removed
	Rest  []edit.Option
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

// newFormView makes a page of a form. typed holds what stands in its fields if that is
// other than the form says.
func (v *visit) newFormView(form *edit.Form, typed *typed) formView {
	view := formView{frame: v.frame(), Form: form, After: v.values.Get("efter")}
	view.Draft = v.values.Get("kladde") != ""
	view.Step = v.step(form.Target.Edition)
	for _, field := range form.Fields {
		if view.Step.leavesOut(field.Name) {
			continue
		}
		if field.Fixed != "" {
			view.Fixed = addFixed(view.Fixed, field)
			continue
		}
		f := newFieldView(field, typed)
		for _, p := range f.Problems {
			if p.Error {
				view.Errors = append(view.Errors, errorView{f.Anchor(), f.Label + ": " + p.Message})
			}
		}
		if f.More {
			view.More = append(view.More, f)
		} else {
			view.Fields = append(view.Fields, f)
		}
	}
	for _, g := range form.Groups {
		if view.Step != nil && view.Step.Group != g.Name {
			continue
		}
		view.Groups = append(view.Groups, newGroupView(g))
	}
	return view
}

// In is a group with the form that it is in, for templates.
func (f formView) In(group groupView) any {
	return struct {
		View  formView
		Group groupView
	}{f, group}
}

// Moved tells that a point was moved a moment ago, by the button of that name.
func (f formView) Moved(p edit.Point, button string) bool {
	path := p.Target.Path
	return len(path) > 0 && f.v.values.Get("fokus") == path[len(path)-1]+" "+button
}

// MoreOpen shows the seldom written fields when one of them is wrong, or was just touched.
func (f formView) MoreOpen() bool {
	return slices.ContainsFunc(f.More, func(m fieldView) bool { return len(m.Problems) > 0 || m.Focus != "" })
}

// Readonly tells that nothing in the form can be changed.
func (f formView) Readonly() bool { return len(f.Fields)+len(f.More) == 0 }

// Action is the address that the form is sent to.
func (f formView) Action() string {
	switch {
	case f.Step != nil:
		return "/" + own + "kommune"
	case f.New:
		return "/" + own + "ny"
	}
	return "/" + own + "ret"
}

// Boxes are the kinds of boxes that Markdown can have.
func (formView) Boxes() []guide.Callout { return guide.Callouts[:] }

// Key is what the browser keeps unsaved text under.
func (f formView) Key() string {
	if f.New {
		return "ny " + f.Target.String()
	}
	return f.Target.String()
}

func addFixed(list []fixedView, field edit.Field) []fixedView {
	texts := labels(field, field.Value)
	if len(texts) == 0 {
		texts = field.National
	}
	if len(texts) == 0 {
		return list // nothing stands there, and nothing can
	}
	i := slices.IndexFunc(list, func(f fixedView) bool { return f.Why == field.Fixed })
	if i < 0 {
		i = len(list)
		list = append(list, fixedView{Why: field.Fixed})
	}
	list[i].Rows = append(list[i].Rows, struct {
		Label string
		Texts []string
	}{field.Label, texts})
	return list
}

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
	if at.row >= 0 && len(f.Rows) > 0 && f.Input != edit.Choices || at.on != "felt" && at.row < len(f.Rows) && at.row >= 0 {
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

// groupView is a group of points with the ids that they can be moved after.
type groupView struct {
	edit.Group
	Points []pointView
}

type pointView struct {
	edit.Point
	Up, Down string // what it follows when it is moved: an id, "-" for first, "" when it can't be
}

func newGroupView(g edit.Group) groupView {
	view := groupView{Group: g}
	id := func(i int) string {
		if i < 0 {
			return "-"
		}
		return g.Points[i].Target.Path[len(g.Points[i].Target.Path)-1]
	}
	for i, p := range g.Points {
		point := pointView{Point: p}
		if p.Movable && i > 0 {
			point.Up = id(i - 2)
		}
		if p.Movable && i < len(g.Points)-1 {
			point.Down = id(i + 1)
		}
		view.Points = append(view.Points, point)
	}
	return view
}

// showForm shows the form of a target, or of what stands at a place on a page.
func (v *visit) showForm() {
	if place := v.values.Get("sted"); place != "" {
		file, line := splitPlace(place)
		t, ok := v.desk.At(v.values.Get("udgave"), file, line)
		if !ok {
			v.missing()
			return
		}
		v.values.Set("maal", t.String())
	}
	t, ok := v.target()
	if !ok {
		return
	}
	form, err := v.desk.Form(t)
	if err != nil {
		v.missing()
		return
	}
	view := v.newFormView(form, nil)
	if id, err := strconv.Atoi(v.values.Get("gemt")); err == nil {
		view.saved(id)
	}
	v.writePage(http.StatusOK, "ret", view)
}

// saved tells that a change was made a moment ago, and lets it be undone.
func (f *formView) saved(id int) {
	f.Saved, f.Notice = true, "Gemt."
	if slices.ContainsFunc(f.v.desk.Changes(), func(c edit.Change) bool { return c.ID == id && !c.Undone }) {
		f.Undo = id
	}
}

// splitPlace reads "content/a.toml:12".
func splitPlace(place string) (file string, line int) {
	at := strings.LastIndexByte(place, ':')
	if at < 0 {
		return place, 0
	}
	line, _ = strconv.Atoi(place[at+1:])
	return place[:at], line
}

// showNew shows what can be begun in an edition, or the form of a new thing.
func (v *visit) showNew() {
	if v.values.Get("maal") == "" {
		view := startsView{frame: v.frame()}
		view.Groups = startGroups(v.desk.Starts(v.values.Get("udgave")))
		v.writePage(http.StatusOK, "nyt", view)
		return
	}
	t, ok := v.target()
	if !ok {
		return
	}
	form, err := v.desk.NewForm(t, t.Kind)
	if err != nil {
		v.missing()
		return
	}
	v.writePage(http.StatusOK, "ret", v.newFormView(form, nil))
}

// startsView lists what can be begun, model by model.
type startsView struct {
	frame
	Groups []startGroup
}

type startGroup struct {
	Label  string
	Starts []edit.Start
}

func startGroups(list []edit.Start) []startGroup {
	var out []startGroup
	for _, s := range list {
		label := cmp.Or(s.Group, "Fælles for modellerne")
		if n := len(out); n == 0 || out[n-1].Label != label {
			out = append(out, startGroup{Label: label})
		}
		last := &out[len(out)-1]
		last.Starts = append(last.Starts, s)
	}
	return out
}
