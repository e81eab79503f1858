package sitetest

import (
	"archive/zip"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// A form is read as text without spaces. In it ¶ begins what a statement can begin: a
// point, a row, a paragraph; a mark in a frame stands within ⟦ and ⟧.

// squeeze is text without spaces and without what forms set differently.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("\u00ad\u200b☐*", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// parsed is the HTML of a file.
func parsed(t *testing.T, file string) *html.Node {
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
	return doc
}

// pageText is the text of a page's content.
func pageText(t *testing.T, file string) string {
	t.Helper()
	doc := parsed(t, file)
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		class, _ := attribute(n, "class")
		has := func(name string) bool { return slices.Contains(strings.Fields(class), name) }
		switch {
		case n.Type == html.TextNode:
			b.WriteString(squeeze(n.Data))
			return
		case has("kun-laeser"), has("boks-forklaring"), slices.Contains([]string{"nav", "svg", "figure", "script"}, n.Data):
			return
		case slices.Contains([]string{"li", "tr", "dt", "legend", "h2", "h3", "h4", "h5"}, n.Data),
			n.Data == "dd" && n.Parent.Parent.Data == "dl" && !strings.Contains(parentClass(n), "punkt-meta"):
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

// legendOf is what a sheet's legend says.
func legendOf(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, box, _ := strings.Cut(string(data), `class="boks boks-forklaring"`)
	_, words, _ := strings.Cut(box, "<p>")
	words, _, _ = strings.Cut(words, "</p>")
	return words
}
