package model

import "modelhaandbog/generator/schema"

// Result is a finding; its caveat is always shown with it.
type Result struct {
	Entity
	Number   int      `toml:"nummer" doc:"Rækkefølge."`
	Strength Strength `toml:"styrke" lokal:"fast" krav:"ja" doc:"Evalueret, oplevet, et mål eller et virksomt element."`
}

var resultsKind = register[Result](schema.Kind{
	Key: "resultat", One: "resultat", Many: "Resultater", Rank: 140,
	Doc: "Et fund. Dets forbehold vises altid sammen med det.", Example: "Flere læser",
	Unlisted: true, Page: schema.Together, Folder: "resultater", Group: "baggrund", Order: 3,
	Guidance: schema.Welcome, Sourced: true, Weight: -2, National: true,
})

func (m *Model) Results() []*Result { return resultsKind.of(&m.entities) }

// Strength is how well a result is founded.
type Strength string

func (Strength) Values() []string { return []string{"evalueret", "oplevet", "maal", "virksomt"} }

func (Strength) Words() []string { return []string{"evalueret", "oplevet", "mål", "virksomt"} }
