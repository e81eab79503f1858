// Package sitetest checks a built handbook as its readers meet it: the links of
// every page, the HTML by the Nu HTML checker, accessibility by axe-core, and in
// a headless Chromium what a page does without JavaScript, under a strict
// Content-Security-Policy, on a narrow screen, and from the keyboard.
//
// The tests build the site once with the project's own command and look only at
// the files that it wrote. Each check is also run over small sites in testdata
// that have the mistakes it is there to find. What is exported is the browser.
package sitetest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Browser is a headless Chromium with an empty profile of its own and no way to
// the network but loopback.
type Browser struct {
	ctx  context.Context
	stop context.CancelFunc
	temp string // the profile and Chromium's TMPDIR
}

// programs are the names under which Chromium is looked for, Debian's first.
var programs = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// Start starts a browser that lives until ctx ends or it is closed. Close it in
// either case. The error says how to get Chromium when none is found.
func Start(ctx context.Context) (*Browser, error) {
	program := ""
	for _, name := range programs {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		return nil, fmt.Errorf("no browser (looked for %s): run make test, which installs it", strings.Join(programs, ", "))
	}
	temp, err := os.MkdirTemp("", "hb-browser-")
	if err != nil {
		return nil, fmt.Errorf("making a profile for Chromium: %w", err)
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(ctx, flags(program, temp)...)
	silent := func(string, ...any) {}
	browser, stopBrowser := chromedp.NewContext(allocator, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	b := &Browser{ctx: browser, temp: temp, stop: func() { stopBrowser(); stopAllocator() }}
	if err := chromedp.Do(browser); err != nil {
		b.Close()
		return nil, fmt.Errorf("starting %s: %w", program, err)
	}
	return b, nil
}

func flags(program, temp string) []chromedp.ExecAllocatorOption {
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(program),
		chromedp.UserDataDir(filepath.Join(temp, "profile")),
		chromedp.Env("TMPDIR="+temp, "XDG_CONFIG_HOME="+temp, "XDG_CACHE_HOME="+temp),
		chromedp.Flag("headless", "new"),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-crash-reporter", true),
		// Every address but loopback goes to a proxy that is not there.
		chromedp.ProxyServer("127.0.0.1:9"),
		chromedp.Flag("proxy-bypass-list", "127.0.0.1"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	return options
}

// Close ends the browser and removes its profile. Closing twice is allowed.
func (b *Browser) Close() error {
	b.stop()
	return os.RemoveAll(b.temp)
}

// Tab is one page of a browser, in a window of its own. Its methods are for one
// goroutine at a time.
type Tab struct {
	ctx   context.Context
	close context.CancelFunc
	limit time.Duration // for one step
}

// Tab opens a tab, whose page has the focus also while others are open.
func (b *Browser) Tab() (*Tab, error) {
	ctx, cancel := chromedp.NewContext(b.ctx)
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		return nil, fmt.Errorf("opening a tab: %w", err)
	}
	t := &Tab{ctx: ctx, close: cancel, limit: time.Minute}
	if err := t.Do(command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})); err != nil {
		cancel()
		return nil, fmt.Errorf("opening a tab: %w", err)
	}
	return t, nil
}

// Close closes the tab.
func (t *Tab) Close() { t.close() }

// Context is the tab's own, for actions of chromedp.
func (t *Tab) Context() context.Context { return t.ctx }

// Do runs actions of chromedp, each within a minute.
func (t *Tab) Do(actions ...chromedp.Action[chromedp.Void]) error {
	for _, action := range actions {
		ctx, cancel := context.WithTimeout(t.ctx, t.limit)
		err := chromedp.Do(ctx, action)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("gave up after %v: %w", t.limit, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Open loads an address and waits until it is loaded.
func (t *Tab) Open(address string) error {
	if err := t.Do(chromedp.Navigate(address)); err != nil {
		return fmt.Errorf("opening %s: %w", address, err)
	}
	return nil
}

// View is how a reader looks at pages. Motion is always reduced, so that a check
// never looks at a transition half way.
type View struct {
	Width, Height int64 // CSS pixels
	Dark          bool
	NoScript      bool // JavaScript is off, from the next page on
}

// Show changes the view, without loading the page again.
func (t *Tab) Show(v View) error {
	scheme := "light"
	if v.Dark {
		scheme = "dark"
	}
	return t.Do(
		command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: v.Width, Height: v.Height, DeviceScaleFactor: 1}),
		command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme},
			{Name: "prefers-reduced-motion", Value: "reduce"},
		}}),
		command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.NoScript}),
	)
}

// command is an action that runs one command of the protocol.
func command[P any](c cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

// Press presses keys as a keyboard does: characters, and the named keys of the
// package kb. With shift, the key Shift is held meanwhile.
func (t *Tab) Press(keys string, shift bool) error {
	for _, r := range keys {
		events := kb.Encode(r)
		if len(events) == 3 { // down, char, up: a character goes with its key
			events[0].Text = events[1].Text
			events = []*input.DispatchKeyEventParams{events[0], events[2]}
		}
		for _, e := range events {
			if shift {
				e.Modifiers |= int64(kb.ModifierShift)
			}
			if err := t.Do(command(input.DispatchKeyEvent, *e)); err != nil {
				return fmt.Errorf("pressing %q: %w", r, err)
			}
		}
	}
	return nil
}

// Eval runs JavaScript in a tab's page, waits for a promise, and decodes the
// value. It also works where the page's own scripts are off, but not with
// promises.
func Eval[T any](t *Tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(t.ctx, t.limit)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		return value, fmt.Errorf("running JavaScript: %w", err)
	}
	return value, nil
}

// FileURL is the address of a file on disk.
func FileURL(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	path = "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")
	return (&url.URL{Scheme: "file", Path: path}).String(), nil
}
