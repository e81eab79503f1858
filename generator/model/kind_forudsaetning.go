package model

import "modelhaandbog/generator/schema"

// Prerequisite is something that must be in place.
type Prerequisite struct {
	Entity
	Number    int                `toml:"nummer" doc:"Rækkefølge."`
	Level     Level              `toml:"niveau" krav:"ja" doc:"Niveauet, forudsætningen hører til."`
	Elements  []Ref[CoreElement] `toml:"kerneelementer" vist:"kerneelement,kerneelementer" doc:"Kerneelementer, den gælder for."`
	Areas     []Ref[Area]        `toml:"omraader" navn:"områder" vist:"omraade,omraader" doc:"Områder, den gælder for."`
	Roles     []Ref[Role]        `toml:"roller" vist:"roller,hvem-sikrer,hvem" lokal:"tilfoej" doc:"Roller, der skal sikre den. Lad den mangle, når kilden ikke siger hvem."`
	Points    []Text             `toml:"punkter" lokal:"voks" doc:"Det, forudsætningen indebærer."`
	Agreement Ref[Agreement]     `toml:"aftale" lokal:"tilfoej" doc:"Det, kommunen skal aftale lokalt."`
	Check     Text               `toml:"tjek" navn:"punkt i tjeklister" doc:"\"Er det på plads?\" som ét punkt til en tjekliste."`
}

var prerequisitesKind = register[Prerequisite](schema.Kind{
	Key: "forudsaetning", One: "forudsætning", Many: "Forudsætninger", Rank: 90,
	Doc: "Noget, der skal være på plads.", Example: "Tid til opgaven",
	Page: schema.Described, Folder: "forudsaetninger", Group: "det-skal-vaere-paa-plads", Order: 1,
	Guidance: schema.Welcome, Sourced: true, Tick: "tjek", Addable: true,
})

func (m *Model) Prerequisites() []*Prerequisite { return prerequisitesKind.of(&m.entities) }

type Level string

func (Level) Values() []string {
	return []string{"organisatorisk", "ledelse", "kerneelement", "strategisk", "princip", "omraade", "erfaring"}
}

func (Level) Words() []string {
	return []string{"i organisationen", "ledelse", "kerneelement", "strategisk", "princip", "område", "erfaring"}
}
