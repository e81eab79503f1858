package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/release"
)

// Past is a frozen release, with what it changed.
type Past struct {
	*release.Release
	Changes []release.Change // since the one before
	Local   []release.Change // the municipality's own
	Models  []string         // ids of the models that this edition shows as they stood
	Titles  []string         // what they were called
}

// changesFolder is where the pages of what a release changed are.
const changesFolder = "nyt/"

// weighty are the changes that ask something else of somebody, in the order that they are
// told; the rest are words, sources and the editors' own.
var weighty = []release.What{release.Firmer, release.Weaker, release.Owner, release.Times, release.Law, release.Moved,
	release.Added, release.Removed}

// heavy reports whether a change asks something else of somebody.
func heavy(c release.Change) bool {
	return !c.Minor && slices.Contains(weighty, c.What) && c.Key != release.GuideKey && !editorial(c)
}

// editorial reports a change in what the editors say beside a statement.
func editorial(c release.Change) bool {
	return slices.Contains([]string{"noter", "afgjort", "eksempel_fra", "alias", "kortnavn", "begrundelse"}, c.Key)
}

// changePages are a page for each model that a release changed, one with what is only
// said otherwise, and for the newest release one for each role that it concerns.
func (s scope) changePages() []*Page {
	var out []*Page
	for i, p := range s.opt.Past {
		for _, id := range changedModels(p.Changes) {
			m := s.h.ModelByID(id)
			if id != "" && m == nil {
				continue // new and gone, or not of this edition
			}
			out = append(out, s.modelChanges(p, m, true), s.modelChanges(p, m, false))
			if i == 0 && m != nil {
				out = append(out, s.roleChanges(p, m)...)
			}
		}
	}
	out = slices.DeleteFunc(out, func(p *Page) bool { return p == nil })
	for _, page := range out {
		page.Section, page.Crumbs = "nyt.html", []Link{s.home(), {Path: "nyt.html", Text: s.say("nyt.slags")}}
		page.NoIndex = true
	}
	return out
}

func changedModels(list []release.Change) []string {
	var out []string
	for _, c := range list {
		if !slices.Contains(out, c.Model) {
			out = append(out, c.Model)
		}
	}
	return out
}

// changesPath is where a model's changes are; m is nil for what the models share.
func changesPath(p Past, m *model.Model, asked bool) string {
	id := "faelles"
	if m != nil {
		id = m.ID
	}
	if !asked {
		id += "-ordlyd"
	}
	return changesFolder + p.Number + "/" + id + ".html"
}

