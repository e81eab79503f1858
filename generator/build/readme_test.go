package build_test

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
)

// What the README lets an author write works as it stands.
func TestExamplesOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllSubmatch(readme, -1)
	if len(examples) < 2 || !bytes.HasPrefix(examples[0][1], []byte("[fase.")) || !bytes.Contains(examples[1][1], []byte("[begreb.")) {
		t.Fatal("the README begins with other examples than those of a model and of a term")
	}
	site := starterSite()
	cases.Edit(t, "readme", site, "content/haandbog.toml", "-modeller = [\"eksempelmodel\"]\n+modeller = [\"eksempelmodel\", \"vores-model\"]\n")
	site["content/modeller/vores-model/model.toml"] = &fstest.MapFile{Data: []byte("[model]\ntitel = \"Vores model\"\nslags = \"indsatsmodel\"\nstatus = \"koncept\"\n")}
	site["content/modeller/vores-model/alt.toml"] = &fstest.MapFile{Data: examples[0][1]}
	terms := site["content/begreber.toml"]
	terms.Data = append(terms.Data, examples[1][1]...)
	diags, err := check(site)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		if d.Severity == diag.Error || !strings.Contains(d.Message, "hverken tekst eller vejledning") {
			t.Errorf("%v: %s", d.Pos, d.Message)
		}
	}
}

// The rooms stand in the README in one direction: each imports only from those above it.
func TestRoomsImportFromThoseAbove(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(readme), "| room of `generator/`")
	table, _, _ = strings.Cut(table, "\n\n")
	place := map[string]int{}
	for i, row := range strings.Split(table, "\n")[2:] {
		for _, name := range regexp.MustCompile("`([a-z]+)`").FindAllStringSubmatch(strings.Split(row, "|")[1], -1) {
			place[name[1]] = i + 1
		}
	}
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(place) < 15 {
		t.Fatal(err, place)
	}
	for _, file := range files {
		room := filepath.Base(filepath.Dir(file))
		if strings.HasSuffix(file, "_test.go") || room == "cases" || room == "needs" {
			continue // they are for tests
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		if place[room] == 0 {
			t.Errorf("%s is not in the README's map", room)
		}
		for _, x := range parsed.Imports {
			other, in := strings.CutPrefix(strings.Trim(x.Path.Value, `"`), "modelhaandbog/generator/")
			if in && place[other] > place[room] {
				t.Errorf("%s imports %s, which stands below %s", file, other, room)
			}
		}
	}
}
