package book

import (
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
)

// Fact is one label with its value: links, text, or both.
type Fact struct {
	Key    Key
	Label  string
	Text   Text
	Plain  string
	Links  []Link
	Badges []Badge
	Cites  []Cite
	Noted  string // the numbers of its sources where a sheet gathers them
	Local  bool
	Pos    diag.Pos
	Of     diag.Pos // the statement that it is, if it is one
}

// markTexts are the words of badges.
func markTexts(badges []Badge) []string {
	var out []string
	for _, b := range badges {
		out = append(out, b.Text)
	}
	return out
}

// Item is one statement with everything that must travel with it.
type Item struct {
	ID       string // anchor
	Title    Link   // a name, with or without a link
	Plain    string // text that is no Markdown
	Text     Text
	More     []Text // further paragraphs or points
	Points   []Text // shown as a list
	Badges   []Badge
	Meta     []Fact // who, when, how often …
	Caveat   Text   // the reservation that belongs to it
	Notes    []Text // the editor's notes
	Cites    []Cite
	Noted    string // the numbers of its sources where a sheet gathers them: "1, 4"
	Minutes  int
	Room     int // lines to write on under it
	Local    bool
	Omitted  bool
	Reason   Text   // why it was adapted
	National string // the national wording it replaced
	Children []Item
	Fold     Fold     // where it is used, when that is too much to list
	Folded   bool     // shows Title, Badges and When; the rest unfolds
	When     string   // "før opfølgningsmødet", of a task that is folded
	Lang     string   // language of Title when it is not Danish
	Aliases  []string // other names, for the search
	Of       diag.Pos // the statement that it shows; zero for what is no statement
	kind     string   // of the entity that a point to tick shows, or that things stand under
	derived  []facet  // what is the editors' reading, until the page is settled
	Topic    string   // what a point to tick is about, to divide long lists by; not shown
	Pos      diag.Pos
}

// Content is what a block says in one place, without how it looks.
type Content struct {
	ID      string // the place's anchor, or ""
	Name    string // what the place is about, or ""
	Aliases []string
	Heading bool     // a heading in running text: the anchor is no entity's
	Lines   []string // its words; a line may hold line feeds
	Marks   []string // how it is to be taken: "Krav", "Udledt"
	Of      diag.Pos // the statement that it shows
	Inner   []Content
}

// said is what has no place of its own.
func said(lines []string) []Content {
	if len(lines) == 0 {
		return nil
	}
	return []Content{{Lines: lines}}
}

// line is words as one line, or as none when there are no words.
func line(words ...string) []string {
	var keep []string
	for _, s := range words {
		if s = strings.TrimSpace(s); s != "" {
			keep = append(keep, s)
		}
	}
	if len(keep) == 0 {
		return nil
	}
	return []string{strings.Join(keep, " ")}
}

// anchors lists the places in contents.
func anchors(list []Content) []string {
	var out []string
	for _, c := range list {
		if c.ID != "" {
			out = append(out, c.ID)
		}
		out = append(out, anchors(c.Inner)...)
	}
	return out
}

func itemContents(items []Item) []Content {
	var out []Content
	for _, i := range items {
		out = append(out, i.content())
	}
	return out
}

func (i Item) content() Content {
	c := Content{ID: i.ID, Name: i.Title.Text, Aliases: i.Aliases, Of: i.Of, Marks: markTexts(i.Badges),
		Inner: itemContents(i.Children)}
	for _, s := range []string{i.Plain, i.Text.Plain(), i.Caveat.Plain()} {
		if s != "" {
			c.Lines = append(c.Lines, s)
		}
	}
	for _, t := range slices.Concat(i.More, i.Points, i.Notes) {
		c.Lines = append(c.Lines, t.Plain())
	}
	for _, m := range i.Meta {
		c.Lines = append(c.Lines, m.words())
	}
	return c
}

func (f Fact) words() string {
	parts := []string{}
	if f.Label != "" {
		parts = append(parts, f.Label+":")
	}
	parts = append(parts, f.Plain, f.Text.Plain())
	for i, l := range f.Links {
		if i > 0 {
			parts[len(parts)-1] += ","
		}
		parts = append(parts, l.Text)
	}
	for _, b := range f.Badges {
		switch {
		case b.Kind == "facet":
			parts = append(parts, "†")
		default:
			parts = append(parts, "("+lowerFirst(b.Text)+")")
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

func (c Cell) words() string {
	parts := []string{c.Plain, c.Text.Plain()}
	for _, g := range append([]LinkGroup{{Links: c.Links}}, c.Fold.Groups...) {
		for _, l := range g.Links {
			parts = append(parts, l.Text)
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// prefixed gives items with other ids, or the same where none has one.
func prefixed(items []Item, prefix string) []Item {
	if !anyID(items) {
		return items
	}
	out := slices.Clone(items)
	for i := range out {
		out[i].ID = prefixIf(prefix, out[i].ID)
		out[i].Children = prefixed(out[i].Children, prefix)
	}
	return out
}

func anyID(items []Item) bool {
	return slices.ContainsFunc(items, func(i Item) bool { return i.ID != "" || anyID(i.Children) })
}
