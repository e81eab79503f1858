package sitetest

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// looks are the ways axe-core sees each page. What a page says does not change
// with the colour scheme, so the second scheme is tested for contrast only. The
// menu and every other <details> is seen closed at one width, open at the other.
var looks = []struct {
	name  string
	view  View
	open  bool // open every <details>
	rules string
}{
	{"360 px, light", View{Width: 360, Height: 780}, false, allRules},
	{"360 px, dark", View{Width: 360, Height: 780, Dark: true}, false, contrast},
	{"1280 px, dark", View{Width: 1280, Height: 900, Dark: true}, true, contrast},
	{"1280 px, light", View{Width: 1280, Height: 900}, true, allRules},
}

// What axe-core is to run.
const (
	allRules = `{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}`
	contrast = `{type: "rule", values: ["color-contrast"]}`
)

// checkAxe runs axe-core over pages of a folder in two tabs of a browser and
// returns the violations: page, look, rule, target. The largest pages come first,
// so that no tab is left alone with one at the end.
func checkAxe(b *Browser, dir string, pages []string) ([]string, error) {
	axe, err := os.ReadFile(filepath.Join(npm, "axe-core/axe.min.js"))
	if err != nil {
		return nil, fmt.Errorf("axe-core: %w: run make test, which installs it", err)
	}
	sizes := map[string]int64{}
	for _, p := range pages {
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(p)))
		if err != nil {
			return nil, err
		}
		sizes[p] = info.Size()
	}
	pages = slices.SortedStableFunc(slices.Values(pages), func(a, b string) int { return cmp.Compare(sizes[b], sizes[a]) })
	return inTabs(b, 2, dir, pages, func(t *Tab, page, address string) ([]string, error) {
		return axePage(t, string(axe), page, address)
	})
}

func axePage(t *Tab, axe, page, address string) ([]string, error) {
	if err := t.Show(looks[0].view); err != nil {
		return nil, err
	}
	if err := t.Open(address); err != nil {
		return nil, err
	}
	if _, err := Eval[bool](t, axe+"\n;true"); err != nil {
		return nil, err
	}
	var problems []string
	for _, look := range looks {
		if err := t.Show(look.view); err != nil {
			return nil, err
		}
		found, err := Eval[[]string](t, fmt.Sprintf(runAxe, look.open, look.rules))
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", page, look.name, err)
		}
		for _, f := range found {
			problems = append(problems, fmt.Sprintf("%s (%s): %s", page, look.name, f))
		}
	}
	return problems, nil
}

// runAxe gives the violations as lines. Where a rule has many, three are shown.
const runAxe = `(async () => {
	if (%t) for (const d of document.querySelectorAll("details")) d.open = true;
	const { violations } = await axe.run(document, { runOnly: %s, resultTypes: ["violations"], preload: false, iframes: false });
	return violations.map((v) => v.id + ": " + v.help + ": "
		+ v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + n.any.concat(n.all, n.none).slice(0, 1).map((c) => "(" + c.message + ")").join("")).join(" | ")
		+ (v.nodes.length > 3 ? " and " + (v.nodes.length - 3) + " more" : ""));
})()`

// inTabs calls check for every page in as many tabs as told, with the page's
// address on disk, and returns what they found in the order of the pages.
func inTabs(b *Browser, tabs int, dir string, pages []string, check func(t *Tab, page, address string) ([]string, error)) ([]string, error) {
	open := make([]*Tab, min(tabs, len(pages)))
	for i := range open {
		t, err := b.Tab()
		if err != nil {
			return nil, err
		}
		defer t.Close()
		open[i] = t
	}
	problems := make([][]string, len(pages))
	errs := make([]error, len(pages))
	inParallel(len(open), len(pages), func(worker, i int) {
		address, err := FileURL(filepath.Join(dir, filepath.FromSlash(pages[i])))
		if err == nil {
			problems[i], err = check(open[worker], pages[i], address)
		}
		if err != nil {
			errs[i] = fmt.Errorf("%s: %w", pages[i], err)
		}
	})
	var all, failed []string
	for i := range pages {
		all = append(all, problems[i]...)
		if errs[i] != nil {
			failed = append(failed, errs[i].Error())
		}
	}
	if len(failed) > 0 {
		return all, fmt.Errorf("%s", strings.Join(failed[:min(3, len(failed))], "\n"))
	}
	return all, nil
}
