// Package chromium drives a headless Chromium, for printing, tests and
// measurements: tabs that open pages, press keys and run JavaScript.
package chromium

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
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

// Browser is a headless Chromium with an empty profile of its own.
type Browser struct {
	ctx  context.Context
	stop context.CancelFunc
	temp string // the profile and Chromium's TMPDIR
}

// Reach is how far a browser gets: every address beyond goes to a proxy that is
// not there.
type Reach string

const (
	Files    Reach = "<-loopback>"
	Loopback Reach = "127.0.0.1;0.0.0.0"
)

// Start starts the browser that is at a path. It lives until ctx ends or it is
// closed; close it in either case.
func Start(ctx context.Context, program string, reach Reach) (*Browser, error) {
	temp, err := os.MkdirTemp("", "hb-browser-")
	if err != nil {
		return nil, fmt.Errorf("making a profile for Chromium: %w", err)
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(ctx, flags(program, temp, reach)...)
	silent := func(string, ...any) {}
	browser, stopBrowser := chromedp.NewContext(allocator, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	b := &Browser{ctx: browser, temp: temp, stop: func() { stopBrowser(); stopAllocator() }}
	if err := chromedp.Do(browser); err != nil {
		b.Close()
		return nil, fmt.Errorf("starting %s: %w", program, err)
	}
	return b, nil
}

func flags(program, temp string, reach Reach) []chromedp.ExecAllocatorOption {
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(program),
		chromedp.UserDataDir(filepath.Join(temp, "profile")),
		chromedp.Env("TMPDIR="+temp, "XDG_CONFIG_HOME="+temp, "XDG_CACHE_HOME="+temp),
		chromedp.Flag("headless", "new"),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-crash-reporter", true),
		chromedp.ProxyServer("127.0.0.1:9"),
		chromedp.Flag("proxy-bypass-list", string(reach)),
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

// Done is closed when the browser has ended.
func (b *Browser) Done() <-chan struct{} { return b.ctx.Done() }

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
	focus := emulation.SetFocusEmulationEnabledParams{Enabled: true}
	if err := t.Do(Command(emulation.SetFocusEmulationEnabled, focus)); err != nil {
		cancel()
		return nil, fmt.Errorf("opening a tab: %w", err)
	}
	return t, nil
}

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
		Command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: v.Width, Height: v.Height, DeviceScaleFactor: 1}),
		Command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme},
			{Name: "prefers-reduced-motion", Value: "reduce"},
		}}),
		Command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.NoScript}),
	)
}

// Command is an action that runs one command of the protocol.
func Command[P any](c cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
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
			if err := t.Do(Command(input.DispatchKeyEvent, *e)); err != nil {
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
