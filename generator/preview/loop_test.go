package preview

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"modelhaandbog/generator/diag"
)

func TestStartWithoutContent(t *testing.T) {
	site := newFiles(t)
	p := start(t, site, Options{})
	response, body := p.get("/")
	if response.StatusCode != 503 || !strings.Contains(body, "mappen content findes ikke") || !strings.Contains(body, "<strong>hjælp:</strong> lav den") {
		t.Errorf("%s:\n%s", response.Status, body)
	}
	site.save(t, "index.side", "Forside\n<p>et</p>\n")
	p.shows("/", "<p>et</p>")
}

// That the folder is missing is said once, though every build finds it.
func TestMissingFolderIsToldOnce(t *testing.T) {
	site := newFiles(t)
	builds := atomic.Int32{}
	site.after = func(*result) { builds.Add(1) }
	p := start(t, site, Options{Poll: true}, func(s *server) { s.poll = time.Millisecond })
	p.wait("there are several builds", func() bool { return builds.Load() > 5 })
	if n := strings.Count(p.out.String(), "mappen content findes ikke"); n != 1 || p.current().number != 0 {
		t.Errorf("told %d times, state %d:\n%s", n, p.current().number, p.out)
	}
}

func TestStartWithErrors(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\nFEJL i <b>linjen</b>\n")
	p := start(t, site, Options{})
	response, body := p.get("/")
	for _, want := range []string{
		"FEJL i &lt;b&gt;linjen&lt;/b&gt;", "content/index.side:2:6</a>", "    2 | FEJL i &lt;b&gt;linjen&lt;/b&gt;\n      |      ^~~~",
		"slet linjen", "titlen står her", "content/index.side:1:1</a>",
	} {
		if response.StatusCode != 503 || !strings.Contains(body, want) {
			t.Errorf("%s, without %q:\n%s", response.Status, want, body)
		}
	}
	site.save(t, "index.side", "Forside\n<p>et</p>\n")
	p.shows("/", "<p>et</p>")
}

// lockable is a site whose file can't be read without the permission, also not
// by root, who runs tests in a container.
type lockable struct {
	*files
	name string
}

func (l lockable) build(rewritten bool) *result {
	r := l.files.build(rewritten)
	info, err := os.Stat(l.path(l.name))
	locked := err == nil && info.Mode()&0o400 == 0
	if r == nil && !locked {
		r = &result{accept: func() {}}
	}
	if locked {
		r = &result{accept: func() {}, diags: []diag.Diag{{Severity: diag.Error, Code: "ingen-adgang", Pos: pos("content/"+l.name, 0), Message: "ingen adgang"}}}
	}
	return r
}

// A file that may be read again mends the page, though its bytes are as before.
func TestPermissionComesBack(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n<p>et</p>\n")
	p := start(t, lockable{site, "index.side"}, Options{})
	p.shows("/", "et")
	states, _, _ := p.listens("/")
	p.next(states)
	do(t, os.Chmod(site.path("index.side"), 0))
	site.save(t, "anden.side", "Anden\n")
	if state := p.next(states); state.OK {
		t.Errorf("told: %+v", state)
	}
	do(t, os.Chmod(site.path("index.side"), 0o644))
	if state := p.next(states); !state.OK {
		t.Errorf("told: %+v", state)
	}
}

// Bytes that are the same are no change: between two changes there is one state.
func TestUnchangedBytesTellNobody(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n", "rolle.side", "Rolle\n<p>et</p>\n")
	p := start(t, site, Options{})
	states, _, _ := p.listens("/")
	before := p.next(states)
	builds := site.builds
	site.save(t, "rolle.side", "Rolle\n<p>et</p>\n")
	p.wait("the same bytes are read", func() bool { site.mu.Lock(); defer site.mu.Unlock(); return site.builds > builds })
	site.save(t, "rolle.side", "Rolle\n<p>to</p>\n")
	after := p.next(states)
	if before.Version != p.instance+"-0" || after.Version != p.instance+"-1" {
		t.Errorf("states %s and %s do not follow each other", before.Version, after.Version)
	}
	p.wait("the terminal tells of it", func() bool { return strings.Contains(p.out.String(), "rolle.side") })
	if lines := strings.Count(p.out.String(), "rolle.side"); lines != 1 {
		t.Errorf("the terminal has %d lines about the file:\n%s", lines, p.out)
	}
}

