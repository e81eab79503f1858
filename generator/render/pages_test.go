package render

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"modelhaandbog/assets"
	"modelhaandbog/generator/book"
	"modelhaandbog/generator/guide"
	"modelhaandbog/layouts"
)

// between are what stands between two texts, wherever they occur.
func between(html, before, after string) []string {
	var list []string
	for _, m := range regexp.MustCompile(regexp.QuoteMeta(before)+`(.*?)`+regexp.QuoteMeta(after)).FindAllStringSubmatch(html, -1) {
		list = append(list, m[1])
	}
	return list
}

// A page is named after itself, then after what it lies under; its address is
// the one that readers are to share.
func TestTitlesAndAddresses(t *testing.T) {
	const root = "https://haandbog.dk/kommuner/eksempel/"
	sheet := &book.Sheet{Type: "tjekliste"}
	r := newRenderer(t, Options{BaseURL: "https://haandbog.dk"})
	unknown := newRenderer(t, Options{})
	for _, c := range []struct {
		page           book.Page
		title, address string
	}{
		{book.Page{Path: "index.html", Title: "Forside", Kind: "forside", KindName: "Forside", ModelName: "Model"}, "", root},
		{book.Page{Path: "om.html", Title: "Om håndbogen", Kind: "side", KindName: "Side"}, "Om håndbogen – ", root + "om.html"},
		{book.Page{Path: "m/index.html", Title: "Model", Kind: "model", KindName: "Model", ModelName: "Model"}, "Model – ", root + "m/"},
		{book.Page{Path: "m/faser/index.html", Title: "Faser", Kind: "faser", KindName: "Oversigt", ModelName: "Model"}, "Faser – Model – ", root + "m/faser/"},
		{book.Page{Path: "m/fase.html", Title: "Mål & støtte", Kind: "fase", KindName: "Fase", ModelName: "A & B"}, "Mål &amp; støtte – A &amp; B – ", root + "m/fase.html"},
		{book.Page{Path: "m/ark/fase.html", Title: "Mål", Kind: "ark", KindName: "Tjek & ark", ModelName: "Model", Sheet: sheet}, "Mål – Tjek &amp; ark – Model – ", root + "m/ark/fase.html"},
		{book.Page{Path: "ark/pakke.html", Title: "Pakke", Kind: "ark", KindName: "Ark", Sheet: sheet}, "Pakke – Ark – ", root + "ark/pakke.html"},
		{book.Page{Path: "m/samlet.html", Title: "Model", Kind: "samlet", KindName: "Samlet", ModelName: "Model"}, "Model – Samlet – ", root + "m/samlet.html"},
		{book.Page{Path: "m/reindex.html", Title: "Indeks", Kind: "side"}, "Indeks – ", root + "m/reindex.html"},
	} {
		p := &c.page
		html := whole(t, r, edition(), p)
		got := append(between(html, "<title>", "</title>"), between(html, `"print-adresse">`, "</p>")...)
		got = append(got, between(html, `<link rel="canonical" href="`, `">`)...)
		if diff := cmp.Diff([]string{c.title + "Modelhåndbog, Eksempel Kommune",
			"Gælder til næste udgave – se " + c.address, c.address}, got); diff != "" {
			t.Errorf("%s: title, printed and canonical address (-want +got):\n%s", p.Path, diff)
		}
		if want := `<body class="slags-` + p.Kind + `"`; !strings.Contains(html, want) {
			t.Errorf("%s: lacks %s", p.Path, want)
		}
		html = whole(t, unknown, &book.Book{Title: "Modelhåndbog", Name: "National udgave"}, p)
		got = append(between(html, "<title>", "</title>"), between(html, `"print-adresse">`, "</p>")...)
		if diff := cmp.Diff([]string{c.title + "Modelhåndbog", ""}, got); diff != "" || strings.Contains(html, "canonical") {
			t.Errorf("%s: title and address where none is known, nationally (-want +got):\n%s", p.Path, diff)
		}
	}
}

