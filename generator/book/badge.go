package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
)

// badges tell a statement's force and basis.
func (e *edition) badges(force model.Force, basis model.Basis) []Badge {
	var out []Badge
	for _, kind := range []string{string(force), string(basis)} {
		if key := "maerke." + kind; kind != "" && e.words.Has(key) {
			out = append(out, Badge{kind, e.say(key)})
		}
	}
	return out
}

// marks are a statement's force and basis: in a municipality's words for what is
// its own, and of an example whose it is.
func (e *edition) marks(m *model.Marks, local bool) []Badge {
	if local {
		if key := "maerke.lokalt." + string(m.Force); m.Force != "" && e.words.Has(key) {
			return []Badge{{string(m.Force), e.say(key)}}
		}
		return nil
	}
	out := e.badges(m.Force, m.Basis)
	if m.Force == model.Example && m.Whose != "" {
		out[0].Text = e.say("maerke.eksempel-fra", "hvem", m.Whose)
	}
	return out
}

// facet is a badge that marks a fact as the editors' reading, when one of the keys
// that it comes from is. A statement that is so as a whole says it once, itself.
func (e *edition) facet(m *model.Marks, keys ...string) []Badge {
	if slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(m.Derived, k) }) {
		return []Badge{e.dagger()}
	}
	return nil
}

// marked gives facts the mark of a facet.
func (e *edition) marked(facts []Fact, m *model.Marks, keys ...string) []Fact {
	for i := range facts {
		facts[i].Badges = append(facts[i].Badges, e.facet(m, keys...)...)
	}
	return facts
}

// nobody says that the source names nobody, where somebody has to be. What a
// municipality has added has no source.
func (s scope) nobody(k Key, e *model.Entity) []Fact {
	if e.At.Local() {
		return nil
	}
	return []Fact{s.fact(k, Fact{Plain: s.say("maerke.ingen"), Badges: []Badge{{"aaben", s.say("maerke.aaben")}}})}
}

// localBadge marks what a municipality has done: "navn", "tilfoejet", "udeladt".
func (e *edition) localBadge(what string) Badge { return Badge{"lokal", e.say("maerke.lokal." + what)} }

func (e *edition) entityBadges(x *model.Entity) []Badge {
	out := e.marks(&x.Marks, x.At.Local())
	if x.At.Local() {
		out = append(out, e.localBadge("tilfoejet"))
	}
	if x.Draft {
		out = append(out, Badge{"kladde", e.say("maerke.kladde")})
	}
	return out
}

// itemBadges are an entity's in a list, where what is local is marked anyway.
func (e *edition) itemBadges(x *model.Entity) []Badge {
	return slices.DeleteFunc(e.entityBadges(x), func(b Badge) bool { return b.Kind == "lokal" })
}

// cadenceBadges are a cadence's force and basis. What a municipality does more
// often than the model asks is not the model's requirement: the badge says what is.
func (e *edition) cadenceBadges(c *model.Cadence) []Badge {
	national := e.nationalCadence(c)
	if national == nil {
		return e.marks(&c.Marks, c.At.Local())
	}
	key := "kadence.i-modellen." + cmp.Or(string(c.Force), "andet")
	return []Badge{{string(c.Force), e.say(key, "hvor-tit", e.often(national))}}
}

// cadenceNote is a cadence's force in words: "krav", "lokalt; krav i modellen:
// ca. hver måned", or "".
func (e *edition) cadenceNote(c *model.Cadence) string {
	var words []string
	if c.LocalOften() && !c.At.Local() {
		words = append(words, e.say("kadence.lokalt"))
	}
	for _, b := range e.cadenceBadges(c) {
		if b.Kind == string(c.Force) {
			words = append(words, lowerFirst(b.Text))
		}
	}
	return strings.Join(words, "; ")
}
