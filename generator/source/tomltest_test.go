package source

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	tomltest "github.com/toml-lang/toml-test/v2"
)

// What toml-test calls invalid is refused, with a place in the file, and what it calls
// valid is read. The parsers read TOML 1.1, which allows a little more than 1.0.
func TestTOMLSuite(t *testing.T) {
	tests := tomltest.TestCases()
	list, err := fs.ReadFile(tests, "files-toml-1.1.0")
	if err != nil {
		t.Fatal(err)
	}
	count := map[bool]int{}
	for _, name := range strings.Fields(string(list)) {
		if path.Ext(name) != ".toml" {
			continue
		}
		data, err := fs.ReadFile(tests, name)
		if err != nil {
			t.Fatal(err)
		}
		valid := strings.HasPrefix(name, "valid/")
		count[valid]++
		_, diags := ParseTOML(name, data)
		if valid != (len(diags) == 0) {
			t.Errorf("%s: %v\n%s", name, diags, data)
		}
		for _, d := range diags {
			if d.Pos.Line == 0 {
				t.Errorf("%s: no place: %s\n%s", name, d.Message, data)
			}
		}
	}
	if count[true] < 200 || count[false] < 400 {
		t.Errorf("only %v files", count)
	}
}
