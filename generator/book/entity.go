package book

import (
	"slices"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// section is one part of a model: a list page and, for some kinds, a page for
// each entity. A section without entities does not exist.
type section struct {
	kind   *schema.Kind
	folder string // from the edition's root, "laeringsmiljoe/faser/"
	title  string
	lede   Text
	build  func(s scope, sec section) []*Page // the list page first
}

// listPage makes a section's own page.
func (s scope) listPage(sec section, kind string) *Page {
	return s.page(Page{Path: sec.folder + "index.html", Kind: kind, KindName: s.say("side.oversigt"), Title: sec.title,
		Kicker: s.model.MenuLabel(), Lede: sec.lede, Summary: sec.lede.Plain(), Changed: s.changed(s.model), Weight: -1,
		about: []string{sec.kind.Key}})
}

// entityPage makes the page of one entity with what all kinds have in common.
func (s scope) entityPage(n model.Named, folder string) *Page {
	e := n.Base()
	k := e.Descriptor()
	page := s.page(Page{Path: folder + e.ID + ".html", Kind: e.Kind, KindName: upperFirst(s.one(k)),
		Kicker: upperFirst(s.one(k)), Title: e.Label(), menu: e.MenuLabel(), Lede: s.text(e.Short),
		Badges: s.entityBadges(e), Aliases: aliases(e), Cites: s.cites(e.Cites), Changed: s.changed(n), Pos: e.At.Pos()})
	page.about, page.derived = []string{e.Kind}, s.ofPage(e)
	box := func(kind, key, text string, texts ...Text) Block {
		return Box{Type: kind, Title: s.say(key, "kommune", s.head.Name), Plain: text, Texts: texts}
	}
	if e.Local.Name != "" {
		page.Badges = append(page.Badges, s.localBadge("navn"))
		page.behind = append(page.behind, box("lokalt", "maerke.lokal.navn", s.say("emne.nationalt-navn", "navn", e.Name)))
	}
	if e.Local.Omit {
		page.Badges = append(page.Badges, s.localBadge("udeladt"))
		page.section("", "", box("lokalt", "emne.udeladt", "", s.text(e.Local.Reason)))
	}
	if e.Basis == model.NamedOnly {
		page.behind = append(page.behind, box("naevnt", "emne.naevnt", s.say("emne.naevnt-tekst")))
	}
	if own := s.editorsOwn(e); own != nil {
		page.behind = append(page.behind, own)
	}
	if !e.Caveat.Empty() {
		page.section("", "", box("forbehold", "emne.forbehold", "", s.text(e.Caveat)))
	}
	return page
}

// editorsOwn says of what the editors have put together that the source doesn't.
func (s scope) editorsOwn(e *model.Entity) Block {
	if e.Basis != model.Inferred {
		return nil
	}
	return Box{Type: "naevnt", Title: s.say("emne.udledt"), Plain: s.say("emne.udledt-tekst")}
}

// add puts a section on a page under the words of a key, whose last part is the
// section's anchor.
func (s scope) add(page *Page, key string, blocks ...Block) {
	page.section(lastPart(key), s.say(key), blocks...)
}

// number says which of the model's things of a kind a page is about: "Fase 2 af 4".
func (s scope) number(page *Page, kind string, n, of int) {
	page.Numbered = s.say(kind+".nummer", "nummer", n)
	page.Kicker = s.say(kind+".nummer-af", "nummer", n, "antal", of)
}

// ownPractice is the section with a municipality's own guidance.
func (s scope) ownPractice(g Text) Section {
	return Section{ID: "saadan-goer-vi", Title: s.ownPracticeTitle(), Level: 2, Local: true, Pos: g.Pos,
		Blocks: []Block{Prose{Text: g, Shift: 1, Prefix: "lokal-"}}}
}

// ownPracticeItem is the same where there is no page.
func (s scope) ownPracticeItem(g Text) Item {
	return Item{Title: Link{Text: s.ownPracticeTitle()}, More: []Text{g}, Local: true, Pos: g.Pos}
}

func (s scope) ownPracticeTitle() string { return s.say("emne.saadan-goer-vi", "kommune", s.head.Name) }

// addGuidance adds an entity's guidance, the municipality's own after it.
func (s scope) addGuidance(page *Page, key string, e *model.Entity) {
	page.section("vejledning", s.say(key), Prose{Text: s.guideFor(e), Shift: 1})
	if g := s.localGuideFor(e); !g.Empty() {
		page.Sections = append(page.Sections, s.ownPractice(g))
	}
}

// notes are the editors' notes in a box, or nil.
func (s scope) notes(list []model.Text) Block {
	if len(list) == 0 {
		return nil
	}
	return Box{Type: "noter", Title: s.say("emne.redaktionens-noter"), Texts: s.textList(list)}
}

// changed tells which release last changed an entity, or its whole model.
func (s scope) changed(n model.Named) Stamp {
	e := n.Base()
	if stamp, ok := s.lastChange(e); ok {
		return stamp
	}
	id := ""
	if e.Model != nil {
		id = e.Model.ID
	}
	about := func(c *model.Change) bool {
		if len(c.Refs) == 0 {
			return c.Model == "" || c.Model == id
		}
		return slices.ContainsFunc(c.Refs, func(r model.AnyRef) bool {
			return r.To != nil && r.Kind == e.Kind && r.ID == e.ID && (r.Model == "" || r.Model == id)
		})
	}
	for i, ed := range s.h.Releases() {
		if slices.ContainsFunc(ed.Changes.Items, about) || i == len(s.h.Releases())-1 {
			return s.stamp(ed)
		}
	}
	return Stamp{}
}

// mentionsIn tells which of the model's things name another in their guidance or
// their text.
func (s scope) mentionsIn() map[model.Named][]model.Named {
	out := map[model.Named][]model.Named{}
	for _, n := range s.model.All() {
		e := n.Base()
		if s.hidden(e) {
			continue
		}
		for _, t := range []Text{s.guideFor(e), s.localGuideFor(e), s.text(e.Body), s.text(e.Short)} {
			if t.Empty() {
				continue
			}
			for _, ref := range t.Doc.References() {
				to := s.h.Lookup(s.model, ref.Ref.Model, ref.Ref.Kind, ref.Ref.ID)
				if to != nil && to.Base() != e && !slices.Contains(out[to], n) {
					out[to] = append(out[to], n)
				}
			}
		}
	}
	return out
}

// mentionedBy are the pages whose subject names n.
func (s scope) mentionedBy(n model.Named) []Link {
	var out []Link
	for _, m := range s.mentions[n] {
		if l := s.link(m); l.Anchor == "" {
			out = append(out, l)
		}
	}
	return out
}

// overviewOf is a list that leads on to pages.
func overviewOf(items []Item) List { return List{Items: items, Class: "oversigt"} }

// prerequisitesWhere lists the prerequisites that keep accepts.
func (s scope) prerequisitesWhere(keep func(*model.Prerequisite) bool) List {
	var items []Item
	for _, f := range visible(s, s.model.Prerequisites()) {
		if keep(f) {
			items = append(items, s.byName(f))
		}
	}
	return overviewOf(items)
}
