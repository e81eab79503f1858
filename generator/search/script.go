package search

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// formatVersion is raised when soeg.js must be changed to read the script.
const formatVersion = 4

// script is the object that the script assigns to window.haandbogIndeks.
type script struct {
	Version    int           `json:"v"`
	Alphabet   string        `json:"alfabet"`
	Code       [3]int        `json:"kode"`     // signs that are, open two, open three
	Vocabulary string        `json:"ordliste"` // front-coded, one entry a line
	Lines      string        `json:"linjer"`   // rows of codes, each ended by ~
	Kinds      [][5]string   `json:"slags"`    // kind, label, model, label, marks
	Pages      [][]any       `json:"sider"`    // see codedPages
	Synonyms   [][]string    `json:"synonymer"`
	Exceptions []string      `json:"undtagelser"`
	Stop       string        `json:"stopord"`
	Light      string        `json:"letteord"`
	Intents    [][5][]string `json:"hensigter"` // triggers, asking, heading, text, kinds
	Weights    []float64     `json:"vaegte"`    // see weights
}

// Script is the index as a classic JavaScript file for soeg.js.
func (ix *Index) Script() []byte {
	s := script{
		Version: formatVersion, Alphabet: codeAlphabet, Code: [3]int{codeOne, codeTwo, codeThree},
		Vocabulary: frontCode(ix.vocabulary), Lines: ix.codedLines(), Pages: ix.codedPages(),
		Exceptions: exceptionForms, Stop: stopWords, Light: lightWords, Synonyms: ix.synonyms, Weights: weights,
	}
	for _, k := range ix.kinds {
		s.Kinds = append(s.Kinds, [5]string{k.id, k.label, k.model, k.modelLabel, k.marks})
	}
	for _, in := range intents {
		s.Intents = append(s.Intents, [5][]string{in.triggers, in.asking, in.heading, in.text, in.kinds})
	}
	var b bytes.Buffer
	b.WriteString("window.haandbogIndeks=")
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // strings, ints and finite floats always encode
	}
	return bytes.ReplaceAll(bytes.TrimRight(b.Bytes(), "\n"), []byte("<"), []byte(`\u003c`))
}

// frontCode writes each entry as the sign that numbers how many UTF-16 units it
// shares with the one before, and the rest.
func frontCode(entries []string) string {
	var b strings.Builder
	before := ""
	for i, e := range entries {
		bytesShared, units := shared(before, e)
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteByte(codeAlphabet[units])
		b.WriteString(e[bytesShared:])
		before = e
	}
	return b.String()
}

// shared is the common prefix of a and b in bytes and in UTF-16 units.
func shared(a, b string) (n, units int) {
	for n < len(a) && n < len(b) {
		ra, size := utf8.DecodeRuneInString(a[n:])
		rb, _ := utf8.DecodeRuneInString(b[n:])
		if ra != rb || ra > 0xffff || units == codeBase-1 {
			break
		}
		n += size
		units++
	}
	return n, units
}

// codedLines writes every line as codes. 0 before a word turns its capital
// around: the first word of a line has one unless told otherwise.
func (ix *Index) codedLines() string {
	var b []byte
	for _, line := range ix.lines {
		first := true
		for _, t := range line {
			if ix.isWord(t) {
				if t.capital() != first {
					b = appendCode(b, 0)
				}
				first = false
			}
			b = appendCode(b, t.entry()+1)
		}
		b = append(b, codeEnd)
	}
	return string(b)
}

func (ix *Index) isWord(t token) bool {
	r, _ := utf8.DecodeRuneInString(ix.vocabulary[t.entry()])
	return isWordRune(r)
}

// codedPages encodes for each page its path, kind, weight, own names, aliases,
// borrowed aliases and summary, then for each section its place and its heading
// and lines. The place is the anchor; for a thing a row of the anchor, the kind,
// the weight, the aliases and the borrowed ones. Lines are referred to by codes: 0 is the
// next line that no page has referred to yet, others are the line's number plus
// one.
func (ix *Index) codedPages() [][]any {
	next := 0
	refs := func(lines ...int) string {
		var b []byte
		for _, no := range lines {
			if no == next {
				b = appendCode(b, 0)
				next++
			} else {
				b = appendCode(b, no+1)
			}
		}
		return string(b)
	}
	pages := [][]any{}
	for _, p := range ix.pages {
		row := []any{p.path, p.kind, p.weight}
		for _, n := range p.names {
			row = append(row, refs(n...))
		}
		row = append(row, refs(p.summary...))
		for _, s := range p.sections {
			lines := refs(append([]int{s.heading}, s.lines...)...)
			if s.kind < 0 {
				row = append(row, s.anchor, lines)
				continue
			}
			// The thing's own name is its heading, which is written already.
			row = append(row, []any{s.anchor, s.kind, s.weight, refs(s.names[1]...), refs(s.names[2]...)}, lines)
		}
		pages = append(pages, row)
	}
	return pages
}
