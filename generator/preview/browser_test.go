package preview

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"modelhaandbog/generator/needs"
)

// browser opens a tab in a headless Chromium with a profile of its own.
func browser(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(needs.Tab(t).Context(), 3*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// walk is one editor at one browser, with a site and its preview.
type walk struct {
	*preview
	site *files
	ctx  context.Context
}

func (w walk) do(actions ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, actions...); err != nil {
		w.t.Fatal(err)
	}
}

func (w walk) run(expression string) string {
	w.t.Helper()
	got, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`String(`+expression+`)`))
	if err != nil {
		w.t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// see waits until a JavaScript expression has the value want.
func (w walk) see(expression, want string) {
	w.t.Helper()
	var got string
	var err error
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		got, err = chromedp.Run(w.ctx, chromedp.Evaluate[string](`String(`+expression+`)`))
		if err == nil && got == want {
			return
		}
	}
	w.t.Fatalf("%s is %q, want %q (%v); the terminal says:\n%s", expression, got, want, err, w.out)
}

// press types as from a keyboard, so that a page may refuse a key.
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

// open goes to an address, waits until the preview there listens and marks the
// window: the mark is gone after a reload.
func (w walk) open(address string) {
	w.t.Helper()
	w.do(chromedp.Navigate(w.url() + strings.TrimPrefix(address, "/")))
	w.see(`/I orden|fejl|advars/.test(`+badge+`)`, "true")
	w.run(`window.maerke = 'samme'`)
}

const (
	shadow = `document.getElementById('fv-forhaandsvisning')?.shadowRoot`
	badge  = shadow + `?.querySelector('.tilstand')?.textContent`
	panel  = shadow + `.getElementById('panel')`
	same   = `window.maerke`
)

func TestAsAnEditorMeetsIt(t *testing.T) {
	ctx := browser(t)
	for _, walkthrough := range []struct {
		name string
		take func(walk)
	}{
		{"the place is kept", placeIsKept},
		{"lines move", linesMove},
		{"many changes in one page", manyChanges},
		{"random changes", randomChanges},
		{"style sheets are swapped", styleIsSwapped},
		{"errors lie over the page", errorsLieOverThePage},
		{"start with errors", startWithErrors},
		{"another page was edited", anotherPageWasEdited},
		{"what scripts built is left or built again", scriptsAreRespected},
		{"sources and editor", sourcesAndEditor},
		{"edition is switched", editionIsSwitched},
		{"list of pages", listOfPages},
		{"page comes and goes", pageComesAndGoes},
		{"server starts again", serverStartsAgain},
		{"tab out of sight", tabOutOfSight},
	} {
		t.Run(walkthrough.name, func(t *testing.T) {
			site := newFiles(t, "index.side", "Forside\n<h1>Forside</h1>\n", "stil.css", "p { color: rgb(1, 2, 3) }\n")
			walkthrough.take(walk{start(t, site, Options{}), site, ctx})
		})
	}
}

const guidance = `Opfølgningsmøde
<nav class="top"><a href="/">Forside</a></nav>
<div class="hoej"></div>
<p id="foer">Mødet holdes hver tredje måned.</p>
<details><summary>Dagsorden</summary><ol><li>Siden sidst</li><li>Mål</li></ol></details>
<p><label>Note <input id="felt"></label> <label><input id="tjek" type="checkbox"> Klaret</label></p>
<p id="efter" data-kilde="content/moede.side:6">%s</p>
<div class="hoej"></div>
`

