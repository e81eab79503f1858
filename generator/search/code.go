package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"
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

// Builder builds indexes and caches tokenized texts, which many editions share. The zero
// value is ready; it is safe for concurrent use. The cache does not affect an index's
// bytes.
type Builder struct {
	mu      sync.Mutex
	entries map[string]int32
	list    []string // entries by number
	lineNos map[string]int32
	lines   [][]token          // in the numbers of list, never changed
	blocks  map[string][]int32 // the lines of a paragraph, an item or a cell
	keys    map[string]nameKey
}

// text splits s into sentences and returns their line numbers.
func (b *Builder) text(s string) []int32 {
	var nos []int32
	for block := range strings.SplitSeq(s, "\n") {
		lines, ok := b.blocks[block]
		if !ok {
			for _, sentence := range sentences(block) {
				lines = append(lines, b.line(sentence))
			}
			b.blocks[strings.Clone(block)] = lines
		}
		nos = append(nos, lines...)
	}
	return nos
}

// line returns the number of the line s, with its white space normalized.
func (b *Builder) line(s string) int32 {
	if no, ok := b.lineNos[s]; ok {
		return no // most lines are tidy already
	}
	s = tidy(s)
	if no, ok := b.lineNos[s]; ok {
		return no
	}
	no := int32(len(b.lines))
	b.lines = append(b.lines, b.tokenize(s))
	b.lineNos[s] = no
	return no
}

func (b *Builder) tokenize(s string) []token {
	var tokens []token
	afterWord := false
	for len(s) > 0 {
		n := wordLength(s)
		isWord := n > 0
		if !isWord {
			n = prefixLength(s, isSign)
		}
		part := s[:n]
		s = s[n:]
		if !isWord {
			if !(part == " " && afterWord && len(s) > 0) {
				tokens = append(tokens, newToken(b.entry(part), false))
			}
			afterWord = false
			continue
		}
		word, capital := uncapital(part)
		tokens = append(tokens, newToken(b.entry(word), capital))
		afterWord = true
	}
	return tokens
}

func (b *Builder) entry(s string) int {
	e, ok := b.entries[s]
	if !ok {
		e = int32(len(b.list))
		b.entries[s] = e
		b.list = append(b.list, s)
	}
	return int(e)
}

// writer collects the lines of one edition. Locally, lines are numbered in
// order of appearance.
type writer struct {
	b      *Builder
	local  []int32 // by the builder's number: local number plus one, 0 when not seen
	lines  []int32 // the builder's numbers
	counts []int32 // of the builder's entries
	kinds  []kind
	own    map[string]bool // keys of the names of pages and things
}

func (w *writer) line(s string) int { return w.number(w.b.line(s)) }

func (w *writer) text(s string) []int {
	var nos []int
	for _, no := range w.b.text(s) {
		nos = append(nos, w.number(no))
	}
	return nos
}

func (w *writer) number(no int32) int {
	w.local = grown(w.local, len(w.b.lines))
	if w.local[no] == 0 {
		w.lines = append(w.lines, no)
		w.local[no] = int32(len(w.lines))
		w.counts = grown(w.counts, len(w.b.list))
		for _, t := range w.b.lines[no] {
			w.counts[t.entry()]++
		}
	}
	return int(w.local[no] - 1)
}

func grown(s []int32, n int) []int32 {
	if len(s) >= n {
		return s
	}
	return append(s, make([]int32, n-len(s))...)
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

// uncapital lowers the first letter of a word that has no other capitals.
func uncapital(word string) (string, bool) {
	r, n := utf8.DecodeRuneInString(word)
	lower := unicode.ToLower(r)
	if lower == r || unicode.ToUpper(lower) != r || r > 'ÿ' || strings.IndexFunc(word[n:], unicode.IsUpper) >= 0 {
		return word, false
	}
	return string(lower) + word[n:], true
}

// finish numbers the edition's vocabulary: the most frequent entries first, and
// within each length of code by the alphabet, so that front coding pays.
func (w *writer) finish() ([]string, [][]token) {
	list := w.b.list
	var order []int
	for e, n := range w.counts {
		if n > 0 {
			order = append(order, e)
		}
	}
	byAlphabet := func(a, b int) int { return strings.Compare(list[a], list[b]) }
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(int(w.counts[b]-w.counts[a]), byAlphabet(a, b))
	})
	// Code 0 is the mark of a capital, so entries begin at 1.
	one, two := min(codeOne-1, len(order)), min(codeOne+codeTwo*codeBase-1, len(order))
	slices.SortFunc(order[one:two], byAlphabet)
	slices.SortFunc(order[two:], byAlphabet)
	renumber := make([]int, len(list))
	vocabulary := make([]string, len(order))
	for to, from := range order {
		renumber[from] = to
		vocabulary[to] = list[from]
	}
	lines := make([][]token, len(w.lines))
	for i, no := range w.lines {
		lines[i] = make([]token, len(w.b.lines[no]))
		for j, t := range w.b.lines[no] {
			lines[i][j] = newToken(renumber[t.entry()], t.capital())
		}
	}
	return vocabulary, lines
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
