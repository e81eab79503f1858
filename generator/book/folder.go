package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// folders plans, for each role and phase, one document with all that it needs: its page, its
// checklists and the sheets of its meetings, in the order of the phases. pages are the
// model's own, which lead to them.
func (s scope) folders(pages []*Page) []*Page {
	byPath := map[string]*Page{}
	for _, p := range pages {
		byPath[p.Path] = p
	}
	var out []*Page
	add := func(n model.Named, title string, with func(mt *model.Meeting) bool) {
		read := byPath[s.link(n).Path]
		if read == nil || n.Base().Local.Omit {
			return
		}
		sheets := []*Page{byPath[s.path(checklist{id: anchor(n.Base())})]}
		for _, mt := range s.inOrder(with) {
			sheets = append(sheets, byPath[sheetLink(s.model, mt)])
		}
		for _, c := range s.lists {
			if x := byPath[s.path(c)]; c.entity != nil && c.about(n) && !slices.Contains(sheets, x) {
				sheets = append(sheets, x)
			}
		}
		sheets = slices.DeleteFunc(sheets, func(p *Page) bool { return p == nil })
		if len(sheets) > 0 {
			out = append(out, s.folder(n, title, read, sheets))
		}
	}
	for _, r := range visible(s, s.model.Roles()) {
		if byPath[s.path(checklist{id: anchor(&r.Entity)})] != nil { // others have too little to do for a folder
			add(r, s.forRole("mappe.titel", r), func(mt *model.Meeting) bool {
				return mt.Convener.To == r || refers(mt.Delegate, r) ||
					slices.ContainsFunc(mt.Participants.Items, func(x *model.Participant) bool { return x.Role == r && !x.Local.Omit })
			})
		}
	}
	for _, f := range visible(s, s.model.Phases()) {
		add(f, s.say("mappe.titel-fase", "fase", s.phaseTitle(f)), func(mt *model.Meeting) bool { return refers(mt.Phases, f) })
	}
	return out
}

// inOrder are the meetings that keep accepts, by their first phase.
func (s scope) inOrder(keep func(*model.Meeting) bool) []*model.Meeting {
	first := func(mt *model.Meeting) int {
		if len(mt.Phases) > 0 && mt.Phases[0].To != nil {
			return mt.Phases[0].To.Number
		}
		return len(s.model.Phases()) + 1
	}
	list := slices.DeleteFunc(slices.Clone(visible(s, s.model.Meetings())), func(mt *model.Meeting) bool {
		return mt.Local.Omit || !keep(mt)
	})
	slices.SortStableFunc(list, func(a, b *model.Meeting) int { return cmp.Compare(first(a), first(b)) })
	return list
}

// folder is one document: what is read first, then the sheets.
func (s scope) folder(n model.Named, title string, read *Page, sheets []*Page) *Page {
	path := strings.TrimSuffix(read.Path, ".html") + "-mappe.html"
	page := s.page(Page{Path: path, Kind: "pakke", KindName: s.say("mappe.slags"), Title: title, Kicker: s.say("mappe.slags"),
		Lede: s.sentence("mappe.lede"), Changed: s.changed(n), Section: read.Section, NoIndex: true, Summary: s.say("mappe.lede"),
		Sheet: &Sheet{Type: "pakke", Subtitle: s.model.Label(), Base: n.Base().ID + "-mappe"}})
	page.Crumbs = append(slices.Clone(read.Crumbs), Link{Path: read.Path, Text: read.Title})
	page.Forms = append([]Form{{Name: s.say("form.laes"), Link: Link{Path: read.Path, Text: read.Title}}}, s.forms(page, Link{})...)
	read.Forms = append(slices.Clip(read.Forms), Form{Name: s.say("form.mappe"), Link: Link{Path: path, Text: s.say("form.mappe")}})
	var contents []Item
	var bound []Section
	for _, x := range append([]*Page{read}, sheets...) {
		prefix := source.Slug(strings.TrimSuffix(x.Path, ".html")) + "-"
		contents = append(contents, Item{Title: Link{Path: path, Anchor: prefix + "ark", Text: x.Title}, Plain: x.KindName})
		bound = append(append(bound, Section{ID: prefix + "ark", Title: x.Title, Level: 2, Class: NewSheet,
			Sheet: &Mast{Subtitle: x.KindName, Badges: x.Badges, Cites: x.Cites}}), nested(x, prefix, 2)...)
	}
	page.Sections = append([]Section{{ID: "indhold", Title: s.say("side.indhold"), Level: 2, Class: "omslag",
		Blocks: []Block{List{Items: contents, Ordered: true, Class: "oversigt"}, QR{}}}}, bound...)
	page.Sections = append(page.Sections, s.legend(page)...)
	return page
}
