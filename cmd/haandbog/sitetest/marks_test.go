package sitetest

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/wording"
)

// The marks of a statement are read back from every form that shows it and compared
// with the data: its force, what of it is derived, that it is local, its caveat.

// marked is a statement as one place must show it.
type marked struct {
	claim  model.Claim
	head   string // what the place calls it, without spaces
	tick   bool   // as a point to tick
	table  bool   // a row under a heading that says the force
	caveat string
	facts  string   // the facts that it has there, a line each: "hvem: lærer"
	about  []string // the kinds of what it stands among; nil where sheets are gathered
	under  []string // the headings it stands under
}

// handbook is an edition as the data has it, with the folder that it was built in.
type handbook struct {
	edition
	book    *book.Book
	claims  map[diag.Pos]model.Claim
	caveats map[string]string // by the statement's id
	names   map[string]string // kinds of what headings are called by: "fase" for "fase 2: fælles mål"
}

// handbooks are the national edition and Eksempel Kommune's.
func handbooks(t *testing.T) []handbook {
	t.Helper()
	realSite(t)
	all, err := readHandbooks()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var readHandbooks = sync.OnceValues(func() ([]handbook, error) {
	dir, err := site()
	if err != nil {
		return nil, err
	}
	snap, err := build.Open(os.DirFS(root), build.Options{Kommuner: []string{"eksempel"}}).Read()
	if err != nil {
		return nil, err
	}
	n, err := national(dir)
	if err != nil {
		return nil, err
	}
	m, err := municipality(dir, "eksempel")
	if err != nil {
		return nil, err
	}
	return []handbook{readHandbook(n, snap.Edition("").Book), readHandbook(m, snap.Edition("eksempel").Book)}, nil
})

func readHandbook(e edition, b *book.Book) handbook {
	h := handbook{e, b, map[diag.Pos]model.Claim{}, map[string]string{}, map[string]string{}}
	for _, when := range model.Moment("").Values() {
		h.names[strings.ToLower(wording.Standard().Text("oplysning."+when))] = when
	}
	for _, m := range b.Handbook.Models {
		for _, r := range m.Roles() {
			h.names[strings.ToLower(r.Label())], h.names[strings.ToLower(cmp.Or(r.Title, r.Label()))] = "rolle", "rolle"
		}
		for _, f := range m.Phases() {
			h.names[strings.ToLower(fmt.Sprintf("Fase %d: %s", f.Number, f.Label()))] = "fase"
		}
		for _, n := range m.All() {
			h.caveats[m.ID+"/"+n.Base().Kind+":"+n.Base().ID] = n.Base().Caveat.Value
		}
		for _, c := range m.Claims() {
			h.claims[c.Pos()] = c
			h.claims[c.At.Pos()] = c
		}
	}
	return h
}

// shown are the statements that a page shows, in order.
func (h handbook) shown(p *book.Page) []marked {
	var out []marked
	add := func(of diag.Pos, m marked) {
		if claim, ok := h.claims[of]; ok && !of.IsZero() {
			if claim.Kind == "rolle" {
				_, m.head, _ = strings.Cut(m.head, ": ")
			}
			m.claim, m.head, m.about = claim, squeeze(m.head), h.about(p, m.under)
			out = append(out, m)
		}
	}
	var walk func(list []book.Content, tick bool, under ...string)
	walk = func(list []book.Content, tick bool, under ...string) {
		for _, c := range list {
			lines := strings.ToLower(strings.Join(c.Lines, "\n"))
			head, _, _ := strings.Cut(strings.Join(append(filled(c.Name), c.Lines...), "\n"), "\n")
			add(c.Of, marked{head: head, tick: tick, facts: lines, under: under, caveat: h.caveats[h.claims[c.Of].ID]})
			inner := slices.Clip(under)
			if c.Of.IsZero() {
				inner = append(inner, head)
			}
			walk(c.Inner, tick, inner...)
		}
	}
	for _, s := range p.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case book.Table:
				for _, r := range b.Rows {
					add(r.Of, marked{head: rowHead(r), table: true})
				}
			case book.Drawing: // leads to what it shows
			default:
				_, tick := b.(book.Check)
				walk(b.Contents(), tick, filled(s.Title)...)
			}
		}
	}
	return out
}

func filled(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}

