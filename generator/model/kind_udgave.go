package model

import (
	"slices"

	"modelhaandbog/generator/schema"
)

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

// Releases lists the handbook's releases, newest first. One that is still a draft is none.
func (h *Handbook) Releases() []*Release {
	return slices.DeleteFunc(slices.Clone(releasesKind.of(&h.entities)), func(r *Release) bool { return r.Draft })
}

// Change is one thing that a release changed.
type Change struct {
	ID    string   `toml:"-"`
	Model string   `toml:"model" af:"model" fx:"vores-model" doc:"Modellens id; tom, når det gælder hele håndbogen."`
	Text  Text     `toml:"tekst" krav:"ja" doc:"Hvad der er ændret."`
	Refs  []AnyRef `toml:"se" fx:"vores-model/fase:faelles-maal" doc:"Det ændrede, som \"model/slags:id\" eller \"model/moede:id#dagsorden.punkt\". Teksten siger så hvorfor." skema:"Det, der er ændret. Teksten siger så hvorfor."`
	Gone  []string `toml:"udgaaet" navn:"udgået" fx:"vores-model/opgave:den-gamle" doc:"Det, der er gået ud og ikke kan stå i se, som \"model/slags:id\"." skema:"Det, der er gået ud."`
	Minor bool     `toml:"uvaesentlig" navn:"uvæsentlig" doc:"Kun ordlyden er en anden, fx en rettet stavefejl. Det under se står så for sig i Nyt i håndbogen. Kraft, ansvarlig, tid, lov og kilde kan ikke være uvæsentlige."`
	At    At       `toml:"-"`
}
