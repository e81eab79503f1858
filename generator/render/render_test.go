package render

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"modelhaandbog/assets"
	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/layouts"
)

var update = flag.Bool("update", false, "write the golden files anew")

func newRenderer(t testing.TB, opt Options, own ...fs.FS) *Renderer {
	t.Helper()
	r, diags := New(append(own, layouts.FS), []fs.FS{assets.FS}, opt)
	for _, d := range diags {
		t.Errorf("%v: %s", d.Pos, d.Message)
	}
	return r
}

// whole renders a page with its frame.
func whole(t testing.TB, r *Renderer, b *book.Book, p *book.Page) string {
	t.Helper()
	body, diags := r.Body(p, nil)
	f, more := r.Frame(b, p.Model, strings.Count(p.Path, "/"))
	for _, d := range append(diags, more...) {
		t.Errorf("%s: %v: %s", p.Path, d.Pos, d.Message)
	}
	return string(f.Append(nil, p, body))
}

func prose(t testing.TB, text string, refs ...guide.Resolved) book.Text {
	t.Helper()
	pos := diag.Pos{File: "content/modeller/laeringsmiljoe/faser.toml", Line: 7, Col: 9}
	doc, diags := guide.ParseInline(pos, text, guide.Options{Kinds: []string{"rolle", "moede"}})
	if len(diags) > 0 {
		t.Fatalf("%q: %s", text, diags[0].Message)
	}
	return book.Text{Doc: doc, Refs: refs, Pos: pos}
}

// phase is a page as the planning room makes it.
func phase(t testing.TB) *book.Page {
	source := book.Cite{Link: book.Link{Path: "kilder/index.html", Anchor: "modelbeskrivelse-2023", Text: "Modelbeskrivelsen"}}
	at := func(place string) []book.Cite { c := source; c.Place = place; return []book.Cite{c} }
	return &book.Page{
		Path: "laeringsmiljoe/faser/faelles-maal.html", Kind: "fase", KindName: "Fase", Title: "Fælles mål & handlestrategier",
		Kicker: "Fase 2 af 4", Lede: prose(t, "Sæt mål sammen med barnet."), Model: "laeringsmiljoe", ModelName: "Styrket læringsmiljø",
		Section: "laeringsmiljoe/faser/index.html", Summary: `Mål "sammen" med <barnet>`,
		Crumbs: []book.Link{{Path: "index.html", Text: "Forside"}, {Path: "laeringsmiljoe/faser/index.html", Text: "Faser"}},
		Next:   book.Link{Path: "laeringsmiljoe/faser/stoette.html", Text: "Støtte"},
		Sections: []book.Section{
			{Blocks: []book.Block{book.Prose{Text: prose(t, "Spørg [](rolle:laeringsvejleder) eller [din **leder**](rolle:leder#tid).",
				guide.Resolved{Href: "laeringsmiljoe/roller/laeringsvejleder.html", Text: "læringsvejlederen"},
				guide.Resolved{Href: "laeringsmiljoe/roller/leder.html#tid", Text: "lederen"})}}},
			{ID: "opgaver", Title: "Hvem gør hvad", Level: 2, Blocks: []book.Block{book.List{Class: "opgaver", Items: []book.Item{
				{ID: "indkald", Text: prose(t, "Indkald til mødet."), Badges: []book.Badge{{Kind: "krav", Text: "Krav"}}, Cites: at("kap. 4"),
					Meta: []book.Fact{{Label: "Hvem", Links: []book.Link{{Path: "laeringsmiljoe/roller/laeringsvejleder.html", Text: "Læringsvejleder"}}}}},
				{ID: "maal", Text: prose(t, "Skriv målene ned."), Local: true, National: "Aftal målene.", Cites: at("kap. 5"),
					Caveat: prose(t, "Kilden er forsigtig.")},
				{ID: "ude", Text: prose(t, "Send referat."), Omitted: true, Reason: prose(t, "Vi ringer."), Cites: at("kap. 5")},
			}}}},
			{ID: "tjek", Title: "Tjekliste", Level: 2, Blocks: []book.Block{book.Check{Title: "Før mødet", Groups: []book.CheckGroup{
				{ID: "foer", Title: "Før mødet", Items: []book.Item{{Plain: "Barnet er hørt"}}}}}}},
			{ID: "sammenhaeng", Title: "Sammenhæng", Level: 2, Blocks: []book.Block{book.Table{Caption: "Roller og faser", Head: []string{"Rolle", "Fase 1"}, Class: "matrix",
				Rows: []book.Row{{Head: book.Cell{Plain: "Leder"}, Cells: []book.Cell{{Mark: book.Dot, Plain: "Ja"}}}}}}},
		},
		Cites: at("kap. 5, fase 2"), Changed: book.Stamp{Text: "Udgave 1.0, 22. november 2026"}, Long: true,
	}
}

