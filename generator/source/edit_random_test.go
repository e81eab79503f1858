package source

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	tomltest "github.com/toml-lang/toml-test/v2"

	"modelhaandbog/generator/needs"
)

var edits = flag.Int("edits", 0, "how many random edits of the content are tried")

// Random edits of the real content, in many ways of writing it: the file says what was
// meant, the bytes that the edit is not about stand, and the opposite edit gives the first
// bytes.
func TestRandomEdits(t *testing.T) {
	n := tries()
	files := contentFiles(t)
	count := map[string]int{}
	for seed := range n {
		r := rand.New(rand.NewPCG(19, uint64(seed)))
		file := files[r.IntN(len(files))]
		data := vary(r, file.data)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			e := &randomEdit{T: t, Rand: r, before: data}
			e.try()
			count[e.verb]++
			if t.Failed() {
				t.Errorf("%s: %s\n%s", file.name, e.String(), e.diff())
			}
		})
	}
	t.Log(count)
	for _, verb := range verbs {
		if count[verb] < n/20 && count[verbs[0]] > 5 {
			t.Errorf("only %d of %s", count[verb], verb)
		}
	}
}

// tries returns how many edits are tried: more under make test.
func tries() int {
	switch {
	case *edits > 0:
		return *edits
	case needs.All || os.Getenv(needs.Everything) != "":
		return 10_000
	}
	return 300
}

type contentFile struct {
	name string
	data []byte
}

func contentFiles(t testing.TB) []contentFile {
	var files []contentFile
	err := filepath.WalkDir("../../content", func(name string, f fs.DirEntry, err error) error {
		if err == nil && f.IsDir() && f.Name() == "udgaver" {
			return fs.SkipDir // nobody edits frozen releases
		}
		if err != nil || filepath.Ext(name) != ".toml" {
			return err
		}
		data, err := os.ReadFile(name)
		if len(data) < 60<<10 || needs.All {
			files = append(files, contentFile{name, data})
		}
		return err
	})
	if err != nil || len(files) < 50 {
		t.Fatal(len(files), err)
	}
	return files
}

// Random edits of whatever TOML can be: what is not refused says what was meant.
func TestRandomEditsOfAnything(t *testing.T) {
	names := suite(t)
	n := tries()
	refused := map[string]int{}
	for seed := range n {
		r := rand.New(rand.NewPCG(20, uint64(seed)))
		name := names[r.IntN(len(names))]
		data, err := fs.ReadFile(tomltest.TestCases(), name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			e := &randomEdit{T: t, Rand: r, before: data, strange: true}
			e.try()
			refused[e.refused]++
			if t.Failed() {
				t.Errorf("%s: %s\n%s", name, e.String(), e.diff())
			}
		})
	}
	t.Log(refused)
}

// suite returns the names of what toml-test calls valid.
func suite(t testing.TB) []string {
	names, err := fs.Glob(tomltest.TestCases(), "valid/*/*.toml")
	if err != nil || len(names) < 100 {
		t.Fatal(len(names), err)
	}
	return names
}

func FuzzEdits(f *testing.F) {
	seedArchives(f, uint64(1))
	for _, name := range suite(f) {
		data, err := fs.ReadFile(tomltest.TestCases(), name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint64(2))
	}
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		if _, diags := Edit("f.toml", data); len(diags) > 0 {
			return
		}
		e := &randomEdit{T: t, Rand: rand.New(rand.NewPCG(21, seed)), before: data, strange: true}
		if e.try(); t.Failed() {
			t.Error(e)
		}
	})
}

