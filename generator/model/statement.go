package model

// Point is a line of a list that has force and source of its own.
type Point struct {
	ID    string    `toml:"-"`
	Text  Text      `toml:"tekst" krav:"ja" fx:"Spørg barnet." doc:"Punktets tekst."`
	Force Force     `toml:"bindende" lokal:"fast" doc:"Krav, anbefaling eller eksempel."`
	Basis Basis     `toml:"grundlag" lokal:"kilde" doc:"Kilde eller udledt."`
	Cites []Cite    `toml:"kilde" lokal:"kilde" doc:"Hvor det står, hvis det er et andet sted end hovedpunktet."`
	Core  bool      `toml:"kerne" lokal:"kilde" doc:"Modellens kerne: kommunen må ikke ændre eller udelade punktet."`
	Local Localness `toml:",inline"`
	At    At        `toml:"-"`
}

// Statement is one statement with its own force and source.
type Statement struct {
	Text  Text   `toml:"tekst" krav:"ja" fx:"Kan lytte." doc:"Udsagnet."`
	Force Force  `toml:"bindende" lokal:"fast" doc:"Krav, anbefaling eller eksempel."`
	Basis Basis  `toml:"grundlag" lokal:"kilde" doc:"Kilde eller udledt."`
	Cites []Cite `toml:"kilde" lokal:"kilde" doc:"Hvor det står."`
	At    At     `toml:"-"`
}
