package source

import "fmt"

// rename writes key wherever the last part of path is written.
func (d *Document) rename(path []string, key string) error {
	parent, old := parentOf(path)
	table := d.root.at(parent)
	switch {
	case d.root.at(path) == nil || table.Kind != Table:
		return fmt.Errorf("%s findes ikke", showPath(path))
	case key == old:
		return nil
	case table.Get(key) != nil:
		return fmt.Errorf("%s findes allerede", showPath(child(parent, key)))
	}
	l := d.lay()
	var edits []edit
	var visit func(e *entry)
	visit = func(e *entry) {
		if under(e.path, path) {
			for _, seg := range e.keys {
				if seg.level == len(path)-1 {
					edits = append(edits, edit{seg.span, requote(l.raw(seg.span), key)})
				}
			}
		} else if under(path, e.path) && e.value != nil {
			for _, item := range e.value.items {
				visit(item)
			}
		}
	}
	for _, s := range l.sections {
		if s.header != nil {
			visit(s.header)
		}
		for _, e := range s.entries {
			visit(e)
		}
	}
	return d.replace(edits...)
}

// requote writes a part of a key instead of old, with its quotes if it has them without need.
func requote(old, key string) string {
	switch quote := old[0]; {
	case quote != '"' && quote != '\'' || !bareKey(old[1:len(old)-1]):
		return quoteKey(key)
	case quote == '\'' && literal(key, false):
		return "'" + key + "'"
	}
	return `"` + escape(key, false) + `"`
}
