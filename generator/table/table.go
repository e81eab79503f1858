// Package table turns a page's tables into spreadsheets: one workbook with all of them and
// room to fill in, and a CSV file of each. The same page gives the same bytes. The package
// refuses to know models and layouts.
package table

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/export"
	"modelhaandbog/generator/wording"
)

// CSV is a table as Danish Excel opens it: with a byte order mark, and semicolons.
func CSV(t book.Table, words *wording.Words) []byte {
	out := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(out)
	w.Comma, w.UseCRLF = ';', true
	for _, row := range rows(t, words) {
		for i, v := range row {
			if v != "" && strings.ContainsRune("=+-@", rune(v[0])) { // no formula
				row[i] = "'" + v
			}
		}
		w.Write(row) // a bytes.Buffer does not fail
	}
	w.Flush()
	return out.Bytes()
}

// rows are a table's words, the headings first. What is local is told in a column of its
// own, as are the marks, and those to fill in stand last.
func rows(t book.Table, words *wording.Words) [][]string {
	local := slices.ContainsFunc(t.Rows, func(r book.Row) bool { return r.Local })
	marked := slices.ContainsFunc(t.Rows, func(r book.Row) bool { return len(r.Head.Badges) > 0 })
	head := slices.Clone(t.Head)
	if marked {
		head = append(head, words.Text("projektplan.kraft"), words.Text("projektplan.grundlag"))
	}
	if local {
		head = append(head, words.Text("projektplan.lokalt"))
	}
	for _, f := range t.Fill {
		head = append(head, f.Title)
	}
	out := [][]string{head}
	for _, r := range t.Rows {
		row := make([]string, 0, len(head))
		marks := r.Head.Badges
		r.Head.Badges = nil
		for _, c := range append([]book.Cell{r.Head}, r.Cells...) {
			row = append(row, export.CellWords(c))
		}
		if marked {
			force, basis := forceAndBasis(marks)
			if force == "" && basis == "" && !r.Local {
				force = words.Text("projektplan.del-af-modellen")
			}
			row = append(row, force, basis)
		}
		if r.Local {
			row = append(row, words.Text("projektplan.ja"))
		}
		out = append(out, append(row, make([]string, len(head)-len(row))...))
	}
	return out
}

// forceAndBasis are a row's marks in words: how binding it is, and where it is from.
func forceAndBasis(marks []book.Badge) (force, basis string) {
	var forces, bases []string
	for _, b := range marks {
		switch b.Kind {
		case "krav", "anbefaling", "eksempel":
			forces = append(forces, b.Text)
		default:
			bases = append(bases, b.Text)
		}
	}
	return strings.Join(forces, " · "), strings.Join(bases, " · ")
}

// writer writes one workbook. The library reports faults of the one who calls it, such as
// a wrong reference; they are ours.
type writer struct {
	*excelize.File
	words                        *wording.Words
	head, text, bold, day, input int // styles
	start                        time.Time
}

func must(err error) {
	if err != nil {
		panic("table: " + err.Error())
	}
}

func (w *writer) style(s excelize.Style) int {
	id, err := w.NewStyle(&s)
	must(err)
	return id
}

// at is a cell's name: "B3" for column 2 and row 3.
func at(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	must(err)
	return name
}

// core is the workbook's properties. Not all programs read those that the library writes.
const core = `<?xml version="1.0" encoding="UTF-8"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>%s</dc:title><dc:language>da-DK</dc:language>
<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified></cp:coreProperties>`

