package sitetest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"modelhaandbog/generator/chromium"
	"modelhaandbog/generator/needs"
)

// styleDelay is how long a stylesheet takes, so that a key that is pressed on
// one page comes up on the next before that has its style.
const styleDelay = 500 * time.Millisecond

// Going from page to page with keys leaves nothing in the console, also where
// pages change with a transition: by a link, from the search, and when Enter is
// pressed twice, which leads where the first one did.
func TestKeysLeadOnWithoutAWord(t *testing.T) {
	tab := needs.Tab(t)
	files := http.FileServer(http.Dir(realSite(t)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if strings.HasSuffix(r.URL.Path, ".css") {
			time.Sleep(styleDelay)
		}
		files.ServeHTTP(w, r)
	}))
	defer server.Close()
	heard := &listener{root: server.URL}
	ctx, cancel := context.WithCancel(tab.Context())
	defer cancel()
	if err := chromedp.Listen(ctx, heard.hear); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, prepare string
		enters        int
	}{
		{"a link", `document.querySelector('main a[href="moeder.html"]')`, 1},
		{"an answer", answered, 1},
		{"an answer, twice", answered, 2},
	} {
		if err := tab.Open(server.URL + "/index.html"); err != nil {
			t.Fatal(err)
		}
		to, err := chromium.Eval[string](tab, fmt.Sprintf(`(async () => { const e = await %s; e.focus(); return e.dataset.til ?? e.href; })()`, c.prepare))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		for range c.enters {
			if err := pressSlowly(tab, kb.Enter); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
		}
		time.Sleep(2 * styleDelay)
		at, err := chromium.Eval[string](tab, `new Promise((done) => document.readyState === "complete" ? done(location.href) : addEventListener("load", () => done(location.href)))`)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if at != to {
			t.Errorf("%s leads to %s, not to %s", c.name, at, to)
		}
	}
	for _, said := range heard.all() {
		t.Error(said)
	}
}

// answered searches and chooses the first answer; the field then says where it
// leads.
const answered = `(async () => {
	const field = [...document.querySelectorAll("form[role=search] input[name=q]")].find((e) => e.getClientRects().length);
	field.focus();
	field.value = "møde";
	field.dispatchEvent(new InputEvent("input", { bubbles: true }));
	while (!document.querySelector("[role=option]")) await new Promise((go) => setTimeout(go, 30));
	field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
	field.dataset.til = new URL(document.querySelector("[role=option][aria-selected=true]").dataset.adresse, location.href).href;
	return field;
})()`

// pressSlowly lets a key up when what it does has begun.
func pressSlowly(t *chromium.Tab, key string) error {
	events := kb.Encode([]rune(key)[0])
	if len(events) == 3 {
		events[0].Text = events[1].Text
		events = []*input.DispatchKeyEventParams{events[0], events[2]}
	}
	for i, e := range slices.All(events) {
		time.Sleep(time.Duration(i) * styleDelay / 5)
		if err := t.Do(chromium.Command(input.DispatchKeyEvent, *e)); err != nil {
			return err
		}
	}
	return nil
}
