// Package model decodes the tables of content/ into a linked, validated handbook. Nodes
// with positions come in; typed entities with resolved references go out, for the
// national edition and from merged tables for a municipality's. It refuses to know
// overlays, Markdown, pages and URLs: a Text is a string with a position.
//
// An entity is a keyed table, [kind.id], in any .toml file of its folder:
//
//	[fase.faelles-maal]
//	nummer = 2
//	navn = "Fælles mål og handlestrategier"
//	ansvarlig = "laeringskoordinator"
//
// The struct tags say what an author may write; see schema.TypeOf.
package model

import "modelhaandbog/generator/schema"

type Handbook struct {
	Title     string
	Info      *Info
	Models    []*Model      // in the handbook's order
	Municipal *Municipality // nil in the national edition

	entities
	hidden map[string]bool // models that exist but this edition leaves out
	unsure Unsure
}

// Info is haandbog.toml.
type Info struct {
	Title     string     `toml:"titel" krav:"ja" fx:"Vores model" doc:"Håndbogens titel."`
	Subtitle  string     `toml:"undertitel" doc:"En linje under titlen."`
	Publisher string     `toml:"udgiver" krav:"ja" fx:"Redaktionen" doc:"Hvem der udgiver håndbogen."`
	Text      Text       `toml:"tekst" doc:"Kort om håndbogen, til forsiden."`
	About     []Text     `toml:"om" doc:"Afsnit om, hvordan håndbogen er lavet og skal læses."`
	Models    []string   `toml:"modeller" af:"model" krav:"ja" fx:"vores-model" doc:"Modellernes id'er i den rækkefølge, de vises."`
	Synonyms  [][]string `toml:"synonymer" fx:"mor|forælder" doc:"Ord, der betyder det samme i søgningen, som lister af ord."`
}

// Text is the Markdown in a TOML value, with its position.
type Text struct {
	Value string
	At    At
}

// Basis tells how a statement is founded in a source.
type Basis string

const (
	Stated    Basis = "kilde"     // the source says so
	Inferred  Basis = "udledt"    // an editor's reading of the source
	NamedOnly Basis = "naevnt"    // the source names it but does not describe it
	Outdated  Basis = "foraeldet" // was true when the source was written
)

func (Basis) Values() []string { return []string{"kilde", "udledt", "naevnt", "foraeldet"} }

func (Basis) Words() []string {
	return []string{"står i kilden", "udledt af redaktionen", "kun nævnt i kilden", "forældet"}
}

// Force is how binding a statement is, by the words of its source: "skal", "krav",
// "kræver", "altid", "minimum", "forudsætning" and "har ansvar for" make a
// requirement; "bør", "anbefales", "kan med fordel", "vigtigt", "væsentligt" and
// "relevant" a recommendation; practice that is told is an example. What the
// model describes in the plain present tense is part of the model: the zero value.
type Force string

const (
	Required    Force = "krav"       // the source demands it
	Described   Force = "model"      // the model is described so; the same as no force
	Recommended Force = "anbefaling" // the model recommends it
	Example     Force = "eksempel"   // told as somebody's practice
)

func (Force) Values() []string { return []string{"krav", "model", "anbefaling", "eksempel"} }

func (Force) Words() []string { return []string{"krav", "del af modellen", "anbefaling", "eksempel"} }

// Entity is what all kinds of entities have in common.
type Entity struct {
	ID    string   `toml:"-"`
	Kind  string   `toml:"-"`
	Name  string   `toml:"navn" doc:"Det navn, håndbogen viser."`
	Menu  string   `toml:"kortnavn" lokal:"navneform" fx:"Mål" doc:"Et kortere navn til menuer og figurer."`
	Alias []string `toml:"alias" fx:"målfasen" doc:"Andre navne, som kilderne eller læserne bruger. De kan søges frem."`
	Short Text     `toml:"kort" navn:"kort beskrivelse" fx:"Én linje om det." doc:"Én linje, der siger, hvad det er."`
	Body  Text     `toml:"tekst" doc:"Kort brødtekst. Længere tekst hører hjemme i vejledning/<slags>/<id>.md." skema:"Kort brødtekst. Længere tekst hører hjemme i vejledningen."`
	Marks
	Notes  []Text     `toml:"noter" lokal:"kilde" doc:"Redaktionens noter til læseren, fx hvor kilderne er uenige."`
	Caveat Text       `toml:"forbehold" lokal:"fast" doc:"Det forbehold, der skal følge med udsagnet."`
	Core   bool       `toml:"kerne" lokal:"kilde" doc:"Modellens kerne: en kommune må tilføje, men ikke svække, fjerne eller flytte."`
	Former []string   `toml:"tidligere" lokal:"kilde" fx:"gammelt-id" doc:"Tidligere id'er. Gamle adresser sendes videre hertil."`
	Laws   []Ref[Law] `toml:"lov" lokal:"kilde" doc:"Id'er fra love.toml, som teksten henviser til." skema:"Love, som teksten henviser til."`
	Draft  bool       `toml:"kladde" lokal:"aldrig" doc:"Vises kun i forhåndsvisningen."`
	Local  Localness  `toml:",inline"`

	At    At     `toml:"-"` // where the entity's table begins
	Model *Model `toml:"-"` // nil for shared kinds

	kind *schema.Kind
}

