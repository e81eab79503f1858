package model

import "slices"

// Marks tell how a statement is to be taken. They travel with it to every page,
// sheet and file that shows it.
type Marks struct {
	Cites   []Cite   `toml:"kilde" lokal:"kilde" doc:"Hvor det står: \"kilde-id: sted\". Flere kilder som liste." skema:"Hvor det står: kilden og stedet i den."`
	Basis   Basis    `toml:"grundlag" lokal:"kilde" doc:"Om det står i kilden, er udledt af redaktionen, kun er nævnt i kilden eller er forældet."`
	Derived []string `toml:"udledt" lokal:"kilde" af:"noegler" fx:"tekst" doc:"De nøgler i tabellen, som er redaktionens læsning af kilden, fx [\"rolle\", \"tidspunkt\"]." skema:"Det, der er redaktionens læsning af kilden og ikke står i den."`
	Force   Force    `toml:"bindende" lokal:"fast" doc:"Krav, del af modellen (model), anbefaling eller eksempel."`
	Whose   string   `toml:"eksempel_fra" navn:"eksempel fra" lokal:"fast" fx:"tre kommuner" doc:"Hvem eksemplet er fra, fx \"tre kommuner\", \"én skole\" eller \"et forløb\"."`
	Settled Text     `toml:"afgjort" lokal:"kilde" fx:"Stedet har begge dele." doc:"Hvorfor udsagnet er mere eller mindre bindende end et andet fra samme sted, eller har en anden ansvarlig."`
}

// IsDerived reports whether what a key says is the editors' reading of the
// source: because the statement is, or because the key is.
func (m *Marks) IsDerived(key string) bool {
	return m.Basis == Inferred || slices.Contains(m.Derived, key)
}

// Point is a line of a list: a statement of its own, or another statement in
// words for this list.
type Point struct {
	ID   string `toml:"-"`
	Text Text   `toml:"tekst" krav:"fra" fx:"Spørg barnet." doc:"Punktets tekst. Med fra kan den mangle; så står udsagnets egne ord."`
	From AnyRef `toml:"fra" lokal:"fast" fx:"opgave:indkald-til-moedet" doc:"Udsagnet, som punktet viser, fx \"opgave:indkald\" eller \"moede:opfoelgning#dagsorden.status\". Kraft, ansvarlig, tid og kilde er udsagnets." skema:"Vælg et udsagn, hvis punktet viser noget, der står et andet sted. Kraft, ansvarlig, tid og kilde følger med derfra."`
	Marks
	Core  bool      `toml:"kerne" lokal:"kilde" doc:"Modellens kerne: kommunen må ikke ændre eller udelade punktet."`
	Local Localness `toml:",inline"`
	At    At        `toml:"-"`
}

type Statement struct {
	Text Text `toml:"tekst" krav:"ja" fx:"Kan lytte." doc:"Udsagnet."`
	Marks
	At At `toml:"-"`
}

// force is how binding the statement is, said in full.
func (m *Marks) force() Force {
	if m.Force == "" {
		return Described
	}
	return m.Force
}

func (f Force) word() string {
	return map[Force]string{Required: "et krav", Described: "del af modellen", Recommended: "en anbefaling", Example: "et eksempel"}[f]
}
