package source

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// sameAsFirst reads a text after another, which must give what a first reading
// gives.
func sameAsFirst(t *testing.T, before *Reading, data []byte) *Reading {
	t.Helper()
	r := ReadTOML("f.toml", data, before)
	wantRoot, wantDiags := ParseTOML("f.toml", data)
	if !reflect.DeepEqual(r.Diags, wantDiags) {
		t.Errorf("%q:\n%v\nwant\n%v", data, r.Diags, wantDiags)
	}
	if !reflect.DeepEqual(r.Root, wantRoot) {
		t.Errorf("%q gives another tree than a first reading", data)
	}
	return r
}

// Every text after every other.
func TestReadingAgainChangesNothing(t *testing.T) {
	texts := []string{
		"", "a = 1\n", "a = 2\n", "\n\na = 2\n", "# x\na = 1\n", "a = 1", "a = 01\n", "a = 1_0\n", "a = 1__0\n",
		"[t]\na = \"x\"\n", "[t]\na = \"y\\n\"\n", "[t]\na = \"y\\q\"\n", "[t]\na = \"\"\"y\nz\"\"\"\n", "[t]\na = 'x'\n", " [t]\na = 'x'\n", "# x\n [t]\na = 'y'\n[u]\n",
		"[t]\na = \"x\"\n[t]\nb = \"y\"\n", "[t]\n# a = \"x\"\n[t]\n", "a = [1, 2]\n", "a = [1,\n# to\n2]\n", "a = [1, \"x\"]\n", "a = [1]\na = [2]\n",
		"a = [\n[1],\n[2]]\n[t]\n", "a = [\n[1],\n[3]]\n[t]\n", "a = \"\"\"\n[t]\n\"\"\"\n[t]\n", "a = \"\"\"\n[u]\n\"\"\"\n[t]\n", "a = '''\n[t]\nb = '''\n", "[t]\nb = 1\n[u]\n[v]\nb = 2\n", "[t]\nb = 1\n\n[u]\n[v]\nb = 2\n", "[v]\nb = 2\n[t]\nb = 1\n[u]\n",
		"a = {b = 1, c = 2}\n", "a = {b = 1,\nc = 2}\n", "a = {b = 1}\n[a.c]\n", "a.b = 1\n[a]\nc = 2\n", "a.b = 1\n[a.c]\nd = 2\n", "[t]\na.b = 1\n[t.a.c]\nd = 1\n", "[t.a]\nb = 1\n[t]\na.c = 1\n",
		"[[a]]\nb = 1\n[[a]]\nb = 2\n", "[[a]]\nb = 2\n[[a]]\nb = 1\n", "[[a]]\n[a.t]\nb = 1\n[[a]]\n[a.t]\nb = 1\n", "# x\n[[a]]\n[a.t]\nb = 1\n[[a]]\n[a.t]\nb = 1\n", "[a.b.c]\nd = 1\n[a]\nd = 2\n[a.b]\nd = 3\n", "\n[a.b.c]\nd = 1\n\n[a]\nd = 2\n[a.b]\nd = 3\n",
		"a = 1 # slut\n", "a = 1 # slut\x01\n", "# \x01\na = 1\n", "\"a#b\" = 1\n", "\"a\n#b\" = 1\n", "a = 2026-11-25\n", "a = 2026-13-25\n", "a = 2026-11-26\n",
		"a = 07:00:00\n", "a = 2026-11-25T07:00:00Z\n", "a = true\n", "a = false\n", "a = maybe\n", "a = 1.5\n", "a = 1.\n", "\r\na = 1\r\n", "a = 1\r\n", "[t]\r\na = 1\r\n[u]\r\na = 1\r\n",
		"\ufeff[t]\na = 1\n", "[t]\na = \"\xe6\"\n", "[t] # x\n", "[ t ]\n", "[\"t.u\"]\na = 1\n", "[t]\na = [{b = 1}, {b = 2}]\n",
	}
	for _, first := range texts {
		for _, text := range texts {
			r := sameAsFirst(t, sameAsFirst(t, nil, []byte(first)), []byte(text))
			sameAsFirst(t, r, []byte(first))
			if t.Failed() {
				t.Fatalf("after %q", first)
			}
		}
	}
}

