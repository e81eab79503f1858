package sitetest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/chromium"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/needs"
)

// madeCalendar is the file that a reader gets of the meeting on the page: the script
// makes it, and it is caught on its way to the reader's folder.
const madeCalendar = `(async () => {
	let file;
	URL.createObjectURL = (blob) => { file = blob; return "about:blank"; };
	HTMLAnchorElement.prototype.click = () => {};
	const form = document.querySelector("form.kalender");
	form.querySelector("[type=date]").value = "2027-01-12";
	form.requestSubmit();
	return await file.text();
})()`

// TestMarksInCalendars makes the calendar of each meeting that has one, in a browser, and
// reads back what its entries say.
func TestMarksInCalendars(t *testing.T) {
	tab := needs.Tab(t)
	for _, h := range handbooks(t) {
		var bad []string
		var n, local, caveats, derived int
		for _, p := range h.book.Pages {
			claim, ok := h.claims[p.Pos]
			file := filepath.Join(h.dir, filepath.FromSlash(p.Path))
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !ok || p.Kind != "moede" || !strings.Contains(string(data), `<form class="kalender"`) {
				continue
			}
			text := entry(t, tab, file)
			n++
			m := marked{claim: claim, caveat: h.caveats[claim.ID]}
			for _, f := range m.force() {
				if !strings.Contains(text, f) {
					bad = append(bad, fmt.Sprintf("%s: the calendar doesn't say %q", p.Path, f))
				}
			}
			for _, key := range []string{"indkalder", "kadencer"} {
				if slices.Contains(claim.Marks.Derived, key) {
					derived++
					if !strings.Contains(text, "†") {
						bad = append(bad, p.Path+": the calendar doesn't mark "+key)
					}
				}
			}
			if strings.Contains(text, "†") != strings.Contains(text, "†:redaktionens") {
				bad = append(bad, p.Path+": the calendar doesn't say what † means")
			}
			if m.caveat != "" {
				caveats++
			}
			if !strings.Contains(text, squeeze(m.caveat)) {
				bad = append(bad, p.Path+": the calendar lacks the caveat")
			}
			often := h.cadence(claim.ID)
			if !strings.Contains(text, squeeze(string(often.Force))) {
				bad = append(bad, fmt.Sprintf("%s: the calendar doesn't say that how often is %q", p.Path, often.Force))
			}
			if often.LocalOften() && !strings.Contains(text, "(lokalt)") && !claim.At.Local() {
				bad = append(bad, p.Path+": the calendar doesn't say that how often is local")
			}
			if often.At.Key("udtryk").Local() {
				local++
				if national := squeeze(often.At.Key("udtryk").National()); !strings.Contains(text, "lokalt") || !strings.Contains(text, national) {
					bad = append(bad, p.Path+": the calendar doesn't say that how often is local, nor what the model asks")
				}
			}
		}
		t.Logf("%s: %d calendars, %d local, %d with a caveat, %d derived facets", h.name, n, local, caveats, derived)
		if n == 0 || h.name != "national" && local == 0 {
			t.Errorf("%s: too few calendars to tell: %d, %d local", h.name, n, local)
		}
		none(t, bad, nil)
	}
}

// entry is what each entry of a page's calendar says; all say the same.
func entry(t *testing.T, tab *chromium.Tab, file string) string {
	t.Helper()
	address, err := chromium.FileURL(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := tab.Open(address); err != nil {
		t.Fatal(err)
	}
	ics, err := chromium.Eval[string](tab, madeCalendar)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	ics = strings.ReplaceAll(ics, "\r\n ", "") // unfolded, RFC 5545, 3.1
	var texts []string
	for line := range strings.SplitSeq(ics, "\r\n") {
		if text, ok := strings.CutPrefix(line, "DESCRIPTION:"); ok && strings.Contains(text, "\\n") {
			texts = append(texts, squeeze(strings.NewReplacer("\\n", "\n", "\\,", ",", "\\;", ";", "\\\\", "\\").Replace(text)))
		}
	}
	if len(texts) != strings.Count(ics, "BEGIN:VEVENT") || len(texts) == 0 {
		t.Fatalf("%s: not every entry says what the meeting is for:\n%s", file, ics)
	}
	return slices.MinFunc(texts, func(a, b string) int { return len(a) - len(b) }) // others also say that the day was moved
}

// cadence is the first cadence of a meeting that tells its days.
func (h handbook) cadence(id string) model.Cadence {
	for _, m := range h.book.Handbook.Models {
		for _, mt := range m.Meetings() {
			if m.ID+"/moede:"+mt.ID != id {
				continue
			}
			for _, c := range mt.Cadences {
				if c.To != nil && c.To.Every > 0 && c.To.Unit != "aar" {
					return *c.To
				}
			}
		}
	}
	return model.Cadence{}
}
