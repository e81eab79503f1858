// Package overlay merges a municipality's tables into the national ones. The linked
// national edition and the parsed files of a municipality's folder come in; a linked
// edition, its changes, and diagnostics at the municipality's lines go out. The
// descriptors of package schema decide, key by key, what a municipality may change;
// this package applies them.
//
// It refuses to know pages.
package overlay

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Overlay is one municipality's folder. Tables is called when the municipality's
// edition is asked for, and must be safe for concurrent use.
type Overlay struct {
	Slug   string
	Dir    string
	Tables func() Tables
}

// Tables are the parsed files of an overlay.
type Tables struct {
	Own      []*source.Node // kommune.toml and other shared tables
	Models   []Folder
	Others   []File       // the logo, and what lies beside guidance
	Reviewed *source.Node // gennemgaaet.toml, or nil
}

// Folder is the part of an overlay for one model.
type Folder struct {
	model.Folder
	Guides []Guide
}

// Guide is a guidance file: what it belongs to, and its text, to detect when it has
// changed.
type Guide struct {
	File string
	Path string // "model/fase.faelles-maal"
	Text string
}

// File is a file that is neither tables nor a model's guidance.
type File struct {
	File string
	Name string // in the municipality's folder
	Sum  string // of its bytes
}

// Editions makes the municipalities' editions.
type Editions struct {
	national *model.National
	guides   map[string]Guide // national guidance by its path
	overlays map[string]Overlay
	order    []string

	mu   sync.Mutex
	uses map[*model.Model]map[model.Named][]*model.Entity
}

// New prepares the municipalities' editions, and reports folders of municipalities that
// the register lacks.
func New(n *model.National, guides []Guide, overlays []Overlay) (*Editions, []diag.Diag) {
	e := &Editions{national: n, guides: map[string]Guide{}, overlays: map[string]Overlay{},
		uses: map[*model.Model]map[model.Named][]*model.Entity{}}
	for _, g := range guides {
		e.guides[g.Path] = g
	}
	var diags []diag.Diag
	ids := n.IDs(nil, "", "kommune")
	for _, o := range overlays {
		e.overlays[o.Slug] = o
		if !slices.Contains(ids, o.Slug) && !n.Unsure(nil, "", "kommune") {
			diags = append(diags, diag.Diag{Severity: diag.Error, Code: "ukendt-kommune", Pos: diag.Pos{File: o.Dir},
				Message: fmt.Sprintf("mappen hører ikke til en kendt kommune%s", diag.MenteDu(o.Slug, ids)),
				Help:    "Mappens navn skal være kommunens id i content/kommuner.toml."})
		}
	}
	for _, m := range n.Register() {
		if _, ok := e.overlays[m.ID]; ok {
			e.order = append(e.order, m.ID)
		}
	}
	return e, diags
}

// Slugs lists the municipalities that have a folder, in the register's order.
func (e *Editions) Slugs() []string { return e.order }

// Edition is one municipality's edition and its differences from the national one.
type Edition struct {
	Handbook *model.Handbook
	Changes  []Change
	Drift    []Drift // national texts under the overlay that changed since its last review
	Diags    []diag.Diag
}

// Edition makes the edition of one municipality. It shares everything that the overlay
// does not change with the national edition: a model without local changes is the same
// *Model. It returns nil for a slug that the register lacks.
func (e *Editions) Edition(slug string) *Edition {
	o, ok := e.overlays[slug]
	if !ok {
		h, _ := e.national.Edition(model.Overlaid{ID: slug, Lost: e.national.Lost})
		if h == nil {
			return nil
		}
		return &Edition{Handbook: h}
	}
	l := layer{Editions: e, o: o, files: o.Tables(), out: model.Overlaid{ID: slug, Lost: e.national.Lost.Clone()}}
	if !l.own() {
		return nil
	}
	l.models()
	h, diags := e.national.Edition(l.out)
	l.diags = append(l.diags, l.onlyLocal(diags)...)
	made := &Edition{Handbook: h, Changes: changes(h, e.national.Tables.Models)}
	made.Drift = l.drift(h)
	made.Diags = l.diags
	return made
}

