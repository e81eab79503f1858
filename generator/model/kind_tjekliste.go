package model

import "modelhaandbog/generator/schema"

// Checklist is an editor's checklist: groups of tasks, prerequisites, meetings'
// points and its own points. Lists per role, phase, meeting and core element need no
// table; they are generated.
type Checklist struct {
	Entity
	Number   int               `toml:"nummer" doc:"Rækkefølge."`
	Mode     ListMode          `toml:"brug" doc:"goer-bekraeft eller laes-goer."`
	Phases   []Ref[Phase]      `toml:"faser" doc:"Faser, listen hører til."`
	Roles    []Ref[Role]       `toml:"roller" doc:"Roller, listen er til."`
	Meetings []Ref[Meeting]    `toml:"moeder" navn:"møder" doc:"Møder, listen er til."`
	Groups   Keyed[CheckGroup] `toml:"gruppe" krav:"ja" fx:"foer" doc:"Grupper: [tjekliste.<id>.gruppe.<id>]."`
}

var checklistsKind = register[Checklist](schema.Kind{
	Key: "tjekliste", One: "tjekliste", Many: "Tjeklister", Rank: 260,
	Doc: "En tjekliste, som redaktionen har skrevet. Lister for roller, faser og møder kommer af data.", Example: "Før mødet",
	Page: schema.Own, Folder: "tjeklister", Group: "saadan-goer-du", Order: 3, Guidance: schema.Welcome,
	Addable: true, Renamable: true, Gathers: true, Begin: []string{"gruppe.punkter"},
})

func (m *Model) Checklists() []*Checklist { return checklistsKind.of(&m.entities) }

type ListMode string

func (ListMode) Values() []string { return []string{"goer-bekraeft", "laes-goer"} }

func (ListMode) Words() []string {
	return []string{"gør først, og bekræft så", "læs ét punkt ad gangen, og gør det"}
}

// CheckGroup is a pause point of a checklist.
type CheckGroup struct {
	ID     string            `toml:"-"`
	Name   string            `toml:"navn" krav:"ja" doc:"Gruppens overskrift."`
	Items  []AnyRef          `toml:"punkter" lokal:"voks" af:"flueben" fx:"opgave:indkald-til-moedet" doc:"Punkter hentet fra data, som \"opgave:id\", \"forudsaetning:id\", \"regel:id\", \"element:id\", \"arena:id\"." skema:"Punkter, der hentes fra modellens opgaver, forudsætninger, regler og elementer."`
	Points Keyed[CheckPoint] `toml:"punkt" fx:"lokale" doc:"Egne punkter: [tjekliste.<id>.gruppe.<id>.punkt.<id>]."`
	At     At                `toml:"-"`
}

// CheckPoint is a point that is in no other table.
type CheckPoint struct {
	Point
	Who  Ref[Role] `toml:"hvem" doc:"Hvem."`
	When string    `toml:"hvornaar" navn:"hvornår" fx:"En uge før" doc:"Hvornår."`
}
