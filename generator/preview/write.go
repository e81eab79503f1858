package preview

import (
	"cmp"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/edit"
)

// Writing in the browser. A page of ours carries a token of this run, and an answer is
// taken only with it, from a page of our own origin, as an ordinary form, on a machine's
// own address. What is written, and whether it may be, is decided by the desk.

// desk makes forms and takes answers: an [edit.Desk].
type desk interface {
	Target(address string) (edit.Target, error)
	At(edition, file string, line int) (edit.Target, bool)
	Title(edit.Target) string
	Things(edition string, places []diag.Pos) []edit.Thing
	Form(edit.Target) (*edit.Form, error)
	NewForm(parent edit.Target, kind string) (*edit.Form, error)
	Starts(edition string) []edit.Start
	Names(edit.Target) []edit.Option
	Save(edit.Answer) edit.Result
	Preview(a edit.Answer, page string) (edit.Result, []byte)
	Remove(t edit.Target, version string, sure bool) edit.Result
	Move(t edit.Target, after, version string) edit.Result
	Rename(t edit.Target, id, version string, sure bool) edit.Result
	Uses(edit.Target) []edit.Use
	Changes() []edit.Change
	Undo(id int) edit.Result
	Steps(edition string) ([]edit.Step, error)
	SendPicture(t edit.Target, field, version string, data []byte) edit.Result
}

// maxAnswer is the largest answer that is read, in bytes. A letter such as ø takes six.
const maxAnswer = 6 << 20

// writer answers for one address of the preview's that has to do with writing. Without
// get it has no page, without post it takes no answers.
type writer struct {
	get, post func(*visit)
	sendsFile bool // the form has a file in it
}

func (s *server) writer(name string) (writer, bool) {
	w, ok := map[string]writer{
		"paa":        {get: (*visit).listTargets},
		"ret":        {get: (*visit).showForm, post: (*visit).takeAnswer},
		"proev":      {post: (*visit).tryAnswer},
		"navne":      {get: (*visit).listNames},
		"ny":         {get: (*visit).showNew, post: (*visit).takeAnswer},
		"slet":       {get: (*visit).askRemove, post: (*visit).takeRemove},
		"omdoeb":     {get: (*visit).askRename, post: (*visit).takeRename},
		"flyt":       {post: (*visit).takeMove},
		"kommune":    {get: (*visit).showStep, post: (*visit).takeAnswer},
		"billede":    {post: (*visit).takePicture, sendsFile: true},
		"dagsorden":  {get: (*visit).showAgenda},
		"aendringer": {get: (*visit).listChanges, post: (*visit).takeUndo},
	}[name]
	return w, ok
}

// writes reports whether forms are served: to this machine only, and not when told not to.
func (s *server) writes() bool { return s.desk != nil && !s.opt.ReadOnly && !s.anyIP }

// takesAnswers reports whether something may be sent to an address.
func (s *server) takesAnswers(r *http.Request) bool {
	name, ok := strings.CutPrefix(r.URL.Path, "/"+own)
	w, known := s.writer(name)
	return ok && known && w.post != nil && r.Method == http.MethodPost
}

// visit is one request for a page that writes, with what was asked or answered.
type visit struct {
	*server
	w      http.ResponseWriter
	r      *http.Request
	st     *state
	values url.Values // of the query, or of the answer
}

// serveWriter answers a request that ServeHTTP found to be for us.
func (s *server) serveWriter(w http.ResponseWriter, r *http.Request, to writer) {
	header := w.Header()
	header.Set("Content-Security-Policy", strings.Replace(policy, "frame-ancestors 'self'", "frame-ancestors 'none'", 1))
	header.Set("X-Frame-Options", "DENY")
	header.Set("Cache-Control", "no-store")
	if !s.writes() {
		refuse(w, http.StatusForbidden, "Her kan der kun læses. Der kan rettes, når haandbog serve kører på din egen "+
			"maskine uden --read-only.")
		return
	}
	v := &visit{server: s, w: w, r: r, values: r.URL.Query()}
	if r.Method == http.MethodPost {
		if !v.readAnswer(to.sendsFile) {
			return
		}
	} else if to.get == nil {
		header.Set("Allow", "POST")
		refuse(w, http.StatusMethodNotAllowed, "Adressen tager kun imod skemaer.")
		return
	}
	if v.st = s.latest(r.Context()); v.st == nil {
		return
	}
	if r.Method == http.MethodPost {
		to.post(v)
	} else {
		to.get(v)
	}
}

