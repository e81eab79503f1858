package build

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/schema"
	"modelhaandbog/layouts"
)

// Reference is the authors' reference: what the descriptors tell, and the rules
// of this file, which concern several keys or no key at all.
func Reference() *schema.Reference {
	return model.Schema().Reference([]schema.Article{
		coreRule(), cadenceRule(), basisRule(), guidanceRule(), localRule(), filesRule(), layoutsRule(),
	})
}

// keysOf lists the kinds for which keep is true, as running text.
func keysOf(keep func(*schema.Kind) bool) string {
	return strings.Join(model.Schema().Keys(keep), ", ")
}

func coreRule() schema.Article {
	same := func(k *schema.Kind) bool { return k.National && !k.Shared }
	return schema.Article{Name: "kerne", Title: "kerne", Lead: "Modellens kerne, og hvad en kommune kan gøre " +
		"med den.",
		About: []string{"bindende"}, Parts: []schema.Part{
			{Title: "Hvad der er kerne", Text: []string{
				"En tabel er kerne, når der står kerne = true eller bindende = \"krav\" i den.",
				"Nogle slags er også kerne på grund af andet:",
			}, Rows: []schema.Row{
				{Term: keysOf(func(k *schema.Kind) bool { return k.Gathers }), Text: []string{"når et af " +
					"dens egne punkter, eller noget, den henter, er kerne."}},
				{Term: keysOf(func(k *schema.Kind) bool { return k.CoreByUse }), Text: []string{"når noget, " +
					"der er kerne, henviser til den."}},
			}},
			{Title: "Hvad der arves", Text: []string{
				"Et punkt, der har nøglen bindende, er kun kerne, når det selv siger det: et punkt på " +
					"dagsordenen for et møde i kernen kan godt være frit.",
				"En tabel uden nøglen bindende, fx en deltager eller en del af et møde, følger den tabel, " +
					"den står i.",
				"I en tjekliste gælder det hver gruppe og hvert punkt for sig.",
			}},
			{Title: "Det kan en kommune altid", Text: []string{
				"Tilføje punkter, fx til en dagsorden eller en tjekliste, og skrive sin egen vejledning.",
				"Svare på det, modellen lader stå åbent: svar i [aftale.<id>].",
				"Bruge sit eget navn, lokalt_navn, for " + keysOf(func(k *schema.Kind) bool { return k.Renamable }) +
					". Navnet må ikke kunne forveksles, og det må ikke gøre et krav frivilligt.",
				"Tilføje sine egne tabeller: " + keysOf(func(k *schema.Kind) bool { return k.Addable }) + ".",
			}},
			{Title: "Det kan en kommune også i kernen", Rows: coreKeys()},
			{Title: "Det kan en kommune, hvor det ikke er kerne", Text: []string{
				"Ændre det, også uden begrundelse. En tekst, der tømmes, skal have en begrundelse.",
				"Udelade det: udeladt = true og lokal_begrundelse = \"…\". Det gælder ikke det, der har " +
					"noget af kernen i sig, eller som noget i kernen bygger på.",
				"Gøre en liste kortere, men ikke fjerne et punkt, der er kerne, fra den.",
			}},
			{Title: "Det er ens for alle kommuner", Text: []string{
				"Kerne eller ej kan en kommune ikke ændre eller udelade noget i [model], det, modellerne er " +
					"fælles om, eller " + keysOf(same) + ".",
				"Hvad kilden siger, kan en kommune hverken ændre eller skrive på sine egne tilføjelser: " +
					"" + strings.Join(sourceKeys(), ", ") + ".",
			}},
		}}
}

// coreKeys tells, rule by rule, with which keys a municipality may say more
// than the core does.
func coreKeys() []schema.Row {
	var rows []schema.Row
	for _, rule := range []struct {
		policy schema.Policy
		text   string
	}{
		{schema.AddOnly, "Skrive det, hvor modellen intet siger."},
		{schema.Grow, "Gøre listen længere. Det nationale bliver stående, først og i samme rækkefølge."},
		{schema.Firmer, "Lade nogen være med mere fast, med en note om det."},
		{schema.Oftener, "Komme oftere, aldrig sjældnere. Se hvor-tit."},
	} {
		var keys []string
		for _, k := range model.Schema().Kinds {
			if !k.National && !k.Shared {
				keys = append(keys, withPolicy(k, k.Key, k.Type, rule.policy)...)
			}
		}
		rows = append(rows, schema.Row{Term: rule.text, Text: []string{strings.Join(keys, ", ")}})
	}
	return rows
}

