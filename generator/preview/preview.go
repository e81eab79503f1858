// Package preview watches a site's folders, rebuilds the site when files are
// saved, renders pages when they are asked for, and patches the pages that are
// open in a browser. The bytes come from the same code as a published site's. It
// refuses to know what a phase is.
//
// Three parts meet in one value, the state: the loop (loop.go) makes a new one
// after every build, the handler (http.go) reads the current one, and every open
// tab (events.go) waits for the next. A state is never changed once it is
// published.
//
// It is also where one writes: write.go says who may, form.go makes the pages of the
// desk's forms, answer.go takes them. They work without scripts; skuffe.js shows them in
// a drawer beside the page that they are about.
//
// What is inserted in pages, forhaandsvisning.js and .css with what they load, is
// embedded here and served under /_/, so that nothing of it can end in a published
// site.
package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/edit"
	"modelhaandbog/generator/schema"
)

// site is content that is built when files change and asked for pages. build is
// called by one goroutine; the other methods by many, also while build runs.
type site interface {
	reference() *schema.Reference // of what authors can write
	// build reads what changed; nil when nothing did since the last result that
	// was accepted. What others see stays until the result is accepted. rewritten
	// tells that no file has come, gone or got another name since the last build.
	build(rewritten bool) *result
	// file gives the bytes of an address such as
	// "kommuner/herning/laeringsmiljoe/index.html", and a hash of them. ok is
	// false when there is no such file.
	file(path string) (data []byte, tag string, ok bool)
	// dirs lists the folders to watch, existing or not: absolute, with symbolic
	// links resolved.
	dirs() []string
	// pagesOf lists the addresses of pages with text from a content file.
	pagesOf(file string) []string
	editions() []edition
	// index lists the pages of an edition in the order of the handbook.
	index(edition string) []pageInfo
	// source gives the bytes of a content file as they are on disk now.
	source(path string) ([]byte, error)
}

// result is a site as it was built at one moment. With errors among diags, the
// pages are those of the last result without.
type result struct {
	files  []string // that changed; relative to the site's root, with slashes, sorted
	diags  []diag.Diag
	saving bool // a changed file may be in the middle of being saved
	took   time.Duration
	accept func() // makes it what the site serves
	// check finds all that is wrong, also in editions that build left out. It may be nil.
	check func(ctx context.Context) []diag.Diag
}

// edition is the national edition or a municipality's.
type edition struct {
	Slug string // "" for the national one
	Name string // "Herning Kommune"
	Dir  string // its first page's folder: "" or "kommuner/herning/"
}

// pageInfo is a page in the list of all pages.
type pageInfo struct {
	Path  string // address from the site's root, as file takes it
	Title string
	File  string // the content file it is mainly about, or ""
	Line  int
}

// Options are an operator's choices. The zero value is a sensible preview.
type Options struct {
	Addr     string // host:port, "127.0.0.1:1313" if empty; no host means loopback
	PortAuto bool   // take one of the next 20 ports if the port is taken
	Poll     bool   // look for changes every half second instead of watching
	Open     bool   // start a browser
	Editor   string // address that opens an editor, with {file}, {line} and {column}; DefaultEditor if empty
	Root     string // the site's root, absolute
	ReadOnly bool   // no forms are served; they are served to this machine only in any case
	Build    build.Options
	Out      io.Writer
	Log      *slog.Logger
	Color    bool // ANSI colours on Out
}

// OptionError is an option that makes no sense.
type OptionError struct{ error }

// DefaultEditor opens a place in Visual Studio Code.
const DefaultEditor = "vscode://file/{file}:{line}:{column}"

const (
	defaultAddr  = "127.0.0.1:1313"
	portsTried   = 20
	maxLive      = 64 // tabs that wait for events
	shutdownTime = 700 * time.Millisecond
)

// server is one running preview.
type server struct {
	site     site
	desk     desk   // nil for a site that can't be written
	token    string // that forms of this run carry
	opt      Options
	editor   editor
	addr     string   // host:port that browsers are sent to
	hosts    []string // values of the Host header that are answered
	anyIP    bool     // any IP address with our port is answered too
	instance string   // tells this run from an earlier one
	poll     time.Duration
	ping     time.Duration
	slow     time.Duration // a tab that takes nothing for so long is left
	quiet    time.Duration // the debounce window
	idle     time.Duration // before all editions are checked
	doubt    time.Duration // the debounce window where a file may be half saved
	stop     chan struct{} // closed when live connections are to end
	live     chan struct{} // one element per live connection
	wake     chan struct{} // says that we wrote files, all of them whole
	newWatch func(dirs []string, root string) (*watch, error)

	mu    sync.Mutex
	state *state        // nil until the first build
	ready chan struct{} // closed at the first state
}

// Run previews the site in the folder opt.Root until ctx ends, which is no
// error. It listens before the site is read; a request waits for that. Content
// that is wrong is shown in the browser and is no error either; a port that is
// taken is.
func Run(ctx context.Context, opt Options) error {
	desk := edit.Open(opt.Root, opt.Build)
	return run(ctx, newFolder(opt.Root, desk), desk, opt)
}

func run(ctx context.Context, site site, desk desk, opt Options) error {
	s, err := newServer(site, opt)
	if err != nil {
		return err
	}
	s.desk = desk
	listener, err := listen(ctx, s.opt.Addr, s.opt.PortAuto)
	if err != nil {
		return err
	}
	return s.serve(ctx, listener)
}

