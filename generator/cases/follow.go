package cases

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/BurntSushi/toml"

	"modelhaandbog/generator/diag"
)

// mistake is a line that a diagnostic is about: before, in and after its place, and what
// the advice says.
type mistake struct {
	before, here, after string
	said                []string // the groups of the advice's pattern
}

func (x mistake) line() string { return x.before + x.here + x.after }

// rest replaces something in what follows the beginning of the diagnostic's place.
func (x mistake) rest(old, now string) string {
	return x.before + strings.Replace(x.here+x.after, old, now, 1)
}

const because = "lokal_begrundelse = \"Sådan er det hos os.\""

var (
	quoted = regexp.MustCompile(`"[^"]*"`)
	strong = regexp.MustCompile(`(?:==|\+\+|</?(?:b|strong)>)`)
)

// mends are the forms of advice that can be followed without thinking. Each gives the
// line, or lines, that the author would write.
var mends = []struct {
	advice string // of the message, a line break and the help
	follow func(x mistake) string
}{
	{`"([^"]+)"[^"]* – mente du "([^"]+)"\?`, func(x mistake) string { return x.rest(x.said[1], x.said[2]) }},
	{`\nSkriv (\S+) i stedet for ([^\s.]+)\.$`, func(x mistake) string { return x.rest(x.said[2], x.said[1]) }},
	{`\nSkriv ([a-z_]+ = (?:"[^"…<]+"|[\d.-]+|true|false))(?:\.$|, eller)`, func(x mistake) string { return x.said[1] }},
	{`(?:\n|, eller )[Ss]kriv (\[[^…<]+\])(?:\.|, eller|, og sæt)`, func(x mistake) string { return x.said[1] }},
	{`\nTilføj lokal_begrundelse = "…"\.$`, func(x mistake) string { return x.line() + "\n" + because }},
	{`\nSkriv hvorfor: lokal_begrundelse = "…"\.$`, func(x mistake) string { return because }},
	{`\nSkriv [^.]*, fx ([\w@.-]+)\.$|\nPunkterne er: ([\w-]+)`, func(x mistake) string {
		return x.before + strconv.Quote(x.said[1]+x.said[2]) + x.after
	}},
	{`(?:\nVælg|, eller giv jeres egen|\nSkriv) (?:et andet navn|et navn, der|navnet forfra)`, func(x mistake) string {
		return x.before + quoted.ReplaceAllString(x.here+x.after, `"Et helt andet navn"`)
	}},
	{`\nBegynd overskriften med ##\.$`, func(x mistake) string { return "##" + strings.TrimLeft(x.line(), "#") }},
	{`\nSlet mellemrummet mellem`, func(x mistake) string { return x.rest(" ", "") }},
	{`\nSlet tegnet`, func(x mistake) string { return x.before + x.after }},
	{`\nLad en linje stå tom efter tabellen`, func(x mistake) string { return "\n" + x.line() }},
	{`\nSkriv (\S+) sidst i teksten|\nSæt (["'])  ?sidst i teksten`, func(x mistake) string {
		return x.line() + x.said[1] + x.said[2]
	}},
	{`\nBrug en reference, fx \[tekst\]\(([a-z]+:[a-z-]+)\)\.$`, func(x mistake) string {
		if x.said[1] == "rolle:id" {
			return x.line()
		}
		return x.before + x.said[1] + x.after
	}},
	{`\nSkriv \*\*fed tekst\*\*\.$`, func(x mistake) string { return strong.ReplaceAllString(x.line(), "**") }},
}

var (
	headLines = regexp.MustCompile(`^Slet linje 1-(\d+)\.`)
	dropLine  = regexp.MustCompile(`(?i)(?:^|\. |, eller )Slet linjen[.,]`)
	dropKeys  = regexp.MustCompile(`^Slet [a-z_]+, [a-z_, ]+\.`)
	otherID   = regexp.MustCompile(`et andet id(?:: \[\w+\.([\w-]+)\])?\.`)
	oftener   = regexp.MustCompile(`[Ss]kriv (?:fx )?((?:[a-z_]+ = (?:"[a-z]+"|\d+|true)(?:, )?)+)(?: i stedet|\.)`)
	oftenKey  = regexp.MustCompile(`^((?:["\w-]+\.)*)"?(?:(?:hver|gange|aarligt)(?:_til)?|` +
		`enhed|mindst|omtrent|udtryk|kort)"? *=`)
)

// tableEnd is the line after a table that begins at a line.
func tableEnd(lines []string, at int) int {
	for n, line := range lines[at+1:] {
		if strings.HasPrefix(line, "[") {
			return at + 1 + n
		}
	}
	return len(lines)
}

// writeCadence says in a table how often something is done, and nothing else of that; "" is
// nothing at all.
func writeCadence(lines []string, at int, advised string) []string {
	from := at
	for from > 0 && !strings.HasPrefix(lines[from], "[") {
		from--
	}
	var out []string
	prefix := oftenKey.FindStringSubmatch(lines[at])[1]
	for i, line := range lines {
		if i == at {
			for key := range strings.SplitSeq(advised, ", ") {
				if key != "" {
					out = append(out, prefix+key)
				}
			}
		} else if i < from || i >= tableEnd(lines, from) || !oftenKey.MatchString(line) {
			out = append(out, line)
		}
	}
	return out
}

// valueLines is how many lines the value takes that begins in the first of them.
func valueLines(lines []string) int {
	for n := range min(len(lines), 40) {
		if _, err := toml.Decode(strings.Join(lines[:n+1], "\n"), &map[string]any{}); err == nil {
			return n + 1
		}
	}
	return 1
}

// Follow does what a diagnostic says to a copy of the site, or returns nil.
func Follow(site fstest.MapFS, d diag.Diag) fstest.MapFS {
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
	at := d.Pos.Line - 1
	isTOML := path.Ext(d.Pos.File) == ".toml"
	switch m := otherID.FindStringSubmatch(d.Help); {
	case changed || !isTOML || at >= len(lines):
	case m != nil:
		id := regexp.MustCompile(`^[\w-]+`).FindString(string([]rune(lines[at])[d.Pos.Col-1:]))
		lines, changed = strings.Split(strings.ReplaceAll(string(file.Data), id, cmp.Or(m[1], id+"-2")), "\n"), true
	case oftenKey.MatchString(lines[at]) && oftener.MatchString(d.Help):
		lines, changed = writeCadence(lines, at, oftener.FindStringSubmatch(d.Help)[1]), true
	case oftenKey.MatchString(lines[at]) && dropKeys.MatchString(d.Help):
		lines, changed = writeCadence(lines, at, ""), true
	case dropLine.MatchString(d.Help):
		lines, changed = slices.Delete(lines, at, at+valueLines(lines[at:])), true
	case strings.Contains(d.Help, "Slet tabellen"):
		lines, changed = slices.Delete(lines, at, tableEnd(lines, at)), true
	}
	for _, mend := range mends {
		said := regexp.MustCompile(mend.advice).FindStringSubmatch(d.Message + "\n" + d.Help)
		if changed || said == nil {
			continue
		}
		line := []rune(lines[min(at, len(lines)-1)])
		from, to := d.Pos.Col-1, d.Pos.Col-1+d.Width
		if to > len(line) {
			continue
		}
		now := mend.follow(mistake{string(line[:from]), string(line[from:to]), string(line[to:]), said})
		changed = now != string(line)
		lines[at] = now
	}
	if !changed {
		return nil
	}
	out := maps.Clone(site)
	out[d.Pos.File] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
	return out
}
