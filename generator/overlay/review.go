package overlay

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// Review is what `haandbog review` writes to gennemgaaet.toml. Later changes on either
// side are found by comparing with it: of the national text (Drift) and of the
// municipality's own, which is then not reviewed.
type Review struct {
	National [][2]string // "model/kind.id.key" and the value, of each entity that is adapted
	Local    [][2]string // "model/kind.id" and a fingerprint of the adaptation
}

// guideKey is the key of an entity's guidance in gennemgaaet.toml.
const guideKey = "vejledning"

// Review is the state of a municipality's adaptations and of the national text under
// them.
func (e *Editions) Review(slug string) Review {
	var out Review
	o, ok := e.overlays[slug]
	if !ok {
		return out
	}
	for _, a := range adaptations(o.Tables()) {
		modelID, rest, inModel := strings.Cut(a.path, "/")
		if inModel && e.national.Hidden(modelID) {
			continue
		}
		out.Local = append(out.Local, [2]string{a.path, a.sum()})
		kind, id, _ := strings.Cut(rest, ".")
		if !inModel {
			continue
		}
		if node := e.national.Tables.Models[modelID].Get(kind).Get(id); node != nil {
			out.National = append(out.National, flatten(node, a.path)...)
		}
		if g, ok := e.guides[a.path]; ok {
			out.National = append(out.National, [2]string{a.path + "." + guideKey, g.Text})
		}
	}
	return out
}

// adaptation is what a municipality says of one entity.
type adaptation struct {
	path   string // "model/kind.id", "kind.id" of what it has added to all models, or ownFacts
	pos    diag.Pos
	values [][2]string
}

// ownFacts is the path of what kommune.toml says of the municipality itself.
const ownFacts = "kommune"

// sum is a fingerprint of the words.
func (a *adaptation) sum() string {
	h := sha256.New()
	for _, v := range a.values {
		fmt.Fprintf(h, "%q %q\n", v[0], strings.Fields(v[1]))
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// adaptations lists what a municipality has adapted, sorted by path.
func adaptations(t Tables) []*adaptation {
	var out []*adaptation
	add := func(path string, pos diag.Pos, values ...[2]string) {
		i := slices.IndexFunc(out, func(a *adaptation) bool { return a.path == path })
		if i < 0 {
			i = len(out)
			out = append(out, &adaptation{path: path, pos: pos})
		}
		out[i].values = append(out[i].values, values...)
	}
	tables := func(prefix string, files []*source.Node) {
		for _, file := range files {
			for _, kind := range file.Items {
				if path := prefix + kind.Key; path == ownFacts {
					add(path, kind.KeyPos, flatten(kind, "")...)
					continue
				}
				for _, ent := range kind.Items {
					add(prefix+kind.Key+"."+ent.Key, ent.KeyPos, flatten(ent, "")...)
				}
			}
		}
	}
	tables("", t.Own)
	for _, f := range t.Models {
		tables(f.ID+"/", f.Files)
		for _, g := range f.Guides {
			add(g.Path, diag.Pos{File: g.File}, [2]string{guideKey, g.Text})
		}
	}
	slices.SortFunc(out, func(a, b *adaptation) int { return strings.Compare(a.path, b.path) })
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

// listSeparator is between the items of a list.
const listSeparator = " · "

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
		return strings.Join(parts, listSeparator)
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

// unreviewed warns of adaptations that are new, changed or gone since the last review.
// unknown lists the national entities that the record lacks, for one without fingerprints,
// which an earlier version wrote.
func (l *layer) unreviewed(unknown map[string]bool) {
	record := l.files.Reviewed.Get("lokal")
	warn := func(pos diag.Pos, path, what string) {
		_, name, inModel := strings.Cut(path, "/")
		if !inModel {
			name = path
		}
		name = "tilpasningen af " + name
		if path == ownFacts {
			name = "kommunens egne oplysninger"
		}
		l.add(diag.Diag{Severity: diag.Warning, Code: "ikke-gennemgaaet", Pos: pos,
			Message: name + " er " + what + " siden sidst og er ikke gennemgået",
			Help:    "Læs den igennem mod den nationale tekst, og kør haandbog review " + l.o.Slug + "."})
	}
	now := map[string]bool{}
	for _, a := range adaptations(l.files) {
		modelID, _, inModel := strings.Cut(a.path, "/")
		if now[a.path] = true; inModel && l.national.Hidden(modelID) {
			continue
		}
		switch was := record.Get(a.path); {
		case record == nil && !unknown[a.path]:
		case was == nil:
			warn(a.pos, a.path, "kommet til")
		case was.Str != a.sum():
			warn(a.pos, a.path, "ændret")
		}
	}
	if record == nil || len(l.out.Lost.Files) > 0 { // what can't be read is not removed
		return
	}
	for _, n := range record.Items {
		if !now[n.Key] {
			warn(n.KeyPos, n.Key, "fjernet")
		}
	}
}

// sameWords reports whether two texts differ in white space only.
func sameWords(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }
