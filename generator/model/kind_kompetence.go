package model

import "modelhaandbog/generator/schema"

// Competence is what a role must be able to do or know; roles share them.
type Competence struct {
	Entity
	Number int            `toml:"nummer" doc:"Rækkefølge."`
	Type   CompetenceType `toml:"type" krav:"ja" doc:"Slags kompetence."`
	Roles  []Ref[Role]    `toml:"roller" krav:"ja" doc:"Roller, der skal have den."`
}

var competencesKind = register[Competence](schema.Kind{
	Key: "kompetence", One: "kompetence", Many: "Kompetencer", Rank: 80,
	Doc: "Hvad en rolle skal kunne eller vide. Roller kan dele den.", Example: "Samtaler med børn",
	Unlisted: true, Page: schema.Together, Folder: "kompetencer", Group: "det-skal-vaere-paa-plads", Order: 2, Sourced: true,
	Weight: -2,
})

func (m *Model) Competences() []*Competence { return competencesKind.of(&m.entities) }

type CompetenceType string

func (CompetenceType) Values() []string {
	return []string{"relation", "kommunikation", "vejledning", "viden", "uddannelse", "lov"}
}
