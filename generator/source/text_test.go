package source

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"modelhaandbog/generator/diag"
)

func TestCheckText(t *testing.T) {
	utf16LE := func(s string) []byte {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b
	}
	utf16BE := func(s string) []byte {
		b := utf16LE(s)
		for i := 0; i < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
		return b
	}
	for name, c := range map[string]struct {
		data []byte
		want string // of the message; empty if the text is fine
		pos  string
	}{
		"plain":           {[]byte("navn = \"æøå\"\n"), "", ""},
		"mark":            {[]byte("\ufeffnavn"), "", ""},
		"as large as may": {bytes.Repeat([]byte("x"), MaxSize), "", ""},
		"too large":       {bytes.Repeat([]byte("x"), MaxSize+1), "filen fylder 1025 kB", "f"},
		"UTF-16 marked":   {append([]byte("\xff\xfe"), utf16LE("navn = 1")...), "UTF-16", "f:1:1"},
		"UTF-16 bare":     {utf16LE("navn = \"hej med dig\"\n"), "UTF-16", "f:1:1"},
		"Latin 1":         {[]byte("# år\ntitel = \"\xe5r\""), "byten 0xe5 er ikke UTF-8; det skulle nok være et å", "f:2:10"},
		"picture":         {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "nul-byte", "f:3:1"},
		"UTF-16 other":    {utf16BE("navn = \"hej med dig\"\n"), "UTF-16", "f:1:1"},
		"UTF-16 marked 2": {append([]byte("\xfe\xff"), utf16BE("navn = 1")...), "UTF-16", "f:1:1"},
		"Danish UTF-16":   {utf16LE("–navn = \"hej\"\n"), "UTF-16", "f:1:1"},
		"one NUL":         {[]byte("navn = \"x\x00\"\n"), "nul-byte", "f:1:10"},
		"dash":            {[]byte("æ – \x96 b"), "byten 0x96 er ikke UTF-8; det skulle nok være et –", "f:1:5"},
		"no letter":       {[]byte("\x81"), "byten 0x81 er ikke UTF-8", "f:1:1"},
		"cut short":       {[]byte("navn \xc3"), "byten 0xc3 er ikke UTF-8", "f:1:6"},
		"replaced":        {[]byte("\ufffd"), "", ""},
	} {
		clean, diags := CheckText("f", c.data)
		switch {
		case c.want == "":
			if len(diags) > 0 || !bytes.Equal(clean, bytes.TrimPrefix(c.data, []byte("\ufeff"))) {
				t.Errorf("%s: %v", name, diags)
			}
		case len(diags) != 1 || clean != nil || diags[0].Severity != diag.Error ||
			!strings.Contains(diags[0].Message, c.want) || diags[0].Pos.String() != c.pos:
			t.Errorf("%s: got %v, want %q at %s", name, diags, c.want, c.pos)
		}
	}
}

// Of very many errors the first twenty are told, and what stands before the
// next one is kept.
func TestManyErrors(t *testing.T) {
	text := "god = 1\n[galt\n" + strings.Repeat("galt her\n", 50) + "sidst = 1\n"
	root, diags := ParseTOML("f", []byte(text))
	if len(diags) != maxErrors || diags[19].Pos.Line != 21 {
		t.Errorf("%d errors", len(diags))
	}
	if !root.Partial || root.Get("god") == nil || root.Get("sidst") != nil {
		t.Errorf("kept %v", dumpRoot(root))
	}
}

func TestDeepNesting(t *testing.T) {
	_, diags := ParseTOML("f", []byte("a = "+strings.Repeat("[", MaxSize/2)))
	if len(diags) == 0 {
		t.Error("passes")
	}
}

// What TOML 1.1 added is accepted with places, too.
func TestNewTOML(t *testing.T) {
	root := parse(t, "f", "t = {\n  a = 1, # en\n  b = 07:32,\n}\nc = \"\\e\\x41\"\nd = 2024-05-01 07:32\n")
	want := "t 1:1 1:5 +1 en tabel\n  a 2:3 2:7 +1 1\n  b 3:3 3:7 +5 0000-01-01T07:32:00\n" +
		"c 5:1 5:5 +8 \"\\x1bA\"\nd 6:1 6:5 +16 2024-05-01T07:32:00\n"
	if got := dumpRoot(root); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func BenchmarkParseTOML(b *testing.B) {
	data := []byte(strings.Repeat("[[fase]]\nnavn = \"Fælles mål\"\nroller = [\"en\", \"to\"]\nx.y = 1\n", 2000))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		ParseTOML("f", data)
	}
}

func BenchmarkFaulty(b *testing.B) {
	data := []byte(strings.Repeat("ikke = gyldig [\n", MaxSize/16))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		ParseTOML("f", data)
	}
}
