package overlay

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// What a national table is guarded as, and what may be done in spite of it.

// guard is whether a national table may be changed.
type guard int

const (
	free   guard = iota
	core         // part of the model's core
	common       // the same for all municipalities: background, figures, shared kinds
)

// Why a table is guarded, as the predicate of a Danish sentence about it.
const (
	ownCore   = "er modellens kerne"
	innerCore = "har noget af modellens kerne i sig"
	isCommon  = "er ens for alle kommuner"
)

// guard tells how a national entity is protected, and why: as core, because it says so,
// holds something core or is referred to by it; or as the same for all municipalities.
func (p *protector) guard(k *schema.Kind, id string, base *source.Node) (guard, string) {
	switch {
	case protected(base):
		return core, ownCore
	case k.Gathers && p.gathersCore(k.Type, base):
		return core, innerCore
	}
	if users := p.usedBy(k, id); k.CoreByUse && len(users) > 0 {
		return core, usedInCore(users)
	}
	if k.National || k.Shared {
		return common, isCommon
	}
	return free, ""
}

// usedInCore says which core entities use a table.
func usedInCore(users []*model.Entity) string {
	first := users[0]
	where := fmt.Sprintf("%s \"%s\"", first.Descriptor().One, first.Label())
	switch n := len(users) - 1; {
	case n == 1:
		where += " og ét sted mere"
	case n > 1:
		where += fmt.Sprintf(" og %d andre steder", n)
	}
	return "bruges i modellens kerne (" + where + ")"
}

// protected reports whether a table is marked as part of the model's core.
func protected(n *source.Node) bool {
	if core := n.Get("kerne"); core != nil && core.Bool {
		return true
	}
	force := n.Get("bindende")
	return force != nil && force.Str == string(model.Required)
}

// gathersCore reports whether a table that gathers points, or a table in it, has a core
// point or a reference to something core.
func (p *protector) gathersCore(t *schema.Type, n *source.Node) bool {
	for _, item := range n.Items {
		key := t.Key(item.Key)
		switch {
		case key == nil:
		case key.Type.Form == schema.List && key.Type.Elem.Form == schema.AnyRef:
			if slices.ContainsFunc(list(item), p.refersToCore) {
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

// refersToCore reports whether "kind:id" refers to something core.
func (p *protector) refersToCore(n *source.Node) bool {
	kind, id, _ := strings.Cut(n.Str, ":")
	target := p.root.Get(kind).Get(id)
	return target != nil && protected(target)
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

// usedBy lists the core entities that refer to an entity.
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

// users maps each entity of a national model to those that refer to it.
func (e *Editions) users(m *model.Model) map[model.Named][]*model.Entity {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.uses[m] == nil {
		e.uses[m] = m.Users()
	}
	return e.uses[m]
}

// lostItem returns a reference to a core entity that a local list lacks, quoted, or "".
func (p *protector) lostItem(t *schema.Type, base, over *source.Node) string {
	if base.Kind != source.Array || t.Form != schema.List {
		return ""
	}
	for _, b := range base.Items {
		if slices.ContainsFunc(list(over), func(o *source.Node) bool { return source.Equal(b, o) }) {
			continue
		}
		// Other references to what is core may be left out of what isn't; a core cadence
		// has no other place where it is kept.
		often := t.Elem.Form == schema.Ref && t.Elem.To.Key == "kadence"
		if t.Elem.Form == schema.AnyRef && p.refersToCore(b) || often && protected(p.root.Get("kadence").Get(b.Str)) {
			return "\"" + b.Str + "\""
		}
	}
	return ""
}

// extends reports whether a list is the national one with elements appended.
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

// omit checks that a municipality may omit a table.
func (p *protector) omit(at subject, base, over, item *source.Node) *source.Node {
	if item.Kind == source.Bool && !item.Bool {
		return item
	}
	const help = "Slet linjen. Det, der ikke er kerne, kan udelades med en begrundelse."
	switch at.guard {
	case core:
		p.refuse(item, base, at.path+" "+at.why+" og kan ikke udelades", help)
		return nil
	case common:
		p.refuse(item, base, at.path+" "+at.why+" og kan ikke udelades", at.advice())
		return nil
	}
	if inside := coreInside(base); inside != nil {
		p.refuse(item, inside,
			fmt.Sprintf("%s kan ikke udelades, fordi \"%s\" i den er modellens kerne", at.path, inside.Key), help)
		return nil
	}
	p.requireReason(over, item, at.path+" er udeladt uden begrundelse")
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

// requireReason reports a missing reason for omitting something.
func (p *protector) requireReason(over, item *source.Node, message string) {
	switch reason := over.Get("lokal_begrundelse"); {
	case reason == nil:
		p.add(atKey(item, "mangler-begrundelse", message, "Tilføj lokal_begrundelse = \"…\"."))
	case blank(reason.Str):
		p.add(atKey(reason, "mangler-begrundelse", message, "Skriv hvorfor: lokal_begrundelse = \"…\"."))
	}
}

// way is what a municipality can do instead of a change.
type way int

const (
	noWay way = iota
	modelGuidance
	localAnswer
	addOnly // and not change what is national
	guidance
	addition
)

func (at subject) way() way {
	switch {
	case at.kind == nil:
		return modelGuidance
	case at.kind.Type.Key("svar") != nil:
		return localAnswer
	case at.guard == common && at.kind.Addable:
		return addOnly
	case at.kind.Guidance != schema.NoGuidance:
		return guidance
	case at.kind.Addable:
		return addition
	}
	return noWay
}

// advice says at a line what a municipality can do instead of a change.
func (at subject) advice() string {
	own := "Slet linjen."
	switch at.way() {
	case modelGuidance:
		return "Slet linjen, og skriv jeres praksis som vejledning til modellen."
	case localAnswer:
		own = "Slet linjen, og skriv, hvad I har aftalt, i svar = \"…\"."
	case addOnly:
		own = "I kan tilføje jeres egne, men ikke ændre de nationale. Slet linjen."
	case guidance:
		_, id, _ := strings.Cut(at.path, ".")
		id, _, _ = strings.Cut(id, ".")
		own = fmt.Sprintf("Slet linjen, og beskriv jeres praksis i vejledning/%s/%s.md.", at.kind.Key, id)
	case addition:
		own = fmt.Sprintf("Slet linjen, eller tilføj jeres egen, [%s.<id>].", at.kind.Key)
	}
	if at.guard == core {
		return "I kan tilføje, men ikke svække, fjerne eller flytte et krav. " + own
	}
	return own
}

// instead says in a form what a municipality can do instead of a change.
func (at subject) instead() string {
	return [...]string{
		noWay:         "",
		modelGuidance: "Skriv jeres praksis i »Sådan gør vi«.",
		localAnswer:   "Skriv, hvad I har aftalt, i »Svar«.",
		addOnly:       "I kan tilføje jeres egne.",
		guidance:      "Skriv jeres praksis i »Sådan gør vi«.",
		addition:      "I kan tilføje jeres egen.",
	}[at.way()]
}
