package model

import "modelhaandbog/generator/schema"

// Arena is a part of a child's life that an effort can work in.
type Arena struct {
	Entity
	Number int  `toml:"nummer" doc:"Rækkefølge."`
	Check  Text `toml:"tjek" navn:"punkt i tjeklister" doc:"Som et punkt til en tjekliste."`
}

var arenasKind = register[Arena](schema.Kind{
	Key: "arena", One: "arena", Many: "Arenaer", Rank: 210,
	Doc: "En del af barnets liv, som en indsats kan arbejde i.", Example: "Skolen",
	Page: schema.Together, Folder: "arenaer", Group: "saadan-virker-modellen", Order: 6,
	Guidance: schema.Welcome, Tick: "tjek",
})

func (m *Model) Arenas() []*Arena { return arenasKind.of(&m.entities) }
