package model

import "modelhaandbog/generator/schema"

// Cadence is how often something happens. Either Every (one interval, with an
// upper bound in UpTo when the source gives a span) or PerYear is given; all
// are 0 for a cadence that is only an expression ("kort efter afdækningen").
type Cadence struct {
	Entity
	Expression string `toml:"udtryk" navn:"hvor tit" lokal:"oftere" krav:"ja" fx:"ca. hver tredje måned" doc:"Som kilden skriver det, fx \"ca. hver tredje måned\"."`
	Every      int    `toml:"hver" navn:"interval" lokal:"oftere" fx:"3" doc:"Interval, fx 3."`
	UpTo       int    `toml:"hver_til" navn:"interval, højst" lokal:"oftere" fx:"4" doc:"Øvre grænse for intervallet, fx 8 i \"hver 6.-8. uge\"."`
	Unit       Unit   `toml:"enhed" lokal:"oftere" fx:"maaned" doc:"uge, maaned eller aar."`
	PerYear    int    `toml:"aarligt" navn:"gange om året" lokal:"oftere" fx:"4" doc:"Antal gange om året, mindst."`
	PerYearTo  int    `toml:"aarligt_til" navn:"gange om året, højst" lokal:"oftere" fx:"6" doc:"Antal gange om året, højst."`
	Minimum    bool   `toml:"mindst" doc:"Kilden siger mindst."`
	About      bool   `toml:"omtrent" doc:"Kilden siger ca."`
}

var cadencesKind = register[Cadence](schema.Kind{
	Key: "kadence", One: "kadence", Many: "Kadencer", Rank: 110,
	Doc: "Hvor tit noget sker.", Example: "Opfølgning",
	Unlisted: true, Page: schema.Together, Folder: "kadencer", Group: "saadan-goer-du", Order: 4, Sourced: true,
	Weight: -3, Addable: true, Policies: map[string]schema.Policy{"kort": schema.Oftener}, Begin: []string{"hver",
		"enhed"},
})

func (m *Model) Cadences() []*Cadence { return cadencesKind.of(&m.entities) }

// Unit is what a cadence counts in.
type Unit string

func (Unit) Values() []string { return []string{"uge", "maaned", "aar"} }
