package build_test

import (
	"bytes"
	"os"
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