// A file that is read half-written is read again before it is reported.
func TestHalfWrittenFileIsNotComplainedOf(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n", "rolle.side", "Rolle\n<p>et</p>\n")
	once := false
	site.after = func(r *result) {
		if diag.HasErrors(r.diags) && !once {
			once = true
			os.WriteFile(site.path("rolle.side"), []byte("Rolle\n<p>to</p>\n"), 0o644)
		}
	}
	p := start(t, site, Options{})
	states, _, _ := p.listens("/")
	p.next(states)
	site.save(t, "rolle.side", "Rolle\nFEJL, for filen er kun halv\n")
	if state := p.next(states); !state.OK || len(state.Diags) > 0 {
		t.Errorf("the half file was told of: %v", state.Diags)
	}
	p.shows("/rolle.html", "to")
	if !once || strings.Contains(p.out.String(), "FEJL") {
		t.Errorf("the terminal says:\n%s", p.out)
	}
}

// A save that begins while the site is read is shown when it has ended, and
// reported once.
func TestSaveUnderWayIsNotShown(t *testing.T) {
	const old, whole = "Rolle\n<p>gammel</p>\n", "Rolle\n<p>hele teksten</p>\n"
	begins := map[string]func(file string) error{
		"emptied": func(file string) error { return os.Truncate(file, 0) },
		"half":    func(file string) error { return os.WriteFile(file, []byte(whole[:12]), 0o644) },
		"away":    func(file string) error { return os.Rename(file, file+"~") },
	}
	for _, how := range []struct {
		name string
		opt  Options
		at   int // polling, the first build only says that something changed
	}{{"watching", Options{}, 1}, {"polling", Options{Poll: true}, 2}} {
		for begun, begin := range begins {
			t.Run(how.name+"/"+begun, func(t *testing.T) {
				site := &interrupted{files: newFiles(t, "index.side", "Forside\n", "rolle.side", old), at: how.at}
				site.begin = func() error { return begin(site.path("rolle.side")) }
				site.end = func() error { return os.WriteFile(site.path("rolle.side"), []byte(whole), 0o644) }
				how.opt.Root = site.root
				p := start(t, site, how.opt, func(s *server) { s.poll = 5 * time.Millisecond })
				p.shows("/rolle.html", "gammel")
				states, _, _ := p.listens("/rolle.html")
				p.next(states)
				site.save(t, "index.side", "Ny forside\n")
				p.shows("/rolle.html", "hele teksten")
				site.save(t, "sidst.side", "Sidst\n")
				p.wait("all is reported", func() bool { return strings.Contains(p.out.String(), "sidst.side") })
				if lines := strings.Count(p.out.String(), "rolle.side"); lines != 1 {
					t.Errorf("the terminal has %d lines about the file:\n%s", lines, p.out)
				}
				for range len(states) {
					if state := <-states; state.Page != "" && !strings.Contains(state.Page, "hele teksten") {
						t.Errorf("the tab was sent\n%s", state.Page)
					}
				}
			})
		}
	}
}

// interrupted is a site that is read in the middle of a save, once: in build
// number at after index.side was changed.
type interrupted struct {
	*files
	begin, end func() error
	at         int
}

