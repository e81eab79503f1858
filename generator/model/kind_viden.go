package model

import "modelhaandbog/generator/schema"

// Knowledge is a finding that the model builds on.
type Knowledge struct {
	Entity
	Number int    `toml:"nummer" doc:"Rækkefølge."`
	Points []Text `toml:"punkter" lokal:"voks" doc:"Resultater eller pointer."`
}

var knowledgeKind = register[Knowledge](schema.Kind{
	Key: "viden", One: "viden", Many: "Viden", Rank: 230,
	Doc: "Et fund, som modellen bygger på.", Example: "Læsning og trivsel",
	Page: schema.Together, Folder: "viden", Group: "baggrund", Order: 5,
	Guidance: schema.Welcome, Sourced: true, Weight: -2, National: true,
})

func (m *Model) Knowledge() []*Knowledge { return knowledgeKind.of(&m.entities) }
