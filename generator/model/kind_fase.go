package model

import "modelhaandbog/generator/schema"

// Phase is one step of a child's course. Numbers run from 1 without holes.
type Phase struct {
	Entity
	Number       int                `toml:"nummer" krav:"ja" doc:"Fasens nummer, fra 1 og uden huller."`
	Purpose      Text               `toml:"formaal" navn:"formål" fx:"At alle kender målene." doc:"Formålet med fasen."`
	Repeats      bool               `toml:"gentages" doc:"Om fasen er med i den kreds, der gentages."`
	Trigger      Text               `toml:"udloeses_af" navn:"går i gang, når" fx:"Barnet er afdækket." doc:"Hvad der sætter fasen i gang."`
	Product      Text               `toml:"produkt" fx:"En fælles plan." doc:"Hvad der foreligger, når fasen er gennemført."`
	Elements     []Ref[CoreElement] `toml:"kerneelementer" vist:"kerneelement,kerneelementer" doc:"Kerneelementer i fasen."`
	Responsible  Ref[Role]          `toml:"ansvarlig" doc:"Den ansvarlige rolle."`
	Participants []Ref[Role]        `toml:"deltagere" lokal:"voks" doc:"Hvem der er med."`
	Stages       Keyed[Stage]       `toml:"skridt" fx:"spoerg-barnet" doc:"Hvad der sker, i rækkefølge: [fase.<id>.skridt.<id>]."`
}

var phasesKind = register[Phase](schema.Kind{
	Key: "fase", One: "fase", Many: "Faser", Rank: 30,
	Doc: "Et afsnit af forløbet, i rækkefølge.", Example: "Fælles mål",
	Page: schema.Own, Folder: "faser", Group: "saadan-virker-modellen", Order: 3, Guidance: schema.Wanted,
	Sourced: true, Dense: true, Aside: true,
})

func (m *Model) Phases() []*Phase { return phasesKind.of(&m.entities) }

// Stage is one thing that happens in a phase.
type Stage struct {
	Point
	Responsible Ref[Role] `toml:"ansvarlig" doc:"Hvem der gør det."`
}

// MeetingsIn lists the meetings that belong to a phase.
func (m *Model) MeetingsIn(f *Phase) []*Meeting {
	var out []*Meeting
	for _, x := range m.Meetings() {
		for _, r := range x.Phases {
			if r.To == f {
				out = append(out, x)
				break
			}
		}
	}
	return out
}
