package edit

import "modelhaandbog/generator/schema"

// Form is what can be written about a target.
type Form struct {
	Target   Target
	Title    string // "Møde: Opfølgningsmøde"
	Lead     string // in a municipality: what it may do
	Why      string // when nothing can be changed: why, and what can be done instead
	File     string // that is written, from the site's root
	Version  string // of what the form shows; Save refuses another one
	New      bool
	ID       string // of a new one, as it is proposed
	Fields   []Field
	Groups   []Group   // the tables inside it
	Problems []Problem // of no single field

	Sentence schema.Sentence // Fields that belong together; empty for none

	Removable bool    // Remove may be asked
	Renamable bool    // Rename may be asked
	Draftable bool    // a new one can be marked as a draft
	Guide     *Target // its guidance, which has a form of its own; nil for none
}

// Field is one key. Value has one element, but for [Choices], [Lines] and [Cites].
type Field struct {
	Name     string // "formaal"; "periode.fra" in a table that belongs to the form
	Label    string // "Formål"
	Doc      string
	Input    Input
	Required bool
	More     bool // seldom written: marks, notes, old ids
	Unit     string
	Options  []Option
	Value    []string // as typed, or as it stands; empty when it isn't written
	National []string // in a municipality: the national wording as readers see it
	Fixed    string   // why it can't be changed here, and what can be done instead; "" when it can
	Grows    bool     // the national values must stay first: only more may be added
	Problems []Problem

	proposed bool // Value is not written yet
}

// Input is how a field is filled in.
type Input int

const (
	Line     Input = iota // a short text
	Prose                 // Markdown on one or more lines
	Markdown              // a whole text
	Number                // a whole number, in digits
	Flag                  // "ja", or no value
	Choice                // one of Options, or no value
	Choices               // several of Options, in order
	Lines                 // texts, in order
	Date                  // "2026-11-22"
	Cites                 // "source: place", in order; Options are the sources
	Colour                // "#005a3c"
)

// Option is a value that can be chosen, by its name.
type Option struct{ Value, Label, Group string }

// Group is a table of tables inside the target: an agenda, participants, contacts.
type Group struct {
	Name   string // "dagsorden"
	Label  string // "Dagsorden"
	Doc    string
	Parent Target // for NewForm
	Fixed  string // why none can be added; "" when one can
	Points []Point
}

// Point is one table of a Group.
type Point struct {
	Target  Target
	Name    string // as readers know it
	Local   bool   // a municipality's own
	Omitted bool   // left out by the municipality
	Movable bool
}
