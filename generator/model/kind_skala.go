package model

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
)

// Scale is what the points of an assessment are answered on: levels, from the lowest up.
type Scale struct {
	Entity
	Levels Keyed[ScaleLevel] `toml:"trin" krav:"ja" fx:"delvist" doc:"Skalaens trin, fra det laveste: [skala.<id>.trin.<id>]."`
}

var scalesKind = register[Scale](schema.Kind{
	Key: "skala", One: "skala", Many: "Skalaer", Rank: 262,
	Doc: "Trin med værdier, som punkterne i en vurdering besvares på.", Example: "På plads",
	Page: schema.Together, Folder: "skalaer", On: []string{"vurdering"},
	Addable: true, Renamable: true, Begin: []string{"kilde"},
})

func (m *Model) Scales() []*Scale { return scalesKind.of(&m.entities) }

// ScaleLevel is a level of a scale with its value and its anchor: what is so at that level.
type ScaleLevel struct {
	ID    string `toml:"-"`
	Name  string `toml:"navn" krav:"ja" kort:"ja" lokal:"fast" fx:"Delvist" doc:"Trinnets navn."`
	Value int    `toml:"vaerdi" navn:"værdi" krav:"ja" lokal:"fast" fx:"1" doc:"Det tal, trinnet tæller i summen."`
	Text  Text   `toml:"tekst" lokal:"fast" fx:"Det er i gang, men gælder ikke alle." doc:"Trinnets anker: hvordan det ser ud, når det passer."`
	At    At     `toml:"-"`
}

// Bounds are the least and the greatest value of a scale.
func (s *Scale) Bounds() (least, most int) {
	for i, l := range s.Levels.Items {
		if i == 0 {
			least, most = l.Value, l.Value
		}
		least, most = min(least, l.Value), max(most, l.Value)
	}
	return least, most
}

func (v *validator) scale(s *Scale) {
	v.founded(s)
	help := "Skriv mindst to trin: [skala." + s.ID + ".trin.<id>] med navn og vaerdi."
	switch s.Levels.Len() {
	case 0:
		if s.At.Has("trin") {
			v.add(diag.Error, s.At.Key("trin"), "skala-uden-trin", help, "skalaen \"%s\" har ingen trin", s.ID)
		}
		return
	case 1:
		v.add(diag.Warning, s.At.Key("trin"), "skala-uden-trin", help, "skalaen \"%s\" har kun ét trin", s.ID)
	}
	for i, l := range s.Levels.Items[1:] {
		if before := s.Levels.Items[i]; l.Value <= before.Value && l.At.Has("vaerdi") && before.At.Has("vaerdi") {
			v.add(diag.Error, l.At.Key("vaerdi"), "skala-uden-raekkefoelge", "Skriv trinnene fra den laveste værdi til den højeste.",
				"trinnet \"%s\" har værdien %d, som ikke er højere end \"%s\" (%d)", l.Name, l.Value, before.Name, before.Value)
		}
	}
}

// founded reports what neither a source says nor the editors say is theirs.
func (v *validator) founded(n Named) {
	if e := n.Base(); len(e.Cites) == 0 && e.Basis != Inferred && !e.At.Local() {
		v.add(diag.Error, e.At, "mangler-kilde", "Skriv kilde = [\"kilde-id: sted\"], eller grundlag = \"udledt\", hvis den er redaktionens.",
			"%s \"%s\" har ingen kilde", kindName(e), e.ID)
	}
}

// levelIDs are the ids of a scale's levels.
func (s *Scale) levelIDs() []string {
	var out []string
	for _, l := range s.Levels.Items {
		out = append(out, l.ID)
	}
	return out
}

// level reports an anchor of a point that is for no level of the point's scale.
func (v *validator) level(s *Scale, point string, a *ItemAnchor) {
	if ids := s.levelIDs(); !slices.Contains(ids, a.ID) {
		v.add(diag.Error, a.At, "uden-for-skalaen", fmt.Sprintf("Skalaen \"%s\" har trinnene: %s.", s.ID, strings.Join(ids, ", ")),
			"punktet \"%s\" har et anker til \"%s\", som ikke er et trin på skalaen%s", point, a.ID, diag.MenteDu(a.ID, ids))
	}
}
