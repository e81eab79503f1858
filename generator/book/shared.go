package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
)

// across is the group of what belongs to no single model.
const across = "paa-tvaers"

// sharedPages plans what belongs to no single model, with its entry in the
// navigation. b has the models' pages.
func (s scope) sharedPages(b *Book) part {
	changed := s.changePages()
	// Each gives pages that stand together: one in the menu, then those below it.
	plans := []func(s scope) [][]*Page{
		func(s scope) [][]*Page { return s.finders(b) },
		one(func(s scope) *Page { return s.compare(b) }), one(scope.themes),
		several(func(s scope) []*Page { return s.packs(b) }), one(scope.year),
		one(scope.terms), one(scope.actors), one(scope.sources), one(scope.laws),
		scope.localPages, one(func(s scope) *Page { return s.news(changed) }), one(scope.pastPage), one(scope.about), one(scope.index),
		one(scope.reviewPage),
	}
	type planned struct {
		groups [][]*Page
		found  *findings
	}
	out := part{found: &findings{}}
	nav := NavItem{ID: across, Link: Link{Text: s.say("gruppe." + across)}}
	for _, done := range inParallel(len(plans), func(i int) planned {
		s := s.apart()
		return planned{plans[i](s), s.found}
	}) {
		out.found.add(done.found)
		for _, pages := range done.groups {
			out.pages = append(out.pages, pages...)
			nav.Children = append(nav.Children, s.entry(pages))
		}
	}
	summarize(out.pages, s.head.Title)
	out.pages = append(append(out.pages, changed...), s.searchPage(), s.lostPage(out.pages))
	out.nav = []NavItem{nav}
	return out
}

// entry ties pages that stand together to the first of them, and gives the first
// one's entry in the navigation.
func (s scope) entry(pages []*Page) NavItem {
	first := pages[0]
	entry := NavItem{Link: Link{Path: first.Path, Text: cmp.Or(first.KindName, first.Title)}}
	for _, page := range pages {
		page.Section = first.Path
		page.Crumbs = []Link{s.home()}
		if page != first {
			page.Crumbs = append(page.Crumbs, Link{Path: first.Path, Text: first.KindName})
			entry.Children = append(entry.Children, NavItem{Link: Link{Path: page.Path, Text: page.Title}})
		}
	}
	return entry
}

// home leads to the front page.
func (e *edition) home() Link { return Link{Path: "index.html", Text: e.say("forside.slags")} }

// one is a plan of a page that stands alone, if there is anything to put on it.
func one(plan func(scope) *Page) func(scope) [][]*Page {
	return func(s scope) [][]*Page {
		if page := plan(s); page != nil {
			return [][]*Page{{page}}
		}
		return nil
	}
}

// several is a plan of a page and those below it, or of none.
func several(plan func(scope) []*Page) func(scope) [][]*Page {
	return func(s scope) [][]*Page {
		if pages := plan(s); len(pages) > 0 {
			return [][]*Page{pages}
		}
		return nil
	}
}

// sharedPage begins a page whose name and lede stand under a key.
func (s scope) sharedPage(key, path, kind string) *Page {
	page := s.page(Page{Path: path, Kind: kind, KindName: s.say(key + ".slags"), Title: s.say(key + ".titel"),
		Aliases: s.list(key + ".alias")})
	if s.words.Has(key + ".over") {
		page.Kicker = s.say(key + ".over")
	}
	if s.words.Has(key + ".lede") {
		page.Lede = s.sentence(key + ".lede")
	}
	return page
}

func (s scope) searchPage() *Page {
	page := s.sharedPage("soeg", "soeg.html", "soeg")
	page.Crumbs, page.NoIndex = []Link{s.home()}, true
	page.Changed = Stamp{} // an answer is as old as the page it leads to
	page.section("", "", Search{Results: true})
	return page
}

