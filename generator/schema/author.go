package schema

import (
	"reflect"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
)

const draft = "http://json-schema.org/draft-07/schema#"

// most is the largest number that the decoder takes.
var least, most = 0, 1_000_000

// author derives the schemas of what authors write.
type author struct {
	local   bool // keys that only a municipality may write
	partial bool // an overlay: no key is required, since the national file has it
}

// file is the schema of a file that may hold the table first and kinds.
func (a author) file(title, description string, first property, kinds properties) []byte {
	n := object(description, append(properties{first}, kinds...), nil)
	n.Schema, n.Title = draft, title
	n.Definitions = a.common()
	return indent(encode(n))
}

// named is a table that stands under its own name: [model].
func (a author) named(key, doc string, t reflect.Type) property {
	return property{key, a.table(doc, t)}
}

// kinds are the tables [kind.id] of a file, all kinds or only those named.
func (a author) kinds(shared bool, only ...string) properties {
	var out properties
	for _, k := range model.Kinds() {
		if k.Shared == shared && (len(only) == 0 || slices.Contains(only, k.Key)) {
			out = append(out, property{k.Key, keyed(kindText(k), a.table("", k.Type()))})
		}
	}
	return out
}

func keyed(doc string, item *node) *node {
	return &node{Description: doc, Type: "object", Patterns: map[string]*node{slugOnly: item}, Additional: false}
}

// common defines the keys that all kinds share.
func (a author) common() properties {
	var out properties
	for _, f := range model.Fields(reflect.TypeFor[model.Entity]()) {
		if !f.Local || a.local {
			out = append(out, property{f.Key, a.value(f.Doc, f.Type)})
		}
	}
	return out
}

// isCommon reports whether t's field f comes from Entity.
func isCommon(t reflect.Type, f model.Field) bool {
	first := t.Field(f.Index[0])
	return first.Anonymous && first.Type == reflect.TypeFor[model.Entity]()
}

// table is the schema of a table that decodes into t.
func (a author) table(doc string, t reflect.Type) *node {
	n := object(doc, nil, nil)
	for _, f := range model.Fields(t) {
		if f.Local && !a.local {
			continue
		}
		v := &node{Ref: "#/definitions/" + f.Key}
		if !isCommon(t, f) {
			v = a.value(f.Doc, f.Type)
		}
		n.Properties = append(n.Properties, property{f.Key, v})
		if f.Required && !a.partial {
			n.Required = append(n.Required, f.Key)
		}
	}
	return n
}

// item is what stands under a key of a Keyed: a table, or the bare string
// that a struct takes in its place.
func (a author) item(t reflect.Type) *node {
	n := a.table("", t)
	for _, f := range model.Fields(t) {
		if f.Short {
			return &node{Description: f.Doc, AnyOf: []*node{a.value("", f.Type), n}}
		}
	}
	return n
}

// value is the schema of a value that decodes into t.
func (a author) value(doc string, t reflect.Type) *node {
	n := &node{Description: doc, Type: "string"}
	if item, ok := model.KeyedType(t); ok {
		return keyed(doc, a.item(item))
	}
	if _, ok := model.RefType(t); ok {
		n.Pattern = slugOnly
		return n
	}
	switch {
	case t == reflect.TypeFor[model.Text]():
	case t == reflect.TypeFor[model.Cite]():
		n.Pattern = citation
	case t == reflect.TypeFor[model.AnyRef]():
		n.Pattern = anyReference()
	case t.Kind() == reflect.Slice:
		return a.list(doc, t.Elem())
	case t.Kind() == reflect.Struct:
		return a.table(doc, t)
	case t.Kind() == reflect.Int:
		n.Type, n.Minimum, n.Maximum = "integer", &least, &most
	case t.Kind() == reflect.Bool:
		n.Type = "boolean"
	default:
		n.Enum = values(t)
		if strings.Contains(doc, "(ÅÅÅÅ-MM-DD)") {
			n.Pattern = date
		}
	}
	return n
}

// values lists what an author may write, or nil when that is anything.
func values(t reflect.Type) []string {
	if e, ok := reflect.Zero(t).Interface().(interface{ Values() []string }); ok {
		return e.Values()
	}
	return nil
}

// list is the schema of a list. A single text or table stands for a list of
// one; one schema with both types gives better messages than a choice of two.
func (a author) list(doc string, elem reflect.Type) *node {
	n, items := a.value(doc, elem), a.value("", elem)
	one, _ := n.Type.(string)
	if n.Enum != nil || one != "string" && one != "object" {
		return &node{Description: doc, Type: "array", Items: items}
	}
	n.Type, n.Items = []string{one, "array"}, items
	return n
}
