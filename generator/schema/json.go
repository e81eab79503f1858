package schema

import (
	"bytes"
	"encoding/json"
)

// Draft is the draft of JSON Schema that the schemas keep to; Taplo and VS Code
// both understand it.
const Draft = "http://json-schema.org/draft-07/schema#"

// What the decoder takes for an id, a date and a citation.
const (
	slug     = `[a-z0-9]([a-z0-9-]*[a-z0-9])?`
	SlugOnly = "^" + slug + "$"
	Date     = `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`
	citation = `^\s*` + slug + `\s*(:|$)`
)

// Node is a JSON Schema, in the order that its parts are written.
type Node struct {
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
	Items       *Node            `json:"items,omitempty"`
	AnyOf       []*Node          `json:"anyOf,omitempty"`
	AllOf       []*Node          `json:"allOf,omitempty"`
	Required    []string         `json:"required,omitempty"`
	Properties  Properties       `json:"properties,omitempty"`
	Patterns    map[string]*Node `json:"patternProperties,omitempty"`
	Additional  any              `json:"additionalProperties,omitempty"` // false, or a node
	Definitions Properties       `json:"definitions,omitempty"`
}

// Property is a key and what may stand there.
type Property struct {
	Key  string
	Node *Node
}

// Properties keep the order of the structs, which editors show.
type Properties []Property

// MarshalJSON writes an object with the keys in order.
func (p Properties) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, x := range p {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, quote(x.Key)...), ':')
		out = append(out, Encode(x.Node)...)
	}
	return append(out, '}'), nil
}

// Encode writes a schema on one line.
func Encode(n *Node) []byte {
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

// Object is the schema of a table with those keys and no others.
func Object(description string, p Properties, required []string) *Node {
	return &Node{Description: description, Type: "object", Properties: p, Required: required, Additional: false}
}

func quote(s string) []byte {
	data, err := json.Marshal(s)
	if err != nil {
		panic("schema: " + err.Error()) // a string can always be written
	}
	return data
}
