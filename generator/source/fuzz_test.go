package source

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/diag"
)

// seedArchives gives the fuzzer every file of the archives, and what else it takes.
func seedArchives(f *testing.F, more ...any) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			if !strings.HasSuffix(file.Name, ".out") {
				f.Add(append([]any{rawBytes(file.Data)}, more...)...)
			}
		}
	}
}

// What BurntSushi/toml accepts gets a tree in which every key has a place
// inside the file where that key stands. What it does not accept is explained
// at a place inside the file.
func FuzzPositions(f *testing.F) {
	seedArchives(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		root, diags := ParseTOML("f.toml", data)
		clean, encoding := CheckText("f.toml", data)
		if encoding != nil {
			clean = data
		}
		lines := bytes.Split(clean, []byte("\n"))
		checkDiags(t, diags, lines)
		if root.Partial != (len(diags) > 0) {
			t.Errorf("partial %v with %d errors", root.Partial, len(diags))
		}
		checkPlaces(t, root, lines)

		var values map[string]any
		if encoding != nil || tomlAccepts(clean, &values) != nil {
			if len(diags) == 0 {
				t.Error("faulty text passes without an error")
			}
			return
		}
		if len(diags) == 0 {
			checkKeys(t, root, values)
		} else if !slices.ContainsFunc(lines, func(line []byte) bool { return bytes.Count(line, []byte(".")) >= maxKey }) {
			t.Errorf("valid text is refused: %v", diags) // but for keys of more parts than are read
		}
	})
}

func FuzzBody(f *testing.F) {
	seedArchives(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		body, line, diags := Body("f.md", data)
		clean, encoding := CheckText("f.md", data)
		if encoding != nil {
			return
		}
		lines := bytes.Split(clean, []byte("\n"))
		checkDiags(t, diags, lines)
		if len(body) > 0 {
			if rest := bytes.Join(lines[line-1:], []byte("\n")); !bytes.Equal(rest, body) {
				t.Errorf("the body does not start on line %d: %q", line, body)
			}
		}
	})
}

func tomlAccepts(data []byte, values *map[string]any) (err error) {
	*values, err = decode(data)
	return err
}

func checkDiags(t *testing.T, diags []diag.Diag, lines [][]byte) {
	for _, d := range diags {
		places := []diag.Pos{d.Pos}
		for _, n := range d.Notes {
			places = append(places, n.Pos)
		}
		for _, p := range places {
			if p.Line > 0 && !inside(p, lines) {
				t.Errorf("%v is outside the file: %s", p, d.Message)
			}
		}
		if d.Message == "" || d.Severity != diag.Error || strings.Contains(d.Message, "expected") {
			t.Errorf("bad message %q", d.Message)
		}
	}
}

func inside(p diag.Pos, lines [][]byte) bool {
	return p.Line >= 1 && p.Line <= len(lines) && p.Col >= 1 && p.Col <= utf8.RuneCount(lines[p.Line-1])+1
}

// checkPlaces looks every key up where it is said to stand.
func checkPlaces(t *testing.T, n *Node, lines [][]byte) {
	for _, item := range n.Items {
		if !inside(item.KeyPos, lines) || !inside(item.Pos, lines) || item.Width < 1 {
			t.Fatalf("%q is outside the file: %+v", item.Key, item)
		}
		if n.Kind == Table {
			line := []rune(string(lines[item.KeyPos.Line-1]))
			if seen := keyAt(string(line[item.KeyPos.Col-1:])); seen != item.Key {
				t.Errorf("at %v stands %q, not %q", item.KeyPos, seen, item.Key)
			}
		}
		checkPlaces(t, item, lines)
	}
}

// keyAt reads the key that a line begins with.
func keyAt(line string) string {
	if line == "" || line[0] != '"' && line[0] != '\'' {
		end := strings.IndexFunc(line, func(r rune) bool {
			return !(r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z')
		})
		if end >= 0 {
			line = line[:end]
		}
		return line
	}
	for i := 1; i < len(line); i++ {
		if line[i] == '\\' && line[0] == '"' {
			i++
		} else if line[i] == line[0] {
			var one map[string]any
			toml.Decode(line[:i+1]+"=1", &one)
			for key := range one {
				return key
			}
		}
	}
	return line
}

func checkKeys(t *testing.T, n *Node, values map[string]any) {
	for key, value := range values {
		item := n.Get(key)
		if item == nil {
			t.Errorf("key %q has no place", key)
			continue
		}
		if table, ok := value.(map[string]any); ok {
			checkKeys(t, item, table)
		}
	}
	if len(n.Items) != len(values) {
		t.Errorf("%d entries for %d keys", len(n.Items), len(values))
	}
}