// layer is one municipality's edition under construction.
type layer struct {
	*Editions
	o     Overlay
	files Tables
	out   model.Overlaid
	diags []diag.Diag
}

// set describes the kinds that there can be.
func (e *Editions) set() *schema.Set { return e.national.Schema() }

func (l *layer) add(d diag.Diag) { l.diags = append(l.diags, d) }

// atKey is an error at the key of a node.
func atKey(n *source.Node, code, message, help string) diag.Diag {
	return diag.Diag{Severity: diag.Error, Code: code, Pos: n.KeyPos, Width: len([]rune(n.Key)), Message: message,
		Help: help}
}

// own merges kommune.toml and the overlay's shared tables into the national ones. It
// returns false for a municipality that the register lacks.
func (l *layer) own() bool {
	shared := l.national.Tables.Shared
	base := shared.Get("kommune").Get(l.o.Slug)
	if base == nil {
		return false
	}
	root, diags := l.out.Lost.Combine("", l.o.Dir, l.files.Own,
		func(*source.Node) string { return "Skriv [kommune] på en linje over den." })
	l.diags = append(l.diags, diags...)
	over := &source.Node{Kind: source.Table, Pos: root.Pos}
	var mine *source.Node
	for _, n := range root.Items {
		k := l.set().Kind(n.Key)
		switch {
		case n.Key == "kommune":
			mine = n
		case k == nil || !k.Shared || !k.Addable:
			own := model.Schema().Keys(func(k *schema.Kind) bool { return k.Shared && k.Addable })
			l.add(atKey(n, "forkert-sted", fmt.Sprintf("[%s] hører ikke til her", n.Key),
				"I en kommunes mappe kan filerne have [kommune], "+headers(own)+
					"; modellernes tabeller står i modeller/<model>/."))
		default:
			over.Items = append(over.Items, n)
		}
	}
	l.out.Own = Merge(base, l.register(base, mine))
	p := protector{layer: l, root: shared, shared: true}
	if over = p.file(over); len(over.Items) > 0 {
		l.out.Tables.Shared = Merge(shared, over)
	}
	return true
}

func headers(kinds []string) string {
	var out []string
	for _, k := range kinds {
		out = append(out, "["+k+".…]")
	}
	return strings.Join(out, ", ")
}

var (
	mailPattern  = regexp.MustCompile(`^[^\s@:<>]+@[^\s@:<>]+\.[^\s@:<>]+$`)
	phonePattern = regexp.MustCompile(`^\+?[0-9][0-9 ]{6,}$`)
)

// register removes from kommune.toml the keys that only the register may have, and
// checks the contacts.
func (l *layer) register(base, mine *source.Node) *source.Node {
	if mine == nil || mine.Kind != source.Table {
		return mine
	}
	var own []string // the keys that a municipality may write
	for _, k := range model.Schema().Municipal.Keys {
		if k.Policy == schema.Answer && model.Schema().Common.Key(k.Name) == nil {
			own = append(own, k.Name)
		}
	}
	p := protector{layer: l, root: l.national.Tables.Shared, shared: true}
	out := *mine
	out.Items = nil
	for _, item := range mine.Items {
		switch {
		case slices.Contains(own, item.Key):
			out.Items = append(out.Items, item)
		case model.Schema().Municipal.Key(item.Key) != nil:
			p.refuse(item, base.Get(item.Key),
				fmt.Sprintf("\"%s\" står i registret, content/kommuner.toml, og kan ikke ændres her", item.Key),
				"Slet linjen.")
		default:
			l.add(atKey(item, "ukendt-noegle",
				fmt.Sprintf("ukendt nøgle \"%s\" i [kommune]%s", item.Key, diag.MenteDu(item.Key, own)),
				"Brug en af disse nøgler: "+strings.Join(own, ", ")+"."))
		}
	}
	if v := mine.Get("gennemgaas"); v != nil {
		if _, err := time.Parse(time.DateOnly, v.Str); err != nil {
			l.add(diag.Diag{Severity: diag.Error, Code: "ugyldig-dato", Pos: v.Pos, Width: v.Width,
				Message: fmt.Sprintf("\"%s\" er ikke en dato", v.Str), Help: "Skriv datoen som ÅÅÅÅ-MM-DD."})
		}
	}
	if contacts := mine.Get("kontakt"); contacts != nil && contacts.Kind == source.Table {
		for _, c := range contacts.Items {
			l.contact(c)
		}
	}
	return &out
}

