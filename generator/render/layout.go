package render

import (
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/wording"
)

// layout is the text of one template and where it comes from.
type layout struct {
	name string // "blok/liste"
	text string
	own  bool // the site's, not the embedded one
}

func (l layout) file() string { return "layouts/" + l.name + ".html" }

// layoutSet is the templates that pages are made with.
type layoutSet struct {
	set   *template.Template
	texts map[string]layout
	words *wording.Words
	paths map[string]string // of assets, see assetSet
	stock bool              // what a frame is made with is as it came along
	whole bool              // and so is everything else

	read  map[string]layout // the site's own as they were read, also those that failed
	diags []diag.Diag
}

// loadLayouts reads and tries the layouts. A site's own that fails is replaced
// by the embedded one, and the rest are tried again. With nothing new since
// before, that is given back.
func loadLayouts(r *Renderer, folders []fs.FS, before *layoutSet) (*layoutSet, []diag.Diag) {
	own, embedded, diags := readLayouts(folders)
	if before.set != nil && len(diags) == 0 && before.words == r.words && maps.Equal(own, before.read) &&
		maps.Equal(before.paths, r.assets.paths) {
		return before, before.diags
	}
	read := maps.Clone(own)
	for {
		s := &layoutSet{texts: map[string]layout{}, read: read}
		maps.Copy(s.texts, embedded)
		maps.Copy(s.texts, own)
		broken, found := s.build(r)
		diags = append(diags, found...)
		if len(broken) == 0 {
			s.stock = asEmbedded(own, embedded, func(name string) bool {
				return name == "side" || strings.HasPrefix(name, "del/")
			})
			s.whole = asEmbedded(own, embedded, func(string) bool { return true })
			s.diags = append(diags, s.unused(own, embedded)...)
			return s, s.diags
		}
		for _, name := range broken {
			delete(own, name)
		}
	}
}

// asEmbedded reports whether no own layout among those that count differs from
// the embedded one. When the frame's are as they came along, nothing in it
// depends on an edition's name, so that frames can be shared.
func asEmbedded(own, embedded map[string]layout, counts func(name string) bool) bool {
	for name, l := range own {
		if counts(name) && l.text != embedded[name].text {
			return false
		}
	}
	return true
}

// Stock reports whether all layouts are those that come along; these don't
// fail.
func (r *Renderer) Stock() bool { return r.layouts.whole }

// readLayouts takes each name from the first folder that has it; the last
// folder's are the embedded ones.
func readLayouts(folders []fs.FS) (own, embedded map[string]layout, diags []diag.Diag) {
	own, embedded = map[string]layout{}, map[string]layout{}
	for i, folder := range folders {
		fs.WalkDir(folder, ".", func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path.Ext(file) != ".html" || strings.HasPrefix(d.Name(), ".") {
				return nil
			}
			l := layout{name: strings.TrimSuffix(file, ".html"), own: i < len(folders)-1}
			data, err := fs.ReadFile(folder, file)
			if err != nil {
				diags = append(diags, diag.Diag{Severity: diag.Error, Code: "layout", Pos: diag.Pos{File: l.file()},
					Message: fmt.Sprintf("layoutet kan ikke læses: %v", err)})
				return nil
			}
			l.text = string(data)
			into := embedded
			if l.own {
				into = own
			}
			if _, taken := into[l.name]; !taken {
				into[l.name] = l
			}
			return nil
		})
	}
	return own, embedded, diags
}

// build parses all layouts and tries them on the sample page. It names the
// site's own layouts that have to go.
func (s *layoutSet) build(r *Renderer) (broken []string, diags []diag.Diag) {
	s.words, s.paths = r.words, r.assets.paths
	s.set = template.New("").Funcs(functions(s.words, s.paths))
	for _, name := range slices.Sorted(maps.Keys(s.texts)) {
		l := s.texts[name]
		if _, err := s.set.New(name).Parse(l.text); err != nil {
			diags = append(diags, s.problem(name, err))
			broken = append(broken, name)
		}
	}
	if len(broken) > 0 {
		return broken, diags
	}
	trial := &Renderer{opt: r.opt, layouts: s, assets: r.assets, words: r.words}
	for _, d := range trial.try() {
		name := strings.TrimSuffix(strings.TrimPrefix(d.Pos.File, "layouts/"), ".html")
		if !s.texts[name].own || slices.Contains(broken, name) {
			continue
		}
		diags = append(diags, d)
		broken = append(broken, name)
	}
	return broken, diags
}

