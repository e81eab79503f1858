package edit

// At is what stands at a place, as data-kilde of a preview's page gives it.
func (d *Desk) At(edition, file string, line int) (Target, bool) { return Target{}, false }

// NewForm is the form of something new: of an entity, with a parent without an ID, or of
// a table in a Keyed, with a parent whose Path names it.
func (d *Desk) NewForm(parent Target, kind string) (*Form, error) { return nil, ErrUnknown }

// Check is Save without writing.
func (d *Desk) Check(a Answer) Result { return Result{} }

// Save checks an answer and writes what differs.
func (d *Desk) Save(a Answer) Result { return Result{} }

// Remove deletes a national thing or a municipality's own. What a municipality leaves out
// of the national edition is answered in its form. When others refer to it, they are in
// Result.Uses until it is asked for with sure.
func (d *Desk) Remove(t Target, version string, sure bool) Result { return Result{} }

// Move puts a table after another of its kin; first when after is "".
func (d *Desk) Move(t Target, after, version string) Result { return Result{} }

// Rename gives a new id, keeps the old one under tidligere and changes all references.
func (d *Desk) Rename(t Target, id, version string, sure bool) Result { return Result{} }

// Uses lists what refers to a target.
func (d *Desk) Uses(t Target) []Use { return nil }

// Changes are the edits since the desk was opened, newest first.
func (d *Desk) Changes() []Change { return nil }

// Undo takes a change back.
func (d *Desk) Undo(id int) Result { return Result{} }
