package export

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// agenda is a numbered list with a column for the time of each point.
func (b *body) agenda(n Numbered, series elem) {
	widths := []int{textWidth - labelWidth/2, labelWidth / 2}
	right := func(style, s string) elem {
		return el("w:p", el("w:pPr", val("w:pStyle", style), val("w:jc", "right"))).add(run("", s)...)
	}
	row := func(point, time elem, props ...elem) elem {
		return el("w:tr", el("w:trPr", append([]elem{el("w:cantSplit")}, props...)...), cell(widths[0], nil, point),
			cell(widths[1], nil, time))
	}
	sum := 0
	rows := []elem{row(cellText(styleCellHead, b.sheet.say("ark.punkt")), right(styleCellHead, b.sheet.say("punkt.tid")),
		el("w:tblHeader"))}
	for _, it := range n.Items {
		sum += it.Minutes
		time := ""
		if it.Minutes > 0 {
			time = b.sheet.minutes(it.Minutes)
		}
		point := el("w:p", el("w:pPr", val("w:pStyle", styleCell), el("w:keepNext"), series,
			hanging())).add(b.itemRuns(it)...)
		rows = append(rows, row(point, right(styleCell, time)))
	}
	rows = append(rows, row(cellText(styleSum, b.sheet.say("ark.i-alt")), right(styleSum, b.sheet.minutes(sum))))
	b.table(tableOf(styleFacts, b.sheet.say("ark.dagsorden-med-tid"), true, widths, rows))
}

func (b *body) facts(f Facts) {
	label := labelWidth
	rows := make([]elem, 0, len(f.Facts))
	for _, fact := range f.Facts {
		rows = append(rows, el("w:tr", el("w:trPr", el("w:cantSplit")),
			cell(label, nil, cellText(styleCellHead, fact.Label)),
			cell(textWidth-label, nil, cellText(styleCell, "").add(runs(fact.Value)...))))
	}
	if len(rows) > 0 {
		b.table(tableOf(styleFacts, b.sheet.say("ark.oplysninger-om", "titel", b.sheet.Title), false,
			[]int{label, textWidth - label}, rows))
	}
}

func (b *body) grid(t Table) {
	if len(t.Head) == 0 {
		return
	}
	widths := columnWidths(t)
	left := len(t.Rows) + t.EmptyRows
	together := left <= heldTogether
	row := func(props []elem, style string, shade []elem, texts []string) elem {
		tr := el("w:tr", el("w:trPr", append([]elem{el("w:cantSplit")}, props...)...))
		keep := together && left > 0
		left--
		for i, w := range widths {
			s := ""
			if i < len(texts) {
				s = texts[i]
			}
			p := cellText(style, s)
			if s == box {
				p = el("w:p", el("w:pPr", val("w:pStyle", style), val("w:jc", "center"))).add(b.checkbox(texts[0] + ": " + t.Head[i]))
			}
			if keep {
				p.kids[0] = p.kids[0].add(el("w:keepNext"))
			}
			tr = tr.add(cell(w, shade, p))
		}
		return tr
	}
	rows := []elem{row([]elem{el("w:tblHeader")}, styleCellHead, []elem{fill(fillHead)}, t.Head)}
	for _, r := range t.Rows {
		rows = append(rows, row(nil, styleCell, nil, r))
	}
	height := el("w:trHeight").with("w:val", strconv.Itoa(rowHeight), "w:hRule", "atLeast")
	for range t.EmptyRows {
		rows = append(rows, row([]elem{height}, styleCell, nil, nil))
	}
	b.table(tableOf(styleTable, cmp.Or(t.Caption, strings.Join(t.Head, " – ")), true, widths, rows))
}

// columnWidths shares the page among the columns by the length of what stands
// in them; the first column of a table to be filled in gets twice the others.
func columnWidths(t Table) []int {
	weights := make([]int, len(t.Head))
	sum := 0
	for i := range weights {
		longest := utf8.RuneCountInString(t.Head[i])
		for _, r := range t.Rows {
			if i < len(r) {
				longest = max(longest, utf8.RuneCountInString(r[i]))
			}
		}
		weights[i] = min(max(longest, 10), 40)
		if len(t.Rows) == 0 && i == 0 && len(t.Head) > 1 {
			weights[i] = 20
		}
		sum += weights[i]
	}
	widths, left := make([]int, len(weights)), textWidth
	for i, w := range weights {
		widths[i] = textWidth * w / sum
		left -= widths[i]
	}
	widths[len(widths)-1] += left
	return widths
}

// tableOf is a table of fixed columns (widths in twips). caption is its
// alternative text; heads tells whether the first row holds headings.
func tableOf(style, caption string, heads bool, widths []int, rows []elem) elem {
	look := el("w:tblLook").with("w:val", "0600", "w:firstRow", "0", "w:lastRow", "0", "w:firstColumn", "0",
		"w:lastColumn", "0", "w:noHBand", "1", "w:noVBand", "1")
	if heads {
		look = el("w:tblLook").with("w:val", "0620", "w:firstRow", "1", "w:lastRow", "0", "w:firstColumn", "0",
			"w:lastColumn", "0", "w:noHBand", "1", "w:noVBand", "1")
	}
	cols := el("w:tblGrid")
	for _, w := range widths {
		cols = cols.add(el("w:gridCol").with("w:w", strconv.Itoa(w)))
	}
	props := el("w:tblPr",
		val("w:tblStyle", style),
		el("w:tblW").with("w:w", strconv.Itoa(textWidth), "w:type", "dxa"),
		el("w:tblLayout").with("w:type", "fixed"),
		look,
		val("w:tblCaption", caption))
	return el("w:tbl", props, cols).add(rows...)
}

// cell is a table cell, width in twips; shade is its tcPr after the width.
func cell(width int, shade []elem, content ...elem) elem {
	props := append([]elem{el("w:tcW").with("w:w", strconv.Itoa(width), "w:type", "dxa")}, shade...)
	return el("w:tc", el("w:tcPr", props...)).add(content...)
}

func cellText(style, s string) elem {
	p := el("w:p", el("w:pPr", val("w:pStyle", style)))
	if s == "" {
		return p
	}
	return p.add(run("", s)...)
}
