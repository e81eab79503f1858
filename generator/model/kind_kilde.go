package model

import "modelhaandbog/generator/schema"

// Source is something that statements rest on.
type Source struct {
	Entity
	Author    string   `toml:"forfatter" fx:"Redaktionen" doc:"Forfatter(e), som trykt."`
	Year      string   `toml:"aar" navn:"år" fx:"2026" doc:"År, som trykt."`
	Title     string   `toml:"titel" krav:"ja" fx:"Vores modelbeskrivelse" doc:"Titel."`
	Publisher string   `toml:"udgiver" fx:"Eksempel Kommune" doc:"Udgiver."`
	ISBN      string   `toml:"isbn" navn:"ISBN" doc:"ISBN."`
	URL       string   `toml:"url" fx:"https://www.eksempel.dk/modellen" doc:"Adresse, kun når den er efterprøvet."`
	Language  string   `toml:"sprog" fx:"sv" doc:"Sprogkode, når titlen ikke er dansk, fx sv, en, no."`
	Primary   bool     `toml:"hovedkilde" doc:"Om en model er skrevet efter denne kilde."`
	UsedBy    []string `toml:"modeller" af:"model" fx:"vores-model" doc:"Modeller, hvis kilde henviser til den."`
}

var sourcesKind = register[Source](schema.Kind{
	Key: "kilde", One: "kilde", Many: "Kilder", Rank: 290,
	Doc: "Noget, som udsagn bygger på.", Example: "Modelbeskrivelse",
	Shared: true, Page: schema.Together, Path: "kilder/index.html", Nameless: true, Weight: -4,
})

func (h *Handbook) Sources() []*Source { return sourcesKind.of(&h.entities) }
