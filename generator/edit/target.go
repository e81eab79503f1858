package edit

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// Target is what a form is about: a table in an edition, or the guidance of an entity.
// Of a new table, ID is empty, or Path ends with the Keyed that it is for.
type Target struct {
	Edition  string   // slug, "" for the national one
	Model    string   // id, "" for shared kinds and for haandbog and kommune
	Kind     string   // "moede"; "model", "haandbog", "kommune"
	ID       string   // "" for haandbog and for a municipality's own [kommune]
	Path     []string // into the entity: ["dagsorden", "maal"]; empty for itself
	Guidance bool     // its Markdown

	set *schema.Set // of the handbook; nil for the built-in kinds
}

func (t Target) schema() *schema.Set { return cmp.Or(t.set, model.Schema()) }

// ErrUnknown is what there is no form for.
var ErrUnknown = errors.New("there is nothing of that name")

// guidanceMark ends the address of guidance.
const guidanceMark = "~vejledning"

// String is one text for addresses, which ParseTarget reads:
// "eksempel/laeringsmiljoe/moede:opfoelgningsmoede/dagsorden/maal".
func (t Target) String() string {
	var parts []string
	for _, s := range []string{t.Edition, t.Model} {
		if s != "" {
			parts = append(parts, url.PathEscape(s))
		}
	}
	parts = append(parts, url.PathEscape(t.Kind)+":"+url.PathEscape(t.ID))
	for _, s := range t.Path {
		parts = append(parts, url.PathEscape(s))
	}
	if t.Guidance {
		parts = append(parts, guidanceMark)
	}
	return strings.Join(parts, "/")
}

// ParseTarget reads what String gave. It doesn't tell whether there is such a thing.
func ParseTarget(s string) (Target, error) { return parseTarget(s, nil) }

// Target is ParseTarget for the kinds of the desk's handbook.
func (d *Desk) Target(s string) (Target, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	snap, _, err := d.readSite(false)
	if err != nil {
		return Target{}, err
	}
	return parseTarget(s, snap.Handbook().Schema())
}

func parseTarget(s string, kinds *schema.Set) (Target, error) {
	t := Target{set: kinds}
	parts := strings.Split(s, "/")
	at := slices.IndexFunc(parts, func(p string) bool { return strings.Contains(p, ":") })
	if at < 0 || at > 2 {
		return t, ErrUnknown
	}
	for i, p := range parts {
		kind, id, _ := strings.Cut(p, ":")
		first, err1 := url.PathUnescape(kind)
		second, err2 := url.PathUnescape(id)
		switch {
		case err1 != nil || err2 != nil:
			return t, ErrUnknown
		case i == at:
			t.Kind, t.ID = first, second
		case i > at && i == len(parts)-1 && p == guidanceMark:
			t.Guidance = true
		case i > at:
			t.Path = append(t.Path, first)
		}
		parts[i] = cmp.Or(first, p)
	}
	inModel := t.Kind == modelKind || !t.isShared()
	switch {
	case at == 2 && inModel:
		t.Edition, t.Model = parts[0], parts[1]
	case at == 1 && inModel:
		t.Model = parts[0]
	case at == 1:
		t.Edition = parts[0]
	case at == 2 || inModel:
		return t, ErrUnknown
	}
	if t.tableType() == nil || slices.Contains(t.Path, "") {
		return t, ErrUnknown
	}
	return t, nil
}

// Tables that there is one of.
const (
	modelKind    = "model"
	handbookKind = "haandbog"
	ownKind      = "kommune" // also a kind: the register's
)

// kind is the descriptor; nil for a table that there is one of.
func (t Target) kind() *schema.Kind {
	if t.Kind == ownKind && t.Edition != "" {
		return nil
	}
	return t.schema().Kind(t.Kind)
}

// isShared reports whether the table belongs to no single model.
func (t Target) isShared() bool {
	if k := t.schema().Kind(t.Kind); k != nil {
		return k.Shared
	}
	return t.Kind == handbookKind
}

// entityType is the type of the entity's table, or nil.
func (t Target) entityType() *schema.Type {
	s := t.schema()
	switch {
	case t.Kind == modelKind:
		return s.Model
	case t.Kind == handbookKind && t.Edition == "":
		return s.Handbook
	case t.Kind == ownKind && t.Edition != "":
		return s.Municipal
	}
	if k := s.Kind(t.Kind); k != nil {
		return k.Type
	}
	return nil
}

// tableType is the type of the table at Path, or nil. Under a Keyed it is that of its tables.
func (t Target) tableType() *schema.Type {
	typ := t.entityType()
	for _, key := range t.Path {
		typ = typ.In(key)
	}
	return typ
}

// isSingle reports whether there is one such table, without an id.
func (t Target) isSingle() bool {
	return t.Kind == modelKind || t.Kind == handbookKind || t.Kind == ownKind && t.Edition != ""
}

// entityPath is the path of the entity's table in its file.
func (t Target) entityPath() []string {
	if t.isSingle() {
		return []string{t.Kind}
	}
	return []string{t.Kind, t.ID}
}

// tomlPath is the path of the target's table in its file.
func (t Target) tomlPath() []string { return slices.Concat(t.entityPath(), t.Path) }

// folder is where the target's files lie.
func (t Target) folder() string {
	dir := "content"
	if t.Edition != "" {
		dir += "/kommuner/" + t.Edition
	}
	if t.Model != "" {
		dir += "/modeller/" + t.Model
	}
	return dir
}

// guideFile is where the entity's guidance is written.
func (t Target) guideFile() string {
	return t.folder() + "/vejledning/" + t.Kind + "/" + cmp.Or(t.ID, t.Model) + ".md"
}

// entity is the target without its path.
func (t Target) entity() Target {
	t.Path, t.Guidance = nil, false
	return t
}

// below is a table inside the target's.
func (t Target) below(path ...string) Target {
	t.Path = slices.Concat(t.Path, path)
	return t
}

// national is the same in the national edition.
func (t Target) national() Target {
	t.Edition = ""
	return t
}

// isLocal reports whether the target is a municipality's tables for what is national or
// its own; kommune.toml is not.
func (t Target) isLocal() bool { return t.Edition != "" && t.Kind != ownKind }
