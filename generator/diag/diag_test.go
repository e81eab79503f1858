package diag

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// An author has misspelt a role in an overlay. The column counts characters,
// so the caret stands right although å takes two bytes. Errors
// come before the warning, else the order is kept.
func TestWriteText(t *testing.T) {
	files := map[string]string{
		"kommuner/herning/faser.toml": "# Fælles\n[fase.maal]\nnår = \"på år\" # æøå\n\tansvarlig = \"koordnator\"\r\n",
		"modeller/faser.toml":         "\ufeffansvarlig = \"koordinator\"\n",
	}
	list := []Diag{
		{
			Severity: Error, Code: "ukendt-rolle", Pos: Pos{"kommuner/herning/faser.toml", 4, 14}, Width: 12,
			Message: `ukendt rolle "koordnator"` + MenteDu("koordnator", []string{"raadgiver", "koordinator"}),
			Help:    "se rollerne i roller.toml\neller skriv en ny",
			Notes:   []Note{{Pos{"modeller/faser.toml", 1, 13}, "erstatter den nationale værdi"}},
		},
		{Severity: Warning, Pos: Pos{"kommuner/herning/faser.toml", 3, 11}, Width: 2, Message: "usikkert år"},
		{Severity: Error, Pos: Pos{File: "mangler.toml", Line: 7, Col: 1}, Message: "filen findes ikke"},
		{Severity: Error, Pos: Pos{File: "modeller/faser.toml"}, Message: "filen er for lang"},
	}
	want := `kommuner/herning/faser.toml:4:14: fejl: ukendt rolle "koordnator" – mente du "koordinator"?
    4 |     ansvarlig = "koordnator"
      |                 ^~~~~~~~~~~~
  hjælp: se rollerne i roller.toml
         eller skriv en ny
  note: modeller/faser.toml:1:13: erstatter den nationale værdi
    1 | ansvarlig = "koordinator"
      |             ^

mangler.toml:7:1: fejl: filen findes ikke

modeller/faser.toml: fejl: filen er for lang

kommuner/herning/faser.toml:3:11: advarsel: usikkert år
    3 | når = "på år" # æøå
      |           ^~

3 fejl, 1 advarsel
`
	if got := text(t, list, files, false); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got := text(t, list, files, true); !strings.Contains(got, "\x1b[1;31mfejl\x1b[0m") {
		t.Errorf("no colour in %q", got)
	}
}

func text(t testing.TB, list []Diag, files map[string]string, color bool) string {
	t.Helper()
	var b bytes.Buffer
	err := WriteText(&b, list, func(name string) ([]byte, error) {
		if data, ok := files[name]; ok {
			return []byte(data), nil
		}
		return nil, errors.New("no such file")
	}, color)
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A paragraph on one line is cut around the caret, which still stands under
// the word it means.
func TestLongLine(t *testing.T) {
	line := strings.Repeat("æ ", 200) + "HER" + strings.Repeat(" ø", 200)
	out := strings.Split(text(t, []Diag{{Pos: Pos{"a", 1, 401}, Width: 3}}, map[string]string{"a": line}, false), "\n")
	code, caret := []rune(out[1]), []rune(out[2])
	if len(code) > 115 {
		t.Errorf("the line takes %d columns", len(code))
	}
	at := strings.Index(string(caret), "^~~")
	if at < 0 || string(code[at:at+3]) != "HER" || string(caret[at:]) != "^~~" {
		t.Errorf("caret is not under HER:\n%s\n%s", out[1], out[2])
	}
	if code[8] != '…' || code[len(code)-1] != '…' {
		t.Errorf("cut without …: %s", out[1])
	}
}

func FuzzWriteText(f *testing.F) {
	f.Add("a\tæ\xff\r\nb", 1, 3, 2)
	f.Add("", 1, 1, 1)
	f.Add("\ufeff日本\u0301\x1b[2J", 1, 900, 900)
	f.Add(strings.Repeat("x", 300), 1, 250, 200)
	f.Add("a", -3, -3, -3)
	f.Fuzz(func(t *testing.T, file string, line, col, width int) {
		width %= 1 << 20
		list := []Diag{{Pos: Pos{"a", line, col}, Width: width, Message: file, Help: file, Notes: []Note{{Pos: Pos{"a", line, col}, Message: file}, {Pos: Pos{file, 0, 0}}}}}
		out := text(t, list, map[string]string{"a": file}, false)
		if strings.Contains(out, "\x1b") {
			t.Errorf("a control character reached the terminal: %q", out)
		}
	})
}

func TestSuggest(t *testing.T) {
	for _, c := range []struct{ word, candidates, want string }{
		{"laeringskordinator", "laeringsvejleder laeringskoordinator", "laeringskoordinator"},
		{"læringsvejleder", "laeringsvejleder", "laeringsvejleder"},
		{"Rådgiver", "raadgiver", "raadgiver"},
		{"raadgvier", "raadgiver", "raadgiver"}, // two letters swapped count as one
		{"bil", "bal bol", "bal"},
		{"bil", "bol bal", "bal"},
		{"bil", "bus", ""},
		{"plejefamilie", "skoleleder", ""},
		{"samme", "samme", ""},
		{"", "a", ""},
	} {
		got, ok := Suggest(c.word, strings.Fields(c.candidates))
		if !ok {
			got = ""
		}
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Suggest(%q, %s) = %q, %v, want %q", c.word, c.candidates, got, ok, c.want)
		}
	}
}

func TestTotals(t *testing.T) {
	e, w := Diag{Severity: Error}, Diag{Severity: Warning}
	for want, list := range map[string][]Diag{
		"ingen fejl": nil, "1 fejl": {e}, "2 advarsler": {w, w}, "2 fejl, 1 advarsel": {e, w, e},
	} {
		if got := Totals(list); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	list := []Diag{{Error, "x", Pos{"a.toml", 2, 3}, 0, "få <b>", "", []Note{{Pos{"b.toml", 1, 1}, "her"}}}}
	if err := WriteJSON(&b, list); err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, b.Bytes()); err != nil {
		t.Fatal(err)
	}
	want := `[{"alvor":"fejl","kode":"x","fil":"a.toml","linje":2,"kolonne":3,"bredde":1,"besked":"få <b>","hjaelp":"","noter":[{"fil":"b.toml","linje":1,"kolonne":1,"besked":"her"}]}]`
	if got := strings.TrimSpace(compact.String()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	b.Reset()
	if err := WriteJSON(&b, nil); err != nil || strings.TrimSpace(b.String()) != "[]" {
		t.Errorf("no diagnostics: %q, %v", b.String(), err)
	}
}

func TestWriteGitHub(t *testing.T) {
	var b bytes.Buffer
	err := WriteGitHub(&b, []Diag{
		{Error, "x", Pos{"a,b:c.toml", 2, 3}, 4, "100 % galt", "prøv igen", []Note{{Pos{"n.toml", 5, 6}, "her"}}},
		{Warning, "y", Pos{File: "b.toml"}, 0, "måske", "", nil},
	})
	want := "::error file=a%2Cb%3Ac.toml,line=2,col=3,title=x::100 %25 galt%0Ahjælp: prøv igen%0Anote: n.toml:5:6: her\n" +
		"::warning file=b.toml,title=y::måske\n"
	if err != nil || b.String() != want {
		t.Errorf("got %s, %v\nwant %s", b.String(), err, want)
	}
}
