// Package search makes the index of one edition and answers questions from it.
//
// In come the words of the pages ([Doc]): names, aliases, summaries, sections.
// Out goes a classic JavaScript file ([Index.Script]) that soeg.js loads on
// first use, and the same answers in Go ([Index.Search]) for the benchmark of
// queries. The package refuses to know layouts, addresses and municipalities:
// a path is a string that it hands back.
//
// # The index
//
// The text is the index. There are no postings: a reader's handbook has some
// hundred thousand words, and a browser reads through them in a millisecond or
// two. What is stored is
//
//   - the vocabulary: every spelling and every separator, the most frequent
//     first, so that they get the shortest codes; front-coded;
//   - the lines: every different sentence, heading and name once, as a row of
//     codes. One space between two words is implied, and so is the capital
//     letter that opens a line;
//   - the pages: path, kind, weight, names, and which lines they show; sections
//     that are things have a kind, a weight and aliases of their own;
//   - the lists that both sides share: stop words, exceptions from the stemmer,
//     hints of intent, synonyms and the weights of the ranking.
//
// Codes are printable ASCII (see code.go). The same pages give the same bytes.
//
// # Folding and stemming
//
// A word is a run of letters and digits. It is folded ([Fold]: lower case,
// æ→ae, ø→oe, å→aa, é→e) and then stemmed ([Stem]: Snowball's Danish stemmer
// over the folded word, with a short list of exceptions that also holds for the
// last part of a compound: plejebørn is plejebarn). Folding comes first on both
// sides, so that "laering" and "læring" are one word from then on.
//
// # Ranking
//
// A phrase of a group of synonyms that has stop words in it and says little
// without them ("ikke i skole") is read as the group's first. Then stop words
// and question words are dropped; § and % are read as words. Words
// that only say what is asked ("hvem deltager i …", "dagsorden til …"), and
// others that say little ("ny", "flere"), weigh little beside the rest. Each
// word is compared with the vocabulary and gives each term a closeness between
// 0 and 1: exact > same stem > the same but for Danish letters (malsatning) >
// last part of a compound and prefix > inside; and only when nothing of this is
// found, spellings within one or two slips, then parts of the query's own
// compound. Synonyms of one word are as close, but for a factor; a word that has
// some is not guessed at.
//
// A page's score adds up, weighted by how rare each word is among pages:
//
//   - its best name: an own name before an alias, an alias before a topic or one
//     that is the own name of something else. A name is lifted the more it and
//     the query say the same and nothing else;
//   - the labels of its kind and model;
//   - its best section: the heading as a small name, BM25 of its text, lifted
//     when the heading or text speaks of what was asked (who, when, how, why).
//     A section that is a thing (a term, a law, a figure) has names that count
//     almost as a page's;
//   - a little of its other sections.
//
// The sum is multiplied by the square of the share of the query that the page
// holds (less for words that only its text has, and little for a thing when the
// word stands elsewhere on its page), by its own weight, by a factor when the
// query names its kind beside something else ("tjekliste fase 2"), by one when it
// so names its model ("klassekammerater fravær"), and by one when its kind answers
// what is asked (terms for "hvad er", laws for "§", sheets for "print").
//
// Synonyms of several words, compounds written apart and compounds that nothing
// is called by are tried as variants of the query, which compare by the share of
// it that they answer; a page keeps its best, and is in the results once.
//
// A result lands at the thing whose name fits better than the page's, at the
// page's top when its name answers the whole query, else at the section that
// answers best.
package search

import (
	"slices"
	"strings"
	"sync"
)

// Doc is one page as the reader sees it. Path, Kind and Model are handed back
// untouched; everything else is text.
type Doc struct {
	Path       string // relative to the edition's root, "laeringsmiljoe/faser/faelles-maal.html"
	Kind       string // stable name of the kind, "fase"
	KindLabel  string // as shown, "Fase"
	Model      string // stable id of the model, empty for shared pages
	ModelLabel string
	Title      string
	Names      []string // other names of the page's subject, as good as its title
	Aliases    []string
	Topics     []string // subject headings: what the page is about, not its name
	Summary    string
	Sections   []Section
	Weight     int // 0 is normal; each step lifts the page by a tenth
}

// Section is the part of a page under one heading. Lines of Text end blocks
// (paragraphs, list items, cells); sentences are found within them.
//
// A section that has a Kind is a thing that shares its page with others: a term
// of the glossary, a law, a task. Its heading is its name.
type Section struct {
	Anchor    string // without "#"
	Heading   string
	Text      string
	Aliases   []string // of a thing
	Kind      string   // stable name of the thing's kind, "begreb"
	KindLabel string   // as shown, "Begreb"
	Weight    int      // of a thing, as a page's; below 0 others own its name
}

// Result is one answer: a page, or a thing on one. A page is in the results
// once. Anchor is empty when the result is the page itself.
type Result struct {
	Path    string
	Anchor  string
	Title   string // of the page, or the name of the thing
	Page    string // title of the page that a thing stands on, else ""
	Kind    string
	Model   string
	Snippet string // one sentence, plain text, cut at about 200 characters
	Score   float64
	More    []Place // other places of the page that answer, at most maxMore
}

// Place is a heading of a page.
type Place struct{ Anchor, Heading string }

// Index holds one edition's words. It is finished when Build returns it and may
// be used by several goroutines.
type Index struct {
	vocabulary []string // spellings and separators, in the order of their codes
	lines      [][]token
	kinds      []kind
	pages      []page
	synonyms   [][][]string   // groups of phrases of folded words
	engine     func() *engine // made at the first search: publishing needs none
}

