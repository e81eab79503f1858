// Package search makes the index of one edition, for soeg.js to answer from.
//
// The words of the pages ([Doc]) come in: names, aliases, summaries, sections.
// A classic JavaScript file ([Index.Script]) goes out, which assets/soeg.js
// loads on first use. That script is the engine: matching, ranking and snippets are
// there and explained there. The package refuses to know layouts, addresses and
// municipalities: to it, a path is a string.
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
//   - what soeg.js is told of Danish and of the ranking: stop words, exceptions
//     from the stemmer, hints of intent, synonyms and weights.
//
// Codes are printable ASCII (see code.go). The same pages give the same bytes.
//
// # Folding and stemming
//
// A word is a run of letters and digits. It is folded (lower case, æ→ae, ø→oe,
// å→aa, é→e) and then stemmed (Snowball's Danish stemmer over the folded word,
// with a short list of exceptions that also holds for the last part of a
// compound: plejebørn is plejebarn). Folding comes first, here and in soeg.js, so
// that "laering" and "læring" are one word from then on.
package search

import (
	"slices"
	"strings"
)

// Doc is one page as the reader sees it. Path, Kind and Model are copied
// unchanged; everything else is text.
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
	Marks      string // how it is to be taken, shown with the kind: "Krav · Udledt"
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
	Marks     string   // of a thing, as a page's
	Weight    int      // of a thing, as a page's; below 0 others own its name
}

// Index holds one edition's words. It is finished when Build returns it and may
// be used by several goroutines.
type Index struct {
	vocabulary []string // spellings and separators, in the order of their codes
	lines      [][]token
	kinds      []kind
	pages      []page
	synonyms   [][]string // groups of phrases, folded
}

// kind is what pages of one kind, model and marks share.
type kind struct{ id, label, model, modelLabel, marks string }

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

// Build builds the index of docs. Each synonym group is a list of words or short
// phrases that readers use for the same thing, the plainest first; a group of
// fewer than two is ignored. The order of docs decides between equal scores.
func (b *Builder) Build(docs []Doc, synonyms [][]string) *Index {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.blocks == nil {
		b.entries, b.lineNos = map[string]int32{}, map[string]int32{}
		b.blocks, b.keys = map[string][]int32{}, map[string]nameKey{}
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
	return ix
}

func (w *writer) page(d Doc) page {
	p := page{path: d.Path, kind: w.kind(d.Kind, d.KindLabel, d.Marks, d), weight: d.Weight}
	p.names = w.names(append([]string{d.Title}, d.Names...), d.Aliases, d.Topics)
	p.summary = w.text(d.Summary)
	for _, s := range d.Sections {
		x := section{anchor: s.Anchor, heading: w.line(s.Heading), lines: w.text(s.Text), kind: -1}
		if s.Kind != "" {
			x.kind, x.weight = w.kind(s.Kind, s.KindLabel, s.Marks, d), s.Weight
			x.names = w.names([]string{s.Heading}, s.Aliases, nil)
		}
		p.sections = append(p.sections, x)
	}
	return p
}

func (w *writer) kind(id, label, marks string, d Doc) int {
	k := kind{id, label, d.Model, d.ModelLabel, marks}
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

// stems are the stems of words, with a space between.
func stems(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = stem(w)
	}
	return strings.Join(out, " ")
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

// foldSynonyms folds the words of phrases. Those that still say something
// without their stop words lose them.
func foldSynonyms(groups [][]string) [][]string {
	var out [][]string
	for _, group := range groups {
		var phrases []string
		for _, phrase := range group {
			words := foldWords(phrase)
			if saysMuch(words) {
				words = contentWords(words)
			}
			if len(words) > 0 {
				phrases = append(phrases, strings.Join(words, " "))
			}
		}
		if len(phrases) > 1 {
			out = append(out, phrases)
		}
	}
	return out
}

// saysMuch reports whether at least two of words are neither stop words nor light.
func saysMuch(words []string) bool {
	n := 0
	for _, w := range words {
		if !stopSet[w] && !lightSet[w] {
			n++
		}
	}
	return n > 1
}

var stopSet, lightSet = setOf(stopWords), setOf(lightWords)

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
