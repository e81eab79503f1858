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

// protector filters an overlay's tables: it removes and reports what a municipality may
// not change. It does not modify the tables that it is given.
type protector struct {
	*layer
	national *model.Model     // nil for the shared tables
	root     *source.Node     // the national tables
	names    map[string]claim // "kind:name" → where the overlay uses it
	guides   []Guide          // the overlay's guidance for the model
	shared   bool
	asked    subject // the table whose key was last checked
}

// subject is the national table that the protector is checking.
type subject struct {
	kind  *schema.Kind // nil for [model]
	path  string       // "moede.opfoelgning.dagsorden"
	guard guard
	why   string // the predicate of a Danish sentence, "er modellens kerne"
	top   bool   // the entity's own table
}

// child is a table in the subject, guarded like it or, if it says so, as core.
func (at subject) child(key string, n *source.Node) subject {
	out := subject{kind: at.kind, path: at.path + "." + key, guard: at.guard, why: at.why}
	if at.guard != common && protected(n) {
		out.guard, out.why = core, ownCore
	}
	return out
}

// isGathered reports whether the entity consists of points that are each core or not.
func (at subject) isGathered() bool { return at.kind != nil && at.kind.Gathers }

// file returns a folder's tables without what was refused.
func (p *protector) file(over *source.Node) *source.Node {
	out := *over
	out.Items = nil
	for _, kind := range over.Items {
		national := p.root.Get(kind.Key)
		k := p.set().Kind(kind.Key)
		switch {
		case kind.Kind != source.Table && national != nil:
			p.refuseNonTable(kind, national, under(kind.Key+".<id>"))
		case kind.Key == "model" && kind.Kind == source.Table && !p.shared:
			at := subject{path: "model", guard: common, why: isCommon, top: true}
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
			p.refuseNonTable(ent, base, under(path))
		default:
			at := subject{kind: k, path: path, top: true}
			at.guard, at.why = p.guard(k, ent.Key, base)
			if p.idTaken(at, base, ent) || !p.shared && at.guard == free && p.nameTaken(k, base, ent) {
				continue
			}
			if kept := p.table(at, k.Type, base, ent); kept != nil {
				out.Items = append(out.Items, kept)
			}
		}
	}
	return &out
}

// list returns the elements of a list, or the single value that is short for one.
func list(n *source.Node) []*source.Node {
	if n.Kind == source.Array {
		return n.Items
	}
	return []*source.Node{n}
}

