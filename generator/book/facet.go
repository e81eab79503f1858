package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// facet is a key that says something of a statement that is the editors' reading. It
// is marked wherever it is shown, and nowhere else: a dagger stands on the fact that
// shows it; where the statement stands by it, in a list for a phase or under a role's
// name, the statement says which: "Udledt: at det hører til fasen". A page of its own says
// all, and the list of its kind what refers to nothing.
type facet struct {
	key, label string
	facts      []string // that show it
	of, to     string   // kind of the statement, and of what the key refers to
	worded     bool     // its words or its points, not where it belongs, who and when
}

// placesIn reports whether it decides that the statement stands among what is about
// these kinds.
func (f facet) placesIn(about []string) bool {
	return slices.ContainsFunc(about, func(kind string) bool {
		return kind != "" && (kind == f.of && f.to == "" || kind == f.to) || slices.Contains(f.facts, kind)
	})
}

// facets are an entity's derived keys: those that place it and say who and when, and
// those that are its words or its points, which are read where they are shown.
func (e *edition) facets(x *model.Entity) (placed, worded []facet) {
	for _, name := range x.Derived {
		k := cmp.Or(x.Descriptor().Type.Key(name), model.Schema().Common.Key(name))
		if at := x.At.Key(name); k == nil || at != x.At && at.Local() {
			continue // no key of the kind, or the municipality's own answer
		}
		one := cmp.Or(k.Type.Elem, k.Type)
		label := cmp.Or(e.wordFor("maerke.udledt-hvad.", k.Facts[0]), lowerFirst(e.wordFor("oplysning.", k.Facts[0])), k.Label)
		f := facet{key: name, label: label, facts: k.Facts, of: x.Kind}
		if one.To != nil {
			f.to = one.To.Key
		}
		f.worded = name == "navn" || k.Type.Form == schema.Keyed || one.Form == schema.Text && Key(k.Facts[0]) != When
		if f.worded {
			worded = append(worded, f)
		} else {
			placed = append(placed, f)
		}
	}
	return placed, worded
}

// readByEditors notes what of a statement is the editors' reading, and marks it when
// the words that it is shown with are.
func (e *edition) readByEditors(i *Item, x *model.Entity, words ...string) {
	placed, worded := e.facets(x)
	i.derived = placed
	if slices.ContainsFunc(worded, func(f facet) bool { return slices.Contains(words, f.key) }) {
		i.Badges = append(i.Badges, e.dagger())
	}
}

// ofPage is what an entity's page says that is the editors' reading. Its words as a
// point to tick stand elsewhere.
func (e *edition) ofPage(x *model.Entity) []facet {
	placed, worded := e.facets(x)
	tick := x.Descriptor().Tick
	return append(placed, slices.DeleteFunc(worded, func(f facet) bool { return f.key == tick })...)
}

// settle marks what a page's statements have from the editors, now that it is known
// which facts the page shows.
func (s scope) settle(page *Page) {
	rest := page.derived
	for _, sec := range page.Sections {
		for _, b := range sec.Blocks {
			if f, ok := b.(Facts); ok {
				rest = s.daggers(f.Rows, rest)
			}
			eachList(b, func(list []Item, about []string) {
				s.settleItems(list, append(slices.Clip(page.about), about...)...)
			})
		}
	}
	if page.Sheet == nil {
		rest = s.readBehind(page, rest)
	}
	page.Badges = append(page.Badges, s.rest(rest)...)
	page.putBehind()
	if page.Sheet != nil {
		page.Cites = unnamed(page)
		if page.Sheet.Type == "moede" || page.Sheet.Type == "indbydelse" {
			s.numberSources(page)
		}
		page.Sections = append(page.Sections, s.legend(page)...)
		s.tellAge(page)
	}
}

