// Package model turns the tables of content/ into a linked, validated
// handbook. Nodes with positions come in; typed entities whose references
// point at each other come out, once for the national edition and once for
// each municipality whose overlay changes something. It is the only room that
// knows overlays. It refuses to know Markdown, pages and URLs: a Text is a
// string with a place.
//
// An entity is a keyed table, [kind.id], in any .toml file of its folder:
//
//	[fase.faelles-maal]
//	nummer = 2
//	navn = "Fælles mål og handlestrategier"
//	ansvarlig = "laeringskoordinator"
//
// The struct tags say what an author may write. toml is the key; krav marks a
// key that must be there; doc is the Danish description that `haandbog schema`
// and the diagnostics show.
package model

// Handbook is everything that one edition is made of.
type Handbook struct {
	Title     string
	Info      *Info
	Models    []*Model // in the handbook's order
	Terms     []*Term
	Actors    []*Actor
	Sources   []*Source
	Laws      []*Law
	Editions  []*Edition // newest first
	Shared    []*Shared
	Packs     []*Pack
	Municipal *Municipality // nil in the national edition
	Register  []*Municipality
	Drift     []Drift // national text changed under this municipality's overlay

	index  map[string]Named // "kind:id" of the shared kinds
	hidden map[string]bool  // models that exist but this edition leaves out
	unsure unsure
}

// Info is haandbog.toml.
type Info struct {
	Title     string     `toml:"titel" krav:"ja" doc:"Håndbogens titel."`
	Subtitle  string     `toml:"undertitel" doc:"En linje under titlen."`
	Publisher string     `toml:"udgiver" krav:"ja" doc:"Hvem der udgiver håndbogen."`
	Text      Text       `toml:"tekst" doc:"Kort om håndbogen, til forsiden."`
	About     []Text     `toml:"om" doc:"Afsnit om, hvordan håndbogen er lavet og skal læses."`
	Models    []string   `toml:"modeller" krav:"ja" doc:"Modellernes id'er i den rækkefølge, de vises."`
	Synonyms  [][]string `toml:"synonymer" doc:"Ord, der betyder det samme i søgningen, som lister af ord."`
}

// Text is a piece of Markdown from a TOML value and where it stands.
type Text struct {
	Value string
	At    At
}

// Basis says whether a statement stands in a source.
type Basis string

const (
	Stated    Basis = "kilde"     // the source says so
	Inferred  Basis = "udledt"    // an editor's reading of the source
	NamedOnly Basis = "naevnt"    // the source names it but does not describe it
	Outdated  Basis = "foraeldet" // was so when the source was written
)

// Values lists what an author may write.
func (Basis) Values() []string { return []string{"kilde", "udledt", "naevnt", "foraeldet"} }

// Force is how binding a statement is. The zero value means that the source
// gives no force: plain information.
type Force string

const (
	Required    Force = "krav"       // the model requires it
	Recommended Force = "anbefaling" // the model recommends it
	Example     Force = "eksempel"   // one municipality's practice
)

// Values lists what an author may write.
func (Force) Values() []string { return []string{"krav", "anbefaling", "eksempel"} }

// Entity is what all kinds of things in a model have in common.
type Entity struct {
	ID     string     `toml:"-"`
	Kind   string     `toml:"-"`
	Name   string     `toml:"navn" doc:"Det navn, håndbogen viser."`
	Menu   string     `toml:"kortnavn" doc:"Et kortere navn til menuer og figurer."`
	Alias  []string   `toml:"alias" doc:"Andre navne, som kilderne eller læserne bruger. De kan søges frem."`
	Short  Text       `toml:"kort" doc:"Én linje, der siger, hvad det er."`
	Body   Text       `toml:"tekst" doc:"Kort brødtekst. Længere tekst hører hjemme i vejledning/<slags>/<id>.md."`
	Cites  []Cite     `toml:"kilde" doc:"Hvor det står: \"kilde-id: sted\". Flere kilder som liste."`
	Basis  Basis      `toml:"grundlag" doc:"Om det står i kilden, er udledt af redaktionen, kun er nævnt i kilden eller er forældet."`
	Force  Force      `toml:"bindende" doc:"Om det er et krav, en anbefaling eller ét eksempel fra en kommune."`
	Notes  []Text     `toml:"noter" doc:"Redaktionens noter til læseren, fx hvor kilderne er uenige."`
	Caveat Text       `toml:"forbehold" doc:"Det forbehold, der skal følge med udsagnet."`
	Core   bool       `toml:"kerne" doc:"Modellens kerne: en kommune må tilføje, men ikke svække, fjerne eller flytte."`
	Former []string   `toml:"tidligere" doc:"Tidligere id'er. Gamle adresser sendes videre hertil."`
	Laws   []Ref[Law] `toml:"lov" doc:"Id'er fra love.toml, som teksten henviser til."`
	Draft  bool       `toml:"kladde" doc:"Vises kun i forhåndsvisningen."`
	Local  Localness  `toml:",inline"`

	At    At     `toml:"-"` // where the entity's table begins
	Model *Model `toml:"-"` // nil for shared kinds
}

