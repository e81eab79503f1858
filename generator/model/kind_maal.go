package model

import "modelhaandbog/generator/schema"

// Goal is a numbered goal of the model.
type Goal struct {
	Entity
	Number int `toml:"nummer" krav:"ja" doc:"Målets nummer, fra 1 og uden huller."`
}

var goalsKind = register[Goal](schema.Kind{
	Key: "maal", One: "mål", Many: "Mål", Rank: 130,
	Doc: "Et nummereret mål for modellen.", Example: "Bedre trivsel",
	Unlisted: true, Page: schema.Together, Folder: "maal", Group: "baggrund", Order: 1, Guidance: schema.Welcome,
	Sourced: true, Dense: true, Tick: "navn", National: true,
})

func (m *Model) Goals() []*Goal { return goalsKind.of(&m.entities) }
