package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// group is a heading of a model's menu and the sections under it.
type group struct {
	id       string
	title    string
	sections []section
}

// section is one part of a model: the kind's list page and, for kinds that have
// them, a page for each entity. A section without entities does not exist.
type section struct {
	kind   *schema.Kind
	folder string
	title  string
	lede   string
	design design
}

// design is how a kind's section is laid out: its pages, the list page first,
// and whether a model has it. Kinds without a design of their own are listed.
type design struct {
	build func(p *planner, s section) []*Page
	has   func(m *model.Model) bool
}

// doing is the group of what there is to do, and those who do it.
const doing = "saadan-goer-du"

// menu lists the groups of a model's menu.
var menu = []group{
	{id: "saadan-virker-modellen", title: "Sådan virker modellen"},
	{id: doing, title: "Sådan gør du"},
	{id: "det-skal-vaere-paa-plads", title: "Det skal være på plads"},
	{id: "baggrund", title: "Baggrund"},
}

// designs are the kinds whose sections are more than a list.
func designs() map[string]design {
	return map[string]design{
		"princip":       {build: (*planner).principles},
		"kerneelement":  {build: (*planner).elements},
		"fase":          {build: (*planner).phases},
		"trin":          {build: (*planner).steps},
		"omraade":       {build: (*planner).areas},
		"metode":        {build: (*planner).methods},
		"figur":         {build: (*planner).figures},
		"rolle":         {build: (*planner).roles},
		"moede":         {build: (*planner).meetings},
		"tjekliste":     {build: (*planner).checklists, has: hasSheets},
		"kadence":       {build: (*planner).cadences},
		"aftale":        {build: (*planner).agreements},
		"forudsaetning": {build: (*planner).prerequisites},
		"kompetence":    {build: (*planner).competences},
		"maalgruppe":    {build: (*planner).targets},
		"resultat":      {build: (*planner).results},
		"tal":           {build: (*planner).numbers},
		"viden":         {build: (*planner).knowledge},
		"oekonomi":      {build: (*planner).economy},
	}
}

// groups is the shape of every model; what a model has no data for is left out.
func groups(m *model.Model) []group {
	out := slices.Clone(menu)
	designs := designs()
	for i := range out {
		for _, k := range model.Schema().Of(false) {
			if k.Group != out[i].id {
				continue
			}
			s := section{kind: k, folder: k.Folder, title: sectionTitle(m, k), lede: sectionLede(m, k), design: designs[k.Key]}
			if s.design.build == nil {
				s.design.build = (*planner).listed
			}
			out[i].sections = append(out[i].sections, s)
		}
		slices.SortStableFunc(out[i].sections, func(a, b section) int { return cmp.Compare(a.kind.Place, b.kind.Place) })
	}
	return out
}

// has reports whether a model has anything for the section: entities of its
// kind, or of kinds that stand on its page.
func (s section) has(m *model.Model) bool {
	if s.design.has != nil {
		return s.design.has(m)
	}
	if len(m.List(s.kind)) > 0 {
		return true
	}
	return slices.ContainsFunc(model.Schema().Of(false), func(k *schema.Kind) bool {
		return slices.Contains(k.On, s.kind.Key) && hostOf(m, k) == s.kind &&
			slices.ContainsFunc(m.List(k), func(n model.Named) bool {
				return k.Page != schema.Inside || model.Referred(n, k.In) == nil
			})
	})
}

// sectionWords are the titles, where they aren't the kind's own, and the leads.
var sectionWords = map[string][2]string{
	"princip":       {"", "Det, der skal præge alt arbejdet."},
	"kerneelement":  {"", "Det, arbejdet består af."},
	"fase":          {"", "Forløbet, trin for trin."},
	"trin":          {"", "Trinnene i rækkefølge, fra det mindst til det mest indgribende."},
	"omraade":       {"", "De områder, modellen består af eller bygger på."},
	"arena":         {"", "De dele af barnets liv, en indsats kan arbejde i."},
	"metode":        {"", "Metoder, som kilden nævner."},
	"figur":         {"", "Modellen som tegninger med den samme viden som tekst."},
	"rolle":         {"Roller og opgaver", "Find din rolle, og se dine opgaver."},
	"moede":         {"", "Hvem indkalder, hvem er med, og hvad står på dagsordenen."},
	"tjekliste":     {"Tjeklister og ark", "Alle tjeklister og mødeskabeloner, til skærm og papir."},
	"kadence":       {"Hvor tit", "Alle kadencer samlet, med det, der er krav, og det, der ikke er."},
	"aftale":        {"Aftal lokalt", "Det, modellen lader kommunen bestemme."},
	"forudsaetning": {"", "Det, der skal være på plads, før arbejdet kan lykkes."},
	"kompetence":    {"", "Hvad rollerne skal kunne og vide."},
	"maal":          {"", "Det, arbejdet skal føre til."},
	"maalgruppe":    {"", "Hvem modellen er til for, og hvem den ikke omfatter."},
	"resultat":      {"", "Hvad man ved om virkningen, med de forbehold, der følger med."},
	"tal":           {"", "Tal fra kilden, og hvem de gælder."},
	"viden":         {"", "Den viden, modellen bygger på."},
	"oekonomi":      {"", "Hvad kilden siger om penge."},
}

// sectionTitle is a section's title in a model: some are named by what the
// model has.
func sectionTitle(m *model.Model, k *schema.Kind) string {
	switch {
	case k.Key == "trin":
		return stairsTitle(m)
	case k.Key == "omraade":
		return areasTitle(m)
	case k.Key == "figur" && len(m.Figures()) == 0:
		return "Regler"
	}
	return cmp.Or(sectionWords[k.Key][0], k.Many)
}

func sectionLede(m *model.Model, k *schema.Kind) string {
	if k.Key == "figur" && len(m.Figures()) == 0 {
		return "Regler for brugen af modellen."
	}
	return sectionWords[k.Key][1]
}
