package guide_test

import (
	"os"
	"strings"
	"testing"
)

// An example is a txtar file: a comment, then parts that each begin with a line
// "-- name --".
type example struct {
	comment string
	parts   []part
}

type part struct{ name, data string }

func readExample(t *testing.T, path string) *example {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	e := &example{}
	current := &e.comment
	for line := range strings.Lines(string(data)) {
		name, ok := strings.CutPrefix(strings.TrimSpace(line), "-- ")
		if name, end := strings.CutSuffix(name, " --"); ok && end {
			e.parts = append(e.parts, part{name: name})
			current = &e.parts[len(e.parts)-1].data
			continue
		}
		*current += line
	}
	if len(e.parts) < 2 {
		t.Fatalf("%s: no parts to compare", path)
	}
	return e
}

func (e *example) write(t *testing.T, path string) {
	t.Helper()
	var b strings.Builder
	b.WriteString(e.comment)
	for _, p := range e.parts {
		b.WriteString("-- " + p.name + " --\n" + p.data)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
