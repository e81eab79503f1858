package export

import "strconv"

// sizes are half-points of type, and twips (1/20 point) of space that follow
// from them.
type sizes struct {
	body, small, h1, h2, h3, title, subtitle int
	hang                                     int // how far a list's text stands in
	row                                      int // height of a row to write in
	label                                    int // width of a column of labels
}

var normalPrint = sizes{body: 22, small: 18, h1: 30, h2: 25, h3: 22, title: 44, subtitle: 26, hang: 454, row: 560,
	label: 2600}

// The page: A4 with margins of 20 mm, in twips.
const (
	pageWidth, pageHeight = 11906, 16838
	margin                = 1134
	textWidth             = pageWidth - 2*margin
)

const (
	inkText  = "1A1A1A"
	inkHead  = "1F3A4D"
	inkQuiet = "4A4A4A" // 8.9:1 on white
	inkRule  = "8A949B"
	fillHead = "E6EBEE"
	fillNote = "F3F5F6"

	font    = "Calibri"
	fontBox = "MS Gothic" // has ☐ and ☒ of equal width in every Word
)

// Style ids; their names, which Word translates, are given in styles.
const (
	styleTitle, styleSubtitle       = "Titel", "Undertitel"
	styleHeader, styleFooter        = "Sidehoved", "Sidefod"
	styleCheck, styleNumber         = "Tjekpunkt", "Nummereret"
	styleBullet, styleSum           = "Punktopstilling", "Sum"
	styleNote, styleNoteTitle       = "Bemaerkning", "Bemaerkningstitel"
	styleCell, styleCellHead        = "Tabeltekst", "Tabelhoved"
	styleField, styleGap            = "Felt", "Mellemrum"
	styleTable, styleFacts          = "Skema", "Fakta"
	styleBox                        = "Skriveboks"
	charQuiet, charField, charLink  = "Oplysning", "Pladsholdertekst", "Hyperlink"
	charMust, charShould, charCould = "Krav", "Anbefaling", "Eksempel"
	charLocal                       = "Lokalt"
)

func styleHeading(level int) string {
	return "Overskrift" + strconv.Itoa(min(max(level, 1), 3))
}

func spacing(before, after, line int) elem {
	return el("w:spacing").with("w:before", strconv.Itoa(before), "w:after", strconv.Itoa(after),
		"w:line", strconv.Itoa(line), "w:lineRule", "auto")
}

func size(halfPoints int) []elem {
	return []elem{num("w:sz", halfPoints), num("w:szCs", halfPoints)}
}

func hanging(left, hang int) elem {
	return el("w:ind").with("w:left", strconv.Itoa(left), "w:hanging", strconv.Itoa(hang))
}

func border(side, kind string, eighths, space int) elem {
	return el("w:"+side).with("w:val", kind, "w:sz", strconv.Itoa(eighths), "w:space", strconv.Itoa(space),
		"w:color", inkRule)
}

func fill(color string) elem {
	return el("w:shd").with("w:val", "clear", "w:color", "auto", "w:fill", color)
}

func styles(z sizes) elem {
	root := el("w:styles", docDefaults(z)).with("xmlns:w", nsW)
	root = root.add(headingStyles(z)...)
	root = root.add(textStyles(z)...)
	root = root.add(characterStyles(z)...)
	return root.add(tableStyles()...)
}

func docDefaults(z sizes) elem {
	fonts := el("w:rFonts").with("w:ascii", font, "w:hAnsi", font, "w:eastAsia", font, "w:cs", font)
	lang := el("w:lang").with("w:val", "da-DK", "w:eastAsia", "da-DK", "w:bidi", "ar-SA")
	run := append([]elem{fonts, val("w:color", inkText)}, size(z.body)...)
	return el("w:docDefaults",
		el("w:rPrDefault", el("w:rPr", append(run, lang)...)),
		el("w:pPrDefault", el("w:pPr", spacing(0, 120, 264))))
}

// paragraphStyle is a paragraph style that is based on Normal.
func paragraphStyle(id, name string, ppr, rpr []elem) elem {
	s := el("w:style", val("w:name", name), val("w:basedOn", "Normal")).with("w:type", "paragraph", "w:customStyle", "1",
		"w:styleId", id)
	return s.add(val("w:uiPriority", "9"), el("w:qFormat"), el("w:pPr", ppr...), el("w:rPr", rpr...))
}

// builtin is a style that Word knows by name and translates.
func builtin(id, name, next string, ppr, rpr []elem) elem {
	return el("w:style", val("w:name", name), val("w:basedOn", "Normal"), val("w:next", next),
		val("w:uiPriority", "9"), el("w:qFormat"), el("w:pPr", ppr...), el("w:rPr", rpr...),
	).with("w:type", "paragraph", "w:styleId", id)
}

func headingStyles(z sizes) []elem {
	bold := func(color string, halfPoints int) []elem {
		return append([]elem{el("w:b"), el("w:bCs"), val("w:color", color)}, size(halfPoints)...)
	}
	heading := func(level, before, after, halfPoints int) elem {
		ppr := []elem{el("w:keepNext"), el("w:keepLines"), spacing(before, after, 240), num("w:outlineLvl", level-1)}
		return builtin(styleHeading(level), "heading "+strconv.Itoa(level), "Normal", ppr, bold(inkHead, halfPoints))
	}
	title := []elem{el("w:keepNext"), el("w:keepLines"), spacing(0, 60, 240)}
	subtitle := []elem{el("w:keepNext"), el("w:keepLines"), spacing(0, 200, 240)}
	return []elem{
		el("w:style", val("w:name", "Normal"), el("w:qFormat")).with("w:type", "paragraph", "w:default", "1",
			"w:styleId", "Normal"),
		heading(1, 320, 100, z.h1),
		heading(2, 240, 80, z.h2),
		heading(3, 180, 60, z.h3),
		builtin(styleTitle, "Title", "Normal", title, bold(inkHead, z.title)),
		builtin(styleSubtitle, "Subtitle", "Normal", subtitle, append([]elem{val("w:color", inkQuiet)}, size(z.subtitle)...)),
		builtin(styleHeader, "header", styleHeader, []elem{
			el("w:pBdr", border("bottom", "single", 4, 4)), rightTab("none"), spacing(0, 0, 240),
		}, append([]elem{val("w:color", inkQuiet)}, size(z.small)...)),
		builtin(styleFooter, "footer", styleFooter, []elem{rightTab("none"), spacing(0, 0, 240)},
			append([]elem{val("w:color", inkQuiet)}, size(z.small)...)),
	}
}

// rightTab is the one tab stop, at the right margin.
func rightTab(leader string) elem {
	return el("w:tabs", el("w:tab").with("w:val", "right", "w:leader", leader, "w:pos", strconv.Itoa(textWidth)))
}

func textStyles(z sizes) []elem {
	box := el("w:pBdr", border("left", "single", 24, 8))
	noteInd := el("w:ind").with("w:left", "227", "w:right", "113")
	tab := el("w:tabs", el("w:tab").with("w:val", "left", "w:pos", strconv.Itoa(z.hang)))
	return []elem{
		paragraphStyle(styleCheck, "Tjekpunkt", []elem{el("w:keepLines"), tab, spacing(0, 100, 252),
			hanging(z.hang, z.hang)}, nil),
		paragraphStyle(styleNumber, "Nummereret punkt", []elem{el("w:keepLines"), spacing(0, 80, 252),
			hanging(z.hang, z.hang)}, nil),
		paragraphStyle(styleBullet, "Punkt", []elem{el("w:keepLines"), spacing(0, 60, 252), hanging(z.hang, z.hang)}, nil),
		paragraphStyle(styleSum, "Sum", []elem{spacing(40, 40, 240)}, []elem{el("w:b"), el("w:bCs")}),
		paragraphStyle(styleNoteTitle, "Bemærkningstitel", []elem{el("w:keepNext"), el("w:keepLines"), box, fill(fillNote),
			spacing(120, 0, 252), noteInd}, []elem{el("w:b"), el("w:bCs")}),
		paragraphStyle(styleNote, "Bemærkning", []elem{el("w:keepLines"), box, fill(fillNote), spacing(0, 160, 252),
			noteInd}, nil),
		// With a size of its own, or LibreOffice sets smaller runs in cells at the document's.
		paragraphStyle(styleCell, "Tabeltekst", []elem{spacing(40, 40, 240)}, size(z.body)),
		paragraphStyle(styleCellHead, "Tabelhoved", []elem{el("w:keepNext"), spacing(40, 40, 240)},
			[]elem{el("w:b"), el("w:bCs")}),
		paragraphStyle(styleField, "Felt", []elem{rightTab("underscore"), spacing(120, 120, 240)}, nil),
		paragraphStyle(styleGap, "Mellemrum", []elem{spacing(0, 0, 160)}, size(12)),
	}
}

