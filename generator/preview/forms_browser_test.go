package preview

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"modelhaandbog/generator/chromium"
	"modelhaandbog/generator/needs"
)

// drawer finds something in the drawer.
func drawer(what string) string { return fmt.Sprintf(shadow+"?.querySelector('.fv-skuffe %s')", what) }

// An editor points at a text, changes it, sees the page follow, and saves. What was typed
// and not saved survives a closed drawer and a server that was started again.
func TestEditorWritesInTheDrawer(t *testing.T) {
	tab := needs.Tab(t)
	p := starter(t, Options{})
	w := walk{p, nil, tab.Context()}
	p.get("/")
	w.open("/eksempelmodel/moeder/opfoelgning.html")

	w.see(shadow+`?.querySelector('.ret-liste')?.textContent`, "Ret siden")
	w.run(`document.querySelector('main .lede').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))`)
	w.see(shadow+`?.querySelector('.blyant')?.hidden`, "false")
	w.run(shadow + `.querySelector('.blyant').click()`)
	w.see(shadow+`?.activeElement?.id`, "felt-kort-felt")
	w.press(" Sammen!")
	w.see(`document.querySelector('main .lede').textContent.includes('Sammen!')`, "true")
	if strings.Contains(p.read(meetingFile), "Sammen!") {
		t.Error("it was saved while it was typed")
	}
	w.run(drawer(".fv-skuffe-luk") + `.click()`)
	w.see(`document.querySelector('main .lede').textContent.includes('Sammen!')`, "false")
	w.see(same, "samme")

	p.token = "EN-ANDEN-GANG" // as after a new start
	w.run(shadow + `.querySelector('.ret-liste').click()`)
	w.see(drawer(".fv-ting a")+`?.textContent`, "Møde: Opfølgningsmøde")
	w.run(drawer(".fv-ting a") + `.click()`)
	w.see(drawer(".fv-forfra")+`?.textContent`, "Begynd forfra")
	w.see(drawer("#felt-kort-felt")+`.value.endsWith('Sammen!')`, "true")
	p.token = "EN-TREDJE-GANG"
	w.run(drawer(".fv-hoved") + `.click()`)
	w.see(drawer(".fv-besked")+`?.textContent.includes('startet igen')`, "true")
	w.see(drawer("#felt-kort-felt")+`.value.endsWith('Sammen!')`, "true")
	w.run(drawer(".fv-hoved") + `.click()`)
	w.see(drawer(".fv-besked")+`?.textContent`, "Gemt.")
	w.see(`document.querySelector('main .lede').textContent.includes('Sammen!')`, "true")
	w.see(same, "samme")
	w.see(`Object.keys(sessionStorage).filter((k) => k.includes('kladde')).length`, "0")
	if !strings.Contains(p.read(meetingFile), "Sammen!") {
		t.Error("it was not saved")
	}

	// A wrong answer: the list of errors takes the focus, and leads to the field.
	w.run(`(Object.assign(` + drawer("#felt-varighed-felt") + `, { value: 'en time' }), ` + drawer(".fv-hoved") + `.click())`)
	w.see(shadow+`?.activeElement?.id`, "fejl")
	w.run(drawer(".fv-fejlliste a") + `.click()`)
	w.see(shadow+`?.activeElement?.id`, "felt-varighed-felt")

	// On a phone the drawer is the whole window, and keeps the focus.
	w.run(`(Object.assign(` + drawer("#felt-varighed-felt") + `, { value: '' }), ` + drawer(".fv-hoved") + `.click())`)
	w.see(drawer(".fv-fejlliste"), "null")
	if err := tab.Show(chromium.View{Width: 360, Height: 780}); err != nil {
		t.Fatal(err)
	}
	w.see(shadow+`?.querySelector('.fv-skuffe').matches(':modal')`, "true")
}

// Forms are for everybody: axe-core finds nothing, in the drawer, on pages of their own,
// and in the bar, light and dark, at 1280 and 320 px, and nothing is wider than the window.
func TestFormsAreForEverybody(t *testing.T) {
	axe, err := os.ReadFile(needs.NPM(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	tab := needs.Tab(t)
	p := starter(t, Options{})
	p.get("/")
	w := walk{p, nil, tab.Context()}
	const side = "/eksempelmodel/moeder/opfoelgning.html"
	for i, address := range []string{
		"paa?side=" + side, "ret?maal=" + meeting, "ret?maal=eksempel/" + meeting, "ret?maal=" + meeting + "/~vejledning",
		"ny?maal=eksempelmodel/opgave:", "slet?maal=" + meeting, "ny", "aendringer",
		"ret?maal=eksempelmodel/kadence:opfoelgning",
	} {
		view := chromium.View{Width: 320, Height: 780, Dark: true}
		if i%2 == 1 {
			view = chromium.View{Width: 1280, Height: 900}
		}
		if err := tab.Show(view); err != nil {
			t.Fatal(err)
		}
		for _, inDrawer := range []bool{false, true} {
			root, open := `document`, "/_/"+address
			if inDrawer {
				root, open = shadow, side
			}
			w.do(chromedp.Navigate(p.url() + strings.TrimPrefix(open, "/")))
			if inDrawer {
				w.see(shadow+`?.querySelector('.ret-liste') != null`, "true")
				w.run(fmt.Sprintf(`void import('/_/skuffe.js').then((m) => m.open(%q))`, "/_/"+address))
			}
			w.see(root+`?.querySelector('.fv-blad h1') != null && `+
				`getComputedStyle(`+root+`.querySelector('.fv-blad')).fontSize`, "16px")
			found, err := chromium.Eval[[]string](tab, string(axe)+fmt.Sprintf(`;(async () => {
				const root = %s;
				for (const d of root.querySelectorAll(".fv-blad details")) d.open = true;
				const box = root.querySelector(".fv-skuffe") ?? document.documentElement;
				const at = %v ? {
					include: [".fv-skuffe", ".fod"].map((part) => ({ fromShadowDom: ["#fv-forhaandsvisning", part] })),
				} : { include: "main" };
				const { violations } = await axe.run(at, {
					runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], preload: false,
				});
				return violations.map((v) => v.id + ": " + v.nodes[0].target.join(" ") + " " + v.nodes[0].failureSummary)
					.concat(box.scrollWidth > box.clientWidth ? ["wide: " + box.scrollWidth] : []);
			})()`, root, inDrawer))
			if err != nil {
				t.Fatal(err)
			}
			for _, problem := range found {
				t.Errorf("%s, %d px, in the drawer %v: %s", url.PathEscape(address), view.Width, inDrawer, problem)
			}
		}
	}
}