func edition(pages ...*book.Page) *book.Book {
	link := func(path, text string) book.Link { return book.Link{Path: path, Text: text} }
	return &book.Book{
		Slug: "eksempel", Title: "Modelhåndbog", Name: "Eksempel Kommune", Genitive: "Eksempel Kommunes", Release: "Udgave 1.0",
		Date: "2026-11-22", DateText: "22. november 2026", Colour: "#e3a008", Logo: "byvåben.svg", Pages: pages,
		Contacts: []book.Fact{{Label: "Læringskoordinator", Links: []book.Link{{URL: "tel:+4512345678", Text: "12 34 56 78"}}}},
		Nav: []book.NavItem{
			{Link: link("index.html", "Forside")},
			{Link: link("laeringsmiljoe/index.html", "Styrket læringsmiljø"), Model: "laeringsmiljoe", Children: []book.NavItem{
				{Link: book.Link{Text: "Sådan virker modellen"}, Model: "laeringsmiljoe", Children: []book.NavItem{
					{Link: link("laeringsmiljoe/faser/index.html", "Faser"), Model: "laeringsmiljoe", Children: []book.NavItem{
						{Link: link("laeringsmiljoe/faser/faelles-maal.html", "Fælles mål"), Model: "laeringsmiljoe"}}}}},
				{Link: link("laeringsmiljoe/roller/index.html", "Roller"), Model: "laeringsmiljoe", Children: []book.NavItem{
					{Link: link("laeringsmiljoe/roller/leder.html", "Leder"), Model: "laeringsmiljoe"}}},
			}},
			{Link: link("skolefravaer/index.html", "Skolefravær"), Model: "skolefravaer", Children: []book.NavItem{
				{Link: link("skolefravaer/maal.html", "Mål i skolefravær"), Model: "skolefravaer"}}},
		},
	}
}

// The golden file is read as a whole page before it is accepted.
func TestPage(t *testing.T) {
	p := phase(t)
	got := whole(t, newRenderer(t, Options{BaseURL: "https://haandbog.dk"}), edition(p), p)
	// Fingerprints change with every line of the stylesheet.
	got = regexp.MustCompile(`\.[0-9a-f]{8}\.(css|js|svg)`).ReplaceAllString(got, ".FINGERAFTRYK.$1")
	const golden = "testdata/fase.html"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", golden, diff)
	}
}

var address = regexp.MustCompile(` (?:href|src|action|data-indeks)="([^"]*)"`)

// Every relative address leads to where it was meant to, from each depth.
func TestLinksHoldAtEachDepth(t *testing.T) {
	targets := []book.Link{
		{Path: "index.html", Text: "a"}, {Path: "soeg.html", Text: "b"}, {Path: "m/index.html", Text: "c"}, {Path: "m/faser/x.html", Text: "d", Anchor: "sted"},
		{Path: "m/faser/y.html", Text: "e"}, {Path: "n/faser/x.html", Text: "f"}, {Path: "m/År 1.html", Text: "g"},
	}
	r := newRenderer(t, Options{})
	for _, from := range []string{"index.html", "soeg.html", "m/index.html", "m/faser/x.html", "m/År 1.html"} {
		p := &book.Page{Path: from, Kind: "side", Title: "Side", Related: []book.LinkGroup{{Title: "Alle", Links: targets}}}
		html := whole(t, r, &book.Book{Pages: []*book.Page{p}, Nav: []book.NavItem{{Link: targets[1]}}}, p)
		base := &url.URL{Scheme: "file", Path: "/rod/" + from}
		found := map[string]bool{}
		for _, m := range address.FindAllStringSubmatch(html, -1) {
			if strings.HasPrefix(m[1], "/") {
				t.Errorf("%s: %s is not relative", from, m[1])
			}
			u, err := base.Parse(m[1])
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(u.Path, "/rod/") {
				t.Errorf("%s: %s leaves the edition", from, m[1])
			}
			found[strings.TrimPrefix(u.Path, "/rod/")+"#"+u.Fragment] = true
		}
		for _, l := range targets {
			if !found[l.Path+"#"+l.Anchor] {
				t.Errorf("%s: no link to %s#%s", from, l.Path, l.Anchor)
			}
		}
	}
}

