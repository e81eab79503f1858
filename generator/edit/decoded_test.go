package edit

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"modelhaandbog/generator/schema"
)

// What a file says, as another reader of TOML understands it.

func decoded(t *testing.T, data []byte) map[string]any {
	out := map[string]any{}
	if err := toml.Unmarshal(data, &out); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	return out
}

func comments(data []byte) string {
	var out strings.Builder
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") && !strings.Contains(line, "ingen kommentar") {
			out.WriteString(line)
		}
	}
	return out.String()
}

// lookup is a value of a decoded file; a bare text that is short for the table is it.
func lookup(v any, path []string, typ *schema.Type) any {
	for i, key := range path {
		m, ok := v.(map[string]any)
		if !ok {
			if k := typ.Key(key); i == len(path)-1 && k != nil && k.Shorthand {
				return v
			}
			return nil
		}
		v = m[key]
	}
	return v
}

func said(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []any:
		var out []string
		for _, x := range v {
			if inner, ok := x.([]any); ok {
				x = strings.ReplaceAll(said(inner), "\x00", ", ")
			}
			out = append(out, said(x))
		}
		return strings.Join(out, "\x00")
	case string:
		return strings.Join(tidied(Prose, []string{v}), "")
	}
	return fmt.Sprint(v)
}

// cutOut removes the keys of a form from a decoded file.
func cutOut(root map[string]any, path []string, f *Form) {
	m := root
	for _, key := range path[:len(path)-1] {
		next, ok := m[key].(map[string]any)
		if !ok {
			return
		}
		m = next
	}
	table, ok := m[path[len(path)-1]].(map[string]any)
	if !ok {
		delete(m, path[len(path)-1])
		return
	}
	for _, x := range f.Fields {
		outer, _, _ := strings.Cut(x.Name, ".")
		delete(table, outer)
	}
}

// pruned is a decoded file without empty tables.
func pruned(m map[string]any) map[string]any {
	maps.DeleteFunc(m, func(_ string, v any) bool {
		inner, ok := v.(map[string]any)
		return ok && len(pruned(inner)) == 0
	})
	return m
}
