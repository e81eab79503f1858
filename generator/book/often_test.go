package book

import (
	"testing"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
	"modelhaandbog/generator/wording"
)

// The words that readers see for what the author wrote in numbers. Read back, they say
// the same numbers.
func TestOften(t *testing.T) {
	for numbers, want := range map[string]string{
		"hver = 1\nenhed = \"dag\"":                                "hver dag",
		"hver = 14\nenhed = \"dag\"":                               "hver 14. dag",
		"hver = 2\nenhed = \"uge\"\nmindst = true":                 "mindst hver anden uge",
		"hver = 6\nhver_til = 8\nenhed = \"uge\"\nomtrent = true":  "ca. hver 6.–8. uge",
		"hver = 1\nenhed = \"maaned\"":                             "hver måned",
		"hver = 3\nenhed = \"maaned\"\nomtrent = true":             "ca. hver tredje måned",
		"hver = 1\nenhed = \"kvartal\"":                            "hvert kvartal",
		"hver = 2\nenhed = \"kvartal\"":                            "hvert andet kvartal",
		"hver = 1\nenhed = \"aar\"":                                "hvert år",
		"hver = 2\nenhed = \"aar\"":                                "hvert andet år",
		"hver = 3\nenhed = \"aar\"":                                "hvert tredje år",
		"aarligt = 1":                                              "én gang om året",
		"aarligt = 2":                                              "to gange om året",
		"aarligt = 1\naarligt_til = 2":                             "en til to gange om året",
		"gange = 2\nenhed = \"uge\"\nmindst = true":                "mindst to gange om ugen",
		"gange = 3\ngange_til = 4\nenhed = \"aar\"\nmindst = true": "mindst tre til fire gange om året",
		"aarligt = 4\nmindst = true\nomtrent = true":               "mindst ca. fire gange om året",
		"gange = 1\nenhed = \"maaned\"":                            "én gang om måneden",
		"gange = 13\nenhed = \"kvartal\"":                          "13 gange i kvartalet",
		"gange = 3\nenhed = \"dag\"":                               "tre gange om dagen",
		"hver = 3\nenhed = \"maaned\"\nudtryk = \"hvert kvartal\"": "hvert kvartal",
		"udtryk = \"kort efter afdækningen\"":                      "kort efter afdækningen",
		"mindst = true":                                            "",
	} {
		tree, diags := source.ParseTOML("x.toml", []byte(numbers))
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		c := model.CadenceOf(tree)
		got := Often(wording.Standard(), c)
		if got != want {
			t.Errorf("%s\nsays %q, want %q", numbers, got, want)
		}
		if f := c.Frequency(); !f.None() && f.Accord(got) != model.Agrees {
			t.Errorf("%s\n%q does not say so", numbers, got)
		}
	}
}