// Localness is what only a municipality's overlay may say of an entity.
type Localness struct {
	Name   string `toml:"lokalt_navn" lokal:"ja" doc:"Hvad kommunen kalder det."`
	Reason Text   `toml:"lokal_begrundelse" lokal:"ja" doc:"Hvorfor kommunen har tilpasset."`
	Date   string `toml:"lokal_dato" lokal:"ja" doc:"Hvornår kommunen besluttede det (ÅÅÅÅ-MM-DD)."`
	Omit   bool   `toml:"udeladt" lokal:"ja" doc:"Kommunen har udeladt det. Kræver en begrundelse."`
	After  string `toml:"placeres_efter" doc:"Id på det punkt, et nyt punkt skal stå efter."`
}

// Model is one intervention model.
type Model struct {
	Entity
	Title     string     `toml:"titel" krav:"ja" doc:"Modellens fulde titel."`
	Subtitle  string     `toml:"undertitel" doc:"Undertitel."`
	Type      ModelType  `toml:"slags" krav:"ja" doc:"Hvad for en slags model det er."`
	State     State      `toml:"status" krav:"ja" doc:"Om arbejdet er afsluttet, igangværende eller et koncept."`
	Period    Period     `toml:"periode" doc:"Hvilke år modellen er udviklet eller afprøvet i."`
	Publisher string     `toml:"udgiver" doc:"Udgiver, som det står i kilden."`
	Published string     `toml:"udgivet" doc:"Hvornår kilden er udgivet, som det står."`
	ISBN      string     `toml:"isbn" doc:"ISBN."`
	Topics    []string   `toml:"emneord" doc:"Emneord."`
	Unit      Text       `toml:"enhed" doc:"Hvad modellen handler om: barnets forløb, institutionen, kommunen …"`
	Aims      []Text     `toml:"formaal" doc:"Modellens formål."`
	Caveats   []Text     `toml:"alle_forbehold" doc:"Forbehold, der gælder hele modellen."`
	Owner     string     `toml:"ejer" doc:"Hvem der holder teksten ved lige."`
	Review    string     `toml:"gennemgaas" doc:"Hvornår teksten senest skal gennemgås (ÅÅÅÅ-MM-DD)."`
	Compare   Comparison `toml:"sammenligning" doc:"Korte svar til siden, der sammenligner modellerne."`

	Principles    []*Principle    `toml:"princip"`
	Elements      []*CoreElement  `toml:"kerneelement"`
	Phases        []*Phase        `toml:"fase"`
	Steps         []*Step         `toml:"trin"`
	Rules         []*Rule         `toml:"regel"`
	Roles         []*Role         `toml:"rolle"`
	Tasks         []*Task         `toml:"opgave"`
	Competences   []*Competence   `toml:"kompetence"`
	Prerequisites []*Prerequisite `toml:"forudsaetning"`
	Meetings      []*Meeting      `toml:"moede"`
	Cadences      []*Cadence      `toml:"kadence"`
	TargetGroups  []*TargetGroup  `toml:"maalgruppe"`
	Goals         []*Goal         `toml:"maal"`
	Results       []*Result       `toml:"resultat"`
	Numbers       []*Number       `toml:"tal"`
	Economy       []*Economy      `toml:"oekonomi"`
	Scenarios     []*Scenario     `toml:"scenarie"`
	Areas         []*Area         `toml:"omraade"`
	Parts         []*Part         `toml:"element"`
	Methods       []*Method       `toml:"metode"`
	Arenas        []*Arena        `toml:"arena"`
	Practices     []*Practice     `toml:"greb"`
	Knowledge     []*Knowledge    `toml:"viden"`
	Figures       []*Figure       `toml:"figur"`
	Agreements    []*Agreement    `toml:"aftale"`
	Checklists    []*Checklist    `toml:"tjekliste"`

	index map[string]Named // "kind:id"
}

