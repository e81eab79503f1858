package source

import (
	"bytes"
	"fmt"
	"regexp"

	"modelhaandbog/generator/diag"
)

var (
	headKey  = regexp.MustCompile(`^["']?[\pL_][\pL\d_-]*["']?\s*[:=]`)
	headLine = regexp.MustCompile(`^(?:["']?[\pL_][\pL\d_.-]*["']?\s*[:=]|[ \t#\[\]-]|\s*$)`)
)

// Body checks a Markdown file and returns its text. Guidance has no front matter: one
// is reported and left out. line is the line, from 1, on which the text begins.
func Body(file string, data []byte) (body []byte, line int, diags []diag.Diag) {
	clean, diags := CheckText(file, data)
	if diags != nil {
		return nil, 1, diags
	}
	lines := bytes.SplitAfter(clean, []byte("\n"))
	end := headEnd(lines)
	if end == 0 {
		return clean, 1, nil
	}
	return bytes.Join(lines[end:], nil), end + 1, []diag.Diag{{
		Severity: diag.Error, Code: "filhoved", Pos: diag.Pos{File: file, Line: 1, Col: 1}, Width: 3,
		Message: "en vejledning har intet filhoved",
		Help:    fmt.Sprintf("Slet linje 1-%d. Navn, kilde og alt andet står i TOML-filen.", end),
	}}
}

// headEnd returns how many lines of front matter a file begins with: YAML between ---
// or TOML between +++, where an unclosed one ends with its last key.
func headEnd(lines [][]byte) int {
	fence := string(bytes.TrimRight(lines[0], " \t\r\n"))
	if fence != "---" && fence != "+++" {
		return 0
	}
	last := 0
	for i, line := range lines[1:] {
		switch text := string(bytes.TrimRight(line, " \t\r\n")); {
		case text == fence || text == "..." && last > 0:
			if last > 0 || fence == "+++" {
				return i + 2
			}
			return 0
		case headKey.Match(line):
			last = i + 2
		case !headLine.Match(line) && fence == "---":
			return 0
		case !headLine.Match(line):
			return last
		}
	}
	return 0
}
