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

// maxErrors is the most syntax errors that are reported per file.
const maxErrors = 20

// fault is a syntax error as a parser reports it.
type fault struct {
	offset, length int
	message        string // English, of the parser; never shown
}

// faultOf extracts a parser's syntax error. It reports false for an error without a
// position.
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

// repair finds all syntax errors of a text. A parser stops at its first error, so each
// faulty statement is blanked out, which keeps all positions, and the text is parsed
// again.
type repair struct {
	text    *text
	data    []byte // of the file, with faulty statements blanked
	diags   []diag.Diag
	broken  []string     // names of faulty headers
	standIn map[int]bool // lines whose faulty header was replaced
}

// repairText returns the valid part of a faulty text, and its errors.
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

// culprit returns the statement that causes a fault: an earlier one with an unclosed
// bracket or """, since the parser reads what follows as part of it, or else the one
// at the fault.
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

// follows reports whether an error is a consequence of an earlier one: a table below a
// faulty header.
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

// remove blanks out a statement. A header is replaced by one of ours, so that the keys
// below it don't end up in the table before; if there is no room for one, the keys are
// blanked out as well. Lines after an unclosed string are part of it when they can't
// be statements.
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
