package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var foldDanish = strings.NewReplacer("æ", "ae", "ä", "ae", "ø", "oe", "ö", "oe", "å", "aa")

// Fold writes s as it is compared: lower case, æ and ä as ae, ø and ö as oe, å
// as aa, other letters without their accents. Folding twice changes nothing.
func Fold(s string) string {
	s = foldDanish.Replace(strings.ToLower(norm.NFC.String(s)))
	if isASCII(s) {
		return s
	}
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.M, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return foldDanish.Replace(bare) // ǽ has become æ
}

var bareDanish = strings.NewReplacer("ae", "a", "oe", "o", "aa", "a")

// bare writes a folded word as those write it who leave out what makes æ, ø and
// å of a, o and a: "målsætning" as "malsatning".
func bare(fold string) string { return bareDanish.Replace(fold) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// isWordRune says whether r is part of a word; everything else separates words.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// foldWords gives the folded words of s in their order. Separators go by the
// composed text, so that a decomposed å stays within its word.
func foldWords(s string) []string {
	words := strings.FieldsFunc(norm.NFC.String(s), func(r rune) bool { return !isWordRune(r) })
	for i, w := range words {
		words[i] = Fold(w)
	}
	return words
}
