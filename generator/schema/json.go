package schema

import (
	"bytes"
	"encoding/json"
)

// Draft is the draft of JSON Schema that the schemas use; Taplo and VS Code support it.
const Draft = "http://json-schema.org/draft-07/schema#"

// Patterns of an id, a date and a citation, as the decoder accepts them.
const (
	slug     = `[a-z0-9]([a-z0-9-]*[a-z0-9])?`
	SlugOnly = "^" + slug + "$"
	Date     = `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`
	citation = `^\s*` + slug + `\s*(:|$)`
)

// Node is a JSON Schema. Its fields are written in this order.
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

// Property is a key and the schema of its value.
type Property struct {
	Key  string
	Node *Node
}

// Properties are written in order, since editors show that order.
type Properties []Property

// MarshalJSON writes an object with its keys in order.
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

// Encode writes a schema as one line of JSON.
func Encode(n *Node) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(n); err != nil {
		panic("schema: " + err.Error()) // a Node can always be encoded
	}
	return out.Bytes()
}

// indent breaks JSON into indented lines, so that diffs are readable.
func indent(data []byte) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", " "); err != nil {
		panic("schema: " + err.Error())
	}
	return out.Bytes()
}

// Object is the schema of a table with these keys and no others.
func Object(description string, p Properties, required []string) *Node {
	return &Node{Description: description, Type: "object", Properties: p, Required: required, Additional: false}
}

func quote(s string) []byte {
	data, err := json.Marshal(s)
	if err != nil {
		panic("schema: " + err.Error()) // a string can always be encoded
	}
	return data
}
