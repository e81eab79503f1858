package source

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Slug derives an id from a name or a heading: lower case, æ→ae, ø→oe, å→aa, other
// accents dropped, and a single hyphen for everything else. It may return "".
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(norm.NFC.String(s)) {
		part := foldRune(r)
		if part == "" {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(part)
	}
	return b.String()
}

func foldRune(r rune) string {
	switch {
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		return string(r)
	case r == 'æ' || r == 'ä':
		return "ae"
	case r == 'ø' || r == 'ö':
		return "oe"
	case r == 'å':
		return "aa"
	}
	const from, to = "áàâãçéèêëíìîïñóòôõúùûüýÿ", "aaaaceeeeiiiinoooouuuuyy"
	if i := strings.IndexRune(from, r); i >= 0 {
		return to[i/2 : i/2+1] // each accented letter takes two bytes
	}
	return ""
}
