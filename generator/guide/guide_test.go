package guide_test

import (
	"bytes"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata")

var kinds = []string{"rolle", "fase", "trin", "moede", "opgave", "begreb", "lokal"}

// names is what the test edition calls its entities.
var names = map[string]guide.Resolved{
	"rolle:laeringsvejleder":         {Href: "../roller/laeringsvejleder.html", Text: "læringsvejleder"},
	"moede:opfoelgning#dagsorden":    {Href: "../moeder/opfoelgning.html#dagsorden", Text: "opfølgningsmøde"},
	"forebyggelse/trin:trin-2":       {Href: "../../forebyggelse/trin/trin-2.html", Text: "Trin 2 & 3"},
	"lokal:redskab.afdaekning":       {Text: "Hernings skema", Replace: true, Class: "lokal"},
	"begreb:kun-navngivet":           {Text: "kun navngivet"},
	"fase:faelles-maal":              {Href: "../faser/faelles-maal.html", Text: "Fælles mål"},
	"lokal:kontakt.laeringsvejleder": {Href: "mailto:a@b.dk", Text: "Anne <Hansen>", Replace: true},
}

func resolve(r guide.Reference) guide.Resolved { return names[r.Ref.String()] }

// Each testdata file holds an input, "in.md" or "in.txt" (a TOML value), and
// what must come of it: any of html, inline, marks, text, sections, headings,
// references, files and diagnostics.
func TestExamples(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive := readExample(t, path)
			in := archive.parts[0]
			var doc *guide.Doc
			var diags []diag.Diag
			if in.name == "in.txt" {
				doc, diags = guide.ParseInline(diag.Pos{File: "roller.toml", Line: 12, Col: 9}, strings.TrimSuffix(in.data, "\n"), guide.Options{Kinds: kinds})
			} else {
				doc, diags = guide.Parse("vejledning.md", 1, []byte(in.data), guide.Options{Kinds: kinds})
			}
			saysDiagnostics := false
			for i, want := range archive.parts[1:] {
				got := aspect(t, doc, diags, want.name)
				saysDiagnostics = saysDiagnostics || want.name == "diagnostics"
				if *update {
					archive.parts[i+1].data = got
				} else if diff := cmp.Diff(want.data, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", want.name, diff)
				}
			}
			if !saysDiagnostics && len(diags) > 0 {
				t.Errorf("unexpected diagnostics:\n%s", listing(diags))
			}
			if *update {
				archive.write(t, path)
			}
		})
	}
}

