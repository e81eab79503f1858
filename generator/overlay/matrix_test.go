package overlay

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

var update = flag.Bool("update", false, "write testdata/matrix.txtar; read the diff")

// operations are what a municipality may try to do with a key of a national
// table. national is the value there, nil for none; over is the overlay's.
var operations = []struct {
	name           string
	lists          bool // makes sense for lists only
	national, over func(t *schema.Type) string
}{
	{"tilføj", false, nil, func(t *schema.Type) string { return sample(t, 1, 2) }},
	{"ændr", false, func(t *schema.Type) string { return sample(t, 1, 2) }, func(t *schema.Type) string { return sample(t, 3) }},
	{"tøm", false, func(t *schema.Type) string { return sample(t, 1, 2) }, emptied},
	{"byt om", true, func(t *schema.Type) string { return sample(t, 1, 2) }, func(t *schema.Type) string { return sample(t, 2, 1) }},
	{"gør længere", true, func(t *schema.Type) string { return sample(t, 1, 2) }, func(t *schema.Type) string { return sample(t, 1, 2, 3) }},
	{"udskift", true, func(t *schema.Type) string { return sample(t, 1, 2) }, func(t *schema.Type) string { return sample(t, 3, 2, 4) }},
}

// sample is a TOML value of the type: of a list with those elements, else the
// first of them.
func sample(t *schema.Type, numbers ...int) string {
	n := numbers[0]
	switch t.Form {
	case schema.List:
		var parts []string
		for _, n := range numbers {
			parts = append(parts, sample(t.Elem, n))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case schema.Cite:
		return fmt.Sprintf(`"kilde: kap. %d"`, n)
	case schema.Ref:
		return fmt.Sprintf(`"nr-%d"`, n)
	case schema.AnyRef:
		return fmt.Sprintf(`"opgave:nr-%d"`, n)
	case schema.Table:
		for _, k := range t.Keys {
			if k.Type.Form != schema.Keyed && k.Policy != schema.Source && k.Policy != schema.Fixed {
				return "{ " + k.Name + " = " + sample(k.Type, n) + " }"
			}
		}
	}
	switch {
	case t.Form == schema.Scalar && t.Values != nil:
		return `"` + t.Values[min(n-1, len(t.Values)-1)] + `"`
	case t.Form == schema.Scalar && t.Go.Kind().String() == "int":
		return fmt.Sprint(n)
	case t.Form == schema.Scalar && t.Go.Kind().String() == "bool":
		return fmt.Sprint(n == 1)
	}
	return fmt.Sprintf(`"Ord nummer %d"`, n)
}

func emptied(t *schema.Type) string {
	switch {
	case t.Form == schema.List:
		return "[]"
	case t.Form == schema.Scalar && t.Go.Kind().String() == "int":
		return "0"
	case t.Form == schema.Scalar && t.Go.Kind().String() == "bool":
		return "false"
	case t.Form == schema.Table:
		return "{}"
	}
	return `""`
}

// attempt lays an overlay with one key over a national table, guarded or not,
// and tells what comes of it.
type attempt struct {
	kind     *schema.Kind
	inner    string // of a table in the entity's: "skridt.et"
	core     bool
	key      *schema.Key
	national string // the value there; "" for none
	over     string
}

func (a attempt) files() (national, over string) {
	header := a.kind.Key + ".proeve"
	national = "[" + header + "]\nnavn = \"Prøven\"\n"
	if a.core {
		national += "kerne = true\n"
	}
	if a.inner != "" {
		header += "." + a.inner
		national += "[" + header + "]\n"
		if a.core {
			national += "kerne = true\n"
		}
	}
	if a.national != "" {
		national += a.key.Name + " = " + a.national + "\n"
	}
	return national, "[" + header + "]\nlokal_begrundelse = \"Sådan.\"\n" + a.key.Name + " = " + a.over + "\n"
}

func (a attempt) String() string {
	return strings.TrimSuffix(a.kind.Key+"."+a.inner, ".") + "." + a.key.Name
}

// try tells "ja", "nej" or "intet" (it changes nothing, which is warned of).
func (a attempt) try(t *testing.T) string {
	t.Helper()
	national, over := a.files()
	base, diags := source.ParseTOML("national.toml", []byte(national))
	tree, more := source.ParseTOML("lokal.toml", []byte(over))
	if len(diags)+len(more) > 0 {
		t.Fatalf("%v %v\n%s\n%s", diags, more, national, over)
	}
	in := model.Input{Models: []model.Folder{{ID: "m", Dir: "m", Files: []*source.Node{base}}}}
	if a.kind.Shared {
		in = model.Input{Shared: []*source.Node{base}}
	}
	n := model.Load(in)
	all, _ := New(n, nil, nil)
	l := &layer{Editions: all, out: model.Overlaid{Lost: n.Lost.Clone()}}
	p := protector{layer: l, root: base, shared: a.kind.Shared}
	if !a.kind.Shared {
		p.national = n.ModelByID("m")
	}
	p.file(tree)
	verdict := "ja"
	for _, d := range l.diags {
		switch {
		case d.Code == "mangler-begrundelse":
		case d.Severity == diag.Warning:
			verdict = "intet"
		default:
			verdict = "nej"
			a.check(t, d)
		}
	}
	return verdict
}

// check holds a refusal against what each must have.
func (a attempt) check(t *testing.T, d diag.Diag) {
	t.Helper()
	switch {
	case d.Pos.File != "lokal.toml" || d.Pos.Line != 3:
		t.Errorf("%s: refused at %v, not at the municipality's line", a, d.Pos)
	case d.Help == "":
		t.Errorf("%s: no advice: %s", a, d.Message)
	case strings.Contains(d.Message, "modellens kerne") && !a.core:
		t.Errorf("%s: called core, which it isn't: %s", a, d.Message)
	}
}

// row is what may be done with a key: of a table that isn't core, and of one that is.
func row(t *testing.T, k *schema.Kind, inner string, key *schema.Key) string {
	var b strings.Builder
	for _, core := range []bool{false, true} {
		var cells []string
		for _, op := range operations {
			if op.lists && key.Type.Form != schema.List {
				continue
			}
			a := attempt{kind: k, inner: inner, core: core, key: key, over: op.over(key.Type)}
			if op.national != nil {
				a.national = op.national(key.Type)
			}
			said := a.try(t)
			a.promised(t, op.name, said)
			cells = append(cells, op.name+" "+said)
		}
		fmt.Fprintf(&b, " | %s", strings.Join(cells, ", "))
	}
	return b.String()
}

// promised holds an answer against what the key's policy says in words.
func (a attempt) promised(t *testing.T, operation, said string) {
	policy := a.key.Policy
	if a.inner == "" {
		policy = a.kind.Policy(a.key)
	}
	want := ""
	switch policy {
	case schema.Fixed, schema.Source, schema.Never, schema.Position:
		want = "nej"
	case schema.Replace, schema.AddOnly, schema.Grow:
		changes := operation != "tilføj" && operation != "tøm"
		switch {
		case a.core && (policy == schema.AddOnly && operation == "tilføj" || policy == schema.Grow && operation == "gør længere"):
			want = "ja"
		case a.core && changes, changes && (a.kind.National || a.kind.Shared):
			want = "nej"
		case changes:
			want = "ja"
		}
	}
	if want != "" && said != want {
		t.Errorf("%s, core %v: %s is answered %q, its policy promises %q", a, a.core, operation, said, want)
	}
}

// rows are those of a table's keys, and of the tables in it.
func rows(t *testing.T, k *schema.Kind, inner, path string, table *schema.Type) []string {
	var out []string
	for _, key := range table.Keys {
		switch {
		case key.Type.Form == schema.Keyed:
			below := strings.TrimPrefix(inner+"."+key.Name+".et", ".")
			out = append(out, rows(t, k, below, path+key.Name+".*.", key.Type.Elem)...)
		case key.Name == "navn" && path == "", key.Name == "kerne", key.Name == "lokal_begrundelse":
			// the tables under trial have them
		default:
			out = append(out, path+key.Name+row(t, k, inner, key))
		}
	}
	return out
}

// TestMatrix tries every key of every kind: added, changed, emptied, and for
// lists put in another order, made longer and replaced; first in a table that
// isn't core, then in one that is. What all kinds have in common stands once.
func TestMatrix(t *testing.T) {
	const name = "testdata/matrix.txtar"
	got := &txtar.Archive{Comment: []byte("Hvad en kommune må gøre med hver nøgle: først hvor tabellen ikke er kerne, så hvor den er.\n" +
		"Skrevet af TestMatrix -update. Læs forskellen.\n\n")}
	shared := map[string]int{}
	byKind := map[*schema.Kind][]string{}
	kinds := slices.DeleteFunc(slices.Clone(model.Schema().Kinds), func(k *schema.Kind) bool { return k.Key == "kommune" })
	for _, k := range kinds {
		byKind[k] = rows(t, k, "", "", k.Type)
		for _, r := range byKind[k] {
			shared[r]++
		}
	}
	add := func(name string, list []string) {
		got.Files = append(got.Files, txtar.File{Name: name, Data: []byte(strings.Join(list, "\n") + "\n")})
	}
	common := func(r string) bool { return shared[r] > len(kinds)/2 }
	var all []string
	for _, r := range byKind[kinds[0]] {
		if common(r) {
			all = append(all, r)
		}
	}
	add("de fleste slags", all)
	for _, k := range kinds {
		add(k.Key, slices.DeleteFunc(byKind[k], common))
	}
	text := txtar.Format(got)
	if *update {
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(text)); d != "" {
		t.Errorf("what a municipality may do has changed (-want +got); -update writes it:\n%s", d)
	}
}
