package model

import "modelhaandbog/generator/schema"

// Part is a described element of an area.
type Part struct {
	Entity
	Number   int       `toml:"nummer" doc:"Rækkefølge i området."`
	Area     Ref[Area] `toml:"omraade" navn:"område" krav:"ja" doc:"Området, elementet hører til."`
	Points   []Text    `toml:"punkter" lokal:"voks" doc:"Punkter."`
	Examples []Text    `toml:"eksempler" lokal:"voks" doc:"Eksempler."`
	Check    Text      `toml:"tjek" navn:"punkt i tjeklister" doc:"Som et punkt til en tjekliste."`
}

var partsKind = register[Part](schema.Kind{
	Key: "element", One: "element", Many: "Elementer", Rank: 190,
	Doc: "Et beskrevet element i et område.", Example: "Fælles sprog",
	Page: schema.Inside, In: "omraade", Guidance: schema.Welcome, Sourced: true, Tick: "tjek",
	Weight: -1,
})

func (m *Model) Parts() []*Part { return partsKind.of(&m.entities) }
