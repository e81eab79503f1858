package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"modelhaandbog/generator/chromium"
	"modelhaandbog/generator/export"
)

// server is a running preview.
type server struct {
	cmd    *exec.Cmd
	root   string // address
	output *bytes.Buffer
	ready  time.Duration // from the process's start to the whole first page
	stop   func()
}

// serveSite starts a preview and waits for a page.
func serveSite(ctx context.Context, program string, args ...string) (*server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	args = slices.Clone(args)
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "{port}", port)
	}
	ctx, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, program, args...)
	s := &server{cmd: cmd, root: "http://127.0.0.1:" + port + "/", output: &bytes.Buffer{}}
	s.cmd.Stdout, s.cmd.Stderr = s.output, s.output
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(os.Interrupt) }
	s.cmd.WaitDelay = 5 * time.Second
	start := time.Now()
	if err := s.cmd.Start(); err != nil {
		cancel()
		return nil, err
	}
	s.stop = func() { cancel(); s.cmd.Wait() }
	for time.Since(start) < 5*time.Minute && ctx.Err() == nil {
		if r, err := http.Get(s.root); err == nil {
			_, err := io.Copy(io.Discard, r.Body)
			r.Body.Close()
			if err == nil && r.StatusCode == http.StatusOK {
				s.ready = time.Since(start)
				return s, nil
			}
		}
		time.Sleep(time.Millisecond)
	}
	s.stop()
	return nil, fmt.Errorf("%s showed nothing:\n%s", filepath.Base(program), s.output)
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// resident is the process's resident memory in MB.
func (s *server) resident() float64 {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	_, rest, _ := strings.Cut(string(data), "VmRSS:")
	kB, _ := strconv.ParseFloat(strings.TrimSpace(strings.SplitN(rest, "kB", 2)[0]), 64)
	return kB * 1024 / 1e6
}

// watcher runs in every document before its own scripts. It remembers by the
// machine's clock when each numbered text or colour was first in the page, also across
// reloads. So as not to disturb the measurement, it reads the page's text only when it
// changes, reads colours only on a page opened with styleMark, and is not polled.
const watcher = `(() => {
	const seen = (n) => {
		if (localStorage.getItem('seen' + n)) return;
		localStorage.setItem('seen' + n, Date.now());
		dispatchEvent(new Event('seen'));
	};
	const words = () => {
		if (!document.body) return;
		for (const m of document.body.textContent.match(/Saven(\d+)ende/g) || []) seen(m.match(/\d+/)[0]);
	};
	const style = () => {
		if (!document.body) return;
		const n = getComputedStyle(document.documentElement).getPropertyValue('--saven').trim();
		if (n) seen(n);
	};
	new MutationObserver(words).observe(document, { subtree: true, childList: true, characterData: true });
	if (location.search === '` + styleMark + `') setInterval(style, 4);
})()`

const styleMark = "?stil"

// edit is one way to change a site. Make gives the files that save number n
// writes; those files must be put back by the caller.
type edit struct {
	name string
	page string // where it shows, from the server's root
	make func(n int) map[string][]byte
}

// token is text that the watcher finds.
func token(n int) string { return fmt.Sprintf("Saven%dende", n) }

