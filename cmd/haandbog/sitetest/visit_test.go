package sitetest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"modelhaandbog/generator/chromium"
	"modelhaandbog/generator/needs"
)

// visitor looks at pages as three readers: on a phone, over http under a strict
// policy; at a desk, from the disk; and on a phone without JavaScript. A page is
// loaded once for each reader, who then sees all that there is to see.
type visitor struct {
	browser *chromium.Browser
	axe     string // the source of axe-core
}

func newVisitor(t *testing.T) visitor {
	axe, err := os.ReadFile(needs.NPM(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return visitor{needs.Browser(t), string(axe)}
}

// visit is that of a folder.
type visit struct {
	visitor
	served, disk string          // addresses of the folder
	searched     map[string]bool // the pages on which something is searched for
}

// check returns what is wrong with pages of a folder. On soeg.html, and on one
// more page at each depth, it also searches, so that the index is loaded.
func (v visitor) check(dir string, pages []string) ([]string, error) {
	served, stop, err := serveStrictly(dir)
	if err != nil {
		return nil, err
	}
	defer stop()
	disk, err := chromium.FileURL(dir)
	if err != nil {
		return nil, err
	}
	searched := map[string]bool{"soeg.html": true}
	last := map[int]string{} // the last page of each depth
	for _, p := range pages {
		last[strings.Count(p, "/")] = p
	}
	for _, p := range last {
		searched[p] = true
	}
	return inTabs(v.browser, 2, pages, visit{v, served, disk + "/", searched}.page)
}

func (v visit) page(t *chromium.Tab, page string) ([]string, error) {
	var all []string
	for _, as := range []func(*chromium.Tab, string) ([]string, error){v.onPhone, v.atDesk, v.withoutScript} {
		problems, err := as(t, page)
		if err != nil {
			return nil, err
		}
		for _, p := range problems {
			all = append(all, page+" "+p)
		}
	}
	return all, nil
}

func (v visit) onPhone(t *chromium.Tab, page string) ([]string, error) {
	return v.listening(t, v.served, page, chromium.View{Width: 360, Height: 780}, func() ([]string, error) {
		if err := t.Show(chromium.View{Width: 320, Height: 800}); err != nil {
			return nil, err
		}
		problems, err := checkReflow(t, "320 px")
		if err != nil {
			return nil, err
		}
		found, err := v.runAxe(t, phoneLooks)
		return append(problems, found...), err
	})
}

func (v visit) atDesk(t *chromium.Tab, page string) ([]string, error) {
	return v.listening(t, v.disk, page, chromium.View{Width: 1280, Height: 900}, func() ([]string, error) {
		if err := textSize(t, 32); err != nil {
			return nil, err
		}
		problems, err := checkReflow(t, "1280 px, 200 % text")
		if err != nil {
			return nil, err
		}
		if err := textSize(t, 16); err != nil {
			return nil, err
		}
		found, err := v.runAxe(t, deskLooks)
		return append(problems, found...), err
	})
}

// textSize sets the text size of the browser, in pixels; 16 is usual.
func textSize(t *chromium.Tab, size int64) error {
	sizes := page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: size, Fixed: size}}
	return t.Do(chromium.Command(page.SetFontSizes, sizes))
}

// listening opens a page below root and looks at it. What look finds is joined
// by what the browser complains of until then, also while something is searched
// for.
func (v visit) listening(t *chromium.Tab, root, page string, view chromium.View,
	look func() ([]string, error)) ([]string, error) {
	if err := t.Show(view); err != nil {
		return nil, err
	}
	heard := &listener{root: root}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if err := chromedp.Listen(ctx, heard.hear); err != nil {
		return nil, err
	}
	if err := t.Open(root + (&url.URL{Path: page}).EscapedPath()); err != nil {
		return nil, err
	}
	problems, err := look()
	if err != nil {
		return nil, err
	}
	if v.searched[page] {
		found, err := chromium.Eval[string](t, search)
		if err != nil {
			return nil, err
		}
		if found != "" {
			heard.add("%s", found)
		}
	}
	// What the page does is reported before the reply to a later command.
	const rest = `new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true), 50)))`
	if _, err := chromium.Eval[bool](t, rest); err != nil {
		return nil, err
	}
	scheme, _, _ := strings.Cut(root, ":")
	for _, text := range heard.all() {
		problems = append(problems, fmt.Sprintf("policy (%s): %s", scheme, text))
	}
	return problems, nil
}

// inTabs calls check for every page in as many tabs as told and returns what
// was found, in the order of the pages.
func inTabs(b *chromium.Browser, tabs int, pages []string,
	check func(t *chromium.Tab, page string) ([]string, error)) ([]string, error) {
	open := make([]*chromium.Tab, min(tabs, len(pages)))
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
		if problems[i], errs[i] = check(open[worker], pages[i]); errs[i] != nil {
			errs[i] = fmt.Errorf("%s: %w", pages[i], errs[i])
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

// inParallel calls do(worker, i) for every i below n.
func inParallel(workers, n int, do func(worker, i int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for worker := range workers {
		wait.Go(func() {
			for i := range next {
				do(worker, i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}
