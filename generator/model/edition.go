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

// Overlaid is the tables of a municipality's edition, after merging.
type Overlaid struct {
	ID     string       // the municipality's, in the register
	Own    *source.Node // [kommune], merged with the register's; nil if the municipality has none
	Tables Tables       // the merged tables; Shared is nil and Models lacks an id where nothing is local
	Lost   Lost
}

// Edition decodes and links one municipality's edition. It has the same *Model as the
// national edition for a model without merged tables, and the same shared entities
// without merged shared tables. It returns nil for an id that the register lacks.
func (n *National) Edition(o Overlaid) (*Handbook, []diag.Diag) {
	base, _ := n.find(municipalitiesKind.Kind, o.ID).(*Municipality)
	if base == nil {
		return nil, nil
	}
	h := *n.Handbook
	h.Municipal, h.unsure = base, o.Lost.Unsure
	d := &decoder{lost: o.Lost, set: n.Tables.Schema}
	if o.Own != nil {
		h.Municipal = &Municipality{}
		d.table(o.Own, reflect.ValueOf(h.Municipal).Elem(), Schema().Municipal, "[kommune]")
		h.Municipal.ID, h.Municipal.Kind, h.Municipal.kind = o.ID, municipalitiesKind.Key, municipalitiesKind.Kind
	}
	if o.Tables.Shared != nil {
		h.entities = d.entities(o.Tables.Shared, nil, "haandbog")
		h.newestFirst()
		h.set(municipalitiesKind.Kind, n.List(municipalitiesKind.Kind))
	}
	d.diags = append(d.diags, h.use(n, h.Municipal)...)
	h.Models = slices.Clone(h.Models)
	var changed []*Model
	for i, m := range h.Models {
		if root := o.Tables.Models[m.ID]; root != nil {
			h.Models[i] = d.model(m.ID, root)
			h.Models[i].adoptNames()
			changed = append(changed, h.Models[i])
		}
	}
	diags := d.diags
	diags = append(diags, linkContacts(&h)...)
	for _, m := range changed {
		diags = append(diags, linkModel(&h, m)...)
		if !h.unsure[m.ID] {
			diags = append(diags, validateModel(m, h.unsure)...)
		}
	}
	if o.Tables.Shared != nil {
		diags = append(diags, linkShared(&h)...)
	}
	return &h, diags
}

// linkContacts resolves the roles that the municipality's contacts are tied to.
func linkContacts(h *Handbook) []diag.Diag {
	l := &linker{hb: h}
	l.walk(reflect.ValueOf(&h.Municipal.Contacts).Elem(), Schema().Municipal.Key("kontakt").Type)
	for _, c := range h.Municipal.Contacts.Items {
		for _, r := range c.Roles {
			if _, ok := r.To.(*Role); !ok && r.To != nil {
				l.report(r.At, "ugyldig-henvisning", fmt.Sprintf("\"%s/%s:%s\" er ikke en rolle", r.Model, r.Kind, r.ID),
					"Skriv modellens id og rollens: \"<model>/rolle:<id>\".")
			}
		}
	}
	return l.diags
}

// use removes the models that the municipality doesn't use.
func (h *Handbook) use(n *National, m *Municipality) []diag.Diag {
	if len(m.Uses) == 0 {
		return nil
	}
	l := &linker{hb: n.Handbook}
	for i, id := range m.Uses {
		if n.ModelByID(id) != nil || n.hidden[id] {
			continue
		}
		at := m.At.Key("modeller")
		if at.node != nil && at.node.Kind == source.Array && i < len(at.node.Items) {
			at = At{at.node.Items[i]}
		}
		l.report(at, "ukendt-reference", fmt.Sprintf("ukendt model \"%s\"%s", id, diag.MenteDu(id, n.modelIDs())),
			"Modellerne er: "+strings.Join(n.modelIDs(), ", ")+".")
	}
	h.hidden = maps.Clone(n.hidden)
	var models []*Model
	for _, model := range n.Models {
		if slices.Contains(m.Uses, model.ID) {
			models = append(models, model)
		} else {
			h.hidden[model.ID] = true
		}
	}
	if len(models) > 0 {
		h.Models = models
	}
	return l.diags
}
