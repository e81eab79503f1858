package export

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
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Options choose how a [Printer] works. The zero Options are good.
type Options struct {
	Chromium string        // path or name of the program; "" looks it up
	Tabs     int           // pages printed at a time; 0 means 2
	Timeout  time.Duration // for one page; 0 means a minute
}

// Printer prints HTML files through one headless Chromium. Its methods may be
// called from several goroutines.
type Printer struct {
	browser context.Context
	stop    context.CancelFunc
	timeout time.Duration
	tabs    chan *tabPage // as many as may be open; nil for one not opened yet
	temp    string        // Chromium's TMPDIR
	close   sync.Once
}

// tabPage is a browser's tab, which prints one page after the other.
type tabPage struct {
	ctx   context.Context
	close context.CancelFunc
}

// programs are the names under which Chromium is looked for, Debian's first.
var programs = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// NewPrinter starts a browser that lives until ctx ends or the printer is
// closed. It reaches no network. Call [Printer.Close] in either case: it waits
// until the browser's processes and temporary files are gone. The error says
// how to get Chromium when none is found.
func NewPrinter(ctx context.Context, o Options) (*Printer, error) {
	program, err := Chromium(o.Chromium)
	if err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp("", "hb-pdf-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for Chromium: %w", err)
	}
	p := &Printer{timeout: o.Timeout, temp: temp}
	if p.timeout <= 0 {
		p.timeout = time.Minute
	}
	if o.Tabs <= 0 {
		o.Tabs = 2
	}
	p.tabs = make(chan *tabPage, o.Tabs)
	for range o.Tabs {
		p.tabs <- nil
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(ctx, flags(program, temp)...)
	silent := func(string, ...any) {}
	browser, stopBrowser := chromedp.NewContext(allocator, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	p.browser = browser
	p.stop = func() { stopBrowser(); stopAllocator() }
	if err := chromedp.Do(browser); err != nil {
		p.Close()
		return nil, fmt.Errorf("starting %s: %w", program, err)
	}
	return p, nil
}

// Chromium finds the browser that prints: the named program, or for "" the
// first of those that Debian and others call it. The error says how to get it.
func Chromium(name string) (string, error) {
	names := programs
	if name != "" {
		names = []string{name}
	}
	for _, n := range names {
		if found, err := exec.LookPath(n); err == nil {
			return found, nil
		}
	}
	const get = "install it with “apt-get install chromium”, or leave out the PDFs"
	if name != "" {
		return "", fmt.Errorf("printing PDFs needs Chromium, and there is no program %s: %s", name, get)
	}
	return "", fmt.Errorf("printing PDFs needs Chromium, and none was found (looked for %v): %s", programs, get)
}

// flags keep the browser headless, quiet and to itself: no network, no profile
// but a temporary one, no files outside temp. As root chromedp adds
// --no-sandbox, without which Chromium does not start.
func flags(program, temp string) []chromedp.ExecAllocatorOption {
	return append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(program),
		chromedp.Env("TMPDIR="+temp, "XDG_CONFIG_HOME="+temp),
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-crash-reporter", true),
		// A proxy that is not there, for every address: nothing gets out.
		chromedp.ProxyServer("127.0.0.1:9"),
		chromedp.Flag("proxy-bypass-list", "<-loopback>"),
	)
}

// Close ends the browser and removes its temporary files. The printer cannot be
// used afterwards. Closing twice is allowed.
func (p *Printer) Close() error {
	var err error
	p.close.Do(func() {
		p.stop()
		err = os.RemoveAll(p.temp)
	})
	return err
}

// Print returns an HTML file as a PDF: tagged, with an outline, on the page size
// and with the margin boxes that its CSS asks for, backgrounds included. The
// same page gives the same bytes: they are dated by its
// <meta name="dcterms.modified" content="2026-08-01">, not by the clock, and its
// links lead to where the page's <link rel="canonical"> says that it is
// published, not to this machine. The page's scripts do not run. Print waits for
// a free tab.
func (p *Printer) Print(ctx context.Context, htmlPath string) ([]byte, error) {
	path, err := filepath.Abs(htmlPath)
	if err != nil {
		return nil, fmt.Errorf("printing %s: %w", htmlPath, err)
	}
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("printing: %w", err)
	}
	var tab *tabPage
	select {
	case tab = <-p.tabs:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.browser.Done():
		return nil, fmt.Errorf("printing %s: the browser has ended", htmlPath)
	}
	if tab == nil {
		tab = p.newTab()
	}
	pdf, date, err := p.printIn(ctx, tab, fileURL(path))
	if err != nil {
		tab.close() // it may hang in the page; the next print opens another
		p.tabs <- nil
		return nil, fmt.Errorf("printing %s: %w", htmlPath, err)
	}
	p.tabs <- tab
	return stable(pdf, date), nil
}