func aspect(t *testing.T, doc *guide.Doc, diags []diag.Diag, name string) string {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch name {
	case "html":
		err = doc.HTML(&b, guide.RenderOptions{Resolve: resolve})
	case "inline":
		err = doc.Inline(&b, guide.RenderOptions{Resolve: resolve})
		b.WriteByte('\n')
	case "marks":
		err = doc.HTML(&b, guide.RenderOptions{Resolve: resolve, SourceMarks: true, IDPrefix: "h-", HeadingShift: 1})
	case "terms":
		err = doc.HTML(&b, guide.RenderOptions{Resolve: resolve, Terms: glossary().Page(nil)})
	case "text":
		fmt.Fprintln(&b, doc.Text(resolve))
	case "sections":
		for _, s := range doc.Sections(resolve) {
			fmt.Fprintf(&b, "[%s] %s: %q\n", s.ID, s.Title, s.Text)
		}
	case "headings":
		for _, h := range doc.Headings(resolve) {
			fmt.Fprintf(&b, "%d:%d h%d #%s %s\n", h.Pos.Line, h.Pos.Col, h.Level, h.ID, h.Text)
		}
	case "references":
		for _, r := range doc.References() {
			fmt.Fprintf(&b, "%d:%d+%d %s %q\n", r.Pos.Line, r.Pos.Col, r.Width, r.Ref, r.Text)
		}
	case "files":
		for _, f := range doc.Images() {
			fmt.Fprintf(&b, "%d:%d+%d image %s %q\n", f.Pos.Line, f.Pos.Col, f.Width, f.Src, f.Alt)
		}
		for _, f := range doc.Files() {
			fmt.Fprintf(&b, "%d:%d+%d file %s\n", f.Pos.Line, f.Pos.Col, f.Width, f.Src)
		}
	case "diagnostics":
		b.WriteString(listing(diags))
	default:
		t.Fatalf("unknown part %q", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func listing(diags []diag.Diag) string {
	var b strings.Builder
	for _, d := range diags {
		fmt.Fprintf(&b, "%s:%d:%d+%d %s: %s\n  %s\n", d.Pos.File, d.Pos.Line, d.Pos.Col, d.Width, d.Code, d.Message, d.Help)
	}
	return b.String()
}

func glossary() *guide.TermSet {
	return guide.NewTermSet([]guide.Term{
		{Forms: []string{"læringsvejleder"}, Href: "b.html#laeringsvejleder", Title: "Den, der vejleder"},
		{Forms: []string{"mål"}, Href: "b.html#maal"},
		{Forms: []string{"fælles mål", "fælles målsætning"}, Href: "b.html#faelles-maal"},
		{Forms: []string{"ven"}, Href: "b.html#ven"},
		{Forms: []string{"PPR"}, Href: "b.html#ppr"},
		{Forms: []string{"skole"}, Href: "b.html#skole"},
		{Forms: []string{"skole hjem"}, Href: "b.html#skole-hjem"},
		{Forms: []string{"–", "trin"}, Href: "b.html#trin"},
	})
}

func TestTermIsLinkedOncePerPage(t *testing.T) {
	page := glossary().Page(func(term guide.Term) string {
		if term.Href == "b.html#ppr" {
			return "" // the page that explains it
		}
		return "../" + term.Href
	})
	var b bytes.Buffer
	for _, text := range []string{"Vennerne på skolen & PPR.", "Skolens venner."} {
		doc, _ := guide.Parse("a.md", 1, []byte(text), guide.Options{})
		if err := doc.HTML(&b, guide.RenderOptions{Terms: page}); err != nil {
			t.Fatal(err)
		}
	}
	want := `<p><a class="begreb" href="../b.html#ven">Vennerne</a> på <a class="begreb" href="../b.html#skole">skolen</a> &amp; PPR.</p>
<p>Skolens venner.</p>
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

// parseRef is the one reference in a link to dest, if it is one.
func parseRef(dest string) (guide.Ref, bool) {
	doc, _ := guide.ParseInline(diag.Pos{}, "[x]("+dest+")", guide.Options{Kinds: []string{"rolle", "trin"}})
	if refs := doc.References(); len(refs) == 1 {
		return refs[0].Ref, true
	}
	return guide.Ref{}, false
}

func TestReference(t *testing.T) {
	for dest, want := range map[string]guide.Ref{
		"rolle:laerer":             {Kind: "rolle", ID: "laerer"},
		"forebyggelse/trin:trin-2": {Model: "forebyggelse", Kind: "trin", ID: "trin-2"},
		"rolle:x.y#opgaver":        {Kind: "rolle", ID: "x.y", Anchor: "opgaver"},
	} {
		got, ok := parseRef(dest)
		if !ok || got != want || got.String() != dest {
			t.Errorf("%q is read as %+v, %v", dest, got, ok)
		}
	}
	for _, dest := range []string{"", "rolle", "rolle:", "<rolle:a b>", "rolle:a#", "/rolle:a", "http://x",
		"mailto:a@b.dk", "tel:12", "fase:a", "#rolle:a", "a/b/rolle:x"} {
		if got, ok := parseRef(dest); ok {
			t.Errorf("%q is read as %+v, want none", dest, got)
		}
	}
}

// Front matter comes before the Markdown, so positions are moved; the Danish
// letters before the mistake count one column each.
func TestPositionsCountCharactersFromTheFilesOwnLine(t *testing.T) {
	_, diags := guide.Parse("a.md", 7, []byte("Første linje\r\næøå [x](roller:y) z\r\n"), guide.Options{Kinds: kinds})
	if len(diags) != 1 || diags[0].Pos != (diag.Pos{File: "a.md", Line: 8, Col: 9}) || diags[0].Width != 8 {
		t.Fatalf("%+v", diags)
	}
}

// A municipality's answer may end as a sentence does; the text that it stands in does
// not end it again.
func TestAnswerThatEndsTheSentence(t *testing.T) {
	doc, diags := guide.Parse("a.md", 1, []byte("Skriv i [bogen](lokal:kanal). Ring.\n"), guide.Options{Kinds: []string{"lokal"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	for answer, want := range map[string]string{
		"Aula": "Skriv i Aula. Ring.", "Aula.": "Skriv i Aula. Ring.", "Aula …": "Skriv i Aula … Ring.", "Aula?": "Skriv i Aula? Ring.",
	} {
		resolve := func(guide.Reference) guide.Resolved { return guide.Resolved{Text: answer, Replace: true} }
		var b bytes.Buffer
		if err := doc.HTML(&b, guide.RenderOptions{Resolve: resolve}); err != nil {
			t.Fatal(err)
		}
		if got := doc.Text(resolve); got != want || !strings.Contains(b.String(), want) {
			t.Errorf("%q, %q; want %q", got, b.String(), want)
		}
	}
	if got := doc.Text(nil); got != "Skriv i bogen. Ring." {
		t.Errorf("the author's words: %q", got)
	}
}

// After a colon a whole sentence may take the place of the author's words.
func TestReferenceApart(t *testing.T) {
	doc, _ := guide.Parse("a.md", 1, []byte("**Hos jer:** [x](lokal:a). I [x](lokal:b) står: Se [x](lokal:c).\n\nHos jer:\n[x](lokal:d)\n"),
		guide.Options{Kinds: []string{"lokal"}})
	got := ""
	for _, r := range doc.References() {
		if r.Apart {
			got += r.Ref.ID
		}
	}
	if got != "ad" {
		t.Errorf("apart: %q", got)
	}
}

// The editions share a document: rendering must not change it.
func TestConcurrentRender(t *testing.T) {
	archive := readExample(t, "testdata/reference.txtar")
	doc, _ := guide.Parse("a.md", 1, []byte(archive.parts[0].data), guide.Options{Kinds: kinds})
	terms := glossary()
	render := func() string {
		var b bytes.Buffer
		if err := doc.HTML(&b, guide.RenderOptions{Resolve: resolve, Terms: terms.Page(nil)}); err != nil {
			t.Error(err)
		}
		return b.String() + doc.Text(resolve) + fmt.Sprint(doc.Headings(nil), doc.References())
	}
	want := render()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := render(); got != want {
					t.Error("concurrent render differs")
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestEmpty(t *testing.T) {
	for _, src := range []string{"", "\n\n", "<!-- intet endnu -->\n"} {
		doc, diags := guide.Parse("a.md", 1, []byte(src), guide.Options{})
		var b bytes.Buffer
		if err := doc.HTML(&b, guide.RenderOptions{}); err != nil || !doc.Empty() || b.Len() > 0 || len(diags) > 0 || doc.Text(nil) != "" {
			t.Errorf("%q: empty %v, html %q, diags %v", src, doc.Empty(), b.String(), diags)
		}
	}
}

// A mark before the text, old line ends and bytes that are no characters leave
// the words as they are.
func TestBytes(t *testing.T) {
	for in, want := range map[string]string{
		"\ufeffEn\r\nto": "<p>En\nto</p>\n",
		"En\rto":         "<p>En\nto</p>\n",
		"a\x00b\xffc":    "<p>a\ufffdb\ufffdc</p>\n",
		"a\x01b":         "<p>a\ufffdb</p>\n",
	} {
		var b bytes.Buffer
		doc, _ := guide.Parse("a.md", 1, []byte(in), guide.Options{})
		if err := doc.HTML(&b, guide.RenderOptions{}); err != nil || b.String() != want {
			t.Errorf("%q: %q, %v", in, b.String(), err)
		}
	}
}

// The same words in two places are read once, and each place is its own.
func TestValueInTwoPlaces(t *testing.T) {
	for text, want := range map[string]string{ // the reference, the picture, the file, the mistake and the block
		"[](rolle:x) ![a](b.png) [c](d.pdf) [](foo:y)": "a.toml:3:9 a.toml:3:23 a.toml:3:34 a.toml:3:44 a.toml:3\n" +
			"b.toml:1:5 b.toml:1:19 b.toml:1:30 b.toml:1:40 b.toml:1\n",
		"Her:\n[](rolle:x) ![a](b.png) [c](d.pdf) [](foo:y)\n": "a.toml:5:4 a.toml:5:18 a.toml:5:29 a.toml:5:39 a.toml:4\n" +
			"b.toml:3:4 b.toml:3:18 b.toml:3:29 b.toml:3:39 b.toml:2\n",
	} {
		value := guide.ParseValue(text, guide.Options{Kinds: kinds})
		var got strings.Builder
		for _, pos := range []diag.Pos{{File: "a.toml", Line: 3, Col: 5}, {File: "b.toml", Line: 1, Col: 1}} {
			doc, diags := value.At(pos)
			var b bytes.Buffer
			if err := doc.HTML(&b, guide.RenderOptions{SourceMarks: true}); err != nil {
				t.Fatal(err)
			}
			_, mark, _ := strings.Cut(b.String(), "data-kilde=\"")
			mark, _, _ = strings.Cut(mark, "\"")
			fmt.Fprintln(&got, doc.References()[0].Pos, doc.Images()[0].Pos, doc.Files()[0].Pos, diags[0].Pos, mark)
		}
		if d := cmp.Diff(want, got.String()); d != "" {
			t.Errorf("%q (-want +got)\n%s", text, d)
		}
	}
}

// What a text must be shown anew for, when a glossary changes: a term that came
// or went, or is explained otherwise. It is told by the text's own words.
func TestDifference(t *testing.T) {
	term := func(form, href string) guide.Term { return guide.Term{Forms: []string{form}, Href: href} }
	ven, skole, andre := term("ven", "#ven"), term("skole", "#skole"), term("ven", "#venner")
	for _, c := range []struct {
		a, b []guide.Term
		want string // the words, of those below, that are linked otherwise
	}{
		{[]guide.Term{ven, skole}, []guide.Term{ven, skole}, "nil"},
		{[]guide.Term{ven}, []guide.Term{ven, skole}, "skolen "},
		{[]guide.Term{ven, skole}, []guide.Term{skole}, "venner "},
		{[]guide.Term{ven, skole}, []guide.Term{andre, skole}, "venner "},
		{[]guide.Term{ven, andre}, []guide.Term{andre, ven}, "venner "}, // the first has the form
		{[]guide.Term{ven, skole}, []guide.Term{skole, ven}, "venner skolen "},
	} {
		got := ""
		if d := guide.Difference(guide.NewTermSet(c.a), guide.NewTermSet(c.b)); d == nil {
			got = "nil"
		} else {
			for _, word := range []string{"venner", "skolen", "andet"} {
				doc, _ := guide.Parse("a.md", 1, []byte("- Her er **"+word+"**.\n"), guide.Options{})
				note, _ := guide.Parse("a.md", 1, []byte("Her[^1].\n\n[^1]: Se "+word+".\n"), guide.Options{})
				if doc.Mentions(d) != note.Mentions(d) {
					t.Errorf("%q: %v in the text, %v in a note", word, doc.Mentions(d), note.Mentions(d))
				}
				if doc.Mentions(d) {
					got += word + " "
				}
			}
		}
		if got != c.want {
			t.Errorf("%v → %v: %q, want %q", c.a, c.b, got, c.want)
		}
	}
	set := guide.NewTermSet([]guide.Term{ven})
	var nothing *guide.Doc
	if guide.Difference(set, set) != nil || nothing.Mentions(set) {
		t.Error("a set differs from itself, or nothing mentions it")
	}
}
