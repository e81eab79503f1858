// Package schema tells other programs what the content looks like: JSON
// Schemas that let an editor such as VS Code help with the TOML files, and
// each linked model as one JSON file with a schema of its own.
//
// The schemas are read off the struct tags of package model, so they know the
// keys, types, values and Danish descriptions that the decoder knows, and no
// more: whether a reference points at something, whether numbers have holes
// and whether an overlay weakens the core is for `haandbog check` to say.
// They keep to draft-07, which both Taplo and VS Code understand.
//
// The package refuses to know where files are written.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"modelhaandbog/generator/model"
)

// File is a JSON Schema and the files that it is for.
type File struct {
	Name   string   // "model.schema.json"
	Title  string   // in Danish
	Globs  []string // from the site's root: "content/modeller/*/*.toml"
	Except []string // of those that Globs match; Taplo's * takes slashes too
	Data   []byte
}

// What the decoder takes for an id, a date and a citation.
const (
	slug     = `[a-z0-9]([a-z0-9-]*[a-z0-9])?`
	slugOnly = "^" + slug + "$"
	date     = `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`
	citation = `^\s*` + slug + `\s*(:|$)`
)

// Files lists the schemas of all TOML files of content/, in a fixed order.
func Files() []File {
	national, local := author{}, author{local: true}
	overlay := author{local: true, partial: true}
	const readme = "Se README for, hvad nøglerne betyder."
	return []File{
		{Name: "model.schema.json", Title: "En models filer", Globs: []string{"content/modeller/*/*.toml"},
			Data: national.file("En models filer", "Tabellerne i content/modeller/<model>/. "+readme,
				national.named("model", "Modellen selv.", reflect.TypeFor[model.Model]()), national.kinds(false))},
		{Name: "faelles.schema.json", Title: "Filer, der er fælles for modellerne", Globs: []string{"content/*.toml"}, Except: []string{"content/*/*"},
			Data: national.file("Filer, der er fælles for modellerne", "Tabellerne i content/*.toml. "+readme,
				national.named("haandbog", "Håndbogen selv.", reflect.TypeFor[model.Info]()), national.kinds(true))},
		{Name: "kommune.schema.json", Title: "En kommunes egne oplysninger", Globs: []string{"content/kommuner/*/*.toml"},
			Except: []string{"content/kommuner/*/gennemgaaet.toml", "content/kommuner/*/*/*"},
			Data: local.file("En kommunes egne oplysninger", "kommune.toml og kommunens egne begreber og pakker i content/kommuner/<kommune>/. "+readme,
				local.named("kommune", "Kommunens kontakter, logo, farve og valg.", reflect.TypeFor[model.Municipality]()), overlay.kinds(true, "begreb", "pakke"))},
		{Name: "lokal-model.schema.json", Title: "En kommunes tilpasning af en model", Globs: []string{"content/kommuner/*/modeller/*/*.toml"},
			Data: overlay.file("En kommunes tilpasning af en model", "Det, der er anderledes i kommunen, i content/kommuner/<kommune>/modeller/<model>/. "+readme,
				overlay.named("model", "Det, kommunen siger anderledes om modellen selv.", reflect.TypeFor[model.Model]()), overlay.kinds(false))},
		{Name: "gennemgaaet.schema.json", Title: "Hvad kommunen har gennemgået", Globs: []string{"content/kommuner/*/gennemgaaet.toml"},
			Data: indent(encode(reviewed()))},
	}
}

// Settings is a .taplo.toml for the site's root that maps the content's files
// to the schemas in folder, a slash path from there. Taplo reads it, and so do
// the editors that build on Taplo, among them VS Code with the extension Even
// Better TOML.
func Settings(folder string) []byte {
	var out bytes.Buffer
	out.WriteString("# Skrevet af \"haandbog schema\". Taplo og VS Code med udvidelsen Even Better TOML\n# læser den og hjælper med nøgler og værdier i content/.\n")
	for _, f := range Files() {
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

// node is a schema, in the order that its parts are written.
type node struct {
	Schema      string           `json:"$schema,omitempty"`
	Title       string           `json:"title,omitempty"`
	Description string           `json:"description,omitempty"`
	Ref         string           `json:"$ref,omitempty"`
	Type        any              `json:"type,omitempty"` // a name, or several
	Enum        []string         `json:"enum,omitempty"`
	Const       any              `json:"const,omitempty"`
	Pattern     string           `json:"pattern,omitempty"`
	Minimum     *int             `json:"minimum,omitempty"`
	Maximum     *int             `json:"maximum,omitempty"`
	Items       *node            `json:"items,omitempty"`
	AnyOf       []*node          `json:"anyOf,omitempty"`
	AllOf       []*node          `json:"allOf,omitempty"`
	Required    []string         `json:"required,omitempty"`
	Properties  properties       `json:"properties,omitempty"`
	Patterns    map[string]*node `json:"patternProperties,omitempty"`
	Additional  any              `json:"additionalProperties,omitempty"` // false, or a node
	Definitions properties       `json:"definitions,omitempty"`
}

// property is a key and what may stand there.
type property struct {
	Key  string
	Node *node
}

// properties keep the order of the structs, which editors show.
type properties []property

// MarshalJSON writes an object with the keys in order.
func (p properties) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, x := range p {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(appendString(out, x.Key), ':')
		out = append(out, encode(x.Node)...)
	}
	return append(out, '}'), nil
}

// encode writes a schema on one line.
func encode(n *node) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(n); err != nil {
		panic("schema: " + err.Error()) // a node holds nothing that cannot be written
	}
	return out.Bytes()
}

// indent spreads a schema over lines, so that a change can be read.
func indent(data []byte) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", " "); err != nil {
		panic("schema: " + err.Error())
	}
	return out.Bytes()
}

func object(description string, p properties, required []string) *node {
	return &node{Description: description, Type: "object", Properties: p, Required: required, Additional: false}
}

// kindText says what the tables of a kind are.
func kindText(k model.KindInfo) string {
	return k.Many + ": [" + k.Key + ".<id>]. Id'et skrives med små bogstaver a-z, tal og bindestreg."
}

// anyReference is the pattern of "slags:id" and "model/slags:id".
func anyReference() string {
	keys := []string{"model"}
	for _, k := range model.Kinds() {
		keys = append(keys, k.Key)
	}
	return "^(" + slug + "/)?(" + strings.Join(keys, "|") + "):" + slug + "$"
}

// reviewed is the schema of gennemgaaet.toml, which haandbog review writes.
func reviewed() *node {
	text := &node{Type: "string"}
	n := object("Den nationale tekst, som kommunen sidst har læst den. Filen skrives af \"haandbog review\".", properties{
		{"udgave", &node{Type: "string", Description: "Udgaven, kommunen sidst har gennemgået sine tilpasninger mod."}},
		{"dato", &node{Type: "string", Pattern: date, Description: "Hvornår kommunen gennemgik dem (ÅÅÅÅ-MM-DD)."}},
		{"national", &node{Type: "object", Additional: text, Description: "National tekst under kommunens tilpasninger: \"model/slags.id.nøgle\" = \"tekst\"."}},
	}, nil)
	n.Schema, n.Title = draft, "Hvad kommunen har gennemgået"
	return n
}
