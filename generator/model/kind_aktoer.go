package model

import "modelhaandbog/generator/schema"

// Actor is an organisation or a researcher with a role in one or more models.
type Actor struct {
	Entity
	Type         ActorType          `toml:"type" krav:"ja" doc:"Slags aktør."`
	Earlier      Keyed[EarlierName] `toml:"navn_over_tid" fx:"foer-2015" doc:"Tidligere navne: [aktoer.<id>.navn_over_tid.<id>]."`
	PerModel     Keyed[Involvement] `toml:"model" af:"model" fx:"vores-model" doc:"Rolle i en model: [aktoer.<id>.model.<model-id>]."`
	Municipality string             `toml:"kommune" af:"kommune" doc:"Kommunens id i registret, når aktøren er en kommune."`
}

var actorsKind = register[Actor](schema.Kind{
	Key: "aktoer", One: "aktør", Many: "Aktører", Rank: 280,
	Doc: "En organisation eller en forsker med en rolle i en eller flere modeller.", Example: "Eksempelforening",
	Shared: true, Page: schema.Together, Path: "aktoerer/index.html", Folder: "aktoerer", Guidance: schema.Welcome,
})

func (h *Handbook) Actors() []*Actor { return actorsKind.of(&h.entities) }

type ActorType string

func (ActorType) Values() []string {
	return []string{"kommune", "styrelse", "konsulent", "forskning", "hoejskole", "forening", "person", "tilsyn"}
}

func (ActorType) Words() []string {
	return []string{"kommune", "styrelse", "konsulent", "forskning", "professionshøjskole", "forening", "person", "tilsyn"}
}

// EarlierName is a name that an actor had.
type EarlierName struct {
	ID   string `toml:"-"`
	Name string `toml:"navn" krav:"ja" doc:"Navnet dengang."`
	Note Text   `toml:"note" doc:"Hvornår, eller hvor det står."`
	At   At     `toml:"-"`
}

// Involvement is an actor's part in one model.
type Involvement struct {
	ID    string `toml:"-"` // the model's id
	Role  Text   `toml:"rolle" krav:"ja" doc:"Hvad aktøren gjorde eller gør."`
	From  int    `toml:"fra" doc:"Fra år."`
	To    int    `toml:"til" doc:"Til år."`
	Cites []Cite `toml:"kilde" lokal:"kilde" doc:"Hvor det står."`
	Model *Model `toml:"-"`
	At    At     `toml:"-"`
}
