package model

import "modelhaandbog/generator/schema"

// Source is something that statements rest on.
type Source struct {
	Entity
	Author    string   `toml:"forfatter" doc:"Forfatter(e), som trykt."`
	Year      string   `toml:"aar" navn:"år" doc:"År, som trykt."`
	Title     string   `toml:"titel" krav:"ja" doc:"Titel."`
	Publisher string   `toml:"udgiver" doc:"Udgiver."`
	ISBN      string   `toml:"isbn" navn:"ISBN" doc:"ISBN."`
	URL       string   `toml:"url" doc:"Adresse, kun når den er efterprøvet."`
	Language  string   `toml:"sprog" doc:"Sprogkode, når titlen ikke er dansk, fx sv, en, no."`
	Primary   bool     `toml:"hovedkilde" doc:"Om en model er skrevet efter denne kilde."`
	UsedBy    []string `toml:"modeller" doc:"Modeller, hvis kilde henviser til den."`
}

var sourcesKind = register[Source](schema.Kind{
	Key: "kilde", One: "kilde", Many: "Kilder", Rank: 290,
	Doc:    "Noget, som udsagn bygger på.",
	Shared: true, Page: schema.Together, Path: "kilder/index.html", Nameless: true, Weight: -4,
})

// Sources lists the handbook's sources.
func (h *Handbook) Sources() []*Source { return sourcesKind.of(&h.entities) }