// ModelType is what kind of thing the model is.
type ModelType string

// Values lists what an author may write.
func (ModelType) Values() []string {
	return []string{"indsatsmodel", "projekt", "omlaegningskoncept", "samarbejdsmodel"}
}

// State is how far the work behind the model has come.
type State string

// Values lists what an author may write.
func (State) Values() []string { return []string{"afsluttet", "igangvaerende", "koncept"} }

// Period is a span of years; To is 0 when it is open.
type Period struct {
	From int    `toml:"fra" doc:"Første år."`
	To   int    `toml:"til" doc:"Sidste år."`
	Note string `toml:"note" doc:"Fx hvad perioden dækker."`
}

// Comparison holds a model's answers on the page that compares the models.
// An empty answer is drawn from the data, or shown as "ikke i kilden".
type Comparison struct {
	Principles Text `toml:"principper" doc:"Principper."`
	Elements   Text `toml:"kerneelementer" doc:"Kerneelementer eller det, der svarer til."`
	Sequence   Text `toml:"forloeb" doc:"Rækkefølge: faser, trin, kalender."`
	Roles      Text `toml:"roller" doc:"Roller."`
	Meetings   Text `toml:"moeder" doc:"Møder."`
	Results    Text `toml:"resultater" doc:"Resultater."`
	Economy    Text `toml:"oekonomi" doc:"Økonomi."`
}

// Principle guides practice; it belongs to the model or to one core element.
type Principle struct {
	Entity
	Number    int              `toml:"nummer" doc:"Rækkefølge."`
	Element   Ref[CoreElement] `toml:"kerneelement" doc:"Kerneelementet, hvis princippet hører til ét."`
	Reasons   []Text           `toml:"begrundelse" doc:"Den viden, princippet bygger på."`
	Questions []Text           `toml:"spoergsmaal" doc:"Spørgsmål til praksis."`
}

// CoreElement is one of the model's kerneelementer.
type CoreElement struct {
	Entity
	Number       int          `toml:"nummer" doc:"Rækkefølge."`
	Purpose      Text         `toml:"formaal" doc:"Formålet."`
	Evidence     []Text       `toml:"vidensgrundlag" doc:"Den viden, det bygger på."`
	Phases       []Ref[Phase] `toml:"faser" doc:"De faser, elementet hører til."`
	PhasesBasis  Basis        `toml:"faser_grundlag" doc:"Om koblingen til faser står i kilden eller er udledt."`
	Responsible  []Ref[Role]  `toml:"ansvarlig" doc:"Ansvarlige roller."`
	Participants []Ref[Role]  `toml:"deltagere" doc:"Roller, der er med."`
}

// Phase is one step of a child's course. Numbers run from 1 without holes.
type Phase struct {
	Entity
	Number       int                `toml:"nummer" krav:"ja" doc:"Fasens nummer, fra 1 og uden huller."`
	Purpose      Text               `toml:"formaal" doc:"Formålet med fasen."`
	Repeats      bool               `toml:"gentages" doc:"Om fasen er med i den kreds, der gentages."`
	Trigger      Text               `toml:"udloeses_af" doc:"Hvad der sætter fasen i gang."`
	Product      Text               `toml:"produkt" doc:"Hvad der foreligger, når fasen er gennemført."`
	Elements     []Ref[CoreElement] `toml:"kerneelementer" doc:"Kerneelementer i fasen."`
	Responsible  Ref[Role]          `toml:"ansvarlig" doc:"Den ansvarlige rolle."`
	Participants []Ref[Role]        `toml:"deltagere" doc:"Hvem der er med."`
	Stages       Keyed[Stage]       `toml:"skridt" doc:"Hvad der sker, i rækkefølge: [fase.<id>.skridt.<id>]."`
}