// modelChanges tells what a release changed in a model, thing by thing: what asks
// something else of somebody, or the rest.
func (s scope) modelChanges(p Past, m *model.Model, asked bool) *Page {
	var list []release.Change
	for _, c := range p.Changes {
		if c.Model == idOf(m) && heavy(c) == asked {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return nil
	}
	key, name := "aendringer", s.say("aendringer.faelles")
	if !asked {
		key = "ordlyd"
	}
	if m != nil {
		name = m.MenuLabel()
	}
	page := s.changePage(p, key, name, changesPath(p, m, asked))
	s = s.in(m)
	for _, k := range groupsOf(list) {
		var items []Item
		for _, things := range byThing(list, k) {
			items = append(items, s.thing(things))
		}
		page.section(cmp.Or(k, "model"), s.kindTitle(k, m), List{Items: items, Class: "roller"})
	}
	page.Long = len(page.Sections) > 3
	other := Link{Path: changesPath(p, m, !asked), Text: s.say(key + ".resten")}
	if slices.ContainsFunc(p.Changes, func(c release.Change) bool { return c.Model == idOf(m) && heavy(c) != asked }) {
		page.section("resten", "", Box{Type: "note", Links: []Link{other}})
	}
	return page
}

func (s scope) changePage(p Past, key, name, path string) *Page {
	page := s.page(Page{Path: path, Kind: "aendringer", KindName: s.say("nyt.slags"),
		Title:  s.say(key+".titel", "navn", name),
		Kicker: s.say("udgave.dateret", "nummer", p.Number, "dato", s.date(p.Date)), Lede: s.sentence(key + ".lede")})
	page.Changed = Stamp{Text: page.Kicker, Date: p.Date}
	page.Document = nil
	return page
}

func idOf(m *model.Model) string {
	if m == nil {
		return ""
	}
	return m.ID
}

// groupsOf lists the kinds in changes, in their order.
func groupsOf(list []release.Change) []string {
	var out []string
	for _, c := range list {
		if !slices.Contains(out, c.Kind) {
			out = append(out, c.Kind)
		}
	}
	return out
}

func (s scope) kindTitle(key string, m *model.Model) string {
	if k := model.Schema().Kind(key); k != nil {
		return k.Many
	}
	if m != nil {
		return s.say("aendringer.hele-modellen")
	}
	return s.say("nyt.hele-haandbogen")
}

// byThing divides the changes of a kind by what they are about.
func byThing(list []release.Change, kind string) [][]release.Change {
	var out [][]release.Change
	for _, c := range list {
		if c.Kind != kind {
			continue
		}
		at := slices.IndexFunc(out, func(x []release.Change) bool { return x[0].ID == c.ID })
		if at < 0 {
			at = len(out)
			out = append(out, nil)
		}
		out[at] = append(out[at], c)
	}
	return out
}

// thing is what has changed about one thing.
func (s scope) thing(list []release.Change) Item {
	c := list[0]
	out := Item{ID: c.Kind + "-" + c.ID, Title: s.linkChanged(c)}
	var why []string
	for _, c := range list {
		out.Children = append(out.Children, s.changeItem(c))
		if c.Why != "" && !slices.Contains(why, c.Why) {
			why = append(why, c.Why)
		}
	}
	for _, w := range why {
		out.Notes = append(out.Notes, s.said(w))
	}
	if len(list) == 1 && list[0].Key == "" && list[0].Point == "" { // it came or went as a whole
		whole := out.Children[0]
		whole.ID, whole.Title, whole.Notes = out.ID, out.Title, out.Notes
		return whole
	}
	return out
}

// linkChanged leads to what a change is about, if it is still there.
func (s scope) linkChanged(c release.Change) Link {
	if n := s.h.Lookup(s.model, c.Model, c.Kind, c.ID); n != nil && c.Kind != "haandbog" {
		if l := s.link(n); l.Set() {
			return l
		}
	}
	return Link{Text: c.Name}
}

// changeItem is one change: what is another, and the old words beside the new.
func (s scope) changeItem(c release.Change) Item {
	out := Item{Plain: s.labelled(c), Badges: []Badge{{"aendring", s.say("aendringer.hvad." + string(c.What))}}}
	if c.Local {
		out.Badges = append(out.Badges, s.localBadge("lokalt"))
	}
	if c.Minor {
		out.Badges = append(out.Badges, Badge{"aendring", s.say("aendringer.uvaesentlig")})
	}
	old, now := s.values(c)
	switch c.What {
	case release.Added:
		out.Meta = append(out.Meta, s.version("er-nu", s.said(now))...)
	case release.Removed:
		out.Meta = append(out.Meta, s.version("var-foer", s.said(old))...)
	default:
		a, b := s.versions(old, now)
		out.Meta = append(append(out.Meta, s.version("var-foer", a)...), s.version("er-nu", b)...)
	}
	return out
}

// labelled is what of a thing has changed: its key, and the point that has it.
func (s scope) labelled(c release.Change) string {
	label := upperFirst(strings.TrimSuffix(strings.TrimSuffix(c.Label, "bindende"), ": "))
	if label == "" {
		return s.plain(c.Text)
	}
	whole := c.Key == "" && (c.What == release.Added || c.What == release.Removed)
	if c.Text != "" && c.Key != "tekst" && c.Key != "navn" && !whole {
		return s.say("aendringer.om-punkt", "hvad", label, "punkt", s.plain(c.Text))
	}
	return label
}

// plain is Markdown without its signs.
func (s scope) plain(words string) string { return s.said(words).Plain() }

// values are what was said and what is said now.
func (s scope) values(c release.Change) (old, now string) {
	old, now = c.Old, c.New
	switch {
	case c.What == release.Moved && c.Key == "" && (c.OldNode == nil || c.Point == ""): // in its list
		return s.place(old), s.place(now)
	case c.Kind == "kadence" && c.Key == "udtryk":
		k := model.Schema().Kind(c.Kind)
		was, _ := model.Decode(k, c.OldNode).(*model.Cadence)
		is, _ := model.Decode(k, c.NewNode).(*model.Cadence)
		return Often(s.words, was), Often(s.words, is)
	}
	for _, v := range []*string{&old, &now} {
		if word := "aendringer.vaerdi." + c.Key + "-" + *v; s.words.Has(word) {
			*v = s.say(word)
		}
	}
	if old == "" && c.What != release.Added {
		old = s.say("aendringer.intet")
	}
	if now == "" && c.What != release.Removed {
		now = s.say("aendringer.intet")
	}
	return old, now
}

// place says behind what something stands.
func (s scope) place(before string) string {
	if before == "" {
		return s.say("aendringer.foerst")
	}
	return s.say("aendringer.efter", "navn", s.plain(before))
}

// version is a fact of how it was or is.
func (s scope) version(which string, t Text) []Fact {
	if t.Empty() {
		return nil
	}
	return []Fact{s.fact(Key(which), Fact{Text: t})}
}

// versions are two versions of words with those in bold that the other lacks.
func (s scope) versions(old, now string) (a, b Text) {
	var left, right strings.Builder
	for i, line := range [2]string{old, now} {
		lines := strings.Split(line, "\n")
		for j := range lines {
			lines[j] = s.plain(lines[j])
		}
		if i == 0 {
			old = strings.Join(lines, "\n")
		} else {
			now = strings.Join(lines, "\n")
		}
	}
	spans := release.MarkWords(old, now)
	shared := func(x release.Span) bool { return x.In == release.Both && strings.Contains(x.Text, " ") }
	if !slices.ContainsFunc(spans, shared) {
		return s.said(escaped(old)), s.said(escaped(now)) // nothing to tell apart
	}
	for _, span := range spans {
		words := escaped(span.Text)
		switch span.In {
		case release.Both:
			left.WriteString(words + " ")
			right.WriteString(words + " ")
		case release.OnlyOld:
			left.WriteString("**" + words + "** ")
		case release.OnlyNew:
			right.WriteString("**" + words + "** ")
		}
	}
	return s.said(strings.TrimSpace(left.String())), s.said(strings.TrimSpace(right.String()))
}

// escaped are words that Markdown reads as they stand.
func escaped(words string) string {
	var b strings.Builder
	for i, r := range words {
		if strings.ContainsRune("\\`*_[]<>#~|{}", r) || i == 0 && strings.ContainsRune("-+:!", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// roleChanges are what a release changes for each of a model's roles.
func (s scope) roleChanges(p Past, m *model.Model) []*Page {
	var out []*Page
	s = s.in(m)
	for _, r := range m.Roles() {
		if s.hidden(&r.Entity) {
			continue
		}
		var list, rest []release.Change
		for _, c := range p.Changes {
			switch {
			case c.Model != m.ID || !slices.Contains(c.Roles, r.ID):
			case heavy(c):
				list = append(list, c)
			default:
				rest = append(rest, c)
			}
		}
		if len(list)+len(rest) > 0 {
			out = append(out, s.roleChangePage(p, m, r, list, len(rest)))
		}
	}
	return out
}

func roleChangesPath(m *model.Model, r *model.Role) string {
	return changesFolder + "roller/" + m.ID + "-" + r.ID + ".html"
}

// roleChangePage is a sheet for a meeting of those who have a role: what is asked of them now.
func (s scope) roleChangePage(p Past, m *model.Model, r *model.Role, list []release.Change, rest int) *Page {
	name := cmp.Or(r.Title, lowerFirst(r.Label()))
	page := s.changePage(p, "aendringer.rolle", name, roleChangesPath(m, r))
	for _, what := range weighty {
		var items []Item
		for _, c := range list {
			if c.What == what {
				i := s.changeItem(c)
				i.Title = s.linkChanged(c)
				i.Badges = slices.DeleteFunc(i.Badges, func(b Badge) bool { return b.Kind == "aendring" })
				if k := model.Schema().Kind(c.Kind); k != nil && c.Key == "" && c.Point == "" {
					i.Plain = upperFirst(k.One)
				}
				if c.Why != "" {
					i.Notes = []Text{s.said(c.Why)}
				}
				items = append(items, i)
			}
		}
		page.section(string(what), s.say("aendringer.hvad."+string(what)), List{Items: items, Class: "liste"})
	}
	if len(page.Sections) == 0 {
		page.section("intet", "", Prose{Text: s.sentence("aendringer.kun-ord")})
	}
	document := *page
	document.Sheet = &Sheet{Type: "aendringer", Subtitle: m.MenuLabel(), Base: m.ID + "-" + r.ID + "-" + p.Number}
	document.Forms, document.Crumbs = nil, nil
	page.Document = &document
	page.Forms = []Form{{Name: s.say("aendringer.hent"), File: true,
		Link: Link{Path: strings.TrimSuffix(page.Path, ".html") + ".docx", Text: s.say("aendringer.hent")}}}
	page.Sections = slices.Clone(page.Sections)
	more := []Link{{Path: changesPath(p, m, true), Text: s.say("aendringer.i-modellen", "model", m.MenuLabel())}}
	if rest > 0 {
		more = append(more, Link{Path: changesPath(p, m, false), Text: s.count("ordlyd", rest)})
	}
	page.section("mere", s.say("aendringer.mere"), Box{Type: "note", Links: more})
	page.relate(s.say("aendringer.rollen"), []Link{s.link(r)})
	page.Long = len(page.Sections) > 3
	return page
}

// changeLinks lead from the news to what a release changed: a model at a time, and for the
// newest release role by role.
func (s scope) changeLinks(pages []*Page, number string) []Item {
	var out []Item
	for i, p := range s.opt.Past {
		if p.Number != number {
			continue
		}
		for _, id := range changedModels(p.Changes) {
			m := s.h.ModelByID(id)
			if id != "" && m == nil {
				continue
			}
			out = append(out, s.changeLink(pages, p, m, i == 0))
		}
	}
	return out
}

func (s scope) changeLink(pages []*Page, p Past, m *model.Model, newest bool) Item {
	counts := map[bool]int{}
	for _, c := range p.Changes {
		if c.Model == idOf(m) {
			counts[heavy(c)]++
		}
	}
	title := s.say("aendringer.faelles")
	if m != nil {
		title = m.MenuLabel()
	}
	out := Item{Title: Link{Text: title}}
	for _, asked := range []bool{true, false} {
		key := "aendring"
		if !asked {
			key = "ordlyd"
		}
		if counts[asked] > 0 {
			out.Meta = append(out.Meta, Fact{Links: []Link{{Path: changesPath(p, m, asked), Text: s.count(key, counts[asked])}}})
		}
	}
	if !newest || m == nil {
		return out
	}
	var roles []Link
	for _, r := range m.Roles() {
		if slices.ContainsFunc(pages, func(p *Page) bool { return p.Path == roleChangesPath(m, r) }) {
			roles = append(roles, Link{Path: roleChangesPath(m, r), Text: r.Label()})
		}
	}
	if len(roles) > 0 {
		out.Meta = append(out.Meta, s.fact("for-rollen", Fact{Links: roles}))
	}
	return out
}

// lastChange is the release that last changed a thing, and where that is told.
func (s scope) lastChange(e *model.Entity) (Stamp, bool) {
	if len(s.opt.Past) == 0 {
		return Stamp{}, false
	}
	r, _ := s.h.Lookup(e.Model, modelOf(e), e.Kind, e.ID).(*model.Role)
	for i, p := range s.opt.Past {
		var best *release.Change
		for i, c := range p.Changes {
			if c.Kind == e.Kind && c.ID == e.ID && c.Model == modelOf(e) && (best == nil || heavy(c)) {
				best = &p.Changes[i]
				if heavy(c) {
					break
				}
			}
		}
		out := s.pastStamp(p)
		asked := func(c release.Change) bool {
			return c.Model == modelOf(e) && heavy(c) && slices.Contains(c.Roles, e.ID)
		}
		if r != nil && slices.ContainsFunc(p.Changes, asked) {
			out.Link = Link{Path: roleChangesPath(e.Model, r), Text: s.say("aendringer.se-hvad", "nummer", p.Number)}
			if i > 0 { // the page is the newest release's
				out.Link.Path = changesPath(p, e.Model, true)
			}
			return out, true
		}
		if best == nil {
			continue
		}
		out.Link = Link{Path: changesPath(p, s.h.ModelByID(best.Model), heavy(*best)), Anchor: e.Kind + "-" + e.ID,
			Text: s.say("aendringer.se-hvad", "nummer", p.Number)}
		return out, true
	}
	return s.pastStamp(s.opt.Past[len(s.opt.Past)-1]), true
}

func (s scope) pastStamp(p Past) Stamp {
	return Stamp{Text: s.say("udgave.dateret", "nummer", p.Number, "dato", s.date(p.Date)), Date: p.Date}
}

func modelOf(e *model.Entity) string {
	if e.Model == nil {
		return ""
	}
	return e.Model.ID
}