func placeIsKept(w walk) {
	w.site.save(w.t, "stil.css", ".hoej { height: 2000px }")
	w.site.save(w.t, "moede.side", fmt.Sprintf(guidance, "Tovholderen indkalder."))
	w.shows("/moede.html", "indkalder")
	w.open("/moede.html")
	w.do(chromedp.Click("summary"), chromedp.Click("#tjek"), chromedp.Click("#felt"))
	w.press("egne ord")
	w.run(`(scrollTo(0, 1900), felt.setSelectionRange(2, 5), window.tekst = foer.firstChild)`)
	w.see(`Math.round(scrollY)`, "1900")

	w.site.save(w.t, "moede.side", fmt.Sprintf(guidance, "Tovholderen indkalder <em>skriftligt</em>."))
	w.see(`efter.innerHTML`, "Tovholderen indkalder <em>skriftligt</em>.")
	w.see(same, "samme")
	w.see(`Math.round(scrollY)`, "1900")
	w.see(`document.activeElement.id + felt.value + felt.selectionStart + felt.selectionEnd`, "feltegne ord25")
	w.see(`document.querySelector('details').open + ',' + tjek.checked`, "true,true")
	w.see(`foer.firstChild === window.tekst`, "true")

	// A selection stays when another word of its text changes.
	w.run(`getSelection().setBaseAndExtent(foer.firstChild, 0, foer.firstChild, 5)`)
	w.site.save(w.t, "moede.side", strings.Replace(fmt.Sprintf(guidance, "Slut."), "tredje", "fjerde", 1))
	w.see(`foer.textContent + efter.textContent`, "Mødet holdes hver fjerde måned.Slut.")
	w.see(`getSelection().toString() + ' ' + window.maerke`, "Mødet samme")

	// New elements, also before the open one.
	w.site.save(w.t, "moede.side", strings.Replace(fmt.Sprintf(guidance, "Slut."), "<details>",
		"<details><summary>Før</summary><p>ny</p></details>\n<details>", 1))
	w.see(`[...document.querySelectorAll('details')].map((d) => d.open)`, "false,true")
	w.see(same, "samme")
}

// A new paragraph is new, and those below it are not, though their lines are.
func linesMove(w walk) {
	const after = `<p data-kilde="a.md:%d">et</p>
<p data-kilde="a.md:%d">to</p>
<p data-kilde="a.md:%d">tre</p>
`
	w.site.save(w.t, "linjer.side", "Linjer\n"+fmt.Sprintf(after, 2, 4, 6))
	w.shows("/linjer.html", "tre")
	w.open("/linjer.html")
	w.run(`window.to = [...document.querySelectorAll('p')].find((p) => p.textContent === 'to')`)
	w.site.save(w.t, "linjer.side", "Linjer\n<p data-kilde=\"a.md:2\">nyt</p>\n"+fmt.Sprintf(after, 4, 6, 8))
	w.see(`[...document.querySelectorAll('p')].map((p) => p.textContent + p.dataset.kilde)`, "nyta.md:2,eta.md:4,toa.md:6,trea.md:8")
	w.see(`document.querySelectorAll('p')[2] === window.to`, "true")
	w.see(`document.getAnimations().map((a) => a.effect.target.textContent)`, "nyt")
}

func manyChanges(w walk) {
	w.site.save(w.t, "a.side", "Titel\n<ul class=\"x y\"><li id=\"et\">et</li><li>to</li><li id=\"tre\">tre</li></ul><table><tr><td>1</td></tr></table><noscript><p>uden</p></noscript><!-- nu -->\n")
	w.shows("/a.html", "tre")
	w.open("/a.html")
	w.run(`(et.egen = 'et', tre.egen = 'tre', 0)`)
	for i, text := range []string{
		"Ny titel\n<ul class=\"y z\" lang=\"en\"><li id=\"tre\">tre!</li><li id=\"et\">et</li></ul><table><tr><td>1</td></tr><tr><td>2</td></tr></table><noscript><p>stadig uden</p></noscript><!-- så -->\n",
		"Ny titel\n<p>før</p><ul><li id=\"et\">et</li><li>to</li><li>to</li><li>to</li><li id=\"tre\">tre</li></ul>efter &amp; efter<p>slut</p>\n",
		"Ny titel\n<ul class=\"æ\"><li id=\"et\">et<ul><li>under</li></ul></li><li id=\"tre\"><b>tre</b></li></ul>\n",
	} {
		w.site.save(w.t, "a.side", text)
		title, body, _ := strings.Cut(text, "\n")
		w.see(fmt.Sprintf(`(() => {
			const want = new DOMParser().parseFromString(%q, 'text/html').body;
			const have = document.body.cloneNode(true);
			const without = [want, have].map((e) => e.querySelector('noscript')?.[e === want ? 'innerHTML' : 'textContent']);
			if (without[0] !== without[1]) return without.join(' IKKE ');
			for (const n of [want, have]) n.querySelector('noscript')?.remove();
			return have.innerHTML.trim() === want.innerHTML.trim() ? document.title : have.innerHTML + ' IKKE ' + want.innerHTML;
		})()`, body), title)
		w.see(fmt.Sprintf(`et.egen + tre.egen + window.maerke + %d`, i), fmt.Sprintf("ettresamme%d", i))
	}
}

