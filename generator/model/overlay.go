package model

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

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
	e := editor{n: n, h: &h, o: o, partial: maps.Clone(n.partial)}
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
	n     *National
	h     *Handbook
	o     Overlay
	diags []diag.Diag

	partial map[string]bool
}

func (e *editor) decoder() *decoder { return &decoder{partial: e.partial, unsure: e.h.unsure} }

// own reads kommune.toml and the shared tables of the overlay.
func (e *editor) own() {
	root, diags := combine(e.o.Dir, e.o.Own)
	e.diags = append(e.diags, diags...)
	e.h.unsure.note("", e.o.Own, e.partial)
	d := e.decoder()
	over := &source.Node{Kind: source.Table, Pos: root.Pos}
	var mine *source.Node
	for _, n := range root.Items {
		if n.Key == "kommune" {
			mine = n
			continue
		}
		if n.Kind != source.Table {
			d.add(diag.Error, "uden-tabel", n, true, "Skriv [kommune] på en linje over den.", "\"%s\" står uden for en tabel", n.Key)
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
	d.table(source.Merge(base, mine), reflect.ValueOf(m).Elem(), "[kommune]")
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

// uses leaves out the models that the municipality doesn't work with.
func (e *editor) uses(m *Municipality) {
	if len(m.Uses) == 0 {
		return
	}
	for i, id := range m.Uses {
		if e.n.ModelByID(id) == nil {
			at := m.At.Key("modeller")
			if at.node != nil && at.node.Kind == source.Array && i < len(at.node.Items) {
				at = At{at.node.Items[i]}
			}
			e.report(at, "ukendt-reference", fmt.Sprintf("ukendt model \"%s\"%s", id, diag.MenteDu(id, e.n.modelIDs())), "Modellerne er: "+strings.Join(e.n.modelIDs(), ", ")+".")
		}
	}
	e.h.hidden = map[string]bool{}
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
	for _, f := range e.o.Models {
		base, ok := e.n.models[f.ID]
		if !ok {
			e.diags = append(e.diags, diag.Diag{Severity: diag.Error, Code: "ukendt-model", Pos: diag.Pos{File: f.Dir},
				Message: fmt.Sprintf("ukendt model \"%s\"%s", f.ID, diag.MenteDu(f.ID, e.n.modelIDs())), Help: "Modellerne er: " + strings.Join(e.n.modelIDs(), ", ") + "."})
			continue
		}
		over, diags := combine(f.Dir, f.Files)
		e.diags = append(e.diags, diags...)
		e.h.unsure.note(f.ID, f.Files, e.partial)
		if len(over.Items) == 0 {
			continue
		}
		if e.h.hidden[f.ID] {
			e.diags = append(e.diags, diag.Diag{Severity: diag.Warning, Code: "model-ikke-i-brug", Pos: diag.Pos{File: f.Dir},
				Message: fmt.Sprintf("kommunen bruger ikke modellen \"%s\", så tilpasningerne vises ikke", f.ID), Help: "Skriv modellen i modeller = […] i kommune.toml, eller slet mappen."})
			continue
		}
		p := protector{editor: e, national: e.n.ModelByID(f.ID), root: base}
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
	if len(changed) > 0 || len(e.o.Own) > 0 {
		l := &linker{hb: e.h}
		if len(e.h.index) > 0 && !sameIndex(e.h.index, e.n.index) {
			for _, list := range []any{e.h.Terms, e.h.Packs, e.h.Actors, e.h.Shared, e.h.Sources, e.h.Laws} {
				l.prepare(list)
				l.walk(reflect.ValueOf(list))
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

// protector refuses overlays that weaken the model's core.
type protector struct {
	*editor
	national *Model
	root     *source.Node
	used     map[Named][]*Entity
	shared   bool // the tables are shared by the models
}

// model checks an overlay tree and returns it without what was refused.
func (p *protector) model(over *source.Node) *source.Node {
	out := *over
	out.Items = nil
	for _, kind := range over.Items {
		if kind.Kind != source.Table {
			if p.root.Get(kind.Key) != nil {
				p.noTable(kind, p.root.Get(kind.Key), "["+kind.Key+".<id>]")
				continue
			}
			out.Items = append(out.Items, kind) // the decoder reports it
			continue
		}
		if kind.Key == "model" {
			if kept := p.entity("model", "model", p.root.Get("model"), kind, true); kept != nil {
				out.Items = append(out.Items, kept)
			}
			continue
		}
		info, known := Kind(kind.Key)
		if !known || info.Shared {
			out.Items = append(out.Items, kind) // the decoder reports it
			continue
		}
		copied := *kind
		copied.Items = nil
		for _, ent := range kind.Items {
			base := p.root.Get(kind.Key).Get(ent.Key)
			if base == nil {
				if p.added(info, ent) {
					copied.Items = append(copied.Items, ent)
				}
				continue
			}
			if ent.Kind != source.Table {
				p.noTable(ent, base, "["+kind.Key+"."+ent.Key+"]")
				continue
			}
			if kept := p.entity(kind.Key, kind.Key+"."+ent.Key, base, ent, protected(base)); kept != nil {
				copied.Items = append(copied.Items, kept)
			}
		}
		out.Items = append(out.Items, &copied)
	}
	return &out
}

// noTable refuses a value in place of a national table.
func (p *protector) noTable(item, base *source.Node, header string) {
	p.diags = append(p.diags, diag.Diag{Severity: diag.Error, Code: "forkert-type", Pos: item.KeyPos, Width: len([]rune(item.Key)),
		Message: fmt.Sprintf("%s skal være en tabel, men er %s", item.Key, item.Kind), Help: "Skriv " + header + ", og sæt nøglerne derunder.",
		Notes: []diag.Note{{Pos: base.KeyPos, Message: "den nationale tekst"}}})
}

// protected reports whether a table is part of the model's core.
func protected(n *source.Node) bool {
	if core := n.Get("kerne"); core != nil && core.Bool {
		return true
	}
	force := n.Get("bindende")
	return force != nil && force.Str == string(Required)
}

// added decides whether an entity that the model lacks is a new one or a slip.
func (p *protector) added(k KindInfo, n *source.Node) bool {
	ids := idsOf(p.national.index, k.Key)
	near := diag.MenteDu(n.Key, ids)
	missing := p.missing(k, n)
	if k.Addable && n.Kind == source.Table && len(missing) == 0 {
		return true
	}
	p.h.unsure[p.national.ID+"/"+k.Key] = true // what points at it is no second mistake
	if k.Addable && near == "" && p.partial[n.KeyPos.File] {
		return false // what is missing may stand in what could not be read
	}
	help := knownIDs(k, ids)
	if k.Addable {
		help = fmt.Sprintf("Er det nyt, så tilføj %s. %s", strings.Join(missing, ", "), help)
	} else {
		help = "En kommune kan tilpasse modellens " + strings.ToLower(k.Many) + ", men ikke tilføje nye. " + help
	}
	p.diags = append(p.diags, diag.Diag{Severity: diag.Error, Code: "ukendt-id", Pos: n.KeyPos, Width: len([]rune(n.Key)),
		Message: fmt.Sprintf("modellen har ingen %s \"%s\"%s", k.One, n.Key, near), Help: help})
	return false
}

// missing lists the keys that a new entity of the kind lacks.
func (p *protector) missing(k KindInfo, n *source.Node) []string {
	var out []string
	if n.Get("navn") == nil {
		out = append(out, "navn")
	}
	for _, f := range fieldsOf(k.typ) {
		if f.required && f.key != "navn" && n.Get(f.key) == nil {
			out = append(out, f.key)
		}
	}
	return out
}

// always may be said of anything, core or not.
var always = []string{"lokalt_navn", "lokal_begrundelse", "lokal_dato", "placeres_efter", "svar"}

// addable may be added to something that is core.
var addable = []string{"alias", "sted", "varighed", "minutter", "noter", "aftale", "note"}

// keyedKeys hold children with protection of their own.
var keyedKeys = []string{"skridt", "deltagere", "dele", "foer", "dagsorden", "efter", "gruppe", "punkt"}

// entity checks one table of an overlay against the national one; core tells
// that the national one is protected. It returns what may be merged.
func (p *protector) entity(kind, path string, base, over *source.Node, core bool) *source.Node {
	out := *over
	out.Items = nil
	for _, item := range over.Items {
		if kept := p.item(kind, path, base, over, item, core); kept != nil {
			out.Items = append(out.Items, kept)
		}
	}
	return &out
}

func (p *protector) item(kind, path string, base, over, item *source.Node, core bool) *source.Node {
	b := base.Get(item.Key)
	switch {
	case slices.Contains(always, item.Key):
		return item
	case item.Key == "udeladt":
		return p.omit(kind, path, base, over, item, core)
	case item.Key == "kladde":
		p.refuse(item, nil, "en kommune kan ikke skjule noget som kladde", "Brug udeladt = true og lokal_begrundelse, hvis det ikke er modellens kerne.")
		return nil
	case b != nil && b.Kind == source.Table && item.Kind == source.Table && slices.Contains(keyedKeys, item.Key):
		return p.children(kind, path+"."+item.Key, b, item, core)
	case b != nil && b.Kind == source.Table && item.Kind == source.Table:
		return p.entity(kind, path+"."+item.Key, b, item, core || protected(b))
	case b != nil && b.Kind == source.Table:
		p.noTable(item, b, "["+path+"."+item.Key+"]")
		return nil
	case b == nil && slices.Contains(keyedKeys, item.Key):
		return item
	case b == nil:
		if core && !slices.Contains(addable, item.Key) {
			p.refuse(item, base, fmt.Sprintf("%s er modellens kerne og kan ikke få nøglen \"%s\" lokalt", path, item.Key),
				"Tilføj i stedet en opgave, et dagsordenspunkt eller en vejledning (\"Sådan gør vi\").")
			return nil
		}
		return item
	case equal(b, item):
		p.diags = append(p.diags, diag.Diag{Severity: diag.Warning, Code: "aendrer-ingenting", Pos: item.KeyPos, Width: len([]rune(item.Key)),
			Message: fmt.Sprintf("\"%s\" siger det samme som den nationale tekst og ændrer ingenting", item.Key), Help: "Slet linjen.",
			Notes: []diag.Note{{Pos: b.Pos, Message: "den nationale tekst"}}})
		return nil
	}
	return p.replace(kind, path, base, over, b, item, core)
}

// replace decides whether a national value may give way to a local one.
func (p *protector) replace(kind, path string, base, over, b, item *source.Node, core bool) *source.Node {
	if lost := p.lostItems(b, item); lost != "" {
		p.refuse(item, b, fmt.Sprintf("listen mangler %s, som er modellens kerne", lost), "Behold punktet, og tilføj jeres egne.")
		return nil
	}
	if item.Key == "kerne" {
		p.refuse(item, b, path+".kerne kan ikke ændres af en kommune", "Slet linjen.")
		return nil
	}
	switch {
	case !core,
		superset(b, item) && item.Key != "kan_uddelegeres_til",
		kind == "kadence" && stricter(base, over, item),
		item.Key == "form" && firmer(b, item):
		return item
	}
	p.refuse(item, b, fmt.Sprintf("%s er modellens kerne, og \"%s\" kan ikke ændres", path, item.Key),
		"I kan tilføje, men ikke svække, fjerne eller flytte et krav. Slet linjen, eller beskriv jeres praksis som vejledning.")
	return nil
}

// children checks keyed children: new ones are welcome, each national one is
// protected by its own kerne or bindende. Participants of a core meeting can
// take part more firmly, never less.
func (p *protector) children(kind, path string, base, over *source.Node, core bool) *source.Node {
	out := *over
	out.Items = nil
	people := strings.HasSuffix(path, ".deltagere")
	for _, child := range over.Items {
		b := base.Get(child.Key)
		switch {
		case b == nil:
			out.Items = append(out.Items, child)
		case b.Kind == source.Table && child.Kind == source.Table:
			if kept := p.entity(kind, path+"."+child.Key, b, child, people && core || protected(b)); kept != nil {
				out.Items = append(out.Items, kept)
			}
		case equal(b, child):
			p.item(kind, path, base, over, child, core) // says that it changes nothing
		case people && core && left(child):
			p.refuse(child, b, fmt.Sprintf("%s.%s er modellens kerne og kan ikke udelades", path, child.Key), "Slet linjen. Det, der ikke er kerne, kan udelades med en begrundelse.")
		case people && core && !firmer(formOf(b), formOf(child)):
			p.refuse(child, b, fmt.Sprintf("%s.%s kan ikke deltage mindre fast end i modellen", path, child.Key), "Rækkefølgen er: altid, boer, efter aftale, overvejes.")
		case b.Kind == source.Table && !people:
			p.noTable(child, b, "["+path+"."+child.Key+"]")
		default:
			out.Items = append(out.Items, child)
		}
	}
	return &out
}

func left(n *source.Node) bool {
	omit := n.Get("udeladt")
	return omit != nil && (omit.Kind != source.Bool || omit.Bool)
}

func formOf(n *source.Node) *source.Node {
	if f := n.Get("form"); f != nil {
		return f
	}
	return n
}

func firmer(base, over *source.Node) bool {
	order := Mode("").Values()
	o := slices.Index(order, over.Str)
	return o >= 0 && o <= slices.Index(order, base.Str)
}

// omit checks a table that the municipality leaves out.
func (p *protector) omit(kind, path string, base, over, item *source.Node, core bool) *source.Node {
	if item.Kind == source.Bool && !item.Bool {
		return item
	}
	if core {
		p.refuse(item, base, path+" er modellens kerne og kan ikke udelades", "Slet linjen. Det, der ikke er kerne, kan udelades med en begrundelse.")
		return nil
	}
	if inside := coreInside(base); inside != nil {
		p.refuse(item, inside, fmt.Sprintf("%s kan ikke udelades, fordi \"%s\" i den er modellens kerne", path, inside.Key), "Slet linjen. Det, der ikke er kerne, kan udelades med en begrundelse.")
		return nil
	}
	if over.Get("lokal_begrundelse") == nil {
		p.diags = append(p.diags, diag.Diag{Severity: diag.Error, Code: "mangler-begrundelse", Pos: item.KeyPos, Width: len([]rune(item.Key)),
			Message: path + " er udeladt uden begrundelse", Help: "Tilføj lokal_begrundelse = \"…\"."})
	}
	for _, user := range p.usedBy(path) {
		p.refuse(item, user.At.node, fmt.Sprintf("%s kan ikke udelades, fordi %s:%s er modellens kerne og bygger på den", path, user.Kind, user.ID), "Slet linjen.")
		return nil
	}
	return item
}

// coreInside finds a table inside n that is part of the model's core.
func coreInside(n *source.Node) *source.Node {
	for _, child := range n.Items {
		if child.Kind != source.Table {
			continue
		}
		if protected(child) {
			return child
		}
		if found := coreInside(child); found != nil {
			return found
		}
	}
	return nil
}

// usedBy lists the core entities that point at the entity "kind.id".
func (p *protector) usedBy(path string) []*Entity {
	kind, id, ok := strings.Cut(path, ".")
	if !ok || strings.Contains(id, ".") {
		return nil
	}
	target := p.national.index[kind+":"+id]
	if target == nil {
		return nil
	}
	if p.used == nil {
		p.used = References(p.national)
	}
	return slices.DeleteFunc(slices.Clone(p.used[target]), func(e *Entity) bool { return !e.Core && e.Force != Required })
}

// lostItems names what is core in a list that would lose it: an entity among
// a checklist's references, or a requirement among a role's.
func (p *protector) lostItems(base, over *source.Node) string {
	if base.Kind != source.Array {
		return ""
	}
	for _, b := range base.Items {
		if text := b.Get("tekst"); b.Kind == source.Table && protected(b) && text != nil &&
			!slices.ContainsFunc(over.Items, func(o *source.Node) bool { return equal(b, o) }) {
			return "\"" + text.Str + "\""
		}
	}
	if base.Key != "punkter" {
		return ""
	}
	for _, b := range base.Items {
		kind, id, ok := strings.Cut(b.Str, ":")
		if !ok || slices.ContainsFunc(over.Items, func(o *source.Node) bool { return o.Str == b.Str }) {
			continue
		}
		if n := p.root.Get(kind).Get(id); n != nil && protected(n) {
			return "\"" + b.Str + "\""
		}
	}
	return ""
}

func (p *protector) refuse(item, base *source.Node, message, help string) {
	place := "modellens kerne"
	if p.shared {
		place = "den nationale tekst"
		message = strings.Replace(message, "modellens kerne", "fælles for alle kommuner", 1)
		help = "I kan tilføje jeres egne, men ikke ændre de nationale. Slet linjen."
	}
	d := diag.Diag{Severity: diag.Error, Code: "kernen-svaekkes", Pos: item.KeyPos, Width: len([]rune(item.Key)), Message: message, Help: help}
	if base != nil {
		pos := base.Pos
		if pos.Line == 0 {
			pos = base.KeyPos
		}
		d.Notes = []diag.Note{{Pos: pos, Message: place}}
	}
	p.diags = append(p.diags, d)
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
				copied.Items = append(copied.Items, ent)
			case ent.Kind != source.Table:
				p.noTable(ent, base, "["+kind.Key+"."+ent.Key+"]")
			default:
				copied.Items = append(copied.Items, p.entity(kind.Key, kind.Key+"."+ent.Key, base, ent, true))
			}
		}
		out.Items = append(out.Items, &copied)
	}
	return &out
}

// superset reports whether a list keeps all that the national one has.
func superset(base, over *source.Node) bool {
	if base.Kind != source.Array || over.Kind != source.Array {
		return false
	}
	for _, b := range base.Items {
		if !slices.ContainsFunc(over.Items, func(o *source.Node) bool { return equal(b, o) }) {
			return false
		}
	}
	return true
}

// stricter reports whether a cadence with the overlay laid over comes at least
// as often as the national one. Only the keys that say how often may change.
func stricter(base, over, item *source.Node) bool {
	if !slices.Contains([]string{"hver", "hver_til", "enhed", "aarligt", "aarligt_til", "udtryk"}, item.Key) {
		return false
	}
	merged := source.Merge(base, over)
	b, o := weeks(base), weeks(merged)
	if item.Key == "udtryk" {
		return b > 0 && o > 0 && o < b // other words need other numbers
	}
	return b > 0 && o > 0 && o <= b
}

// weeks is a cadence's longest interval in weeks, or 0 when it gives none.
func weeks(n *source.Node) float64 {
	num := func(key string) float64 {
		if v := n.Get(key); v != nil && v.Kind == source.Int {
			return float64(v.Int)
		}
		return 0
	}
	every := max(num("hver"), num("hver_til"))
	unit := ""
	if u := n.Get("enhed"); u != nil {
		unit = u.Str
	}
	switch {
	case every > 0 && unit == "uge":
		return every
	case every > 0 && unit == "maaned":
		return every * 52 / 12
	case every > 0 && unit == "aar":
		return every * 52
	case num("aarligt") > 0:
		return 52 / num("aarligt")
	}
	return 0
}

func equal(a, b *source.Node) bool {
	if a.Kind != b.Kind || a.Str != b.Str || a.Int != b.Int || a.Float != b.Float || a.Bool != b.Bool || !a.Time.Equal(b.Time) || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Items {
		if a.Items[i].Key != b.Items[i].Key || !equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}

// References tells, for every entity of a model, which entities point at it.
func References(m *Model) map[Named][]*Entity {
	out := map[Named][]*Entity{}
	v := reflect.ValueOf(m).Elem()
	for _, k := range Kinds() {
		if k.Shared {
			continue
		}
		slice := v.Field(k.index)
		for i := range slice.Len() {
			from := slice.Index(i).Interface().(Named).Base()
			eachTarget(slice.Index(i).Elem(), func(to Named) {
				if to.Base() != from && !slices.Contains(out[to], from) {
					out[to] = append(out[to], from)
				}
			})
		}
	}
	return out
}

// eachTarget calls f for every entity that v points at.
func eachTarget(v reflect.Value, f func(Named)) {
	switch v.Kind() {
	case reflect.Struct:
		switch t := v.Type(); {
		case isRef(t):
			if to, ok := v.FieldByName("To").Interface().(Named); ok && !v.FieldByName("To").IsNil() {
				f(to)
			}
			return
		case t == typeAnyRef:
			if to := v.FieldByName("To"); !to.IsNil() {
				f(to.Interface().(Named))
			}
			return
		case t == reflect.TypeFor[Participant]():
			if role := v.FieldByName("Role"); !role.IsNil() {
				f(role.Interface().(Named))
			}
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("toml") != "-" && v.Type().Field(i).IsExported() {
				eachTarget(v.Field(i), f)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachTarget(v.Index(i), f)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			eachTarget(v.Elem(), f)
		}
	}
}
