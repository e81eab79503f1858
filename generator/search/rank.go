package search

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"
)

// weights are the numbers of the ranking. The script carries them in this order,
// so that both sides count alike. Closeness lies between 0 and 1; a Share is added in
// proportion to how much of the term the word fills.
type weights struct {
	// Closeness of a word and a term.
	Stem       float64
	Bare       float64 // the same but for Danish letters
	Prefix     float64
	StemPrefix float64
	Head       float64 // last part of a compound
	Inside     float64
	Share      float64
	Fuzzy      float64 // factor on the corrected word's closeness
	Part       float64 // part of the query's compound
	// Factors on whole variants of a query.
	Joined  float64
	Synonym float64
	// Where the match stands.
	Name        float64
	Alias       float64
	Borrowed    float64 // alias that is the name of something else
	Thing       float64 // factor on the names of things on a page
	HeadingName float64 // factor on headings that are no thing's name
	Both        float64 // share of the lesser of page's and thing's name
	Kind        float64
	Model       float64
	Heading     float64
	Text        float64
	// How a name's match is scaled: as it is, by how much of the name the query
	// says, and by how much of both the other says.
	NameBase  float64
	NameFull  float64
	NameEqual float64
	Stop      float64 // what a stop word of a name counts
	NameShare float64 // what is left of a match that says next to nothing of the query
	// Sections beside the best, and what a section gains that speaks of what
	// was asked, in its heading or only in its text.
	Others        float64
	KindAsked     float64 // factor on the kind that the query names
	ModelAsked    float64 // factor on the pages of a model that it names beside something else
	IntentHeading float64
	IntentText    float64
	IntentPage    float64 // share of that which the page gains
	// What a word counts that all pages have; one that few have counts 1.
	Common float64
	// Where on the page a result lands: what a heading gains that says the
	// same as the query, and how much makes it the place whatever the page's name.
	Fit      float64
	FitWhole float64
	// Least share of the query that a page must hold, and what a word counts
	// that is only in the text there, or elsewhere on the page.
	Cover      float64
	CoverText  float64
	CoverPage  float64
	CoverThing float64 // elsewhere on the page of a thing
	Light      float64 // what a word counts that says little, or only what is asked
	KindMeant  float64 // factor on kinds that answer what is asked
}

var ranking = weights{
	Stem: 0.95, Bare: 0.9, Prefix: 0.6, StemPrefix: 0.5, Head: 0.7, Inside: 0.3, Share: 0.2, Fuzzy: 0.85, Part: 0.35,
	Joined: 0.97, Synonym: 0.8,
	Name: 10, Alias: 8.5, Borrowed: 4, Thing: 0.75, HeadingName: 0.2, Both: 0.3, Kind: 3, Model: 2.2, Heading: 1.5, Text: 1,
	NameBase: 0.6, NameFull: 0.4, NameEqual: 1.8, NameShare: 0.3, Common: 0.25, Fit: 3, FitWhole: 0.8, IntentPage: 0.5, Stop: 0.3,
	Others: 0.2, KindAsked: 1.4, ModelAsked: 1.8, IntentHeading: 1, IntentText: 0.2,
	Cover: 0.2, CoverText: 0.8, CoverPage: 0.5, CoverThing: 0.2,
	Light: 0.25, KindMeant: 1.45,
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
	names    []nameView
	sections []sectionView
	length   int // letters of the folded title
}

// nameView is a name's line, its terms that count, and what a match is worth.
type nameView struct {
	line  int
	terms []int32
	stops []int32 // its stop words, which count a little
	where float64
}

// sectionView is a thing when kind is 0 or more.
type sectionView struct {
	heading int // line, -1 for the summary
	lines   []int
	words   int
	kind    int
	names   []nameView
}

