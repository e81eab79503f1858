package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// register is the file that lists a site's municipalities.
const register = "content/kommuner.toml"

// slugs is a flag that takes municipalities' ids, comma-separated, once or more.
type slugs []string

func (s *slugs) Type() string { return "ids" }

func (s *slugs) String() string { return strings.Join(*s, ",") }

func (s *slugs) Set(text string) error {
	given := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	if len(given) == 0 {
		return errors.New("it names no municipality")
	}
	for _, id := range given {
		if !slices.Contains(*s, id) {
			*s = append(*s, id)
		}
	}
	return nil
}

// registered lists the ids of the municipalities in a site's register.
func registered(dir string) ([]string, error) {
	snap, err := readSite(dir, build.Options{})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range snap.Register() {
		ids = append(ids, m.ID)
	}
	return ids, nil
}

// looksRight refuses a municipality that the register lacks when it has one
// that is spelt nearly so.
func looksRight(dir, id string) error {
	ids, err := registered(dir)
	if err != nil || slices.Contains(ids, id) {
		return err
	}
	if _, ok := diag.Suggest(id, ids); ok {
		return fmt.Errorf("%w; if not, add [kommune.%s] to it first", unknownMunicipality(id, ids), id)
	}
	return nil
}

// knows refuses municipalities that the register lacks, if it can be read.
func knows(dir string, slugs []string) error {
	if len(slugs) == 0 {
		return nil
	}
	ids, err := registered(dir)
	if err != nil || len(ids) == 0 {
		return nil
	}
	for _, s := range slugs {
		if !slices.Contains(ids, s) {
			return usageError{unknownMunicipality(s, ids)}
		}
	}
	return nil
}

func unknownMunicipality(id string, ids []string) error {
	return fmt.Errorf("the register, %s, has no municipality %q%s", register, id, didYouMean(id, ids))
}

// enterMunicipality adds a municipality to the register, if it is not there,
// under the name that its id suggests.
func enterMunicipality(cmd *cobra.Command, dir, id string) error {
	ids, err := registered(dir)
	if err != nil || slices.Contains(ids, id) {
		return err
	}
	name := filepath.Join(dir, filepath.FromSlash(register))
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading the register: %w", err)
	}
	if len(text) > 0 && text[len(text)-1] != '\n' {
		text = append(text, '\n')
	}
	text = fmt.Appendf(text, "\n[kommune.%s]\nnavn = %s\n", id, source.Quote(danishName(id)))
	if err := os.WriteFile(name, text, 0o644); err != nil {
		return fmt.Errorf("writing the register: %w", err)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(),
		"%s: added [kommune.%s] with the name %q; put it right if it is spelt otherwise\n", name, id, danishName(id))
	return err
}

// danishName is the name that an id was most likely made from: "Ærø" of aeroe,
// "Ringkøbing-Skjern" of ringkoebing-skjern. Names keep their aa.
func danishName(id string) string {
	name := []rune(strings.NewReplacer("ae", "æ", "oe", "ø").Replace(id))
	for i := range name {
		if i == 0 || name[i-1] == '-' {
			name[i] = unicode.ToUpper(name[i])
		}
	}
	return string(name)
}
