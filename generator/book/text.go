package book

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// Texts keeps the parsed Markdown of TOML values, so that a text is parsed
// once however many editions and pages show it. It is safe for concurrent use.
type Texts struct {
	mu     sync.Mutex
	values map[string]*value
	docs   map[textKey]*doc
	round  int

	glossaries []glossary

	danish *collate.Collator
	keys   map[string]string // sort keys by the Danish alphabet
}

// glossary is a set of terms, and what it was made from. Editions with the same
// terms have the same set, by which their pages are known to be equal.
type glossary struct {
	list  []guide.Term
	set   *guide.TermSet
	round int
}

// value is a text that may stand in several places.
type value struct {
	once   sync.Once // parses
	parsed *guide.Value
	round  int
}

type textKey struct {
	pos   diag.Pos
	value string
}

// doc is a text in its place. Editions that show it share it, by which their
// pages are known to be equal.
type doc struct {
	once  sync.Once // places
	value *value
	doc   *guide.Doc
	diags []diag.Diag
	round int
}

// NewTexts makes an empty store.
func NewTexts() *Texts {
	return &Texts{values: map[string]*value{}, docs: map[textKey]*doc{}, keys: map[string]string{}, danish: collate.New(language.Danish, collate.IgnoreCase)}
}

// remembered is for how many rounds a text is kept that none of them asks for.
const remembered = 2

// NextRound begins a round and forgets texts that are long unasked for.
func (t *Texts) NextRound() {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.DeleteFunc(t.docs, func(_ textKey, d *doc) bool { return t.round-d.round >= remembered })
	maps.DeleteFunc(t.values, func(_ string, v *value) bool { return t.round-v.round >= remembered })
	t.glossaries = slices.DeleteFunc(t.glossaries, func(g glossary) bool { return t.round-g.round >= remembered })
	if len(t.keys) > 50_000 {
		clear(t.keys)
	}
	t.round++
}

// collation gives a string's sort key by the Danish alphabet.
func (t *Texts) collation(s string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	key, ok := t.keys[s]
	if !ok {
		var buf collate.Buffer
		key = string(t.danish.KeyFromString(&buf, s))
		t.keys[s] = key
	}
	return key
}

// glossary gives the set of terms, the same one for every equal list.
func (t *Texts) glossary(list []guide.Term) *guide.TermSet {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.glossaries, func(g glossary) bool { return reflect.DeepEqual(g.list, list) })
	if i < 0 {
		i = len(t.glossaries)
		t.glossaries = append(t.glossaries, glossary{list: list, set: guide.NewTermSet(list)})
	}
	t.glossaries[i].round = t.round
	return t.glossaries[i].set
}

func (t *Texts) parse(pos diag.Pos, text string, opt guide.Options) (*guide.Doc, []diag.Diag) {
	d := t.doc(textKey{pos, text})
	d.once.Do(func() {
		d.value.once.Do(func() { d.value.parsed = guide.ParseValue(text, opt) })
		d.doc, d.diags = d.value.parsed.At(pos)
	})
	return d.doc, d.diags
}

func (t *Texts) doc(key textKey) *doc {
	t.mu.Lock()
	defer t.mu.Unlock()
	d := t.docs[key]
	if d == nil {
		v := t.values[key.value]
		if v == nil {
			v = &value{}
			t.values[key.value] = v
		}
		d = &doc{value: v}
		t.docs[key] = d
	}
	d.round, d.value.round = t.round, t.round
	return d
}

// referenceKinds are what a link in guidance may name.
func referenceKinds() []string {
	return append([]string{"model", "lokal"}, model.Schema().Keys(func(*schema.Kind) bool { return true })...)
}

// GuideOptions are the options that all guidance is parsed with.
func GuideOptions() guide.Options { return guide.Options{Kinds: referenceKinds()} }

// text resolves a TOML text for this edition; in is the model it belongs to.
func (p *planner) text(t model.Text) Text {
	if t.Empty() {
		return Text{}
	}
	doc, diags := p.texts.parse(t.At.Pos(), t.Value, p.guideOptions)
	p.diags = append(p.diags, diags...)
	return p.resolved(doc, t.At)
}

func (p *planner) textList(list []model.Text) []Text {
	var out []Text
	for _, t := range list {
		out = append(out, p.text(t))
	}
	return out
}

func (p *planner) resolved(doc *guide.Doc, at model.At) Text {
	return Text{Doc: doc, Refs: p.refs(doc), Local: at.Local(), National: at.National(), Pos: at.Pos()}
}

func (p *planner) refs(doc *guide.Doc) []guide.Resolved {
	var out []guide.Resolved
	for _, ref := range doc.References() {
		out = append(out, p.reference(ref))
	}
	return out
}

