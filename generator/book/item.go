package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
)

func (s scope) cites(list []model.Cite) []Cite {
	var out []Cite
	for _, c := range list {
		if c.To == nil {
			continue
		}
		l := s.link(c.To)
		if c.To.Menu != "" {
			l.Text = c.To.Menu
		}
		out = append(out, Cite{Link: l, Place: c.Place})
	}
	return out
}

// item shows an entity as a statement: name, text and what must travel along.
func (s scope) item(n model.Named) Item {
	e := n.Base()
	i := s.inWords(n, "tekst", s.text(e.Body))
	if i.Text.Empty() {
		i = s.inWords(n, "kort", s.short(e))
	}
	i.Notes = s.textList(e.Notes)
	for _, l := range e.Laws {
		if l.To != nil {
			i.Meta = append(i.Meta, s.fact("lov", Fact{Links: []Link{s.link(l.To)}}))
		}
	}
	return i
}

// short is an entity in a line, or nothing when that is its name.
func (s scope) short(e *model.Entity) Text {
	if e.Short.Value == e.Name {
		return Text{}
	}
	return s.text(e.Short)
}

// inWords shows an entity by its name and the words of one of its keys.
func (s scope) inWords(n model.Named, key string, words Text) Item {
	e := n.Base()
	i := Item{
		ID: anchor(e), Title: Link{Text: e.Label()}, Text: words, Badges: s.itemBadges(e), Caveat: s.text(e.Caveat),
		Cites: s.cites(e.Cites), Local: e.At.Local(), Omitted: e.Local.Omit, Reason: s.text(e.Local.Reason), Pos: e.At.Pos(),
		Of:      e.At.Statement(),
		Aliases: aliases(e),
	}
	s.readByEditors(&i, e, "navn", key)
	if e.Local.Name != "" {
		i.National = e.Name
		i.Badges = append(i.Badges, s.localBadge("navn"))
	}
	if i.Text.Local && i.Text.National != "" {
		i.Local, i.National = true, i.Text.National
	}
	return i
}

// linked is an entity in a line, with its title leading to its own page.
func (s scope) linked(n model.Named) Item {
	i := s.inWords(n, "kort", s.short(n.Base()))
	i.ID, i.Title = "", s.link(n)
	return i
}

// byName is an entity with its marks, where a list leads on to what it says.
func (s scope) byName(n model.Named) Item {
	i := s.inWords(n, "", Text{})
	i.ID, i.Title = "", s.link(n)
	return i
}

// inList is an entity on the page of its kind: it leads to its own page, or is told in
// full where it has none.
func (s scope) inList(n model.Named) Item {
	if s.link(n).Anchor == "" {
		return s.linked(n)
	}
	i := s.withGuide(n)
	if e := n.Base(); !e.Body.Empty() && !e.Short.Empty() && e.Short.Value != e.Name {
		i.Text, i.More = s.text(e.Short), slices.Insert(i.More, 0, s.text(e.Body))
	}
	return i
}

// withGuide is an item that carries its guidance, for kinds without a page: the
// municipality's own stands apart under it.
func (s scope) withGuide(n model.Named) Item {
	i := s.item(n)
	i.Meta = append(i.Meta, s.agreed(n)...)
	if g := s.guideFor(n.Base()); !g.Empty() {
		i.More = append(i.More, g)
	}
	if g := s.localGuideFor(n.Base()); !g.Empty() {
		i.Children = append(i.Children, s.ownPracticeItem(g))
	}
	return i
}

// plainItems are texts as a list.
func (s scope) plainItems(list []model.Text) []Item {
	var out []Item
	for _, t := range list {
		x := s.text(t)
		out = append(out, Item{Text: x, Local: x.Local, National: x.National, Pos: x.Pos})
	}
	return out
}

// point shows a keyed point of an agenda or of a phase's steps: a statement of its
// own, or another's in words for this list.
func (s scope) point(prefix string, pt model.Point) Item {
	i := Item{Text: s.text(pt.Text), Cites: s.cites(pt.Cites), Badges: s.marks(&pt.Marks, pt.At.Local()),
		Of: pt.At.Statement()}
	if pt.From.To != nil {
		i = s.shown(pt)
	}
	i.ID, i.Pos, i.Local = prefix+"-"+pt.ID, pt.At.Pos(), pt.At.Local()
	i.Omitted, i.Reason = pt.Local.Omit, s.text(pt.Local.Reason)
	if !i.Local && i.Text.Local {
		i.Local, i.National = true, i.Text.National
	}
	return i
}

// shown is the statement that a point shows, with all its marks. The point may
// word it; it says where it stands.
func (s scope) shown(pt model.Point) Item {
	n := pt.From.To
	var i Item
	if inner := model.PointAt(n, pt.From.Point); inner != nil {
		i = s.point("", *inner)
		i.Meta = append(i.Meta, s.fact(About, Fact{Links: []Link{s.link(n)}}))
	} else {
		i = s.checkItem(n)
	}
	if !pt.Text.Empty() {
		i.Title, i.Plain, i.Text = Link{}, "", s.text(pt.Text)
	}
	return i
}

// task shows a task with who, when and how often, linked to its place on its
// role's page, which says more.
func (s scope) task(t *model.Task) Item { return s.withFacts(s.byName(t), t) }

