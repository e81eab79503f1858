package sitetest

import (
	"fmt"
	"path/filepath"

	"github.com/chromedp/chromedp/kb"

	"modelhaandbog/generator/chromium"
)

// focus is what has the keyboard after a press of a key.
type focus struct {
	On        int    // its number among what can be reached, from 1; 0 for the page itself
	Tag       string // the start of its HTML
	Seen      bool   // some of it is in the window and not covered
	Marked    bool   // it looks different from before
	InPage    bool   // it is a link to a place in the page that exists
	AfterMain bool   // it is in <main> or after its start
}

// prepareWalk numbers what the Tab key must reach and remembers how it looks.
const prepareWalk = `(() => {
	const look = (e) => [e, e?.parentElement, e?.parentElement?.parentElement, e?.nextElementSibling].filter(Boolean).map((x) => {
		const s = getComputedStyle(x);
		return [s.outlineStyle === "none" ? "" : s.outline, s.boxShadow, s.border, s.background, s.color, s.textDecoration].join();
	}).join(";");
	const radios = new Set();
	const all = [...document.querySelectorAll("a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]")].filter((e) => {
		if (e.disabled || e.tabIndex < 0 || e.type === "hidden" || e.closest("[inert]")) return false;
		if (e.localName === "summary" && e.parentElement.querySelector("summary") !== e) return false;
		if (e.type === "radio") { if (radios.has(e.name)) return false; radios.add(e.name); }
		return e.checkVisibility({ visibilityProperty: true });
	});
	window.testWalk = { look, all, looks: all.map(look) };
	return all.map((e) => e.outerHTML.slice(0, 120));
})()`

// whereFocus gives the focus of the page, when it has been scrolled to.
const whereFocus = `(async () => {
	const { look, all, looks } = window.testWalk;
	const e = document.activeElement;
	const nothing = { On: 0, Tag: "", Seen: false, Marked: false, InPage: false, AfterMain: false };
	if (!e || e === document.body || e === document.documentElement) return nothing;
	const seen = () => [...e.getClientRects()].some((r) => [0.1, 0.5, 0.9].some((x) => [0.2, 0.5, 0.8].some((y) => {
		if (r.width < 2 || r.height < 2) return false;
		const hit = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
		return hit && (hit === e || e.contains(hit) || hit.closest("label")?.control === e);
	})));
	for (let i = 0; i < 10 && !seen(); i++) await new Promise((go) => setTimeout(go, 20));
	const i = all.indexOf(e);
	const main = document.querySelector("main");
	const target = e.localName === "a" && e.pathname === location.pathname && document.getElementById(decodeURIComponent(e.hash.slice(1)));
	return { ...nothing, On: i < 0 ? -1 : i + 1, Tag: e.outerHTML.slice(0, 120), Seen: seen(), Marked: i < 0 || look(e) !== looks[i],
		InPage: !!target, AfterMain: !!main && (main.contains(e) || !!(main.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) };
})()`

// checkKeyboard walks through pages of a folder with the Tab key, on a desk and
// on a phone, and returns what a reader without a mouse meets: no skip link, a
// focus that cannot be seen, a trap, something that is never reached, a checkbox
// or a menu that does not answer.
func checkKeyboard(b *chromium.Browser, dir string, pages []string) ([]string, error) {
	return inTabs(b, 2, pages, func(t *chromium.Tab, page string) ([]string, error) {
		address, err := chromium.FileURL(filepath.Join(dir, filepath.FromSlash(page)))
		if err != nil {
			return nil, err
		}
		var problems []string
		for _, view := range []chromium.View{{Width: 1280, Height: 900}, {Width: 360, Height: 780}} {
			if err := t.Show(view); err != nil {
				return nil, err
			}
			if err := t.Open(address); err != nil {
				return nil, err
			}
			found, err := walkPage(t)
			if err != nil {
				return nil, err
			}
			for _, f := range found {
				problems = append(problems, fmt.Sprintf("%s (%d px): %s", page, view.Width, f))
			}
		}
		return problems, nil
	})
}