// lostPage is what is shown for an address that leads nowhere: pages like it, and the ways
// from the front page.
func (s scope) lostPage(shared []*Page) *Page {
	page := s.sharedPage("ikke-fundet", "404.html", "fejl404")
	page.NoIndex, page.Changed = true, Stamp{}
	ways := []Link{{Path: "index.html", Text: s.say("ikke-fundet.forsiden")}}
	for _, p := range shared {
		if p.Kind == "find" {
			ways = append(ways, Link{Path: p.Path, Text: p.Title})
		}
	}
	ways = append(ways, Link{Path: "indeks.html", Text: s.say("indeks.titel")},
		Link{Path: "soeg.html", Text: s.say("ikke-fundet.soeg")})
	page.section("", "", Search{Address: true}, Box{Type: "note", Title: s.say("ikke-fundet.find-vej"), Links: ways})
	return page
}

// finders are the pages behind the front page's four tasks: all phases, all
// meetings, all checklists and all roles, model by model.
func (s scope) finders(b *Book) [][]*Page {
	var out [][]*Page
	for _, f := range []struct {
		key, path string
		folders   []string
	}{
		{"find.forloeb", "forloeb.html", []string{"faser", "trin"}},
		{"find.moeder", "moeder.html", []string{"moeder"}},
		{"find.tjeklister", "tjeklister.html", []string{"tjeklister"}},
		{"find.roller", "roller.html", []string{"roller"}},
	} {
		page := s.sharedPage(f.key, f.path, "find")
		page.Summary, page.names = page.Lede.Plain(), s.list(f.key+".navne")
		for _, m := range s.h.Models {
			for _, folder := range f.folders {
				if list := b.byPath[m.ID+"/"+folder+"/index.html"]; list != nil {
					page.section(m.ID+"-"+folder, m.MenuLabel(), Cards{s.finderCards(b, m, list)})
				}
			}
		}
		page.Long = len(page.Sections) > 1 // leads to the reader's model
		if len(page.Sections) > 0 {
			out = append(out, []*Page{page})
		}
	}
	return out
}

// finderCards lead to the pages of a section that a reader chooses from.
func (s scope) finderCards(b *Book, m *model.Model, list *Page) []Card {
	var cards []Card
	for _, x := range b.Pages {
		sheet := x.Kind == "moedeark"
		if x == list || x.Kind == "indbydelse" || x.Section != list.Path && !(sheet && x.Model == m.ID && list.Kind == "liste-tjeklister") ||
			sheet && list.Kind != "liste-tjeklister" {
			continue
		}
		card := Card{Link: Link{Path: x.Path, Text: cmp.Or(x.menu, x.Title)}, Badges: x.Badges}
		if x.Kind != "rolle" { // whose name says enough
			card.Plain = x.Lede.Plain()
		}
		if x.Kind == "fase" || x.Kind == "trin" || list.Kind == "liste-tjeklister" {
			card.Kicker = x.Kicker
		}
		cards = append(cards, card)
	}
	text := s.say("find.i-model", "oversigt", list.Title, "model", m.MenuLabel())
	return append(cards, Card{Link: Link{Path: list.Path, Text: text}, Plain: list.Summary})
}

// year plans the edition's year: the cadences of all models as a figure.
func (s scope) year() *Page {
	page := s.sharedPage("aarshjul", "aarshjul.html", "aarshjul")
	for _, m := range s.h.Models {
		if d := s.in(m).yearDrawing(m); d != nil {
			d.ID += "-" + m.ID
			page.section("model-"+m.ID, m.MenuLabel(), *d)
		}
	}
	if len(page.Sections) == 0 {
		return nil
	}
	return page
}

