package book

import (
	"fmt"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Guide is a parsed guidance file and the entity that its place names.
type Guide struct {
	File  string
	Model string // "" for shared kinds
	Kind  string
	ID    string
	Doc   *guide.Doc

	Unread bool // what the file says could not be read, which is reported
}

func guideKey(modelID, kind, id string) string { return modelID + "/" + kind + ":" + id }

func guideKeyOf(e *model.Entity) string {
	if e.Model == nil {
		return guideKey("", e.Kind, e.ID)
	}
	return guideKey(e.Model.ID, e.Kind, e.ID)
}

// pair ties guidance files to entities and reports those without one.
func (s scope) pair(files []Guide, isNational bool) map[string]Guide {
	out := map[string]Guide{}
	for _, g := range files {
		var in *model.Model
		if g.Model != "" {
			if in = s.h.ModelByID(g.Model); in == nil {
				continue // an unknown or hidden model is reported elsewhere
			}
		}
		out[guideKey(g.Model, g.Kind, g.ID)] = g
		if s.h.Lookup(in, "", g.Kind, g.ID) != nil || s.h.Unsure(in, "", g.Kind) {
			s.placeless(g, isNational)
			continue
		}
		d := diag.Diag{Severity: diag.Error, Code: "vejledning-uden-emne", Pos: diag.Pos{File: g.File}}
		k := s.h.Schema().Kind(g.Kind)
		if k == nil && g.Kind != "model" {
			d.Message = fmt.Sprintf("mappen \"%s\" er ikke en slags%s", g.Kind, diag.MenteDu(g.Kind, referenceKinds(s.h.Schema())))
			d.Help = "Læg filen i vejledning/<slags>/<id>.md, fx vejledning/fase/faelles-maal.md."
		} else {
			ids := s.h.IDs(in, "", g.Kind)
			one := "modellen"
			if k != nil {
				one = k.One
			}
			d.Message = fmt.Sprintf("vejledningen hører til %s \"%s\", som ikke findes%s", one, g.ID, diag.MenteDu(g.ID, ids))
			d.Help = fmt.Sprintf("Ret filens navn, eller opret [%s.%s].", g.Kind, source.Slug(g.ID))
		}
		s.found.diags = append(s.found.diags, d)
	}
	if isNational {
		s.missingGuides(out)
	}
	return out
}

// placeless tells of guidance that no page would show.
func (s scope) placeless(g Guide, isNational bool) {
	d := diag.Diag{Severity: diag.Error, Code: "vejledning-vises-ikke", Pos: diag.Pos{File: g.File}}
	switch k := s.h.Schema().Kind(g.Kind); {
	case k != nil && k.Guidance == schema.NoGuidance:
		d.Message = fmt.Sprintf("vejledningen vises ikke: [%s.…] har ingen plads til den", g.Kind)
		d.Help = "Skriv den i tekst = \"…\", eller i vejledningen til den rolle, den fase eller det møde, den handler om."
	case !isNational && g.Doc.Empty() && !g.Unread:
		d.Severity, d.Help = diag.Warning, "Skriv noget, eller slet filen."
		d.Message = "vejledningen er tom og ændrer ingenting"
	default:
		return
	}
	s.found.diags = append(s.found.diags, d)
}

// missingGuides warns of entities whose pages want more than a table can hold.
func (s scope) missingGuides(have map[string]Guide) {
	for _, m := range s.h.Models {
		for _, e := range entitiesOf(m) {
			k := e.Descriptor()
			if k.Guidance != schema.Wanted || e.Basis == model.NamedOnly || e.At.Local() || !e.Body.Empty() {
				continue
			}
			if g, ok := have[guideKey(m.ID, e.Kind, e.ID)]; !ok || g.Doc.Empty() && !g.Unread {
				s.found.diags = append(s.found.diags, diag.Diag{Severity: diag.Warning, Code: "mangler-vejledning",
					Pos: e.At.Pos(), Width: e.At.Width(),
					Message: fmt.Sprintf("%s \"%s\" har hverken tekst eller vejledning", k.One, e.ID),
					Help: fmt.Sprintf("Skriv vejledning/%s/%s.md, giv den tekst = \"…\", eller skriv grundlag = \"naevnt\", "+
						"når kilden ikke beskriver den.", e.Kind, e.ID)})
			}
		}
	}
}

// entitiesOf lists all entities of a model, kind by kind.
func entitiesOf(m *model.Model) []*model.Entity {
	var out []*model.Entity
	for _, n := range m.All() {
		out = append(out, n.Base())
	}
	return out
}

// guideFor gives the national guidance of an entity.
func (s scope) guideFor(e *model.Entity) Text { return s.guideText(s.national, e) }

// localGuideFor gives the municipality's own.
func (s scope) localGuideFor(e *model.Entity) Text {
	t := s.guideText(s.local, e)
	t.Local = true
	return t
}

func (s scope) guideText(from map[string]Guide, e *model.Entity) Text {
	g, ok := from[guideKeyOf(e)]
	if !ok || g.Doc.Empty() {
		return Text{}
	}
	return Text{Doc: g.Doc, Refs: s.refs(g.Doc), Pos: diag.Pos{File: g.File, Line: 1}}
}

// glossary makes the set of terms that texts link to at first mention.
func (s scope) termSet() *guide.TermSet {
	var terms []guide.Term
	for _, t := range s.h.Terms() {
		if t.Draft && !s.opt.Drafts {
			continue
		}
		terms = append(terms, guide.Term{Forms: append(append([]string{t.Name}, t.Alias...), t.Forms...),
			Href: href(s.link(t)), Title: t.Short.Value})
	}
	return s.texts.glossary(terms)
}