// walkPage presses Tab from the top of a page until the focus comes round, then
// takes the skip link and tries the first checkbox and menu.
func walkPage(t *chromium.Tab) (problems []string, err error) {
	bad := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	expected, err := chromium.Eval[[]string](t, prepareWalk)
	if err != nil {
		return nil, err
	}
	reached := map[int]bool{}
	var last focus
	for press := 1; ; press++ {
		f, err := pressAndLook(t, kb.Tab, false)
		if err != nil {
			return nil, err
		}
		if press == 1 && !(f.InPage && f.Seen) {
			bad("the first Tab does not show a skip link but %s", f.Tag)
		}
		if f.On == 0 || reached[f.On] && f.On > 0 {
			if f.On > 0 && f.On == last.On {
				bad("the focus is trapped in %s", f.Tag)
			}
			break
		}
		if press > 2*len(expected)+20 {
			bad("the focus does not come round after %d presses of Tab", press)
			break
		}
		reached[f.On], last = true, f
		if !f.Seen {
			bad("the focus cannot be seen, it is outside the window or covered: %s", f.Tag)
		}
		if !f.Marked {
			bad("nothing marks the focus: %s", f.Tag)
		}
	}
	for i, tag := range expected {
		if !reached[i+1] {
			bad("Tab does not reach %s", tag)
		}
	}
	back, err := backwards(t)
	if err != nil {
		return nil, err
	}
	problems = append(problems, back...)
	tried, err := tryControls(t)
	return append(problems, tried...), err
}

// focusSkipLink gives false when there is no skip link, or nothing after it that
// takes the focus.
const focusSkipLink = `(() => {
	const link = [...document.querySelectorAll("a[href*='#']")].find((a) => a.pathname === location.pathname), main = document.querySelector("main");
	document.activeElement?.blur();
	link?.focus();
	return !!link && !!main && window.testWalk.all.some((e) =>
		main.compareDocumentPosition(e) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
})()`

// backwards takes the skip link: the next Tab must be in the page's main part.
// From there Shift+Tab must lead back.
func backwards(t *chromium.Tab) ([]string, error) {
	if ready, err := chromium.Eval[bool](t, focusSkipLink); err != nil || !ready {
		return nil, err
	}
	if _, err := pressAndLook(t, kb.Enter, false); err != nil {
		return nil, err
	}
	after, err := pressAndLook(t, kb.Tab, false)
	if err != nil {
		return nil, err
	}
	if !after.AfterMain {
		return []string{"after the skip link, Tab goes to " + after.Tag + ", not into <main>"}, nil
	}
	before, err := pressAndLook(t, kb.Tab, true)
	if err != nil {
		return nil, err
	}
	if before.On > 0 && before.On == after.On {
		return []string{"Shift+Tab does not leave " + after.Tag}, nil
	}
	return nil, nil
}

// tryControls ticks the first checkbox with the space bar, then opens the menu
// with Enter, after which Tab must lead into it.
func tryControls(t *chromium.Tab) ([]string, error) {
	var problems []string
	box, err := chromium.Eval[string](t, `(() => {
		const e = window.testBox = document.querySelector("main input[type=checkbox]:not([disabled])");
		if (!e?.checkVisibility({ visibilityProperty: true })) return "";
		e.focus();
		return e.outerHTML.slice(0, 120);
	})()`)
	if err != nil {
		return nil, err
	}
	if box != "" {
		if err := t.Press(" ", false); err != nil {
			return nil, err
		}
		if ticked, err := chromium.Eval[bool](t, `window.testBox.checked`); err != nil {
			return nil, err
		} else if !ticked {
			problems = append(problems, "the space bar does not tick "+box)
		}
	}
	if found, err := chromium.Eval[bool](t, findMenu); err != nil || !found {
		return problems, err
	}
	opener, err := chromium.Eval[string](t, `(() => { const e = document.querySelector("[data-test-opens]"); e.focus(); return "“" + e.textContent.trim() + "”"; })()`)
	if err != nil {
		return nil, err
	}
	if err := t.Press(kb.Enter, false); err != nil {
		return nil, err
	}
	if shown, err := chromium.Eval[int](t, countMenu); err != nil {
		return nil, err
	} else if shown < 3 {
		return append(problems, "Enter does not open "+opener), nil
	}
	if err := t.Press(kb.Tab, false); err != nil {
		return nil, err
	}
	if inside, err := chromium.Eval[bool](t, `!!document.activeElement.closest("[data-test-menu]")`); err != nil {
		return nil, err
	} else if !inside {
		problems = append(problems, "Tab does not lead into the menu that "+opener+" opens")
	}
	return problems, nil
}

func pressAndLook(t *chromium.Tab, key string, shift bool) (focus, error) {
	if err := t.Press(key, shift); err != nil {
		return focus{}, err
	}
	return chromium.Eval[focus](t, whereFocus)
}
