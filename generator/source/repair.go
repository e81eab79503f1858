package source

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"modelhaandbog/generator/diag"
)

// maxErrors is how many syntax errors of one file are looked for.
const maxErrors = 20

// fault is where and why a text is not TOML.
type fault struct {
	offset, length int
	message        string // English, of the parser; never shown
}

// faultOf reads what the parsers say. It reports false for an error without a
// place.
func faultOf(err error) (fault, bool) {
	var perr toml.ParseError
	var ierr *indexError
	switch {
	case errors.As(err, &perr):
		return fault{max(perr.Position.Start, 0), perr.Position.Len, perr.Message}, true
	case errors.As(err, &ierr):
		return fault{ierr.offset, 1, ierr.message}, true
	}
	return fault{}, false
}

// repair finds out what is wrong with a text that is not TOML. A parser stops
// at its first error, so each faulty statement is blanked out, which leaves
// all others in their places, and the text is read again.
type repair struct {
	text    *text
	data    []byte // of the file, with faulty statements blanked
	diags   []diag.Diag
	broken  []string     // names of faulty headers
	standIn map[int]bool // lines with a header of ours instead of a faulty one
}

// repairText returns what can be read of a faulty text, and its errors.
func repairText(t *text) (*Node, []diag.Diag) {
	r := &repair{text: t, data: bytes.Clone(t.data), standIn: map[int]bool{}}
	for {
		x, err := parseValid(t, r.data)
		if err == nil {
			root := x.root
			root.Items = slices.DeleteFunc(root.Items, func(n *Node) bool { return r.standIn[n.KeyPos.Line] })
			root.Partial = true
			return root, r.diags
		}
		f, ok := faultOf(err)
		if !ok {
			return r.giveUp(len(r.data), diag.Diag{
				Severity: diag.Error, Code: "toml-syntaks", Pos: diag.Pos{File: t.file},
				Message: "filen kan ikke læses entydigt som TOML",
				Help:    "Del den op, eller skriv indlejrede tabeller som [tabeller] for sig selv.",
			})
		}
		s := r.culprit(f)
		if len(r.diags) >= maxErrors {
			return r.giveUp(s.start)
		}
		if d := r.explain(s, f); !r.follows(s, d) {
			r.diags = append(r.diags, d)
		}
		r.remove(s)
	}
}

// giveUp returns the tree of the text before end.
func (r *repair) giveUp(end int, more ...diag.Diag) (*Node, []diag.Diag) {
	root := newRoot(r.text.file)
	if x, err := parseValid(r.text, r.data[:end]); err == nil {
		root = x.root
	}
	root.Items = slices.DeleteFunc(root.Items, func(n *Node) bool { return r.standIn[n.KeyPos.Line] })
	root.Partial = true
	return root, append(r.diags, more...)
}

// culprit returns the statement that is to blame. What comes after a bracket
// or """ that isn't closed is read as part of it, so that one is it.
func (r *repair) culprit(f fault) statement {
	line := statement{start: r.text.starts[r.text.line(f.offset)], equals: -1, open: -1, quote: -1}
	line.end = lineEnd(r.data, line.start)
	list := statements(r.data)
	for i, s := range list {
		last := i+1 == len(list) || list[i+1].start > f.offset
		if s.start > f.offset {
			return line
		}
		if s.open >= 0 && !last || last {
			return s
		}
	}
	return line
}

// follows reports whether an error only comes of an earlier one: a table below
// a header that was at fault.
func (r *repair) follows(s statement, d diag.Diag) bool {
	if !s.header || d.Code != "toml-dublet" {
		return false
	}
	name := r.headerName(s)
	return slices.ContainsFunc(r.broken, func(b string) bool { return strings.HasPrefix(name, b+".") })
}

func (r *repair) headerName(s statement) string {
	line, _, _ := strings.Cut(string(r.data[s.start:s.end]), "#")
	return strings.Trim(line, "[] \t\r")
}

// remove blanks out a statement. In a header's place comes a table of ours, so
// that the keys below it don't fall into the table before; if there is no room
// for that, the keys go as well. Lines behind a string that isn't closed
// belong to it when they can't be statements of their own.
func (r *repair) remove(s statement) {
	end := s.end
	if s.quote >= 0 && s.open < 0 {
		end = r.proseEnd(end)
	}
	if !s.header {
		blank(r.data[s.start:end])
		return
	}
	r.broken = append(r.broken, r.headerName(s))
	blank(r.data[s.start:end])
	name := fmt.Sprintf("[-%x]", len(r.standIn))
	if len(name) <= s.end-s.start {
		copy(r.data[s.start:], name)
		r.standIn[r.text.line(s.start)+1] = true
		return
	}
	for _, below := range statements(r.data[end:]) {
		if below.header {
			break
		}
		blank(r.data[end+below.start : end+below.end])
	}
}

// proseEnd returns the end of the lines after end that are no statements,
// comments or empty.
func (r *repair) proseEnd(end int) int {
	for end < len(r.data) {
		next := lineEnd(r.data, end+1)
		line := bytes.TrimSpace(r.data[end+1 : next])
		if len(line) == 0 || line[0] == '#' || line[0] == '[' || keyLine.Match(line) {
			break
		}
		end = next
	}
	return end
}

// blank writes spaces over everything but line breaks.
func blank(b []byte) {
	for i, c := range b {
		if c != '\n' && !(c == '\r' && i+1 < len(b) && b[i+1] == '\n') {
			b[i] = ' '
		}
	}
}
