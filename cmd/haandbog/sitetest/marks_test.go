package sitetest

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/wording"
)

// The marks of a statement are read back from every form that shows it and compared
// with the data: its force, what of it is derived, that it is local, its caveat.
//
// A form is read as text without spaces. In it ¶ begins what a statement can begin:
// a point, a row, a paragraph; a mark in a frame stands within ⟦ and ⟧.

// marked is a statement as one place must show it.
type marked struct {
	claim  model.Claim
	head   string // what the place calls it, without spaces
	tick   bool   // as a point to tick
	table  bool   // a row under a heading that says the force
	caveat string
}

// handbook is an edition as the data has it, with the folder that it was built in.
type handbook struct {
	edition
	book    *book.Book
	claims  map[diag.Pos]model.Claim
	caveats map[string]string // by the statement's id
}

func handbooks(t *testing.T) []handbook {
	t.Helper()
	dir := realSite(t)
	snap, err := build.Open(os.DirFS(root), build.Options{Kommuner: []string{"eksempel"}}).Read()
	if err != nil {
		t.Fatal(err)
	}
	var out []handbook
	for _, slug := range []string{"", "eksempel"} {
		e, err := national(dir)
		if slug != "" {
			e, err = municipality(dir, slug)
		}
		if err != nil {
			t.Fatal(err)
		}
		h := handbook{edition: e, book: snap.Edition(slug).Book, claims: map[diag.Pos]model.Claim{}, caveats: map[string]string{}}
		for _, m := range h.book.Handbook.Models {
			for _, n := range m.All() {
				h.caveats[m.ID+"/"+n.Base().Kind+":"+n.Base().ID] = n.Base().Caveat.Value
			}
			for _, c := range m.Claims() {
				h.claims[c.Pos()] = c
				h.claims[c.At.Pos()] = c
			}
		}
		out = append(out, h)
	}
	return out
}

// shown are the statements that a page shows, in order.
func (h handbook) shown(p *book.Page) []marked {
	var out []marked
	var walk func(list []book.Content, tick bool)
	walk = func(list []book.Content, tick bool) {
		for _, c := range list {
			if claim, ok := h.claims[c.Of]; ok && !c.Of.IsZero() {
				head := c.Name
				if head == "" && len(c.Lines) > 0 {
					head, _, _ = strings.Cut(c.Lines[0], "\n")
				}
				if claim.Kind == "rolle" {
					_, head, _ = strings.Cut(head, ": ")
				}
				out = append(out, marked{claim, squeeze(head), tick, false, h.caveats[claim.ID]})
			}
			walk(c.Inner, tick)
		}
	}
	for _, s := range p.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case book.Table:
				for _, r := range b.Rows {
					if claim, ok := h.claims[r.Of]; ok && !r.Of.IsZero() {
						out = append(out, marked{claim, squeeze(rowHead(r)), false, true, ""})
					}
				}
			case book.Drawing: // leads to what it shows
			default:
				_, tick := b.(book.Check)
				walk(b.Contents(), tick)
			}
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

// squeeze is text without spaces and without what forms set differently.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("\u00ad\u200b☐*", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// shownFacts are what the facts that show a key are called.
var shownFacts = map[string][]string{
	"rolle": {"hvem"}, "sammen_med": {"sammen med", "hvem"}, "roller": {"roller", "hvem sikrer det", "hvem"},
	"ansvarlig": {"ansvarlig", "hvem"}, "moede": {"møde", "før mødet", "på mødet", "efter mødet", "hvornår"},
	"tidspunkt": {"hvornår", "før mødet", "på mødet", "efter mødet"}, "faser": {"fase", "faser"},
	"kerneelementer": {"kerneelement", "kerneelementer"}, "omraader": {"område", "områder"}, "omraade": {"område"},
	"hvornaar": {"hvornår"}, "kan_uddelegeres_til": {"kan uddelegeres til"}, "hvem": {"hvem"}, "indkalder": {"indkalder"},
	"nummer": {"nummer"}, "niveau": {"niveau"}, "slags": {"slags"}, "kilde": {"kilde"},
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
		if !m.tellsDerived(key, own, whole) {
			bad = append(bad, fmt.Sprintf("doesn't say that %s is derived", key))
		}
	}
	if len(m.claim.Marks.Derived) == 0 && strings.Contains(own, "udledt:") {
		bad = append(bad, "says that it is derived")
	}
	if m.claim.At.Local() && !strings.Contains(whole, "lokal") {
		bad = append(bad, "isn't marked as local")
	}
	if c := squeeze(m.caveat); c != "" && !strings.Contains(m.claim.ID, "#") && !strings.Contains(whole, c[:min(len(c), 20)]) {
		bad = append(bad, "lacks its caveat")
	}
	return bad
}

