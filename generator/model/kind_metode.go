package model

import "modelhaandbog/generator/schema"

type Method struct {
	Entity
	Number   int    `toml:"nummer" doc:"Rækkefølge."`
	Language string `toml:"sprog" fx:"en" doc:"Sprogkode, når navnet ikke er dansk, fx en."`
}

var methodsKind = register[Method](schema.Kind{
	Key: "metode", One: "metode", Many: "Metoder", Rank: 200,
	Doc: "En navngiven faglig metode.", Example: "Makkerlæsning",
	Page: schema.Together, Folder: "metoder", Group: "saadan-virker-modellen", Order: 7,
	Guidance: schema.Welcome, Addable: true, Renamable: true,
})

func (m *Model) Methods() []*Method { return methodsKind.of(&m.entities) }
