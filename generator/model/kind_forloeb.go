package model

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
)

// Series is a course with an end: numbered sessions, or parts that each last some time.
type Series struct {
	Entity
	Number     int               `toml:"nummer" doc:"Rækkefølge."`
	Purpose    Text              `toml:"formaal" navn:"formål" doc:"Formålet med forløbet."`
	Leads      []Ref[Role]       `toml:"ledes_af" lokal:"tilfoej" doc:"Hvem der leder det."`
	Phases     []Ref[Phase]      `toml:"faser" vist:"fase,faser" doc:"Faser, forløbet hører til."`
	Every      int               `toml:"hver" navn:"interval" fx:"1" doc:"Hvor langt der er mellem sessionerne, fx 1 for hver uge."`
	Unit       Unit              `toml:"enhed" fx:"uge" doc:"Det, hver tæller: dag, uge eller maaned." skema:"Det, intervallet tælles i."`
	Length     int               `toml:"varer" fx:"3" doc:"Hvor længe hele forløbet varer, i varer_enhed."`
	LengthUnit Unit              `toml:"varer_enhed" navn:"varer, enhed" fx:"maaned" doc:"Det, varer tæller i forløbet og dets afsnit: dag, uge, maaned, kvartal eller aar." skema:"Det, varigheden tælles i."`
	Parts      Keyed[SeriesPart] `toml:"afsnit" fx:"start" doc:"Forløbets afsnit i rækkefølge: [forloeb.<id>.afsnit.<id>]." skema:"Forløbets afsnit i rækkefølge."`
}

var seriesKind = register[Series](schema.Kind{
	Key: "forloeb", One: "forløb", Many: "Forløb", Rank: 265,
	Doc: "Et forløb, der slutter: nummererede sessioner, eller afsnit med en varighed.", Example: "Forældregruppen",
	Page: schema.Own, Folder: "forloeb", Group: "saadan-goer-du", Order: 2, Guidance: schema.Welcome,
	Sourced: true, Addable: true, Renamable: true, Begin: []string{"hver", "enhed"},
})

func (m *Model) Series() []*Series { return seriesKind.of(&m.entities) }

// SeriesPart is a part of a series that lasts some time.
type SeriesPart struct {
	ID     string     `toml:"-"`
	Name   string     `toml:"navn" krav:"ja" kort:"ja" doc:"Afsnittets navn."`
	Length int        `toml:"varer" lokal:"tilfoej" fx:"3" doc:"Hvor længe afsnittet varer, i forløbets varer_enhed." skema:"Hvor længe afsnittet varer."`
	Text   Text       `toml:"tekst" doc:"Hvad der sker."`
	Phase  Ref[Phase] `toml:"fase" doc:"Fasen, afsnittet hører til."`
	At     At         `toml:"-"`
}

// Session is one meeting of a series. Numbers run from 1 without holes in each series.
type Session struct {
	Entity
	Series    Ref[Series]            `toml:"forloeb" navn:"forløb" krav:"ja" lokal:"fast" doc:"Forløbet, sessionen hører til."`
	Number    int                    `toml:"nummer" krav:"ja" lokal:"fast" doc:"Sessionens nummer i forløbet, fra 1 og uden huller."`
	Part      string                 `toml:"afsnit" fx:"start" doc:"Id på det afsnit af forløbet, sessionen hører til." skema:"Det afsnit af forløbet, sessionen hører til."`
	Purpose   Text                   `toml:"formaal" navn:"formål" doc:"Formålet med sessionen."`
	Minutes   int                    `toml:"varighed" lokal:"tilfoej" enhed:"minutter" fx:"30" doc:"Varighed i minutter."`
	Pause     int                    `toml:"pause_foer" navn:"pause før" lokal:"tilfoej" fx:"1" doc:"Pause før sessionen, ud over intervallet, i forløbets enhed." skema:"Pause før sessionen, ud over intervallet."`
	Leads     []Ref[Role]            `toml:"ledes_af" lokal:"tilfoej" doc:"Hvem der leder sessionen, når det er en anden end forløbets."`
	Place     Text                   `toml:"sted" lokal:"tilfoej" fx:"I familiehuset" doc:"Hvor den holdes."`
	Agenda    Keyed[SessionPoint]    `toml:"dagsorden" fx:"runde" doc:"Dagsorden: [session.<id>.dagsorden.<id>]."`
	Materials Keyed[SessionMaterial] `toml:"materiale" navn:"materialer" fx:"kort" doc:"Materialer: [session.<id>.materiale.<id>]."`
	Homework  Text                   `toml:"hjemmeopgave" fx:"Øv det to gange." doc:"Det, deltagerne gør inden næste gang."`
}

