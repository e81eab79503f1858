package search

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
)

// minCompoundHead is how many letters must precede an exception for it to be the last
// part of a compound.
const minCompoundHead = 3

// stem folds and stems a word. The result is for comparison, not for display. soeg.js
// has the same algorithm; stem_test.go compares them word for word.
func stem(word string) string {
	word = foldWord(word)
	if s, ok := exceptionStem(word); ok {
		return s
	}
	env := snowballstem.NewEnv(word)
	danish.Stem(env)
	return env.Current()
}

// exceptionStem replaces the longest exceptional form that ends word by its
// stem: "plejeboern" becomes "plejebarn".
func exceptionStem(word string) (string, bool) {
	for at := 0; at < len(word); at++ {
		if at > 0 && at < minCompoundHead {
			continue
		}
		if s, ok := exceptions[word[at:]]; ok {
			return word[:at] + s, true
		}
	}
	return "", false
}

// exceptions maps each form of exceptionForms to the first of its row.
var exceptions = exceptionMap(exceptionForms)

func exceptionMap(rows []string) map[string]string {
	m := map[string]string{}
	for _, row := range rows {
		forms := strings.Fields(row)
		for _, f := range forms {
			m[f] = forms[0]
		}
	}
	return m
}
