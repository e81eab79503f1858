package model

import "modelhaandbog/generator/schema"

// CoreElement is one of the model's kerneelementer.
type CoreElement struct {
	Entity
	Number       int          `toml:"nummer" doc:"Rækkefølge."`
	Purpose      Text         `toml:"formaal" navn:"formål" doc:"Formålet."`
	Evidence     []Text       `toml:"vidensgrundlag" doc:"Den viden, det bygger på."`
	Phases       []Ref[Phase] `toml:"faser" vist:"fase,faser" doc:"De faser, elementet hører til."`
	PhasesBasis  Basis        `toml:"faser_grundlag" lokal:"kilde" doc:"Om koblingen til faser står i kilden eller er udledt."`
	Responsible  []Ref[Role]  `toml:"ansvarlig" doc:"Ansvarlige roller."`
	Participants []Ref[Role]  `toml:"deltagere" lokal:"voks" doc:"Roller, der er med."`
}

var elementsKind = register[CoreElement](schema.Kind{
	Key: "kerneelement", One: "kerneelement", Many: "Kerneelementer", Rank: 20,
	Doc: "En af de dele, arbejdet består af.", Example: "Helhedssyn",
	Page: schema.Own, Folder: "kerneelementer", Group: "saadan-virker-modellen", Order: 2,
	Guidance: schema.Wanted, Sourced: true, Aside: true,
})

func (m *Model) Elements() []*CoreElement { return elementsKind.of(&m.entities) }
