package overlay

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Review is what `haandbog review` writes to gennemgaaet.toml. Later changes on either
// side are found by comparing with it: of the national text (Drift) and of the
// municipality's own, which is then not reviewed.
type Review struct {
	National [][2]string // "model/kind.id.key" and the value, of each entity that is adapted
	Local    [][2]string // "model/kind.id", a fingerprint of the adaptation and, if it has one, its name
}

// guideKey is the key of an entity's guidance in gennemgaaet.toml.
const guideKey = "vejledning"

// Review is the state of a municipality's adaptations and of the national text under
// them.
func (e *Editions) Review(slug string) Review {
	if o, ok := e.overlays[slug]; ok {
		return e.review(e.adaptations(o.Tables()))
	}
	return Review{}
}

func (e *Editions) review(list []*adaptation) Review {
	var out Review
	for _, a := range list {
		out.Local = append(out.Local, [2]string{a.path, strings.TrimSpace(a.sum(e.set()) + " " + a.name())})
		if node := e.national.Tables.Models[a.model].Get(a.kind).Get(a.id); node != nil {
			out.National = append(out.National, flatten(node, a.path, nil)...)
		}
		if g, ok := e.guides[a.path]; ok {
			out.National = append(out.National, [2]string{a.path + "." + guideKey, g.Text})
		}
	}
	return out
}

// adaptation is what a municipality says of one entity, or one of its files.
type adaptation struct {
	place
	pos   diag.Pos
	table *source.Node // or nil
	text  string       // of its guidance, or the sum of its file
}

// place is the path of an adaptation, "model/kind.id", "kind.id" of what is added to all
// models, ownFacts, or ownFile and a file's name.
type place struct{ path, model, kind, id string }

const (
	ownFacts = "kommune" // what kommune.toml says of the municipality itself
	ownFile  = "fil:"
)

func placeOf(path string) place {
	p, rest := place{path: path}, path
	if model, in, ok := strings.Cut(path, "/"); ok && !strings.HasPrefix(path, ownFile) {
		p.model, rest = model, in
	}
	p.kind, p.id, _ = strings.Cut(rest, ".")
	return p
}

// name is the name that the municipality gave to what it added.
func (a *adaptation) name() string {
	if n := a.table.Get("navn"); n != nil {
		return n.Str
	}
	return ""
}

// sum is a fingerprint of the words.
func (a *adaptation) sum(set *schema.Set) string {
	t := model.Schema().Model
	if a.path == ownFacts {
		t = model.Schema().Municipal
	} else if k := set.Kind(a.kind); k != nil {
		t = k.Type
	}
	h := sha256.New()
	write := func(path, text string) { fmt.Fprintf(h, "%q %q\n", path, strings.Fields(text)) }
	if a.table != nil {
		for _, v := range flatten(a.table, "", t) {
			write(v[0], v[1])
		}
	}
	if a.text != "" {
		write(guideKey, a.text)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// adaptations lists what a municipality has adapted, sorted by path. Those of drafts,
// which nobody sees, are left out.
func (e *Editions) adaptations(t Tables) []*adaptation {
	var out []*adaptation
	at := map[string]*adaptation{}
	add := func(path string, pos diag.Pos) *adaptation {
		if at[path] == nil {
			at[path] = &adaptation{place: placeOf(path), pos: pos}
			out = append(out, at[path])
		}
		return at[path]
	}
	table := func(path string, n *source.Node) {
		if a := add(path, n.KeyPos); a.table == nil {
			a.table = n
		} else {
			a.table = Merge(a.table, n) // it stands in several files
		}
	}
	tables := func(prefix, one, path string, files []*source.Node) { // one is the kind that is a single table
		for _, file := range files {
			for _, kind := range file.Items {
				if kind.Key == one {
					table(path, kind)
					continue
				}
				for _, ent := range kind.Items {
					table(prefix+kind.Key+"."+ent.Key, ent)
				}
			}
		}
	}
	tables("", "kommune", ownFacts, t.Own)
	for _, f := range t.Models {
		if e.national.Hidden(f.ID) {
			continue
		}
		tables(f.ID+"/", "model", f.ID+"/model."+f.ID, f.Files)
		for _, g := range f.Guides {
			add(g.Path, diag.Pos{File: g.File}).text = g.Text
		}
	}
	for _, f := range t.Others {
		add(ownFile+f.Name, diag.Pos{File: f.File}).text = f.Sum
	}
	slices.SortFunc(out, func(a, b *adaptation) int { return strings.Compare(a.path, b.path) })
	return out
}

// flatten lists the leaves of a table with their paths. With a type, the order in which
// the keys of a kind are written makes no difference.
func flatten(n *source.Node, path string, t *schema.Type) [][2]string {
	var out [][2]string
	items := n.Items
	if t != nil && t.Form == schema.Table {
		byKey := func(a, b *source.Node) int { return strings.Compare(a.Key, b.Key) }
		items = slices.SortedFunc(slices.Values(items), byKey)
	}
	for _, item := range items {
		p := path + "." + item.Key
		if item.Kind == source.Table {
			out = append(out, flatten(item, p, t.In(item.Key))...)
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
func (l *layer) unreviewed(h *model.Handbook, list []*adaptation, unknown map[string]bool) {
	record := l.files.Reviewed.Get("lokal")
	warn := func(pos diag.Pos, called, what string) {
		l.add(diag.Diag{Severity: diag.Warning, Code: "ikke-gennemgaaet", Pos: pos,
			Message: called + " er " + what + " siden sidste gennemgang",
			Help:    "Læs det igennem, og kør haandbog review " + l.o.Slug + "."})
	}
	now := map[string]bool{}
	for _, a := range list {
		now[a.path] = true
		switch was := record.Get(a.path); {
		case record == nil && !unknown[a.path]:
		case was == nil:
			warn(a.pos, l.called(h, a.place, a.name()), "kommet til")
		case strings.SplitN(was.Str, " ", 2)[0] != a.sum(l.set()):
			warn(a.pos, l.called(h, a.place, a.name()), "ændret")
		}
	}
	if record == nil || len(l.out.Lost.Files) > 0 { // what can't be read is not removed
		return
	}
	for _, n := range record.Items {
		at := placeOf(n.Key)
		if !now[n.Key] && !l.national.Hidden(at.model) {
			_, name, _ := strings.Cut(n.Str, " ")
			warn(n.KeyPos, l.called(h, at, name), "fjernet")
		}
	}
}

// called is what readers know an adaptation by. name is its own, if it has one.
func (l *layer) called(h *model.Handbook, at place, name string) string {
	if file, ok := strings.CutPrefix(at.path, ownFile); ok {
		return "filen " + file
	}
	kind := at.kind
	switch k := l.set().Kind(at.kind); {
	case at.path == ownFacts:
		return "kommunens egne oplysninger"
	case k != nil:
		kind = k.One
	}
	if n := h.Lookup(nil, at.model, at.kind, at.id); n != nil {
		name = n.Base().Label()
	}
	return fmt.Sprintf("%s (%s): jeres tilpasning", cmp.Or(name, at.id), kind)
}

// sameWords reports whether two texts differ in white space only.
func sameWords(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }
