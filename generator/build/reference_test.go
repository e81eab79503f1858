package build_test

import (
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// exampleSite is a site in which the smallest table of every kind stands.
func exampleSite() fstest.MapFS {
	site := starterSite()
	for name := range site {
		if strings.HasPrefix(name, "content/modeller/") || strings.Count(name, "/") == 1 {
			delete(site, name)
		}
	}
	files := map[string]string{
		"haandbog.toml":                   "[haandbog]\ntitel = \"Håndbog\"\nudgiver = \"R\"\nmodeller = [\"vores-model\"]\n",
		"modeller/vores-model/model.toml": "[model]\ntitel = \"Vores model\"\nslags = \"projekt\"\nstatus = \"koncept\"\n",
	}
	for _, k := range model.Schema().Kinds {
		name := "modeller/vores-model/" + k.Key + ".toml"
		if k.Shared {
			name = k.Key + ".toml"
		}
		files[name] = k.Minimal()
	}
	for name, text := range files {
		site["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return site
}

// The smallest table of a kind, as authors are shown it, is right.
func TestMinimalTablesAreRight(t *testing.T) {
	diags, err := check(exampleSite())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		if d.Severity == diag.Error {
			t.Errorf("%v: %s", d.Pos, d.Message)
		}
	}
}

// What `haandbog new` writes for any kind has the keys of the smallest right table, each
// with what it is for. Check tells what is to be filled in there, and nothing once it is.
func TestNewTables(t *testing.T) {
	for _, k := range model.Schema().Kinds {
		const number = 2
		start, minimal := strings.Split(k.Start("ny", number), "\n"), strings.Split(k.Minimal(), "\n")
		if len(start) != len(minimal) {
			t.Fatalf("%s: %q, but the smallest table is %q", k.Key, start, minimal)
		}
		filled := slices.Clone(start)
		for i, line := range start {
			key, value, ok := strings.Cut(line, " = ")
			if !ok {
				continue
			}
			if _, doc, ok := strings.Cut(value, " # "); !ok || !strings.HasSuffix(doc, ".") {
				t.Errorf("%s: nothing is said of %s", k.Key, line)
			}
			if want, _, _ := strings.Cut(minimal[i], " = "); key != want {
				t.Errorf("%s: %s stands where %s should", k.Key, key, want)
			}
			if key != "nummer" && key != "navn" && key != "flere" {
				filled[i] = minimal[i]
			} else if key != "nummer" || strings.Contains(value, `""`) {
				filled[i] = key + ` = "2 nye"`
			}
		}
		name := "content/ny.toml"
		if !k.Shared {
			name = "content/modeller/vores-model/ny.toml"
		}
		for _, lines := range [][]string{start, filled} {
			site := exampleSite()
			site[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
			diags, err := check(site)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range diags {
				fillIn := d.Pos.File == name && (strings.Contains(lines[d.Pos.Line-1], `""`) ||
					strings.Contains(lines[d.Pos.Line-1], "kilde-id"))
				if d.Severity == diag.Error && !fillIn {
					t.Errorf("%s: %v: %s\n%s", k.Key, d.Pos, d.Message, strings.Join(lines, "\n"))
				}
			}
		}
	}
}

// What is shown of a key can be written: with all keys of a kind's own together,
// nothing is wrong but that navn and kilde, which all kinds have, are missing, and that a
// cadence has both an interval and a number, and an answer leads two ways.
func TestExamplesOfKeysAreRight(t *testing.T) {
	r := build.Reference(model.Schema())
	tables := map[string][]string{} // header → lines
	var headers []string
	for _, a := range r.Articles {
		for _, part := range a.Parts {
			for _, row := range part.Rows {
				header, lines, ok := exampleOf(t, r, row)
				if !ok {
					continue
				}
				if tables[header] == nil {
					headers = append(headers, header)
				}
				tables[header] = append(tables[header], lines)
			}
		}
	}
	site, seen := exampleSite(), 0
	for name := range site {
		if k := model.Schema().Kind(strings.TrimSuffix(path.Base(name), ".toml")); k != nil {
			site[name] = &fstest.MapFile{}
		}
	}
	slices.SortStableFunc(headers, func(a, b string) int { return strings.Count(a, ".") - strings.Count(b, ".") })
	for _, header := range headers {
		seen += len(tables[header])
		f := site[fileFor(header)]
		if strings.HasPrefix(header, "[model]") || strings.HasPrefix(header, "[haandbog]") {
			f.Data = nil
		}
		f.Data = append(f.Data, header+"\n"+strings.Join(tables[header], "")...)
	}
	site["content/modeller/vores-model/vejledning/session/kort.pdf"] = &fstest.MapFile{Data: []byte("%PDF-1.7\n")}
	site["content/kommuner/eksempel/logo.svg"] = &fstest.MapFile{Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)}
	diags, err := check(site)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		expected := d.Code == "ugyldig-kadence" || d.Code == "to-udsagn" || d.Code == "mangler-kilde" ||
			d.Code == "to-veje" || strings.Contains(d.Message, "nøglen \"navn\"")
		if d.Severity == diag.Error && !expected {
			t.Errorf("%v: %s (%s)", d.Pos, d.Message, d.Code)
		}
	}
	if seen < 200 {
		t.Errorf("only %d examples were tried", seen)
	}
}

// exampleOf gives a key's example; ok is false for what stands in another's, or
// in an overlay only.
func exampleOf(t *testing.T, r *schema.Reference, row schema.Row) (header, lines string, ok bool) {
	t.Helper()
	if row.Name == "" || strings.HasPrefix(row.Note, "tabel") || strings.HasPrefix(row.Name, "noegler.lokal") ||
		slices.Contains([]string{"noegler.udeladt", "noegler.placeres_efter", "aftale.svar"}, row.Name) {
		return "", "", false
	}
	a, unknown, _ := r.Find(row.Name)
	if unknown != "" {
		t.Errorf("%s is not found", row.Name)
	}
	for _, p := range a.Parts {
		if strings.HasPrefix(p.Example, "[") {
			header, lines, ok = strings.Cut(p.Example, "\n")
		}
	}
	return header, lines, ok
}

// fileFor is the file of the example site in which a table stands.
func fileFor(header string) string {
	kind, _, _ := strings.Cut(strings.Trim(header, "[]"), ".")
	k := model.Schema().Kind(kind)
	switch {
	case header == "[kommune]", strings.HasPrefix(header, "[kommune.kontakt."):
		return "content/kommuner/eksempel/kommune.toml"
	case k != nil && k.Shared, kind == "haandbog":
		return "content/" + kind + ".toml"
	}
	return "content/modeller/vores-model/" + kind + ".toml"
}

// The rules name every value and every kind of page that there is.
func TestRulesNameWhatThereIs(t *testing.T) {
	r := build.Reference(model.Schema())
	rule, _, _ := r.Find("kilder-og-krav")
	var terms []string
	for _, p := range rule.Parts {
		for _, row := range p.Rows {
			terms = append(terms, row.Term)
		}
	}
	for _, value := range append(model.Basis("").Values(), model.Force("").Values()...) {
		if !slices.Contains(terms, value) {
			t.Errorf("kilder-og-krav doesn't tell of %q", value)
		}
	}
	rule, _, _ = r.Find("layouts")
	told := strings.Split(strings.Split(rule.Parts[1].Text[1], ";")[0], ", ")
	snap, err := build.Open(os.DirFS("../.."), build.Options{}).Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, slug := range []string{"", "herning"} {
		for _, p := range snap.Edition(slug).Book.Pages {
			if !slices.Contains(told, p.Kind) && !strings.HasPrefix(p.Kind, "liste-") {
				t.Errorf("layouts doesn't tell of the pages of kind %q", p.Kind)
			}
		}
	}
}