// Stage is one thing that happens in a phase.
type Stage struct {
	Point
	Responsible Ref[Role] `toml:"ansvarlig" doc:"Hvem der gør det."`
}

// Point is a line of a list that has force and source of its own.
type Point struct {
	ID    string    `toml:"-"`
	Text  Text      `toml:"tekst" krav:"ja" doc:"Punktets tekst."`
	Force Force     `toml:"bindende" doc:"Krav, anbefaling eller eksempel."`
	Basis Basis     `toml:"grundlag" doc:"Kilde eller udledt."`
	Cites []Cite    `toml:"kilde" doc:"Hvor det står, hvis det er et andet sted end hovedpunktet."`
	Core  bool      `toml:"kerne" doc:"Modellens kerne: kommunen må ikke ændre eller udelade punktet."`
	Local Localness `toml:",inline"`
	At    At        `toml:"-"`
}

// Step is a step of a staircase, ordered by how intrusive it is.
type Step struct {
	Entity
	Number   int       `toml:"nummer" krav:"ja" doc:"Trinnets nummer nedefra, fra 1 og uden huller."`
	Area     Ref[Area] `toml:"omraade" doc:"Området, trinnet hører til."`
	Examples []Text    `toml:"eksempler" doc:"Eksempler."`
}

// Rule is a numbered rule for using a figure or a staircase.
type Rule struct {
	Entity
	Number int         `toml:"nummer" krav:"ja" doc:"Reglens nummer, fra 1 og uden huller."`
	Figure Ref[Figure] `toml:"figur" doc:"Figuren, reglen gælder for."`
	Check  Text        `toml:"tjek" doc:"Reglen som et spørgsmål til en tjekliste."`
}

// Ring is where a role stands around the child.
type Ring string

// Values lists what an author may write.
func (Ring) Values() []string { return []string{"barn", "voksne", "ledere"} }

// Role is a function that people fill, with or without a competence profile.
type Role struct {
	Entity
	Number    int         `toml:"nummer" doc:"Rækkefølge i oversigter."`
	Title     string      `toml:"opgavetitel" doc:"Bestemt form til \"Opgaver for …\", fx læringsvejlederen."`
	Ring      Ring        `toml:"ring" doc:"Hvor rollen står i modelfiguren: barn, voksne eller ledere."`
	Purpose   Text        `toml:"formaal" doc:"Hvad rollen er til for."`
	Anchoring Statement   `toml:"forankring" doc:"Hvor rollen er forankret."`
	Resource  Statement   `toml:"ressource" doc:"Tid og rammer, fx frikøb."`
	Demands   []Statement `toml:"krav" doc:"Krav til den, der har rollen."`
	Leader    Ref[Role]   `toml:"naermeste_leder" doc:"Nærmeste leder."`
	NoTasks   bool        `toml:"uden_opgaver" doc:"Rollen har med vilje ingen opgaver i kilden."`
}

// Statement is one statement with its own force and source.
type Statement struct {
	Text  Text   `toml:"tekst" krav:"ja" doc:"Udsagnet."`
	Force Force  `toml:"bindende" doc:"Krav, anbefaling eller eksempel."`
	Basis Basis  `toml:"grundlag" doc:"Kilde eller udledt."`
	Cites []Cite `toml:"kilde" doc:"Hvor det står."`
	At    At     `toml:"-"`
}

// Moment is when a task is done, seen from a meeting.
type Moment string

// Values lists what an author may write.
func (Moment) Values() []string { return []string{"foer", "under", "efter"} }

// Task is one thing that a role does. Role pages, phase pages, checklists and
// the responsibility matrix are views of the tasks.
type Task struct {
	Entity
	Number    int                `toml:"nummer" doc:"Rækkefølge inden for rollen."`
	Role      Ref[Role]          `toml:"rolle" krav:"ja" doc:"Rollen, der har opgaven."`
	Shared    []Ref[Role]        `toml:"sammen_med" doc:"Roller, der deler opgaven."`
	Delegate  []Ref[Role]        `toml:"kan_uddelegeres_til" doc:"Roller, opgaven kan uddelegeres til."`
	Elements  []Ref[CoreElement] `toml:"kerneelementer" doc:"Kerneelementer, opgaven hører til."`
	Phases    []Ref[Phase]       `toml:"faser" doc:"Faser, opgaven løses i. Ingen: løbende i alle faser."`
	Meeting   Ref[Meeting]       `toml:"moede" doc:"Mødet, opgaven hører til."`
	When      Moment             `toml:"tidspunkt" doc:"Før, under eller efter mødet."`
	Cadence   Ref[Cadence]       `toml:"kadence" doc:"Hvor tit."`
	Agreement Ref[Agreement]     `toml:"aftale" doc:"Det, kommunen skal aftale lokalt, for at opgaven kan løses."`
	Check     Text               `toml:"tjek" doc:"Opgaven som et punkt, man kan sætte flueben ved."`
}

