package export

import "strconv"

// Lengths in twips (1/20 point) that docx/styles.xml has too.
const (
	hang       = 454  // how far a list's text stands in
	rowHeight  = 560  // of a row to write in
	labelWidth = 2600 // of a column of labels
)

// The page: A4 with margins of 20 mm, in twips.
const (
	pageWidth, pageHeight = 11906, 16838
	margin                = 1134
	textWidth             = pageWidth - 2*margin
)

const (
	fillHead = "E6EBEE"
	fontBox  = "MS Gothic" // has ☐ and ☒ of equal width in every Word
)

// Style ids of docx/styles.xml, where their names are, which Word translates.
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
	charQuiet, charField            = "Oplysning", "Pladsholdertekst"
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

func hanging() elem {
	return el("w:ind").with("w:left", strconv.Itoa(hang), "w:hanging", strconv.Itoa(hang))
}

func fill(color string) elem {
	return el("w:shd").with("w:val", "clear", "w:color", "auto", "w:fill", color)
}

// The abstract lists: every numbered list is a num of its own on the first.
const (
	abstractNumbered, abstractBullet = 0, 1
	numBullet                        = 1
	firstNumbered                    = 2
)

// numbering declares the bullets and one number series per numbered list, so
// that each starts from 1.
func numbering(lists int) elem {
	level := func(format, label string, rpr ...elem) elem {
		return el("w:lvl", num("w:start", 1), val("w:numFmt", format), val("w:lvlText", label), val("w:lvlJc", "left"),
			el("w:pPr", hanging()), el("w:rPr", rpr...)).with("w:ilvl", "0")
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
