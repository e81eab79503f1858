package export

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"

	"modelhaandbog/assets"
	"modelhaandbog/generator/needs"
	"modelhaandbog/generator/wording"
)

// published is a script of ours with its words in it.
func published(t *testing.T, name string) []byte {
	t.Helper()
	source, err := assets.FS.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return wording.Standard().Script(source)
}

// The calendar's arithmetic, and what an outside parser reads in its file.
func TestCalendarScript(t *testing.T) {
	node, parser := needs.Program(t, "node"), needs.NPM(t, "ical.js/dist/ical.js")
	script := filepath.Join(t.TempDir(), "kalender.js")
	if err := os.WriteFile(script, published(t, "kalender.js"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, "testdata/kalender.test.js", script, parser)
	cmd.Env = append(os.Environ(), "TZ=America/Los_Angeles") // the reader's own zone must not matter
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// What is sent to readers stays small, and asks for nothing that the strict
// Content-Security-Policy and the cookie rules forbid.
func TestScriptsAreSmallAndKeepNothing(t *testing.T) {
	for file, limit := range map[string]int{"tjekliste.js": 1500, "kalender.js": 3500, "vurdering.js": 1500} {
		source := published(t, file)
		m := minify.New()
		m.AddFunc("text/javascript", js.Minify)
		small, err := m.Bytes("text/javascript", source)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		z.Write(small)
		z.Close()
		if b.Len() > limit {
			t.Errorf("%s: %d bytes gzipped, at most %d", file, b.Len(), limit)
		}
		for _, banned := range []string{"innerHTML", "localStorage", "sessionStorage", "indexedDB", "cookie", "fetch(", "XMLHttp", "eval(", ".style", "sendBeacon"} {
			if bytes.Contains(source, []byte(banned)) {
				t.Errorf("%s uses %s", file, banned)
			}
		}
	}
}

// reader opens a page with a script of ours from file://, under the policy of
// the published pages, in a real browser. Downloads go to the folder returned.
func reader(t *testing.T, script, body string) (context.Context, string) {
	t.Helper()
	dir := t.TempDir()
	page := `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Prøve</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:; form-action 'none'; base-uri 'none'"></head><body>` + body +
		`<script src="` + script + `"></script></body></html>`
	for name, data := range map[string]string{"side.html": page, "anden.html": "<!doctype html><title>Anden</title>", script: string(published(t, script))} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithTimeout(needs.Tab(t).Context(), time.Minute)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+dir+"/side.html")); err != nil {
		t.Fatal(err)
	}
	return ctx, dir
}