func characterStyles(z sizes) []elem {
	char := func(id, name string, custom bool, rpr ...elem) elem {
		s := el("w:style", val("w:name", name), val("w:uiPriority", "10"), el("w:qFormat"),
			el("w:rPr", rpr...)).with("w:type", "character")
		if custom {
			s = s.with("w:customStyle", "1")
		}
		return s.with("w:styleId", id)
	}
	frame := func(kind string, eighths int) elem {
		return el("w:bdr").with("w:val", kind, "w:sz", strconv.Itoa(eighths), "w:space", "0", "w:color", inkText)
	}
	small := size(z.small)
	label := func(weight []elem, bdr elem) []elem {
		return append(append(append(weight, el("w:noProof")), small...), bdr)
	}
	return []elem{
		char(charQuiet, "Oplysning", true, append([]elem{val("w:color", inkQuiet)}, small...)...),
		char(charField, "Placeholder Text", false, val("w:color", "666666")),
		char(charLink, "Hyperlink", false, val("w:color", "0B4F79"), val("w:u", "single")),
		// The word says the force; the frame says it again without colour.
		char(charMust, "Krav", true, label([]elem{el("w:b"), el("w:bCs")}, frame("single", 12))...),
		char(charShould, "Anbefaling", true, label(nil, frame("single", 4))...),
		char(charCould, "Eksempel", true, label([]elem{el("w:i"), el("w:iCs")}, frame("dotted", 4))...),
		char(charLocal, "Lokalt", true, label(nil, frame("double", 4))...),
	}
}

func tableStyles() []elem {
	cells := el("w:tblCellMar",
		el("w:top").with("w:w", "20", "w:type", "dxa"), el("w:left").with("w:w", "100", "w:type", "dxa"),
		el("w:bottom").with("w:w", "20", "w:type", "dxa"), el("w:right").with("w:w", "100", "w:type", "dxa"))
	table := func(id, name string, borders ...elem) elem {
		return el("w:style", val("w:name", name), val("w:uiPriority", "39"), el("w:qFormat"),
			el("w:tblPr", el("w:tblBorders", borders...), cells),
		).with("w:type", "table", "w:customStyle", "1", "w:styleId", id)
	}
	line := func(side string) elem { return border(side, "single", 4, 0) }
	return []elem{
		table(styleTable, "Skema", line("top"), line("left"), line("bottom"), line("right"), line("insideH"),
			line("insideV")),
		table(styleFacts, "Fakta", line("top"), line("bottom"), line("insideH")),
		table(styleBox, "Skriveboks", line("top"), line("left"), line("bottom"), line("right")),
	}
}

// The abstract lists: every numbered list is a num of its own on the first.
const (
	abstractNumbered, abstractBullet = 0, 1
	numBullet                        = 1
	firstNumbered                    = 2
)

// numbering declares the bullets and one number series per numbered list, so
// that each starts from 1.
func numbering(z sizes, lists int) elem {
	level := func(format, label string, rpr ...elem) elem {
		return el("w:lvl", num("w:start", 1), val("w:numFmt", format), val("w:lvlText", label), val("w:lvlJc", "left"),
			el("w:pPr", hanging(z.hang, z.hang)), el("w:rPr", rpr...)).with("w:ilvl", "0")
	}
	abstract := func(id int, lvl elem) elem {
		return el("w:abstractNum", val("w:multiLevelType", "singleLevel"), lvl).with("w:abstractNumId", strconv.Itoa(id))
	}
	root := el("w:numbering",
		abstract(abstractNumbered, level("decimal", "%1.", el("w:b"))),
		abstract(abstractBullet, level("bullet", "•")),
		el("w:num", num("w:abstractNumId", abstractBullet)).with("w:numId", strconv.Itoa(numBullet)),
	).with("xmlns:w", nsW)
	for i := range lists {
		root = root.add(el("w:num", num("w:abstractNumId", abstractNumbered),
			el("w:lvlOverride", num("w:startOverride", 1)).with("w:ilvl", "0"),
		).with("w:numId", strconv.Itoa(firstNumbered+i)))
	}
	return root
}
