package book

import (
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// Addresses. A kind has a page of its own for each entity, or its entities
// stand with an anchor on a page that collects them.

// anchor is an entity's place on a page that it shares with others.
func anchor(e *model.Entity) string { return e.Kind + "-" + e.ID }

// allLinks gives the addresses of all entities that texts and pages lead to.
func (e *edition) allLinks() map[*model.Entity]Link {
	links := map[*model.Entity]Link{}
	for _, n := range everything(e.h) {
		links[n.Base()] = e.newLink(n)
	}
	return links
}

// everything is all that has an address: the models, what is in them, and what they
// share.
func everything(h *model.Handbook) []model.Named {
	var out []model.Named
	for _, m := range h.Models {
		out = append(append(out, m), m.All()...)
	}
	return append(append(out, sharedThings(h)...), named(h.Sources())...)
}

// sharedThings are what belongs to no single model: terms, actors, laws and packs.
func sharedThings(h *model.Handbook) []model.Named {
	return slices.Concat(named(h.Terms()), named(h.Actors()), named(h.Laws()), named(h.Packs()))
}

func named[T model.Named](list []T) []model.Named {
	out := make([]model.Named, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}

// link gives an entity's address in this edition and its name.
func (e *edition) link(n model.Named) Link {
	if l, ok := e.links[n.Base()]; ok {
		return l
	}
	return e.newLink(n)
}

func (e *edition) newLink(n model.Named) Link {
	b := n.Base()
	l := Link{Text: b.Label()}
	if e.unseen(n) {
		return l // a name, until there is a page
	}
	switch x := n.(type) {
	case *model.Model:
		l.Path = x.ID + "/index.html"
		return l
	case *model.Municipality: // the whole front page is about it
		l.Path = "index.html"
		return l
	case *model.Source:
		l.Text = sourceLabel(x)
	case *model.Checklist:
		if mt := e.sheetOf(x); mt != nil && x.Model != nil {
			l.Path = sheetLink(x.Model, mt)
			return l
		}
	}
	k := b.Descriptor()
	if k.Page == schema.Inside {
		if host := model.Referred(n, k.In); host != nil {
			in := e.link(host)
			in.Text, in.Anchor = l.Text, anchor(b)
			return in
		}
	}
	folder := ""
	if b.Model != nil {
		k = hostOf(b.Model, k)
		folder = b.Model.ID + "/"
	}
	switch {
	case k.Path != "":
		l.Path, l.Anchor = k.Path, anchor(b)
	case k.Folder == "":
	case k.Key == b.Kind && (k.Page == schema.Own || k.Page == schema.Described && e.described[b]):
		l.Path = folder + k.Folder + "/" + b.ID + ".html"
	default:
		l.Path, l.Anchor = folder+k.Folder+"/index.html", anchor(b)
	}
	return l
}

// hostOf is the kind on whose page the entities of a kind stand: itself, or the
// first of those that the kind names which the model has.
func hostOf(m *model.Model, k *schema.Kind) *schema.Kind {
	host := k
	for _, key := range k.On {
		host = m.Schema().Kind(key)
		if len(m.List(host)) > 0 {
			break
		}
	}
	return host
}

// describedThings are those that there is more to say of than a list holds: they have
// guidance, or others stand on their page.
func (e *edition) describedThings() map[*model.Entity]bool {
	out := map[*model.Entity]bool{}
	for _, n := range everything(e.h) {
		b := n.Base()
		key := guideKeyOf(b)
		if !e.national[key].Doc.Empty() || !e.local[key].Doc.Empty() {
			out[b] = true
		}
		if k := b.Descriptor(); k != nil && k.Page == schema.Inside {
			if host := model.Referred(n, k.In); host != nil {
				out[host.Base()] = true
			}
		}
	}
	return out
}

func links[T any](s scope, refs []model.Ref[T]) []Link {
	var out []Link
	for _, r := range refs {
		if l, ok := linkRef(s, r); ok {
			out = append(out, l)
		}
	}
	return out
}

func linkRef[T any](s scope, r model.Ref[T]) (Link, bool) {
	if r.To == nil {
		return Link{}, false
	}
	n, ok := any(r.To).(model.Named)
	if !ok || s.unseen(n) {
		return Link{}, false
	}
	return s.link(n), true
}

func linkOf[T any](s scope, r model.Ref[T]) []Link { return links(s, []model.Ref[T]{r}) }

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

// hidden reports drafts, which only the preview shows.
func (e *edition) hidden(x *model.Entity) bool { return x.Draft && !e.opt.Drafts }

// unseen reports drafts, and what stands only on a draft's page.
func (e *edition) unseen(n model.Named) bool {
	if e.hidden(n.Base()) {
		return true
	}
	switch x := n.(type) {
	case *model.Task:
		return x.Role.To != nil && e.hidden(&x.Role.To.Entity) || len(x.Phases) > 0 && e.firstPhase(x) == nil
	case *model.Part:
		return x.Area.To != nil && e.hidden(&x.Area.To.Entity)
	case *model.Practice:
		return x.Element.To != nil && e.hidden(&x.Element.To.Entity)
	}
	return false
}

// firstPhase is the phase that a task is first done in; nil for a task that
// belongs to none.
func (e *edition) firstPhase(t *model.Task) *model.Phase {
	for _, r := range t.Phases {
		if r.To != nil && !e.hidden(&r.To.Entity) {
			return r.To
		}
	}
	return nil
}

// visible drops drafts. What it gives may be the list itself, which nobody changes.
func visible[T model.Named](s scope, list []T) []T {
	unseen := func(n T) bool { return s.unseen(n) }
	if !slices.ContainsFunc(list, unseen) {
		return slices.Clip(list)
	}
	return slices.DeleteFunc(slices.Clone(list), unseen)
}
