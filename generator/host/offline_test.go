package host

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"modelhaandbog/generator/needs"
)

// web is a server on this machine whose network can be cut.
type web struct {
	*httptest.Server
	mu     sync.Mutex
	files  map[string]string // by path from the domain's root, without the first slash
	asked  map[string]int
	down   bool
	status int // of every answer, when not 0
}

func newWeb(t *testing.T) *web {
	w := &web{files: map[string]string{}, asked: map[string]int{}}
	w.Server = httptest.NewServer(w)
	t.Cleanup(w.Close)
	return w
}

func (w *web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.down {
		panic(http.ErrAbortHandler)
	}
	for _, h := range headers() {
		rw.Header().Set(h.Name, h.Value)
	}
	rw.Header().Set("Cache-Control", renewed)
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	w.asked[name]++
	if w.status != 0 {
		rw.WriteHeader(w.status)
		return
	}
	content, ok := w.files[name]
	if !ok {
		http.NotFound(rw, r)
		return
	}
	types := map[string]string{".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}
	rw.Header().Set("Content-Type", types[path.Ext(name)])
	fmt.Fprint(rw, content)
}

func (w *web) set(down bool, status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.down, w.status = down, status
	if down {
		w.CloseClientConnections()
	}
}

// publish puts an edition under dir, with its worker.
func (w *web) publish(dir string, files map[string]string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	maps.DeleteFunc(w.files, func(name, _ string) bool { return strings.HasPrefix(name, dir) })
	var list []Entry
	for name, content := range files {
		w.files[dir+name] = content
		list = append(list, Entry{name, sha256.Sum256([]byte(content))})
	}
	w.files[dir+"sw.js"] = string(ServiceWorker(list, "Herning Kommune"))
	w.files[dir+"offline.js"] = string(Register())
	w.asked = map[string]int{}
}

func (w *web) times(name string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked[name]
}

// wait returns when the browser has asked for a file.
func (w *web) wait(t *testing.T, name string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if w.times(name) > 0 {
			return
		}
	}
	t.Fatalf("the browser never asked for %s", name)
}

func page(title, stylesheet string) string {
	return `<!doctype html><html lang="da"><meta charset="utf-8"><title>` + title + `</title><link rel="stylesheet" href="` + stylesheet + `"><script src="offline.js" defer></script><p>` + title
}

// edition is a small edition; its stylesheet is named for its colour.
func edition(front, colour string) map[string]string {
	css := "assets/haandbog." + colour + colour + colour + colour + ".css"
	return map[string]string{
		"index.html": page(front, css), "moede.html": page("Opfølgningsmøde", css), "soeg.html": page("Søg", css),
		"fast.html": "<!doctype html><title>Uændret</title>", "skema.docx": "PK", "offline.js": string(Register()),
		"404.html": page("Findes ikke", css), "soeg-indeks.js": "window.haandbogIndeks=1",
		css: "p{color:#" + colour + colour + colour + "}",
	}
}

type reader struct {
	t   *testing.T
	ctx context.Context
}

func newReader(t *testing.T) reader {
	t.Helper()
	ctx, cancel := context.WithTimeout(needs.Tab(t).Context(), 2*time.Minute)
	t.Cleanup(cancel)
	return reader{t, ctx}
}

// open goes to an address and gives the page's title, or the browser's error.
func (r reader) open(address string) string {
	r.t.Helper()
	if err := chromedp.Do(r.ctx, chromedp.Navigate(address)); err != nil {
		return err.Error()
	}
	r.see(`document.readyState`, "complete")
	return r.run(`document.title`)
}