// table checks a table of the overlay against the national one. It returns the part that
// may be merged, or nil.
func (p *protector) table(at subject, t *schema.Type, base, over *source.Node) *source.Node {
	if at.top && p.reasonOnly(at.path, over) && !p.out.Lost.Files[over.KeyPos.File] {
		p.warnNoEffect(over, base, at.path+" siger ikke, hvad der er anderledes, og ændrer ingenting",
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

// reasonOnly reports whether a table holds nothing but a reason and a date, and no local
// guidance for the entity uses them.
func (p *protector) reasonOnly(path string, over *source.Node) bool {
	says := func(item *source.Node) bool { return item.Key != "lokal_begrundelse" && item.Key != "lokal_dato" }
	guides := func(g Guide) bool { return strings.HasSuffix(g.Path, "/"+path) }
	return !slices.ContainsFunc(over.Items, says) && !slices.ContainsFunc(p.guides, guides)
}

// value checks one key of a national table. over is the overlay's table with the key.
func (p *protector) value(at subject, key *schema.Key, base, over, item *source.Node) *source.Node {
	p.asked = at
	b := base.Get(item.Key)
	policy := key.Policy
	if at.top && at.kind != nil {
		policy = at.kind.Policy(key)
	}
	switch policy {
	case schema.Answer:
		if key.Name == "svar" && item.Kind == source.String && blank(item.Str) {
			d := atKey(item, "tomt-svar", at.path+".svar siger ikke, hvad I har aftalt", "Skriv det, eller slet linjen.")
			p.add(d)
			return nil
		}
		return item
	case schema.Rename:
		return p.rename(at, base, base.Get("navn"), item)
	case schema.NameForm:
		if at.top && at.kind != nil && at.kind.Renamable && over.Get("lokalt_navn") != nil {
			return p.rename(at, base, b, item)
		}
	case schema.Omit:
		return p.omit(at, base, over, item)
	case schema.Position:
		p.refuse(item, base, at.path+" står, hvor modellen har sat det",
			"Slet linjen. Kun punkter, I selv tilføjer, kan have placeres_efter.")
		return nil
	case schema.Never:
		help := "Slet linjen."
		if at.guard == free {
			help = "Brug udeladt = true og lokal_begrundelse."
		}
		p.refuse(item, base, "en kommune kan ikke skjule noget som kladde", help)
		return nil
	}
	fixed := policy == schema.Fixed || policy == schema.Source
	switch {
	case b == nil && empty(item) && !fixed:
		p.warnNoEffect(item, nil, fmt.Sprintf("\"%s\" er tom og ændrer ingenting", item.Key),
			"Skriv noget, eller slet linjen.")
		return nil
	case b != nil && b.Kind == source.Table && item.Kind != source.Table:
		p.refuseNonTable(item, b, under(at.path+"."+item.Key))
		return nil
	case b != nil && b.Kind == source.Table && policy == schema.Children:
		return p.children(at.child(item.Key, b), key.Type.Elem, b, item)
	case b != nil && b.Kind == source.Table:
		return p.table(at.child(item.Key, b), key.Type, b, item)
	case b == nil && policy == schema.Children && at.guard != common:
		return p.addition(key.Type, item)
	case b != nil && source.Equal(b, item) &&
		(policy != schema.Oftener || mergedFrequency(base, over) == model.FrequencyOf(base)):
		p.warnNoEffect(item, b,
			fmt.Sprintf("\"%s\" siger det samme som den nationale tekst og ændrer ingenting", item.Key),
			"Slet linjen.")
		return nil
	case fixed:
		p.refuse(item, either(b, base), fmt.Sprintf("%s.%s kan ikke ændres af en kommune", at.path, item.Key),
			"Hvad modellen og kilden siger, er ens for alle kommuner. Slet linjen.")
		return nil
	case policy == schema.Oftener && at.guard == core:
		return p.cadence(at, key, base, over, item)
	case b == nil && at.guard != free && !(at.guard == core && (policy == schema.AddOnly || policy == schema.Grow)):
		p.refuse(item, base, fmt.Sprintf("%s %s og kan ikke få nøglen \"%s\" lokalt", at.path, at.why, item.Key),
			at.advice())
		return nil
	case b == nil:
		return p.addition(key.Type, item)
	}
	return p.replace(at, key, policy, base, over, b, item)
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

// replace decides whether a local value may replace a national one.
func (p *protector) replace(at subject, key *schema.Key, policy schema.Policy, base, over, b,
	item *source.Node) *source.Node {
	grows := policy == schema.Grow && at.guard == core
	if lost := p.lostItem(key.Type, b, item); lost != "" && (grows || at.guard == free) {
		p.refuse(item, b, fmt.Sprintf("listen mangler %s, som er modellens kerne", lost),
			"Slet linjen, eller skriv modellens liste, som den er, og jeres egne efter.")
		return nil
	}
	switch {
	case at.guard == free, grows && extends(b, item):
		if item.Kind == source.String && blank(item.Str) && !blank(b.Str) {
			p.requireReason(over, item, fmt.Sprintf("%s: \"%s\" er tømt uden begrundelse", at.path, item.Key))
		}
		return p.extended(key.Type, b, item)
	}
	help := at.advice()
	switch {
	case item.Key == "navn" && at.top && at.kind != nil && at.kind.Renamable:
		help = "Skriv lokalt_navn i stedet for navn."
	case grows:
		help = "Listen kan kun blive længere. Slet linjen, eller skriv modellens liste, som den er, og jeres egne efter."
	}
	p.refuse(item, b, fmt.Sprintf("%s %s, og \"%s\" kan ikke ændres", at.path, at.why, item.Key), help)
	return nil
}

// children checks the tables of a table of tables. New ones are allowed, unless the
// subject is the same for all. A national one is guarded by its own marks, or like the
// table around it if it can have none.
func (p *protector) children(at subject, elem *schema.Type, base, over *source.Node) *source.Node {
	out := *over
	out.Items = nil
	if len(over.Items) == 0 {
		p.warnNoEffect(over, base, at.path+" er tom og ændrer ingenting", "Skriv noget, eller slet linjen.")
	}
	for _, child := range over.Items {
		b := base.Get(child.Key)
		switch {
		case b == nil && at.guard == common:
			p.asked = at
			p.refuse(child, base, fmt.Sprintf("%s %s og kan ikke få flere", at.path, at.why), at.advice())
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

func (p *protector) child(at subject, elem *schema.Type, b, child *source.Node) *source.Node {
	own := at.child(child.Key, b)
	p.asked = own
	switch {
	case firmKey(elem) != nil:
		return p.participant(own, elem, b, child)
	case source.Equal(b, child):
		p.warnNoEffect(child, b, fmt.Sprintf("\"%s\" siger det samme som den nationale tekst og ændrer ingenting",
			child.Key), "Slet linjen.")
		return nil
	case child.Kind != source.Table || b.Kind != source.Table:
		p.refuseNonTable(child, b, under(own.path))
		return nil
	case at.guard == common, protected(b):
	case at.isGathered() && p.gathersCore(elem, b):
		own.guard, own.why = core, innerCore
	case at.isGathered(), elem.Key("kerne") != nil:
		own.guard = free // it could be marked as core, and isn't
	}
	return p.table(own, elem, b, child)
}

// addition removes from a new table the keys that only the model may have: that it is
// core, and its sources.
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
					"Slet linjen, og skriv begrundelsen i lokal_begrundelse. "+
						"Hvad modellen og kilden siger, står i den nationale tekst.")
				continue
			}
			if item.Key == "tekst" && t.Key("fra") != nil && n.Get("fra") != nil {
				p.refuse(item, nil, "et punkt, der viser modellens udsagn, har modellens ord",
					"Slet linjen, eller slet fra, så punktet er jeres eget.")
				continue
			}
			inner = nil
			if key != nil {
				inner = key.Type
			}
		}
		if inner != nil && inner.Form == schema.List && item.Kind == source.Table {
			inner = inner.Elem // a single table is short for a list of one
		}
		out.Items = append(out.Items, p.addition(inner, item))
	}
	return &out
}

// extended checks the elements that a list adds to the national one.
func (p *protector) extended(t *schema.Type, base, over *source.Node) *source.Node {
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

// refuse reports a forbidden change at the local line, with the national one in a note.
func (p *protector) refuse(item, base *source.Node, message, help string) {
	if item.Kind == source.Table && item.Pos == item.KeyPos { // it has a header of its own
		help = strings.ReplaceAll(help, "linjen", "tabellen")
	}
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

// refuseNonTable reports a value that would replace a national table.
func (p *protector) refuseNonTable(item, base *source.Node, help string) {
	d := atKey(item, "forkert-type", fmt.Sprintf("%s skal være en tabel, men er %s", item.Key, item.Kind), help)
	d.Notes = []diag.Note{{Pos: base.KeyPos, Message: "den nationale tekst"}}
	p.add(d)
}

func under(path string) string { return "Skriv [" + path + "], og sæt nøglerne derunder." }

// warnNoEffect reports a line without effect.
func (p *protector) warnNoEffect(item, base *source.Node, message, help string) {
	d := atKey(item, "aendrer-ingenting", message, help)
	d.Severity = diag.Warning
	if base != nil && base.Pos.Line > 0 {
		d.Notes = []diag.Note{{Pos: base.Pos, Message: "den nationale tekst"}}
	}
	p.add(d)
}
