package model

import "modelhaandbog/generator/schema"

// Edition is a dated state of the handbook's content.
type Edition struct {
	Entity
	Number  string        `toml:"nummer" krav:"ja" doc:"Udgavens nummer, fx 1.0."`
	Date    string        `toml:"dato" krav:"ja" doc:"Udgivet (ÅÅÅÅ-MM-DD)."`
	Changes Keyed[Change] `toml:"aendring" navn:"ændring" doc:"Hvad der er ændret: [udgave.<id>.aendring.<id>]."`
}

var editionsKind = register[Edition](schema.Kind{
	Key: "udgave", One: "udgave", Many: "Udgaver", Rank: 310,
	Doc:    "En dateret udgave af håndbogens indhold.",
	Shared: true, Page: schema.Together, Path: "nyt.html", Guidance: schema.Welcome,
})

// Editions lists the handbook's editions.
func (h *Handbook) Editions() []*Edition { return editionsKind.of(&h.entities) }

// Change is one thing that an edition changed.
type Change struct {
	ID    string   `toml:"-"`
	Model string   `toml:"model" doc:"Modellens id; tom, når det gælder hele håndbogen."`
	Text  Text     `toml:"tekst" krav:"ja" doc:"Hvad der er ændret."`
	Refs  []AnyRef `toml:"se" doc:"Det ændrede, som \"model/slags:id\"."`
	At    At       `toml:"-"`
}
