package model

import (
	"fmt"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// What may be wrong with a cadence.

func (v *validator) cadence(c *Cadence) {
	bad := func(key, help, format string, args ...any) {
		v.add(diag.Error, c.At.Key(key), "ugyldig-kadence", help, "kadencen \"%s\": %s", c.ID,
			fmt.Sprintf(format, args...))
	}
	before := len(v.diags)
	unit := fmt.Sprintf("Skriv enhed = %s.", oneOf(c.Unit.Values()))
	first := ""
	for _, n := range []struct {
		key      string
		from, to int
	}{{"hver", c.Every, c.UpTo}, {"gange", c.Times, c.TimesTo}, {"aarligt", c.PerYear, c.PerYearTo}} {
		switch {
		case n.from <= 0 && c.At.Has(n.key):
			if node := c.At.Key(n.key).node; node.Kind == source.Int && node.Int == 0 { // others are reported as values
				bad(n.key, "Skriv et tal fra 1 og op, eller slet linjen.", "%s = %d siger ikke, hvor tit", n.key, n.from)
			}
		case n.from == 0 && n.to > 0:
			bad(n.key+"_til", "Skriv også "+n.key+" = <tal>.", "en øvre grænse uden en nedre er ikke et interval")
		case n.from == 0:
			continue
		case n.to != 0 && n.to <= n.from:
			bad(n.key+"_til", "Øvre grænse skal være større end "+n.key+".", "%d til %d er ikke et interval", n.from, n.to)
		case first != "":
			bad(n.key, "Skriv enten "+first+" eller "+n.key+".", "både %s og %s er angivet", first, n.key)
		case n.key == "aarligt" && c.Unit != "":
			bad("enhed", "Slet linjen, eller skriv gange i stedet for aarligt.", "aarligt har allerede året som enhed")
		case n.key != "aarligt" && !c.At.Has("enhed"):
			bad(n.key, unit, "%s = %d mangler en enhed", n.key, n.from)
		case n.key != "hver" && max(n.from, n.to) > 100:
			bad(n.key, "Kontrollér tallet.", "%d gange er usandsynligt", max(n.from, n.to))
		case n.key == "hver" && max(n.from, n.to) > units[c.Unit].most && c.Unit != "":
			bad("hver", "Kontrollér tallet og enheden.", "%d er et usandsynligt interval", max(n.from, n.to))
		}
		first = n.key
	}
	switch f := c.Frequency(); {
	case first == "" && c.At.Has("enhed"):
		bad("enhed", "Skriv hver = <tal>, fx hver = 3.", "enheden står uden et tal")
	case first == "" && c.Expression == "" && !c.At.node.Partial:
		bad("", "Skriv fx hver = 3 og enhed = \"maaned\", eller udtryk = \"…\", når der ikke er et tal.",
			"det står ikke, hvor tit")
	case len(v.diags) == before && !f.None() && c.Expression != "":
		v.spoken(c, f)
	case first == "" && len(v.diags) == before:
		v.unnumbered(c)
	}
}

// unnumbered warns of words that say a number, which calendars and figures can't show.
func (v *validator) unnumbered(c *Cadence) {
	said, rest := Spoken(c.Expression)
	if len(said) != 1 || len(rest) > 0 {
		return
	}
	numbers := said[0].TOML()
	if said[0].AtLeast {
		numbers += ", mindst = true"
	}
	if said[0].About {
		numbers += ", omtrent = true"
	}
	v.add(diag.Warning, c.At.Key("udtryk"), "ugyldig-kadence",
		"Skriv "+numbers+", så kommer det også med i kalender og årshjul.",
		"kadencen \"%s\": udtrykket siger hvor tit, men tallet mangler", c.ID)
}

// spoken reports words that say something else than the cadence's numbers.
func (v *validator) spoken(c *Cadence, f Frequency) {
	say := func(s diag.Severity, help, what string) {
		v.add(s, c.At.Key("udtryk"), "ugyldig-kadence", help, "kadencen \"%s\": udtrykket %s", c.ID, what)
	}
	const drop = "Slet udtryk, så laver håndbogen ordene af tallene, eller ret "
	switch accord := f.Accord(c.Expression); {
	case accord == Contradicts:
		say(diag.Error, drop+"det ene af dem.", "siger noget andet end "+f.TOML())
	case accord == Hedges && !c.At.Key("udtryk").Local(): // the overlay has weighed it against the model
		say(diag.Warning, "Skriv omtrent = true, når kilden siger ca., og skriv mindst i udtrykket, når mindst = true.",
			"er mindre fast end tallene")
	case accord == SaysNothing:
		say(diag.Warning, drop+"det, så det siger hvor tit, fx \"hver anden måned\".",
			"kan ikke holdes op mod "+f.TOML())
	}
}

// oneOf lists values: "dag", "uge" eller "aar".
func oneOf(values []string) string {
	last := len(values) - 1
	return `"` + strings.Join(values[:last], `", "`) + `" eller "` + values[last] + `"`
}
