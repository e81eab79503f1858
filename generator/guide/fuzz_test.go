package guide_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
)

// Whatever an author writes, the page around it must hold together.
func FuzzParse(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		f.Add(readExample(&testing.T{}, path).parts[0].data)
	}
	for _, src := range []string{
		"[a [b](rolle:x) c](rolle:y)", "![[a](rolle:x)](b.png)", "[<https://a.dk>](rolle:x)",
		"[^a]: [^a] [x[^a]](rolle:x)\n\n> [^b]: c\n\nd[^b]", "> [!krav\\]] *a\n>\tb*", "> [!note]\n> ===\n", "a\n: b\n\n: ## c",
		"| a |\n|--|\n| [](rolle:x) `|` <b> |", "[a]: <javascript:x>\n[a] ![a]", "- [ ]\n- [x] \n  > [!x]", "\t<!--\n-->", "a\\\n\x00\xff&#0;&#x1b;",
	} {
		f.Add(src)
	}
	terms := glossary()
	f.Fuzz(func(t *testing.T, src string) {
		opt := guide.Options{Kinds: kinds}
		doc, diags := guide.Parse("a.md", 3, []byte(src), opt)
		value, more := guide.ParseInline(diag.Pos{File: "a.toml", Line: 3, Col: 5}, src, opt)
		checkDiags(t, diags)
		checkDiags(t, more)
		for _, d := range []*guide.Doc{doc, value} {
			var b bytes.Buffer
			if err := d.HTML(&b, guide.RenderOptions{Resolve: resolve, Terms: terms.Page(nil), SourceMarks: true, HeadingShift: 1}); err != nil {
				t.Fatal(err)
			}
			checkHTML(t, b.String())
			b.Reset()
			if err := d.Inline(&b, guide.RenderOptions{IDPrefix: "v-"}); err != nil {
				t.Fatal(err)
			}
			checkHTML(t, b.String())
			d.Text(nil)
			d.Headings(resolve)
			for _, r := range d.References() {
				again, _ := guide.ParseInline(diag.Pos{}, "[x](<"+r.Ref.String()+">)", guide.Options{Kinds: kinds})
				if refs := again.References(); len(refs) != 1 || refs[0].Ref != r.Ref {
					t.Fatalf("reference %+v does not survive being written", r)
				}
			}
		}
	})
}

func checkDiags(t *testing.T, diags []diag.Diag) {
	t.Helper()
	for _, d := range diags {
		if d.Pos.Line < 3 || d.Pos.Col < 1 || d.Width < 1 || d.Message == "" || d.Help == "" || d.Code == "" {
			t.Fatalf("incomplete diagnostic %+v", d)
		}
	}
	if sorted := diag.Sort(diags); len(sorted) != len(diags) {
		t.Fatalf("repeated diagnostics %+v", diags)
	}
}

// checkHTML demands balanced tags, unique ids, no link in a link, no block in a
// paragraph, and nothing that a strict Content-Security-Policy would stop.
func checkHTML(t *testing.T, page string) {
	t.Helper()
	void := []string{"br", "hr", "img"}
	blocks := []string{"p", "div", "ul", "ol", "dl", "table", "pre", "blockquote", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
	ids := map[string]bool{}
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		token := z.Token()
		switch kind {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("left open: %v\n%s", open, page)
			}
			return
		case html.SelfClosingTagToken, html.CommentToken, html.DoctypeToken:
			t.Fatalf("unexpected %v\n%s", token, page)
		case html.StartTagToken:
			checkTag(t, token, ids, page)
			if token.Data == "a" && slices.Contains(open, "a") || slices.Contains(blocks, token.Data) && slices.Contains(open, "p") {
				t.Fatalf("<%s> inside %v\n%s", token.Data, open, page)
			}
			if !slices.Contains(void, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> closes %v\n%s", token.Data, open, page)
			}
			open = open[:len(open)-1]
		}
	}
}

func checkTag(t *testing.T, token html.Token, ids map[string]bool, page string) {
	t.Helper()
	if token.Data == "script" || token.Data == "style" {
		t.Fatalf("<%s>\n%s", token.Data, page)
	}
	for _, a := range token.Attr {
		value := strings.ToLower(strings.TrimSpace(a.Val))
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			t.Fatalf("attribute %s\n%s", a.Key, page)
		case a.Key == "id" && (ids[a.Val] || a.Val == "" || strings.ContainsAny(a.Val, " \t\n")):
			t.Fatalf("id %q is empty, spaced or repeated\n%s", a.Val, page)
		case a.Key == "id":
			ids[a.Val] = true
		case (a.Key == "href" || a.Key == "src") && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:")):
			t.Fatalf("%s=%q\n%s", a.Key, a.Val, page)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	src := []byte(readExample(&testing.T{}, "testdata/reference.txtar").parts[0].data)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		guide.Parse("a.md", 1, src, guide.Options{Kinds: kinds})
	}
}

func BenchmarkParseInline(b *testing.B) {
	for b.Loop() {
		guide.ParseInline(diag.Pos{File: "a.toml", Line: 1, Col: 1}, "Spørg [](rolle:x) om målet", guide.Options{Kinds: kinds})
	}
}

func BenchmarkHTML(b *testing.B) {
	src := []byte(readExample(&testing.T{}, "testdata/reference.txtar").parts[0].data)
	doc, _ := guide.Parse("a.md", 1, src, guide.Options{Kinds: kinds})
	terms := glossary()
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := doc.HTML(&out, guide.RenderOptions{Resolve: resolve, Terms: terms.Page(nil)}); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(out.Len()))
}
