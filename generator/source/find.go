package source

import "slices"

// holder returns the key whose value is path, or in whose value path stands, and its
// section. It is nil for a table made by headers or dotted keys, and for what is missing.
func (l *layout) holder(path []string) (*section, *entry) {
	for _, s := range l.sections {
		if !under(path, s.path) {
			continue
		}
		for _, e := range s.entries {
			if under(path, e.path) {
				return s, e
			}
		}
	}
	return nil, nil
}

// headed returns the section whose header is path, or nil. The root is the first one.
func (l *layout) headed(path []string) *section {
	for _, s := range l.sections {
		if slices.Equal(s.path, path) && (s.header != nil || len(path) == 0) {
			return s
		}
	}
	return nil
}

// dotted returns the keys that make the table path by dots, and the section they are in.
func (l *layout) dotted(path []string) (*section, []*entry) {
	for _, s := range l.sections {
		var list []*entry
		for _, e := range s.entries {
			if len(s.path) < len(path) && len(e.path) > len(path) && under(e.path, path) {
				list = append(list, e)
			}
		}
		if list != nil {
			return s, list
		}
	}
	return nil, nil
}

// family returns the sections of a table and its subtables, in the file's order.
func (l *layout) family(path []string) []*section {
	var list []*section
	for _, s := range l.sections {
		if s.header != nil && under(s.path, path) {
			list = append(list, s)
		}
	}
	return list
}
