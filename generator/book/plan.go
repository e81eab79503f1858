package book

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Guide is a parsed guidance file and the entity that its place names.
type Guide struct {
	File  string
	Model string // "" for shared kinds
	Kind  string
	ID    string
	Doc   *guide.Doc

	Unread bool // what the file says could not be read, which is reported
}

// Options says what the edition's pages offer.
type Options struct {
	PDF    bool // sheets are also printed as PDF
	Drafts bool // kladde = true is shown: the preview

	Editions   []string // municipalities whose editions are built; nil for all
	NoEditions bool     // only the national edition is built

	Changes []overlay.Change // what a municipality's edition says otherwise
	Drift   []overlay.Drift  // national text that has changed under it

	// National is the national edition's plan; nil for the national edition itself.
	National *Book
}

// planner plans one edition.
type planner struct {
	h            *model.Handbook
	b            *Book
	opt          Options
	texts        *Texts
	guideOptions guide.Options
	national     map[string]Guide              // "model/kind:id" → guidance
	local        map[string]Guide              // the municipality's
	model        *model.Model                  // the model being planned, or nil
	subject      model.Named                   // the entity being planned, for mentions
	mentions     map[model.Named][]model.Named // collected before the model's pages are planned
	links        map[*model.Entity]Link        // those asked for so far
	terms        *guide.TermSet
	anchors      []wanted
	diags        []diag.Diag

	listsOf        *model.Model // the model that checklistsMade belongs to
	checklistsMade []checklist
}

// wanted is a place on another page that a text points at.
type wanted struct {
	path, anchor string
	ref          guide.Reference
}

// Plan makes one edition's book. Pages come out finished; what is wrong comes
// out as diagnostics, and the book is usable all the same.
func Plan(h *model.Handbook, national, local []Guide, texts *Texts, opt Options) (*Book, []diag.Diag) {
	p := &planner{h: h, opt: opt, texts: texts, guideOptions: GuideOptions(), links: map[*model.Entity]Link{}}
	p.b = p.edition()
	p.national = p.pair(national, true)
	p.local = p.pair(local, false)
	p.terms = p.glossary()
	p.b.terms = p.terms
	if p.asNational(local) {
		p.takeOver()
	} else {
		p.models()
		p.sharedPages()
	}
	p.frontPage()
	p.summarize(p.b.Pages)
	p.redirects()
	p.checkAnchors()
	return p.b, p.diags
}

// models plans the models' pages, each model on its own: what a model's pages
// hold depends on the handbook, never on another model's pages.
func (p *planner) models() {
	p.beside(len(p.h.Models), func(part *planner, i int) {
		m := p.h.Models[i]
		part.model, part.mentions = m, map[model.Named][]model.Named{}
		part.collectMentions()
		part.modelPages(m)
	})
}

// beside plans n parts of the book side by side, each with a planner of its own.
// A part sees the pages that were there before, and none of the others'. What
// the parts plan comes into the book in their order.
func (p *planner) beside(n int, plan func(part *planner, i int)) {
	parts := make([]*planner, n)
	before := len(p.b.Pages)
	var wg sync.WaitGroup
	for i := range parts {
		part, book := *p, *p.b
		book.byPath, book.Pages, book.Nav = maps.Clone(book.byPath), slices.Clip(book.Pages), nil
		part.b, part.diags, part.anchors, part.links = &book, nil, nil, maps.Clone(p.links)
		parts[i] = &part
		wg.Go(func() {
			plan(&part, i)
			part.summarize(book.Pages[before:])
		})
	}
	wg.Wait()
	for _, part := range parts {
		for _, page := range part.b.Pages[before:] {
			p.b.byPath[page.Path] = page
		}
		p.b.Pages = append(p.b.Pages, part.b.Pages[before:]...)
		p.b.Nav = append(p.b.Nav, part.b.Nav...)
		p.b.NamesEdition = p.b.NamesEdition || part.b.NamesEdition
		p.diags = append(p.diags, part.diags...)
		p.anchors = append(p.anchors, part.anchors...)
	}
}

