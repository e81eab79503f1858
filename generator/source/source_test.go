package source

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/diag"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

// Every archive in testdata holds pairs: a file as an author writes it, and
// what comes of it: the diagnostics as they are printed, then the tree with
// its positions.
func TestArchives(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fresh := &txtar.Archive{Comment: archive.Comment}
		for i, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".out") {
				continue
			}
			got := outcome(file.Name, file.Data)
			fresh.Files = append(fresh.Files, file, txtar.File{Name: file.Name + ".out", Data: []byte(got)})
			t.Run(filepath.Base(name)+"/"+file.Name, func(t *testing.T) {
				want := "(nothing)"
				if i+1 < len(archive.Files) && archive.Files[i+1].Name == file.Name+".out" {
					want = string(archive.Files[i+1].Data)
				}
				if d := cmp.Diff(want, got); d != "" && !*update {
					t.Errorf("(-want +got)\n%s", d)
				}
			})
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(fresh), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// outcome prints what comes of one file.
func outcome(name string, data []byte) string {
	data = rawBytes(data)
	var b bytes.Buffer
	var root *Node
	var diags []diag.Diag
	var body []byte
	line := 0
	if strings.HasSuffix(name, ".md") {
		root = &Node{}
		body, line, diags = Body(name, data)
	} else {
		root, diags = ParseTOML(name, data)
	}
	if len(diags) > 0 {
		diag.WriteText(&b, diags, func(string) ([]byte, error) { return data, nil }, false)
	}
	if root.Partial {
		b.WriteString("partial\n")
	}
	for _, item := range root.Items {
		dump(&b, item, "")
	}
	if line > 0 {
		fmt.Fprintf(&b, "body from line %d: %q\n", line, body)
	}
	return b.String()
}

// rawBytes puts in the bytes that an archive can't hold.
func rawBytes(data []byte) []byte {
	return []byte(strings.NewReplacer("<CR>", "\r", "<BOM>", "\ufeff", "<E6>", "\xe6", "<NUL>", "\x00", "<VT>", "\v").Replace(string(data)))
}

// dump prints key, place of key, place of value, width, and value.
func dump(b *bytes.Buffer, n *Node, indent string) {
	fmt.Fprintf(b, "%s%s %d:%d", indent, n.Key, n.KeyPos.Line, n.KeyPos.Col)
	if n.Pos != n.KeyPos {
		fmt.Fprintf(b, " %d:%d", n.Pos.Line, n.Pos.Col)
	}
	fmt.Fprintf(b, " +%d %s\n", n.Width, scalar(n))
	for _, item := range n.Items {
		dump(b, item, indent+"  ")
	}
}

func scalar(n *Node) string {
	local := ""
	if n.Local {
		local = " lokal"
	}
	if n.Base != nil {
		local += " for " + scalar(n.Base)
	}
	switch n.Kind {
	case String:
		return fmt.Sprintf("%q", n.Str) + local
	case Int:
		return fmt.Sprint(n.Int) + local
	case Float:
		return fmt.Sprintf("%g", n.Float) + local
	case Bool:
		return fmt.Sprint(n.Bool) + local
	case Datetime:
		return n.Time.Format("2006-01-02T15:04:05") + local
	}
	return n.Kind.String() + local
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"Før mødet":              "foer-moedet",
		"Åbenhed & ærlighed!":    "aabenhed-aerlighed",
		"  3. Løsning: trin 2  ": "3-loesning-trin-2",
		"Café Ünder":             "cafe-under",
		"Zoo 09 {az} à la Öland": "zoo-09-az-a-la-oeland",
		"Bjälke":                 "bjaelke",
		"ﬁn ÿ":                   "n-y",
		"???":                    "",
		"§ 5":                    "5",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

// Two values are equal when they say the same, wherever they stand.
func TestEqual(t *testing.T) {
	values := []string{`"x"`, `"y"`, `1`, `2`, `1.0`, `1.5`, `true`, `false`, `2026-01-01`, `2026-01-02`,
		`[]`, `[1]`, `[2]`, `[1, 2]`, `{}`, `{ a = 1 }`, `{ b = 1 }`, `{ a = 2 }`, `{ a = 1, b = 1 }`}
	for i, a := range values {
		for j, b := range values {
			x, y := parse(t, "f", "v = "+a).Get("v"), parse(t, "g", "\n  v = "+b).Get("v")
			if got := Equal(x, y); got != (i == j) {
				t.Errorf("%s and %s: equal %v", a, b, got)
			}
		}
	}
	var nowhere *Node
	if nowhere.Get("a") != nil || parse(t, "f", "v = [1]").Get("v").Get("a") != nil {
		t.Error("found what isn't there")
	}
}