// vary writes a file as another author might: with comments, indents, literal strings,
// CRLF, no last line break, or a byte order mark.
func vary(r *rand.Rand, data []byte) []byte {
	l := newLayout(data)
	var made bytes.Buffer
	at := 0
	put := func(to int) { made.Write(data[at:to]); at = to }
	few := func(n int) bool { return r.IntN(n) == 0 }
	comments, literals, indent := few(3), few(3), few(5)
	for _, s := range l.sections {
		if s.header != nil {
			put(l.lineStart(s.header.from))
			if comments && few(4) {
				made.WriteString("# Om tabellen [her]\n")
			}
			if indent {
				made.WriteString(strings.Repeat(" ", len(s.path)))
			}
		}
		for _, e := range s.entries {
			put(l.lineStart(e.from))
			if comments && few(10) {
				made.WriteString("# Om nøgle = 1\n")
			}
			if indent {
				made.WriteString("\t")
			}
			if text := l.raw(e.value.span); literals && few(3) && e.value.kind == String && text[0] == '"' &&
				text[1] != '"' && !strings.ContainsAny(text, `'\`) {
				put(e.value.from)
				made.WriteString("'" + text[1:len(text)-1] + "'")
				at = e.value.to
			}
			put(l.lineEnd(e.to))
			if comments && few(8) {
				made.WriteString("  # \"efter\"")
			}
		}
	}
	put(len(data))
	data = made.Bytes()
	if few(5) {
		data = bytes.TrimRight(data, "\n")
	}
	if few(5) {
		data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
	}
	if few(8) {
		data = append([]byte(byteOrderMark), data...)
	}
	return data
}

var verbs = []string{"set", "setlist", "settable", "add", "remove", "insert", "move", "rename"}

// randomEdit is one edit and what is known of it.
type randomEdit struct {
	*testing.T
	*rand.Rand
	verb          string
	path          []string
	value         *Node
	other         string // key after which, or new key
	before, after []byte
	strange       bool // no author of ours writes like this: some edits may be refused
	refused       string
	d             *Document
}

func (e *randomEdit) String() string {
	value := ""
	if e.value != nil {
		value = writer{"\n"}.value(e.value, listStyle{})
	}
	return fmt.Sprintf("%s %s %q %s", e.verb, showPath(e.path), e.other, value)
}

func (e *randomEdit) diff() string {
	return cmp.Diff(strings.SplitAfter(string(e.before), "\n"), strings.SplitAfter(string(e.after), "\n"))
}

func (e *randomEdit) try() {
	var diags any
	d, list := Edit("f.toml", e.before)
	if diags = list; len(list) > 0 {
		e.Errorf("%v", diags)
		return
	}
	e.d = d
	e.verb = verbs[e.IntN(len(verbs))]
	switch e.verb {
	case "set":
		e.set(func(n *Node) bool { return n.Kind != Table && n.Kind != Array }, e.scalar)
	case "setlist":
		e.set(func(n *Node) bool { return n.Kind == Array }, e.list)
	case "settable":
		e.set(func(n *Node) bool { return n.Kind == Table }, e.table)
	case "add":
		e.add()
	case "remove":
		e.remove()
	case "insert":
		e.insert()
	case "move":
		e.move()
	case "rename":
		e.rename()
	}
}

// pick returns the path of a value that ok accepts, or nil.
func (e *randomEdit) pick(ok func(path []string, n *Node) bool) []string {
	var paths [][]string
	var walk func(n *Node, path []string)
	walk = func(n *Node, path []string) {
		for i, item := range n.Items {
			at := child(path, item.Key)
			if n.Kind == Array {
				at = child(path, fmt.Sprint(i))
			}
			if ok(at, item) {
				paths = append(paths, at)
			}
			walk(item, at)
		}
	}
	walk(e.d.Root(), nil)
	if len(paths) == 0 {
		return nil
	}
	return paths[e.IntN(len(paths))]
}

// do makes the edit and checks that the file says what is meant.
func (e *randomEdit) do(meant map[string]any, edit func() error) bool {
	if err := edit(); err != nil {
		if !e.strange {
			e.Errorf("refused: %v", err)
		}
		if !bytes.Equal(e.d.Bytes(), e.before) {
			e.Errorf("refused and changed: %v", err)
		}
		e.refused = err.Error()
		return false
	}
	e.after = e.d.Bytes()
	got := e.decode(e.after)
	if e.verb == "remove" { // a table that only its keys made is gone with the last one
		prune(got)
		prune(meant)
	}
	if !cmp.Equal(got, meant) {
		e.Errorf("says something else (-want +got)\n%s", cmp.Diff(meant, got))
		return false
	}
	if e.strange {
		return true
	}
	if len(e.after) > 0 && bytes.HasPrefix(e.before, byteOrderMark) != bytes.HasPrefix(e.after, byteOrderMark) {
		e.Error("the byte order mark")
	}
	lines, crlf := bytes.Count(e.after, []byte("\n")), bytes.Count(e.after, []byte("\r\n"))
	if bytes.Contains(e.before, []byte("\r\n")) && lines != crlf {
		e.Error("a line break is not CRLF")
	}
	if len(e.after) > 0 && bytes.HasSuffix(e.before, []byte("\n")) != bytes.HasSuffix(e.after, []byte("\n")) {
		e.Error("the last line break")
	}
	return true
}

// back makes the opposite edit, which has to give the first bytes.
func (e *randomEdit) back(edit func() error) {
	if err := edit(); err != nil {
		if !e.strange {
			e.Errorf("not back: %v", err)
		}
	} else if got := e.d.Bytes(); !bytes.Equal(got, e.before) && !e.strange {
		e.Errorf("not back (-before +back)\n%s",
			cmp.Diff(strings.SplitAfter(string(e.before), "\n"), strings.SplitAfter(string(got), "\n")))
	}
}