// asNational reports that nothing in this edition differs from the national one
// but its front page and the list of what is local.
func (p *planner) asNational(local []Guide) bool {
	nat := p.opt.National
	if nat == nil || nat.NamesEdition || len(local) > 0 {
		return false
	}
	h := nat.Handbook
	return slices.Equal(h.Models, p.h.Models) && slices.Equal(h.Terms(), p.h.Terms()) && slices.Equal(h.Packs(), p.h.Packs())
}

// takeOver uses the national pages as they are.
func (p *planner) takeOver() {
	nat := p.opt.National
	for _, page := range nat.Pages {
		if page.Path == "index.html" {
			continue
		}
		p.b.Pages = append(p.b.Pages, page)
		p.b.byPath[page.Path] = page
	}
	local := p.localPage()
	local.Crumbs, local.Section = []Link{{Path: "index.html", Text: "Forside"}}, local.Path
	for _, item := range nat.Nav {
		if item.Link.Path == "index.html" {
			continue // the front page puts itself first
		}
		if item.ID == across {
			item.Children = insertLocal(item.Children, NavItem{Link: Link{Path: local.Path, Text: local.KindName}})
		}
		p.b.Nav = append(p.b.Nav, item)
	}
}

// insertLocal puts the list of what is local where sharedPages would have it:
// before the news.
func insertLocal(list []NavItem, local NavItem) []NavItem {
	at := slices.IndexFunc(list, func(n NavItem) bool { return n.Link.Path == "nyt.html" || n.Link.Path == "om.html" })
	if at < 0 {
		at = len(list)
	}
	return slices.Insert(slices.Clone(list), at, local)
}

func (p *planner) edition() *Book {
	h := p.h
	b := &Book{Handbook: h, Title: h.Title, Name: "National udgave", Publisher: h.Info.Publisher, byPath: map[string]*Page{}}
	if len(h.Editions()) > 0 {
		e := h.Editions()[0]
		b.Edition, b.Date, b.DateText = "Udgave "+e.Number, e.Date, DanishDate(e.Date)
	}
	if m := h.Municipal; m != nil {
		b.Slug, b.Name, b.Genitive = m.ID, FullName(m), Genitive(m)
		b.Colour, b.Logo, b.WAS, b.Site, b.Fictional = m.Colour, m.Logo, m.WAS, m.Site, m.Fictional
		for _, c := range m.Contacts.Items {
			f := Fact{Label: c.Name, Text: p.text(c.Note)}
			if c.Phone != "" {
				f.Links = append(f.Links, Link{URL: "tel:" + strings.ReplaceAll(c.Phone, " ", ""), Text: c.Phone})
			}
			if c.Mail != "" {
				f.Links = append(f.Links, Link{URL: "mailto:" + c.Mail, Text: c.Mail})
			}
			if c.URL != "" {
				f.Links = append(f.Links, Link{URL: c.URL, Text: strings.TrimSuffix(strings.TrimPrefix(c.URL, "https://"), "/")})
			}
			b.Contacts = append(b.Contacts, f)
		}
	}
	return b
}

// FullName is a municipality's name with "Kommune", or its own exception.
func FullName(m *model.Municipality) string {
	if m.FullName != "" {
		return m.FullName
	}
	return m.Name + " Kommune"
}

// Genitive is the full name's possessive form.
func Genitive(m *model.Municipality) string {
	if m.Genitive != "" {
		return m.Genitive
	}
	name := FullName(m)
	if strings.HasSuffix(name, "s") || strings.HasSuffix(name, "x") || strings.HasSuffix(name, "z") {
		return name + "'"
	}
	return name + "s"
}

var months = [...]string{"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"}

