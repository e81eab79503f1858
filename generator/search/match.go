package search

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// term is a folded word of the vocabulary; several spellings may share one.
type term struct {
	fold, stem string
	bare       string // fold without what Danish letters add to it
	length     int    // letters of fold
	bareLength int    // letters of bare
	letters    uint32 // which of a–z it and its stem have, for a quick no
	count      int    // occurrences in the lines
}

// maxWords bounds the work of one query.
const maxWords = 12

// query is a question made ready: its words, and what it asks for.
type query struct {
	words  []string        // folded
	raw    map[string]bool // all of them, stop words too
	intent *intent
	light  map[string]bool // those of words that count little
}

var stopSet, lightSet = setOf(stopWords), setOf(lightWords)

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// contentWords leaves out stop words and repetitions, unless nothing remains.
func contentWords(words []string) []string {
	var content []string
	for _, w := range words {
		if !stopSet[w] && !slices.Contains(content, w) {
			content = append(content, w)
		}
	}
	if len(content) == 0 {
		return words
	}
	return content
}

func (e *engine) parse(text string) query {
	all := foldWords(signWords.Replace(text))
	q := query{words: contentWords(e.plain(all)), raw: map[string]bool{}, light: map[string]bool{}}
	for _, w := range all {
		q.raw[w] = true
	}
	if len(q.words) > maxWords {
		q.words = q.words[:maxWords]
	}
	spaced := " " + strings.Join(all, " ") + " "
	for i, in := range intents {
		if slices.ContainsFunc(in.triggers, func(t string) bool { return strings.Contains(spaced, " "+t+" ") }) {
			q.intent = &intents[i]
			break
		}
	}
	for _, w := range q.words {
		if lightSet[w] || q.intent != nil && fitsAny(w, q.intent.asking) {
			q.light[w] = true
		}
	}
	return q
}

// fitsAny says whether one of the needles is word, or with a * begins it.
func fitsAny(word string, needles []string) bool {
	for _, n := range needles {
		prefix, open := strings.CutSuffix(n, "*")
		if word == prefix || open && strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}

// variant is a way to read a query, with a factor below 1 for a guess.
type variant struct {
	words  []string
	factor float64
}

// maxVariants bounds the work of one query.
const maxVariants = 6

// variants are the query as written, then with compounds joined that the
// reader wrote apart, and taken apart that nothing is called by, then with
// synonyms of more than one word.
func (e *engine) variants(words []string) []variant {
	out := []variant{{words, 1}}
	for i := 0; i+1 < len(words); i++ {
		for _, glue := range []string{"", "s"} {
			joined := words[i] + glue + words[i+1]
			if e.known(joined) {
				out = append(out, variant{splice(words, i, 2, []string{joined}), ranking.Joined})
			}
		}
	}
	for i, w := range words {
		if parts := e.apart(w); parts != nil {
			out = append(out, variant{splice(words, i, 1, parts), ranking.Joined})
		}
	}
	stems := stemRow(words)
	for _, group := range e.synonyms {
		for p, phrase := range group {
			at := indexOf(stems, phrase)
			if at < 0 {
				continue
			}
			for other, replacement := range group {
				if other != p && !isIdiom(replacement) && (len(phrase) > 1 || len(replacement) > 1) {
					out = append(out, variant{splice(words, at, len(phrase), replacement), ranking.Synonym})
				}
			}
		}
	}
	return out[:min(len(out), maxVariants)]
}

// plain writes the first phrase of a group of synonyms for an idiom of it.
func (e *engine) plain(words []string) []string {
	for _, group := range e.synonyms {
		for _, phrase := range group {
			if !isIdiom(phrase) {
				continue
			}
			if at := indexOf(stemRow(words), phrase); at >= 0 {
				words = splice(words, at, len(phrase), group[0])
			}
		}
	}
	return words
}

// isIdiom says whether a phrase means something only with its stop words in it,
// like "ikke i skole".
func isIdiom(phrase []string) bool {
	return len(phrase) > 1 && slices.ContainsFunc(phrase, func(w string) bool { return stopSet[w] })
}

func stemRow(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = Stem(w)
	}
	return out
}