// Whatever a frame writes of a page is part of the key.
func TestKeyOfEachField(t *testing.T) {
	f, _ := newRenderer(t, Options{}).Frame(edition(), "laeringsmiljoe", 2)
	var sum [32]byte
	whose := map[[32]byte]string{}
	for name, change := range map[string]func(*book.Page){
		"no change": func(*book.Page) {},
		"Path":      func(p *book.Page) { p.Path = "laeringsmiljoe/faser/ny.html" },
		"Section":   func(p *book.Page) { p.Section = "" },
		"Kind":      func(p *book.Page) { p.Kind = "samlet" },
		"KindName":  func(p *book.Page) { p.KindName = "Ny" },
		"ModelName": func(p *book.Page) { p.ModelName = "Ny" },
		"Title":     func(p *book.Page) { p.Title = "Ny" },
		"Summary":   func(p *book.Page) { p.Summary = "Ny" },
		"a letter from Title to Summary": func(p *book.Page) {
			p.Title, p.Summary = p.Title+p.Summary[:1], p.Summary[1:]
		},
	} {
		p := phase(t)
		change(p)
		key := f.Key(p, sum)
		if other, taken := whose[key]; taken {
			t.Errorf("%s and %s: the same key", name, other)
		}
		whose[key] = name
	}
}

