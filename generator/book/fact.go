package book

import (
	"slices"

	"modelhaandbog/generator/model"
)

// Key tells what a fact says, whatever it is called on the page: the key of the
// table that it comes from, where there is one. A fact is found by its key; its
// label is only shown.
type Key string

// Keys that a fact is found by.
const (
	Who          Key = "hvem"
	SharedWith   Key = "sammen-med"
	Delegate     Key = "kan-uddelegeres-til"
	HowOften     Key = "hvor-tit"
	When         Key = "hvornaar"
	About        Key = "om"
	Responsible  Key = "ansvarlig"
	Participants Key = "deltagere"
	Convener     Key = "indkalder"
)

// captions are what facts are called on a page.
var captions = map[Key]string{
	"formaal":             "Formål",
	"hvem":                "Hvem",
	"sammen-med":          "Sammen med",
	"kan-uddelegeres-til": "Kan uddelegeres til",
	"hvor-tit":            "Hvor tit",
	"hvornaar":            "Hvornår",
	"om":                  "Om",
	"ansvarlig":           "Ansvarlig",
	"deltagere":           "Hvem er med",
	"indkalder":           "Indkalder",
	"lov":                 "Lov",
	"kerneelement":        "Kerneelement",
	"kerneelementer":      "Kerneelementer",
	"fase":                "Fase",
	"faser":               "Faser",
	"aftale":              "Aftales lokalt",
	"moede":               "Møde",
	"du":                  "Du",
	"opgaver":             "Opgaver",
	"se":                  "Se",
	"periode":             "Periode",
	"gaelder":             "Gælder",
	"ressource":           "Tid og rammer",
	"krav":                "Krav",
	"forankring":          "Forankring",
	"naermeste-leder":     "Nærmeste leder",
	"aar":                 "År",
	"varighed":            "Varighed",
	"tilbud":              "Tilbud",
	"svar":                "Svar",
	"roller":              "Roller",
	"alias":               "Også kaldet",
	"se-ogsaa":            "Se også",
	"love":                "Love, der henvises til",
	"lov-i-kilden":        "Lov i kilden",
	"kommuner":            "Kommuner",
	"klassetrin":          "Klassetrin",
	"isbn":                "ISBN",
	"efterset":            "Efterset mod lovtekst af",
	"bruges-i":            "Bruges i",
	"beloeb":              "Beløb",
	"virkning":            "Virkning",
	"udgivet":             "Udgivet",
	"udgiver":             "Udgiver",
	"til":                 "Til",
	"fra":                 "Fra",
	"ejer":                "Teksten holdes ved lige af",
	"sted":                "Sted",
	"status":              "Status",
	"slags":               "Slags",
	"omraader":            "Områder",
	"omraade":             "Område",
	"produkt":             "Når fasen er slut, har I",
	"nu":                  "Nu",
	"model":               "Model",
	"med":                 "Med",
	"kilden-skriver":      "Kilden skriver",
	"hvem-sikrer":         "Hvem sikrer det",
	"henvisninger":        "Her henvises der til den",
	"enhed":               "Handler om",
	"udloeses-af":         "Går i gang, når",
	"gennemgaas":          "Gennemgås senest",
	"titel":               "Fuld titel",
	"emneord":             "Emneord",
	"daekker":             "Dækker",
	"bemaerk":             "Bemærk",
	"barnet":              "Barnet",
	"aktoerer":            "Aktører",
	"foer":                "Før mødet",
	"under":               "På mødet",
	"efter":               "Efter mødet",
	"altid":               "Er altid med",
	"boer":                "Bør være med",
	"efter-aftale":        "Er med efter aftale",
	"overvejes":           "Overvej at invitere",
}

// fact gives a fact its key and its label.
func (p *planner) fact(k Key, f Fact) Fact {
	f.Key, f.Label = k, captions[k]
	return f
}

func (p *planner) statement(k Key, s model.Statement) []Fact {
	if s.Text.Empty() {
		return nil
	}
	return []Fact{p.fact(k, Fact{Text: p.text(s.Text), Badges: badges(s.Force, s.Basis), Cites: p.cites(s.Cites),
		Local: s.Text.At.Local(), Pos: s.At.Pos()})}
}

func (p *planner) textFact(k Key, t model.Text) []Fact {
	if t.Empty() {
		return nil
	}
	x := p.text(t)
	return []Fact{p.fact(k, Fact{Text: x, Local: x.Local, Pos: x.Pos})}
}

func (p *planner) linkFact(k Key, links []Link) []Fact {
	if len(links) == 0 {
		return nil
	}
	return []Fact{p.fact(k, Fact{Links: links})}
}

func (p *planner) plainFact(k Key, s string) []Fact {
	if s == "" {
		return nil
	}
	return []Fact{p.fact(k, Fact{Plain: s})}
}

// markLocal flags the facts of an entity whose values an overlay wrote under one
// of the keys.
func markLocal(facts []Fact, at model.At, keys ...Key) {
	for i, f := range facts {
		key := at.Key(string(f.Key))
		facts[i].Local = f.Local || slices.Contains(keys, f.Key) && key != at && key.Local()
	}
}

// Is reports that two facts are values of the same.
func (f Fact) Is(other Fact) bool { return f.Key == other.Key && f.Label == other.Label }

// without gives an item without the facts of some keys.
func (i Item) without(keys ...Key) Item {
	i.Meta = slices.DeleteFunc(slices.Clone(i.Meta), func(f Fact) bool { return slices.Contains(keys, f.Key) })
	return i
}

// only gives an item with no facts but those of some keys.
func (i Item) only(keys ...Key) Item {
	i.Meta = slices.DeleteFunc(slices.Clone(i.Meta), func(f Fact) bool { return !slices.Contains(keys, f.Key) })
	return i
}
