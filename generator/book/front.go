package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// frontPage asks what the reader is here to do, then shows the models. b has all
// other pages.
func (s scope) frontPage(b *Book) *Page {
	page := s.page(Page{Path: "index.html", Kind: "forside", KindName: s.say("forside.slags"), Title: s.h.Title,
		Section: "index.html", NoIndex: true})
	if s.h.Info.Subtitle != "" {
		doc, _ := s.texts.parse(page.Pos, s.h.Info.Subtitle)
		page.Lede = Text{Doc: doc}
	}
	hero := Hero{Title: s.h.Title, Text: s.text(s.h.Info.Text)}
	if nat := s.opt.National; nat != nil && len(s.h.Models) < len(nat.Handbook.Models) { // the text is about them all
		var names []string
		for _, m := range s.h.Models {
			names = append(names, m.Label())
		}
		hero.Text = s.sentence("forside.nogle-modeller", "kommune", s.head.Name, "modeller", s.and(names))
	}
	for _, t := range []struct{ key, path, icon string }{
		{"find.moeder", "moeder.html", "moede"}, {"find.forloeb", "forloeb.html", "fase"},
		{"find.roller", "roller.html", "rolle"}, {"find.tjeklister", "tjeklister.html", "tjekliste"},
	} {
		if b.byPath[t.path] != nil {
			hero.Tasks = append(hero.Tasks, Card{Link: Link{Path: t.path, Text: s.say(t.key + ".opgave")},
				Plain: s.say(t.key + ".opgave-tekst"), Icon: t.icon})
		}
	}
	if len(b.Editions) > 0 {
		hero.More = Link{Path: page.Path, Anchor: "find-din-kommune", Text: s.say("forside.din-kommune")}
	}
	if open := b.byPath[openPath]; open != nil {
		hero.More = Link{Path: openPath, Text: s.words.Count("forside.naeste", questions(open))}
	}
	page.section("", "", hero)
	if s.h.Municipal != nil {
		page.section("hos-os", s.say("forside.hos-os"), Cards{s.frontCards(b, localPath, openPath)})
	}
	var cards []Card
	for _, m := range s.h.Models {
		cards = append(cards, Card{Link: Link{Path: m.ID + "/index.html", Text: m.Label()}, Text: s.text(m.Short),
			Kicker: s.modelType(m) + prefixIf(" · ", s.period(m.Period.From, m.Period.To)), Face: b.byPath[m.ID+"/index.html"].Face})
	}
	s.add(page, "forside.modeller", Cards{cards})
	s.partPlayed(page)
	page.section("paa-tvaers", s.say("gruppe.paa-tvaers"), Cards{s.frontCards(b, "sammenlign.html", "faelles.html",
		"begreber/index.html", "love/index.html", "aarshjul.html", "pakker/index.html", "indeks.html", "nyt.html")})
	s.municipalities(page, b.Editions)
	return page
}

// questions is how many a page has under the names of whom they concern.
func questions(page *Page) int {
	n := 0
	for _, sec := range page.Sections {
		for _, b := range sec.Blocks {
			if list, ok := b.(List); ok {
				for _, group := range list.Items {
					n += len(group.Children)
				}
			}
		}
	}
	return n
}

// frontCards lead to those of some pages that there are.
func (s scope) frontCards(b *Book, paths ...string) []Card {
	var out []Card
	for _, path := range paths {
		if x := b.byPath[path]; x != nil {
			out = append(out, Card{Link: Link{Path: path, Text: cmp.Or(x.KindName, x.Title)}, Plain: x.Lede.Plain()})
		}
	}
	return out
}

// partPlayed says which models the municipality took part in, from the actors.
func (s scope) partPlayed(page *Page) {
	if s.h.Municipal == nil {
		return
	}
	var items []Item
	for _, a := range s.h.Actors() {
		if a.Municipality == s.h.Municipal.ID {
			items = append(items, s.involvement(a, false)...)
		}
	}
	page.section("deltog", s.say("forside.deltog", "kommune", s.head.Name), List{Items: items, Class: "liste"})
}

