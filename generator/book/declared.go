package book

import (
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// declared makes the section of a kind that the handbook declares: a table or a list of all,
// and a page for each that has one.
func (s scope) declared(sec section) []*Page {
	page := s.listPage(sec, "liste-"+sec.kind.Key)
	pages := []*Page{page}
	list := visible(s, s.model.List(sec.kind))
	var items []Item
	for i, n := range list {
		item := s.inList(n)
		if item.ID == "" {
			pages = append(pages, s.declaredPage(sec, n, i+1, len(list)))
			if sec.kind.Columns != nil {
				continue // it is in the table
			}
		} else {
			item.Meta = append(append(item.Meta, s.ownFacts(n, sec.kind.Columns...)...), s.linkFact("bruges-i", s.usedIn(n))...)
			for _, p := range s.ownParts(n) {
				part := Item{Title: Link{Text: p.label}, Points: s.textList(p.points)}
				if !p.text.Empty() {
					part.More = []Text{p.text}
				}
				item.Children = append(item.Children, part)
			}
		}
		items = append(items, item)
	}
	if sec.kind.Columns != nil {
		page.section("", "", s.columns(sec.kind, list))
	}
	page.section("", "", List{Items: items, Ordered: sec.kind.Dense, Class: "oversigt"})
	return pages
}

func (s scope) declaredPage(sec section, n model.Named, number, of int) *Page {
	page := s.entityPage(n, sec.folder)
	if k := sec.kind; k.Dense {
		page.Numbered = s.say("egen.nummer", "slags", upperFirst(s.one(k)), "nummer", number)
		page.Kicker = s.say("egen.nummer-af", "slags", upperFirst(s.one(k)), "nummer", number, "antal", of)
	}
	page.section("", "", Prose{Text: s.text(n.Base().Body)})
	first := len(page.Sections)
	s.add(page, "emne.kort-sagt", Facts{s.ownFacts(n)})
	page.classify(first, Answer)
	for _, p := range s.ownParts(n) {
		page.section(p.key, p.label, Prose{Text: p.text}, List{Items: s.plainItems(p.points)})
	}
	closing(s, page, n)
	page.relate(s.say("oplysning.bruges-i"), s.usedIn(n))
	return page
}

// columns is a table of all entities of a kind, with the kind's columns.
func (s scope) columns(k *schema.Kind, list []model.Named) Table {
	out := Table{Caption: s.many(k), Head: []string{upperFirst(s.one(k))}, Stack: true}
	for _, name := range k.Columns {
		out.Head = append(out.Head, upperFirst(k.Type.Key(name).Label))
	}
	for _, n := range list {
		e := n.Base()
		row := Row{Head: Cell{Links: []Link{s.link(n)}, Badges: s.itemBadges(e)}, Local: e.At.Local(), Pos: e.At.Pos()}
		for _, name := range k.Columns {
			f := s.ownFact(n, k.Type.Key(name))
			row.Cells = append(row.Cells, Cell{Plain: f.Plain, Text: f.Text, Links: f.Links})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// ownPart is a part of an entity of a declared kind under the label of its key.
type ownPart struct {
	key, label string
	text       Text
	points     []model.Text
}

// isPart reports whether the text of a declared key is more than a line.
func isPart(t model.Text, at model.At) bool {
	return at.Node() != nil && strings.Contains(t.Value, "\n")
}

// ownParts are the keys that a line doesn't hold: lists of texts, longer texts, and tables.
func (s scope) ownParts(n model.Named) []ownPart {
	var out []ownPart
	for _, k := range n.Base().Descriptor().Type.Keys {
		if model.Schema().Common.Key(k.Name) != nil || k.Name == "tjek" {
			continue
		}
		at, part := n.Base().At.Key(k.Name), ownPart{key: k.Name, label: upperFirst(k.Label)}
		switch x := model.ValueOf(n).FieldByIndex(k.Index).Interface().(type) {
		case []model.Text:
			part.points = x
		case model.Text:
			if isPart(x, at) {
				part.text = s.text(x)
			}
		case [][]string:
			part.text = s.text(model.Text{Value: markdownTable(k.Columns, x), At: at})
		}
		if !part.text.Empty() || part.points != nil {
			out = append(out, part)
		}
	}
	return out
}

// markdownTable is a table of rows; "" without any.
func markdownTable(head []string, rows [][]string) string {
	if len(head) == 0 || len(rows) == 0 {
		return ""
	}
	var b strings.Builder
	for i, row := range append([][]string{head}, rows...) {
		for _, cell := range row {
			b.WriteString("| " + strings.NewReplacer("|", `\|`, "\n", " ").Replace(cell) + " ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
	return b.String()
}

// usedIn are the model's things that refer to one of a declared kind, or name it in a text.
func (s scope) usedIn(n model.Named) []Link {
	seen := map[Link]bool{s.link(n): true}
	var out []Link
	add := func(e model.Named) {
		if l := s.link(e); l.Set() && !seen[l] {
			seen[l] = true
			out = append(out, l)
		}
	}
	for _, e := range s.users[n] {
		if user := s.model.Find(e.Kind, e.ID); user != nil {
			add(user)
		}
	}
	for _, m := range s.mentions[n] {
		add(m)
	}
	return out
}

// relateDeclared adds to the pages of what things of declared kinds refer to, which these are.
func (s scope) relateDeclared(lists map[string][]*Page) {
	pages := map[string]*Page{}
	for _, list := range lists {
		for _, p := range list {
			pages[p.Path] = p
		}
	}
	for _, k := range s.model.Schema().Of(false) {
		if !k.Type.Declared {
			continue
		}
		links := map[*Page][]Link{}
		var order []*Page
		for _, n := range visible(s, s.model.List(k)) {
			for _, to := range model.Targets(n) {
				l := s.link(to)
				page := pages[l.Path]
				if page == nil || l.Anchor != "" {
					continue
				}
				if links[page] == nil {
					order = append(order, page)
				}
				links[page] = append(links[page], s.link(n))
			}
		}
		for _, page := range order {
			page.relate(s.many(k), links[page])
		}
	}
}
