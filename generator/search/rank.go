package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// weights are the numbers of the ranking. The script carries them, so that both
// sides count alike. Closeness lies between 0 and 1; a Share is added in
// proportion to how much of the term the word fills.
type weights struct {
	// Closeness of a word and a term.
	Stem       float64 `json:"stamme"`
	Prefix     float64 `json:"start"`
	StemPrefix float64 `json:"stammestart"`
	Head       float64 `json:"sidste"` // last part of a compound
	Inside     float64 `json:"inde"`
	Share      float64 `json:"andel"`
	Fuzzy      float64 `json:"fejl"` // factor on the corrected word's closeness
	Part       float64 `json:"del"`  // part of the query's compound
	// Factors on whole variants of a query.
	Joined  float64 `json:"samlet"`
	Synonym float64 `json:"synonym"`
	// Where the match stands.
	Name    float64 `json:"navn"`
	Alias   float64 `json:"alias"`
	Kind    float64 `json:"slags"`
	Model   float64 `json:"model"`
	Heading float64 `json:"overskrift"`
	Text    float64 `json:"tekst"`
	// How a name's match is scaled: as it is, by how much of the name the query
	// says, and by how much of both the other says.
	NameBase  float64 `json:"navnGrund"`
	NameFull  float64 `json:"navnFyldt"`
	NameEqual float64 `json:"navnEns"`
	// Sections beside the best, and what a section gains that speaks of what
	// was asked, in its heading or only in its text.
	Others        float64 `json:"andre"`
	IntentHeading float64 `json:"hensigtOverskrift"`
	IntentText    float64 `json:"hensigtTekst"`
	// Least share of the query that a page must hold.
	Cover float64 `json:"daekning"`
}

var ranking = weights{
	Stem: 0.95, Prefix: 0.6, StemPrefix: 0.5, Head: 0.45, Inside: 0.3, Share: 0.2, Fuzzy: 0.6, Part: 0.35,
	Joined: 0.97, Synonym: 0.85,
	Name: 10, Alias: 8, Kind: 3, Model: 1.5, Heading: 3, Text: 1,
	NameBase: 0.6, NameFull: 0.4, NameEqual: 1.4,
	Others: 0.3, IntentHeading: 1, IntentText: 0.15,
	Cover: 0.2,
}

// engine is the index unfolded for searching. soeg.js builds the same.
type engine struct {
	ix       *Index
	terms    []term
	stems    map[string]bool
	lines    [][]int32 // terms of each line
	entries  []int32   // term of each entry of the vocabulary, -1 for separators
	labels   [][2][]int32
	pages    []pageView
	mean     float64 // words in a section
	synonyms [][][]string
}

// pageView is a page ready for ranking. Section 0 is the summary.
type pageView struct {
	names    [][]int32 // terms that count in each name
	sections []sectionView
	length   int // letters of the folded title
}

type sectionView struct {
	heading int // line, -1 for the summary
	lines   []int
	words   int
}

func newEngine(ix *Index) *engine {
	e := &engine{ix: ix, stems: map[string]bool{}, synonyms: ix.synonyms}
	numbers := map[string]int32{}
	number := func(fold string) int32 {
		n, ok := numbers[fold]
		if !ok {
			n = int32(len(e.terms))
			numbers[fold] = n
			t := term{fold: fold, stem: Stem(fold), length: utf8.RuneCountInString(fold), letters: letterSet(fold)}
			e.terms = append(e.terms, t)
			e.stems[t.stem] = true
		}
		return n
	}
	for _, entry := range ix.vocabulary {
		t := int32(-1)
		if r, _ := utf8.DecodeRuneInString(entry); isWordRune(r) {
			t = number(Fold(entry))
		}
		e.entries = append(e.entries, t)
	}
	for _, line := range ix.lines {
		var terms []int32
		for _, t := range line {
			if n := e.entries[t.entry()]; n >= 0 {
				terms = append(terms, n)
				e.terms[n].count++
			}
		}
		e.lines = append(e.lines, terms)
	}
	for _, k := range ix.kinds {
		var pair [2][]int32
		for i, label := range []string{k.label, k.modelLabel} {
			for _, w := range foldWords(label) {
				pair[i] = append(pair[i], number(w))
			}
		}
		e.labels = append(e.labels, pair)
	}
	e.addPages()
	return e
}

func (e *engine) addPages() {
	words, sections := 0, 0
	for _, p := range e.ix.pages {
		v := pageView{length: utf8.RuneCountInString(Fold(e.ix.lineText(p.names[0])))}
		for _, n := range p.names {
			v.names = append(v.names, e.content(e.lines[n]))
		}
		v.sections = append(v.sections, e.view(-1, p.summary))
		for _, s := range p.sections {
			v.sections = append(v.sections, e.view(s.heading, s.lines))
		}
		for _, s := range v.sections {
			words += s.words
		}
		sections += len(v.sections)
		e.pages = append(e.pages, v)
	}
	e.mean = float64(max(words, 1)) / float64(max(sections, 1))
}

func (e *engine) view(heading int, lines []int) sectionView {
	v := sectionView{heading: heading, lines: lines}
	for _, l := range lines {
		v.words += len(e.lines[l])
	}
	return v
}

// content leaves out stop words, unless nothing remains.
func (e *engine) content(terms []int32) []int32 {
	var out []int32
	for _, t := range terms {
		if !stopSet[e.terms[t].fold] {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return terms
	}
	return out
}

// hit is a page that answers, with what is needed to show it.
type hit struct {
	page   int
	score  float64
	scan   *scan
	scores pageScores
}

// scan holds how close one variant's words are to every term.
type scan struct {
	close  [][]float64 // by word, by term
	any    []bool      // by term: close to some word
	idf    []float64   // by word
	total  float64     // sum of idf over the words that some page has
	factor float64
	// Terms that speak of what was asked, in headings and in text; nil when
	// nothing is asked.
	headings, texts []bool
}

// search ranks all pages that answer the query.
func (e *engine) search(text string) []hit {
	q := parse(text)
	best := make([]*hit, len(e.pages))
	known := map[string][]float64{}
	for _, v := range e.variants(q.words) {
		s := e.newScan(v, q.intent, known)
		for _, h := range e.rank(s) {
			if b := best[h.page]; b == nil || h.score > b.score {
				best[h.page] = &h
			}
		}
	}
	var hits []hit
	for _, h := range best {
		if h != nil {
			hits = append(hits, *h)
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), e.pages[a.page].length-e.pages[b.page].length)
	})
	return hits
}

func (e *engine) newScan(v variant, in *intent, known map[string][]float64) *scan {
	s := &scan{factor: v.factor, any: make([]bool, len(e.terms)), idf: make([]float64, len(v.words))}
	for _, w := range v.words {
		if known[w] == nil {
			known[w] = e.closeness(w)
		}
		s.close = append(s.close, known[w])
		for t, c := range known[w] {
			s.any[t] = s.any[t] || c > 0
		}
	}
	if in != nil {
		s.headings, s.texts = e.flags(in.heading), e.flags(in.text)
	}
	return s
}

// flags marks the terms that one of the needles fits.
func (e *engine) flags(needles []string) []bool {
	out := make([]bool, len(e.terms))
	for i := range e.terms {
		for _, n := range needles {
			prefix, open := strings.CutSuffix(n, "*")
			if e.terms[i].fold == prefix || open && strings.HasPrefix(e.terms[i].fold, prefix) {
				out[i] = true
			}
		}
	}
	return out
}

// pageScores is what one page has of each word.
type pageScores struct {
	names    [][]float64 // by name, by word: closeness
	labels   []float64   // by word: weighted closeness
	sections [][]float64 // by section, by word: weighted closeness; nil when it has none
	intent   []float64   // by section: what it gains from what was asked
	has      []bool      // by word
}

func (e *engine) rank(s *scan) []hit {
	lines := e.lineCounts(s)
	all := make([]pageScores, len(e.pages))
	df := make([]int, len(s.close))
	for p := range e.pages {
		all[p] = e.scorePage(p, s, lines)
		for i, has := range all[p].has {
			if has {
				df[i]++
			}
		}
	}
	for i, n := range df {
		if n > 0 {
			s.idf[i] = 0.1 + 0.9/(1+float64(12*float64(n))/float64(len(e.pages)))
			s.total += s.idf[i]
		}
	}
	var hits []hit
	for p := range e.pages {
		if score := e.total(p, s, &all[p]); score > 0 {
			hits = append(hits, hit{p, score, s, all[p]})
		}
	}
	return hits
}

// lineCounts gives for each line the closeness of its terms to each word, added
// up; nil for lines that have none.
func (e *engine) lineCounts(s *scan) [][]float64 {
	counts := make([][]float64, len(e.lines))
	for l, terms := range e.lines {
		for _, t := range terms {
			if !s.any[t] {
				continue
			}
			if counts[l] == nil {
				counts[l] = make([]float64, len(s.close))
			}
			for i := range s.close {
				counts[l][i] += s.close[i][t]
			}
		}
	}
	return counts
}

func (e *engine) scorePage(p int, s *scan, lines [][]float64) pageScores {
	words := len(s.close)
	v := &e.pages[p]
	out := pageScores{labels: make([]float64, words), has: make([]bool, words)}
	for _, name := range v.names {
		row := make([]float64, words)
		for i := range row {
			row[i] = closest(s.close[i], name)
			out.has[i] = out.has[i] || row[i] > 0
		}
		out.names = append(out.names, row)
	}
	labels := e.labels[e.ix.pages[p].kind]
	for i := range words {
		out.labels[i] = max(float64(ranking.Kind*closest(s.close[i], labels[0])), float64(ranking.Model*closest(s.close[i], labels[1])))
		out.has[i] = out.has[i] || out.labels[i] > 0
	}
	for _, section := range v.sections {
		row := e.scoreSection(section, s, lines)
		out.sections = append(out.sections, row)
		out.intent = append(out.intent, e.intentOf(section, s))
		for i := range row {
			out.has[i] = out.has[i] || row[i] > 0
		}
	}
	return out
}

// scoreSection is nil when the section has none of the words.
func (e *engine) scoreSection(v sectionView, s *scan, lines [][]float64) []float64 {
	var row []float64
	for _, l := range v.lines {
		if lines[l] == nil {
			continue
		}
		if row == nil {
			row = make([]float64, len(s.close))
		}
		for i, c := range lines[l] {
			row[i] += c
		}
	}
	norm := 1.2 * (0.5 + float64(0.5*float64(v.words))/e.mean)
	for i, tf := range row {
		row[i] = ranking.Text * float64(2.2*tf) / (tf + norm)
	}
	if v.heading < 0 || lines[v.heading] == nil {
		return row
	}
	if row == nil {
		row = make([]float64, len(s.close))
	}
	for i := range row {
		row[i] += float64(ranking.Heading * closest(s.close[i], e.lines[v.heading]))
	}
	return row
}

// intentOf is what a section gains from speaking of what was asked.
func (e *engine) intentOf(v sectionView, s *scan) float64 {
	if s.headings == nil {
		return 0
	}
	if v.heading >= 0 && anyOf(s.headings, e.lines[v.heading]) {
		return ranking.IntentHeading
	}
	for _, l := range v.lines {
		if anyOf(s.texts, e.lines[l]) {
			return ranking.IntentText
		}
	}
	return 0
}

func closest(closeness []float64, terms []int32) float64 {
	best := 0.0
	for _, t := range terms {
		best = max(best, closeness[t])
	}
	return best
}

func anyOf(flags []bool, terms []int32) bool {
	for _, t := range terms {
		if flags[t] {
			return true
		}
	}
	return false
}

// total is the page's score, rounded so that both sides agree; 0 when the page
// does not answer.
func (e *engine) total(p int, s *scan, ps *pageScores) float64 {
	covered := 0.0
	for i, has := range ps.has {
		if has {
			covered += s.idf[i]
		}
	}
	if covered == 0 || covered < ranking.Cover*s.total {
		return 0
	}
	name, _ := e.bestName(p, s, ps)
	sum := name + dot(s.idf, ps.labels)
	best, gain, others := 0.0, 0.0, make([]float64, len(s.idf))
	for n, row := range ps.sections {
		if row == nil {
			continue
		}
		if x := float64(dot(s.idf, row) * (1 + ps.intent[n])); x > best {
			best, gain = x, ps.intent[n]
		}
		for i, x := range row {
			others[i] = max(others[i], x)
		}
	}
	sum += best + float64(ranking.Others*dot(s.idf, others))
	sum *= 1 + gain/2
	cover := covered / s.total
	score := sum * (0.1 + float64(0.9*cover*cover)) * s.factor * (1 + float64(0.1*float64(e.ix.pages[p].weight)))
	return math.Floor(float64(score*1e5)+0.5) / 1e5
}

// bestName scores the title and the aliases and gives the best, and which.
func (e *engine) bestName(p int, s *scan, ps *pageScores) (float64, int) {
	best, which := 0.0, 0
	for n, row := range ps.names {
		said := dot(s.idf, row)
		if said == 0 {
			continue
		}
		terms := e.pages[p].names[n]
		full := 0.0
		for _, t := range terms {
			c := 0.0
			for i := range s.close {
				c = max(c, s.close[i][t])
			}
			full += c
		}
		full /= float64(len(terms))
		where := ranking.Name
		if n > 0 {
			where = ranking.Alias
		}
		scale := ranking.NameBase + float64(ranking.NameFull*full) + float64(ranking.NameEqual*full*said)/s.total
		if x := float64(where*said) * scale; x > best {
			best, which = x, n
		}
	}
	return best, which
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range b {
		sum += float64(a[i] * b[i])
	}
	return sum
}
