package book

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// packs plans the pages that hold several sheets in order, after the page that
// lists them. b has the sheets.
func (s scope) packs(b *Book) []*Page {
	packs := visible(s, s.h.Packs())
	if len(packs) == 0 {
		return nil
	}
	list := s.sharedPage("pakker", "pakker/index.html", "liste-pakker")
	pages := []*Page{list}
	var cards []Card
	for _, pk := range packs {
		page := s.packPage(pk, b)
		pages = append(pages, page)
		cards = append(cards, Card{Link: Link{Path: page.Path, Text: page.Title}, Plain: page.Lede.Plain()})
	}
	list.section("", "", Cards{cards})
	return pages
}

func (s scope) packPage(pk *model.Pack, b *Book) *Page {
	page := s.page(Page{Path: "pakker/" + pk.ID + ".html", Kind: "pakke", KindName: s.say("pakke.slags"),
		Title: pk.Label(), Kicker: s.say("pakke.slags"), Lede: s.text(pk.Short), Badges: s.entityBadges(&pk.Entity),
		Changed: s.changed(pk), Pos: pk.At.Pos(),
		Sheet: &Sheet{Type: "pakke", Subtitle: s.text(pk.For).Plain(), Base: pk.ID}})
	page.Forms = s.forms(page, Link{})
	var contents []Item
	var sheets []Section
	var taken []string
	for _, ref := range pk.Sheets {
		sheet := s.sheet(ref, b)
		if sheet == nil {
			s.missingSheet(ref, b)
			continue
		}
		if slices.Contains(taken, sheet.Path) {
			continue // an editor's list about a meeting, which its sheet has
		}
		taken = append(taken, sheet.Path)
		prefix := source.Slug(ref.Model+"-"+ref.Kind+"-"+ref.ID) + "-"
		what := sheet.KindName + ", " + sheet.ModelName
		contents = append(contents, Item{Title: Link{Path: page.Path, Anchor: prefix + "ark", Text: sheet.Title},
			Plain: what})
		sheets = append(sheets, Section{ID: prefix + "ark", Title: sheet.Title, Level: 2, Class: "nyt-ark",
			Sheet: &Mast{Subtitle: what, Badges: sheet.Badges, Cites: sheet.Cites}})
		sheets = append(sheets, nested(sheet, prefix, 2)...)
	}
	page.Sections = append([]Section{{ID: "indhold", Title: s.say("side.indhold"), Level: 2, Class: "omslag",
		Blocks: []Block{List{Items: contents, Ordered: true, Class: "oversigt"}, QR{}}}}, sheets...)
	page.Sections = append(page.Sections, s.legend(page)...)
	return page
}

// sheet is the one that a pack names: an editor's checklist, a meeting's template, a
// role's checklist, or what there is to tick on a phase's or a core element's page.
func (s scope) sheet(ref model.AnyRef, b *Book) *Page {
	m := s.h.ModelByID(ref.Model)
	s = s.in(m)
	var c checklist
	switch x := s.h.Lookup(m, "", ref.Kind, ref.ID).(type) {
	case *model.Meeting:
		return b.byPath[sheetLink(m, x)]
	case *model.Checklist, *model.Assessment:
		return b.byPath[s.link(x).Path]
	case *model.Session:
		return b.byPath[sessionSheetLink(x)]
	case *model.Role:
		return b.byPath[s.path(checklist{id: anchor(&x.Entity)})]
	case *model.Phase:
		c = s.ofPhase(x)
	case *model.CoreElement:
		c = s.ofElement(x)
	}
	if c.points() == 0 {
		return nil
	}
	page := s.checklistPage(s.drawn(c))
	s.settle(page)
	return page
}

func (s scope) missingSheet(ref model.AnyRef, b *Book) {
	if s.h.Hidden(ref.Model) || ref.To == nil {
		return // an unknown reference is reported as such
	}
	var known []string
	for _, page := range b.Pages {
		if page.Sheet == nil || page.Model != ref.Model {
			continue
		}
		kind := "tjekliste"
		if t := page.Sheet.Type; t == "moede" || t == "session" || t == "vurdering" {
			kind = t
		}
		known = append(known, page.Model+"/"+kind+":"+strings.TrimSuffix(page.Sheet.Base, "-ark"))
	}
	name := ref.Model + "/" + ref.Kind + ":" + ref.ID
	s.found.diags = append(s.found.diags, diag.Diag{Severity: diag.Error, Code: "ukendt-ark",
		Pos: ref.At.Pos(), Width: ref.At.Width(),
		Message: fmt.Sprintf("\"%s\" er ikke et ark%s", name, diag.MenteDu(name, known)),
		Help: "Et ark er en tjekliste (model/tjekliste:id), et møde (model/moede:id), en session (model/session:id), " +
			"en vurdering (model/vurdering:id) eller en rolles tjekliste (model/rolle:id)."})
}

// nested gives a page's sections with ids of their own, to stand on a page
// together with others, below a heading of a level.
func nested(page *Page, prefix string, level int) []Section {
	var out []Section
	if !page.Lede.Empty() {
		out = append(out, Section{Level: level + 1, Blocks: []Block{Prose{Text: page.Lede, Shift: level - 2}}})
	}
	for _, s := range page.Sections {
		if s.Class == "kun-skaerm" || s.Class == legendClass || len(s.Blocks) == 0 && s.Title == "" {
			continue
		}
		s.ID = prefixIf(prefix, s.ID)
		s.Level += level - 1
		blocks := make([]Block, 0, len(s.Blocks))
		for _, b := range s.Blocks {
			if b = b.Within(prefix, level-1); b != nil {
				blocks = append(blocks, b)
			}
		}
		s.Blocks = blocks
		if len(s.Blocks) > 0 || s.Title != "" {
			out = append(out, s)
		}
	}
	return out
}
