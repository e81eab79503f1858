package search

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

const soegJS = "../../assets/soeg.js"

// runNode runs soeg.js, the index and a program in node and decodes what the
// program prints. given is the program's variable "input".
func runNode(t *testing.T, index []byte, program string, given, output any) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("node is needed to compare soeg.js with Go; install it with: apt-get install nodejs")
	}
	dir := t.TempDir()
	in, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	script, err := filepath.Abs(soegJS)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "soeg-indeks.js", string(index))
	write(t, dir, "input.json", string(in))
	write(t, dir, "main.js", `
const fs = require('fs'), vm = require('vm');
globalThis.window = globalThis;
vm.runInThisContext(fs.readFileSync(__dirname + '/soeg-indeks.js', 'utf8'));
vm.runInThisContext(fs.readFileSync(process.argv[2], 'utf8'));
const { makeStemmer, makeEngine } = haandbogSoeg;
const index = haandbogIndeks;
const input = JSON.parse(fs.readFileSync(__dirname + '/input.json', 'utf8'));
const output = (() => {`+program+`})();
fs.writeSync(1, JSON.stringify(output));`)
	out, err := exec.Command(node, filepath.Join(dir, "main.js"), script).CombinedOutput()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, out)
	}
	if err := json.Unmarshal(out, output); err != nil {
		t.Fatalf("node printed %.500s: %v", out, err)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Every word of the list, alone and with every ending that the stemmer knows,
// has the same stem in the browser as in Go.
func TestStemmersAgreeWordForWord(t *testing.T) {
	var words []string
	endings := strings.Fields("e en er et ene erne ens s es heden lig elig igst els løst edt ende ered nn gtig")
	for _, w := range wordList(t) {
		words = append(words, w)
		for _, ending := range endings {
			words = append(words, w+ending)
		}
	}
	for _, row := range exceptionForms {
		for _, w := range strings.Fields(row) {
			words = append(words, w, "pleje"+w, "x"+w)
		}
	}
	words = append(words, "", "a", "æ", "S", "ß", "ÆBLE", "idéer", "A\u030ar")
	var got []string
	runNode(t, Build(nil, nil).Script(), `const stem = makeStemmer(index.undtagelser); return input.map(stem);`, words, &got)
	wrong := 0
	for i, w := range words {
		if got[i] != Stem(w) && wrong < 20 {
			wrong++
			t.Errorf("%q: Go has %q, JavaScript %q", w, Stem(w), got[i])
		}
	}
	t.Logf("%d words", len(words))
}

// The same queries give the same results in the same order, with the same
// scores and sentences.
func TestBrowserAnswersLikeGo(t *testing.T) {
	docs := append(handbook(t), glossary, Doc{Path: "x.html", Title: `</script> "\ ~`, Summary: "Æble og idé – Ærø, IKT & ØL."})
	var texts []string
	for _, w := range queries(t) {
		texts = append(texts, w.query)
	}
	texts = append(texts, "m", "mø", "Møde.", "hvem er hvem", "ærø", "fraværsmøde", "begreb opsporing", "nøgletal", "tidlig opsporing begreb", "plan for barnet", "pejling", "skolelederens timer", "koordinatormøde i skolen",
		"hvordan hvornår hvorfor", "", "???", "æble", "netvarksmøde", "trivsel", "børn", "en og et", "malsatningsmode", "opfolgningsmoder", "moder", "fase2", "fase2 møde", "47500 kr", "kr", "§ 91", "§", "36%", "hvem deltager i målsætningsmødet",
		"dagsorden til opfølgningsmødet", "tidlige tegn på fravær", "rolle skolefravær", "kerneelementer i skolefravær", "fase i styrket læringsmiljø", "skolefraværsforældre", "ny lærer", "qxzwv møde", "приветмир møde", strings.Repeat("barn skole møde plan ", 9))
	compareAnswers(t, Build(docs, testSynonyms), texts)
}

func TestBrowserAnswersLikeGoInALargeHandbook(t *testing.T) {
	ix := Build(largeHandbook(t), testSynonyms)
	var texts []string
	for i, w := range wordList(t) {
		if i%200 == 0 {
			texts = append(texts, w+" opfølgning", "x"+w)
		}
	}
	compareAnswers(t, ix, texts)
}

func compareAnswers(t *testing.T, ix *Index, texts []string) {
	t.Helper()
	var got [][]Result
	runNode(t, ix.Script(), `
const engine = makeEngine(index);
return input.map((q) => engine.search(q, 50).results.map((r) => ({
  Path: r.path, Anchor: r.anchor, Title: r.title, Kind: r.kind.id, Model: r.kind.model, Snippet: r.snippet, Score: r.score,
  Page: r.page, More: r.more.length ? r.more.map((m) => ({ Anchor: m.anchor, Heading: m.heading })) : null })));`, texts, &got)
	for i, text := range texts {
		if diff := cmp.Diff(ix.Search(text, 50), got[i]); diff != "" {
			t.Errorf("%q (-Go +JavaScript):\n%s", text, diff)
		}
	}
}

// An answer takes the browser less than 20 ms in a handbook of 300 pages. The
// test allows five times as much for a busy machine.
func TestBrowserAnswersAtOnce(t *testing.T) {
	texts := []string{"hvem indkalder til opfølgningsmøde", "opfølgningmøde", "læringskordinatorr besøk hjemmt", "sko"}
	var ms []float64
	runNode(t, Build(largeHandbook(t), testSynonyms).Script(), `
const { performance } = require('perf_hooks');
let from = performance.now();
const engine = makeEngine(index);
const times = [performance.now() - from];
for (const q of input) {
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    from = performance.now();
    engine.search(q, 8);
    best = Math.min(best, performance.now() - from);
  }
  times.push(best);
}
return times;`, texts, &ms)
	t.Logf("reading the index %.1f ms", ms[0])
	for i, text := range texts {
		t.Logf("%q %.1f ms", text, ms[i+1])
		if ms[i+1] > 100 {
			t.Errorf("%q took %.1f ms", text, ms[i+1])
		}
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
	js, err := os.ReadFile(soegJS)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "soeg.js", string(js))
	write(t, dir, "soeg-indeks.js", string(Build(handbook(t), testSynonyms).Script()))
	write(t, dir, "soeg.html", pageHTML("", `<div id="soegeresultater" data-indeks="soeg-indeks.js" data-rod=""></div>`))
	write(t, dir, "indeks.html", pageHTML("", ""))
	moeder := filepath.Join(dir, "laeringsmiljoe", "moeder")
	if err := os.MkdirAll(moeder, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, moeder, "opfoelgningsmoede.html", pageHTML("../../", `<h2 id="kadence">Kadence</h2>`))
	write(t, moeder, "oppfolgningsmode.html", pageHTML("../../", `<div data-soeg-fra-adresse data-indeks="../../soeg-indeks.js" data-rod="../../"></div>`))
	return "file://" + dir + "/"
}

// browser opens a headless Chromium with a profile of its own.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Fatal("chromium is needed to test the search as a reader meets it; install it with: apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	silent := func(string, ...any) {}
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
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
	w.see(`document.querySelector('.soeg-resultat .soeg-uddrag').textContent`, "Kadence: Opfølgningsmødet holdes ca. hver tredje måned.")
	w.see(`[...document.querySelector('.soeg-resultat').querySelectorAll('mark')].map((m) => m.textContent)`, "Opfølgningsmødet")

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
	w.see(`[...document.querySelectorAll('.soeg-resultat a')].some((a) => a.getAttribute('href').startsWith('../../laeringsmiljoe/moeder/opfoelgningsmoede.html'))`, "true")
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
	selected = `[...document.querySelectorAll('.soeg-liste [role=option]')].map((o, i) => o.getAttribute('aria-selected') === 'true' ? i : '').join('')`
)
