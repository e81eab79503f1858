package model

import "modelhaandbog/generator/schema"

// Practice is an activity, a method, a level or an example of a core element.
type Practice struct {
	Entity
	Number  int              `toml:"nummer" doc:"Rækkefølge."`
	Type    PracticeType     `toml:"slags" krav:"ja" doc:"Aktivitet, metode, eksempel eller niveau."`
	Element Ref[CoreElement] `toml:"kerneelement" doc:"Kerneelementet."`
	Phases  []Ref[Phase]     `toml:"faser" vist:"fase" doc:"Faser."`
	Roles   []Ref[Role]      `toml:"roller" vist:"hvem" doc:"Roller."`
}

var practicesKind = register[Practice](schema.Kind{
	Key: "greb", One: "greb", Many: "Greb", Rank: 220,
	Doc: "En aktivitet, en metode, et niveau eller et eksempel.", Example: "Daglig læsning",
	Unlisted: true, Page: schema.Inside, In: "kerneelement", On: []string{"metode"}, Sourced: true, Weight: -1,
	Addable: true,
})

func (m *Model) Practices() []*Practice { return practicesKind.of(&m.entities) }

type PracticeType string

func (PracticeType) Values() []string { return []string{"aktivitet", "metode", "eksempel", "niveau"} }
