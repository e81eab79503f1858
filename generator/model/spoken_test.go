package model

import "testing"

// What a cadence's words say, in numbers, and whether they say anything besides.
func TestSpoken(t *testing.T) {
	for words, want := range map[string]struct{ toml, rest string }{
		"hver uge":                             {`hver = 1, enhed = "uge"`, ""},
		"ca. hver anden måned":                 {`hver = 2, enhed = "maaned"`, ""},
		"hver 6.-8. uge":                       {`hver = 6, hver_til = 8, enhed = "uge"`, ""},
		"hver 6.–8. uge":                       {`hver = 6, hver_til = 8, enhed = "uge"`, ""},
		"hver sjette til ottende uge":          {`hver = 6, hver_til = 8, enhed = "uge"`, ""},
		"HVER 5 til 6 uger":                    {`hver = 5, hver_til = 6, enhed = "uge"`, ""},
		"hvert år":                             {`hver = 1, enhed = "aar"`, ""},
		"hvert andet år":                       {`hver = 2, enhed = "aar"`, ""},
		"hver dag":                             {`hver = 1, enhed = "dag"`, ""},
		"hver 14. dag":                         {`hver = 14, enhed = "dag"`, ""},
		"hver fjortende dag":                   {`hver = 14, enhed = "dag"`, ""},
		"hvert kvartal":                        {`hver = 1, enhed = "kvartal"`, ""},
		"hvert halve år":                       {`hver = 6, enhed = "maaned"`, ""},
		"en gang hvert halvår":                 {`gange = 2, enhed = "aar"`, ""},
		"en gang hver anden uge":               {`hver = 2, enhed = "uge"`, ""},
		"hveranden uge":                        {`hver = 2, enhed = "uge"`, ""},
		"hvertandet år":                        {`hver = 2, enhed = "aar"`, ""},
		"den første mandag i måneden":          {`gange = 1, enhed = "maaned"`, "den"},
		"sidste hverdag i kvartalet":           {`gange = 1, enhed = "kvartal"`, "sidste hverdag"},
		"den 15. i måneden":                    {`gange = 1, enhed = "maaned"`, "den"},
		"den første mandag i hver anden måned": {`hver = 2, enhed = "maaned"`, "den"},
		"hver anden mandag i måneden":          {`hver = 2, enhed = "uge"`, "i"},
		"første gang i august":                 {"", "første"},
		"hver mandag":                          {`hver = 1, enhed = "uge"`, ""},
		"dagligt":                              {`hver = 1, enhed = "dag"`, ""},
		"ugentligt":                            {`hver = 1, enhed = "uge"`, ""},
		"månedligt":                            {`hver = 1, enhed = "maaned"`, ""},
		"kvartalsvis":                          {`hver = 1, enhed = "kvartal"`, ""},
		"halvårligt":                           {`hver = 6, enhed = "maaned"`, ""},
		"årligt":                               {`hver = 1, enhed = "aar"`, ""},
		"to gange om ugen":                     {`gange = 2, enhed = "uge"`, ""},
		"to gange ugentligt":                   {`gange = 2, enhed = "uge"`, ""},
		"to gange pr. kvartal":                 {`gange = 2, enhed = "kvartal"`, ""},
		"én gang om måneden":                   {`gange = 1, enhed = "maaned"`, ""},
		"3-4 gange årligt":                     {`gange = 3, gange_til = 4, enhed = "aar"`, ""},
		"mindst to eller tre gange om året":    {`gange = 2, gange_til = 3, enhed = "aar"`, ""},
		"hver tredje måned, hvis der er tid":   {`hver = 3, enhed = "maaned"`, "hvis"},
		"højst to gange om året":               {`gange = 2, enhed = "aar"`, "højst"},
		"hver uge til hver kvart uge":          {"", ""},
		"når der er brug for det":              {"", "når"},
		"minimum tre til fire samtaler årligt": {`gange = 3, gange_til = 4, enhed = "aar"`, "samtaler"},
		"hver hverdag":                         {"", "hver"},
		"syvogtyve gange om året":              {"", ""},
	} {
		said, rest := Spoken(words)
		toml, first := "", ""
		if len(said) > 0 {
			toml = said[0].TOML()
		}
		if len(rest) > 0 {
			first = rest[0]
		}
		if toml != want.toml || first != want.rest || len(said) > 1 {
			t.Errorf("%q: %q and %q, want %q and %q", words, toml, rest, want.toml, want.rest)
		}
	}
}
