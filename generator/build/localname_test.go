package build_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/search/searchtest"
)

// A municipality that calls every role, meeting, area, method and checklist something
// else, answers every question, names an owner of all that is open and meets more often
// reads its own names, answers and times everywhere.
//
// The rule: what is shown by its name is shown by the local one. A sentence that the
// national authors wrote stays as it is written, with the words that they chose. To tell
// the two apart, all names are first made unlike any other word: "Q12x-møde" nationally,
// "Z12x-møde" locally. What is left of Q has to be told as the national name.
func TestLocalNamesEverywhere(t *testing.T) {
	t.Parallel()
	site, things, changedTimes := renamed(t)
	snap, err := build.Open(site, build.Options{Kommuner: []string{"odense"}, BaseURL: "https://x.dk/"}).Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range snap.QuickDiags("odense") {
		if d.Severity == diag.Error || d.Code == "samme-sted" {
			t.Errorf("%v", d)
		}
	}
	files, shown, calendars := map[string]string{}, map[string]int{}, 0 // local name → files
	for _, f := range snap.Edition("odense").Files() {
		name := strings.TrimPrefix(f.Path, "kommuner/odense/")
		text := wordsOf(t, name, f.Open().Append(nil))
		files[name] = text
		for _, z := range slices.Compact(slices.Sorted(slices.Values(localName.FindAllString(text, -1)))) {
			shown[strings.ToLower(z)]++
		}
		for _, at := range nationalName.FindAllStringIndex(text, -1) {
			if !toldAsNational(name, text, at) {
				t.Errorf("%s: …%s…", name, text[max(0, at[0]-150):min(len(text), at[1]+80)])
			}
		}
		for _, m := range howOften.FindAllStringSubmatch(text, -1) {
			said, _ := model.Spoken(m[1])
			for _, f := range said {
				if path.Ext(name) == ".html" && changedTimes[f.TOML()] {
					t.Errorf("%s: told to meet %q", name, m[1])
				}
			}
		}
		for _, m := range inCalendar.FindAllStringSubmatch(text, -1) {
			calendars++
			if changedTimes[fmt.Sprintf("hver = %s, enhed = %q", m[1], m[2])] {
				t.Errorf("%s: the calendar has it every %s %s", name, m[1], m[2])
			}
		}
		for _, open := range []string{"maerke-aaben", ">Kilden nævner ingen<"} {
			if name != "om.html" && path.Ext(name) == ".html" && strings.Contains(text, open) {
				t.Errorf("%s: something is still open", name)
			}
		}
	}
	if calendars == 0 {
		t.Error("no meeting has a calendar")
	}
	for _, x := range things {
		for _, name := range x.on {
			if !strings.Contains(strings.ToLower(files[name]), strings.ToLower(x.local)) {
				t.Errorf("%s does not show %s", name, x.local)
			}
		}
		if shown[strings.ToLower(x.local)] < 4 { // its page, the menu's pages, index, JSON …
			t.Errorf("%s stands in %d files", x.local, shown[strings.ToLower(x.local)])
		}
	}
	t.Run("search", func(t *testing.T) {
		engine := searchtest.Open(t, []byte(files["soeg-indeks.js"]))
		for _, x := range things {
			for _, name := range []string{x.local, x.national} {
				found := engine.Search(name, 3)
				if !slices.ContainsFunc(found, func(r searchtest.Result) bool {
					return strings.Contains(strings.ToLower(r.Title), strings.ToLower(x.local)) || r.Path == x.at
				}) {
					t.Errorf("%q is not found: %v", name, found)
				}
			}
		}
	})
}

var (
	nationalName = regexp.MustCompile(`(?i)\bq[0-9]+x[\pL-]*`)
	localName    = regexp.MustCompile(`(?i)\bz[0-9]+x-[\pL]*`)
	howOften     = regexp.MustCompile(`(?:<dt>(?:Hvor tit|Hvornår)</dt><dd>(?:<a [^>]*>)?|\nHvor tit: )([^<(\n]*)`)
	inCalendar   = regexp.MustCompile(`data-interval="([0-9]+)" data-enhed="([a-z]+)"`)
	toldBefore   = regexp.MustCompile(`(?:I den nationale udgave hedder det: |<summary>National tekst</summary><p>)$`)
	ownName      = regexp.MustCompile(`^\{"id":"[^"]*","navn":"([^"]*"(,"kortnavn":"Z[^"]*")?,"alias":\["[^\]]*)?$`)
	toldAfter    = regexp.MustCompile(`^</a> <span class="[^"]*">se z[0-9]+x`)
)

// toldAsNational reports whether the name at a place in a file is told as the national
// one: where a page says what the thing is called nationally, on the page that lists what
// is local, in the index with "se" and the local name, and as a word to search for.
func toldAsNational(name, text string, at []int) bool {
	before, after := text[:at[0]], text[at[1]:]
	switch {
	case name == "lokalt.html", name == "soeg-indeks.js":
		return true
	case name == "indeks.html":
		return toldAfter.MatchString(strings.ToLower(after[:min(len(after), 200)]))
	case path.Ext(name) == ".json":
		object, rest := before[strings.LastIndex(before, "\n")+1:], after[:strings.Index(after, "\n")]
		return ownName.MatchString(object) && strings.Contains(rest, `"lokalt_navn":"Z`)
	}
	return toldBefore.MatchString(before)
}

