package figure

import (
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// element is any element of a figure, as a reader of XML sees it.
type element struct {
	name  string
	attrs map[string]string
	text  string // of itself and its children
}

// parse reads an SVG strictly and returns its elements in order of their ends.
func parse(t testing.TB, svg []byte) []element {
	t.Helper()
	var open, out []element
	dec := xml.NewDecoder(strings.NewReader(string(svg)))
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%s", err, svg)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			e := element{name: tok.Name.Local, attrs: map[string]string{}}
			for _, a := range tok.Attr {
				if _, twice := e.attrs[a.Name.Local]; twice {
					t.Errorf("<%s> has two %s", e.name, a.Name.Local)
				}
				e.attrs[a.Name.Local] = a.Value
			}
			open = append(open, e)
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(tok)
			}
		case xml.EndElement:
			e := open[len(open)-1]
			open = open[:len(open)-1]
			if len(open) > 0 {
				open[len(open)-1].text += e.text
			}
			out = append(out, e)
		}
	}
	return out
}

// A figure is drawn from its data alone: the golden files are what a page gets.
func TestGolden(t *testing.T) {
	for name, got := range map[string][]byte{"faser.svg": SVG(phases(), "faser", asIs), "matrix.svg": SVG(concern(), "matrix", asIs)} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s differs; run with -update and read the diff\n%s", name, got)
		}
	}
}

func TestDocument(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) { checkDocument(t, s.svg, s.name) })
	}
}

// checkDocument holds what every figure promises about its markup.
func checkDocument(t testing.TB, svg []byte, id string) {
	t.Helper()
	elements := parse(t, svg)
	ids := map[string]bool{}
	links := 0
	for _, e := range elements {
		if v, ok := e.attrs["id"]; ok {
			if ids[v] {
				t.Errorf("id %q twice", v)
			}
			if !strings.HasPrefix(v, id+"-") {
				t.Errorf("id %q does not begin with %q", v, id)
			}
			ids[v] = true
		}
		if e.attrs["style"] != "" || e.name == "style" {
			t.Errorf("<%s> carries style, which the page's policy refuses", e.name)
		}
		if e.name == "a" {
			links++
			if e.attrs["href"] == "" || e.attrs["aria-label"] == "" {
				t.Errorf("link without address or name: %v", e.attrs)
			}
		}
	}
	root := elements[len(elements)-1]
	for _, ref := range strings.Fields(root.attrs["aria-labelledby"]) {
		if !ids[ref] {
			t.Errorf("aria-labelledby names %q, which is not there", ref)
		}
	}
	wantRole := "img"
	if links > 0 {
		wantRole = "group"
	}
	if root.attrs["role"] != wantRole {
		t.Errorf("role %q with %d links", root.attrs["role"], links)
	}
	for _, m := range regexp.MustCompile(`url\(#([^)]*)\)`).FindAllSubmatch(svg, -1) {
		if !ids[string(m[1])] {
			t.Errorf("no marker %q", m[1])
		}
	}
	if m := regexp.MustCompile(`\d\.\d\d`).Find(svg); m != nil {
		t.Errorf("coordinate %s has more than one decimal", m)
	}
	if m := regexp.MustCompile(`font-size="(1[0-2]|[1-9])(\.|")`).Find(svg); m != nil {
		t.Errorf("too small for 320 px: %s", m)
	}
}