func (b *bench) edits(c *corpus, local string) []edit {
	after := func(file, text string) func(n int) map[string][]byte {
		return func(n int) map[string][]byte {
			return map[string][]byte{file: fmt.Appendf(slices.Clone(c.files[file]), text, n)}
		}
	}
	bulk := func(n int) map[string][]byte {
		files := map[string][]byte{}
		for _, name := range c.names() {
			switch {
			case !strings.HasPrefix(name, "content/") || len(files) == 200 || name == c.spots.guidance:
			case strings.HasSuffix(name, ".toml"): // every place in it moves
				files[name] = append(fmt.Appendf(nil, "# Gemt %s.\n", strings.Repeat("og gemt\n# ", 1+n%100)),
					c.files[name]...)
			case strings.HasSuffix(name, ".md"):
				files[name] = fmt.Appendf(slices.Clone(c.files[name]), "\n\nGemt %d.\n", n)
			}
		}
		files[c.spots.guidance] = fmt.Appendf(slices.Clone(c.files[c.spots.guidance]), "\n\nSaven%dende.\n", n)
		return files
	}
	return []edit{
		{"a guidance file", c.spots.page, after(c.spots.guidance, "\n\nSaven%dende.\n")},
		{"a name used on many pages (TOML)", c.spots.page, func(n int) map[string][]byte {
			old := fmt.Sprintf("navn = %q\n", c.spots.value)
			now := fmt.Appendf(nil, "navn = %q\n", c.spots.value+" "+token(n))
			return map[string][]byte{c.spots.toml: bytes.Replace(c.files[c.spots.toml], []byte(old), now, 1)}
		}},
		{"a municipality's guidance", "kommuner/" + local + "/" + c.spots.page,
			after(c.localGuidance(local), "\n\nSaven%dende.\n")},
		{"a layout", c.spots.page, func(n int) map[string][]byte {
			const layout = "layouts/side.html"
			now := []byte("<p>" + token(n) + "</p></footer>")
			return map[string][]byte{layout: bytes.Replace(c.files[layout], []byte("</footer>"), now, 1)}
		}},
		{"the CSS", c.spots.page + styleMark, after("assets/haandbog.css", "\n:root{--saven:%d}\n")},
		{"200 files at once", c.spots.page, bulk},
	}
}

// preview measures haandbog serve.
func (b *bench) preview(c *corpus) error {
	program, err := export.Chromium("")
	if err != nil {
		return err
	}
	browser, err := chromium.Start(b.ctx, program, chromium.Loopback)
	if err != nil {
		return err
	}
	defer browser.Close()
	local := "herning"
	if c.files[c.localGuidance(local)] == nil {
		c = c.clone(c.name)
		c.files["content/kommuner/"+local+"/kommune.toml"] = []byte("[kommune]\n")
		c.files[c.localGuidance(local)] = []byte("## Hos os\n\nRing først.\n")
	}
	source, err := b.source(c)
	if err != nil {
		return err
	}
	if err := b.starts(c, source, local); err != nil {
		return err
	}
	return b.saves(browser, c, source, local)
}

func serve(source string, more ...string) []string {
	return append([]string{"serve", "-C", source, "--addr", "127.0.0.1:{port}"}, more...)
}

// starts measures the time from start to the first page.
func (b *bench) starts(c *corpus, source, local string) error {
	t := newTable("preview: "+c.name, "ms from start to the first page", "best", "median", "worst")
	type start struct {
		name  string
		args  []string
		times []float64
	}
	starts := []start{
		{name: "haandbog serve, all municipalities", args: serve(source)},
		{name: "haandbog serve, one municipality", args: serve(source, "--kommune", local)},
	}
	const rounds = 10
	for round := range 1 + rounds { // the first is for the disk's cache
		for turn := range starts { // in turns, so that a busy moment meets both
			i := (round + turn) % len(starts)
			s, err := serveSite(b.ctx, b.haandbog, starts[i].args...)
			if err != nil {
				return err
			}
			s.stop()
			if round > 0 {
				starts[i].times = append(starts[i].times, ms(s.ready))
			}
		}
	}
	for _, k := range starts {
		slices.Sort(k.times)
		t.row(k.name, number(k.times[0]), number(k.times[rounds/2]), number(k.times[rounds-1]))
	}
	t.note("to reach: 300 ms; no more with 98 municipalities than with one")
	t.print()
	return nil
}

// saves measures the time from a save to the changed page in the browser.
func (b *bench) saves(browser *chromium.Browser, c *corpus, source, local string) error {
	s, err := serveSite(b.ctx, b.haandbog, serve(source)...)
	if err != nil {
		return err
	}
	defer s.stop()
	t := newTable("preview: "+c.name+", ms from save to changed page", "haandbog serve", "saves", "p50", "p95", "worst")
	saves := 30
	if b.quick {
		saves = 8
	}
	time.Sleep(3 * time.Second) // a browser that has just begun is busy with itself
	watch, err := newWatch(browser)
	if err != nil {
		return err
	}
	defer watch.Close()
	before := s.resident()
	for _, e := range b.edits(c, local) {
		times, err := watch.rounds(s, source, c, e, saves)
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		p50, p95, worst := quantile(times, 50), quantile(times, 95), times[len(times)-1]
		t.row(e.name, fmt.Sprint(len(times)), number(p50), number(p95), number(worst))
	}
	t.note("to reach: p95 under 100 ms, and 300 ms for 200 files; " +
		"times are from just before the first byte is written, by the machine's clock, ± 1 ms")
	t.note("resident: %.0f MB before, %.0f MB after the saves", before, s.resident())
	if b.long {
		if err := b.thousand(watch, s, source, c, local, t); err != nil {
			return err
		}
	}
	t.print()
	return nil
}

