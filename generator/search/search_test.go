package search

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// handbook reads testdata/haandbog.txt: pages open with "===" and their path,
// kind and model; "#" is the title, "@" the aliases, "##" a section.
func handbook(t testing.TB) []Doc {
	t.Helper()
	data, err := os.ReadFile("testdata/haandbog.txt")
	if err != nil {
		t.Fatal(err)
	}
	var docs []Doc
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		var d *Doc
		if len(docs) > 0 {
			d = &docs[len(docs)-1]
		}
		mark, rest, _ := strings.Cut(line, " ")
		f := strings.Split(rest, "|")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		switch {
		case mark == "===":
			docs = append(docs, Doc{Path: f[0], Kind: f[1], KindLabel: f[2], Model: f[3], ModelLabel: f[4]})
		case mark == "#":
			d.Title = rest
		case mark == "@":
			for _, a := range strings.Split(rest, ";") {
				d.Aliases = append(d.Aliases, strings.TrimSpace(a))
			}
		case mark == "##":
			d.Sections = append(d.Sections, Section{Anchor: f[0], Heading: f[1]})
		case len(d.Sections) > 0:
			d.Sections[len(d.Sections)-1].Text += line + "\n"
		default:
			d.Summary += line + "\n"
		}
	}
	return docs
}

var testSynonyms = [][]string{
	{"handleplan", "barnets plan"},
	{"økonomi", "koste", "pris"},
	{"PPR", "pædagogisk psykologisk rådgivning"},
	{"telefonnummer", "telefon"},
	{"skolefravær", "ikke i skole"},
	{"plejeforældre", "aflastning"},
}

type wanted struct {
	query, path, anchor string
	within              int
}

func queries(t testing.TB) []wanted {
	t.Helper()
	data, err := os.ReadFile("testdata/forespoergsler.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []wanted
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), " | ")
		if len(f) < 2 || strings.HasPrefix(line, "# ") {
			continue
		}
		w := wanted{query: f[0], within: 1}
		w.path, w.anchor, _ = strings.Cut(f[1], "#")
		if len(f) > 2 {
			w.within, _ = strconv.Atoi(f[2])
		}
		out = append(out, w)
	}
	return out
}

func TestReadersFindTheirPage(t *testing.T) {
	ix := Build(handbook(t), testSynonyms)
	for _, w := range queries(t) {
		results := ix.Search(w.query, 0)
		at := slices.IndexFunc(results, func(r Result) bool { return r.Path == w.path })
		if at < 0 || at >= w.within || results[at].Anchor != w.anchor {
			t.Errorf("%q: want %s#%s among the first %d, got\n%s", w.query, w.path, w.anchor, w.within, list(results, 5))
		}
	}
}

func list(results []Result, n int) string {
	var b strings.Builder
	for _, r := range results[:min(n, len(results))] {
		fmt.Fprintf(&b, "  %8.3f %s#%s  %s\n", r.Score, r.Path, r.Anchor, r.Snippet)
	}
	return b.String()
}

