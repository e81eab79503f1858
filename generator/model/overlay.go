package model

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// Edition gives the handbook of one municipality: the national one, with its
// overlay laid over. What the overlay says nothing about is shared with the
// national edition, pointer for pointer: a model without local changes is the
// same *Model. It returns nil for a slug that is not in the register.
func (n *National) Edition(slug string) (*Handbook, []diag.Diag) {
	base, _ := n.index["kommune:"+slug].(*Municipality)
	if base == nil {
		return nil, nil
	}
	h := *n.Handbook
	h.Municipal = base
	o, ok := n.overlays[slug]
	if !ok {
		return &h, nil
	}
	h.unsure = maps.Clone(n.unsure)
	e := editor{n: n, h: &h, o: o, tables: o.Tables(), partial: maps.Clone(n.partial)}
	e.own()
	e.models()
	e.drift()
	return &h, e.diags
}

// Overlays lists the municipalities that have a folder of their own.
func (n *National) Overlays() []string {
	var out []string
	for _, m := range n.Register {
		if _, ok := n.overlays[m.ID]; ok {
			out = append(out, m.ID)
		}
	}
	return out
}

func (n *National) unknownOverlays(list []Overlay) []diag.Diag {
	var diags []diag.Diag
	for _, o := range list {
		if n.index["kommune:"+o.Slug] == nil && !n.unsure.of("", "kommune") {
			diags = append(diags, diag.Diag{Severity: diag.Error, Code: "ukendt-kommune", Pos: diag.Pos{File: o.Dir},
				Message: fmt.Sprintf("mappen hører ikke til en kendt kommune%s", diag.MenteDu(o.Slug, idsOf(n.index, "kommune"))),
				Help:    "Mappens navn skal være kommunens id i content/kommuner.toml."})
		}
	}
	return diags
}

// editor makes one municipality's edition.
type editor struct {
	n      *National
	h      *Handbook
	o      Overlay
	tables Tables
	diags  []diag.Diag

	partial map[string]bool
}

func (e *editor) decoder() *decoder { return &decoder{partial: e.partial, unsure: e.h.unsure} }

// own reads kommune.toml and the shared tables of the overlay.
func (e *editor) own() {
	files, diags := tabled(e.tables.Own, func(*source.Node) string { return "Skriv [kommune] på en linje over den." })
	e.diags = append(e.diags, diags...)
	root, diags := combine(e.o.Dir, files)
	e.diags = append(e.diags, diags...)
	e.h.unsure.note("", files, e.partial)
	d := e.decoder()
	over := &source.Node{Kind: source.Table, Pos: root.Pos}
	var mine *source.Node
	for _, n := range root.Items {
		if n.Key == "kommune" {
			mine = n
			continue
		}
		if k, ok := Kind(n.Key); !ok || !k.Shared || !(k.Addable || k.Key == "begreb") {
			d.add(diag.Error, "forkert-sted", n, true, "I en kommunes mappe kan kommune.toml have [kommune], [pakke.…] og [begreb.…]; modellernes tabeller står i modeller/<model>/.", "[%s] hører ikke til her", n.Key)
			continue
		}
		over.Items = append(over.Items, n)
	}
	base := e.n.shared.Get("kommune").Get(e.o.Slug)
	m := &Municipality{}
	d.table(source.Merge(base, e.register(base, mine)), reflect.ValueOf(m).Elem(), shapeOf(reflect.TypeFor[Municipality]()), "[kommune]")
	m.ID, m.Kind = e.o.Slug, "kommune"
	e.h.Municipal = m
	if over = e.protectShared(over); len(over.Items) > 0 {
		merged := source.Merge(e.n.shared, over)
		var s shared
		index := d.entities(merged, reflect.ValueOf(&s).Elem(), true, "haandbog")
		e.h.Terms, e.h.Packs = s.Terms, s.Packs
		e.h.index = index
		e.h.Sources, e.h.Actors, e.h.Laws, e.h.Shared = s.Sources, s.Actors, s.Laws, s.Shared
	}
	e.diags = append(e.diags, d.diags...)
	e.uses(m)
}

