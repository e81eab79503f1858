package overlay

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// protector takes out of an overlay what a municipality may not say, and
// reports it. Nothing in the tables that it is given is changed.
type protector struct {
	*layer
	national *model.Model            // nil for the shared tables
	root     *source.Node            // the national tables
	names    map[string]*source.Node // "kind:name" → where the overlay gives it
	guides   []Guide                 // the overlay's guidance for the model
	shared   bool
}

// guard tells why a national table may not be changed.
type guard int

const (
	free   guard = iota
	core         // it is the model's core
	common       // it is the same for all municipalities: background, figures, what the models share
)

// place is where in an entity the protector has come to.
type place struct {
	kind  *schema.Kind // nil for [model]
	path  string       // "moede.opfoelgning.dagsorden"
	guard guard
	top   bool // the entity's own table
}

func (at place) below(key string, g guard) place {
	return place{kind: at.kind, path: at.path + "." + key, guard: g}
}

// gathers reports whether the entity consists of points, each with its own word.
func (at place) gathers() bool { return at.kind != nil && at.kind.Gathers }

// file checks a folder's tables and returns them without what was refused.
func (p *protector) file(over *source.Node) *source.Node {
	out := *over
	out.Items = nil
	for _, kind := range over.Items {
		national := p.root.Get(kind.Key)
		k := model.Schema().Kind(kind.Key)
		switch {
		case kind.Kind != source.Table && national != nil:
			p.noTable(kind, national, under(kind.Key+".<id>"))
		case kind.Key == "model" && kind.Kind == source.Table && !p.shared:
			at := place{path: "model", guard: common, top: true}
			if kept := p.table(at, model.Schema().Model, national, kind); kept != nil {
				out.Items = append(out.Items, kept)
			}
		case kind.Kind != source.Table || k == nil || k.Shared != p.shared:
			out.Items = append(out.Items, kind) // the decoder reports it
		default:
			out.Items = append(out.Items, p.entities(k, national, kind))
		}
	}
	return &out
}

func (p *protector) entities(k *schema.Kind, national, over *source.Node) *source.Node {
	out := *over
	out.Items = nil
	for _, ent := range over.Items {
		base := national.Get(ent.Key)
		path := k.Key + "." + ent.Key
		switch {
		case base == nil:
			if p.isNew(k, ent) {
				out.Items = append(out.Items, p.addition(k.Type, ent))
			}
		case ent.Kind != source.Table:
			p.noTable(ent, base, under(path))
		default:
			at := place{kind: k, path: path, guard: p.guard(k, ent.Key, base), top: true}
			if kept := p.table(at, k.Type, base, ent); kept != nil {
				out.Items = append(out.Items, kept)
			}
		}
	}
	return &out
}

// guard tells how a national entity is protected: as core, by its own word or
// because what is core stands in it or refers to it; or as what is the same for all.
func (p *protector) guard(k *schema.Kind, id string, base *source.Node) guard {
	switch {
	case protected(base), k.Gathers && p.gathersCore(k.Type, base), k.CoreByUse && len(p.usedBy(k, id)) > 0:
		return core
	case k.National || k.Shared:
		return common
	}
	return free
}

// protected reports whether a table says itself that it is part of the model's core.
func protected(n *source.Node) bool {
	if core := n.Get("kerne"); core != nil && core.Bool {
		return true
	}
	force := n.Get("bindende")
	return force != nil && force.Str == string(model.Required)
}

// gathersCore reports whether a table that gathers points, or a table in it,
// has a core point or refers to what is core.
func (p *protector) gathersCore(t *schema.Type, n *source.Node) bool {
	for _, item := range n.Items {
		key := t.Key(item.Key)
		switch {
		case key == nil:
		case key.Type.Form == schema.List && key.Type.Elem.Form == schema.AnyRef:
			if slices.ContainsFunc(list(item), p.namesCore) {
				return true
			}
		case key.Type.Form == schema.Keyed && item.Kind == source.Table:
			for _, child := range item.Items {
				if protected(child) || p.gathersCore(key.Type.Elem, child) {
					return true
				}
			}
		}
	}
	return false
}