// minPart is the least number of letters of a part of a compound; a number may
// be shorter.
const minPart = 3

// apart splits a word that the vocabulary does not have, not even with a slip,
// into parts that it has, the first as long as can be; nil when it cannot. An e or
// s may bind them. A number is split at its thousands, as it is when it is
// written with a full stop.
func (e *engine) apart(word string) []string {
	if !isASCII(word) || e.known(word) || !strings.ContainsAny(word, digits) && e.fuzzy(word) != nil {
		return nil
	}
	for at := len(word) - 1; at > 0; at-- {
		first, last := word[:at], word[at:]
		a, b := isNumber(first), isNumber(last)
		if !a && at < minPart || !b && len(last) < minPart || a && b && len(last) != 3 || !e.known(last) {
			continue
		}
		if e.known(first) {
			return []string{first, last}
		}
		if parts := e.apart(first); parts != nil && !a {
			return append(parts, last)
		}
		if bound := first[:at-1]; at > minPart && strings.Contains("es", first[at-1:]) && e.known(bound) {
			return []string{bound, last}
		}
	}
	return nil
}

const digits = "0123456789"

func isNumber(s string) bool { return strings.Trim(s, digits) == "" }

// known says whether the vocabulary has the word in some inflection.
func (e *engine) known(word string) bool { return e.stems[Stem(word)] }

func splice(words []string, at, n int, with []string) []string {
	return slices.Concat(words[:at], with, words[at+n:])
}

// indexOf finds the words of phrase in a row of stems.
func indexOf(stems, phrase []string) int {
	for at := 0; at+len(phrase) <= len(stems); at++ {
		same := true
		for i, w := range phrase {
			same = same && stems[at+i] == Stem(w)
		}
		if same {
			return at
		}
	}
	return -1
}

// closeness compares a word with every term: 0 is unrelated, 1 the same. Other
// words for the same thing are as good, but for a factor. Their compounds are
// other things.
func (e *engine) closeness(word string) []float64 {
	out, found := e.direct(word)
	stem := Stem(word)
	for _, group := range e.synonyms {
		at := slices.IndexFunc(group, func(p []string) bool { return len(p) == 1 && Stem(p[0]) == stem })
		if at < 0 {
			continue
		}
		found = true
		for other, phrase := range group {
			if other == at || len(phrase) > 1 {
				continue
			}
			direct, _ := e.direct(phrase[0])
			for i, c := range direct {
				if c >= ranking.Bare {
					out[i] = max(out[i], c*ranking.Synonym)
				}
			}
		}
	}
	if !found {
		e.guess(word, out)
	}
	return out
}

// guess reads a word that nothing is like as a slip, or else takes it apart.
func (e *engine) guess(word string, out []float64) {
	if near := e.fuzzy(word); len(near) > 0 {
		for _, t := range near {
			direct, _ := e.direct(e.terms[t].fold)
			for i, c := range direct {
				out[i] = max(out[i], c*ranking.Fuzzy)
			}
		}
		return
	}
	e.parts(word, out)
}

