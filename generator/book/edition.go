package book

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/wording"
)

// Options says what the edition's pages offer.
type Options struct {
	PDF bool // sheets are also printed as PDF
	// ModelsOnly leaves out what belongs to no single model, as the releases as they stood do.
	ModelsOnly bool
	Drafts     bool // kladde = true is shown: the preview

	Today    string   // the day, in the preview, whose editors see what is due; or ""
	Editions []string // municipalities whose editions are published; nil for all

	Changes []overlay.Change // what a municipality's edition says otherwise
	Drift   []overlay.Drift  // national text that has changed under it

	// FileFaults reports the files of a TOML text that are not published; nil for none.
	FileFaults func(from string, doc *guide.Doc) []diag.Diag

	// Past are the frozen releases, newest first.
	Past []Past
	// Own is what a municipality has changed itself, newest first.
	Own []Own

	// National is the national edition's plan; nil for the national edition itself.
	National *Book
	// Words are those that pages show; nil for the standard ones.
	Words *wording.Words
	// ModelWords are those of models that have some of their own, by id.
	ModelWords map[string]*wording.Words
}

// edition is what all pages of one edition are planned from. It is finished before
// the first page is.
type edition struct {
	h        *model.Handbook
	opt      Options
	words    *wording.Words
	texts    *Texts
	head     *Book            // the edition's names and dates, without pages
	national map[string]Guide // "model/kind:id" → guidance
	local    map[string]Guide // the municipality's
	glossary *guide.TermSet
	links    map[*model.Entity]Link

	described map[*model.Entity]bool // have a page, of a kind whose entities have when there is more to say
}

// scope is an edition as seen by what is being planned: the pages of one model,
// or those that belong to none. It is handed on by value.
type scope struct {
	*edition
	model    *model.Model                    // that texts refer to, or nil
	mentions map[model.Named][]model.Named   // which of the model's things name another
	users    map[model.Named][]*model.Entity // which of them refer to another; nil without declared kinds
	lists    []checklist                     // of the model
	found    *findings
}

// findings are what came up while texts were resolved. They belong to one goroutine.
type findings struct {
	diags        []diag.Diag
	anchors      []wanted
	namesEdition bool // a text names the edition's municipality
}

// wanted is a place on another page that a text points at.
type wanted struct {
	path, anchor string
	ref          guide.Reference
}

func (f *findings) add(more *findings) {
	f.diags = append(f.diags, more.diags...)
	f.anchors = append(f.anchors, more.anchors...)
	f.namesEdition = f.namesEdition || more.namesEdition
}

// in is the scope of a model's texts.
func (s scope) in(m *model.Model) scope {
	s.model = m
	words := cmp.Or(s.opt.Words, wording.Standard())
	if m != nil {
		words = cmp.Or(s.opt.ModelWords[m.ID], words)
	}
	if s.words != words {
		e := *s.edition
		e.words, s.edition = words, &e
	}
	return s
}

// apart is the scope with findings of its own, for another goroutine.
func (s scope) apart() scope {
	s.found = &findings{}
	return s
}

// part is what one goroutine has planned.
type part struct {
	pages []*Page
	nav   []NavItem
	found *findings
}

// inParallel gives the outcome of every plan, in order.
func inParallel[T any](n int, plan func(i int) T) []T {
	out := make([]T, n)
	var wg sync.WaitGroup
	for i := range out {
		wg.Go(func() { out[i] = plan(i) })
	}
	wg.Wait()
	return out
}

// newScope reads what all pages have in common, and pairs guidance with what it
// is about.
func newScope(h *model.Handbook, national, local []Guide, texts *Texts, opt Options) scope {
	e := &edition{h: h, opt: opt, words: opt.Words, texts: texts}
	if e.words == nil {
		e.words = wording.Standard()
	}
	s := scope{edition: e, found: &findings{}}
	e.national = s.pair(national, true)
	e.local = s.pair(local, false)
	e.described = e.describedThings()
	e.links = s.allLinks()
	e.glossary = s.termSet()
	e.head = s.newHead()
	return s
}