func TestDangerousAddressesAreDropped(t *testing.T) {
	for _, bad := range []string{"javascript:alert(1)", "data:text/html,x", " javascript:x", "vbscript:x", "http://[::1"} {
		if got := (place{}).href(book.Link{URL: bad, Text: "x"}); got != "" {
			t.Errorf("%q became %q", bad, got)
		}
	}
	for _, good := range []string{"https://was.digst.dk/x", "mailto:a@b.dk", "tel:+4512345678"} {
		if got := (place{}).href(book.Link{URL: good, Text: "x"}); got != good {
			t.Errorf("%q became %q", good, got)
		}
	}
}

// What authors write is text, wherever it lands.
func TestEscaping(t *testing.T) {
	const evil = `"><script>alert('x')</script>`
	p := &book.Page{Path: "index.html", Kind: evil, Title: evil, Kicker: evil, Summary: evil, ModelName: evil, Changed: book.Stamp{Text: evil},
		Crumbs: []book.Link{{Path: evil, Text: evil, Anchor: evil}}, Badges: []book.Badge{{Kind: evil, Text: evil}},
		Sections: []book.Section{{ID: evil, Title: evil, Class: evil, Level: 2, Blocks: []book.Block{
			book.List{Items: []book.Item{{ID: evil, Plain: evil, National: evil, Title: book.Link{Text: evil, URL: "https://a.dk/" + evil}, Lang: evil}}},
			book.Calendar{Title: evil, Description: evil, Place: evil, Unit: evil, Every: 1}, book.Table{Caption: evil, Head: []string{evil, evil}, Class: evil, Stack: true,
				Rows: []book.Row{{ID: evil, Head: book.Cell{Plain: evil}, Cells: []book.Cell{{Plain: evil}}}}},
		}}}}
	b := &book.Book{Slug: "x", Title: evil, Name: evil, Publisher: evil, Release: evil, Logo: evil, WAS: evil, Pages: []*book.Page{p},
		Nav: []book.NavItem{{Link: book.Link{Path: evil, Text: evil}}}}
	r := newRenderer(t, Options{BaseURL: "https://haandbog.dk/"})
	html := whole(t, r, b, p)
	if strings.Contains(html, "<script>") || strings.Contains(html, "alert('x')") {
		t.Errorf("markup came through:\n%s", html)
	}
	if css := string(r.EditionAssets(b)[0].Data); strings.Contains(css, "</script") || strings.Contains(css, `""><`) {
		t.Error("the stylesheet's strings are not closed in")
	}
	if got := string(newRenderer(t, Options{}).Redirect(b, "a.html", `x.html#"><script>`)); strings.Contains(got, "<script>") {
		t.Errorf("redirect: %s", got)
	}
}

var current = regexp.MustCompile(`<a href="([^"]*)" aria-current="(\w+)">`)

func TestNavigation(t *testing.T) {
	b := edition()
	r := newRenderer(t, Options{})
	for _, c := range []struct {
		path, model, section string
		current, how         string
		shown, hidden        []string
	}{
		{path: "laeringsmiljoe/faser/faelles-maal.html", model: "laeringsmiljoe", current: "laeringsmiljoe/faser/faelles-maal.html", how: "page",
			shown: []string{"<details open>", ">Fælles mål</a>"}, hidden: []string{">Leder</a>", ">Mål i skolefravær</a>"}},
		{path: "laeringsmiljoe/index.html", model: "laeringsmiljoe", current: "laeringsmiljoe/index.html", how: "page",
			shown: []string{"<details open>", ">Faser</a>", ">Roller</a>"}, hidden: []string{">Fælles mål</a>", ">Leder</a>"}},
		{path: "laeringsmiljoe/roller/vejleder.html", model: "laeringsmiljoe", section: "laeringsmiljoe/roller/index.html", current: "laeringsmiljoe/roller/index.html", how: "true",
			shown: []string{">Leder</a>", "<details>"}, hidden: []string{">Fælles mål</a>"}},
		{path: "skolefravaer/index.html", model: "skolefravaer", current: "skolefravaer/index.html", how: "page",
			shown: []string{">Mål i skolefravær</a>"}, hidden: []string{">Faser</a>", "<details"}},
		{path: "om.html", how: "", hidden: []string{">Faser</a>", "aria-current"}},
	} {
		p := &book.Page{Path: c.path, Model: c.model, Section: c.section, Kind: "side", Title: "Side"}
		html := whole(t, r, b, p)
		nav := html[strings.Index(html, `<nav class="sidenav"`):strings.Index(html, "<main")]
		found := current.FindAllStringSubmatch(nav, -1)
		if c.current == "" && len(found) > 0 || c.current != "" && len(found) != 1 {
			t.Fatalf("%s: current marks %v", c.path, found)
		}
		if len(found) == 1 && (path.Join(path.Dir(c.path), found[0][1]) != c.current || found[0][2] != c.how) {
			t.Errorf("%s: current is %v, want %s as %s", c.path, found[0], c.current, c.how)
		}
		for _, s := range c.shown {
			if !strings.Contains(nav, s) {
				t.Errorf("%s: the navigation lacks %s", c.path, s)
			}
		}
		for _, s := range c.hidden {
			if strings.Contains(nav, s) {
				t.Errorf("%s: the navigation shows %s", c.path, s)
			}
		}
	}
}

