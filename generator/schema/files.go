package schema

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// File is a JSON Schema and the TOML files that it applies to.
type File struct {
	Name   string   // "model.schema.json"
	Title  string   // in Danish
	Globs  []string // from the site's root: "content/modeller/*/*.toml"
	Except []string // exceptions from Globs; Taplo's * matches slashes too
	Data   []byte
}

// Files lists the schemas of all TOML files of content/, in a fixed order.
func (s *Set) Files() []File {
	national, local := author{set: s}, author{set: s, local: true}
	overlay := author{set: s, local: true, partial: true}
	const help = "\"haandbog explain\" siger, hvad nøglerne betyder."
	model := func(k *Kind) bool { return !k.Shared }
	shared := func(k *Kind) bool { return k.Shared }
	own := func(k *Kind) bool { return k.Shared && k.Addable }
	return []File{
		{Name: "model.schema.json", Title: "En models filer", Globs: []string{"content/modeller/*/*.toml"},
			Except: []string{"content/modeller/*/ord.toml"},
			Data: national.file("En models filer", "Tabellerne i content/modeller/<model>/. "+help,
				national.named("model", "Modellen selv.", s.Model), national.kinds(model))},
		{Name: "faelles.schema.json", Title: "Filer, der er fælles for modellerne", Globs: []string{"content/*.toml"},
			Except: []string{"content/*/*", "content/ord.toml"},
			Data: national.file("Filer, der er fælles for modellerne", "Tabellerne i content/*.toml. "+help,
				national.named("haandbog", "Håndbogen selv.", s.Handbook), national.kinds(shared))},
		{Name: "kommune.schema.json", Title: "En kommunes egne oplysninger",
			Globs:  []string{"content/kommuner/*/*.toml"},
			Except: []string{"content/kommuner/*/gennemgaaet.toml", "content/kommuner/*/*/*"},
			Data: local.file("En kommunes egne oplysninger",
				"kommune.toml og kommunens egne begreber og pakker i content/kommuner/<kommune>/. "+help,
				local.named("kommune", "Kommunens kontakter, logo, farve og valg.", s.Municipal), overlay.kinds(own))},
		{Name: "lokal-model.schema.json", Title: "En kommunes tilpasning af en model",
			Globs: []string{"content/kommuner/*/modeller/*/*.toml"},
			Data: overlay.file("En kommunes tilpasning af en model",
				"Det, der er anderledes i kommunen, i content/kommuner/<kommune>/modeller/<model>/. "+help,
				overlay.named("model", "Det, kommunen siger anderledes om modellen selv.",
					s.Model), overlay.kinds(model))},
		{Name: "gennemgaaet.schema.json", Title: "Hvad kommunen har gennemgået",
			Globs: []string{"content/kommuner/*/gennemgaaet.toml"},
			Data:  indent(Encode(reviewed()))},
	}
}

// Settings is a .taplo.toml for the site's root that maps content files to the schemas
// in folder, a slash-separated path from the root. Taplo reads it, and so does VS Code
// with the extension Even Better TOML.
func (s *Set) Settings(folder string) []byte {
	var out bytes.Buffer
	out.WriteString("# Skrevet af \"haandbog schema\". Taplo og VS Code med udvidelsen Even Better TOML\n" +
		"# læser den og hjælper med nøgler og værdier i content/.\n")
	for _, f := range s.Files() {
		fmt.Fprintf(&out, "\n[[rule]]\nname = %q\ninclude = [%s]\n", f.Title, quoted(f.Globs))
		if len(f.Except) > 0 {
			fmt.Fprintf(&out, "exclude = [%s]\n", quoted(f.Except))
		}
		fmt.Fprintf(&out, "\n[rule.schema]\nenabled = true\npath = %q\n", strings.TrimSuffix(folder, "/")+"/"+f.Name)
	}
	return out.Bytes()
}

func quoted(list []string) string {
	var out []string
	for _, s := range list {
		out = append(out, `"`+s+`"`)
	}
	return strings.Join(out, ", ")
}

// reviewed is the schema of gennemgaaet.toml, which haandbog review writes.
func reviewed() *Node {
	text := &Node{Type: "string"}
	n := Object("Den nationale tekst, som kommunen sidst har læst den. Filen skrives af \"haandbog review\".",
		Properties{
			{"udgave", &Node{Type: "string",
				Description: "Udgaven, kommunen sidst har gennemgået sine tilpasninger mod."}},
			{"dato", &Node{Type: "string", Pattern: Date, Description: "Hvornår kommunen gennemgik dem (ÅÅÅÅ-MM-DD)."}},
			{"national", &Node{Type: "object", Additional: text,
				Description: "National tekst under kommunens tilpasninger: \"model/slags.id.nøgle\" = \"tekst\"."}},
			{"lokal", &Node{Type: "object", Additional: text,
				Description: "Fingeraftryk af kommunens tilpasninger og filer."}},
		}, nil)
	n.Schema, n.Title = Draft, "Hvad kommunen har gennemgået"
	return n
}

