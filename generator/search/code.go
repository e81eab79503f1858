package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// token is an entry of the vocabulary in a line: its number doubled, plus one
// when its first letter is a capital that the vocabulary does not have.
type token int32

func (t token) entry() int    { return int(t) >> 1 }
func (t token) capital() bool { return t&1 == 1 }
func newToken(e int, c bool) token {
	if c {
		return token(e<<1 | 1)
	}
	return token(e << 1)
}

// writer collects different lines and their vocabulary. Until finish, tokens
// number the vocabulary in order of appearance.
type writer struct {
	entries map[string]int
	list    []string
	count   []int
	lineNos map[string]int
	lines   [][]token
}

func newWriter() *writer {
	return &writer{entries: map[string]int{}, lineNos: map[string]int{}}
}

// text splits s into sentences and gives their line numbers.
func (w *writer) text(s string) []int {
	var nos []int
	for _, sentence := range sentences(s) {
		nos = append(nos, w.line(sentence))
	}
	return nos
}

// line gives the number of the line s, whose white space is evened out.
func (w *writer) line(s string) int {
	s = tidy(s)
	if no, ok := w.lineNos[s]; ok {
		return no
	}
	key := s
	var tokens []token
	afterWord := false
	for len(s) > 0 {
		n := runLength(s)
		part := s[:n]
		s = s[n:]
		r, _ := utf8.DecodeRuneInString(part)
		if !isWordRune(r) {
			if !(part == " " && afterWord && len(s) > 0) {
				tokens = append(tokens, newToken(w.entry(part), false))
			}
			afterWord = false
			continue
		}
		word, capital := uncapital(part)
		tokens = append(tokens, newToken(w.entry(word), capital))
		afterWord = true
	}
	no := len(w.lines)
	w.lines = append(w.lines, tokens)
	w.lineNos[key] = no
	return no
}

// lineOf writes the tokens of a line as text.
func lineOf(vocabulary []string, tokens []token) string {
	var b strings.Builder
	afterWord := false
	for _, t := range tokens {
		part := vocabulary[t.entry()]
		r, n := utf8.DecodeRuneInString(part)
		word := isWordRune(r)
		if word && afterWord {
			b.WriteByte(' ')
		}
		if t.capital() {
			b.WriteRune(unicode.ToUpper(r))
			part = part[n:]
		}
		b.WriteString(part)
		afterWord = word
	}
	return b.String()
}

func (ix *Index) lineText(no int) string { return lineOf(ix.vocabulary, ix.lines[no]) }

func (w *writer) entry(s string) int {
	e, ok := w.entries[s]
	if !ok {
		e = len(w.list)
		w.entries[s] = e
		w.list = append(w.list, s)
		w.count = append(w.count, 0)
	}
	w.count[e]++
	return e
}

// tidy composes letters, drops soft hyphens and zero-width marks, and makes
// every run of white space one space.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\ufeff', utf8.RuneError:
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return strings.Join(strings.Fields(s), " ")
}

// runLength is the length in bytes of the run of word runes, or of other runes,
// that opens s.
func runLength(s string) int {
	first := true
	word := false
	for i, r := range s {
		if first {
			first, word = false, isWordRune(r)
		} else if isWordRune(r) != word {
			return i
		}
	}
	return len(s)
}

// uncapital takes the capital off a word that is otherwise without capitals.
func uncapital(word string) (string, bool) {
	r, n := utf8.DecodeRuneInString(word)
	lower := unicode.ToLower(r)
	if lower == r || unicode.ToUpper(lower) != r || r > 'ÿ' || strings.IndexFunc(word[n:], unicode.IsUpper) >= 0 {
		return word, false
	}
	return string(lower) + word[n:], true
}

// finish numbers the vocabulary anew: the most frequent entries first, and
// within each length of code by the alphabet, so that front coding pays.
func (w *writer) finish() ([]string, [][]token) {
	order := make([]int, len(w.list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(w.count[b], w.count[a]), strings.Compare(w.list[a], w.list[b]))
	})
	byAlphabet := func(a, b int) int { return strings.Compare(w.list[a], w.list[b]) }
	// Code 0 is the mark of a capital, so entries begin at 1.
	one, two := min(codeOne-1, len(order)), min(codeOne+codeTwo*codeBase-1, len(order))
	slices.SortFunc(order[one:two], byAlphabet)
	slices.SortFunc(order[two:], byAlphabet)
	renumber := make([]int, len(order))
	vocabulary := make([]string, len(order))
	for to, from := range order {
		renumber[from] = to
		vocabulary[to] = w.list[from]
	}
	for _, line := range w.lines {
		for i, t := range line {
			line[i] = newToken(renumber[t.entry()], t.capital())
		}
	}
	return vocabulary, w.lines
}

// Numbers are written in codeAlphabet: the first codeOne signs stand for
// themselves, the next codeTwo open a code of two signs, the next codeThree one
// of three, and the last one of four. The alphabet leaves out what a JavaScript
// string or an HTML parser would trip over, and "~", which ends a row of codes.
const (
	codeAlphabet = " !#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}"
	codeBase     = len(codeAlphabet)
	codeOne      = 50
	codeTwo      = 33
	codeThree    = codeBase - codeOne - codeTwo - 1
	codeEnd      = '~'
)

// appendCode writes n, which is below 91³.
func appendCode(b []byte, n int) []byte {
	if n < codeOne {
		return append(b, codeAlphabet[n])
	}
	n -= codeOne
	if n < codeTwo*codeBase {
		return append(b, codeAlphabet[codeOne+n/codeBase], codeAlphabet[n%codeBase])
	}
	n -= codeTwo * codeBase
	last := codeAlphabet[n%codeBase]
	middle := codeAlphabet[n/codeBase%codeBase]
	if top := n / codeBase / codeBase; top < codeThree {
		return append(b, codeAlphabet[codeOne+codeTwo+top], middle, last)
	}
	return append(b, codeAlphabet[codeBase-1], codeAlphabet[n/codeBase/codeBase], middle, last)
}

// sentences splits text at line ends and after full stops, question marks and
// exclamation marks that a capital or digit follows.
func sentences(text string) []string {
	var out []string
	for _, block := range strings.Split(text, "\n") {
		words := strings.Fields(block)
		from := 0
		for i, word := range words {
			if i+1 == len(words) || endsSentence(word, words[i+1]) {
				out = append(out, strings.Join(words[from:i+1], " "))
				from = i + 1
			}
		}
	}
	return out
}

func endsSentence(word, next string) bool {
	end := strings.TrimRight(word, `"'”»)`)
	if end == "" || !strings.ContainsRune(".!?", rune(end[len(end)-1])) {
		return false
	}
	lower := strings.ToLower(strings.TrimLeft(end, `("'”»`))
	if slices.Contains(abbreviationList, lower) || isOrdinal(lower) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, `"'”»(`))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

var abbreviationList = strings.Fields(abbreviations)

// isOrdinal recognises "8." as in "hver 8. uge".
func isOrdinal(word string) bool {
	digits := strings.TrimRight(word, ".")
	return digits != "" && len(digits) <= 2 && strings.Trim(digits, "0123456789") == ""
}
