package sitetest

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"modelhaandbog/generator/chromium"
	"modelhaandbog/generator/export"
	"modelhaandbog/generator/needs"
)

// meetingSheets are meeting sheets of Eksempel Kommune, whose short form fits one page: with
// the address and its code, the line for the next meeting and all.
var meetingSheets = []string{
	"laeringsmiljoe/moeder/maalsaetningsmoede-ark",
	"laeringsmiljoe/moeder/opfoelgningsmoede-ark",
	"laeringsmiljoe/moeder/opfoelgning-med-barnet-ark",
	"laeringsmiljoe/moeder/progressionsmoede-ark",
	"laeringsmiljoe/moeder/forventningsdroeftelse-ark",
	"laeringsmiljoe/moeder/ledermoede-ark",
	"forebyggelse/moeder/netvaerksmoede-ark",
}

// longer are others, and a pack.
var longer = []string{
	"laeringsmiljoe/moeder/vejledningssamtale-ark",
	"pakker/fase-2",
}

// checklists are a short one, and two that take two pages.
var checklists = []string{
	"laeringsmiljoe/tjeklister/sparring-i-skolen",
	"laeringsmiljoe/tjeklister/opstart-i-kommunen",
	"laeringsmiljoe/tjeklister/rolle-laeringsvejleder",
}

// pagePoints is how many points of a checklist a page holds, each with its marks, who,
// when and source in a line or two, beside the head of the sheet and its foot.
const pagePoints = 14

// footStarts begin the lines of a sheet's foot: legend, sources and release.
var footStarts = []string{"Mærkerne:", "Kilde:", "Modelhåndbog,"}

// TestSheetsOnPaper prints sheets and reads them back page by page. A sheet takes no
// more pages than it must, also from a reader's browser, where points have boxes to
// tick; what is longer has no page with the foot alone, and the foot is not divided.
func TestSheetsOnPaper(t *testing.T) {
	needs.Program(t, "chromium")
	needs.Program(t, "pdftotext")
	p, err := export.NewPrinter(t.Context(), export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	tab := needs.Tab(t)
	dir := filepath.Join(realSite(t), "kommuner/eksempel")
	most := map[string]int{}
	for _, sheet := range meetingSheets {
		if pages := printedByReader(t, tab, filepath.Join(dir, sheet+".html"), "#kort"); len(pages) > 1 {
			t.Errorf("%s takes %d pages in short, and fits one", sheet, len(pages))
		}
	}
	if needs.All {
		checklists = allChecklists(t, dir)
	}
	for _, sheet := range checklists {
		html, err := os.ReadFile(filepath.Join(dir, sheet+".html"))
		if err != nil {
			t.Fatal(err)
		}
		most[sheet] = (bytes.Count(html, []byte(`<li class="tjek-punkt"`)) + pagePoints - 1) / pagePoints
	}
	for _, sheet := range slices.Concat(meetingSheets, checklists, longer) {
		pages := printed(t, p, filepath.Join(dir, sheet+".html"))
		if fit := most[sheet]; fit > 0 {
			if len(pages) > fit {
				t.Errorf("%s takes %d pages, and fits %d", sheet, len(pages), fit)
			}
			if pages := printedByReader(t, tab, filepath.Join(dir, sheet+".html"), ""); len(pages) > fit {
				t.Errorf("%s takes %d pages with JavaScript, and fits %d", sheet, len(pages), fit)
			}
		}
		if strings.HasPrefix(sheet, "pakker/") {
			continue // its foot is on the cover
		}
		last := pages[len(pages)-1]
		if !strings.Contains(last, "Modelhåndbog, Eksempel Kommune") || !strings.Contains(last, "https://haandbog.eksempel.example/") {
			t.Errorf("%s: the foot is divided; the last page is\n%s", sheet, last)
		}
		lines := strings.Split(strings.TrimSpace(last), "\n") // the first is the page's head
		if len(lines) > 1 && len(pages) > 1 && slices.ContainsFunc(footStarts, func(start string) bool {
			return strings.HasPrefix(lines[1], start)
		}) {
			t.Errorf("%s: the last page holds nothing but the foot:\n%s", sheet, last)
		}
	}
}

// allChecklists are the checklists of an edition, "laeringsmiljoe/tjeklister/sparring-i-skolen".
func allChecklists(t *testing.T, dir string) []string {
	t.Helper()
	files, err := fs.Glob(os.DirFS(dir), "*/tjeklister/*.docx")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(f, ".docx")
	}
	return files
}

// printed is a page's text as printed, one string for each sheet of paper,
// without empty lines.
func printed(t *testing.T, p *export.Printer, html string) []string {
	t.Helper()
	pdf, err := p.Print(t.Context(), html)
	if err != nil {
		t.Fatal(err)
	}
	return pagesOf(t, pdf)
}

// drawn is a heading, or a piece of text, in what pdfinfo tells of a PDF's structure.
var drawn = regexp.MustCompile(`(?ms)^ *(?:H[1-6]\b|"(.*?)"$)`)

// headingStart stands before each heading in what is printed.
const headingStart = "‖"

// printedInOrder is a page's text as printed, in the order of the PDF's structure, so that
// the lines of two columns, or of a point and the box beside it, are not mixed. What is
// hidden from screen readers has no place in the structure; so nothing is hidden from them
// in the copy that is printed.
func printedInOrder(t *testing.T, p *export.Printer, html string) string {
	t.Helper()
	data, err := os.ReadFile(html)
	if err != nil {
		t.Fatal(err)
	}
	bare := strings.TrimSuffix(html, ".html") + "-til-test.html"
	if err := os.WriteFile(bare, bytes.ReplaceAll(data, []byte(` aria-hidden="true"`), nil), 0o644); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(bare)
	pdf, err := p.Print(t.Context(), bare)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdfinfo", "-struct-text", written(t, pdf)).Output()
	if err != nil {
		t.Fatalf("reading the text back: %v", err)
	}
	var b strings.Builder
	for _, m := range drawn.FindAllSubmatch(out, -1) {
		if m[1] == nil {
			b.WriteString(headingStart)
		}
		b.Write(m[1])
	}
	return b.String()
}

// printedByReader is the same as printed from a browser in which scripts run.
func printedByReader(t *testing.T, tab *chromium.Tab, html, anchor string) []string {
	t.Helper()
	address, err := chromium.FileURL(html)
	if err != nil {
		t.Fatal(err)
	}
	if err := tab.Open(address + anchor); err != nil {
		t.Fatal(err)
	}
	pdf, err := chromedp.Run(tab.Context(), chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatal(err)
	}
	return pagesOf(t, pdf)
}

// written is a file with a PDF.
func written(t *testing.T, pdf []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ark.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// pagesOf is the text of a PDF, one string for each page.
func pagesOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", written(t, pdf), "-").Output()
	if err != nil {
		t.Fatalf("reading the text back: %v", err)
	}
	var pages []string
	for page := range bytes.SplitSeq(bytes.TrimSuffix(out, []byte("\f")), []byte("\f")) {
		var lines []string
		for line := range strings.SplitSeq(string(page), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		pages = append(pages, strings.Join(lines, "\n"))
	}
	return pages
}
