package source

import "strings"

// EndsSentence reports whether a text ends in a mark after which there is no full stop.
func EndsSentence(text string) bool {
	text = strings.TrimRight(text, " \n»«\"”)")
	return strings.HasSuffix(text, "…") || strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") ||
		strings.HasSuffix(text, "!")
}
