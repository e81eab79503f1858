package edit

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// From a place in a file to what stands there.

// At is what stands at a place, as data-kilde of a preview's page gives it. edition is
// the page's: what is national is then the municipality's to adapt.
func (d *Desk) At(edition, file string, line int) (Target, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.at(edition, diag.Pos{File: file, Line: line})
}

func (d *Desk) at(edition string, pos diag.Pos) (Target, bool) {
	pos.Col = math.MaxInt
	t, ok := d.targetAt(pos)
	if ok && t.Edition == "" {
		t.Edition = edition
		ok = t.entityType() != nil
	}
	return t, ok
}

// targetAt is the table at a position, or the guidance that a file holds.
func (d *Desk) targetAt(pos diag.Pos) (Target, bool) {
	t, isGuide, ok := d.located(pos.File)
	if !ok {
		return t, false
	}
	if isGuide {
		return t, t.kind() != nil || t.Kind == modelKind
	}
	path := pathAt(d.tree(pos.File), pos)
	t, rest := t.reach(path)
	return t, t.Kind != "" && (t.isSingle() || t.ID != "") && t.entityType() != nil && (rest == nil || len(path) > 0)
}

// located is what the path of a file says about what it holds.
func (d *Desk) located(file string) (t Target, isGuide, ok bool) {
	t.set = d.kinds()
	rest, in := strings.CutPrefix(file, contentDir)
	if !in {
		return t, false, false
	}
	parts := strings.Split(rest, "/")
	for _, folder := range []struct {
		name string
		into *string
	}{{"kommuner", &t.Edition}, {"modeller", &t.Model}} {
		if len(parts) > 2 && parts[0] == folder.name {
			*folder.into, parts = parts[1], parts[2:]
		}
	}
	id, isText := strings.CutSuffix(parts[len(parts)-1], ".md")
	switch {
	case len(parts) == 3 && parts[0] == "vejledning" && isText:
		t.Kind, t.ID, t.Guidance = parts[1], id, true
		return t, true, true
	case len(parts) == 1 && strings.HasSuffix(parts[0], ".toml"):
		return t, false, true
	}
	return t, false, false
}

// reach follows a path from the root of a file into the table that has a form of its own,
// and gives what is left of the path in that table.
func (t Target) reach(path []string) (Target, []string) {
	if len(path) == 0 {
		return t, nil
	}
	t.Kind, path = path[0], path[1:]
	if t.Kind == modelKind {
		t.ID = t.Model
	} else if !t.isSingle() {
		if len(path) == 0 {
			return t, nil
		}
		t.ID, path = path[0], path[1:]
	}
	typ := t.entityType()
	for i := 0; i < len(path); i++ {
		if typ = typ.In(path[i]); typ == nil || typ.Form != schema.Keyed {
			break
		}
		if i+1 == len(path) {
			return t, path[:0]
		}
		t.Path, typ = append(slices.Clip(t.Path), path[i], path[i+1]), typ.Elem
		path, i = path[i+2:], -1
	}
	return t, path
}

// pathAt is the path of what stands at a position: of the last key that begins there or
// before it.
func pathAt(tree *source.Node, pos diag.Pos) []string {
	var best []string
	var from diag.Pos
	var walk func(n *source.Node, path []string)
	walk = func(n *source.Node, path []string) {
		for _, item := range n.Items {
			below := path
			if n.Kind == source.Table {
				below = append(slices.Clip(path), item.Key)
			}
			if !after(item.KeyPos, pos) && !after(from, item.KeyPos) {
				best, from = below, item.KeyPos
			}
			walk(item, below)
		}
	}
	if tree != nil {
		walk(tree, nil)
	}
	return best
}

func after(a, b diag.Pos) bool {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col)) > 0
}
