package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// get asks for an address and gives the answer with its body.
func (p *preview) get(address string, headers ...string) (*http.Response, string) {
	p.t.Helper()
	request, err := http.NewRequest(http.MethodGet, strings.TrimSuffix(p.url(), "/")+address, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return response, string(body)
}

// listens opens an event stream and gives the states that arrive. With a status
// other than 200 the channel is nil.
func (p *preview) listens(side string) (states <-chan statusJSON, status int, leave func()) {
	p.t.Helper()
	ctx, cancel := context.WithCancel(p.t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url()+"_/haendelser?side="+side, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	if err != nil {
		p.t.Fatal(err)
	}
	leave = func() { cancel(); response.Body.Close() }
	p.t.Cleanup(leave)
	if response.StatusCode != http.StatusOK {
		return nil, response.StatusCode, leave
	}
	got := make(chan statusJSON, 1000)
	go func() {
		defer close(got)
		lines := bufio.NewScanner(response.Body)
		lines.Buffer(nil, 1<<22)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var state statusJSON
				if json.Unmarshal([]byte(data), &state) == nil {
					got <- state
				}
			}
		}
	}()
	return got, response.StatusCode, leave
}

// next is the next state of a stream.
func (p *preview) next(states <-chan statusJSON) statusJSON {
	p.t.Helper()
	select {
	case state, ok := <-states:
		if !ok {
			p.t.Fatal("the stream ended")
		}
		return state
	case <-time.After(30 * time.Second):
		p.t.Fatalf("no state came; the terminal says:\n%s", p.out)
		panic("unreachable")
	}
}

func TestEditorSeesPageWithPreviewMarks(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n<h1>Velkommen</h1>\n", "moeder/index.side", "Møder\n<p>Alle møder</p>\n", "stil.css", "p{}")
	p := start(t, site, Options{})
	response, body := p.get("/")
	published, tag, _ := site.file("index.html")
	marks := fmt.Sprintf(`<link rel="stylesheet" href="/_/forhaandsvisning.css"><script type="module" src="/_/forhaandsvisning.js" data-tag="%s" data-version="%s"></script>`, tag, p.version(p.current()))
	if !strings.Contains(body, marks) || strings.Replace(body, marks, "", 1) != string(published) {
		t.Errorf("the page is not the published one with marks:\n%s", body)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache",
		"ETag": `W/"` + tag + `"`, "Content-Security-Policy": policy,
	} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if response, body := p.get("/", "If-None-Match", response.Header.Get("ETag")); response.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("an unchanged page is answered with %s and %d bytes", response.Status, len(body))
	}
	if response, body := p.get("/stil.css"); body != "p{}" || response.Header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("the style sheet is %q, %q", body, response.Header.Get("Content-Type"))
	}
	if response, _ := p.get("/moeder"); response.StatusCode != http.StatusFound || response.Header.Get("Location") != "/moeder/" {
		t.Errorf("a folder without slash: %s to %q", response.Status, response.Header.Get("Location"))
	}
	if _, body := p.get("/moeder/"); !strings.Contains(body, "Alle møder") {
		t.Errorf("a folder is %q", body)
	}
}

func TestUnknownAddressShowsTheSitesOwnPage(t *testing.T) {
	p := start(t, newFiles(t, "index.side", "Forside\n", "404.side", "Findes ikke\n<p>Prøv forsiden</p>\n"), Options{})
	if response, body := p.get("/moder.html"); response.StatusCode != http.StatusNotFound || !strings.Contains(body, "Prøv forsiden") || !strings.Contains(body, `data-tag=""`) {
		t.Errorf("%s: %s", response.Status, body)
	}
}

// A municipality's own page for wrong addresses answers below its folder, and
// the policy lets its <base> count.
func TestUnknownAddressShowsTheEditionsOwnPage(t *testing.T) {
	p := start(t, newFiles(t, "index.side", "Forside\n", "404.side", "National\n", "kommuner/herning/404.side", "Hernings\n"), Options{})
	for address, want := range map[string]string{"/a/b.html": "National", "/kommuner/herning/a/b/": "Hernings", "/kommuner/herningx/": "National", "/kommuner/": "National"} {
		response, body := p.get(address)
		if response.StatusCode != http.StatusNotFound || !strings.Contains(body, "<title>"+want) {
			t.Errorf("%s: %s: %s", address, response.Status, body)
		}
		if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "base-uri 'self'") {
			t.Errorf("a <base> is refused by %s", policy)
		}
	}
}

func TestHostileRequests(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n", "moeder/index.side", "Møder\n")
	if err := os.WriteFile(filepath.Join(site.root, "hemmelig.txt"), []byte("hemmeligt"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, site, Options{})
	p.get("/")
	_, port, _ := net.SplitHostPort(p.addr)
	ours := "Host: " + p.addr + "\r\n"
	for _, c := range []struct{ request, want string }{
		{"GET / HTTP/1.1\r\n" + ours, "200"},
		{"HEAD / HTTP/1.1\r\n" + ours, "200"},
		{"GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\n", "200"},
		{"GET / HTTP/1.1\r\nHost: LOCALHOST:" + port + "\r\n", "200"},
		{"GET / HTTP/1.1\r\nHost: [::1]:" + port + "\r\n", "200"},

		{"GET / HTTP/1.1\r\nHost: ond.example:" + port + "\r\n", "421"},
		{"GET / HTTP/1.1\r\nHost: localhost.ond.example:" + port + "\r\n", "421"},
		{"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", "421"},
		{"GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n", "421"},
		{"GET / HTTP/1.1\r\nHost: 192.168.1.2:" + port + "\r\n", "421"},
		{"GET / HTTP/1.1\r\nHost: \r\n", "421"},
		{"GET / HTTP/1.1\r\n", "400"},
		{"GET / HTTP/1.0\r\n", "421"},
		{"GET http://ond.example/ HTTP/1.1\r\n" + ours, "421"},
		{"GET / HTTP/1.1\r\n" + ours + "Host: ond.example\r\n", "400"},

		{"POST / HTTP/1.1\r\nContent-Length: 0\r\n" + ours, "405"},
		{"PUT /index.html HTTP/1.1\r\nContent-Length: 0\r\n" + ours, "405"},
		{"DELETE /index.html HTTP/1.1\r\n" + ours, "405"},
		{"OPTIONS * HTTP/1.1\r\n" + ours, "405"},
		{"CONNECT ond.example:443 HTTP/1.1\r\n" + ours, "421"},
		{"TRACE / HTTP/1.1\r\n" + ours, "405"},

		{"GET /../hemmelig.txt HTTP/1.1\r\n" + ours, "400"},
		{"GET /%2e%2e/hemmelig.txt HTTP/1.1\r\n" + ours, "400"},
		{"GET /moeder/%2E./../../hemmelig.txt HTTP/1.1\r\n" + ours, "400"},
		{"GET /..%2fhemmelig.txt HTTP/1.1\r\n" + ours, "400"},
		{"GET /moeder%2Findex.html HTTP/1.1\r\n" + ours, "400"},
		{"GET /..%5chemmelig.txt HTTP/1.1\r\n" + ours, "400"},
		{"GET /..\\hemmelig.txt HTTP/1.1\r\n" + ours, "400"},
		{"GET /%252e%252e/hemmelig.txt HTTP/1.1\r\n" + ours, "404"},
		{"GET //ond.example/.. HTTP/1.1\r\n" + ours, "400"},
		{"GET //moeder HTTP/1.1\r\n" + ours, "400"},
		{"GET /moeder//index.html HTTP/1.1\r\n" + ours, "400"},
		{"GET /./index.html HTTP/1.1\r\n" + ours, "400"},
		{"GET /index.html%00.png HTTP/1.1\r\n" + ours, "400"},
		{"GET /%0d%0aSet-Cookie:x=1 HTTP/1.1\r\n" + ours, "400"},
		{"GET /%ff%fe HTTP/1.1\r\n" + ours, "400"},
		{"GET /hemmelig.txt HTTP/1.1\r\n" + ours, "404"},
		{"GET /index.side HTTP/1.1\r\n" + ours, "404"},
		{"GET /content/index.side HTTP/1.1\r\n" + ours, "404"},
		{"GET /_/ HTTP/1.1\r\n" + ours, "404"},
		{"GET /_/forhaandsvisning.go HTTP/1.1\r\n" + ours, "404"},
		{"GET /" + strings.Repeat("a", 1<<17) + " HTTP/1.1\r\n" + ours, "431"},

		{"GET /_/haendelser HTTP/1.1\r\nOrigin: http://ond.example\r\n" + ours, "403"},
		{"GET /_/haendelser HTTP/1.1\r\nOrigin: null\r\n" + ours, "403"},
		{"GET /_/haendelser HTTP/1.1\r\nOrigin: https://" + p.addr + "\r\n" + ours, "403"},
		{"GET /_/haendelser HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\n" + ours, "403"},
		{"GET /_/sider HTTP/1.1\r\nSec-Fetch-Site: same-site\r\n" + ours, "403"},
		{"GET /_/sider HTTP/1.1\r\nOrigin: http://" + p.addr + "\r\n" + ours, "200"},
		{"GET /_/udgave?til=&side=/../../etc/passwd HTTP/1.1\r\n" + ours, "302"},
		{"GET /_/udgave?til=findes-ikke HTTP/1.1\r\n" + ours, "404"},
		{"GET /_/udgave?til=&side=//ond.example HTTP/1.1\r\n" + ours, "302"},
	} {
		name := strings.SplitN(c.request, "\r\n", 2)[0]
		connection, err := net.Dial("tcp", p.addr)
		if err != nil {
			t.Fatal(err)
		}
		connection.SetDeadline(time.Now().Add(30 * time.Second))
		io.WriteString(connection, c.request+"Connection: close\r\n\r\n")
		answer, _ := io.ReadAll(connection)
		connection.Close()
		if !strings.HasPrefix(string(answer), "HTTP/1.1 "+c.want+" ") && !strings.HasPrefix(string(answer), "HTTP/1.0 "+c.want+" ") {
			t.Errorf("%.60s…: want %s, got %.200s", c.request, c.want, answer)
		}
		if strings.Contains(string(answer), "hemmeligt") || strings.Contains(string(answer), "Set-Cookie:") && strings.Contains(string(answer), "\r\nSet-Cookie") {
			t.Errorf("%.60s: answers %.300s", name, answer)
		}
		if c.want == "302" && !strings.Contains(string(answer), "\r\nLocation: /\r\n") {
			t.Errorf("%.60s: leads away: %.300s", name, answer)
		}
		if c.want == "405" && !strings.Contains(string(answer), "\r\nAllow: GET, HEAD\r\n") {
			t.Errorf("%.60s: does not say what is allowed", name)
		}
	}
}

func TestOpenToTheNetworkOnlyWhenTold(t *testing.T) {
	for _, c := range []struct {
		addr string
		host string
		want bool
	}{
		{":1313", "192.168.1.2:1313", false},
		{"127.0.0.1:1313", "localhost:1313", true},
		{"0.0.0.0:1313", "192.168.1.2:1313", true},
		{"0.0.0.0:1313", "192.168.1.2:80", false},
		{"0.0.0.0:1313", "ond.example:1313", false},
		{"[::]:1313", "[fe80::1]:1313", true},
		{"haandbog.lan:1313", "haandbog.lan:1313", true},
		{"haandbog.lan:1313", "ond.lan:1313", false},
	} {
		s, err := newServer(newFiles(t), Options{Addr: c.addr})
		if err != nil {
			t.Fatal(err)
		}
		host, _, _ := net.SplitHostPort(s.opt.Addr)
		ip := net.ParseIP(host)
		if ip == nil {
			ip = net.IPv4(10, 0, 0, 7)
		}
		s.knowAddress(&net.TCPAddr{IP: ip, Port: 1313})
		if got := s.ourHost(c.host); got != c.want {
			t.Errorf("bound to %s, Host %s: %v, want %v", c.addr, c.host, got, c.want)
		}
	}
}

func TestTabsAreCounted(t *testing.T) {
	p := start(t, newFiles(t, "index.side", "Forside\n"), Options{})
	var leave func()
	for i := range maxLive {
		states, status, l := p.listens("/")
		if status != http.StatusOK {
			t.Fatalf("tab %d: %d", i+1, status)
		}
		p.next(states)
		leave = l
	}
	if _, status, _ := p.listens("/"); status != http.StatusServiceUnavailable {
		t.Errorf("tab %d is answered with %d", maxLive+1, status)
	}
	if response, _ := p.get("/"); response.StatusCode != http.StatusOK {
		t.Errorf("pages are answered with %s then", response.Status)
	}
	leave()
	p.wait("a tab that left makes room", func() bool {
		_, status, l := p.listens("/")
		defer l()
		return status == http.StatusOK
	})
}

// A tab that sleeps with its connection open takes nothing more; it is let go.
func TestSleepingTabIsLetGo(t *testing.T) {
	long := strings.Repeat("ADVARSEL "+strings.Repeat("x", 5000)+"\n", maxViews)
	site := newFiles(t, "index.side", "Forside\n", "a.side", "0\n"+long)
	p := start(t, site, Options{}, func(s *server) { s.slow = 50 * time.Millisecond })
	p.get("/")
	connection, err := net.Dial("tcp", p.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	io.WriteString(connection, "GET /_/haendelser HTTP/1.1\r\nHost: "+p.addr+"\r\n\r\n")
	p.wait("the tab is there", func() bool { return len(p.live) == 1 })
	n := 0
	p.wait("the tab is let go", func() bool {
		n++
		site.save(t, "a.side", fmt.Sprint(n)+"\n"+long)
		p.get("/")
		return len(p.live) == 0
	})
}

func TestCtrlCEndsTabsToo(t *testing.T) {
	p := start(t, newFiles(t, "index.side", "Forside\n"), Options{})
	states, _, _ := p.listens("/")
	p.next(states)
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	for range states {
	}
	if len(p.live) != 0 {
		t.Errorf("%d connections are left", len(p.live))
	}
}

func TestPortTaken(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n")
	p := start(t, site, Options{})
	p.get("/")
	err := run(t.Context(), site, nil, Options{Addr: p.addr})
	if err == nil || !strings.Contains(err.Error(), p.addr+" is taken, perhaps by another haandbog serve; --port-auto") {
		t.Errorf("the message is %v", err)
	}
	other := start(t, &files{root: site.root}, Options{Addr: p.addr, PortAuto: true})
	if response, _ := other.get("/"); response.StatusCode != http.StatusOK || other.addr == p.addr {
		t.Errorf("the next port is %s, %s", other.addr, response.Status)
	}
}

func TestOpenStartsABrowser(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the test's browser is a shell script named xdg-open")
	}
	bin := t.TempDir()
	opened := filepath.Join(bin, "opened")
	do(t, os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\necho \"$1\" >"+opened+"\n"), 0o755))
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	p := start(t, newFiles(t, "index.side", "Forside\n"), Options{Open: true})
	p.wait("the browser is opened", func() bool {
		got, _ := os.ReadFile(opened)
		return string(got) == p.url()+"\n"
	})
}

