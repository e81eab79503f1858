package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
func isSign(r rune) bool     { return !isWordRune(r) }

// foldWords returns the folded words of s in order. It splits the composed text, so that
// a decomposed å stays within its word.
func foldWords(s string) []string {
	var words []string
	for s = norm.NFC.String(s); s != ""; {
		n := wordLength(s)
		if n > 0 {
			words = append(words, foldWord(s[:n]))
		} else {
			n = prefixLength(s, isSign)
		}
		s = s[n:]
	}
	return words
}

// foldWord folds a word. A number loses the stops between its thousands, and an
// abbreviation all of its: 1.000 is 1000, and P.P.R. is ppr.
func foldWord(s string) string {
	s = fold(s)
	if !strings.Contains(s, ".") {
		return s
	}
	parts := strings.Split(s, ".")
	out := parts[0]
	for _, part := range parts[1:] {
		digits, _, _ := strings.Cut(part, ",")
		if digitsLength(s) > 0 && len(digits) != 3 {
			out += ","
		}
		out += part
	}
	return out
}

// wordLength is the length in bytes of the word that opens s, or 0. A word is a run of
// letters and digits, a number with its stops and commas (1.000, 18,6), or an
// abbreviation of single letters (P.P.R.).
func wordLength(s string) int {
	if n := initials(s); n > 0 {
		return n
	}
	n := digitsLength(s)
	for n > 0 && n < len(s) && (s[n] == '.' || s[n] == ',') {
		more := digitsLength(s[n+1:])
		if more == 0 {
			break
		}
		n += 1 + more
	}
	if n > 0 && strings.ContainsAny(s[:n], ".,") {
		return n
	}
	return prefixLength(s, isWordRune)
}

// initials is the length of two or more single letters, each but the last with a full
// stop after it, that open s; or 0.
func initials(s string) int {
	n, letters := 0, 0
	for {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) || prefixLength(s[n+size:], isWordRune) > 0 {
			break
		}
		n, letters = n+size, letters+1
		if n == len(s) || s[n] != '.' {
			break
		}
		n++
	}
	if letters < 2 {
		return 0
	}
	return n
}

func digitsLength(s string) int { return prefixLength(s, unicode.IsDigit) }

// prefixLength is the length in bytes of what opens s and is all in the set.
func prefixLength(s string, in func(rune) bool) int {
	for i, r := range s {
		if !in(r) {
			return i
		}
	}
	return len(s)
}