// registerKeys are a municipality's facts, which the register alone tells.
var registerKeys = []string{"navn", "fulde_navn", "kode", "genitiv", "fiktiv", "region", "alias", "tidligere"}

// ownKeys are what a municipality says of itself.
var ownKeys = []string{"hjemmeside", "was_url", "farve", "logo", "modeller", "gennemgaaet", "kontakt"}

var (
	mailPattern  = regexp.MustCompile(`^[^\s@:<>]+@[^\s@:<>]+\.[^\s@:<>]+$`)
	phonePattern = regexp.MustCompile(`^\+?[0-9][0-9 ]{6,}$`)
)

// register takes from kommune.toml what only the register may say, and checks
// the contacts.
func (e *editor) register(base, mine *source.Node) *source.Node {
	if mine == nil || mine.Kind != source.Table {
		return mine
	}
	p := protector{editor: e, root: e.n.shared, shared: true}
	out := *mine
	out.Items = nil
	for _, item := range mine.Items {
		if slices.Contains(registerKeys, item.Key) {
			p.refuse(item, base.Get(item.Key), fmt.Sprintf("\"%s\" står i registret, content/kommuner.toml, og kan ikke ændres her", item.Key), "")
			continue
		}
		if !slices.Contains(ownKeys, item.Key) {
			e.diags = append(e.diags, diag.Diag{Severity: diag.Error, Code: "ukendt-noegle", Pos: item.KeyPos, Width: len([]rune(item.Key)),
				Message: fmt.Sprintf("ukendt nøgle \"%s\" i [kommune]%s", item.Key, diag.MenteDu(item.Key, ownKeys)), Help: "Brug en af disse nøgler: " + strings.Join(ownKeys, ", ") + "."})
			continue
		}
		out.Items = append(out.Items, item)
	}
	for _, contact := range items(mine.Get("kontakt")) {
		e.contact(contact, "mail", mailPattern, "Skriv en mailadresse, fx ppr@kommunen.dk.")
		e.contact(contact, "telefon", phonePattern, "Skriv telefonnummeret med cifre, fx 12 34 56 78.")
		if url := contact.Get("url"); url != nil && !strings.HasPrefix(url.Str, "https://") && !strings.HasPrefix(url.Str, "http://") {
			e.report(At{url}, "ugyldig-adresse", fmt.Sprintf("\"%s\" er ikke en adresse", url.Str), "Skriv hele adressen med https://.")
		}
	}
	return &out
}

func (e *editor) contact(n *source.Node, key string, pattern *regexp.Regexp, help string) {
	if v := n.Get(key); v != nil && v.Kind == source.String && v.Str != "" && !pattern.MatchString(v.Str) {
		e.report(At{v}, "ugyldig-kontakt", fmt.Sprintf("\"%s\" kan ikke bruges som %s", v.Str, key), help)
	}
}

func items(n *source.Node) []*source.Node {
	if n == nil || n.Kind != source.Table {
		return nil
	}
	return n.Items
}

// uses leaves out the models that the municipality doesn't work with.
func (e *editor) uses(m *Municipality) {
	if len(m.Uses) == 0 {
		return
	}
	for i, id := range m.Uses {
		if e.n.ModelByID(id) == nil && !e.n.hidden[id] {
			at := m.At.Key("modeller")
			if at.node != nil && at.node.Kind == source.Array && i < len(at.node.Items) {
				at = At{at.node.Items[i]}
			}
			e.report(at, "ukendt-reference", fmt.Sprintf("ukendt model \"%s\"%s", id, diag.MenteDu(id, e.n.modelIDs())), "Modellerne er: "+strings.Join(e.n.modelIDs(), ", ")+".")
		}
	}
	e.h.hidden = maps.Clone(e.n.hidden)
	var models []*Model
	for _, model := range e.n.Models {
		if slices.Contains(m.Uses, model.ID) {
			models = append(models, model)
		} else {
			e.h.hidden[model.ID] = true
		}
	}
	if len(models) > 0 {
		e.h.Models = models
	}
}

