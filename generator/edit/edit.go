// Package edit turns what somebody answered in a form into checked edits of files. A
// site's folder comes in; out go forms, made from the descriptors of package schema and
// from the rules of package overlay, and files as an author would have left them: an edit
// changes the bytes of its value and nothing else. Before anything is written, the site
// is checked with the changed bytes by the pipeline that publishes it.
//
// A [Desk] makes a [Form] of a [Target], takes an [Answer] and gives a [Result]. It keeps
// a journal, so that every change can be undone. It writes only regular files inside
// content/.
//
// It refuses to know HTTP and HTML.
package edit

import (
	"time"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
)

// Answer is a filled-in form. Its Values are of the fields that the form had: a field
// that is not there is left alone, one without values is emptied. Line breaks may be of
// any kind.
type Answer struct {
	Target  Target
	New     bool   // Target is the parent, as NewForm takes it
	ID      string // of a new one; "" to make it from the name
	After   string // the id that a new table follows; "" for last
	Version string // of the form
	Values  map[string][]string
	Draft   bool // a new entity is marked as a draft
}

// Result is what came of an answer. Without a Change nothing was written.
type Result struct {
	Change   *Change
	Target   Target    // where it is now: of a new or renamed thing
	Form     *Form     // to show again, with what was typed and the problems at their fields
	Conflict *Conflict // it was changed on disk since the form was made
	Uses     []Use     // that must be confirmed with sure
	Broken   []Broken  // what would break elsewhere, or what to look at after the change
	Message  string    // why nothing was written, when no field is to blame

	would *build.Snapshot // the site as it would be; nil when it wasn't checked
}

// Conflict is what somebody else changed meanwhile. To decide, answer again with
// Version and, for each field, the values that are chosen.
type Conflict struct {
	File    string
	Gone    bool // it isn't there any more
	Version string
	Fields  []Clash
}

// Clash is a field that differs between what is on disk and what was typed.
type Clash struct {
	Name, Label  string
	Mine, Theirs []string
	Options      []Option // names for the values of a choice
}

// Use is something that refers to a target.
type Use struct {
	Target  Target
	Name    string // "Opgave: Indkald til mødet"
	Label   string // what refers: "møde", "dagsorden »Status«: fra"; "" for a text
	Edition string // its name, "" for the national one
	Page    string // address from the site's root, or ""
	Title   string // of the page
}

// Broken is a problem that a change makes, or leaves, somewhere else.
type Broken struct {
	Problem
	Pos     diag.Pos
	Page    string // address from the site's root of a page that shows it, or ""
	Title   string
	Edition string // its name, "" for the national one
}

// Problem is a diagnostic in a form.
type Problem struct {
	Error   bool // nothing is written
	Message string
	Help    string
}

// Change is an edit since the desk was opened.
type Change struct {
	ID      int
	When    time.Time
	Target  Target
	Title   string // "Møde: Opfølgningsmøde"
	Edition string // its name, "" for the national one
	What    string // "Ændret", "Tilføjet", "Slettet", "Flyttet", "Nyt id"
	Details []Difference
	Files   []string
	Undone  bool   // and so is no longer in the files
	Blocked string // why it can't be undone by itself: which later change is in the way
}

// Difference is one field before and after, in readers' words.
type Difference struct{ Label, Before, After string }