// namesCore reports whether "kind:id" is something that is core.
func (p *protector) namesCore(n *source.Node) bool {
	kind, id, _ := strings.Cut(n.Str, ":")
	target := p.root.Get(kind).Get(id)
	return target != nil && protected(target)
}

// list gives the elements of a list, or the single value that stands for one.
func list(n *source.Node) []*source.Node {
	if n.Kind == source.Array {
		return n.Items
	}
	return []*source.Node{n}
}

// table checks a table of the overlay against the national one. It returns what
// may be merged, or nil.
func (p *protector) table(at place, t *schema.Type, base, over *source.Node) *source.Node {
	if at.top && p.reasonOnly(at.path, over) && !p.out.Lost.Files[over.KeyPos.File] {
		p.nothing(over, base, at.path+" siger ikke, hvad der er anderledes, og ændrer ingenting",
			"Skriv, hvad I gør anderledes, eller slet tabellen.")
		return nil
	}
	out := *over
	out.Items = nil
	for _, item := range over.Items {
		key := t.Key(item.Key)
		if key == nil {
			out.Items = append(out.Items, item) // the decoder reports it
			continue
		}
		if kept := p.value(at, key, base, over, item); kept != nil {
			out.Items = append(out.Items, kept)
		}
	}
	return &out
}

// reasonOnly reports whether a table holds nothing but a reason and a date, and
// no guidance beside it has use for them.
func (p *protector) reasonOnly(path string, over *source.Node) bool {
	says := func(item *source.Node) bool { return item.Key != "lokal_begrundelse" && item.Key != "lokal_dato" }
	guides := func(g Guide) bool { return strings.HasSuffix(g.Path, "/"+path) }
	return !slices.ContainsFunc(over.Items, says) && !slices.ContainsFunc(p.guides, guides)
}

// value checks one key of a national table. over is the overlay's table around it.
func (p *protector) value(at place, key *schema.Key, base, over, item *source.Node) *source.Node {
	b := base.Get(item.Key)
	policy := key.Policy
	if at.top && at.kind != nil {
		policy = at.kind.Policy(key)
	}
	switch policy {
	case schema.Answer:
		return item
	case schema.Rename:
		return p.rename(at, base, item)
	case schema.Omit:
		return p.omit(at, base, over, item)
	case schema.Place:
		p.refuse(item, base, at.path+" står, hvor modellen har sat det",
			"Kun punkter, I selv tilføjer, kan have placeres_efter.")
		return nil
	case schema.Never:
		p.refuse(item, nil, "en kommune kan ikke skjule noget som kladde",
			"Brug udeladt = true og lokal_begrundelse, hvis det ikke er modellens kerne.")
		return nil
	}
	fixed := policy == schema.Fixed || policy == schema.Source
	switch {
	case b == nil && empty(item) && !fixed:
		p.nothing(item, nil, fmt.Sprintf("\"%s\" er tom og ændrer ingenting", item.Key),
			"Skriv noget, eller slet linjen.")
		return nil
	case b != nil && b.Kind == source.Table && item.Kind != source.Table:
		p.noTable(item, b, under(at.path+"."+item.Key))
		return nil
	case b != nil && b.Kind == source.Table && policy == schema.Children:
		return p.children(at.below(item.Key, at.guard), key.Type.Elem, b, item)
	case b != nil && b.Kind == source.Table:
		return p.table(at.below(item.Key, stronger(at.guard, b)), key.Type, b, item)
	case b == nil && policy == schema.Children && at.guard != common:
		return p.addition(key.Type, item)
	case b != nil && source.Equal(b, item):
		p.nothing(item, b, fmt.Sprintf("\"%s\" siger det samme som den nationale tekst og ændrer ingenting", item.Key),
			"Slet linjen.")
		return nil
	case fixed:
		p.refuse(item, either(b, base), fmt.Sprintf("%s.%s kan ikke ændres af en kommune", at.path, item.Key),
			"Hvad modellen og kilden siger, er ens for alle kommuner. Slet linjen.")
		return nil
	case b == nil && at.guard != free && !p.mayAdd(at, policy, base, over, item):
		p.refuse(item, base, fmt.Sprintf("%s %s og kan ikke få nøglen \"%s\" lokalt", at.path, at.guard.is(), item.Key),
			at.advice())
		return nil
	case b == nil:
		return p.addition(key.Type, item)
	}
	return p.replace(at, key, policy, base, over, b, item)
}