// CompetenceType sorts competences.
type CompetenceType string

// Values lists what an author may write.
func (CompetenceType) Values() []string {
	return []string{"relation", "kommunikation", "vejledning", "viden", "uddannelse", "lov"}
}

// Competence is what a role must be able to do or know; roles share them.
type Competence struct {
	Entity
	Number int            `toml:"nummer" doc:"Rækkefølge."`
	Type   CompetenceType `toml:"type" krav:"ja" doc:"Slags kompetence."`
	Roles  []Ref[Role]    `toml:"roller" krav:"ja" doc:"Roller, der skal have den."`
}

// Level is what a prerequisite concerns.
type Level string

// Values lists what an author may write.
func (Level) Values() []string {
	return []string{"organisatorisk", "ledelse", "kerneelement", "strategisk", "princip", "omraade", "erfaring"}
}

// Prerequisite is something that must be in place.
type Prerequisite struct {
	Entity
	Number    int                `toml:"nummer" doc:"Rækkefølge."`
	Level     Level              `toml:"niveau" krav:"ja" doc:"Niveauet, forudsætningen hører til."`
	Elements  []Ref[CoreElement] `toml:"kerneelementer" doc:"Kerneelementer, den gælder for."`
	Areas     []Ref[Area]        `toml:"omraader" doc:"Områder, den gælder for."`
	Roles     []Ref[Role]        `toml:"roller" doc:"Roller, der skal sikre den."`
	Points    []Text             `toml:"punkter" doc:"Det, forudsætningen indebærer."`
	Agreement Ref[Agreement]     `toml:"aftale" doc:"Det, kommunen skal aftale lokalt."`
	Check     Text               `toml:"tjek" doc:"\"Er det på plads?\" som ét punkt til en tjekliste."`
}

// Mode is how firmly somebody takes part in a meeting.
type Mode string

// Values lists what an author may write.
func (Mode) Values() []string { return []string{"altid", "boer", "efter aftale", "overvejes"} }

// Meeting is a meeting and its template.
type Meeting struct {
	Entity
	Number       int                `toml:"nummer" doc:"Rækkefølge."`
	Purpose      Text               `toml:"formaal" doc:"Formålet med mødet."`
	Phases       []Ref[Phase]       `toml:"faser" doc:"Faser, mødet hører til."`
	Elements     []Ref[CoreElement] `toml:"kerneelementer" doc:"Kerneelementer, mødet hører til."`
	Convener     Ref[Role]          `toml:"indkalder" doc:"Hvem der indkalder."`
	NoConvener   Text               `toml:"indkalder_uoplyst" doc:"Skriv her, når kilden ikke siger, hvem der indkalder."`
	Delegate     []Ref[Role]        `toml:"kan_uddelegeres_til" doc:"Hvem indkaldelsen kan uddelegeres til."`
	Cadences     []Ref[Cadence]     `toml:"kadencer" doc:"Hvor tit mødet holdes."`
	When         Text               `toml:"hvornaar" doc:"Hvornår mødet holdes, når det ikke er en kadence."`
	Minutes      int                `toml:"varighed" doc:"Varighed i minutter, hvis kilden eller kommunen angiver den."`
	Place        Text               `toml:"sted" doc:"Hvor mødet holdes."`
	Child        Text               `toml:"barnet" doc:"Hvordan barnet er med."`
	Participants Keyed[Participant] `toml:"deltagere" doc:"Rolle = \"altid\", \"boer\", \"efter aftale\" eller \"overvejes\"."`
	Parts        Keyed[MeetingPart] `toml:"dele" doc:"Mødets dele: [moede.<id>.dele.<id>]."`
	Before       Keyed[AgendaPoint] `toml:"foer" doc:"Forberedelse: [moede.<id>.foer.<id>]."`
	Agenda       Keyed[AgendaPoint] `toml:"dagsorden" doc:"Dagsorden: [moede.<id>.dagsorden.<id>]."`
	After        Keyed[AgendaPoint] `toml:"efter" doc:"Efter mødet: [moede.<id>.efter.<id>]."`
	Plans        []Text             `toml:"andre_planer" doc:"Broen til andre planer."`
}

