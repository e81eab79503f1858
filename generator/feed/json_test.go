package feed

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/source"
	"modelhaandbog/generator/wording"
)

// load reads the TOML files of an archive as a site.
func loadLinked(t *testing.T, archive *txtar.Archive) (*model.National, *overlay.Editions) {
	t.Helper()
	var in model.Input
	folders := map[string]*model.Folder{}
	const herning = "content/kommuner/herning"
	var local overlay.Tables
	for _, f := range archive.Files {
		if path.Ext(f.Name) != ".toml" {
			continue
		}
		n, diags := source.ParseTOML(f.Name, f.Data)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		dir := path.Dir(f.Name)
		switch {
		case dir == "content":
			in.Shared = append(in.Shared, n)
		case dir == herning:
			local.Own = append(local.Own, n)
		case strings.HasPrefix(dir, herning):
			local.Models = append(local.Models, overlay.Folder{Folder: model.Folder{ID: path.Base(dir), Dir: dir, Files: []*source.Node{n}}})
		default:
			if folders[dir] == nil {
				folders[dir] = &model.Folder{ID: path.Base(dir), Dir: dir}
			}
			folders[dir].Files = append(folders[dir].Files, n)
		}
	}
	var dirs []string
	for dir := range folders {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	for _, dir := range dirs {
		in.Models = append(in.Models, *folders[dir])
	}
	var overlays []overlay.Overlay
	if len(local.Own)+len(local.Models) > 0 {
		overlays = append(overlays, overlay.Overlay{Slug: "herning", Dir: herning, Tables: func() overlay.Tables { return local }})
	}
	national := model.Load(in)
	editions, _ := overlay.New(national, nil, overlays)
	return national, editions
}

// ownContent is the project's own content as an archive.
func ownContent(t *testing.T) *txtar.Archive {
	t.Helper()
	a := &txtar.Archive{}
	for _, glob := range []string{"*.toml", "modeller/*/*.toml"} {
		names, err := filepath.Glob(filepath.Join("../../content", glob))
		if err != nil || len(names) == 0 {
			t.Fatalf("no content: %v", err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			a.Files = append(a.Files, txtar.File{Name: strings.TrimPrefix(filepath.ToSlash(name), "../../"), Data: data})
		}
	}
	return a
}

func archive(t *testing.T, name string) *txtar.Archive {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func part(t *testing.T, a *txtar.Archive, name string) string {
	t.Helper()
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	t.Fatalf("the archive has no %s", name)
	return ""
}

func linked(t *testing.T, h *model.Handbook, m *model.Model) string {
	t.Helper()
	data, err := JSON(h, m, wording.Standard())
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(data) {
		t.Fatalf("not JSON: %s", data)
	}
	return string(data)
}

func TestLinkedModel(t *testing.T) {
	a := archive(t, "linked.txtar")
	n, local := loadLinked(t, a)
	if len(n.Diags) > 0 {
		t.Fatal(n.Diags)
	}
	if diff := cmp.Diff(part(t, a, "national.json"), linked(t, n.Handbook, n.Models[0])); diff != "" {
		t.Errorf("the national edition (-want +got):\n%s", diff)
	}
	herning := local.Edition("herning")
	h := herning.Handbook
	for _, d := range herning.Diags {
		if d.Code != "ikke-gennemgaaet" {
			t.Error(d)
		}
	}
	if diff := cmp.Diff(part(t, a, "herning.json"), linked(t, h, h.Models[0])); diff != "" {
		t.Errorf("Herning's (-want +got):\n%s", diff)
	}
	if other := linked(t, h, h.Models[1]); other != linked(t, n.Handbook, n.Models[1]) {
		t.Errorf("a model without anything local differs from the national one:\n%s", other)
	}
	if _, err := JSON(n.Handbook, &model.Model{}, wording.Standard()); err == nil {
		t.Error("a model that was never loaded is written")
	}
}

// TestRealModelsFitTheirSchema holds the project's own models, and a
// municipality's, against ModelJSONSchema.
func TestRealModelsFitTheirSchema(t *testing.T) {
	var s map[string]any
	if err := json.Unmarshal(ModelJSONSchema(model.Schema()), &s); err != nil {
		t.Fatal(err)
	}
	v := validator{definitions: s["definitions"].(map[string]any)}
	check := func(h *model.Handbook) {
		for _, m := range h.Models {
			var value any
			if err := json.Unmarshal([]byte(linked(t, h, m)), &value); err != nil {
				t.Fatal(err)
			}
			for _, problem := range v.check(s, value, m.ID) {
				t.Error(problem)
			}
		}
	}
	national, _ := loadLinked(t, ownContent(t))
	check(national.Handbook)
	_, local := loadLinked(t, archive(t, "linked.txtar"))
	check(local.Edition("herning").Handbook)
}

func TestTheSchemaOfModelsRejects(t *testing.T) {
	var s map[string]any
	if err := json.Unmarshal(ModelJSONSchema(model.Schema()), &s); err != nil {
		t.Fatal(err)
	}
	v := validator{definitions: s["definitions"].(map[string]any)}
	n, _ := loadLinked(t, archive(t, "linked.txtar"))
	good := linked(t, n.Handbook, n.Models[0])
	for _, test := range []struct{ name, old, new string }{
		{"unknown key", `"nummer":1`, `"nr":1`},
		{"wrong type", `"nummer":1`, `"nummer":"1"`},
		{"wrong value", `"slags":"indsatsmodel"`, `"slags":"ide"`},
		{"a reference without an id", `"ansvarlig":{"id":"koordinator",`, `"ansvarlig":{`},
		{"a single value for a list", `"alias":["Skud"]`, `"alias":"Skud"`},
		{"no model", `"model":{`, `"modellen":{`},
	} {
		bad := strings.Replace(good, test.old, test.new, 1)
		if bad == good {
			t.Fatalf("%s: the output has no %s", test.name, test.old)
		}
		var value any
		if err := json.Unmarshal([]byte(bad), &value); err != nil {
			t.Fatal(err)
		}
		if len(v.check(s, value, "")) == 0 {
			t.Errorf("%s is accepted", test.name)
		}
	}
}

func TestStringsAreJSON(t *testing.T) {
	for _, s := range []string{"", "æøå \"citat\" \\ skrå", "linje\nlinje\ttab\r\x00\x1f", "<b>&</b>", "\u2028\U0001f600", "\xff"} {
		var got string
		if err := json.Unmarshal(appendString(nil, s), &got); err != nil {
			t.Errorf("%q: %v", s, err)
		} else if want := strings.ToValidUTF8(s, "\ufffd"); got != want {
			t.Errorf("%q came back as %q", s, got)
		}
	}
}

func BenchmarkJSON(b *testing.B) {
	t := &testing.T{}
	n, _ := loadLinked(t, ownContent(t))
	for b.Loop() {
		for _, m := range n.Models {
			if _, err := JSON(n.Handbook, m, wording.Standard()); err != nil {
				b.Fatal(err)
			}
		}
	}
}
