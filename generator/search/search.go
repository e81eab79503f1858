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
//   - the pages: path, kind, weight, and which lines they show;
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
// Stop words and question words are dropped. Each remaining word is compared
// with the vocabulary and gives each term a closeness between 0 and 1:
// exact > same stem > prefix > inside a compound (its last part before others);
// and only when nothing of this is found, spellings within one or two slips,
// then parts of the query's own compound.
//
// A page's score adds up, weighted by how rare each word is among pages:
//
//   - its best name (title before alias), much lifted when the name says all of
//     the query and nothing else;
//   - the labels of its kind and model;
//   - its best section: the heading's closeness and BM25 of its text, lifted
//     when the heading or text speaks of what was asked (who, when, how, why);
//   - a little of its other sections.
//
// The sum is multiplied by the square of the share of the query that the page
// holds, and by the page's own weight. Synonyms and compounds written apart are
// tried as variants of the query; a page keeps its best.
//
// A result lands at the page's top when its name answers the whole query, else
// at the section that answers best.
package search

import "sync"

// Doc is one page as the reader sees it. Path, Kind and Model are handed back
// untouched; everything else is text.
type Doc struct {
	Path       string // relative to the edition's root, "laeringsmiljoe/faser/faelles-maal.html"
	Kind       string // stable name of the kind, "fase"
	KindLabel  string // as shown, "Fase"
	Model      string // stable id of the model, empty for shared pages
	ModelLabel string
	Title      string
	Aliases    []string
	Summary    string
	Sections   []Section
	Weight     int // 0 is normal; each step lifts the page by a tenth
}

// Section is the part of a page under one heading. Lines of Text end blocks
// (paragraphs, list items, cells); sentences are found within them.
type Section struct {
	Anchor  string // without "#"
	Heading string
	Text    string
}

// Result is one answer. Anchor is empty when the result is the page itself.
type Result struct {
	Path    string
	Anchor  string
	Title   string
	Kind    string
	Model   string
	Snippet string // one sentence, plain text, cut at about 200 characters
	Score   float64
}

// Index holds one edition's words. It is finished when Build returns it and may
// be used by several goroutines.
type Index struct {
	vocabulary []string // spellings and separators, in the order of their codes
	lines      [][]token
	kinds      []kind
	pages      []page
	synonyms   [][][]string   // groups of phrases of folded words, stop words left out
	engine     func() *engine // made at the first search: publishing needs none
}

// kind is what pages of one kind in one model share.
type kind struct{ id, label, model, modelLabel string }

// page refers to lines by number. names begins with the title.
type page struct {
	path     string
	kind     int
	weight   int
	names    []int
	summary  []int
	sections []section
}

type section struct {
	anchor  string
	heading int
	lines   []int
}

// Build makes the index of one edition with a Builder of its own.
func Build(docs []Doc, synonyms [][]string) *Index { return new(Builder).Build(docs, synonyms) }

// Build makes the index of docs. Each synonym group is a list of words or short
// phrases that readers use for the same thing; a group of fewer than two is
// ignored. The order of docs decides between equal scores.
func (b *Builder) Build(docs []Doc, synonyms [][]string) *Index {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.texts == nil {
		b.entries, b.lineNos, b.texts = map[string]int32{}, map[string]int32{}, map[string][]int32{}
	}
	w := &writer{b: b}
	ix := &Index{}
	kinds := map[kind]int{}
	for _, d := range docs {
		k := kind{d.Kind, d.KindLabel, d.Model, d.ModelLabel}
		if _, ok := kinds[k]; !ok {
			kinds[k] = len(ix.kinds)
			ix.kinds = append(ix.kinds, k)
		}
		ix.pages = append(ix.pages, w.page(d, kinds[k]))
	}
	ix.vocabulary, ix.lines = w.finish()
	ix.synonyms = foldSynonyms(synonyms)
	ix.engine = sync.OnceValue(func() *engine { return newEngine(ix) })
	return ix
}

func (w *writer) page(d Doc, kind int) page {
	p := page{path: d.Path, kind: kind, weight: d.Weight}
	p.names = append(p.names, w.line(d.Title))
	for _, a := range d.Aliases {
		p.names = append(p.names, w.line(a))
	}
	p.summary = w.text(d.Summary)
	for _, s := range d.Sections {
		heading := w.line(s.Heading)
		p.sections = append(p.sections, section{s.Anchor, heading, w.text(s.Text)})
	}
	return p
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
		p := ix.pages[h.page]
		k := ix.kinds[p.kind]
		anchor, snippet := e.land(h)
		results[i] = Result{
			Path: p.path, Anchor: anchor, Title: ix.lineText(p.names[0]),
			Kind: k.id, Model: k.model, Snippet: snippet, Score: h.score,
		}
	}
	return results
}

// foldSynonyms turns phrases into folded words without stop words.
func foldSynonyms(groups [][]string) [][][]string {
	var out [][][]string
	for _, group := range groups {
		var phrases [][]string
		for _, phrase := range group {
			if words := contentWords(foldWords(phrase)); len(words) > 0 {
				phrases = append(phrases, words)
			}
		}
		if len(phrases) > 1 {
			out = append(out, phrases)
		}
	}
	return out
}
