package sitetest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// policy is what a municipality's server may send with every page. Under it, no
// code in a page runs, and nothing is fetched from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// under is the path below which the handbook is served.
const under = "/et/sted/"

// serveStrictly serves a folder on loopback with the policy, below a path, as a
// plain file server: no index for a folder, no redirects.
func serveStrictly(dir string) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		name, ok := strings.CutPrefix(r.URL.Path, under)
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		file, err := os.OpenInRoot(dir, filepath.FromSlash(name))
		if err != nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		defer file.Close()
		if info, err := file.Stat(); err != nil || info.IsDir() {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("X-Content-Type-Options", "nosniff")
		http.ServeContent(w, r, name, time.Time{}, file)
	})}
	go server.Serve(listener)
	return "http://" + listener.Addr().String() + under, func() { server.Close() }, nil
}

// checkPolicy loads pages of a folder over http under the policy, and from the
// disk, and returns what the browser complains of: violations, errors and
// warnings of the console, failed requests, requests to elsewhere. On soeg.html,
// and on one more page at each depth, it also searches, so that the index is
// loaded.
func checkPolicy(b *Browser, dir string, pages []string) ([]string, error) {
	served, stop, err := serveStrictly(dir)
	if err != nil {
		return nil, err
	}
	defer stop()
	disk, err := FileURL(dir)
	if err != nil {
		return nil, err
	}
	searched := map[int]string{} // the last page of each depth
	for _, p := range pages {
		searched[strings.Count(p, "/")] = p
	}
	var all []string
	for _, root := range []string{served, disk + "/"} {
		problems, err := inTabs(b, 2, dir, pages, func(t *Tab, page, _ string) ([]string, error) {
			return complaints(t, root, page, page == "soeg.html" || page == searched[strings.Count(page, "/")])
		})
		if err != nil {
			return nil, err
		}
		all = append(all, problems...)
	}
	return all, nil
}

// complaints returns what the browser complains of while a page below root is
// loaded, and searched when told.
func complaints(t *Tab, root, page string, searching bool) ([]string, error) {
	parsed, err := url.Parse(root)
	if err != nil {
		return nil, err
	}
	if err := t.Show(View{Width: 1280, Height: 900}); err != nil {
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
	if searching {
		if found, err := Eval[string](t, search); err != nil {
			return nil, err
		} else if found != "" {
			heard.add("%s", found)
		}
	}
	// What the page does is reported before the reply to a later command.
	if _, err := Eval[bool](t, `new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true), 50)))`); err != nil {
		return nil, err
	}
	var problems []string
	for _, text := range heard.all() {
		problems = append(problems, fmt.Sprintf("%s (%s): %s", page, parsed.Scheme, text))
	}
	return problems, nil
}

// search types a word that every handbook has in the first search field, and
// waits for answers. It gives what is wrong.
const search = `(async () => {
	const field = document.querySelector('form[action*="soeg.html"] input:not([type=hidden])');
	if (!field || field.disabled || !field.checkVisibility()) return "";
	field.focus();
	field.value = "fase";
	field.dispatchEvent(new InputEvent("input", { bubbles: true, data: "e", inputType: "insertText" }));
	for (let i = 0; i < 100; i++) {
		if (document.querySelector("[role=option]")) return "";
		await new Promise((go) => setTimeout(go, 30));
	}
	return "a search for “fase” gives no answer";
})()`

// listener collects complaints, each once.
type listener struct {
	root string
	mu   sync.Mutex
	said []string
}

func (l *listener) add(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	l.mu.Lock()
	defer l.mu.Unlock()
	if !slices.Contains(l.said, text) {
		l.said = append(l.said, text)
	}
}

func (l *listener) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.said)
}

func (l *listener) hear(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			l.add("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning || e.Type == runtime.ConsoleAPICalledTypeAssert {
			var words []string
			for _, a := range e.Args {
				words = append(words, string(a.Value)+a.Description)
			}
			l.add("console.%s: %s", e.Type, strings.Join(words, " "))
		}
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		l.add("%s", text)
	case *network.EventRequestWillBeSent:
		if a := e.Request.URL; !strings.HasPrefix(a, l.root) && !strings.HasPrefix(a, "data:") && !strings.HasPrefix(a, "blob:") {
			l.add("a request to elsewhere: %.100s", a)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			l.add("%s answers %d", e.Response.URL, e.Response.Status)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled {
			l.add("a request failed: %s %s", e.ErrorText, e.BlockedReason)
		}
	}
}
