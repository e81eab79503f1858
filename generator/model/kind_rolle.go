package model

import "modelhaandbog/generator/schema"

// Role is a function that people fill, with or without a competence profile.
type Role struct {
	Entity
	Number    int                `toml:"nummer" doc:"Rækkefølge i oversigter."`
	Title     string             `toml:"opgavetitel" lokal:"navneform" fx:"koordinatoren" doc:"Bestemt form til \"Opgaver for …\", fx læringsvejlederen."`
	Ring      Ring               `toml:"ring" doc:"Hvor rollen står i modelfiguren: barn, voksne eller ledere."`
	Purpose   Text               `toml:"formaal" navn:"formål" doc:"Hvad rollen er til for."`
	Anchoring Statement          `toml:"forankring" doc:"Hvor rollen er forankret."`
	Resource  Statement          `toml:"ressource" doc:"Tid og rammer, fx frikøb."`
	Demands   Keyed[Demand]      `toml:"krav" fx:"laerer" doc:"Krav til den, der har rollen: [rolle.<id>.krav.<id>]."`
	Expect    Keyed[Expectation] `toml:"regn_med" navn:"det kan du regne med" fx:"besoeg" doc:"Hvad den, der har rollen, kan regne med fra andre, skrevet til læseren: [rolle.<id>.regn_med.<id>]. Når der er flere punkter end opgaver, står de først på siden."`
	Leader    Ref[Role]          `toml:"naermeste_leder" navn:"nærmeste leder" doc:"Nærmeste leder."`
	Home      bool               `toml:"hjem" doc:"Rollen er barnets familie eller hjem og får sin egen indbydelse til møder."`
	NoTasks   bool               `toml:"uden_opgaver" doc:"Rollen har med vilje ingen opgaver i kilden."`
}

// Expectation is what those who have a role can count on.
type Expectation struct{ Point }

// Demand is asked of those who have a role.
type Demand struct {
	ID string `toml:"-"`
	Statement
}

var rolesKind = register[Role](schema.Kind{
	Key: "rolle", One: "rolle", Many: "Roller", Rank: 60,
	Doc: "En funktion, som mennesker har, med eller uden kompetenceprofil.", Example: "Koordinator",
	Page: schema.Own, Folder: "roller", Group: "saadan-goer-du", Order: 1, Guidance: schema.Welcome,
	Addable: true, Renamable: true, CoreByUse: true,
})

func (m *Model) Roles() []*Role { return rolesKind.of(&m.entities) }

// Ring is the ring of a role in the figure around the child.
type Ring string

func (Ring) Values() []string { return []string{"barn", "voksne", "ledere"} }
