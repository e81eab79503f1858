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
var optional = regexp.MustCompile(`^(?:frivillig|valgfri|tilvalg|fakultativ|eventuel|uforpligtende|aflys|afskaf|nedlag|` +
	`sløjfe|droppe|overflødig|unødvendig|udgå)|` +
	`^(?:evt|ikke|ingen|måske|hvis|når|behov|ønske|muligt|nødvendigt|relevant)$`)

// rename checks a local name, or a form of it: it must not make a requirement sound
// optional, nor be confused with another name in the model. national is what it replaces;
// it may be nil.
func (p *protector) rename(at subject, base, national, item *source.Node) *source.Node {
	name := strings.TrimSpace(item.Str)
	switch {
	case item.Kind != source.String:
		return item // the decoder reports it
	case !at.top || at.kind == nil || !at.kind.Renamable:
		p.refuse(item, base, at.path+" kan ikke få et lokalt navn", "Lokale navne er for "+p.renamable()+".")
		return nil
	case blank(name) || national != nil && name == national.Str:
		p.warnNoEffect(item, national, "det lokale navn er tomt eller det samme som det nationale",
			"Slet linjen, eller skriv, hvad I kalder det.")
		return nil
	case !p.checkLegible(item):
		return nil
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if at.guard == core && optional.MatchString(word) {
			p.refuse(item, base, fmt.Sprintf("%s %s. Det kan ikke hedde \"%s\"", at.path, at.why, name),
				"Slet linjen, eller vælg et navn, der ikke gør et krav frivilligt.")
			return nil
		}
	}
	if said, _ := model.Spoken(name); at.guard == core && len(said) > 0 {
		p.refuse(item, base, fmt.Sprintf("%s %s, og \"%s\" siger, hvor tit", at.path, at.why, name),
			"Slet linjen, eller vælg et navn uden. Hvor tit skrives i en kadence.")
		return nil
	}
	_, id, _ := strings.Cut(at.path, ".")
	if e := namesake(p.national.All(), at.kind.Key, id, name, true); e != nil {
		p.refuse(item, e.At.Node(), fmt.Sprintf("\"%s\" er allerede et navn for %s \"%s\"", name, at.kind.One, e.ID),
			confusable)
		return nil
	}
	if p.claimName(at.path, at.kind, item) {
		return nil
	}
	return item
}

// renamable lists the kinds that a municipality may rename, in Danish.
func (e *Editions) renamable() string {
	var many []string
	for _, k := range e.set().Kinds {
		if k.Renamable {
			many = append(many, strings.ToLower(k.Many))
		}
	}
	last := len(many) - 1
	return strings.Join(many[:last], ", ") + " og " + many[last]
}