func (s scope) newHead() *Book {
	h := s.h
	b := &Book{Handbook: h, Words: s.words, Title: h.Title, Name: s.say("udgave.national"), Publisher: h.Info.Publisher,
		byPath: map[string]*Page{}, links: s.links, terms: s.glossary}
	if len(h.Releases()) > 0 {
		e := h.Releases()[0]
		b.Release, b.Date, b.DateText = s.say("udgave.nummer", "nummer", e.Number), e.Date, s.words.Date(e.Date)
	}
	m := h.Municipal
	b.Editions = s.editions()
	if m == nil {
		return b
	}
	for _, own := range s.opt.Own {
		if own.Date > b.Date { // changed since the release
			b.DateText = s.say("udgave.kommunens-eget", "dato", b.DateText, "eget", s.date(own.Date))
			break
		}
	}
	b.Slug, b.Name, b.Genitive = m.ID, FullName(m), Genitive(m)
	b.Colour, b.Logo, b.WAS, b.Site, b.Fictional = m.Colour, m.Logo, m.WAS, m.Site, m.Fictional
	for _, c := range m.Contacts.Items {
		b.Contacts = append(b.Contacts, s.contact(c))
	}
	return b
}

// contact is a function in the municipality and how to reach it.
func (s scope) contact(c *model.Contact) Fact {
	f := Fact{Label: c.Name, Text: s.text(c.Note)}
	if c.Phone != "" {
		f.Links = append(f.Links, Link{URL: "tel:" + strings.ReplaceAll(c.Phone, " ", ""), Text: c.Phone})
	}
	if c.Mail != "" {
		f.Links = append(f.Links, Link{URL: "mailto:" + c.Mail, Text: c.Mail})
	}
	if c.URL != "" {
		f.Links = append(f.Links, Link{URL: c.URL, Text: strings.TrimSuffix(strings.TrimPrefix(c.URL, "https://"), "/")})
	}
	return f
}

// addContacts adds how to reach the roles that a page is about.
func (s scope) addContacts(page *Page, roles ...*model.Role) {
	if s.h.Municipal == nil {
		return
	}
	var rows []Fact
	for _, c := range s.h.Municipal.Contacts.Items {
		if slices.ContainsFunc(c.Roles, func(to model.AnyRef) bool {
			r, ok := to.To.(*model.Role)
			return ok && slices.Contains(roles, r)
		}) {
			rows = append(rows, s.contact(c))
		}
	}
	page.section("kontakt", s.say("emne.kontakt", "kommune", s.head.Name), Facts{rows})
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

// say gives the words of a key with its slots filled.
func (e *edition) say(key string, slots ...any) string { return e.words.Text(key, slots...) }

// count is a number of something.
func (e *edition) count(key string, n int) string { return e.words.Count("antal."+key, n) }

// list is the words of a key, one by one.
func (e *edition) list(key string) []string { return e.words.List(key) }

// date writes a date, "2026-11-22", in words.
func (e *edition) date(iso string) string { return e.words.Date(iso) }

// stamp names an edition of the handbook with its date.
func (e *edition) stamp(ed *model.Release) Stamp {
	return Stamp{Text: e.say("udgave.dateret", "nummer", ed.Number, "dato", e.date(ed.Date)), Date: ed.Date}
}

// page begins a page with what all have in common.
func (s scope) page(p Page) *Page {
	p.terms, p.kinds, p.words = s.glossary, s.h.Schema(), s.words
	if len(s.h.Releases()) > 0 && p.Changed == (Stamp{}) {
		p.Changed = s.stamp(s.h.Releases()[0]) // gathers from all models
	}
	if s.model != nil {
		p.Model, p.ModelName = s.model.ID, s.model.MenuLabel()
	}
	return &p
}
