package overlay

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// coreTables are what the starter's model gets besides, so that every kind of table
// that can be part of a core is there.
const coreTables = `
[rolle.barn]
navn = "Barnet"
kerne = true
uden_opgaver = true
ressource = { tekst = "Fem timer.", bindende = "krav" }
krav = { hoert = { tekst = "Er hørt.", bindende = "krav" }, glad = { tekst = "Er glad." } }

[kadence.halvaarlig]
navn = "Halvårligt"
udtryk = "to gange om året"
aarligt = 2
bindende = "krav"
kilde = ["modelbeskrivelse: kap. 4"]

[kadence.maanedlig]
navn = "Månedligt"
udtryk = "hver måned"
hver = 1
enhed = "maaned"
kilde = ["modelbeskrivelse: kap. 4"]

[moede.start]
navn = "Startmøde"
indkalder = "koordinator"
kadencer = ["halvaarlig"]
kerne = true
varighed = 60
kan_uddelegeres_til = ["laerer"]
kilde = ["modelbeskrivelse: kap. 4"]
[moede.start.deltagere]
laerer = "efter aftale"
barn = { form = "altid", note = "Med en bisidder." }
naboer = { form = "overvejes", navn = "Naboer" }
[moede.start.dele.med]
navn = "Med barnet"
minutter = 20
[moede.start.dagsorden.velkomst]
tekst = "Velkommen"
minutter = 20
del = "med"
kerne = true
[moede.start.dagsorden.rest]
tekst = "Resten"
minutter = 40

[tjekliste.start]
navn = "Start"
[tjekliste.start.gruppe.nu]
navn = "Nu"
punkter = ["opgave:indkald", "opgave:fortael"]
[tjekliste.start.gruppe.nu.punkt.hoer]
tekst = "Barnet er hørt."
bindende = "krav"
kilde = ["modelbeskrivelse: kap. 4, 3. afsnit"]

[aftale.redskab]
navn = "Redskab"
spoergsmaal = "Hvad bruger I?"
`

// starter parses the site that `haandbog init` begins with, and core.
func starter(t testing.TB) model.Input {
	t.Helper()
	site := cases.Starter(t)
	site["content/modeller/eksempelmodel/kerne.toml"] = &fstest.MapFile{Data: []byte(coreTables)}
	var all Tables
	for _, name := range slices.Sorted(maps.Keys(site)) {
		if !strings.HasPrefix(name, "content/kommuner/") {
			if diags := all.read("content", strings.TrimPrefix(name, "content/"), site[name].Data); len(diags) > 0 {
				t.Fatal(diags)
			}
		}
	}
	return all.input()
}

// edition lays an overlay over the starter.
func edition(t testing.TB, in model.Input, text string) (*model.National, *Edition) {
	t.Helper()
	const dir = "content/kommuner/eksempel"
	tree, diags := source.ParseTOML(dir+"/modeller/eksempelmodel/alt.toml", []byte(text))
	own, _ := source.ParseTOML(dir+"/kommune.toml", []byte(text))
	tables := Tables{Own: []*source.Node{own},
		Models: []Folder{{Folder: model.Folder{ID: "eksempelmodel", Dir: dir + "/modeller/eksempelmodel", Files: []*source.Node{tree}}}}}
	n := model.Load(in)
	if diag.HasErrors(n.Diags) {
		t.Fatalf("the starter is broken: %v", n.Diags)
	}
	all, _ := New(n, nil, []Overlay{{Slug: "eksempel", Dir: dir, Tables: func() Tables { return tables }}})
	e := all.Edition("eksempel")
	if e == nil {
		t.Fatal("no edition")
	}
	e.Diags = append(diags, e.Diags...)
	return n, e
}

