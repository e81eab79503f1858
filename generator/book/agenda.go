package book

import (
	"slices"
	"strings"

	"modelhaandbog/generator/model"
)

// What a meeting's page, its sheet and its checklist have in common.

// meetingAnswer says who calls a meeting, how often, and who comes: those of whom
// more has to be said are starred. Whom else to invite is considered before the meeting.
func (s scope) meetingAnswer(mt *model.Meeting) []Fact {
	facts := slices.Concat(s.convening(mt), s.occasions(mt), s.participants(mt, true, coming...))
	if len(mt.Agenda.Items) == 0 {
		facts = append(facts, s.plainFact("ingen-dagsorden", s.say("moede.ingen-dagsorden"))...)
	}
	more := func(f Fact) bool { return len(f.Links) == 1 && strings.HasSuffix(f.Links[0].Text, starred) }
	if slices.ContainsFunc(facts, more) {
		see := starred + " " + s.say("moede.se-hvornaar")
		facts = append(facts, Fact{Links: []Link{{Path: s.link(mt).Path, Anchor: "om", Text: see}}})
	}
	markLocal(facts, mt.At, Convener)
	return facts
}

// meetingRest is what more there is to know of a meeting, and of those who come.
func (s scope) meetingRest(mt *model.Meeting) []Fact {
	who := slices.DeleteFunc(s.participants(mt, false, coming...), func(f Fact) bool { return f.Text.Empty() })
	facts := slices.Concat(s.textFact("formaal", mt.Purpose), who, s.textFact("barnet", mt.Child),
		s.textFact("sted", mt.Place), s.textFact("deling", mt.Sharing), s.textFact("journalisering", mt.Filing),
		s.linkFact("faser", links(s, mt.Phases)))
	markLocal(facts, mt.At)
	return facts
}

// meetingGlance is both, for the sheet.
func (s scope) meetingGlance(mt *model.Meeting) []Fact {
	facts := slices.Concat(s.textFact("formaal", mt.Purpose), s.occasions(mt), s.convening(mt),
		s.participants(mt, false, slices.Concat(coming, invited)...), s.textFact("barnet", mt.Child), s.textFact("sted", mt.Place),
		s.linkFact("faser", links(s, mt.Phases)))
	markLocal(facts, mt.At, Convener)
	return facts
}

// occasions say how often a meeting is held, or when, and how long it takes.
func (s scope) occasions(mt *model.Meeting) []Fact {
	var facts []Fact
	for _, c := range mt.Cadences {
		if c.To != nil {
			facts = append(facts, s.cadenceFact(c.To))
		}
	}
	facts = append(facts, s.textFact(When, mt.When)...)
	if mt.Minutes > 0 {
		facts = append(facts, s.fact("varighed", Fact{Plain: s.say("moede.minutter", "antal", mt.Minutes),
			Local: mt.At.Key("varighed").Local()}))
	}
	return facts
}

// convening says who calls a meeting, and to whom that can be given.
func (s scope) convening(mt *model.Meeting) []Fact {
	return append(s.convener(mt), s.linkFact(Delegate, links(s, mt.Delegate))...)
}

// convener says who calls a meeting, or that the source names nobody.
func (s scope) convener(mt *model.Meeting) []Fact {
	switch {
	case mt.Convener.To != nil:
		return s.linkFact(Convener, linkOf(s, mt.Convener))
	case !mt.NoConvener.Empty():
		return s.textFact(Convener, mt.NoConvener)
	}
	return s.nobody(Convener, &mt.Entity)
}

// agenda shows the points of a meeting, of what comes before it or after it.
func (s scope) agenda(prefix string, k model.Keyed[model.AgendaPoint]) []Item {
	var out []Item
	for _, a := range k.Items {
		i := s.point(prefix, a.Point)
		i.Minutes = a.Minutes
		if a.Who.To != nil {
			i.Meta = append(i.Meta, s.fact(Who, Fact{Links: linkOf(s, a.Who), Badges: s.facet(&a.Marks, "hvem")}))
		}
		out = append(out, i)
	}
	return out
}

// agendaList shows the agenda part by part when points are tied to parts. about
// is what stands under a part's name; it may be nil.
func (s scope) agendaList(mt *model.Meeting, about func(*model.MeetingPart) []Fact) List {
	points := s.agenda("dagsorden", mt.Agenda)
	if !slices.ContainsFunc(mt.Agenda.Items, func(a *model.AgendaPoint) bool { return a.Part != "" }) {
		return List{Items: points, Ordered: true, Class: "dagsorden"}
	}
	var items []Item
	add := func(id string, part Item) {
		for i, a := range mt.Agenda.Items {
			if a.Part == id {
				part.Children = append(part.Children, points[i])
			}
		}
		if len(part.Children) > 0 {
			items = append(items, part)
		}
	}
	for _, x := range mt.Parts.Items {
		part := Item{Title: Link{Text: x.Name}, Minutes: x.Minutes, Badges: s.facet(&model.Marks{Derived: x.Derived}, "navn")}
		if about != nil {
			part.Meta = about(x)
		}
		add(x.ID, part)
	}
	add("", Item{Title: Link{Text: s.say("moede.hele-moedet")}})
	return List{Items: items, Class: "dagsorden-dele"}
}

// partMeta says who is there in a part of a meeting, and which phase it belongs to.
func (s scope) partMeta(x *model.MeetingPart) []Fact {
	return slices.Concat(s.linkFact("med", links(s, x.Who)), s.linkFact("fase", linkOf(s, x.Phase)))
}

// series is the first of a meeting's cadences that tells its days, or nil.
func series(mt *model.Meeting) *model.Cadence {
	for _, c := range mt.Cadences {
		if c.To == nil {
			continue
		}
		if from, _, unit, ok := c.To.Frequency().Interval(); ok && (from < 12 || unit != "maaned") {
			return c.To
		}
	}
	return nil
}
