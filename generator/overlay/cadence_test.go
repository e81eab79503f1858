package overlay

import (
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// The nationals of the tables below.
const (
	third    = "hver = 3\nenhed = \"maaned\""
	about    = third + "\nomtrent = true"
	atLeast  = third + "\nmindst = true"
	worded   = third + "\nudtryk = \"hver tredje måned\""
	span     = "hver = 6\nhver_til = 8\nenhed = \"uge\""
	weekly   = "hver = 1\nenhed = \"uge\""
	monthly  = "hver = 1\nenhed = \"maaned\""
	fourWeek = "hver = 4\nenhed = \"uge\""
	daily    = "hver = 1\nenhed = \"dag\""
	quarter  = "hver = 1\nenhed = \"kvartal\""
	yearly   = "hver = 1\nenhed = \"aar\""
	twice    = "aarligt = 2"
	spanned  = "gange = 3\ngange_til = 4\nenhed = \"aar\"\nmindst = true"
	twiceAWk = "gange = 2\nenhed = \"uge\""
	nothing  = "udtryk = \"kort efter afdækningen\""
)

// coreCadence lays a local cadence over a national one that is core, and gives the errors.
func coreCadence(t *testing.T, national, local string) []diag.Diag {
	t.Helper()
	in := starter(t)
	tree, diags := source.ParseTOML("content/modeller/eksempelmodel/proeve.toml",
		[]byte("[kadence.proeve]\nnavn = \"Prøve\"\nkerne = true\nkilde = [\"modelbeskrivelse: kap. 4\"]\n"+national+"\n"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	in.Models[0].Files = append(slices.Clone(in.Models[0].Files), tree)
	const dir = "content/kommuner/eksempel/modeller/eksempelmodel"
	over, diags := source.ParseTOML(dir+"/alt.toml", []byte("[kadence.proeve]\n"+local+"\n"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	tables := Tables{Models: []Folder{{Folder: model.Folder{ID: "eksempelmodel", Dir: dir, Files: []*source.Node{over}}}}}
	n := model.Load(in)
	if diag.HasErrors(n.Diags) {
		t.Fatalf("%s\nis itself wrong: %v", national, n.Diags)
	}
	all, _ := New(n, nil, []Overlay{{Slug: "eksempel", Dir: "content/kommuner/eksempel", Tables: func() Tables { return tables }}})
	return slices.DeleteFunc(all.Edition("eksempel").Diags, func(d diag.Diag) bool { return d.Code == "ikke-gennemgaaet" })
}

// How often something that is core is done may be raised and never lowered: in numbers
// and in words, whatever they are counted in.
func TestCadenceOfTheCore(t *testing.T) {
	for _, c := range []struct {
		national, local string
		fault           string // "" when it is allowed
		line            int    // where in local it is said, from 1
	}{
		{third, "hver = 2", "", 0},
		{third, "hver = 2\nudtryk = \"hver anden måned\"", "", 0},
		{third, "hver = 2\nenhed = \"maaned\"", "", 0},
		{third, "hver = 4", "sjældnere", 1},
		{third, "hver = 4\nudtryk = \"hver fjerde måned\"", "sjældnere", 1},
		{third, "enhed = \"aar\"", "sjældnere", 1},
		{third, "hver_til = 4", "sjældnere", 1},
		{third, "hver = 2\nhver_til = 3", "", 0},
		{third, "hver = 2\nhver_til = 4", "sjældnere", 1},
		{third, "omtrent = true", "mindre fast", 1},
		{third, "hver = 3\nomtrent = true", "mindre fast", 1},
		{third, "hver = 2\nomtrent = true", "", 0},
		{third, "mindst = true", "", 0},
		{about, "omtrent = false", "", 0},
		{about, "mindst = true", "", 0},
		{about, "hver = 4", "sjældnere", 1},
		{atLeast, "mindst = false", "mindre fast", 1},
		{atLeast, "omtrent = true", "mindre fast", 1},
		{atLeast, "hver = 2\nmindst = false", "", 0},
		{atLeast, "hver = 4", "sjældnere", 1},
		{atLeast, "udtryk = \"hver tredje måned\"", "mindre fast", 1},
		{atLeast, "udtryk = \"minimum hver 3. måned\"", "", 0},
		{atLeast, "hver = 1\nudtryk = \"hver måned\"", "", 0},
		// Other units.
		{third, "hver = 12\nenhed = \"uge\"", "", 0},
		{third, "hver = 13\nenhed = \"uge\"", "", 0},
		{third, "hver = 14\nenhed = \"uge\"", "sjældnere", 1},
		{third, "hver = 90\nenhed = \"dag\"", "", 0},
		{third, "hver = 95\nenhed = \"dag\"", "sjældnere", 1},
		{third, "hver = 1\nenhed = \"kvartal\"", "", 0},
		{third, "hver = 2\nenhed = \"kvartal\"", "sjældnere", 1},
		{third, "hver = 1\nenhed = \"aar\"", "sjældnere", 1},
		{third, "aarligt = 4", "", 0},
		{third, "aarligt = 3", "sjældnere", 1},
		{third, "aarligt = 3\naarligt_til = 6", "sjældnere", 1},
		{third, "gange = 6\nenhed = \"aar\"", "", 0},
		{third, "gange = 1\nenhed = \"kvartal\"", "", 0},
		{third, "gange = 1\nenhed = \"maaned\"", "", 0},
		{quarter, "hver = 3\nenhed = \"maaned\"", "", 0},
		{quarter, "hver = 4\nenhed = \"maaned\"", "sjældnere", 1},
		{monthly, fourWeek, "", 0},
		{monthly, "hver = 30\nenhed = \"dag\"", "", 0},
		{monthly, "hver = 5\nenhed = \"uge\"", "sjældnere", 1},
		{fourWeek, monthly, "sjældnere", 1}, // twelve times a year, not thirteen
		{fourWeek, "hver = 28\nenhed = \"dag\"", "", 0},
		{fourWeek, "hver = 29\nenhed = \"dag\"", "sjældnere", 1},
		{yearly, "hver = 52\nenhed = \"uge\"", "", 0},
		{yearly, "hver = 365\nenhed = \"dag\"", "", 0},
		{yearly, "hver = 12\nenhed = \"maaned\"", "", 0},
		{yearly, "hver = 13\nenhed = \"maaned\"", "sjældnere", 1},
		{yearly, "hver = 54\nenhed = \"uge\"", "sjældnere", 1},
		{weekly, "hver = 7\nenhed = \"dag\"", "", 0},
		{weekly, "hver = 8\nenhed = \"dag\"", "sjældnere", 1},
		{weekly, monthly, "sjældnere", 1},
		{weekly, twiceAWk, "", 0},
		{weekly, "gange = 4\nenhed = \"maaned\"", "sjældnere", 1},
		{weekly, daily, "", 0},
		{twiceAWk, "hver = 3\nenhed = \"dag\"", "", 0},
		{twiceAWk, "hver = 4\nenhed = \"dag\"", "sjældnere", 1},
		{twiceAWk, "gange = 1", "sjældnere", 1},
		{twiceAWk, "gange = 8\nenhed = \"maaned\"", "sjældnere", 1},
		{daily, "gange = 5\nenhed = \"uge\"", "sjældnere", 1},
		{daily, "gange = 7\nenhed = \"uge\"", "", 0},
		{"gange = 5\nenhed = \"uge\"", daily, "", 0},
		// Of a span, the longest and the fewest count, here as there.
		{span, "hver = 4\nhver_til = 8", "", 0},
		{span, "hver = 4\nhver_til = 9", "sjældnere", 1},
		{span, "hver = 7", "", 0},
		{span, "hver = 8", "", 0},
		{span, "hver = 6", "", 0},
		{span, "hver = 9", "sjældnere", 1},
		{span, "hver_til = 7", "", 0},
		{span, "hver = 2\nenhed = \"maaned\"", "sjældnere", 1},
		{spanned, "gange = 3", "", 0},
		{spanned, "gange = 4", "", 0},
		{spanned, "gange = 2\ngange_til = 6", "sjældnere", 1},
		{spanned, "hver = 4\nenhed = \"maaned\"", "", 0},
		{spanned, "hver = 5\nenhed = \"maaned\"", "sjældnere", 1},
		{twice, "aarligt = 3", "", 0},
		{twice, "aarligt = 1", "sjældnere", 1},
		{twice, "aarligt = 1\naarligt_til = 4", "sjældnere", 1},
		{twice, "hver = 5\nenhed = \"maaned\"", "", 0},
		{twice, "hver = 7\nenhed = \"maaned\"", "sjældnere", 1},
		{twice, "hver = 26\nenhed = \"uge\"", "", 0},
		// Words.
		{third, "udtryk = \"hver sjette måned\"", "noget andet end tallene", 1}, // twice as rarely as the numbers
		{third, "udtryk = \"6 gange om året\"", "noget andet end tallene", 1},   // the page and the calendar would disagree
		{third, "udtryk = \"hvert kvartal\"", "", 0},
		{third, "udtryk = \"4 gange årligt\"", "", 0},
		{third, "udtryk = \"mindst hver tredje måned\"", "", 0},
		{third, "udtryk = \"ca. hver tredje måned\"", "mindre fast", 1},
		{third, "kort = \"Hver sjette måned.\"", "noget andet end tallene", 1},
		{worded, "hver = 2", "", 0},
		{worded, "hver = 2\nudtryk = \"hver tredje måned\"", "noget andet end tallene", 2},
		{third, "hver = 2\nudtryk = \"en gang om året\"", "noget andet end tallene", 2},
		{third, "hver = 2\nudtryk = \"hver anden måned, hvis der er tid\"", "mere, end hvor tit", 2},
		{third, "hver = 2\nudtryk = \"højst hver anden måned\"", "mere, end hvor tit", 2},
		{third, "hver = 2\nudtryk = \"jævnligt\"", "ikke, hvor tit", 2},
		{third, "hver = 2\nudtryk = \"hver hanekylling\"", "ikke, hvor tit", 2},
		{span, "udtryk = \"hver 6. uge eller hver 12. uge\"", "noget andet end tallene", 1},
		{span, "udtryk = \"hver 12. uge eller hver 6. uge\"", "noget andet end tallene", 1}, // not only the last
		{span, "udtryk = \"hver 6. til 8. uge\"", "", 0},
		{weekly, "gange = 2\nudtryk = \"to gange om ugen\"", "", 0},
		{weekly, "hver = 1\nenhed = \"dag\"\nudtryk = \"hver dag\"", "", 0},
		{weekly, "udtryk = \"ugentligt\"", "", 0},
		{weekly, "udtryk = \"hver fredag\"", "", 0},
		{weekly, "udtryk = \"hver dag\"", "noget andet end tallene", 1},
		{monthly, "udtryk = \"månedligt\"", "", 0},
		{monthly, "hver = 14\nenhed = \"dag\"\nudtryk = \"hver 14. dag\"", "", 0},
		{monthly, "hver = 2\nenhed = \"uge\"\nudtryk = \"hver 14. dag\"", "", 0},
		{weekly, "hver = 14\nenhed = \"dag\"\nudtryk = \"hver 14. dag\"", "sjældnere", 1},
		{yearly, "hver = 1\nenhed = \"kvartal\"\nudtryk = \"hvert kvartal\"", "", 0},
		// What no number can be held against, and what is no number.
		{nothing, "udtryk = \"hver uge\"", "kun i ord", 1},
		{nothing, "hver = 1\nenhed = \"uge\"", "kun i ord", 1},
		{nothing, "udtryk = \"når vi har tid\"", "kun i ord", 1},
		{third, "hver = 0", "siger ikke, hvor tit", 1},
		{third, "hver = \"to\"", "forkert slags", 1},
		{third, "enhed = \"uger\"", "ikke en mulig værdi", 1},
		{third, "hver = 9223372036854775807", "siger ikke, hvor tit", 1},
		{third, "gange = 1000000\nenhed = \"aar\"", "usandsynligt", 1},
		{third, "hver = -1", "siger ikke, hvor tit", 1},
	} {
		got := coreCadence(t, c.national, c.local)
		var first diag.Diag
		if len(got) > 0 {
			first = got[0]
		}
		switch {
		case c.line == 0 && len(got) > 0:
			t.Errorf("over\n%s\n\n%s\nis refused: %v", c.national, c.local, got)
		case c.line > 0 && (len(got) != 1 || !strings.Contains(first.Message, c.fault) || first.Pos.Line != c.line+1 ||
			!strings.HasPrefix(first.Pos.File, "content/kommuner/")):
			t.Errorf("over\n%s\n\n%s\nsays %v\nwant %q in line %d", c.national, c.local, got, c.fault, c.line)
		case c.line > 0 && first.Help == "":
			t.Errorf("no advice: %v", first)
		}
	}
}

// What the diagnostic advises is allowed, and is more often than the model says.
func TestCadenceAdvice(t *testing.T) {
	for _, national := range []string{third, about, atLeast, worded, span, weekly, monthly, fourWeek, daily, quarter, yearly,
		twice, spanned, twiceAWk, "hver = 2\nenhed = \"dag\"", "aarligt = 1\naarligt_til = 2"} {
		refused := coreCadence(t, national, "hver = 2\nenhed = \"aar\"")
		if len(refused) != 1 {
			t.Fatalf("over\n%s\n%v", national, refused)
		}
		_, advised, _ := strings.Cut(strings.TrimSuffix(refused[0].Help, "."), "Skriv fx ")
		advised = strings.ReplaceAll(advised, ", ", "\n")
		if got := coreCadence(t, national, advised); len(got) > 0 {
			t.Errorf("over\n%s\nthe advice\n%s\nis refused: %v", national, advised, got)
		}
		tree, _ := source.ParseTOML("x.toml", []byte(advised))
		base, _ := source.ParseTOML("x.toml", []byte(national))
		if model.FrequencyOf(base).AsOften(model.FrequencyOf(tree)) {
			t.Errorf("over\n%s\nthe advice\n%s\nis not more often", national, advised)
		}
	}
	help := coreCadence(t, third, "udtryk = \"6 gange om året\"")[0].Help
	if !strings.Contains(help, "gange = 6, enhed = \"aar\"") {
		t.Errorf("the words have numbers, which the advice lacks: %s", help)
	}
	if help := coreCadence(t, nothing, "hver = 1\nenhed = \"uge\"")[0].Help; !strings.Contains(help, "Slet hver, enhed.") {
		t.Errorf("the advice leaves a key that is refused too: %s", help)
	}
}