// keepsCore compares every table of the merged model with the national one and
// tells where something that is core was lost or weakened. It knows the rule
// and not how the overlay is checked: what is core has every value that the
// model gave it, but for lists with more in them, cadences that come more often
// and participants who take part more firmly; and nothing was added to it that
// would take something back.
func keepsCore(n *model.National, h *model.Handbook) []string {
	var bad []string
	m := h.ModelByID("eksempelmodel")
	for _, kind := range n.Tables.Models["eksempelmodel"].Items {
		for _, ent := range kind.Items {
			if kind.Key == "model" {
				continue
			}
			found := m.Find(kind.Key, ent.Key)
			if found == nil {
				bad = append(bad, kind.Key+"."+ent.Key+" is gone")
				continue
			}
			bad = append(bad, keeps(kind.Key+"."+ent.Key, kind.Key, ent, found.Base().At.Node(), false)...)
		}
	}
	return bad
}

// cadenceValues say how often; a municipality may come more often.
var cadenceValues = []string{"hver", "hver_til", "gange", "gange_til", "enhed", "aarligt", "aarligt_til", "mindst", "omtrent", "udtryk", "kort"}

func isCore(n *source.Node) bool {
	k, f := n.Get("kerne"), n.Get("bindende")
	return k != nil && k.Bool || f != nil && f.Str == "krav"
}

func holdsCore(n *source.Node) bool {
	return isCore(n) || slices.ContainsFunc(n.Items, func(c *source.Node) bool { return c.Kind == source.Table && holdsCore(c) })
}

func keeps(path, kind string, national, merged *source.Node, core bool) []string {
	if merged == nil || merged.Kind != source.Table {
		if core || holdsCore(national) {
			return []string{path + " is gone"}
		}
		return nil
	}
	core = core || isCore(national)
	var bad []string
	if omit := merged.Get("udeladt"); !ofIDs(path) && omit != nil && omit.Bool && known(path, "udeladt") && (core || holdsCore(national)) {
		bad = append(bad, path+" is left out")
	}
	for _, item := range merged.Items {
		taken := []string{"forbehold", "grundlag", "kladde", "hvornaar", "tidspunkt", "hver", "hver_til", "aarligt", "aarligt_til", "kan_uddelegeres_til", "indkalder_uoplyst", "tjek", "sammen_med", "bindende", "kerne", "barnet"}
		cadence := kind == "kadence" && slices.Contains(cadenceValues, item.Key) // weighed together below
		if core && !cadence && !ofIDs(path) && national.Get(item.Key) == nil && slices.Contains(taken, item.Key) && known(path, item.Key) {
			bad = append(bad, path+" was given "+item.Key)
		}
	}
	rarer := kind == "kadence" && times(merged) < times(national)
	if core && rarer {
		bad = append(bad, path+" comes more rarely")
	}
	for _, item := range national.Items {
		at := path + "." + item.Key
		now := merged.Get(item.Key)
		switch {
		case now == nil && kind == "kadence" && !(core && rarer) && slices.Contains(cadenceValues, item.Key):
			// other numbers took its place
		case now == nil:
			bad = append(bad, at+" is gone")
		case item.Kind == source.Table && strings.Contains(path, ".deltagere") || strings.HasSuffix(path, ".deltagere"):
			if core && firmness(now) > firmness(item) {
				bad = append(bad, at+" is less firm")
			}
			if omit := now.Get("udeladt"); core && omit != nil && omit.Bool {
				bad = append(bad, at+" is left out")
			}
		case item.Kind == source.Table:
			// A core's own tables are core; the points of an agenda are so each for itself.
			inherited := core && (item.Key == "deltagere" || !ofIDs("."+item.Key) && !ofIDs(path))
			bad = append(bad, keeps(at, kind, item, now, inherited)...)
		case !core || same(item, now):
		case item.Kind == source.Array && item.Key != "kan_uddelegeres_til" && containsAll(now, item):
		case kind == "kadence" && !rarer && slices.Contains(cadenceValues, item.Key):
		case item.Key == "form" && firmness(now) <= firmness(item):
		default:
			bad = append(bad, fmt.Sprintf("%s is %v instead of %v", at, now.Str, item.Str))
		}
		if item.Kind == source.Array && now != nil {
			for _, b := range item.Items {
				if b.Kind == source.Table && isCore(b) && !slices.ContainsFunc(now.Items, func(o *source.Node) bool { return same(b, o) }) {
					bad = append(bad, at+" lost a requirement")
				}
			}
		}
	}
	return bad
}