func TestSnippetIsTheSentenceThatSaysIt(t *testing.T) {
	ix := Build(handbook(t), testSynonyms)
	for query, want := range map[string]string{
		"hvor ofte skal jeg besøge plejefamilien": "Plejefamilien besøges mindst hver tredje måned.",
		"frikøb":                   "Læringsvejlederen frikøbes mindst fem timer om ugen.",
		"hvad koster det":          "Det koster ca. 47.500 kr. pr. barn at etablere modellen.",
		"hvad er skolefravær":      "Fravær handler ikke kun om mængde, men også om barnets trivsel.",
		"kadence progressionsmøde": "En kommune holder mødet hver 6.–8. uge.",
		"opsporing af fravær":      "Skolen opdager fravær tidligt og handler på det.",
	} {
		if got := ix.Search(query, 1)[0].Snippet; got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
}

func TestLongSentenceIsCutAroundTheWord(t *testing.T) {
	long := strings.Repeat("ord uden betydning for sagen, ", 20) + "men her står trivsel, " + strings.Repeat("og mere af samme slags ", 20)
	ix := Build([]Doc{{Path: "a.html", Title: "Side", Summary: long}}, nil)
	got := ix.Search("trivsel", 1)[0].Snippet
	if !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || !strings.Contains(got, "trivsel") || len(got) > 300 {
		t.Errorf("got %q", got)
	}
}

func TestNothingAsked(t *testing.T) {
	ix := Build(handbook(t), testSynonyms)
	for _, q := range []string{"", "   ", "?!", "xqzwv", "§"} {
		if r := ix.Search(q, 0); len(r) != 0 {
			t.Errorf("%q: got\n%s", q, list(r, 3))
		}
	}
	if r := Build(nil, nil).Search("møde", 0); len(r) != 0 {
		t.Errorf("an empty handbook answers %v", r)
	}
}

// glossary is a page of things, some called like pages.
var glossary = Doc{
	Path: "begreber.html", Kind: "begreber", KindLabel: "Begreber", Title: "Begreber A–Å", Aliases: []string{"ordliste"},
	Sections: []Section{
		{Anchor: "o", Heading: "O"},
		{Anchor: "begreb-opsporing", Heading: "Opsporing", Text: "At få øje på børn, der mistrives.", Aliases: []string{"tidlig opsporing", "pejling"}, Kind: "begreb", KindLabel: "Begreb"},
		{Anchor: "begreb-plan", Heading: "Barnets plan", Text: "Planen, som rådgiveren skriver.", Aliases: []string{"handleplan"}, Kind: "begreb", KindLabel: "Begreb"},
		{Anchor: "tal-opsporing", Heading: "Tal om opsporing", Text: "Nøgletal for opsporing.", Kind: "tal", KindLabel: "Tal", Weight: -2},
	},
}

func TestThingOnASharedPageIsFoundByItsName(t *testing.T) {
	ix := Build([]Doc{
		{Path: "a.html", Kind: "side", Title: "Børn, der mistrives", Aliases: []string{"opsporing"}, Summary: "Opsporing er vigtig, og opsporing er svær."},
		glossary,
	}, nil)
	got := ix.Search("opsporing", 0)
	if len(got) != 2 {
		t.Fatalf("a page should be there once, got\n%s", list(got, 5))
	}
	r := got[0]
	if r.Title != "Opsporing" || r.Page != "Begreber A–Å" || r.Kind != "begreb" || r.Anchor != "begreb-opsporing" {
		t.Errorf("got %+v", r)
	}
	if want := []Place{{"tal-opsporing", "Tal om opsporing"}}; !slices.Equal(r.More, want) {
		t.Errorf("more is %v, want %v", r.More, want)
	}
	if r := ix.Search("pejling", 1)[0]; r.Anchor != "begreb-opsporing" {
		t.Errorf("alias: got %+v", r)
	}
}

func TestNamedKindSteersToThatKind(t *testing.T) {
	ix := Build([]Doc{
		{Path: "fase.html", Kind: "fase", KindLabel: "Fase", Title: "Fælles mål", Aliases: []string{"fase 2"}},
		{Path: "liste.html", Kind: "tjekliste", KindLabel: "Tjekliste", Title: "Fase 2: Fælles mål", Weight: -2},
		{Path: "anden.html", Kind: "tjekliste", KindLabel: "Tjekliste", Title: "Fase 1: Afdækning", Weight: -2},
	}, nil)
	for query, want := range map[string]string{"fase 2": "fase.html", "tjekliste fase 2": "liste.html", "fase 1": "anden.html"} {
		if got := ix.Search(query, 1)[0].Path; got != want {
			t.Errorf("%q: got %s first, want %s", query, got, want)
		}
	}
}

// Who names a model beside something else asks about that model, and about a
// kind of thing in it rather than for its own page.
func TestNamedModelSteersToThatModel(t *testing.T) {
	page := func(model, label, path, kind, title, text string) Doc {
		return Doc{Path: model + path, Kind: kind, KindLabel: title, Model: model, ModelLabel: label, Title: title, Sections: []Section{{Text: text}}}
	}
	ix := Build([]Doc{
		{Path: "forebyggelse/tegn.html", Kind: "krav", KindLabel: "Krav", Model: "forebyggelse", ModelLabel: "Tidlig indsats", Title: "Kompetencer til at genkende tidlige tegn"},
		page("fravaer", "Skolefravær", "/opsporing.html", "element", "Tidlig opsporing", "Se efter tegn hos barnet."),
		page("fravaer", "Skolefravær", "/index.html", "model", "Modellen for skolefravær", "Modellens resultater."),
		page("fravaer", "Skolefravær", "/resultater.html", "liste", "Resultater", "Flere i skole."),
	}, nil)
	for query, want := range map[string]string{
		"tidlige tegn": "forebyggelse/tegn.html", "tidlige tegn på fravær": "fravaer/opsporing.html",
		"skolefravær": "fravaer/index.html", "resultater skolefravær": "fravaer/resultater.html",
	} {
		if got := ix.Search(query, 9); got[0].Path != want {
			t.Errorf("%q: want %s first, got\n%s", query, want, list(got, 4))
		}
	}
}

// What readers write in another way than the handbook does.
func TestOtherWaysToWriteAWord(t *testing.T) {
	ix := Build([]Doc{
		{Path: "maal.html", Title: "Målsætningsmøde"},
		{Path: "fase.html", Title: "Fase 2"},
		{Path: "pris.html", Title: "Pris", Summary: "Det koster ca. 47.500 kr. pr. barn."},
		{Path: "krav.html", Title: "Krav", Summary: "Modellen kræver, at skolen kredser om barnet."},
		{Path: "samtale.html", Title: "Samtale med børn i skole"},
		{Path: "tal.html", Title: "16 pct.", Aliases: []string{"16 procent"}},
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
		if got := ix.Search(query, 1); len(got) == 0 || got[0].Path != want {
			t.Errorf("%q: want %s, got\n%s", query, want, list(got, 1))
		}
	}
}

// Words that only say what is asked do not outweigh what it is asked about.
func TestAskingWordsCountLittle(t *testing.T) {
	ix := Build([]Doc{
		{Path: "opgave.html", Kind: "opgave", KindLabel: "Opgave", Title: "Deltag i årsmødet", Weight: -2},
		{Path: "moede.html", Kind: "moede", KindLabel: "Møde", Title: "Årsmøde", Sections: []Section{{Anchor: "med", Heading: "Deltagere", Text: "Lederen er altid med."}}},
		{Path: "ark.html", Kind: "liste", KindLabel: "Oversigt", Title: "Skabeloner", Summary: "Årsmøde og andre møder."},
		{Path: "lov.html", Kind: "lov", KindLabel: "Lov", Title: "Serviceloven § 11"},
		{Path: "trin.html", Kind: "trin", KindLabel: "Trin", Title: "Indsatser", Aliases: []string{"§ 11-indsatser"}},
	}, nil)
	for query, want := range map[string]string{
		"hvem deltager i årsmødet": "moede.html#med",
		"skabelon til årsmøde":     "moede.html#",
		"§ 11":                     "lov.html#",
	} {
		if r := ix.Search(query, 1)[0]; r.Path+"#"+r.Anchor != want {
			t.Errorf("%q: got %s#%s, want %s", query, r.Path, r.Anchor, want)
		}
	}
}

// A phrase that says little without its stop words is read as what it stands
// for, and not by the word that is left.
func TestIdiomIsReadAsItsWord(t *testing.T) {
	synonyms := [][]string{{"fravær", "ikke i skole", "kommer ikke i gang"}, {"slægt", "mor og far"}}
	ix := Build([]Doc{
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
		got := ""
		if r := ix.Search(query, 1); len(r) > 0 {
			got = r[0].Path
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
}

// A word that only the synonyms know is what they say, not what it looks like.
func TestSynonymIsNotGuessedAt(t *testing.T) {
	ix := Build([]Doc{
		{Path: "hjem.html", Title: "Døgninstitution"},
		{Path: "barn.html", Title: "Børnehave"},
	}, [][]string{{"døgninstitution", "børnehjem"}})
	if got := ix.Search("børnehjem", 0); len(got) != 1 || got[0].Path != "hjem.html" {
		t.Errorf("got\n%s", list(got, 2))
	}
}

func TestPrintAsksForSheets(t *testing.T) {
	ix := Build([]Doc{
		{Path: "rolle.html", Kind: "rolle", KindLabel: "Rolle", Title: "Opgaver for lærere", Weight: 1},
		{Path: "liste.html", Kind: "tjekliste", KindLabel: "Tjekliste", Title: "Tjekliste for lærere", Weight: -2},
	}, nil)
	for query, want := range map[string]string{"lærere": "rolle.html", "print lærere": "liste.html", "lærere i Word": "liste.html"} {
		if got := ix.Search(query, 1)[0].Path; got != want {
			t.Errorf("%q: got %s, want %s", query, got, want)
		}
	}
}

func TestTopicIsNoName(t *testing.T) {
	ix := Build([]Doc{
		{Path: "model.html", Title: "Model", Topics: []string{"Hverdagsliv"}, Weight: 3},
		{Path: "begreb.html", Title: "Perspektiv", Aliases: []string{"hverdagsliv"}},
	}, nil)
	if got := ix.Search("hverdagsliv", 0); len(got) != 2 || got[0].Path != "begreb.html" {
		t.Errorf("got\n%s", list(got, 2))
	}
}

// A name that differs from the title in stop words only is a name of its own.
func TestNameBesideTitle(t *testing.T) {
	ix := Build([]Doc{
		{Path: "liste.html", Title: "Møder"},
		{Path: "vaelg.html", Title: "Forbered et møde", Names: []string{"Møder"}, Weight: 1},
	}, nil)
	if got := ix.Search("møder", 1)[0].Path; got != "vaelg.html" {
		t.Errorf("got %s first", got)
	}
}

// On a page of many things a word that stands elsewhere says nothing for the
// thing that holds the rest of the query.
func TestThingsDoNotSpeakForEachOther(t *testing.T) {
	ix := Build([]Doc{
		{Path: "begreber.html", Title: "Begreber", Sections: []Section{
			{Anchor: "begreb-fravaer", Heading: "Fravær", Text: "At blive væk.", Kind: "begreb", KindLabel: "Begreb"},
			{Anchor: "begreb-virkning", Heading: "Udbytte", Text: "Hvad noget virker.", Kind: "begreb", KindLabel: "Begreb"},
		}},
		{Path: "virkning.html", Title: "Resultater", Aliases: []string{"virkninger"}, ModelLabel: "Fravær", Model: "fravaer"},
	}, nil)
	if got := ix.Search("virker mod fravær", 0); got[0].Path != "virkning.html" {
		t.Errorf("got\n%s", list(got, 2))
	}
}

func TestWeightDecidesBetweenEquals(t *testing.T) {
	docs := []Doc{{Path: "a.html", Title: "Trivsel"}, {Path: "b.html", Title: "Trivsel", Weight: 1}}
	if got := Build(docs, nil).Search("trivsel", 1)[0].Path; got != "b.html" {
		t.Errorf("got %s first", got)
	}
}

func TestSentences(t *testing.T) {
	got := sentences("Mødet holdes ca. hver 8. uge. Hvem? Alle (også børn). Jf. § 91, stk. 2.\nNy blok uden punktum\nSe f.eks. Aula.")
	want := []string{"Mødet holdes ca. hver 8. uge.", "Hvem?", "Alle (også børn).", "Jf. § 91, stk. 2.", "Ny blok uden punktum", "Se f.eks. Aula."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestScriptIsDeterministicAndSafe(t *testing.T) {
	docs := append(handbook(t), Doc{Path: "x.html", Title: `</script><!-- "\ ~`, Summary: "Æble og 𝒳 og å."})
	a, b := Build(docs, testSynonyms).Script(), Build(docs, testSynonyms).Script()
	if !bytes.Equal(a, b) {
		t.Error("two builds differ")
	}
	builder := new(Builder)
	builder.Build(largeHandbook(t)[:5], nil)
	if c := builder.Build(docs, testSynonyms).Script(); !bytes.Equal(a, c) {
		t.Error("a builder that has seen other texts writes other bytes")
	}
	if bytes.ContainsAny(a, "<\u2028") {
		t.Error("the script holds < or a line separator")
	}
}

// A handbook of 300 pages of 400 words, where most of the sentences are the
// pages' own, stays below the 150 kB that the design allows.
func TestIndexIsSmall(t *testing.T) {
	script := Build(largeHandbook(t), testSynonyms).Script()
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	z.Write(script)
	z.Close()
	t.Logf("%d bytes, %d gzipped", len(script), b.Len())
	if b.Len() > 150_000 {
		t.Errorf("%d bytes gzipped", b.Len())
	}
}

// largeHandbook writes 300 pages from the words of testdata/ord.txt, the early
// ones of each stride far more often than the rest, as in a real text. Half of
// the lines are seen on two pages, like a task on its role and its phase.
func largeHandbook(t testing.TB) []Doc {
	t.Helper()
	words := wordList(t)
	seed := uint32(1)
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	common := strings.Fields("og i at er det til på for med af som en et kan den de barnet skolen ikke om eller fra læring møde mål")
	sentence := func() string {
		var b []string
		for range 10 + next(8) {
			if next(5) < 2 {
				b = append(b, common[next(len(common))])
			} else {
				at := next(len(words))
				b = append(b, words[at*(1+next(len(words)))/len(words)])
			}
		}
		return strings.ToUpper(b[0][:1]) + b[0][1:] + " " + strings.Join(b[1:], " ") + "."
	}
	var all []string
	var docs []Doc
	for p := range 300 {
		d := Doc{Path: fmt.Sprintf("laeringsmiljoe/roller/side-%d.html", p), Kind: "rolle", KindLabel: "Rolle", Model: "m", ModelLabel: "Model"}
		d.Title = words[next(len(words))] + " " + words[next(len(words))]
		for s := range 5 {
			sec := Section{Anchor: fmt.Sprintf("sted-%d", s), Heading: words[next(len(words))]}
			for range 6 {
				line := sentence()
				if len(all) > 0 && next(2) == 0 {
					line = all[next(len(all))]
				} else {
					all = append(all, line)
				}
				sec.Text += line + "\n"
			}
			d.Sections = append(d.Sections, sec)
		}
		docs = append(docs, d)
	}
	return docs
}

func BenchmarkSearch(b *testing.B) {
	ix := Build(largeHandbook(b), testSynonyms)
	for b.Loop() {
		ix.Search("hvem indkalder til opfølgningsmøde", 10)
	}
}

func BenchmarkBuild(b *testing.B) {
	docs := largeHandbook(b)
	builder := new(Builder)
	for b.Loop() {
		builder.Build(docs, testSynonyms).Script()
	}
}

// A line is shown as it was written, but for its white space.
func FuzzLine(f *testing.F) {
	f.Add("Én gang om ÅRET (ca. hver 8. uge) – jf. § 91, stk. 2.")
	f.Add("  a\tb\u00ad-c  É ǅ ß . ")
	f.Fuzz(func(t *testing.T, s string) {
		b := &Builder{entries: map[string]int32{}}
		want := tidy(s)
		tokens := b.cut(want)
		if got := lineOf(b.list, tokens); got != want {
			t.Errorf("%q became %q", want, got)
		}
	})
}