// DanishDate writes "2026-11-22" as "22. november 2026".
func DanishDate(iso string) string {
	t, err := time.Parse("2006-01-02", iso)
	if err != nil {
		return iso
	}
	return fmt.Sprintf("%d. %s %d", t.Day(), months[t.Month()-1], t.Year())
}

func guideKey(modelID, kind, id string) string { return modelID + "/" + kind + ":" + id }

// pair ties guidance files to entities and reports those without one.
func (p *planner) pair(files []Guide, isNational bool) map[string]Guide {
	out := map[string]Guide{}
	for _, g := range files {
		var in *model.Model
		if g.Model != "" {
			if in = p.h.ModelByID(g.Model); in == nil {
				continue // an unknown or hidden model is reported elsewhere
			}
		}
		out[guideKey(g.Model, g.Kind, g.ID)] = g
		if p.h.Lookup(in, "", g.Kind, g.ID) != nil || p.h.Unsure(in, "", g.Kind) {
			p.placeless(g, isNational)
			continue
		}
		d := diag.Diag{Severity: diag.Error, Code: "vejledning-uden-emne", Pos: diag.Pos{File: g.File}}
		k := model.Schema().Kind(g.Kind)
		if k == nil && g.Kind != "model" {
			d.Message = fmt.Sprintf("mappen \"%s\" er ikke en slags%s", g.Kind, diag.MenteDu(g.Kind, p.guideOptions.Kinds))
			d.Help = "Læg filen i vejledning/<slags>/<id>.md, fx vejledning/fase/faelles-maal.md."
		} else {
			ids := p.h.IDs(in, "", g.Kind)
			one := "modellen"
			if k != nil {
				one = k.One
			}
			d.Message = fmt.Sprintf("vejledningen hører til %s \"%s\", som ikke findes%s", one, g.ID, diag.MenteDu(g.ID, ids))
			d.Help = fmt.Sprintf("Ret filens navn, eller opret [%s.%s].", g.Kind, source.Slug(g.ID))
		}
		p.diags = append(p.diags, d)
	}
	if isNational {
		p.missingGuides(out)
	}
	return out
}

// placeless tells of guidance that no page would show.
func (p *planner) placeless(g Guide, isNational bool) {
	d := diag.Diag{Severity: diag.Error, Code: "vejledning-vises-ikke", Pos: diag.Pos{File: g.File}}
	switch k := model.Schema().Kind(g.Kind); {
	case k != nil && k.Guidance == schema.NoGuidance:
		d.Message = fmt.Sprintf("vejledningen vises ikke: [%s.…] har ingen plads til den", g.Kind)
		d.Help = "Skriv den i tekst = \"…\", eller i vejledningen til den rolle, den fase eller det møde, den handler om."
	case !isNational && g.Doc.Empty() && !g.Unread:
		d.Severity, d.Message, d.Help = diag.Warning, "vejledningen er tom og ændrer ingenting", "Skriv noget, eller slet filen."
	default:
		return
	}
	p.diags = append(p.diags, d)
}

// missingGuides warns of entities whose pages want more than a table can hold.
func (p *planner) missingGuides(have map[string]Guide) {
	for _, m := range p.h.Models {
		for _, e := range entitiesOf(m) {
			k := model.Schema().Kind(e.Kind)
			if k.Guidance != schema.Wanted || e.Basis == model.NamedOnly || e.At.Local() || !e.Body.Empty() {
				continue
			}
			if g, ok := have[guideKey(m.ID, e.Kind, e.ID)]; !ok || g.Doc.Empty() && !g.Unread {
				p.diags = append(p.diags, diag.Diag{Severity: diag.Warning, Code: "mangler-vejledning", Pos: e.At.Pos(), Width: e.At.Width(),
					Message: fmt.Sprintf("%s \"%s\" har hverken tekst eller vejledning", k.One, e.ID),
					Help:    fmt.Sprintf("Skriv vejledning/%s/%s.md, giv den tekst = \"…\", eller skriv grundlag = \"naevnt\", når kilden ikke beskriver den.", e.Kind, e.ID)})
			}
		}
	}
}

