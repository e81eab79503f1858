package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/release"
)

// Feed is the news of a model, or of one of its roles, for news readers.
type Feed struct {
	Path  string // "nyt/laeringsmiljoe.xml"
	Title string // "Nyt i Styrket læringsmiljø"
	Model string
	Role  string // id, or "" for the whole model
	Page  string // path of the model's or role's page

	entries func() []FeedEntry
}

// FeedEntry is what a release asks of those who read the feed, or what the municipality does
// itself on a day.
type FeedEntry struct {
	ID    string // the release's number, or "eget-2027-01-15"
	Date  string
	Title string
	Link  Link
	Lines []string
}

// feedLength is how many entries a feed has. Readers keep those that they have seen.
const feedLength = 12

// Entries are the feed's, newest first.
func (f Feed) Entries() []FeedEntry { return f.entries() }

// feeds are those of all models and of their roles.
func (s scope) feeds() []Feed {
	var out []Feed
	if len(s.opt.Past) == 0 {
		return nil
	}
	for _, m := range s.h.Models {
		f := Feed{Path: changesFolder + m.ID + ".xml", Title: s.say("nyt.i-model", "model", m.MenuLabel()), Model: m.ID,
			Page: m.ID + "/index.html"}
		f.entries = func() []FeedEntry { return s.feedEntries(m, nil) }
		out = append(out, f)
		for _, r := range visible(s, m.Roles()) {
			x := s.roleFeed(m, r)
			x.entries = func() []FeedEntry { return s.feedEntries(m, r) }
			out = append(out, x)
		}
	}
	return out
}

func (s scope) roleFeed(m *model.Model, r *model.Role) Feed {
	return Feed{Path: strings.TrimSuffix(roleChangesPath(m, r), ".html") + ".xml", Model: m.ID, Role: r.ID,
		Title: s.say("nyt.for-rollen", "rolle", cmp.Or(r.Title, lowerFirst(r.Label())), "model", m.MenuLabel()), Page: s.link(r).Path}
}

// feedLink leads to a role's feed, if there is one.
func (s scope) feedLink(r *model.Role) Link {
	if len(s.opt.Past) == 0 {
		return Link{}
	}
	f := s.roleFeed(s.model, r)
	return Link{Path: f.Path, Text: f.Title}
}

// feedEntries are what a model's releases ask, of those who have a role when there is one.
func (s scope) feedEntries(m *model.Model, r *model.Role) []FeedEntry {
	s = s.in(m)
	var out []FeedEntry
	add := func(id, date, title string, changes []release.Change, link func(heavy bool) Link) {
		e := FeedEntry{ID: id, Date: date, Title: title}
		rest := 0
		for _, c := range changes {
			switch {
			case c.Model != m.ID || r != nil && !slices.Contains(c.Roles, r.ID):
			case heavy(c):
				e.Lines = append(e.Lines, s.feedLine(c))
			default:
				rest++
			}
		}
		e.Link = link(len(e.Lines) > 0)
		if rest > 0 && r == nil {
			e.Lines = append(e.Lines, upperFirst(s.count("ordlyd", rest)))
		}
		if len(e.Lines) > 0 {
			out = append(out, e)
		}
	}
	for _, own := range s.opt.Own {
		if own.Date != "" {
			title := s.say("lokalt.historik", "dato", s.date(own.Date), "nummer", own.Number)
			add("eget-"+own.Date, own.Date, title, own.Changes, func(bool) Link {
				return Link{Path: localPath, Anchor: historyAnchor(own)}
			})
		}
	}
	for _, p := range s.opt.Past {
		add(p.Number, p.Date, s.pastStamp(p).Text, p.Changes, func(heavy bool) Link {
			return Link{Path: changesPath(p, m, heavy)}
		})
	}
	slices.SortStableFunc(out, func(a, b FeedEntry) int { return strings.Compare(b.Date, a.Date) })
	return out[:min(len(out), feedLength)]
}

// feedLine is a change on a line, with its words when they are short.
func (s scope) feedLine(c release.Change) string {
	line := s.say("aendringer.hvad."+string(c.What)) + ": " + s.plain(c.Name)
	if c.Key != "" || c.Point != "" {
		line += prefixIf(" – ", s.labelled(c))
	}
	old, now := s.values(c)
	words := s.plain(old) + " → " + s.plain(now)
	switch {
	case c.What == release.Added:
		words = s.plain(now)
	case c.What == release.Removed:
		words = s.plain(old)
	}
	if words != "" && len(words) < 160 && !strings.Contains(words, "\n") {
		line += ": " + words
	}
	return line
}
