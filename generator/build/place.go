package build

import (
	"io/fs"
	"path"
	"strings"
	"time"

	"modelhaandbog/generator/diag"
)

// placeKind is what a file's place in content/ makes of it.
type placeKind int

const (
	unplaced placeKind = iota
	data               // TOML tables, pictures
	guidance           // vejledning/<slags>/<id>.md
)

// place is what a file's path says about it.
type place struct {
	kind    placeKind
	kommune string // of an overlay
	model   string
	slags   string // of guidance
	id      string
	hint    string
}

// placeOf reads a path such as
//
//	content/begreber.toml
//	content/modeller/laeringsmiljoe/faser.toml
//	content/modeller/laeringsmiljoe/vejledning/fase/faelles-maal.md
//	content/kommuner/herning/kommune.toml
//	content/kommuner/herning/modeller/laeringsmiljoe/vejledning/fase/faelles-maal.md
func placeOf(name string) place {
	parts := strings.Split(strings.TrimPrefix(name, "content/"), "/")
	var p place
	if len(parts) > 2 && parts[0] == "kommuner" {
		p.kommune, parts = parts[1], parts[2:]
	}
	if len(parts) > 2 && parts[0] == "modeller" {
		p.model, parts = parts[1], parts[2:]
	}
	switch {
	case len(parts) == 1:
		p.kind = data
	case parts[0] == "vejledning" && len(parts) == 3 && path.Ext(name) == ".md":
		p.kind, p.slags, p.id = guidance, parts[1], strings.TrimSuffix(parts[2], ".md")
	case parts[0] == "vejledning":
		p.kind = data // pictures beside guidance
	default:
		p.hint = diag.MenteDu(parts[0], []string{"modeller", "kommuner", "vejledning"})
		for _, folder := range []string{"modeller", "kommuner"} {
			if p.hint == "" && len(parts) > 2 && strings.HasPrefix(folder, strings.ToLower(parts[0])) {
				p.hint = " – mente du \"" + folder + "\"?"
			}
		}
	}
	return p
}

// recent reports whether a file was written so lately that another write could
// have the same time stamp and size.
func recent(info fs.FileInfo) bool { return time.Since(info.ModTime()) < 2*time.Second }
