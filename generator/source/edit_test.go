package source

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// Every archive in testdata/ret holds triples: a file as an author wrote it, edits, and
// the file after them. An edit that is refused gives its error as a comment on top.
func TestEdits(t *testing.T) {
	names, err := filepath.Glob("testdata/ret/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+2 < len(archive.Files); i += 3 {
			before, edits, after := archive.Files[i], archive.Files[i+1], &archive.Files[i+2]
			t.Run(filepath.Base(name)+"/"+strings.TrimSuffix(before.Name, ".toml"), func(t *testing.T) {
				got := edited(t, ends(before.Data), string(edits.Data))
				if d := cmp.Diff(string(ends(after.Data)), got); d != "" && !*update {
					t.Errorf("(-want +got)\n%s", d)
				}
				after.Data = shown(got)
			})
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

const noBreak = "<END>\n" // after the last line of a file without a line break

func ends(data []byte) []byte { return bytes.TrimSuffix(rawBytes(data), []byte(noBreak)) }

func shown(text string) []byte {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += noBreak
	}
	return []byte(strings.NewReplacer("\r", "<CR>", "\ufeff", "<BOM>").Replace(text))
}

// edited returns a file after edits such as
//
//	set moede.status.varighed = 60
//	set moede.status.varighed = 60 # after navn
//	insert moede.nyt = { navn = "Nyt" } # after status
//	move moede.nyt # after status
//	rename moede.nyt # nyere
//	remove moede.nyt
func edited(t *testing.T, data []byte, edits string) string {
	t.Helper()
	d, diags := Edit("f.toml", data)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	errors := ""
	for line := range strings.Lines(edits) {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest, other, _ := strings.Cut(rest, " # ")
		other, isAfter := strings.CutPrefix(other, "after")
		other = strings.TrimSpace(other)
		if verb == "remove" || verb == "move" || verb == "rename" {
			rest += " = 0"
		}
		path := newLayout([]byte(rest)).sections[0].entries[0].path
		value := parse(t, "edit", rest).at(path)
		var err error
		switch {
		case verb == "set" && isAfter:
			err = d.SetAfter(path, value, other)
		case verb == "set":
			err = d.Set(path, value)
		case verb == "insert":
			err = d.Insert(path, value, other)
		case verb == "remove":
			err = d.Remove(path)
		case verb == "move":
			err = d.Move(path, other)
		case verb == "rename":
			err = d.Rename(path, other)
		default:
			t.Fatalf("no edit: %s", line)
		}
		if err != nil {
			errors += "# " + err.Error() + "\n"
		}
	}
	return errors + string(d.Bytes())
}
