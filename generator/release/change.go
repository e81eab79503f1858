package release

import (
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// What tells in which way a statement has changed.
type What string

const (
	Added    What = "tilfoejet"
	Removed  What = "udgaaet"
	Moved    What = "flyttet"      // to another place in its list, or to another phase, meeting …
	Reworded What = "omformuleret" // Old and New are the words
	Firmer   What = "fastere"
	Weaker   What = "loesere"
	Owner    What = "ansvarlig"
	Times    What = "tid" // when, how often or how long
	Law      What = "lov"
	Cited    What = "kilde"
	Core     What = "kerne" // whether a municipality may change it
	Other    What = "andet"
)

// Change is one difference between two moments.
type Change struct {
	What  What
	Local bool // it is the municipality's own

	Model string // id, or "" for what the models share
	Kind  string // "moede"; "model" or "haandbog" for what is said of them
	ID    string
	Was   string // its id before, when that was another
	Point string // the path to a point: "dagsorden.status", or ""
	Key   string // in TOML; "" when the whole statement came, went or moved
	Label string // what the key is called, and the list that a point stands in: "dagsorden: minutter"

	Name     string // of the entity
	Text     string // the point that it is about, in its words now, or before when it is gone; or ""
	Old, New string // values in words; "" where nothing is said. Lists are divided by line feeds.
	Markdown bool   // Old and New are the author's Markdown

	Roles []string // ids of the roles that it concerns, now or before
	Why   string   // an editor's sentence
	Minor bool     // an editor says that only the wording is another

	OldNode, NewNode *source.Node // the values; for a cadence, its tables
}

// Path is where the change is, as authors write references to it: "model/moede:start#dagsorden.maal".
func (c Change) Path() string {
	out := c.Kind + ":" + c.ID
	if c.Model != "" {
		out = c.Model + "/" + out
	}
	if c.Point != "" {
		out += "#" + c.Point
	}
	return out
}

// GuideKey is the key of a change in an entity's guidance.
const GuideKey = "vejledning"

// State is the content at a moment, in tables.
type State struct {
	Shared *source.Node
	Models map[string]*source.Node
	Guides map[string]string // Markdown by "model/kind:id"
}

// Note is what an editor says of changes, in [udgave.<id>.aendring.<id>].
type Note struct {
	Refs  []string // "model/moede:start#dagsorden.maal"
	Text  string
	Minor bool
	Pos   diag.Pos
}

// Notes are the editors' notes of the release with a number; without one, of those that
// are drafts yet.
func (s *State) Notes(number string) []Note {
	var out []Note
	for _, u := range items(s.Shared.Get("udgave")) {
		draft, n := u.Get("kladde"), u.Get("nummer")
		if number == "" && (draft == nil || !draft.Bool) || number != "" && (n == nil || n.Str != number) {
			continue
		}
		for _, c := range items(u.Get("aendring")) {
			note := Note{Pos: c.KeyPos}
			if t := c.Get("tekst"); t != nil {
				note.Text = t.Str
			}
			if m := c.Get("uvaesentlig"); m != nil {
				note.Minor = m.Bool
			}
			for _, key := range []string{"se", "udgaaet"} {
				for _, r := range elements(c.Get(key)) {
					note.Refs = append(note.Refs, r.Str)
				}
			}
			out = append(out, note)
		}
	}
	return out
}

// items are the entries of a table; none for what is no table.
func items(n *source.Node) []*source.Node {
	if n == nil || n.Kind != source.Table {
		return nil
	}
	return n.Items
}

// elements are the elements of a list, of which a single value is short.
func elements(n *source.Node) []*source.Node {
	switch {
	case n == nil:
		return nil
	case n.Kind == source.Array:
		return n.Items
	}
	return []*source.Node{n}
}

// Explain adds the editors' notes to the changes that they refer to. A note reaches the
// statement that it names and its points. Only what is about words can be set aside.
func Explain(changes []Change, notes []Note) {
	for i := range changes {
		c := &changes[i]
		for _, n := range notes {
			for _, ref := range n.Refs {
				if !reaches(ref, c.Path()) {
					continue
				}
				if c.Why == "" {
					c.Why = n.Text
				}
				c.Minor = c.Minor || n.Minor && c.wording()
			}
		}
	}
}

// wording reports a change of words that asks nothing else of anybody.
func (c Change) wording() bool { return c.What == Reworded || c.What == Other }

// reaches reports whether a reference names a path or what is around it.
func reaches(ref, path string) bool {
	rest, ok := cutPrefix(path, ref)
	return ok && (rest == "" || rest[0] == '#' || rest[0] == '.')
}

func cutPrefix(s, prefix string) (string, bool) {
	if len(prefix) == 0 || len(s) < len(prefix) || s[:len(prefix)] != prefix {
		return s, false
	}
	return s[len(prefix):], true
}

// meaning is the kind of change that another value of a key is.
func meaning(k *schema.Key) What {
	one := k.Type
	if one.Elem != nil {
		one = one.Elem
	}
	switch {
	case one.Form == schema.Cite:
		return Cited
	case one.Form == schema.Ref:
		switch {
		case one.To.Key == "lov":
			return Law
		case one.To.Key == "rolle":
			return Owner
		case one.To.Key == "kadence":
			return Times
		case one.To.Page == schema.Own:
			return Moved
		}
	case one.IsWords() && k.Name != "alias" && k.Name != "udledt":
		if says(k, "hvornaar") {
			return Times
		}
		return Reworded
	case k.Unit == "minutter" || says(k, "hvornaar") || says(k, "hvor-tit"):
		return Times
	}
	return Other
}

func says(k *schema.Key, fact string) bool {
	for _, f := range k.Facts {
		if f == fact {
			return true
		}
	}
	return false
}
