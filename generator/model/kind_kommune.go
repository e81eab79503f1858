package model

import "modelhaandbog/generator/schema"

// Municipality is one of the 98, with what its own folder says.
type Municipality struct {
	Entity
	Code     string            `toml:"kode" fx:"999" doc:"Kommunekode."`
	FullName string            `toml:"fulde_navn" fx:"Eksempel Kommune" doc:"Fulde navn, når det ikke er navn + Kommune."`
	Genitive string            `toml:"genitiv" fx:"Eksempel Kommunes" doc:"Fulde navn i ejefald, når det ikke følger reglen."`
	Regions  Keyed[RegionSpan] `toml:"region" fx:"midt" doc:"Region og fra hvornår."`

	Site      string         `toml:"hjemmeside" lokal:"svar" fx:"https://haandbog.eksempel.dk/" doc:"Adressen, hvor kommunens udgave ligger."`
	WAS       string         `toml:"was_url" lokal:"svar" navn:"tilgængelighedserklæring" fx:"https://was.digst.dk/eksempel" doc:"Tilgængelighedserklæringens adresse på was.digst.dk."`
	Colour    string         `toml:"farve" lokal:"svar" af:"farver" fx:"#005a3c" doc:"Kommunens farve, fx #005a3c."`
	Logo      string         `toml:"logo" lokal:"svar" af:"billeder" fx:"logo.svg" doc:"Logofil i kommunens mappe (svg eller png)."`
	Uses      []string       `toml:"modeller" lokal:"svar" af:"model" fx:"vores-model" doc:"Modeller, kommunen arbejder med. Ingen: alle vises."`
	Reviewed  string         `toml:"gennemgaaet" lokal:"svar" navn:"gennemgået" doc:"Udgaven, kommunen sidst har gennemgået sine tilpasninger mod."`
	Owner     string         `toml:"ejer" lokal:"svar" fx:"Læringskonsulenterne" doc:"Funktionen, der holder kommunens tilpasninger ved lige."`
	Review    string         `toml:"gennemgaas" lokal:"svar" navn:"gennemgås" fx:"2027-06-01" doc:"Hvornår kommunen senest skal gennemgå sine tilpasninger (ÅÅÅÅ-MM-DD)."`
	Fictional bool           `toml:"fiktiv" doc:"Kommunen findes ikke; den er et eksempel."`
	Contacts  Keyed[Contact] `toml:"kontakt" lokal:"svar" fx:"ppr" doc:"Kontakter efter funktion: [kommune.kontakt.<id>]."`
}

var municipalitiesKind = register[Municipality](schema.Kind{
	Key: "kommune", One: "kommune", Many: "Kommuner", Rank: 340,
	Doc: "En af de 98 kommuner, med det, dens egen mappe siger.", Example: "Eksempel",
	Shared: true, Page: schema.Together, Path: "index.html", Guidance: schema.Welcome,
})

func (h *Handbook) Register() []*Municipality { return municipalitiesKind.of(&h.entities) }

// RegionSpan is a region and the date from which a municipality belongs to it.
type RegionSpan struct {
	ID   string `toml:"-"`
	Name string `toml:"navn" krav:"ja" doc:"Regionens navn."`
	From string `toml:"fra" fx:"2007-01-01" doc:"Gælder fra (ÅÅÅÅ-MM-DD)."`
	At   At     `toml:"-"`
}

// Contact is a function in a municipality and how to reach it. Never a person.
type Contact struct {
	ID    string   `toml:"-"`
	Name  string   `toml:"funktion" krav:"ja" fx:"PPR" doc:"Funktionen, fx PPR."`
	Phone string   `toml:"telefon" fx:"12 34 56 78" doc:"Telefon."`
	Mail  string   `toml:"mail" fx:"ppr@eksempel.dk" doc:"Fælles mailadresse."`
	URL   string   `toml:"url" fx:"https://www.eksempel.dk/ppr" doc:"Side hos kommunen."`
	Note  Text     `toml:"note" doc:"Fx træffetid."`
	Roles []AnyRef `toml:"roller" af:"rolle" fx:"vores-model/rolle:koordinator" doc:"Rollerne, man kan træffe her, som \"model/rolle:id\". Kontakten vises på deres sider og ark." skema:"Rollerne, man kan træffe her. Kontakten vises på deres sider og ark."`
	At    At       `toml:"-"`
}
