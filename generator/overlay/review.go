package overlay

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Drift is a national text under a municipality's overlay that has changed since the
// municipality last reviewed it.
type Drift struct {
	Model  *model.Model
	Entity *model.Entity
	Key    string // path in the entity, "dagsorden.status.tekst"; "kind.id" when the entity is gone
	Old    string // "" when the value is new
	New    string // "" when the value is gone

	reviewed *source.Node // the old value in gennemgaaet.toml
}

// Label is the path of the value in Danish.
func (d Drift) Label() string {
	var t *schema.Type
	if d.Entity != nil {
		t = model.Schema().Kind(d.Entity.Kind).Type
	}
	parts := strings.Split(d.Key, ".")
	for i, part := range parts {
		key := t.Key(part)
		switch {
		case key != nil:
			parts[i], t = key.Label, key.Type
		case t != nil && t.Form == schema.Keyed:
			t = t.Elem
		}
	}
	return strings.Join(parts, ": ")
}

// guideKey is the key of an entity's guidance in gennemgaaet.toml.
const guideKey = "vejledning"

// Snapshot lists the current national values of every entity that the overlay touches:
// "model/kind.id.key" and value. `haandbog review` writes it to gennemgaaet.toml, so
// that later changes of the national text can be shown.
func (e *Editions) Snapshot(slug string) [][2]string {
	o, ok := e.overlays[slug]
	if !ok {
		return nil
	}
	var out [][2]string
	for _, path := range touched(o.Tables()) {
		modelID, rest, _ := strings.Cut(path, "/")
		kind, id, _ := strings.Cut(rest, ".")
		if e.national.Hidden(modelID) {
			continue
		}
		if node := e.national.Tables.Models[modelID].Get(kind).Get(id); node != nil {
			out = append(out, flatten(node, path)...)
		}
		if g, ok := e.guides[path]; ok {
			out = append(out, [2]string{path + "." + guideKey, g.Text})
		}
	}
	return out
}

// touched lists the national entities under an overlay, "model/kind.id".
func touched(t Tables) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, f := range t.Models {
		for _, file := range f.Files {
			for _, kind := range file.Items {
				for _, ent := range kind.Items {
					add(f.ID + "/" + kind.Key + "." + ent.Key)
				}
			}
		}
		for _, g := range f.Guides {
			add(g.Path)
		}
	}
	slices.Sort(out)
	return out
}

// flatten lists the leaves of a table with their paths.
func flatten(n *source.Node, path string) [][2]string {
	var out [][2]string
	for _, item := range n.Items {
		p := path + "." + item.Key
		if item.Kind == source.Table {
			out = append(out, flatten(item, p)...)
			continue
		}
		out = append(out, [2]string{p, leaf(item)})
	}
	return out
}

