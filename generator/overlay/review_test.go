package overlay

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/needs"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// reviewCase is a municipality's folder over a national one, in TOML.
type reviewCase struct {
	shared                  bool // the tables are the models' shared ones
	national, guidance      string
	local, localGuide, mine string
	files                   []File
}

// edition makes the municipality's edition, and what a review of it would record.
func (c reviewCase) edition(t *testing.T, reviewed string) (*Edition, Review) {
	t.Helper()
	parse := func(name, text string) *source.Node {
		tree, diags := source.ParseTOML(name, []byte(text))
		if len(diags) > 0 {
			t.Fatalf("%v\n%s", diags, text)
		}
		return tree
	}
	in := model.Input{Shared: []*source.Node{parse("kommuner.toml", "[kommune.eksempel]\nnavn = \"Eksempel\"\n")}}
	tables := Tables{Own: []*source.Node{parse("kommune.toml", c.mine)}, Others: c.files}
	if c.shared {
		in.Shared = append(in.Shared, parse("national.toml", c.national))
		tables.Own = append(tables.Own, parse("lokal.toml", c.local))
	} else {
		in.Models = []model.Folder{{ID: "m", Dir: "m", Files: []*source.Node{parse("national.toml", c.national)}}}
		folder := Folder{Folder: model.Folder{ID: "m", Dir: "lokal", Files: []*source.Node{parse("lokal.toml", c.local)}}}
		if c.localGuide != "" {
			folder.Guides = []Guide{{File: "lokal.md", Path: "m/rolle.proeve", Text: c.localGuide}}
		}
		tables.Models = []Folder{folder}
	}
	if reviewed != "" {
		tables.Reviewed = parse("gennemgaaet.toml", reviewed)
	}
	all, _ := New(model.Load(in), []Guide{{File: "n.md", Path: "m/rolle.proeve", Text: c.guidance}},
		[]Overlay{{Slug: "eksempel", Dir: "eksempel", Tables: func() Tables { return tables }}})
	return all.Edition("eksempel"), all.Review("eksempel")
}