// models lays the overlays of the models over the national ones.
func (e *editor) models() {
	e.h.Models = slices.Clone(e.h.Models)
	var changed []*Model
	for _, f := range e.tables.Models {
		base, ok := e.n.models[f.ID]
		if !ok {
			e.diags = append(e.diags, diag.Diag{Severity: diag.Error, Code: "ukendt-model", Pos: diag.Pos{File: f.Dir},
				Message: fmt.Sprintf("ukendt model \"%s\"%s", f.ID, diag.MenteDu(f.ID, e.n.modelIDs())), Help: "Modellerne er: " + strings.Join(e.n.modelIDs(), ", ") + "."})
			continue
		}
		files, diags := tabled(f.Files, func(n *source.Node) string { return above(n, false) })
		e.diags = append(e.diags, diags...)
		over, diags := combine(f.Dir, files)
		e.diags = append(e.diags, diags...)
		e.h.unsure.note(f.ID, files, e.partial)
		if len(over.Items)+len(f.Guides) == 0 {
			continue
		}
		if e.n.hidden[f.ID] {
			continue // a draft
		}
		if e.h.hidden[f.ID] {
			e.diags = append(e.diags, diag.Diag{Severity: diag.Warning, Code: "model-ikke-i-brug", Pos: diag.Pos{File: f.Dir},
				Message: fmt.Sprintf("kommunen bruger ikke modellen \"%s\", så tilpasningerne vises ikke", f.ID), Help: "Skriv modellen i modeller = […] i kommune.toml, eller slet mappen."})
			continue
		}
		if len(over.Items) == 0 {
			continue
		}
		p := protector{editor: e, national: e.n.ModelByID(f.ID), root: base, guides: f.Guides}
		over = p.model(over)
		d := e.decoder()
		m := d.model(f.ID, source.Merge(base, over))
		e.diags = append(e.diags, d.diags...)
		e.place(m)
		for i := range e.h.Models {
			if e.h.Models[i].ID == f.ID {
				e.h.Models[i] = m
			}
		}
		changed = append(changed, m)
	}
	for _, m := range changed {
		e.diags = append(e.diags, linkModel(e.h, m)...)
		if !e.h.unsure[m.ID] {
			e.diags = append(e.diags, e.onlyLocal(validateModel(m, e.h.unsure))...)
		}
	}
	if len(changed) > 0 || len(e.tables.Own) > 0 {
		l := &linker{hb: e.h}
		if len(e.h.index) > 0 && !sameIndex(e.h.index, e.n.index) {
			for _, list := range []any{e.h.Terms, e.h.Packs, e.h.Actors, e.h.Shared, e.h.Sources, e.h.Laws} {
				l.prepare(list)
				l.walk(reflect.ValueOf(list), shapeOf(reflect.TypeOf(list)))
			}
			l.perModel()
			e.diags = append(e.diags, l.diags...)
		}
	}
}

func sameIndex(a, b map[string]Named) bool {
	return reflect.ValueOf(a).UnsafePointer() == reflect.ValueOf(b).UnsafePointer()
}

// onlyLocal keeps what the overlay caused: diagnostics in the overlay's files,
// and those that the national edition does not have already.
func (e *editor) onlyLocal(list []diag.Diag) []diag.Diag {
	return slices.DeleteFunc(list, func(d diag.Diag) bool {
		if strings.HasPrefix(d.Pos.File, e.o.Dir) {
			return false
		}
		return slices.ContainsFunc(e.n.Diags, func(x diag.Diag) bool {
			return x.Pos == d.Pos && x.Code == d.Code && x.Message == d.Message
		})
	})
}

func (e *editor) report(at At, code, message, help string) {
	l := linker{}
	l.report(at, code, message, help)
	e.diags = append(e.diags, l.diags...)
}

