package diag

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Suggest returns the candidate nearest to a misspelt word. The distance counts edits
// (a letter added, left out or changed, or two neighbours swapped); it ignores case
// and equates æ, ø and å with ae, oe and aa. A candidate is near within a third of
// the word's letters, at least one edit and at most three. Ties go to the
// alphabetically first. A candidate that equals word is ignored. Nothing is near a word
// of more than maxWord letters, and only the first maxCandidates are looked at.
func Suggest(word string, candidates []string) (best string, ok bool) {
	folded := fold(word)
	if folded == "" || len(folded) > maxWord {
		return "", false
	}
	limit := min(3, max(1, len(folded)/3))
	nearest := limit + 1
	for _, c := range candidates[:min(len(candidates), maxCandidates)] {
		if c == word || c == "" {
			continue
		}
		d := distance(folded, fold(c), limit)
		if d < nearest || d == nearest && ok && c < best {
			best, nearest, ok = c, d, d <= limit
		}
	}
	return best, ok
}

// A file can hold ten thousand mistakes, each of which asks for a guess.
const (
	maxWord       = 100
	maxCandidates = 1000
)

// MenteDu returns ` – mente du "x"?`, to append to a message about an unknown word,
// or "" if no candidate is near.
func MenteDu(word string, candidates []string) string {
	if best, ok := Suggest(word, candidates); ok {
		return fmt.Sprintf(` – mente du "%s"?`, best)
	}
	return ""
}

var foldDanish = strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa")

func fold(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || 'A' <= s[i] && s[i] <= 'Z' {
			return foldDanish.Replace(strings.ToLower(norm.NFC.String(s)))
		}
	}
	return s
}

// distance is the Damerau-Levenshtein distance in its restricted form (optimal
// string alignment): no letter is edited twice. All that is over limit is limit+1.
func distance(a, b string, limit int) int {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	far := uint8(limit + 1)
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	var rows [3][maxWord + 8]uint8 // small, to be cleared fast
	older, old, row := rows[0][:len(b)+1], rows[1][:len(b)+1], rows[2][:len(b)+1]
	for j := range row {
		row[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		older, old, row = old, row, older
		first, last := max(1, i-limit), min(len(b), i+limit) // the others are over limit
		best := far
		if row[first-1] = far; first == 1 {
			row[0], best = uint8(i), uint8(i)
		}
		if last < len(b) {
			row[last+1] = far
		}
		for j := first; j <= last; j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(old[j]+1, row[j-1]+1, old[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
			best = min(best, row[j])
		}
		if best == far {
			return limit + 1
		}
	}
	return int(min(row[len(b)], far))
}
