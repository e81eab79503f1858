package render

import (
	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
)

// sampleBook is a small edition that uses every block and every field, for
// trying layouts on. Nothing of it is published.
func sampleBook() *book.Book {
	b := &book.Book{
		Slug: "proeve", Title: "Håndbog", Name: "Prøve Kommune", Genitive: "Prøve Kommunes", Publisher: "Udgiver",
		Edition: "Udgave 1.0", DateText: "1. januar 2026", Fictional: true, Colour: "#005a3c", Logo: "logo.svg",
		WAS: "https://was.digst.dk/proeve", Contacts: []book.Fact{{Label: "Kontakt", Plain: "Skolen"}},
	}
	page := book.Page{
		Path: "proeve/moeder/moede.html", Kind: "moede", KindName: "Møde", Title: "Møde", Kicker: "Møde 1 af 2", Lede: sampleText("Indledning"),
		Model: "proeve", ModelName: "Prøve", Section: "proeve/index.html",
		Crumbs: []book.Link{{Path: "index.html", Text: "Forside"}},
		Prev:   book.Link{Path: "proeve/index.html", Text: "Før"}, Next: book.Link{Path: "proeve/index.html", Text: "Efter"},
		Related: []book.LinkGroup{{Title: "Faser", Links: []book.Link{{Path: "proeve/index.html", Text: "Fase"}}}},
		Forms:   []book.Form{{Name: "Word", Link: book.Link{Path: "proeve/moede.docx"}, File: true}},
		Cites:   sampleCites(), Changed: "Udgave 1.0", Badges: sampleBadges(), Summary: "Et møde.",
		Sheet: &book.Sheet{Type: "moede", Subtitle: "Skabelon", Base: "moede"}, Long: true,
		Sections: []book.Section{
			{Blocks: []book.Block{book.QR{}}},
			{ID: "afsnit", Title: "Afsnit", Level: 2, Local: true, Class: "kun-skaerm", Sheet: &book.Mast{Subtitle: "Skabelon", Badges: sampleBadges(), Cites: sampleCites()}, Blocks: sampleBlocks()},
		},
	}
	front := book.Page{Path: "index.html", Kind: "forside", Title: "Håndbog", Sections: []book.Section{{Blocks: []book.Block{
		book.Hero{Title: "Hvad skal du?", Text: sampleText("Vælg"), Tasks: sampleCards()},
	}}}}
	b.Pages = []*book.Page{&page, &front}
	b.Nav = []book.NavItem{{Link: book.Link{Path: "proeve/index.html", Text: "Prøve"}, Model: "proeve", Children: []book.NavItem{
		{Link: book.Link{Text: "Møder"}, Model: "proeve", Children: []book.NavItem{{Link: book.Link{Path: page.Path, Text: "Møde"}, Model: "proeve"}}},
	}}}
	return b
}

func sampleText(s string) book.Text {
	doc, _ := guide.ParseInline(diag.Pos{File: "proeve.toml", Line: 1, Col: 1}, s, guide.Options{})
	return book.Text{Doc: doc, Local: true, National: "National ordlyd"}
}

func sampleCites() []book.Cite {
	return []book.Cite{{Link: book.Link{Path: "kilder/index.html", Anchor: "a", Text: "Kilden"}, Place: "kap. 1"}}
}

func sampleBadges() []book.Badge { return []book.Badge{{Kind: "krav", Text: "Krav"}} }

func sampleCards() []book.Card {
	return []book.Card{{Link: book.Link{Path: "proeve/index.html", Text: "Find en fase"}, Kicker: "Fase", Text: sampleText("Kort"), Plain: "Kort", Badges: sampleBadges(), Icon: "fase"}}
}

func sampleFold() book.Fold {
	return book.Fold{Title: "Bruges 1 sted", Groups: []book.LinkGroup{{Title: "Roller", Links: []book.Link{{Path: "proeve/index.html", Text: "Rolle"}}}}}
}

func sampleItem() book.Item {
	text := sampleText("Tekst")
	return book.Item{
		Fold: sampleFold(), ID: "punkt", Title: book.Link{Path: "proeve/index.html", Text: "Opgave"}, Plain: "Ord", Text: text, More: []book.Text{text}, Points: []book.Text{text},
		Badges: sampleBadges(), Meta: []book.Fact{{Label: "Hvem", Links: []book.Link{{Path: "proeve/index.html", Text: "Rolle"}}}},
		Caveat: text, Notes: []book.Text{text}, Cites: sampleCites(), Minutes: 10, Local: true, Reason: text, National: "Før", Lang: "en",
	}
}

func sampleBlocks() []book.Block {
	item, omitted := sampleItem(), sampleItem()
	omitted.ID, omitted.Omitted = "udeladt", true
	omitted.Children = []book.Item{{ID: "under", Plain: "Underpunkt"}}
	fact := book.Fact{Label: "Hvornår", Text: sampleText("Hver måned"), Badges: sampleBadges(), Cites: sampleCites(), Local: true}
	cell := book.Cell{Plain: "Ja", Text: sampleText("Tekst"), Links: []book.Link{{URL: "https://example.dk/", Text: "Ude"}}, Fold: sampleFold(), Mark: true, Badges: sampleBadges(), Cites: sampleCites()}
	return []book.Block{
		book.Prose{Text: sampleText("Løbende tekst")},
		book.Facts{Rows: []book.Fact{fact}},
		book.List{Items: []book.Item{item, omitted}, Class: "opgaver"},
		book.List{Items: []book.Item{{Plain: "Først"}}, Ordered: true},
		book.Cards{Items: sampleCards()},
		book.Table{Caption: "Tabel", Head: []string{"", "A"}, Rows: []book.Row{{Head: cell, Cells: []book.Cell{cell}, Local: true}}, Class: "matrix"},
		book.Table{Caption: "Tabel", Head: []string{"A", "B"}, Rows: []book.Row{{Head: cell, Cells: []book.Cell{cell}}}, Stack: true},
		book.Box{Type: "note", Title: "Titel", Texts: []book.Text{sampleText("Note")}, Plain: "Ord", Links: []book.Link{{Path: "index.html", Text: "Forside"}}},
		book.Drawing{ID: "figur", Title: "Figur", Caption: sampleText("Tekst"), Same: []book.Block{book.List{Items: []book.Item{{Plain: "Ord"}}}}, Cites: sampleCites()},
		book.Check{Title: "Tjekliste", Mode: "Gør – bekræft", Groups: []book.CheckGroup{{ID: "foer", Title: "Før", Items: []book.Item{{Plain: "Punkt", Badges: sampleBadges()}, item, omitted}}}},
		book.Lines{Label: "Aftalt", Count: 2},
		book.Blank{Caption: "Beslutninger", Head: []string{"Hvad", "Hvem"}, Rows: 2},
		book.Calendar{Title: "Møde", Every: 3, Unit: "maaned", Minutes: 60, Description: "Om mødet", Place: "Skolen", Expression: "hver 3. måned"},
		book.Letters{Groups: []book.Letter{{Letter: "A", Entries: []book.Entry{{Link: book.Link{Path: "index.html", Text: "Anbragt"}, Note: "begreb"}}}}},
		book.Search{Results: true},
	}
}
