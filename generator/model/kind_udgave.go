package model

import "modelhaandbog/generator/schema"

// Release is a dated state of the handbook's content.
type Release struct {
	Entity
	Number  string        `toml:"nummer" krav:"ja" fx:"1.1" doc:"Udgavens nummer, fx 1.0."`
	Date    string        `toml:"dato" krav:"ja" fx:"2026-11-22" doc:"Udgivet (ÅÅÅÅ-MM-DD)."`
	Changes Keyed[Change] `toml:"aendring" navn:"ændring" fx:"nye-faser" doc:"Hvad der er ændret: [udgave.<id>.aendring.<id>]."`
}

var releasesKind = register[Release](schema.Kind{
	Key: "udgave", One: "udgave", Many: "Udgaver", Rank: 310,
	Doc: "En dateret udgave af håndbogens indhold.", Example: "Udgave 2",
	Shared: true, Page: schema.Together, Path: "nyt.html", Guidance: schema.Welcome,
})

// Releases lists the handbook's releases, newest first.
func (h *Handbook) Releases() []*Release { return releasesKind.of(&h.entities) }

// Change is one thing that a release changed.
type Change struct {
	ID    string   `toml:"-"`
	Model string   `toml:"model" af:"model" fx:"vores-model" doc:"Modellens id; tom, når det gælder hele håndbogen."`
	Text  Text     `toml:"tekst" krav:"ja" doc:"Hvad der er ændret."`
	Refs  []AnyRef `toml:"se" fx:"vores-model/fase:faelles-maal" doc:"Det ændrede, som \"model/slags:id\"."`
	At    At       `toml:"-"`
}