func newWriter(page *book.Page, words *wording.Words) *writer {
	w := &writer{File: excelize.NewFile(), words: words, start: schoolYear(page.Changed.Date)}
	date := `dd\-mm\-yyyy`
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	w.head = w.style(excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top, Border: border,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}})
	w.text = w.style(excelize.Style{Alignment: top, Border: border})
	w.day = w.style(excelize.Style{Alignment: top, Border: border, CustomNumFmt: &date})
	w.bold = w.style(excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top})
	w.input = w.style(excelize.Style{Alignment: top, Border: border, CustomNumFmt: &date,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF2CC"}}})
	date = cmp.Or(page.Changed.Date, "2000-01-01") + "T00:00:00Z"
	w.Pkg.Store("docProps/core.xml", fmt.Appendf(nil, core, escaped(page.Title), date, date))
	return w
}

// schoolYear is the first weekday of August after a date.
func schoolYear(date string) time.Time {
	day, _ := time.Parse(time.DateOnly, date)
	year := max(day.Year(), 2000)
	first := time.Date(year, time.August, 1, 0, 0, 0, 0, time.UTC)
	if first.Before(day) {
		first = first.AddDate(1, 0, 0)
	}
	return weekday(first)
}

// startCell is where the day of the start stands, on the first sheet.
const startCell = "$B$4"

// sheet writes a table with its headings frozen, filters and widths.
func (w *writer) sheet(t book.Table) {
	name, all := tabName(t.Tab), rows(t, w.words)
	_, err := w.NewSheet(name)
	must(err)
	last, width := len(all), len(all[0])
	for i, row := range all {
		values := make([]any, len(row))
		for k, v := range row {
			if values[k] = v; v == "" {
				values[k] = nil
			} else if n, err := strconv.Atoi(v); err == nil {
				values[k] = n
			}
		}
		must(w.SetSheetRow(name, at(1, i+1), &values))
	}
	must(w.SetCellStyle(name, "A1", at(width, 1), w.head))
	must(w.SetCellStyle(name, "A2", at(width, last), w.text))
	widths := make([]float64, width)
	for i := range width {
		col, _ := excelize.ColumnNumberToName(i + 1)
		widths[i] = columnWidth(all, i)
		must(w.SetColWidth(name, col, col, widths[i]))
	}
	for i, row := range all { // not all programs find the heights themselves
		must(w.SetRowHeight(name, i+1, rowHeight(row, widths)))
	}
	for i, f := range t.Fill {
		w.fill(name, f, width-len(t.Fill)+i+1, t, all)
	}
	must(w.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2",
		ActivePane: "bottomRight"}))
	must(w.AutoFilter(name, "A1:"+at(width, last), nil))
	w.paper(name)
	must(w.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name,
		RefersTo: quoted(name) + "!$1:$1"}))
}

// paper prints a sheet on as few pages as its width allows.
func (w *writer) paper(name string) {
	landscape, a4, one, any, fit := "landscape", 9, 1, 0, true
	must(w.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one,
		FitToHeight: &any}))
	must(w.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	must(w.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddHeader: "&L&A", OddFooter: "&R&P / &N"}))
}

// fill readies a column to be filled in.
func (w *writer) fill(name string, f book.Fill, col int, t book.Table, all [][]string) {
	last := len(all)
	if f.Day || f.Planned {
		must(w.SetCellStyle(name, at(col, 2), at(col, last), w.day))
	}
	if len(f.Choices) > 0 {
		list := excelize.NewDataValidation(true)
		list.Sqref = at(col, 2) + ":" + at(col, last)
		must(list.SetDropList(f.Choices))
		must(w.AddDataValidation(name, list))
	}
	for i := 2; f.Planned && i <= last; i++ {
		months, weeks := len(t.Head)-1, len(t.Head)
		n, _ := strconv.Atoi(all[i-1][months-1])
		k, _ := strconv.Atoi(all[i-1][weeks-1])
		must(w.SetCellValue(name, at(col, i), serial(weekday(w.start.AddDate(0, n, 7*k)))))
		must(w.SetCellFormula(name, at(col, i), fmt.Sprintf("WORKDAY(EDATE(%s!%s,%s)+7*%s-1,1)",
			quoted(tabName(w.words.Text("projektplan.om"))), startCell, at(months, i), at(weeks, i))))
	}
}

// weekday is a day, or the Monday after it.
func weekday(day time.Time) time.Time {
	switch day.Weekday() {
	case time.Saturday:
		day = day.AddDate(0, 0, 2)
	case time.Sunday:
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// serial is a day as spreadsheets count them.
func serial(day time.Time) int {
	return int(day.Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
}

// columnWidth is room for a column's words, within reason.
func columnWidth(all [][]string, col int) float64 {
	most := 9
	for _, row := range all {
		most = max(most, utf8.RuneCountInString(row[col])+3)
	}
	if all[len(all)-1][col] == "" && most < 16 { // to be filled in
		most = 16
	}
	return float64(min(most, 36))
}

// rowHeight is room for a row's words in columns of these widths, in points.
func rowHeight(row []string, widths []float64) float64 {
	lines := 1
	for i, v := range row {
		lines = max(lines, int(math.Ceil(1.02*float64(utf8.RuneCountInString(v))/widths[i])))
	}
	return min(15*float64(lines)+1, 400)
}

// tabName is what a sheet can be called.
func tabName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return '-'
		}
		return r
	}, s)
	return string([]rune(s)[:min(31, utf8.RuneCountInString(s))])
}

func quoted(name string) string { return "'" + name + "'" }