// Localness holds the keys that only a municipality's overlay may have.
type Localness struct {
	Name   string `toml:"lokalt_navn" lokal:"navn" fx:"Skolekoordinator" doc:"Hvad kommunen kalder det."`
	Reason Text   `toml:"lokal_begrundelse" lokal:"svar" doc:"Hvorfor kommunen har tilpasset."`
	Date   string `toml:"lokal_dato" lokal:"svar" fx:"2026-08-01" doc:"Hvornår kommunen besluttede det (ÅÅÅÅ-MM-DD)."`
	Omit   bool   `toml:"udeladt" lokal:"udelad" doc:"Kommunen har udeladt det. Kræver en begrundelse."`
	After  string `toml:"placeres_efter" lokal:"plads" af:"naboer" fx:"progression" doc:"Id på det punkt, et nyt punkt skal stå efter." skema:"Det punkt, det skal stå efter."`
}

type Model struct {
	Entity
	Title      string     `toml:"titel" krav:"ja" fx:"Vores model" doc:"Modellens fulde titel."`
	Subtitle   string     `toml:"undertitel" doc:"Undertitel."`
	Type       ModelType  `toml:"slags" krav:"ja" doc:"Hvad for en slags model det er."`
	State      State      `toml:"status" krav:"ja" doc:"Om arbejdet er afsluttet, igangværende eller et koncept."`
	Period     Period     `toml:"periode" doc:"Hvilke år modellen er udviklet eller afprøvet i."`
	Publisher  string     `toml:"udgiver" fx:"Redaktionen" doc:"Udgiver, som det står i kilden."`
	Published  string     `toml:"udgivet" fx:"juni 2023" doc:"Hvornår kilden er udgivet, som det står."`
	ISBN       string     `toml:"isbn" navn:"ISBN" fx:"978-87-0000-000-0" doc:"ISBN."`
	Topics     []string   `toml:"emneord" fx:"samarbejde" doc:"Emneord."`
	Unit       Text       `toml:"enhed" doc:"Hvad modellen handler om: barnets forløb, institutionen, kommunen …"`
	Aims       []Text     `toml:"formaal" navn:"formål" doc:"Modellens formål."`
	Caveats    []Text     `toml:"alle_forbehold" doc:"Forbehold, der gælder hele modellen."`
	Owner      string     `toml:"ejer" fx:"Redaktionen" doc:"Hvem der holder teksten ved lige."`
	Review     string     `toml:"gennemgaas" navn:"gennemgås" fx:"2027-06-01" doc:"Hvornår teksten senest skal gennemgås (ÅÅÅÅ-MM-DD)."`
	LastReview string     `toml:"gennemgaaet" navn:"gennemgået" fx:"2026-12-01" doc:"Hvornår teksten sidst blev gennemgået (ÅÅÅÅ-MM-DD)."`
	Compare    Comparison `toml:"sammenligning" doc:"Korte svar til siden, der sammenligner modellerne."`

	entities
}

type ModelType string

func (ModelType) Values() []string {
	return []string{"indsatsmodel", "projekt", "omlaegningskoncept", "samarbejdsmodel"}
}

func (ModelType) Words() []string {
	return []string{"indsatsmodel", "projekt", "omlægningskoncept", "samarbejdsmodel"}
}

// State is the state of the work behind the model.
type State string

func (State) Values() []string { return []string{"afsluttet", "igangvaerende", "koncept"} }

func (State) Words() []string { return []string{"afsluttet", "igangværende", "koncept"} }

// Period is a span of years; To is 0 when it is open.
type Period struct {
	From int    `toml:"fra" fx:"2019" doc:"Første år."`
	To   int    `toml:"til" fx:"2021" doc:"Sidste år."`
	Note string `toml:"note" doc:"Fx hvad perioden dækker."`
}

// Comparison holds a model's answers on the page that compares the models.
// An empty answer is drawn from the data, or shown as "ikke i kilden".
type Comparison struct {
	Principles Text `toml:"principper" doc:"Principper."`
	Elements   Text `toml:"kerneelementer" doc:"Kerneelementer eller det, der svarer til."`
	Sequence   Text `toml:"forloeb" navn:"forløb" doc:"Rækkefølge: faser, trin, kalender."`
	Roles      Text `toml:"roller" doc:"Roller."`
	Meetings   Text `toml:"moeder" navn:"møder" doc:"Møder."`
	Results    Text `toml:"resultater" doc:"Resultater."`
	Economy    Text `toml:"oekonomi" navn:"økonomi" doc:"Økonomi."`
}
