package model

import "modelhaandbog/generator/schema"

// Figure is a drawing made from data. ringe, cirkel and trappe are drawn from
// the model's roles, phases and steps; the others from their fields.
type Figure struct {
	Entity
	Number  int                `toml:"nummer" doc:"Rækkefølge."`
	Type    FigureType         `toml:"type" krav:"ja" doc:"Hvordan figuren tegnes."`
	Fields  Keyed[FigureField] `toml:"felt" fx:"trivsel" doc:"Figurens felter: [figur.<id>.felt.<id>]."`
	Columns []string           `toml:"kolonner" fx:"Hjem|Skole" doc:"Kolonner i en matrix."`
	Rows    []string           `toml:"raekker" navn:"rækker" fx:"Læring|Trivsel" doc:"Rækker i en matrix."`
	Centre  string             `toml:"midte" fx:"Barnet" doc:"Teksten i midten."`
	Band    string             `toml:"baand" navn:"bånd" doc:"Teksten langs figuren, fx et gennemgående perspektiv."`
}

var figuresKind = register[Figure](schema.Kind{
	Key: "figur", One: "figur", Many: "Figurer", Rank: 240,
	Doc: "En tegning, der laves af data.", Example: "Modellens ringe",
	Page: schema.Together, Folder: "figurer", Group: "saadan-virker-modellen", Order: 8,
	Guidance: schema.Welcome, National: true,
})

func (m *Model) Figures() []*Figure { return figuresKind.of(&m.entities) }

type FigureType string

func (FigureType) Values() []string {
	return []string{"ringe", "cirkel", "trekant", "matrix", "ben", "trappe", "forandringsteori"}
}

type FigureField struct {
	ID     string `toml:"-"`
	Name   string `toml:"navn" doc:"Feltets navn. Med viser skal det ikke stå der."`
	Shows  AnyRef `toml:"viser" fx:"omraade:samarbejde" doc:"Det, feltet viser, fx \"omraade:skolen\". Feltet hedder som det, også når en kommune kalder det noget andet." skema:"Det, feltet viser. Feltet hedder som det, også når en kommune kalder det noget andet."`
	Text   Text   `toml:"tekst" doc:"Hvad feltet betyder."`
	Group  string `toml:"gruppe" doc:"Fx ben eller tema."`
	Row    string `toml:"raekke" navn:"række" doc:"Række i en matrix."`
	Column string `toml:"kolonne" doc:"Kolonne i en matrix."`
	Mark   bool   `toml:"kryds" doc:"Om feltet er markeret i kilden."`
	Degree int    `toml:"grad" fx:"3" doc:"Grad, 0-4."`
	Word   string `toml:"grad_ord" doc:"Graden med ord."`
	At     At     `toml:"-"`
}
