package model

import (
	"fmt"
	"reflect"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
)

// linker resolves references inside one model or among the shared entities.
type linker struct {
	hb    *Handbook
	model *Model // nil for shared entities
	diags []diag.Diag
}

func (l *linker) walk(v reflect.Value, s *schema.Type) {
	switch s.Form {
	case schema.Ref:
		l.ref(v.Addr().Interface().(reference), s.To)
	case schema.Cite:
		l.cite(v.Addr().Interface().(*Cite))
	case schema.AnyRef:
		l.anyRef(v.Addr().Interface().(*AnyRef))
	default:
		s.Each(v, l.walk)
	}
}

func (l *linker) ref(r reference, k *schema.Kind) {
	id, at := r.given()
	if id == "" {
		return
	}
	if found := l.find(k, id); found != nil {
		r.resolve(found)
		return
	}
	l.unknown(at, k, id)
}

func (l *linker) find(k *schema.Kind, id string) Named {
	if k.Shared {
		return l.hb.find(k, id)
	}
	if l.model == nil {
		return nil
	}
	return l.model.find(k, id)
}

func (l *linker) unknown(at At, k *schema.Kind, id string) {
	if l.unsure(k) {
		return
	}
	ids := l.ids(k)
	l.report(at, "ukendt-reference", fmt.Sprintf("ukendt %s \"%s\"%s", k.One, id, diag.MenteDu(id, ids)),
		KnownIDs(k, ids))
}

// KnownIDs lists in Danish the entities of a kind, as help for an unknown one.
func KnownIDs(k *schema.Kind, ids []string) string {
	switch {
	case len(ids) == 0:
		return fmt.Sprintf("Der er ingen [%s.<id>] endnu. Opret den, eller fjern henvisningen.", k.Key)
	case len(ids) <= 12:
		return fmt.Sprintf("Der findes: %s.", strings.Join(ids, ", "))
	}
	return fmt.Sprintf("Opret [%s.<id>], eller ret id'et.", k.Key)
}

func (l *linker) ids(k *schema.Kind) []string {
	switch {
	case k.Shared:
		return l.hb.ids[k]
	case l.model == nil:
		return nil
	}
	return l.model.ids[k]
}

func (l *linker) report(at At, code, message, help string) {
	d := diag.Diag{Severity: diag.Error, Code: code, Pos: at.Pos(), Width: at.Width(), Message: message, Help: help}
	if at.node != nil && at.node.Base != nil {
		d.Notes = append(d.Notes, diag.Note{Pos: at.node.Base.Pos, Message: "erstatter"})
	}
	l.diags = append(l.diags, d)
}

// unsure reports whether an entity of the kind may be missing because of an error that
// is reported already.
func (l *linker) unsure(k *schema.Kind) bool {
	if k.Shared || l.model == nil {
		return l.hb.unsure.of("", k.Key)
	}
	return l.hb.unsure.of(l.model.ID, k.Key)
}

func (l *linker) unknownModel(at At, id string) {
	ids := l.hb.modelIDs()
	l.report(at, "ukendt-reference", fmt.Sprintf("ukendt model \"%s\"%s", id, diag.MenteDu(id, ids)),
		"Modellerne er: "+strings.Join(ids, ", ")+".")
}

func (l *linker) cite(c *Cite) {
	if c.ID == "" {
		return // reported when it was read
	}
	k := sourcesKind.Kind
	if found := l.find(k, c.ID); found != nil {
		c.To = found.(*Source)
		return
	}
	l.unknown(c.At, k, c.ID)
}