// The pages of the sample edition use every block there is.
func TestNothingInlineAndNoSlotLeft(t *testing.T) {
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son\w+=|<script[^>]*>[^<]|javascript:`)
	level := regexp.MustCompile(`<h([1-6])[ >]`)
	id := regexp.MustCompile(` id="([^"]*)"`)
	for _, opt := range []Options{{}, {BaseURL: "https://haandbog.dk/", Preview: true, QR: func(address, label string) ([]byte, error) { return []byte("<svg>" + address + "</svg>"), nil }}} {
		r := newRenderer(t, opt)
		b := sampleBook()
		for _, p := range b.Pages {
			html := whole(t, r, b, p)
			if m := inline.FindString(html); m != "" {
				t.Errorf("%s: inline code: %s", p.Path, m)
			}
			if strings.Contains(html, markStart) || strings.Contains(html, "ZgotmplZ") || strings.Contains(html, "<no value>") {
				t.Errorf("%s: something was not filled in", p.Path)
			}
			if n := strings.Count(html, "<h1"); n != 1 {
				t.Errorf("%s: %d h1", p.Path, n)
			}
			before := "1"
			for _, m := range level.FindAllStringSubmatch(html[strings.Index(html, "<h1"):], -1) {
				if m[1] > before && m[1][0] != before[0]+1 {
					t.Errorf("%s: h%s follows h%s", p.Path, m[1], before)
				}
				before = m[1]
			}
			if strings.Contains(html, "data-kilde") != (opt.Preview && p.Path != "index.html") {
				t.Errorf("%s: source marks, preview %v", p.Path, opt.Preview)
			}
			if address := "https://haandbog.dk/kommuner/proeve/" + p.Path; p.Path != "index.html" && strings.Contains(html, "<svg>"+address) != (opt.QR != nil) {
				t.Errorf("%s: QR code of %s", p.Path, address)
			}
			if p.Path == "index.html" {
				seen := map[string]bool{}
				for _, m := range id.FindAllStringSubmatch(html, -1) {
					if seen[m[1]] {
						t.Errorf("id %q twice", m[1])
					}
					seen[m[1]] = true
				}
			}
		}
	}
}

func TestBodyIsThePagesOnly(t *testing.T) {
	r := newRenderer(t, Options{BaseURL: "https://haandbog.dk/"})
	p := sampleBook().Pages[0]
	body, _ := r.Body(p, nil)
	for _, word := range []string{"Prøve Kommune", "haandbog.dk", "logo.svg"} {
		if bytes.Contains(body.Bytes(), []byte(word)) {
			t.Errorf("the body knows the edition's %s", word)
		}
	}
}

func TestKey(t *testing.T) {
	r := newRenderer(t, Options{})
	p := phase(t)
	body, _ := r.Body(p, nil)
	sum := sha256.Sum256(body.Bytes())
	frame := func(change func(*book.Book)) *Frame {
		b := edition(p)
		change(b)
		f, _ := r.Frame(b, p.Model, 2)
		return f
	}
	base := frame(func(*book.Book) {})
	if base.Key(p, sum) != frame(func(*book.Book) {}).Key(p, sum) {
		t.Error("equal editions, different keys")
	}
	if base.Key(p, sum) == frame(func(b *book.Book) { b.Name = "Anden Kommune" }).Key(p, sum) {
		t.Error("another edition, the same key")
	}
	retitled := *p
	retitled.Summary = "Ny"
	if base.Key(p, sum) == base.Key(&retitled, sum) || base.Key(p, sum) == base.Key(p, sha256.Sum256(nil)) {
		t.Error("another page, the same key")
	}
}

