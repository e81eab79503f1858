package table

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/wording"
)

func plan() *book.Page {
	cell := func(s string) book.Cell { return book.Cell{Plain: s} }
	head := []string{"Hvad", "Måneder", "Uger"}
	fill := []book.Fill{{Title: "Dato", Planned: true}, {Title: "Status", Choices: []string{"I gang", "På plads"}}}
	row := func(name, months, weeks string, local bool) book.Row {
		head := cell(name)
		if local {
			head.Badges = []book.Badge{{Kind: "krav", Text: "Lokalt krav"}}
		}
		return book.Row{Head: head, Local: local, Cells: []book.Cell{cell(months), cell(weeks)}}
	}
	t := book.Table{Tab: "Året: 1", Head: head, Fill: fill,
		Rows: []book.Row{row("=Møde; ét", "0", "0", false), row("Møde", "3", "0", true)}}
	return &book.Page{Path: "m/plan.html", Title: "Plan", Changed: book.Stamp{Date: "2026-12-01"},
		Sections: []book.Section{{Blocks: []book.Block{t, book.Table{Head: head}}}}}
}

func TestCSV(t *testing.T) {
	got := string(CSV(plan().Tabs()[0], wording.Standard()))
	want := "\ufeffHvad;Måneder;Uger;Kraft;Grundlag;Lokalt;Dato;Status\r\n" +
		"\"'=Møde; ét\";0;0;Del af modellen;;;;\r\nMøde;3;0;Lokalt krav;;ja;;\r\n"
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// A workbook names the edition, has dates on weekdays that move with the start, and counts
// what is chosen; made again it has the same bytes.
func TestWorkbook(t *testing.T) {
	template := NewTemplate(plan(), wording.Standard())
	data := template.Append(nil, "A & B Kommune", "Udgave 1")
	if !bytes.Equal(data, NewTemplate(plan(), wording.Standard()).Append(nil, "A & B Kommune", "Udgave 1")) {
		t.Error("made again it has other bytes")
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), ","); got != "Om planen,Året- 1" {
		t.Error("sheets:", got)
	}
	for cell, want := range map[string]string{"A1": "Plan", "A2": "A & B Kommune", "A3": "Udgave 1", "B4": "02-08-2027"} {
		if got, _ := f.GetCellValue("Om planen", cell); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
	for cell, want := range map[string]string{"A2": "=Møde; ét", "F3": "ja", "G2": "02-08-2027", "G3": "02-11-2027"} {
		if got, _ := f.GetCellValue("Året- 1", cell); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
	if got, err := f.CalcCellValue("Året- 1", "G3"); err != nil || got != "02-11-2027" {
		t.Error("calculated:", got, err)
	}
	f.SetCellValue("Året- 1", "H3", "På plads")
	if got, err := f.CalcCellValue("Om planen", "B8"); err != nil || got != "1" {
		t.Error("counted:", got, err)
	}
}
