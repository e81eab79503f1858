package book

import (
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/search"
)

// SearchDoc gives the words of a page to the search index: what is read on
// the page, section by section, with the names of what is pointed at. Lists of
// links to the page's own subpages, and the sheets that a pack repeats, are left
// out.
func SearchDoc(p *Page) search.Doc {
	d := search.Doc{Path: p.Path, Kind: p.Kind, KindLabel: p.KindName, Model: p.Model, ModelLabel: p.ModelName, Title: p.Title, Aliases: p.Aliases, Topics: p.Topics, Summary: p.Lede.Plain(), Weight: p.Weight}
	d.Names = ownNames(p)
	d.Aliases = slices.Concat(d.Aliases, askedFor[p.Kind], askedFor[p.Path])
	if numbered, _, ok := strings.Cut(p.Kicker, " af "); ok {
		d.Topics = append([]string{numbered}, p.Topics...) // "Trin 2 af 6"
	}
	switch p.Kind {
	case "pakke":
		d.Weight = packWeight
	case "tjekliste":
		d.Weight = sheetWeight
	case "liste-tal", "liste-viden", "liste-resultat", "liste-oekonomi", "liste-maalgruppe", "liste-metode":
		d.KindLabel = p.Title // asked for by this word and what it is about
	case "find":
		d.KindLabel, d.Weight = "Oversigt", chooserWeight
	}
	for _, s := range p.Sections {
		if strings.HasPrefix(s.ID, "gruppe-") || p.Kind == "pakke" && s.ID != "indhold" {
			continue
		}
		sec := thing(s.ID, s.Title, s.Aliases)
		if sec.Kind == "figur" && p.Kind != "liste-figur" {
			sec.Kind = "" // shown here, but its place is the page of figures
		}
		var w words
		for _, b := range s.Blocks {
			w.block(b)
		}
		sec.Text = strings.Join(w.lines, "\n")
		if sec.Text != "" || sec.Heading != "" {
			d.Sections = append(d.Sections, sec)
		}
		d.Sections = append(d.Sections, w.sections...)
	}
	return d
}

// What is made of other things stands below them, and the page that lets the
// reader choose among all models above each model's list.
const (
	packWeight    = -3
	sheetWeight   = -2
	chooserWeight = 3
)

// thingWeights lowers what tells about other things to below them.
var thingWeights = map[string]int{"aftale": -1, "kadence": -3, "viden": -2, "resultat": -2, "opgave": -2, "element": -1, "greb": -1, "kompetence": -2, "kilde": -4}

// askedFor are words by which readers ask for a page that lists things, by the
// page's kind or path. They are no names, so the page itself has none of them.
var askedFor = map[string][]string{
	"roller.html":           {"mine opgaver", "min rolle", "hvem har ansvaret", "hvem skal jeg kontakte"},
	"moeder.html":           {"dagsorden", "mødeplan", "mødeindkaldelse"},
	"tjeklister.html":       {"print", "udskrift", "udskriv"},
	"liste-pakker":          {"udskrift"},
	"liste-aftaler":         {"aftaler", "lokale aftaler", "lokale valg", "lokale beslutninger", "beslutte selv", "bestemme selv", "vælge selv", "aftale selv"},
	"liste-resultat":        {"virker det", "effekt", "gør det en forskel"},
	"liste-viden":           {"forskning", "evidens", "baggrundsviden"},
	"liste-maalgruppe":      {"hvem er det for", "hvem gælder modellen for", "hvilke børn", "hvilke klasser", "klassetrin", "alder"},
	"liste-maal":            {"delmål"},
	"samlet":                {"hele modellen til udskrift", "hele modellen samlet"},
	"liste-kompetencer":     {"kvalifikationer", "uddannelseskrav"},
	"liste-forudsaetninger": {"rammer", "betingelser", "hvad kræver det"},
	"liste-oekonomi":        {"besparelser"},
	"liste-aktoerer":        {"hvem har udviklet", "hvem har lavet", "afprøvet", "kommuner med erfaring"},
	"faelles":               {"ligheder", "fælles træk"},
	"sammenlign":            {"hvilken model", "vælge model"},
	"nyt":                   {"hvad er nyt", "nyt siden sidst", "seneste ændringer"},
}

// ownNames are the short names of a page's subject. A page that lets the reader
// choose goes by what there is to choose; a person goes by the last name.
func ownNames(p *Page) []string {
	var names []string
	for _, s := range []string{menuTitle(p), p.menu} {
		if s != "" && s != p.Title {
			names = append(names, s)
		}
	}
	if p.Kind == "find" {
		names = append(names, strings.Split(p.KindName, " og ")...)
	}
	if words := strings.Fields(p.Title); p.Kind == "aktoer" && p.Kicker == actorTypes["person"] {
		names = append(names, words[len(words)-1])
	}
	return names
}

