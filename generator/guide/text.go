package guide

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"modelhaandbog/generator/diag"
)

// normalize makes lines end in \n and replaces invalid characters. Lines and columns
// stay the same.
func normalize(src []byte) []byte {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	src = bytes.ReplaceAll(src, []byte{0}, []byte("\ufffd"))
	return bytes.ToValidUTF8(src, []byte("\ufffd"))
}

// origin is the position in its file where a text begins.
type origin struct {
	file      string
	line, col int
}

// ruler translates byte offsets of src to lines and columns of the file.
type ruler struct {
	origin
	src    []byte
	starts []int // offsets of the beginnings of lines
}

func newRuler(src []byte, at origin) ruler {
	starts := []int{0}
	for i, c := range src {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return ruler{origin: at, src: src, starts: starts}
}

// pos is the position of the character at a byte offset; the column counts characters.
func (r ruler) pos(offset int) diag.Pos {
	offset = min(max(offset, 0), len(r.src))
	i, found := slices.BinarySearch(r.starts, offset)
	if !found {
		i--
	}
	col := utf8.RuneCount(r.src[r.starts[i]:offset]) + 1
	if i == 0 {
		col += r.col - 1
	}
	return diag.Pos{File: r.file, Line: r.line + i, Col: col}
}

// unescape resolves Markdown's backslashes and HTML's entities, once.
func unescape(raw string) string { return norm.NFC.String(decode(raw, false)) }

// typeset is unescape with Danish typography: ”quotes”, apostrophes, en dashes
// and ellipses. An escaped character is left as it is. Letters are composed, and
// characters without a width, such as soft hyphens, are dropped.
func typeset(raw string) string { return norm.NFC.String(invisible.Replace(decode(raw, true))) }

var invisible = strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "")

func decode(raw string, typography bool) string {
	const plain, curly = `\&`, `\&"'-.`
	special := plain
	if typography {
		special = curly
	}
	var b strings.Builder
	copied := 0 // bytes of raw that are decoded into b
	for i := 0; ; {
		next := strings.IndexAny(raw[i:], special)
		if next < 0 {
			break
		}
		i += next
		text, n := raw[i:i+1], 1
		switch c := raw[i]; {
		case c == '\\':
			if i+1 < len(raw) && isPunct(raw[i+1]) {
				text, n = raw[i+1:i+2], 2
			}
		case c == '&':
			text, n = entity(raw[i:])
		case typography:
			text, n = typographic(raw[i:], i == 0 || raw[i-1] == ' ')
		}
		if text != raw[i:i+n] {
			b.WriteString(raw[copied:i])
			b.WriteString(text)
			copied = i + n
		}
		i += n
	}
	if copied == 0 {
		return raw
	}
	b.WriteString(raw[copied:])
	return b.String()
}

// entity decodes the character reference at the beginning of s. Without one it returns
// "&" and 1.
func entity(s string) (text string, n int) {
	end := strings.IndexByte(s, ';')
	// The longest name has 31 letters.
	if end < 0 || end > 33 || s[:end+1] == "&#;" || strings.EqualFold(s[:end+1], "&#x;") {
		return "&", 1
	}
	text = html.UnescapeString(s[:end+1])
	if text == s[:end+1] || strings.HasSuffix(text, ";") && text != ";" {
		return "&", 1 // only a prefix is a known name, as in &notabene;
	}
	return text, end + 1
}

// typographic returns the typographic character that s begins with, written with one
// to three ASCII characters, and the number of bytes read. first means that s begins a
// word.
func typographic(s string, first bool) (text string, n int) {
	switch {
	case s[0] == '"':
		return "”", 1
	case s[0] == '\'':
		return "’", 1
	case strings.HasPrefix(s, "..."):
		return "…", 3
	case strings.HasPrefix(s, "--"):
		n := len(s) - len(strings.TrimLeft(s, "-"))
		if n > 3 || first && n < len(s) && (s[n]|0x20) >= 'a' && (s[n]|0x20) <= 'z' {
			return s[:n], n // a line to fill in, or a flag such as --out
		}
		return "–", n
	}
	return s[:1], 1
}

func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

// escape makes s safe as text and inside double quotes.
func escape(s string) string {
	for i := range len(s) {
		if escapes[s[i]] != "" {
			return string(appendEscaped(nil, s))
		}
	}
	return s
}

func appendEscaped(out []byte, s string) []byte {
	last := 0
	for i := range len(s) {
		if to := escapes[s[i]]; to != "" {
			out = append(append(out, s[last:i]...), to...)
			last = i + 1
		}
	}
	return append(out, s[last:]...)
}

// escapes maps a byte to its HTML escape, "" for one that needs none.
var escapes = func() (table [256]string) {
	for c := range byte(' ') {
		table[c] = "\ufffd" // control characters have no place in HTML
	}
	table['\n'], table['\t'], table[0x7f] = "", "", "\ufffd"
	table['&'], table['<'], table['>'], table['"'] = "&amp;", "&lt;", "&gt;", "&quot;"
	return table
}()
