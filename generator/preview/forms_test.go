package preview

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// An editor without scripts changes a meeting: the file has it, the page has it, and it
// is undone.
func TestChangeAndUndo(t *testing.T) {
	p := starter(t, Options{})
	before := p.read(meetingFile)
	_, page := p.get("/eksempelmodel/moeder/opfoelgning.html")
	if !strings.Contains(page, `<noscript><p class="fv-uden"><a href="/_/paa?side=%2Feksempelmodel%2Fmoeder%2Fopfoelgning.html">`) {
		t.Error("the page leads to no forms")
	}
	_, page = p.get("/_/paa?side=%2Feksempelmodel%2Fmoeder%2Fopfoelgning.html")
	for _, want := range []string{"Møde: Opfølgningsmøde", "Hvordan går det?", "/_/ny?udgave=", "/_/aendringer"} {
		if !strings.Contains(page, want) {
			t.Errorf("the list of what can be changed has no %s", want)
		}
	}
	f := p.formAt("/_/ret?side=/eksempelmodel/moeder/opfoelgning.html&sted=" + meetingFile + ":11&udgave=")
	f.values.Set("v:kort", "I ser sammen på, \r\nom det virker \"godt\".")
	status, page := f.press("gem")
	if status != http.StatusSeeOther || !strings.Contains(page, "Gemt.") || !strings.Contains(page, "data-fv-gemt") {
		t.Fatalf("%d: %s", status, page)
	}
	after := p.read(meetingFile)
	if !strings.Contains(after, "om det virker") || strings.Contains(after, "\r") || after == before {
		t.Errorf("the file has\n%s", after)
	}
	p.wait("the page shows it", func() bool {
		_, page := p.get("/eksempelmodel/moeder/opfoelgning.html")
		return strings.Contains(page, "om det virker")
	})
	_, list := p.get("/_/aendringer")
	for _, want := range []string{"Opfølgningsmøde", "Kort beskrivelse", "I ser sammen på, om det virker."} {
		if !strings.Contains(list, want) {
			t.Errorf("the list of changes has no %s", want)
		}
	}
	undo := regexp.MustCompile(`name="nr" value="(\d+)"`).FindStringSubmatch(list)
	f.values.Set("nr", undo[1])
	f.values.Del("maal")
	f.action = "/_/aendringer"
	if _, page := f.press(""); !strings.Contains(page, "Fortrudt.") || p.read(meetingFile) != before {
		t.Errorf("it is not undone: %s", page)
	}
}

// What is missing is told at its field and above the form, and what was typed stays. The
// same when the preview was started again meanwhile.
func TestTypedTextStays(t *testing.T) {
	p := starter(t, Options{})
	before := p.files()
	f := p.formAt("/_/ret?maal=" + meeting + "/dagsorden/status")
	f.values.Set("v:tekst", "")
	f.values.Set("v:minutter", "ti")
	status, page := f.press("gem")
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, `href="#felt-minutter-felt"`) ||
		!strings.Contains(page, `aria-invalid="true"`) || !strings.Contains(page, `value="ti"`) || !strings.Contains(page, "fv-fejlliste") {
		t.Errorf("%d: %s", status, page)
	}
	f.values.Set("v:tekst", "Går det godt?")
	f.values.Set("v:minutter", "10")
	f.values.Set("noegle", "FRAENANDENGANG")
	status, page = f.press("gem")
	again := p.fill(page)
	if status != http.StatusConflict || again.values.Get("v:tekst") != "Går det godt?" || again.values.Get("noegle") != p.token ||
		!strings.Contains(page, "startet igen") || p.files() != before {
		t.Errorf("%d: %s", status, page)
	}
	if status, _ := again.press("gem"); status != http.StatusSeeOther || !strings.Contains(p.read(meetingFile), "minutter = 10") {
		t.Errorf("%d; the file has\n%s", status, p.read(meetingFile))
	}
}

// Lists are added to, sorted and emptied without scripts, and nothing is saved meanwhile.
func TestRowsWithoutScripts(t *testing.T) {
	p := starter(t, Options{})
	before := p.files()
	f := p.formAt("/_/ret?maal=" + meeting)
	step := func(button string) {
		t.Helper()
		status, page := f.press(button)
		if status != http.StatusOK || strings.Count(page, " autofocus") != 1 {
			t.Fatalf("%s: %d, %d places have the focus", button, status, strings.Count(page, " autofocus"))
		}
		f = p.fill(page)
	}
	step("tilfoej alias")
	f.values["v:alias"] = []string{"Statusmøde"}
	step("tilfoej alias")
	f.values["v:alias"][1] = "Kvartalsmøde"
	step("op alias 1")
	if got := strings.Join(f.values["v:alias"], "|"); got != "Kvartalsmøde|Statusmøde" {
		t.Errorf("the list is %s", got)
	}
	step("tilfoej kilde")
	f.values["v:kilde"][1], f.values["s:kilde"][1] = "modelbeskrivelse", "kap. 4: mødet"
	step("op kilde 1")
	step("fjern kilde 1")
	if p.files() != before {
		t.Fatal("something is saved")
	}
	if status, page := f.press("gem"); status != http.StatusSeeOther {
		t.Fatalf("%d: %s", status, page)
	}
	for _, want := range []string{`alias = ["Kvartalsmøde", "Statusmøde"]`, `kilde = ["modelbeskrivelse: kap. 4: mødet"]`} {
		if !strings.Contains(p.read(meetingFile), want) {
			t.Errorf("the file has no %s:\n%s", want, p.read(meetingFile))
		}
	}
}

