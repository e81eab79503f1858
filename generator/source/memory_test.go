package source

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// What a memory gives is what a first reading gives, whatever it read before.
func sameAsFirst(t *testing.T, m *Memory, data []byte) {
	t.Helper()
	root, diags := m.ParseTOML("f.toml", data)
	wantRoot, wantDiags := ParseTOML("f.toml", data)
	if !reflect.DeepEqual(diags, wantDiags) {
		t.Errorf("%q:\n%v\nwant\n%v", data, diags, wantDiags)
	}
	if !reflect.DeepEqual(root, wantRoot) {
		t.Errorf("%q gives another tree than a first reading", data)
	}
}

func TestMemoryChangesNothing(t *testing.T) {
	m := &Memory{}
	for _, text := range []string{
		"a = 1\n", "a = 2\n", "\n\na = 2\n", "# x\na = 1\n", "a = 1", "a = 01\n", "a = 1_0\n", "a = 1__0\n",
		"[t]\na = \"x\"\n", "[t]\na = \"y\\n\"\n", "[t]\na = \"y\\q\"\n", "[t]\na = \"\"\"y\nz\"\"\"\n", "[t]\na = 'x'\n",
		"[t]\na = \"x\"\n[t]\nb = \"y\"\n", "[t]\n# a = \"x\"\n[t]\n", "a = [1, 2]\n", "a = [1,\n# to\n2]\n", "a = [1, \"x\"]\n", "a = [1]\na = [2]\n",
		"a = {b = 1, c = 2}\n", "a = {b = 1,\nc = 2}\n", "a = {b = 1}\n[a.c]\n", "a.b = 1\n[a]\nc = 2\n", "[[a]]\nb = 1\n[[a]]\nb = 2\n",
		"a = 1 # slut\n", "a = 1 # slut\x01\n", "# \x01\na = 1\n", "\"a#b\" = 1\n", "\"a\n#b\" = 1\n", "a = 2026-11-25\n", "a = 2026-13-25\n", "a = 2026-11-26\n",
		"a = 07:00:00\n", "a = 2026-11-25T07:00:00Z\n", "a = true\n", "a = false\n", "a = maybe\n", "a = 1.5\n", "a = 1.\n", "\r\na = 1\r\n", "a = 1\r\n",
	} {
		for range 2 {
			sameAsFirst(t, m, []byte(text))
		}
	}
	if len(m.structures) == 0 || len(m.scalars) == 0 {
		t.Error("nothing was remembered")
	}
}

// What is known is not decoded again: of a changed file only the new scalar.
func TestMemoryKnowsWhatItSaw(t *testing.T) {
	m := &Memory{}
	m.ParseTOML("f.toml", []byte("[t]\na = \"x\"\nb = [1, 2]\n"))
	structures := len(m.structures)
	for _, text := range []string{"# ny\n\n[t]\na = \"x\"\n\nb = [1, 2]\n", "[t]\na = \"ny\"\nb = [2, 3]\n"} {
		x, err := buildIndex(newText("f.toml", []byte(text)), []byte(text))
		if err != nil || !m.fill(x, x.structure()) {
			t.Errorf("%q is not known: %v", text, err)
		}
		sameAsFirst(t, m, []byte(text))
	}
	if len(m.structures) != structures {
		t.Errorf("%d structures, want %d", len(m.structures), structures)
	}
}

// The real files, each cut and changed in many places.
func TestMemoryOfRealFiles(t *testing.T) {
	files, err := filepath.Glob("../../content/modeller/*/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	m := &Memory{}
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sameAsFirst(t, m, data)
		sameAsFirst(t, m, append(bytes.Repeat([]byte("\n# ny\n"), 2), data...))
		sameAsFirst(t, m, bytes.Replace(data, []byte("barnet"), []byte("eleven"), 3))
		if i%8 == 0 { // a broken file takes long to explain
			sameAsFirst(t, m, data[:len(data)*2/3])
			sameAsFirst(t, m, bytes.Replace(data, []byte(" = \""), []byte(" \""), 1))
			sameAsFirst(t, m, bytes.Replace(data, []byte("navn = "), []byte("navn = \"to\"\nnavn = "), 1))
		}
	}
}

func FuzzMemory(f *testing.F) {
	f.Add([]byte("a = 1\n[t]\nb = \"x\" # y\n"), uint16(4), []byte("2"), uint8(1))
	f.Add([]byte("a = [1,\n# c\n 2]\n"), uint16(8), []byte("\n#"), uint8(0))
	f.Add([]byte("a = {b = 1, c = 'x'}\n"), uint16(12), []byte("\n"), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, at uint16, with []byte, over uint8) {
		m := &Memory{}
		m.ParseTOML("f.toml", data)
		from := min(int(at), len(data))
		to := min(from+int(over), len(data))
		changed := append(append(append([]byte{}, data[:from]...), with...), data[to:]...)
		if bytes.Contains(changed, []byte("nan")) {
			t.Skip() // unlike itself
		}
		sameAsFirst(t, m, changed)
	})
}
