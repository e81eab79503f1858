package book

import (
	"slices"

	"modelhaandbog/generator/model"
)

// checkItem shows an entity as a point to tick.
func (s scope) checkItem(n model.Named) Item {
	e := n.Base()
	i := Item{Plain: e.Label(), Badges: s.itemBadges(e), Caveat: s.text(e.Caveat), Cites: s.cites(e.Cites),
		Local: e.At.Local(), Pos: e.At.Pos(), Of: e.At.Statement(), kind: e.Kind}
	words := "navn"
	if tick := e.Descriptor().Tick; !model.TextAt(n, tick).Empty() {
		i.Text, i.Plain, words = s.text(model.TextAt(n, tick)), "", tick
	}
	s.readByEditors(&i, e, words)
	switch x := n.(type) {
	case *model.Task:
		if len(x.Elements) > 0 && x.Elements[0].To != nil {
			i.Topic = x.Elements[0].To.MenuLabel()
		}
		i.Meta = s.linkFact(Who, append(linkOf(s, x.Role), links(s, x.With)...))
		if len(i.Meta) == 0 {
			i.Meta = s.nobody(Who, e)
		} else {
			i.Meta[0].Local = answered(x)
		}
		if c := x.Cadence.To; c != nil {
			i.Meta = append(i.Meta, s.fact(HowOften, Fact{Plain: s.often(c), Local: c.LocalOften(),
				Badges: s.cadenceBadges(c)}))
		} else if x.Meeting.To != nil && x.When != "" {
			when := s.say("tjekliste.tidspunkt."+string(x.When), "moede", definite(x.Meeting.To.Label()))
			i.Meta = append(i.Meta, s.fact(When, Fact{Plain: when}))
		}
	case *model.Prerequisite:
		i.Meta = s.sponsors(Who, x)
	}
	i.Meta = append(i.Meta, s.agreed(n)...)
	i.Meta = append(i.Meta, s.fact(About, Fact{Links: []Link{s.link(n)}}))
	return i
}

func (s scope) checkTasks(keep func(*model.Task) bool) []Item {
	var out []Item
	for _, t := range visible(s, s.model.Tasks()) {
		if keep(t) && !t.Local.Omit {
			out = append(out, s.checkItem(t))
		}
	}
	return out
}

// checkTasksOf are a meeting's tasks before, during or after it.
func (s scope) checkTasksOf(mt *model.Meeting, when model.Moment) []Item {
	return s.checkTasks(func(t *model.Task) bool { return t.Meeting.To == mt && t.When == when })
}

func (s scope) checkPoints(k model.Keyed[model.AgendaPoint]) []Item {
	var out []Item
	for _, i := range s.agenda("", k) {
		if !i.Omitted {
			i.ID = ""
			out = append(out, i)
		}
	}
	return out
}

// maxPoints is how many points one pause holds: more are not read.
const maxPoints = 9

// shorter divides groups of more points than a pause holds, by core element
// where the points tell theirs, else into equal parts.
func shorter(groups []CheckGroup, e *edition) []CheckGroup {
	var out []CheckGroup
	for _, g := range groups {
		if len(g.Items) <= maxPoints {
			out = append(out, g)
			continue
		}
		parts := byTopic(g, e)
		if len(parts) < 2 {
			parts = []CheckGroup{g}
		}
		for _, part := range parts {
			out = append(out, halves(part, e)...)
		}
	}
	return out
}

// byTopic divides a group by what its points are about, in order.
func byTopic(g CheckGroup, e *edition) []CheckGroup {
	var out []CheckGroup
	for _, i := range g.Items {
		at := slices.IndexFunc(out, func(x CheckGroup) bool { return x.topic == i.Topic })
		if at < 0 {
			at = len(out)
			part := g
			part.ID, part.Items, part.topic = g.ID+"-"+itoa(at+1), nil, i.Topic
			if i.Topic != "" {
				part.Title = e.say("tjekliste.gruppe-om", "gruppe", g.Title, "emne", lowerFirst(i.Topic))
				part.about = append(slices.Clip(g.about), "kerneelement")
			}
			out = append(out, part)
		}
		out[at].Items = append(out[at].Items, i)
	}
	return out
}

func halves(g CheckGroup, e *edition) []CheckGroup {
	n := (len(g.Items) + maxPoints - 1) / maxPoints
	if n < 2 {
		return []CheckGroup{g}
	}
	size := (len(g.Items) + n - 1) / n
	var out []CheckGroup
	for i := range n {
		part := g
		part.ID = g.ID + "-del-" + itoa(i+1)
		part.Title = e.say("tjekliste.gruppe-del", "gruppe", g.Title, "nummer", i+1, "antal", n)
		part.Items = g.Items[i*size : min((i+1)*size, len(g.Items))]
		out = append(out, part)
	}
	return out
}