// known reports whether the table at a path has a key: the decoder takes no other.
func known(path, key string) bool {
	parts := strings.Split(path, ".")
	t := model.Schema().Kind(parts[0]).Type
	for _, part := range parts[2:] {
		switch {
		case t == nil:
		case t.Form == schema.Keyed:
			t = t.Elem
		case t.Key(part) != nil:
			t = t.Key(part).Type
		default:
			t = nil
		}
	}
	return t.Key(key) != nil
}

// ofIDs reports whether the keys of the table are ids, not keys of a kind.
func ofIDs(path string) bool {
	return slices.ContainsFunc([]string{"skridt", "deltagere", "dele", "foer", "dagsorden", "efter", "gruppe", "punkt"}, func(list string) bool { return strings.HasSuffix(path, "."+list) })
}

func same(a, b *source.Node) bool {
	return a.Kind == b.Kind && a.Str == b.Str && a.Int == b.Int && a.Bool == b.Bool && len(a.Items) == len(b.Items) &&
		!slices.ContainsFunc(a.Items, func(x *source.Node) bool {
			if a.Kind == source.Table {
				y := b.Get(x.Key)
				return y == nil || !same(x, y)
			}
			return !slices.ContainsFunc(b.Items, func(y *source.Node) bool { return same(x, y) })
		})
}

func containsAll(list, wanted *source.Node) bool {
	return list.Kind == source.Array && !slices.ContainsFunc(wanted.Items, func(w *source.Node) bool {
		return !slices.ContainsFunc(list.Items, func(x *source.Node) bool { return same(w, x) })
	})
}

// times is how often a cadence comes in a year, at least.
func times(n *source.Node) float64 {
	number := func(key string) float64 {
		if v := n.Get(key); v != nil {
			return float64(v.Int)
		}
		return 0
	}
	unit := n.Get("enhed")
	if unit == nil {
		return number("aarligt")
	}
	perYear := map[string]float64{"dag": 365, "uge": 365.0 / 7, "maaned": 12, "kvartal": 4, "aar": 1}[unit.Str]
	if every := max(number("hver"), number("hver_til")); every > 0 {
		return perYear / every
	}
	return max(perYear*number("gange"), number("aarligt"))
}

// firmness is a participant's place in the order of modes; 0 is the firmest.
func firmness(n *source.Node) int {
	if f := n.Get("form"); f != nil {
		n = f
	}
	i := slices.Index([]string{"altid", "boer", "efter aftale", "overvejes"}, n.Str)
	if i < 0 {
		return 9
	}
	return i
}

