package book

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/release"
)

// What a release asks of those who have a role.

// roleChanges are what a release changes for each of a model's roles.
func (s scope) roleChanges(p Past, m *model.Model, names [sha256.Size]byte) []*Page {
	var out []*Page
	s = s.in(m)
	for _, r := range m.Roles() {
		if s.hidden(&r.Entity) {
			continue
		}
		var list, own, rest []release.Change
		for _, c := range slices.Concat(p.Changes, s.ownSince()) {
			switch {
			case c.Model != m.ID || !slices.Contains(c.Roles, r.ID):
			case heavy(c) && c.Local:
				own = append(own, c)
			case heavy(c):
				list = append(list, c)
			default:
				rest = append(rest, c)
			}
		}
		if len(list)+len(own)+len(rest) > 0 {
			out = append(out, s.roleChangePage(p, m, r, list, own, len(rest), names))
		}
	}
	return out
}

func roleChangesPath(m *model.Model, r *model.Role) string {
	return changesFolder + "roller/" + m.ID + "-" + r.ID + ".html"
}

// roleChangePage is a sheet for a meeting of those who have a role: what is asked of them now.
func (s scope) roleChangePage(p Past, m *model.Model, r *model.Role, list, own []release.Change, rest int,
	names [sha256.Size]byte) *Page {
	name := cmp.Or(r.Title, lowerFirst(r.Label()))
	page := s.changePage(p, "aendringer.rolle", name, roleChangesPath(m, r))
	if len(list) > 0 {
		page.Sections = s.texts.told(toldKey{&p.Changes[0], m.ID, "rolle:" + r.ID, names, s.words}, func() []Section {
			told := &Page{}
			for _, what := range weighty {
				var items []Item
				for _, c := range list {
					if c.What == what {
						items = append(items, s.asked(c))
					}
				}
				told.section(string(what), s.say("aendringer.hvad."+string(what)), List{Items: items, Class: "liste"})
			}
			return slices.Clip(told.Sections)
		})
	}
	var items []Item
	for _, c := range own {
		item := s.asked(c)
		item.Badges = append([]Badge{{"aendring", s.say("aendringer.hvad." + string(c.What))}}, item.Badges...)
		items = append(items, item)
	}
	page.section("kommunens-egne", s.say("lokalt.historik-rolle"), List{Items: items, Class: "liste"})
	if len(page.Sections) == 0 {
		page.section("intet", "", Prose{Text: s.sentence("aendringer.kun-ord")})
	}
	document := *page
	document.Sheet = &Sheet{Type: "aendringer", Subtitle: m.MenuLabel(), Base: m.ID + "-" + r.ID + "-" + p.Number}
	document.Forms, document.Crumbs = nil, nil
	document.Lede = s.sentence("aendringer.rolle.lede-word") // which has no bold
	page.Feed = s.feedLink(r)
	page.Document = &document
	page.Forms = []Form{{Name: s.say("aendringer.hent"), File: true,
		Link: Link{Path: strings.TrimSuffix(page.Path, ".html") + ".docx", Text: s.say("aendringer.hent")}}}
	page.Sections = slices.Clone(page.Sections)
	more := []Link{{Path: changesPath(p, m, true), Text: s.say("aendringer.i-modellen", "model", m.MenuLabel())}}
	if rest > 0 {
		more = append(more, Link{Path: changesPath(p, m, false), Text: s.count("ordlyd", rest)})
	}
	more = append(more, page.Feed)
	page.section("mere", s.say("aendringer.mere"), Box{Type: "note", Links: more})
	page.relate(s.say("aendringer.rollen"), []Link{s.link(r)})
	page.Long = len(page.Sections) > 3
	return page
}

// asked is a change under the heading that says what it is.
func (s scope) asked(c release.Change) Item {
	i := s.changeItem(c)
	i.Title = s.linkChanged(c)
	i.Badges = slices.DeleteFunc(i.Badges, func(b Badge) bool { return b.Kind == "aendring" })
	if k := s.h.Schema().Kind(c.Kind); k != nil && c.Key == "" && c.Point == "" {
		i.Plain = upperFirst(s.one(k))
	}
	if c.Why != "" {
		i.Notes = []Text{s.said(c.Why)}
	}
	return i
}