// fromOurPage reports whether a browser sent the request from a page of the very origin
// that it is sent to.
func fromOurPage(r *http.Request) bool {
	from, origin := r.Header.Values("Sec-Fetch-Site"), r.Header.Values("Origin")
	return (len(from) == 0 || len(from) == 1 && from[0] == "same-origin") &&
		len(origin) == 1 && origin[0] == "http://"+r.Host
}

// readAnswer reads the form that was sent, or refuses it.
func (v *visit) readAnswer(withFile bool) bool {
	wanted, parse := "application/x-www-form-urlencoded", v.r.ParseForm
	if withFile {
		wanted, parse = "multipart/form-data", func() error { return v.r.ParseMultipartForm(maxAnswer) }
	}
	kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	switch {
	case !fromOurPage(v.r):
		refuse(v.w, http.StatusForbidden, "Kun forhåndsvisningens egne sider må rette i håndbogen.")
		return false
	case err != nil || kind != wanted || len(v.r.Header.Values("Content-Type")) > 1:
		refuse(v.w, http.StatusUnsupportedMediaType, "Der kan kun sendes skemaer hertil.")
		return false
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxAnswer)
	err = parse()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		refuse(v.w, http.StatusRequestEntityTooLarge, "Teksten er for lang.")
	case err != nil:
		refuse(v.w, http.StatusBadRequest, "Skemaet kan ikke læses.")
	default:
		v.values = v.r.PostForm
	}
	return err == nil
}

// newToken is what the forms of one run carry. Nobody can guess it.
func newToken() string { return rand.Text() }

// isFresh reports whether the answer carries this run's token. Without it nothing is
// done but to show the form again: its page is from before the preview was started.
func (v *visit) isFresh() bool {
	return subtle.ConstantTimeCompare([]byte(v.values.Get("noegle")), []byte(v.token)) == 1
}

const staleText = "Forhåndsvisningen er startet igen, siden du åbnede skemaet. Intet er gemt endnu. " +
	"Se det igennem, og tryk én gang til."

// target reads which thing the request is about, or answers that there is none.
func (v *visit) target() (edit.Target, bool) {
	t, err := v.desk.Target(v.values.Get("maal"))
	if err != nil {
		v.missing()
	}
	return t, err == nil
}

// side is the page that the editor came from, "" for none.
func (v *visit) side() string {
	side := v.values.Get("side")
	rest, ok := strings.CutPrefix(side, "/")
	if !ok || !plain(rest) {
		return ""
	}
	return side
}

// to is the address of another page that writes.
func (v *visit) to(name string, pairs ...string) string {
	query := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	if side := v.side(); side != "" {
		query.Set("side", side)
	}
	if from := v.fromName(); from != "" && name != "kommune" && name != "aendringer" {
		query.Set("fra", from)
	}
	return "/" + own + name + "?" + query.Encode()
}

// fromName is the name of the step that forms lead back to: the one that is shown, or that
// the form was opened from.
func (v *visit) fromName() string { return cmp.Or(v.values.Get("fra"), v.values.Get("trin")) }

// lead sends the browser on after an answer was taken, so that to load the page again
// does not send it again.
func (v *visit) lead(address string) { http.Redirect(v.w, v.r, address, http.StatusSeeOther) }

// writeForm sends a page that writes.
func (v *visit) writePage(status int, name string, view any) {
	v.writeView(v.w, v.r, status, v.st, name, view)
}

// frame is what all pages that write have.
type frame struct {
	Token  string
	Side   string // the page that the editor came from
	From   string // the step of a municipality's first hour that the form leads back to
	Notice string // what came of the last answer; it is read aloud
	v      *visit
}

func (v *visit) frame() frame { return frame{Token: v.token, Side: v.side(), From: v.fromName(), v: v} }

// Back is the address of the page that the editor came from.
func (f frame) Back() string { return escapePath(f.Side) }

// To is the address of another page that writes, about a target.
func (f frame) To(name string, t edit.Target) string { return f.v.to(name, "maal", t.String()) }

// missing answers that there is nothing to write there.
func (v *visit) missing() {
	v.writePage(http.StatusNotFound, "intet", v.frame())
}

// wroteFiles has the site built at once: nobody else is in the middle of saving.
func (s *server) wroteFiles() {
	select {
	case s.wake <- struct{}{}:
	default: // a build is waiting already
	}
}
