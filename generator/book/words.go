package book

import (
	"slices"
	"strings"

	"modelhaandbog/generator/search"
	"modelhaandbog/generator/wording"
)

// SearchDoc gives the words of a page to the search index: what is read on
// the page, section by section, with the names of what is pointed at. Lists of
// links to the page's own subpages, and the sheets that a pack repeats, are left
// out.
func SearchDoc(p *Page, words *wording.Words) search.Doc {
	d := search.Doc{Path: p.Path, Kind: p.Kind, KindLabel: p.KindName, Model: p.Model, ModelLabel: p.ModelName,
		Title: p.Title, Aliases: p.Aliases, Topics: p.Topics, Summary: p.Lede.Plain(), Weight: p.Weight,
		Marks: strings.Join(markTexts(p.Badges), " · ")}
	for _, s := range append([]string{p.menu}, p.names...) {
		if s != "" && s != p.Title {
			d.Names = append(d.Names, s)
		}
	}
	d.Aliases = slices.Concat(d.Aliases, words.List("soegeord."+searchedAs(p)))
	if p.Numbered != "" {
		d.Topics = append([]string{p.Numbered}, p.Topics...)
	}
	switch p.Kind {
	case "pakke":
		d.Weight = packWeight
	case "tjekliste":
		d.Weight = sheetWeight
	case "indbydelse":
		d.Weight = sheetWeight
		return d
	case "moedeark": // its words are the meeting's
		d.KindLabel, d.Weight = words.Text("moedeark.soeges-som"), sheetWeight
		return d
	case "projektplan": // its rows are other pages'
		return d
	case "liste-tal", "liste-viden", "liste-resultat", "liste-oekonomi", "liste-maalgruppe", "liste-metode":
		d.KindLabel = p.Title // asked for by this word and what it is about
	case "find":
		d.KindLabel, d.Weight = words.Text("side.oversigt"), chooserWeight
	}
	for _, s := range p.Sections {
		if strings.HasPrefix(s.ID, "gruppe-") || s.ID == ageID || p.Kind == "pakke" && s.ID != "indhold" {
			continue
		}
		names := s.Aliases
		if p.Sheet == nil && slices.ContainsFunc(s.Blocks, func(b Block) bool { return b.Name() == (Check{}).Name() }) {
			names = slices.Concat(names, words.List("soegeord.afkrydsning"))
		}
		sec := (&gathered{of: p}).thing(s.ID, s.Title, names)
		if sec.Kind == "figur" && p.Kind != "liste-figur" {
			sec.Kind = "" // shown here, but its place is the page of figures
		}
		found := gathered{of: p}
		for _, b := range s.Blocks {
			found.gather(b.Contents())
		}
		sec.Text = strings.Join(found.lines, "\n")
		if sec.Text != "" || sec.Heading != "" {
			d.Sections = append(d.Sections, sec)
		}
		d.Sections = append(d.Sections, found.sections...)
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

// searchedAs is what a page is called in ord.toml's soegeord: its kind, or the name
// of the file for the pages that let the reader choose.
func searchedAs(p *Page) string {
	if p.Kind == "find" {
		return strings.TrimSuffix(p.Path, ".html")
	}
	return p.Kind
}

// EditionDocs leads the search of the national edition to those of the municipalities.
func EditionDocs(b *Book) []search.Doc {
	var out []search.Doc
	for _, m := range b.Editions {
		name := FullName(m)
		out = append(out, search.Doc{Path: "kommuner/" + m.ID + "/index.html", Kind: m.Kind,
			KindLabel: b.Words.Text("forside.kommunens-udgave"), Title: name, Names: []string{m.Name}, Aliases: m.Alias,
			Summary: b.Words.Text("forside.kommunens-udgave-tekst", "kommune", name), Weight: editionWeight})
	}
	if len(out) > 0 {
		out = append(out, search.Doc{Path: "index.html#find-din-kommune", Kind: "kommuner",
			KindLabel: b.Words.Text("side.oversigt"), Title: b.Words.Text("forside.find-din-kommune"),
			Aliases: b.Words.List("soegeord.kommuner"), Summary: b.Words.Text("forside.find-din-kommune-tekst"),
			Weight: editionWeight})
	}
	return out
}

// editionWeight puts a municipality's edition before the pages that tell of it.
const editionWeight = 1

// thing is a section, one with a kind when its anchor is that of an entity
// which has its place there.
func (g *gathered) thing(id, title string, aliases []string) search.Section {
	s := search.Section{Anchor: id, Heading: title}
	key, name, _ := strings.Cut(id, "-")
	if k := g.of.kinds.Kind(key); k != nil && name != "" && title != "" {
		s.Kind, s.KindLabel, s.Aliases, s.Weight = k.Key, upperFirst(oneOf(g.of.words, k)), aliases, k.Weight
	}
	return s
}

// gathered is the words of contents: lines, and sections of their own for what has a
// name and an anchor.
type gathered struct {
	of       *Page
	lines    []string
	sections []search.Section
}

func (g *gathered) gather(list []Content) {
	for _, c := range list {
		if c.ID == "" || c.Name == "" {
			g.lines = append(g.lines, withMarks(append(line(c.Name), c.Lines...), c.Marks)...)
			g.gather(c.Inner)
			continue
		}
		sec := search.Section{Anchor: c.ID, Heading: c.Name}
		if !c.Heading {
			sec = g.thing(c.ID, c.Name, c.Aliases)
			sec.Marks = strings.Join(c.Marks, " · ")
		}
		inner := gathered{of: g.of}
		inner.gather(c.Inner)
		sec.Text = strings.Join(append(c.Lines, inner.lines...), "\n")
		g.sections = append(append(g.sections, sec), inner.sections...)
	}
}

// withMarks are a statement's lines; the first ends with its marks, as it has no kind
// that they could stand with: "Spørg barnet (krav)".
func withMarks(lines, marks []string) []string {
	if len(lines) > 0 && len(marks) > 0 {
		lines[0] = strings.TrimRight(lines[0], ".") + " (" + strings.ToLower(strings.Join(marks, ", ")) + ")"
	}
	return lines
}
