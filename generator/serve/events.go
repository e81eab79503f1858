package serve

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

const (
	program  = "haandbog serve"
	maxViews = 100 // diagnostics that are sent to a browser
	maxTags  = 100 // addresses that one request may ask about
)

// statusJSON is what a tab is told.
type statusJSON struct {
	Program  string        `json:"program"`
	Root     string        `json:"root"`
	Version  string        `json:"version"`
	OK       bool          `json:"ok"`
	Fresh    bool          `json:"fresh"`
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Totals   string        `json:"totals"`
	Diags    []diagView    `json:"diags"`
	Goal     *goalJSON     `json:"goal"`
	Tag      string        `json:"tag"`            // of the page, "" when there is none
	Page     string        `json:"page,omitempty"` // the page, when this tab has shown another
	Assets   bool          `json:"assets"`         // what pages load may have changed too
	Editor   string        `json:"editor"`
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
		data, err := s.site.Source(file)
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

// status is what a tab that shows the page side is told of a state.
func (s *server) status(st *state, side string) statusJSON {
	editions := s.site.Editions()
	here := editionOf(editions, side)
	status := statusJSON{
		Program: program, Root: s.opt.Root, Version: s.version(st),
		OK: st.ok, Fresh: st.fresh, Errors: st.errors, Warnings: st.warnings,
		Totals: diag.Totals(st.diags), Diags: st.views, Editor: s.editor.address, Edition: here.Slug,
		Goal: s.goal(st, editions, here, side),
	}
	for _, e := range editions {
		status.Editions = append(status.Editions, editionJSON{e.Slug, e.Name})
	}
	return status
}

// goal finds a page that shows a changed file, in the edition that is looked at
// if it can be. There is none when the page side itself shows one.
func (s *server) goal(st *state, editions []Edition, here Edition, side string) *goalJSON {
	var best *goalJSON
	if slices.ContainsFunc(st.files, func(file string) bool { return s.site.Shows(side, file) }) {
		return nil
	}
	for _, g := range st.goals() {
		if best != nil {
			continue
		}
		page := g.pages[0]
		if i := slices.IndexFunc(g.pages, func(p string) bool { return editionOf(editions, p).Slug == here.Slug }); i >= 0 {
			page = g.pages[i]
		} else if editionOf(editions, page).Dir == "" && s.hasFile(here.Dir+page) {
			page = here.Dir + page // national text is shown by municipalities too, not the other way
		}
		if page == side {
			return nil
		}
		best = &goalJSON{File: g.file, Href: href(page), Title: s.titleOf(editions, page)}
	}
	return best
}

// titleOf gives a page's title, or its address when it is in no list.
func (s *server) titleOf(editions []Edition, page string) string {
	for _, info := range s.site.Index(editionOf(editions, page).Slug) {
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
func editionOf(editions []Edition, address string) Edition {
	var best Edition
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

// tellTab is what a tab is told of a state after one with another number, or -1 for
// none. tag is that of the page that it was told of last. A page that is now
// another comes along: asking for it would take the tab as long as making it.
func (s *server) tellTab(st *state, side string, before int, tag string) statusJSON {
	status := s.status(st, side)
	status.Assets = st.number != before+1 || slices.ContainsFunc(st.files, func(file string) bool { return !isText(file) })
	data, now, ok := s.site.File(side)
	if !ok {
		return status
	}
	status.Tag = now
	if before >= 0 && tag != "" && tag != now && typeOf(side) == types[".html"] {
		status.Page = string(s.marked(data, st, now))
	}
	return status
}

// isText reports a file whose words stand in pages, which don't load it.
func isText(file string) bool { return path.Ext(file) == ".md" || path.Ext(file) == ".toml" }

func (s *server) serveStatus(w http.ResponseWriter, r *http.Request) {
	st := s.settled(r.Context())
	if st == nil {
		return
	}
	writeJSON(w, s.status(st, sideOf(r)))
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", types[".json"])
	w.Header().Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(value)
}

// serveTags gives the tags of the files that a page uses, "" for those that are
// not there: a tab asks after a change which of them to fetch again.
func (s *server) serveTags(w http.ResponseWriter, r *http.Request) {
	if s.settled(r.Context()) == nil {
		return
	}
	paths := r.URL.Query()["sti"]
	tags := make([]string, min(len(paths), maxTags))
	for i := range tags {
		if p, ok := strings.CutPrefix(paths[i], "/"); ok && p != "" && plain(p) && !strings.HasPrefix(p, own) {
			_, tags[i], _ = s.site.File(p)
		}
	}
	writeJSON(w, tags)
}

// serveEdition sends a reader to the same page in another edition, or to that
// edition's first page.
func (s *server) serveEdition(w http.ResponseWriter, r *http.Request) {
	if s.settled(r.Context()) == nil {
		return
	}
	editions := s.site.Editions()
	i := slices.IndexFunc(editions, func(e Edition) bool { return e.Slug == r.URL.Query().Get("til") })
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

// serveEvents tells a tab of every new state until it leaves. A tab costs no
// more than its connection: what it missed is not kept for it.
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
	side := sideOf(r)
	ping := time.NewTicker(s.ping)
	defer ping.Stop()
	sent, tag := -1, ""
	for st := s.settled(r.Context()); st != nil; st = s.current() {
		if st.number != sent {
			status := s.tellTab(st, side, sent, tag)
			data, err := json.Marshal(status)
			if err != nil || !send("event: tilstand\ndata: "+string(data)+"\n\n") {
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