// A page loads the scripts of what stands on it, and no others.
func TestEachExtraScript(t *testing.T) {
	check := book.Check{Groups: []book.CheckGroup{{Items: []book.Item{{Plain: "x"}}}}}
	calendar := book.Calendar{Title: "Møde", Every: 1, Unit: "uge"}
	r := newRenderer(t, Options{})
	for _, c := range []struct {
		blocks []book.Block
		want   []string
	}{
		{nil, nil},
		{[]book.Block{check}, []string{"tjekliste"}},
		{[]book.Block{calendar}, []string{"kalender"}},
		{[]book.Block{calendar, check}, []string{"tjekliste", "kalender"}},
	} {
		p := &book.Page{Path: "m/a.html", Kind: "side", Title: "Side", Sections: []book.Section{{Blocks: c.blocks}}}
		var got []string
		for _, src := range between(whole(t, r, edition(), p), `<script src="../assets/`, `" defer>`) {
			if name, _, _ := strings.Cut(src, "."); name != "haandbog" && name != "soeg" {
				got = append(got, name)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("scripts of a page with %d blocks (-want +got):\n%s", len(c.blocks), diff)
		}
	}
}

// Entries within entries: each part is shown on the pages inside it only, and
// what follows it on all.
func TestNestedNavigation(t *testing.T) {
	item := func(path string, children ...book.NavItem) book.NavItem {
		return book.NavItem{Link: book.Link{Path: path, Text: path}, Children: children}
	}
	b := &book.Book{Nav: []book.NavItem{
		item("a", item("a1", item("a11", item("a111")), item("a12", item("a121"))), item("a2", item("a21")), item("a3")),
		item("b", item("b1")), item("c"),
	}}
	r := newRenderer(t, Options{})
	for page, want := range map[string]string{
		"d":    "a b c",
		"a":    "a a1 a2 a3 b c",
		"a1":   "a a1 a11 a12 a2 a3 b c",
		"a11":  "a a1 a11 a111 a12 a2 a3 b c",
		"a121": "a a1 a11 a12 a121 a2 a3 b c",
		"a2":   "a a1 a2 a21 a3 b c",
		"b":    "a b b1 c",
	} {
		html := whole(t, r, b, &book.Page{Path: page, Kind: "side", Title: "Side"})
		nav := html[strings.Index(html, "<ul>"):strings.Index(html, "</nav>")]
		if open, closed := strings.Count(nav, "<ul>"), strings.Count(nav, "</ul>"); open != closed {
			t.Errorf("on %s, %d lists begin and %d end", page, open, closed)
		}
		nav = strings.ReplaceAll(nav, ` aria-current="page"`, "")
		var got []string
		for _, m := range regexp.MustCompile(`<a href="(\w+)">`).FindAllStringSubmatch(nav, -1) {
			got = append(got, m[1])
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("navigation on %s (-want +got):\n%s", page, diff)
		}
	}
}

// A slot that is misspelt is told wherever it stands, also in what is no frame.
func TestUnknownSlots(t *testing.T) {
	for name := range slotNames {
		if got, err := slotMark(name); err != nil || !marks.MatchString(got) {
			t.Errorf("plads %q: %q, %v", name, got, err)
		}
	}
	for _, name := range []string{"", "kropp", "Krop", "mark", "open"} {
		if got, err := slotMark(name); err == nil || got != "" {
			t.Errorf("plads %q gives %q and no error", name, got)
		}
	}
	for _, layout := range []string{"blok/qr", "krop", "side", "del/nav"} {
		own := fstest.MapFS{layout + ".html": {Data: []byte(`{{plads "krop"}}{{plads "adrese"}}`)}}
		_, diags := New([]fs.FS{own, layouts.FS}, []fs.FS{assets.FS}, Options{})
		if want := `pladsen "adrese" findes ikke – mente du "adresse"?`; len(diags) != 1 || diags[0].Message != want {
			t.Errorf("%s: told %v, want %s", layout, diags, want)
		}
	}
}

// The shortest way from page to page, to a place on it and to the page itself.
func TestRelativeLinks(t *testing.T) {
	for _, c := range []struct{ from, path, anchor, want string }{
		{"index.html", "index.html", "", "index.html"},
		{"index.html", "index.html", "sted", "#sted"},
		{"index.html", "a/b/c.html", "sted", "a/b/c.html#sted"},
		{"a/b/c.html", "a/b/c.html", "", "c.html"},
		{"a/b/c.html", "a/b/c.html", "sted", "#sted"},
		{"a/b/c.html", "a/b/d.html", "sted", "d.html#sted"},
		{"a/b/c.html", "a/b/d/e.html", "", "d/e.html"},
		{"a/b/c.html", "a/b.html", "", "../b.html"},
		{"a/b/c.html", "a/c.html", "sted", "../c.html#sted"},
		{"a/b/c.html", "a/d/c.html", "", "../d/c.html"},
		{"a/b/c.html", "d/b/c.html", "", "../../d/b/c.html"},
		{"a/b/c.html", "a.html", "", "../../a.html"},
		{"a/b/c.html", "index.html", "", "../../index.html"},
		{"a/b/c.html", "a/index.html", "", "../index.html"},
		{"a/b/c.html", "a/b", "", "../b"}, // a file named like the folder
		{"a/b/c.html", "a", "sted", "../../a#sted"},
		{"a", "a/b.html", "", "a/b.html"},
		{"a/b/c.html", "a/å b.html", "", "../%C3%A5%20b.html"},
		{"a/b/c.html", "", "sted", ""},
	} {
		got := func() (href string) {
			defer func() {
				if x := recover(); x != nil {
					t.Errorf("from %s to %s: %v", c.from, c.path, x)
				}
			}()
			return placeOf(c.from).href(book.Link{Path: c.path, Anchor: c.anchor})
		}()
		if got != c.want {
			t.Errorf("from %s to %s#%s: %q, want %q", c.from, c.path, c.anchor, got, c.want)
		}
	}
}

// The form that a page has itself is printed; others, and places on it, are
// gone to.
func TestForms(t *testing.T) {
	form := func(name, path, anchor string, file bool) book.Form {
		return book.Form{Name: name, Link: book.Link{Path: path, Anchor: anchor}, File: file}
	}
	p := &book.Page{Path: "m/ark.html", Kind: "ark", Title: "Ark", Forms: []book.Form{
		form("Læs", "m/side.html", "", false), form("Print", "m/ark.html", "", false),
		form("Stor skrift", "m/ark.html", "stor", false), form("Gem", "m/ark.html", "", true), form("Word", "m/ark.docx", "", true),
	}}
	body, _ := newRenderer(t, Options{}).Body(p, nil)
	want := []string{`"side.html">Læs`, `"ark.html" data-print>Print`, `"#stor">Stor skrift`, `"ark.html" download>Gem`, `"ark.docx" download>Word`}
	list := strings.Join(between(string(body.Bytes()), `<ul class="former"`, `</ul>`), "")
	if diff := cmp.Diff(want, between(list, "<a href=", "</a>")); diff != "" {
		t.Errorf("forms (-want +got):\n%s", diff)
	}
	if got := strings.Count(list, `class="uden-script"`); got != 1 {
		t.Errorf("%d forms tell how to print, want 1", got)
	}
}

// Headings keep their levels and ids; the second level is the contents of a
// long page, and every line of it leads to a heading.
func TestContents(t *testing.T) {
	text := func(shift int, prefix string) book.Block {
		doc, diags := guide.Parse("content/a.md", 1, []byte("## Anden\n\nOrd.\n\n### Tredje\n\nOrd.\n"), guide.Options{})
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		return book.Prose{Text: book.Text{Doc: doc}, Shift: shift, Prefix: prefix}
	}
	check := book.Check{Title: "Tjek", Groups: []book.CheckGroup{{Title: "Før", Items: []book.Item{{Plain: "x"}}}}}
	p := &book.Page{Path: "m/a.html", Kind: "side", Title: "Side", Long: true, Sections: []book.Section{
		{Blocks: []book.Block{text(0, "")}},
		{ID: "to", Title: "To", Level: 2, Blocks: []book.Block{text(1, "ned-"), check}},
		{ID: "tre", Title: "Tre", Level: 3, Blocks: []book.Block{text(2, "dybt-"), check}},
		{Title: "Uden niveau", Blocks: []book.Block{text(-1, "op-"), check}},
		{Title: "Fire", Level: 4, Blocks: []book.Block{book.Prose{}}},
	}}
	body, _ := newRenderer(t, Options{}).Body(p, nil)
	html := string(body.Bytes())
	nav := strings.Join(between(html, `<nav class="paa-siden"`, "</nav>"), "")
	if diff := cmp.Diff([]string{`#anden">Anden`, `#to">To`, `#uden-niveau">Uden niveau`, `#op-tredje">Tredje`}, between(nav, `<a href="`, "</a>")); diff != "" {
		t.Errorf("contents (-want +got):\n%s", diff)
	}
	_, html, _ = strings.Cut(html, "</nav>")
	var got []string
	heading := regexp.MustCompile(`<(h\d)(?: id="([^"]*)")?>(.*?)(?:<a class="peg" href="#(.*?)".*?></a>)?</h\d>`)
	for _, m := range heading.FindAllStringSubmatch(html, -1) {
		got = append(got, strings.Join(m[1:4], " "))
		if m[2] != m[4] {
			t.Errorf("the link of %q leads to %q", m[2], m[4])
		}
	}
	if diff := cmp.Diff([]string{
		"h2 anden Anden", "h3 tredje Tredje",
		"h2 to To", "h3 ned-anden Anden", "h4 ned-tredje Tredje", "h3  Tjek", "h4  Før",
		"h3 tre Tre", "h4 dybt-anden Anden", "h5 dybt-tredje Tredje", "h4  Tjek", "h5  Før",
		"h2 uden-niveau Uden niveau", "h1 op-anden Anden", "h2 op-tredje Tredje", "h3  Tjek", "h4  Før",
		"h4 fire Fire",
	}, got); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
	p.Long = false
	if body, _ = newRenderer(t, Options{}).Body(p, nil); strings.Contains(string(body.Bytes()), "paa-siden") {
		t.Error("a short page has contents")
	}
}

// An id stands once on a page: a heading's before a point's, the first point's
// before the next one's.
func TestIDsOfSectionsComeFirst(t *testing.T) {
	item := func(id string) book.Item { return book.Item{ID: id, Plain: id} }
	p := &book.Page{Path: "a.html", Kind: "side", Title: "Side", Sections: []book.Section{
		{Blocks: []book.Block{
			book.List{Items: []book.Item{item("opgaver"), item("foer-moedet"), item("eget"), item("eget")}},
			book.Check{Groups: []book.CheckGroup{{ID: "opgaver", Items: []book.Item{item("eget"), item("punkt")}}}},
			book.Table{Rows: []book.Row{{ID: "opgaver", Head: book.Cell{Plain: "x"}}, {ID: "raekke", Head: book.Cell{Plain: "y"}}}},
		}},
		{ID: "opgaver", Title: "Opgaver", Level: 2},
		{Title: "Før mødet", Level: 2, Blocks: []book.Block{book.List{Items: []book.Item{item("opgaver"), item("punkt")}}}},
	}}
	body, _ := newRenderer(t, Options{}).Body(p, nil)
	var got []string
	for _, m := range regexp.MustCompile(`<(\w+)[^>]* id="([^"]*)"`).FindAllStringSubmatch(string(body.Bytes()), -1) {
		if !strings.Contains(m[2], "_") { // those that are numbered
			got = append(got, m[1]+" "+m[2])
		}
	}
	if diff := cmp.Diff([]string{"li eget", "li punkt", "tr raekke", "h2 opgaver", "h2 foer-moedet"}, got); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
}
