package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"modelhaandbog/generator/chromium"
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
	browser *chromium.Browser
	timeout time.Duration
	tabs    chan *chromium.Tab // as many as may be open; nil for one not opened yet
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
	browser, err := chromium.Start(ctx, program, chromium.Files)
	if err != nil {
		return nil, err
	}
	p := &Printer{browser: browser, timeout: cmp.Or(o.Timeout, time.Minute)}
	p.tabs = make(chan *chromium.Tab, cmp.Or(o.Tabs, 2))
	for range cap(p.tabs) {
		p.tabs <- nil
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

// Close ends the browser and removes its temporary files. The printer cannot be
// used afterwards. Closing twice is allowed.
func (p *Printer) Close() error { return p.browser.Close() }

// Print returns an HTML file as a PDF: tagged, with an outline, on the page size
// and with the margin boxes that its CSS asks for, backgrounds included. The
// same page gives the same bytes: they are dated by its
// <meta name="dcterms.modified" content="2026-08-01">, not by the clock, and its
// links lead to where the page's <link rel="canonical"> says that it is
// published, not to this machine. The page's scripts do not run. Print waits for
// a free tab.
func (p *Printer) Print(ctx context.Context, htmlPath string) ([]byte, error) {
	if _, err := os.Stat(htmlPath); err != nil {
		return nil, fmt.Errorf("printing: %w", err)
	}
	address, err := chromium.FileURL(htmlPath)
	if err != nil {
		return nil, fmt.Errorf("printing %s: %w", htmlPath, err)
	}
	var tab *chromium.Tab
	select {
	case tab = <-p.tabs:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.browser.Done():
		return nil, fmt.Errorf("printing %s: the browser has ended", htmlPath)
	}
	if tab == nil {
		if tab, err = p.browser.Tab(); err != nil {
			p.tabs <- nil
			return nil, fmt.Errorf("printing %s: %w", htmlPath, err)
		}
	}
	pdf, date, err := p.printIn(ctx, tab, address)
	if err != nil {
		tab.Close() // it may hang in the page; the next print opens another
		p.tabs <- nil
		return nil, fmt.Errorf("printing %s: %w", htmlPath, err)
	}
	p.tabs <- tab
	return stable(pdf, date), nil
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
func (p *Printer) printIn(ctx context.Context, tab *chromium.Tab, address string) (pdf []byte, date string, err error) {
	withoutScripts := emulation.SetScriptExecutionDisabledParams{Value: true}
	if err := tab.Do(chromium.Command(emulation.SetScriptExecutionDisabled, withoutScripts)); err != nil {
		return nil, "", errors.Join(ctx.Err(), err)
	}
	limited, cancel := context.WithTimeoutCause(tab.Context(), p.timeout, fmt.Errorf("gave up after %v", p.timeout))
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
