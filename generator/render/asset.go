package render

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/parse/v2"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/wording"
)

// stylesheet is the one asset that each edition makes its own.
const stylesheet = "haandbog.css"

// assetSet holds the minified assets.
type assetSet struct {
	files []Asset
	paths map[string]string // by name as written: "soeg.js"
	ours  []string          // the names of the embedded ones
	extra []string          // those of the site's own that replace none of ours

	linked map[string]bool // by name: a stylesheet loads it

	css  []byte
	sum  [sha256.Size]byte        // of css
	made map[string]minifiedAsset // by name and sum of the bytes as written
}

// minifiedAsset is what an asset's bytes alone decide.
type minifiedAsset struct {
	small []byte
	diags []diag.Diag
}

// readAssets takes each name from the first folder that has it. What was made
// from the same bytes before is used again.
func readAssets(folders []fs.FS, words *wording.Words, before map[string]minifiedAsset) (*assetSet, []diag.Diag) {
	set := &assetSet{paths: map[string]string{}, linked: map[string]bool{}, made: map[string]minifiedAsset{}}
	var diags []diag.Diag
	owner := map[string]int{}
	var names []string
	for i, folder := range folders {
		fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") || path.Ext(name) == ".go" {
				return nil
			}
			if _, taken := owner[name]; !taken {
				owner[name] = i
				names = append(names, name)
			}
			if i == len(folders)-1 {
				set.ours = append(set.ours, name)
			}
			return nil
		})
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(turn(a), turn(b)) })
	for _, name := range names {
		if !slices.Contains(set.ours, name) {
			set.extra = append(set.extra, name)
		}
		data, err := fs.ReadFile(folders[owner[name]], name)
		if err != nil {
			diags = append(diags, diag.Diag{Severity: diag.Error, Code: "asset", Pos: diag.Pos{File: "assets/" + name},
				Message: fmt.Sprintf("filen kan ikke læses: %v", err)})
			continue
		}
		filled := data
		var wrong []diag.Diag
		switch path.Ext(name) {
		case ".js": // before it is minified: c ? ord("a") : ord("b") becomes ord(c ? "a" : "b")
			filled, wrong = words.Script(data), unknownWords(name, data, words)
		case ".css":
			filled, wrong = set.link(name, data)
		}
		diags = append(diags, wrong...)
		key := fmt.Sprintf("%s %x", name, sha256.Sum256(filled))
		m, known := before[key]
		if !known {
			m = minifyAsset(name, data, filled)
		}
		set.made[key] = m
		diags = append(diags, m.diags...)
		if name == stylesheet {
			set.css, set.sum = m.small, sha256.Sum256(m.small)
			continue
		}
		a := Asset{Path: "assets/" + fingerprinted(name, m.small), Data: m.small}
		set.paths[name] = a.Path
		set.files = append(set.files, a)
	}
	return set, diags
}

// turn sorts files by name, but stylesheets last: they load others.
func turn(name string) string {
	if path.Ext(name) == ".css" {
		return "\xff" + name
	}
	return name
}

// unknownWords reports a script's keys that ord.toml hasn't got.
func unknownWords(name string, data []byte, words *wording.Words) []diag.Diag {
	var diags []diag.Diag
	for _, m := range wording.InScript.FindAllSubmatchIndex(data, -1) {
		key := string(data[m[2]:m[3]])
		if words.Has(key) {
			continue
		}
		d := placed("assets/"+name, string(data), m[2], len([]rune(key)),
			fmt.Sprintf("ordene %q findes ikke", key)+diag.MenteDu(key, words.Keys()), "")
		d.Code = "ord"
		diags = append(diags, d)
	}
	return diags
}

// minifyAsset minifies what is filled with words; mistakes are told of data, as it was
// written.
func minifyAsset(name string, data, filled []byte) minifiedAsset {
	small, err := shrink(name, filled)
	m := minifiedAsset{small: small}
	if err != nil {
		_, err = shrink(name, data)
	}
	if err != nil {
		m.diags = append(m.diags, scriptProblem(name, err))
	}
	if path.Ext(name) == ".css" {
		m.diags = append(m.diags, checkStyles("assets/"+name, data)...)
	}
	return m
}

// shrink minifies scripts and stylesheets. With an error it gives data back.
func shrink(name string, data []byte) ([]byte, error) {
	var minifier minify.Minifier
	switch path.Ext(name) {
	case ".css":
		minifier = &css.Minifier{}
	case ".js":
		minifier = &js.Minifier{}
	default:
		return data, nil
	}
	var out bytes.Buffer
	if err := minifier.Minify(minify.New(), &out, bytes.NewReader(data), nil); err != nil {
		return data, err
	}
	return out.Bytes(), nil
}

