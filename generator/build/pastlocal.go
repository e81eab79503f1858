package build

import (
	"slices"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/release"
	"modelhaandbog/generator/source"
)

// moment is a municipality's own at a day: its tables and guidance, and the national
// tables that it was an overlay of.
type moment struct {
	national *release.State
	own      overlay.Tables
	guides   map[string]string
}

// ownHistory lists what a municipality has changed itself, newest first: from one day that
// its own was frozen to the next, and from the last one to now. It is nil when nothing of
// it is frozen.
func (snap *Snapshot) ownHistory(slug string) []book.Own {
	if snap.past == nil {
		return nil // a release as it stood
	}
	l := snap.past.LocalAt(slug, nil, "")
	if l == nil {
		return nil
	}
	out := slices.Clone(snap.past.owns.get(slug, func() []book.Own { return snap.past.ownHistory(slug) }))
	now := moment{snap.State(), snap.readLocal(slug).tables, guideTexts(snap.overlaid[slug], snap.files)}
	if list := now.changes(slug, snap.past.moment(snap.past.Last(), l)); len(list) > 0 {
		out = append([]book.Own{{Changes: list}}, out...)
	}
	return out
}

// ownHistory lists what is frozen of it.
func (p *past) ownHistory(slug string) []book.Own {
	var out []book.Own
	var before *moment
	for _, r := range p.Releases {
		for i := range r.Local {
			l := &r.Local[i]
			if l.Slug != slug {
				continue
			}
			now := p.moment(r, l)
			own := book.Own{Date: l.Date, Number: r.Number, First: before == nil}
			if before != nil {
				own.Changes = now.changes(slug, *before)
			}
			out = append(out, own)
			before = &now
		}
	}
	slices.Reverse(out)
	return out
}

func (p *past) moment(r *release.Release, l *release.Local) moment {
	own, guides := p.tables(l.Files, l.Slug)
	return moment{p.state(r), own, guides}
}

// changes lists what the municipality has changed itself since another moment: what differs
// when both are merged into the same national tables.
func (m moment) changes(slug string, before moment) []release.Change {
	out := slices.DeleteFunc(release.Compare(m.merge(slug, before), m.merge(slug, m)), book.OnlyWritten)
	for i := range out {
		out[i].Local = true
	}
	return out
}

// merge merges what the municipality's own was at another moment into the national tables
// of this one.
func (m moment) merge(slug string, other moment) *release.State {
	own := nationalState(other.own, other.guides)
	for i, n := range own.Shared.Items {
		if n.Key == "kommune" { // which is [kommune.<id>] in the register
			mine := *n
			mine.Key = slug
			own.Shared.Items[i] = &source.Node{Key: n.Key, Kind: source.Table, Items: []*source.Node{&mine}}
		}
	}
	s := &release.State{Models: map[string]*source.Node{}, Guides: own.Guides,
		Shared: overlay.Merge(m.national.Shared, follow(own.Shared, other.national.Shared, m.national.Shared))}
	for id, national := range m.national.Models {
		s.Models[id] = overlay.Merge(national, follow(own.Models[id], other.national.Models[id], national))
	}
	return s
}

// follow gives tables of a municipality's the ids that national ones have now, and leaves
// out those about what is no more.
func follow(own, was, is *source.Node) *source.Node {
	if own == nil || was == is {
		return own
	}
	out := *own
	out.Items = slices.Clone(own.Items)
	for i, kind := range out.Items {
		old, now := was.Get(kind.Key), is.Get(kind.Key)
		kept := *kind
		kept.Items = nil
		for _, n := range kind.Items {
			if kind.Kind == source.Table && old.Get(n.Key) != nil && now.Get(n.Key) == nil {
				to := slices.IndexFunc(itemsOf(now), func(x *source.Node) bool { return release.Lists(x.Get("tidligere"), n.Key) })
				if to < 0 {
					continue
				}
				renamed := *n
				renamed.Key = now.Items[to].Key
				n = &renamed
			}
			kept.Items = append(kept.Items, n)
		}
		out.Items[i] = &kept
	}
	return &out
}
