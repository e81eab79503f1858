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
	"testing"
	"time"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// files is a site on a disk: a folder content/ of *.side files, whose first line
// is the title and whose other lines are HTML, and of assets as they are. A line
// that begins with FEJL is an error, one with ADVARSEL a warning. x.side is the
// page x.html.
type files struct {
	root string
	// between, if set, is called when build has read the files.
	between func()
	// after, if set, is called with each result before build returns.
	after func(*result)

	listed map[string]bool // the names of the last build that looked for them

	mu     sync.Mutex
	bytes  map[string]string // of every file in the accepted result; nil before the first
	good   map[string]string // of the last result without errors
	builds int
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
		if build.Temporary(e.Name()) {
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

func (f *files) build(rewritten bool) *result {
	started := time.Now()
	now := map[string]string{}
	err := readAll(filepath.Join(f.root, "content"), "", now)
	if rewritten && f.listed != nil { // others are not looked for
		maps.DeleteFunc(now, func(name, _ string) bool { return !f.listed[name] })
	} else {
		f.listed = map[string]bool{}
		for name := range now {
			f.listed[name] = true
		}
	}
	if f.between != nil {
		f.between()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.builds++
	r := &result{}
	for name := range now {
		if was, ok := f.bytes[name]; !ok || was != now[name] {
			r.files = append(r.files, "content/"+name)
		}
	}
	for name := range f.bytes {
		if _, ok := now[name]; !ok {
			r.files = append(r.files, "content/"+name)
		}
	}
	slices.Sort(r.files)
	if err == nil && f.bytes != nil && len(r.files) == 0 {
		return nil
	}
	onDisk := map[string]string{}
	r.saving = readAll(filepath.Join(f.root, "content"), "", onDisk) == nil && !maps.Equal(now, onDisk) || slices.ContainsFunc(r.files, func(file string) bool {
		text, ok := now[strings.TrimPrefix(file, "content/")]
		return ok && text == ""
	})
	if err != nil {
		r.diags = append(r.diags, diag.Diag{Severity: diag.Error, Code: "mangler", Pos: diag.Pos{File: "content"}, Message: "mappen content findes ikke", Help: "lav den"})
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		for i, line := range strings.Split(now[name], "\n") {
			d := diag.Diag{Code: "proeve", Pos: diag.Pos{File: "content/" + name, Line: i + 1, Col: 6}, Width: 4, Message: line, Help: "slet linjen",
				Notes: []diag.Note{{Pos: diag.Pos{File: "content/" + name, Line: 1, Col: 1}, Message: "titlen står her"}}}
			switch {
			case strings.HasPrefix(line, "FEJL"):
				d.Severity = diag.Error
				r.diags = append(r.diags, d)
			case strings.HasPrefix(line, "ADVARSEL"):
				r.diags = append(r.diags, d)
			}
		}
	}
	r.took = time.Since(started)
	r.accept = func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.bytes = now
		if !diag.HasErrors(r.diags) {
			f.good = now
		}
	}
	if f.after != nil {
		f.after(r)
	}
	return r
}

func (f *files) file(address string) (data []byte, tag string, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if source, isPage := strings.CutSuffix(address, ".html"); isPage {
		text, found := f.good[source+".side"]
		title, body, _ := strings.Cut(text, "\n")
		data, ok = fmt.Appendf(nil, "<!doctype html>\n<html lang=\"da\"><head><meta charset=\"utf-8\"><title>%s</title>\n<link rel=\"stylesheet\" href=\"%s\"></head>\n<body>\n%s</body></html>\n", html.EscapeString(title), f.style(), body), found
	} else {
		var text string
		if "/"+address == f.style() {
			address = "stil.css"
		}
		text, ok = f.good[address]
		data, ok = []byte(text), ok && path.Ext(address) != ".side"
	}
	sum := sha256.Sum256(data)
	return data, hex.EncodeToString(sum[:8]), ok
}

// style is the address of the style sheet, which holds its hash as in published
// sites.
func (f *files) style() string {
	sum := sha256.Sum256([]byte(f.good["stil.css"]))
	return fmt.Sprintf("/stil.%x.css", sum[:4])
}

func (f *files) dirs() []string { return []string{filepath.Join(f.root, "content")} }

func (f *files) pagesOf(file string) []string {
	name, ok := strings.CutSuffix(strings.TrimPrefix(file, "content/"), ".side")
	if !ok {
		return nil
	}
	return []string{name + ".html"}
}

func (f *files) reference() *schema.Reference { return build.Reference(model.Schema()) }

func (f *files) editions() []edition {
	return []edition{{"", "National udgave", ""}, {"herning", "Herning Kommune", "kommuner/herning/"}}
}

func (f *files) index(slug string) []pageInfo {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []pageInfo
	for _, name := range slices.Sorted(maps.Keys(f.good)) {
		page, isPage := strings.CutSuffix(name, ".side")
		if title, _, _ := strings.Cut(f.good[name], "\n"); isPage && strings.HasPrefix(name, "kommuner/herning/") == (slug == "herning") {
			list = append(list, pageInfo{Path: page + ".html", Title: title, File: "content/" + name, Line: 1})
		}
	}
	return list
}

func (f *files) source(name string) ([]byte, error) {
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
func start(t *testing.T, site site, opt Options, prepare ...func(*server)) *preview {
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