// since tells what a review before is told of after: "ikke-gennemgaaet",
// "national-tekst-aendret", both or nothing.
func since(t *testing.T, before, after reviewCase) (codes []string, e *Edition) {
	t.Helper()
	_, r := before.edition(t, "")
	e, _ = after.edition(t, record(r))
	for _, d := range e.Diags {
		if d.Code == "ikke-gennemgaaet" || d.Code == "national-tekst-aendret" {
			codes = append(codes, d.Code)
			if d.Pos.File == "" || d.Severity != diag.Warning || d.Help == "" || strings.Contains(d.Message, ".proeve") {
				t.Errorf("%+v", d)
			}
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes), e
}

// Whatever a municipality writes, writes otherwise or deletes after a review is not
// reviewed yet; it is never told as a change of the national text, which has not
// changed. What changes in the national text is told with the words that readers know.
func TestEveryChangeSinceTheReview(t *testing.T) {
	const gone = "[rolle.helt-anden]\nlokal_begrundelse = \"Den forsvinder ikke.\"\n"
	tried, seen := 0, map[string]bool{} // without make test-all, what is done to a key is tried once of its like
	told := func(what string, before, after reviewCase, want ...string) *Edition {
		t.Helper()
		tried++
		codes, e := since(t, before, after)
		if !slices.Equal(codes, want) || len(e.Drift) > 0 && !slices.Contains(want, "national-tekst-aendret") {
			t.Errorf("%s: told %v, want %v; drift %v", what, codes, want, e.Drift)
		}
		return e
	}
	var try func(k *schema.Kind, inner string, table *schema.Type)
	try = func(k *schema.Kind, inner string, table *schema.Type) {
		for _, key := range table.Keys {
			if key.Type.Form == schema.Keyed {
				try(k, strings.TrimPrefix(inner+"."+key.Name+".et", "."), key.Type.Elem)
				continue
			}
			if key.Name == "navn" && inner == "" || key.Name == "kerne" || key.Name == "lokal_begrundelse" {
				continue // the tables under trial have them
			}
			for _, op := range operations {
				if op.lists && key.Type.Form != schema.List {
					continue
				}
				like := fmt.Sprint(op.name, key.Type.Form, k.Shared, inner != "", k.Rank%2)
				if op.name != "ændr" && seen[like] && !needs.All {
					continue
				}
				seen[like] = true
				a := attempt{kind: k, inner: inner, core: k.Rank%2 == 0, key: key, over: op.over(key.Type)}
				if op.national != nil {
					a.national = op.national(key.Type)
				}
				national, local := a.files()
				a.over = sample(key.Type, 4, 5)
				_, other := a.files()
				with := func(local string) reviewCase {
					return reviewCase{shared: k.Shared, national: national, local: local}
				}
				what := fmt.Sprintf("%s, %s", a, op.name)
				told(what+", new", with(gone), with(gone+local), "ikke-gennemgaaet")
				told(what+", gone", with(gone+local), with(gone), "ikke-gennemgaaet")
				told(what+", the same", with(local), with("# som før\n"+local))
				if local != other {
					told(what+", otherwise", with(local), with(other), "ikke-gennemgaaet")
				}
				if a.national == "" || k.Shared {
					continue
				}
				a.national = sample(key.Type, 6, 7)
				changed := with(local)
				if changed.national, _ = a.files(); changed.national == national {
					continue
				}
				e := told(what+", nationally", with(local), changed, "national-tekst-aendret")
				for _, d := range e.Drift {
					if raw := regexp.MustCompile(`nr-\d|\w+_\w+|proeve|\bet\b`); !d.Unread &&
						raw.MatchString(d.Label+" "+d.Before+" "+d.Now) {
						t.Errorf("%s: readers are told %q: %q → %q", what, d.Label, d.Before, d.Now)
					}
				}
			}
		}
	}
	for _, k := range model.Schema().Kinds {
		if k.Key != "kommune" {
			try(k, "", k.Type)
		}
	}
	for _, key := range model.Schema().Municipal.Keys {
		if key.Policy != schema.Answer || model.Schema().Common.Key(key.Name) != nil {
			continue // the register's
		}
		with := func(n int) reviewCase {
			value := key.Name + " = " + sample(key.Type, n)
			if key.Type.Form == schema.Keyed {
				value = fmt.Sprintf("%s.et = %s", key.Name, sample(key.Type.Elem, n))
			}
			return reviewCase{local: gone, mine: "[kommune]\n" + value + "\n"}
		}
		told("kommune."+key.Name+", new", reviewCase{local: gone}, with(1), "ikke-gennemgaaet")
		told("kommune."+key.Name+", gone", with(1), reviewCase{local: gone}, "ikke-gennemgaaet")
		told("kommune."+key.Name+", otherwise", with(1), with(4), "ikke-gennemgaaet")
		told("kommune."+key.Name+", the same", with(1), with(1))
	}
	file := reviewCase{local: gone, files: []File{{"eksempel/logo.svg", "logo.svg", "1"}}}
	told("a file, new", reviewCase{local: gone}, file, "ikke-gennemgaaet")
	told("a file, gone", file, reviewCase{local: gone}, "ikke-gennemgaaet")
	told("a file, otherwise", file, reviewCase{local: gone, files: []File{{"eksempel/logo.svg", "logo.svg", "2"}}}, "ikke-gennemgaaet")
	told("a file, the same", file, file)
	written := "[rolle.proeve]\nkort = \"Kort.\"\ntekst = \"Lang.\"\n"
	other := "[rolle.proeve]\ntekst = \"Lang.\"\nkort = \"Kort.\"\n"
	set := func(local string) reviewCase {
		return reviewCase{national: "[rolle.proeve]\nnavn = \"Prøven\"\n", local: local}
	}
	told("keys in another order", set(gone+written), set(other+gone))
	points := []string{"[moede.ny.dagsorden.et]\ntekst = \"Et\"\n", "[moede.ny.dagsorden.to]\ntekst = \"To\"\n"}
	told("points in another order", set("[moede.ny]\nnavn = \"Nyt\"\n"+points[0]+points[1]),
		set("[moede.ny]\nnavn = \"Nyt\"\n"+points[1]+points[0]), "ikke-gennemgaaet")
	own := reviewCase{local: gone, mine: "[kommune]\nlogo = \"logo.svg\"\n[kommune.kontakt.ppr]\nfunktion = \"PPR\"\n"}
	for _, mine := range []string{"", "[kommune]\nlogo = \"nyt.svg\"\n", own.mine + "telefon = \"12 34 56 78\"\n",
		own.mine + "[kommune.kontakt.skole]\nfunktion = \"Skole\"\n"} {
		after := own
		after.mine = mine
		told("kommune.toml", own, after, "ikke-gennemgaaet")
	}
	guided := reviewCase{national: "[rolle.proeve]\nnavn = \"Prøven\"\n", guidance: "Ring.\n\nSkriv.\n", localGuide: "Hos os.\n"}
	for _, text := range []string{"", "Hos jer.\n"} {
		after := guided
		after.localGuide = text
		told("guidance", guided, after, "ikke-gennemgaaet")
		told("guidance", after, guided, "ikke-gennemgaaet")
	}
	after := guided
	after.guidance = "Ring  nu.\n\nSkriv.\n"
	if d := told("guidance", guided, after, "national-tekst-aendret").Drift; len(d) != 1 || d[0].Before != "Ring." || d[0].Now != "Ring  nu." {
		t.Errorf("guidance: %+v", d)
	}
	after.localGuide = "Hos jer.\n"
	told("guidance on both sides", guided, after, "ikke-gennemgaaet", "national-tekst-aendret")
	if tried < 500 || tried < 2000 && needs.All {
		t.Errorf("only %d changes were tried", tried)
	}
}
