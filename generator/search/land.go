package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxSnippet is the length in letters above which a sentence is cut.
const maxSnippet = 200

// maxMore is how many other places of a page a result names.
const maxMore = 3

// show says where on the page a hit is, and gives the sentence to show.
func (e *engine) show(h hit) Result {
	p := e.ix.pages[h.page]
	k := e.ix.kinds[p.kind]
	r := Result{Path: p.path, Title: e.ix.lineText(p.names[0][0]), Kind: k.id, Model: k.model, Score: h.score}
	n := e.landing(h)
	lines := e.pages[h.page].sections[n].lines
	if n > 0 {
		section := p.sections[n-1]
		r.Anchor = section.anchor
		if section.kind >= 0 {
			r.Page, r.Title, r.Kind = r.Title, e.ix.lineText(section.heading), e.ix.kinds[section.kind].id
		}
	}
	if l := e.lineToShow(h, lines); l >= 0 {
		r.Snippet = e.snippet(l, h.scan)
	}
	for _, n := range e.more(h, n) {
		section := p.sections[n-1]
		r.More = append(r.More, Place{section.anchor, e.ix.lineText(section.heading)})
	}
	return r
}

// landing picks the section, 0 for the top of the page. Words that the name or
// the labels already answer count a quarter in it.
func (e *engine) landing(h hit) int {
	if h.focus.thing != nil {
		return h.focus.section
	}
	s, ps := h.scan, &h.scores
	need := make([]float64, len(s.idf))
	open := false
	named := false
	for i, idf := range s.idf {
		need[i] = idf
		inName := h.focus.name != nil && h.focus.name.row[i] > 0
		if inName || ps.labels[i] > 0 {
			need[i] = idf / 4
			named = named || inName
		} else if ps.has[i] {
			open = true
		}
	}
	best, at := 0.0, 0
	for n := range ps.sections {
		section := &ps.sections[n]
		if named && section.row == nil && section.names == nil {
			// Its heading may answer what is asked without a word of the query.
			section.intent = e.intentOf(&e.pages[h.page].sections[n], s)
		}
		x := 0.0
		if section.row != nil {
			x = float64(dot(need, section.row) * (1 + section.intent))
		}
		x += float64(ranking.Fit * section.fit)
		if named && n > 0 && section.intent == ranking.IntentHeading {
			x += ranking.IntentHeading
		}
		if x > best {
			best, at = x, n
		}
	}
	if named && !open && ps.sections[at].intent < ranking.IntentHeading && ps.sections[at].fit < ranking.FitWhole {
		return 0
	}
	return at
}

// more picks sections beside the one landed at whose headings say at least half
// of what the best of them says, the best first.
func (e *engine) more(h hit, landed int) []int {
	s := h.scan
	values := make([]float64, len(h.scores.sections))
	best := 0.0
	for n := range values {
		v := &e.pages[h.page].sections[n]
		if n == 0 || e.ix.pages[h.page].sections[n-1].anchor == "" {
			continue
		}
		for i := range s.close {
			values[n] += float64(s.idf[i] * closest(s.close[i], e.lines[v.heading]))
		}
		best = max(best, values[n])
	}
	var out []int
	for n, x := range values {
		if n != landed && x > 0 && x >= best/2 {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	return out[:min(len(out), maxMore)]
}

// lineToShow is the first line, which tells what it is, when the thing's name
// says the whole query; else the line that says most.
func (e *engine) lineToShow(h hit, lines []int) int {
	if t := h.focus.thing; t != nil && !slices.Contains(t.row, 0) && len(lines) > 0 {
		return lines[0]
	}
	return e.bestLine(lines, h.scan)
}

// bestLine is the line that says most of the query, the first of equals; the
// first line when none says anything, -1 when there is no line.
func (e *engine) bestLine(lines []int, s *scan) int {
	best, at := -1.0, -1
	for _, l := range lines {
		if len(e.lines[l]) == 0 {
			continue
		}
		x := 0.0
		for i := range s.close {
			x += float64(s.idf[i] * closest(s.close[i], e.lines[l]))
		}
		if s.texts != nil && anyOf(s.texts, e.lines[l]) {
			x += 0.3
		}
		if x > best {
			best, at = x, l
		}
	}
	return at
}

// piece is a token as it is shown.
type piece struct {
	text   string
	marked bool
}

// pieces writes a line token by token, marking the words that were asked for.
func (e *engine) pieces(line int, s *scan) []piece {
	var out []piece
	afterWord := false
	for _, t := range e.ix.lines[line] {
		text := lineOf(e.ix.vocabulary, []token{t})
		n := e.entries[t.entry()]
		if n >= 0 && afterWord {
			text = " " + text
		}
		out = append(out, piece{text, n >= 0 && s.any[n]})
		afterWord = n >= 0
	}
	return out
}

// snippet is the line, cut to about maxSnippet letters around its first marked
// word.
func (e *engine) snippet(line int, s *scan) string {
	pieces := e.pieces(line, s)
	from, to := window(pieces)
	var b strings.Builder
	for _, p := range pieces[from:to] {
		b.WriteString(p.text)
	}
	text := strings.TrimSpace(b.String())
	if from > 0 {
		text = "… " + text
	}
	if to < len(pieces) {
		text += " …"
	}
	return text
}

// window chooses which pieces to show: all when they fit, else from some words
// before the first mark.
func window(pieces []piece) (from, to int) {
	total, first := 0, -1
	for i, p := range pieces {
		total += utf8.RuneCountInString(p.text)
		if p.marked && first < 0 {
			first = i
		}
	}
	if total <= maxSnippet {
		return 0, len(pieces)
	}
	lead := 0
	for from = max(first, 0); from > 0 && lead < maxSnippet/3; from-- {
		lead += utf8.RuneCountInString(pieces[from-1].text)
	}
	length := 0
	for to = from; to < len(pieces) && length < maxSnippet; to++ {
		length += utf8.RuneCountInString(pieces[to].text)
	}
	return from, to
}
