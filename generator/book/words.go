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
	d := search.Doc{Path: p.Path, Kind: p.Kind, KindLabel: p.KindName, Model: p.Model, ModelLabel: p.ModelName,
		Title: p.Title, Aliases: p.Aliases, Topics: p.Topics, Summary: p.Lede.Plain(), Weight: p.Weight}
	for _, s := range append([]string{p.menu}, p.names...) {
		if s != "" && s != p.Title {
			d.Names = append(d.Names, s)
		}
	}
	d.Aliases = slices.Concat(d.Aliases, askedFor[p.Kind], askedFor[p.Path])
	if p.Numbered != "" {
		d.Topics = append([]string{p.Numbered}, p.Topics...)
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
			w.gather(b.Contents())
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

// askedFor are words by which readers ask for a page that lists things, by the
// page's kind or path. They are no names, so the page itself has none of them.
var askedFor = map[string][]string{
	"roller.html":     {"mine opgaver", "min rolle", "hvem har ansvaret", "hvem skal jeg kontakte"},
	"moeder.html":     {"dagsorden", "mødeplan", "mødeindkaldelse"},
	"tjeklister.html": {"print", "udskrift", "udskriv"},
	"liste-pakker":    {"udskrift"},
	"liste-aftaler": {"aftaler", "lokale aftaler", "lokale valg", "lokale beslutninger", "beslutte selv",
		"bestemme selv", "vælge selv", "aftale selv"},
	"liste-resultat": {"virker det", "effekt", "gør det en forskel"},
	"liste-viden":    {"forskning", "evidens", "baggrundsviden"},
	"liste-maalgruppe": {"hvem er det for", "hvem gælder modellen for", "hvilke børn", "hvilke klasser",
		"klassetrin", "alder"},
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

// thing is a section, one with a kind when its anchor is that of an entity
// which has its place there.
func thing(id, title string, aliases []string) search.Section {
	s := search.Section{Anchor: id, Heading: title}
	key, name, _ := strings.Cut(id, "-")
	if k := model.Schema().Kind(key); k != nil && name != "" && title != "" {
		s.Kind, s.KindLabel, s.Aliases, s.Weight = k.Key, upperFirst(k.One), aliases, k.Weight
	}
	return s
}

// words gathers contents: lines, and sections of their own for what has a name
// and an anchor.
type words struct {
	lines    []string
	sections []search.Section
}

func (w *words) gather(list []Content) {
	for _, c := range list {
		if c.ID == "" || c.Name == "" {
			w.lines = append(w.lines, line(c.Name)...)
			w.lines = append(w.lines, c.Lines...)
			w.gather(c.Inner)
			continue
		}
		sec := search.Section{Anchor: c.ID, Heading: c.Name}
		if !c.Heading {
			sec = thing(c.ID, c.Name, c.Aliases)
			sec.KindLabel = strings.Join(append([]string{sec.KindLabel}, c.Marks...), " · ")
		}
		var inner words
		inner.gather(c.Inner)
		sec.Text = strings.Join(append(c.Lines, inner.lines...), "\n")
		w.sections = append(append(w.sections, sec), inner.sections...)
	}
}
