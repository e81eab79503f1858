package model

import "modelhaandbog/generator/schema"

type Scenario struct {
	Entity
	Number int  `toml:"nummer" krav:"ja" doc:"Nummer, fra 1 og uden huller."`
	From   Text `toml:"fra" doc:"Udgangspunktet."`
	To     Text `toml:"til" doc:"Hvad der ændres til."`
	Saving Text `toml:"virkning" doc:"Virkningen, som kilden beskriver den."`
}

var scenariosKind = register[Scenario](schema.Kind{
	Key: "scenarie", One: "scenarie", Many: "Scenarier", Rank: 170,
	Doc: "Et økonomisk scenarie.", Example: "Færre skift",
	Unlisted: true, Page: schema.Together, On: []string{"oekonomi"}, Dense: true, National: true,
})

func (m *Model) Scenarios() []*Scenario { return scenariosKind.of(&m.entities) }
