package book

import (
	"crypto/sha256"
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
	"modelhaandbog/generator/release"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/wording"
)

// Texts keeps the parsed Markdown of TOML values, so that a text is parsed
// once however many editions and pages show it. It is safe for concurrent use.
type Texts struct {
	shared  *Texts // those of the national edition; nil for itself
	kinds   *schema.Set
	mu      sync.Mutex
	values  map[string]*value
	docs    map[textKey]*doc
	changes map[toldKey]*told
	round   int

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

// toldKey is what sections about a release's changes are made from. The changes are known
// by the first of them: what is frozen is read once.
type toldKey struct {
	first *release.Change
	model string
	page  string // of those about the model
	names [sha256.Size]byte
	words *wording.Words
}

type told struct {
	sections []Section
	round    int
}

// told gives the sections about a release's changes, made once.
func (t *Texts) told(key toldKey, write func() []Section) []Section {
	t.mu.Lock()
	x := t.changes[key]
	t.mu.Unlock()
	if x == nil {
		x = &told{sections: write()}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	x.round = t.round
	t.changes[key] = x
	return x.sections
}

// value is a text that may stand in several places.
type value struct {
	once   sync.Once // parses
	kinds  *schema.Set
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
	return &Texts{kinds: model.Schema(), values: map[string]*value{}, docs: map[textKey]*doc{}, changes: map[toldKey]*told{}, keys: map[string]string{},
		danish: collate.New(language.Danish, collate.IgnoreCase)}
}

// ForEdition makes a store for a municipality's edition. It keeps the municipality's
// own texts itself, so that they are forgotten with the edition.
func (t *Texts) ForEdition() *Texts {
	return &Texts{shared: t, kinds: t.kinds, values: map[string]*value{}, docs: map[textKey]*doc{}, changes: map[toldKey]*told{}}
}

// remembered is for how many rounds a text is kept that none of them asks for.
const remembered = 2

// Of sets the kinds that texts may refer to. Others make other texts.
func (t *Texts) Of(kinds *schema.Set) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kinds != kinds {
		t.kinds = kinds
		clear(t.docs)
		clear(t.values)
	}
}

// NextRound begins a round and forgets texts that are long unasked for.
func (t *Texts) NextRound() {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.DeleteFunc(t.docs, func(_ textKey, d *doc) bool { return t.round-d.round >= remembered })
	maps.DeleteFunc(t.changes, func(_ toldKey, x *told) bool { return t.round-x.round >= remembered })
	maps.DeleteFunc(t.values, func(_ string, v *value) bool { return t.round-v.round >= remembered })
	t.glossaries = slices.DeleteFunc(t.glossaries, func(g glossary) bool { return t.round-g.round >= remembered })
	if len(t.keys) > 50_000 {
		clear(t.keys)
	}
	t.round++
}

// collation gives a string's sort key by the Danish alphabet.
func (t *Texts) collation(s string) string {
	if t.shared != nil {
		return t.shared.collation(s)
	}
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
	if t.shared != nil {
		if g := t.shared.known(list); g != nil {
			return g
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	i := t.indexOf(list)
	if i < 0 {
		i = len(t.glossaries)
		t.glossaries = append(t.glossaries, glossary{list: list, set: guide.NewTermSet(list)})
	}
	t.glossaries[i].round = t.round
	return t.glossaries[i].set
}

func (t *Texts) indexOf(list []guide.Term) int {
	return slices.IndexFunc(t.glossaries, func(g glossary) bool { return reflect.DeepEqual(g.list, list) })
}

func (t *Texts) known(list []guide.Term) *guide.TermSet {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := t.indexOf(list); i >= 0 {
		return t.glossaries[i].set
	}
	return nil
}

func (t *Texts) parse(pos diag.Pos, text string) (*guide.Doc, []diag.Diag) {
	d := t.doc(textKey{pos, text})
	d.once.Do(func() {
		d.value.once.Do(func() { d.value.parsed = guide.ParseValue(text, GuideOptions(d.value.kinds)) })
		d.doc, d.diags = d.value.parsed.At(pos)
	})
	return d.doc, d.diags
}

// referenceKinds are what a link in guidance may name.
func referenceKinds(set *schema.Set) []string {
	return append([]string{"model", "lokal"}, set.Keys(func(*schema.Kind) bool { return true })...)
}

// GuideOptions are the options that all guidance of a handbook is parsed with.
func GuideOptions(set *schema.Set) guide.Options { return guide.Options{Kinds: referenceKinds(set)} }

func (t *Texts) doc(key textKey) *doc {
	if t.shared != nil && !strings.HasPrefix(key.pos.File, "content/kommuner/") {
		return t.shared.doc(key)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	d := t.docs[key]
	if d == nil {
		v := t.values[key.value]
		if v == nil {
			v = &value{kinds: t.kinds}
			t.values[key.value] = v
		}
		d = &doc{value: v}
		t.docs[key] = d
	}
	d.round, d.value.round = t.round, t.round
	return d
}
