package model

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// renamed are the kinds that a municipality may have names of its own for.
var renamed = []string{"rolle", "moede", "omraade", "tjekliste"}

// optional are words that make a requirement sound like a choice.
var optional = regexp.MustCompile(`^(?:frivillig|valgfri|eventuel|uforpligtende|aflys|nedlag|overflødig)|^(?:evt|ikke|ingen|måske|hvis|behov|udgår)$`)

// rename checks a local name: it may not make a requirement optional, and
// nobody may take it for something else in the model.
func (p *protector) rename(kind, path string, base, item *source.Node, core bool) *source.Node {
	name := strings.TrimSpace(item.Str)
	national := base.Get("navn")
	switch {
	case item.Kind != source.String:
		return item // the decoder reports it
	case strings.Count(path, ".") > 1 || !slices.Contains(renamed, kind):
		p.refuse(item, base, path+" kan ikke få et lokalt navn", "Lokale navne er for roller, møder, områder og tjeklister.")
		return nil
	case name == "" || national != nil && name == national.Str:
		p.nothing(item, national, "det lokale navn er tomt eller det samme som det nationale", "Slet linjen, eller skriv, hvad I kalder det.")
		return nil
	case !p.legible(item):
		return nil
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if core && optional.MatchString(word) {
			p.refuse(item, base, fmt.Sprintf("%s er modellens kerne og kan ikke hedde \"%s\"", path, name), "Et lokalt navn må ikke gøre et krav frivilligt.")
			return nil
		}
	}
	_, id, _ := strings.Cut(path, ".")
	if e := namesake(p.national.All(), kind, id, name, true); e != nil {
		p.refuse(item, e.At.node, fmt.Sprintf("\"%s\" er allerede et navn for %s \"%s\"", name, kindName(kind), e.ID), "Vælg et navn, der ikke kan forveksles.")
		return nil
	}
	if first := p.given(kind, item); first != nil {
		p.refuse(item, first, fmt.Sprintf("\"%s\" er allerede jeres navn for noget andet", name), "Vælg et navn, der ikke kan forveksles.")
		return nil
	}
	return item
}

// taken refuses a new entity with the name of another of its kind.
func (p *protector) taken(k KindInfo, n *source.Node) bool {
	for _, name := range words(n) {
		if e := namesake(p.national.All(), k.Key, "", name.Str, false); e != nil {
			p.refuse(name, e.At.Key("navn").node, fmt.Sprintf("modellen har allerede %s \"%s\" (%s)", k.One, e.Name, e.ID), "Tilpas den, eller giv jeres egen et andet navn.")
			return true
		}
	}
	if name := n.Get("navn"); name.Kind == source.String {
		if first := p.given(k.Key, name); first != nil {
			p.refuse(name, first, fmt.Sprintf("\"%s\" er allerede jeres navn for noget andet", name.Str), "Vælg et navn, der ikke kan forveksles.")
			return true
		}
	}
	return !p.legibleNames(n)
}

// takenShared refuses a new term or pack that would stand in a national one's
// place. A term also links where its words are met in the texts, so it may not
// be a word for what is core.
func (p *protector) takenShared(kind string, n *source.Node) bool {
	for _, word := range words(n) {
		if kind == "pakke" && word.Key != "navn" {
			continue
		}
		for _, other := range items(p.root.Get(kind)) {
			if slices.ContainsFunc(words(other), func(w *source.Node) bool { return sameName(w.Str, word.Str) }) {
				p.refuse(word, other, fmt.Sprintf("\"%s\" er allerede navnet på %s \"%s\"", word.Str, kindName(kind), other.Key), "")
				return true
			}
		}
		if kind != "begreb" {
			continue
		}
		for _, m := range p.n.Models {
			if e := namesake(m.All(), "", "", word.Str, true); e != nil && (e.Core || e.Force == Required) {
				p.refuse(word, e.At.node, fmt.Sprintf("\"%s\" er modellens kerne (%s:%s) og kan ikke få en anden betydning", word.Str, e.Kind, e.ID), "")
				return true
			}
		}
	}
	return !p.legibleNames(n)
}

// words lists the names, other names and inflections that a table gives.
func words(n *source.Node) []*source.Node {
	var out []*source.Node
	for _, key := range []string{"navn", "kortnavn", "alias", "boejninger"} {
		v := n.Get(key)
		switch {
		case v == nil:
		case v.Kind == source.String:
			out = append(out, v)
		case v.Kind == source.Array:
			for _, item := range v.Items {
				if item.Kind == source.String {
					w := *item
					w.Key, w.KeyPos = key, item.Pos
					out = append(out, &w)
				}
			}
		}
	}
	return out
}

// given notes a name that the overlay gives; it returns where the overlay has
// given it before, to another of the kind.
func (p *protector) given(kind string, name *source.Node) *source.Node {
	key := kind + ":" + fold(name.Str)
	first := p.names[key]
	if first == nil {
		if p.names == nil {
			p.names = map[string]*source.Node{}
		}
		p.names[key] = name
	}
	return first
}

// legibleNames reports, and tells, whether all of a new table's names can be read.
func (p *protector) legibleNames(n *source.Node) bool {
	ok := true
	for _, w := range words(n) {
		ok = p.legible(w) && ok
	}
	return ok
}

// legible refuses names with what can't be seen, or looks like another letter.
func (p *protector) legible(name *source.Node) bool {
	for _, r := range name.Str {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) || unicode.In(r, unicode.Cf, unicode.Cc, unicode.Co) && r != '\u00ad' {
			p.diags = append(p.diags, diag.Diag{Severity: diag.Error, Code: "ulaeseligt-navn", Pos: name.Pos, Width: name.Width,
				Message: fmt.Sprintf("navnet har et tegn, der ikke kan ses eller ikke er et latinsk bogstav (U+%04X)", r), Help: "Skriv navnet forfra på tastaturet."})
			return false
		}
	}
	return true
}

// namesake finds the entity of a kind ("" for any) that goes by a name, other
// than the one whose id is but; aliases tells that its other names count too.
func namesake(list []Named, kind, but, name string, aliases bool) *Entity {
	for _, n := range list {
		e := n.Base()
		if kind != "" && e.Kind != kind || e.ID == but {
			continue
		}
		known := []string{e.Name, e.Menu}
		if aliases {
			known = append(known, e.Alias...)
		}
		if slices.ContainsFunc(known, func(s string) bool { return sameName(s, name) }) {
			return e
		}
	}
	return nil
}

// sameName tells whether a reader would take two names for one.
func sameName(a, b string) bool { return fold(a) != "" && fold(a) == fold(b) }

var folded sync.Map // name → string; a memo, since every new name is held against every known one

// fold is what is left of a name without case, spaces, accents and signs.
func fold(name string) string {
	if known, ok := folded.Load(name); ok {
		return known.(string)
	}
	f := strings.ReplaceAll(source.Slug(norm.NFC.String(name)), "-", "")
	folded.Store(name, f)
	return f
}

// blank reports whether a text has nothing to read in it.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
