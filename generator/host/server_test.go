package host

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/needs"
)

func facts() Site {
	return Site{
		Editions:  []Edition{{}, {Dir: "kommuner/herning"}, {Dir: "kommuner/aeroe"}},
		Redirects: []Redirect{{"laeringsmiljoe/faser/gammel.html", "laeringsmiljoe/faser/ny.html#maal"}},
	}
}

// publish writes the site of testdata with a server's configuration.
func publish(t *testing.T, server string, s Site) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "public")
	files := allFiles(server, s)
	for _, f := range archive.Files {
		files = append(files, File{f.Name, f.Data})
	}
	long := []byte("<!doctype html><title>Lang</title>" + strings.Repeat("<p>Et møde om læring.</p>", 200))
	files = append(files, File{"laeringsmiljoe/lang.html", long})
	if s.Precompressed {
		var c Compressor
		gz, worth := c.Append(nil, long)
		if !worth {
			t.Fatal("a long page is not worth compressing")
		}
		files = append(files, File{"laeringsmiljoe/lang.html.gz", gz})
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// nginxServer starts nginx with locations that include the snippet, and gives
// the server's address.
func nginxServer(t *testing.T, locations string) string {
	t.Helper()
	program := needs.Program(t, "nginx")
	dir := t.TempDir()
	address := free(t)
	conf := fmt.Sprintf(`daemon off; master_process off; error_log stderr; pid %[1]s/pid;
events {}
http {
    access_log off;
    client_body_temp_path %[1]s/a; proxy_temp_path %[1]s/b; fastcgi_temp_path %[1]s/c; uwsgi_temp_path %[1]s/d; scgi_temp_path %[1]s/e;
    server { listen %[2]s; %[3]s }
}`, dir, address, locations)
	name := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(name, []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	start(t, address, exec.CommandContext(t.Context(), program, "-e", "stderr", "-p", dir, "-c", name))
	return "http://" + address
}

func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start runs a server until the test is over, and returns when it answers.
func start(t *testing.T, address string, cmd *exec.Cmd) {
	t.Helper()
	var says bytes.Buffer
	cmd.Stderr, cmd.Stdout = &says, &says
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	t.Cleanup(func() {
		cmd.Process.Kill()
		<-gone
	})
	for {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return
		}
		select {
		case err := <-gone:
			gone <- err
			t.Fatalf("the server stopped: %v\n%s", err, says.String())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

type answer struct {
	*http.Response
	body string
}

// get asks without following redirects. Accept is the encoding that is asked for.
func get(t *testing.T, url, accept string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", accept)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 20 * time.Second}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var r io.Reader = res.Body
	if res.Header.Get("Content-Encoding") == "gzip" {
		if r, err = gzip.NewReader(res.Body); err != nil {
			t.Fatal(err)
		}
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res, string(data)}
}

func TestNginx(t *testing.T) {
	places := []struct{ name, path, location string }{
		{"domain root", "", `location / { root %s; set $haandbog ""; include %s; }`},
		{"under a path", "/haandbog", `location ^~ /haandbog/ { alias %s/; set $haandbog /haandbog; include %s; }`},
	}
	for _, place := range places {
		for _, precompressed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, precompressed %t", place.name, precompressed), func(t *testing.T) {
				s := facts()
				s.Precompressed = precompressed
				dir := publish(t, "nginx", s)
				server := nginxServer(t, fmt.Sprintf(place.location, dir, dir+"/nginx.conf.example"))
				meets(t, server, place.path, precompressed)
				// A proxy in front may speak https, of which nginx knows nothing.
				if to := get(t, server+place.path+"/laeringsmiljoe", "identity").Header.Get("Location"); !strings.HasPrefix(to, "/") {
					t.Errorf("redirects to %s, which names a server", to)
				}
			})
		}
	}
}

// A municipality's folder, lifted out of the whole to a server of its own, answers as
// it should with the configuration that lies in it.
func TestNginxOfALiftedFolder(t *testing.T) {
	for _, whole := range Names() {
		dir := publish(t, whole, facts()) + "/kommuner/herning"
		for path, location := range map[string]string{
			"":       `location / { root %[1]s; set $haandbog ""; include %[1]s/nginx.conf.example; }`,
			"/haand": `location ^~ /haand/ { alias %[1]s/; set $haandbog /haand; include %[1]s/nginx.conf.example; }`,
		} {
			root := nginxServer(t, fmt.Sprintf(location, dir)) + path
			if got := get(t, root+"/", "identity"); got.StatusCode != 200 || !strings.Contains(got.body, "Herning") {
				t.Errorf("%s%s/: %s, %.100q", whole, path, got.Status, got.body)
			}
			for _, wrong := range []string{"/dyb/x.html", "/web.config", "/.htaccess", "/nginx.conf.example", "/kommuner/aeroe/x"} {
				answers404(t, root+wrong, "ikke, Herning")
			}
			old := get(t, root+"/laeringsmiljoe/faser/gammel.html", "identity")
			if to := old.Header.Get("Location"); old.StatusCode != 301 || to != path+"/laeringsmiljoe/faser/ny.html#maal" {
				t.Errorf("%s%s: an old address leads to %q, %s", whole, path, to, old.Status)
			}
		}
	}
}

// elsewhere publishes an edition whose own 404 page is made for another address.
func elsewhere(t *testing.T, server string) string {
	s := facts()
	s.Editions[1].Elsewhere = true
	return publish(t, server, s)
}

// answers404 asks for a wrong address and tells whose page answers.
func answers404(t *testing.T, address, title string) {
	t.Helper()
	if got := get(t, address, "identity"); got.StatusCode != 404 || !strings.Contains(got.body, title) {
		t.Errorf("%s: %s, %.200q; want 404 with %q", address, got.Status, got.body, title)
	}
}

// A 404 page can name one address only, by its <base>. A folder with an address
// of its own has a page for that; where it was published the page would lead
// astray, and the national one answers.
func TestEditionElsewhere(t *testing.T) {
	t.Run("nginx", func(t *testing.T) {
		dir := elsewhere(t, "nginx")
		server := nginxServer(t, fmt.Sprintf("location ^~ /h/ { alias %s/; set $haandbog /h; include %s/nginx.conf.example; }", dir, dir))
		answers404(t, server+"/h/kommuner/herning/dyb/x.html", "ikke, national")
		answers404(t, server+"/h/kommuner/aeroe/dyb/x.html", "ikke, Ærø")
	})
}

// meets walks through a served site as readers and their browsers meet it.
func meets(t *testing.T, server, path string, precompressed bool) {
	root := server + path
	const forever = "public, max-age=31536000, immutable"
	for _, want := range []struct {
		path, title string
		status      int
		kind, cache string
	}{
		{"/", "Modelhåndbog", 200, "text/html; charset=utf-8", "no-cache"},
		{"/index.html", "Modelhåndbog", 200, "text/html; charset=utf-8", "no-cache"},
		{"/laeringsmiljoe/", "Læringsmiljø", 200, "text/html; charset=utf-8", "no-cache"},
		{"/kommuner/herning/", "Herning", 200, "text/html; charset=utf-8", "no-cache"},
		{"/assets/haandbog.0123abcd.css", "body{", 200, "text/css; charset=utf-8", forever},
		{"/assets/soeg.89abcdef.js", "window", 200, "text/javascript; charset=utf-8", forever},
		{"/assets/ikon.00ff00ff.svg", "<svg", 200, "image/svg+xml", forever},
		{"/assets/logo.svg", "<svg", 200, "image/svg+xml", "no-cache"},
		{"/laeringsmiljoe/tjeklister/moede.docx", "PK", 200, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "no-cache"},
		{"/aarshjul.ics", "BEGIN", 200, "text/calendar; charset=utf-8", "no-cache"},
		{"/data/laeringsmiljoe.json", "Læringsmiljø", 200, "application/json", "no-cache"},
		{"/nyt.xml", "<feed", 200, "", "no-cache"},

		{"/findes-ikke.html", "ikke, national", 404, "text/html; charset=utf-8", "no-cache"},
		{"/dyb/vej/ned/", "ikke, national", 404, "text/html; charset=utf-8", "no-cache"},
		{"/assets/haandbog.ffffffff.css", "ikke, national", 404, "text/html; charset=utf-8", "no-cache"},
		{"/kommuner/herning/findes-ikke.html", "ikke, Herning", 404, "text/html; charset=utf-8", "no-cache"},
		{"/kommuner/herning/dyb/vej/x.css", "ikke, Herning", 404, "text/html; charset=utf-8", "no-cache"},
		{"/kommuner/aeroe/x", "ikke, Ærø", 404, "text/html; charset=utf-8", "no-cache"},
		{"/kommuner/ukendt/x.html", "ikke, national", 404, "text/html; charset=utf-8", "no-cache"},
		{"/kommuner/herning-vest/x.html", "ikke, national", 404, "text/html; charset=utf-8", "no-cache"},

		{"/.haandbog-filer", "ikke, national", 404, "text/html; charset=utf-8", "no-cache"},
		{"/kommuner/herning/.skjult", "ikke, Herning", 404, "text/html; charset=utf-8", "no-cache"},
		{"/kommuner/herning/.htaccess", "ikke, Herning", 404, "text/html; charset=utf-8", "no-cache"},
		{"/kommuner/herning/web.config", "ikke, Herning", 404, "text/html; charset=utf-8", "no-cache"},
		{"/kommuner/herning/nginx.conf.example", "ikke, Herning", 404, "text/html; charset=utf-8", "no-cache"},
		{"/nginx.conf.example", "ikke, national", 404, "text/html; charset=utf-8", "no-cache"},
		{"/assets/", "ikke, national", 404, "text/html; charset=utf-8", "no-cache"}, // no list of files
	} {
		got := get(t, root+want.path, "identity")
		if got.StatusCode != want.status || !strings.Contains(got.body, want.title) {
			t.Errorf("%s: %s, %.200q; want %d with %q", want.path, got.Status, got.body, want.status, want.title)
		}
		if kind := got.Header.Get("Content-Type"); want.kind != "" && !strings.EqualFold(kind, want.kind) {
			t.Errorf("%s: Content-Type %q, want %q", want.path, kind, want.kind)
		}
		if cache := got.Header.Values("Cache-Control"); len(cache) != 1 || cache[0] != want.cache {
			t.Errorf("%s: Cache-Control %q, want %q", want.path, cache, want.cache)
		}
		for _, h := range headers() {
			if values := got.Header.Values(h.Name); len(values) != 1 || values[0] != h.Value {
				t.Errorf("%s: %s is %q", want.path, h.Name, values)
			}
		}
	}
	if kind := get(t, root+"/nyt.xml", "identity").Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/atom+xml") && !strings.HasPrefix(kind, "application/xml") {
		t.Errorf("the feed is %s", kind)
	}
	for from, to := range map[string]string{
		"/laeringsmiljoe/faser/gammel.html":                  "/laeringsmiljoe/faser/ny.html#maal",
		"/kommuner/herning/laeringsmiljoe/faser/gammel.html": "/kommuner/herning/laeringsmiljoe/faser/ny.html#maal",
		"/laeringsmiljoe": "/laeringsmiljoe/",
	} {
		got := get(t, root+from, "identity")
		if where := strings.TrimPrefix(got.Header.Get("Location"), server); got.StatusCode != 301 || where != path+to {
			t.Errorf("%s: %s to %q, want 301 to %q", from, got.Status, where, path+to)
		}
	}
	packed, plain := get(t, root+"/laeringsmiljoe/lang.html", "gzip"), get(t, root+"/laeringsmiljoe/lang.html", "identity")
	if packed.Header.Get("Content-Encoding") != "gzip" || plain.Header.Get("Content-Encoding") != "" || packed.body != plain.body || !strings.Contains(plain.body, "læring") {
		t.Errorf("compressed: %v, %d bytes; not compressed: %v, %d bytes", packed.Header, len(packed.body), plain.Header, len(plain.body))
	}
	if kind := packed.Header.Get("Content-Type"); !strings.EqualFold(kind, "text/html; charset=utf-8") {
		t.Errorf("compressed: %s", kind)
	}
	if packed.Header.Get("Vary") != "Accept-Encoding" || precompressed && packed.ContentLength <= 0 {
		t.Errorf("compressed: %v, length %d", packed.Header, packed.ContentLength)
	}
	if etag := plain.Header.Get("ETag"); etag == "" {
		t.Error("nothing to ask again by")
	}
}
