package guide

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Term is a word of the glossary.
type Term struct {
	Forms []string // the ways it is written, uninflected, such as "læringsvejleder"
	Href  string   // where it is explained
	Title string   // a short explanation for the link's title; may be ""
}

// TermSet finds glossary terms in text. It is immutable and safe for
// concurrent use.
type TermSet struct {
	terms []Term
	first map[string][]phrase // by first word, longest phrase first
	sum   func() [sha256.Size]byte
}

// Sum is that of the terms in their order.
func (s *TermSet) Sum() [sha256.Size]byte { return s.sum() }

type phrase struct {
	rest []string // the folded words after the first
	term int
}

// NewTermSet indexes terms and their inflected forms. When two terms share a form, it
// belongs to the first.
func NewTermSet(terms []Term) *TermSet {
	set := &TermSet{terms: slices.Clone(terms), first: map[string][]phrase{}}
	for i, t := range terms {
		for _, form := range t.Forms {
			set.add(i, form)
		}
	}
	for _, list := range set.first {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.rest) - len(a.rest) })
	}
	set.sum = sync.OnceValue(func() [sha256.Size]byte { return sha256.Sum256(fmt.Appendf(nil, "%q", set.terms)) })
	return set
}

func (s *TermSet) add(term int, form string) {
	var words []string
	for _, w := range splitWords(form) {
		words = append(words, w.fold)
	}
	if len(words) == 0 {
		return
	}
	last := len(words) - 1
	for _, inflected := range inflections(words[last]) {
		full := append(slices.Clone(words[:last]), inflected)
		s.first[full[0]] = append(s.first[full[0]], phrase{rest: full[1:], term: term})
	}
}

// inflections are the forms that a Danish noun or abbreviation takes: definite,
// plural and genitive endings, with the last consonant doubled or not (ven,
// vennen). Forms that are no words do no harm.
func inflections(word string) []string {
	forms := []string{word}
	grow := func(stem string, endings ...string) {
		for _, e := range endings {
			forms = append(forms, stem+e)
		}
	}
	grow(word, "s", "’s", "’en", "’er", "’erne")
	last, _ := utf8.DecodeLastRuneInString(word)
	switch {
	case last == 'e':
		grow(word, "n", "ns", "t", "ts", "r", "rs", "rne", "rnes")
		return forms
	case strings.HasSuffix(word, "er"):
		grow(word, "e", "es", "ne", "nes")
	}
	endings := []string{"en", "ens", "et", "ets", "er", "ers", "erne", "ernes", "ene", "enes", "ne", "nes"}
	grow(word, endings...)
	if strings.ContainsRune("bdfgklmnprst", last) {
		grow(word+string(last), endings...)
	}
	return forms
}

// Difference returns the terms that are in only one of two sets; terms that differ in
// form or explanation are different terms. Both sets link a text that mentions none of
// them alike. It is nil for equal sets.
func Difference(a, b *TermSet) *TermSet {
	if a == b {
		return nil
	}
	var terms []Term
	only := func(list, other []Term) (common []Term) {
		for _, t := range list {
			if slices.ContainsFunc(other, func(o Term) bool { return reflect.DeepEqual(t, o) }) {
				common = append(common, t)
			} else {
				terms = append(terms, t)
			}
		}
		return common
	}
	if inA, inB := only(a.terms, b.terms), only(b.terms, a.terms); !reflect.DeepEqual(inA, inB) {
		terms = slices.Concat(a.terms, b.terms) // the order decides which term has a shared form
	}
	if len(terms) == 0 {
		return nil
	}
	return NewTermSet(terms)
}

// Mentions reports whether the document's own text mentions a term of the set.
func (d *Doc) Mentions(set *TermSet) bool {
	return d != nil && (mentions(d.blocks, set) || mentions(d.notes, set))
}

func mentions(list []node, set *TermSet) bool {
	for i := range list {
		n := &list[i]
		words := n.words.of(n.text)
		for w := range words {
			for _, p := range set.first[words[w].fold] {
				if continues(n.text, words[w:], p.rest) {
					return true
				}
			}
		}
		if mentions(n.kids, set) {
			return true
		}
	}
	return false
}

// Page returns a linker for one page, which links each term at its first mention. href
// returns a term's address relative to the page, or "" for a term that is not linked
// there; nil stands for the terms' own addresses.
func (s *TermSet) Page(href func(Term) string) *TermLinker {
	if href == nil {
		href = func(t Term) string { return t.Href }
	}
	return &TermLinker{set: s, href: href, done: make([]bool, len(s.terms))}
}

// TermLinker remembers which terms a page has linked, across the documents on it. It
// is not safe for concurrent use.
type TermLinker struct {
	set  *TermSet
	href func(Term) string
	done []bool
}

// find looks for a term that begins at words[0]. n is the number of its words, 0 when
// there is none. The term is nil when it is not linked here.
func (l *TermLinker) find(text string, words []word) (term *Term, href string, n int) {
	for _, p := range l.set.first[words[0].fold] {
		if !continues(text, words, p.rest) {
			continue
		}
		n = len(p.rest) + 1
		if l.done[p.term] {
			return nil, "", n
		}
		l.done[p.term] = true
		if href := l.href(l.set.terms[p.term]); href != "" {
			return &l.set.terms[p.term], href, n
		}
		return nil, "", n
	}
	return nil, "", 0
}

// continues reports whether rest follows words[0] with only space between.
func continues(text string, words []word, rest []string) bool {
	if len(words) <= len(rest) {
		return false
	}
	for i, fold := range rest {
		between := text[words[i].end:words[i+1].start]
		if words[i+1].fold != fold || strings.TrimSpace(between) != "" {
			return false
		}
	}
	return true
}

// word is a run of letters and digits; hyphens and apostrophes belong to it, so
// that "skole" is not found in "skole-hjem-samarbejde".
type word struct {
	start, end int // bytes of the text
	fold       string
}

// words are the words of a text, split on first use: not every text is searched for
// terms.
type words struct {
	once sync.Once
	list []word
}

func (w *words) of(text string) []word {
	if w == nil {
		return nil
	}
	w.once.Do(func() { w.list = splitWords(text) })
	return w.list
}

func splitWords(text string) []word {
	var words []word
	start := -1
	finish := func(end int) {
		if start >= 0 {
			end = start + len(strings.TrimRight(text[start:end], "’'"))
			fold := strings.ReplaceAll(strings.ToLower(text[start:end]), "'", "’")
			words = append(words, word{start: start, end: end, fold: fold})
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if start < 0 {
				start = i
			}
		case start >= 0 && (r == '-' || r == '’' || r == '\'' || unicode.IsMark(r)):
		default:
			finish(i)
		}
	}
	finish(len(text))
	return words
}
