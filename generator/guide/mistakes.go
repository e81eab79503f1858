package guide

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
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
func (b *builder) checkText(start, stop int) {
	for i := start; i < stop; i++ {
		switch b.src[i] {
		case '\\':
			i++
		case ']':
			b.checkBracket(i)
		case '[':
			if m := missingNote.FindSubmatch(b.src[i:]); m != nil {
				b.missingNote(i, string(m[1]))
			}
		}
	}
}

// checkBracket reports what a ] in the text shows to be a link that the parser did not
// take for one.
func (b *builder) checkBracket(at int) {
	rest := b.src[at:]
	if m := brokenLink.FindSubmatch(rest); m != nil {
		b.brokenLink(at, string(m[1]))
	} else if m := spacedLink.Find(rest); m != nil {
		b.report("ulaeseligt-link", at, utf8.RuneCount(m), "der er et mellemrum mellem linkets tekst og adresse",
			"Slet mellemrummet mellem ] og (.")
	} else if m := unknownLabel.FindSubmatch(rest); m != nil {
		b.report("ulaeseligt-link", at+1, utf8.RuneCount(m[0])-1, fmt.Sprintf("linket [%s] har ingen adresse", m[1]),
			"Skriv [tekst](adresse); er det intet link, så skriv \\[ og \\].")
	} else if bytes.HasPrefix(rest, []byte("](")) {
		b.report("ulaeseligt-link", at+1, 1, "linkets adresse bliver ikke lukket", "Sæt ) efter adressen.")
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

var itemMark = regexp.MustCompile(`(\d+)[.)][ \t]*$`)

// checkNumbers reports a point whose number is not the one that readers see: browsers
// count from the first.
func (b *builder) checkNumbers(list *ast.List) {
	shown := list.Start
	for n := list.FirstChild(); n != nil; n, shown = n.NextSibling(), shown+1 {
		at := offsetOf(n)
		if n.FirstChild() != nil {
			at = offsetOf(n.FirstChild())
		}
		line := bytes.LastIndexByte(b.src[:at], '\n') + 1
		m := itemMark.FindSubmatchIndex(b.src[line:at])
		if m == nil {
			continue
		}
		number, _ := strconv.Atoi(string(b.src[line+m[2] : line+m[3]]))
		if number != shown && number != list.Start {
			b.report("punkters-tal", line+m[2], m[3]-m[2],
				fmt.Sprintf("punktet hedder %d, men vises som %d", number, shown),
				fmt.Sprintf("Skriv %d., eller skriv %d\\., hvis linjen ikke er et punkt.", shown, number))
			return
		}
	}
}

// checkRow reports cells that the table has no column for, and a line below the table
// that became a row.
func (b *builder) checkRow(row ast.Node, columns int) {
	at := offsetOf(row)
	line, _, _ := bytes.Cut(b.src[at:], []byte("\n"))
	text := escapedPair.ReplaceAll(bytes.TrimSpace(line), []byte("  "))
	text = bytes.TrimSuffix(bytes.TrimPrefix(text, []byte("|")), []byte("|"))
	cells := bytes.Count(text, []byte("|")) + 1
	switch {
	case cells > columns:
		b.report("tabel", at, utf8.RuneCount(line),
			fmt.Sprintf("rækken har %d felter, og tabellen har %d", cells, columns),
			"Slet et felt, giv den øverste række et mere, eller skriv \\| for en streg inde i et felt.")
	case cells == 1 && columns > 1 && !bytes.Contains(line, []byte("|")):
		b.report("tabel", at, utf8.RuneCount(line), "linjen bliver til en række i tabellen",
			"Lad en linje stå tom efter tabellen.")
	}
}

// checkDefinition reports the address of a link that no link uses: a line such as
// "[Husk]: Skema" would vanish.
func (b *builder) checkDefinition(def *ast.LinkReferenceDefinition) {
	if bytes.HasPrefix(def.Label, []byte("^")) {
		b.missingNote(offsetOf(def), string(def.Label[1:]))
	} else if !b.usedLabels[util.ToLinkReference(def.Label)] {
		b.report("ubrugt-adresse", offsetOf(def), utf8.RuneCount(def.Label)+3,
			fmt.Sprintf("linjen vises ikke, for den er en adresse til [%s], som intet link bruger", def.Label),
			"Slet linjen, eller skriv \\[ i stedet for [, hvis den skal vises.")
	}
}

// checkHeadingLine reports a heading that is made by the line below it.
func (b *builder) checkHeadingLine(n *ast.Heading) {
	if b.src[n.Pos()] == '#' || n.Lines().Len() == 0 {
		return
	}
	last := n.Lines().At(n.Lines().Len() - 1)
	if n.Level == 1 || n.Lines().Len() > 1 {
		b.report("overskrift-streg", last.Start, utf8.RuneCount(last.Value(b.src)),
			"linjen under teksten gør den til en overskrift",
			"Skriv ## foran en overskrift, og slet linjen under den; lad en linje stå tom over en streg.")
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

var anyTag = regexp.MustCompile(`<[/A-Za-z!?][^>]*>`)

// htmlBlock reports a block of HTML and gives its words; comments are dropped.
func (b *builder) htmlBlock(n *ast.HTMLBlock) (node, bool) {
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
		words := strings.TrimSpace(anyTag.ReplaceAllString(string(raw), ""))
		shown := words != "" && n.HTMLBlockType != ast.HTMLBlockType1 // which is <script> and the like
		return node{kind: paragraphNode, kids: []node{newText(words)}}, shown
	}
	rest := comment.ReplaceAll(raw, nil)
	switch {
	case bytes.Contains(rest, []byte("<!--")):
		b.report("aaben-kommentar", start, 4, "kommentaren slutter aldrig", "Skriv --> hvor kommentaren er forbi.")
	case len(bytes.TrimSpace(rest)) > 0:
		b.report("tekst-efter-kommentar", start, 4, "teksten på samme linje som en kommentar forsvinder",
			"Skriv kommentaren på en linje for sig.")
	}
	return node{}, false
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
