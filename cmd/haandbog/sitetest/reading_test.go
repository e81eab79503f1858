package sitetest

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/chromedp/chromedp"

	"modelhaandbog/generator/chromium"
)

// withoutScript returns what a reader on a phone misses with JavaScript off: the
// text, the way to the index A–Å, the menu.
func (v visit) withoutScript(t *chromium.Tab, page string) ([]string, error) {
	if err := t.Show(chromium.View{Width: 360, Height: 780, NoScript: true}); err != nil {
		return nil, err
	}
	if err := t.Open(v.disk + (&url.URL{Path: page}).EscapedPath()); err != nil {
		return nil, err
	}
	problems, err := chromium.Eval[[]string](t, readable)
	if err != nil {
		return nil, err
	}
	if found, err := chromium.Eval[bool](t, findMenu); err != nil {
		return nil, err
	} else if !found {
		problems = append(problems, noMenu)
	} else if err := t.Do(chromedp.Click(chromedp.CSS("[data-test-opens]"))); err != nil {
		return nil, err
	} else if shown, err := chromium.Eval[int](t, countMenu); err != nil {
		return nil, err
	} else if shown < 3 {
		problems = append(problems, fmt.Sprintf("the menu was clicked and shows %d links", shown))
	}
	for i := range problems {
		problems[i] = "noscript: " + problems[i]
	}
	return problems, nil
}

// visible tells in JavaScript whether an element can be seen.
const visible = `const visible = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
	&& e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().height > 1;`

const readable = `(() => { ` + visible + `
	const problems = [];
	const main = document.querySelector("main");
	const h1 = document.querySelector("main h1");
	if (!main || !visible(main)) problems.push("no <main> to be seen");
	else if (main.innerText.trim().length < 40) problems.push("<main> says only " + JSON.stringify(main.innerText.trim()));
	if (!h1 || !visible(h1)) problems.push("no <h1> to be seen in <main>");
	if (!document.querySelector('form[action*="soeg.html"]')) problems.push("no search form that leads to soeg.html");
	if (!document.querySelector('a[href$="indeks.html"]')) problems.push("no link to the index A–Å, indeks.html");
	for (const b of document.querySelectorAll("button, [role=button]")) {
		const acts = b.form && b.type === "submit" || b.hasAttribute("popovertarget") || b.hasAttribute("commandfor");
		if (visible(b) && !acts) problems.push("a button that does nothing: " + b.outerHTML.slice(0, 100));
	}
	return problems;
})()`

const noMenu = "no menu: neither a <details> with a <nav>, nor a link to a <nav> in the page"

// findMenu marks the first menu to be opened and what opens it: the summary of a
// closed <details>, or a link to a place in the page; in either case to a
// navigation of three links or more.
const findMenu = `(() => { ` + visible + `
	for (const e of document.querySelectorAll("summary, a[href*='#']")) {
		const menu = e.localName === "a" ? e.pathname === location.pathname && document.getElementById(e.hash.slice(1))?.closest("nav")
			: e.parentElement.open ? null : e.parentElement;
		if (!menu || !visible(e) || menu.contains(e) && e.localName === "a" || !(menu.closest("nav") || menu.querySelector("nav"))) continue;
		if (menu.querySelectorAll("a[href]").length < 3) continue;
		e.setAttribute("data-test-opens", "");
		menu.setAttribute("data-test-menu", "");
		return true;
	}
	return false;
})()`

// countMenu gives how many links of the menu stand in the window.
const countMenu = `(() => { ` + visible + `
	return [...document.querySelectorAll("[data-test-menu] a[href]")].filter((e) => visible(e)
		&& e.getBoundingClientRect().top < innerHeight && e.getBoundingClientRect().bottom > 0).length;
})()`

// checkReflow returns what must be scrolled to sideways in a view with a name.
func checkReflow(t *chromium.Tab, view string) ([]string, error) {
	found, err := chromium.Eval[[]string](t, reflow)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return []string{fmt.Sprintf("reflow (%s): %s", view, strings.Join(found, " | "))}, nil
}

// reflow gives the first elements that reach beyond the window, also where
// overflow-x: hidden cuts them off, but not those in a box that scrolls by itself.
const reflow = `(() => {
	const wide = document.documentElement.clientWidth;
	const scrolls = (e) => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
		if (["auto", "scroll"].includes(getComputedStyle(p).overflowX)) return true; };
	const over = [...document.body.querySelectorAll("*")].filter((e) => {
		if (!e.checkVisibility({ visibilityProperty: true }) || e.closest("svg") && e.localName !== "svg") return false;
		const r = e.getBoundingClientRect();
		return r.right > wide + 1 && r.width > 1 && r.height > 1 && !scrolls(e);
	});
	const all = over.slice(0, 3).map((e) => e.cloneNode().outerHTML.slice(0, 80) + " reaches " + Math.round(e.getBoundingClientRect().right) + " of " + wide + " px");
	const total = document.documentElement.scrollWidth;
	if (all.length === 0 && total > wide) all.push("the page is " + total + " px wide, the window " + wide);
	return all;
})()`