// direct compares without tolerance for slips. A word that lacks only its æ, ø
// or å is all that the whole word would be: "moder" is "møder", and so "møde".
func (e *engine) direct(word string) ([]float64, bool) {
	out := make([]float64, len(e.terms))
	stem := Stem(word)
	length := utf8.RuneCountInString(word)
	stemLength := utf8.RuneCountInString(stem)
	found := false
	// A short word that is one is not the beginning of others: "kr" is not "kræver".
	least := 2
	if length < 4 && e.known(word) {
		least = length + 1
	}
	bareWord := bare(word)
	letters := letterSet(bareWord) & letterSet(stem) // no term without them fits
	var whole []int
	exact := false
	for i := range e.terms {
		t := &e.terms[i]
		if letters&^t.letters != 0 {
			continue
		}
		share := float64(length) / float64(max(t.length, length))
		c := 0.0
		switch {
		case t.fold == word:
			c, exact = 1, true
		case t.stem == stem:
			c = ranking.Stem
		case t.bare == bareWord:
			c, whole = ranking.Bare, append(whole, i)
		case length >= least && strings.HasPrefix(t.fold, word):
			c = ranking.Prefix + float64(ranking.Share*share)
		case stemLength >= 4 && strings.HasPrefix(t.fold, stem):
			c = ranking.StemPrefix + float64(ranking.Share*share)
		case length >= 4 && strings.HasSuffix(t.fold, word), stemLength >= 4 && strings.HasSuffix(t.stem, stem):
			c = ranking.Head + float64(ranking.Share*share)
		case length >= 4 && strings.Contains(t.fold, word), stemLength >= 4 && strings.Contains(t.fold, stem):
			c = ranking.Inside + float64(ranking.Share*share)
		default:
			continue
		}
		out[i] = c
		found = true
	}
	if !exact {
		for _, t := range whole {
			row, _ := e.direct(e.terms[t].fold)
			for i, c := range row {
				out[i] = max(out[i], c*ranking.Bare)
			}
		}
	}
	return out, found
}

// maxCorrections is how many spellings a slip may stand for.
const maxCorrections = 3

// fuzzy finds the terms with the fewest slips from word, the most frequent
// first: at most one slip from four letters, two from eight. A word of six or
// more may also be the slipped beginning of a longer one.
func (e *engine) fuzzy(word string) []int {
	q := []rune(bare(word))
	if len(q) < 4 {
		return nil
	}
	limit := 1
	if len(q) >= 8 {
		limit = 2
	}
	letters := letterSet(word)
	best := limit
	var near []int
	consider := func(i, d int) {
		if d < best {
			best, near = d, nil
		}
		if d == best {
			near = append(near, i)
		}
	}
	for i := range e.terms {
		t := &e.terms[i]
		if t.bareLength < 3 || t.bareLength > len(q)+limit || t.bareLength < len(q)-limit || bits.OnesCount32(letters^t.letters) > 2*limit {
			continue
		}
		if d := distance(q, []rune(t.bare), best); d <= best {
			consider(i, d)
		}
	}
	if len(near) == 0 && len(q) >= 6 {
		best = 1
		for i := range e.terms {
			t := &e.terms[i]
			if t.bareLength <= len(q) || !strings.HasPrefix(t.bare, string(q[:2])) {
				continue
			}
			if d := distance(q, []rune(t.bare)[:len(q)], best); d <= best {
				consider(i, d)
			}
		}
	}
	slices.SortStableFunc(near, func(a, b int) int { return e.terms[b].count - e.terms[a].count })
	return near[:min(len(near), maxCorrections)]
}

// letterSet has one bit for each of a–z in s.
func letterSet(s string) uint32 {
	var set uint32
	for _, r := range s {
		if r >= 'a' && r <= 'z' {
			set |= 1 << (r - 'a')
		}
	}
	return set
}

// distance counts letters put in, left out, changed or swapped with their
// neighbour; anything above limit is limit+1.
func distance(a, b []rune, limit int) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	var beforeThat []int
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		beforeThat, before, row = before, row, make([]int, len(b)+1)
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(before[j]+1, row[j-1]+1, before[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, beforeThat[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
	}
	return row[len(b)]
}

// parts takes the query's own compound apart: terms that open or end it.
func (e *engine) parts(word string, out []float64) {
	stem := Stem(word)
	length := float64(utf8.RuneCountInString(word))
	for i := range e.terms {
		t := &e.terms[i]
		n := utf8.RuneCountInString(t.stem)
		if n >= 4 && (strings.HasPrefix(word, t.stem) || strings.HasSuffix(stem, t.stem)) {
			out[i] = float64(ranking.Part*float64(n)) / length
		}
	}
}