// about are the kinds of what a page is about, and of what its headings name.
func (h handbook) about(p *book.Page, under []string) []string {
	if p.Kind == "samlet" || p.Kind == "pakke" {
		return nil
	}
	parts := append(strings.Split(p.Path, "/"), "", "")
	subject, _, _ := strings.Cut(parts[2], "-")
	out := []string{subject} // of a list that is made of data
	if m := h.book.Handbook.ModelByID(parts[0]); m != nil {
		for _, c := range m.Checklists() {
			if c.ID+".html" == parts[2] && len(c.Meetings) > 0 {
				out = []string{"moede"}
			}
		}
	}
	for _, k := range model.Schema().Kinds {
		if k.Folder == parts[1] && k.Key != "tjekliste" {
			out = []string{k.Key}
		}
	}
	for _, heading := range under {
		for name, kind := range h.names {
			if strings.HasPrefix(strings.ToLower(heading), name) {
				out = append(out, kind)
			}
		}
		if strings.Contains(heading, " – ") {
			out = append(out, "kerneelement")
		}
	}
	return out
}

func rowHead(r book.Row) string {
	if len(r.Head.Links) > 0 {
		return r.Head.Links[0].Text
	}
	return r.Head.Plain
}

// force are the marks in frames that a statement has, in words.
func (m marked) force() []string {
	words := wording.Standard()
	marks := m.claim.Marks
	var out []string
	add := func(key string) {
		if words.Has(key) {
			out = append(out, squeeze(words.Text(key)))
		}
	}
	if m.claim.At.Local() {
		add("maerke.lokalt." + string(marks.Force))
		return out
	}
	switch {
	case marks.Force == model.Example && marks.Whose != "":
		out = append(out, squeeze("Eksempel fra "+marks.Whose))
	case marks.Force != "" && marks.Force != model.Described:
		add("maerke." + string(marks.Force))
	}
	if marks.Basis != "" && marks.Basis != model.Stated {
		add("maerke." + string(marks.Basis))
	}
	return out
}

// localMarks are the marks of what is a municipality's, and of a draft.
var localMarks = []string{"lokalt", "lokaltilpasning", "lokaltnavn", "lokalttilføjet", "udeladtlokalt", "kladde"}

var frames = regexp.MustCompile(`⟦([^⟧]*)⟧`)

// lackingIn tells what a form does not show as the data has it. own is the text of the
// statement's first line, whole all of it; exact forms have the marks in frames.
func (m marked) lackingIn(own, whole string, exact bool) []string {
	var bad []string
	var framed []string
	for _, f := range frames.FindAllStringSubmatch(own, -1) {
		if !strings.HasPrefix(f[1], "udledt:") && !slices.Contains(localMarks, f[1]) {
			framed = append(framed, f[1])
		}
	}
	want := m.force()
	if m.claim.Kind == "kadence" && m.table {
		want = nil // the heading says it
		framed = nil
	}
	if exact && !slices.Equal(framed, want) {
		bad = append(bad, fmt.Sprintf("has the marks %q, not %q", framed, want))
	}
	for _, f := range want {
		if !exact && !strings.Contains(whole, f) {
			bad = append(bad, fmt.Sprintf("lacks %q", f))
		}
	}
	for _, key := range m.claim.Marks.Derived {
		bad = append(bad, filled(m.untold(key, own, whole))...)
	}
	if len(m.claim.Marks.Derived) == 0 && strings.Contains(own, "udledt:") {
		bad = append(bad, "says that it is derived")
	}
	if m.claim.At.Local() && !strings.Contains(whole, "lokal") {
		bad = append(bad, "isn't marked as local")
	}
	c := squeeze(m.caveat)
	if !strings.Contains(m.claim.ID, "#") && !strings.Contains(whole, c[:min(len(c), 20)]) {
		bad = append(bad, "lacks its caveat")
	}
	return bad
}