func (l *layer) contact(n *source.Node) {
	text := func(key string) (*source.Node, bool) {
		v := n.Get(key)
		return v, v != nil && v.Kind == source.String && v.Str != ""
	}
	value := func(v *source.Node, code, message, help string) {
		l.add(diag.Diag{Severity: diag.Error, Code: code, Pos: v.Pos, Width: v.Width, Message: message, Help: help})
	}
	if v, ok := text("mail"); ok && !mailPattern.MatchString(v.Str) {
		value(v, "ugyldig-kontakt", fmt.Sprintf("\"%s\" kan ikke bruges som mail", v.Str),
			"Skriv en mailadresse, fx ppr@kommunen.dk.")
	}
	if v, ok := text("telefon"); ok && !phonePattern.MatchString(v.Str) {
		value(v, "ugyldig-kontakt", fmt.Sprintf("\"%s\" kan ikke bruges som telefon", v.Str),
			"Skriv telefonnummeret med cifre, fx 12 34 56 78.")
	}
	if v := n.Get("url"); v != nil && !strings.HasPrefix(v.Str, "https://") && !strings.HasPrefix(v.Str, "http://") {
		value(v, "ugyldig-adresse", fmt.Sprintf("\"%s\" er ikke en adresse", v.Str),
			"Skriv hele adressen med https://.")
	}
}

// models merges the overlays of the models into the national ones.
func (l *layer) models() {
	uses := l.usedModels()
	l.out.Tables.Models = map[string]*source.Node{}
	for _, f := range l.files.Models {
		base, ok := l.national.Tables.Models[f.ID]
		if !ok {
			ids := l.national.IDs(nil, "", "model")
			l.add(diag.Diag{Severity: diag.Error, Code: "ukendt-model", Pos: diag.Pos{File: f.Dir},
				Message: fmt.Sprintf("ukendt model \"%s\"%s", f.ID, diag.MenteDu(f.ID, ids)), Help: "Modellerne er: " +
					strings.Join(ids, ", ") + "."})
			continue
		}
		over, diags := l.out.Lost.Combine(f.ID, f.Dir, f.Files, model.HeaderForModel)
		l.diags = append(l.diags, diags...)
		if len(over.Items)+len(f.Guides) == 0 || l.national.Hidden(f.ID) { // empty, or of a draft
			continue
		}
		if uses != nil && !slices.Contains(uses, f.ID) {
			l.add(diag.Diag{Severity: diag.Warning, Code: "model-ikke-i-brug", Pos: diag.Pos{File: f.Dir},
				Message: fmt.Sprintf("kommunen bruger ikke modellen \"%s\", så tilpasningerne vises ikke", f.ID),
				Help:    "Skriv modellen i modeller = […] i kommune.toml, eller slet mappen."})
			continue
		}
		if len(over.Items) > 0 {
			p := protector{layer: l, national: l.national.ModelByID(f.ID), root: base, guides: f.Guides}
			merged := Merge(base, p.file(over))
			l.out.Tables.Models[f.ID] = l.reorder(wholeCadences(merged))
		}
	}
}

// usedModels lists the ids of the models that the municipality uses; nil for all.
func (l *layer) usedModels() []string {
	list := l.out.Own.Get("modeller")
	if list == nil {
		return nil
	}
	items := []*source.Node{list}
	if list.Kind == source.Array {
		items = list.Items
	}
	var out []string
	for _, n := range items {
		if l.national.ModelByID(n.Str) != nil {
			out = append(out, n.Str)
		}
	}
	return out
}

// onlyLocal keeps the diagnostics that the overlay caused: those that the national
// edition lacks.
func (l *layer) onlyLocal(list []diag.Diag) []diag.Diag {
	return slices.DeleteFunc(list, func(d diag.Diag) bool {
		return slices.ContainsFunc(l.national.Diags, func(x diag.Diag) bool {
			return x.Pos == d.Pos && x.Code == d.Code && x.Message == d.Message
		})
	})
}