func newServer(site site, opt Options) (*server, error) {
	if opt.Addr == "" {
		opt.Addr = defaultAddr
	}
	if opt.Editor == "" {
		opt.Editor = DefaultEditor
	}
	if opt.Out == nil {
		opt.Out = io.Discard
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	host, port, err := net.SplitHostPort(opt.Addr)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return nil, OptionError{fmt.Errorf("--addr %q is not host:port, such as %s", opt.Addr, defaultAddr)}
	}
	if host == "" {
		opt.Addr = net.JoinHostPort("127.0.0.1", port)
	}
	ed, err := newEditor(opt.Editor, opt.Root)
	if err != nil {
		return nil, err
	}
	return &server{
		site: site, opt: opt, editor: ed, token: newToken(),
		instance: strconv.FormatInt(time.Now().UnixNano(), 36),
		poll:     500 * time.Millisecond,
		ping:     15 * time.Second,
		slow:     5 * time.Second,
		quiet:    20 * time.Millisecond,
		idle:     time.Second,
		doubt:    50 * time.Millisecond,
		stop:     make(chan struct{}),
		live:     make(chan struct{}, maxLive),
		wake:     make(chan struct{}, 1),
		ready:    make(chan struct{}),
		newWatch: newWatch,
	}, nil
}

// serve runs until ctx ends. It closes the listener.
func (s *server) serve(ctx context.Context, listener net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.knowAddress(listener.Addr().(*net.TCPAddr))
	hs := &http.Server{
		Handler:                      s,
		ReadHeaderTimeout:            5 * time.Second,
		ReadTimeout:                  10 * time.Second,
		WriteTimeout:                 60 * time.Second,
		IdleTimeout:                  60 * time.Second,
		MaxHeaderBytes:               1 << 16,
		DisableGeneralOptionsHandler: true, // OPTIONS * is refused like the rest
		ErrorLog:                     slog.NewLogLogger(s.opt.Log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- hs.Serve(listener) }()
	fmt.Fprintf(s.opt.Out, "Forhåndsvisning: %s\nStop med Ctrl-C.\n", s.start())
	if s.anyIP {
		s.opt.Log.Warn("the preview, drafts included, is open to the network", "addr", s.opt.Addr)
	}
	if s.opt.Open {
		if err := openBrowser(ctx, s.start()); err != nil {
			s.opt.Log.Warn("no browser was started", "err", err)
		}
	}
	done := make(chan struct{})
	go func() { defer close(done); (&loop{server: s}).run(ctx) }()

	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
		err = fmt.Errorf("serving %s: %w", s.addr, err)
	}
	cancel()
	close(s.stop)
	enough, release := context.WithTimeout(context.Background(), shutdownTime)
	defer release()
	if hs.Shutdown(enough) != nil {
		hs.Close()
	}
	select {
	case <-done:
	case <-enough.Done(): // a build that takes long is left behind
	}
	return err
}

func (s *server) url() string { return "http://" + s.addr + "/" }

// start is the address to look at first: the municipality's that was asked for,
// the first of several, or the national edition's.
func (s *server) start() string {
	if list := s.opt.Build.Kommuner; len(list) > 0 {
		return s.url() + "kommuner/" + url.PathEscape(list[0]) + "/"
	}
	return s.url()
}

// knowAddress decides which Host headers are ours. A name that isn't would mean
// that a foreign page was made to look at us by its own DNS.
func (s *server) knowAddress(at *net.TCPAddr) {
	host, _, _ := net.SplitHostPort(s.opt.Addr)
	port := strconv.Itoa(at.Port)
	names := []string{"localhost", "127.0.0.1", "::1", host, at.IP.String()}
	show := host
	if at.IP.IsUnspecified() {
		show = "localhost"
	}
	s.anyIP = !at.IP.IsLoopback()
	s.addr = net.JoinHostPort(show, port)
	for _, name := range names {
		s.hosts = append(s.hosts, strings.ToLower(net.JoinHostPort(name, port)))
		if port == "80" {
			s.hosts = append(s.hosts, strings.ToLower(strings.TrimSuffix(net.JoinHostPort(name, port), ":80")))
		}
	}
}

// listen takes addr or, with auto, the first free one of the ports after it.
func listen(ctx context.Context, addr string, auto bool) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", addr)
	if err == nil {
		return listener, nil
	}
	if !errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("listening on %s: %w", addr, err)
	}
	host, port, _ := net.SplitHostPort(addr)
	first, _ := strconv.Atoi(port)
	if auto {
		for p := first + 1; p <= min(first+portsTried, 65535); p++ {
			if listener, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(p))); err == nil {
				return listener, nil
			}
		}
		return nil, fmt.Errorf("%s and the %d ports after it are taken", addr, portsTried)
	}
	return nil, fmt.Errorf("%s is taken, perhaps by another haandbog serve; "+
		"--port-auto takes the next free port, --addr another", addr)
}

// openBrowser starts the user's browser and does not wait for it.
func openBrowser(ctx context.Context, url string) error {
	var name string
	var args []string
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler"}
	default:
		name = "xdg-open"
	}
	command := exec.CommandContext(ctx, name, append(args, url)...)
	command.Cancel = func() error { return nil } // the browser outlives us
	if err := command.Start(); err != nil {
		return fmt.Errorf("starting %s: %w", name, err)
	}
	go command.Wait()
	return nil
}
