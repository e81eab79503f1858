package sitetest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/chromium"
	"modelhaandbog/generator/needs"
)

// answer is what stands on a page's first screen.
type answer struct {
	page  string
	parts [][2]string // selector, words
}

// answers are what a page's readers come for: what a selector finds that begins with the
// words.
var answers = []answer{
	{"laeringsmiljoe/moeder/opfoelgningsmoede.html", [][2]string{
		{".svar dt", "Indkalder"}, {".svar dt", "Hvor tit"}, {".svar dt", "Er altid med"},
		{".former a", "Mødeark"}, {"#dagsorden ~ ol > li", "Status på målene"}}},
	{"forebyggelse/moeder/opfoelgning-paa-indsats.html", [][2]string{
		{".svar dt", "Indkalder"}, {".former a", "Mødeark"}, {"#dagsorden ~ ol > li", ""}}},
	{"laeringsmiljoe/roller/laeringsvejleder.html", [][2]string{{"#opgaver ~ ul summary", "Giv løbende sparring"}}},
	{"laeringsmiljoe/roller/plejeforaeldre.html", [][2]string{
		{"#regn-med ~ ul > li", "Læringsvejlederen kommer"}, {"#regn-med ~ ul dt", "Hvor tit"},
		{"#regn-med ~ ul > li", "Læringsvejlederen giver dig sparring"}}},
	{"laeringsmiljoe/roller/barnet.html", [][2]string{
		{"#regn-med ~ ul > li", "En voksen, læringskoordinatoren"}, {"#regn-med ~ ul > li", "Du er med til at sætte mål"}}},
	{"laeringsmiljoe/faser/faelles-maal.html", [][2]string{{".svar dt", "Ansvarlig"}, {".svar dt", "Møde"},
		{".svar dt", "Når fasen er slut, har I"}, {"#det-sker-der ~ ol > li", "Barnet inddrages"}}},
	{"laeringsmiljoe/kerneelementer/systematisk-afdaekning.html", [][2]string{
		{"#aktiviteter ~ ul summary", "Hyppig opfølgning"}}},
	{"forebyggelse/omraader/almenomraadet.html", [][2]string{{"#elementer ~ ul summary", "Skole som"}}},
	{"index.html", [][2]string{{".velkomst-mere a", "Næste skridt"}, {".velkomst .kort", "Forbered et møde"}}},
}

// meetings are the pages of an edition's meetings with what their readers come for. A
// meeting that the source has no agenda for says so.
func meetings(t *testing.T, edition string) []answer {
	t.Helper()
	dir := realSite(t)
	sheets, err := filepath.Glob(filepath.Join(dir, edition, "*", "moeder", "*-ark.html"))
	if err != nil || len(sheets) < 10 {
		t.Fatalf("%d meetings in %q: %v", len(sheets), edition, err)
	}
	var out []answer
	for _, sheet := range sheets {
		file := strings.TrimSuffix(sheet, "-ark.html") + ".html"
		html, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		agenda := [2]string{"#dagsorden ~ * li:not(:has(li))", ""}
		if !strings.Contains(string(html), `id="dagsorden"`) {
			agenda = [2]string{".svar dt", "Dagsorden"}
		}
		page, err := filepath.Rel(dir, file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, answer{page, [][2]string{{".svar dt", "Indkalder"}, {".svar dt", "Hvor"},
			{".svar dt", "Er altid med"}, {".former a", "Mødeark"}, agenda}})
	}
	return out
}

// ends is where the first of what a selector finds ends on the page, in pixels: the first
// line that begins with the words. It is 1e9 where nothing visible does.
const ends = `((selector, words) => {
	const found = [...document.querySelectorAll(selector)].find((e) =>
		e.checkVisibility() && e.innerText.trim().startsWith(words));
	if (!found) return 1e9;
	const range = document.createRange();
	range.selectNodeContents(found);
	return Math.min(...[...range.getClientRects()].map((line) => line.bottom)) + scrollY;
})`

// What the readers of each kind of page come for stands on the first screen, at a desk and
// on a phone: as a municipality has it, and for meetings also nationally and with all that a
// municipality may add.
func TestAnswerOnTheFirstScreen(t *testing.T) {
	tab := needs.Tab(t)
	all := slices.Concat(meetings(t, ""), meetings(t, "kommuner/eksempel"))
	for _, a := range answers {
		all = append(all, answer{filepath.Join("kommuner/odense", a.page), a.parts})
	}
	for _, view := range []chromium.View{{Width: 1280, Height: 900}, {Width: 360, Height: 780}} {
		if err := tab.Show(view); err != nil {
			t.Fatal(err)
		}
		for _, a := range all {
			if err := tab.Open(fileURL(t, a.page)); err != nil {
				t.Fatal(err)
			}
			for _, p := range a.parts {
				y, err := chromium.Eval[float64](tab, ends+`("`+p[0]+`", "`+p[1]+`")`)
				if err != nil {
					t.Fatal(err)
				}
				if y > float64(view.Height) {
					t.Errorf("%s, %d px: %s %q ends at %.0f px, below the first screen", a.page, view.Width, p[0], p[1], y)
				}
			}
		}
	}
}
