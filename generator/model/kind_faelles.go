package model

import "modelhaandbog/generator/schema"

// Theme is a theme that several models have in common.
type Theme struct {
	Entity
	Number   int            `toml:"nummer" doc:"Rækkefølge."`
	PerModel Keyed[Meaning] `toml:"model" af:"model" fx:"vores-model" doc:"Temaet i en model: [faelles.<id>.model.<model-id>]."`
}

var themesKind = register[Theme](schema.Kind{
	Key: "faelles", One: "fælles tema", Many: "Fælles for modellerne", Rank: 320,
	Doc: "Et tema, som flere modeller har fælles.", Example: "Barnets stemme",
	Shared: true, Page: schema.Together, Path: "faelles.html",
})

func (h *Handbook) Themes() []*Theme { return themesKind.of(&h.entities) }
