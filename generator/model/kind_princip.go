package model

import "modelhaandbog/generator/schema"

// Principle guides practice; it belongs to the model or to one core element.
type Principle struct {
	Entity
	Number    int              `toml:"nummer" doc:"Rækkefølge."`
	Element   Ref[CoreElement] `toml:"kerneelement" doc:"Kerneelementet, hvis princippet hører til ét."`
	Reasons   []Text           `toml:"begrundelse" doc:"Den viden, princippet bygger på."`
	Questions []Text           `toml:"spoergsmaal" navn:"spørgsmål" lokal:"voks" doc:"Spørgsmål til praksis."`
}

var principlesKind = register[Principle](schema.Kind{
	Key: "princip", One: "princip", Many: "Principper", Rank: 10,
	Doc: "Det, der skal præge alt arbejdet.", Example: "Fælles ansvar",
	Page: schema.Described, Folder: "principper", Group: "saadan-virker-modellen", Order: 1, Guidance: schema.Wanted,
	Sourced: true,
})

func (m *Model) Principles() []*Principle { return principlesKind.of(&m.entities) }