// Participant is a role, or a group named by navn, that takes part.
type Participant struct {
	ID    string    `toml:"-"`
	Mode  Mode      `toml:"form" krav:"ja" kort:"ja" doc:"altid, boer, efter aftale eller overvejes."`
	Name  string    `toml:"navn" doc:"Navn, når deltageren ikke er en af modellens roller."`
	Note  Text      `toml:"note" doc:"Forbehold eller forklaring."`
	Role  *Role     `toml:"-"` // nil when Name stands for somebody without a role
	Local Localness `toml:",inline"`
	At    At        `toml:"-"`
}

// MeetingPart is a part of a meeting with time and participants of its own.
type MeetingPart struct {
	ID      string      `toml:"-"`
	Name    string      `toml:"navn" krav:"ja" doc:"Delens navn."`
	Minutes int         `toml:"minutter" doc:"Varighed i minutter."`
	Who     []Ref[Role] `toml:"deltagere" doc:"Hvem der er med i denne del."`
	Phase   Ref[Phase]  `toml:"fase" doc:"Fasen, delen hører til."`
	Text    Text        `toml:"tekst" doc:"Hvad der sker."`
	At      At          `toml:"-"`
}

// AgendaPoint is a line of an agenda, or of what is done before or after.
type AgendaPoint struct {
	Point
	Minutes int       `toml:"minutter" doc:"Minutter til punktet."`
	Part    string    `toml:"del" doc:"Id på mødets del."`
	Who     Ref[Role] `toml:"hvem" doc:"Hvem der har punktet."`
}

// Unit is what a cadence counts in.
type Unit string

// Values lists what an author may write.
func (Unit) Values() []string { return []string{"uge", "maaned", "aar"} }

// Cadence is how often something happens. Either Every (one interval, with an
// upper bound in UpTo when the source gives a span) or PerYear is given; all
// are 0 for a cadence that is only an expression ("kort efter afdækningen").
type Cadence struct {
	Entity
	Expression string `toml:"udtryk" krav:"ja" doc:"Som kilden skriver det, fx \"ca. hver tredje måned\"."`
	Every      int    `toml:"hver" doc:"Interval, fx 3."`
	UpTo       int    `toml:"hver_til" doc:"Øvre grænse for intervallet, fx 8 i \"hver 6.-8. uge\"."`
	Unit       Unit   `toml:"enhed" doc:"uge, maaned eller aar."`
	PerYear    int    `toml:"aarligt" doc:"Antal gange om året, mindst."`
	PerYearTo  int    `toml:"aarligt_til" doc:"Antal gange om året, højst."`
	Minimum    bool   `toml:"mindst" doc:"Kilden siger mindst."`
	About      bool   `toml:"omtrent" doc:"Kilden siger ca."`
}

// TargetType is how a group stands to the model.
type TargetType string

// Values lists what an author may write.
func (TargetType) Values() []string {
	return []string{"primaer", "sekundaer", "saerlig", "ikke-omfattet"}
}

// TargetGroup is whom the model is for, or not for.
type TargetGroup struct {
	Entity
	Number   int        `toml:"nummer" doc:"Rækkefølge."`
	Type     TargetType `toml:"slags" krav:"ja" doc:"Primær, sekundær, særlig eller ikke omfattet."`
	Grades   string     `toml:"klassetrin" doc:"Klassetrin, som kilden skriver det."`
	Settings []string   `toml:"tilbud" doc:"Typer af tilbud."`
}

// Goal is a numbered goal of the model.
type Goal struct {
	Entity
	Number int `toml:"nummer" krav:"ja" doc:"Målets nummer, fra 1 og uden huller."`
}

// Strength is how well a result is founded.
type Strength string

// Values lists what an author may write.
func (Strength) Values() []string { return []string{"evalueret", "oplevet", "maal", "virksomt"} }

