package preview

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"modelhaandbog/generator/diag"
)

// files is a site on a disk: a folder content/ of *.side files, whose first line
// is the title and whose other lines are HTML, and of assets as they are. A line
// that begins with FEJL is an error, one with ADVARSEL a warning. x.side is the
// page x.html.
type files struct {
	root string
	// after, if set, is called with each result before Refresh returns.
	after func(Result)
	// printed puts a hash of the style sheet in its address, as published sites do.
	printed bool
	// prepared counts the calls of Prepare, taken how often what it read was
	// shown, and reading guards it and Refresh.
	prepared, taken atomic.Int32
	reading         atomic.Bool

	mu      sync.Mutex
	bytes   map[string]string // of every file, as last read
	good    map[string]string // of the last state without errors
	reads   int
	missing bool
}

func newFiles(t *testing.T, content ...string) *files {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := &files{root: root}
	for i := 0; i < len(content); i += 2 {
		f.save(t, content[i], content[i+1])
	}
	return f
}

// save writes a file of the content folder.
func (f *files) save(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(f.root, "content", name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (f *files) path(name string) string { return filepath.Join(f.root, "content", name) }

// readAll reads every file, also behind symbolic links to folders.
func readAll(dir, prefix string, into map[string]string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name, full := path.Join(prefix, e.Name()), filepath.Join(dir, e.Name())
		if temporary(e.Name()) {
			continue
		}
		info, err := os.Stat(full)
		switch {
		case err != nil:
		case info.IsDir():
			if err := readAll(full, name, into); err != nil {
				return err
			}
		default:
			data, err := os.ReadFile(full)
			if err == nil {
				into[name] = string(data)
			}
		}
	}
	return nil
}

// Prepare reads and tells nobody. It and Refresh panic when they meet.
func (f *files) Prepare() func() Result {
	defer f.alone()()
	f.prepared.Add(1)
	started := time.Now()
	now := map[string]string{}
	err := readAll(filepath.Join(f.root, "content"), "", now)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil || maps.Equal(now, f.bytes) {
		return nil
	}
	return func() Result { f.taken.Add(1); return f.take(now, nil, started) }
}

// alone panics when somebody else reads, and gives the end of reading.
func (f *files) alone() (end func()) {
	if f.reading.Swap(true) {
		panic("two read at the same time")
	}
	return func() { f.reading.Store(false) }
}

func (f *files) Refresh(context.Context) Result {
	defer f.alone()()
	started := time.Now()
	now := map[string]string{}
	err := readAll(filepath.Join(f.root, "content"), "", now)
	return f.take(now, err, started)
}

// take shows what was read.
func (f *files) take(now map[string]string, err error, started time.Time) Result {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	var changed []string
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if old, ok := f.bytes[name]; !ok || old != now[name] {
			changed = append(changed, "content/"+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.bytes)) {
		if _, ok := now[name]; !ok {
			changed = append(changed, "content/"+name)
		}
	}
	onDisk := map[string]string{}
	unsettled := readAll(filepath.Join(f.root, "content"), "", onDisk) == nil && !maps.Equal(now, onDisk) || slices.ContainsFunc(changed, func(file string) bool {
		text, ok := now[strings.TrimPrefix(file, "content/")]
		return ok && text == ""
	})
	gone := err != nil
	result := Result{Changed: f.bytes == nil || len(changed) > 0 || gone != f.missing, Files: changed, Unsettled: unsettled, Pages: len(changed)}
	f.bytes, f.missing = now, gone
	if gone {
		result.Diags = append(result.Diags, diag.Diag{Severity: diag.Error, Code: "mangler", Pos: diag.Pos{File: "content"}, Message: "mappen content findes ikke", Help: "lav den"})
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		for i, line := range strings.Split(now[name], "\n") {
			d := diag.Diag{Code: "proeve", Pos: diag.Pos{File: "content/" + name, Line: i + 1, Col: 6}, Width: 4, Message: line, Help: "slet linjen",
				Notes: []diag.Note{{Pos: diag.Pos{File: "content/" + name, Line: 1, Col: 1}, Message: "titlen står her"}}}
			switch {
			case strings.HasPrefix(line, "FEJL"):
				d.Severity = diag.Error
				result.Diags = append(result.Diags, d)
			case strings.HasPrefix(line, "ADVARSEL"):
				result.Diags = append(result.Diags, d)
			}
		}
	}
	result.OK = !diag.HasErrors(result.Diags)
	if result.OK {
		f.good = now
	}
	result.Took = time.Since(started)
	if f.after != nil {
		f.after(result)
	}
	return result
}

func (f *files) File(address string) (data []byte, tag string, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if source, isPage := strings.CutSuffix(address, ".html"); isPage {
		text, found := f.good[source+".side"]
		title, body, _ := strings.Cut(text, "\n")
		data, ok = fmt.Appendf(nil, "<!doctype html>\n<html lang=\"da\"><head><meta charset=\"utf-8\"><title>%s</title>\n<link rel=\"stylesheet\" href=\"%s\"></head>\n<body>\n%s</body></html>\n", html.EscapeString(title), f.style(), body), found
	} else {
		var text string
		if f.printed && "/"+address == f.style() {
			address = "stil.css"
		}
		text, ok = f.good[address]
		data, ok = []byte(text), ok && path.Ext(address) != ".side"
	}
	sum := sha256.Sum256(data)
	return data, hex.EncodeToString(sum[:8]), ok
}

// style is the address of the style sheet.
func (f *files) style() string {
	if !f.printed {
		return "/stil.css"
	}
	sum := sha256.Sum256([]byte(f.good["stil.css"]))
	return fmt.Sprintf("/stil.%x.css", sum[:4])
}

func (f *files) Dirs() []string { return []string{filepath.Join(f.root, "content")} }

func (f *files) PagesOf(file string) []string {
	name, ok := strings.CutSuffix(strings.TrimPrefix(file, "content/"), ".side")
	if !ok {
		return nil
	}
	return []string{name + ".html"}
}

func (f *files) Shows(page, file string) bool { return slices.Contains(f.PagesOf(file), page) }

func (f *files) Editions() []Edition {
	return []Edition{{"", "National udgave", ""}, {"herning", "Herning Kommune", "kommuner/herning/"}}
}

func (f *files) Index(edition string) []PageInfo {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []PageInfo
	for _, name := range slices.Sorted(maps.Keys(f.good)) {
		page, isPage := strings.CutSuffix(name, ".side")
		if title, _, _ := strings.Cut(f.good[name], "\n"); isPage && strings.HasPrefix(name, "kommuner/herning/") == (edition == "herning") {
			list = append(list, PageInfo{Path: page + ".html", Title: title, Edition: edition, File: "content/" + name, Line: 1})
		}
	}
	return list
}

func (f *files) Source(name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, fs.ErrInvalid
	}
	return os.ReadFile(filepath.Join(f.root, name))
}

