package model

import "modelhaandbog/generator/schema"

// Task is one thing that a role does. Role pages, phase pages, checklists and
// the responsibility matrix are views of the tasks.
type Task struct {
	Entity
	Number    int                `toml:"nummer" doc:"Rækkefølge inden for rollen."`
	Role      Ref[Role]          `toml:"rolle" vist:"hvem" lokal:"tilfoej" doc:"Rollen, der har opgaven. Lad den mangle, når kilden ikke siger hvem; så er det noget, kommunen skal aftale."`
	With      []Ref[Role]        `toml:"sammen_med" vist:"sammen-med,hvem" doc:"Roller, der deler opgaven."`
	Delegate  []Ref[Role]        `toml:"kan_uddelegeres_til" doc:"Roller, opgaven kan uddelegeres til."`
	Elements  []Ref[CoreElement] `toml:"kerneelementer" vist:"kerneelement" doc:"Kerneelementer, opgaven hører til."`
	Phases    []Ref[Phase]       `toml:"faser" vist:"fase,faser" doc:"Faser, opgaven løses i. Ingen: løbende i alle faser."`
	Meeting   Ref[Meeting]       `toml:"moede" navn:"møde" vist:"moede,foer,under,efter,hvornaar" doc:"Mødet, opgaven hører til."`
	When      Moment             `toml:"tidspunkt" vist:"hvornaar,foer,under,efter,moede" doc:"Før, under eller efter mødet."`
	Cadence   Ref[Cadence]       `toml:"kadence" vist:"hvor-tit" doc:"Hvor tit."`
	Agreement Ref[Agreement]     `toml:"aftale" lokal:"tilfoej" doc:"Det, kommunen skal aftale lokalt, for at opgaven kan løses."`
	Check     Text               `toml:"tjek" navn:"punkt i tjeklister" doc:"Opgaven som et punkt, man kan sætte flueben ved."`
}

var tasksKind = register[Task](schema.Kind{
	Key: "opgave", One: "opgave", Many: "Opgaver", Rank: 70,
	Doc:     "Én ting, som en rolle gør. Rollesider, fasesider, tjeklister og oversigter viser den.",
	Example: "Indkald til mødet", Begin: []string{"rolle"},
	Unlisted: true, Page: schema.Inside, In: "rolle", On: []string{"aftale"}, Sourced: true, Tick: "tjek",
	Weight: -2, Addable: true,
})

func (m *Model) Tasks() []*Task { return tasksKind.of(&m.entities) }

// Moment is when a task is done, seen from a meeting.
type Moment string

func (Moment) Values() []string { return []string{"foer", "under", "efter"} }

func (Moment) Words() []string { return []string{"før mødet", "under mødet", "efter mødet"} }
