package preview

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/generator/diag"
)

//go:embed sider.html skema.html ret.html trin.html
var pageFiles embed.FS

// layouts are the templates of the preview's own pages.
var layouts = sync.OnceValues(func() (*template.Template, error) { return template.ParseFS(pageFiles, "*.html") })

// pagesView is the list of all pages of an edition with what is wrong on them.
type pagesView struct {
	Edition  string
	Editions []edition
	Query    string
	Totals   string
	Diags    []diagView
	Rows     []pageRow
}

type pageRow struct {
	Title, Href, Path string
	Place, Link       string // of the content, and the address that opens it
	Errors, Warnings  int
	First             string // of its diagnostics, "" for none
}

// URL is Link as the template may write it: newEditor has seen to its scheme.
func (r pageRow) URL() template.URL { return template.URL(r.Link) }

// URL is Link as the template may write it: newEditor has seen to its scheme.
func (v diagView) URL() template.URL { return template.URL(v.Link) }

// servePages shows all pages of an edition. The filter also works without
// scripts.
func (s *server) servePages(w http.ResponseWriter, r *http.Request) {
	st := s.latest(r.Context())
	if st == nil {
		return
	}
	query := r.URL.Query()
	view := pagesView{
		Edition: query.Get("udgave"), Editions: s.site.editions(), Query: strings.TrimSpace(query.Get("q")),
		Totals: diag.Totals(st.diags), Diags: st.views,
	}
	if !slices.ContainsFunc(view.Editions, func(e edition) bool { return e.Slug == view.Edition }) {
		view.Edition = ""
	}
	view.Rows = s.rows(st, view.Edition, view.Query)
	s.writeView(w, r, http.StatusOK, st, "sider", view)
}

// rows lists pages that hold every word of query, with their diagnostics: those
// of the file that a page is about and of files with text on it.
func (s *server) rows(st *state, edition, query string) []pageRow {
	byFile := map[string][]diag.Diag{}
	byPage := map[string][]diag.Diag{}
	for _, d := range st.diags {
		if _, seen := byFile[d.Pos.File]; !seen {
			byFile[d.Pos.File] = nil
		}
		byFile[d.Pos.File] = append(byFile[d.Pos.File], d)
	}
	for file, list := range byFile {
		for _, page := range s.site.pagesOf(file) {
			byPage[page] = append(byPage[page], list...)
		}
	}
	var rows []pageRow
	words := strings.Fields(strings.ToLower(query))
	for _, info := range s.site.index(edition) {
		pos := diag.Pos{File: info.File, Line: info.Line}
		row := pageRow{
			Title: info.Title, Href: href(info.Path), Path: info.Path,
			Place: pos.String(), Link: s.editor.link(pos),
		}
		text := strings.ToLower(row.Title + " " + row.Path + " " + row.Place)
		if slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) }) {
			continue
		}
		list := slices.Clone(byPage[info.Path])
		if info.File != "" {
			list = append(list, byFile[info.File]...)
		}
		for _, d := range diag.Sort(list) {
			if row.First == "" {
				row.First = d.Message
			}
			if d.Severity == diag.Error {
				row.Errors++
			} else {
				row.Warnings++
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (s *server) serveHelp(w http.ResponseWriter, r *http.Request) {
	if st := s.latest(r.Context()); st != nil {
		s.writeView(w, r, http.StatusOK, st, "skrivehjaelp", s.site.reference())
	}
}

// serveBroken answers for any page until there are pages without errors.
func (s *server) serveBroken(w http.ResponseWriter, r *http.Request, st *state) {
	w.Header().Set("Retry-After", "1")
	view := pagesView{Totals: diag.Totals(st.diags), Diags: st.views}
	s.writeView(w, r, http.StatusServiceUnavailable, st, "fejl", view)
}

func (s *server) writeView(w http.ResponseWriter, r *http.Request, status int, st *state, name string, view any) {
	text, err := render(name, view)
	if err != nil {
		s.opt.Log.Error("writing a page of the preview", "err", err)
		refuse(w, http.StatusInternalServerError, "Siden kunne ikke skrives. Se i terminalen.")
		return
	}
	w.Header().Set("Content-Type", types[".html"])
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(s.marked(text, st, ""))
	}
}

// render writes one of the preview's own pages.
func render(name string, view any) ([]byte, error) {
	layout, err := layouts()
	var b bytes.Buffer
	if err == nil {
		err = layout.ExecuteTemplate(&b, name, view)
	}
	return b.Bytes(), err
}
