package model

import (
	"cmp"
	"fmt"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
)

// Assessment is points that are answered on a scale and add up, by domain and in all.
type Assessment struct {
	Entity
	Number  int                  `toml:"nummer" doc:"Rækkefølge."`
	Scale   Ref[Scale]           `toml:"skala" krav:"ja" lokal:"fast" doc:"Skalaen, punkterne besvares på."`
	For     []Ref[Role]          `toml:"til" navn:"udfyldes af" vist:"udfyldes-af" lokal:"voks" doc:"Roller, der udfylder den."`
	When    Text                 `toml:"hvornaar" navn:"hvornår" lokal:"tilfoej" fx:"Før start og efter et år" doc:"Hvornår den udfyldes."`
	Domains Keyed[Domain]        `toml:"domaene" navn:"domæner" fx:"ledelse" doc:"Domæner, som punkterne samles i: [vurdering.<id>.domaene.<id>]." skema:"Domæner, som punkterne samles i."`
	Points  Keyed[AssessedPoint] `toml:"punkt" navn:"punkter" krav:"ja" fx:"opbakning" doc:"Det, der vurderes: [vurdering.<id>.punkt.<id>]." skema:"Det, der vurderes."`
	Limits  Keyed[Limit]         `toml:"graense" navn:"grænser" fx:"i-gang" doc:"Hvad summen betyder: [vurdering.<id>.graense.<id>]." skema:"Hvad summen betyder."`
}

var assessmentsKind = register[Assessment](schema.Kind{
	Key: "vurdering", One: "vurdering", Many: "Vurderinger", Rank: 264, Weight: -2,
	Doc:     "Punkter på en skala, der lægges sammen: fidelitet, parathed eller »Hvor langt er vi?«.",
	Example: "Hvor langt er vi?", Page: schema.Own, Folder: "vurderinger", Group: "det-skal-vaere-paa-plads", Order: 3,
	Guidance: schema.Welcome, Addable: true, Renamable: true, Begin: []string{"kilde", "punkt.tekst"},
})

func (m *Model) Assessments() []*Assessment { return assessmentsKind.of(&m.entities) }

// Domain is a group of an assessment's points with a sum of its own.
type Domain struct {
	ID    string `toml:"-"`
	Name  string `toml:"navn" kort:"ja" fx:"Ledelse" doc:"Domænets navn. Med viser skal det ikke stå der."`
	Shows AnyRef `toml:"viser" fx:"kerneelement:helhedssyn" doc:"Det i modellen, som domænet handler om, fx \"omraade:skolen\". Domænet hedder som det." skema:"Det i modellen, som domænet handler om. Domænet hedder som det."`
	Text  Text   `toml:"tekst" doc:"Hvad domænet handler om."`
	At    At     `toml:"-"`
}

// AssessedPoint is a point that gets a value: a statement of its own, or another one of the model's.
type AssessedPoint struct {
	Point
	Domain  string            `toml:"domaene" navn:"domæne" af:"domaene" fx:"ledelse" doc:"Id på domænet, punktet hører til." skema:"Domænet, punktet hører til."`
	Scale   Ref[Scale]        `toml:"skala" lokal:"fast" doc:"Punktets egen skala, når den er en anden end vurderingens."`
	Anchors Keyed[ItemAnchor] `toml:"anker" navn:"ankre" fx:"delvist" doc:"Punktets egne ankre, efter id'et på skalaens trin: [vurdering.<id>.punkt.<id>.anker.<trin>]." skema:"Punktets egne ankre. Id'et er det på skalaens trin."`
}

// ItemAnchor is what is so at a level of the scale for one point.
type ItemAnchor struct {
	ID   string `toml:"-"`
	Text Text   `toml:"tekst" krav:"ja" kort:"ja" lokal:"fast" fx:"Halvdelen har fået tilbuddet." doc:"Hvordan det ser ud, når trinnet passer."`
	At   At     `toml:"-"`
}