// A new meeting, a point on its agenda, its place, another id and its end.
func TestNewMoveRenameRemove(t *testing.T) {
	p := starter(t, Options{})
	if _, page := p.get("/_/ny"); !strings.Contains(page, "/_/ny?maal=eksempelmodel%2Fmoede%3A") {
		t.Fatalf("meetings can't be begun:\n%s", page)
	}
	f := p.formAt("/_/ny?maal=eksempelmodel/moede:")
	f.values.Set("v:navn", "Nyt møde på tværs")
	f.values.Set("v:indkalder", "koordinator")
	f.values["v:kilde"], f.values["s:kilde"] = []string{"modelbeskrivelse"}, []string{"kap. 9"}
	f.values.Set("kladde", "ja")
	status, page := f.press("gem")
	if status != http.StatusSeeOther || !strings.Contains(p.read(meetingFile), "[moede.nyt-moede-paa-tvaers]") || !strings.Contains(p.read(meetingFile), "kladde = true") {
		t.Fatalf("%d: %s\n%s", status, page, p.read(meetingFile))
	}
	f = p.formAt("/_/ny?maal=" + meeting + "/dagsorden")
	f.values.Set("v:tekst", "Noget helt nyt?")
	if status, page := f.press("gem"); status != http.StatusSeeOther {
		t.Fatalf("%d: %s", status, page)
	}
	_, page = p.get("/_/ret?maal=" + meeting)
	up := regexp.MustCompile(`(?s)name="maal" value="([^"]*/dagsorden/noget-helt-nyt)">(?:<button[^>]*name="op" value="([^"]*)")`).FindStringSubmatch(page)
	if up == nil {
		t.Fatalf("the new point can't be moved up:\n%s", page)
	}
	f.values = map[string][]string{"noegle": {p.token}, "maal": {up[1]}, "op": {up[2]}}
	f.action = "/_/flyt"
	f.press("")
	text := p.read(meetingFile)
	if strings.Index(text, "noget-helt-nyt]") > strings.Index(text, "dagsorden.naeste]") {
		t.Errorf("the point was not moved:\n%s", text)
	}
	f = p.formAt("/_/omdoeb?maal=eksempelmodel/rolle:kontaktperson")
	if !strings.Contains(f.page, "Opfølgningsmøde") {
		t.Errorf("who refers to the role isn't said:\n%s", f.page)
	}
	f.values.Set("id", "paedagog")
	if status, page := f.press(""); status != http.StatusSeeOther || !strings.Contains(p.read(meetingFile), `paedagog = "altid"`) {
		t.Errorf("%d: %s\n%s", status, page, p.read(meetingFile))
	}
	f = p.formAt("/_/slet?maal=eksempelmodel/moede:nyt-moede-paa-tvaers")
	if status, page := f.press(""); status != http.StatusSeeOther || strings.Contains(p.read(meetingFile), "nyt-moede") {
		t.Errorf("%d: %s", status, page)
	}
}

// A file that somebody else changed meanwhile is never written over: both are shown, and
// what is chosen is for what was shown.
func TestTwoWritersOneField(t *testing.T) {
	p := starter(t, Options{})
	f := p.formAt("/_/ret?maal=" + meeting)
	theirs := func(name string) {
		t.Helper()
		text := regexp.MustCompile(`navn = "Opf[^"]*møde"`).ReplaceAllString(p.read(meetingFile), `navn = "`+name+`"`)
		do(t, os.WriteFile(filepath.Join(p.opt.Root, meetingFile), []byte(text), 0o644))
	}
	theirs("Opfindermøde")
	f.values.Set("v:navn", "Mit møde")
	status, page := f.press("gem")
	if status != http.StatusConflict || !strings.Contains(page, "Mit møde") || !strings.Contains(page, "Opfindermøde") {
		t.Fatalf("%d: %s", status, page)
	}
	choice := p.fill(page)
	theirs("Opfyldermøde")
	if status, page = choice.press("gem"); status != http.StatusConflict || !strings.Contains(page, "Opfyldermøde") {
		t.Fatalf("a choice between other versions is taken: %d: %s", status, page)
	}
	choice = p.fill(page)
	if status, page = choice.press("gem"); status != http.StatusSeeOther || !strings.Contains(p.read(meetingFile), `navn = "Mit møde"`) {
		t.Errorf("%d: %s\n%s", status, page, p.read(meetingFile))
	}
}

