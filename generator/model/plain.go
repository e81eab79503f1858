package model

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// rawSigns finds what a text that is shown as it stands would show as signs: Markdown,
// HTML, codes of other systems, and what follows along from Word.
var rawSigns = regexp.MustCompile(strings.Join([]string{
	`[*]{2,}|__[^_]+__`, // bold
	`(?:^|\s)[*][^*\s][^*]*[*]|(?:^|\s)_[^_\s][^_]*_(?:\W|$)`, // italic
	"`[^`]*`|~~[^~]+~~|==[^=]+==",
	`!?\[[^\]]*\]\([^)]*\)|!?\[\[[^\]]*\]\]`, // links and pictures
	`^#{1,6}\s|^[*•·▪●\x{f0b7}\x{f0a7}]\s`,   // headings and points
	`\{\{[^}]*\}\}|</?[a-zA-Z][^>]*>|&[a-zA-Z]+;|&#\w+;`,
	"\\\\[*_#`\\[\\]]",                                            // escapes
	`[\t\x01-\x08\x0b-\x1f\x7f\x{200b}\x{2060}\x{e000}-\x{f8ff}]`, // what can't be seen
}, "|"))

// inRawSigns reports whether a character may be in what rawSigns finds, which has at least
// one that most texts have not.
func inRawSigns(r rune) bool {
	return r < ' ' || r == 0x7f || strings.ContainsRune("*_`~=[#{<&\\•·▪●\u200b\u2060", r) || unicode.Is(unicode.Co, r)
}

// plain reports signs in a text that is no Markdown.
func (d *decoder) plain(n *source.Node, key string) {
	if !strings.ContainsFunc(n.Str, inRawSigns) {
		return
	}
	m := rawSigns.FindStringIndex(n.Str)
	if m == nil {
		return
	}
	found := n.Str[m[0]:m[1]]
	signs := strings.TrimSpace(found)
	at := *n
	if n.Width == utf8.RuneCountInString(n.Str)+len(`""`) { // on one line, without escapes
		at.Pos.Col += 1 + utf8.RuneCountInString(n.Str[:m[0]+strings.Index(found, signs)])
		at.Width = max(1, utf8.RuneCountInString(signs))
	}
	if strings.IndexFunc(signs, unicode.IsPrint) < 0 {
		d.add(diag.Error, "tegn", &at, false,
			"Skriv ordene uden tegnet; det følger ofte med, når man kopierer fra Word eller PDF.",
			"%s har et tegn, der ikke kan vises", key)
		return
	}
	d.add(diag.Error, "tegn", &at, false,
		"Skriv kun ordene her. Fed skrift, links og lister kan stå i en tekst, fx under kort eller tekst.",
		"%s vises, som det står, for %s er ikke en formateret tekst", signs, key)
}
