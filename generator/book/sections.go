package book

import (
	"cmp"
	"slices"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// menuGroup is a heading of a model's menu and the sections under it.
type menuGroup struct {
	id       string
	sections []section
}

// menu lists the groups of a model's menu.
var menu = []string{"saadan-virker-modellen", doing, "det-skal-vaere-paa-plads", "baggrund"}

// doing is the group of what there is to do, and those who do it.
const doing = "saadan-goer-du"

// design is how a kind's section is laid out: its pages, the list page first,
// and whether a model has it. Kinds without a design of their own are listed.
type design struct {
	build func(s scope, sec section) []*Page
	has   func(m *model.Model) bool
}

// designs are the kinds whose sections are more than a list.
func designs() map[string]design {
	return map[string]design{
		"princip":       {build: scope.principles},
		"kerneelement":  {build: scope.elements},
		"fase":          {build: scope.phases},
		"trin":          {build: scope.steps},
		"omraade":       {build: scope.areas},
		"metode":        {build: scope.methods},
		"figur":         {build: scope.figures},
		"rolle":         {build: scope.roles},
		"moede":         {build: scope.meetings},
		"tjekliste":     {build: scope.checklistPages, has: hasSheets},
		"kadence":       {build: scope.cadences},
		"aftale":        {build: scope.agreements, has: hasOpen},
		"forudsaetning": {build: scope.prerequisites},
		"kompetence":    {build: scope.competences},
		"vurdering":     {build: scope.assessments},
		"forloeb":       {build: scope.allSeries},
		"valg":          {build: scope.paths},
		"maalgruppe":    {build: scope.targets},
		"resultat":      {build: scope.results},
		"tal":           {build: scope.numbers},
		"viden":         {build: scope.knowledge},
		"oekonomi":      {build: scope.economy},
	}
}

// groups are the groups of the model's menu with the sections that it has data for.
func (s scope) groups() []menuGroup {
	var out []menuGroup
	designs := designs()
	for _, id := range menu {
		g := menuGroup{id: id}
		for _, k := range s.model.Schema().Of(false) {
			d := designs[k.Key]
			switch {
			case k.Type.Declared:
				d.build = scope.declared
			case d.build == nil:
				d.build = scope.listed
			}
			if k.Group == id && s.hasSection(k, d) {
				g.sections = append(g.sections, s.section(k, d))
			}
		}
		slices.SortStableFunc(g.sections, func(a, b section) int { return cmp.Compare(a.kind.Order, b.kind.Order) })
		out = append(out, g)
	}
	return out
}

// hasSection reports whether the model has anything for a kind's section: entities
// of the kind, or of kinds that stand on its page.
func (s scope) hasSection(kind *schema.Kind, d design) bool {
	m := s.model
	if d.has != nil {
		return d.has(m)
	}
	if len(m.List(kind)) > 0 {
		return true
	}
	return slices.ContainsFunc(s.model.Schema().Of(false), func(k *schema.Kind) bool {
		return slices.Contains(k.On, kind.Key) && hostOf(m, k) == kind &&
			slices.ContainsFunc(m.List(k), func(n model.Named) bool {
				return k.Page != schema.Inside || model.Referred(n, k.In) == nil
			})
	})
}

// section is a kind's section with its title and its lede. Some are named by what
// the model has.
func (s scope) section(k *schema.Kind, d design) section {
	key := k.Key
	if key == "figur" && len(s.model.Figures()) == 0 {
		key = "regel"
	}
	sec := section{kind: k, folder: s.model.ID + "/" + k.Folder + "/", build: d.build,
		title: cmp.Or(s.wordFor("afsnit.", key+".titel"), s.many(k))}
	if lede := "afsnit." + key + ".lede"; s.words.Has(lede) {
		sec.lede = s.sentence(lede)
	} else if x, ok := s.h.Lookup(nil, "", "slags", key).(*model.Declaration); ok {
		sec.lede = s.text(x.Short)
	}
	switch key {
	case "trin":
		sec.title = cmp.Or(stairsTitle(s.model), sec.title)
	case "omraade":
		sec.title = cmp.Or(s.areasTitle(), sec.title)
	}
	return sec
}

// hasOpen reports whether a model leaves anything for the municipality to decide.
func hasOpen(m *model.Model) bool {
	return len(m.Agreements()) > 0 ||
		slices.ContainsFunc(m.Tasks(), func(t *model.Task) bool { return t.Role.ID == "" }) ||
		slices.ContainsFunc(m.Meetings(), func(x *model.Meeting) bool {
			return x.Convener.ID == "" && x.NoConvener.Empty()
		}) ||
		slices.ContainsFunc(m.Prerequisites(), func(f *model.Prerequisite) bool { return len(f.Roles) == 0 })
}
