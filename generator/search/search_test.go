package search

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"modelhaandbog/generator/search/searchtest"
)

func TestReadersFindTheirPage(t *testing.T) {
	engine := open(t, handbook(t), testSynonyms)
	for _, w := range queries(t) {
		results := engine.Search(w.query, 10)
		at := slices.IndexFunc(results, func(r searchtest.Result) bool { return r.Path == w.path })
		if at < 0 || at >= w.within || results[at].Anchor != w.anchor {
			t.Errorf("%q: want %s#%s among the first %d, got\n%s", w.query, w.path, w.anchor, w.within, list(results, 5))
		}
	}
}

func TestSnippetIsTheSentenceThatSaysIt(t *testing.T) {
	engine := open(t, handbook(t), testSynonyms)
	for query, want := range map[string]string{
		"hvor ofte skal jeg besøge plejefamilien": "Plejefamilien besøges mindst hver tredje måned.",
		"frikøb":                   "Læringsvejlederen frikøbes mindst fem timer om ugen.",
		"hvad koster det":          "Det koster ca. 47.500 kr. pr. barn at etablere modellen.",
		"hvad er skolefravær":      "Fravær handler ikke kun om mængde, men også om barnets trivsel.",
		"kadence progressionsmøde": "En kommune holder mødet hver 6.–8. uge.",
		"opsporing af fravær":      "Skolen opdager fravær tidligt og handler på det.",
	} {
		if got := first(engine, query).Snippet; got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
}

func TestLongSentenceIsCutAroundTheWord(t *testing.T) {
	long := strings.Repeat("ord uden betydning for sagen, ", 20) +
		"men her står trivsel, " + strings.Repeat("og mere af samme slags ", 20)
	engine := open(t, []Doc{{Path: "a.html", Title: "Side", Summary: long}}, nil)
	got := first(engine, "trivsel").Snippet
	cut := strings.HasPrefix(got, "… ") && strings.HasSuffix(got, " …")
	if !cut || !strings.Contains(got, "trivsel") || len(got) > 300 {
		t.Errorf("got %q", got)
	}
}

func TestNothingAsked(t *testing.T) {
	engine := open(t, handbook(t), testSynonyms)
	for _, q := range []string{"", "   ", "?!", "xqzwv", "§"} {
		if r := engine.Search(q, 10); len(r) != 0 {
			t.Errorf("%q: got\n%s", q, list(r, 3))
		}
	}
	if r := open(t, nil, nil).Search("møde", 10); len(r) != 0 {
		t.Errorf("an empty handbook answers %v", r)
	}
}

// glossary is a page of things, some called like pages.
var glossary = Doc{
	Path: "begreber.html", Kind: "begreber", KindLabel: "Begreber", Title: "Begreber A–Å", Aliases: []string{"ordliste"},
	Sections: []Section{
		{Anchor: "o", Heading: "O"},
		{
			Anchor: "begreb-opsporing", Heading: "Opsporing", Kind: "begreb", KindLabel: "Begreb",
			Text:    "At få øje på børn, der mistrives. God opsporing sker tidligt.",
			Aliases: []string{"tidlig opsporing", "pejling"},
		},
		{
			Anchor: "begreb-plan", Heading: "Barnets plan", Kind: "begreb", KindLabel: "Begreb",
			Text: "Planen, som rådgiveren skriver.", Aliases: []string{"handleplan"},
		},
		{
			Anchor: "tal-opsporing", Heading: "Tal om opsporing", Kind: "tal", KindLabel: "Tal", Weight: -2,
			Text: "Nøgletal for opsporing.",
		},
	},
}

func TestThingOnASharedPageIsFoundByItsName(t *testing.T) {
	engine := open(t, []Doc{
		{
			Path: "a.html", Kind: "side", Title: "Børn, der mistrives", Aliases: []string{"opsporing"},
			Summary: "Opsporing er vigtig, og opsporing er svær.",
		},
		glossary,
	}, nil)
	got := engine.Search("opsporing", 10)
	if len(got) != 2 {
		t.Fatalf("a page should be there once, got\n%s", list(got, 5))
	}
	r := got[0]
	if r.Title != "Opsporing" || r.Page != "Begreber A–Å" || r.Kind.ID != "begreb" || r.Anchor != "begreb-opsporing" {
		t.Errorf("got %+v", r)
	}
	if want := "At få øje på børn, der mistrives."; r.Snippet != want {
		t.Errorf("a thing asked for by its name is not told what it is: %q", r.Snippet)
	}
	if want := []searchtest.Place{{Anchor: "tal-opsporing", Heading: "Tal om opsporing"}}; !slices.Equal(r.More, want) {
		t.Errorf("more is %v, want %v", r.More, want)
	}
	if r := first(engine, "pejling"); r.Anchor != "begreb-opsporing" {
		t.Errorf("alias: got %+v", r)
	}
}

func TestNamedKindSteersToThatKind(t *testing.T) {
	engine := open(t, []Doc{
		{Path: "fase.html", Kind: "fase", KindLabel: "Fase", Title: "Fælles mål", Aliases: []string{"fase 2"}},
		{Path: "liste.html", Kind: "tjekliste", KindLabel: "Tjekliste", Title: "Fase 2: Fælles mål", Weight: -2},
		{Path: "anden.html", Kind: "tjekliste", KindLabel: "Tjekliste", Title: "Fase 1: Afdækning", Weight: -2},
	}, nil)
	for query, want := range map[string]string{
		"fase 2": "fase.html", "tjekliste fase 2": "liste.html", "fase 1": "anden.html",
	} {
		if got := first(engine, query).Path; got != want {
			t.Errorf("%q: got %s first, want %s", query, got, want)
		}
	}
}

// Who names a model beside something else asks about that model, and about a
// kind of thing in it rather than for its own page.
func TestNamedModelSteersToThatModel(t *testing.T) {
	page := func(model, label, path, kind, title, text string) Doc {
		return Doc{
			Path: model + path, Kind: kind, KindLabel: title, Model: model, ModelLabel: label, Title: title,
			Sections: []Section{{Text: text}},
		}
	}
	engine := open(t, []Doc{
		{
			Path: "forebyggelse/tegn.html", Kind: "krav", KindLabel: "Krav", Model: "forebyggelse",
			ModelLabel: "Tidlig indsats", Title: "Kompetencer til at genkende tidlige tegn",
		},
		page("fravaer", "Skolefravær", "/opsporing.html", "element", "Tidlig opsporing", "Se efter tegn hos barnet."),
		page("fravaer", "Skolefravær", "/index.html", "model", "Modellen for skolefravær", "Modellens resultater."),
		page("fravaer", "Skolefravær", "/resultater.html", "liste", "Resultater", "Flere i skole."),
	}, nil)
	for query, want := range map[string]string{
		"tidlige tegn": "forebyggelse/tegn.html", "tidlige tegn på fravær": "fravaer/opsporing.html",
		"skolefravær": "fravaer/index.html", "resultater skolefravær": "fravaer/resultater.html",
	} {
		if got := engine.Search(query, 9); got[0].Path != want {
			t.Errorf("%q: want %s first, got\n%s", query, want, list(got, 4))
		}
	}
}

// What readers write in another way than the handbook does.
func TestOtherWaysToWriteAWord(t *testing.T) {
	engine := open(t, []Doc{
		{Path: "maal.html", Title: "Målsætningsmøde"},
		{Path: "fase.html", Title: "Fase 2"},
		{Path: "pris.html", Title: "Pris", Summary: "Det koster ca. 47.500 kr. pr. barn."},
		{Path: "krav.html", Title: "Krav", Summary: "Modellen kræver, at skolen kredser om barnet."},
		{Path: "samtale.html", Title: "Samtale med børn i skole"},
		{Path: "tal.html", Title: "16 pct.", Aliases: []string{"16 procent"}},
		{Path: "nummer.html", Title: "16"},
		{Path: "indkald.html", Title: "Indkald til årsmøder", Weight: -2},
		{Path: "aar.html", Title: "Årsmøde"},
	}, nil)
	for query, want := range map[string]string{
		"malsatningsmode":   "maal.html", // no Danish letters at all
		"malsatningsmodet":  "maal.html",
		"arsmoder":          "aar.html", // and so is not only the page with just this inflection
		"fase2":             "fase.html",
		"47500":             "pris.html",
		"47500 kr":          "pris.html",
		"47.500 kroner":     "pris.html",
		"kr":                "pris.html", // a word of its own, not the beginning of "kræver"
		"børnesamtale":      "samtale.html",
		"skolebørnesamtale": "samtale.html", // of three words
		"16%":               "tal.html",
	} {
		if got := first(engine, query).Path; got != want {
			t.Errorf("%q: got %q, want %s", query, got, want)
		}
	}
}

// Words that only say what is asked do not outweigh what it is asked about.
func TestAskingWordsCountLittle(t *testing.T) {
	engine := open(t, []Doc{
		{Path: "opgave.html", Kind: "opgave", KindLabel: "Opgave", Title: "Deltag i årsmødet", Weight: -2},
		{
			Path: "moede.html", Kind: "moede", KindLabel: "Møde", Title: "Årsmøde",
			Sections: []Section{{Anchor: "med", Heading: "Deltagere", Text: "Lederen er altid med."}},
		},
		{Path: "ark.html", Kind: "liste", KindLabel: "Oversigt", Title: "Skabeloner", Summary: "Årsmøde og andre møder."},
		{Path: "lov.html", Kind: "lov", KindLabel: "Lov", Title: "Serviceloven § 11"},
		{Path: "trin.html", Kind: "trin", KindLabel: "Trin", Title: "Indsatser", Aliases: []string{"§ 11-indsatser"}},
	}, nil)
	for query, want := range map[string]string{
		"hvem deltager i årsmødet": "moede.html#med",
		"skabelon til årsmøde":     "moede.html#",
		"§ 11":                     "lov.html#",
	} {
		if r := first(engine, query); r.Path+"#"+r.Anchor != want {
			t.Errorf("%q: got %s#%s, want %s", query, r.Path, r.Anchor, want)
		}
	}
}

// A phrase that says little without its stop words is read as what it stands
// for, and not by the word that is left.
func TestIdiomIsReadAsItsWord(t *testing.T) {
	synonyms := [][]string{{"fravær", "ikke i skole", "kommer ikke i gang"}, {"slægt", "mor og far"}}
	engine := open(t, []Doc{
		{Path: "skole.html", Title: "Skole"},
		{Path: "fravaer.html", Title: "Fravær"},
		{Path: "slaegt.html", Title: "Slægt"},
	}, synonyms)
	for query, want := range map[string]string{
		"barnet kommer ikke i skole": "fravaer.html",
		"i skole":                    "skole.html",
		"far og mor":                 "",            // another order of the words
		"mor far":                    "slaegt.html", // says enough without its stop words
	} {
		if got := first(engine, query).Path; got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
}

// A word that was taken for another is told, as both are written.
func TestGuessIsTold(t *testing.T) {
	engine := open(t, []Doc{{Path: "modning.html", Title: "Modning"}, {Path: "moede.html", Title: "Opfølgningsmøde"}}, nil)
	for query, want := range map[string]string{"Mobning": "Mobning modning", "modning": "", "xyzzy": "",
		"opfølgningsmøte og modning": "opfølgningsmøte opfølgningsmøde"} {
		if got := strings.Join(engine.Guessed(query), ", "); got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
}

// A word that only the synonyms know is what they say, not what it looks like.
func TestSynonymIsNotGuessedAt(t *testing.T) {
	engine := open(t, []Doc{
		{Path: "hjem.html", Title: "Døgninstitution"},
		{Path: "barn.html", Title: "Børnehave"},
	}, [][]string{{"døgninstitution", "børnehjem"}})
	if got := engine.Search("børnehjem", 10); len(got) != 1 || got[0].Path != "hjem.html" {
		t.Errorf("got\n%s", list(got, 2))
	}
}

func TestPrintAsksForSheets(t *testing.T) {
	engine := open(t, []Doc{
		{Path: "rolle.html", Kind: "rolle", KindLabel: "Rolle", Title: "Opgaver for lærere", Weight: 1},
		{Path: "liste.html", Kind: "tjekliste", KindLabel: "Tjekliste", Title: "Tjekliste for lærere", Weight: -2},
	}, nil)
	for query, want := range map[string]string{
		"lærere": "rolle.html", "print lærere": "liste.html", "lærere i Word": "liste.html",
	} {
		if got := first(engine, query).Path; got != want {
			t.Errorf("%q: got %s, want %s", query, got, want)
		}
	}
}

func TestTopicIsNoName(t *testing.T) {
	engine := open(t, []Doc{
		{Path: "model.html", Title: "Model", Topics: []string{"Hverdagsliv"}, Weight: 3},
		{Path: "begreb.html", Title: "Perspektiv", Aliases: []string{"hverdagsliv"}},
	}, nil)
	if got := engine.Search("hverdagsliv", 10); len(got) != 2 || got[0].Path != "begreb.html" {
		t.Errorf("got\n%s", list(got, 2))
	}
}

// A name that differs from the title in stop words only is a name of its own.
func TestNameBesideTitle(t *testing.T) {
	engine := open(t, []Doc{
		{Path: "liste.html", Title: "Møder"},
		{Path: "vaelg.html", Title: "Forbered et møde", Names: []string{"Møder"}, Weight: 1},
	}, nil)
	if got := first(engine, "møder").Path; got != "vaelg.html" {
		t.Errorf("got %s first", got)
	}
}

// A page that stands low is first all the same when its name is asked for word
// for word.
func TestWholeNameOutweighsWeight(t *testing.T) {
	engine := open(t, []Doc{
		{Path: "ark.html", Title: "Mål i skolen", Weight: -3},
		{Path: "maal.html", Title: "Skolernes mål"},
	}, nil)
	for query, want := range map[string]string{"mål i skolen": "ark.html", "mål skolen": "maal.html"} {
		if got := first(engine, query).Path; got != want {
			t.Errorf("%q: got %s, want %s", query, got, want)
		}
	}
}

// Other places of the page are headings that say at least half as much as the
// best, the best first, and at most three.
func TestOtherPlacesOfThePage(t *testing.T) {
	page := func(path string, headings ...string) Doc {
		d := Doc{Path: path, Title: "Side"}
		for i, h := range headings {
			d.Sections = append(d.Sections, Section{Anchor: strconv.Itoa(i), Heading: h, Text: "Noget."})
		}
		return d
	}
	engine := open(t, []Doc{
		page("a.html", "Trivsel", "Trivsel og mål", "Mål", "Mål og trivsel", "Mål igen"),
		page("b.html", "Fravær", "Skolefraværsdage"),
	}, nil)
	for query, want := range map[string]string{"trivsel og mål": "1 3 0 2", "fravær": "0"} {
		r := first(engine, query)
		got := r.Anchor
		for _, place := range r.More {
			got += " " + place.Anchor
		}
		if got != want {
			t.Errorf("%q: got the places %s, want %s", query, got, want)
		}
	}
}

// On a page of many things a word that stands elsewhere says nothing for the
// thing that holds the rest of the query.
func TestThingsDoNotSpeakForEachOther(t *testing.T) {
	engine := open(t, []Doc{
		{Path: "begreber.html", Title: "Begreber", Sections: []Section{
			{Anchor: "begreb-fravaer", Heading: "Fravær", Text: "At blive væk.", Kind: "begreb", KindLabel: "Begreb"},
			{Anchor: "begreb-virkning", Heading: "Udbytte", Text: "Hvad noget virker.", Kind: "begreb", KindLabel: "Begreb"},
		}},
		{
			Path: "virkning.html", Title: "Resultater", Aliases: []string{"virkninger"},
			ModelLabel: "Fravær", Model: "fravaer", Weight: -4,
		},
	}, nil)
	if got := engine.Search("virker mod fravær", 10); got[0].Path != "virkning.html" {
		t.Errorf("got\n%s", list(got, 2))
	}
}

func TestWeightDecidesBetweenEquals(t *testing.T) {
	docs := []Doc{{Path: "a.html", Title: "Trivsel"}, {Path: "b.html", Title: "Trivsel", Weight: 1}}
	if got := first(open(t, docs, nil), "trivsel").Path; got != "b.html" {
		t.Errorf("got %s first", got)
	}
}

// A reader has an answer in less than 20 ms in a handbook of 300 pages. The test
// allows five times as much for a busy machine.
func TestAnswersAtOnce(t *testing.T) {
	engine := open(t, largeHandbook(t), testSynonyms)
	for _, query := range []string{
		"hvem indkalder til opfølgningsmøde", "opfølgningmøde", "læringskordinatorr besøk hjemmt", "sko",
	} {
		least := time.Hour
		for range 5 {
			from := time.Now()
			engine.Search(query, 8)
			least = min(least, time.Since(from))
		}
		t.Logf("%q %v", query, least)
		if least > 100*time.Millisecond {
			t.Errorf("%q took %v", query, least)
		}
	}
}
