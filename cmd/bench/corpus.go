package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// corpus is a site's source: what haandbog builds from.
type corpus struct {
	name  string
	files map[string][]byte // by slash-separated path below the site's folder
	spots spots
}

// spots are the files and values that the benchmark edits.
type spots struct {
	guidance string // a Markdown file
	toml     string // a TOML file, with value in it
	value    string // a name that is shown on many pages
	page     string // the page that shows both, below an edition's root
}

// readReal reads the project's own content.
func readReal(root string) (*corpus, error) {
	c := &corpus{name: "real content", files: map[string][]byte{}, spots: spots{
		guidance: "content/modeller/laeringsmiljoe/vejledning/moede/opfoelgningsmoede.md",
		toml:     "content/modeller/laeringsmiljoe/roller.toml",
		value:    "Læringskoordinator",
		page:     "laeringsmiljoe/moeder/opfoelgningsmoede.html",
	}}
	for _, dir := range []string{"content", "layouts", "assets"} {
		err := fs.WalkDir(os.DirFS(root), dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path.Ext(name) == ".go" {
				return err
			}
			c.files[name], err = os.ReadFile(filepath.Join(root, name))
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("reading the content: %w", err)
		}
	}
	return c, nil
}

// clone copies a corpus. The bytes of the files are shared; they are replaced, never
// modified.
func (c *corpus) clone(name string) *corpus {
	n := &corpus{name: name, files: make(map[string][]byte, len(c.files)), spots: c.spots}
	for file, data := range c.files {
		n.files[file] = data
	}
	return n
}

// write writes the source to a folder.
func (c *corpus) write(dir string) error {
	for _, name := range c.names() {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(file, c.files[name], 0o666); err != nil {
			return err
		}
	}
	return nil
}

func (c *corpus) names() []string {
	names := make([]string, 0, len(c.files))
	for name := range c.files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

var modelList = regexp.MustCompile(`(?m)^modeller = \[(.*)\]`)

// times copies every model factor times, with new ids.
func (c *corpus) times(factor int) *corpus {
	n := c.clone(fmt.Sprintf("%d × %s", factor, c.name))
	for _, name := range c.names() {
		model, rest, ok := strings.Cut(strings.TrimPrefix(name, "content/modeller/"), "/")
		if !ok || !strings.HasPrefix(name, "content/modeller/") {
			continue
		}
		for i := 2; i <= factor; i++ {
			id := fmt.Sprintf("%s-%d", model, i)
			to := strings.Replace(rest, "vejledning/model/"+model+".md", "vejledning/model/"+id+".md", 1)
			n.files["content/modeller/"+id+"/"+to] = c.files[name]
		}
	}
	book := string(c.files["content/haandbog.toml"])
	n.files["content/haandbog.toml"] = []byte(modelList.ReplaceAllStringFunc(book, func(line string) string {
		ids := modelList.FindStringSubmatch(line)[1]
		all := []string{ids}
		for i := 2; i <= factor; i++ {
			for id := range strings.SplitSeq(ids, ",") {
				all = append(all, fmt.Sprintf(`"%s-%d"`, strings.Trim(strings.TrimSpace(id), `"`), i))
			}
		}
		return "modeller = [" + strings.Join(all, ", ") + "]"
	}))
	return n
}

// municipalities adds made-up municipalities to the register, count in all.
func (c *corpus) municipalities(count int) *corpus {
	n := c.clone(fmt.Sprintf("%s, %d municipalities", c.name, count))
	register := string(c.files["content/kommuner.toml"])
	var b strings.Builder
	b.WriteString(register)
	for i := strings.Count(register, "\nkode = ") + 1; i <= count; i++ {
		fmt.Fprintf(&b, "\n[kommune.by-%d]\nnavn = \"By %d\"\nkode = \"%04d\"\n[kommune.by-%d.region.nu]\n"+
			"navn = \"Region Nordjylland\"\n", i, i, 2000+i, i)
	}
	n.files["content/kommuner.toml"] = []byte(b.String())
	return n
}

// localized gives every municipality an overlay as large as Eksempel Kommune's, and no
// two alike: each text in it has the municipality's name at its end.
func (c *corpus) localized() *corpus {
	const eksempel = "content/kommuner/eksempel/"
	n := c.clone(c.name + ", all local")
	for _, m := range registered.FindAllStringSubmatch(string(c.files["content/kommuner.toml"]), -1) {
		slug, name := m[1], m[2]
		if slug == "eksempel" {
			continue
		}
		named := strings.NewReplacer("Eksempel Kommune", name+" Kommune", "eksempel.example", slug+".example",
			"ny-i-eksempel", "ny-i-"+slug)
		for _, file := range c.names() {
			rest, ok := strings.CutPrefix(file, eksempel)
			text := string(c.files[file])
			switch {
			case !ok:
				continue
			case rest == "gennemgaaet.toml": // without what it says of the local texts
				text, _, _ = strings.Cut(text, "\n[lokal]")
			case path.Ext(file) == ".md":
				text = lastWord.ReplaceAllString(named.Replace(text), "$1 i "+name+"$2")
			case path.Ext(file) == ".toml":
				text = localText.ReplaceAllString(named.Replace(text), "$1 i "+name+"$2")
			}
			n.files["content/kommuner/"+slug+"/"+rest] = []byte(text)
		}
	}
	return n
}

var (
	registered = regexp.MustCompile(`(?m)^\[kommune\.([a-z0-9-]+)\]\nnavn = "(.*)"`)
	localText  = regexp.MustCompile(`(?m)(\b(?:navn|lokalt_navn|kortnavn|kort|til|funktion|note|sted|formaal|tekst|tjek|` +
		`spoergsmaal|svar|definition|lokal_begrundelse) = "[^"]*?)([.?]?")`)
	lastWord = regexp.MustCompile(`(?m)(\pL)([.?:]?(?: \[.*)?)$`)
)

// localGuidance is the file with a municipality's guidance at the edited page.
func (c *corpus) localGuidance(slug string) string {
	return strings.Replace(c.spots.guidance, "content/", "content/kommuner/"+slug+"/", 1)
}
