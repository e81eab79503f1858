package book

import (
	"strings"

	"modelhaandbog/generator/model"
)

// Addresses. A kind has a page of its own for each entity, or its entities
// stand with an anchor on a page that collects them.

// ownPage are the kinds with a page for each entity, in a folder of the model.
var ownPage = map[string]string{
	"princip": "principper", "kerneelement": "kerneelementer", "fase": "faser", "trin": "trin",
	"rolle": "roller", "forudsaetning": "forudsaetninger", "moede": "moeder", "omraade": "omraader", "tjekliste": "tjeklister",
}

// listed are the kinds whose entities stand together on one page of the model.
var listed = map[string]string{
	"kompetence": "kompetencer", "kadence": "kadencer", "maalgruppe": "maalgruppe", "maal": "maal", "resultat": "resultater",
	"tal": "tal", "oekonomi": "oekonomi", "scenarie": "oekonomi", "metode": "metoder", "arena": "arenaer",
	"viden": "viden", "aftale": "aftaler", "figur": "figurer", "regel": "trin",
}

// sharedPage are the shared kinds that stand together on one page.
var sharedPage = map[string]string{
	"begreb": "begreber/index.html", "kilde": "kilder/index.html", "lov": "love/index.html",
	"udgave": "nyt.html", "faelles": "faelles.html", "kommune": "index.html",
}

// anchor is an entity's place on a page that it shares with others.
func anchor(e *model.Entity) string { return e.Kind + "-" + e.ID }

// link gives an entity's address in this edition and its name.
func (p *planner) link(n model.Named) Link {
	l, ok := p.links[n.Base()]
	if !ok {
		l = p.newLink(n)
		p.links[n.Base()] = l
	}
	return l
}

func (p *planner) newLink(n model.Named) Link {
	e := n.Base()
	l := Link{Text: e.Label()}
	if p.unseen(n) {
		return l // a name, until there is a page
	}
	switch x := n.(type) {
	case *model.Model:
		l.Path, l.Text = x.ID+"/index.html", x.Label()
		return l
	case *model.Actor:
		l.Path = "aktoerer/" + e.ID + ".html"
		return l
	case *model.Pack:
		l.Path = "pakker/" + e.ID + ".html"
		return l
	case *model.Source:
		l.Path, l.Anchor, l.Text = sharedPage["kilde"], anchor(e), sourceLabel(x)
		return l
	case *model.Task:
		if x.Role.To != nil {
			l = p.link(x.Role.To)
			l.Text, l.Anchor = e.Label(), anchor(e)
			return l
		}
	case *model.Part:
		if x.Area.To != nil {
			l = p.link(x.Area.To)
			l.Text, l.Anchor = e.Label(), anchor(e)
			return l
		}
	case *model.Practice:
		if x.Element.To != nil {
			l = p.link(x.Element.To)
			l.Text, l.Anchor = e.Label(), anchor(e)
			return l
		}
		l.Path, l.Anchor = e.Model.ID+"/metoder/index.html", anchor(e)
		return l
	}
	if e.Kind == "regel" && e.Model != nil && len(e.Model.Steps) == 0 {
		l.Path, l.Anchor = e.Model.ID+"/figurer/index.html", anchor(e)
		return l
	}
	if path, ok := sharedPage[e.Kind]; ok {
		l.Path, l.Anchor = path, anchor(e)
		return l
	}
	if e.Model == nil {
		return l
	}
	if folder, ok := ownPage[e.Kind]; ok {
		l.Path = e.Model.ID + "/" + folder + "/" + e.ID + ".html"
	} else if folder, ok := listed[e.Kind]; ok {
		l.Path, l.Anchor = e.Model.ID+"/"+folder+"/index.html", anchor(e)
	}
	return l
}

func links[T any](p *planner, refs []model.Ref[T]) []Link {
	var out []Link
	for _, r := range refs {
		if l, ok := linkRef(p, r); ok {
			out = append(out, l)
		}
	}
	return out
}

func linkRef[T any](p *planner, r model.Ref[T]) (Link, bool) {
	if r.To == nil {
		return Link{}, false
	}
	n, ok := any(r.To).(model.Named)
	if !ok || p.unseen(n) {
		return Link{}, false
	}
	return p.link(n), true
}

func linkOf[T any](p *planner, r model.Ref[T]) []Link { return links(p, []model.Ref[T]{r}) }

// sourceLabel is a source as a list names it: author, year and title.
func sourceLabel(s *model.Source) string {
	if s.Name != "" {
		return s.Name
	}
	var parts []string
	if s.Author != "" {
		parts = append(parts, s.Author)
	}
	if s.Year != "" {
		parts = append(parts, "("+s.Year+")")
	}
	if len(parts) == 0 {
		return s.Title
	}
	return strings.Join(parts, " ") + ": " + s.Title
}