// Whatever a municipality writes, its edition keeps the model's core, even
// when what it wrote is an error and nothing is published.
func FuzzOverlayKeepsCore(f *testing.F) {
	in := starter(f)
	for _, name := range []string{"testdata/fejl/kernen.txtar", "testdata/fejl/kommuner.txtar"} {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, s := range archive.Files {
			if strings.HasPrefix(s.Name, "ny content/kommuner/") && strings.HasSuffix(s.Name, ".toml") {
				f.Add(string(s.Data))
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	n := model.Load(in)
	for range 400 {
		f.Add(randomOverlay(r, n.Tables.Models["eksempelmodel"]))
	}
	f.Fuzz(func(t *testing.T, overlay string) {
		n, e := edition(t, in, overlay)
		before := dump(n.Tables.Models["eksempelmodel"])
		if bad := keepsCore(n, e.Handbook); len(bad) > 0 {
			t.Errorf("%s\n\nwith\n%s", strings.Join(bad, "\n"), overlay)
		}
		if dump(n.Tables.Models["eksempelmodel"]) != before {
			t.Error("the national model was changed")
		}
	})
}

// The check above can fail: an edition whose core was changed behind the
// protector's back is seen.
func TestKeepsCoreSees(t *testing.T) {
	n, _ := edition(t, starter(t), "")
	for _, overlay := range []string{"[moede.start]\nnavn = \"Andet\"", "[moede.start.dagsorden.velkomst]\nudeladt = true", "[kadence.halvaarlig]\naarligt = 1", "[kadence.halvaarlig]\nhver = 7\nenhed = \"maaned\"", "[moede.start.deltagere]\nbarn = \"overvejes\"",
		"[rolle.barn.krav.hoert]\ntekst = \"Er glad.\"", "[fase.begynd]\nudeladt = true", "[opgave.indkald]\nkan_uddelegeres_til = [\"laerer\"]"} {
		tree, _ := source.ParseTOML("x.toml", []byte(overlay))
		merged := map[string]*source.Node{"eksempelmodel": Merge(n.Tables.Models["eksempelmodel"], tree)}
		h, _ := n.Edition(model.Overlaid{ID: "eksempel", Tables: model.Tables{Models: merged}, Lost: n.Lost.Clone()})
		if len(keepsCore(n, h)) == 0 {
			t.Errorf("not seen:\n%s", overlay)
		}
	}
}

// randomOverlay says something about a few of the model's tables: other values,
// the same values, omissions, whole tables replaced, and new keys.
func randomOverlay(r *rand.Rand, root *source.Node) string {
	var b strings.Builder
	for range 1 + r.IntN(3) {
		kind := root.Items[r.IntN(len(root.Items))]
		if kind.Key == "model" {
			continue
		}
		ent := kind.Items[r.IntN(len(kind.Items))]
		path, at := kind.Key+"."+ent.Key, ent
		for at.Kind == source.Table && r.IntN(3) > 0 {
			var tables []*source.Node
			for _, item := range at.Items {
				if item.Kind == source.Table {
					tables = append(tables, item)
				}
			}
			if len(tables) == 0 {
				break
			}
			at = tables[r.IntN(len(tables))]
			path += "." + at.Key
		}
		fmt.Fprintf(&b, "[%s]\n", path)
		written := map[string]bool{}
		for range 1 + r.IntN(3) {
			key := pick(r, "udeladt", "kerne", "bindende", "form", "navn", "kadencer", "hver", "gange", "enhed", "aarligt", "mindst", "omtrent", "udtryk", "minutter", "forbehold", "punkter", "krav", "tekst", "kladde", "deltagere", "dagsorden", "gruppe", "lokal_begrundelse")
			if len(at.Items) > 0 && r.IntN(2) == 0 {
				key = at.Items[r.IntN(len(at.Items))].Key
			}
			if written[key] {
				continue
			}
			written[key] = true
			fmt.Fprintf(&b, "%s = %s\n", key, pick(r, "true", "false", "0", "1", "2", "12", `""`, `"krav"`, `"eksempel"`, `"altid"`, `"overvejes"`, `"aar"`, `"uge"`, `"dag"`, "[]", `["maanedlig"]`, `["halvaarlig", "maanedlig"]`,
				`["opgave:fortael"]`, `"laerer"`, "{}", `{ udeladt = true }`, `{ form = "overvejes" }`, `{ laerer = "altid" }`, `"Noget andet"`, `[{ tekst = "Er glad." }]`, "3.5", "2026-01-01"))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func pick(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }

func dump(n *source.Node) string {
	var b strings.Builder
	var walk func(*source.Node, int)
	walk = func(n *source.Node, depth int) {
		fmt.Fprintf(&b, "%*s%s %v %q %d %v %v\n", depth, "", n.Key, n.Kind, n.Str, n.Int, n.Bool, n.Local)
		for _, c := range n.Items {
			walk(c, depth+1)
		}
	}
	walk(n, 0)
	return b.String()
}