// Pages made at random: after every save the page is what was saved, without a
// reload.
func randomChanges(w walk) {
	seed := uint64(time.Now().UnixNano())
	w.t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 4))
	var element func(depth int) string
	element = func(depth int) string {
		name := []string{"p", "div", "span", "details", "ul", "b"}[random.IntN(6)]
		if depth == 0 || random.IntN(4) == 0 {
			return []string{"ord", "andre &amp; ord", "<br>", "<!--n-->", "æ"}[random.IntN(5)]
		}
		attributes := []string{"", "", ` id="` + string(rune('a'+random.IntN(6))) + `"`, ` class="x` + string(rune('a'+random.IntN(3))) + `"`}[random.IntN(4)]
		if random.IntN(3) == 0 {
			attributes += fmt.Sprintf(` data-kilde="a.md:%d"`, random.IntN(9))
		}
		if name == "p" {
			depth = 1 // a paragraph holds no blocks
		}
		var b strings.Builder
		for range random.IntN(4) {
			b.WriteString(element(depth - 1))
		}
		return "<" + name + attributes + ">" + b.String() + "</" + name + ">"
	}
	page := func() string {
		var b strings.Builder
		for range 1 + random.IntN(6) {
			b.WriteString(element(4))
		}
		return b.String()
	}
	w.site.save(w.t, "a.side", "Titel 0\n"+page())
	w.shows("/a.html", "Titel 0")
	w.open("/a.html")
	for i := range 50 {
		body := page()
		w.site.save(w.t, "a.side", fmt.Sprintf("Titel %d\n%s", i+1, body))
		w.see(fmt.Sprintf(`(() => {
			const want = new DOMParser().parseFromString('<body>\n' + %q + '</body></html>\n', 'text/html').body;
			const have = document.body.cloneNode(true);
			want.normalize(); have.normalize();
			return document.title + (have.isEqualNode(want) ? window.maerke : have.innerHTML + ' IKKE ' + want.innerHTML);
		})()`, body), fmt.Sprintf("Titel %dsamme", i+1))
	}
}

