package book

import (
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
)

// Told is a statement and where readers meet it.
type Told struct {
	model.Claim
	HowOften string // "" where nothing says so
	Views    []View
}

// View is a place in the edition that shows a statement.
type View struct {
	Page   string // the page's path
	Anchor string
	Words  string   // as they stand there
	Marks  []string // and their marks
}

// Statements lists the statements of an edition's models with all their views.
func Statements(b *Book) []Told {
	views := map[diag.Pos][]View{}
	for _, p := range b.Pages {
		if p.Kind == "pakke" {
			continue // it gathers other pages
		}
		if !p.Pos.IsZero() && p.Sheet == nil {
			views[p.Pos] = append(views[p.Pos], View{Page: p.Path, Words: p.Title, Marks: markTexts(p.Badges)})
		}
		for _, s := range p.Sections {
			for _, block := range s.Blocks {
				noteViews(views, p.Path, block.Contents())
			}
		}
	}
	var out []Told
	for _, m := range b.Handbook.Models {
		for _, c := range m.Claims() {
			told := Told{Claim: c, Views: views[c.Pos()]}
			for _, x := range c.Cadences {
				told.HowOften = joinWith(told.HowOften, Often(b.Words, x))
			}
			if at := c.At.Pos(); at != c.Pos() {
				told.Views = append(told.Views, views[at]...)
			}
			out = append(out, told)
		}
	}
	return out
}

func noteViews(views map[diag.Pos][]View, path string, list []Content) {
	for _, c := range list {
		if !c.Of.IsZero() {
			words := append(line(c.Name), c.Lines...)
			views[c.Of] = append(views[c.Of], View{Page: path, Anchor: c.ID, Words: strings.Join(words, " "), Marks: c.Marks})
		}
		noteViews(views, path, c.Inner)
	}
}
