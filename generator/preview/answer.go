package preview

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/edit"
)

// What was typed, and what is done with it.

// typed is what stands in the fields of a form that was sent.
type typed struct {
	fields []string            // that the form had and that can be changed
	values map[string][]string // with empty rows
	focus  focus
}

// focus is the row that was added or moved, or that follows the one removed. row is -1
// for what adds another.
type focus struct {
	field string
	row   int
	on    string // "felt", "op" or "ned"
}

func (t *typed) has(field string) bool { return slices.Contains(t.fields, field) }

// readTyped reads the values of the fields. A name such as "formaal" is sent as
// "v:formaal" for each of its values; "s:kilde" are the places beside the sources of
// "v:kilde", and "f:faser" the values that were ticked before, in their order.
func (v *visit) readTyped() *typed {
	t := &typed{values: map[string][]string{}}
	for _, name := range v.values["felt"] {
		if t.has(name) {
			continue
		}
		t.fields = append(t.fields, name)
		list := slices.Clone(v.values["v:"+name])
		if places, ok := v.values["s:"+name]; ok {
			for i := range list {
				if i < len(places) && (strings.TrimSpace(list[i]) != "" || strings.TrimSpace(places[i]) != "") {
					list[i] = strings.TrimSuffix(list[i]+": "+strings.TrimSpace(places[i]), ": ")
				}
			}
		}
		if was, ok := v.values["f:"+name]; ok {
			list = inOldOrder(was, list)
		}
		t.values[name] = list
	}
	return t
}

