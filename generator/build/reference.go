package build

import (
	_ "embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/BurntSushi/toml"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/layouts"
)

//go:embed regler.toml
var rulesTOML string

// Reference is the authors' reference: what the descriptors tell, and the rules
// of regler.toml, which concern several keys or no key at all.
func Reference(set *schema.Set) *schema.Reference { return set.Reference(rules(set)) }

func rules(s *schema.Set) []schema.Article {
	var file struct {
		Rules []struct {
			Name  string   `toml:"navn"`
			Lead  string   `toml:"kort"`
			About []string `toml:"om"`
			Parts []struct {
				Title   string     `toml:"titel"`
				Text    []string   `toml:"tekst"`
				Rows    [][]string `toml:"ord"`
				List    string     `toml:"liste"` // rows that are made here
				Example string     `toml:"eksempel"`
			} `toml:"del"`
		} `toml:"regel"`
	}
	if _, err := toml.Decode(rulesTOML, &file); err != nil {
		panic("build: regler.toml: " + err.Error()) // it is embedded
	}
	lists, made := ruleLists(s), map[string][]schema.Row{"bokse": boxRows(), "layouts": layoutRows()}
	say := func(text string) string {
		var b strings.Builder
		t := template.Must(template.New("").Option("missingkey=error").Parse(text))
		if err := t.Execute(&b, lists); err != nil {
			panic("build: regler.toml: " + err.Error())
		}
		return b.String()
	}
	var out []schema.Article
	for _, r := range file.Rules {
		a := schema.Article{Name: r.Name, Title: r.Name, Lead: r.Lead, About: r.About}
		for _, p := range r.Parts {
			part := schema.Part{Title: p.Title, Rows: made[p.List], Example: say(p.Example)}
			for _, text := range p.Text {
				part.Text = append(part.Text, say(text))
			}
			for _, row := range p.Rows {
				part.Rows = append(part.Rows, schema.Row{Term: say(row[0]), Text: []string{say(row[1])}})
			}
			a.Parts = append(a.Parts, part)
		}
		out = append(out, a)
	}
	return out
}

// ruleLists are what the rules draw from the descriptors, by the name that
// regler.toml gives it.
func ruleLists(s *schema.Set) map[string]string {
	kinds := func(keep func(*schema.Kind) bool) string { return strings.Join(s.Keys(keep), ", ") }
	local := func(p schema.Policy) string {
		var keys []string
		for _, k := range s.Kinds {
			if !k.National && !k.Shared {
				keys = append(keys, withPolicy(k, k.Key, k.Type, p)...)
			}
		}
		return strings.Join(keys, ", ")
	}
	var fromSource []string
	for _, k := range s.Common.Keys {
		if k.Policy == schema.Source {
			fromSource = append(fromSource, k.Name)
		}
	}
	return map[string]string{
		"Addable":        kinds(func(k *schema.Kind) bool { return k.Addable }),
		"AddOnly":        local(schema.AddOnly),
		"CadenceWords":   strings.Join(model.OftenWords, ", "),
		"CoreByUse":      kinds(func(k *schema.Kind) bool { return k.CoreByUse }),
		"Downloads":      strings.Join(downloads, " "),
		"Firmer":         local(schema.Firmer),
		"Gathers":        kinds(func(k *schema.Kind) bool { return k.Gathers }),
		"Grow":           local(schema.Grow),
		"MaxFile":        fmt.Sprint(maxFile >> 20),
		"MaxLogo":        fmt.Sprint(maxLogo >> 10),
		"MinimalCadence": s.Kind("kadence").Minimal(),
		"National":       kinds(func(k *schema.Kind) bool { return k.National && !k.Shared }),
		"NoGuidance":     kinds(func(k *schema.Kind) bool { return k.Guidance == schema.NoGuidance }),
		"Oftener":        local(schema.Oftener),
		"PageKinds":      strings.Join(pageKinds(s), ", "),
		"Pictures":       strings.Join(pictures, " "),
		"Renamable":      kinds(func(k *schema.Kind) bool { return k.Renamable }),
		"SourceKeys":     strings.Join(fromSource, ", "),
		"Sourced":        kinds(func(k *schema.Kind) bool { return k.Sourced }),
	}
}

// withPolicy lists the keys of a table, and of the tables in it, that have the
// policy: "moede.dagsorden.minutter". k is nil inside.
func withPolicy(k *schema.Kind, name string, t *schema.Type, p schema.Policy) []string {
	var out []string
	for _, key := range t.Keys {
		policy := key.Policy
		if k != nil {
			policy = k.Policy(key)
		}
		if policy == p {
			out = append(out, name+"."+key.Name)
		}
		if key.Type.Form == schema.Keyed {
			out = append(out, withPolicy(nil, name+"."+key.Name, key.Type.Elem, p)...)
		}
	}
	return out
}

func boxRows() []schema.Row {
	var out []schema.Row
	for _, c := range guide.Callouts {
		out = append(out, schema.Row{Term: "> [!" + c.Name + "]", Text: []string{c.Title + "."}})
	}
	return out
}

var layoutComment = regexp.MustCompile(`^\{\{- /\* ([^.:]+)[.:]`)

// layoutRows tell what each layout is for, from the comment that it begins with.
func layoutRows() []schema.Row {
	var out []schema.Row
	fs.WalkDir(layouts.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if data, readErr := fs.ReadFile(layouts.FS, name); err == nil && readErr == nil {
			if m := layoutComment.FindSubmatch(data); m != nil {
				out = append(out, schema.Row{Term: name, Text: []string{string(m[1]) + "."}})
			}
		}
		return nil
	})
	return out
}

// pageKinds are the kinds of pages, but for lists.
func pageKinds(set *schema.Set) []string {
	out := []string{"aarshjul", "aendringer", "aftal", "begreber", "faelles", "fejl404", "find", "forside", "indbydelse", "indeks",
		"kilder", "lokalt", "love", "model", "moedeark", "nyt", "om", "projektplan", "samlet", "sammenhaeng", "sammenlign", "soeg",
		book.PastKind, "tidligere-udgaver"}
	out = append(out, set.Keys(func(k *schema.Kind) bool {
		return k.Page == schema.Own || k.Page == schema.Described
	})...)
	slices.Sort(out)
	return out
}
