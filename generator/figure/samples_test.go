package figure

// sample is a figure with the content an author would recognise.
type sample struct {
	name string
	svg  []byte
}

func labels(titles ...string) []Label {
	var out []Label
	for _, t := range titles {
		out = append(out, Label{Title: t})
	}
	return out
}

func phases() Circle {
	return Circle{
		Title: "De fire faser", Desc: "Fase 1 kommer én gang. Fase 2, 3 og 4 gentages.",
		Start: []Label{{"Indledende afdækning", "", "faser/indledende-afdaekning.html"}},
		Loop: []Label{
			{"Fælles mål og handlestrategier", "", "faser/faelles-maal.html"},
			{"Kontinuerlig støtte og vejledning", "", "faser/stoette.html"},
			{"Systematisk og hyppig opfølgning", "ca. hver tredje måned", "faser/opfoelgning.html"},
		},
		Middle: "Gentages, så længe barnet har brug for det",
	}
}

func manyPhases(n int) Circle {
	words := labels("Opfølgningsmødeindkaldelse", "skoleunderstøttende aktiviteter", "Afklaring", "Tværfaglig forventningsafstemning",
		"Handling", "Dokumentation og videreformidling", "Evaluering & læring", "Afslutning")
	return Circle{Title: "Faser", Loop: words[:n]}
}

func model() Rings {
	return Rings{
		Title: "Modellen", Desc: "Barnet i midten.",
		Centre: Label{Title: "Barnet", Href: "roller/barnet.html"},
		Rings: []Group{
			{Label{Title: "Nære og professionelle voksne"}, labels("lærere", "plejeforældre", "kontaktpædagog", "læringsvejleder", "læringskoordinator", "rådgiver", "PPR-fagpersoner", "biologiske forældre")},
			{Label{Title: "Ledere"}, labels("skoleleder", "leder af PPR", "leder for rådgivere", "leder af anbringelsessted")},
		},
		Bands: []Group{
			{Label{Title: "Principper"}, []Label{{"Inddragelse af barnets perspektiv", "", "a.html"}, {"Positive faglige forventninger til og passende udfordringer for barnet", "", "b.html"}}},
			{Label{Title: "Kerneelementer"}, labels("Systematisk afdækning, fælles målsætning og hyppig opfølgning på barnets progression", "Tæt samarbejde")},
		},
	}
}

func unrest() Forks {
	return Forks{Title: "Når barnet er uroligt", Desc: "Svar, og følg vejen.", Forks: []Fork{
		{Label{"Er der fare for barnet eller andre lige nu?", "", "a.html"}, []Branch{{"Ja", -1, Label{Title: "Ring 112, og bliv hos barnet, til hjælpen kommer"}}, {"Nej", 1, Label{}}}},
		{Label{Title: "Er det sket før?"}, []Branch{{"Ja, flere gange om ugen", 2, Label{}}, {"Nej", -1, Label{"Tværfagligt opfølgningsmøde", "", "b.html"}}}},
		{Label{Title: "Ved I hvorfor?"}, []Branch{{"Ja", -1, Label{Title: "Handleplan"}}, {"Ved ikke", -1, Label{Title: "Afdækning"}}}},
	}}
}

func triangle() Triangle {
	return Triangle{Title: "Forebyggelsestrekanten", Levels: []Label{
		{"Tertiær forebyggelse", "Børn, der allerede har alvorlige vanskeligheder. Indsatsen skal hindre, at de bliver større.", ""},
		{"Sekundær forebyggelse", "Børn i risiko for vanskeligheder", "b.html"},
		{"Primær forebyggelse", "Alle børn og unge", ""},
	}}
}

func concern() Matrix {
	return Matrix{Title: "Position og trivsel", MarkText: "Omlægningens målgruppe", Columns: labels("Trivsel", "Mistrivsel"), Rows: []MatrixRow{
		{Label{Title: "Ikke udsat position"}, []Cell{{false, 0, "ingen bekymring"}, {true, 2, "nogen bekymring"}}},
		{Label{Title: "Potentielt udsat position"}, []Cell{{true, 1, "lille"}, {true, 3, "stor"}}},
		{Label{Title: "Udsat position"}, []Cell{{true, 2, "nogen"}, {true, 4, "meget stor bekymring"}}},
	}}
}

