package overlay

import (
	"strings"
	"testing"

	"modelhaandbog/generator/source"
)

// How often something that is core is done may be raised and never lowered, in
// numbers and in words alike.
func TestCadenceOfTheCore(t *testing.T) {
	const (
		third  = "udtryk = \"ca. hver tredje måned\"\nhver = 3\nenhed = \"maaned\"\n"
		span   = "udtryk = \"hver 6.-8. uge\"\nhver = 6\nhver_til = 8\nenhed = \"uge\"\n"
		twice  = "udtryk = \"to gange om året\"\naarligt = 2\n"
		worded = "udtryk = \"kort efter afdækningen\"\n"
	)
	for _, c := range []struct {
		national, local, key string
		fault                string // "" when it is allowed
	}{
		{third, "hver = 2\nudtryk = \"hver anden måned\"", "hver", ""},
		{third, "hver = 2\nudtryk = \"hver anden måned\"", "udtryk", ""},
		{third, "hver = 4\nudtryk = \"hver fjerde måned\"", "hver", "sjældnere"},
		{third, "hver = 12\nenhed = \"uge\"\nudtryk = \"hver tolvte uge\"", "hver", ""},
		{third, "hver = 14\nenhed = \"uge\"\nudtryk = \"hver 14. uge\"", "enhed", "sjældnere"},
		{third, "hver = 1\nenhed = \"aar\"\nudtryk = \"hvert år\"", "enhed", "sjældnere"},
		{third, "hver = 2", "hver", "siger stadig"},
		{third, "udtryk = \"hver sjette måned\"", "udtryk", "andet end tallene"}, // twice as rarely as the numbers
		{third, "hver = 2\nudtryk = \"hver anden måned, hvis der er tid\"", "udtryk", "mere, end hvor tit"},
		{third, "hver = 2\nudtryk = \"jævnligt\"", "udtryk", "ikke, hvor tit"},
		{third, "hver = \"to\"", "hver", "forkert slags"},
		// Of a span the longest interval counts, here as there.
		{span, "hver = 4\nhver_til = 8\nudtryk = \"hver 4.-8. uge\"", "hver_til", ""},
		{span, "hver = 4\nhver_til = 9\nudtryk = \"hver 4.-9. uge\"", "hver_til", "sjældnere"},
		{span, "hver = 7\nhver_til = 7\nudtryk = \"hver 7. uge\"", "hver", ""},
		{span, "hver = 6\nhver_til = 8\nudtryk = \"hver 6. uge eller hver 12. uge\"", "udtryk", "andet end tallene"},
		{twice, "aarligt = 3\nudtryk = \"tre gange om året\"", "aarligt", ""},
		{twice, "aarligt = 1\nudtryk = \"én gang om året\"", "aarligt", "sjældnere"},
		{twice, "hver = 5\nenhed = \"maaned\"\nudtryk = \"hver femte måned\"", "hver", ""},
		{twice, "hver = 7\nenhed = \"maaned\"\nudtryk = \"hver syvende måned\"", "hver", "sjældnere"},
		{worded, "udtryk = \"hver uge\"", "udtryk", "kun i ord"},
	} {
		base, _ := source.ParseTOML("national.toml", []byte(c.national))
		over, _ := source.ParseTOML("lokal.toml", []byte(c.local))
		got := cadenceFault(base, over, over.Get(c.key))
		if c.fault == "" && got != "" || !strings.Contains(got, c.fault) || c.fault != "" && got == "" {
			t.Errorf("over %q\n%s: %q\nsays %q, want %q", c.national, c.key, c.local, got, c.fault)
		}
	}
}

func TestIntervalInWords(t *testing.T) {
	for words, weeks := range map[string]float64{
		"hver uge": 1, "ca. hver anden måned": 2 * 52.0 / 12, "hver 6.-8. uge": 8, "hvert år": 52, "fire gange om året": 13,
		"to til fire gange om året": 26, "hver 2. uge og hver 3. måned": 3 * 52.0 / 12,
		"hver 3. måned eller hver 2. uge":                   3 * 52.0 / 12,
		"to gange om året, nogle steder fire gange om året": 26, "HVER 5 til 6 uger": 6,
		"hver uge til hver kvart uge": 0, "når der er brug for det": 0, "hver dag": 0,
	} {
		if got := interval(words); got < weeks*0.999 || got > weeks*1.001 {
			t.Errorf("%q: %g weeks, want %g", words, got, weeks)
		}
	}
}