func stronger(g guard, n *source.Node) guard {
	if protected(n) {
		return core
	}
	return g
}

func either(b, base *source.Node) *source.Node {
	if b != nil {
		return b
	}
	return base
}

func empty(n *source.Node) bool {
	return n.Kind == source.String && blank(n.Str) || n.Kind == source.Int && n.Int == 0
}

// mayAdd tells whether a guarded table may get a key that it lacks.
func (p *protector) mayAdd(at place, policy schema.Policy, base, over, item *source.Node) bool {
	switch policy {
	case schema.AddOnly, schema.Grow:
		return at.guard == core
	case schema.Oftener:
		return cadenceFault(base, over, item) == ""
	}
	return false
}

// replace decides whether a national value may give way to a local one.
func (p *protector) replace(at place, key *schema.Key, policy schema.Policy, base, over, b,
	item *source.Node) *source.Node {
	if lost := p.lostItem(key.Type, b, item); lost != "" {
		p.refuse(item, b, fmt.Sprintf("listen mangler %s, som er modellens kerne", lost),
			"Behold punktet, og tilføj jeres egne.")
		return nil
	}
	switch {
	case policy == schema.Oftener && at.guard == core:
		if fault := cadenceFault(base, over, item); fault != "" {
			p.refuse(item, b, at.path+": "+fault, cadenceAdvice(base))
			return nil
		}
		return item
	case at.guard == free, policy == schema.Grow && at.guard == core && extends(b, item):
		if item.Kind == source.String && blank(item.Str) && !blank(b.Str) {
			p.reasoned(over, item, fmt.Sprintf("%s: \"%s\" er tømt uden begrundelse", at.path, item.Key))
		}
		return p.grown(key.Type, b, item)
	}
	p.refuse(item, b, fmt.Sprintf("%s %s, og \"%s\" kan ikke ændres", at.path, at.guard.is(), item.Key), at.advice())
	return nil
}

// children checks the tables of a table of tables: new ones are welcome, but
// for what is the same for all; each national one is protected by its own
// word, or as the table around it when its kind has no word of its own.
func (p *protector) children(at place, elem *schema.Type, base, over *source.Node) *source.Node {
	out := *over
	out.Items = nil
	if len(over.Items) == 0 {
		p.nothing(over, base, at.path+" er tom og ændrer ingenting", "Skriv noget, eller slet linjen.")
	}
	for _, child := range over.Items {
		b := base.Get(child.Key)
		switch {
		case b == nil && at.guard == common:
			p.refuse(child, base, fmt.Sprintf("%s %s og kan ikke få flere", at.path, at.guard.is()), at.advice())
		case b == nil:
			out.Items = append(out.Items, p.addition(elem, child))
		default:
			if kept := p.child(at, elem, b, child); kept != nil {
				out.Items = append(out.Items, kept)
			}
		}
	}
	return &out
}

func (p *protector) child(at place, elem *schema.Type, b, child *source.Node) *source.Node {
	own := at.below(child.Key, at.guard)
	switch {
	case firmKey(elem) != nil:
		return p.participant(own, elem, b, child)
	case source.Equal(b, child):
		p.nothing(child, b, fmt.Sprintf("\"%s\" siger det samme som den nationale tekst og ændrer ingenting",
			child.Key), "Slet linjen.")
		return nil
	case child.Kind != source.Table || b.Kind != source.Table:
		p.noTable(child, b, under(own.path))
		return nil
	case at.guard == common:
	case protected(b), at.gathers() && p.gathersCore(elem, b):
		own.guard = core
	case at.gathers(), elem.Key("bindende") != nil:
		own.guard = free // its own word is that it isn't core
	}
	return p.table(own, elem, b, child)
}