// Of a changed text only what is new is read, and what stands where it stood is
// the same.
func TestReadingAgainReadsWhatIsNew(t *testing.T) {
	const old = "a = 1\n[t.u]\nb = [1, {c = 2}]\n[[v]]\nd = \"x\"\n[[v]]\nd = \"y\"\n"
	before := ReadTOML("f.toml", []byte(old), nil)
	for _, text := range []string{
		"# ny\n\n" + old,
		strings.Replace(old, "[[v]]", "# ny\n[[v]]", 1),
		strings.Replace(old, "\"y\"", "\"z\"", 1),
		strings.Replace(old, "a = 1", "a = 2", 1),
	} {
		if before.next("f.toml", []byte(text)) == nil {
			t.Errorf("%q is read whole", text)
		}
		after := sameAsFirst(t, before, []byte(text))
		b := func(r *Reading) *Node { return r.Root.Get("t").Get("u").Get("b") }
		if stands := !strings.HasPrefix(text, "#"); stands != (b(before) == b(after)) {
			t.Errorf("%q: the same node is %v", text, !stands)
		}
	}
	for _, text := range []string{old + "e = 1\n", strings.Replace(old, "[t.u]", "[t]", 1), old + "[t]\n", old + "[t.u]\n"} {
		if before.next("f.toml", []byte(text)) != nil {
			t.Errorf("%q is taken for accepted", text)
		}
		sameAsFirst(t, before, []byte(text))
	}
	broken := sameAsFirst(t, before, []byte(old+"e = \n"))
	if broken.next("f.toml", []byte(old)) == nil {
		t.Error("what was broken and is mended is read whole")
	}
}

// The real files, each cut and changed in many places.
func TestReadingRealFilesAgain(t *testing.T) {
	files, err := filepath.Glob("../../content/modeller/*/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := sameAsFirst(t, nil, data)
		moved := append(bytes.Repeat([]byte("\n# ny\n"), 2), data...)
		if r.next("f.toml", moved) == nil {
			t.Errorf("%s: moved lines are read whole", file)
		}
		r = sameAsFirst(t, r, moved)
		r = sameAsFirst(t, r, bytes.Replace(data, []byte("barnet"), []byte("eleven"), 3))
		if i%8 == 0 { // a broken file takes long to explain
			r = sameAsFirst(t, r, data[:len(data)*2/3])
			r = sameAsFirst(t, r, bytes.Replace(data, []byte(" = \""), []byte(" \""), 1))
			r = sameAsFirst(t, r, bytes.Replace(data, []byte("navn = "), []byte("navn = \"to\"\nnavn = "), 1))
			sameAsFirst(t, r, data)
		}
	}
}

func FuzzReading(f *testing.F) {
	f.Add([]byte("a = 1\n[t]\nb = \"x\" # y\n"), uint16(4), []byte("2"), uint8(1))
	f.Add([]byte("a = [1,\n# c\n 2]\n"), uint16(8), []byte("\n#"), uint8(0))
	f.Add([]byte("a = {b = 1, c = 'x'}\n"), uint16(12), []byte("\n"), uint8(0))
	f.Add([]byte("[a]\nb = 1\n[a.c]\n[[d]]\n[[d]]\ne.f = 2\n"), uint16(4), []byte("\n["), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, at uint16, with []byte, over uint8) {
		from := min(int(at), len(data))
		to := min(from+int(over), len(data))
		changed := append(append(append([]byte{}, data[:from]...), with...), data[to:]...)
		if bytes.Contains(changed, []byte("nan")) || bytes.Contains(data, []byte("nan")) {
			t.Skip() // unlike itself
		}
		sameAsFirst(t, sameAsFirst(t, ReadTOML("f.toml", data, nil), changed), data)
	})
}