// entitiesOf lists all entities of a model, kind by kind.
func entitiesOf(m *model.Model) []*model.Entity {
	var out []*model.Entity
	for _, n := range m.All() {
		out = append(out, n.Base())
	}
	return out
}

// guideFor gives the national guidance of an entity.
func (p *planner) guideFor(e *model.Entity) Text { return p.guideText(p.national, e) }

// localGuideFor gives the municipality's own.
func (p *planner) localGuideFor(e *model.Entity) Text {
	t := p.guideText(p.local, e)
	t.Local = true
	return t
}

func (p *planner) guideText(from map[string]Guide, e *model.Entity) Text {
	id := ""
	if e.Model != nil {
		id = e.Model.ID
	}
	g, ok := from[guideKey(id, e.Kind, e.ID)]
	if !ok || g.Doc.Empty() {
		return Text{}
	}
	return Text{Doc: g.Doc, Refs: p.refs(g.Doc), Pos: diag.Pos{File: g.File, Line: 1}}
}

// glossary makes the set of terms that texts link to at first mention.
func (p *planner) glossary() *guide.TermSet {
	var terms []guide.Term
	for _, t := range p.h.Terms() {
		if t.Draft && !p.opt.Drafts {
			continue
		}
		terms = append(terms, guide.Term{Forms: append(append([]string{t.Name}, t.Alias...), t.Forms...), Href: href(p.link(t)), Title: t.Short.Value})
	}
	return p.texts.glossary(terms)
}

// mention notes that the subject's text points at n.
func (p *planner) mention(n model.Named) {
	if p.subject != nil && n.Base() != p.subject.Base() && !slices.Contains(p.mentions[n], p.subject) {
		p.mentions[n] = append(p.mentions[n], p.subject)
	}
}

// collectMentions reads the model's guidance and texts once, so that a page can
// tell where its subject shows itself before those pages are planned.
func (p *planner) collectMentions() {
	for _, n := range p.model.All() {
		e := n.Base()
		if p.hidden(e) {
			continue
		}
		p.subject = n
		p.guideFor(e)
		p.localGuideFor(e)
		p.text(e.Body)
		p.text(e.Short)
	}
	p.subject, p.anchors = nil, nil
}

// hidden reports drafts, which only the preview shows.
func (p *planner) hidden(e *model.Entity) bool { return e.Draft && !p.opt.Drafts }

// unseen reports drafts, and what stands only on a draft's page.
func (p *planner) unseen(n model.Named) bool {
	if p.hidden(n.Base()) {
		return true
	}
	switch x := n.(type) {
	case *model.Task:
		return x.Role.To != nil && p.hidden(&x.Role.To.Entity) || len(x.Phases) > 0 && p.firstPhase(x) == nil
	case *model.Part:
		return x.Area.To != nil && p.hidden(&x.Area.To.Entity)
	case *model.Practice:
		return x.Element.To != nil && p.hidden(&x.Element.To.Entity)
	}
	return false
}

// firstPhase is the phase that a task is first done in; nil for a task that
// belongs to none.
func (p *planner) firstPhase(t *model.Task) *model.Phase {
	for _, r := range t.Phases {
		if r.To != nil && !p.hidden(&r.To.Entity) {
			return r.To
		}
	}
	return nil
}

// visible drops drafts. What it gives may be the list itself, which nobody changes.
func visible[T model.Named](p *planner, list []T) []T {
	unseen := func(n T) bool { return p.unseen(n) }
	if !slices.ContainsFunc(list, unseen) {
		return slices.Clip(list)
	}
	return slices.DeleteFunc(slices.Clone(list), unseen)
}

