package book

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/release"
)

// Past is a frozen release, with what it changed.
type Past struct {
	*release.Release
	Changes []release.Change // since the one before
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
	if len(s.opt.Past) == 0 {
		return nil
	}
	names := s.names()
	for i, p := range s.opt.Past {
		for _, id := range changedModels(p.Changes) {
			m := s.h.ModelByID(id)
			if id != "" && m == nil {
				continue // new and gone, or not of this edition
			}
			out = append(out, s.modelChanges(p, m, true, names), s.modelChanges(p, m, false, names))
		}
		if i > 0 {
			continue
		}
		for _, m := range s.h.Models {
			out = append(out, s.roleChanges(p, m, names)...)
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

// names is a sum of all that changes are told with besides what was frozen: what things
// are called and where they are.
func (s scope) names() [sha256.Size]byte {
	h := sha256.New()
	write := func(m *model.Model, list []model.Named) {
		in := s.in(m)
		for _, n := range list {
			fmt.Fprintf(h, "%s:%s %q\n", n.Base().Kind, n.Base().ID, in.link(n))
		}
	}
	for _, m := range s.h.Models {
		fmt.Fprintf(h, "%s %q\n", m.ID, m.MenuLabel())
		write(m, m.All())
	}
	write(nil, s.h.AllShared())
	return [sha256.Size]byte(h.Sum(nil))
}

// modelChanges tells what a release changed in a model, thing by thing: what asks
// something else of somebody, or the rest. What is frozen is told once for equal names.
func (s scope) modelChanges(p Past, m *model.Model, asked bool, names [sha256.Size]byte) *Page {
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
	page.Sections = s.texts.told(toldKey{&p.Changes[0], idOf(m), changesPath(p, m, asked), names, s.words}, func() []Section {
		told := &Page{}
		for _, k := range groupsOf(list) {
			var items []Item
			for _, things := range byThing(list, k) {
				items = append(items, s.thing(things))
			}
			told.section(cmp.Or(k, "model"), s.kindTitle(k, m), List{Items: items, Class: "roller"})
		}
		return slices.Clip(told.Sections)
	})
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
	if k := s.h.Schema().Kind(key); k != nil {
		return s.many(k)
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

// changeLinks lead from the news to what a release changed: a model at a time, and for the
// newest release role by role.
func (s scope) changeLinks(pages []*Page, number string) []Item {
	var out []Item
	for i, p := range s.opt.Past {
		if p.Number != number {
			continue
		}
		changes := p.Changes
		if i == 0 {
			changes = slices.Concat(changes, s.ownSince())
		}
		for _, id := range changedModels(changes) {
			m := s.h.ModelByID(id)
			if id != "" && m == nil {
				continue
			}
			if item := s.changeLink(pages, p, m, i == 0); len(item.Meta) > 0 {
				out = append(out, item)
			}
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