// addition takes from what is new what only the model can say: that it is core,
// and that a source says it.
func (p *protector) addition(t *schema.Type, n *source.Node) *source.Node {
	if t == nil || n.Kind != source.Table && n.Kind != source.Array {
		return n
	}
	out := *n
	out.Items = nil
	for _, item := range n.Items {
		inner := t.Elem // of a list, or of a table of tables
		if t.Form == schema.Table {
			key := t.Key(item.Key)
			if key != nil && key.Policy == schema.Source {
				p.refuse(item, nil, fmt.Sprintf("noget, en kommune tilføjer, kan ikke have \"%s\"", item.Key),
					"Skriv begrundelsen i lokal_begrundelse. Hvad modellen og kilden siger, står i den nationale tekst.")
				continue
			}
			inner = nil
			if key != nil {
				inner = key.Type
			}
		}
		if inner != nil && inner.Form == schema.List && item.Kind == source.Table {
			inner = inner.Elem // a single table stands for a list of one
		}
		out.Items = append(out.Items, p.addition(inner, item))
	}
	return &out
}

// grown checks the entries that a list has more than the national one.
func (p *protector) grown(t *schema.Type, base, over *source.Node) *source.Node {
	if over.Kind != source.Array {
		return over
	}
	out := *over
	out.Items = nil
	for _, o := range over.Items {
		if !slices.ContainsFunc(base.Items, func(b *source.Node) bool { return source.Equal(b, o) }) {
			o = p.addition(t.Elem, o)
		}
		out.Items = append(out.Items, o)
	}
	return &out
}

// omit checks a table that the municipality leaves out.
func (p *protector) omit(at place, base, over, item *source.Node) *source.Node {
	if item.Kind == source.Bool && !item.Bool {
		return item
	}
	const help = "Slet linjen. Det, der ikke er kerne, kan udelades med en begrundelse."
	switch at.guard {
	case core:
		p.refuse(item, base, at.path+" er modellens kerne og kan ikke udelades", help)
		return nil
	case common:
		p.refuse(item, base, at.path+" er ens for alle kommuner og kan ikke udelades", at.advice())
		return nil
	}
	if inside := coreInside(base); inside != nil {
		p.refuse(item, inside,
			fmt.Sprintf("%s kan ikke udelades, fordi \"%s\" i den er modellens kerne", at.path, inside.Key), help)
		return nil
	}
	p.reasoned(over, item, at.path+" er udeladt uden begrundelse")
	if at.top && at.kind != nil {
		for _, user := range p.usedBy(at.kind, over.Key) {
			p.refuse(item, user.At.Node(),
				fmt.Sprintf("%s kan ikke udelades, fordi %s:%s er modellens kerne og bygger på den", at.path, user.Kind,
					user.ID), "Slet linjen.")
			return nil
		}
	}
	return item
}

// reasoned demands a reason for what a table takes away.
func (p *protector) reasoned(over, item *source.Node, message string) {
	if reason := over.Get("lokal_begrundelse"); reason == nil || blank(reason.Str) {
		p.add(atKey(item, "mangler-begrundelse", message, "Tilføj lokal_begrundelse = \"…\"."))
	}
}