func TestEditorLinks(t *testing.T) {
	for _, bad := range []string{"javascript:alert('{file}')", "JavaScript:{file}", "data:text/html,{file}", "{file}", "vscode://file/", "code {file}", `x://{file}"`} {
		if _, err := newEditor(bad, "/site"); err == nil {
			t.Errorf("%q is taken for an editor's address", bad)
		}
	}
	for _, c := range []struct{ address, root, want string }{
		{DefaultEditor, "/home/ane/vores håndbog", "vscode://file/home/ane/vores%20h%C3%A5ndbog/content/a%23b.toml:3:1"},
		{DefaultEditor, "C:/haandbog", "vscode://file/C:/haandbog/content/a%23b.toml:3:1"},
		{"idea://open?file={file}&line={line}", "/h", "idea://open?file=/h/content/a%23b.toml&line=3"},
	} {
		e, err := newEditor(c.address, c.root)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.link(pos("content/a#b.toml", 3)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestOtherEditionOfThePage(t *testing.T) {
	p := start(t, newFiles(t, "index.side", "F\n", "rolle.side", "R\n", "kun.side", "K\n", "kommuner/herning/index.side", "H\n", "kommuner/herning/rolle.side", "HR\n"), Options{})
	for _, c := range []struct{ from, til, want string }{
		{"/rolle.html", "herning", "/kommuner/herning/rolle.html"},
		{"/kommuner/herning/rolle.html", "", "/rolle.html"},
		{"/kun.html", "herning", "/kommuner/herning/"},
		{"/", "herning", "/kommuner/herning/"},
		{"/kommuner/herning/", "", "/"},
	} {
		response, _ := p.get("/_/udgave?til=" + c.til + "&side=" + c.from)
		if got := response.Header.Get("Location"); got != c.want {
			t.Errorf("from %s to %q: %s, want %s", c.from, c.til, got, c.want)
		}
	}
}

// The link "go there" stays in the edition of the page.
func TestGoThere(t *testing.T) {
	p := start(t, newFiles(t, "index.side", "F\n", "rolle.side", "Rolle\n", "kun.side", "Kun\n", "kommuner/herning/index.side", "H\n", "kommuner/herning/rolle.side", "Lokal\n"), Options{})
	p.get("/")
	for _, c := range []struct {
		side, changed string
		want          string
	}{
		{"/", "content/rolle.side", "/rolle.html Rolle"},
		{"/rolle.html", "content/rolle.side", ""},
		{"/kommuner/herning/", "content/rolle.side", "/kommuner/herning/rolle.html Lokal"},
		{"/kommuner/herning/rolle.html", "content/rolle.side", ""},
		{"/kommuner/herning/", "content/kun.side", "/kun.html Kun"},
		{"/", "content/kommuner/herning/index.side", "/kommuner/herning/ H"},
		{"/", "assets/stil.css", ""},
	} {
		st := *p.current()
		st.files = []string{c.changed}
		got := ""
		r := httptest.NewRequest("GET", "/?side="+c.side, nil)
		if g := p.goal(&st, sideOf(r)); g != nil {
			got = g.Href + " " + g.Title
		}
		if got != c.want {
			t.Errorf("%s changed, looking at %s: %q, want %q", c.changed, c.side, got, c.want)
		}
	}
}

func TestListOfAllPages(t *testing.T) {
	p := start(t, newFiles(t, "index.side", "Forside\n", "rolle.side", "Rolle <b>\nADVARSEL her\n", "kommuner/herning/index.side", "Herning\n"), Options{})
	_, body := p.get("/_/sider")
	for _, want := range []string{
		`<a href="/rolle.html">Rolle &lt;b&gt;</a>`, `<span class="fv-tal fv-advarsel">1 advarsel</span> ADVARSEL her`,
		`<a href="vscode://file` + p.opt.Root + `/content/rolle.side:1:1">content/rolle.side:1</a>`, "2 sider", "Alt, der er galt: 1 advarsel",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the list lacks %s:\n%s", want, body)
		}
	}
	_, body = p.get("/_/skrivehjaelp")
	for _, want := range []string{`<a href="#fase">fase</a>`, `<section id="fase">`, `id="fase.ansvarlig"`, `<section id="kerne">`} {
		if !strings.Contains(body, want) {
			t.Errorf("the authors' reference lacks %s", want)
		}
	}
	if _, body := p.get("/_/sider?udgave=herning"); !strings.Contains(body, `href="/kommuner/herning/"`) || strings.Contains(body, `href="/rolle.html"`) {
		t.Errorf("a municipality's list:\n%s", body)
	}
	if _, body := p.get("/_/sider?q=ROLLE"); !strings.Contains(body, "1 side<") && !strings.Contains(body, "1 sider") || strings.Contains(body, "Forside") {
		t.Errorf("the filter without scripts:\n%s", body)
	}
}

// Whatever is asked for, the site only hears of plain addresses, and a page is
// itself with marks in it.
func FuzzAddress(f *testing.F) {
	for _, address := range []string{"/", "/a/b.html", "/%2e%2e/x", "/a//b", "/a\\b", "/æ/", "//x", "/%00", "/.%2e/"} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, err := url.ParseRequestURI(text)
		if err != nil {
			return
		}
		address, ok := cleanPath(u)
		if ok && (!fs.ValidPath(address) || strings.ContainsAny(address, "\\\x00\n") || filepath.IsAbs(address)) {
			t.Errorf("%q became %q", text, address)
		}
	})
}

func FuzzMarks(f *testing.F) {
	for _, page := range []string{"", "<head>", "<!doctype html><html><HEAD lang=da><title>x</title>", "<header>", "<!doctype html>", "tekst"} {
		f.Add([]byte(page))
	}
	s, err := newServer(nil, Options{})
	if err != nil {
		f.Fatal(err)
	}
	marks := string(s.marked(nil, &state{}, "tag"))
	f.Fuzz(func(t *testing.T, page []byte) {
		if got := string(s.marked(page, &state{}, "tag")); !strings.Contains(got, marks) || strings.Replace(got, marks, "", 1) != string(page) && !strings.Contains(string(page), marks) {
			t.Errorf("%q became %q", page, got)
		}
	})
}
