package preview

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
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
	Tag      string        `json:"tag"`              // of the page, "" when there is none
	Page     string        `json:"page,omitempty"`   // the page, when this tab has shown another
	Assets   bool          `json:"assets"`           // what pages load may have changed too
	Styles   []styleJSON   `json:"styles,omitempty"` // the page's style sheets in their order, when this tab has shown another page
	From     string        `json:"from,omitempty"`   // the tag of the page that Styles alone make this one
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
	}
	for _, e := range editions {
		status.Editions = append(status.Editions, editionJSON{e.Slug, e.Name})
	}
	return status
}

// goal finds a page that shows a changed file, in the edition that is looked at
// if it can be. There is none when the page side itself shows one.
func (s *server) goal(st *state, side string) *goalJSON {
	var best *goalJSON
	if slices.ContainsFunc(st.files, func(file string) bool { return s.site.Shows(side, file) }) {
		return nil
	}
	editions := s.site.Editions()
	here := editionOf(editions, side)
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

// styleJSON is a style sheet of a page.
type styleJSON struct {
	Href  string     `json:"href"` // as the page says it
	From  string     `json:"from"` // the sheet that Edits make this one, "" when the browser is to fetch it
	Edits []ruleEdit `json:"edits"`
}

// tab is an open tab as the server knows it.
type tab struct {
	side   string            // the page it shows
	number int               // of the state it was told of last, or -1 for none
	tag    string            // of the page as it was told of last
	bare   [sha256.Size]byte // of that page without its style sheets
	styles []style           // that page's style sheets
}

// style is a style sheet that a page loads.
type style struct {
	href  string                 // as the page says it
	rules func() ([]rule, error) // worked out once; nil when it is not the site's
}

// tell is what a tab is told of a state. A page that is now another comes along
// with the changes of its style sheets, or they alone where nothing else is new:
// asking for them would take the tab as long as making them. Only a tab whose
// page stays is told where else to look.
func (s *server) tell(t *tab, st *state) statusJSON {
	status := s.status(st, t.side)
	status.Assets = st.number != t.number+1 || slices.ContainsFunc(st.files, func(file string) bool { return !isText(file) })
	data, tag, ok := s.site.File(t.side)
	was := *t
	t.number, t.tag, status.Tag = st.number, tag, tag
	if !ok || typeOf(t.side) != types[".html"] || was.tag == tag {
		status.Goal = s.goal(st, t.side)
		return status
	}
	t.bare, t.styles = sha256.Sum256(styleLink.ReplaceAllLiteral(data, nil)), s.stylesOf(t.side, data, was.styles)
	if was.tag == "" { // the first time
		go s.takeApart(t.styles) // so that a change finds it done
		return status
	}
	if len(t.styles) == len(was.styles) {
		for i, sheet := range t.styles {
			status.Styles = append(status.Styles, was.styles[i].become(sheet))
		}
	}
	if t.bare == was.bare && len(status.Styles) > 0 {
		status.From = was.tag
	} else {
		status.Page = string(s.marked(data, st, tag))
	}
	return status
}

// takeApart works out the rules of style sheets, which each of them keeps.
func (s *server) takeApart(sheets []style) {
	defer s.stopPanic("taking a style sheet apart")
	for _, sheet := range sheets {
		if sheet.rules != nil {
			sheet.rules()
		}
	}
}

var styleLink = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)">`)

// stylesOf gives the style sheets of a page. Those that the page had before are
// not read again.
func (s *server) stylesOf(side string, page []byte, before []style) []style {
	var list []style
	for _, link := range styleLink.FindAllSubmatch(page, -1) {
		sheet := style{href: string(link[1])}
		if i := slices.IndexFunc(before, func(b style) bool { return b.href == sheet.href }); i >= 0 {
			sheet = before[i]
		} else if data, _, ok := s.site.File(resolve(side, sheet.href)); ok {
			sheet.rules = sync.OnceValues(func() ([]rule, error) { return rulesOf(data) })
		}
		list = append(list, sheet)
	}
	return list
}

// resolve gives the address that a page means by a link.
func resolve(side, href string) string {
	if !strings.HasPrefix(href, "/") {
		href = path.Join("/", path.Dir(side), href)
	}
	return strings.TrimPrefix(href, "/")
}

// become gives what makes one style sheet another.
func (was style) become(now style) styleJSON {
	sheet := styleJSON{Href: now.href}
	if was.href == now.href || was.rules == nil || now.rules == nil {
		return sheet
	}
	a, errA := was.rules()
	b, errB := now.rules()
	if errA == nil && errB == nil {
		sheet.From, sheet.Edits = was.href, append([]ruleEdit{}, diffRules(nil, a, b)...) // null is no list
	}
	return sheet
}

// isText reports a file whose words stand in pages, which don't load it.
func isText(file string) bool { return path.Ext(file) == ".md" || path.Ext(file) == ".toml" }

func (s *server) serveStatus(w http.ResponseWriter, r *http.Request) {
	st := s.settled(r.Context())
	if st == nil {
		return
	}
	side := sideOf(r)
	status := s.status(st, side)
	status.Goal = s.goal(st, side)
	writeJSON(w, status)
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", types[".json"])
	w.Header().Set("Cache-Control", "no-store")
	data, _ := inJSON(value)
	w.Write([]byte(data))
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
			if _, tag, ok := s.site.File(p); ok {
				tags[i] = tag
			}
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
	t := &tab{side: sideOf(r), number: -1}
	ping := time.NewTicker(s.ping)
	defer ping.Stop()
	for st := s.settled(r.Context()); st != nil; st = s.current() {
		if st.number != t.number {
			data, err := inJSON(s.tell(t, st))
			if err != nil || !send("event: tilstand\ndata: "+data+"\n") {
				return
			}
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
