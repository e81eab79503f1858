package guide_test

import (
	"bytes"
	"fmt"
	"math/rand"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
)

// lines are what people write and paste into a handbook. Each § stands for a word that
// readers are to see.
var lines = []string{
	"§ og § med.", "1. januar §", "9. klasse §", "18. marts § §", "1. § først", "2. § så", "3. § til sidst", "12. §", "1) §",
	"a) §", "b) §", "- §", "* §", "+ §", "  - §", "    - §", "\t§", "        §", "•\t§", "·\u00a0§", "– §", "— §", "o\t§", "☐ §",
	"-§", "§\t§", "# §", "## §", "##\u00a0§", "#§", "#### §", "===", "---", "***", "> §", "> [!note] §", "> 10 % §", ">§",
	"| § | § |", "|---|---|", "| § |", "| § | § | § |", "§ | §", "[§](rolle:x)", "[§](roller:x)", "[§] (https://a.dk)",
	"[§][§]", "[§]", "[§]: §", "[§](skema.pdf", "[§](min fil.pdf)", "![§](a.png)", "![§](a.png \"§\")", "§[^1]", "[^1]: §",
	"[^2]: §", "~~§~~", "==§==", "**§**", "**§", "** § **", "*§*", "_§_", "__§__", "5*2 § og 3*4", "`§`", "`§", "```", "~~~",
	"<b>§</b>", "<div>", "</div>", "<!-- x -->", "§<br>§", "§\\", "§  ", ": §", "::: §", "!!! §", "{{< § >}}", "[[§]]",
	"https://a.dk/§", "§@a.dk", "www.a.dk/§", "&nbsp;§", "&§;", "$$§$$", "§ {.x}", "C:\\§\\_§", "\\*§\\*", "Se § (§).",
	"§\u00ad§", "“§” og »§«", "<<<<<<< §", "=======", ">>>>>>> §", "1.\u00a0§", "+++", "", "", "",
}

var visible = regexp.MustCompile(`ord\d+`)

// TestNoWordIsLost mixes such lines at random: each word comes out once and in order
// within its line, or a diagnostic covers the line.
func TestNoWordIsLost(t *testing.T) {
	for seed := range int64(3000) {
		r := rand.New(rand.NewSource(seed))
		var b strings.Builder
		n := 0
		for range 2 + r.Intn(8) {
			line := lines[r.Intn(len(lines))]
			for strings.Contains(line, "§") {
				n++
				line = strings.Replace(line, "§", fmt.Sprintf("ord%d", n), 1)
			}
			b.WriteString(line + "\n")
		}
		opt := guide.Options{Kinds: kinds}
		doc, diags := guide.Parse("a.md", 1, []byte(b.String()), opt)
		checkWords(t, seed, b.String(), doc, diags, 0)
		value, more := guide.ParseInline(diag.Pos{File: "a.toml", Line: 1, Col: 1}, b.String(), opt)
		checkWords(t, seed, b.String(), value, more, 1)
		if t.Failed() {
			return
		}
	}
}

func checkWords(t *testing.T, seed int64, src string, doc *guide.Doc, diags []diag.Diag, above int) {
	t.Helper()
	var page bytes.Buffer
	if err := doc.HTML(&page, guide.RenderOptions{Resolve: resolve}); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for z := html.NewTokenizer(&page); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		if kind == html.TextToken {
			text.WriteString(token.Data + " ")
		}
		for _, a := range token.Attr {
			if a.Key == "alt" {
				text.WriteString(a.Val + " ")
			}
		}
	}
	shown := map[string]int{}
	for _, word := range visible.FindAllString(text.String(), -1) {
		shown[word]++
	}
	covered := map[int]bool{}
	for _, d := range diags {
		covered[d.Pos.Line-above] = true
	}
	for i, line := range strings.Split(src, "\n") {
		for _, word := range visible.FindAllString(line, -1) {
			if shown[word] != 1 && !covered[i+1] {
				t.Errorf("seed %d: %s in line %d is shown %d times\n%s\n%s\n%v", seed, word, i+1, shown[word], src, text.String(), diags)
			}
		}
	}
}

// What would take the parser minutes is told at once.
func TestAbsurdTextIsBounded(t *testing.T) {
	for name, src := range map[string]string{
		"links": strings.Repeat("[a](", 50_000), "references": strings.Repeat("[](rolle:ingen) ", 20_000),
		"links on lines": strings.Repeat("[a](\n", 30_000), "quotes": strings.Repeat(">", 20_000) + " a",
		"numbers": strings.Repeat("1. ", 20_000) + "a", "emphasis": strings.Repeat("*a", 20_000) + strings.Repeat("a*", 20_000),
		"headings": strings.Repeat("## a\n", 20_000), "anchors": strings.Repeat("## a\n\n[x](#abc)\n\n", 5_000),
		"notes": strings.Repeat("[^a] ", 50_000) + "\n\n[^a]: x", "pictures": strings.Repeat("![a](b.png)", 20_000),
	} {
		began := time.Now()
		guide.Parse("a.md", 1, []byte(src), guide.Options{Kinds: kinds})
		guide.ParseInline(diag.Pos{File: "a.toml", Line: 1, Col: 1}, src, guide.Options{Kinds: kinds})
		if took := time.Since(began); took > 10*time.Second { // a busy machine; without bounds it takes minutes
			t.Errorf("%s took %v", name, took)
		}
	}
}
