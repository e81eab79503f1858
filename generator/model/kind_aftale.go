package model

import (
	"cmp"

	"modelhaandbog/generator/schema"
)

// Agreement is something that the model leaves for the municipality to decide.
// Svar is what a municipality answers in its overlay.
type Agreement struct {
	Entity
	Number   int      `toml:"nummer" doc:"Rækkefølge."`
	Question Text     `toml:"spoergsmaal" navn:"spørgsmål" krav:"ja" fx:"Hvilken kanal skriver I på?" doc:"Hvad kommunen skal tage stilling til."`
	Concerns []AnyRef `toml:"vedroerer" navn:"vedrører" fx:"opgave:indkald-til-moedet" doc:"Hvad det handler om, som \"slags:id\"." skema:"Hvad det handler om."`
	Answer   Text     `toml:"svar" lokal:"svar" fx:"Aula" doc:"Hvad kommunen har aftalt."`
}

var agreementsKind = register[Agreement](schema.Kind{
	Key: "aftale", One: "aftale", Many: "Aftaler", Rank: 250,
	Doc: "Noget, som modellen lader kommunen bestemme.", Example: "Valg af kanal",
	Unlisted: true, Page: schema.Together, Folder: "aftaler", Group: "saadan-goer-du", Order: 5, Tick: "spoergsmaal", Weight: -1,
	Addable: true, National: true,
})

func (m *Model) Agreements() []*Agreement { return agreementsKind.of(&m.entities) }

// AskedOf is the role whom the question concerns first: who sees to what it is about, who
// does it, who calls the meeting, or the role that it is about; nil when none is named
// that hidden doesn't hide.
func (a *Agreement) AskedOf(hidden func(*Entity) bool) *Role {
	var sees, does, calls, about *Role
	first := func(into **Role, r *Role) {
		if *into == nil && r != nil && !hidden(&r.Entity) {
			*into = r
		}
	}
	for _, c := range a.Concerns {
		switch x := c.To.(type) {
		case *Prerequisite:
			for _, r := range x.Roles {
				first(&sees, r.To)
			}
		case *Task:
			first(&does, x.Role.To)
		case *Meeting:
			first(&calls, x.Convener.To)
		case *Role:
			first(&about, x)
		}
	}
	return cmp.Or(sees, does, calls, about)
}