var (
	scriptWants  = regexp.MustCompile(`^expected (.+) instead of (.+?)(?: in .*)?$`)
	scriptSees   = regexp.MustCompile(`^unexpected (.+?)(?: in .*)?$`)
	scriptOpen   = regexp.MustCompile(`^unterminated (string|template) literal`)
	scriptOpened = regexp.MustCompile(`^unexpected EOF(?: or newline)?(?: in (comment|regular expression))?$`)
	scriptTwice  = regexp.MustCompile(`^identifier (\S+) has already been declared`)
)

// scriptProblem makes a diagnostic of what a script's parser says.
func scriptProblem(name string, err error) diag.Diag {
	d := diag.Diag{Severity: diag.Error, Code: "asset", Pos: diag.Pos{File: "assets/" + name},
		Message: fmt.Sprintf("filen kan ikke forstås: %v", err)}
	var at *parse.Error
	if !errors.As(err, &at) {
		return d
	}
	d.Pos.Line, d.Pos.Col = at.Line, at.Column
	d.Message = "scriptet kan ikke forstås her: " + at.Message
	if m := scriptWants.FindStringSubmatch(at.Message); m != nil {
		d.Message = fmt.Sprintf("her skal stå %s, men der står %s", strings.ReplaceAll(m[1], " or ", " eller "), m[2])
		if m[2] == "EOF" {
			d.Message = fmt.Sprintf("scriptet slutter, hvor der skal stå %s", strings.ReplaceAll(m[1], " or ", " eller "))
		}
	} else if m := scriptOpen.FindStringSubmatch(at.Message); m != nil {
		d.Message = "teksten, der begynder her, bliver ikke lukket"
	} else if m := scriptOpened.FindStringSubmatch(at.Message); m != nil {
		d.Message = map[string]string{"": "scriptet slutter midt i noget", "comment": "kommentaren slutter aldrig",
			"regular expression": "mønsteret bliver ikke lukket"}[m[1]]
		d.Help = map[string]string{"": "Se efter en } eller en ), der mangler.",
			"comment": "Skriv */, hvor kommentaren er forbi.", "regular expression": "Sæt / efter mønsteret."}[m[1]]
	} else if m := scriptSees.FindStringSubmatch(at.Message); m != nil {
		d.Message, d.Width = fmt.Sprintf("%s kan ikke stå her", m[1]), len([]rune(m[1]))
	} else if m := scriptTwice.FindStringSubmatch(at.Message); m != nil {
		d.Message, d.Width = fmt.Sprintf("navnet %s er allerede givet", m[1]), len([]rune(m[1]))
	}
	return d
}

// fingerprinted puts eight digits of the content's hash into a file's name.
func fingerprinted(name string, parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(h.Sum(nil)[:4]) + ext
}

// Assets are the files that all editions share, minified, each with its
// content's fingerprint in its name, in the order of their names, stylesheets last.
func (r *Renderer) Assets() []Asset { return slices.Clone(r.assets.files) }

// EditionAssets are the files that only this edition has: its stylesheet.
func (r *Renderer) EditionAssets(b *book.Book) []Asset {
	own := r.editionCSS(b)
	return []Asset{{Path: r.stylesheet(own), Data: slices.Concat(r.assets.css, own)}}
}

// stylesheet is the path of an edition's stylesheet, given what it adds.
func (r *Renderer) stylesheet(own []byte) string {
	return "assets/" + fingerprinted(stylesheet, r.assets.sum[:], own)
}

// editionCSS is what an edition adds to the stylesheet: its accent, and the
// words in the margins of printed pages, which only a stylesheet can put there.
func (r *Renderer) editionCSS(b *book.Book) []byte {
	var out bytes.Buffer
	if a, err := accentOf(b.Colour); err == nil {
		fmt.Fprintf(&out, "@layer grund{:root{--accent:light-dark(%s,%s);--accent-paa:light-dark(#fff,#10181b)}}",
			a.light, a.dark)
	}
	release := strings.Join(filled(b.Release, b.DateText), ", ")
	page, of := quoted(r.words.Text("ark.side")+" "), quoted(" "+r.words.Text("ark.af")+" ")
	fmt.Fprintf(&out, "@page{@bottom-left{content:%s}@bottom-right{content:%s counter(page) %s counter(pages)}}",
		quoted(release), page, of)
	for _, m := range modelsOf(b) {
		fmt.Fprintf(&out, "@page m-%s{@bottom-left{content:%s}}.m-%s{page:m-%s}", m.id, quoted(m.name+" · "+release),
			m.id, m.id)
	}
	return out.Bytes()
}

type modelName struct{ id, name string }

// modelsOf are the models that the edition has pages of, in their order.
func modelsOf(b *book.Book) []modelName {
	var list []modelName
	for _, p := range b.Pages {
		m := modelName{p.Model, p.ModelName}
		if m.id != "" && !slices.ContainsFunc(list, func(o modelName) bool { return o.id == m.id }) {
			list = append(list, m)
		}
	}
	return list
}

func filled(parts ...string) []string {
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "<", `\3c `).Replace(s) + `"`
}
