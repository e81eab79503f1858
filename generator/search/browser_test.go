package search

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"modelhaandbog/assets"
	"modelhaandbog/generator/needs"
	"modelhaandbog/generator/wording"
)

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

const testPage = `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Prøve</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'">
<script src="SOEG" defer></script></head><body>
<form role="search" class="soeg" action="RODsoeg.html" method="get" data-indeks="RODsoeg-indeks.js" data-rod="ROD">
<label for="q">Søg i håndbogen</label><input type="search" id="q" name="q"><button>Søg</button></form>
<main><h1>Prøve</h1><textarea id="felt"></textarea>MAIN</main></body></html>`

func pageHTML(root, main string) string {
	return strings.NewReplacer("ROD", root, "SOEG", root+"soeg.js", "MAIN", main).Replace(testPage)
}

// site writes an edition of a few pages that can be opened from file://.
func site(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	js, err := assets.FS.ReadFile("soeg.js")
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "soeg.js", string(wording.Standard().Script(js)))
	write(t, dir, "soeg-indeks.js", string(build(handbook(t), testSynonyms)))
	write(t, dir, "soeg.html", pageHTML("", `<div id="soegeresultater" data-indeks="soeg-indeks.js" data-rod=""></div>`))
	write(t, dir, "indeks.html", pageHTML("", ""))
	moeder := filepath.Join(dir, "laeringsmiljoe", "moeder")
	if err := os.MkdirAll(moeder, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, moeder, "opfoelgningsmoede.html", pageHTML("../../", `<h2 id="kadence">Kadence</h2>`))
	write(t, moeder, "oppfolgningsmode.html", pageHTML("../../",
		`<div data-soeg-fra-adresse data-indeks="../../soeg-indeks.js" data-rod="../../"></div>`))
	return "file://" + dir + "/"
}

// browser opens a tab in a headless Chromium with a profile of its own.
func browser(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(needs.Tab(t).Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// walk is one reader at one browser.
type walk struct {
	t   *testing.T
	ctx context.Context
}

func (w walk) do(actions ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, actions...); err != nil {
		w.t.Fatal(err)
	}
}

// see waits until a JavaScript expression has the value want.
func (w walk) see(expression, want string) {
	w.t.Helper()
	var got string
	var err error
	for range 200 {
		got, err = chromedp.Run(w.ctx, chromedp.Evaluate[string](`String(`+expression+`)`))
		if err == nil && got == want {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	w.t.Fatalf("%s is %q, want %q (%v)", expression, got, want, err)
}

// press types texts and keys. A character goes with the event of its key, as
// from a keyboard, so that a page may refuse it.
func (w walk) press(keys ...string) {
	w.t.Helper()
	for _, r := range strings.Join(keys, "") {
		events := kb.Encode(r)
		if len(events) == 3 {
			events[0].Text = events[1].Text
			events = []*input.DispatchKeyEventParams{events[0], events[2]}
		}
		for _, e := range events {
			w.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
				_, err := cdp.Call(ctx, target, input.DispatchKeyEvent, *e)
				return err
			}))
		}
	}
}

func TestAsAReaderMeetsIt(t *testing.T) {
	ctx := browser(t)
	for _, walkthrough := range []struct {
		name string
		take func(walk)
	}{
		{"reader searches from the keyboard", readerSearchesFromTheKeyboard},
		{"reader is told of nothing found", readerIsToldOfNothingFound},
		{"reader clicks a result", readerClicksAResult},
		{"search page", searchPage},
		{"wrong address is searched", wrongAddressIsSearched},
		{"missing index is said", missingIndexIsSaid},
	} {
		t.Run(walkthrough.name, func(t *testing.T) { walkthrough.take(walk{t, ctx}) })
	}
}

func readerSearchesFromTheKeyboard(w walk) {
	root := site(w.t)
	w.do(chromedp.Navigate(root + "laeringsmiljoe/moeder/opfoelgningsmoede.html"))

	// "/" moves to the search, and nothing is loaded before that.
	w.see(`typeof window.haandbogIndeks`, "undefined")
	w.press("/")
	w.see(`document.activeElement.id + document.activeElement.value`, "q")
	w.see(`typeof window.haandbogIndeks`, "object")

	w.press("kadence opfølgningsmøde")
	w.see(status, "5 resultater")
	w.see(expanded, "true")
	w.see(`document.getElementById(q.getAttribute('aria-controls')).getAttribute('role')`, "listbox")
	w.see(`q.getAttribute('aria-activedescendant')`, "null")
	w.see(`document.querySelectorAll('.soeg-liste [role=option]').length`, "5")
	w.see(`document.querySelector('.soeg-resultat .soeg-slags').textContent`, "Møde · Styrket læringsmiljø")
	w.see(`document.querySelector('.soeg-resultat .soeg-uddrag').textContent`,
		"Kadence: Opfølgningsmødet holdes ca. hver tredje måned.")
	w.see(`[...document.querySelector('.soeg-resultat').querySelectorAll('mark')].map((m) => m.textContent)`,
		"Opfølgningsmødet")

	// Arrows go round by way of the input; Home and End go to the ends.
	w.press(kb.ArrowDown)
	w.see(selected, "0")
	w.see(`q.getAttribute('aria-activedescendant')`, "soeg-liste-1-0")
	w.press(kb.ArrowUp)
	w.see(selected, "")
	w.press(kb.ArrowUp)
	w.see(selected, "4")
	w.press(kb.Home)
	w.see(selected, "0")
	w.press(kb.End)
	w.see(selected, "4")

	// Escape closes and keeps the words; an arrow opens again; Tab leaves.
	w.press(kb.Escape)
	w.see(expanded, "false")
	w.see(`q.value`, "kadence opfølgningsmøde")
	w.press(kb.ArrowDown)
	w.see(expanded, "true")
	w.press(kb.Tab)
	w.see(expanded, "false")
	w.see(`document.activeElement.textContent`, "Søg")

	// In a field "/" is a letter.
	w.do(chromedp.Focus("#felt"))
	w.press("/")
	w.see(`felt.value`, "/")

	// Enter on a result goes to its section.
	w.do(chromedp.Focus("#q"))
	w.press("!")
	w.see(expanded, "true")
	w.press(kb.ArrowDown, kb.Enter)
	w.see(`location.href`, root+"laeringsmiljoe/moeder/opfoelgningsmoede.html#kadence")
}

func readerIsToldOfNothingFound(w walk) {
	w.do(chromedp.Navigate(site(w.t)+"indeks.html"), chromedp.Focus("#q"))
	w.press("qxzwv")
	w.see(status, "Ingen resultater")
	w.see(expanded, "false")
	w.press(strings.Repeat(kb.Backspace, 5), "sagstal")
	w.see(status, "1 resultat")
}

func readerClicksAResult(w walk) {
	root := site(w.t)
	w.do(chromedp.Navigate(root+"laeringsmiljoe/moeder/opfoelgningsmoede.html"), chromedp.Focus("#q"))
	w.press("barnet")
	// The list is open from the first letters on; its last line says for which.
	w.see(`document.querySelector(".soeg-alle")?.dataset.adresse.split("?")[1]`, "q=barnet")
	w.do(chromedp.Click(".soeg-alle"))
	w.see(`location.href`, root+"soeg.html?q=barnet")
}

func searchPage(w walk) {
	root := site(w.t)
	w.do(chromedp.Navigate(root+"indeks.html"), chromedp.Focus("#q"))
	w.press("sagstal", kb.Enter)
	w.see(`location.href`, root+"soeg.html?q=sagstal")
	w.see(`document.title`, "1 resultat for ”sagstal” – Prøve")
	w.see(`document.querySelector('h2.soeg-antal').textContent`, "1 resultat for ”sagstal”")
	w.see(`q.value`, "sagstal")
	w.see(`document.querySelector('.soeg-resultat a').getAttribute('href')`, "forebyggelse/myndighed.html#sagstal")
	w.see(`document.querySelector('.soeg-resultat .soeg-slags').textContent`, "Område · Strategisk ramme")

	// What a reader types is shown as text.
	w.do(chromedp.Navigate(root + "soeg.html?q=%3Cimg%20src=x%3E"))
	w.see(`document.querySelector('h2.soeg-antal').textContent`, "Ingen resultater for ”<img src=x>”")
	w.see(`document.querySelector('.soeg-ingen a').getAttribute('href')`, "indeks.html")
	w.see(`document.querySelectorAll('main img').length`, "0")
}

func wrongAddressIsSearched(w walk) {
	w.do(chromedp.Navigate(site(w.t) + "laeringsmiljoe/moeder/oppfolgningsmode.html"))
	w.see(`document.querySelector('h2.soeg-antal').textContent`, "Mente du en af disse sider?")
	w.see(`[...document.querySelectorAll('.soeg-resultat a')].some((a) =>
		a.getAttribute('href').startsWith('../../laeringsmiljoe/moeder/opfoelgningsmoede.html'))`, "true")
}

func missingIndexIsSaid(w walk) {
	root := site(w.t)
	if err := os.Remove(strings.TrimPrefix(root, "file://") + "soeg-indeks.js"); err != nil {
		w.t.Fatal(err)
	}
	w.do(chromedp.Navigate(root+"indeks.html"), chromedp.Focus("#q"))
	w.press("sagstal")
	w.see(status, "Søgningen kunne ikke hentes")
}

// What the walks look at. Ids are global variables of a page.
const (
	status   = `document.querySelector('.soeg-status').textContent`
	expanded = `q.getAttribute('aria-expanded')`
	selected = `[...document.querySelectorAll('.soeg-liste [role=option]')]
		.map((o, i) => o.getAttribute('aria-selected') === 'true' ? i : '').join('')`
)
