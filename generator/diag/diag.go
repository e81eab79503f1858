// Package diag describes mistakes in an author's content: where they are, what was
// found and how to fix it. A diagnostic is a value; the rooms collect diagnostics
// and go on, so that one run reports all of them. The package refuses to know TOML,
// Markdown and municipalities.
//
// Messages are Danish, because authors read them. Codes are stable ASCII words
// that tools can match on.
package diag

import (
	"cmp"
	"slices"
)

// Severity tells whether the site is published in spite of a diagnostic.
type Severity int

const (
	Warning Severity = iota // the site is published
	Error                   // nothing is published
)

// Pos is a position in a content file. Line and Col count from 1, and Col counts
// characters (runes), not bytes: æ, ø and å are one each. A Line of 0 means the
// file as a whole. The zero Pos is no position.
type Pos struct {
	File string // slash-separated, relative to the site's root
	Line int
	Col  int
}

// IsZero reports whether p is no position.
func (p Pos) IsZero() bool { return p == Pos{} }

// Note is another position that a diagnostic refers to, such as the national text
// that an overlay replaces.
type Note struct {
	Pos     Pos
	Message string
}

// Diag is a diagnostic: one mistake.
type Diag struct {
	Severity Severity
	Code     string // stable, e.g. "ukendt-reference"
	Pos      Pos
	Width    int    // characters that the caret underlines; 0 counts as 1
	Message  string // Danish, one sentence without a final full stop
	Help     string // what to do, Danish, whole sentences; may be empty
	Notes    []Note
}

// Sort orders diagnostics by file, line, column, severity (errors first) and
// message, and removes repeats. It returns the sorted list.
func Sort(list []Diag) []Diag {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Diag) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(b.Severity, a.Severity),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(sorted, func(a, b Diag) bool {
		return a.Pos == b.Pos && a.Severity == b.Severity && a.Code == b.Code && a.Message == b.Message
	})
}

// HasErrors reports whether any diagnostic is an error.
func HasErrors(list []Diag) bool {
	return slices.ContainsFunc(list, func(d Diag) bool { return d.Severity == Error })
}
