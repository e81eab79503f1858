package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var foldDanish = strings.NewReplacer("æ", "ae", "ä", "ae", "ø", "oe", "ö", "oe", "å", "aa")

// fold normalizes s for comparison: lower case, æ and ä as ae, ø and ö as oe, å
// as aa, other letters without their accents. Folding twice changes nothing.
func fold(s string) string {
	s = foldDanish.Replace(strings.ToLower(norm.NFC.String(s)))
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.M, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return foldDanish.Replace(bare) // ǽ has become æ
}

// isWordRune reports whether r is part of a word; everything else separates words.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// foldWords returns the folded words of s in order. It splits the composed text, so that
// a decomposed å stays within its word.
func foldWords(s string) []string {
	words := strings.FieldsFunc(norm.NFC.String(s), func(r rune) bool { return !isWordRune(r) })
	for i, w := range words {
		words[i] = fold(w)
	}
	return words
}
