package release

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"modelhaandbog/generator/source"
)

// Content is one file to freeze.
type Content struct {
	Name string // in content/: "modeller/vores-model/faser.toml"
	Data []byte
}

// Write is a file to write. It never exists yet.
type Write struct {
	Path string
	Data []byte
}

// Refusal tells why nothing is frozen, in English, for the one who ran the command.
type Refusal struct{ Why string }

func (r *Refusal) Error() string { return r.Why }

func refuse(format string, args ...any) error { return &Refusal{fmt.Sprintf(format, args...)} }

var numbers = regexp.MustCompile(`^[1-9][0-9]*(\.(0|[1-9][0-9]*))+$`)

// Freeze makes a release of the national content and of each municipality whose files are
// others than when they were last frozen.
func (h *History) Freeze(number, date, note string, content []Content) ([]Write, error) {
	last := h.Last()
	switch {
	case !numbers.MatchString(number):
		return nil, refuse("%q is not the number of a release; write 1.1 or 2.0", number)
	case h.Find(number) != nil:
		return nil, refuse("release %s is frozen already (%s); nothing frozen is written again", number,
			path.Join(Dir, number))
	case !isDate(date):
		return nil, refuse("%q is not a date (YYYY-MM-DD)", date)
	case last != nil && date <= last.Date:
		return nil, refuse("%s is not after %s, the day of release %s", date, last.Date, last.Number)
	case last != nil && compareNumbers(number, last.Number) <= 0:
		return nil, refuse("release %s cannot follow release %s", number, last.Number)
	}
	for _, r := range h.Releases {
		for _, l := range r.Local {
			if l.Date > date {
				return nil, refuse("%s is before %s, when %s was frozen", date, l.Date, l.Slug)
			}
		}
	}
	dir := path.Join(Dir, number)
	head := fmt.Appendf(nil, "# Skrevet af 'haandbog release'. En frossen udgave rettes aldrig.\n"+
		"[udgave]\nnummer = %s\ndato = %s\n", source.Quote(number), source.Quote(date))
	if note != "" {
		head = fmt.Appendf(head, "note = %s\n", source.Quote(note))
	}
	national, local := split(content)
	var before []File
	if last != nil {
		before = last.Files
	}
	out := freeze(path.Join(dir, listName), dir, "", national, before)
	head = fmt.Appendf(head, "filer = %s\n", source.Quote(sumOf(out[len(out)-1].Data)))
	out = append([]Write{{path.Join(dir, headName), head}}, out...)
	for _, slug := range h.slugs(local) {
		writes, err := h.freezeLocal(number, slug, date, local[slug])
		if err != nil {
			return nil, err
		}
		out = append(out, writes...)
	}
	return out, nil
}

// FreezeLocal freezes a municipality's files while the last release is in force. It
// gives nothing to write when they are what they were.
func (h *History) FreezeLocal(slug, date string, content []Content) ([]Write, error) {
	last := h.Last()
	switch {
	case last == nil:
		return nil, refuse("no release is frozen yet; run \"haandbog release NUMBER\" first")
	case !isDate(date):
		return nil, refuse("%q is not a date (YYYY-MM-DD)", date)
	case date < last.Date:
		return nil, refuse("%s is before %s, the day of release %s", date, last.Date, last.Number)
	}
	_, local := split(content)
	return h.freezeLocal(last.Number, slug, date, local[slug])
}

func (h *History) freezeLocal(number, slug, date string, content []Content) ([]Write, error) {
	before := h.LocalAt(slug, nil, "")
	switch {
	case before == nil && len(content) == 0, before != nil && same(before.Files, content):
		return nil, nil
	case before != nil && date <= before.Date:
		return nil, refuse("%s is not after %s, when %s was frozen last", date, before.Date, slug)
	}
	if before == nil {
		before = &Local{}
	}
	dir := path.Join(Dir, number, local, slug, date)
	return freeze(dir+listEnd, dir, path.Join(local, slug), content, before.Files), nil
}

// slugs lists the municipalities that have files now or when they were last frozen.
func (h *History) slugs(now map[string][]Content) []string {
	var out []string
	for slug := range now {
		out = append(out, slug)
	}
	for _, r := range h.Releases {
		for _, l := range r.Local {
			out = append(out, l.Slug)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// split tells the national files and the municipalities' apart.
func split(content []Content) (national []Content, byMunicipality map[string][]Content) {
	byMunicipality = map[string][]Content{}
	content = slices.SortedFunc(slices.Values(content), func(a, b Content) int { return cmp.Compare(a.Name, b.Name) })
	for _, c := range content {
		if rest, ok := strings.CutPrefix(c.Name, local+"/"); ok {
			slug, _, _ := strings.Cut(rest, "/")
			byMunicipality[slug] = append(byMunicipality[slug], c)
			continue
		}
		national = append(national, c)
	}
	return national, byMunicipality
}

// freeze writes a list of files, and into dir those that weren't frozen before. within
// is the folder of content/ that they stand in.
func freeze(list, dir, within string, content []Content, before []File) []Write {
	known := map[string]File{}
	for _, f := range before {
		known[f.Name+" "+f.Sum] = f
	}
	var lines bytes.Buffer
	var out []Write
	for _, c := range content {
		at := path.Join(dir, strings.TrimPrefix(strings.TrimPrefix(c.Name, within), "/"))
		sum := sumOf(c.Data)
		if old, ok := known[c.Name+" "+sum]; ok {
			at = old.Path
		} else {
			out = append(out, Write{at, c.Data})
		}
		rel, err := filepath.Rel(filepath.FromSlash(path.Dir(list)), filepath.FromSlash(at))
		if err != nil {
			panic("release: " + err.Error()) // both stand in Dir
		}
		fmt.Fprintf(&lines, "%s  %s\n", sum, filepath.ToSlash(rel))
	}
	return append(out, Write{list, lines.Bytes()})
}

func same(files []File, content []Content) bool {
	return slices.EqualFunc(files, content,
		func(f File, c Content) bool { return f.Name == c.Name && f.Sum == sumOf(c.Data) })
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
