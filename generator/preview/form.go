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

// newFormView makes a page of a form. typed holds what stands in its fields if that is
// other than the form says.
func (v *visit) newFormView(form *edit.Form, typed *typed) formView {
	view := formView{frame: v.frame(), Form: form, After: v.values.Get("efter")}
	view.Draft = v.values.Get("kladde") != ""
	view.Step = v.step(form.Target.Edition)
	told := newSentenceView(form.Sentence)
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
		if told.take(f) {
			if len(told.Fields) == 1 { // the sentence is where the first of its fields is
				view.Fields = append(view.Fields, fieldView{Sentence: told})
			}
		} else if f.More {
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

// StepBack leads back to the step that the form was opened from; nil for none.
func (f formView) StepBack() *backView {
	if step := f.v.from(f.Target.Edition); step != nil {
		return &backView{f.v.to("kommune", step.query(&step.Step)...), step.Title}
	}
	return nil
}

type backView struct{ Address, Title string }

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
	v.showFormOf(t)
}

// showFormOf shows a target's form as it stands in the files.
func (v *visit) showFormOf(t edit.Target) {
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
	for _, c := range f.v.desk.Changes() {
		if c.ID == id && !c.Undone {
			f.Undo = id
			if c.What == "Slettet" {
				f.Notice = "Slettet."
			}
		}
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