// Result is a finding; its caveat is always shown with it.
type Result struct {
	Entity
	Number   int      `toml:"nummer" doc:"Rækkefølge."`
	Strength Strength `toml:"styrke" krav:"ja" doc:"Evalueret, oplevet, et mål eller et virksomt element."`
}

// Number is a figure with the population it holds for.
type Number struct {
	Entity
	Number     int    `toml:"nummer" doc:"Rækkefølge."`
	Value      string `toml:"vaerdi" krav:"ja" doc:"Tallet, som kilden skriver det."`
	Unit       string `toml:"enhed" doc:"Enhed."`
	What       string `toml:"hvad" krav:"ja" doc:"Hvad tallet måler."`
	Population string `toml:"population" krav:"ja" doc:"Hvem tallet gælder."`
	Year       string `toml:"aar" doc:"År. Står det ikke i kilden, så lad det være."`
}

// Economy is an amount and what it covers.
type Economy struct {
	Entity
	Number int    `toml:"nummer" doc:"Rækkefølge."`
	Amount string `toml:"beloeb" krav:"ja" doc:"Beløbet, som kilden skriver det."`
	Covers Text   `toml:"daekker" doc:"Hvad beløbet dækker."`
}

// Scenario is an economic scenario.
type Scenario struct {
	Entity
	Number int  `toml:"nummer" krav:"ja" doc:"Nummer, fra 1 og uden huller."`
	From   Text `toml:"fra" doc:"Udgangspunktet."`
	To     Text `toml:"til" doc:"Hvad der ændres til."`
	Saving Text `toml:"virkning" doc:"Virkningen, som kilden beskriver den."`
}

// Area is a named field of work whose elements belong together.
type Area struct {
	Entity
	Number int    `toml:"nummer" doc:"Rækkefølge."`
	Type   string `toml:"slags" doc:"Overskriften, området vises under i menuen, fx \"Tankegang\" eller \"Områder\"."`
}

// Part is a described element of an area.
type Part struct {
	Entity
	Number   int       `toml:"nummer" doc:"Rækkefølge i området."`
	Area     Ref[Area] `toml:"omraade" krav:"ja" doc:"Området, elementet hører til."`
	Points   []Text    `toml:"punkter" doc:"Punkter."`
	Examples []Text    `toml:"eksempler" doc:"Eksempler."`
	Check    Text      `toml:"tjek" doc:"Som et punkt til en tjekliste."`
}

// Method is a named professional method.
type Method struct {
	Entity
	Number   int    `toml:"nummer" doc:"Rækkefølge."`
	Language string `toml:"sprog" doc:"Sprogkode, når navnet ikke er dansk, fx en."`
}

// Arena is a part of a child's life that an effort can work in.
type Arena struct {
	Entity
	Number int  `toml:"nummer" doc:"Rækkefølge."`
	Check  Text `toml:"tjek" doc:"Som et punkt til en tjekliste."`
}

// PracticeType sorts what people do.
type PracticeType string

// Values lists what an author may write.
func (PracticeType) Values() []string { return []string{"aktivitet", "metode", "eksempel", "niveau"} }

// Practice is an activity, a method, a level or an example of a core element.
type Practice struct {
	Entity
	Number  int              `toml:"nummer" doc:"Rækkefølge."`
	Type    PracticeType     `toml:"slags" krav:"ja" doc:"Aktivitet, metode, eksempel eller niveau."`
	Element Ref[CoreElement] `toml:"kerneelement" doc:"Kerneelementet."`
	Phases  []Ref[Phase]     `toml:"faser" doc:"Faser."`
	Roles   []Ref[Role]      `toml:"roller" doc:"Roller."`
}

// Knowledge is a finding that the model builds on.
type Knowledge struct {
	Entity
	Number int    `toml:"nummer" doc:"Rækkefølge."`
	Points []Text `toml:"punkter" doc:"Resultater eller pointer."`
}

// FigureType says how a figure is drawn.
type FigureType string

// Values lists what an author may write.
func (FigureType) Values() []string {
	return []string{"ringe", "cirkel", "trekant", "matrix", "ben", "trappe", "forandringsteori"}
}