// add puts a page into the book.
func (p *planner) add(page *Page) *Page {
	if first := p.b.byPath[page.Path]; first != nil {
		if model.Reserved(page.Path) && first.Pos != page.Pos && (first.Pos.IsZero() || page.Pos.IsZero()) {
			return page
		}
		d := diag.Diag{Severity: diag.Error, Code: "adresse-kollision", Pos: page.Pos, Message: fmt.Sprintf("to sider får samme adresse: %s", page.Path), Help: "Giv den ene et andet id."}
		if d.Pos.IsZero() {
			d.Pos = first.Pos // the other is drawn from the data and stands nowhere
		} else if !first.Pos.IsZero() {
			d.Notes = []diag.Note{{Pos: first.Pos, Message: "har også adressen"}}
		}
		p.diags = append(p.diags, d)
		return page
	}
	page.terms = p.terms
	if page.Changed == "" && p.b.Edition != "" {
		page.Changed = p.b.Edition + ", " + p.b.DateText // gathers from all models
	}
	if p.model != nil {
		page.Model, page.ModelName = p.model.ID, p.model.MenuLabel()
	}
	p.b.byPath[page.Path] = page
	p.b.Pages = append(p.b.Pages, page)
	return page
}

// summarize gives a summary to every page that has none.
func (p *planner) summarize(pages []*Page) {
	for _, page := range pages {
		if page.Summary == "" && !page.Lede.Empty() {
			page.Summary = page.Lede.Plain()
		}
		if page.Summary == "" {
			page.Summary = page.Title + prefixIf(" – ", page.ModelName) + prefixIf(" – ", p.b.Title) + "."
		}
	}
}

// redirects sends the addresses of former ids to the present ones: the
// entity's own page, and the sheets that may hang printed on a wall.
func (p *planner) redirects() {
	send := func(from, to string) {
		if p.b.byPath[from] == nil && p.b.byPath[to] != nil {
			p.b.Redirects = append(p.b.Redirects, Redirect{From: from, To: to})
		}
	}
	add := func(n model.Named) {
		e := n.Base()
		if len(e.Former) == 0 {
			return
		}
		to := p.link(n)
		if m, ok := n.(*model.Model); ok {
			p.redirectModel(m, send)
			return
		}
		if to.Path == "" || to.Anchor != "" {
			return // only pages have addresses of their own
		}
		for _, old := range e.Former {
			send(strings.TrimSuffix(to.Path, e.ID+".html")+old+".html", to.Path)
			if e.Model == nil {
				continue
			}
			sheets := e.Model.ID + "/tjeklister/" + e.Kind + "-"
			send(sheets+old+".html", sheets+e.ID+".html")
			if e.Kind == "moede" {
				send(e.Model.ID+"/moeder/"+old+"-ark.html", e.Model.ID+"/moeder/"+e.ID+"-ark.html")
			}
		}
	}
	for _, m := range p.h.Models {
		add(m)
		for _, n := range m.All() {
			add(n)
		}
	}
	for _, a := range p.h.Actors() {
		add(a)
	}
	for _, pk := range p.h.Packs() {
		add(pk)
	}
}

// redirectModel sends all pages under a model's former ids to the present one.
func (p *planner) redirectModel(m *model.Model, send func(from, to string)) {
	for _, old := range m.Former {
		for _, page := range p.b.Pages {
			if rest, ok := strings.CutPrefix(page.Path, m.ID+"/"); ok {
				send(old+"/"+rest, page.Path)
			}
		}
	}
}

// checkAnchors reports texts that point at a place a page doesn't have.
func (p *planner) checkAnchors() {
	for _, w := range p.anchors {
		page := p.b.byPath[w.path]
		if page == nil {
			continue
		}
		ids := page.Anchors()
		if !slices.Contains(ids, w.anchor) {
			p.diags = append(p.diags, diag.Diag{Severity: diag.Error, Code: "ukendt-sted", Pos: w.ref.Pos, Width: w.ref.Width,
				Message: fmt.Sprintf("siden har intet sted \"%s\"%s", w.anchor, diag.MenteDu(w.anchor, ids)),
				Help:    "Siden har: " + strings.Join(ids, ", ") + "."})
		}
	}
}
