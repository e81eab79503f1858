package model

import "modelhaandbog/generator/schema"

// Shared is a theme that several models have in common.
type Shared struct {
	Entity
	Number   int            `toml:"nummer" doc:"Rækkefølge."`
	PerModel Keyed[Meaning] `toml:"model" fx:"vores-model" doc:"Temaet i en model: [faelles.<id>.model.<model-id>]."`
}

var sharedKind = register[Shared](schema.Kind{
	Key: "faelles", One: "fælles tema", Many: "Fælles for modellerne", Rank: 320,
	Doc: "Et tema, som flere modeller har fælles.", Example: "Barnets stemme",
	Shared: true, Page: schema.Together, Path: "faelles.html",
})

// Shared lists the handbook's shared themes.
func (h *Handbook) Shared() []*Shared { return sharedKind.of(&h.entities) }