// output collects what is written by several goroutines.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// preview is a running server in a test.
type preview struct {
	*server
	t    *testing.T
	out  *output
	ctx  context.Context
	stop func() error // ends the server and gives the error of Run; may be called again
}

// start runs a preview of a site until the test ends. prepare may change the
// server before.
func start(t *testing.T, site Site, opt Options, prepare ...func(*server)) *preview {
	t.Helper()
	p := &preview{t: t, out: &output{}}
	opt.Out = p.out
	if opt.Addr == "" {
		opt.Addr = "127.0.0.1:0"
	}
	if f, ok := site.(*files); ok && opt.Root == "" {
		opt.Root = f.root
	}
	s, err := newServer(site, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range prepare {
		change(s)
	}
	p.server = s
	ctx, cancel := context.WithCancel(context.Background())
	listener, err := listen(ctx, s.opt.Addr, s.opt.PortAuto)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	p.ctx = ctx
	ended := make(chan error, 1)
	go func() { ended <- s.serve(ctx, listener) }()
	p.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { p.stop() })
	p.wait("the address is written", func() bool { return strings.Contains(p.out.String(), "Stop med") })
	return p
}

// wait waits until something holds. The deadline is for broken programs, not
// for slow machines.
func (p *preview) wait(what string, holds func() bool) {
	p.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if holds() {
			return
		}
	}
	p.t.Fatalf("waited in vain until %s; the terminal says:\n%s", what, p.out)
}
