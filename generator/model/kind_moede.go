package model

import "modelhaandbog/generator/schema"

type Meeting struct {
	Entity
	Number       int                `toml:"nummer" doc:"Rækkefølge."`
	Purpose      Text               `toml:"formaal" navn:"formål" doc:"Formålet med mødet."`
	Phases       []Ref[Phase]       `toml:"faser" vist:"fase,faser" doc:"Faser, mødet hører til."`
	Elements     []Ref[CoreElement] `toml:"kerneelementer" doc:"Kerneelementer, mødet hører til."`
	Convener     Ref[Role]          `toml:"indkalder" lokal:"tilfoej" doc:"Hvem der indkalder. Lad den mangle, når kilden ikke siger det."`
	NoConvener   Text               `toml:"indkalder_uoplyst" navn:"indkalder, når den er uoplyst" doc:"Skriv her, når kilden ikke siger, hvem der indkalder."`
	Delegate     []Ref[Role]        `toml:"kan_uddelegeres_til" doc:"Hvem indkaldelsen kan uddelegeres til."`
	Cadences     []Ref[Cadence]     `toml:"kadencer" navn:"hvor tit" vist:"hvor-tit" doc:"Hvor tit mødet holdes."`
	When         Text               `toml:"hvornaar" navn:"hvornår" fx:"Når barnet er afdækket." doc:"Hvornår mødet holdes, når det ikke er en kadence."`
	Minutes      int                `toml:"varighed" lokal:"tilfoej" enhed:"minutter" fx:"60" doc:"Varighed i minutter, hvis kilden eller kommunen angiver den."`
	Place        Text               `toml:"sted" lokal:"tilfoej" fx:"På skolen" doc:"Hvor mødet holdes."`
	Child        Text               `toml:"barnet" doc:"Hvordan barnet er med."`
	ToChild      Text               `toml:"til_barnet" navn:"til barnet" fx:"Vi mødes for at høre, hvordan du synes, det går." doc:"Hvad mødet er, i ord til barnet. Står i indbydelsen; ordene er redaktionens."`
	Participants Keyed[Participant] `toml:"deltagere" af:"rolle" fx:"koordinator" doc:"Rolle = \"altid\", \"boer\", \"efter aftale\" eller \"overvejes\"." skema:"Hvem der er med, og hvor fast."`
	Parts        Keyed[MeetingPart] `toml:"dele" fx:"uden-barnet" doc:"Mødets dele: [moede.<id>.dele.<id>]."`
	Before       Keyed[AgendaPoint] `toml:"foer" navn:"før mødet" fx:"inviter" doc:"Forberedelse: [moede.<id>.foer.<id>]."`
	Agenda       Keyed[AgendaPoint] `toml:"dagsorden" fx:"progression" doc:"Dagsorden: [moede.<id>.dagsorden.<id>]."`
	After        Keyed[AgendaPoint] `toml:"efter" navn:"efter mødet" fx:"skriv-ud" doc:"Efter mødet: [moede.<id>.efter.<id>]."`
	Sharing      Text               `toml:"deling" lokal:"tilfoej" navn:"samtykke og deling" fx:"Spørg forældrene, før planen sendes videre." doc:"Hvad der må deles med hvem, og hvilket samtykke det kræver. Mødearket minder om det."`
	Filing       Text               `toml:"journalisering" lokal:"tilfoej" navn:"hvad der gemmes hvor" fx:"Referatet lægges på barnets sag." doc:"Hvad der gemmes hvor efter mødet. Mødearket minder om det."`
	Plans        []Text             `toml:"andre_planer" lokal:"voks" doc:"Broen til andre planer."`
}

var meetingsKind = register[Meeting](schema.Kind{
	Key: "moede", One: "møde", Many: "Møder", Rank: 100,
	Doc: "Et møde og dets skabelon.", Example: "Opfølgningsmøde",
	Page: schema.Own, Folder: "moeder", Group: "saadan-goer-du", Order: 2, Guidance: schema.Wanted,
	Sourced: true, Addable: true, Renamable: true, Begin: []string{"indkalder"},
})

func (m *Model) Meetings() []*Meeting { return meetingsKind.of(&m.entities) }

// Mode is how firmly somebody takes part in a meeting.
type Mode string

func (Mode) Values() []string { return []string{"altid", "boer", "efter aftale", "overvejes"} }

func (Mode) Words() []string {
	return []string{"er altid med", "bør være med", "er med efter aftale", "overvejes"}
}

// Participant is a role, or a group named by navn, that takes part.
type Participant struct {
	ID      string    `toml:"-"`
	Mode    Mode      `toml:"form" lokal:"fastere" krav:"ja" kort:"ja" doc:"altid, boer, efter aftale eller overvejes." skema:"Hvor fast de er med."`
	Name    string    `toml:"navn" doc:"Navn, når deltageren ikke er en af modellens roller."`
	Note    Text      `toml:"note" doc:"Forbehold eller forklaring."`
	Derived []string  `toml:"udledt" lokal:"kilde" af:"noegler" fx:"form" doc:"De nøgler i tabellen, som er redaktionens læsning af kilden, fx [\"form\"]." skema:"Det, der er redaktionens læsning af kilden og ikke står i den."`
	Role    *Role     `toml:"-"` // nil when Name stands for somebody without a role
	Local   Localness `toml:",inline"`
	At      At        `toml:"-"`
}

// HoldsReferences implements schema.Linked: a participant's id may be a role's.
func (Participant) HoldsReferences() {}

// MeetingPart is a part of a meeting with its own duration and participants.
type MeetingPart struct {
	ID      string      `toml:"-"`
	Name    string      `toml:"navn" krav:"ja" doc:"Delens navn."`
	Minutes int         `toml:"minutter" lokal:"tilfoej" enhed:"minutter" fx:"15" doc:"Varighed i minutter."`
	Who     []Ref[Role] `toml:"deltagere" lokal:"voks" fx:"koordinator" doc:"Hvem der er med i denne del."`
	Phase   Ref[Phase]  `toml:"fase" doc:"Fasen, delen hører til."`
	Text    Text        `toml:"tekst" doc:"Hvad der sker."`
	Derived []string    `toml:"udledt" lokal:"kilde" af:"noegler" fx:"navn" doc:"De nøgler i tabellen, som er redaktionens læsning af kilden, fx [\"minutter\"]." skema:"Det, der er redaktionens læsning af kilden og ikke står i den."`
	At      At          `toml:"-"`
}

// AgendaPoint is a line of an agenda, or of what is done before or after.
type AgendaPoint struct {
	Point
	Minutes int       `toml:"minutter" lokal:"tilfoej" enhed:"minutter" fx:"15" doc:"Minutter til punktet."`
	Part    string    `toml:"del" af:"dele" doc:"Id på mødets del." skema:"Den del af mødet, punktet hører til."`
	Who     Ref[Role] `toml:"hvem" lokal:"tilfoej" doc:"Hvem der har punktet."`
}