// coreInside finds a table inside n that is part of the model's core.
func coreInside(n *source.Node) *source.Node {
	for _, child := range n.Items {
		if child.Kind != source.Table && child.Kind != source.Array {
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

// usedBy lists the core entities that point at an entity.
func (p *protector) usedBy(k *schema.Kind, id string) []*model.Entity {
	if p.national == nil {
		return nil
	}
	target := p.layer.national.Lookup(p.national, "", k.Key, id)
	if target == nil {
		return nil
	}
	users := slices.Clone(p.users(p.national)[target])
	return slices.DeleteFunc(users, func(e *model.Entity) bool { return !e.Core && e.Force != model.Required })
}

// users tells which entities point at each entity of a national model.
func (e *Editions) users(m *model.Model) map[model.Named][]*model.Entity {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.uses[m] == nil {
		e.uses[m] = m.Users()
	}
	return e.uses[m]
}

// lostItem names what is core in a list that would lose it: an entity among
// references, or a requirement among statements.
func (p *protector) lostItem(t *schema.Type, base, over *source.Node) string {
	if base.Kind != source.Array || t.Form != schema.List {
		return ""
	}
	for _, b := range base.Items {
		if slices.ContainsFunc(list(over), func(o *source.Node) bool { return source.Equal(b, o) }) {
			continue
		}
		switch text := b.Get("tekst"); {
		case t.Elem.Form == schema.AnyRef && p.namesCore(b):
			return "\"" + b.Str + "\""
		case b.Kind == source.Table && protected(b) && text != nil:
			return "\"" + text.Str + "\""
		}
	}
	return ""
}

// extends reports whether a list keeps all that the national one has, in its
// order, and adds to its end.
func extends(base, over *source.Node) bool {
	if base.Kind != source.Array || over.Kind != source.Array || len(over.Items) < len(base.Items) {
		return false
	}
	for i, b := range base.Items {
		if !source.Equal(b, over.Items[i]) {
			return false
		}
	}
	return true
}

// is says it in a sentence whose subject is the table.
func (g guard) is() string {
	if g == core {
		return "er modellens kerne"
	}
	return "er ens for alle kommuner"
}

// advice says what a municipality can do in place of a change.
func (at place) advice() string {
	if at.kind == nil {
		return "Slet linjen, og skriv jeres praksis som vejledning til modellen."
	}
	_, id, _ := strings.Cut(at.path, ".")
	id, _, _ = strings.Cut(id, ".")
	own := "Slet linjen."
	switch {
	case at.kind.Type.Key("svar") != nil:
		own = "Slet linjen, og skriv, hvad I har aftalt, i svar = \"…\"."
	case at.guard == common && at.kind.Addable:
		own = "I kan tilføje jeres egne, men ikke ændre de nationale. Slet linjen."
	case at.kind.Guidance != schema.NoGuidance:
		own = fmt.Sprintf("Slet linjen, og beskriv jeres praksis i vejledning/%s/%s.md.", at.kind.Key, id)
	case at.kind.Addable:
		own = fmt.Sprintf("Slet linjen, eller tilføj jeres egen, [%s.<id>].", at.kind.Key)
	}
	if at.guard == core {
		return "I kan tilføje, men ikke svække, fjerne eller flytte et krav. " + own
	}
	return own
}

// refuse reports what may not be said, at the local line and the national one.
func (p *protector) refuse(item, base *source.Node, message, help string) {
	d := atKey(item, "kernen-svaekkes", message, help)
	if base != nil {
		pos := base.Pos
		if pos.Line == 0 {
			pos = base.KeyPos
		}
		d.Notes = []diag.Note{{Pos: pos, Message: "den nationale tekst"}}
	}
	p.add(d)
}

// noTable refuses a value in place of a national table.
func (p *protector) noTable(item, base *source.Node, help string) {
	d := atKey(item, "forkert-type", fmt.Sprintf("%s skal være en tabel, men er %s", item.Key, item.Kind), help)
	d.Notes = []diag.Note{{Pos: base.KeyPos, Message: "den nationale tekst"}}
	p.add(d)
}

func under(path string) string { return "Skriv [" + path + "], og sæt nøglerne derunder." }

// nothing warns of what changes nothing.
func (p *protector) nothing(item, base *source.Node, message, help string) {
	d := atKey(item, "aendrer-ingenting", message, help)
	d.Severity = diag.Warning
	if base != nil && base.Pos.Line > 0 {
		d.Notes = []diag.Note{{Pos: base.Pos, Message: "den nationale tekst"}}
	}
	p.add(d)
}
