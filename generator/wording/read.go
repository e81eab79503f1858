package wording

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// File is the name of the file in a layouts folder.
const File = "ord.toml"

// Read reads the words. Of folders that have the same key, the first one's wins;
// the last is the embedded one, which has all keys. The diagnostics tell what is
// wrong in the others, whose wrong lines are left out.
func Read(folders ...fs.FS) (*Words, []diag.Diag) {
	w := &Words{texts: map[string]string{}, lists: map[string][]string{}}
	var diags []diag.Diag
	for i, folder := range slices.Backward(folders) {
		data, err := fs.ReadFile(folder, File)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		file := "layouts/" + File
		if f, ok := folder.(Folder); ok {
			file = f.Dir + "/" + File
		}
		if err != nil {
			diags = append(diags, diag.Diag{Severity: diag.Error, Code: "ord", Pos: diag.Pos{File: file},
				Message: fmt.Sprintf("filen kan ikke læses: %v", err)})
			continue
		}
		root, found := source.ParseTOML(file, data)
		r := &reader{into: w, own: i < len(folders)-1, diags: found}
		r.texts, r.lists = maps.Clone(w.texts), maps.Clone(w.lists)
		r.known = slices.Concat(w.Keys(), slices.Sorted(maps.Keys(w.lists)))
		r.table("", root)
		diags = append(diags, r.diags...)
	}
	return w, diags
}

// Folder is a folder of another name than layouts that has words, such as content, which
// has those of the handbook's field.
type Folder struct {
	fs.FS
	Dir string
}

// With are the words with those of a file over them, such as a model's own. Besides the keys
// that there are, it may have the names of kinds, [slags.fase], and the titles of sections.
func (w *Words) With(root *source.Node) (*Words, []diag.Diag) {
	out := &Words{texts: maps.Clone(w.texts), lists: maps.Clone(w.lists)}
	r := &reader{into: out, own: true, texts: w.texts, lists: w.lists}
	r.known = slices.Concat(w.Keys(), slices.Sorted(maps.Keys(w.lists)))
	r.table("", root)
	return out, r.diags
}

// nameOfKind finds keys that name a kind or its section, which have words of their own only
// where a handbook gives them.
var nameOfKind = regexp.MustCompile(`^(?:slags\.[a-z]+\.(?:en|flere)|afsnit\.[a-z]+\.(?:titel|lede))$`)

// reader reads one file over the words that are there already.
type reader struct {
	into  *Words
	own   bool // a site's own file, which may only have keys that are known
	texts map[string]string
	lists map[string][]string
	known []string // the keys of both
	diags []diag.Diag
}

func (r *reader) table(above string, n *source.Node) {
	for _, item := range n.Items {
		key := above + item.Key
		switch item.Kind {
		case source.Table:
			r.table(key+".", item)
		case source.String:
			before, known := r.texts[key]
			if !known && nameOfKind.MatchString(key) {
				known = true
			}
			if r.own && !known {
				r.unknown(key, item)
			} else if !r.own || r.sameSlots(item, before) {
				r.into.texts[key] = item.Str
			}
		case source.Array:
			if _, known := r.lists[key]; r.own && !known {
				r.unknown(key, item)
			} else if words, ok := r.words(item); ok {
				r.into.lists[key] = words
			}
		default:
			r.wrong(item, "Skriv ordene i anførselstegn.", "%q er %s og ikke en tekst", key, item.Kind)
		}
	}
}

func (r *reader) words(n *source.Node) ([]string, bool) {
	var out []string
	for _, item := range n.Items {
		if item.Kind != source.String {
			r.wrong(item, "Skriv ordene i anførselstegn.", "listen har %s, hvor der skal stå en tekst", item.Kind)
			return nil, false
		}
		out = append(out, item.Str)
	}
	return out, true
}

// unknown reports a key that nothing asks for.
func (r *reader) unknown(key string, n *source.Node) {
	help := "Se de nøgler, der findes, i det medfølgende layouts/ord.toml."
	if _, ok := r.lists[key]; ok && n.Kind == source.String {
		help = "Her skal stå en liste: [\"…\", \"…\"]."
	} else if _, ok := r.texts[key]; ok {
		help = "Her skal stå én tekst."
	}
	d := diag.Diag{Severity: diag.Warning, Code: "ord-ubrugt", Pos: n.KeyPos, Width: len([]rune(n.Key)), Help: help,
		Message: fmt.Sprintf("%q bliver ikke brugt", key) + diag.MenteDu(key, r.known)}
	r.diags = append(r.diags, d)
}

var slot = regexp.MustCompile(`\{[a-zæøå-]+\}`)

// sameSlots reports whether a text has the slots that the one before it has. A slot
// too many would be shown as it stands; one too few would leave something out.
func (r *reader) sameSlots(n *source.Node, before string) bool {
	has, wants := slot.FindAllString(n.Str, -1), slot.FindAllString(before, -1)
	for _, s := range has {
		if !slices.Contains(wants, s) {
			help := "Teksten har ingen pladser."
			if len(wants) > 0 {
				help = fmt.Sprintf("Teksten har pladserne %q.", wants)
			}
			r.wrong(n, help, "pladsen %s findes ikke her%s", s, diag.MenteDu(s, wants))
			return false
		}
	}
	for _, s := range wants {
		if !slices.Contains(has, s) {
			r.diags = append(r.diags, diag.Diag{Severity: diag.Warning, Code: "ord", Pos: n.Pos, Width: n.Width,
				Message: fmt.Sprintf("pladsen %s mangler", s), Help: fmt.Sprintf("Den medfølgende tekst er %q.", before)})
		}
	}
	return true
}

func (r *reader) wrong(n *source.Node, help, format string, args ...any) {
	r.diags = append(r.diags, diag.Diag{Severity: diag.Error, Code: "ord", Pos: n.Pos, Width: n.Width, Help: help,
		Message: fmt.Sprintf(format, args...)})
}