func styleIsSwapped(w walk) {
	w.site.save(w.t, "a.side", "A\n<p id=\"p\">tekst</p><img src=\"/b.svg\" alt=\"\">\n")
	w.site.save(w.t, "b.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>`)
	w.shows("/a.html", "tekst")
	w.open("/a.html")
	color := `getComputedStyle(p).color + document.querySelectorAll('head link[rel=stylesheet]:not([href^="/_/"])').length`
	w.see(color, "rgb(1, 2, 3)1")
	for _, c := range []string{"4", "5"} {
		w.site.save(w.t, "stil.css", "p { color: rgb("+c+", 0, 0) }")
		w.see(color, "rgb("+c+", 0, 0)1")
	}
	w.see(same, "samme")
	// A change of the page afterwards leaves the fresh style in place.
	w.site.save(w.t, "a.side", "A\n<p id=\"p\">ny tekst</p><img src=\"/b.svg\" alt=\"\">\n")
	w.see(`p.textContent`, "ny tekst")
	w.see(color, "rgb(5, 0, 0)1")
	w.see(same, "samme")
	// Page and style at once.
	w.site.save(w.t, "stil.css", "p { color: rgb(6, 0, 0) }")
	w.site.save(w.t, "a.side", "A\n<p id=\"p\">nyere tekst</p><img src=\"/b.svg\" alt=\"\">\n")
	w.see(`p.textContent + `+color, "nyere tekstrgb(6, 0, 0)1")
	w.see(same, "samme")
	// A picture keeps its address, so the page is loaded again.
	w.site.save(w.t, "b.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>`)
	w.see(`document.querySelector('img').naturalWidth + ' ' + window.maerke`, "20 undefined")
}

func errorsLieOverThePage(w walk) {
	w.site.save(w.t, "a.side", "A\n<p id=\"p\">god</p>\n")
	w.shows("/a.html", "god")
	w.open("/a.html")
	w.see(panel+`.hidden`, "true")
	w.site.save(w.t, "a.side", "A\n<p id=\"p\">ny</p>\n   \nFEJL <img src=x> i filen\n")
	w.see(panel+`.hidden + ' ' + `+badge, "false 1 fejl")
	w.see(`p.textContent`, "god")
	w.see(panel+`.querySelector('.besked').textContent`, "fejl: FEJL <img src=x> i filen")
	w.see(panel+`.querySelector('pre').textContent`, "    4 | FEJL <img src=x> i filen\n      |      ^~~~")
	w.see(`[...`+panel+`.querySelectorAll('.sted a')].map((a) => a.textContent + ' ' + a.getAttribute('href')).join('\n')`,
		"content/a.side:4:6 vscode://file"+w.site.root+"/content/a.side:4:6\ncontent/a.side:1:1 vscode://file"+w.site.root+"/content/a.side:1:1")
	w.see(shadow+`.querySelector('[role=status]').textContent`, "1 fejl i indholdet")

	// Closed it stays closed until something else is wrong.
	w.run(panel + `.querySelector('.luk').click()`)
	w.see(panel+`.hidden`, "true")
	w.site.save(w.t, "a.side", "A\n<p id=\"p\">ny</p>\nFEJL igen\n")
	w.see(panel+`.hidden + `+panel+`.querySelector('.besked').textContent`, "falsefejl: FEJL igen")

	w.site.save(w.t, "a.side", "A\n<p id=\"p\">ny</p>\nADVARSEL om noget\n")
	w.see(panel+`.hidden + ' ' + `+badge+` + ' ' + p.textContent`, "true 1 advarsel ny")
	w.run(shadow + `.querySelector('.tilstand').click()`)
	w.see(panel+`.hidden + `+panel+`.querySelector('.besked').textContent`, "falseadvarsel: ADVARSEL om noget")
	w.site.save(w.t, "a.side", "A\n<p id=\"p\">nyere</p>\n")
	w.see(panel+`.hidden + ' ' + `+badge+` + ' ' + p.textContent`, "true I orden nyere")
	w.see(same, "samme")
}

func startWithErrors(w walk) {
	site := newFiles(w.t, "index.side", "Forside\nFEJL fra starten\n")
	p := start(w.t, site, Options{})
	w = walk{p, site, w.ctx}
	w.do(chromedp.Navigate(w.url()))
	w.see(`document.querySelector('h1').textContent`, "Der er ingen sider at vise endnu")
	w.see(badge, "1 fejl")
	site.save(w.t, "index.side", "Forside\nFEJL nummer to\n")
	w.see(`document.querySelector('.fv-diag p').textContent`, "fejl: FEJL nummer to")
	site.save(w.t, "index.side", "Forside\n<h1>Velkommen</h1>\n")
	w.see(`document.querySelector('h1').textContent`, "Velkommen")
}

func anotherPageWasEdited(w walk) {
	w.site.save(w.t, "a.side", "Rollen\n<p id=\"p\">et</p>\n")
	w.wait("the terminal names the page", func() bool { return strings.Contains(w.out.String(), "a.side") })
	w.open("/")
	goal := shadow + `.querySelector('.maal')`
	w.see(goal+`.hidden`, "true")
	w.site.save(w.t, "a.side", "Rollen\n<p id=\"p\">to</p>\n")
	w.see(goal+`.textContent`, "Du rettede a.side → gå til Rollen")
	w.see(goal+`.hidden + ' ' + window.maerke`, "false samme")
	w.run(goal + `.querySelector('a').click()`)
	w.see(`location.pathname + ' ' + document.getElementById('p')?.textContent`, "/a.html to")
}

// A script has put boxes before the points of a list and a line above it.
func scriptsAreRespected(w walk) {
	w.site.save(w.t, "liste.js", `document.querySelectorAll('.liste li').forEach((li) => {
		const box = Object.assign(document.createElement('input'), { type: 'checkbox' });
		li.prepend(box);
	});
	document.querySelector('.liste').before(document.createElement('hr'));`)
	cells := func(n int) string { return strings.Repeat("<tr><td data-navn=\"Rolle\">celle</td></tr>", n) }
	page := "Liste\n<h1 id=\"navn\">%s</h1><main><p>tekst</p><table>" + cells(1) + "</table></main><section><details id=\"d\"><summary>s</summary></details><ul class=\"liste\"><li>et</li>%s</ul></section><script src=\"/liste.js\" defer></script>\n"
	w.site.save(w.t, "a.side", fmt.Sprintf(page, "Liste", ""))
	w.shows("/a.html", "et")
	w.open("/a.html")
	w.see(`document.querySelectorAll('hr').length`, "1")
	w.run(`(document.querySelector('.liste input').checked = true, d.open = true)`)

	// Text elsewhere: nothing that the script made is touched.
	w.site.save(w.t, "a.side", fmt.Sprintf(page, "Tjekliste", ""))
	w.see(`navn.textContent + document.querySelectorAll('hr').length + document.querySelector('.liste input').checked + window.maerke`, "Tjekliste1truesamme")
	// Text beside what the script made.
	w.site.save(w.t, "a.side", strings.Replace(fmt.Sprintf(page, "Tjekliste", ""), "et</li>", "først</li>", 1))
	w.see(`document.querySelector('.liste').textContent + document.querySelector('.liste input').checked + window.maerke`, "førsttruesamme")

	// New elements that the script has nothing to do with.
	page = strings.Replace(page, cells(1), cells(3), 1)
	w.site.save(w.t, "a.side", fmt.Sprintf(page, "Tjekliste", ""))
	w.see(`document.querySelectorAll('td').length + window.maerke`, "3samme")

	// A new point needs the script, so the page is loaded again, with its place.
	w.site.save(w.t, "a.side", fmt.Sprintf(page, "Tjekliste", "<li>to</li>"))
	w.see(`document.querySelectorAll('.liste input').length + ' ' + window.maerke`, "2 undefined")
	w.see(`d.open`, "true")

	// So does a new script.
	w.see(badge, "I orden")
	w.run(`window.maerke = 'samme'`)
	w.site.save(w.t, "ny.js", `document.title = 'nyt script'`)
	w.site.save(w.t, "a.side", strings.Replace(fmt.Sprintf(page, "Tjekliste", "<li>to</li>"), "/liste.js", "/ny.js", 1))
	w.see(`document.title + ' ' + window.maerke`, "nyt script undefined")
}

func sourcesAndEditor(w walk) {
	w.site.save(w.t, "moede.side", fmt.Sprintf(guidance, "Slut."))
	w.shows("/moede.html", "Slut.")
	w.open("/moede.html")
	marks := `[...` + shadow + `.querySelectorAll('.kilder a')].map((a) => a.textContent + ' ' + a.getAttribute('href')).join()`
	w.see(marks, "")
	w.do(chromedp.Focus("#felt"))
	w.press(".")
	w.see(`felt.value + `+marks, ".")
	w.run(`document.activeElement.blur()`)
	w.press(".")
	w.see(marks, "moede.side:6 vscode://file"+w.site.root+"/content/moede.side:6:1")
	w.see(shadow+`.querySelector('[aria-pressed]').getAttribute('aria-pressed')`, "true")
	w.see(`Math.abs(`+shadow+`.querySelector('.kilder a').getBoundingClientRect().top - efter.getBoundingClientRect().top) < 20`, "true")
	w.press(".")
	w.see(marks, "")
}

func editionIsSwitched(w walk) {
	w.site.save(w.t, "rolle.side", "R\n<p id=\"p\">national</p>\n")
	w.site.save(w.t, "kommuner/herning/rolle.side", "R\n<p id=\"p\">lokal</p>\n")
	w.shows("/kommuner/herning/rolle.html", "lokal")
	w.open("/rolle.html")
	choose := shadow + `.querySelector('select')`
	w.see(`[...`+choose+`.options].map((o) => o.text).join() + `+choose+`.selectedIndex`, "National udgave,Herning Kommune0")
	w.run(`((select) => { select.value = 'herning'; select.dispatchEvent(new Event('change')); })(` + choose + `)`)
	w.see(`document.getElementById('p')?.textContent + ' ' + location.pathname`, "lokal /kommuner/herning/rolle.html")
	w.see(choose+`.value`, "herning")
}

func listOfPages(w walk) {
	w.site.save(w.t, "rolle.side", "Rolle\n")
	w.shows("/rolle.html", "Rolle")
	w.open("/_/sider")
	w.see(`document.querySelectorAll('tbody tr').length`, "2")
	w.do(chromedp.Focus("#q"))
	w.press("rol")
	w.see(`[...document.querySelectorAll('tbody tr:not([hidden]) th a')].map((a) => a.textContent) + document.querySelector('[data-fv-antal]').textContent`, "Rolle1 side")
	w.site.save(w.t, "rolle.side", "Rolle\nADVARSEL om rollen\n")
	w.see(`document.querySelector('tbody tr:not([hidden]) td:last-child').textContent`, "1 advarsel ADVARSEL om rollen")
	w.see(`document.activeElement.id + q.value + window.maerke`, "qrolsamme")
}

func pageComesAndGoes(w walk) {
	w.open("/ny.html")
	w.see(`document.querySelector('h1').textContent`, "Siden findes ikke")
	w.site.save(w.t, "ny.side", "Ny\n<h1>Ny side</h1>\n")
	w.see(`document.querySelector('h1').textContent`, "Ny side")
	w.see(badge, "I orden")
	do(w.t, exec.Command("rm", w.site.path("ny.side")).Run())
	w.see(`document.querySelector('h1').textContent`, "Siden findes ikke")
}

func serverStartsAgain(w walk) {
	w.open("/")
	addr := w.addr
	do(w.t, w.stop())
	w.see(badge, "Ingen forbindelse")
	w.site.save(w.t, "index.side", "Forside\n<h1>Rettet imens</h1>\n")
	again := start(w.t, &files{root: w.site.root}, Options{Addr: addr})
	w.preview = again
	w.see(`document.querySelector('h1').textContent`, "Rettet imens")
	w.see(badge+` + window.maerke`, "I ordensamme")
}

// A tab that can't be seen lets go of its connection, and is fresh when it is
// seen again.
func tabOutOfSight(w walk) {
	w.open("/")
	w.wait("the tab is connected", func() bool { return len(w.live) == 1 })
	w.run(`(Object.defineProperty(document, 'hidden', { value: true, configurable: true }), document.dispatchEvent(new Event('visibilitychange')))`)
	w.wait("the tab let go", func() bool { return len(w.live) == 0 })
	w.site.save(w.t, "index.side", "Forside\n<h1>Rettet imens</h1>\n")
	w.shows("/", "Rettet imens")
	w.see(`document.querySelector('h1').textContent`, "Forside")
	w.run(`(Object.defineProperty(document, 'hidden', { value: false, configurable: true }), document.dispatchEvent(new Event('visibilitychange')))`)
	w.see(`document.querySelector('h1').textContent + window.maerke`, "Rettet imenssamme")
}