// reference says what a cross-reference means in this edition.
func (p *planner) reference(ref guide.Reference) guide.Resolved {
	r := ref.Ref
	if r.Kind == "lokal" {
		return p.localValue(ref)
	}
	target := p.h.Lookup(p.model, r.Model, r.Kind, r.ID)
	if target == nil {
		if p.h.Hidden(r.Model) || r.Kind == "model" && p.h.Hidden(r.ID) {
			return guide.Resolved{Text: p.nationalName(r)}
		}
		p.unknown(ref)
		return guide.Resolved{Text: r.ID}
	}
	p.mention(target)
	link := p.link(target)
	if r.Anchor != "" && link.Path != "" {
		p.anchors = append(p.anchors, wanted{link.Path, r.Anchor, ref})
		link.Anchor = r.Anchor
	}
	return guide.Resolved{Href: href(link), Text: link.Text}
}

// nationalName is what something is called whose model this edition leaves out.
func (p *planner) nationalName(r guide.Ref) string {
	if nat := p.opt.National; nat != nil {
		if n := nat.Handbook.Lookup(nil, r.Model, r.Kind, r.ID); n != nil {
			return n.Base().Label()
		}
	}
	return r.ID
}

func href(l Link) string {
	if l.URL != "" || l.Anchor == "" {
		return l.Path + l.URL
	}
	return l.Path + "#" + l.Anchor
}

// localValue gives a municipality's own answer, or the author's words.
func (p *planner) localValue(ref guide.Reference) guide.Resolved {
	p.b.NamesEdition = p.b.NamesEdition || ref.Ref.ID == "kommune" || ref.Ref.ID == "kommunens"
	switch ref.Ref.ID {
	case "kommune":
		if p.b.Slug != "" {
			return guide.Resolved{Text: p.b.Name, Replace: true, Class: "lokal"}
		}
		return guide.Resolved{Text: "kommunen"}
	case "kommunens":
		if p.b.Slug != "" {
			return guide.Resolved{Text: p.b.Genitive, Replace: true, Class: "lokal"}
		}
		return guide.Resolved{Text: "kommunens"}
	}
	target := p.h.Lookup(p.model, ref.Ref.Model, "aftale", ref.Ref.ID)
	a, ok := target.(*model.Agreement)
	if !ok {
		p.unknown(guide.Reference{Ref: guide.Ref{Model: ref.Ref.Model, Kind: "aftale", ID: ref.Ref.ID}, Pos: ref.Pos, Width: ref.Width})
		return guide.Resolved{Text: ref.Ref.ID}
	}
	link := p.link(a)
	if a.Answer.Empty() {
		return guide.Resolved{Href: href(link), Text: a.Label()}
	}
	return guide.Resolved{Href: href(link), Text: plain(p.text(a.Answer)), Replace: true, Class: "lokal"}
}

func (p *planner) unknown(ref guide.Reference) {
	r := ref.Ref
	if p.h.Unsure(p.model, r.Model, r.Kind) {
		return
	}
	one, shared := r.Kind, r.Kind == "model"
	if k := model.Schema().Kind(r.Kind); k != nil {
		one, shared = k.One, k.Shared
	}
	ids := p.h.IDs(p.model, r.Model, r.Kind)
	d := diag.Diag{Severity: diag.Error, Code: "ukendt-reference", Pos: ref.Pos, Width: ref.Width,
		Message: fmt.Sprintf("ukendt %s \"%s\"%s", one, r.ID, diag.MenteDu(r.ID, ids))}
	switch {
	case r.Model != "" && p.h.ModelByID(r.Model) == nil:
		models := p.h.IDs(nil, "", "model")
		d.Message, d.Help = fmt.Sprintf("ukendt model \"%s\"%s", r.Model, diag.MenteDu(r.Model, models)), "Modellerne er: "+strings.Join(models, ", ")+"."
	case p.model == nil && r.Model == "" && !shared:
		d.Message = fmt.Sprintf("henvisningen \"%s:%s\" mangler modellens id", r.Kind, r.ID)
		d.Help = fmt.Sprintf("Skriv <model>/%s:%s, fordi teksten ikke hører til en bestemt model.", r.Kind, r.ID)
	case len(ids) == 0:
		d.Help = fmt.Sprintf("Der er ingen [%s.<id>] her.", r.Kind)
	case len(ids) <= 12:
		d.Help = "Der findes: " + strings.Join(ids, ", ") + "."
	}
	p.diags = append(p.diags, d)
}

// resolver gives back the names that a text's references were resolved to.
func resolver(t Text) guide.Resolve {
	refs := t.Doc.References()
	return func(r guide.Reference) guide.Resolved {
		if i := slices.Index(refs, r); i >= 0 && i < len(t.Refs) {
			return t.Refs[i]
		}
		return guide.Resolved{Text: r.Ref.ID}
	}
}

// plain is a text without markup.
func plain(t Text) string {
	if t.Empty() {
		return ""
	}
	return t.Doc.Text(resolver(t))
}

// Plain is a text's words, without markup.
func (t Text) Plain() string { return plain(t) }

// constant is a sentence of the generator's own, as a text.
func (p *planner) constant(s string) Text {
	if s == "" {
		return Text{}
	}
	doc, _ := p.texts.parse(diag.Pos{}, s, p.guideOptions)
	return Text{Doc: doc}
}
