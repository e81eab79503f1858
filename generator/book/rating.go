package book

import "slices"

// Rating is points that are each given a value on a scale, in groups that add up.
type Rating struct {
	Prefix string        // begins the names of its fields, on a page with others
	Levels []RatingLevel // of the scale that points share, with what is so at each level
	Groups []RatingGroup
	Sum    RatingSum // of all points; its Of is "" when there is one group
}

// RatingGroup is a domain of an assessment.
type RatingGroup struct {
	ID     string
	Title  string
	Text   Text
	Items  []Item
	Levels [][]RatingLevel // of each item
	Sum    RatingSum
}

// RatingLevel is an answer; Text is what is so, where the scale's own words don't say it.
type RatingLevel struct {
	Value int
	Name  string
	Text  Text
}

// RatingSum is what a sum is of, its bounds, and what it means from a value up.
type RatingSum struct {
	Of          string
	Least, Most int
	Limits      []RatingLimit
}

// RatingLimit is what a sum is called from a value up.
type RatingLimit struct {
	From int
	Name string
}

func (Rating) Name() string  { return "vurdering" }
func (b Rating) Empty() bool { return len(b.Groups) == 0 }

func (b Rating) Contents() []Content {
	var out []Content
	for _, g := range b.Groups {
		out = append(out, Content{ID: g.ID, Name: g.Title, Heading: true, Lines: line(g.Text.Plain()), Inner: itemContents(g.Items)})
	}
	return out
}

func (b Rating) Within(prefix string, _ int) Block {
	b.Prefix = prefix + b.Prefix
	b.Groups = slices.Clone(b.Groups)
	for i, g := range b.Groups {
		b.Groups[i].ID, b.Groups[i].Items = prefixIf(prefix, g.ID), prefixed(g.Items, prefix)
	}
	return b
}
