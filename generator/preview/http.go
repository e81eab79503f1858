package preview

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// policy is the published site's Content-Security-Policy with the event stream
// added (connect-src) and, for editors that show a browser inside, frames. The
// site's own page for wrong addresses has a <base>.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; " +
	"frame-ancestors 'self'"

// own is the folder of addresses that belong to the preview.
const own = "_/"

//go:embed *.js *.css
var ownFiles embed.FS

// types are those of the files that a site is made of, the same on every
// machine.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8",
	".md":  "text/markdown; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".gif": "image/gif", ".webp": "image/webp",
	".avif": "image/avif", ".ico": "image/vnd.microsoft.icon", ".woff2": "font/woff2",
	".webmanifest": "application/manifest+json",
	".pdf":         "application/pdf", ".ics": "text/calendar; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

func typeOf(path_ string) string {
	if t, ok := types[strings.ToLower(path.Ext(path_))]; ok {
		return t
	}
	return "application/octet-stream"
}

// ServeHTTP answers one request. Whatever is refused is refused before the site
// is asked.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if fault := recover(); fault != nil && fault != http.ErrAbortHandler {
			s.opt.Log.Error("answering a request panicked", "path", r.URL.Path, "fault", fault,
				"stack", string(debug.Stack()))
			refuse(w, http.StatusInternalServerError, "Generatoren fejlede. Se i terminalen.")
		}
	}()
	header := w.Header()
	header.Set("Content-Security-Policy", policy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cache-Control", "no-cache")

	if !s.ourHost(r.Host) {
		refuse(w, http.StatusMisdirectedRequest, "Forhåndsvisningen svarer kun på sin egen adresse: "+s.url())
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead && !s.takesAnswers(r) {
		header.Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "Forhåndsvisningen kan kun læses.")
		return
	}
	address, ok := cleanPath(r.URL)
	if !ok {
		refuse(w, http.StatusBadRequest, "Adressen er ikke gyldig.")
		return
	}
	if rest, ok := strings.CutPrefix(address, own); ok {
		s.servePreview(w, r, rest)
		return
	}
	if st := s.latest(r.Context()); st != nil {
		s.serveSite(w, r, st, address)
	}
}

func (s *server) ourHost(host string) bool {
	host = strings.ToLower(host)
	if slices.Contains(s.hosts, host) {
		return true
	}
	if !s.anyIP {
		return false
	}
	// An address in numbers can't be turned to us by a foreign DNS.
	name, port, err := net.SplitHostPort(host)
	_, ours, _ := net.SplitHostPort(s.addr)
	return err == nil && port == ours && net.ParseIP(name) != nil
}

// sameSite reports whether a request comes from a page of ours or from no page
// at all.
func (s *server) sameSite(r *http.Request) bool {
	if from := r.Header.Get("Sec-Fetch-Site"); from != "" && from != "same-origin" && from != "none" {
		return false
	}
	origin := r.Header.Get("Origin")
	host, ok := strings.CutPrefix(origin, "http://")
	return origin == "" || ok && s.ourHost(host)
}

// cleanPath gives an address as site.file takes it, or ok false for what no
// link of ours says: dot segments, empty segments, backslashes, control
// characters, and slashes in disguise. A folder is its index.html.
func cleanPath(u *url.URL) (address string, ok bool) {
	address, ok = strings.CutPrefix(u.Path, "/")
	escaped := strings.ToLower(u.EscapedPath())
	if !ok || strings.Contains(escaped, "%2f") || !plain(address) {
		return "", false
	}
	if address == "" || strings.HasSuffix(address, "/") {
		address += "index.html"
	}
	return address, true
}

// plain reports whether a decoded address holds only what addresses of a site
// hold.
func plain(address string) bool {
	if strings.ContainsFunc(address, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' || r == '\ufffd' }) {
		return false
	}
	parts := strings.Split(strings.TrimSuffix(address, "/"), "/")
	return address == "" || !slices.ContainsFunc(parts, func(p string) bool { return p == "" || p == "." || p == ".." })
}