func (s scope) news(changed []*Page) *Page {
	if len(s.h.Releases()) == 0 {
		return nil
	}
	page := s.sharedPage("nyt", "nyt.html", "nyt")
	if len(s.ownSince()) > 0 {
		page.section("kommunens-egne", "", Box{Type: "note", Plain: s.say("lokalt.historik-nyt"), Links: []Link{{Path: localPath,
			Anchor: historyAnchor(s.opt.Own[0]), Text: s.say("lokalt.historik-rolle")}}})
	}
	for _, e := range s.h.Releases() {
		var items []Item
		for _, c := range e.Changes.Items {
			m := s.h.ModelByID(c.Model)
			if c.Model != "" && m == nil {
				continue
			}
			s := s.in(m)
			i := Item{Pos: c.At.Pos(), Title: Link{Text: s.say("nyt.hele-haandbogen")}, Text: s.text(c.Text)}
			if m != nil {
				i.Title = s.modelLink(m)
			}
			for _, r := range c.Refs {
				if n := s.h.Lookup(m, r.Model, r.Kind, r.ID); n != nil {
					i.Meta = append(i.Meta, s.fact("se", Fact{Links: []Link{s.link(n)}, Badges: s.rowBadges(n.Base())}))
				}
			}
			items = append(items, i)
		}
		page.section(anchor(&e.Entity), s.stamp(e).Text, Prose{Text: s.text(e.Body)}, List{Items: items, Class: "liste"},
			List{Items: s.changeLinks(changed, e.Number), Class: "liste"})
	}
	feeds := []Link{{Path: "nyt.xml", Text: s.say("nyt.atom")}}
	for _, f := range s.feeds() {
		if f.Role == "" {
			feeds = append(feeds, Link{Path: f.Path, Text: f.Title})
		}
	}
	s.add(page, "nyt.abonner", Box{Type: "note", Plain: s.say("nyt.nyhedslaeser"),
		Links: feeds})
	return page
}

func (s scope) about() *Page {
	page := s.sharedPage("om", "om.html", "om")
	page.Lede = s.text(s.h.Info.Text)
	var items, marks, data []Item
	for _, t := range s.h.Info.About {
		items = append(items, Item{Text: s.text(t)})
	}
	s.add(page, "om.saadan", List{Items: items, Class: "afsnit"})
	for _, kind := range []string{"krav", "anbefaling", "eksempel", "udledt", "facet", "aaben", "naevnt", "foraeldet"} {
		marks = append(marks, Item{Badges: []Badge{{kind, s.say("maerke." + kind)}}, Text: s.sentence("om.maerke." + kind)})
	}
	marks = append(marks, Item{Text: s.sentence("om.uden-maerke")})
	marks = append(marks, Item{Badges: []Badge{s.localBadge("lokalt")}, Text: s.sentence("om.maerke.lokal")},
		Item{Text: s.sentence("om.figurer")})
	s.add(page, "om.maerker", List{Class: "liste", Items: marks})
	for _, m := range s.h.Models {
		data = append(data, Item{Title: Link{Path: "data/" + m.ID + ".json", Text: s.say("om.som-json", "model", m.Label())}})
	}
	s.add(page, "om.data", Prose{Text: s.sentence("om.data-tekst")}, List{Items: data})
	return page
}

// index lists everything with a name, and every alias, from A to Å.
func (s scope) index() *Page {
	page := s.sharedPage("indeks", "indeks.html", "indeks")
	page.NoIndex = true
	var entries []Entry
	add := func(n model.Named, note string) {
		e := n.Base()
		l := s.link(n)
		if !l.Set() || l.Text == "" || s.hidden(e) {
			return
		}
		entries = append(entries, Entry{Link: l, Note: note})
		for _, a := range aliases(e) {
			if !strings.EqualFold(a, l.Text) {
				entries = append(entries, Entry{Link: Link{Path: l.Path, Anchor: l.Anchor, Text: a},
					Note: s.say("indeks.se", "navn", l.Text)})
			}
		}
	}
	for _, m := range s.h.Models {
		add(m, s.say("indeks.model"))
		for _, n := range m.All() {
			if k := n.Base().Descriptor(); !k.Unlisted {
				add(n, s.say("indeks.i-model", "slags", s.in(m).one(k), "model", m.MenuLabel()))
			}
		}
	}
	for _, n := range sharedThings(s.h) {
		add(n, s.one(n.Base().Descriptor()))
	}
	for _, e := range s.editionEntries(s.editions()) {
		e.Note = cmp.Or(e.Note, s.say("indeks.kommunens-udgave"))
		entries = append(entries, e)
	}
	sortDanish(s.edition, entries, func(e Entry) string { return e.Link.Text + "\x00" + e.Note })
	page.section("", "", byLetter(slices.Compact(entries)))
	return page
}