func TestLinks(t *testing.T) {
	var got []string
	for _, e := range parse(t, SVG(phases(), "f", asIs)) {
		if e.name == "a" {
			got = append(got, e.attrs["href"]+" "+e.attrs["aria-label"])
		}
	}
	want := []string{
		"faser/indledende-afdaekning.html Indledende afdækning",
		"faser/faelles-maal.html Fælles mål og handlestrategier",
		"faser/stoette.html Kontinuerlig støtte og vejledning",
		"faser/opfoelgning.html Systematisk og hyppig opfølgning: ca. hver tredje måned",
	}
	if !slices.Equal(got, want) {
		t.Errorf("links are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A new phase is a new card with its number, and one more arrow.
func TestCircleFollowsData(t *testing.T) {
	for n := 1; n <= 8; n++ {
		svg := string(SVG(manyPhases(n), "f", asIs))
		if got := strings.Count(svg, `class="fig-nr"`); got != n {
			t.Errorf("%d phases have %d numbers", n, got)
		}
		if got := strings.Count(svg, "marker-end"); got != n {
			t.Errorf("%d phases have %d arrows", n, got)
		}
	}
}

// A degree is told by word and by dots, not by tone alone.
func TestMatrixTellsDegreeWithoutColour(t *testing.T) {
	svg := string(SVG(concern(), "m", asIs))
	if got := strings.Count(svg, `class="fig-prik"`); got != 0+2+1+3+2+4 {
		t.Errorf("%d filled dots", got)
	}
	if got := strings.Count(svg, `class="fig-kryds"`); got != 5+1 { // and one in the legend
		t.Errorf("%d crosses", got)
	}
	if got := strings.Count(string(SVG(Matrix{Columns: labels("a"), MarkText: "x", Rows: []MatrixRow{{Cells: []Cell{{}}}}}, "m", asIs)), "fig-kryds"); got != 0 {
		t.Error("the mark is explained although no cell has one")
	}
}

// Binding force is seen in the wheel and read in the list beneath it, which alone has
// what goes on all year.
func TestYearForce(t *testing.T) {
	svg := string(SVG(year(), "y", asIs))
	for class, want := range map[string]int{"fig-krav": 1 + 1 + 3 + 1, "fig-anbefaling": 3 + 1, "fig-eksempel": 1} {
		if got := strings.Count(svg, class); got != want {
			t.Errorf("%s: %d marks, want %d", class, got, want)
		}
	}
	if !strings.Contains(svg, "ca. hver tredje måned · krav") {
		t.Error("the force is not in words")
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text string
		w    float64
		want string
	}{
		{"Fælles mål og handlestrategier", 144, "Fælles mål og|handlestrategier"},
		{"Opfølgningsmødeindkaldelse", 144, "Opfølgnings-|mødeindkaldelse"},
		{"skoleunderstøttende aktiviteter", 140, "skoleunder-|støttende|aktiviteter"},
		{"skole\u00adunderstøttende", 140, "skole-|understøttende"},
		{"skole\u00adstart", 140, "skolestart"},
		{"kom-i-skole-teamet", 100, "kom-i-skole-|teamet"},
		{"bbbbbbbbbb", 40, "bbb-|bbb-|bbbb"},
		{"  a \n b\t", 100, "a b"},
		{"æ", 1, "æ"},
		{"", 100, ""},
	} {
		b := wrap(c.text, c.w, big)
		if got := strings.Join(b.lines, "|"); got != c.want {
			t.Errorf("wrap(%q, %v) = %q, want %q", c.text, c.w, got, c.want)
		}
	}
}

// drawn is a figure before it became bytes.
type drawn struct {
	name   string
	words  []string // everything that must be read in it
	d      *drawing
	height float64
	svg    []byte
}

// asIs takes hrefs for addresses.
func asIs(href string) string { return href }

// drawAll makes every figure with n things in it, their words from word.
func drawAll(n int, word func() string) []drawn {
	var words []string
	label := func() Label {
		l := Label{Title: word()}
		words = append(words, l.Title)
		return l
	}
	list := func(n int) (out []Label) {
		for range n {
			l := label()
			if len(out)%2 == 1 {
				l.Sub, l.Href = word(), "x.html"
				words = append(words, l.Sub)
			}
			out = append(out, l)
		}
		return out
	}
	text := func() string { return label().Title }
	var out []drawn
	add := func(name string, f Figure) {
		d := newDrawing("f", asIs)
		h := f.draw(d)
		out = append(out, drawn{name, words, d, h, SVG(f, "f", asIs)})
		words = nil
	}
	circle := Circle{Start: list(n % 3), Loop: list(n), Middle: text()}
	add("circle", circle)
	rings := Rings{Centre: label(), Rings: []Group{{label(), list(n)}, {label(), list(n)}, {label(), nil}}, Bands: []Group{{label(), list(n)}, {label(), nil}}}
	add("rings", rings)
	triangle := Triangle{Levels: list(n)}
	add("triangle", triangle)
	matrix := Matrix{MarkText: text(), Columns: list(min(n, 4))}
	for i := range n {
		row := MatrixRow{Label: label()}
		for k := range matrix.Columns {
			row.Cells = append(row.Cells, Cell{Mark: (i+k)%2 == 0, Degree: i - 1 + k, Word: text()})
		}
		matrix.Rows = append(matrix.Rows, row)
	}
	add("matrix", matrix)
	legs := Legs{Legs: list(n), Centre: label(), Themes: list(n), Frame: Label{Title: "Rammen " + text()}}
	add("legs", legs)
	stairs := Stairs{Steps: list(n), Axis: text(), Band: Label{Title: "Over alt " + text()}}
	add("stairs", stairs)
	meet := Meet{}
	for range min(n, 7) {
		meet.Models = append(meet.Models, label())
	}
	for i, l := range list(n) {
		meet.Rows = append(meet.Rows, Shared{l, []int{i % 3, i % 2, 99, -1}})
	}
	add("meet", meet)
	year := Year{First: n, Months: months, AllYear: "hele året", Centre: text()}
	for i, l := range list(n) {
		e := Entry{Label: l, Force: []string{"krav", "anbefaling", "eksempel", ""}[i%4]}
		for m := range i % 4 {
			e.Months = append(e.Months, 1+(i*m)%12)
		}
		year.Entries = append(year.Entries, e)
	}
	add("year", year)
	return out
}

// checkGeometry finds text that leaves its box or the figure, or lies on other
// text, by the widths that the figures are drawn with.
func checkGeometry(t testing.TB, f drawn) {
	t.Helper()
	const slack = 0.1
	inside := func(a, b rect) bool {
		return a.x >= b.x-slack && a.y >= b.y-slack && a.right() <= b.right()+slack && a.bottom() <= b.bottom()+slack
	}
	for i, a := range f.d.texts {
		if !inside(a.at, a.within) {
			t.Errorf("%s: %q at %v leaves its box %v", f.name, a.text, a.at, a.within)
		}
		if !inside(a.at, rect{0, 0, width, f.height}) || !inside(a.within, rect{0, 0, width, f.height}) {
			t.Errorf("%s: %q at %v leaves the figure (height %v)", f.name, a.text, a.at, f.height)
		}
		for _, b := range f.d.texts[:i] {
			if a.at.x < b.at.right()-slack && b.at.x < a.at.right()-slack && a.at.y < b.at.bottom()-slack && b.at.y < a.at.bottom()-slack {
				t.Errorf("%s: %q at %v lies on %q at %v", f.name, a.text, a.at, b.text, b.at)
			}
		}
	}
}

// checkWords finds words that were given and cannot be read.
func checkWords(t testing.TB, f drawn) {
	t.Helper()
	bare := func(s string) string {
		return strings.NewReplacer(" ", "", "-", "", "\u00ad", "").Replace(clean(s))
	}
	var all strings.Builder
	for _, e := range parse(t, f.svg) {
		if e.name == "text" {
			all.WriteString(bare(e.text) + "\n")
		}
	}
	for _, w := range f.words {
		if !strings.Contains(all.String(), bare(w)) {
			t.Errorf("%s: %q cannot be read", f.name, w)
		}
	}
}

// Layout holds for one to nine things, whatever they are called.
func TestGeometry(t *testing.T) {
	parts := strings.Fields("skole under støttende opfølgnings møde indkaldelse lærings koordinator forebyggelses anbringelses sted " +
		"tværfaglig samarbejds aftale plejefamilie OG § trivsel i børne- & ungdoms uddannelsesparathedsvurdering")
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 1))
		word := func() string {
			var b strings.Builder
			for range 1 + random.IntN(6) {
				b.WriteString(parts[random.IntN(len(parts))])
				if random.IntN(2) == 0 {
					b.WriteByte(' ')
				}
			}
			return b.String()
		}
		for n := 1; n <= 9; n++ {
			for _, f := range drawAll(n, word) {
				checkGeometry(t, f)
				checkDocument(t, f.svg, "f")
				checkWords(t, f)
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// A figure without content is still a figure.
func TestEmpty(t *testing.T) {
	for _, svg := range [][]byte{SVG(Circle{}, "", asIs), SVG(Rings{}, "1 2", asIs), SVG(Triangle{}, "a b", asIs), SVG(Matrix{}, "æ", asIs), SVG(Legs{}, "x", asIs), SVG(Stairs{}, "x", asIs), SVG(Meet{}, "x", asIs), SVG(Year{}, "x", asIs)} {
		id := regexp.MustCompile(`id="([^"]*)-titel"`).FindSubmatch(svg)
		checkDocument(t, svg, string(id[1]))
	}
}

func TestSameBytes(t *testing.T) {
	a, b := samples(), samples()
	for i := range a {
		if string(a[i].svg) != string(b[i].svg) {
			t.Errorf("%s is not the same twice", a[i].name)
		}
	}
}

func FuzzLabels(f *testing.F) {
	for _, s := range []string{"Barnet", "<b>&\"'", "skole\u00adunder\u00adstøttende", "\x00\x1b\ufffe\xff]]>", strings.Repeat("Ж", 200), "漢字 a\u0301 \u200b-/-", "javascript:alert(1)"} {
		f.Add(s, 4)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		if len(s) > 300 {
			return
		}
		k := 0
		word := func() string { k++; return fmt.Sprintf("%s %d", s, k) }
		for _, d := range drawAll(1+(n&7), word) {
			checkGeometry(t, d)
			checkDocument(t, d.svg, "f")
		}
		c := SVG(Circle{Title: s, Desc: s, Loop: []Label{{s, s, s}}}, s, asIs)
		id := regexp.MustCompile(`id="([^"]*)-titel"`).FindSubmatch(c)
		parse(t, c)
		if id == nil {
			t.Errorf("no title in %s", c)
		}
	})
}