// What was deleted meanwhile is not written over: one can make it again, or let it be.
func TestDeletedWhileOneWrites(t *testing.T) {
	p := starter(t, Options{})
	p.get("/")
	f := p.formAt("/_/ret?maal=" + meeting + "/dagsorden/status")
	was := p.read(meetingFile)
	table := regexp.MustCompile(`(?s)\[moede.opfoelgning.dagsorden.status\].*?\n\n`)
	do(t, os.WriteFile(filepath.Join(p.opt.Root, meetingFile), []byte(table.ReplaceAllString(was, "")), 0o644))
	f.values.Set("v:tekst", "Hvordan går det nu?")
	status, page := f.press("gem")
	if status != http.StatusConflict || !strings.Contains(page, "slettet i") || !strings.Contains(page, "Lav det igen") ||
		strings.Contains(p.read(meetingFile), "går det nu") {
		t.Fatalf("%d: %s", status, page)
	}
	choice := p.fill(page)
	if status, page = choice.press("gem"); status != http.StatusSeeOther || !strings.Contains(page, "Hvordan går det nu?") ||
		!strings.Contains(p.read(meetingFile), "[moede.opfoelgning.dagsorden.status]\ntekst = \"Hvordan går det nu?\"\n") {
		t.Errorf("%d: %s\n%s", status, page, p.read(meetingFile))
	}
}

// All that was done since the start is undone at once, the newest first, to the first bytes.
func TestUndoAll(t *testing.T) {
	p := starter(t, Options{})
	p.get("/")
	first := p.files()
	for _, change := range []struct{ address, field, text, button string }{
		{"ret?maal=" + meeting, "v:navn", "Statusmøde", "gem"},
		{"ret?maal=" + meeting, "v:navn", "Kvartalsmøde", "gem"},
		{"ny?maal=" + meeting + "/dagsorden", "v:tekst", "Hvad nu?", "gem"},
		{"omdoeb?maal=" + meeting, "id", "kvartalsmoede", ""},
		{"ret?maal=eksempel/eksempelmodel/moede:kvartalsmoede", "v:sted", "På skolen", "gem"},
		{"slet?maal=eksempelmodel/opgave:fortael", "sikker", "ja", ""},
	} {
		f := p.formAt("/_/" + change.address)
		f.values.Set(change.field, change.text)
		if status, page := f.press(change.button); status != http.StatusSeeOther {
			t.Fatalf("%s: %d: %s", change.address, status, page)
		}
	}
	_, page := p.get("/_/aendringer")
	f := p.fill(strings.Replace(page, `<form method="post" action="/_/aendringer">`,
		`<form method="post" action="/_/aendringer" class="fv-skema">`, 1))
	if status, page := f.press("alle"); status != http.StatusOK || !strings.Contains(page, "6 ændringer er fortrudt.") {
		t.Errorf("%d: %s", status, page)
	}
	if p.files() != first {
		t.Errorf("not all is as it was:\n%s", p.files())
	}
}

// How often something happens is filled in as a sentence, in one group.
func TestCadenceIsASentence(t *testing.T) {
	p := starter(t, Options{})
	p.get("/")
	cadence := regexp.MustCompile(`\[kadence\.([a-z-]+)\]`).FindStringSubmatch(p.read("content/modeller/eksempelmodel/moeder.toml"))
	f := p.formAt("/_/ret?maal=eksempelmodel/kadence:" + cadence[1])
	group := regexp.MustCompile(`(?s)<legend>Hvor tit</legend>.*?</fieldset>`).FindString(f.page)
	plain := strings.Join(strings.Fields(regexp.MustCompile(`(?s)<select.*?</select>|<[^>]*>`).ReplaceAllString(group, " ")), " ")
	if want := "Hvor tit hver til eller til gange i enheden ovenfor eller til gange om året"; !strings.HasPrefix(plain, want) {
		t.Errorf("the group reads %q:\n%s", plain, f.page)
	}
	f.values.Set("v:hver", "tre")
	if status, page := f.press("gem"); status != http.StatusUnprocessableEntity || !strings.Contains(page, `href="#felt-hver-felt"`) {
		t.Errorf("%d: %s", status, page)
	}
	f.values.Set("v:hver", "2")
	f.values.Set("v:udtryk", "")
	if status, page := f.press("gem"); status != http.StatusSeeOther {
		t.Errorf("%d: %s", status, page)
	}
}

// In a municipality's form the national wording stands beside, and what can't be changed
// says why.
func TestMunicipalitysForm(t *testing.T) {
	p := starter(t, Options{})
	f := p.formAt("/_/ret?maal=eksempel/" + meeting)
	if !strings.Contains(f.page, "Det kan ikke ændres her") {
		t.Errorf("it isn't said what can't be changed:\n%s", f.page)
	}
	f.values.Set("v:sted", "På skolen")
	if status, page := f.press("gem"); status != http.StatusSeeOther {
		t.Fatalf("%d: %s", status, page)
	}
	if text := p.read("content/kommuner/eksempel/modeller/eksempelmodel/moeder.toml"); !strings.Contains(text, `sted = "På skolen"`) {
		t.Errorf("the overlay has\n%s", text)
	}
}
