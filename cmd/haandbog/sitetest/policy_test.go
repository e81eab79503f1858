package sitetest

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// policy is what a municipality's server may send with every page. Under it, no
// code in a page runs, and nothing is fetched from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

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
		switch e.Type {
		case runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeAssert:
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
		a := e.Request.URL
		inside := func(prefix string) bool { return strings.HasPrefix(a, prefix) }
		if !slices.ContainsFunc([]string{l.root, "data:", "blob:"}, inside) {
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