// author derives the schemas of TOML files.
type author struct {
	set     *Set
	local   bool // with the keys that only a municipality may write
	partial bool // an overlay: no key is required, since the national file has it
}

// file is the schema of a file with the table first and tables of kinds.
func (a author) file(title, description string, first Property, kinds Properties) []byte {
	n := Object(description, append(Properties{first}, kinds...), nil)
	n.Schema, n.Title = Draft, title
	for _, k := range a.set.Common.Keys {
		if !k.Policy.Local() || a.local {
			n.Definitions = append(n.Definitions, Property{k.Name, a.value(k.Doc, k.Type)})
		}
	}
	return indent(Encode(n))
}

// named is a table with its own name: [model].
func (a author) named(key, doc string, t *Type) Property { return Property{key, a.table(doc, t)} }

// kinds are the tables [kind.id] of a file.
func (a author) kinds(keep func(*Kind) bool) Properties {
	var out Properties
	for _, k := range a.set.Kinds {
		if keep(k) {
			doc := k.Many + ": [" + k.Key + ".<id>]. " + k.Doc +
				" Id'et skrives med små bogstaver a-z, tal og bindestreg."
			out = append(out, Property{k.Key, keyed(doc, a.table("", k.Type))})
		}
	}
	return out
}

func keyed(doc string, item *Node) *Node {
	return &Node{Description: doc, Type: "object", Patterns: map[string]*Node{SlugOnly: item}, Additional: false}
}

// IsCommon reports whether a kind's key is one of those that all kinds have.
func (s *Set) IsCommon(t *Type, k *Key) bool {
	f := t.Go.Field(k.Index[0]).Type
	if t.Declared && len(k.Index) > 1 { // what its kinds have in common is one struct deeper
		f = f.Field(k.Index[1]).Type
	}
	return f == s.Common.Go
}

func (a author) table(doc string, t *Type) *Node {
	n := Object(doc, nil, nil)
	for _, k := range t.Keys {
		if k.Policy.Local() && !a.local {
			continue
		}
		v := &Node{Ref: "#/definitions/" + k.Name}
		if !a.set.IsCommon(t, k) {
			v = a.value(k.Doc, k.Type)
		}
		n.Properties = append(n.Properties, Property{k.Name, v})
		switch {
		case a.partial || !k.Required:
		case k.Unless != "":
			n.AnyOf = []*Node{{Required: []string{k.Name}}, {Required: []string{k.Unless}}}
		default:
			n.Required = append(n.Required, k.Name)
		}
	}
	return n
}

// item is the schema of a Keyed's item: a table, or the bare string that is short for
// one.
func (a author) item(t *Type) *Node {
	n := a.table("", t)
	for _, k := range t.Keys {
		if k.Shorthand {
			return &Node{Description: k.Doc, AnyOf: []*Node{a.value("", k.Type), n}}
		}
	}
	return n
}

// value is the schema of a value of the type.
func (a author) value(doc string, t *Type) *Node {
	n := &Node{Description: doc, Type: "string"}
	switch t.Form {
	case Keyed:
		return keyed(doc, a.item(t.Elem))
	case Ref:
		n.Pattern = SlugOnly
	case Cite:
		n.Pattern = citation
	case AnyRef:
		keys := append([]string{"model"}, a.set.Keys(func(*Kind) bool { return true })...)
		n.Pattern = "^(" + slug + "/)?(" + strings.Join(keys, "|") + "):" + slug + "(#" + slug + `(\.` + slug + ")*)?$"
	case List:
		return a.list(doc, t.Elem)
	case Table:
		return a.table(doc, t)
	case Scalar:
		n.Scalar(t)
		if n.Enum == nil && n.Type == "string" && isDate(doc) {
			n.Pattern = Date
		}
		if n.Type == "integer" {
			n.Maximum = &most
		}
	}
	return n
}

// isDate reports whether a key's description asks for a date.
func isDate(doc string) bool { return strings.Contains(doc, "(ÅÅÅÅ-MM-DD)") }

// least and most are the smallest and largest number that the decoder accepts.
var least, most = 0, 1_000_000

// Scalar restricts a node to the values of a scalar type.
func (n *Node) Scalar(t *Type) {
	switch t.Go.Kind() {
	case reflect.Int:
		n.Type, n.Minimum = "integer", &least
	case reflect.Bool:
		n.Type = "boolean"
	default:
		n.Enum = slices.Clone(t.Values)
	}
}

// list is the schema of a list, or of a single text or table, which is short for a list
// of one. One schema with both types gives better messages than anyOf.
func (a author) list(doc string, elem *Type) *Node {
	n, items := a.value(doc, elem), a.value("", elem)
	one, _ := n.Type.(string)
	if n.Enum != nil || one != "string" && one != "object" {
		return &Node{Description: doc, Type: "array", Items: items}
	}
	n.Type, n.Items = []string{one, "array"}, items
	return n
}
