package model

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// protector refuses overlays that weaken the model's core.
type protector struct {
	*editor
	national *Model
	root     *source.Node
	names    map[string]*source.Node // "kind:name" → where the overlay gives it
	guides   []Guide                 // the overlay's guidance
	shared   bool                    // the tables are shared by the models
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
					copied.Items = append(copied.Items, p.addition(ent))
				}
				continue
			}
			if ent.Kind != source.Table {
				p.noTable(ent, base, "["+kind.Key+"."+ent.Key+"]")
				continue
			}
			if kept := p.entity(kind.Key, kind.Key+"."+ent.Key, base, ent, p.core(kind.Key, ent.Key, base)); kept != nil {
				copied.Items = append(copied.Items, kept)
			}
		}
		out.Items = append(out.Items, &copied)
	}
	return &out
}

// core reports whether a national entity is protected: by itself, because it is
// the model's evidence, or because what is core builds on it.
func (p *protector) core(kind, id string, base *source.Node) bool {
	return protected(base) || slices.Contains(nationalKinds, kind) || kind == "tjekliste" && p.holdsCore(base) ||
		kind == "rolle" && len(p.usedBy(kind+"."+id)) > 0
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
	for _, other := range p.national.All() {
		if e := other.Base(); e.Kind == k.Key && slices.Contains(e.Former, n.Key) {
			p.h.unsure[p.national.ID+"/"+k.Key] = true // what points at it is no second mistake
			p.diags = append(p.diags, diag.Diag{Severity: diag.Error, Code: "ukendt-id", Pos: n.KeyPos, Width: len([]rune(n.Key)),
				Message: fmt.Sprintf("modellens %s \"%s\" hedder nu \"%s\"", k.One, n.Key, e.ID), Help: fmt.Sprintf("Skriv [%s.%s].", k.Key, e.ID),
				Notes: []diag.Note{{Pos: e.At.Key("tidligere").Pos(), Message: "den nationale tekst"}}})
			return false
		}
	}
	if k.Addable && n.Kind == source.Table && len(missing) == 0 {
		return !p.taken(k, n)
	}
	p.h.unsure[p.national.ID+"/"+k.Key] = true // what points at it is no second mistake
	if k.Addable && near == "" && p.partial[n.KeyPos.File] {
		return false // what is missing may stand in what could not be read
	}
	help := knownIDs(k, ids)
	if k.Addable {
		help = fmt.Sprintf("Er det nyt, så tilføj %s. %s", strings.Join(missing, ", "), help)
	} else {
		if len(ids) == 0 {
			help = ""
		}
		help = strings.TrimSpace("En kommune kan tilpasse modellens " + strings.ToLower(k.Many) + ", men ikke tilføje nye. " + help)
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

// What a municipality may say of a national table, key by key.
var (
	// always may be said of anything, core or not. svar belongs to agreements.
	always = []string{"lokal_begrundelse", "lokal_dato", "svar"}

	// addable may be added to something that is core and lacks it.
	addable = []string{"sted", "varighed", "minutter", "aftale"}

	// growing are the lists that may get more entries although they are core.
	growing = []string{"deltagere", "andre_planer", "spoergsmaal", "punkter", "eksempler"}

	// evidence is what a statement rests on and how it is to be taken; no
	// municipality may change it anywhere.
	evidence = []string{"kerne", "bindende", "kilde", "grundlag", "forbehold", "noter", "lov", "tidligere", "styrke"}

	// claims are what an addition may not say: that the model, its editors or a
	// source say it.
	claims = []string{"kerne", "kilde", "grundlag", "noter", "lov", "tidligere"}

	// nationalKinds are the model's evidence and background, and what its figures
	// are drawn from, which hold in all municipalities alike.
	nationalKinds = []string{"resultat", "tal", "oekonomi", "scenarie", "viden", "maalgruppe", "maal", "figur", "trin", "aftale"}

	// keyedKeys hold children with protection of their own.
	keyedKeys = []string{"skridt", "deltagere", "dele", "foer", "dagsorden", "efter", "gruppe", "punkt", "felt"}
)

// entity checks one table of an overlay against the national one; core tells
// that the national one is protected. It returns what may be merged.
func (p *protector) entity(kind, path string, base, over *source.Node, core bool) *source.Node {
	if p.reasonOnly(path, over) && !p.partial[over.KeyPos.File] {
		p.nothing(over, base, path+" siger ikke, hvad der er anderledes, og ændrer ingenting", "Skriv, hvad I gør anderledes, eller slet tabellen.")
		return nil
	}
	out := *over
	out.Items = nil
	for _, item := range over.Items {
		if kept := p.item(kind, path, base, over, item, core); kept != nil {
			out.Items = append(out.Items, kept)
		}
	}
	return &out
}

// reasonOnly reports whether a table holds nothing but a reason and a date, and
// no guidance beside it has use for them.
func (p *protector) reasonOnly(path string, over *source.Node) bool {
	return !slices.ContainsFunc(over.Items, func(item *source.Node) bool { return item.Key != "lokal_begrundelse" && item.Key != "lokal_dato" }) &&
		!slices.ContainsFunc(p.guides, func(g Guide) bool { return g.Path == path })
}

// nothing warns of what changes nothing.
func (p *protector) nothing(item, base *source.Node, message, help string) {
	d := diag.Diag{Severity: diag.Warning, Code: "aendrer-ingenting", Pos: item.KeyPos, Width: len([]rune(item.Key)), Message: message, Help: help}
	if base != nil && base.Pos.Line > 0 {
		d.Notes = []diag.Note{{Pos: base.Pos, Message: "den nationale tekst"}}
	}
	p.diags = append(p.diags, d)
}

func (p *protector) item(kind, path string, base, over, item *source.Node, core bool) *source.Node {
	b := base.Get(item.Key)
	switch {
	case b == nil && (item.Kind == source.String && blank(item.Str) || item.Kind == source.Int && item.Int == 0) && item.Key != "lokalt_navn" && !slices.Contains(evidence, item.Key):
		p.nothing(item, nil, fmt.Sprintf("\"%s\" er tom og ændrer ingenting", item.Key), "Skriv noget, eller slet linjen.")
		return nil
	case slices.Contains(always, item.Key):
		return item
	case item.Key == "lokalt_navn":
		return p.rename(kind, path, base, item, core)
	case item.Key == "placeres_efter":
		p.refuse(item, base, path+" står, hvor modellen har sat det", "placeres_efter kan kun bruges på punkter, I selv tilføjer.")
		return nil
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
	case b == nil && slices.Contains(keyedKeys, item.Key) && kind != "figur":
		return p.additions(item)
	case b != nil && source.Equal(b, item):
		p.nothing(item, b, fmt.Sprintf("\"%s\" siger det samme som den nationale tekst og ændrer ingenting", item.Key), "Slet linjen.")
		return nil
	case slices.Contains(evidence, item.Key):
		at := b
		if at == nil {
			at = base
		}
		p.refuse(item, at, fmt.Sprintf("%s.%s kan ikke ændres af en kommune", path, item.Key), "Hvad modellen og kilden siger, er ens for alle kommuner. Slet linjen.")
		return nil
	case b == nil && core && !slices.Contains(addable, item.Key) && !p.allowedCadence(kind, base, over, item):
		p.refuse(item, base, fmt.Sprintf("%s er modellens kerne og kan ikke få nøglen \"%s\" lokalt%s", path, item.Key, diag.MenteDu(item.Key, slices.Concat(always, addable, []string{"lokalt_navn"}))),
			"Tilføj i stedet en opgave, et dagsordenspunkt eller en vejledning (\"Sådan gør vi\").")
		return nil
	case b == nil:
		return p.addition(item)
	}
	return p.replace(kind, path, base, over, b, item, core)
}

// replace decides whether a national value may give way to a local one.
func (p *protector) replace(kind, path string, base, over, b, item *source.Node, core bool) *source.Node {
	if lost := p.lostItems(b, item); lost != "" {
		p.refuse(item, b, fmt.Sprintf("listen mangler %s, som er modellens kerne", lost), "Behold punktet, og tilføj jeres egne.")
		return nil
	}
	if kind == "kadence" && core && slices.Contains(cadenceKeys, item.Key) {
		if fault := p.cadenceFault(base, over, item); fault != "" {
			help := "I kan holde det oftere end modellen, ikke sjældnere. Skriv fx hver = 2, enhed = \"maaned\" og udtryk = \"hver anden måned\"."
			if weeks(base) == 0 {
				help = "Slet linjen, og skriv som vejledning, hvor tit I gør det."
			}
			p.refuse(item, b, path+": "+fault, help)
			return nil
		}
		return item
	}
	if !core || slices.Contains(growing, item.Key) && extends(b, item) || item.Key == "form" && firmer(b, item) {
		if item.Kind == source.String && blank(item.Str) && !blank(b.Str) {
			p.reasoned(over, item, fmt.Sprintf("%s: \"%s\" er tømt uden begrundelse", path, item.Key))
		}
		return p.grown(b, item)
	}
	p.refuse(item, b, fmt.Sprintf("%s er modellens kerne, og \"%s\" kan ikke ændres", path, item.Key),
		"I kan tilføje, men ikke svække, fjerne eller flytte et krav. Slet linjen, eller beskriv jeres praksis som vejledning.")
	return nil
}

// children checks keyed children: new ones are welcome, each national one is
// protected by its own kerne or bindende. Participants and parts of a core
// meeting, and a checklist's groups with core in them, are core themselves.
func (p *protector) children(kind, path string, base, over *source.Node, core bool) *source.Node {
	out := *over
	out.Items = nil
	people := strings.HasSuffix(path, ".deltagere")
	whole := core && (strings.HasSuffix(path, ".dele") || kind == "figur")
	if len(over.Items) == 0 {
		p.nothing(over, base, path+" er tom og ændrer ingenting", "Skriv noget, eller slet linjen.")
	}
	for _, child := range over.Items {
		b := base.Get(child.Key)
		if b == nil && kind == "figur" {
			p.refuse(child, base, path+" er modellens kerne og kan ikke få flere felter", "Figuren er modellens. Beskriv jeres praksis som vejledning.")
			continue
		}
		if b == nil {
			out.Items = append(out.Items, p.addition(child))
			continue
		}
		if people {
			if child = p.participant(path, b, child, core); child != nil {
				out.Items = append(out.Items, child)
			}
			continue
		}
		switch {
		case source.Equal(b, child):
			p.item(kind, path, base, over, child, core) // says that it changes nothing
		case child.Kind != source.Table || b.Kind != source.Table:
			p.noTable(child, b, "["+path+"."+child.Key+"]")
		default:
			if kept := p.entity(kind, path+"."+child.Key, b, child, whole || protected(b) || p.holdsCore(b)); kept != nil {
				out.Items = append(out.Items, kept)
			}
		}
	}
	return &out
}

// participant checks how somebody takes part. "altid" and { form = "altid" }
// say the same; in a core meeting people can take part more firmly, with a note
// that says how, and never less.
func (p *protector) participant(path string, base, child *source.Node, core bool) *source.Node {
	b, c := asTable(base, "form"), asTable(child, "form")
	path += "." + child.Key
	if c.Kind != source.Table {
		p.noTable(child, base, path+" = \"altid\"")
		return nil
	}
	if source.Equal(b, c) {
		p.nothing(child, base, path+" siger det samme som den nationale tekst og ændrer ingenting", "Slet linjen.")
		return nil
	}
	if form := b.Get("form"); base.Kind == source.String && c.Get("form") == nil {
		whole := *c
		whole.Items = append([]*source.Node{form}, c.Items...)
		c = &whole // the bare string that c replaces said the form
	}
	if !core {
		return c
	}
	from, to := b.Get("form"), c.Get("form")
	switch {
	case left(c):
		p.refuse(child, base, path+" er modellens kerne og kan ikke udelades", "Slet linjen. Det, der ikke er kerne, kan udelades med en begrundelse.")
		return nil
	case to != nil && from != nil && !firmer(from, to):
		p.refuse(child, base, path+" kan ikke deltage mindre fast end i modellen", "Rækkefølgen er: altid, boer, efter aftale, overvejes.")
		return nil
	}
	out := *c
	out.Items = nil
	for _, item := range c.Items {
		moreFirmly := to != nil && from != nil && to.Str != from.Str
		switch {
		case item.Key == "form" || slices.Contains(always, item.Key) || item.Key == "note" && moreFirmly:
			out.Items = append(out.Items, item)
		default:
			p.refuse(item, base, fmt.Sprintf("%s er modellens kerne, og \"%s\" kan ikke ændres", path, item.Key), "I kan lade deltageren være med mere fast, og så skrive en note om det.")
		}
	}
	if len(out.Items) == 0 {
		return nil
	}
	return &out
}

// asTable gives the table that a bare string stands for.
func asTable(n *source.Node, key string) *source.Node {
	if n.Kind != source.String {
		return n
	}
	value := *n
	value.Key = key
	return &source.Node{Key: n.Key, KeyPos: n.KeyPos, Pos: n.Pos, Width: n.Width, Kind: source.Table, Items: []*source.Node{&value}, Local: n.Local}
}

// additions checks keyed children of a kind that the national table has none of.
func (p *protector) additions(list *source.Node) *source.Node {
	if list.Kind != source.Table {
		return list
	}
	out := *list
	out.Items = nil
	for _, child := range list.Items {
		out.Items = append(out.Items, p.addition(child))
	}
	return &out
}

// addition takes from what is new what only the model can say: that it is core,
// and that a source says it. The keys of a keyed table are ids, not claims.
func (p *protector) addition(n *source.Node) *source.Node {
	if n.Kind != source.Table && n.Kind != source.Array {
		return n
	}
	out := *n
	out.Items = nil
	for _, item := range n.Items {
		switch {
		case n.Kind == source.Table && slices.Contains(claims, item.Key):
			p.refuse(item, nil, fmt.Sprintf("noget, en kommune tilføjer, kan ikke have \"%s\"", item.Key), "Skriv begrundelsen i lokal_begrundelse. Hvad modellen og kilden siger, står i den nationale tekst.")
			continue
		case item.Kind == source.Table && (slices.Contains(keyedKeys, item.Key) || item.Key == "model"):
			item = p.additions(item)
		default:
			item = p.addition(item)
		}
		out.Items = append(out.Items, item)
	}
	return &out
}

// grown checks the entries that a list has more than the national one.
func (p *protector) grown(base, over *source.Node) *source.Node {
	if over.Kind != source.Array {
		return over
	}
	out := *over
	out.Items = nil
	for _, o := range over.Items {
		if !slices.ContainsFunc(base.Items, func(b *source.Node) bool { return source.Equal(b, o) }) {
			o = p.addition(o)
		}
		out.Items = append(out.Items, o)
	}
	return &out
}

// holdsCore reports whether a checklist or one of its groups has core points.
func (p *protector) holdsCore(n *source.Node) bool {
	if items := n.Get("punkter"); items != nil && items.Kind == source.Array {
		for _, i := range items.Items {
			kind, id, _ := strings.Cut(i.Str, ":")
			if target := p.root.Get(kind).Get(id); target != nil && protected(target) {
				return true
			}
		}
	}
	for _, key := range []string{"gruppe", "punkt"} {
		if list := n.Get(key); list != nil {
			for _, child := range list.Items {
				if protected(child) || p.holdsCore(child) {
					return true
				}
			}
		}
	}
	return false
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
	p.reasoned(over, item, path+" er udeladt uden begrundelse")
	for _, user := range p.usedBy(path) {
		p.refuse(item, user.At.node, fmt.Sprintf("%s kan ikke udelades, fordi %s:%s er modellens kerne og bygger på den", path, user.Kind, user.ID), "Slet linjen.")
		return nil
	}
	return item
}

// reasoned demands a reason for what a table takes away.
func (p *protector) reasoned(over, item *source.Node, message string) {
	if reason := over.Get("lokal_begrundelse"); reason == nil || blank(reason.Str) {
		p.diags = append(p.diags, diag.Diag{Severity: diag.Error, Code: "mangler-begrundelse", Pos: item.KeyPos, Width: len([]rune(item.Key)),
			Message: message, Help: "Tilføj lokal_begrundelse = \"…\"."})
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
	return slices.DeleteFunc(slices.Clone(p.n.uses.of(p.national)[target]), func(e *Entity) bool { return !e.Core && e.Force != Required })
}

// lostItems names what is core in a list that would lose it: an entity among
// a checklist's references, or a requirement among a role's.
func (p *protector) lostItems(base, over *source.Node) string {
	if base.Kind != source.Array {
		return ""
	}
	for _, b := range base.Items {
		if text := b.Get("tekst"); b.Kind == source.Table && protected(b) && text != nil &&
			!slices.ContainsFunc(over.Items, func(o *source.Node) bool { return source.Equal(b, o) }) {
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
