package preview

import (
	"io"
	"net/http"
	"slices"
	"strconv"

	"modelhaandbog/generator/edit"
)

// A municipality's first hour: what it says of itself, then the questions that the models
// leave open, one step at a time. A step is a form of which only a part is shown.

// stepView is a step with the others of its municipality.
type stepView struct {
	edit.Step
	Edition edition
	All     []edit.Step
	at      int
}

// leavesOut reports whether a field belongs to other steps. Without a step there is none.
func (s *stepView) leavesOut(field string) bool { return s != nil && !slices.Contains(s.Fields, field) }

// Number and Of place the step among the questions, or among what comes before them.
func (s *stepView) Number() int { return s.count(s.at + 1) }
func (s *stepView) Of() int     { return s.count(len(s.All)) }

func (s *stepView) count(upTo int) (n int) {
	for _, x := range s.All[:upTo] {
		if x.IsQuestion() == s.IsQuestion() {
			n++
		}
	}
	return n
}

// next is the step after this one, nil after the last.
func (s *stepView) next() *edit.Step {
	if s.at+1 < len(s.All) {
		return &s.All[s.at+1]
	}
	return nil
}

// query are the parts of the address of a step, or of the list of them.
func (s *stepView) query(to *edit.Step) []string {
	if to == nil {
		return []string{"udgave", s.Edition.Slug}
	}
	return []string{"udgave", s.Edition.Slug, "trin", to.Name}
}

// step is the one that the request is about; nil for none.
func (v *visit) step(slug string) *stepView { return v.stepNamed(slug, v.values.Get("trin")) }

// from is the step that a form was opened from, to which it leads back; nil for none.
func (v *visit) from(slug string) *stepView { return v.stepNamed(slug, v.values.Get("fra")) }

func (v *visit) stepNamed(slug, name string) *stepView {
	if name == "" || slug == "" {
		return nil
	}
	steps, err := v.desk.Steps(slug)
	i := slices.IndexFunc(steps, func(s edit.Step) bool { return s.Name == name })
	if err != nil || i < 0 {
		return nil
	}
	return &stepView{Step: steps[i], All: steps, at: i, Edition: v.editionOf(slug)}
}

func (v *visit) editionOf(slug string) edition {
	list := v.site.editions()
	if i := slices.IndexFunc(list, func(e edition) bool { return e.Slug == slug }); i >= 0 {
		return list[i]
	}
	return edition{Slug: slug, Name: slug}
}

// stepsView lists all steps of a municipality.
type stepsView struct {
	frame
	Edition edition
	Parts   []stepPart
	Saved   bool
}

type stepPart struct {
	Title string
	Steps []edit.Step
}

// Questions and Answered count what the models leave open.
func (s stepsView) Questions() int { return s.count(func(edit.Step) bool { return true }) }
func (s stepsView) Answered() int  { return s.count(func(x edit.Step) bool { return !x.Open }) }

func (s stepsView) count(keep func(edit.Step) bool) (n int) {
	for _, p := range s.Parts {
		for _, x := range p.Steps {
			if x.IsQuestion() && keep(x) {
				n++
			}
		}
	}
	return n
}

// First is the first question without an answer; nil when there is none.
func (s stepsView) First() *edit.Step {
	for _, p := range s.Parts {
		for _, x := range p.Steps {
			if x.Open {
				return &x
			}
		}
	}
	return nil
}

// StepAddress leads to a step.
func (s stepsView) StepAddress(x edit.Step) string {
	return s.v.to("kommune", "udgave", s.Edition.Slug, "trin", x.Name)
}

// Next and Overview are where a step leads when it is skipped.
func (f formView) Next() string     { return f.v.to("kommune", f.Step.query(f.Step.next())...) }
func (f formView) Overview() string { return f.v.to("kommune", "udgave", f.Step.Edition.Slug) }

// PictureAddress takes the step's picture.
func (formView) PictureAddress() string { return "/" + own + "billede" }

// showStep shows a step, or all of them.
func (v *visit) showStep() {
	slug := v.values.Get("udgave")
	if v.values.Get("trin") == "" {
		v.showSteps(slug)
		return
	}
	step := v.step(slug)
	if step == nil {
		v.missing()
		return
	}
	v.showFormOf(step.Target)
}

func (v *visit) showSteps(slug string) {
	view, ok := v.allSteps(slug)
	if !ok {
		return
	}
	if view.Saved = v.values.Get("gemt") != ""; view.Saved {
		view.Notice = "Gemt."
	}
	v.writePage(http.StatusOK, "trin", view)
}

func (v *visit) allSteps(slug string) (stepsView, bool) {
	steps, err := v.desk.Steps(slug)
	if err != nil {
		v.missing()
		return stepsView{}, false
	}
	view := stepsView{frame: v.frame(), Edition: v.editionOf(slug)}
	for _, s := range steps {
		if n := len(view.Parts); n == 0 || view.Parts[n-1].Title != s.Part {
			view.Parts = append(view.Parts, stepPart{Title: s.Part})
		}
		last := &view.Parts[len(view.Parts)-1]
		last.Steps = append(last.Steps, s)
	}
	return view, true
}

// takePicture takes a step's picture.
func (v *visit) takePicture() {
	t, ok := v.target()
	if !ok {
		return
	}
	if step := v.step(t.Edition); step == nil || step.Picture == "" {
		v.missing()
		return
	}
	if !v.isFresh() {
		v.showAgain(t, &typed{}, staleText, http.StatusConflict)
		return
	}
	var data []byte
	if file, _, err := v.r.FormFile("fil"); err == nil {
		data, err = io.ReadAll(file)
		file.Close()
		if err != nil {
			refuse(v.w, http.StatusBadRequest, "Filen kan ikke læses.")
			return
		}
	}
	result := v.desk.SendPicture(t, v.step(t.Edition).Picture, v.values.Get("version"), data)
	if result.Change != nil {
		v.wroteFiles()
		v.leadToStep(v.step(t.Edition), result)
		return
	}
	v.showResult(edit.Answer{Target: t}, result)
}

// leadToStep shows a step with what has just been saved in it.
func (v *visit) leadToStep(step *stepView, result edit.Result) {
	v.lead(v.to("kommune", append(step.query(&step.Step), "gemt", strconv.Itoa(result.Change.ID))...))
}

// agendaView is what is open, for the meeting where it is decided: by who must answer.
type agendaView struct {
	frame
	Edition edition
	Parts   []agendaPart
}

type agendaPart struct {
	Asked string // "" when no source says who
	Rows  []edit.Step
}

func (v *visit) showAgenda() {
	all, ok := v.allSteps(v.values.Get("udgave"))
	if !ok {
		return
	}
	view := agendaView{frame: all.frame, Edition: all.Edition}
	for _, p := range all.Parts {
		for _, s := range p.Steps {
			if !s.Open {
				continue
			}
			i := slices.IndexFunc(view.Parts, func(a agendaPart) bool { return a.Asked == s.Asked })
			if i < 0 {
				i, view.Parts = len(view.Parts), append(view.Parts, agendaPart{Asked: s.Asked})
			}
			view.Parts[i].Rows = append(view.Parts[i].Rows, s)
		}
	}
	v.writePage(http.StatusOK, "dagsorden", view)
}
