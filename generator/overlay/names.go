package overlay

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// optional are words that make a requirement sound like a choice.
var optional = regexp.MustCompile(`^(?:frivillig|valgfri|eventuel|uforpligtende|aflys|nedlag|overflødig)|^(?:evt|ikke|ingen|måske|hvis|behov|udgår)$`)

// rename checks a local name: it may not make a requirement optional, and
// nobody may take it for something else in the model.
func (p *protector) rename(at place, base, item *source.Node) *source.Node {
	name := strings.TrimSpace(item.Str)
	national := base.Get("navn")
	switch {
	case item.Kind != source.String:
		return item // the decoder reports it
	case !at.top || at.kind == nil || !at.kind.Renamable:
		p.refuse(item, base, at.path+" kan ikke få et lokalt navn", "Lokale navne er for "+renamable()+".")
		return nil
	case name == "" || national != nil && name == national.Str:
		p.nothing(item, national, "det lokale navn er tomt eller det samme som det nationale",
			"Slet linjen, eller skriv, hvad I kalder det.")
		return nil
	case !p.legible(item):
		return nil
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if at.guard == core && optional.MatchString(word) {
			p.refuse(item, base, fmt.Sprintf("%s er modellens kerne og kan ikke hedde \"%s\"", at.path, name),
				"Et lokalt navn må ikke gøre et krav frivilligt.")
			return nil
		}
	}
	_, id, _ := strings.Cut(at.path, ".")
	if e := namesake(p.national.All(), at.kind.Key, id, name, true); e != nil {
		p.refuse(item, e.At.Node(), fmt.Sprintf("\"%s\" er allerede et navn for %s \"%s\"", name, at.kind.One, e.ID),
			"Vælg et navn, der ikke kan forveksles.")
		return nil
	}
	if p.givenTwice(at.kind, item) {
		return nil
	}
	return item
}

// renamable lists the kinds that a municipality may have names of its own for.
func renamable() string {
	var many []string
	for _, k := range model.Schema().Kinds {
		if k.Renamable {
			many = append(many, strings.ToLower(k.Many))
		}
	}
	last := len(many) - 1
	return strings.Join(many[:last], ", ") + " og " + many[last]
}

// isNew decides whether an entity that the national edition lacks is a new one
// or a slip, and reports the slip.
func (p *protector) isNew(k *schema.Kind, n *source.Node) bool {
	if p.shared {
		return !p.takenShared(k, n)
	}
	ids := p.layer.national.IDs(p.national, "", k.Key)
	for _, other := range p.national.List(k) {
		if e := other.Base(); slices.Contains(e.Former, n.Key) {
			p.unsure(k)
			d := atKey(n, "ukendt-id", fmt.Sprintf("modellens %s \"%s\" hedder nu \"%s\"", k.One, n.Key, e.ID),
				fmt.Sprintf("Skriv [%s.%s].", k.Key, e.ID))
			d.Notes = []diag.Note{{Pos: e.At.Key("tidligere").Pos(), Message: "den nationale tekst"}}
			p.add(d)
			return false
		}
	}
	missing := missingKeys(k, n)
	if k.Addable && n.Kind == source.Table && len(missing) == 0 {
		return !p.taken(k, n)
	}
	p.unsure(k)
	near := diag.MenteDu(n.Key, ids)
	if k.Addable && near == "" && p.out.Lost.Files[n.KeyPos.File] {
		return false // what is missing may stand in what could not be read
	}
	help := ""
	if k.Addable || len(ids) > 0 {
		help = model.KnownIDs(k, ids)
	}
	if k.Addable {
		help = fmt.Sprintf("Er det nyt, så tilføj %s. %s", strings.Join(missing, ", "), help)
	} else {
		help = strings.TrimSpace("En kommune kan tilpasse modellens " + strings.ToLower(k.Many) +
			", men ikke tilføje nye. " + help)
	}
	p.add(atKey(n, "ukendt-id", fmt.Sprintf("modellen har ingen %s \"%s\"%s", k.One, n.Key, near), help))
	return false
}

