package feed

import (
	"encoding/xml"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// plan reads testdata/nyt.txtar with some texts replaced and plans an edition.
func plan(t *testing.T, slug string, replace ...string) *book.Book {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "nyt.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var in model.Input
	folder := model.Folder{ID: "alfa", Dir: "content/modeller/alfa"}
	for _, f := range txtar.Parse([]byte(strings.NewReplacer(replace...).Replace(string(data)))).Files {
		n, diags := source.ParseTOML(f.Name, f.Data)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		if path.Dir(f.Name) == "content" {
			in.Shared = append(in.Shared, n)
		} else {
			folder.Files = append(folder.Files, n)
		}
	}
	in.Models = []model.Folder{folder}
	national := model.Load(in)
	h := national.Handbook
	if slug != "" {
		h, _ = national.Edition(model.Overlaid{ID: slug, Lost: national.Lost})
	}
	b, diags := book.Plan(h, nil, nil, book.NewTexts(), book.Options{})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return b
}

// element is any XML element.
type element struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Kids    []element  `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (e element) all(name string) []element {
	var out []element
	for _, k := range e.Kids {
		if k.XMLName.Local == name {
			out = append(out, k)
		}
	}
	return out
}

func (e element) one(t *testing.T, name string) element {
	t.Helper()
	list := e.all(name)
	if len(list) != 1 {
		t.Fatalf("<%s> has %d <%s>, must have one", e.XMLName.Local, len(list), name)
	}
	return list[0]
}

func parse(t *testing.T, data []byte) element {
	t.Helper()
	var root element
	d := xml.NewDecoder(strings.NewReader(string(data)))
	if err := d.Decode(&root); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if tok, err := d.Token(); err != io.EOF && strings.TrimSpace(string(tok.(xml.CharData))) != "" {
		t.Fatalf("something stands after the root: %v", tok)
	}
	return root
}

func atom(t *testing.T, b *book.Book, base string) element {
	t.Helper()
	data, err := Atom(b, base)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, data)
}

func TestNewsAsAFeed(t *testing.T) {
	f := atom(t, plan(t, ""), "https://eks.dk/h")
	if got, want := f.one(t, "title").Text, "Nyt i håndbogen – Håndbog & co."; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	if got := f.one(t, "updated").Text; got != "2026-11-22T00:00:00Z" {
		t.Errorf("updated %q: want the newest edition's date", got)
	}
	if got := f.one(t, "author").one(t, "name").Text; got != "Redaktionen <test>" {
		t.Errorf("author %q", got)
	}
	entries := f.all("entry")
	if len(entries) != 2 {
		t.Fatalf("%d entries, want one for each edition", len(entries))
	}
	newest := entries[0]
	if got, want := newest.one(t, "title").Text, "Udgave 1.1: Møder & mål"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	if got, want := newest.one(t, "link").attr("href"), "https://eks.dk/h/nyt.html#udgave-u2"; got != want {
		t.Errorf("link %q, want %q", got, want)
	}
	want := `<p>Nye møder.</p>
<ul>
<li><p><a href="https://eks.dk/h/alfa/index.html">Alfa</a></p><p><a href="https://eks.dk/h/alfa/roller/koordinator.html">Koordinator</a> er <strong>ny</strong>, og 2 &lt; 3.</p>
<p>Se: <a href="https://eks.dk/h/alfa/roller/koordinator.html">Koordinator</a></p>` +
		`<p>Se: <a href="https://eks.dk/h/alfa/roller/koordinator.html#opgave-indkald">Indkald</a> [Krav] [Udledt: hvem der gør det]</p></li>
</ul>
`
	if diff := cmp.Diff(want, newest.one(t, "content").Text); diff != "" {
		t.Error(diff)
	}
	if got := newest.one(t, "category").attr("term"); got != "alfa" {
		t.Errorf("category %q", got)
	}
}

// TestRulesOfRFC4287 checks what sections 4.1 and 4.2 demand of a feed.
func TestRulesOfRFC4287(t *testing.T) {
	for _, test := range []struct{ name, slug, base string }{
		{"national", "", "https://eks.dk/"},
		{"under a path", "", "https://eks.dk/a/b"},
		{"a municipality", "herning", "https://herning.dk/haandbog/"},
		{"address unknown", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := atom(t, plan(t, test.slug), test.base)
			if f.XMLName.Space != "http://www.w3.org/2005/Atom" || f.XMLName.Local != "feed" {
				t.Fatalf("root is %v", f.XMLName)
			}
			if f.attr("lang") != "da" {
				t.Errorf("xml:lang is %q", f.attr("lang"))
			}
			ids := map[string]bool{}
			check := func(e element) {
				if strings.TrimSpace(e.one(t, "title").Text) == "" {
					t.Error("empty title")
				}
				id := e.one(t, "id").Text
				if u, err := url.Parse(id); err != nil || !u.IsAbs() || ids[id] {
					t.Errorf("id %q is no IRI, or stands twice", id)
				}
				ids[id] = true
				for _, name := range []string{"updated", "published"} {
					for _, d := range e.all(name) {
						if _, err := time.Parse(time.RFC3339, d.Text); err != nil {
							t.Error(err)
						}
					}
				}
				e.one(t, "updated")
				seen := map[string]bool{}
				for _, l := range e.all("link") {
					u, err := url.Parse(l.attr("href"))
					if err != nil || l.attr("href") == "" || u.IsAbs() != (test.base != "") {
						t.Errorf("link %q", l.attr("href"))
					}
					if key := l.attr("rel") + l.attr("type"); seen[key] {
						t.Errorf("two links rel=%s of one type", l.attr("rel"))
					} else {
						seen[key] = true
					}
				}
				if !seen["alternatetext/html"] {
					t.Error("no alternate link")
				}
			}
			check(f)
			f.one(t, "author").one(t, "name")
			for _, e := range f.all("entry") {
				check(e)
				if c := e.one(t, "content"); c.attr("type") != "html" || len(c.Kids) > 0 || c.Text == "" {
					t.Errorf("content of type %q with %d child elements", c.attr("type"), len(c.Kids))
				}
			}
		})
	}
}

func TestIdsOutliveTheAddressAndTheNextEdition(t *testing.T) {
	ids := func(f element) (out []string) {
		for _, e := range append([]element{f}, f.all("entry")...) {
			out = append(out, e.one(t, "id").Text)
		}
		return out
	}
	first := ids(atom(t, plan(t, ""), ""))
	if diff := cmp.Diff(first, ids(atom(t, plan(t, "", `"1.1"`, `"1.2"`, "Nye møder", "Andre ord"), "https://eks.dk/"))); diff != "" {
		t.Error(diff)
	}
	for _, id := range ids(atom(t, plan(t, "herning"), "")) {
		for _, national := range first {
			if id == national {
				t.Errorf("%s names a national entry and Herning's", id)
			}
		}
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	b := plan(t, "")
	for _, base := range []string{"eks.dk", "/haandbog/", "ftp://eks.dk/", "https://", "https://eks.dk/?a=b"} {
		if _, err := Atom(b, base); err == nil {
			t.Errorf("Atom takes %q", base)
		}
		if Sitemap(b, base) != nil || strings.Contains(string(Robots(base)), "Sitemap") {
			t.Errorf("Sitemap or Robots takes %q", base)
		}
	}
}

func TestSitemap(t *testing.T) {
	if Sitemap(plan(t, ""), "") != nil {
		t.Error("a sitemap without an address")
	}
	set := parse(t, Sitemap(plan(t, ""), "https://eks.dk/h/"))
	if set.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" || set.XMLName.Local != "urlset" {
		t.Fatalf("root is %v", set.XMLName)
	}
	dates := map[string]string{}
	for _, u := range set.all("url") {
		loc := u.one(t, "loc").Text
		if _, twice := dates[loc]; twice || !strings.HasPrefix(loc, "https://eks.dk/h/") {
			t.Errorf("loc %q", loc)
		}
		dates[loc] = ""
		for _, d := range u.all("lastmod") {
			dates[loc] = d.Text
		}
	}
	for loc, want := range map[string]string{
		"https://eks.dk/h/":                             "",
		"https://eks.dk/h/alfa/":                        "2025-03-01", // the newer change names the role only
		"https://eks.dk/h/alfa/roller/koordinator.html": "2026-11-22",
	} {
		if got, ok := dates[loc]; !ok || want != "" && got != want {
			t.Errorf("%s: listed %v, lastmod %q, want %q", loc, ok, got, want)
		}
	}
	for _, path := range []string{"404.html", "soeg.html", "index.html"} {
		if _, ok := dates["https://eks.dk/h/"+path]; ok {
			t.Errorf("%s is listed", path)
		}
	}
}

func TestRobots(t *testing.T) {
	want := "User-agent: *\nAllow: /\n\nSitemap: https://eks.dk/sitemap.xml\n"
	if diff := cmp.Diff(want, string(Robots("https://eks.dk"))); diff != "" {
		t.Error(diff)
	}
}
