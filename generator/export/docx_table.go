package export

import (
	"cmp"
	"fmt"
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
	wide := el("w:gridSpan").with("w:val", "2")
	rows := []elem{row(cellText(styleCellHead, b.sheet.say("ark.punkt")), right(styleCellHead, b.sheet.say("punkt.tid")),
		el("w:tblHeader"))}
	for _, it := range n.Items {
		sum += it.Minutes
		time := right(styleCell, "")
		if it.Minutes > 0 {
			time = right(styleCell, b.sheet.minutes(it.Minutes))
		} else if it.Room > 0 {
			time = el("w:p", el("w:pPr", val("w:pStyle", styleCell), val("w:jc", "right"))).
				add(b.field(b.sheet.say("punkt.tid")+": "+it.Text, run(charField, b.sheet.say("moedeark.minutter"))...))
		}
		point := el("w:p", el("w:pPr", val("w:pStyle", styleCell), el("w:keepNext"), series,
			hanging())).add(b.itemRuns(it)...)
		rows = append(rows, row(point, time))
		if it.Room > 0 {
			rows = append(rows, b.writingRow(b.sheet.Lines, cell(textWidth, []elem{wide}, b.blankField(it.Text))))
		}
	}
	if sum > 0 {
		rows = append(rows, row(cellText(styleSum, b.sheet.say("ark.i-alt")), right(styleSum, b.sheet.minutes(sum))))
	}
	b.table(tableOf(styleFacts, b.sheet.say("ark.dagsorden-med-tid"), true, widths, rows))
}

// writingRow is a row that is some lines high.
func (b *body) writingRow(lines int, cells ...elem) elem {
	height := el("w:trHeight").with("w:val", strconv.Itoa(lines*b.rowHeight()*3/4), "w:hRule", "atLeast")
	return el("w:tr", el("w:trPr", el("w:cantSplit"), height)).add(cells...)
}

// rowHeight is that of a row to write in.
func (b *body) rowHeight() int {
	return rowHeight * cmp.Or(b.sheet.Scale, 100) / 100
}

// blankField is a paragraph that is a field without words.
func (b *body) blankField(name string) elem {
	return el("w:p", el("w:pPr", val("w:pStyle", styleCell))).add(b.field(name, run(charField, "\u2003")...))
}

func (b *body) attendance(a Attendance) {
	widths := []int{textWidth * 40 / 100, textWidth * 34 / 100, textWidth * 14 / 100, textWidth * 12 / 100}
	head := el("w:tr", el("w:trPr", el("w:cantSplit"), el("w:tblHeader")))
	for i, key := range []string{"hvem", "navn", "til-stede", "afbud"} {
		head = head.add(cell(widths[i], []elem{fill(fillHead)}, cellText(styleCellHead, b.sheet.say("moedeark."+key))))
	}
	rows := []elem{head}
	add := func(name string, who elem) {
		tick := func(key string) elem {
			return cellText(styleCell, "").add(b.checkbox(b.sheet.say("moedeark."+key) + ": " + name))
		}
		rows = append(rows, el("w:tr", el("w:trPr", el("w:cantSplit")), cell(widths[0], nil, who),
			cell(widths[1], nil, b.blankField(b.sheet.say("moedeark.navn")+": "+name)),
			cell(widths[2], nil, tick("til-stede")), cell(widths[3], nil, tick("afbud"))))
	}
	for _, f := range a.Facts {
		for i, line := range byLine(f.Value) {
			who := cellText(styleCell, "")
			if i == 0 {
				who = who.add(run(charQuiet, f.Label)...).add(lineBreak())
			}
			add(words(line), who.add(runs(line)...))
		}
	}
	b.table(tableOf(styleTable, b.sheet.say("moedeark.til-stede"), true, widths, rows))
}

// byLine divides runs at the runs that are line feeds.
func byLine(list []Run) [][]Run {
	out := [][]Run{nil}
	for _, r := range list {
		if r.Text == "\n" {
			out = append(out, nil)
			continue
		}
		out[len(out)-1] = append(out[len(out)-1], r)
	}
	return out
}

func words(list []Run) string {
	var s string
	for _, r := range list {
		s += r.Text
	}
	return s
}

func (b *body) facts(f Facts) {
	label := labelWidth
	rows := make([]elem, 0, len(f.Facts))
	for _, fact := range f.Facts {
		var values []elem
		for _, line := range byLine(fact.Value) {
			values = append(values, cellText(styleCell, "").add(runs(line)...))
		}
		rows = append(rows, el("w:tr", el("w:trPr", el("w:cantSplit")),
			cell(label, nil, cellText(styleCellHead, fact.Label)),
			cell(textWidth-label, nil, values...)))
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
	row := func(props []elem, style string, shade []elem, texts []string, first ...elem) elem {
		tr := el("w:tr", el("w:trPr", append([]elem{el("w:cantSplit")}, props...)...))
		keep := together && left > 0
		left--
		for i, w := range widths {
			p := cellText(style, "")
			if i < len(texts) {
				p = cellText(style, texts[i])
			} else if texts == nil {
				p = b.blankField(fmt.Sprintf("%s %d", t.Head[i], t.EmptyRows-left))
			}
			if i == 0 && len(first) > 0 {
				p = cellText(style, "").add(first...)
			}
			if i < len(texts) && texts[i] == box {
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
	for i, r := range t.Rows {
		var first []elem
		if i < len(t.Items) {
			first = b.itemRuns(t.Items[i])
		}
		rows = append(rows, row(nil, styleCell, nil, r, first...))
	}
	height := el("w:trHeight").with("w:val", strconv.Itoa(b.rowHeight()), "w:hRule", "atLeast")
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
