package diag

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Suggest returns the candidate nearest to a misspelt word. The distance counts edits
// (a letter added, left out or changed, or two neighbours swapped); it ignores case
// and equates æ, ø and å with ae, oe and aa. A candidate is near within a third of
// the word's letters, at least one edit and at most three. Ties go to the
// alphabetically first. A candidate that equals word is ignored.
func Suggest(word string, candidates []string) (best string, ok bool) {
	folded := fold(word)
	limit := min(3, max(1, len(folded)/3))
	if len(folded) == 0 {
		return "", false
	}
	nearest := limit + 1
	for _, c := range candidates {
		if c == word || c == "" {
			continue
		}
		target := fold(c)
		if gap := len(target) - len(folded); gap > limit || -gap > limit {
			continue
		}
		d := distance(folded, target)
		if d < nearest || d == nearest && ok && c < best {
			best, nearest, ok = c, d, d <= limit
		}
	}
	return best, ok
}

// MenteDu returns ` – mente du "x"?`, to append to a message about an unknown word,
// or "" if no candidate is near.
func MenteDu(word string, candidates []string) string {
	if best, ok := Suggest(word, candidates); ok {
		return fmt.Sprintf(` – mente du "%s"?`, best)
	}
	return ""
}

var foldDanish = strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa")

func fold(s string) []rune {
	return []rune(foldDanish.Replace(strings.ToLower(norm.NFC.String(s))))
}

// distance is the Damerau-Levenshtein distance in its restricted form (optimal
// string alignment): no letter is edited twice.
func distance(a, b []rune) int {
	older, old, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		older, old, row = old, row, older
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(old[j]+1, row[j-1]+1, old[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
