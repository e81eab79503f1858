package book

import (
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/wording"
)

// Book is one edition, planned: the national one or a municipality's.
type Book struct {
	Handbook *model.Handbook
	Words    *wording.Words // that its pages show

	Slug      string // "" for the national edition
	Title     string // the handbook's title: "Modelhåndbog"
	Name      string // "National udgave" or "Eksempel Kommune"
	Genitive  string // "Eksempel Kommunes"; "" for the national edition
	Publisher string
	Release   string // "Udgave 1.0"
	Date      string // the edition's date, "2026-11-22"
	DateText  string // "22. november 2026"
	Fictional bool
	Colour    string // the municipality's accent, "#005a3c", or ""
	Logo      string // file name in content/kommuner/<slug>/, or ""
	WAS       string // address of the accessibility statement, or ""
	Site      string // where the municipality publishes its edition, or ""
	Contacts  []Fact

	Pages     []*Page // in the order of the handbook
	Nav       []NavItem
	Redirects []Redirect
	Feeds     []Feed                // of the models and their roles
	Editions  []*model.Municipality // that the national edition leads to

	// NamesEdition tells that some text names the edition's municipality, so
	// that no two editions are alike.
	NamesEdition bool

	byPath map[string]*Page
	links  map[*model.Entity]Link
	terms  *guide.TermSet
}

// NavItem is an entry of the navigation. The tree is the same on every page;
// the page's Path and Section tell which entries are current.
type NavItem struct {
	ID       string // of a group without a page: "saadan-goer-du"
	Link     Link
	Model    string // the model that the entry and its children belong to
	Children []NavItem
}

// Redirect sends an old address to a new one. Both are from the edition's root.
type Redirect struct{ From, To string }

// Page gives the page with a path, or nil.
func (b *Book) Page(path string) *Page { return b.byPath[path] }

// Link leads to a thing, by its name. It has no Path when no page shows the thing.
func (b *Book) Link(n model.Named) Link { return b.links[n.Base()] }

// For gives the same pages as the book of another municipality: one that, like
// this book's, has nothing of its own.
func (b *Book) For(h *model.Handbook) *Book {
	c := *b
	c.Handbook = h
	m := h.Municipal
	c.Slug, c.Name, c.Genitive, c.Fictional = m.ID, FullName(m), Genitive(m), m.Fictional
	return &c
}