var sessionsKind = register[Session](schema.Kind{
	Key: "session", One: "session", Many: "Sessioner", Rank: 266,
	Doc: "Én gang i et forløb, med dagsorden og materialer.", Example: "Velkommen",
	Page: schema.Own, Folder: "sessioner", Guidance: schema.Welcome, Addable: true, Renamable: true,
	Begin: []string{"varighed", "dagsorden.tekst"},
})

func (m *Model) Sessions() []*Session { return sessionsKind.of(&m.entities) }

// SessionPoint is a line of a session's agenda.
type SessionPoint struct {
	Point
	Minutes int       `toml:"minutter" lokal:"tilfoej" enhed:"minutter" fx:"30" doc:"Minutter til punktet."`
	Who     Ref[Role] `toml:"hvem" lokal:"tilfoej" doc:"Hvem der har punktet."`
}

// SessionMaterial is what a session needs: a published file, or a thing.
type SessionMaterial struct {
	ID   string `toml:"-"`
	Name string `toml:"navn" krav:"ja" kort:"ja" fx:"Følelseskort" doc:"Materialets navn."`
	File string `toml:"fil" fx:"vejledning/session/kort.pdf" doc:"Filen, som ligger under vejledning/, set fra denne mappe. Uden fil er det en ting, man selv har med." skema:"Filen under vejledning/. Uden fil er det en ting, man selv har med."`
	Text Text   `toml:"tekst" doc:"Hvad det bruges til."`
	At   At     `toml:"-"`
}

// SessionsOf lists the sessions of a series by number.
func (m *Model) SessionsOf(f *Series) []*Session {
	var out []*Session
	for _, s := range m.Sessions() { // sorted by number
		if s.Series.To == f {
			out = append(out, s)
		}
	}
	return out
}

func (v *validator) series(m *Model, f *Series) {
	var sessions []Named
	for _, s := range m.SessionsOf(f) {
		sessions = append(sessions, s)
	}
	if !slices.ContainsFunc(m.Sessions(), func(s *Session) bool { return s.Series.To == nil }) { // it may fill the hole
		v.holes(sessionsKind.Kind, sessions)
	}
	var parts []string
	sum, unknown := 0, false
	for _, p := range f.Parts.Items {
		parts = append(parts, p.ID)
		sum += p.Length
		unknown = unknown || p.Length == 0
	}
	if f.Length > 0 && len(parts) > 0 && !unknown && sum != f.Length {
		v.add(diag.Error, f.At.Key("varer"), "varighed-passer-ikke", "Ret afsnittenes varer, eller ret forløbets.",
			"afsnittene varer %d tilsammen, men forløbet varer %d", sum, f.Length)
	}
	if len(sessions)+len(parts) == 0 && f.Basis != NamedOnly {
		v.add(diag.Warning, f.At, "tomt-forloeb", "Skriv [session.<id>] med forloeb = \""+f.ID+"\", eller [forloeb."+f.ID+".afsnit.<id>].",
			"forløbet \"%s\" har hverken sessioner eller afsnit", f.ID)
	}
	for _, s := range m.SessionsOf(f) {
		v.session(s, parts)
	}
}

func (v *validator) session(s *Session, parts []string) {
	if s.Part != "" && !slices.Contains(parts, s.Part) {
		help := "Forløbets afsnit: " + strings.Join(parts, ", ") + "."
		if len(parts) == 0 {
			help = fmt.Sprintf("Forløbet har ingen afsnit. Opret [forloeb.%s.afsnit.%s], eller slet linjen.", s.Series.ID, s.Part)
		}
		v.add(diag.Error, s.At.Key("afsnit"), "ukendt-reference", help, "ukendt afsnit \"%s\"%s", s.Part, diag.MenteDu(s.Part, parts))
	}
	sum, given := 0, 0
	for _, a := range s.Agenda.Items {
		if !a.Local.Omit {
			sum += a.Minutes
			given += min(a.Minutes, 1)
		}
	}
	if s.Minutes > 0 && given > 0 && sum != s.Minutes {
		v.add(diag.Error, s.At.Key("varighed"), "minutter-passer-ikke", "Ret minutterne i dagsordenen eller sessionens varighed.",
			"dagsordenens minutter giver %d, men sessionen varer %d", sum, s.Minutes)
	}
}
