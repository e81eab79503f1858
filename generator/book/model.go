package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/model"
)

func stairsTitle(m *model.Model) string {
	for _, f := range m.Figures() {
		if f.Type == "trappe" {
			return f.Label()
		}
	}
	return ""
}

// areasTitle names the areas by what the author calls them, or "".
func (s scope) areasTitle() string {
	areas := s.model.Areas()
	if len(areas) == 1 && areas[0].Type == areas[0].Name {
		return "" // two pages of the same name can't be told apart
	}
	var types []string
	for _, a := range areas {
		if a.Type != "" && !slices.Contains(types, a.Type) {
			types = append(types, a.Type)
		}
	}
	if last := len(types) - 1; last > 0 {
		types[last] = lowerFirst(types[last])
	}
	return s.and(types)
}

// modelPart plans one model: its overview, its sections, and what is seen
// across them.
func (s scope) modelPart(m *model.Model) part {
	s = s.apart().in(m)
	s.mentions = s.mentionsIn()
	if len(s.h.Declarations()) > 0 {
		s.users = m.Users()
	}
	s.found.anchors = nil // asked for again where the texts are shown
	s.lists = s.checklists()
	out := part{found: s.found}
	overview := s.overview()
	groups := s.groups()
	lists := s.plan(groups)
	projectPlan := s.projectPlan()
	for _, kind := range []string{"forudsaetning", "aftale", "rolle", "kadence", "tjekliste"} {
		list := lists[m.ID+"/"+m.Schema().Kind(kind).Folder+"/"]
		if projectPlan != nil && len(list) > 0 {
			list[0].relate(projectPlan.KindName, []Link{{Path: projectPlan.Path, Text: projectPlan.Title}})
		}
	}
	s.relateDeclared(lists)
	nav := NavItem{Link: Link{Path: overview.Path, Text: m.MenuLabel()}, Model: m.ID}
	pages := []*Page{overview}
	byPath := map[string]*Page{}
	for _, g := range groups {
		item := NavItem{ID: g.id, Link: Link{Text: s.say("gruppe." + g.id)}, Model: m.ID}
		for _, sec := range g.sections {
			if planned := lists[sec.folder]; len(planned) > 0 {
				pages = append(pages, planned...)
				byPath[planned[0].Path] = planned[0]
				item.Children = append(item.Children, s.sectionEntry(sec, planned))
			}
		}
		if len(item.Children) > 0 {
			nav.Children = append(nav.Children, item)
		}
	}
	s.overviewSections(overview, nav.Children, byPath)
	across := NavItem{Link: Link{Text: s.say("side.overblik")}, Model: m.ID}
	for _, page := range []*Page{s.matrices(), projectPlan, s.whole(pages)} {
		if page == nil {
			continue
		}
		page.Crumbs = s.crumbs()
		across.Children = append(across.Children, NavItem{Link: Link{Path: page.Path, Text: page.KindName}, Model: m.ID})
		pages = append(pages, page)
	}
	nav.Children = append(nav.Children, across)
	pages = append(pages, s.folders(pages)...)
	out.pages, out.nav = pages, []NavItem{nav}
	summarize(out.pages, s.head.Title)
	return out
}

// plan plans the pages of each section that the model has, by its folder: what
// they hold depends on the model, never on another section's pages. A section with
// nothing on its page is left out: all it would list is a draft, or too little for
// a sheet.
func (s scope) plan(groups []menuGroup) map[string][]*Page {
	var there []section
	for _, g := range groups {
		there = append(there, g.sections...)
	}
	type planned struct {
		pages []*Page
		found *findings
	}
	out := map[string][]*Page{}
	for i, done := range inParallel(len(there), func(i int) planned {
		s := s.apart()
		return planned{there[i].build(s, there[i]), s.found}
	}) {
		s.found.add(done.found)
		if len(done.pages) > 1 || len(done.pages[0].Sections) > 0 {
			out[there[i].folder] = done.pages
		}
	}
	return out
}

// sectionEntry ties a section's pages together, and gives its entry in the
// navigation. Sheets have no entries of their own; a sheet that belongs to another
// page has its crumbs already and is read from there.
func (s scope) sectionEntry(sec section, pages []*Page) NavItem {
	entry := NavItem{Link: Link{Path: pages[0].Path, Text: sec.title}, Model: s.model.ID}
	var before *Page
	for i, page := range pages {
		s.settle(page)
		page.Section = pages[0].Path
		if page.Crumbs != nil {
			continue
		}
		page.Crumbs = s.crumbs()
		if i == 0 {
			continue
		}
		page.Crumbs = append(page.Crumbs, Link{Path: pages[0].Path, Text: sec.title})
		if before != nil {
			page.Prev = Link{Path: before.Path, Text: before.Title}
			before.Next = Link{Path: page.Path, Text: page.Title}
		}
		before = page
		if page.Sheet == nil {
			link := Link{Path: page.Path, Text: cmp.Or(page.menu, page.Title)}
			entry.Children = append(entry.Children, NavItem{Link: link, Model: s.model.ID})
		}
	}
	return entry
}

// crumbs lead from the front page to the model.
func (s scope) crumbs() []Link { return []Link{s.home(), s.modelLink(s.model)} }