// readBehind tells behind the answer which of a page's words and lists are the editors'
// reading, and gives the other facets.
func (s scope) readBehind(page *Page, list []facet) (rest []facet) {
	var names []string
	for _, f := range list {
		if !f.worded {
			rest = append(rest, f)
		} else if !slices.Contains(names, f.label) {
			names = append(names, f.label)
		}
	}
	if len(names) > 0 {
		what := upperFirst(s.and(names))
		page.behind = append(page.behind,
			Box{Type: "naevnt", Title: s.say("emne.laest"), Plain: s.say("emne.laest-tekst", "hvad", what)})
	}
	return rest
}

// putBehind puts the boxes about a page's text behind its answer, or first on a page
// without one.
func (p *Page) putBehind() {
	if len(p.behind) == 0 {
		return
	}
	at := 0
	for i, sec := range p.Sections {
		if sec.Class == Answer {
			at = i + 1
		}
	}
	p.Sections = slices.Insert(p.Sections, at, Section{Level: 2, Blocks: p.behind})
	p.behind = nil
}

// eachList calls f for the lists in a block, with the kinds of what its heading is about.
func eachList(b Block, f func(list []Item, about []string)) {
	switch b := b.(type) {
	case List:
		f(b.Items, nil)
	case Check:
		for _, g := range b.Groups {
			f(g.Items, g.about)
		}
	case Rating:
		for _, g := range b.Groups {
			f(g.Items, nil)
		}
	case Drawing:
		for _, same := range b.Same {
			eachList(same, f)
		}
	}
}

// rowBadges are an entity's in a table, which shows no facts.
func (s scope) rowBadges(x *model.Entity) []Badge {
	placed, _ := s.facets(x)
	return append(s.itemBadges(x), s.rest(placed)...)
}

// relabel says in other words that one of an item's keys is the editors' reading.
func (e *edition) relabel(i Item, name, words string) Item {
	i.derived = slices.Clone(i.derived)
	for n := range i.derived {
		if i.derived[n].key == name {
			i.derived[n].label = e.say("maerke.udledt-hvad." + words)
		}
	}
	return i
}

// linkRead is a link to an entity that is placed by some of its keys, marked where one
// of them is the editors' reading.
func (s scope) linkRead(n model.Named, m *model.Marks, keys ...string) Link {
	l := s.link(n)
	if len(s.facet(m, keys...)) > 0 {
		l.Text += " †"
	}
	return l
}

func (s scope) settleItems(list []Item, about ...string) {
	for i := range list {
		rest := slices.DeleteFunc(s.daggers(list[i].Meta, list[i].derived),
			func(f facet) bool { return !f.placesIn(about) })
		list[i].Badges = append(list[i].Badges, s.rest(rest)...)
		list[i].derived = nil
		s.settleItems(list[i].Children, append(slices.Clip(about), list[i].kind)...)
	}
}

// daggers marks the facts that show a facet and gives the facets that no fact shows.
func (s scope) daggers(rows []Fact, list []facet) (rest []facet) {
	for _, f := range list {
		at := -1
		for _, key := range f.facts {
			if at = slices.IndexFunc(rows, func(r Fact) bool { return string(r.Key) == key }); at >= 0 {
				break
			}
		}
		if at < 0 {
			rest = append(rest, f)
			continue
		}
		if rows[at].Local {
			continue // the municipality's own answer
		}
		for i := range rows {
			if rows[i].Key == rows[at].Key {
				rows[i].Badges = withDagger(rows[i].Badges, s.dagger())
			}
		}
	}
	return rest
}

func (e *edition) dagger() Badge { return Badge{"facet", e.say("maerke.facet")} }

// withDagger adds the mark of a facet once.
func withDagger(badges []Badge, dagger Badge) []Badge {
	if slices.Contains(badges, dagger) {
		return badges
	}
	return append(slices.Clip(badges), dagger)
}

// rest is a badge that names the facets, or none.
func (e *edition) rest(list []facet) []Badge {
	if len(list) == 0 {
		return nil
	}
	var names []string
	for _, f := range list {
		if !slices.Contains(names, f.label) {
			names = append(names, f.label)
		}
	}
	return []Badge{{"udledt", e.say("maerke.udledt-i", "hvad", e.and(names))}}
}