// ask returns what an expression says in the page.
func ask(t *testing.T, ctx context.Context, expression string) string {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[any](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	if s, ok := v.(string); ok {
		return s
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func expect(t *testing.T, ctx context.Context, expression, want string) {
	t.Helper()
	if got := ask(t, ctx, expression); got != want {
		t.Errorf("%s is %q, want %q", expression, got, want)
	}
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func downloads(dir string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, chromedp.FromContext(ctx).Browser, browser.SetDownloadBehavior,
			browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir})
		return chromedp.Void{}, err
	}
}

const checklistPage = `<section class="tjek" data-tjekliste><h2>Før mødet</h2>
<ul class="tjekliste"><li class="tjek-punkt"><span class="tjek-boks" aria-hidden="true"></span><span class="tjek-tekst" id="a">Spørg <a href="anden.html">barnet</a></span></li>
<li class="tjek-punkt"><span class="tjek-boks" aria-hidden="true"></span><span class="tjek-tekst" id="b">Send dagsorden</span></li></ul>
<h3>Efter</h3><ul class="tjekliste"><li class="tjek-punkt"><span class="tjek-boks" aria-hidden="true"></span><span class="tjek-tekst" id="c">Journalisér</span></li></ul></section>
<section data-tjekliste><p>Ingen punkter</p></section>`

func TestChecklistInABrowser(t *testing.T) {
	ctx, _ := reader(t, "tjekliste.js", checklistPage)
	status := `document.querySelector("[role=status].tjek-status").textContent`
	ticked := `[...document.querySelectorAll("input")].map(b => +b.checked).join("")`
	expect(t, ctx, `document.querySelectorAll(".tjek-status").length`, "1")
	expect(t, ctx, `[...document.querySelectorAll("input")].map(b => b.labels[0].textContent).join("|")`, "Spørg barnet|Send dagsorden|Journalisér")
	expect(t, ctx, status, "0 af 3 klaret")

	do(t, ctx, chromedp.Focus("input"), chromedp.SendKeys("input", " "))
	expect(t, ctx, ticked, "100")
	expect(t, ctx, status, "1 af 3 klaret")
	do(t, ctx, chromedp.Click("#c")) // the text is the box's label
	expect(t, ctx, ticked, "101")
	expect(t, ctx, status, "2 af 3 klaret")

	// Away and back within the visit: the ticks stand.
	do(t, ctx, chromedp.Click("#a a"), chromedp.WaitReady("body:empty"), chromedp.NavigateBack(), chromedp.WaitReady("#c"))
	expect(t, ctx, ticked, "101")
	expect(t, ctx, status, "2 af 3 klaret")

	do(t, ctx, chromedp.Click("#b"))
	expect(t, ctx, ticked, "111")
	expect(t, ctx, `document.querySelector(".tjek-ryd").getAttribute("aria-label")`, "Ryd Før mødet")
	do(t, ctx, chromedp.Click(".tjek-ryd"))
	expect(t, ctx, ticked, "000")
	expect(t, ctx, status, "0 af 3 klaret")
	expect(t, ctx, `localStorage.length + sessionStorage.length + document.cookie.length`, "0")
}

// An assessment adds up as it is answered, says what the sum means when all is answered, and
// forgets.
func TestAssessmentInABrowser(t *testing.T) {
	point := func(name string) string {
		return `<fieldset class="vurder-punkt"><legend>Punkt</legend><input type="radio" name="` + name + `" value="1"><input type="radio" name="` + name + `" value="3"></fieldset>`
	}
	sum := func(of, most string) string {
		return `<p class="vurder-sum" data-navn="` + of + `" data-mindst="1" data-hoejst="` + most + `" data-graenser="2 I gang;4 På plads">Sum <span class="vurder-felt"></span></p>`
	}
	ctx, _ := reader(t, "vurdering.js", `<section data-vurdering><div class="vurder-del">`+point("a")+sum("Ledelse", "3")+
		`</div><div class="vurder-del">`+point("b")+sum("Hjem", "3")+`</div>`+sum("I alt", "6")+`</section>`)
	const status, profile = `document.querySelector("[role=status]").textContent`,
		`[...document.querySelectorAll(".vurder-profil dd span")].map((s) => s.textContent).join("; ")`
	expect(t, ctx, status, "0 af 2 punkter vurderet. Sum 0 af 6.")
	do(t, ctx, chromedp.Click(`[name=a][value="3"]`))
	expect(t, ctx, status, "1 af 2 punkter vurderet. Sum 3 af 6.")
	do(t, ctx, chromedp.Click(`[name=b][value="1"]`))
	expect(t, ctx, status, "2 af 2 punkter vurderet. Sum 4 af 6: På plads.")
	expect(t, ctx, profile, "3 / 3 – I gang; 1 / 3; 4 / 6 – På plads")
	expect(t, ctx, `[...document.querySelectorAll(".vurder-felt")].map((s) => s.textContent).join()`, "3,1,4")
	do(t, ctx, chromedp.Click("button"))
	expect(t, ctx, status, "0 af 2 punkter vurderet. Sum 0 af 6.")
}

// A list without a heading of its own clears what its page is called, not what
// its first group is called.
func TestChecklistNames(t *testing.T) {
	const list = `<section data-tjekliste><div><h3>Før mødet</h3><ul class="tjekliste"><li class="tjek-punkt"><span class="tjek-tekst">Spørg</span></li></ul></div></section>`
	ctx, _ := reader(t, "tjekliste.js", `<h1>Kursuspakke</h1><h2>Opfølgning</h2>`+list+`<h2>Overgang</h2>`+list)
	expect(t, ctx, `[...document.querySelectorAll(".tjek-ryd")].map(b => b.getAttribute("aria-label")).join("|")`, "Ryd Opfølgning|Ryd Overgang")
}

func TestCalendarInABrowser(t *testing.T) {
	ctx, dir := reader(t, "kalender.js", `<form class="kalender" hidden data-titel="Opfølgningsmøde" data-interval="6" data-enhed="uge" data-max="8" data-varighed="60" data-sted="Skolen"></form>
<form class="kalender" hidden data-titel="Startmøde"></form>`)
	expect(t, ctx, `document.querySelectorAll("form[hidden]").length`, "0")
	expect(t, ctx, `[...document.forms[0].querySelectorAll("input,select")].map(f => f.labels[0].textContent).join("|")`,
		"Dato for det første møde|Klokkeslæt|Varighed i minutter|Uger mellem møderne|Antal møder|Påmindelse")
	expect(t, ctx, `document.forms[1].querySelectorAll("input,select").length`, "4")
	expect(t, ctx, `document.querySelector(".kalender-datoer").childElementCount`, "0")

	expect(t, ctx, `(() => { const f = document.forms[0]; f.dato.value = "2026-05-02"; f.antal.value = "3"; f.interval.value = "7";
		f.dispatchEvent(new Event("input")); return [...f.querySelectorAll("li")].map(l => l.textContent).join("|") })()`,
		"mandag 4. maj 2026 – flyttet fra lørdag 2. maj|mandag 22. juni 2026 – flyttet fra lørdag 20. juni|mandag 10. august 2026 – flyttet fra lørdag 8. august")
	expect(t, ctx, `document.querySelector(".kalender-status").textContent`, "3 møder, 3 flyttet")

	do(t, ctx, downloads(dir), chromedp.Click("form .kalender-hent"))
	file := filepath.Join(dir, "opfoelgningsmoede-2026-05-02.ics")
	for _, err := os.Stat(file); err != nil && ctx.Err() == nil; _, err = os.Stat(file) {
		time.Sleep(20 * time.Millisecond)
	}
	ics, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(ics), "\r\n")
	for _, want := range []string{"DTSTART;TZID=Europe/Copenhagen:20260504T090000", "DTEND;TZID=Europe/Copenhagen:20260810T100000", "SUMMARY:Opfølgningsmøde", "LOCATION:Skolen", "TRIGGER:-P1D"} {
		if !slices.Contains(lines, want) {
			t.Errorf("the file lacks %s:\n%s", want, ics)
		}
	}
}
