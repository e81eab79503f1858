package preview

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"modelhaandbog/generator/edit"
)

// Ændringer: what was edited since the preview was started, and what removes, moves and
// renames.

type changesView struct {
	frame
	Changes []edit.Change
	Open    int // how many can be undone
}

func (v *visit) listChanges() { v.showChanges("", http.StatusOK) }

func (v *visit) showChanges(notice string, status int) {
	view := changesView{frame: v.frame(), Changes: v.desk.Changes()}
	view.Notice = notice
	for _, c := range view.Changes {
		if !c.Undone {
			view.Open++
		}
	}
	v.writePage(status, "aendringer", view)
}

// Time is when a change was made, as a clock shows it.
func (changesView) Time(c edit.Change) string { return c.When.Local().Format("15.04") }

// takeUndo undoes one change, or all, the newest first.
func (v *visit) takeUndo() {
	if !v.isFresh() {
		v.showChanges(staleText, http.StatusConflict)
		return
	}
	var ids []int
	if v.values.Get("goer") == "alle" {
		for _, c := range v.desk.Changes() {
			if !c.Undone {
				ids = append(ids, c.ID)
			}
		}
	} else if id, err := strconv.Atoi(v.values.Get("nr")); err == nil {
		ids = append(ids, id)
	}
	undone := 0
	defer v.wroteFiles()
	for _, id := range ids {
		result := v.desk.Undo(id)
		if result.Change == nil {
			v.showChanges(v.why(result), http.StatusConflict)
			return
		}
		undone++
	}
	notice := "Fortrudt. Filerne er, som de var før."
	if undone > 1 {
		notice = strconv.Itoa(undone) + " ændringer er fortrudt."
	}
	if t, ok := v.after(); ok && undone == 1 {
		if form, err := v.desk.Form(t); err == nil {
			view := v.newFormView(form, nil)
			view.Notice, view.Saved = notice, true
			v.writePage(http.StatusOK, "ret", view)
			return
		}
	}
	v.showChanges(notice, http.StatusOK)
}

// after is the form that a change was undone from.
func (v *visit) after() (edit.Target, bool) {
	t, err := v.desk.Target(v.values.Get("maal"))
	return t, err == nil
}

// why says why nothing was done.
func (v *visit) why(result edit.Result) string {
	switch {
	case result.Message != "":
		return result.Message
	case result.Conflict != nil:
		return "Det er ændret i filen " + result.Conflict.File + " imens. Se det igennem, og prøv igen."
	case len(result.Broken) > 0:
		b := result.Broken[0]
		return strings.TrimSpace("Det kan ikke lade sig gøre: " + b.Message + " " + b.Help)
	case result.Form != nil:
		for _, f := range result.Form.Fields {
			for _, p := range f.Problems {
				if p.Error {
					return p.Message
				}
			}
		}
		for _, p := range result.Form.Problems {
			return p.Message
		}
	}
	return "Det kan ikke lade sig gøre."
}

// sureView asks before something is removed or gets another id.
type sureView struct {
	frame
	Title, Version, ID string
	Target             edit.Target
	Rename             bool
	Uses               []edit.Use
	Broken             []edit.Broken
	Sure               bool // the uses are shown, and the next answer is to be done
}

func (s sureView) Action() string {
	if s.Rename {
		return "/" + own + "omdoeb"
	}
	return "/" + own + "slet"
}

// Short is the title without the kind: "Opfølgningsmøde".
func (s sureView) Short() string {
	_, name, ok := strings.Cut(s.Title, ": ")
	if !ok {
		return s.Title
	}
	return name
}

func (v *visit) newSureView(rename bool) (sureView, bool) {
	t, ok := v.target()
	if !ok {
		return sureView{}, false
	}
	form, err := v.desk.Form(t)
	if err != nil || rename && !form.Renamable || !rename && !form.Removable {
		v.missing()
		return sureView{}, false
	}
	view := sureView{frame: v.frame(), Title: form.Title, Version: form.Version, Target: t, Rename: rename}
	view.ID = cmp.Or(v.values.Get("id"), t.ID)
	if n := len(t.Path); n > 0 && v.values.Get("id") == "" {
		view.ID = t.Path[n-1]
	}
	view.Uses = v.desk.Uses(t)
	view.Sure = !rename
	return view, true
}

func (v *visit) askRemove() { v.ask(false, "", http.StatusOK) }
func (v *visit) askRename() { v.ask(true, "", http.StatusOK) }

func (v *visit) ask(rename bool, notice string, status int) {
	if view, ok := v.newSureView(rename); ok {
		view.Notice = notice
		v.writePage(status, "sikker", view)
	}
}

func (v *visit) takeRemove() { v.takeSure(false) }
func (v *visit) takeRename() { v.takeSure(true) }

// takeSure removes or renames. What refers to it was listed on the page that was answered.
func (v *visit) takeSure(rename bool) {
	if !v.isFresh() {
		v.ask(rename, staleText, http.StatusConflict)
		return
	}
	t, ok := v.target()
	if !ok {
		return
	}
	var result edit.Result
	sure := v.values.Get("sikker") == "ja"
	if rename {
		result = v.desk.Rename(t, strings.TrimSpace(v.values.Get("id")), v.values.Get("version"), sure)
	} else {
		result = v.desk.Remove(t, v.values.Get("version"), sure)
	}
	switch {
	case result.Change != nil && rename:
		v.wroteFiles()
		v.lead(v.to("ret", "maal", result.Target.String(), "gemt", strconv.Itoa(result.Change.ID)))
	case result.Change != nil:
		v.wroteFiles()
		if step := v.from(t.Edition); step != nil {
			v.leadToStep(step, result)
			return
		}
		v.lead(v.to("aendringer", "udgave", t.Edition))
	case len(result.Uses) > 0:
		view, ok := v.newSureView(rename)
		if !ok {
			return
		}
		view.Uses, view.Sure = result.Uses, true
		v.writePage(http.StatusConflict, "sikker", view)
	default:
		view, ok := v.newSureView(rename)
		if !ok {
			return
		}
		view.Notice, view.Broken = v.why(result), result.Broken
		v.writePage(http.StatusUnprocessableEntity, "sikker", view)
	}
}

// takeMove moves a point, and shows the form that it is listed in.
func (v *visit) takeMove() {
	t, ok := v.target()
	if !ok {
		return
	}
	way := "ned"
	if v.values.Has("op") {
		way = "op"
	}
	parent := t
	parent.Path = t.Path[:max(len(t.Path)-2, 0)]
	notice, status := staleText, http.StatusConflict
	if v.isFresh() {
		var version string // as it is now: wherever the point has come to, it goes where it was sent
		if form, err := v.desk.Form(t); err == nil {
			version = form.Version
		}
		result := v.desk.Move(t, strings.TrimPrefix(cmp.Or(v.values.Get("op"), v.values.Get("ned")), "-"), version)
		if result.Change != nil {
			v.wroteFiles()
			if step := v.from(t.Edition); step != nil {
				v.leadToStep(step, result)
				return
			}
			v.lead(v.to("ret", "maal", parent.String(), "gemt", strconv.Itoa(result.Change.ID),
				"fokus", t.Path[len(t.Path)-1]+" "+way))
			return
		}
		notice, status = v.why(result), http.StatusUnprocessableEntity
	}
	form, err := v.desk.Form(parent)
	if err != nil {
		v.missing()
		return
	}
	view := v.newFormView(form, nil)
	view.Notice = notice
	v.writePage(status, "ret", view)
}
