package export

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// body gathers the main document's blocks in order, and what they need
// elsewhere in the package: number series.
type body struct {
	sheet  Sheet
	blocks []elem

	lists    int  // numbered lists so far
	controls int  // content controls so far; their ids must differ
	newPage  bool // the next block starts a page
}

func newBody(s Sheet) *body { return &body{sheet: s} }

// document is the whole of word/document.xml.
func (b *body) document() elem {
	b.paragraph(styleTitle, nil, run("", b.sheet.Title)...)
	if b.sheet.Subtitle != "" {
		b.paragraph(styleSubtitle, nil, run("", b.sheet.Subtitle)...)
	}
	for _, p := range b.sheet.Parts {
		b.part(p)
	}
	return el("w:document", el("w:body", append(b.blocks, section())...)).
		with("xmlns:w", nsW, "xmlns:r", nsR, "xmlns:w14", nsW14, "xmlns:mc", nsMC, "mc:Ignorable", "w14")
}

func (b *body) part(p Part) {
	switch p := p.(type) {
	case Heading:
		b.paragraph(styleHeading(p.Level), nil, run("", p.Text)...)
	case Paragraph:
		b.paragraph("", nil, runs(p.Runs)...)
	case Note:
		if p.Title != "" {
			b.paragraph(styleNoteTitle, nil, run("", p.Title)...)
		}
		b.paragraph(styleNote, nil, runs(p.Runs)...)
	case Facts:
		b.facts(p)
	case Checklist:
		b.checklist(p)
	case Numbered:
		b.numbered(p)
	case Bullets:
		b.bullets(p)
	case Table:
		b.grid(p)
	case Attendance:
		b.attendance(p)
	case Lines:
		b.lines(p)
	case PageBreak:
		b.newPage = true
	default:
		panic(fmt.Sprintf("export: unknown part %T", p))
	}
}

// paragraph appends a paragraph. props are pPr children that the schema places
// between pageBreakBefore and rPr, in the schema's order; keepNext, which comes
// earlier, may stand first among them.
func (b *body) paragraph(style string, props []elem, content ...elem) {
	var ppr []elem
	if style != "" {
		ppr = append(ppr, val("w:pStyle", style))
	}
	if len(props) > 0 && props[0].name == "w:keepNext" {
		ppr, props = append(ppr, props[0]), props[1:]
	}
	if b.newPage {
		ppr, b.newPage = append(ppr, el("w:pageBreakBefore")), false
	}
	ppr = append(ppr, props...)
	p := el("w:p")
	if len(ppr) > 0 {
		p = p.add(el("w:pPr", ppr...))
	}
	b.blocks = append(b.blocks, p.add(content...))
}

// table appends a table, and after it the paragraph that keeps Word from
// joining it with the next.
func (b *body) table(t elem) {
	if b.newPage {
		b.paragraph(styleGap, nil)
	}
	b.blocks = append(b.blocks, t)
	b.paragraph(styleGap, nil)
}

func numbered(id int) elem { return el("w:numPr", num("w:ilvl", 0), num("w:numId", id)) }

// run is text in a character style ("" for the paragraph's own), with a break
// at each line feed.
func run(style, s string, props ...elem) []elem {
	r := el("w:r")
	if style != "" {
		props = append([]elem{val("w:rStyle", style)}, props...)
	}
	if len(props) > 0 {
		r = r.add(el("w:rPr", props...))
	}
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			r = r.add(el("w:br"))
		}
		r = r.add(el("w:t", text(line)).with("xml:space", "preserve"))
	}
	return []elem{r}
}

var raised = val("w:vertAlign", "superscript")

func tab() elem       { return el("w:r", el("w:tab")) }
func lineBreak() elem { return el("w:r", el("w:br")) }

func runs(list []Run) []elem {
	var out []elem
	for _, r := range list {
		var props []elem
		if r.Italic {
			props = append(props, el("w:i"), el("w:iCs"))
		}
		if r.Force != "" {
			out = append(out, framedRun(r.Force, r.Text)...)
			continue
		}
		if r.Raised {
			props = append(props, raised)
		}
		style := ""
		if r.Quiet {
			style = charQuiet
		}
		out = append(out, run(style, r.Text, props...)...)
	}
	return out
}

// itemRuns is what a list's point says: its text, how binding it is, and on a
// line of its own who, when and where from.
func (b *body) itemRuns(it Item) []elem {
	out := run("", it.Text)
	if it.Noted != "" {
		out = append(out, run("", it.Noted, raised)...)
	}
	if it.Force.Text != "" {
		out = append(append(out, run("", "  ")...), framedRun(it.Force.Kind, it.Force.Text)...)
	}
	if it.Derived != "" {
		out = append(append(out, run("", "  ")...), framedRun("udledt", it.Derived)...)
	}
	if it.Local {
		out = append(append(out, run("", "  ")...), run(charLocal, "\u00a0"+b.sheet.say("maerke.lokal.lokalt")+"\u00a0")...)
	}
	if it.Detail != "" {
		out = append(append(out, lineBreak()), run("", it.Detail)...)
	}
	var about []string
	for _, s := range []string{it.Who, it.When} {
		if s != "" {
			about = append(about, s)
		}
	}
	if it.Source != "" {
		about = append(about, b.sheet.say("punkt.kilde")+" "+it.Source)
	}
	if len(about) > 0 {
		out = append(append(out, lineBreak()), run(charQuiet, strings.Join(about, " · "))...)
	}
	return out
}