func (s *server) serveSite(w http.ResponseWriter, r *http.Request, st *state, address string) {
	data, tag, ok := s.site.file(address)
	switch {
	case ok:
		s.write(w, r, st, address, data, tag)
	case !st.served:
		s.serveBroken(w, r, st)
	case path.Ext(address) == "" && s.hasFile(address+"/index.html"):
		to := *r.URL
		to.Path, to.RawPath = to.Path+"/", ""
		http.Redirect(w, r, to.RequestURI(), http.StatusFound)
	default:
		data = s.wrongAddress(address)
		w.Header().Set("Content-Type", types[".html"])
		w.WriteHeader(http.StatusNotFound)
		if r.Method == http.MethodGet {
			w.Write(s.marked(data, st, "")) // without a tag, a tab knows that it shows no page
		}
	}
}

// wrongAddress is the page of the edition that an address points into.
func (s *server) wrongAddress(address string) []byte {
	dir := editionOf(s.site.editions(), address).Dir
	for _, page := range []string{dir + "404.html", "404.html"} {
		if data, _, ok := s.site.file(page); ok {
			return data
		}
	}
	return []byte("<!doctype html>\n<html lang=\"da\"><head><title>Siden findes ikke</title></head>" +
		"<body><h1>Siden findes ikke</h1></body></html>\n")
}

func (s *server) hasFile(address string) bool {
	_, _, ok := s.site.file(address)
	return ok
}

// write sends a file with its tag. Tags of pages are weak, because what the
// preview inserts differs from time to time.
func (s *server) write(w http.ResponseWriter, r *http.Request, st *state, address string, data []byte, tag string) {
	etag := `"` + tag + `"`
	kind := typeOf(address)
	if kind == types[".html"] {
		data = s.withWay(s.marked(data, st, tag), address)
		etag = "W/" + etag
	}
	if kind == types[".pdf"] {
		w.Header().Del("Content-Security-Policy") // it would forbid the browser's own viewer its style
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("ETag", etag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

var headStart = regexp.MustCompile(`(?i)<head(\s[^>]*)?>`)

// marked gives a page with the preview's style and script, which stand first in
// the head so that the script sees the page before the page's own scripts do.
func (s *server) marked(page []byte, st *state, tag string) []byte {
	marks := fmt.Sprintf(`<link rel="stylesheet" href="/_/forhaandsvisning.css">`+
		`<script type="module" src="/_/forhaandsvisning.js" data-tag="%s" data-version="%s"></script>`,
		html.EscapeString(tag), s.version(st))
	at := 0
	doctype := bytes.HasPrefix(bytes.ToLower(page[:min(len(page), 9)]), []byte("<!doctype"))
	if loc := headStart.FindIndex(page[:min(len(page), 4096)]); loc != nil {
		at = loc[1]
	} else if doctype {
		at = bytes.IndexByte(page, '>') + 1
	}
	return slices.Concat(page[:at], []byte(marks), page[at:])
}

// withWay gives a page with a way to its forms for those without scripts.
func (s *server) withWay(page []byte, address string) []byte {
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 || !s.writes() {
		return page
	}
	way := `<noscript><p class="fv-uden"><a href="/_/paa?side=` + html.EscapeString(url.QueryEscape(href(address))) +
		`">Ret på denne side</a></p></noscript>`
	return slices.Concat(page[:at], []byte(way), page[at:])
}

// servePreview answers what belongs to the preview itself. Only our own pages
// may ask.
func (s *server) servePreview(w http.ResponseWriter, r *http.Request, name string) {
	if !s.sameSite(r) {
		refuse(w, http.StatusForbidden, "Kun forhåndsvisningens egne sider må spørge om dette.")
		return
	}
	if to, ok := s.writer(name); ok {
		s.serveWriter(w, r, to)
		return
	}
	switch name {
	case "haendelser":
		s.serveEvents(w, r)
	case "udgave":
		s.serveEdition(w, r)
	case "sider":
		s.servePages(w, r)
	case "skrivehjaelp":
		s.serveHelp(w, r)
	default:
		serveOwn(w, r, name)
	}
}

func serveOwn(w http.ResponseWriter, r *http.Request, name string) {
	data, err := ownFiles.ReadFile(name)
	if err != nil {
		refuse(w, http.StatusNotFound, "Siden findes ikke.")
		return
	}
	sum := sha256.Sum256(data)
	w.Header().Set("Content-Type", typeOf(name))
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

func refuse(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", types[".txt"])
	w.WriteHeader(status)
	io.WriteString(w, text+"\n")
}