func (l *linker) anyRef(r *AnyRef) {
	if r.ID == "" {
		return
	}
	if r.Kind == "model" {
		if m := l.hb.ModelByID(r.ID); m != nil {
			r.To = m
		} else if !l.hb.hidden[r.ID] {
			l.unknownModel(r.At, r.ID)
		}
		return
	}
	k := l.hb.schema.Kind(r.Kind)
	if k == nil {
		l.report(r.At, "ukendt-slags",
			fmt.Sprintf("ukendt slags \"%s\"%s", r.Kind, diag.MenteDu(r.Kind, kindKeys(l.hb.schema, false))),
			"Brug en af: "+strings.Join(append(kindKeys(l.hb.schema, false), kindKeys(l.hb.schema, true)...), ", ")+".")
		return
	}
	in := l
	if r.Model != "" {
		m := l.hb.ModelByID(r.Model)
		if m == nil {
			if l.hb.hidden[r.Model] {
				return // a municipality that doesn't use the model
			}
			l.unknownModel(r.At, r.Model)
			return
		}
		in = &linker{hb: l.hb, model: m}
	} else if l.model == nil && !k.Shared {
		l.report(r.At, "ugyldig-henvisning", fmt.Sprintf("\"%s:%s\" mangler modellens id", r.Kind, r.ID),
			fmt.Sprintf("Skriv \"<model>/%s:%s\".", r.Kind, r.ID))
		return
	}
	if found := in.find(k, r.ID); found != nil {
		r.To = found
		if r.Point != "" && PointAt(found, r.Point) == nil {
			l.report(r.At, "ukendt-reference", fmt.Sprintf("%s \"%s\" har intet punkt \"%s\"", k.One, r.ID, r.Point),
				fmt.Sprintf("Skriv listen og punktets id efter #: %s:%s#<liste>.<id>.", r.Kind, r.ID))
		}
		return
	}
	in.unknown(r.At, k, r.ID)
	if in != l {
		l.diags = append(l.diags, in.diags...)
	}
}

// Lookup finds an entity by kind and id in the model modelID, or in the model in when
// modelID is "". It returns nil for an unknown one.
func (h *Handbook) Lookup(in *Model, modelID, kind, id string) Named {
	if kind == "model" {
		if m := h.ModelByID(id); m != nil {
			return m
		}
		return nil
	}
	k := h.schema.Kind(kind)
	if k == nil {
		return nil
	}
	if k.Shared {
		return h.find(k, id)
	}
	if modelID != "" {
		in = h.ModelByID(modelID)
	}
	if in == nil {
		return nil
	}
	return in.find(k, id)
}

// Unsure reports whether an entity that Lookup doesn't find may be missing because a
// file could not be read or a kind's name was misspelt. It should not be reported as
// unknown.
func (h *Handbook) Unsure(in *Model, modelID, kind string) bool {
	k := h.schema.Kind(kind)
	switch {
	case k == nil || k.Shared:
		return k != nil && h.unsure.of("", kind)
	case modelID != "":
		return h.unsure.of(modelID, kind)
	}
	return in != nil && h.unsure.of(in.ID, kind)
}

// IDs lists the ids of a kind, sorted, for suggestions.
func (h *Handbook) IDs(in *Model, modelID, kind string) []string {
	if kind == "model" {
		return h.modelIDs()
	}
	k := h.schema.Kind(kind)
	if k == nil {
		return nil
	}
	if modelID != "" {
		in = h.ModelByID(modelID)
	}
	l := linker{hb: h, model: in}
	return l.ids(k)
}

// ModelByID returns a model of this edition, or nil.
func (h *Handbook) ModelByID(id string) *Model {
	for _, m := range h.Models {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// Hidden reports whether the model exists but is left out of this edition.
func (h *Handbook) Hidden(modelID string) bool { return h.hidden[modelID] }

func (h *Handbook) modelIDs() []string {
	var ids []string
	for _, m := range h.Models {
		ids = append(ids, m.ID)
	}
	return ids
}

// prepare sets the model of references in a term's or theme's per-model meaning to that
// model.
func (l *linker) prepare(h *Handbook) {
	fill := func(k Keyed[Meaning]) {
		for _, p := range k.Items {
			for i := range p.Refs {
				if p.Refs[i].Model == "" {
					p.Refs[i].Model = p.ID
				}
			}
		}
	}
	for _, t := range h.Terms() {
		fill(t.PerModel)
	}
	for _, t := range h.Themes() {
		fill(t.PerModel)
	}
}
