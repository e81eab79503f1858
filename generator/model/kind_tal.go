package model

import "modelhaandbog/generator/schema"

// Number is a figure with the population it holds for.
type Number struct {
	Entity
	Number     int    `toml:"nummer" doc:"Rækkefølge."`
	Value      string `toml:"vaerdi" navn:"værdi" krav:"ja" fx:"120" doc:"Tallet, som kilden skriver det."`
	Unit       string `toml:"enhed" fx:"børn" doc:"Enhed."`
	What       string `toml:"hvad" krav:"ja" fx:"Børn i familiepleje" doc:"Hvad tallet måler."`
	Population string `toml:"population" krav:"ja" fx:"Kommunens børn under 18 år" doc:"Hvem tallet gælder."`
	Year       string `toml:"aar" navn:"år" fx:"2026" doc:"År. Står det ikke i kilden, så lad det være."`
}

var numbersKind = register[Number](schema.Kind{
	Key: "tal", One: "tal", Many: "Tal", Rank: 150,
	Doc: "Et tal og hvem det gælder.", Example: "Børn i alt",
	Unlisted: true, Page: schema.Together, Folder: "tal", Group: "baggrund", Order: 4, Sourced: true,
	Nameless: true, National: true,
})

func (m *Model) Numbers() []*Number { return numbersKind.of(&m.entities) }