func (s *interrupted) build(rewritten bool) *result {
	if data, _ := os.ReadFile(s.path("index.side")); strings.HasPrefix(string(data), "Ny forside") {
		s.at--
	}
	s.between = func() {}
	if s.at == 0 {
		must(s.begin())
		s.between = func() { must(s.end()) }
	}
	return s.files.build(rewritten)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// The terminal has one line for a save, and diagnostics once.
func TestTerminal(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n", "rolle.side", "Rolle\n")
	p := start(t, site, Options{}, func(s *server) { s.doubt = 0 })
	steps := []struct{ file, text, until string }{
		{"rolle.side", "Rolle\n<p>et</p>\n", "→ ændret"},
		{"rolle.side", "Rolle\nFEJL i teksten\n", "de sidste gode sider vises"},
		{"index.side", "Forside\n<p>et</p>\n", "index.side → 1 fejl"},
		{"rolle.side", "Rolle\n<p>to</p>\n", "i orden igen"},
		{"rolle.side", "Rolle\nADVARSEL om noget\n", "1 advarsel"},
		{"rolle.side", "Rolle\n<p>en linje mere</p>\nADVARSEL om noget\nADVARSEL om mere\n", "2 advarsler"}, // one has moved
	}
	p.get("/")
	for _, step := range steps {
		site.save(t, step.file, step.text)
		p.wait(step.until, func() bool { return strings.Contains(p.out.String(), step.until) })
	}
	if err := p.stop(); err != nil {
		t.Fatal(err)
	}
	got := regexp.MustCompile(`(?m)^\d\d:\d\d:\d\d`).ReplaceAllString(p.out.String(), "TT:TT:TT")
	got = regexp.MustCompile(`på (under )?[\d,]+ m?s`).ReplaceAllString(got, "på N ms")
	want := `Forhåndsvisning: ` + p.url() + `
Stop med Ctrl-C.
TT:TT:TT  klar på N ms
TT:TT:TT  rolle.side → ændret på N ms
TT:TT:TT  rolle.side → 1 fejl, de sidste gode sider vises

content/rolle.side:2:6: fejl: FEJL i teksten
    2 | FEJL i teksten
      |      ^~~~
  hjælp: slet linjen
  note: content/rolle.side:1:1: titlen står her
    1 | Rolle
      | ^

TT:TT:TT  index.side → 1 fejl, de sidste gode sider vises
TT:TT:TT  rolle.side → i orden igen, ændret på N ms
TT:TT:TT  rolle.side → ændret på N ms, 1 advarsel

content/rolle.side:2:6: advarsel: ADVARSEL om noget
    2 | ADVARSEL om noget
      |      ^~~~
  hjælp: slet linjen
  note: content/rolle.side:1:1: titlen står her
    1 | Rolle
      | ^

TT:TT:TT  rolle.side → ændret på N ms, 2 advarsler

content/rolle.side:4:6: advarsel: ADVARSEL om mere
    4 | ADVARSEL om mere
      |      ^~~~
  hjælp: slet linjen
  note: content/rolle.side:1:1: titlen står her
    1 | Rolle
      | ^

`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A thousand saves leave nothing behind: no goroutine, no watch, no connection.
func TestSavesLeaveNothingBehind(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n", "a.side", "0\n")
	p := start(t, site, Options{}, func(s *server) { s.quiet = time.Millisecond })
	states, _, _ := p.listens("/")
	p.next(states)
	save := func(n int) {
		site.save(t, "a.side", fmt.Sprintf("%d\n", n))
		p.next(states)
	}
	for n := range 20 {
		save(n + 1)
	}
	before := runtime.NumGoroutine()
	for n := range 300 {
		save(n + 100)
		if n%10 == 0 { // the watch is made anew
			do(t, os.MkdirAll(site.path("ny"), 0o755), os.Remove(site.path("ny")))
		}
	}
	p.wait("no goroutine is left over", func() bool { return runtime.NumGoroutine() <= before+2 })
}

// thorough is a site that finds errors in two steps: build says nothing of
// ADVARSEL, which check finds.
type thorough struct {
	*files
	checks, interrupted atomic.Int32
	gate                chan struct{} // check waits for it
	mended              atomic.Bool   // check finds nothing
}

func (s *thorough) build(rewritten bool) *result {
	r := s.files.build(rewritten)
	if r == nil {
		return nil
	}
	all := r.diags
	r.diags = slices.DeleteFunc(slices.Clone(all), func(d diag.Diag) bool { return d.Severity == diag.Warning })
	r.check = func(ctx context.Context) []diag.Diag {
		s.checks.Add(1)
		select {
		case <-s.gate:
		case <-ctx.Done():
			s.interrupted.Add(1)
		}
		if s.mended.Load() {
			return r.diags
		}
		return all
	}
	return r
}

func TestCheckOfAllEditions(t *testing.T) {
	site := &thorough{files: newFiles(t, "index.side", "Forside\n<p>et</p>\n", "a.side", "A\nADVARSEL a\n", "b.side", "B\nADVARSEL b\n"), gate: make(chan struct{})}
	p := start(t, site, Options{Root: site.root}, func(s *server) { s.idle = 0 })
	p.shows("/", "et")
	states, _, _ := p.listens("/")
	if state := p.next(states); len(state.Diags) > 0 {
		t.Errorf("told at once: %v", state.Diags)
	}
	// A save before the check is done: the page first, and the check again.
	p.wait("all editions are checked", func() bool { return site.checks.Load() > 0 })
	site.save(t, "index.side", "Forside\n<p>to</p>\n")
	p.next(states)
	p.shows("/", "to")
	p.wait("the check was interrupted", func() bool { return site.interrupted.Load() > 0 })
	close(site.gate)
	if state := p.next(states); state.Totals != "2 advarsler" || !state.Fresh {
		t.Errorf("found later: %s, %v", state.Totals, state.Diags)
	}
	// What was found holds until the next check, except in a file that changed.
	site.save(t, "a.side", "A\n")
	if state := p.next(states); state.Totals != "1 advarsel" || state.Diags[0].Message != "ADVARSEL b" {
		t.Errorf("after mending: %s, %v", state.Totals, state.Diags)
	}
	site.save(t, "b.side", "B\nADVARSEL c\n")
	p.wait("the new warning is reported", func() bool {
		return strings.Contains(p.out.String(), "alle udgaver er set efter: 1 advarsel\n\ncontent/b.side:2:6: advarsel: ADVARSEL c")
	})
	if n := strings.Count(p.out.String(), "advarsel: ADVARSEL b"); n != 1 {
		t.Errorf("the terminal told %d times of the same:\n%s", n, p.out)
	}
	// That warnings are gone is reported, once.
	site.mended.Store(true)
	for _, text := range []string{"tre", "fire"} {
		checks := site.checks.Load()
		site.save(t, "index.side", "Forside\n<p>"+text+"</p>\n")
		p.shows("/", text)
		p.wait("all editions are checked", func() bool { return site.checks.Load() > checks })
		p.wait("the warnings are gone", func() bool { return p.current().warnings == 0 })
	}
	site.save(t, "sidst.side", "Sidst\n")
	p.wait("the last change is reported", func() bool { return strings.Contains(p.out.String(), "sidst.side") })
	if n := strings.Count(p.out.String(), "alle udgaver er set efter: ingen fejl\n"); n != 1 {
		t.Errorf("the terminal told %d times that nothing is wrong:\n%s", n, p.out)
	}
}

// faulty is a site whose build panics when told to.
type faulty struct {
	*files
	fault atomic.Bool
}

func (f *faulty) build(rewritten bool) *result {
	if r := f.files.build(rewritten); r == nil || !f.fault.Load() {
		return r
	}
	panic("vaklevorn")
}

func TestFaultOfTheGeneratorIsShown(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n<p>et</p>\n")
	f := &faulty{files: site}
	p := start(t, f, Options{Root: site.root})
	p.shows("/", "et")
	states, _, _ := p.listens("/")
	p.next(states)
	f.fault.Store(true)
	site.save(t, "index.side", "Forside\n<p>to</p>\n")
	if state := p.next(states); state.OK || len(state.Diags) != 1 || !strings.Contains(state.Diags[0].Message, "vaklevorn") {
		t.Errorf("told: %+v", state)
	}
}

// Whatever happens on the disk, what is served in the end is what a site that
// reads everything anew would serve.
func TestWhateverHappenedThePageIsThatOfAFreshSite(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 6))
	site := newFiles(t, "index.side", "Forside\n")
	p := start(t, site, Options{}, func(s *server) { s.quiet, s.doubt = 2*time.Millisecond, time.Millisecond })
	p.get("/")
	name := func() string {
		parts := make([]string, 1+random.IntN(3))
		for i := range parts {
			parts[i] = string(rune('a' + random.IntN(3)))
		}
		return strings.Join(parts, "/")
	}
	for round := range 60 {
		for range 1 + random.IntN(4) {
			file := site.path(name() + ".side")
			text := fmt.Sprintf("Titel\n<p>%d</p>\n", random.IntN(1000))
			os.MkdirAll(filepath.Dir(file), 0o755)
			switch random.IntN(8) {
			case 0:
				os.Remove(file)
			case 1:
				os.RemoveAll(site.path(name()))
			case 2:
				os.Rename(site.path(name()), site.path(name()))
			case 3:
				os.WriteFile(file, []byte("Titel\nFEJL\n"), 0o644)
			case 4:
				os.WriteFile(file+".ny", []byte(text), 0o644)
				os.Rename(file+".ny", file)
			default:
				os.WriteFile(file, []byte(text), 0o644)
			}
		}
		if round%3 == 2 { // mend what is broken, so that there is something to compare
			now := map[string]string{}
			do(t, readAll(site.path(""), "", now))
			for _, file := range slices.Sorted(maps.Keys(now)) {
				if strings.Contains(now[file], "FEJL") {
					site.save(t, file, "Titel\n<p>rettet</p>\n")
				}
			}
		}
		fresh := &files{root: site.root}
		want := fresh.build(false)
		want.accept()
		p.wait(fmt.Sprintf("the preview agrees in round %d", round), func() bool {
			p.get("/") // waits for what is being read
			site.mu.Lock()
			defer site.mu.Unlock()
			return maps.Equal(site.bytes, fresh.bytes) && (diag.HasErrors(want.diags) || maps.Equal(site.good, fresh.good))
		})
	}
}
