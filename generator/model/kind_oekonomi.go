package model

import "modelhaandbog/generator/schema"

// Economy is an amount and what it covers.
type Economy struct {
	Entity
	Number int    `toml:"nummer" doc:"Rækkefølge."`
	Amount string `toml:"beloeb" navn:"beløb" krav:"ja" fx:"200.000 kr. om året" doc:"Beløbet, som kilden skriver det."`
	Covers Text   `toml:"daekker" navn:"dækker" doc:"Hvad beløbet dækker."`
}

var economyKind = register[Economy](schema.Kind{
	Key: "oekonomi", One: "beløb", Many: "Økonomi", Rank: 160,
	Doc: "Et beløb og hvad det dækker.", Example: "Drift",
	Unlisted: true, Page: schema.Together, Folder: "oekonomi", Group: "baggrund", Order: 6, Sourced: true,
	National: true,
})

func (m *Model) Economy() []*Economy { return economyKind.of(&m.entities) }
