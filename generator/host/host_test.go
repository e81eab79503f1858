package host

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func paths(files []File) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Path)
	}
	return out
}

// allFiles are those of every edition's folder.
func allFiles(name string, s Site) []File {
	var out []File
	for _, e := range s.Editions {
		out = append(out, Files(name, s, e)...)
	}
	return out
}

// A municipality's folder may be copied to another server than the whole is on.
func TestFilesLieWhereTheServerReadsThem(t *testing.T) {
	s := facts()
	var all []string
	for _, dir := range []string{"kommuner/herning/", "kommuner/aeroe/"} {
		all = append(all, dir+"nginx.conf.example", dir+".htaccess", dir+"web.config")
	}
	for name, want := range map[string][]string{
		"nginx":  append([]string{"nginx.conf.example"}, all...),
		"apache": append([]string{".htaccess"}, all...),
		"iis":    append([]string{"web.config"}, all...),
		"":       nil,
	} {
		files := allFiles(name, s)
		if got := paths(files); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
		for _, f := range files {
			for _, h := range headers() {
				if !strings.Contains(string(f.Data), h.Name) || !strings.Contains(string(f.Data), h.Value) {
					t.Errorf("%s: no %s", f.Path, h.Name)
				}
			}
		}
	}
	for _, name := range Names() {
		if len(allFiles(name, s)) == 0 {
			t.Errorf("%s has no files", name)
		}
	}
}

// The authority's tool looks for /was/ at the domain's root, so a page there is
// of use nowhere else.
func TestWAS(t *testing.T) {
	const statement = "https://was.digst.dk/haandbog-herning-dk?a=1&b=2"
	s := Site{Editions: []Edition{
		{Domain: true}, {Dir: "kommuner/aeroe", WAS: statement}, {Dir: "kommuner/herning", Domain: true, WAS: statement},
	}}
	files := allFiles("", s)
	if got := paths(files); !slices.Equal(got, []string{"kommuner/herning/was/index.html"}) {
		t.Fatalf("%q", got)
	}
	html := string(files[0].Data)
	for _, want := range []string{`content="0; url=https://was.digst.dk/haandbog-herning-dk?a=1&amp;b=2"`, `<a href="https://was.digst.dk/haandbog-herning-dk?a=1&amp;b=2">`, `lang="da"`} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in\n%s", want, html)
		}
	}
}

// IIS refuses the whole folder when a web.config is not XML, or adds what has
// been added.
func TestWebConfig(t *testing.T) {
	data := Files("iis", Site{}, Edition{Loose: []string{"vores \"logo\" & våben.svg"}})[0].Data
	dec := xml.NewDecoder(bytes.NewReader(data))
	var open []string
	removed, added, places := map[string]bool{}, map[string]int{}, map[string]int{}
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, data)
		}
		switch e := tok.(type) {
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.StartElement:
			open = append(open, e.Name.Local)
			in, id := strings.Join(open[:len(open)-1], "/"), ""
			for _, a := range e.Attr {
				switch a.Name.Local {
				case "path":
					if e.Name.Local == "location" {
						places[a.Value]++
					}
				case "name", "segment", "fileExtension", "statusCode", "subStatusCode":
					id += a.Name.Local + "=" + a.Value + " "
				}
			}
			switch e.Name.Local {
			case "remove":
				removed[in+" "+id] = true
			case "clear":
				removed[in+" "] = true
			case "add", "mimeMap", "error":
				added[in+" "+id]++
				if !removed[in+" "+id] {
					t.Errorf("%s %s is added without being removed first", in, id)
				}
			}
		}
	}
	for what, n := range added {
		if n > 1 && !strings.Contains(what, "location") {
			t.Errorf("%s is added %d times", what, n)
		}
	}
	for _, want := range []string{"assets", "assets/vores \"logo\" & våben.svg", "nyt.xml"} {
		if places[want] != 1 {
			t.Errorf("%d places for %s", places[want], want)
		}
	}
	if len(added) < 20 {
		t.Errorf("only %d things are added", len(added))
	}
}

// nginx allows a parameter 4,096 bytes, and a country may have many
// municipalities.
func TestNginxWithManyEditions(t *testing.T) {
	s := Site{Editions: []Edition{{}}}
	for i := range 600 {
		s.Editions = append(s.Editions, Edition{Dir: fmt.Sprintf("kommuner/kommunen-med-det-lange-navn-%03d", i)})
	}
	dir := publish(t, "nginx", s)
	for _, i := range []int{0, 49, 50, 599} {
		e := filepath.Join(dir, s.Editions[i+1].Dir)
		if err := os.MkdirAll(e, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(e, "404.html"), fmt.Appendf(nil, "kommune nr. %d", i), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server := nginxServer(t, fmt.Sprintf(`location / { root %s; set $haandbog ""; include %s/nginx.conf.example; }`, dir, dir))
	for _, i := range []int{0, 49, 50, 599} {
		want := fmt.Sprintf("kommune nr. %d", i)
		if got := get(t, server+"/"+s.Editions[i+1].Dir+"/x.html", "identity"); got.StatusCode != 404 || got.body != want {
			t.Errorf("%s: %s, want %s", got.Status, got.body, want)
		}
	}
}

func TestCompressor(t *testing.T) {
	noise := make([]byte, 5000)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	page := bytes.Repeat([]byte("<p>Et møde om læring.</p>\n"), 200)
	var c Compressor
	for _, x := range []struct {
		name  string
		data  []byte
		worth bool
	}{
		{"page", page, true}, {"nothing", nil, false}, {"1,024 bytes", page[:1024], false}, {"1,025 bytes", page[:1025], true},
		{"noise", noise, false}, {"page again", page, true},
	} {
		gz, worth := c.Append([]byte("før"), x.data)
		if worth != x.worth {
			t.Errorf("%s: worth %t", x.name, worth)
		}
		if !worth {
			if string(gz) != "før" {
				t.Errorf("%s: %d bytes came back", x.name, len(gz))
			}
			continue
		}
		var fresh Compressor
		again, _ := fresh.Append([]byte("før"), x.data)
		if !bytes.Equal(gz, again) {
			t.Errorf("%s: the same data gave other bytes", x.name)
		}
		r, err := gzip.NewReader(bytes.NewReader(gz[len("før"):]))
		if err != nil {
			t.Fatal(err)
		}
		if !r.ModTime.IsZero() || r.Name != "" {
			t.Errorf("%s: has a time or a name", x.name)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, x.data) {
			t.Errorf("%s: %v", x.name, err)
		}
	}
}
