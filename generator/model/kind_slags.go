package model

import "modelhaandbog/generator/schema"

// Declaration is a kind of the handbook's own, see Declared.
type Declaration struct {
	Entity
	Many      string           `toml:"flere" krav:"ja" fx:"Måleredskaber" doc:"Navnet i flertal, som overskrift."`
	Definite  string           `toml:"bestemt" fx:"måleredskabet" doc:"Navnet i bestemt form."`
	Group     MenuGroup        `toml:"gruppe" krav:"ja" doc:"Hvor slagsen står i modellens menu."`
	Page      PageForm         `toml:"side" doc:"Om hver har sin egen side, eller de står samlet på én. Uden nøglen står de samlet."`
	Guidance  GuidanceForm     `toml:"vejledning" doc:"Om de kan have vejledning i vejledning/<slags>/<id>.md. Uden nøglen kan de."`
	Numbered  bool             `toml:"nummereret" doc:"De har numre fra 1 uden huller."`
	Sourced   bool             `toml:"kilde_kraeves" navn:"kilde kræves" doc:"Hver af dem skal sige sin kilde."`
	Ticks     bool             `toml:"flueben" doc:"De kan være punkter på tjeklister."`
	Addable   bool             `toml:"kommunen_kan_tilfoeje" navn:"kommunen kan tilføje" doc:"En kommune kan tilføje sine egne."`
	Renamable bool             `toml:"kommunen_kan_omdoebe" navn:"kommunen kan omdøbe" doc:"En kommune kan give dem sit eget navn."`
	National  bool             `toml:"ens_for_alle" doc:"De er ens for alle kommuner."`
	Columns   []string         `toml:"kolonner" fx:"alder" doc:"Felter, som siden viser som kolonner i en tabel. Uden nøglen er den en liste."`
	Fields    Keyed[FieldForm] `toml:"felt" navn:"felter" fx:"alder" doc:"Felterne: [slags.<id>.felt.<felt>]."`
}

// FieldForm is a key of a kind of the handbook's own.
type FieldForm struct {
	ID       string      `toml:"-"`
	Name     string      `toml:"navn" fx:"Alder" doc:"Hvad læseren ser. Uden nøglen er det feltets id."`
	Doc      string      `toml:"hjaelp" navn:"hjælp" fx:"Hvem det kan bruges til." doc:"Hvad der skal skrives, til forfatteren."`
	Type     FieldType   `toml:"type" krav:"ja" doc:"Hvad der kan stå i feltet."`
	Several  bool        `toml:"flere" doc:"Feltet er en liste."`
	To       string      `toml:"til" fx:"rolle" doc:"Slagsen, en henvisning går til."`
	Values   []string    `toml:"muligheder" fx:"papir|skærm" doc:"Det, et valg kan være."`
	Unit     string      `toml:"enhed" fx:"minutter" doc:"Enheden for et tal."`
	Columns  []string    `toml:"kolonner" fx:"Alder|Score" doc:"Overskrifterne i en tabel."`
	Required bool        `toml:"skal_udfyldes" doc:"Feltet skal være der."`
	Local    LocalPolicy `toml:"lokalt" doc:"Hvad en kommune må. Uden nøglen kan den ændre det, der ikke er modellens kerne."`
	At       At          `toml:"-"`
}

var declarationsKind = register[Declaration](schema.Kind{
	Key: "slags", One: "slags", Many: "Håndbogens egne slags", Rank: 340,
	Doc: "En slags, som håndbogen selv erklærer, fx måleredskaber eller materialer. Den skrives derefter som " +
		"[<id>.<id>] i modellernes filer.",
	Example: "Måleredskab", Shared: true, Unlisted: true,
})

func (h *Handbook) Declarations() []*Declaration { return declarationsKind.of(&h.entities) }

// MenuGroup is a group of a model's menu.
type MenuGroup string

func (MenuGroup) Values() []string {
	return []string{"saadan-goer-du", "saadan-virker-modellen", "det-skal-vaere-paa-plads", "baggrund"}
}

// PageForm tells where the entities of a declared kind are read.
type PageForm string

func (PageForm) Values() []string { return []string{"samlet", "hver", "naar-beskrevet"} }

func (PageForm) Words() []string {
	return []string{"samlet på én side", "hver sin side", "hver sin side, når der er vejledning"}
}

// GuidanceForm tells whether the entities of a declared kind have guidance.
type GuidanceForm string

func (GuidanceForm) Values() []string { return []string{"ingen", "kan", "boer"} }

func (GuidanceForm) Words() []string { return []string{"ingen", "kan have", "bør have"} }

// FieldType is what can be written in a field.
type FieldType string

func (FieldType) Values() []string {
	return []string{"tekst", "prosa", "tal", "ja-nej", "dato", "valg", "henvisning", "fil", "link", "tabel"}
}

func (FieldType) Words() []string {
	return []string{"kort tekst", "tekst med Markdown", "tal", "ja eller nej", "dato", "valg", "henvisning", "fil",
		"adresse på nettet", "tabel"}
}

// LocalPolicy is what a municipality may do with a field, as in the tag lokal.
type LocalPolicy string

func (LocalPolicy) Values() []string {
	return []string{"tilfoej", "voks", "fast", "kilde", "svar", "aldrig"}
}

func (LocalPolicy) Words() []string {
	var out []string
	for _, v := range LocalPolicy("").Values() {
		out = append(out, schema.PolicyOf(v).Danish())
	}
	return out
}