// thing is a section, one with a kind when its anchor is that of an entity
// which has its place there.
func thing(id, title string, aliases []string) search.Section {
	s := search.Section{Anchor: id, Heading: title}
	key, name, _ := strings.Cut(id, "-")
	if k, ok := model.Kind(key); ok && name != "" && title != "" {
		s.Kind, s.KindLabel, s.Aliases, s.Weight = k.Key, upperFirst(k.One), aliases, thingWeights[k.Key]
	}
	return s
}

// words collects the text of blocks, one line per statement. Items that have
// an anchor and a name become sections of their own.
type words struct {
	lines    []string
	sections []search.Section
}

func (w *words) line(parts ...string) {
	var keep []string
	for _, s := range parts {
		if s = strings.TrimSpace(s); s != "" {
			keep = append(keep, s)
		}
	}
	if len(keep) > 0 {
		w.lines = append(w.lines, strings.Join(keep, " "))
	}
}

func (w *words) block(b Block) {
	switch b := b.(type) {
	case Prose:
		if b.Text.Empty() {
			return
		}
		for _, s := range b.Text.Doc.Sections(resolver(b.Text)) {
			if s.ID == "" {
				w.lines = append(w.lines, strings.Split(s.Text, "\n")...)
				continue
			}
			w.sections = append(w.sections, search.Section{Anchor: b.Prefix + s.ID, Heading: s.Title, Text: s.Text})
		}
	case Facts:
		w.facts(b.Rows)
	case List:
		w.items(b.Items)
	case Cards:
		for _, c := range b.Items {
			w.line(c.Link.Text)
		}
	case Table:
		for _, r := range b.Rows {
			parts := []string{cellText(r.Head)}
			for _, c := range r.Cells {
				if !c.Mark && c.Plain != "nej" {
					parts = append(parts, cellText(c))
				}
			}
			if r.ID != "" {
				sec := thing(r.ID, parts[0], nil)
				sec.Text = strings.Join(parts[1:], " ")
				w.sections = append(w.sections, sec)
				continue
			}
			w.line(parts...)
		}
	case Box:
		w.line(b.Plain)
		for _, t := range b.Texts {
			w.line(t.Plain())
		}
	case Drawing:
		w.line(b.Title, b.Caption.Plain())
		for _, x := range b.Same {
			w.block(x)
		}
	case Check:
		for _, g := range b.Groups {
			w.line(g.Title)
			w.items(g.Items)
		}
	}
}

func (w *words) facts(rows []Fact) {
	for _, f := range rows {
		w.line(factText(f))
	}
}

func factText(f Fact) string {
	parts := []string{}
	if f.Label != "" {
		parts = append(parts, f.Label+":")
	}
	for _, b := range f.Badges {
		parts = append(parts, b.Text+".")
	}
	parts = append(parts, f.Plain, f.Text.Plain())
	for i, l := range f.Links {
		if i > 0 {
			parts[len(parts)-1] += ","
		}
		parts = append(parts, l.Text)
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

func cellText(c Cell) string {
	parts := []string{c.Plain, c.Text.Plain()}
	for _, g := range append([]LinkGroup{{Links: c.Links}}, c.Fold.Groups...) {
		for _, l := range g.Links {
			parts = append(parts, l.Text)
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

func (w *words) items(list []Item) {
	for _, i := range list {
		var text []string
		for _, s := range []string{i.Plain, i.Text.Plain(), i.Caveat.Plain()} {
			if s != "" {
				text = append(text, s)
			}
		}
		for _, t := range append(append([]Text{}, i.More...), i.Points...) {
			text = append(text, t.Plain())
		}
		for _, n := range i.Notes {
			text = append(text, n.Plain())
		}
		for _, m := range i.Meta {
			text = append(text, factText(m))
		}
		if i.ID != "" && i.Title.Text != "" {
			sec := thing(i.ID, i.Title.Text, i.Aliases)
			var inner words
			inner.items(i.Children)
			sec.Text = strings.Join(append(text, inner.lines...), "\n")
			w.sections = append(append(w.sections, sec), inner.sections...)
			continue
		}
		w.line(i.Title.Text)
		for _, t := range text {
			w.lines = append(w.lines, strings.Split(t, "\n")...)
		}
		w.items(i.Children)
	}
}