// framedRun is the words of a badge in the frame of its kind.
func framedRun(kind, words string) []elem {
	style := charShould
	switch kind {
	case "krav":
		style = charMust
	case "eksempel", "udledt":
		style = charCould
	}
	return run(style, "\u00a0"+strings.ReplaceAll(words, " ", "\u00a0")+"\u00a0")
}

// heldTogether is the most items that are kept on one page.
const heldTogether = 9

func (b *body) checklist(c Checklist) {
	for i, it := range c.Items {
		var props []elem
		if len(c.Items) <= heldTogether && i < len(c.Items)-1 {
			props = append(props, el("w:keepNext"))
		}
		b.paragraph(styleCheck, props, append([]elem{b.checkbox(it.Text), tab()}, b.itemRuns(it)...)...)
	}
}

func (b *body) bullets(l Bullets) {
	for i, it := range l.Items {
		props := append(holding(i, len(l.Items)), numbered(numBullet))
		if i == len(l.Items)-1 {
			props = append(props, spacing(0, 160, 252))
		}
		b.paragraph(styleBullet, props, b.itemRuns(it)...)
	}
}

func (b *body) numbered(n Numbered) {
	series := numbered(firstNumbered + b.lists)
	b.lists++
	if slices.ContainsFunc(n.Items, func(it Item) bool { return it.Minutes > 0 || it.Room > 0 }) {
		b.agenda(n, series)
		return
	}
	for i, it := range n.Items {
		b.paragraph(styleNumber, append(holding(i, len(n.Items)), series), b.itemRuns(it)...)
	}
}

// holding keeps a list's first two points on one page, and its last two.
func holding(i, n int) []elem {
	if i+1 < n && (i == 0 || i == n-2) {
		return []elem{el("w:keepNext")}
	}
	return nil
}

// control opens a content control's properties: name for those who listen, and
// an id. Names are limited to 64 characters by Word.
func (b *body) control(name string) elem {
	b.controls++
	r := []rune(strings.ReplaceAll(name, "\n", " "))
	if len(r) > 64 {
		r = append(r[:63], '…')
	}
	return el("w:sdtPr", val("w:alias", string(r)), val("w:tag", fmt.Sprintf("felt%d", b.controls)),
		num("w:id", 1000+b.controls))
}

// checkbox is a box that a click ticks in Word 2010 and later; on paper it is
// the drawn box.
func (b *body) checkbox(name string) elem {
	glyph := func(n, code string) elem { return el("w14:"+n).with("w14:val", code, "w14:font", fontBox) }
	fonts := el("w:rFonts").with("w:ascii", fontBox, "w:hAnsi", fontBox, "w:eastAsia", fontBox, "w:hint", "eastAsia")
	return el("w:sdt",
		b.control(name).add(el("w14:checkbox",
			el("w14:checked").with("w14:val", "0"), glyph("checkedState", "2612"), glyph("uncheckedState", "2610"))),
		el("w:sdtContent", run("", "☐", fonts)...))
}

// field is a place to type in, around content.
func (b *body) field(name string, content ...elem) elem {
	return el("w:sdt",
		b.control(name).add(el("w:showingPlcHdr"), el("w:text").with("w:multiLine", "1")),
		el("w:sdtContent", content...))
}

func (b *body) lines(l Lines) {
	typeHere := b.sheet.say("ark.skriv-her")
	if l.Count <= 1 {
		var label []elem
		if l.Label != "" {
			label = run("", l.Label+": ", el("w:b"), el("w:bCs"))
		}
		field := b.field(cmp.Or(l.Label, typeHere), run(charField, typeHere)...)
		b.paragraph(styleField, nil, append(label, field, tab())...)
		return
	}
	if l.Label != "" {
		b.paragraph("", []elem{el("w:keepNext")}, run("", l.Label, el("w:b"), el("w:bCs"))...)
	}
	field := el("w:p", el("w:pPr", val("w:pStyle", styleCell))).
		add(b.field(cmp.Or(l.Label, typeHere), run(charField, typeHere)...))
	height := el("w:trHeight").with("w:val", strconv.Itoa(l.Count*b.rowHeight()*4/5), "w:hRule", "atLeast")
	row := el("w:tr", el("w:trPr", el("w:cantSplit"), height), cell(textWidth, nil, field))
	b.table(tableOf(styleBox, cmp.Or(l.Label, typeHere), false, []int{textWidth}, []elem{row}))
}
