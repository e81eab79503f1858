package preview

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"modelhaandbog/generator/diag"
)

// maxViews is how many diagnostics are sent to a browser.
const maxViews = 100

// statusJSON is what an open tab is sent.
type statusJSON struct {
	Version  string        `json:"version"`
	OK       bool          `json:"ok"`
	Fresh    bool          `json:"fresh"`
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Totals   string        `json:"totals"`
	Diags    []diagView    `json:"diags"`
	Goal     *goalJSON     `json:"goal"`
	Tag      string        `json:"tag"`            // of the page, "" when there is none
	Page     string        `json:"page,omitempty"` // the page, when this tab shows another
	Pictures int           `json:"pictures"`       // counts changes of what pages load by the same address
	Editor   string        `json:"editor"`
	Writes   bool          `json:"writes"` // forms are served
	Edition  string        `json:"edition"`
	Editions []editionJSON `json:"editions"`
}

type goalJSON struct {
	File  string `json:"file"`
	Href  string `json:"href"`
	Title string `json:"title"`
}

type editionJSON struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

// diagView is a diagnostic made ready to be shown.
type diagView struct {
	Severity string     `json:"severity"`
	Message  string     `json:"message"`
	Place    string     `json:"place"`
	Link     string     `json:"link"`
	Excerpt  string     `json:"excerpt"` // the line and a caret below, or ""
	Help     string     `json:"help"`
	Notes    []diagView `json:"notes"`
}

// views makes diagnostics ready to be shown. A file is read once.
func (s *server) views(list []diag.Diag) []diagView {
	read := map[string][]byte{}
	source := func(file string) ([]byte, error) {
		if data, seen := read[file]; seen {
			return data, nil
		}
		data, err := s.site.source(file)
		if err == nil {
			read[file] = data
		}
		return data, err
	}
	views := make([]diagView, 0, len(list))
	for _, d := range list {
		v := diagView{
			Severity: d.Severity.String(), Message: d.Message, Place: d.Pos.String(),
			Link: s.editor.link(d.Pos), Excerpt: excerpt(d.Pos, d.Width, source), Help: d.Help, Notes: []diagView{},
		}
		for _, n := range d.Notes {
			v.Notes = append(v.Notes, diagView{
				Severity: "note", Message: n.Message, Place: n.Pos.String(),
				Link: s.editor.link(n.Pos), Excerpt: excerpt(n.Pos, 1, source), Notes: []diagView{},
			})
		}
		views = append(views, v)
	}
	return views
}

// excerpt is the line and the caret as the terminal shows them.
func excerpt(pos diag.Pos, width int, source func(string) ([]byte, error)) string {
	if pos.File == "" || pos.Line == 0 {
		return ""
	}
	var b strings.Builder
	if diag.WriteText(&b, []diag.Diag{{Pos: pos, Width: width}}, source, false) != nil {
		return ""
	}
	// The place, two lines of excerpt if there is such a line, a blank, totals.
	lines := strings.Split(b.String(), "\n")
	if len(lines) < 5 {
		return ""
	}
	return strings.Join(lines[1:3], "\n")
}

func (s *server) version(st *state) string { return fmt.Sprintf("%s-%d", s.instance, st.number) }

// status gives what every tab in the edition of side is sent of a state.
func (s *server) status(st *state, side string) statusJSON {
	editions := s.site.editions()
	status := statusJSON{
		Version: s.version(st), OK: st.ok, Fresh: st.fresh, Errors: st.errors, Warnings: st.warnings,
		Totals: diag.Totals(st.diags), Diags: st.views, Pictures: st.pictures,
		Editor: s.editor.address, Writes: s.writes(), Edition: editionOf(editions, side).Slug,
	}
	for _, e := range editions {
		status.Editions = append(status.Editions, editionJSON{e.Slug, e.Name})
	}
	return status
}

// maxGoals is how many changed files are looked up: a bulk change has no goal.
const maxGoals = 5

// goal finds a page that shows a changed file, in the edition that side lies in
// if it can be. There is none when side itself shows one.
func (s *server) goal(st *state, side string) *goalJSON {
	if len(st.files) > maxGoals {
		return nil
	}
	editions := s.site.editions()
	here := editionOf(editions, side)
	var best *goalJSON
	for _, file := range st.files {
		pages := s.site.pagesOf(file)
		if slices.Contains(pages, side) || slices.Contains(pages, strings.TrimPrefix(side, here.Dir)) {
			return nil
		}
		if best != nil || len(pages) == 0 {
			continue
		}
		page := pages[0]
		inHere := func(p string) bool { return editionOf(editions, p).Slug == here.Slug }
		if i := slices.IndexFunc(pages, inHere); i >= 0 {
			page = pages[i]
		} else if editionOf(editions, page).Dir == "" && s.hasFile(here.Dir+page) {
			page = here.Dir + page // municipalities show national text too, not the other way
		}
		best = &goalJSON{File: file, Href: href(page), Title: s.titleOf(editions, page)}
	}
	return best
}

