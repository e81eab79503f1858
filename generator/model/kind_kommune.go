package model

import "modelhaandbog/generator/schema"

// Municipality is one of the 98, with what its own folder says.
type Municipality struct {
	Entity
	Code     string            `toml:"kode" doc:"Kommunekode."`
	FullName string            `toml:"fulde_navn" doc:"Fulde navn, når det ikke er navn + Kommune."`
	Genitive string            `toml:"genitiv" doc:"Fulde navn i ejefald, når det ikke følger reglen."`
	Regions  Keyed[RegionSpan] `toml:"region" doc:"Region og fra hvornår."`

	Site      string         `toml:"hjemmeside" lokal:"svar" doc:"Adressen, hvor kommunens udgave ligger."`
	WAS       string         `toml:"was_url" lokal:"svar" navn:"tilgængelighedserklæring" doc:"Tilgængelighedserklæringens adresse på was.digst.dk."`
	Colour    string         `toml:"farve" lokal:"svar" doc:"Kommunens farve, fx #005a3c."`
	Logo      string         `toml:"logo" lokal:"svar" doc:"Logofil i kommunens mappe (svg eller png)."`
	Uses      []string       `toml:"modeller" lokal:"svar" doc:"Modeller, kommunen arbejder med. Ingen: alle vises."`
	Reviewed  string         `toml:"gennemgaaet" lokal:"svar" navn:"gennemgået" doc:"Udgaven, kommunen sidst har gennemgået sine tilpasninger mod."`
	Fictional bool           `toml:"fiktiv" doc:"Kommunen findes ikke; den er et eksempel."`
	Contacts  Keyed[Contact] `toml:"kontakt" lokal:"svar" doc:"Kontakter efter funktion: [kommune.kontakt.<id>]."`
}

var municipalitiesKind = register[Municipality](schema.Kind{
	Key: "kommune", One: "kommune", Many: "Kommuner", Rank: 340,
	Doc:    "En af de 98 kommuner, med det, dens egen mappe siger.",
	Shared: true, Page: schema.Together, Path: "index.html", Guidance: schema.Welcome,
})

// Register lists the handbook's municipalities.
func (h *Handbook) Register() []*Municipality { return municipalitiesKind.of(&h.entities) }

// RegionSpan is a region and the date from which a municipality belongs to it.
type RegionSpan struct {
	ID   string `toml:"-"`
	Name string `toml:"navn" krav:"ja" doc:"Regionens navn."`
	From string `toml:"fra" doc:"Gælder fra (ÅÅÅÅ-MM-DD)."`
	At   At     `toml:"-"`
}

// Contact is a function in a municipality and how to reach it. Never a person.
type Contact struct {
	ID    string `toml:"-"`
	Name  string `toml:"funktion" krav:"ja" doc:"Funktionen, fx PPR."`
	Phone string `toml:"telefon" doc:"Telefon."`
	Mail  string `toml:"mail" doc:"Fælles mailadresse."`
	URL   string `toml:"url" doc:"Side hos kommunen."`
	Note  Text   `toml:"note" doc:"Fx træffetid."`
	At    At     `toml:"-"`
}