// unsure notes that what points at a kind of the model may point at something
// that is reported already.
func (p *protector) unsure(k *schema.Kind) { p.out.Lost.Unsure.Note(p.national.ID, k.Key) }

// missingKeys lists the keys that a new entity of the kind lacks. What a source may
// leave open, such as who does a task, a municipality has to say of its own.
func missingKeys(k *schema.Kind, n *source.Node) []string {
	var out []string
	for _, key := range k.Type.Keys {
		asked := key.Policy == schema.AddOnly && slices.Contains(k.Begin, key.Name)
		if (key.Required || key.Name == "navn" || asked) && n.Get(key.Name) == nil {
			out = append(out, key.Name)
		}
	}
	return out
}

// taken refuses a new entity with the name of another of its kind.
func (p *protector) taken(k *schema.Kind, n *source.Node) bool {
	for _, name := range words(n) {
		if e := namesake(p.national.List(k), k.Key, "", name.Str, false); e != nil {
			p.refuse(name, e.At.Key("navn").Node(),
				fmt.Sprintf("modellen har allerede %s \"%s\" (%s)", k.One, e.Name, e.ID),
				"Tilpas den, eller giv jeres egen et andet navn.")
			return true
		}
	}
	if name := n.Get("navn"); name.Kind == source.String && p.givenTwice(k, name) {
		return true
	}
	return !p.legibleNames(n)
}

// takenShared refuses a new term or pack that would stand in a national one's
// place. A term also links where its words are met in the texts, so it may not
// be a word for what is core.
func (p *protector) takenShared(k *schema.Kind, n *source.Node) bool {
	const help = "Vælg et navn, der ikke kan forveksles."
	inTexts := k.Type.Key("boejninger") != nil
	for _, word := range words(n) {
		if !inTexts && word.Key != "navn" {
			continue
		}
		if national := p.root.Get(k.Key); national != nil {
			for _, other := range national.Items {
				if slices.ContainsFunc(words(other), func(w *source.Node) bool { return sameName(w.Str, word.Str) }) {
					p.refuse(word, other,
						fmt.Sprintf("\"%s\" er allerede navnet på %s \"%s\"", word.Str, k.One, other.Key), help)
					return true
				}
			}
		}
		if !inTexts {
			continue
		}
		for _, m := range p.layer.national.Models {
			if e := namesake(m.All(), "", "", word.Str, true); e != nil && (e.Core || e.Force == model.Required) {
				p.refuse(word, e.At.Node(),
					fmt.Sprintf("\"%s\" er modellens kerne (%s:%s) og kan ikke få en anden betydning", word.Str, e.Kind,
						e.ID), help)
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

// givenTwice refuses a name that the overlay has given to another of the kind,
// and notes it else.
func (p *protector) givenTwice(k *schema.Kind, name *source.Node) bool {
	key := k.Key + ":" + fold(name.Str)
	first := p.names[key]
	if first == nil {
		if p.names == nil {
			p.names = map[string]*source.Node{}
		}
		p.names[key] = name
		return false
	}
	d := atKey(name, "kernen-svaekkes",
		fmt.Sprintf("\"%s\" er allerede jeres navn for noget andet", strings.TrimSpace(name.Str)),
		"Vælg et navn, der ikke kan forveksles.")
	d.Notes = []diag.Note{{Pos: first.Pos, Message: "her er navnet givet"}}
	p.add(d)
	return true
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
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) ||
			unicode.In(r, unicode.Cf, unicode.Cc, unicode.Co) && r != '\u00ad' {
			p.add(diag.Diag{Severity: diag.Error, Code: "ulaeseligt-navn", Pos: name.Pos, Width: name.Width,
				Message: fmt.Sprintf("navnet har et tegn, der ikke kan ses eller ikke er et latinsk bogstav (U+%04X)",
					r),
				Help: "Skriv navnet forfra på tastaturet."})
			return false
		}
	}
	return true
}

// namesake finds the entity of a kind ("" for any) that goes by a name, other
// than the one whose id is but; aliases tells that its other names count too.
func namesake(list []model.Named, kind, but, name string, aliases bool) *model.Entity {
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

var folded sync.Map // name → string, cached since every new name is compared with every known one

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
