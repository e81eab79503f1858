package model

import "modelhaandbog/generator/schema"

// TargetGroup is whom the model is for, or not for.
type TargetGroup struct {
	Entity
	Number   int        `toml:"nummer" doc:"Rækkefølge."`
	Type     TargetType `toml:"slags" krav:"ja" doc:"Primær, sekundær, særlig eller ikke omfattet."`
	Grades   string     `toml:"klassetrin" fx:"0.-9. klasse" doc:"Klassetrin, som kilden skriver det."`
	Settings []string   `toml:"tilbud" fx:"folkeskole" doc:"Typer af tilbud."`
}

var targetGroupsKind = register[TargetGroup](schema.Kind{
	Key: "maalgruppe", One: "målgruppe", Many: "Målgruppe", Rank: 120,
	Doc: "Hvem modellen er til for, eller ikke omfatter.", Example: "Børn i skolealderen",
	Unlisted: true, Page: schema.Together, Folder: "maalgruppe", Group: "baggrund", Order: 2,
	Guidance: schema.Welcome, Sourced: true, National: true,
})

func (m *Model) TargetGroups() []*TargetGroup { return targetGroupsKind.of(&m.entities) }

// TargetType tells whether a group is a target of the model.
type TargetType string

func (TargetType) Values() []string {
	return []string{"primaer", "sekundaer", "saerlig", "ikke-omfattet"}
}

func (TargetType) Words() []string {
	return []string{"primær", "sekundær", "særlig", "ikke omfattet"}
}