func TestAppendAllocatesNothing(t *testing.T) {
	r := newRenderer(t, Options{BaseURL: "https://haandbog.dk/"})
	p := phase(t)
	body, _ := r.Body(p, nil)
	f, _ := r.Frame(edition(p), p.Model, 2)
	room := make([]byte, 0, 1<<20)
	if n := testing.AllocsPerRun(20, func() { f.Append(room, p, body); f.Key(p, [32]byte{}) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestWrongAddressPage(t *testing.T) {
	p := &book.Page{Path: "404.html", Kind: "fejl404", Title: "Siden findes ikke"}
	b := edition(p)
	b.Site = "https://kommune.dk/haandbog"
	r := newRenderer(t, Options{BaseURL: "https://haandbog.dk"})
	if html := whole(t, r, b, p); strings.Contains(html, "<base") {
		t.Error("a municipality's folder may be lifted out of its place")
	}
	html := whole(t, newRenderer(t, Options{BaseURL: "https://haandbog.dk", Hosted: true}), b, p)
	for _, want := range []string{`<base href="/haandbog/">`, `href="404.html#sidens_indhold"`} {
		if !strings.Contains(html, want) {
			t.Errorf("lacks %s", want)
		}
	}
	if strings.Contains(html, "canonical") {
		t.Error("a wrong address is no canonical one")
	}
	for slug, want := range map[string]string{"": `<base href="/">`, "herning": `<base href="/kommuner/herning/">`} {
		b.Slug = slug
		if html := whole(t, newRenderer(t, Options{Preview: true}), b, p); !strings.Contains(html, want) || !strings.Contains(html, `href="404.html#sidens_indhold"`) {
			t.Errorf("in the preview, %q lacks %s", slug, want)
		}
	}
}

func TestScriptsOnlyWhereNeeded(t *testing.T) {
	r := newRenderer(t, Options{})
	plain := &book.Page{Path: "index.html", Kind: "side", Title: "Side"}
	check := *plain
	check.Sections = []book.Section{{Blocks: []book.Block{book.Check{Groups: []book.CheckGroup{{Items: []book.Item{{Plain: "x"}}}}}}}}
	b := edition(plain)
	if html := whole(t, r, b, plain); strings.Contains(html, "tjekliste.") || !strings.Contains(html, "soeg.") {
		t.Error("a plain page loads search, and no checklist")
	}
	if html := whole(t, r, b, &check); !regexp.MustCompile(`<script src="assets/tjekliste\.[0-9a-f]{8}\.js" defer>`).MatchString(html) {
		t.Error("a checklist lacks its script")
	}
}

func TestAccessibilityStatement(t *testing.T) {
	r := newRenderer(t, Options{})
	p := &book.Page{Path: "index.html", Kind: "side", Title: "Side"}
	b := edition(p)
	if html := whole(t, r, b, p); !strings.Contains(html, "Tilgængelighedserklæring: endnu ikke angivet") {
		t.Error("a missing statement is not told")
	}
	b.WAS = "https://was.digst.dk/eksempel"
	if html := whole(t, r, b, p); !strings.Contains(html, `<a href="https://was.digst.dk/eksempel" rel="external">`) {
		t.Error("the statement is not linked")
	}
}

func TestOwnLayouts(t *testing.T) {
	p := phase(t)
	own := fstest.MapFS{
		"blok/liste.html": {Data: []byte("<p>vores {{len .Items}} punkter</p>")},
		"krop/fase.html":  {Data: []byte(`<h1>{{.Title}}</h1>{{template "del/vores" .}}{{range .Sections}}{{range .Blocks}}{{.}}{{end}}{{end}}`)},
		"del/vores.html":  {Data: []byte("<p>{{.KindName}}</p>")},
	}
	html := whole(t, newRenderer(t, Options{}, own), edition(p), p)
	for _, want := range []string{"<p>vores 3 punkter</p>", "<h1>Fælles mål &amp; handlestrategier</h1><p>Fase</p>"} {
		if !strings.Contains(html, want) {
			t.Errorf("lacks %s", want)
		}
	}
}

// Each broken layout is told by its place, and the embedded one stands in.
func TestBrokenLayouts(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"blok/liste", "<ul>\n{{range .Items}}<li>\n</ul>\n", `layouts/blok/liste.html:4: layoutet slutter, før et {{if}}`},
		{"blok/liste", "<ul>\n{{range .Punkter}}<li>{{end}}</ul>", `layouts/blok/liste.html:2:9: layoutet bruger feltet .Punkter, som ikke findes i det, som blok/liste.html får`},
		{"side", "<p>æøå {{plads \"kropp\"}}</p>", `layouts/side.html:1:16: pladsen "kropp" findes ikke – mente du "krop"?`},
		{"side", "<!doctype html>\n<title>x</title>", `layouts/side.html: layoutet har ingen plads til sidens indhold`},
		{"del/punkt", "{{plasd \"titel\"}}", `layouts/del/punkt.html:1: layoutet bruger funktionen "plasd", som ikke findes – mente du "plads"?`},
		{"krop", "{{template \"del/krumer\" .}}", `layouts/krop.html:1: layoutet bruger layoutet "del/krumer", som ikke findes`},
		{"krop/fase", "{{.Titel}}", `layouts/krop/fase.html:1:3: layoutet bruger feltet .Titel, som ikke findes i det, som krop.html får – mente du .Title?`},
		{"blok/boks", "<a href=\"{{if .Plain}}x{{else}}\"{{end}}>", `layouts/blok/boks.html:1: de veje, som layoutet kan gå`},
	} {
		r, diags := New([]fs.FS{fstest.MapFS{c.name + ".html": {Data: []byte(c.text)}}, layouts.FS}, []fs.FS{assets.FS}, Options{})
		if len(diags) != 1 {
			t.Errorf("%s %q: %d diagnostics: %v", c.name, c.text, len(diags), diags)
			continue
		}
		if got := told(diags[0]); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s %q:\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
		p := phase(t)
		if html := whole(t, r, edition(p), p); !strings.Contains(html, "<h1>Fælles mål") {
			t.Errorf("%s: the embedded layout does not stand in", c.name)
		}
	}
}

// told is place and message; a column that the template package does not know
// is left out.
func told(d diag.Diag) string {
	place := d.Pos.File + ":" + strconv.Itoa(d.Pos.Line)
	if strings.Contains(d.Message, "feltet") || strings.Contains(d.Message, "plads ") || strings.Contains(d.Message, "pladsen") {
		place += ":" + strconv.Itoa(d.Pos.Col)
	}
	return strings.TrimSuffix(strings.TrimSuffix(place, ":0"), ":0") + ": " + d.Message
}

// What layouts are given has a name in Danish and fields to suggest, down to the
// last value.
func TestLayoutsAreToldOfEveryKind(t *testing.T) {
	asked := map[reflect.Type]bool{}
	var ask func(typ reflect.Type)
	ask = func(typ reflect.Type) {
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if asked[typ] {
			return
		}
		asked[typ] = true
		if kindOf(typ.String()) == "noget andet" {
			t.Errorf("%v has no name", typ)
		}
		if typ.Kind() == reflect.Struct {
			for f := range typ.Fields() {
				ask(f.Type)
			}
		}
	}
	w := newRenderer(t, Options{}).writer(place{}, nil)
	ask(reflect.TypeFor[FrameView]())
	ask(reflect.TypeFor[BodyView]())
	for _, b := range append(sampleBlocks(), book.Hero{}) {
		ask(reflect.TypeOf(w.view(b)))
	}
	if len(asked) < 30 {
		t.Errorf("asked of %d kinds only", len(asked))
	}
}

func TestUnusedLayout(t *testing.T) {
	_, diags := New([]fs.FS{fstest.MapFS{"blok/lister.html": {Data: []byte("x")}}, layouts.FS}, []fs.FS{assets.FS}, Options{})
	if len(diags) != 1 || diags[0].Severity != diag.Warning || !strings.Contains(diags[0].Message, `mente du "blok/liste"?`) {
		t.Errorf("got %v", diags)
	}
}

func TestAssets(t *testing.T) {
	own := fstest.MapFS{"haandbog.js": {Data: []byte("// vores\nconst x = 1;\n")}, "kalender.js": {Data: []byte("let = = 3")}}
	r, diags := New([]fs.FS{layouts.FS}, []fs.FS{own, assets.FS}, Options{})
	if len(diags) != 1 || diags[0].Pos.File != "assets/kalender.js" || diags[0].Pos.Line != 1 {
		t.Errorf("got %v", diags)
	}
	named := regexp.MustCompile(`^assets/[a-z]+\.[0-9a-f]{8}\.(js|svg|css)$`)
	for _, a := range r.Assets() {
		if !named.MatchString(a.Path) {
			t.Errorf("path %s", a.Path)
		}
		if strings.HasPrefix(a.Path, "assets/haandbog.") && strings.Contains(string(a.Data), "vores") {
			t.Error("the script is not minified")
		}
	}
	one, other := edition(), edition()
	other.Release = "Anden udgave"
	a, b := r.EditionAssets(one)[0], r.EditionAssets(other)[0]
	if a.Path == b.Path || !strings.Contains(string(b.Data), `content:"Anden udgave`) {
		t.Errorf("%s and %s", a.Path, b.Path)
	}
}

// A stylesheet loads files by the names that they are published under.
func TestFilesOfStylesheets(t *testing.T) {
	own := fstest.MapFS{
		"haandbog.css":    {Data: []byte("@font-face{src:url(fonte/a%20b.woff2) format('woff2')}p{cursor:url('./pil.svg#a'),auto}")},
		"fonte/a b.woff2": {Data: []byte("a")}, "fonte/fonte.css": {Data: []byte("p{mask:url(../pil.svg)}")}, "pil.svg": {Data: []byte("<svg/>")},
	}
	side := fstest.MapFS{"side.html": {Data: []byte(`<link href="{{.Root}}{{fil "fonte/fonte.css"}}">{{plads "krop"}}`)}}
	r, diags := New([]fs.FS{side, layouts.FS}, []fs.FS{own, assets.FS}, Options{})
	if len(diags) > 0 {
		t.Errorf("got %v", diags)
	}
	files := map[string]string{}
	all := append(r.Assets(), r.EditionAssets(edition())...)
	for _, a := range all {
		files[a.Path] = string(a.Data)
	}
	loaded := regexp.MustCompile(`url\(["']?([^"'#)]+)`)
	n := 0
	for name, data := range files {
		for _, m := range loaded.FindAllStringSubmatch(data, -1) {
			address, _ := url.PathUnescape(m[1])
			if n++; files[path.Join(path.Dir(name), address)] == "" {
				t.Errorf("%s loads %s, which isn't among %v", name, m[1], slices.Sorted(maps.Keys(files)))
			}
		}
	}
	if n != 3 {
		t.Errorf("%d files are loaded", n)
	}
	html := whole(t, r, edition(), &book.Page{Path: "laeringsmiljoe/index.html"})
	if name := between(html, `href="../`, `"`)[0]; files[name] == "" {
		t.Errorf("the page asks for %s", name)
	}
}

// A script's words are those of ord.toml, also of the site's own; a misspelt key is
// placed in the script.
func TestWordsInScripts(t *testing.T) {
	ord := fstest.MapFS{"ord.toml": {Data: []byte("[krop]\nkopieret = \"Nu \\\"kopieret\\\"\"\n")}}
	own := fstest.MapFS{"tjekliste.js": {Data: []byte("// vores\nalert(ord('krop.kopieret')); alert(ord('krop.kopierat'));\n")}}
	r, diags := New([]fs.FS{ord, layouts.FS}, []fs.FS{own, assets.FS}, Options{})
	want := `assets/tjekliste.js:2:41: ordene "krop.kopierat" findes ikke – mente du "krop.kopieret"?`
	if len(diags) != 1 || diags[0].Pos.String()+": "+diags[0].Message != want {
		t.Errorf("got %v", diags)
	}
	for _, a := range r.Assets() {
		if strings.HasPrefix(a.Path, "assets/tjekliste.") && !strings.HasPrefix(string(a.Data), `alert('Nu "kopieret"')`) {
			t.Errorf("tjekliste.js is %s", a.Data)
		}
		if at := strings.Index(string(a.Data), "ord("); strings.HasSuffix(a.Path, ".js") && at >= 0 { // c ? ord("a") : ord("b")
			t.Errorf("%s still asks for words: …%.60s", a.Path, a.Data[at:])
		}
	}
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		hex     string
		ratio   float64 // by WCAG's formula, worked by hand
		suggest bool
	}{{"#ffffff", 1, true}, {"#000", 21, false}, {"#777777", 4.47, true}, {"#005a3c", 8.31, false}, {"#e3a008", 2.26, true}} {
		ratio, suggestion, err := Contrast(c.hex)
		if err != nil || ratio < c.ratio-0.02 || ratio > c.ratio+0.02 || (suggestion != "") != c.suggest {
			t.Errorf("%s: %.2f %q %v", c.hex, ratio, suggestion, err)
		}
		if again, more, _ := Contrast(suggestion); c.suggest && (again < textContrast || more != "") {
			t.Errorf("%s: suggestion %s has %.2f", c.hex, suggestion, again)
		}
		a, err := accentOf(c.hex)
		if err != nil {
			t.Fatal(err)
		}
		light, _ := parseColour(a.light)
		dark, _ := parseColour(a.dark)
		if light.contrast(white) < softContrast || dark.contrast(night) < softContrast {
			t.Errorf("%s: %v", c.hex, a)
		}
	}
	for _, bad := range []string{"", "005a3c", "#12345", "#gggggg", "rød", "#1234567"} {
		if _, _, err := Contrast(bad); err == nil {
			t.Errorf("%q passed as a colour", bad)
		}
	}
}

