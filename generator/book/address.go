package book

import (
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// Addresses. A kind has a page of its own for each entity, or its entities
// stand with an anchor on a page that collects them.

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
		l.Path = x.ID + "/index.html"
		return l
	case *model.Source:
		l.Text = sourceLabel(x)
	}
	k := model.Schema().Kind(e.Kind)
	if k.Page == schema.Inside {
		if host := model.Referred(n, k.In); host != nil {
			in := p.link(host)
			in.Text, in.Anchor = l.Text, anchor(e)
			return in
		}
	}
	folder := ""
	if e.Model != nil {
		k = hostOf(e.Model, k)
		folder = e.Model.ID + "/"
	}
	switch {
	case k.Path != "":
		l.Path, l.Anchor = k.Path, anchor(e)
	case k.Folder == "":
	case k.Page == schema.Own && k.Key == e.Kind:
		l.Path = folder + k.Folder + "/" + e.ID + ".html"
	default:
		l.Path, l.Anchor = folder+k.Folder+"/index.html", anchor(e)
	}
	return l
}

// hostOf is the kind on whose page the entities of a kind stand: itself, or the
// first of those that the kind names which the model has.
func hostOf(m *model.Model, k *schema.Kind) *schema.Kind {
	host := k
	for _, key := range k.On {
		host = model.Schema().Kind(key)
		if len(m.List(host)) > 0 {
			break
		}
	}
	return host
}

// hasPage reports whether each entity of a kind has a page of its own.
func hasPage(kind string) bool {
	k := model.Schema().Kind(kind)
	return k != nil && k.Page == schema.Own
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
