package render

import (
	"strings"
	"testing"
	"unicode/utf8"

	"modelhaandbog/assets"
)

func TestOurOwnStylesAreWhole(t *testing.T) {
	data, err := assets.FS.ReadFile(stylesheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range checkStyles(stylesheet, data) {
		t.Errorf("%v: %s", d.Pos, d.Message)
	}
}

// Whatever is read as a stylesheet, what is said of it has a place in it.
func FuzzStyles(f *testing.F) {
	f.Add("a{b:c}\n.æ{d:url(e f)\n/*")
	f.Add("@layer a;a{b:c(d}[\"\n;--e:{f g}}")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		lines := strings.Split(text, "\n")
		for _, d := range checkStyles("a.css", []byte(text)) {
			if d.Pos.Line < 1 || d.Pos.Line > len(lines) || d.Pos.Col < 1 || d.Pos.Col > len([]rune(lines[d.Pos.Line-1]))+1 || d.Width < 1 {
				t.Errorf("%v, width %d: %s", d.Pos, d.Width, d.Message)
			}
		}
	})
}