// inOldOrder lists what is chosen: first what was before, as it stood, then the rest.
func inOldOrder(was, chosen []string) []string {
	out := slices.DeleteFunc(slices.Clone(was), func(s string) bool { return !slices.Contains(chosen, s) })
	for _, s := range chosen {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// edit does what a button in a list says: "tilfoej faser", "fjern faser 2", "op faser 2"
// or "ned faser 2". It reports whether it was one.
func (t *typed) edit(button string, added []string) bool {
	words := strings.Fields(button)
	if len(words) < 2 || !t.has(words[1]) {
		return false
	}
	name := words[1]
	list := t.values[name]
	row := -1
	if len(words) > 2 {
		row, _ = strconv.Atoi(words[2])
	}
	inside := row >= 0 && row < len(list)
	switch {
	case words[0] == "tilfoej":
		list = append(list, added...)
		t.focus = focus{name, len(list) - 1, "felt"}
	case words[0] == "fjern" && inside:
		list = slices.Delete(list, row, row+1)
		t.focus = focus{name, min(row, len(list)-1), "felt"}
	case words[0] == "op" && inside && row > 0:
		list[row-1], list[row] = list[row], list[row-1]
		t.focus = focus{name, row - 1, "op"}
	case words[0] == "ned" && inside && row < len(list)-1:
		list[row+1], list[row] = list[row], list[row+1]
		t.focus = focus{name, row + 1, "ned"}
	}
	t.values[name] = list
	return true
}

// answer is the form that was sent, as the desk takes it.
func (v *visit) answer(t edit.Target, typed *typed) edit.Answer {
	a := edit.Answer{
		Target: t, New: v.isNew(), ID: strings.TrimSpace(v.values.Get("id")), After: v.values.Get("efter"),
		Version: v.values.Get("version"), Values: map[string][]string{}, Draft: v.values.Get("kladde") != "",
	}
	for _, name := range typed.fields {
		switch v.values.Get("valg:" + name) { // between two versions
		case "deres":
			a.Values[name] = v.values["d:"+name]
		default:
			a.Values[name] = typed.values[name]
		}
	}
	return a
}

func (v *visit) isNew() bool {
	return strings.TrimPrefix(v.r.URL.Path, "/"+own) == "ny" || v.values.Get("ny") != ""
}

// takeAnswer saves a form, or adds, moves or removes a row of it and shows it again.
func (v *visit) takeAnswer() {
	t, ok := v.target()
	if !ok {
		return
	}
	typed := v.readTyped()
	button := v.values.Get("goer")
	added := []string{""}
	if name, ok := strings.CutPrefix(button, "tilfoej "); ok && v.values.Has("ny:"+name) {
		added = slices.DeleteFunc(slices.Clone(v.values["ny:"+name]), func(s string) bool { return s == "" })
	}
	switch {
	case !v.isFresh():
		v.showAgain(t, typed, staleText, http.StatusConflict)
	case button == "gem":
		v.save(v.answer(t, typed))
	case typed.edit(button, added):
		v.showAgain(t, typed, "", http.StatusOK)
	case button == "igen":
		v.showAgain(t, typed, "Det, du ikke nåede at gemme, er hentet frem.", http.StatusOK)
	default:
		v.showAgain(t, typed, "", http.StatusOK)
	}
}

// showAgain shows a form with what was typed, which is not saved.
func (v *visit) showAgain(t edit.Target, typed *typed, notice string, status int) {
	found, err := v.formOf(t)
	if err != nil {
		v.missing()
		return
	}
	form := new(*found)
	form.Version = v.values.Get("version") // what was typed is an answer to that one
	if id := v.values.Get("id"); id != "" {
		form.ID = id
	}
	view := v.newFormView(form, typed)
	view.Notice = notice
	v.writePage(status, "ret", view)
}

func (v *visit) formOf(t edit.Target) (*edit.Form, error) {
	if v.isNew() {
		return v.desk.NewForm(t, t.Kind)
	}
	return v.desk.Form(t)
}

// save has the desk save an answer, and leads on to the form as it then is.
func (v *visit) save(a edit.Answer) {
	result := v.desk.Save(a)
	if result.Change != nil {
		v.wroteFiles()
		v.leadOn(result)
		return
	}
	v.showResult(a, result)
}

// leadOn leads to the form of what was saved or, in a municipality's steps, to the next.
func (v *visit) leadOn(result edit.Result) {
	saved := []string{"gemt", strconv.Itoa(result.Change.ID)}
	if step := v.step(result.Target.Edition); step != nil {
		v.lead(v.to("kommune", append(saved, step.query(step.next())...)...))
		return
	}
	if step := v.from(result.Target.Edition); step != nil {
		v.leadToStep(step, result)
		return
	}
	v.lead(v.to("ret", append(saved, "maal", result.Target.String())...))
}

// showResult shows why nothing was saved.
func (v *visit) showResult(a edit.Answer, result edit.Result) {
	if result.Conflict != nil {
		v.showConflict(a, result.Conflict)
		return
	}
	form := result.Form
	if form == nil {
		var err error
		if form, err = v.formOf(a.Target); err != nil {
			v.missing()
			return
		}
	}
	typed := &typed{values: a.Values}
	for name := range a.Values {
		typed.fields = append(typed.fields, name)
	}
	view := v.newFormView(form, typed)
	view.Notice, view.Broken = result.Message, result.Broken
	status := http.StatusUnprocessableEntity
	if len(view.Errors) == 0 && len(form.Problems) == 0 && len(view.Broken) == 0 && view.Notice == "" {
		view.Notice, status = "Der er ikke ændret noget.", http.StatusOK
		if !form.New {
			view.Saved = true
		}
	}
	v.writePage(status, "ret", view)
}

// conflictView shows what somebody else changed meanwhile beside what was typed.
type conflictView struct {
	frame
	*edit.Conflict
	About  edit.Target
	Answer edit.Answer
	Title  string
	Rest   []string // fields that both have alike
	Lost   bool     // it is deleted, and can't be made again
}

func (c conflictView) Action() string {
	if c.Answer.New {
		return "/" + own + "ny"
	}
	return "/" + own + "ret"
}

// Texts are the values of a clash by their names.
func (c conflictView) Texts(clash edit.Clash, values []string) []string {
	return labels(edit.Field{Input: edit.Choice, Options: clash.Options}, values)
}

// Typed are the texts of a field that was typed in, to be copied.
func (c conflictView) Typed(name string) string {
	return strings.TrimSpace(strings.Join(c.Answer.Values[name], "\n"))
}

// Mine are the values that were typed in a field.
func (c conflictView) Mine(name string) []string { return c.Answer.Values[name] }

func (c conflictView) Key() string { return c.About.String() }

func (v *visit) showConflict(a edit.Answer, conflict *edit.Conflict) {
	view := conflictView{frame: v.frame(), Conflict: conflict, About: a.Target, Answer: a,
		Title: v.desk.Title(a.Target)}
	if again, ok := a.Again(); conflict.Gone {
		view.Answer, view.Lost = again, !ok
		view.Title = cmp.Or(strings.Join(a.Values["navn"], ""), again.ID)
	}
	for _, name := range v.values["felt"] {
		isClash := slices.ContainsFunc(conflict.Fields, func(c edit.Clash) bool { return c.Name == name })
		if !isClash && !slices.Contains(view.Rest, name) {
			view.Rest = append(view.Rest, name)
		}
	}
	v.writePage(http.StatusConflict, "uenige", view)
}