func leaf(n *source.Node) string {
	switch n.Kind {
	case source.String:
		return n.Str
	case source.Int:
		return strconv.FormatInt(n.Int, 10)
	case source.Bool:
		return strconv.FormatBool(n.Bool)
	case source.Array:
		var parts []string
		for _, item := range n.Items {
			parts = append(parts, leaf(item))
		}
		return strings.Join(parts, " · ")
	case source.Datetime:
		return n.Time.Format("2006-01-02")
	case source.Table:
		var parts []string
		for _, item := range n.Items {
			parts = append(parts, item.Key+" = "+leaf(item))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(n.Float)
}

// drift compares the national text with what the municipality last reviewed.
func (l *layer) drift(h *model.Handbook) []Drift {
	now := l.Snapshot(l.o.Slug)
	if len(now) == 0 {
		return nil
	}
	reviewed := l.files.Reviewed.Get("national")
	if reviewed == nil {
		l.add(diag.Diag{Severity: diag.Warning, Code: "ikke-gennemgaaet",
			Pos:     diag.Pos{File: l.o.Dir + "/kommune.toml"},
			Message: "tilpasningerne er ikke gennemgået mod en udgave",
			Help:    "Læs dem igennem, og kør haandbog review " + l.o.Slug + "."})
		return nil
	}
	if u := l.files.Reviewed.Get("udgave"); u != nil && h.Municipal.Reviewed == "" {
		h.Municipal.Reviewed = u.Str
	}
	var changes []Drift
	seen := map[string]bool{}
	recorded := map[string]bool{} // entities
	for _, n := range reviewed.Items {
		recorded[entityOf(n.Key)] = true
	}
	unreviewed := ""
	for _, kv := range now {
		seen[kv[0]] = true
		entity := entityOf(kv[0])
		if !recorded[entity] { // adapted since, not changed since
			if entity != unreviewed {
				unreviewed = entity
				l.unreviewed(entity)
			}
			continue
		}
		n := reviewed.Get(kv[0])
		old := ""
		if n != nil {
			old = n.Str
		}
		if !sameWords(old, kv[1]) {
			changes = append(changes, l.change(kv[0], old, kv[1], n))
		}
	}
	gone := map[string]bool{}
	adapted := touched(l.files)
	for _, n := range reviewed.Items {
		modelID, rest, _ := strings.Cut(n.Key, "/")
		kind, _, _ := strings.Cut(rest, ".")
		if seen[n.Key] || l.national.Hidden(modelID) || l.national.Unsure(nil, modelID, kind) {
			continue
		}
		c := l.change(n.Key, n.Str, "", n)
		if c.Entity != nil && !slices.Contains(adapted, entityOf(n.Key)) {
			continue // the adaptation is gone, not the national text
		}
		if c.Entity == nil { // once for all of its values
			if gone[c.Key] {
				continue
			}
			gone[c.Key] = true
			if name := reviewed.Get(modelID + "/" + c.Key + ".navn"); name != nil {
				c.Old = name.Str
			}
		}
		changes = append(changes, c)
	}
	for _, c := range changes {
		l.add(l.driftDiag(h, c))
	}
	return changes
}

// entityOf is the entity of a value's path, "model/kind.id".
func entityOf(path string) string {
	parts := strings.SplitN(path, ".", 3)
	return strings.Join(parts[:min(2, len(parts))], ".")
}

// unreviewed warns of an adaptation made since the last review.
func (l *layer) unreviewed(entity string) {
	_, path, _ := strings.Cut(entity, "/")
	l.add(diag.Diag{Severity: diag.Warning, Code: "ikke-gennemgaaet", Pos: diag.Pos{File: l.o.Dir + "/gennemgaaet.toml"},
		Message: fmt.Sprintf("tilpasningen af %s er kommet til siden sidst og er ikke gennemgået", path),
		Help:    "Læs den igennem mod den nationale tekst, og kør haandbog review " + l.o.Slug + "."})
}

func (l *layer) change(path, old, now string, reviewed *source.Node) Drift {
	modelID, rest, _ := strings.Cut(path, "/")
	parts := strings.SplitN(rest, ".", 3)
	d := Drift{Model: l.national.ModelByID(modelID), Key: cmp.Or(rest, path), Old: old, New: now, reviewed: reviewed}
	if len(parts) < 3 {
		return d
	}
	d.Key = parts[0] + "." + parts[1]
	if d.Model == nil {
		return d
	}
	if ent := l.national.Lookup(d.Model, "", parts[0], parts[1]); ent != nil {
		d.Entity, d.Key = ent.Base(), parts[2]
	}
	return d
}

func (l *layer) driftDiag(h *model.Handbook, c Drift) diag.Diag {
	x := diag.Diag{Severity: diag.Warning, Code: "national-tekst-aendret",
		Pos:  diag.Pos{File: l.o.Dir + "/gennemgaaet.toml"},
		Help: "Læs tilpasningen igennem, og kør haandbog review " + l.o.Slug + "."}
	if c.reviewed != nil {
		x.Pos, x.Width = c.reviewed.Pos, c.reviewed.Width
	}
	if c.Entity == nil {
		x.Message = fmt.Sprintf("\"%s\" findes ikke mere i den nationale udgave; da %s gennemgik den, stod der %s",
			c.Key, h.Municipal.Label(), brief(c.Old))
		return x
	}
	name := c.Entity.Kind + "." + c.Entity.ID
	x.Message = fmt.Sprintf("den nationale tekst %s.%s er ændret, siden %s gennemgik den", name, c.Key,
		h.Municipal.Label())
	at := c.Entity.At
	for _, key := range strings.Split(c.Key, ".") {
		at = at.Key(key)
	}
	what, line := difference(c.Old, c.New)
	pos := at.Pos()
	if g, ok := l.guides[c.Model.ID+"/"+name]; ok && c.Key == guideKey {
		pos = diag.Pos{File: g.File, Line: line}
	}
	x.Notes = []diag.Note{{Pos: pos, Message: what}}
	return x
}

// sameWords reports whether two texts differ in white space only.
func sameWords(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }

// difference describes how a text changed, by the first line that the other lacks. line
// is that line in now, from 1, or 0 if no line is new.
func difference(old, now string) (what string, line int) {
	gone, _ := firstMissing(old, now)
	come, line := firstMissing(now, old)
	switch {
	case gone == "" && come == "":
		what = "linjerne er de samme, men står anderledes"
	case gone == "":
		what = "nyt: " + brief(come)
	case come == "":
		what = "væk: " + brief(gone)
	default:
		what = "før: " + brief(gone) + ", nu: " + brief(come)
	}
	return what, line
}

// firstMissing returns the first non-blank line of text that other lacks and its number
// from 1, or "" and 0.
func firstMissing(text, other string) (line string, number int) {
	lines := strings.Split(other, "\n")
	for i, line := range strings.Split(text, "\n") {
		if !sameWords(line, "") && !slices.ContainsFunc(lines, func(l string) bool { return sameWords(l, line) }) {
			return line, i + 1
		}
	}
	return "", 0
}

// brief shows the beginning of a value.
func brief(s string) string {
	if r := []rune(s); len(r) > 120 {
		s = string(r[:120]) + "…"
	}
	return "\"" + strings.TrimSpace(s) + "\""
}