// unused warns of a site's own layouts that nothing asks for.
func (s *layoutSet) unused(own, embedded map[string]layout) []diag.Diag {
	asked := map[string]bool{}
	for _, l := range s.texts {
		for _, m := range includes.FindAllStringSubmatch(l.text, -1) {
			asked[m[1]] = true
		}
	}
	var diags []diag.Diag
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if _, replaces := embedded[name]; replaces || asked[name] || strings.HasPrefix(name, "krop/") {
			continue
		}
		diags = append(diags, diag.Diag{
			Severity: diag.Warning, Code: "layout-ubrugt", Pos: diag.Pos{File: own[name].file()},
			Message: fmt.Sprintf("layoutet %q bliver ikke brugt", name) + diag.MenteDu(name, slices.Sorted(maps.Keys(embedded))),
			Help:    "Giv det navn efter det layout, som det skal erstatte.",
		})
	}
	return diags
}

var includes = regexp.MustCompile(`\{\{-?\s*template\s+"([^"]+)"`)

// functions are what layouts may use besides html/template's own.
func functions(w *wording.Words, paths map[string]string) template.FuncMap {
	return template.FuncMap{
		"plads":  slotMark,
		"link":   Link.HTML,
		"maerke": Badge.HTML,
		"kilde":  Cite.HTML,
		"ord":    wordsOf(w),
		"fil":    fileIn(paths),
		"peg":    func(id, name string) template.HTML { return pointer(w, id, name) },
		"overskrift": func(level int, id string, text any, class ...string) template.HTML {
			return heading(w, level, id, text, class...)
		},
	}
}

// wordsOf gives layouts the words of a key.
func wordsOf(w *wording.Words) func(key string, slots ...any) (string, error) {
	return func(key string, slots ...any) (string, error) {
		if !w.Has(key) {
			return "", fmt.Errorf("no words %q", key)
		}
		return w.Text(key, slots...), nil
	}
}

// heading is a heading whose level is data, within 2 and 6. Text is a string or a [Link].
// One with an id can be pointed at.
func heading(w *wording.Words, level int, id string, text any, class ...string) template.HTML {
	link, ok := text.(Link)
	if !ok {
		link.Text, _ = text.(string)
	}
	tag := "h" + strconv.Itoa(min(max(level, 2), 6))
	attr := ""
	if id != "" {
		attr = ` id="` + template.HTMLEscapeString(id) + `"`
	}
	if len(class) > 0 {
		attr += ` class="` + template.HTMLEscapeString(strings.Join(class, " ")) + `"`
	}
	return template.HTML("<"+tag+attr+">") + link.HTML() + pointer(w, id, link.Text) + template.HTML("</"+tag+">")
}

// pointer is a link to the thing of an id, for a reader who wants to send it on.
func pointer(w *wording.Words, id, name string) template.HTML {
	if id == "" {
		return ""
	}
	return template.HTML(`<a class="peg" href="#` + template.HTMLEscapeString(id) + `" aria-label="` +
		template.HTMLEscapeString(w.Text("krop.peg", "navn", name)) + `"></a>`)
}

// HTML is the link as an <a> or, when it leads nowhere, its text.
func (l Link) HTML() template.HTML {
	text := template.HTMLEscapeString(l.Text)
	lang := ""
	if l.Lang != "" {
		lang = ` lang="` + template.HTMLEscapeString(l.Lang) + `"`
	}
	switch {
	case l.Href != "":
		rel := ""
		if l.External {
			rel = ` rel="external"`
		}
		return template.HTML(`<a href="` + template.HTMLEscapeString(string(l.Href)) + `"` + rel + lang + ">" + text + "</a>")
	case lang != "":
		return template.HTML("<span" + lang + ">" + text + "</span>")
	}
	return template.HTML(text)
}

// HTML is the mark as a <span>.
func (b Badge) HTML() template.HTML {
	kind, text := template.HTMLEscapeString(b.Kind), template.HTMLEscapeString(b.Text)
	if b.Kind == "facet" {
		return template.HTML(`<span class="maerke-facet"><span aria-hidden="true">†</span>` +
			`<span class="kun-laeser">(` + text + ")</span></span>")
	}
	return template.HTML(`<span class="maerke maerke-` + kind + `">` + text + "</span>")
}

// try runs every layout once and gives what failed.
func (r *Renderer) try() []diag.Diag {
	var diags []diag.Diag
	b := sampleBook()
	for _, p := range b.Pages {
		_, found := r.Body(p, nil)
		diags = append(diags, found...)
		_, found = r.Frame(b, p.Model, strings.Count(p.Path, "/"))
		diags = append(diags, found...)
	}
	for name := range r.layouts.texts {
		kind, ok := strings.CutPrefix(name, "krop/")
		if !ok || !r.layouts.texts[name].own {
			continue
		}
		p := *b.Pages[0]
		p.Kind = kind
		_, found := r.Body(&p, nil)
		diags = append(diags, found...)
	}
	return diag.Sort(diags)
}
