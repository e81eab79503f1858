package model

import "modelhaandbog/generator/schema"

// Pack is several sheets in order, with a cover and contents.
type Pack struct {
	Entity
	Number int      `toml:"nummer" doc:"Rækkefølge."`
	Sheets []AnyRef `toml:"ark" af:"tjekliste|moede|rolle|session|vurdering" krav:"ja" fx:"vores-model/moede:opfoelgningsmoede" doc:"Ark i rækkefølge, som \"model/tjekliste:id\", \"model/moede:id\", \"model/rolle:id\", \"model/session:id\" eller \"model/vurdering:id\"." skema:"Ark i den rækkefølge, de printes."`
	For    Text     `toml:"til" doc:"Hvem pakken er til."`
}

var packsKind = register[Pack](schema.Kind{
	Key: "pakke", One: "pakke", Many: "Pakker", Rank: 330,
	Doc: "Flere ark i rækkefølge, med forside og indhold.", Example: "Kursus",
	Shared: true, Page: schema.Own, Folder: "pakker", Addable: true,
})

func (h *Handbook) Packs() []*Pack { return packsKind.of(&h.entities) }