// isNew decides whether an entity that the national edition lacks is a new one or a
// misspelt id, and reports the latter.
func (p *protector) isNew(k *schema.Kind, n *source.Node) bool {
	if p.shared {
		return !p.sharedNameTaken(k, n)
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
		return !p.nameTaken(k, nil, n)
	}
	p.unsure(k)
	near := diag.MenteDu(n.Key, ids)
	if k.Addable && near == "" && p.out.Lost.Files[n.KeyPos.File] {
		return false // the missing keys may be in the part that could not be read
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

// idTaken refuses a table that is whole and has a name of its own, but the id of a national
// entity that can't be changed: it must be meant as another. It reports whether it did.
func (p *protector) idTaken(at subject, base, over *source.Node) bool {
	was, name := base.Get("navn"), over.Get("navn")
	if at.guard == free || !at.kind.Addable || len(over.Items) < 2 || was == nil || name == nil ||
		name.Kind != source.String || sameName(was.Str, name.Str) || len(missingKeys(at.kind, over)) > 0 {
		return false
	}
	id := source.Slug(name.Str)
	if id == "" || p.root.Get(at.kind.Key).Get(id) != nil {
		id = over.Key + "-2"
	}
	help := fmt.Sprintf("Er det jeres eget, så skriv et andet id: [%s.%s].", at.kind.Key, id)
	if at.kind.Renamable {
		help += fmt.Sprintf(" Er det modellens, så skriv kun, hvad I kalder det: lokalt_navn = %q.", name.Str)
	}
	d := atKey(over, "id-optaget", fmt.Sprintf("id'et \"%s\" er taget: det er modellens %s \"%s\", som %s", over.Key,
		at.kind.One, was.Str, at.why), help)
	d.Notes = []diag.Note{{Pos: base.KeyPos, Message: "den nationale tekst"}}
	p.add(d)
	return true
}

// unsure records that entities of a kind may be missing because of an error that is
// reported already, so that references to them are not reported as well.
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

// nameTaken refuses an entity to which the overlay gives the name of another of its kind.
// base is the national one, nil for a new one. It reports whether it did.
func (p *protector) nameTaken(k *schema.Kind, base, n *source.Node) bool {
	help := "Tilpas den, eller giv jeres egen et andet navn."
	var known []*source.Node
	if base != nil {
		help, known = confusable, words(base)
	}
	for _, name := range words(n) {
		if slices.ContainsFunc(known, func(w *source.Node) bool { return sameName(w.Str, name.Str) }) {
			continue
		}
		if e := namesake(p.national.List(k), k.Key, n.Key, name.Str, false); e != nil {
			p.refuse(name, e.At.Key("navn").Node(),
				fmt.Sprintf("modellen har allerede %s \"%s\" (%s)", k.One, e.Name, e.ID), help)
			return true
		}
	}
	if name := n.Get("navn"); name != nil && name.Kind == source.String && p.claimName(k.Key+"."+n.Key, k, name) {
		return true
	}
	return !p.checkNames(n)
}

// confusable is the advice for a name that another thing has.
const confusable = "Vælg et navn, der ikke kan forveksles."

// sharedNameTaken refuses a new term or pack with the name of a national one. A term is
// also linked wherever the texts mention it, so it must not be a word for something
// that is core. It reports whether it refused.
func (p *protector) sharedNameTaken(k *schema.Kind, n *source.Node) bool {
	inTexts := k.Type.Key("boejninger") != nil
	for _, word := range words(n) {
		if !inTexts && word.Key != "navn" {
			continue
		}
		if national := p.root.Get(k.Key); national != nil {
			for _, other := range national.Items {
				if slices.ContainsFunc(words(other), func(w *source.Node) bool { return sameName(w.Str, word.Str) }) {
					p.refuse(word, other,
						fmt.Sprintf("\"%s\" er allerede navnet på %s \"%s\"", word.Str, k.One, other.Key), confusable)
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
						e.ID), confusable)
				return true
			}
		}
	}
	return !p.checkNames(n)
}

// words lists the names, aliases and inflections in a table.
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

// claimName records a name that the overlay uses for the entity at a path. It refuses a
// name that the overlay uses already for another of the kind, and reports whether it did.
func (p *protector) claimName(path string, k *schema.Kind, name *source.Node) bool {
	key := k.Key + ":" + fold(name.Str)
	first, known := p.names[key]
	switch {
	case !known:
		if p.names == nil {
			p.names = map[string]claim{}
		}
		p.names[key] = claim{path, name}
		return false
	case first.path == path:
		return false
	}
	d := atKey(name, "kernen-svaekkes",
		fmt.Sprintf("\"%s\" er allerede jeres navn for noget andet", strings.TrimSpace(name.Str)),
		confusable)
	d.Notes = []diag.Note{{Pos: first.name.Pos, Message: "her er navnet givet"}}
	p.add(d)
	return true
}

// claim is a name that an overlay uses, and for what.
type claim struct {
	path string
	name *source.Node
}

// checkNames reports whether all names in a new table pass checkLegible.
func (p *protector) checkNames(n *source.Node) bool {
	ok := true
	for _, w := range words(n) {
		ok = p.checkLegible(w) && ok
	}
	return ok
}

// checkLegible refuses names with invisible characters or letters that look like Latin
// ones. It reports whether the name passes.
func (p *protector) checkLegible(name *source.Node) bool {
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

// namesake finds an entity of a kind ("" for any) with a given name, except the one
// with the id but. If aliases is set, aliases count as names.
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

// sameName reports whether readers would confuse two names.
func sameName(a, b string) bool { return fold(a) != "" && fold(a) == fold(b) }

var folded sync.Map // name → string, cached: every new name is compared with all known ones

// fold strips a name of case, spaces, accents and punctuation.
func fold(name string) string {
	if known, ok := folded.Load(name); ok {
		return known.(string)
	}
	f := strings.ReplaceAll(source.Slug(norm.NFC.String(name)), "-", "")
	folded.Store(name, f)
	return f
}

// blank reports whether a text has neither letters nor digits.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