func legs() Legs {
	return Legs{Title: "Tre ben", Frame: Label{Title: "Det forebyggende mindset"}, Legs: labels("Almenområdet", "Udfører", "Myndighed"),
		Centre: Label{Title: "Samarbejde og koordinering"}, Themes: labels("opsporing", "opfølgning", "hverdagsliv")}
}

func stairs() Stairs {
	return Stairs{Title: "Indsatstrappen", Axis: "mere indgribende", Band: Label{Title: "Hverdagslivsperspektivet", Href: "x.html"}, Steps: []Label{
		{"Tidlige indsatser i almenområdet", "", "t.html"}, {"Forebyggende indsatser", "", "t.html"}, {"Hjemmebaserede foranstaltninger", "", "t.html"},
		{"Anbringelse i slægt eller netværk", "", "t.html"}, {"Anbringelse i plejefamilie", "", "t.html"}, {"Anbringelse på institution", "", "t.html"},
	}}
}

func manySteps(n int) Stairs {
	return Stairs{Title: "Trappe", Axis: "mere indgribende", Steps: labels("Sundhedspleje", "skoleunderstøttende aktiviteter", "Forebyggelse",
		"Opfølgningsmødeindkaldelse", "Hjemmebaserede foranstaltninger", "Netværk", "Plejefamilie", "Institution", "Specialiserede døgninstitutionsanbringelser")[:n]}
}

func meet() Meet {
	return Meet{Title: "Hvor modellerne mødes",
		Models: []Label{{"Styrket læringsmiljø for anbragte børn og unge", "", "1.html"}, {"Skolegang og læring", "", "2.html"}, {"Tidligere forebyggende indsats", "", "3.html"}, {"Bekymrende skolefravær", "", "4.html"}},
		Rows: []Shared{{Label{Title: "Barnets perspektiv", Href: "b.html"}, []int{0, 1, 2, 3}}, {Label{Title: "Skole som beskyttelsesfaktor"}, []int{0, 2}},
			{Label{Title: "Sammenhængende læringsmiljøer"}, []int{0, 1}}, {Label{Title: "Opsporing"}, []int{2, 3}}}}
}

var months = []string{"jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}

func year() Year {
	return Year{Title: "Årshjul", First: 8, Months: months, AllYear: "hele året", Centre: "Skoleåret", Entries: []Entry{
		{Label{"Målsætningsmøde", "kort efter afdækningen · krav", "m.html"}, []int{9}, "krav"},
		{Label{"Opfølgningsmøde", "ca. hver tredje måned · krav", "o.html"}, []int{12, 3, 6}, "krav"},
		{Label{"Vejledningssamtaler i hjemmet", "minimum 3–4 om året · anbefaling", ""}, []int{10, 1, 4}, "anbefaling"},
		{Label{"Opfølgning med barnet", "hver 6. uge · eksempel", ""}, nil, "eksempel"},
	}}
}

func fullYear() Year {
	y := year()
	for range 6 {
		y.Entries = append(y.Entries, Entry{Label{"Progressionsmøde", "hver 6.–8. uge · eksempel", ""}, []int{1, 2, 3, 4, 5, 9, 12}, "eksempel"})
	}
	return y
}

func samples() []sample {
	return []sample{
		{"faser", SVG(phases(), "faser", asIs)}, {"faser8", SVG(manyPhases(8), "faser8", asIs)}, {"faser5", SVG(manyPhases(5), "faser5", asIs)},
		{"faser2", SVG(manyPhases(2), "faser2", asIs)}, {"faser1", SVG(manyPhases(1), "faser1", asIs)},
		{"model", SVG(model(), "model", asIs)}, {"trekant", SVG(triangle(), "trekant", asIs)}, {"matrix", SVG(concern(), "matrix", asIs)},
		{"ben", SVG(legs(), "ben", asIs)}, {"trappe", SVG(stairs(), "trappe", asIs)}, {"trappe9", SVG(manySteps(9), "trappe9", asIs)},
		{"moede", SVG(meet(), "moede", asIs)}, {"aar", SVG(year(), "aar", asIs)}, {"aarfuldt", SVG(fullYear(), "aarfuldt", asIs)},
		{"valg", SVG(unrest(), "valg", asIs)},
	}
}