// withPolicy lists the keys of a table, and of the tables in it, that have the
// policy: "moede.dagsorden.minutter". k is nil inside.
func withPolicy(k *schema.Kind, name string, t *schema.Type, p schema.Policy) []string {
	var out []string
	for _, key := range t.Keys {
		policy := key.Policy
		if k != nil {
			policy = k.Policy(key)
		}
		if policy == p {
			out = append(out, name+"."+key.Name)
		}
		if key.Type.Form == schema.Keyed {
			out = append(out, withPolicy(nil, name+"."+key.Name, key.Type.Elem, p)...)
		}
	}
	return out
}

func sourceKeys() []string {
	var out []string
	for _, k := range model.Schema().Common.Keys {
		if k.Policy == schema.Source {
			out = append(out, k.Name)
		}
	}
	return out
}

func cadenceRule() schema.Article {
	return schema.Article{Name: "hvor-tit", Title: "hvor-tit", Lead: "Hvordan tal og ord hører sammen i en kadence.",
		About: []string{"kadence"}, Parts: []schema.Part{
			{Text: []string{"Læseren ser ordene, udtryk. Tallene bruges til årshjul, kalender og til at " +
				"sammenligne. Skriv det ene af disse:"}, Rows: []schema.Row{
				{Term: "hver og enhed", Text: []string{"Et interval: hver = 3 og enhed = \"maaned\". Siger " +
					"kilden 6.-8. uge, så skriv også hver_til = 8, som skal være større end hver."}},
				{Term: "aarligt", Text: []string{"Antal gange om året, mindst. Siger kilden 4-6 gange, så " +
					"skriv også aarligt_til = 6."}},
				{Term: "kun udtryk", Text: []string{"Når kilden ikke giver et tal: \"kort efter afdækningen\"."}},
			}},
			{Title: "Eksempel", Example: model.Schema().Kind("kadence").Minimal()},
			{Title: "I en kommune", Text: []string{
				"En kadence, der er kerne, kan komme oftere, aldrig sjældnere. Intervallerne sammenlignes i " +
					"uger: en måned er 4⅓ uge, et år er 52, og ved et spænd tæller det længste.",
				"Giver modellen kun ord, kan det ikke vises, at jeres er lige så tit. Skriv det så som vejledning.",
				"Ret både tal og udtryk, så de siger det samme. Udtrykket må kun sige, hvor tit: \"hver " +
					"anden måned\", \"hver 6.-8. uge\", \"fire gange om året\", med tal eller med ord op til " +
					"tolv. Desuden ordene " + strings.Join(overlay.CadenceWords, ", ") + ".",
			}, Example: "[kadence.opfoelgning]\nhver = 2\nudtryk = \"hver anden måned\"\n"},
		}}
}

