package model

import "modelhaandbog/generator/schema"

// Step is a step of a staircase, ordered by how intrusive it is.
type Step struct {
	Entity
	Number   int       `toml:"nummer" krav:"ja" doc:"Trinnets nummer nedefra, fra 1 og uden huller."`
	Area     Ref[Area] `toml:"omraade" navn:"område" doc:"Området, trinnet hører til."`
	Examples []Text    `toml:"eksempler" lokal:"voks" doc:"Eksempler."`
}

var stepsKind = register[Step](schema.Kind{
	Key: "trin", One: "trin", Many: "Trin", Rank: 40,
	Doc: "Et trin på en trappe, ordnet efter hvor indgribende det er.", Example: "Trin 1",
	Page: schema.Own, Folder: "trin", Group: "saadan-virker-modellen", Order: 4, Guidance: schema.Wanted,
	Sourced: true, Dense: true, National: true,
})

func (m *Model) Steps() []*Step { return stepsKind.of(&m.entities) }
