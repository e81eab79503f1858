package source

import (
	"bytes"

	"modelhaandbog/generator/diag"
)

// FrontMatter splits a Markdown file into the TOML between two lines of +++ at
// its top and the body after it. Positions in meta are those of the file, and
// bodyLine is the line on which body starts, from 1. Without front matter meta
// is an empty table and body the whole text. meta is never nil.
func FrontMatter(file string, data []byte) (meta *Node, body []byte, bodyLine int, diags []diag.Diag) {
	clean, diags := CheckText(file, data)
	if diags != nil {
		meta = newRoot(file)
		meta.Partial = true
		return meta, nil, 1, diags
	}
	lines := bytes.SplitAfter(clean, []byte("\n"))
	if isFence(lines[0], "---") {
		if end := closingFence(lines, "---"); end > 1 && bytes.Contains(lines[1], []byte(":")) {
			meta = newRoot(file)
			meta.Partial = true
			return meta, bytes.Join(lines[end+1:], nil), end + 2, []diag.Diag{{
				Severity: diag.Error, Code: "filhoved", Pos: diag.Pos{File: file, Line: 1, Col: 1}, Width: 3,
				Message: "filhovedet er skrevet i YAML mellem linjer med ---",
				Help:    "Sæt +++ i stedet for ---, og skriv felterne som TOML: titel = \"…\".",
			}}
		}
	}
	if !isFence(lines[0], "+++") {
		return newRoot(file), clean, 1, nil
	}
	end := closingFence(lines, "+++")
	if end == 0 {
		meta = newRoot(file)
		meta.Partial = true
		return meta, nil, len(lines), []diag.Diag{{
			Severity: diag.Error, Code: "filhoved", Pos: diag.Pos{File: file, Line: 1, Col: 1}, Width: 3,
			Message: "filhovedet begynder med +++ og bliver ikke afsluttet",
			Help:    "Sæt en linje med +++ efter filhovedets sidste felt.",
		}}
	}
	// The fence becomes an empty line, so that all positions stay the same.
	head := bytes.Join(lines[:end], nil)
	copy(head, "   ")
	meta, diags = parseText(file, head)
	return meta, bytes.Join(lines[end+1:], nil), end + 2, diags
}

// closingFence returns the index of the next line that is a fence, or 0.
func closingFence(lines [][]byte, fence string) int {
	for i := 1; i < len(lines); i++ {
		if isFence(lines[i], fence) {
			return i
		}
	}
	return 0
}

func isFence(line []byte, fence string) bool {
	return string(bytes.TrimRight(line, " \t\r\n")) == fence
}