// titleOf gives a page's title, or its address when it is in no list.
func (s *server) titleOf(editions []edition, page string) string {
	for _, info := range s.site.index(editionOf(editions, page).Slug) {
		if info.Path == page {
			return info.Title
		}
	}
	return page
}

// href is the address of a page as a browser shows it.
func href(page string) string {
	if path.Base(page) == "index.html" {
		page = strings.TrimSuffix(page, "index.html")
	}
	return "/" + escapePath(page)
}

// editionOf gives the edition that an address lies in: the one with the longest
// folder.
func editionOf(editions []edition, address string) edition {
	var best edition
	for _, e := range editions {
		if strings.HasPrefix(address, e.Dir) && len(e.Dir) >= len(best.Dir) {
			best = e
		}
	}
	return best
}

// sideOf reads the page that a request is about, "" when it names none.
func sideOf(r *http.Request) string {
	side, ok := strings.CutPrefix(r.URL.Query().Get("side"), "/")
	if !ok || !plain(side) {
		return ""
	}
	if side == "" || strings.HasSuffix(side, "/") {
		side += "index.html"
	}
	return side
}

// message gives what a tab is sent of a state: its page comes along when it has
// another tag than the tab's. Only a tab whose page stays is sent a goal.
func (s *server) message(st *state, side, tag string) statusJSON {
	status := s.status(st, side)
	page, now, ok := s.site.file(side)
	switch {
	case !ok || typeOf(side) != types[".html"]:
	case now == tag:
		status.Tag, status.Goal = now, s.goal(st, side)
	default:
		status.Tag, status.Page = now, string(page)
	}
	return status
}

// serveEdition sends a reader to the same page in another edition, or to that
// edition's first page.
func (s *server) serveEdition(w http.ResponseWriter, r *http.Request) {
	if s.latest(r.Context()) == nil {
		return
	}
	editions := s.site.editions()
	i := slices.IndexFunc(editions, func(e edition) bool { return e.Slug == r.URL.Query().Get("til") })
	if i < 0 {
		refuse(w, http.StatusNotFound, "Udgaven findes ikke.")
		return
	}
	side := sideOf(r)
	to := editions[i].Dir + strings.TrimPrefix(side, editionOf(editions, side).Dir)
	if side == "" || !s.hasFile(to) {
		to = editions[i].Dir + "index.html"
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, href(to), http.StatusFound)
}

// inJSON gives a value as one line, with its line break. It is not for HTML, so
// that a page in it need not grow by half.
func inJSON(value any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(value)
	return b.String(), err
}

// serveEvents sends a tab every new state until it leaves. Of states that come
// while one is being sent, only the last is sent.
func (s *server) serveEvents(w http.ResponseWriter, r *http.Request) {
	select {
	case s.live <- struct{}{}:
		defer func() { <-s.live }()
	default:
		w.Header().Set("Retry-After", "5")
		refuse(w, http.StatusServiceUnavailable, "Der er for mange åbne faner.")
		return
	}
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Time{})
	send := func(text string) bool {
		control.SetWriteDeadline(time.Now().Add(s.slow))
		_, err := w.Write([]byte(text))
		return err == nil && control.Flush() == nil
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead || !send("retry: 500\n\n") {
		return
	}
	side, tag := sideOf(r), r.URL.Query().Get("tag")
	sent := -1 // number of the state
	ping := time.NewTicker(s.ping)
	defer ping.Stop()
	for st := s.latest(r.Context()); st != nil; st = s.current() {
		if st.number != sent {
			status := s.message(st, side, tag)
			data, err := inJSON(status)
			if err != nil || !send("event: tilstand\ndata: "+data+"\n") {
				return
			}
			sent, tag = st.number, status.Tag
		}
		select {
		case <-st.next:
		case <-ping.C:
			if !send(": stadig her\n\n") {
				return
			}
		case <-r.Context().Done():
			return
		case <-s.stop:
			return
		}
	}
}
