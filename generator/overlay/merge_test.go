package overlay

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"modelhaandbog/generator/source"
)

func parse(t testing.TB, file, text string) *source.Node {
	t.Helper()
	root, diags := source.ParseTOML(file, []byte(text))
	if len(diags) > 0 {
		t.Fatalf("%s: %v", file, diags)
	}
	return root
}

// Herning names its own coordinator for a phase and adds a field and a phase.
func TestMerge(t *testing.T) {
	base := parse(t, "national.toml", `
titel = "Faser"
[fase.et]
navn = "Et"
ansvarlig = "koordinator"
roller = ["a", "b"]
[fase.to]
navn = "To"
`)
	over := parse(t, "herning.toml", `
[fase.tre]
navn = "Tre"
[fase.et]
roller = ["c"]
ansvarlig = "leder"
sted = "Herning"
`)
	merged := Merge(base, over)
	want := `titel 2:1 2:9 +7 "Faser"
fase 3:2 +4 en tabel
  et 3:7 +2 en tabel
    navn 4:1 4:8 +4 "Et"
    ansvarlig 6:1 6:13 +7 "leder" lokal for "koordinator"
    roller 5:1 5:10 +5 en liste lokal for en liste
       5:11 +3 "c" lokal
    sted 7:1 7:8 +9 "Herning" lokal
  to 7:7 +2 en tabel
    navn 8:1 8:8 +4 "To"
  tre 2:7 +3 en tabel lokal
    navn 3:1 3:8 +5 "Tre" lokal
`
	if d := cmp.Diff(want, places(merged)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	fase := merged.Get("fase")
	if fase.Get("to") != base.Get("fase").Get("to") || merged.Get("titel") != base.Get("titel") {
		t.Error("what the overlay leaves alone is not shared")
	}
	if fase.Get("et").Get("ansvarlig").Pos.File != "herning.toml" || fase.Get("et").Get("ansvarlig").Base.Pos.File != "national.toml" {
		t.Error("the two places are not both kept")
	}
	if fase.Get("et").Get("ukendt").Get("under") != nil {
		t.Error("Get found what is not there")
	}
}

func FuzzMerge(f *testing.F) {
	f.Add("a = 1\n[b]\nc = 2\n", "[b]\nc = 3\nd = 4\n")
	f.Add("[a.b]\nc = 1\n", "a = 1\n")
	f.Add("a = [1]\n", "[[a]]\nb = 1\n")
	f.Add("a = { }\n", "[a]\n")
	f.Add("a = 1\n", "a = \n")
	f.Fuzz(func(t *testing.T, national, local string) {
		base, _ := source.ParseTOML("b.toml", []byte(national))
		over, _ := source.ParseTOML("o.toml", []byte(local))
		before, beforeOver := places(base), places(over)
		merged := Merge(base, over)
		if places(base) != before || places(over) != beforeOver {
			t.Error("merging changed its input")
		}
		if Merge(base, &source.Node{Kind: source.Table}) != base || Merge(base, nil) != base {
			t.Error("an empty overlay makes a difference")
		}
		if d := cmp.Diff(places(merged), places(Merge(merged, over))); d != "" {
			t.Errorf("merging twice makes a difference:\n%s", d)
		}
		covers(t, merged, over)
	})
}

// covers checks that every value of an overlay is in the merged tree.
func covers(t *testing.T, merged, over *source.Node) {
	for _, item := range over.Items {
		found := merged.Get(item.Key)
		switch {
		case found == nil:
			t.Errorf("%q is lost", item.Key)
		case item.Kind == source.Table && found.Kind == source.Table:
			covers(t, found, item)
		case !found.Local || found.Pos != item.Pos:
			t.Errorf("%q is not the overlay's", item.Key)
		}
	}
}

// places writes a tree with where everything stands and what it replaced.
func places(root *source.Node) string {
	var b strings.Builder
	var walk func(n *source.Node, indent string)
	walk = func(n *source.Node, indent string) {
		for _, item := range n.Items {
			fmt.Fprintf(&b, "%s%s %d:%d", indent, item.Key, item.KeyPos.Line, item.KeyPos.Col)
			if item.Pos != item.KeyPos {
				fmt.Fprintf(&b, " %d:%d", item.Pos.Line, item.Pos.Col)
			}
			fmt.Fprintf(&b, " +%d %s\n", item.Width, value(item))
			walk(item, indent+"  ")
		}
	}
	walk(root, "")
	return b.String()
}

func value(n *source.Node) string {
	text := n.Kind.String()
	if n.Kind == source.String {
		text = fmt.Sprintf("%q", n.Str)
	}
	if n.Local {
		text += " lokal"
	}
	if n.Base != nil {
		text += " for " + value(n.Base)
	}
	return text
}
