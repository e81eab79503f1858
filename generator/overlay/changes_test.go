package overlay

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// TestEditions shows what comes of an overlay that is in order: each archive is
// laid over the starter and coreTables. Its last sections are what the edition
// says otherwise, as readers are told it; the merged tables of what has local
// points; and what the municipality reviews, after which nothing has changed.
func TestEditions(t *testing.T) {
	names, err := filepath.Glob("testdata/udgaver/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no editions", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			site := cases.Starter(t)
			site["content/modeller/eksempelmodel/kerne.toml"] = &fstest.MapFile{Data: []byte(coreTables)}
			var answers []*txtar.File
			for i := range archive.Files {
				f := &archive.Files[i]
				if strings.HasPrefix(f.Name, "content/") {
					site[f.Name] = &fstest.MapFile{Data: f.Data}
				} else {
					answers = append(answers, f)
				}
			}
			for _, f := range answers {
				if got := answer(t, site, f.Name); *update {
					f.Data = []byte(got)
				} else if d := cmp.Diff(string(f.Data), got); d != "" {
					t.Errorf("%s (-want +got)\n%s", f.Name, d)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// answer is one section of what comes of a site's overlay.
func answer(t *testing.T, site fstest.MapFS, section string) string {
	t.Helper()
	n, all, diags := editions(site)
	e := all.Edition("eksempel")
	if diags = slices.Concat(diags, n.Diags, e.Diags); diag.HasErrors(diags) {
		t.Fatal(diags)
	}
	var b strings.Builder
	switch section {
	case "ændringer":
		for _, c := range e.Changes {
			fmt.Fprintf(&b, "%s %s:%s %s", c.What, c.Entity.Kind, c.Entity.ID, c.Label)
			for _, k := range c.Keys {
				fmt.Fprintf(&b, " .%s", k.Name)
			}
			fmt.Fprintf(&b, "\n  %q → %q", c.National, c.Local)
			if c.Reason.Value+c.Date != "" {
				fmt.Fprintf(&b, " (%s %s)", c.Reason.Value, c.Date)
			}
			b.WriteByte('\n')
		}
	case "gennemgang":
		reviewed := record(all.Review("eksempel"))
		b.WriteString(reviewed)
		file := []byte("udgave = \"0.1\"\n" + reviewed)
		site["content/kommuner/eksempel/gennemgaaet.toml"] = &fstest.MapFile{Data: file}
		_, all, _ := editions(site)
		if e := all.Edition("eksempel"); len(e.Drift)+len(e.Diags) > 0 || e.Handbook.Municipal.Reviewed != "0.1" {
			t.Errorf("after the review of %q: %v %v", e.Handbook.Municipal.Reviewed, e.Drift, e.Diags)
		}
	case "tilbage":
		for _, d := range e.Drift {
			fmt.Fprintf(&b, "%s: %q → %q\n", d.Label, d.Before, d.Now)
		}
	default: // a kind and id
		kind, id, _ := strings.Cut(section, ":")
		b.WriteString(places(e.Handbook.ModelByID("eksempelmodel").Find(kind, id).Base().At.Node()))
	}
	return b.String()
}

// record is a review as gennemgaaet.toml has it.
func record(r Review) string {
	var b strings.Builder
	for _, table := range []struct {
		name   string
		values [][2]string
	}{{"national", r.National}, {"lokal", r.Local}} {
		fmt.Fprintf(&b, "[%s]\n", table.name)
		for _, kv := range table.values {
			fmt.Fprintf(&b, "%q = %q\n", kv[0], kv[1])
		}
	}
	return b.String()
}

// What an overlay says nothing about is the national edition's own.
func TestShared(t *testing.T) {
	site := cases.Starter(t)
	n, all, _ := editions(site)
	plain := all.Edition("eksempel")
	if plain.Handbook.Models[0] != n.Models[0] || len(plain.Changes)+len(plain.Drift)+len(plain.Diags) > 0 ||
		all.Edition("ukendt") != nil {
		t.Errorf("an edition without anything of its own: %+v", plain)
	}
	delete(site, "content/kommuner/eksempel/kommune.toml")
	n, all, _ = editions(site)
	if e := all.Edition("eksempel"); e == nil || e.Handbook.Models[0] != n.Models[0] || len(all.Slugs()) > 0 ||
		len(all.Review("eksempel").Local) > 0 {
		t.Errorf("a municipality without a folder: %+v of %v", e, all.Slugs())
	}
	if Merge(nil, nil) != nil {
		t.Error("of nothing comes something")
	}
	base, over := parse(t, "n.toml", "a = { b = 1 }\n"), parse(t, "l.toml", "a = 1\n")
	if got := Merge(base, over).Get("a"); got.Kind != source.Int || got.Base != base.Get("a") {
		t.Errorf("a value in place of a table: %v", got)
	}
	if got := Merge(over, base).Get("a"); got.Kind != source.Table || got.Get("b").Int != 1 {
		t.Errorf("a table in place of a value: %v", got)
	}
	torn := *over
	torn.Partial = true
	if got := Merge(base, &torn); !got.Partial || base.Partial {
		t.Error("what is partly read is merged as whole")
	}
	if got := Merge(nil, over).Get("a"); !got.Local {
		t.Errorf("a value in place of nothing: %v", got)
	}
}
