package build_test

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
)

// mends are the forms of advice that can be followed without thinking. Each gives the
// line, or lines, that the author would write; at is the offset of the diagnostic's
// place, m the match.
var mends = []struct {
	advice *regexp.Regexp // of the message, a line break and the help
	follow func(line []rune, at int, d diag.Diag, m []string) string
}{
	{regexp.MustCompile(`"([^"]+)"[^"]* – mente du "([^"]+)"\?`), func(line []rune, at int, d diag.Diag, m []string) string {
		return string(line[:at]) + strings.Replace(string(line[at:]), m[1], m[2], 1)
	}},
	{regexp.MustCompile(`\nSkriv (\S+) i stedet for ([^\s.]+)\.$`), func(line []rune, at int, d diag.Diag, m []string) string {
		return string(line[:at]) + strings.Replace(string(line[at:]), m[2], m[1], 1)
	}},
	{regexp.MustCompile(`\nSkriv ([a-z_]+ = (?:"[^"…<]+"|[\d.-]+|true|false))(?:\.$|, eller)`), func(_ []rune, _ int, d diag.Diag, m []string) string { return m[1] }},
	{regexp.MustCompile(`\nSkriv (\[[^…<]+\])(?:\.|, eller)`), func(_ []rune, _ int, d diag.Diag, m []string) string { return m[1] }},
	{regexp.MustCompile(`\nBegynd overskriften med ##\.$`), func(line []rune, _ int, d diag.Diag, m []string) string {
		return "##" + strings.TrimLeft(string(line), "#")
	}},
	{regexp.MustCompile(`\nSlet mellemrummet mellem`), func(line []rune, at int, d diag.Diag, m []string) string {
		return string(line[:at+1]) + strings.TrimLeft(string(line[at+1:]), " ")
	}},
	{regexp.MustCompile(`\nSlet tegnet`), func(line []rune, at int, d diag.Diag, m []string) string {
		return string(line[:at]) + string(line[at+d.Width:])
	}},
	{regexp.MustCompile(`\nLad en linje stå tom efter tabellen`), func(line []rune, at int, d diag.Diag, m []string) string {
		return "\n" + string(line)
	}},
	{regexp.MustCompile(`\nSkriv (\S+) sidst i teksten|\nSæt (["'])  ?sidst i teksten`), func(line []rune, at int, d diag.Diag, m []string) string {
		return string(line) + m[1] + m[2]
	}},
	{regexp.MustCompile(`\nBrug en reference, fx \[tekst\]\(([a-z]+:[a-z-]+)\)\.$`), func(line []rune, at int, d diag.Diag, m []string) string {
		if m[1] == "rolle:id" {
			return string(line)
		}
		return string(line[:at]) + m[1] + string(line[at+d.Width:])
	}},
	{regexp.MustCompile(`\nSkriv \*\*fed tekst\*\*\.$`), func(line []rune, at int, d diag.Diag, m []string) string {
		return regexp.MustCompile(`(?:==|\+\+|</?(?:b|strong)>)`).ReplaceAllString(string(line), "**")
	}},
}

// Advice that can be followed to the letter takes its diagnostic away.
func TestAdviceWorks(t *testing.T) {
	if testing.Short() {
		t.Skip("checks every case twice")
	}
	files, err := filepath.Glob("../*/testdata/fejl/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	followed := 0
	for _, name := range files {
		cases.Each(t, name, func(title string, site fstest.MapFS) {
			diags, err := check(site)
			if err != nil {
				return
			}
			for _, d := range diags {
				if mended := follow(site, d); mended != nil {
					followed++
					checkMended(t, title, mended, d, diags)
				}
			}
		})
	}
	if followed < 40 {
		t.Errorf("only %d pieces of advice were followed", followed)
	}
}

func checkMended(t *testing.T, title string, mended fstest.MapFS, d diag.Diag, before []diag.Diag) {
	t.Helper()
	after, err := check(mended)
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range after {
		if left.Pos == d.Pos && left.Code == d.Code && left.Message == d.Message {
			t.Errorf("%s: %v: %s\nhelp that doesn't help: %s", title, d.Pos, d.Message, d.Help)
		}
		unread := strings.HasPrefix(left.Code, "toml") || left.Code == "forkert-type"
		isNew := unread && !slices.ContainsFunc(before, func(b diag.Diag) bool { return b.Code == left.Code || b.Message == left.Message })
		if left.Pos.File == d.Pos.File && left.Pos.Line == d.Pos.Line && left.Severity == diag.Error && isNew {
			t.Errorf("%s: %v: %s\nafter its help (%s): %v: %s", title, d.Pos, d.Message, d.Help, left.Pos, left.Message)
		}
	}
}

var headLines = regexp.MustCompile(`^Slet linje 1-(\d+)\.`)

// follow does what a diagnostic says to a copy of the site, or returns nil.
func follow(site fstest.MapFS, d diag.Diag) fstest.MapFS {
	file := site[d.Pos.File]
	if file == nil || d.Pos.Line == 0 {
		return nil
	}
	lines := strings.Split(string(file.Data), "\n")
	changed := false
	if m := headLines.FindStringSubmatch(d.Help); m != nil {
		n, _ := strconv.Atoi(m[1])
		lines, changed = lines[n:], true
	}
	for _, mend := range mends {
		m := mend.advice.FindStringSubmatch(d.Message + "\n" + d.Help)
		line := []rune(lines[min(d.Pos.Line, len(lines))-1])
		if changed || m == nil || d.Pos.Col-1+d.Width > len(line) {
			continue
		}
		now := mend.follow(line, d.Pos.Col-1, d, m)
		changed = now != string(line)
		lines[d.Pos.Line-1] = now
	}
	if !changed {
		return nil
	}
	out := maps.Clone(site)
	out[d.Pos.File] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
	return out
}
