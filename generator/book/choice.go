package book

import (
	"slices"

	"modelhaandbog/generator/figure"
	"modelhaandbog/generator/model"
)

// paths plans the list of if–then paths, and a sheet for each.
func (s scope) paths(sec section) []*Page {
	list := s.listPage(sec, "liste-valg")
	pages := []*Page{list}
	var items []Item
	for _, p := range visible(s, s.model.Paths()) {
		items = append(items, s.linked(p))
		pages = append(pages, s.pathPage(sec, p))
	}
	list.section("", "", overviewOf(items))
	return pages
}

func (s scope) pathPage(sec section, p *model.Path) *Page {
	page := s.entityPage(p, sec.folder)
	page.Sheet = &Sheet{Type: "valg", Subtitle: s.model.Label(), Base: p.ID}
	page.behind = nil // a sheet says it in its head
	page.section("", "", s.editorsOwn(&p.Entity))
	page.section("", "", Prose{Text: s.text(p.Body)})
	all := s.say("valg.vis-alle")
	page.Forms = append([]Form{{Name: all, Link: Link{Path: page.Path, Anchor: "vejen", Text: all}}}, s.forms(page, Link{})...)
	steps := List{Items: s.questions(p, page.Path), Ordered: true, Class: "valg"}
	s.add(page, "valg.vejen", steps)
	if len(steps.Items) > 1 {
		page.section("tegning", s.say("valg.tegning"), Drawing{ID: "tegning-valg-" + p.ID, Title: p.Label(), Make: s.forks(p, page.Path)})
	}
	closing(s, page, p)
	page.Sections = append(page.Sections, scanned())
	page.Long = false
	return page
}

// questions are a path in words: each answer says where it leads.
func (s scope) questions(p *model.Path, path string) []Item {
	var out []Item
	for _, q := range p.Questions.Items {
		i := Item{ID: "spoergsmaal-" + q.ID, Title: Link{Text: s.text(q.Text).Plain()}, Text: s.text(q.Help), Pos: q.At.Pos(), Of: q.At.Statement(), Local: q.At.Local()}
		for _, a := range q.Answers.Items {
			words, link := s.leads(p, a, path)
			link.Text = s.text(a.Text).Plain()
			i.Children = append(i.Children, Item{Title: link, Plain: words, Text: s.text(a.Do), Pos: a.At.Pos(), Local: a.At.Local()})
		}
		out = append(out, i)
	}
	return out
}

// leads says where an answer leads, and links there.
func (s scope) leads(p *model.Path, a *model.Answer, path string) (string, Link) {
	if n := number(p, a); n > 0 {
		return s.say("valg.gaa-til-spoergsmaal", "nummer", n), Link{Path: path, Anchor: "spoergsmaal-" + a.Next}
	}
	if a.To.To != nil {
		l := s.lookupLink(a.To)
		return s.say("valg.gaa-til", "navn", l.Text), l
	}
	return "", Link{}
}

// number is that of the question an answer leads to, or 0.
func number(p *model.Path, a *model.Answer) int {
	return 1 + slices.IndexFunc(p.Questions.Items, func(q *model.Question) bool { return q.ID == a.Next })
}

// forks is a path as a figure; the list above it says the same.
func (s scope) forks(p *model.Path, path string) figure.Figure {
	f := figure.Forks{Title: p.Label(), Desc: s.say("valg.tegning-tekst")}
	for _, q := range p.Questions.Items {
		fork := figure.Fork{Label: figure.Label{Title: s.text(q.Text).Plain(), Href: path + "#spoergsmaal-" + q.ID}}
		for _, a := range q.Answers.Items {
			branch := figure.Branch{Answer: s.text(a.Text).Plain(), To: number(p, a) - 1}
			if branch.To < 0 {
				_, l := s.leads(p, a, path)
				branch.End = figure.Label{Title: l.Text, Href: href(l)}
				if l.Text == "" {
					branch.End.Title = s.text(a.Do).Plain()
				}
			}
			fork.Branches = append(fork.Branches, branch)
		}
		f.Forks = append(f.Forks, fork)
	}
	return f
}