// Figure is a drawing made from data. ringe, cirkel and trappe are drawn from
// the model's roles, phases and steps; the others from their fields.
type Figure struct {
	Entity
	Number  int                `toml:"nummer" doc:"Rækkefølge."`
	Type    FigureType         `toml:"type" krav:"ja" doc:"Hvordan figuren tegnes."`
	Fields  Keyed[FigureField] `toml:"felt" doc:"Figurens felter: [figur.<id>.felt.<id>]."`
	Columns []string           `toml:"kolonner" doc:"Kolonner i en matrix."`
	Rows    []string           `toml:"raekker" doc:"Rækker i en matrix."`
	Centre  string             `toml:"midte" doc:"Teksten i midten."`
	Band    string             `toml:"baand" doc:"Teksten langs figuren, fx et gennemgående perspektiv."`
}

// FigureField is one field of a figure.
type FigureField struct {
	ID     string `toml:"-"`
	Name   string `toml:"navn" doc:"Feltets navn."`
	Text   Text   `toml:"tekst" doc:"Hvad feltet betyder."`
	Group  string `toml:"gruppe" doc:"Fx ben eller tema."`
	Row    string `toml:"raekke" doc:"Række i en matrix."`
	Column string `toml:"kolonne" doc:"Kolonne i en matrix."`
	Mark   bool   `toml:"kryds" doc:"Om feltet er markeret i kilden."`
	Degree int    `toml:"grad" doc:"Grad, 0-4."`
	Word   string `toml:"grad_ord" doc:"Graden med ord."`
	At     At     `toml:"-"`
}

// Agreement is something that the model leaves for the municipality to decide.
// Svar is what a municipality answers in its overlay.
type Agreement struct {
	Entity
	Number   int      `toml:"nummer" doc:"Rækkefølge."`
	Question Text     `toml:"spoergsmaal" krav:"ja" doc:"Hvad kommunen skal tage stilling til."`
	Concerns []AnyRef `toml:"vedroerer" doc:"Hvad det handler om, som \"slags:id\"."`
	Answer   Text     `toml:"svar" lokal:"ja" doc:"Hvad kommunen har aftalt."`
}

// ListMode is how a checklist is used.
type ListMode string

// Values lists what an author may write.
func (ListMode) Values() []string { return []string{"goer-bekraeft", "laes-goer"} }

// Checklist is an editor's checklist: groups of tasks, prerequisites, meetings'
// points and points of its own. Lists per role, phase, meeting and core
// element need no table; they are drawn from the data.
type Checklist struct {
	Entity
	Number   int               `toml:"nummer" doc:"Rækkefølge."`
	Mode     ListMode          `toml:"brug" doc:"goer-bekraeft eller laes-goer."`
	Phases   []Ref[Phase]      `toml:"faser" doc:"Faser, listen hører til."`
	Roles    []Ref[Role]       `toml:"roller" doc:"Roller, listen er til."`
	Meetings []Ref[Meeting]    `toml:"moeder" doc:"Møder, listen er til."`
	Groups   Keyed[CheckGroup] `toml:"gruppe" krav:"ja" doc:"Grupper: [tjekliste.<id>.gruppe.<id>]."`
}

// CheckGroup is a pause point of a checklist.
type CheckGroup struct {
	ID     string            `toml:"-"`
	Name   string            `toml:"navn" krav:"ja" doc:"Gruppens overskrift."`
	Items  []AnyRef          `toml:"punkter" doc:"Punkter hentet fra data, som \"opgave:id\", \"forudsaetning:id\", \"regel:id\", \"element:id\", \"arena:id\"."`
	Points Keyed[CheckPoint] `toml:"punkt" doc:"Egne punkter: [tjekliste.<id>.gruppe.<id>.punkt.<id>]."`
	At     At                `toml:"-"`
}

// CheckPoint is a point that stands in no other table.
type CheckPoint struct {
	Point
	Who  Ref[Role] `toml:"hvem" doc:"Hvem."`
	When string    `toml:"hvornaar" doc:"Hvornår."`
}

// MeetingsIn lists the meetings that belong to a phase.
func (m *Model) MeetingsIn(f *Phase) []*Meeting {
	var out []*Meeting
	for _, x := range m.Meetings {
		for _, r := range x.Phases {
			if r.To == f {
				out = append(out, x)
				break
			}
		}
	}
	return out
}
