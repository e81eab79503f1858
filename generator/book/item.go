package book

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// forceWords and basisWords are what a reader sees on a badge.
var forceWords = map[model.Force]string{model.Required: "Krav", model.Recommended: "Anbefaling", model.Example: "Eksempel fra en kommune"}
var basisWords = map[model.Basis]string{model.Inferred: "Udledt", model.NamedOnly: "Nævnt, ikke beskrevet", model.Outdated: "Forældet"}

func badges(force model.Force, basis model.Basis) []Badge {
	var out []Badge
	if w, ok := forceWords[force]; ok {
		out = append(out, Badge{string(force), w})
	}
	if w, ok := basisWords[basis]; ok {
		out = append(out, Badge{string(basis), w})
	}
	return out
}

// localForce are the words for what a municipality has decided itself.
var localForce = map[model.Force]string{model.Required: "Lokalt krav", model.Recommended: "Lokal anbefaling"}

// forceBadges are badges, in a municipality's words for what is its own.
func forceBadges(force model.Force, basis model.Basis, local bool) []Badge {
	if !local {
		return badges(force, basis)
	}
	if w, ok := localForce[force]; ok {
		return []Badge{{string(force), w}}
	}
	return nil
}

func entityBadges(e *model.Entity) []Badge {
	out := forceBadges(e.Force, e.Basis, e.At.Local())
	if e.At.Local() {
		out = append(out, Badge{"lokal", "Lokalt tilføjet"})
	}
	if e.Draft {
		out = append(out, Badge{"kladde", "Kladde"})
	}
	return out
}

// itemBadges are an entity's in a list, where what is local is marked anyway.
func itemBadges(e *model.Entity) []Badge {
	return slices.DeleteFunc(entityBadges(e), func(b Badge) bool { return b.Kind == "lokal" })
}

func (p *planner) cites(list []model.Cite) []Cite {
	var out []Cite
	for _, c := range list {
		if c.To == nil {
			continue
		}
		l := p.link(c.To)
		if c.To.Menu != "" {
			l.Text = c.To.Menu
		}
		out = append(out, Cite{Link: l, Place: c.Place})
	}
	return out
}

// item shows an entity as a statement: name, text and what must travel along.
func (p *planner) item(n model.Named) Item {
	e := n.Base()
	i := Item{
		ID: anchor(e), Text: p.text(e.Body), Badges: itemBadges(e), Caveat: p.text(e.Caveat), Notes: p.textList(e.Notes),
		Cites: p.cites(e.Cites), Local: e.At.Local(), Omitted: e.Local.Omit, Reason: p.text(e.Local.Reason), Pos: e.At.Pos(),
		Aliases: aliases(e),
	}
	i.Title.Text = e.Label()
	if e.Local.Name != "" {
		i.National = e.Name
		i.Badges = append(i.Badges, Badge{"lokal", "Lokalt navn"})
	}
	if i.Text.Empty() && e.Short.Value != e.Name {
		i.Text = p.text(e.Short)
	}
	if i.Text.Local && i.Text.National != "" {
		i.Local, i.National = true, i.Text.National
	}
	for _, l := range e.Laws {
		if l.To != nil {
			i.Meta = append(i.Meta, p.fact("lov", Fact{Links: []Link{p.link(l.To)}}))
		}
	}
	return i
}

// linked is item with its title leading to the entity's own page.
func (p *planner) linked(n model.Named) Item {
	i := p.item(n)
	i.Title = p.link(n)
	i.ID = ""
	return i
}

// point shows a keyed point of an agenda or of a phase's steps.
func (p *planner) point(prefix string, pt model.Point) Item {
	i := Item{ID: prefix + "-" + pt.ID, Text: p.text(pt.Text), Badges: forceBadges(pt.Force, pt.Basis, pt.At.Local()), Cites: p.cites(pt.Cites),
		Local: pt.At.Local(), Omitted: pt.Local.Omit, Reason: p.text(pt.Local.Reason), Pos: pt.At.Pos()}
	if !i.Local && i.Text.Local {
		i.Local, i.National = true, i.Text.National
	}
	return i
}

func (p *planner) agenda(prefix string, k model.Keyed[model.AgendaPoint]) []Item {
	var out []Item
	for _, a := range k.Items {
		i := p.point(prefix, a.Point)
		i.Minutes = a.Minutes
		if a.Who.To != nil {
			i.Meta = append(i.Meta, p.fact(Who, Fact{Links: linkOf(p, a.Who)}))
		}
		out = append(out, i)
	}
	return out
}