func basisRule() schema.Article {
	return schema.Article{Name: "kilder-og-krav", Title: "kilder-og-krav", Lead: "Hvad et udsagn bygger på, " +
		"og hvor bindende det er.",
		About: []string{"kilde", "grundlag", "udledt", "fra", "bindende"}, Parts: []schema.Part{
			{Title: "kilde", Text: []string{
				"Hvor det står: kilde = [\"kilde-id: sted\"]. Kildens id er det, den har i " +
					"content/kilder.toml; stedet er fx et kapitel eller en side.",
				"Kilden skal stå på: " + keysOf(func(k *schema.Kind) bool { return k.Sourced }) + ".",
			}},
			{Title: "grundlag", Text: []string{"Om det står i kilden. Uden nøglen står det der."}, Rows: []schema.Row{
				{Term: string(model.Stated), Text: []string{"Det står i kilden."}},
				{Term: string(model.Inferred), Text: []string{"Redaktionen har læst det ud af kilden."}},
				{Term: string(model.NamedOnly), Text: []string{"Kilden nævner det uden at beskrive det. Så " +
					"kræves hverken tekst eller vejledning."}},
				{Term: string(model.Outdated), Text: []string{"Det gjaldt, da kilden blev skrevet."}},
			}},
			{Title: "udledt", Text: []string{"Navnene på de nøgler i tabellen, som er redaktionens læsning, når " +
				"resten står i kilden: udledt = [\"rolle\", \"tidspunkt\"]. På sider og ark får de et †. Nævner kilden " +
				"ingen, så lad rollen mangle; så er det noget, kommunen skal aftale."}},
			{Title: "fra", Text: []string{"Et punkt, som viser et udsagn, der står et andet sted: fra = \"opgave:id\". " +
				"Punktet kan have sine egne ord; kraft, ansvarlig, tid og kilde er udsagnets."}},
			{Title: "bindende", Text: []string{"Hvor bindende kildens egne ord er."}, Rows: []schema.Row{
				{Term: string(model.Described), Text: []string{"Modellens egen beskrivelse i nutid. Det samme som " +
					"ingen nøgle."}},
				{Term: string(model.Required), Text: []string{"Kilden siger skal, krav, kræver, altid, " +
					"minimum, forudsætning eller har ansvar for. Et krav er modellens kerne."}},
				{Term: string(model.Recommended), Text: []string{"Kilden siger bør, anbefales, kan med fordel, " +
					"vigtigt, væsentligt eller relevant."}},
				{Term: string(model.Example), Text: []string{"Kilden fortæller, hvad nogen har gjort. " +
					"eksempel_fra siger hvem."}},
			}},
		}}
}

func guidanceRule() schema.Article {
	var boxes []schema.Row
	for _, c := range guide.Callouts {
		boxes = append(boxes, schema.Row{Term: "> [!" + c.Name + "]", Text: []string{c.Title + "."}})
	}
	none := func(k *schema.Kind) bool { return k.Guidance == schema.NoGuidance }
	return schema.Article{Name: "vejledning", Title: "vejledning", Lead: "Lange tekster, i Markdown, hver i " +
		"sin fil.", Parts: []schema.Part{
		{Title: "Hvor det står", Text: []string{
			"content/modeller/<model>/vejledning/<slags>/<id>.md. Mappe og navn siger, hvad teksten hører " +
				"til, fx vejledning/fase/faelles-maal.md.",
			"Om modellen selv: vejledning/model/<model>.md. Om det, modellerne er fælles om: " +
				"content/vejledning/<slags>/<id>.md.",
			"Disse har ingen vejledning: " + keysOf(none) + ".",
		}},
		{Title: "Hvad der kan skrives", Text: []string{
			"Overskrifter fra ## og ned, et niveau ad gangen; sidens titel er navnet i TOML. Lister, " +
				"tabeller, fodnoter og forklarende lister. Ingen HTML.",
			"Et begreb bliver til et link, første gang det nævnes på en side.",
		}},
		{Title: "Henvisninger", Rows: []schema.Row{
			{Term: "[](rolle:koordinator)", Text: []string{"Navnet som link. Slags og id som i TOML."}},
			{Term: "[jeres koordinator](rolle:koordinator)", Text: []string{"Dine egne ord."}},
			{Term: "[](anden-model/fase:opstart)", Text: []string{"Noget i en anden model."}},
			{Term: "[](fase:opstart#vejledning)", Text: []string{"Et sted på siden."}},
			{Term: "[den kanal, I har valgt](lokal:<aftale-id>)", Text: []string{"Kommunens svar på en " +
				"aftale; ordene står der, til den har svaret."}},
			{Term: "[wellbeing](sprog:en)", Text: []string{"Et ord på et andet sprog."}},
			{Term: "![hvad billedet viser](fil.png)", Text: []string{"Et billede ved siden af teksten."}},
			{Term: "[skemaet](skema.pdf)", Text: []string{"En fil til at hente. Se filer."}},
		}},
		{Title: "Bokse", Rows: boxes, Text: []string{"Mærket står på første linje, gerne med en titel efter; " +
			"boksens tekst på linjer med > foran."}},
	}}
}

