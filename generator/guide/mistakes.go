package guide

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// Mistakes that Markdown would render as text, or drop.

var (
	brokenLink  = regexp.MustCompile(`^\]\(([^()\n]*)\)`)
	missingNote = regexp.MustCompile(`^\[\^([^\]\s]+)\]`)
	taskBox     = regexp.MustCompile(`^\[[ xX]?\][ \t]`)
	headingLine = regexp.MustCompile(`^ {0,3}(#{1,6})[ \t]`)
	tagName     = regexp.MustCompile(`^</?([A-Za-z][A-Za-z0-9-]*)`)
	comment     = regexp.MustCompile(`(?s)<!--.*?-->`)
)

// checkText reports links and footnotes that the parser took for text.
func (b *builder) checkText(t *ast.Text) {
	for i := t.Segment.Start; i < t.Segment.Stop; i++ {
		switch b.src[i] {
		case '\\':
			i++
		case ']':
			if m := brokenLink.FindSubmatch(b.src[i:]); m != nil {
				b.brokenLink(i, string(m[1]))
			}
		case '[':
			if m := missingNote.FindSubmatch(b.src[i:]); m != nil {
				b.missingNote(i, string(m[1]))
			}
		}
	}
}

// brokenLink reports "](dest)" that begins at offset, unless its bracket was
// opened by an escaped one.
func (b *builder) brokenLink(offset int, dest string) {
	if open := bytes.LastIndexByte(b.src[:offset], '['); open > 0 && b.src[open-1] == '\\' {
		return
	}
	help := "En adresse har ingen mellemrum: [tekst](rolle:id); er det intet link, så skriv \\[ og \\]."
	if strings.Contains(dest, " ") && strings.Contains(dest, ".") && !strings.Contains(dest, ":") {
		help = "Har filens navn mellemrum, så skriv (<" + dest + ">)."
	}
	b.report("ulaeseligt-link", offset+2, utf8.RuneCountInString(dest),
		fmt.Sprintf("linket til %q kan ikke læses", dest), help)
}

func (b *builder) missingNote(offset int, label string) {
	width := utf8.RuneCountInString(label) + 3
	if b.value {
		b.report("fodnote-i-vaerdi", offset, width, "en værdi i TOML kan ikke have fodnoter",
			"Skriv teksten i en vejledning (.md), eller nævn kilden i kilde.")
		return
	}
	b.report("ukendt-fodnote", offset, width, fmt.Sprintf("fodnoten [^%s] findes ikke", label),
		"Skriv den på en linje for sig: [^"+label+"]: tekst.")
}

// checkTask reports a checkbox at the beginning of a list item.
func (b *builder) checkTask(item *ast.ListItem) {
	first := item.FirstChild()
	if first == nil || first.Type() != ast.TypeBlock || first.Lines() == nil || first.Lines().Len() == 0 {
		return
	}
	if _, isCode := first.(*ast.TextBlock); !isCode && !ast.IsParagraph(first) {
		return
	}
	line := first.Lines().At(0)
	if taskBox.Match(b.src[line.Start:]) {
		b.report("afkrydsning", line.Start, 3, "en vejledning kan ikke have felter til afkrydsning",
			"Skriv punkterne som opgaver i TOML; så kommer de på tjeklisten.")
	}
}

// headingMark reports a value of one line that looks like a heading.
func (b *builder) headingMark() {
	if m := headingLine.FindSubmatchIndex(append(b.src, ' ')); m != nil {
		b.report("overskrift-i-vaerdi", m[2], m[3]-m[2], "en værdi i TOML kan ikke have overskrifter",
			"Slet #, eller skriv \\#, hvis tegnet skal vises.")
	}
}

// rawHTML reports an inline tag; comments are dropped.
func (b *builder) rawHTML(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	tag := string(n.Segments.Value(b.src))
	if !strings.HasPrefix(tag, "<!--") {
		b.tag(n.Segments.At(0).Start, tag)
	}
}

// htmlBlock reports a block of HTML; comments are dropped.
func (b *builder) htmlBlock(n *ast.HTMLBlock) {
	raw := n.Lines().Value(b.src)
	start := 0
	if n.Lines().Len() > 0 {
		start = n.Lines().At(0).Start
	}
	if n.HasClosure() {
		if n.Lines().Len() == 0 {
			start = n.ClosureLine.Start
		}
		raw = append(bytes.Clone(raw), n.ClosureLine.Value(b.src)...)
	}
	indent := len(raw) - len(bytes.TrimLeft(raw, " \t"))
	raw, start = raw[indent:], start+indent
	if !bytes.HasPrefix(raw, []byte("<!--")) {
		line, _, _ := bytes.Cut(raw, []byte("\n"))
		tag, _, _ := strings.Cut(string(line), ">")
		if len(tag) < len(line) {
			tag += ">"
		}
		b.tag(start, tag)
		return
	}
	rest := comment.ReplaceAll(raw, nil)
	switch {
	case bytes.Contains(rest, []byte("<!--")):
		b.report("aaben-kommentar", start, 4, "kommentaren slutter aldrig", "Skriv --> hvor kommentaren er forbi.")
	case len(bytes.TrimSpace(rest)) > 0:
		b.report("tekst-efter-kommentar", start, 4, "teksten på samme linje som en kommentar forsvinder",
			"Skriv kommentaren på en linje for sig.")
	}
}

// tag reports a tag, but not a closing one whose opening tag is reported already.
func (b *builder) tag(offset int, tag string) {
	name := ""
	if m := tagName.FindStringSubmatch(tag); m != nil {
		name = strings.ToLower(m[1])
	}
	if strings.HasPrefix(tag, "</") && b.openTags[name] {
		return
	}
	b.openTags[name] = true
	line, _, _ := strings.Cut(tag, "\n")
	b.report("raa-html", offset, utf8.RuneCountInString(line), fmt.Sprintf("HTML kan ikke bruges her: %s", line),
		instead(name))
}

// instead says what to write instead of an HTML element.
func instead(name string) string {
	switch name {
	case "b", "strong":
		return "Skriv **fed tekst**."
	case "i", "em":
		return "Skriv *fremhævet tekst*."
	case "a":
		return "Skriv [tekst](rolle:id) eller [tekst](https://…)."
	case "br":
		return "Slut linjen med \\ for at skifte linje, eller lad en linje stå tom for et nyt afsnit."
	case "p":
		return "Lad en linje stå tom mellem to afsnit."
	case "img", "figure", "picture":
		return "Skriv ![hvad billedet viser](fil.png)."
	case "table", "tr", "td", "th":
		return "Skriv tabellen med | mellem cellerne og |---| under den første række."
	case "ul", "ol", "li":
		return "Begynd hvert punkt med - eller 1."
	case "dl", "dt", "dd":
		return "Skriv ordet på en linje og forklaringen på den næste efter : og et mellemrum."
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return "Begynd overskriften med ##."
	case "blockquote":
		return "Begynd hver linje i citatet med >."
	case "code", "pre", "kbd":
		return "Skriv `tekst`."
	case "hr":
		return "Skriv --- på en linje for sig."
	case "sup":
		return "Skriv en fodnote: [^1]."
	case "span":
		return "Skriv fremmede ord som [ordet](sprog:en)."
	case "div", "section", "aside", "details":
		return "Skriv en boks: > [!note] Titel."
	case "script", "style", "iframe", "object", "embed", "form", "input", "button", "video", "audio":
		return "Vejledninger er kun tekst; slet det, eller link til det."
	}
	return "Skriv \\< hvis tegnet skal vises, ellers slet det."
}
