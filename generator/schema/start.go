package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Start is a new table of the kind for an author to begin from: a header, the
// keys that must be there, and their descriptions as comments. It holds no
// values that are anybody's guess but the first of a few possible ones.
func (k *Kind) Start(id string) string {
	var b strings.Builder
	header := k.Key + "." + id
	fmt.Fprintf(&b, "[%s]\n", header)
	name := k.Type.Key("navn")
	fmt.Fprintf(&b, "navn = \"\" # %s\n", name.Doc)
	var tables strings.Builder
	for _, key := range k.Type.Keys {
		switch {
		case key.Name == "navn" || !key.Required && key.Name != "kort" && !slices.Contains(k.Begin, key.Name):
		case key.Type.Form == Keyed:
			startKeyed(&tables, header, key)
		default:
			fmt.Fprintf(&b, "%s = %s # %s\n", key.Name, startValue(key.Type), key.Doc)
		}
	}
	if k.Sourced {
		b.WriteString("kilde = [\"kilde-id: sted\"] # " + k.Type.Key("kilde").Doc + "\n")
	}
	return b.String() + tables.String()
}

func startKeyed(b *strings.Builder, header string, key *Key) {
	fmt.Fprintf(b, "\n[%s.%s.foerste] # %s\n", header, key.Name, key.Doc)
	for _, inner := range key.Type.Elem.Keys {
		if inner.Required {
			fmt.Fprintf(b, "%s = %s # %s\n", inner.Name, startValue(inner.Type), inner.Doc)
		}
	}
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