func localRule() schema.Article {
	return schema.Article{Name: "lokalt", Title: "lokalt", Lead: "Hvordan en kommune skriver det, der er " +
		"anderledes hos den.", Parts: []schema.Part{
		{Text: []string{
			"I content/kommuner/<kommune>/modeller/<model>/ står tabeller med samme navn som de nationale. " +
				"Skriv kun det, der er anderledes.",
			"Skriv gerne hvorfor og hvornår: lokal_begrundelse og lokal_dato. Alt lokalt er mærket på " +
				"siderne og samlet på siden Lokale tilpasninger.",
			"Hvad en kommune kan ændre, står under kerne.",
		}, Example: `[aftale.valg-af-kanal]               # et svar
svar = "Aula"
lokal_dato = "2026-08-01"

[rolle.koordinator]                  # et navn
lokalt_navn = "Skolekoordinator"

[greb.daglig-laesning]               # noget, der er udeladt
udeladt = true
lokal_begrundelse = "Vi læser sammen på andre måder."

[moede.opfoelgningsmoede.dagsorden.transport]  # et punkt, der er kommunens eget
tekst = "Fungerer transporten?"
placeres_efter = "progression"
`},
	}}
}

func filesRule() schema.Article {
	return schema.Article{Name: "filer", Title: "filer", Lead: "Hvilke filer håndbogen tager " +
		"med.", Parts: []schema.Part{
		{Rows: []schema.Row{
			{Term: ".toml", Text: []string{"Data, i content/ og mapperne for modeller og kommuner."}},
			{Term: ".md", Text: []string{"Vejledning. Se vejledning."}},
			{Term: strings.Join(pictures, " "), Text: []string{"Billeder, ved siden af den tekst, de hører til."}},
			{Term: strings.Join(downloads, " "), Text: []string{"Filer til at hente, ved siden af den tekst, " +
				"der linker til dem."}},
		}},
		{Text: []string{
			fmt.Sprintf("En fil kan fylde %d MB, en kommunes logo %d kB. Logoet er .svg eller "+
				".png.", maxFile>>20, maxLogo>>10),
			"Andre endelser bruges ikke og giver en advarsel. Skjulte filer og redigeringsprogrammers " +
				"midlertidige filer springes over.",
		}},
	}}
}

// layoutsRule tells of the site's own layouts. What each is given stands in the
// comment that it begins with.
func layoutsRule() schema.Article {
	var files []schema.Row
	fs.WalkDir(layouts.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if data, readErr := fs.ReadFile(layouts.FS, name); err == nil && readErr == nil {
			if m := layoutComment.FindSubmatch(data); m != nil {
				files = append(files, schema.Row{Term: name, Text: []string{string(m[1]) + "."}})
			}
		}
		return nil
	})
	return schema.Article{Name: "layouts", Title: "layouts", Lead: "Egne udseender: filer, der træder i " +
		"stedet for håndbogens.", Parts: []schema.Part{
		{Text: []string{"En fil i sitets layouts/ træder i stedet for den af samme navn. Hvad et layout får, " +
			"står øverst i det."}, Rows: files},
		{Title: "krop/<slags>.html", Text: []string{
			"Tager én slags sider. En sides slags står i dens <body class=\"slags-…\">. Disse slags er der:",
			strings.Join(pageKinds(), ", ") + "; og liste-… for listerne.",
		}},
		{Text: []string{"CSS og JavaScript i assets/ kan træde i stedet på samme måde."}},
	}}
}

var layoutComment = regexp.MustCompile(`^\{\{- /\* ([^.:]+)[.:]`)

// pageKinds are the kinds of pages, but for lists.
func pageKinds() []string {
	out := []string{"aarshjul", "begreber", "faelles", "fejl404", "find", "forside", "indeks", "kilder", "lokalt", "love",
		"model", "moedeark", "nyt", "om", "samlet", "sammenhaeng", "sammenlign", "soeg"}
	out = append(out, model.Schema().Keys(func(k *schema.Kind) bool { return k.Page == schema.Own })...)
	slices.Sort(out)
	return out
}