// fileURL is the address of an absolute path, also of C:\side.html.
func fileURL(path string) string {
	path = "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func (p *Printer) newTab() *tabPage {
	ctx, cancel := chromedp.NewContext(p.browser)
	return &tabPage{ctx, cancel}
}

// prepare waits for the page's fonts and returns the date that the page gives
// itself. Links to other files would name this machine's: they lead to the
// page's published address, its canonical one, or when it has none, nowhere.
const prepare = `document.fonts.ready.then(() => {
	const address = document.querySelector('link[rel="canonical"]')?.href;
	for (const a of document.querySelectorAll("a[href]")) {
		const href = a.getAttribute("href"), to = new URL(href, document.baseURI);
		if (to.protocol !== "file:" || to.pathname === location.pathname && to.hash) continue;
		if (address) a.setAttribute("href", new URL(href, address));
		else a.removeAttribute("href");
	}
	return document.querySelector('meta[name="dcterms.modified"]')?.content ?? "";
})`

// printIn loads an address in a tab and prints it, within the time for one page.
// It returns the PDF as Chromium made it, and the page's own date.
func (p *Printer) printIn(ctx context.Context, tab *tabPage, address string) (pdf []byte, date string, err error) {
	// A tab lives as long as the context of its first action: that one must
	// not be the one with the time limit.
	if err := chromedp.Do(tab.ctx, withoutScripts); err != nil {
		return nil, "", errors.Join(ctx.Err(), err)
	}
	limited, cancel := context.WithTimeoutCause(tab.ctx, p.timeout, fmt.Errorf("gave up after %v", p.timeout))
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	if err := chromedp.Do(limited, chromedp.Navigate(address)); err != nil {
		return nil, "", reason(ctx, limited, err)
	}
	if date, err = chromedp.Run(limited, chromedp.Evaluate[string](prepare, chromedp.EvalAwaitPromise)); err != nil {
		return nil, "", reason(ctx, limited, err)
	}
	pdf, err = chromedp.Run(limited, chromedp.PrintToPDF(
		chromedp.PDFOutlineAndTagged(),
		chromedp.PDFPreferCSSPageSize(),
		chromedp.PDFPrintBackground(),
		chromedp.PDFPaper(chromedp.PaperA4),
		chromedp.PDFStream(),
	))
	if err != nil {
		return nil, "", reason(ctx, limited, err)
	}
	return pdf, date, nil
}

// withoutScripts prints pages as they were written: no script of theirs runs.
func withoutScripts(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true})
	return chromedp.Void{}, err
}

// reason is why a page was not printed: the caller's own end, the time limit, or
// what the browser said.
func reason(ctx, limited context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if limited.Err() != nil {
		return context.Cause(limited)
	}
	return err
}

// Job is one file to print.
type Job struct{ HTML, PDF string } // paths on disk

// PrintAll prints jobs, as many at a time as p has tabs, and writes each PDF
// whole or not at all. progress, which may be nil, is called after each, one
// call at a time. Other jobs go on after one has failed; when ctx ends, none is
// begun. The error joins those of the jobs, in their order.
func PrintAll(ctx context.Context, p *Printer, jobs []Job, progress func(done, total int)) error {
	errs := make([]error, len(jobs))
	var (
		mu   sync.Mutex
		done int
		wait sync.WaitGroup
	)
	next := make(chan int)
	for range min(cap(p.tabs), len(jobs)) {
		wait.Go(func() {
			for i := range next {
				errs[i] = p.printTo(ctx, jobs[i])
				mu.Lock()
				done++
				if progress != nil {
					progress(done, len(jobs))
				}
				mu.Unlock()
			}
		})
	}
	for i := range jobs {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wait.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errors.Join(errs...)
}

func (p *Printer) printTo(ctx context.Context, j Job) error {
	pdf, err := p.Print(ctx, j.HTML)
	if err != nil {
		return err
	}
	part := j.PDF + ".part"
	if err := os.WriteFile(part, pdf, 0o644); err != nil {
		return fmt.Errorf("writing %s: %w", j.PDF, err)
	}
	if err := os.Rename(part, j.PDF); err != nil {
		os.Remove(part)
		return fmt.Errorf("writing %s: %w", j.PDF, err)
	}
	return nil
}