// editions are the municipalities whose editions the national one leads to.
func (s scope) editions() []*model.Municipality {
	if s.h.Municipal != nil {
		return nil
	}
	var list []*model.Municipality
	for _, m := range s.h.Register() {
		if s.opt.Editions == nil || slices.Contains(s.opt.Editions, m.ID) {
			list = append(list, m)
		}
	}
	sortDanish(s.edition, list, func(m *model.Municipality) string { return m.Name })
	return list
}

// municipalities lists the municipalities' editions by region and from A to Å, also
// by the other names that people know them by.
func (s scope) municipalities(page *Page, list []*model.Municipality) {
	if len(list) == 0 {
		return
	}
	entries := s.editionEntries(list)
	sortDanish(s.edition, entries, func(e Entry) string { return e.Link.Text })
	s.add(page, "forside.find-din-kommune", byLetter(entries))
	s.add(page, "forside.efter-region", List{Items: s.regions(list), Class: "ark"})
}

func (s scope) editionEntries(list []*model.Municipality) []Entry {
	var entries []Entry
	for _, m := range list {
		link := s.municipalityLink(m)
		entries = append(entries, Entry{Link: link})
		for _, a := range m.Alias {
			if source.Slug(a) != source.Slug(m.Name) {
				entries = append(entries, Entry{Link: Link{Path: link.Path, Text: a}, Note: s.say("indeks.se", "navn", m.Name)})
			}
		}
	}
	return entries
}

func (s scope) municipalityLink(m *model.Municipality) Link {
	link := Link{Path: "kommuner/" + m.ID + "/index.html", Text: m.Name}
	if m.Fictional {
		link.Text = s.say("forside.opdigtet", "kommune", m.Name)
	}
	return link
}

// regions lists municipalities by the region that they belong to on the edition's
// date, and says what a region becomes when that is the same for all of it.
func (s scope) regions(list []*model.Municipality) []Item {
	type region struct {
		name  string
		next  model.RegionSpan
		links []Link
	}
	var regions []*region
	for _, m := range list {
		name := s.region(m)
		if name == "" {
			continue
		}
		next := s.comingRegion(m)
		i := slices.IndexFunc(regions, func(r *region) bool { return r.name == name })
		if i < 0 {
			i = len(regions)
			regions = append(regions, &region{name: name, next: next})
		}
		r := regions[i]
		if r.next.Name != next.Name || r.next.From != next.From {
			r.next = model.RegionSpan{}
		}
		r.links = append(r.links, s.municipalityLink(m))
	}
	sortDanish(s.edition, regions, func(r *region) string { return r.name })
	var out []Item
	for _, r := range regions {
		i := Item{Title: Link{Text: r.name}}
		if r.next.Name != "" {
			i.Meta = append(i.Meta, Fact{Label: s.say("forside.fra-dato", "dato", s.date(r.next.From)), Plain: r.next.Name})
		}
		i.Meta = append(i.Meta, s.fact("kommuner", Fact{Links: r.links}))
		out = append(out, i)
	}
	return out
}

// region is the region that a municipality belongs to on the edition's date.
func (s scope) region(m *model.Municipality) string {
	name, from := "", ""
	for _, r := range m.Regions.Items {
		if (r.From == "" || r.From <= s.head.Date) && r.From >= from {
			name, from = r.Name, r.From
		}
	}
	return name
}

// comingRegion is the next region that the municipality will belong to after
// the edition's date, or nothing.
func (s scope) comingRegion(m *model.Municipality) model.RegionSpan {
	var next model.RegionSpan
	for _, r := range m.Regions.Items {
		if r.From > s.head.Date && (next.From == "" || r.From < next.From) {
			next = *r
		}
	}
	return next
}
