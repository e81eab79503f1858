package edit

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