// task shows a task with who, when and how often; withRole names its role.
func (p *planner) task(t *model.Task, withRole bool) Item {
	i := p.item(t)
	if withRole {
		i.ID = ""
		i.Title = p.link(t)
	}
	meta := func(k Key, links []Link) { i.Meta = append(i.Meta, p.linkFact(k, links)...) }
	if withRole {
		meta(Who, linkOf(p, t.Role))
	}
	meta(SharedWith, links(p, t.Shared))
	meta(Delegate, links(p, t.Delegate))
	if t.Cadence.To != nil {
		i.Meta = append(i.Meta, p.cadenceFact(t.Cadence.To))
	}
	if t.Meeting.To != nil {
		meta(Key(cmp.Or(string(t.When), "moede")), linkOf(p, t.Meeting))
	}
	meta("kerneelement", menuLinks(p, t.Elements))
	if t.Agreement.To != nil {
		i.Meta = append(i.Meta, p.fact("aftale", Fact{Links: linkOf(p, t.Agreement), Local: !i.Local && t.At.Key("aftale") != t.At && t.At.Key("aftale").Local()}))
	}
	return i
}

// menuLinks are links with the short names of menus.
func menuLinks[T any](p *planner, refs []model.Ref[T]) []Link {
	out := links(p, refs)
	i := 0
	for _, r := range refs {
		if _, ok := linkRef(p, r); !ok {
			continue
		}
		out[i].Text = any(r.To).(model.Named).Base().MenuLabel()
		i++
	}
	return out
}

func (p *planner) cadenceFact(c *model.Cadence) Fact {
	l := p.link(c)
	l.Text = upperFirst(c.Expression)
	return p.fact(HowOften, Fact{Links: []Link{l}, Badges: cadenceBadges(c), Cites: p.cites(c.Cites), Local: localCadence(c), Pos: c.At.Pos()})
}

// localCadence reports whether the municipality has decided how often.
func localCadence(c *model.Cadence) bool {
	return c.At.Local() || c.At.Key("udtryk").Local() || c.At.Key("hver").Local()
}

// cadenceBadges are a cadence's force and basis. What a municipality does more
// often than the model asks is not the model's requirement: the badge says what is.
func cadenceBadges(c *model.Cadence) []Badge {
	if national := c.At.Key("udtryk").National(); national != "" {
		return []Badge{{string(c.Force), upperFirst(strings.TrimSpace(forceWords[c.Force] + " i modellen: " + national))}}
	}
	return forceBadges(c.Force, c.Basis, c.At.Local())
}

// cadenceNote is a cadence's force in words: "krav", "lokalt; krav i modellen:
// ca. hver måned", or "".
func cadenceNote(c *model.Cadence) string {
	var words []string
	if localCadence(c) && !c.At.Local() {
		words = append(words, "lokalt")
	}
	for _, b := range cadenceBadges(c) {
		if b.Kind == string(c.Force) {
			words = append(words, lowerFirst(b.Text))
		}
	}
	return strings.Join(words, "; ")
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// participants shows who takes part, firmest first.
func (p *planner) participants(m *model.Meeting) []Fact {
	var out []Fact
	for _, mode := range []model.Mode{"altid", "boer", "efter aftale", "overvejes"} {
		for _, x := range m.Participants.Items {
			if x.Mode != mode || x.Local.Omit || x.Role != nil && p.hidden(&x.Role.Entity) {
				continue
			}
			link := Link{Text: x.Name}
			if x.Role != nil {
				link = p.link(x.Role)
				if x.Name != "" {
					link.Text = x.Name
				}
			}
			out = append(out, p.fact(Key(source.Slug(string(mode))), Fact{Links: []Link{link}, Text: p.text(x.Note),
				Local: x.At.Local() || x.At.Key("form").Local(), Pos: x.At.Pos()}))
		}
	}
	return out
}

func period(from, to int) string {
	switch {
	case from == 0 && to == 0:
		return ""
	case to == 0:
		return fmt.Sprintf("fra %d", from)
	case from == to || from == 0:
		return strconv.Itoa(to)
	}
	return fmt.Sprintf("%d–%d", from, to)
}

func itoa(n int) string { return strconv.Itoa(n) }
