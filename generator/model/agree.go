package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
)

// agreeing warns of statements that rest on the same place in a source and are
// not equally binding, or have other owners: one of them may be wrong. An editor
// who has looked says why in afgjort. It is for the national edition: what a municipality
// answers is not held against the model.
func (v *validator) agreeing(m *Model) {
	first := map[string]Claim{}
	warned := map[string]bool{}
	for _, c := range m.Claims() {
		if !m.acts(c) {
			continue
		}
		for _, cite := range c.Marks.Cites {
			place := cite.ID + ": " + cite.Place
			other, known := first[place]
			switch {
			case cite.Place == "" || !c.Marks.Settled.Empty() || warned[place]:
			case !known:
				first[place] = c
			case other.Marks.force() != c.Marks.force():
				warned[place] = true
				how := fmt.Sprintf("men er %s og ikke %s", c.Marks.force().word(), other.Marks.force().word())
				v.disagree(c, other, place, how)
			case !sharesOwner(c.Who, other.Who):
				warned[place] = true
				v.disagree(c, other, place, "men har en anden ansvarlig")
			}
		}
	}
}

// sharesOwner reports whether somebody does both, or nobody is named.
func sharesOwner(a, b string) bool {
	if a == "" || b == "" {
		return true
	}
	theirs := strings.Split(b, ", ")
	return slices.ContainsFunc(strings.Split(a, ", "), func(who string) bool { return slices.Contains(theirs, who) })
}

// acts reports whether a statement asks something of somebody: those are held
// against each other.
func (m *Model) acts(c Claim) bool {
	return c.Kind == "opgave" || c.Kind == "forudsaetning" || strings.Contains(c.ID, "#")
}

func (v *validator) disagree(c, other Claim, place, how string) {
	v.add(diag.Warning, c.At, "samme-sted",
		"Ret den ene, skriv stedet mere præcist (afsnit, punkt), eller skriv i afgjort, hvorfor de er forskellige.",
		"»%s« bygger på samme sted (%s) som »%s«, %s", cmp.Or(c.Name, c.Text), place, cmp.Or(other.Name, other.Text), how)
	v.diags[len(v.diags)-1].Notes = []diag.Note{{Pos: other.At.Pos(), Message: "det andet udsagn"}}
}