// kind is what pages of one kind in one model share.
type kind struct{ id, label, model, modelLabel string }

// page refers to lines by number. Its own names begin with the title.
type page struct {
	path     string
	kind     int
	weight   int
	names    names
	summary  []int
	sections []section
}

// section is a thing when kind is 0 or more; its names then begin with the
// heading.
type section struct {
	anchor  string
	heading int
	lines   []int
	kind    int
	weight  int
	names   names
}

// names are lines: the thing's own names, its aliases, and those aliases that
// are the own name of something else.
type names [3][]int

// Build makes the index of one edition with a Builder of its own.
func Build(docs []Doc, synonyms [][]string) *Index { return new(Builder).Build(docs, synonyms) }

// Build makes the index of docs. Each synonym group is a list of words or short
// phrases that readers use for the same thing, the plainest first; a group of
// fewer than two is ignored. The order of docs decides between equal scores.
func (b *Builder) Build(docs []Doc, synonyms [][]string) *Index {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.texts == nil {
		b.entries, b.lineNos, b.texts, b.keys = map[string]int32{}, map[string]int32{}, map[string][]int32{}, map[string]nameKey{}
	}
	w := &writer{b: b}
	w.own = b.ownNames(docs)
	ix := &Index{}
	for _, d := range docs {
		ix.pages = append(ix.pages, w.page(d))
	}
	ix.kinds = w.kinds
	ix.vocabulary, ix.lines = w.finish()
	ix.synonyms = foldSynonyms(synonyms)
	ix.engine = sync.OnceValue(func() *engine { return newEngine(ix) })
	return ix
}

func (w *writer) page(d Doc) page {
	p := page{path: d.Path, kind: w.kind(d.Kind, d.KindLabel, d), weight: d.Weight}
	p.names = w.names(append([]string{d.Title}, d.Names...), d.Aliases, d.Topics)
	p.summary = w.text(d.Summary)
	for _, s := range d.Sections {
		x := section{anchor: s.Anchor, heading: w.line(s.Heading), lines: w.text(s.Text), kind: -1}
		if s.Kind != "" {
			x.kind, x.weight = w.kind(s.Kind, s.KindLabel, d), s.Weight
			x.names = w.names([]string{s.Heading}, s.Aliases, nil)
		}
		p.sections = append(p.sections, x)
	}
	return p
}

func (w *writer) kind(id, label string, d Doc) int {
	k := kind{id, label, d.Model, d.ModelLabel}
	n := slices.Index(w.kinds, k)
	if n < 0 {
		n = len(w.kinds)
		w.kinds = append(w.kinds, k)
	}
	return n
}

// names sorts aliases by whether something else is called so, and drops those
// that say what an own name says.
func (w *writer) names(own, aliases, topics []string) names {
	var out names
	var seen []string
	fresh := func(s string) bool {
		key := w.b.key(s).said
		ok := !slices.Contains(seen, key)
		seen = append(seen, key)
		return ok
	}
	for _, s := range own {
		if fresh(s) {
			out[0] = append(out[0], w.line(s))
		}
	}
	var borrowed []string
	for _, s := range aliases {
		switch {
		case !fresh(s):
		case w.own[w.b.key(s).content]:
			borrowed = append(borrowed, s)
		default:
			out[1] = append(out[1], w.line(s))
		}
	}
	for _, s := range topics {
		if fresh(s) {
			borrowed = append(borrowed, s)
		}
	}
	for _, s := range borrowed {
		out[2] = append(out[2], w.line(s))
	}
	return out
}

// ownNames are the keys of what pages and things are called themselves.
func (b *Builder) ownNames(docs []Doc) map[string]bool {
	own := map[string]bool{}
	for _, d := range docs {
		own[b.key(d.Title).content] = true
		for _, s := range d.Names {
			own[b.key(s).content] = true
		}
		for _, s := range d.Sections {
			if s.Kind != "" && s.Weight >= 0 {
				own[b.key(s.Heading).content] = true
			}
		}
	}
	return own
}

// nameKey holds the stems of a name: all of them, and those of its content
// words. Names that differ in inflection only have the same.
type nameKey struct{ said, content string }

func (b *Builder) key(name string) nameKey {
	key, ok := b.keys[name]
	if !ok {
		words := foldWords(name)
		key = nameKey{stems(words), stems(contentWords(words))}
		b.keys[name] = key
	}
	return key
}

func stems(words []string) string {
	return strings.Join(stemRow(words), " ")
}

// Search answers a query with at most limit results, the best first; limit 0
// means all. An empty query, or one of which no word is known, gives none.
func (ix *Index) Search(query string, limit int) []Result {
	e := ix.engine()
	hits := e.search(query)
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	results := make([]Result, len(hits))
	for i, h := range hits {
		results[i] = e.show(h)
	}
	return results
}

// foldSynonyms turns phrases into folded words. Those that still say something
// without their stop words lose them.
func foldSynonyms(groups [][]string) [][][]string {
	var out [][][]string
	for _, group := range groups {
		var phrases [][]string
		for _, phrase := range group {
			words := foldWords(phrase)
			if saysMuch(words) {
				words = contentWords(words)
			}
			if len(words) > 0 {
				phrases = append(phrases, words)
			}
		}
		if len(phrases) > 1 {
			out = append(out, phrases)
		}
	}
	return out
}

// saysMuch says whether at least two of words are neither stop words nor light.
func saysMuch(words []string) bool {
	n := 0
	for _, w := range words {
		if !stopSet[w] && !lightSet[w] {
			n++
		}
	}
	return n > 1
}
