package model

import (
	"slices"
	"strings"
)

// adoptNames carries the municipality's own names to all that is called after what has
// got one. The short and the definite form of the national name are dropped where the
// municipality gives none; the short one can still be searched for. What another table or
// a figure calls by exactly the national name, such as a meeting's cadence, is called by
// the local one.
func (m *Model) adoptNames() {
	renamed := map[string]string{} // national name → local
	for _, n := range m.All() {
		e := n.Base()
		if e.Local.Name == "" {
			continue
		}
		if !e.kind.Gathers { // a checklist has its name from others
			renamed[strings.ToLower(e.Name)] = e.Local.Name
		}
		if e.Menu != "" && !e.At.Key("kortnavn").Local() {
			e.Alias, e.Menu = append(slices.Clip(e.Alias), e.Menu), ""
		}
		if r, ok := n.(*Role); ok && !e.At.Key("opgavetitel").Local() {
			r.Title = ""
		}
	}
	adopt := func(names ...*string) {
		for _, name := range names {
			if local := renamed[strings.ToLower(*name)]; local != "" {
				*name = local
			}
		}
	}
	for _, n := range m.All() {
		if e := n.Base(); !e.kind.Renamable {
			adopt(&e.Name, &e.Menu)
		}
	}
	for _, f := range m.Figures() {
		adopt(&f.Centre, &f.Band)
		for _, x := range f.Fields.Items {
			adopt(&x.Name)
		}
	}
}