// run gives the value of an expression, which may be a promise, as text.
func (r reader) run(expression string) string {
	r.t.Helper()
	const call = `document.readyState === 'complete' ? (async () => String(await (%s)))() : ''`
	got, err := chromedp.Run(r.ctx, chromedp.Evaluate[string](fmt.Sprintf(call, expression), chromedp.EvalAwaitPromise))
	if err != nil {
		r.t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// see waits until an expression has the value want.
func (r reader) see(expression, want string) {
	r.t.Helper()
	var got string
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if got = r.run(expression); got == want {
			return
		}
	}
	r.t.Fatalf("%s is %q, want %q", expression, got, want)
}

const (
	// handbooks names the handbook's caches.
	handbooks = `caches.keys().then((names) => names.filter((n) => n.startsWith('haandbog ' + location.origin + '/haandbog/ ')).join())`
	// keptFiles lists the paths in them. To open a cache makes it, so this is for
	// when nothing is about to be deleted.
	keptFiles = `(async () => {
		const cache = await caches.open(await ` + handbooks + `);
		return (await cache.keys()).map((r) => new URL(r.url).pathname.replace('/haandbog/', '')).sort().join(' ');
	})()`
	controlled = `navigator.serviceWorker.controller?.scriptURL.replace(location.origin, '')`
	colour     = `getComputedStyle(document.querySelector('p')).color`
)

func TestOffline(t *testing.T) {
	w, r := newWeb(t), newReader(t)
	root := strings.Replace(w.URL, "127.0.0.1", "localhost", 1) + "/haandbog/"
	w.files["nabo.html"] = page("Nabo", "x.css")
	w.files["haandbog/kommuner/aeroe/index.html"] = page("Ærø", "x.css")
	w.publish("haandbog/", edition("Forside", "11"))

	if got := r.open(root); got != "Forside" {
		t.Fatal(got)
	}
	r.see(controlled, "/haandbog/sw.js")
	const pages = " fast.html index.html moede.html offline.js soeg-indeks.js soeg.html"
	r.see(keptFiles, "assets/haandbog.11111111.css"+pages)
	first := r.run(handbooks)
	r.run(`Promise.all(['andres', 'haandbog ' + location.origin + '/ 1', 'haandbog ' + location.origin + '/haandbog/kommuner/aeroe/ 1'].map((n) => caches.open(n)))`)
	r.open(root + "kommuner/aeroe/index.html")
	r.open(root + "skema.docx")

	t.Log("the train enters a tunnel")
	w.set(true, 0)
	for address, want := range map[string]string{
		root: "Forside", root + "moede.html": "Opfølgningsmøde", root + "soeg.html?q=m%C3%B8de#svar": "Søg",
	} {
		if got := r.open(address); got != want {
			t.Errorf("without a network, %s is %q, want %q", address, got, want)
		}
		r.see(colour, "rgb(17, 17, 17)")
	}
	if got := r.run(`new Promise((done) => { const s = document.createElement('script'); s.src = 'soeg-indeks.js'; s.onload = () => done(window.haandbogIndeks); s.onerror = () => done('fejl'); document.head.append(s); })`); got != "1" {
		t.Errorf("without a network, the search index is %s", got)
	}
	for _, name := range []string{"skema.docx", "kommuner/aeroe/index.html", "findes-ikke.html"} {
		if got := r.open(root + name); !strings.Contains(got, "net::ERR") {
			t.Errorf("without a network, %s is %q", name, got)
		}
	}

	t.Log("the server is down")
	w.set(false, 503)
	if got := r.open(root + "moede.html"); got != "Opfølgningsmøde" {
		t.Errorf("from a server that is down: %q", got)
	}

	t.Log("a new edition, half of it missing")
	w.set(false, 0)
	w.publish("haandbog/", edition("Halv", "22"))
	w.mu.Lock()
	delete(w.files, "haandbog/soeg.html")
	w.mu.Unlock()
	if got := r.open(root); got != "Halv" {
		t.Errorf("with a network, the newest is wanted: %q", got)
	}
	w.wait(t, "haandbog/soeg.html") // which makes the worker give up
	r.see(`navigator.serviceWorker.getRegistration().then((r) => !r.installing && !r.waiting)`, "true")
	w.set(true, 0)
	if got := r.open(root); got != "Forside" {
		t.Errorf("half an edition has replaced a whole one: %q", got)
	}
	r.see(colour, "rgb(17, 17, 17)")
	w.set(false, 0)

	t.Log("a new edition, copied while its pages are old")
	w.publish("haandbog/", edition("Kopi", "44"))
	w.mu.Lock()
	w.files["haandbog/soeg.html"] = page("Gammel", "x.css")
	w.mu.Unlock()
	r.open(root)
	w.wait(t, "haandbog/soeg.html")
	r.see(`navigator.serviceWorker.getRegistration().then((r) => !r.installing && !r.waiting)`, "true")
	w.set(true, 0)
	if got := r.open(root); got != "Forside" {
		t.Errorf("half a copy has replaced a whole edition: %q", got)
	}
	w.set(false, 0)

	t.Log("a new edition")
	w.publish("haandbog/", edition("Ny forside", "33"))
	if got := r.open(root); got != "Ny forside" {
		t.Errorf("with a network, the newest is wanted: %q", got)
	}
	r.see(handbooks+`.then((names) => names !== '`+first+`' && !names.includes(','))`, "true")
	r.see(keptFiles, "assets/haandbog.33333333.css"+pages)
	if n := w.times("haandbog/fast.html"); n != 0 {
		t.Errorf("a page that hadn't changed was downloaded %d times", n)
	}
	if got := r.run(`caches.keys().then((names) => names.length)`); got != "4" {
		t.Errorf("%s caches on the domain, want ours and three of others", got)
	}
	w.set(true, 0)
	if got := r.open(root); got != "Ny forside" {
		t.Errorf("without a network: %q", got)
	}
	r.see(colour, "rgb(51, 51, 51)")

	t.Log("offline is switched off")
	w.set(false, 0)
	w.mu.Lock()
	delete(w.files, "haandbog/offline.js")
	w.files["haandbog/index.html"] = "<!doctype html><title>Uden</title>"
	w.files["haandbog/sw.js"] = string(Retired())
	w.mu.Unlock()
	r.open(root)
	r.see(`navigator.serviceWorker.getRegistrations().then((list) => list.length)`, "0")
	r.see(handbooks, "")
	r.open(root)
	r.see(`document.title + String(`+controlled+`)`, "Udenundefined")
}

// A folder opened from a disk, and one served without https, has no worker and
// no complaints.
func TestOfflineElsewhere(t *testing.T) {
	r := newReader(t)
	dir := t.TempDir()
	files := edition("Forside", "11")
	files["fejl.js"] = `addEventListener('error', (e) => { window.fejl = e.message; }); addEventListener('unhandledrejection', (e) => { window.fejl = e.reason; });`
	files["index.html"] = strings.Replace(files["index.html"], "<script", `<script src="fejl.js"></script><script`, 1)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(files[name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := r.open("file://" + dir + "/index.html"); got != "Forside" {
		t.Fatal(got)
	}
	r.see(`document.readyState`, "complete")
	if got := r.run(`window.fejl`); got != "undefined" {
		t.Errorf("from a disk: %s", got)
	}
	w := newWeb(t)
	w.publish("", files)
	if got := r.open(strings.Replace(w.URL, "127.0.0.1", "0.0.0.0", 1)); got != "Forside" {
		t.Fatal(got)
	}
	r.see(`document.readyState`, "complete")
	if got := r.run(`window.fejl + ' ' + navigator.serviceWorker?.controller`); !strings.HasPrefix(got, "undefined ") || w.times("sw.js") > 0 {
		t.Errorf("without https: %s, the worker was fetched %d times", got, w.times("sw.js"))
	}
}

func TestServiceWorkerKnowsItsFiles(t *testing.T) {
	a := []Entry{{"index.html", [32]byte{1}}, {"figur æ.svg", [32]byte{2}}, {"skema.pdf", [32]byte{3}}, {"sw.js", [32]byte{4}}}
	b := []Entry{{"skema.pdf", [32]byte{9}}, {"figur æ.svg", [32]byte{2}}, {"index.html", [32]byte{1}}}
	one, two := string(ServiceWorker(a, "Ærø")), string(ServiceWorker(b, "Ærø"))
	if one != two {
		t.Error("neither order nor files to download should change the worker")
	}
	if !strings.Contains(one, `"figur%20%C3%A6.svg":`) || strings.Contains(one, "skema.pdf") || strings.Contains(one, `"sw.js"`) {
		t.Error(one[:500])
	}
	a[0].Sum[0] = 5
	if string(ServiceWorker(a, "Ærø")) == one {
		t.Error("a changed page should change the worker")
	}
}