// thousand saves the guidance a thousand times while memory is read.
func (b *bench) thousand(watch *watch, s *server, source string, c *corpus, local string, t *table) error {
	e := b.edits(c, local)[0]
	pause := watch.pause
	watch.pause = 80 * time.Millisecond
	defer func() { watch.pause = pause }()
	var line []string
	for range 10 {
		if _, err := watch.rounds(s, source, c, e, 100); err != nil {
			return err
		}
		line = append(line, number(s.resident()))
	}
	t.note("resident after each hundred of a thousand saves, MB: %s", strings.Join(line, " "))
	return nil
}

// watch is a browser's tab with the watcher in it.
type watch struct {
	*chromium.Tab
	n      int           // saves so far
	settle time.Duration // for the page's connection, and what still goes on
	pause  time.Duration // between saves: nobody saves twice in a tenth of a second
}

func newWatch(browser *chromium.Browser) (*watch, error) {
	tab, err := browser.Tab()
	if err != nil {
		return nil, err
	}
	w := &watch{Tab: tab, settle: 500 * time.Millisecond, pause: 600 * time.Millisecond}
	return w, w.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: watcher})
		return err
	}))
}

// rounds saves again and again, each when the one before is seen and some
// time has passed, and gives the sorted times in ms. The files are put back.
func (w *watch) rounds(s *server, source string, c *corpus, e edit, rounds int) ([]float64, error) {
	if err := w.Open(s.root + e.page); err != nil {
		return nil, err
	}
	time.Sleep(w.settle)
	var times []float64
	var last map[string][]byte
	for range rounds {
		w.n++
		last = e.make(w.n)
		saved := time.Now()
		if err := save(source, last); err != nil {
			return nil, err
		}
		shown, err := w.shown(w.n)
		if err != nil {
			text := s.output.String()
			return nil, fmt.Errorf("%w\n%s", err, text[max(0, len(text)-1500):])
		}
		times = append(times, float64(shown)-float64(saved.UnixMicro())/1e3)
		time.Sleep(w.pause + time.Duration(w.n*7%50)*time.Millisecond)
	}
	old := map[string][]byte{}
	for name := range last {
		old[name] = c.files[name]
	}
	if err := save(source, old); err != nil {
		return nil, err
	}
	time.Sleep(w.settle)
	slices.Sort(times)
	return times, nil
}

// shown waits until the page has shown save n, and gives the browser's clock
// in ms.
func (w *watch) shown(n int) (int64, error) {
	for start := time.Now(); time.Since(start) < 90*time.Second; time.Sleep(10 * time.Millisecond) {
		// A page that reloads just now answers with an error.
		at, err := chromium.Eval[string](w.Tab, fmt.Sprintf(`new Promise((done) => {
			const look = () => { const at = localStorage.getItem('seen%d'); if (at) done(at); };
			look();
			addEventListener('seen', look);
			setTimeout(() => done(''), 5000);
		})`, n))
		if err == nil && at != "" {
			return strconv.ParseInt(at, 10, 64)
		}
	}
	return 0, errors.New("the change was never shown")
}

// save writes files in place, as some editors do.
func save(source string, files map[string][]byte) error {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(source, filepath.FromSlash(name)), files[name], 0o666); err != nil {
			return err
		}
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 }

func number(f float64) string { return fmt.Sprintf("%.0f", f) }

// quantile of sorted values, the nearest rank.
func quantile(sorted []float64, percent int) float64 {
	return sorted[max(0, (len(sorted)*percent+99)/100-1)]
}