func newEngine(ix *Index) *engine {
	e := &engine{ix: ix, stems: map[string]bool{}, synonyms: ix.synonyms}
	numbers := map[string]int32{}
	number := func(fold string) int32 {
		n, ok := numbers[fold]
		if !ok {
			n = int32(len(e.terms))
			numbers[fold] = n
			t := term{fold: fold, stem: Stem(fold), bare: bare(fold), length: utf8.RuneCountInString(fold), letters: letterSet(fold)}
			t.letters |= letterSet(t.stem)
			t.bareLength = utf8.RuneCountInString(t.bare)
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
	for _, group := range ix.synonyms {
		for _, phrase := range group {
			if len(phrase) == 1 {
				e.stems[Stem(phrase[0])] = true
			}
		}
	}
	e.addPages()
	return e
}

func (e *engine) addPages() {
	words, sections := 0, 0
	for _, p := range e.ix.pages {
		v := pageView{length: utf8.RuneCountInString(Fold(e.ix.lineText(p.names[0][0])))}
		v.names = e.nameViews(p.names, 1)
		v.sections = append(v.sections, e.view(section{heading: -1, lines: p.summary, kind: -1}))
		for _, s := range p.sections {
			v.sections = append(v.sections, e.view(s))
		}
		for _, s := range v.sections {
			words += s.words
		}
		sections += len(v.sections)
		e.pages = append(e.pages, v)
	}
	e.mean = float64(max(words, 1)) / float64(max(sections, 1))
}

func (e *engine) view(s section) sectionView {
	v := sectionView{heading: s.heading, lines: s.lines, kind: s.kind}
	if s.kind >= 0 {
		v.names = e.nameViews(s.names, ranking.Thing)
	} else if s.heading >= 0 {
		v.names = e.nameViews(names{{s.heading}}, ranking.HeadingName)
	}
	for _, l := range s.lines {
		v.words += len(e.lines[l])
	}
	return v
}

func (e *engine) nameViews(n names, factor float64) []nameView {
	var out []nameView
	for class, where := range []float64{ranking.Name, ranking.Alias, ranking.Borrowed} {
		for _, line := range n[class] {
			terms, stops := e.content(e.lines[line])
			out = append(out, nameView{line, terms, stops, where * factor})
		}
	}
	return out
}

// content leaves out stop words, unless nothing remains.
func (e *engine) content(terms []int32) (out, stops []int32) {
	for _, t := range terms {
		if stopSet[e.terms[t].fold] {
			stops = append(stops, t)
		} else {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return terms, nil
	}
	return out, stops
}

// hit is a page that answers, with what is needed to show it.
type hit struct {
	page   int
	score  float64
	scan   *scan
	scores pageScores
	focus  focus
}

// focus is what of a page answers best.
type focus struct {
	name    *nameScore // the page's name that fits best, or nil
	section int
	thing   *nameScore // of the section, when it is a thing that answers better than the page's name
}

// scan is one reading of the index with the words of one variant.
type scan struct {
	close  [][]float64 // by word, by term
	any    []bool      // by term: close to any word
	raw    []bool      // by term: in the query as written, stop words too
	idf    []float64   // by word
	total  float64     // sum of idf over the words that some page has
	weight []float64   // by word: less for one that only says what is asked
	factor float64
	whole  float64 // total of the query as written, 0 while that is read
	// Terms that speak of what was asked, in headings and in text; nil when
	// nothing is asked.
	headings, texts []bool
	labels          [][]float64 // by kind, by word: weighted closeness
	kinds           []bool      // that the query names, beside something else
	models          []bool      // by kind: of a model that it names so
	meant           []bool      // kinds that answer what is asked
}

// search ranks all pages that answer the query.
func (e *engine) search(text string) []hit {
	q := e.parse(text)
	best := make([]*hit, len(e.pages))
	known := map[string][]float64{}
	whole := 0.0
	for _, v := range e.variants(q.words) {
		s := e.newScan(v, q, known)
		s.whole = whole
		for _, h := range e.rank(s) {
			if b := best[h.page]; b == nil || h.score > b.score {
				best[h.page] = &h
			}
		}
		whole = s.whole
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

func (e *engine) newScan(v variant, q query, known map[string][]float64) *scan {
	s := &scan{factor: v.factor, any: make([]bool, len(e.terms)), idf: make([]float64, len(v.words)), kinds: make([]bool, len(e.labels)), models: make([]bool, len(e.labels))}
	for _, w := range v.words {
		weight := 1.0
		if q.light[w] && len(q.light) < len(q.words) {
			weight = ranking.Light
		}
		s.weight = append(s.weight, weight)
		if known[w] == nil {
			known[w] = e.closeness(w)
		}
		s.close = append(s.close, known[w])
		for t, c := range known[w] {
			s.any[t] = s.any[t] || c > 0
		}
	}
	for kind := range e.labels {
		s.labels = append(s.labels, e.scoreLabels(kind, s))
	}
	s.raw = make([]bool, len(e.terms))
	for t := range e.terms {
		s.raw[t] = q.raw[e.terms[t].fold]
	}
	if in := q.intent; in != nil {
		s.headings, s.texts = e.flags(in.heading), e.flags(in.text)
		for _, k := range e.ix.kinds {
			s.meant = append(s.meant, slices.Contains(in.kinds, k.id))
		}
	}
	if len(v.words) > 1 {
		for k, labels := range e.labels {
			s.kinds[k] = len(labels[0]) == 1 && s.says(labels[0])
			model, _ := e.content(labels[1])
			s.models[k] = s.says(model)
		}
		for k, kind := range e.ix.kinds { // who names a kind too wants that, not the model's own page
			s.models[k] = s.models[k] && !(kind.id == modelKind && slices.Contains(s.kinds, true))
		}
	}
	return s
}

// says reports whether the query says all of a label.
func (s *scan) says(label []int32) bool {
	for _, t := range label {
		if !slices.ContainsFunc(s.close, func(row []float64) bool { return row[t] >= ranking.Stem*ranking.Synonym }) {
			return false
		}
	}
	return len(label) > 0
}

// flags marks the terms that one of the needles fits.
func (e *engine) flags(needles []string) []bool {
	out := make([]bool, len(e.terms))
	for i := range e.terms {
		out[i] = fitsAny(e.terms[i].fold, needles)
	}
	return out
}

// pageScores is what one page has of each word.
type pageScores struct {
	names    []nameScore // those that have something
	labels   []float64   // by word: weighted closeness
	sections []sectionScore
	has      []bool // by word
}

// nameScore is a name and its closeness to each word.
type nameScore struct {
	view *nameView
	row  []float64
	fit  float64 // how much the name and the query say the same, when total has asked
}

// sectionScore is what one section has of each word: weighted closeness, how
// much of the word it covers, and what the section gains from what was asked.
// row is nil when it has none.
type sectionScore struct {
	row, cover []float64
	intent     float64
	fit        float64 // of the best name, when total has asked
	names      []nameScore
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
	unknown := 0.0
	for i, n := range df {
		if n == 0 {
			unknown += s.weight[i]
		} else {
			s.idf[i] = s.weight[i] * (ranking.Common + (1-ranking.Common)/(1+float64(12*float64(n))/float64(len(e.pages))))
			s.total += s.idf[i]
		}
	}
	// Between variants more words are no better answer, and a word that no page
	// has is one that is not answered.
	if all := s.total + unknown; all > 0 {
		known := s.total / all
		s.factor *= cmp.Or(s.whole, all) / all * known * known
		s.whole = cmp.Or(s.whole, all)
	}
	var hits []hit
	for p := range e.pages {
		if score, f := e.total(p, s, &all[p]); score > 0 {
			hits = append(hits, hit{p, score, s, all[p], f})
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
	v := &e.pages[p]
	out := pageScores{names: scoreNames(v.names, s, lines), labels: s.labels[e.ix.pages[p].kind], has: make([]bool, len(s.close))}
	note := func(row []float64) {
		for i, x := range row {
			out.has[i] = out.has[i] || x > 0
		}
	}
	for _, n := range out.names {
		note(n.row)
	}
	note(out.labels)
	for i := range v.sections {
		section := &v.sections[i]
		x := e.scoreSection(section, s, lines)
		x.names = scoreNames(section.names, s, lines)
		if x.row != nil || x.names != nil {
			x.intent = e.intentOf(section, s)
		}
		out.sections = append(out.sections, x)
		note(x.row)
		for _, n := range x.names {
			note(n.row)
		}
	}
	return out
}

func scoreNames(views []nameView, s *scan, lines [][]float64) []nameScore {
	var out []nameScore
	for n := range views {
		if lines[views[n].line] == nil {
			continue
		}
		row := make([]float64, len(s.close))
		for i := range row {
			row[i] = closest(s.close[i], views[n].terms)
		}
		out = append(out, nameScore{&views[n], row, 0})
	}
	return out
}

func (e *engine) scoreLabels(kind int, s *scan) []float64 {
	row := make([]float64, len(s.close))
	for i := range row {
		row[i] = max(float64(ranking.Kind*closest(s.close[i], e.labels[kind][0])), float64(ranking.Model*closest(s.close[i], e.labels[kind][1])))
	}
	return row
}

func (e *engine) scoreSection(v *sectionView, s *scan, lines [][]float64) sectionScore {
	var out sectionScore
	start := func() {
		if out.row == nil {
			out.row, out.cover = make([]float64, len(s.close)), make([]float64, len(s.close))
		}
	}
	for _, l := range v.lines {
		if lines[l] == nil {
			continue
		}
		start()
		for i, c := range lines[l] {
			out.row[i] += c
		}
	}
	norm := 1.2 * (0.5 + float64(0.5*float64(v.words))/e.mean)
	for i, tf := range out.row {
		out.row[i] = ranking.Text * float64(2.2*tf) / (tf + norm)
		if tf > 0 {
			out.cover[i] = ranking.CoverText
		}
	}
	if v.heading < 0 || lines[v.heading] == nil {
		return out
	}
	start()
	for i := range out.row {
		if c := closest(s.close[i], e.lines[v.heading]); c > 0 {
			out.row[i] += float64(ranking.Heading * c)
			out.cover[i] = 1
		}
	}
	return out
}

// intentOf is what a section gains from speaking of what was asked.
func (e *engine) intentOf(v *sectionView, s *scan) float64 {
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

// total is the page's score, rounded so that both sides agree, and what of the
// page gives it; 0 when the page does not answer.
func (e *engine) total(p int, s *scan, ps *pageScores) (float64, focus) {
	name, which := bestName(s, ps.names)
	f := focus{name: which}
	best, gain, heading := name, 0.0, (*nameScore)(nil)
	others := make([]float64, len(s.idf))
	for n := range ps.sections {
		x := &ps.sections[n]
		if x.row == nil && x.names == nil {
			continue
		}
		own, ownWhich := bestName(s, x.names)
		isThing := e.pages[p].sections[n].kind >= 0
		value := max(name, own) + float64(ranking.Both*min(name, own))
		if ownWhich != nil {
			x.fit = ownWhich.fit
		}
		value += float64(dot(s.idf, x.row) * (1 + x.intent))
		if value > best {
			best, gain, heading, f.section, f.thing = value, x.intent, ownWhich, n, nil
			if isThing && own > name {
				f.thing = ownWhich
			}
		}
		for i, x := range x.row {
			others[i] = max(others[i], x)
		}
	}
	kindOf, weight := e.ix.pages[p].kind, e.ix.pages[p].weight
	if f.thing != nil {
		section := &e.ix.pages[p].sections[f.section-1]
		kindOf, weight = section.kind, section.weight
	}
	labels, asked := s.labels[kindOf], s.kinds[kindOf]
	sum := best + dot(s.idf, labels) + float64(ranking.Others*dot(s.idf, others))
	sum *= 1 + float64(ranking.IntentPage*gain)
	cover := e.cover(s, ps, labels, f, heading)
	if cover < ranking.Cover {
		return 0, f
	}
	if asked {
		sum *= ranking.KindAsked
		weight = max(weight, 0)
	}
	if s.models[kindOf] {
		sum *= ranking.ModelAsked
	}
	if s.meant != nil && s.meant[kindOf] {
		sum *= ranking.KindMeant
		weight = max(weight, 0)
	}
	if f.thing == nil && which != nil && which.whole(s) {
		weight = max(weight, 0)
	}
	score := sum * (0.1 + float64(0.9*cover*cover)) * s.factor * (1 + float64(0.1*float64(weight)))
	return math.Floor(float64(score*1e5)+0.5) / 1e5, f
}

// cover is the share of the query that the page holds, most of it where it
// answers.
func (e *engine) cover(s *scan, ps *pageScores, labels []float64, f focus, heading *nameScore) float64 {
	covered := 0.0
	section := &ps.sections[f.section]
	for i, has := range ps.has {
		share := 0.0
		switch {
		case f.name != nil && f.name.row[i] > 0, heading != nil && heading.row[i] > 0, labels[i] > 0:
			share = 1
		case section.cover != nil && section.cover[i] > 0:
			share = section.cover[i]
		case has && f.thing != nil:
			share = ranking.CoverThing
		case has:
			share = ranking.CoverPage
		}
		covered += float64(s.idf[i] * share)
	}
	if s.total == 0 {
		return 0
	}
	return covered / s.total
}

// bestName scores names and gives the best, nil for none.
func bestName(s *scan, names []nameScore) (float64, *nameScore) {
	best, which := 0.0, (*nameScore)(nil)
	for n := range names {
		said := dot(s.idf, names[n].row)
		if said == 0 {
			continue
		}
		full, size := 0.0, float64(len(names[n].view.terms))+float64(ranking.Stop*float64(len(names[n].view.stops)))
		for _, t := range names[n].view.stops {
			if s.raw[t] {
				full += ranking.Stop
			}
		}
		for _, t := range names[n].view.terms {
			c := 0.0
			for i := range s.close {
				c = max(c, s.close[i][t])
			}
			full += c
		}
		full /= size
		names[n].fit = float64(full*said) / s.total
		scale := ranking.NameBase + float64(ranking.NameFull*full) + float64(ranking.NameEqual*full*said)/s.total
		scale *= ranking.NameShare + float64((1-ranking.NameShare)*said)/s.total
		if x := float64(names[n].view.where*said) * scale; x > best {
			best, which = x, &names[n]
		}
	}
	return best, which
}

// whole says whether the query says the name word for word, stop words and all.
func (n *nameScore) whole(s *scan) bool {
	for _, t := range n.view.stops {
		if !s.raw[t] {
			return false
		}
	}
	return len(n.view.stops) > 0 && n.fit > 0.9
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range b {
		sum += float64(a[i] * b[i])
	}
	return sum
}