// place moves points that say placeres_efter to where they belong.
func (e *editor) place(m *Model) {
	for _, meeting := range m.Meetings {
		for _, list := range []*Keyed[AgendaPoint]{&meeting.Agenda, &meeting.Before, &meeting.After} {
			placeItems(e, list, func(p *AgendaPoint) *Point { return &p.Point })
		}
	}
	for _, phase := range m.Phases {
		placeItems(e, &phase.Stages, func(p *Stage) *Point { return &p.Point })
	}
	for _, list := range m.Checklists {
		for _, g := range list.Groups.Items {
			placeItems(e, &g.Points, func(p *CheckPoint) *Point { return &p.Point })
		}
	}
}

func placeItems[T any](e *editor, k *Keyed[T], point func(*T) *Point) {
	for i := 0; i < len(k.Items); i++ {
		item := k.Items[i]
		after := point(item).Local.After
		if after == "" {
			continue
		}
		to := slices.IndexFunc(k.Items, func(x *T) bool { return point(x).ID == after })
		if to < 0 {
			var ids []string
			for _, x := range k.Items {
				if x != item {
					ids = append(ids, point(x).ID)
				}
			}
			e.report(point(item).At.Key("placeres_efter"), "ukendt-reference", fmt.Sprintf("ukendt punkt \"%s\"%s", after, diag.MenteDu(after, ids)), "Punkterne er: "+strings.Join(ids, ", ")+".")
		}
		if to < 0 || to == i-1 || to == i {
			continue
		}
		rest := slices.Delete(slices.Clone(k.Items), i, i+1)
		if to > i {
			to--
		}
		k.Items = slices.Insert(rest, to+1, item)
	}
}

// protectShared refuses changes to national shared tables; additions are fine.
// It returns what may be merged.
func (e *editor) protectShared(over *source.Node) *source.Node {
	p := protector{editor: e, root: e.n.shared, shared: true}
	out := *over
	out.Items = nil
	for _, kind := range over.Items {
		copied := *kind
		copied.Items = nil
		for _, ent := range kind.Items {
			base := e.n.shared.Get(kind.Key).Get(ent.Key)
			switch {
			case base == nil:
				if !p.takenShared(kind.Key, ent) {
					copied.Items = append(copied.Items, p.addition(ent))
				}
			case ent.Kind != source.Table:
				p.noTable(ent, base, "["+kind.Key+"."+ent.Key+"]")
			default:
				if kept := p.entity(kind.Key, kind.Key+"."+ent.Key, base, ent, true); kept != nil {
					copied.Items = append(copied.Items, kept)
				}
			}
		}
		out.Items = append(out.Items, &copied)
	}
	return &out
}

// uses keeps what references gives of the national models, for all overlays.
type uses struct {
	mu   sync.Mutex
	made map[*Model]map[Named][]*Entity
}

func (u *uses) of(m *Model) map[Named][]*Entity {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.made[m] == nil {
		u.made[m] = references(m)
	}
	return u.made[m]
}

// references tells, for every entity of a model, which entities point at it.
func references(m *Model) map[Named][]*Entity {
	out := map[Named][]*Entity{}
	v := reflect.ValueOf(m).Elem()
	for _, k := range Kinds() {
		if k.Shared {
			continue
		}
		slice := v.Field(k.index)
		for i := range slice.Len() {
			from := slice.Index(i).Interface().(Named).Base()
			eachTarget(slice.Index(i).Elem(), shapeOf(k.typ), func(to Named) {
				if to.Base() != from && !slices.Contains(out[to], from) {
					out[to] = append(out[to], from)
				}
			})
		}
	}
	return out
}

// eachTarget calls f for every entity that v points at.
func eachTarget(v reflect.Value, s *shape, f func(Named)) {
	switch at := v.Addr().Interface().(type) {
	case reference:
		if to := at.target(); to != nil {
			f(to)
		}
	case *AnyRef:
		if at.To != nil {
			f(at.To)
		}
	case *Participant:
		if at.Role != nil {
			f(at.Role)
		}
	default:
		s.each(v, func(inner reflect.Value, s *shape) { eachTarget(inner, s, f) })
	}
}
