package overlay

import "testing"

// What became of a text is told by its words: how lines end and are set out is
// no news.
func TestDifference(t *testing.T) {
	for _, c := range []struct {
		old, now, what string
		line           int
	}{
		{"Ring.\n\nSkriv.\n", "Ring.\r\n\r\nSkriv.\r\n\r\nHør efter.\r\n", `nyt: "Hør efter."`, 5},
		{"Ring.\nSkriv.\n", "Ring.\n", `væk: "Skriv."`, 0},
		{"Ring nu.\nSkriv.\n", "Ring.\nSkriv.\n", `før: "Ring nu.", nu: "Ring."`, 1},
		{"", "Ring.", `nyt: "Ring."`, 1},
		{"Ring.\nSkriv.\n", "Skriv.\nRing.\n", "linjerne er de samme, men står anderledes", 0},
	} {
		if what, line := difference(c.old, c.now); what != c.what || line != c.line {
			t.Errorf("%q → %q: %s at %d, want %s at %d", c.old, c.now, what, line, c.what, c.line)
		}
	}
	if !sameWords("Ring,\nog skriv.\n", "Ring, og skriv.\r\n\r\n") || sameWords("Ring.", "Ring nu.") {
		t.Error("the same words are not those that are read")
	}
}
