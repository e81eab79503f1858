package book

import (
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/release"
	"modelhaandbog/generator/wording"
)

// One change, told: what it is about, and the old words beside the new.

// thing is what has changed about one thing.
func (s scope) thing(list []release.Change) Item {
	c := list[0]
	out := Item{ID: c.Kind + "-" + c.ID, Title: s.linkChanged(c)}
	var why []string
	for _, c := range list {
		out.Children = append(out.Children, s.changeItem(c))
		if c.Why != "" && !slices.Contains(why, c.Why) {
			why = append(why, c.Why)
		}
	}
	for _, w := range why {
		out.Notes = append(out.Notes, s.said(w))
	}
	if len(list) == 1 && list[0].Key == "" && list[0].Point == "" { // it came or went as a whole
		whole := out.Children[0]
		whole.ID, whole.Title, whole.Notes = out.ID, out.Title, out.Notes
		return whole
	}
	return out
}

// linkChanged leads to what a change is about, if it is still there.
func (s scope) linkChanged(c release.Change) Link {
	if n := s.h.Lookup(s.model, c.Model, c.Kind, c.ID); n != nil && c.Kind != "haandbog" {
		if l := s.link(n); l.Set() {
			return l
		}
	}
	return Link{Text: c.Name}
}

// changeItem is one change: what is another, and the old words beside the new.
func (s scope) changeItem(c release.Change) Item {
	out := Item{Plain: s.labelled(c), Badges: []Badge{{"aendring", s.say("aendringer.hvad." + string(c.What))}}}
	if c.Local {
		out.Badges = append(out.Badges, s.localBadge("lokalt"))
	}
	if c.Minor {
		out.Badges = append(out.Badges, Badge{"aendring", s.say("aendringer.uvaesentlig")})
	}
	old, now := s.values(c)
	switch c.What {
	case release.Added:
		out.Meta = append(out.Meta, s.version("er-nu", s.said(now))...)
	case release.Removed:
		out.Meta = append(out.Meta, s.version("var-foer", s.said(old))...)
	default:
		a, b := s.versions(old, now)
		out.Meta = append(append(out.Meta, s.version("var-foer", a)...), s.version("er-nu", b)...)
	}
	return out
}

// labelled is what of a thing has changed: its key, and the point that has it.
func (s scope) labelled(c release.Change) string {
	label := c.Label
	if c.Key == "bindende" || c.Key == "tekst" && c.Point != "" {
		label = label[:max(0, strings.LastIndex(label, ": "))] // the badge and the words say the rest
	}
	label = upperFirst(label)
	if label == "" {
		return s.plain(c.Text)
	}
	whole := c.Key == "" && (c.What == release.Added || c.What == release.Removed)
	if c.Text != "" && c.Key != "tekst" && c.Key != "navn" && !whole {
		return s.say("aendringer.om-punkt", "hvad", label, "punkt", s.plain(c.Text))
	}
	return label
}

// plain is Markdown without its signs.
func (s scope) plain(words string) string { return s.said(words).Plain() }

// values are what was said and what is said now.
func (s scope) values(c release.Change) (old, now string) {
	old, now = c.Old, c.New
	switch {
	case c.What == release.Moved && c.Key == "" && (c.OldNode == nil || c.Point == ""): // in its list
		return s.place(old), s.place(now)
	case isOften(c):
		return often(s.words, c)
	}
	for _, v := range []*string{&old, &now} {
		if word := "aendringer.vaerdi." + c.Key + "-" + *v; s.words.Has(word) {
			*v = s.say(word)
		}
	}
	if old == "" && c.What != release.Added {
		old = s.say("aendringer.intet")
	}
	if now == "" && c.What != release.Removed {
		now = s.say("aendringer.intet")
	}
	return old, now
}

func isOften(c release.Change) bool { return c.Kind == "kadence" && c.Key == "udtryk" }

func often(w *wording.Words, c release.Change) (old, now string) {
	return Often(w, model.CadenceOf(c.OldNode)), Often(w, model.CadenceOf(c.NewNode))
}

// OnlyWritten reports a change that readers don't see: a cadence that says in numbers what
// it said in words.
func OnlyWritten(c release.Change) bool {
	if !isOften(c) {
		return false
	}
	old, now := often(wording.Standard(), c)
	return old == now
}

// place says behind what something stands.
func (s scope) place(before string) string {
	if before == "" {
		return s.say("aendringer.foerst")
	}
	return s.say("aendringer.efter", "navn", s.plain(before))
}

// version is a fact of how it was or is.
func (s scope) version(which string, t Text) []Fact {
	if t.Empty() {
		return nil
	}
	return []Fact{s.fact(Key(which), Fact{Text: t})}
}

// versions are two versions of words with those in bold that the other lacks.
func (s scope) versions(old, now string) (a, b Text) {
	var left, right strings.Builder
	for i, line := range [2]string{old, now} {
		lines := strings.Split(line, "\n")
		for j := range lines {
			lines[j] = s.plain(lines[j])
		}
		if i == 0 {
			old = strings.Join(lines, "\n")
		} else {
			now = strings.Join(lines, "\n")
		}
	}
	spans := release.MarkWords(old, now)
	shared := func(x release.Span) bool { return x.In == release.Both && strings.Contains(x.Text, " ") }
	if !slices.ContainsFunc(spans, shared) {
		return s.said(escaped(old)), s.said(escaped(now)) // nothing to tell apart
	}
	for _, span := range spans {
		words := escaped(span.Text)
		switch span.In {
		case release.Both:
			left.WriteString(words + " ")
			right.WriteString(words + " ")
		case release.OnlyOld:
			left.WriteString("**" + words + "** ")
		case release.OnlyNew:
			right.WriteString("**" + words + "** ")
		}
	}
	return s.said(strings.TrimSpace(left.String())), s.said(strings.TrimSpace(right.String()))
}

// escaped are words that Markdown reads as they stand.
func escaped(words string) string {
	var b strings.Builder
	for i, r := range words {
		if strings.ContainsRune("\\`*_[]<>#~|{}", r) || i == 0 && strings.ContainsRune("-+:!", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