// Limit is what a sum means from a value up.
type Limit struct {
	ID     string `toml:"-"`
	From   int    `toml:"fra" krav:"ja" lokal:"fast" fx:"1" doc:"Den mindste sum, det gælder for."`
	Name   string `toml:"navn" krav:"ja" lokal:"fast" fx:"I gang" doc:"Hvad summen kaldes."`
	Text   Text   `toml:"tekst" lokal:"fast" fx:"Tag fat i det, der har de laveste tal." doc:"Hvad den betyder, og hvad der er at gøre."`
	Domain string `toml:"domaene" navn:"domæne" af:"domaene" lokal:"fast" fx:"ledelse" doc:"Id på domænet, når grænsen gælder domænets sum." skema:"Domænet, når grænsen gælder domænets sum."`
	At     At     `toml:"-"`
}

// ScaleOf is the scale that a point is answered on, or nil.
func (a *Assessment) ScaleOf(p *AssessedPoint) *Scale { return cmp.Or(p.Scale.To, a.Scale.To) }

// Bounds are the least and the greatest sum of a domain's points, or of all when domain is "".
func (a *Assessment) Bounds(domain string) (least, most int) {
	for _, p := range a.Points.Items {
		if s := a.ScaleOf(p); s != nil && !p.Local.Omit && (domain == "" || p.Domain == domain) {
			l, m := s.Bounds()
			least, most = least+l, most+m
		}
	}
	return least, most
}

func (v *validator) assessment(a *Assessment) {
	v.founded(a)
	if a.Points.Len() == 0 && a.At.Has("punkt") {
		v.add(diag.Error, a.At.Key("punkt"), "vurdering-uden-punkter", "Skriv [vurdering."+a.ID+".punkt.<id>].", "vurderingen \"%s\" har ingen punkter", a.ID)
	}
	domains, used := map[string]bool{}, map[string]bool{}
	unclear := false // it may be an empty domain that a point is meant to stand in
	var ids []string
	for _, d := range a.Domains.Items {
		domains[d.ID] = true
		ids = append(ids, d.ID)
	}
	known := func(id string, at At) {
		if id == "" || domains[id] {
			return
		}
		unclear = true
		help := "Domænerne er: " + strings.Join(ids, ", ") + "."
		if len(ids) == 0 {
			help = fmt.Sprintf("Vurderingen har ingen domæner. Opret [vurdering.%s.domaene.%s], eller slet linjen.", a.ID, id)
		}
		v.add(diag.Error, at.Key("domaene"), "ukendt-reference", help, "ukendt domæne \"%s\"%s", id, diag.MenteDu(id, ids))
	}
	for _, p := range a.Points.Items {
		known(p.Domain, p.At)
		used[p.Domain] = true
		if len(ids) > 0 && p.Domain == "" {
			unclear = true
			v.add(diag.Error, p.At, "punkt-uden-domaene", "Skriv domaene = \"…\": "+strings.Join(ids, ", ")+".", "punktet \"%s\" hører ikke til et domæne", p.ID)
		}
		for _, x := range p.Anchors.Items {
			if s := a.ScaleOf(p); s != nil {
				v.level(s, p.ID, x)
			}
		}
	}
	for _, d := range a.Domains.Items {
		if d.Name == "" && !d.At.Has("viser") {
			v.add(diag.Error, d.At, "mangler-noegle", "Tilføj navn = \"…\", eller viser = \"kerneelement:id\".", "domænet \"%s\" har intet navn", d.ID)
		}
		if !used[d.ID] && !unclear {
			v.add(diag.Error, d.At, "tomt-domaene", "Skriv domaene = \""+d.ID+"\" ved de punkter, der hører til, eller slet det.", "domænet \"%s\" har ingen punkter", d.ID)
		}
	}
	for _, l := range a.Limits.Items {
		known(l.Domain, l.At)
		if least, most := a.Bounds(l.Domain); most > 0 && (l.From < least || l.From > most) {
			v.add(diag.Error, l.At.Key("fra"), "uden-for-skalaen", fmt.Sprintf("Summen går fra %d til %d.", least, most),
				"grænsen \"%s\" er %d, som summen aldrig bliver", l.Name, l.From)
		}
	}
}
