package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/source"
)

// Start is a new table of the kind in TOML: a header and the required keys, with their
// descriptions as comments. Values are empty, or the first of a fixed set; number is the
// entity's own, for kinds that are numbered.
func (k *Kind) Start(id string, number int) string {
	value := func(key *Key) string {
		switch {
		case key.Type.Form == List && key.Type.Elem.Form == Cite:
			return `["kilde-id: sted"]`
		case key == k.Type.Key("nummer") && key.Type.Go.Kind() == reflect.Int:
			return strconv.Itoa(number)
		}
		return startValue(key.Type)
	}
	return k.write(k.Key+"."+id, func(key *Key) string { return value(key) + " # " + key.Doc })
}

// ExampleID is the id that the kind has in examples.
func (k *Kind) ExampleID() string { return source.Slug(k.Example) }

// Minimal is the smallest table of the kind that is right. What it refers to
// are the other kinds' examples, in the model "vores-model".
func (k *Kind) Minimal() string {
	return k.write(k.Key+"."+k.ExampleID(), func(key *Key) string {
		if key.Name == "navn" {
			return fmt.Sprintf("%q", k.Example)
		}
		return exampleValue(key.Type, key.Example)
	})
}

// write gives a table with the keys that a new one has: its name, its short
// text, those that must be there or that the kind begins with, and its source.
func (k *Kind) write(header string, value func(*Key) string) string {
	var b, tables strings.Builder
	fmt.Fprintf(&b, "[%s]\n", header)
	line := func(b *strings.Builder, key *Key) { fmt.Fprintf(b, "%s = %s\n", key.Name, value(key)) }
	if !k.Nameless {
		line(&b, k.Type.Key("navn"))
	}
	for _, key := range k.Type.Keys {
		switch {
		case key.Name == "navn" || !key.Required && key.Name != "kort" && !slices.Contains(k.Begin, key.Name):
		case key.Type.Form == Keyed:
			tables.WriteString(k.writeInner(header, key.Name, key, value))
		default:
			line(&b, key)
		}
	}
	if k.Sourced {
		line(&b, k.Type.Key("kilde"))
	}
	return b.String() + tables.String()
}

// writeInner gives the first of a table's inner tables, with its own.
func (k *Kind) writeInner(header, path string, of *Key, value func(*Key) string) string {
	var b, tables strings.Builder
	header += "." + of.Name + "." + of.itemID()
	fmt.Fprintf(&b, "\n[%s]\n", header)
	for _, key := range of.Type.Elem.Keys {
		inner := path + "." + key.Name
		switch {
		case !key.Required && !slices.Contains(k.Begin, inner):
		case key.Type.Form == Keyed:
			tables.WriteString(k.writeInner(header, inner, key, value))
		default:
			fmt.Fprintf(&b, "%s = %s\n", key.Name, value(key))
		}
	}
	return b.String() + tables.String()
}

// MunicipalExample is a municipality's own table with an example of every key that its
// folder may have; line writes one.
func (s *Set) MunicipalExample(line func(name, value, doc string) string) string {
	var b, tables strings.Builder
	b.WriteString("[kommune]\n")
	for _, key := range s.Municipal.Keys {
		switch {
		case key.Example == "" || !key.Policy.Local() || s.IsCommon(s.Municipal, key):
		case key.Type.Form == Keyed:
			tables.WriteString("\n" + line("[kommune."+key.Name+"."+key.itemID()+"]", "", key.Doc))
			for _, inner := range key.Type.Elem.Keys {
				if inner.Example != "" {
					tables.WriteString(line(inner.Name, exampleValue(inner.Type, inner.Example), inner.Doc))
				}
			}
		default:
			b.WriteString(line(key.Name, exampleValue(key.Type, key.Example), key.Doc))
		}
	}
	return b.String() + tables.String()
}

// TOMLLine is a key with its value, or a header without one.
func TOMLLine(name, value, _ string) string {
	if value != "" {
		value = " = " + value
	}
	return name + value + "\n"
}

// itemID is the id of the first table of a Keyed.
func (k *Key) itemID() string {
	if k.Example != "" {
		return k.Example
	}
	return "foerste"
}

func startValue(t *Type) string {
	switch {
	case t.Form == List:
		return "[" + startValue(t.Elem) + "]"
	case t.Form == Table:
		return "{}"
	case t.Values != nil:
		return `"` + t.Values[0] + `"`
	case t.Form == Scalar && t.Go.Kind() == reflect.Int:
		return "1"
	case t.Form == Scalar && t.Go.Kind() == reflect.Bool:
		return "false"
	}
	return `""`
}

// exampleValue writes a value in which example stands, if that is given.
func exampleValue(t *Type, example string) string {
	word := example
	switch t.Form {
	case List:
		var parts []string
		for _, part := range strings.Split(example, "|") {
			parts = append(parts, exampleValue(t.Elem, part))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case Table:
		return "{ " + strings.Join(t.exampleKeys(), ", ") + " }"
	case Ref:
		word = t.To.ExampleID()
	case Cite:
		word = "modelbeskrivelse: kap. 2"
	case Scalar:
		switch {
		case t.Go.Kind() == reflect.Bool:
			return "true"
		case t.Go.Kind() == reflect.Int && example == "":
			return "1"
		case t.Go.Kind() == reflect.Int:
			return example
		case example == "" && t.Values != nil:
			word = t.Values[0]
		}
	}
	if word == "" {
		word = "…"
	}
	return fmt.Sprintf("%q", word)
}

// exampleKeys are the lines of a table that must be there; the first for a
// table without any.
func (t *Type) exampleKeys() []string {
	var out []string
	for i, key := range t.Keys {
		if key.Required || i == 0 && !slices.ContainsFunc(t.Keys, func(k *Key) bool { return k.Required }) {
			out = append(out, key.Name+" = "+exampleValue(key.Type, key.Example))
		}
	}
	return out
}
