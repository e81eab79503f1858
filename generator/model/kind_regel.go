package model

import "modelhaandbog/generator/schema"

// Rule is a numbered rule for using a figure or a staircase.
type Rule struct {
	Entity
	Number int         `toml:"nummer" krav:"ja" doc:"Reglens nummer, fra 1 og uden huller."`
	Figure Ref[Figure] `toml:"figur" doc:"Figuren, reglen gælder for."`
	Check  Text        `toml:"tjek" navn:"punkt i tjeklister" doc:"Reglen som et spørgsmål til en tjekliste."`
}

var rulesKind = register[Rule](schema.Kind{
	Key: "regel", One: "regel", Many: "Regler", Rank: 50,
	Doc: "En nummereret regel for brugen af en figur eller en trappe.", Example: "Begynd nederst",
	Unlisted: true, Page: schema.Together, On: []string{"trin", "figur"}, Sourced: true, Dense: true, Tick: "tjek",
})

func (m *Model) Rules() []*Rule { return rulesKind.of(&m.entities) }