func TestRedirect(t *testing.T) {
	html := string(newRenderer(t, Options{}).Redirect(&book.Book{}, "gammel/side.html", "ny/side.html#sted"))
	for _, want := range []string{`content="0; url=../ny/side.html#sted"`, `<a href="../ny/side.html#sted">`} {
		if !strings.Contains(html, want) {
			t.Errorf("lacks %s:\n%s", want, html)
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	r := newRenderer(b, Options{})
	p := phase(b)
	body, _ := r.Body(p, nil)
	f, _ := r.Frame(edition(p), p.Model, 2)
	var room []byte
	for b.Loop() {
		room = f.Append(room[:0], p, body)
	}
}

func BenchmarkBody(b *testing.B) {
	r := newRenderer(b, Options{})
	p := phase(b)
	for b.Loop() {
		r.Body(p, nil)
	}
}

func BenchmarkFrame(b *testing.B) {
	r := newRenderer(b, Options{})
	p := phase(b)
	e := edition(p)
	for b.Loop() {
		r.Frame(e, p.Model, 2)
	}
}

// Every block has a layout and every layout a block: what is missing would be a
// gap on a page.
func TestEveryBlockHasItsLayout(t *testing.T) {
	r := newRenderer(t, Options{QR: func(address, _ string) ([]byte, error) { return []byte(address), nil }})
	var names []string
	for _, b := range append(sampleBlocks(), sampleOf[book.Hero]()) {
		w := r.writer(placeOf("a.html"), nil)
		if html := w.block(b); len(w.diags) > 0 || strings.TrimSpace(string(html)) == "" {
			t.Errorf("%s: shows %q, %v", b.Name(), html, w.diags)
		}
		names = append(names, b.Name())
	}
	files, err := fs.Glob(layouts.FS, "blok/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, f := range files {
		if !slices.Contains(names, strings.TrimSuffix(path.Base(f), ".html")) {
			t.Errorf("%s: no block has this layout", f)
		}
	}
}

type unknownBlock struct{ book.List }

func (unknownBlock) Name() string { return "ukendt" }

func TestABlockWithoutLayoutIsAFault(t *testing.T) {
	r := newRenderer(t, Options{})
	p := book.Page{Path: "a.html", Sections: []book.Section{{Blocks: []book.Block{unknownBlock{}}}}}
	_, diags := r.Body(&p, nil)
	if len(diags) != 1 || diags[0].Severity != diag.Error || diags[0].Code != "blok-uden-layout" {
		t.Errorf("got %v", diags)
	}
}

// A site's own words stand on its pages, in what is made after they have changed;
// a layout that asks for words that aren't there is told where.
func TestOwnWords(t *testing.T) {
	page := func(r *Renderer) string {
		body, _ := r.Body(&book.Page{Path: "a.html", Kind: "fase", Title: "A", Next: book.Link{Path: "b.html", Text: "B"}}, nil)
		return string(body.Bytes())
	}
	r := newRenderer(t, Options{})
	own := fstest.MapFS{"ord.toml": {Data: []byte("[krop]\nnaeste = \"Videre\"\n")}}
	next, diags := r.Renew([]fs.FS{own, layouts.FS}, []fs.FS{assets.FS})
	if len(diags) > 0 || !strings.Contains(page(r), ">Næste<") || !strings.Contains(page(next), ">Videre<") {
		t.Errorf("%v\n%s", diags, page(next))
	}
	own["blok/qr.html"] = &fstest.MapFile{Data: []byte("<p>\n{{ord \"krop.neste\"}}</p>")}
	_, diags = r.Renew([]fs.FS{own, layouts.FS}, []fs.FS{assets.FS})
	if len(diags) != 1 || diags[0].Pos.Line != 2 || diags[0].Message != `ordene "krop.neste" findes ikke – mente du "krop.naeste"?` {
		t.Errorf("told %v", diags)
	}
}
