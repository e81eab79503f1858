package book

import (
	"cmp"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/release"
)

// Own is what a municipality has changed itself, up to a day that it was frozen.
type Own struct {
	Date    string // "" for what is not frozen yet
	Number  string // of the release that was in force then
	First   bool   // nothing was frozen before
	Changes []release.Change
}

// localHistory tells what the municipality has changed itself, day by day.
func (s scope) localHistory(page *Page) {
	for i, own := range s.opt.Own {
		title := s.say("lokalt.historik", "dato", s.date(own.Date), "nummer", own.Number)
		if own.Date == "" {
			title = s.say("lokalt.historik-nu", "dato", s.date(s.opt.Own[i+1].Date))
		}
		var blocks []Block
		switch {
		case own.First:
			blocks = []Block{Prose{Text: s.sentence("lokalt.historik-foerst")}}
		case len(own.Changes) == 0:
			blocks = []Block{Prose{Text: s.sentence("lokalt.historik-intet")}}
		}
		for _, id := range changedModels(own.Changes) {
			if m := s.h.ModelByID(id); m != nil || id == "" {
				blocks = append(blocks, s.ownChanges(own.Changes, m))
			}
		}
		page.section(historyAnchor(own), title, blocks...)
	}
}

func historyAnchor(own Own) string { return "historik-" + cmp.Or(own.Date, "nu") }

// ownChanges lists changes of a model, kind by kind.
func (s scope) ownChanges(changes []release.Change, m *model.Model) List {
	var list []release.Change
	for _, c := range changes {
		if c.Model == idOf(m) {
			list = append(list, c)
		}
	}
	s = s.in(m)
	var groups []Item
	for _, k := range groupsOf(list) {
		group := Item{Title: Link{Text: s.kindTitle(k, m)}}
		if m != nil {
			group.Title.Text = s.say("lokalt.historik-i", "slags", group.Title.Text, "model", m.MenuLabel())
		}
		for _, things := range byThing(list, k) {
			group.Children = append(group.Children, s.thing(things))
		}
		groups = append(groups, group)
	}
	return List{Items: groups, Class: "roller"}
}

// ownSince is what the municipality has changed itself since the release before the newest.
func (s scope) ownSince() []release.Change {
	since := ""
	if len(s.opt.Past) > 1 {
		since = s.opt.Past[1].Date
	}
	var out []release.Change
	for _, own := range s.opt.Own {
		if own.Date == "" || own.Date > since {
			out = append(out, own.Changes...)
		}
	}
	return out
}
