package model

import "modelhaandbog/generator/schema"

// Cadence is how often something happens. Its numbers are those of one Frequency; all
// are 0 for a cadence that is only an expression ("kort efter afdækningen").
type Cadence struct {
	Entity
	Expression string `toml:"udtryk" navn:"hvor tit" lokal:"oftere" fx:"kort efter afdækningen" doc:"Hvor tit, med ord. Uden nøglen laver håndbogen ordene af tallene."`
	Every      int    `toml:"hver" navn:"interval" lokal:"oftere" fx:"3" doc:"Interval, fx 3 i \"hver tredje måned\"."`
	UpTo       int    `toml:"hver_til" navn:"interval, højst" lokal:"oftere" fx:"4" doc:"Øvre grænse for intervallet, fx 8 i \"hver 6.–8. uge\"."`
	Times      int    `toml:"gange" navn:"antal gange" lokal:"oftere" fx:"2" doc:"Antal gange i enheden, fx 2 i \"to gange om ugen\"."`
	TimesTo    int    `toml:"gange_til" navn:"antal gange, højst" lokal:"oftere" fx:"3" doc:"Antal gange i enheden, højst."`
	PerYear    int    `toml:"aarligt" navn:"gange om året" lokal:"oftere" fx:"4" doc:"Kort for gange og enhed = \"aar\"." skema:"Antal gange om året."`
	PerYearTo  int    `toml:"aarligt_til" navn:"gange om året, højst" lokal:"oftere" fx:"6" doc:"Kort for gange_til og enhed = \"aar\"." skema:"Antal gange om året, højst."`
	Unit       Unit   `toml:"enhed" lokal:"oftere" fx:"maaned" doc:"dag, uge, maaned, kvartal eller aar." skema:"Hvad der tælles i."`
	Minimum    bool   `toml:"mindst" lokal:"oftere" doc:"Kilden siger mindst."`
	About      bool   `toml:"omtrent" lokal:"oftere" doc:"Kilden siger ca."`
}

var cadencesKind = register[Cadence](schema.Kind{
	Key: "kadence", One: "kadence", Many: "Kadencer", Rank: 110,
	Doc: "Hvor tit noget sker.", Example: "Opfølgning",
	Unlisted: true, Page: schema.Together, Folder: "kadencer", Group: "saadan-goer-du", Order: 4, Sourced: true,
	Weight: -3, Addable: true, Policies: map[string]schema.Policy{"kort": schema.Oftener}, Begin: []string{"hver",
		"enhed"},
	Sentence: schema.Sentence{Legend: "Hvor tit", Lines: []string{
		"hver {hver} til {hver_til} {enhed}",
		"eller {gange} til {gange_til} gange i enheden ovenfor",
		"eller {aarligt} til {aarligt_til} gange om året",
		"eller med ord: {udtryk}",
		"{mindst} {omtrent}",
	}},
})

func (m *Model) Cadences() []*Cadence { return cadencesKind.of(&m.entities) }

// Unit is what a cadence counts in.
type Unit string

func (Unit) Values() []string { return []string{"dag", "uge", "maaned", "kvartal", "aar"} }

func (Unit) Words() []string { return []string{"dag", "uge", "måned", "kvartal", "år"} }
