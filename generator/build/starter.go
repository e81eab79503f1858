package build

import (
	_ "embed"

	"golang.org/x/tools/txtar"
)

//go:embed starter.txtar
var starter []byte

// StarterFile is one file of the site that `haandbog init` creates.
type StarterFile struct{ Name, Text string }

// Parts gives the file's name and text.
func (f StarterFile) Parts() (name, text string) { return f.Name, f.Text }

// Starter lists the files of a small handbook to start from: one model with two
// phases, two roles, a meeting and a municipality. It builds without diagnostics.
func Starter() []StarterFile {
	var out []StarterFile
	for _, f := range txtar.Parse(starter).Files {
		out = append(out, StarterFile{f.Name, string(f.Data)})
	}
	return out
}