// untold tells what is wrong with how a form says that a key is derived. What it shows
// is marked, on the fact or beside the statement, and nothing else is. A wording is
// marked where it is shown.
func (m marked) untold(key, own, whole string) string {
	facts, label, kind, word := []string{key}, key, "", false
	k := cmp.Or(model.Schema().Kind(m.claim.Kind).Type.Key(key), model.Schema().Common.Key(key))
	if k != nil && !strings.Contains(m.claim.ID, "#") {
		one := cmp.Or(k.Type.Elem, k.Type)
		if one.To != nil {
			kind = one.To.Key
		}
		facts, label = k.Facts, k.Label
		word = key == "navn" || k.Type.Form == schema.Keyed || one.Form == schema.Text && key != "hvornaar"
	}
	if word {
		if key == "tjek" && m.tick && !strings.Contains(own, "†") {
			return "doesn't say that its words are derived"
		}
		return ""
	}
	_, said, _ := strings.Cut(own, "udledt:")
	shown, told := kind == "" && slices.Contains(m.about, m.claim.Kind) || slices.Contains(m.about, kind), false
	for _, f := range facts {
		caption := label
		if key := "oplysning." + f; wording.Standard().Has(key) {
			caption = wording.Standard().Text(key)
		}
		shown = shown || slices.Contains(m.about, f) || strings.Contains("\n"+m.facts, "\n"+strings.ToLower(caption)+":")
		captions := []string{caption}
		for _, name := range []string{f, readers[f]} {
			if key := "maerke.udledt-hvad." + name; wording.Standard().Has(key) {
				captions = append(captions, wording.Standard().Text(key))
			}
		}
		told = told || slices.ContainsFunc(captions, func(c string) bool { return strings.Contains(said, squeeze(c)) })
	}
	switch {
	case shown && !told && !strings.Contains(whole, "†"):
		return fmt.Sprintf("doesn't say that %s is derived", key)
	case told && !shown && !m.table && m.about != nil:
		return fmt.Sprintf("says that %s is derived, which isn't shown", key)
	}
	return ""
}

// readers is what a role's page calls a facet that is about its reader.
var readers = map[string]string{"hvem": "din-opgave", "sammen-med": "gaelder-dig"}

// read compares a form's text with the statements that it shows. Those in skip are
// left out on paper.
func read(form string, list []marked, text string, exact bool, skip map[string]bool) []string {
	var bad []string
	at := 0
	starts := make([]int, len(list))
	for i, m := range list {
		head := m.head
		if exact {
			head = "¶" + head
		}
		n := strings.Index(text[at:], head)
		if n < 0 {
			starts[i] = -1
			if !skip[m.claim.ID] {
				bad = append(bad, fmt.Sprintf("%s: %s isn't shown as %q", form, m.claim.ID, m.head))
			}
			continue
		}
		starts[i] = at + n
		at += n + len(head)
	}
	for i, m := range list {
		if starts[i] < 0 {
			continue
		}
		end := len(text)
		next := i + 1
		for next < len(list) && starts[next] < 0 {
			next++
		}
		if next < len(list) {
			end = starts[next]
		}
		whole := text[starts[i]:end]
		if next < len(list) && !slices.Equal(m.under, list[next].under) {
			for _, heading := range list[next].under { // stands before the next statement
				at := squeeze(heading)
				if exact {
					at = "¶" + at // not where the statement's own words are the same
				}
				if n := strings.LastIndex(whole, at); n > 0 && !slices.Contains(m.under, heading) {
					whole = whole[:n]
				}
			}
		}
		own := whole
		if n := strings.Index(whole[len("¶"):], "¶"); exact && n >= 0 {
			own = whole[:n+len("¶")]
		}
		if !exact {
			own, _, _ = strings.Cut(whole, headingStart)
		}
		if strings.Contains(own, "udeladtlokalt") {
			skip[m.claim.ID] = true
		}
		for _, b := range m.lackingIn(own, whole, exact) {
			bad = append(bad, fmt.Sprintf("%s: %s (%q) %s", form, m.claim.ID, m.head, b))
		}
	}
	return bad
}

// TestMarksOnPages reads every page back, and every Word file.
func TestMarksOnPages(t *testing.T) {
	for _, h := range handbooks(t) {
		var bad []string
		n := 0
		met := map[string]bool{}
		for _, p := range h.book.Pages {
			list := h.shown(p)
			met[h.claims[p.Pos].ID] = true // by TestMarksInHeads
			if len(list) == 0 {
				continue
			}
			n += len(list)
			for _, m := range list {
				met[m.claim.ID] = true
			}
			skip := map[string]bool{}
			file := filepath.Join(h.dir, filepath.FromSlash(p.Path))
			bad = append(bad, read(p.Path, list, pageText(t, file), true, skip)...)
			if p.Sheet != nil {
				word := strings.TrimSuffix(p.Path, ".html") + ".docx"
				text := wordText(t, filepath.Join(h.dir, filepath.FromSlash(word)))
				bad = append(bad, read(word, list, text, true, skip)...)
				n += len(list)
			}
		}
		for _, c := range h.claims {
			if !met[c.ID] {
				bad = append(bad, c.ID+" is read back from no page")
			}
		}
		t.Logf("%s: %d places", h.name, n)
		none(t, bad, nil)
	}
}
