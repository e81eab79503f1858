package model

import "modelhaandbog/generator/schema"

// Term is a word of the field, with one definition or one per model.
type Term struct {
	Entity
	Definition Text           `toml:"definition" fx:"Barnets udvikling over tid." doc:"Hvad ordet betyder."`
	Forms      []string       `toml:"boejninger" navn:"bøjninger" fx:"progressionen" doc:"Bøjninger, der også skal genkendes i tekster."`
	PerModel   Keyed[Meaning] `toml:"model" af:"model" fx:"vores-model" doc:"Betydning i en model: [begreb.<id>.model.<model-id>]."`
	See        []Ref[Term]    `toml:"se" vist:"se,se-ogsaa" doc:"Beslægtede begreber."`
}

var termsKind = register[Term](schema.Kind{
	Key: "begreb", One: "begreb", Many: "Begreber", Rank: 270,
	Doc: "Et fagord med én betydning, eller en for hver model.", Example: "Progression",
	Shared: true, Page: schema.Together, Path: "begreber/index.html", Guidance: schema.Welcome,
	Addable: true, Aside: true,
})

func (h *Handbook) Terms() []*Term { return termsKind.of(&h.entities) }

// Meaning is what a term, or a shared theme, means in one model.
type Meaning struct {
	ID    string   `toml:"-"` // the model's id
	Text  Text     `toml:"tekst" krav:"ja" doc:"Betydningen i modellen."`
	Cites []Cite   `toml:"kilde" lokal:"kilde" doc:"Hvor det står."`
	Basis Basis    `toml:"grundlag" lokal:"kilde" doc:"Kilde eller udledt."`
	Refs  []AnyRef `toml:"se" fx:"fase:faelles-maal" doc:"Hvor i modellen det viser sig, som \"slags:id\"." skema:"Hvor i modellen det viser sig."`
	Model *Model   `toml:"-"`
	At    At       `toml:"-"`
}
