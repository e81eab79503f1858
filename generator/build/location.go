package build

import (
	"io/fs"
	"path"
	"strings"
	"time"

	"modelhaandbog/generator/diag"
)

// fileRole is what a file is used for, by its path.
type fileRole int

const (
	unused   fileRole = iota
	data              // TOML tables, pictures
	guidance          // vejledning/<slags>/<id>.md
)

// location is what a file's path says about it.
type location struct {
	kind    fileRole
	kommune string // of an overlay
	model   string
	guide   string // kind of the entity that guidance is about
	id      string // of that entity
	hint    string // a suggestion, for an unused file
}

// locate parses a path such as
//
//	content/begreber.toml
//	content/modeller/laeringsmiljoe/faser.toml
//	content/modeller/laeringsmiljoe/vejledning/fase/faelles-maal.md
//	content/kommuner/herning/kommune.toml
//	content/kommuner/herning/modeller/laeringsmiljoe/vejledning/fase/faelles-maal.md
func locate(name string) location {
	parts := strings.Split(strings.TrimPrefix(name, "content/"), "/")
	var loc location
	if len(parts) > 2 && parts[0] == "kommuner" {
		loc.kommune, parts = parts[1], parts[2:]
	}
	if len(parts) > 2 && parts[0] == "modeller" {
		loc.model, parts = parts[1], parts[2:]
	}
	switch {
	case len(parts) == 1:
		loc.kind = data
	case parts[0] == "vejledning" && len(parts) == 3 && path.Ext(name) == ".md":
		loc.kind, loc.guide, loc.id = guidance, parts[1], strings.TrimSuffix(parts[2], ".md")
	case parts[0] == "vejledning":
		loc.kind = data // pictures beside guidance
	default:
		loc.hint = diag.MenteDu(parts[0], []string{"modeller", "kommuner", "vejledning"})
		for _, folder := range []string{"modeller", "kommuner"} {
			if loc.hint == "" && len(parts) > 2 && strings.HasPrefix(folder, strings.ToLower(parts[0])) {
				loc.hint = " – mente du \"" + folder + "\"?"
			}
		}
	}
	return loc
}

// recent reports whether a file was written so recently that another write could
// leave the same stamp.
func recent(info fs.FileInfo) bool { return time.Since(info.ModTime()) < 2*time.Second }
