package preview

import (
	"encoding/json"
	"net/http"
	"strings"
)

// As one types: the same checks as when it is saved, and the page as it would be.

// trialJSON is what a form that is being filled in is told.
type trialJSON struct {
	Form string `json:"form"` // the page of the form, with its problems; "" when there is nothing to say
	Page string `json:"page"` // the page that the editor looks at, as it would be; "" when it can't be made
}

func (v *visit) tryAnswer() {
	t, ok := v.target()
	if !ok {
		return
	}
	if !v.isFresh() {
		v.sendJSON(http.StatusConflict, trialJSON{})
		return
	}
	side := sideOf(v.r)
	if side == "" {
		side = strings.TrimPrefix(v.side(), "/")
		if strings.HasSuffix(side, "/") || side == "" {
			side += "index.html"
		}
	}
	a := v.answer(t, v.readTyped())
	result, page := v.desk.Preview(a, side)
	trial := trialJSON{Page: string(page)}
	status := http.StatusOK
	if result.Form == nil {
		status = http.StatusNotFound
	} else {
		view := v.newFormView(result.Form, nil)
		view.Broken = result.Broken
		form, err := render("ret", view)
		if err != nil {
			v.opt.Log.Error("writing a form", "err", err)
		}
		trial.Form = string(form)
	}
	v.sendJSON(status, trial)
}

// listNames sends what Markdown in a target may refer to, by name.
func (v *visit) listNames() {
	t, ok := v.target()
	if !ok {
		return
	}
	type nameJSON struct {
		Ref   string `json:"ref"`
		Name  string `json:"navn"`
		Group string `json:"gruppe"`
	}
	list := []nameJSON{}
	for _, o := range v.desk.Names(t) {
		list = append(list, nameJSON{o.Value, o.Label, o.Group})
	}
	v.sendJSON(http.StatusOK, list)
}

func (v *visit) sendJSON(status int, value any) {
	v.w.Header().Set("Content-Type", types[".json"])
	v.w.WriteHeader(status)
	if err := json.NewEncoder(v.w).Encode(value); err != nil {
		v.opt.Log.Debug("sending an answer", "err", err)
	}
}
