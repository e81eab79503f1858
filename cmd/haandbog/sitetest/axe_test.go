package sitetest

import (
	"fmt"

	"modelhaandbog/generator/chromium"
	"modelhaandbog/generator/needs"
)

// look is a way in which axe-core sees a page.
type look struct {
	name  string
	view  chromium.View
	open  bool // open every <details>
	rules string
}

// What a page says does not change with the colour scheme, so the dark one is
// tested for contrast only. The menu and every other <details> is seen closed on
// the phone and open at the desk.
var (
	phoneLooks = []look{
		{"360 px, light", chromium.View{Width: 360, Height: 780}, false, allRules},
		{"360 px, dark", chromium.View{Width: 360, Height: 780, Dark: true}, false, contrast},
	}
	deskLooks = []look{
		{"1280 px, dark", chromium.View{Width: 1280, Height: 900, Dark: true}, true, contrast},
		{"1280 px, light", chromium.View{Width: 1280, Height: 900}, true, allRules},
	}
)

// What axe-core is to run.
const (
	allRules = `{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}`
	contrast = `{type: "rule", values: ["color-contrast"]}`
)

// runAxe runs axe-core in the page of a tab and returns the violations: look,
// rule, target.
func (v visit) runAxe(t *chromium.Tab, looks []look) ([]string, error) {
	script := v.axe
	if !needs.All {
		script += thin
	}
	if _, err := chromium.Eval[bool](t, script+"\n;true"); err != nil {
		return nil, err
	}
	var problems []string
	for _, look := range looks {
		if err := t.Show(look.view); err != nil {
			return nil, err
		}
		found, err := chromium.Eval[[]string](t, fmt.Sprintf(axeRun, look.open, look.rules))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", look.name, err)
		}
		for _, f := range found {
			problems = append(problems, fmt.Sprintf("axe (%s): %s", look.name, f))
		}
	}
	return problems, nil
}

// thin takes away sections, items, rows and paragraphs in which there is nothing that
// has not been seen three times: an element in a parent, as sample counts them. What
// axe-core says of one, it says of all, and on a long page it takes a minute to do so.
// A section leaves its headings, whose order is checked.
const thin = `
;{ const seen = {};
	const name = (e) => e.localName + "." + e.getAttribute("class");
	const pair = (e) => name(e.parentElement) + " > " + name(e);
	for (const e of document.querySelectorAll("body *")) {
		if (!e.isConnected) continue;
		const known = (x) => seen[pair(x)] >= 3;
		if (e.matches("section, article > div, details, li, tr, dl > div, p") && known(e) && [...e.querySelectorAll("*")].every(known))
			e.replaceWith(...(e.matches("section, div.afsnit") ? e.querySelectorAll("h1, h2, h3, h4, h5, h6") : []));
		else seen[pair(e)] = (seen[pair(e)] ?? 0) + 1;
	}}`

// axeRun gives the violations as lines. Where a rule has many, three are shown.
const axeRun = `(async () => {
	if (%t) for (const d of document.querySelectorAll("details")) d.open = true;
	const { violations } = await axe.run(document,
		{ runOnly: %s, resultTypes: ["violations"], preload: false, iframes: false });
	const first = (n) => n.any.concat(n.all, n.none).slice(0, 1).map((c) => "(" + c.message + ")").join("");
	return violations.map((v) => v.id + ": " + v.help + ": "
		+ v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + first(n)).join(" | ")
		+ (v.nodes.length > 3 ? " and " + (v.nodes.length - 3) + " more" : ""));
})()`
