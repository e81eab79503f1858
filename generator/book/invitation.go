package book

import (
	"slices"

	"modelhaandbog/generator/model"
)

// letter is an invitation to some of those who take part in a meeting.
type letter struct {
	to    Choice
	roles []*model.Role // whom it is written to; none for the letter to all
}

// letters are a meeting's invitations: to all, to the child, and to the child's home.
func letters(mt *model.Meeting) []letter {
	all, child, home := letter{to: "til-alle"}, letter{to: "til-barnet"}, letter{to: "til-hjemmet"}
	for _, x := range mt.Participants.Items {
		switch {
		case x.Role == nil || x.Local.Omit:
		case x.Role.Ring == "barn":
			child.roles = append(child.roles, x.Role)
		case x.Role.Home:
			home.roles = append(home.roles, x.Role)
		}
	}
	out := []letter{all}
	for _, l := range []letter{child, home} {
		if len(l.roles) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// inLetters are the keys of a meeting that its invitations show.
var inLetters = []string{"navn", "formaal", "indkalder", "indkalder_uoplyst", "kan_uddelegeres_til", "sted", "deltagere",
	"foer", "dagsorden", "til_barnet"}

// invitation is the page of a meeting's invitations; each can be printed and had in Word
// by itself.
func (s scope) invitation(sec section, mt *model.Meeting, read *Page) *Page {
	page := s.page(Page{Path: sec.folder + mt.ID + "-indbydelse.html", Kind: "indbydelse", KindName: s.say("indbydelse.slags"),
		Title: s.say("indbydelse.titel", "moede", mt.Label()), Kicker: s.say("indbydelse.slags"), Badges: s.entityBadges(&mt.Entity),
		Changed: s.changed(mt), Pos: mt.At.Pos(), Sheet: &Sheet{Type: "indbydelse", Subtitle: s.model.Label(), Base: mt.ID + "-indbydelse"}})
	page.about = []string{mt.Kind}
	page.derived = slices.DeleteFunc(s.ofPage(&mt.Entity), func(f facet) bool { return !slices.Contains(inLetters, f.key) })
	page.Crumbs = append(s.crumbs(), Link{Path: sec.folder + "index.html", Text: sec.title}, Link{Path: read.Path, Text: read.Title})
	all := letters(mt)
	for i, l := range all {
		n := len(page.Sections)
		s.letter(page, mt, l)
		class := LetterPart + " " + string(l.to)
		for k := range page.Sections[n:] {
			page.Sections[n+k].Class = class
		}
		if i > 0 {
			page.Sections[n].Class += " " + NewSheet
		}
		if len(all) > 1 {
			page.Sheet.Choices = append(page.Sheet.Choices, l.to)
		}
	}
	page.Forms = append([]Form{s.readForm(read.Path)}, s.forms(page, Link{})...)
	page.Sections = append(page.Sections, scanned())
	return page
}

// letter adds one invitation: what the meeting is for, when and where, who comes and why,
// what it is about, and what to think of.
func (s scope) letter(page *Page, mt *model.Meeting, l letter) {
	key, prefix := "indbydelse."+string(l.to)+".", string(l.to)+"-"
	add := func(part string, blocks ...Block) {
		n := len(page.Sections)
		page.section(prefix+part, s.say(key+part), blocks...)
		for i := range page.Sections[n:] {
			page.Sections[n+i].Level = 3
		}
	}
	words := Block(Prose{Text: s.text(mt.Purpose)})
	if l.to == "til-barnet" {
		words = Prose{Text: s.said(s.say(key + "indledning"))}
		if !mt.ToChild.Empty() {
			words = Prose{Text: s.text(mt.ToChild)}
		}
	}
	blocks := []Block{words, s.lines("indbydelse.tid"), s.lines("indbydelse.sted")}
	if l.to != "til-barnet" {
		blocks = slices.Insert(blocks, 1, Block(Facts{slices.Concat(s.convening(mt), s.textFact("sted", mt.Place))}))
	} else {
		blocks = append([]Block{Box{Type: "naevnt", Title: s.say("rolle.til-dig"), Plain: s.say("indbydelse.redaktionens")}}, blocks...)
	}
	page.section(string(l.to), s.say(key+"titel", "roller", s.and(labels(l.roles))), blocks...)
	who := s.participants(mt, false, slices.Concat(coming, invited)...)
	if l.to == "til-barnet" { // by name, and only those who come
		who = slices.DeleteFunc(s.participants(mt, true, coming...), func(f Fact) bool {
			return slices.ContainsFunc(l.roles, func(r *model.Role) bool { return f.Links[0].Path == s.link(r).Path })
		})
		for i := range who {
			who[i].Links[0].Text = withoutStar(who[i].Links[0].Text)
		}
	}
	add("hvem", Facts{who})
	if l.to != "til-barnet" {
		agenda := s.agendaList(mt, nil)
		agenda.Items = notOmitted(agenda.Items)
		agenda.Items = prefixed(agenda.Items, prefix)
		add("om", agenda)
	}
	if l.to == "til-alle" {
		add("inden", List{Items: prefixed(notOmitted(s.agenda("foer", mt.Before)), prefix), Class: "punkter"})
	} else {
		add("regn-med", List{Items: s.expectedAt(mt, l.roles), Class: "regn-med"})
	}
	if l.to == "til-barnet" {
		add("hvordan", Check{Groups: []CheckGroup{{Items: plainPoints(s.list(key + "valg"))}}})
	}
	add("svar", Lines{Label: s.say(key + "skriv"), Count: 3}, s.lines("indbydelse.kontakt"))
}

// expectedAt is what those who have some roles can count on at a meeting: what is about the
// meeting itself or about its phases.
func (s scope) expectedAt(mt *model.Meeting, roles []*model.Role) []Item {
	var out []Item
	for _, r := range roles {
		for i, item := range s.expectations(r).Items {
			if s.concerns(r.Expect.Items[i].From.To, mt) {
				item.ID = ""
				out = append(out, item)
			}
		}
	}
	return out
}

// concerns reports whether something is about a meeting, or about one of its phases only.
func (s scope) concerns(n model.Named, mt *model.Meeting) bool {
	switch x := n.(type) {
	case *model.Meeting:
		return x == mt
	case *model.Phase:
		return refers(mt.Phases, x)
	case *model.Task:
		if x.Meeting.To != nil {
			return x.Meeting.To == mt
		}
		return slices.ContainsFunc(x.Phases, func(f model.Ref[model.Phase]) bool { return refers(mt.Phases, f.To) })
	}
	return false
}

func labels(roles []*model.Role) []string {
	var out []string
	for _, r := range roles {
		out = append(out, r.Label())
	}
	return out
}

func plainPoints(words []string) []Item {
	var out []Item
	for _, w := range words {
		out = append(out, Item{Plain: w})
	}
	return out
}