// tellsDerived reports whether a form says that a key is derived: on the fact that
// shows it, or beside the statement. A wording is marked where it is shown.
func (m marked) tellsDerived(key, own, whole string) bool {
	names := shownFacts[key]
	if names == nil {
		return key != "tjek" || !m.tick || strings.Contains(own, "†")
	}
	for _, name := range names {
		if at := strings.Index(own, "udledt:"); at >= 0 && strings.Contains(own[at:], squeeze(name)) {
			return true
		}
	}
	return strings.Contains(whole, "†")
}

// pageEnd stands between the pages of what is printed.
const pageEnd = "‖"

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
		for _, next := range starts[i+1:] {
			if next >= 0 {
				end = next
				break
			}
		}
		whole := text[starts[i]:end]
		own := whole
		if n := strings.Index(whole[len("¶"):], "¶"); exact && n >= 0 {
			own = whole[:n+len("¶")]
		}
		if !exact { // a point is not divided, and the next sheet has a head
			own, _, _ = strings.Cut(whole, pageEnd)
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

// pageText is the text of a page's content.
func pageText(t *testing.T, file string) string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := html.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		class, _ := attribute(n, "class")
		has := func(name string) bool { return slices.Contains(strings.Fields(class), name) }
		switch {
		case n.Type == html.TextNode:
			b.WriteString(squeeze(n.Data))
			return
		case has("kun-laeser"), has("boks-forklaring"), n.Data == "nav", n.Data == "svg", n.Data == "figure", n.Data == "script":
			return
		case n.Data == "li", n.Data == "tr", n.Data == "dt", n.Data == "h2", n.Data == "h3", n.Data == "h4", n.Data == "h5", n.Data == "dd" && n.Parent.Parent.Data == "dl" && !strings.Contains(parentClass(n), "punkt-meta"):
			b.WriteString("¶")
		case has("side-hoved"):
			b.WriteString("⟪")
			defer b.WriteString("⟫")
		case has("maerke"):
			b.WriteString("⟦")
			defer b.WriteString("⟧")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return b.String()
}

func parentClass(n *html.Node) string {
	s, _ := attribute(n.Parent.Parent, "class")
	return s
}

var (
	framedStyle = regexp.MustCompile(`<w:rStyle w:val="(Krav|Anbefaling|Eksempel|Lokalt)"`)
	paragraphs  = regexp.MustCompile(`<w:p[ >]`)
	wordRuns    = regexp.MustCompile(`(?s)<w:p[ >]|<w:r>(.*?)</w:r>|<w:r [^>]*>(.*?)</w:r>`)
	wordTexts   = regexp.MustCompile(`<w:t[^>]*>([^<]*)</w:t>`)
)

// wordText is the text of a Word file's body.
func wordText(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, m := range wordRuns.FindAllStringSubmatch(string(data), -1) {
		if paragraphs.MatchString(m[0][:min(5, len(m[0]))]) {
			b.WriteString("¶")
			continue
		}
		run := m[1] + m[2]
		text := ""
		for _, x := range wordTexts.FindAllStringSubmatch(run, -1) {
			text += x[1]
		}
		text = squeeze(html.UnescapeString(text))
		if framedStyle.MatchString(run) {
			text = "⟦" + text + "⟧"
		}
		b.WriteString(text)
	}
	text, _, _ := strings.Cut(b.String(), "¶mærkerne:")
	return text
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
