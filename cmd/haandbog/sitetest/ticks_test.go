package sitetest

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"modelhaandbog/generator/chromium"
	"modelhaandbog/generator/needs"
)

// countTicks gives how many points are ticked, and what the page has stored.
const countTicks = `document.querySelectorAll(".tjek-felt:checked").length +
	localStorage.length + sessionStorage.length + document.cookie.length`

// Ticks stand when the reader looks something up and comes back, and nowhere else.
func TestTicksStayInTheVisit(t *testing.T) {
	tab := needs.Tab(t)
	list := fileURL(t, "laeringsmiljoe/tjeklister/sparring-i-skolen.html")
	open := func(address string) {
		t.Helper()
		if err := tab.Open(address); err != nil {
			t.Fatal(err)
		}
	}
	wait := func(what string, want int) {
		t.Helper()
		if got, err := chromium.Eval[int](tab, countTicks); err != nil || got != want {
			t.Errorf("%s: %d ticks, want %d (%v)", what, got, want, err)
		}
	}
	click := func(script string) {
		t.Helper()
		if _, err := chromium.Eval[bool](tab, "(async () => { "+script+"; return true })()"); err != nil {
			t.Fatal(err)
		}
	}
	do := func(a chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := tab.Do(a); err != nil {
			t.Fatal(err)
		}
	}
	open(list)
	click(`[...document.querySelectorAll(".tjek-felt")].slice(1, 3).forEach((b) => b.click())`)
	wait("ticked", 2)
	open(fileURL(t, "index.html"))
	do(chromedp.NavigateBack())
	wait("back from another page", 2)
	do(chromedp.Reload())
	wait("loaded again", 2)
	click(`await new Promise((done) => {
		addEventListener("hashchange", () => setTimeout(done));
		location.hash = "sidens_indhold";
	})`)
	do(chromedp.Reload())
	wait("loaded again at a place of the page", 2)
	click(`document.querySelector(".tjek-ryd").click()`)
	wait("cleared", 0)
	do(chromedp.Reload())
	wait("loaded again after clearing", 0)
	click(`document.querySelector(".tjek-felt").click()`)
	open(list + "?anden")
	wait("the list opened anew", 0)
}

// A link sign leads to the thing it stands at, and says when its address was copied.
func TestLinkSigns(t *testing.T) {
	tab := needs.Tab(t)
	if err := tab.Open(fileURL(t, "begreber/index.html")); err != nil {
		t.Fatal(err)
	}
	bad, err := chromium.Eval[[]string](tab, `(() => {
		const bad = [...document.querySelectorAll("a.peg")].filter((a) =>
			!document.getElementById(decodeURIComponent(a.hash.slice(1))) || !a.ariaLabel.includes(" til "));
		const mute = [...document.querySelectorAll(".afsnit :is(h2, h3, h4)[id], .afsnit li[id] h3")].filter((h) =>
			!(h.closest("li[id]") ?? h).querySelector("a.peg"));
		return [...bad, ...mute].map((e) => e.outerHTML.slice(0, 120));
	})()`)
	if err != nil || len(bad) > 0 {
		t.Errorf("signs that lead nowhere, and headings without one: %q (%v)", bad, err)
	}
	said, err := chromium.Eval[string](tab, `(async () => {
		let copied = "";
		navigator.clipboard.writeText = async (text) => { copied = text; };
		const peg = [...document.querySelectorAll("a.peg")].at(-1);
		peg.click();
		await new Promise((done) => setTimeout(done, 50));
		return [copied === peg.href, location.hash === peg.hash, document.querySelector("body > [role=status]").textContent].join();
	})()`)
	if want := "true,true,Linket er kopieret"; err != nil || said != want {
		t.Errorf("a click gives %q, want %q (%v)", said, want, err)
	}
}

// The words and roles of a list are told where they stand, and the link leads on.
func TestListsTellInPlace(t *testing.T) {
	tab := needs.Tab(t)
	if err := tab.Open(fileURL(t, "laeringsmiljoe/tjeklister/sparring-i-skolen.html")); err != nil {
		t.Fatal(err)
	}
	told, err := chromium.Eval[[]string](tab, `(async () => {
		const told = [];
		for (const words of [".begreb", "dd a[href*=roller]"]) {
			const link = document.querySelector(".tjek-punkt " + words);
			link.click();
			for (let i = 0; i < 200 && !document.querySelector(".opslag"); i++) await new Promise((go) => setTimeout(go, 50));
			const box = document.querySelector(".opslag");
			const [title, kind, text] = box.querySelectorAll("p");
			told.push(kind.textContent.split(" · ")[0], String(box.querySelector("a").href === link.href),
				String(title.textContent.length > 3 && text.textContent.length > 20));
			box.hidePopover();
			await new Promise((go) => setTimeout(go, 50));
		}
		return told;
	})()`)
	if want := "Begreb true true Rolle true true"; err != nil || strings.Join(told, " ") != want {
		t.Errorf("the links tell %q, want %q (%v)", told, want, err)
	}
}

func fileURL(t *testing.T, page string) string {
	t.Helper()
	address, err := chromium.FileURL(filepath.Join(realSite(t), page))
	if err != nil {
		t.Fatal(err)
	}
	return address
}
