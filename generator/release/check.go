package release

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
)

// Check reads all frozen files and reports those that are gone, are not what they were,
// or were put there afterwards.
func (h *History) Check() []diag.Diag {
	out := slices.Clone(h.Diags)
	known := map[string]bool{}
	for _, r := range h.Releases {
		for _, f := range r.all() {
			if !known[f.Path] {
				known[f.Path] = true
				out = append(out, h.damage(f)...)
			}
		}
	}
	return append(out, h.strangers(known)...)
}

// all lists a release's files, the municipalities' with them.
func (r *Release) all() []File {
	out := slices.Clone(r.Files)
	for _, l := range r.Local {
		out = append(out, l.Files...)
	}
	return out
}

// damage reports a file that is gone or changed.
func (h *History) damage(f File) []diag.Diag {
	number := strings.Split(strings.TrimPrefix(f.Path, Dir+"/"), "/")[0]
	d := diag.Diag{Severity: diag.Error, Code: "frossen-udgave", Pos: diag.Pos{File: f.Path}, Help: restore(f.Path),
		Notes: []diag.Note{{Pos: f.pos, Message: "her står filen på listen"}}}
	data, err := fs.ReadFile(h.fsys, f.Path)
	switch sum := sha256.Sum256(data); {
	case errors.Is(err, fs.ErrNotExist):
		d.Message = fmt.Sprintf("filen mangler i den frosne udgave %s", number)
	case err != nil:
		d.Message = fmt.Sprintf("filen i den frosne udgave %s kan ikke læses", number)
	case hex.EncodeToString(sum[:]) != f.Sum:
		d.Message = fmt.Sprintf("filen er ændret, efter at udgave %s blev frosset", number)
	default:
		return nil
	}
	return []diag.Diag{d}
}

// strangers reports files in the releases' folders that no list names.
func (h *History) strangers(known map[string]bool) []diag.Diag {
	var out []diag.Diag
	for _, r := range h.Releases {
		dir := path.Join(Dir, r.Number)
		fs.WalkDir(h.fsys, dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || known[name] || name == path.Join(dir, headName) || strings.HasSuffix(name, listEnd) ||
				strings.HasPrefix(e.Name(), ".") {
				return nil
			}
			out = append(out, diag.Diag{Severity: diag.Error, Code: "frossen-udgave", Pos: diag.Pos{File: name},
				Message: fmt.Sprintf("filen er lagt i udgave %s, efter at den blev frosset", r.Number),
				Help:    "Flyt den til sin plads i content/, eller slet den."})
			return nil
		})
	}
	return out
}