// ownTask is a task on its role's page.
func (s scope) ownTask(t *model.Task) Item { return s.withFacts(s.item(t), t) }

func (s scope) withFacts(i Item, t *model.Task) Item {
	i.Meta = slices.Concat(i.Meta, s.owner(t), s.linkFact(SharedWith, links(s, t.With)),
		s.linkFact(Delegate, links(s, t.Delegate)))
	if t.Cadence.To != nil {
		i.Meta = append(i.Meta, s.cadenceFact(t.Cadence.To))
	}
	if t.Meeting.To != nil {
		i.Meta = append(i.Meta, s.linkFact(Key(cmp.Or(string(t.When), "moede")), linkOf(s, t.Meeting))...)
	}
	i.Meta = append(i.Meta, s.linkFact("kerneelement", menuLinks(s, t.Elements))...)
	if a := t.Agreement.To; a != nil && a.Answer.Empty() {
		at := t.At.Key("aftale")
		i.Meta = append(i.Meta, s.fact("aftale", Fact{Links: linkOf(s, t.Agreement),
			Local: !i.Local && at != t.At && at.Local()}))
	}
	i.Meta = append(i.Meta, s.agreed(t)...)
	i.When = s.when(t)
	return i
}

// when says in a few words when a task is done or how often, with the marks of both.
func (s scope) when(t *model.Task) string {
	words := ""
	if c := t.Cadence.To; c != nil {
		words = s.often(c) + inBrackets(s.cadenceNote(c))
	} else if t.Meeting.To != nil && t.When != "" {
		words = s.say("tjekliste.tidspunkt."+string(t.When), "moede", definite(t.Meeting.To.Label()))
	}
	if words != "" && len(s.facet(&t.Marks, "moede", "tidspunkt", "kadence")) > 0 {
		words += " †"
	}
	return words
}

// owner says who has a task, or that the source names nobody. Whom the
// municipality has named is marked.
func (s scope) owner(t *model.Task) []Fact {
	if t.Role.To == nil {
		return s.nobody(Who, &t.Entity)
	}
	facts := s.linkFact(Who, linkOf(s, t.Role))
	for i := range facts {
		facts[i].Local = answered(t)
	}
	return facts
}

// answered reports that a municipality says who has a task of the model.
func answered(t *model.Task) bool { return !t.At.Local() && t.Role.At.Local() }

// menuLinks are links with the short names of menus.
func menuLinks[T any](s scope, refs []model.Ref[T]) []Link {
	var out []Link
	for _, r := range refs {
		if l, ok := linkRef(s, r); ok {
			l.Text = any(r.To).(model.Named).Base().MenuLabel()
			out = append(out, l)
		}
	}
	return out
}

func (s scope) cadenceFact(c *model.Cadence) Fact {
	l := s.link(c)
	l.Text = upperFirst(s.often(c))
	return s.fact(HowOften, Fact{Links: []Link{l}, Badges: s.cadenceBadges(c), Cites: s.cites(c.Cites),
		Local: c.LocalOften(), Pos: c.At.Pos()})
}

// starred ends the name of a participant of whom more has to be said.
const starred = "*"

// How people take part in a meeting, firmest first: those who come, and those who may be
// invited.
var (
	coming  = []model.Mode{"altid", "boer", "efter aftale"}
	invited = []model.Mode{"overvejes"}
)

func withoutStar(s string) string { return strings.TrimSuffix(s, starred) }

// participants shows who takes part in these ways; in brief, only by name.
func (s scope) participants(m *model.Meeting, brief bool, modes ...model.Mode) []Fact {
	var out []Fact
	for _, mode := range modes {
		for _, x := range m.Participants.Items {
			if x.Mode != mode || x.Local.Omit || x.Role != nil && s.hidden(&x.Role.Entity) {
				continue
			}
			link := Link{Text: x.Name}
			if x.Role != nil {
				link = s.link(x.Role)
				link.Text = cmp.Or(x.Name, link.Text)
				if brief && x.Name == "" {
					link.Text = x.Role.MenuLabel()
				}
			}
			note := s.text(x.Note)
			if brief && !note.Empty() {
				link.Text, note = link.Text+starred, Text{}
			}
			out = append(out, s.fact(Key(slug(mode)), Fact{Links: []Link{link}, Text: note,
				Badges: s.participation(m, x), Local: x.At.Local() || x.At.Key("form").Local(), Pos: x.At.Pos()}))
		}
	}
	return out
}

// participation marks that the editors have said how somebody takes part.
func (e *edition) participation(m *model.Meeting, x *model.Participant) []Badge {
	if len(x.Derived) > 0 || slices.Contains(m.Derived, "deltagere") {
		return []Badge{e.dagger()}
	}
	return nil
}

// aliases are the other names of an entity.
func aliases(e *model.Entity) []string {
	var out []string
	if e.Local.Name != "" {
		out = append(out, e.Name)
	}
	if e.Menu != "" && e.Menu != e.Name {
		out = append(out, e.Menu)
	}
	return append(out, e.Alias...)
}

// refers reports whether one of the references leads to x.
func refers[T any](refs []model.Ref[T], x *T) bool {
	for _, r := range refs {
		if r.To == x {
			return true
		}
	}
	return false
}