// thing is one that has got a local name.
type thing struct {
	national, local string
	on              []string // pages that are about it
	at              string   // the page that the search finds for it, if that is called after another
}

// renamed is the project's own content with names unlike any other word, and an overlay
// that gives each thing another, answers what is open and meets every week.
func renamed(t *testing.T) (site fstest.MapFS, things []thing, oldTimes map[string]bool) {
	site, oldTimes = cases.Real(t, ""), map[string]bool{}
	snap, err := build.Open(site, build.Options{NoKommuner: true}).Read()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range snap.Handbook().Models {
		national := map[string]map[string]string{"": {}} // kind, or "" for all → value → new value
		var own strings.Builder
		for _, x := range m.All() {
			e, k := x.Base(), model.Schema().Kind(x.Base().Kind)
			if !k.Renamable {
				continue
			}
			n++
			q, z := fmt.Sprintf("Q%dx-%s", n, k.One), fmt.Sprintf("Z%dx-%s", n, k.One)
			if national[k.Key] == nil {
				national[k.Key] = map[string]string{}
			}
			national[k.Key][e.Name] = q
			if !k.Gathers {
				national[""][e.Name] = q
			}
			if e.Menu != "" {
				national[k.Key][e.Menu] = q + "-kort"
			}
			fmt.Fprintf(&own, "[%s.%s]\nlokalt_navn = %q\n", k.Key, e.ID, z)
			switch x := x.(type) {
			case *model.Role:
				if x.Title != "" {
					national[k.Key][x.Title] = strings.ToLower(q) + "n"
				}
				if x.Title != "" && n%2 == 0 {
					fmt.Fprintf(&own, "opgavetitel = %q\nkortnavn = \"Z%dx\"\n", strings.ToLower(z)+"n", n)
				}
			case *model.Meeting:
				if !x.Convener.Set() {
					fmt.Fprintf(&own, "indkalder = %q\n", m.Roles()[0].ID)
				}
			}
			about := thing{national: q, local: z, on: []string{"indeks.html", "data/" + m.ID + ".json"}}
			if x, ok := x.(*model.Checklist); ok && len(x.Meetings) == 1 { // on the meeting's sheet
				about.on = append(about.on, m.ID+"/moeder/"+x.Meetings[0].ID+"-ark.html")
				about.at = m.ID + "/moeder/" + x.Meetings[0].ID + ".html"
				things = append(things, about)
				continue
			}
			if k.Page == schema.Own {
				about.on = append(about.on, m.ID+"/"+k.Folder+"/"+e.ID+".html")
			}
			if k.Page == schema.Own || k.Page == schema.Described {
				about.on = append(about.on, m.ID+"/"+k.Folder+"/index.html")
			}
			things = append(things, about)
		}
		for _, x := range m.Tasks() {
			if !x.Role.Set() {
				fmt.Fprintf(&own, "[opgave.%s]\nrolle = %q\n", x.ID, m.Roles()[0].ID)
			}
		}
		for _, x := range m.Prerequisites() {
			if len(x.Roles) == 0 {
				fmt.Fprintf(&own, "[forudsaetning.%s]\nroller = [%q]\n", x.ID, m.Roles()[0].ID)
			}
		}
		for _, x := range m.Agreements() {
			n++
			fmt.Fprintf(&own, "[aftale.%s]\nsvar = \"Z%dx-svar\"\n", x.ID, n)
		}
		for _, x := range m.Cadences() {
			if x.Every > 1 {
				oldTimes[x.Frequency().TOML()] = true
				fmt.Fprintf(&own, "[kadence.%s]\nudtryk = \"hver uge\"\nhver = 1\n", x.ID)
				if x.Unit != "uge" {
					own.WriteString("enhed = \"uge\"\n")
				}
			}
		}
		for name, f := range site {
			if strings.HasPrefix(name, "content/modeller/"+m.ID+"/") && path.Ext(name) == ".toml" {
				site[name] = &fstest.MapFile{Data: renameIn(f.Data, national)}
			}
		}
		site["content/kommuner/odense/modeller/"+m.ID+"/alt.toml"] = &fstest.MapFile{Data: []byte(own.String())}
	}
	return site, things, oldTimes
}

// renameIn gives the names in a TOML file their new values, kind by kind.
func renameIn(file []byte, names map[string]map[string]string) []byte {
	lines, kind := strings.Split(string(file), "\n"), ""
	for i, l := range lines {
		if h := tableHeader.FindStringSubmatch(l); h != nil {
			kind = h[1]
		}
		if v := nameKey.FindStringSubmatch(l); v != nil {
			for _, of := range []string{kind, ""} {
				if to := names[of][v[2]]; to != "" {
					lines[i] = v[1] + quoted(to)
					break
				}
			}
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

var (
	tableHeader = regexp.MustCompile(`^\[([a-z]+)\.`)
	nameKey     = regexp.MustCompile(`^((?:navn|kortnavn|opgavetitel|midte|baand) *= *)"(.*)"$`)
)

func quoted(s string) string { return `"` + s + `"` }

// wordsOf is a file as text; of a Word file, its document's.
func wordsOf(t *testing.T, name string, data []byte) string {
	if path.Ext(name) != ".docx" {
		return string(data)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		if path.Ext(f.Name) != ".xml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(regexp.MustCompile(`<[^>]*>`).ReplaceAll(text, nil))
	}
	return out.String()
}
