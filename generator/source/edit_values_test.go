package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// decode returns what a file says, by BurntSushi/toml alone.
func (e *randomEdit) decode(data []byte) map[string]any {
	values, err := decode([]byte(strings.TrimPrefix(string(data), "\ufeff")))
	if err != nil {
		e.Errorf("%v\n%s", err, data)
	}
	return comparable(values).(map[string]any)
}

// comparable makes decoded values comparable: local times differ from others, strings
// don't in their line breaks.
func comparable(v any) any {
	switch v := v.(type) {
	case map[string]any:
		made := map[string]any{}
		for key, item := range v {
			made[key] = comparable(item)
		}
		return made
	case []map[string]any:
		made := []any{}
		for _, item := range v {
			made = append(made, comparable(item))
		}
		return made
	case []any:
		made := []any{}
		for _, item := range v {
			made = append(made, comparable(item))
		}
		return made
	case string:
		return lineFeeds(v)
	case time.Time:
		return "time " + v.String()
	case float64:
		return fmt.Sprint("float ", v)
	}
	return v
}

// plain returns a node as decode would.
func plain(n *Node) any {
	switch n.Kind {
	case Table:
		made := map[string]any{}
		for _, item := range n.Items {
			made[item.Key] = plain(item)
		}
		return made
	case Array:
		made := []any{}
		for _, item := range n.Items {
			made = append(made, plain(item))
		}
		return made
	case String:
		return lineFeeds(n.Str)
	case Int:
		return n.Int
	case Float:
		return fmt.Sprint("float ", n.Float)
	case Bool:
		return n.Bool
	}
	return "time " + n.Time.String()
}

// assign sets path in decoded values; nil removes it.
func assign(values map[string]any, path []string, value any) map[string]any {
	at := any(values)
	for i, key := range path {
		last := i == len(path)-1
		switch v := at.(type) {
		case map[string]any:
			switch {
			case last && value == nil:
				delete(v, key)
			case last:
				v[key] = value
			case v[key] == nil:
				v[key] = map[string]any{}
			}
			at = v[key]
		case []any:
			n, _ := strconv.Atoi(key)
			if last {
				v[n] = value
			}
			at = v[n]
		}
	}
	return values
}

// prune removes tables that have become empty.
func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, item := range v {
			if table, ok := prune(item).(map[string]any); ok && len(table) == 0 {
				delete(v, key)
			}
		}
	case []any:
		for _, item := range v {
			prune(item)
		}
	}
	return v
}

var texts = []string{
	"", "Kort", "Æblegrød, øl & å", `Han sagde "ja"`, `C:\mappe`, "det's", `'''`, `"""`, `""""""`, `x"`, `"x`,
	"Et\nTo", "Et\n\nTo\n", "\nForan", "\n", "\n\n", "tab\tinde", "tab\t\nto", "\u0001", "\u2028", "\ufeff", "😀",
	"=======", "a\n=======\nb\n>>>>>>> x\n", "<<<<<<< x\n", "# ingen kommentar", "[tabel]", "nøgle = 1", "\\", "\\\n",
	"slut\\", `"` + "\n" + `"`, `'` + "\n" + `'`, "''\n''", "\r\nvindue\r\n", " \n ", "\x7f",
}

func (e *randomEdit) text() string {
	s := texts[e.IntN(len(texts))]
	for e.IntN(3) == 0 {
		s += texts[e.IntN(len(texts))]
	}
	return s
}

func local(kind string) *time.Location { return time.FixedZone(kind, 0) }

func (e *randomEdit) scalar(old *Node) *Node {
	switch e.IntN(12) {
	case 0:
		return &Node{Kind: Int, Int: e.Int64N(1000) - 500}
	case 1:
		return &Node{Kind: Float, Float: []float64{0, 1, -0.5, 1e30, 3.25, 1e-9, 123456789}[e.IntN(7)]}
	case 2:
		return &Node{Kind: Bool, Bool: e.IntN(2) == 0}
	case 3:
		return &Node{Kind: Datetime, Time: []time.Time{
			time.Date(2026, 6, 15, 0, 0, 0, 0, local("date-local")),
			time.Date(0, 1, 1, 13, 5, 0, 0, local("time-local")),
			time.Date(2026, 6, 15, 13, 5, 0, 5e8, local("datetime-local")),
			time.Date(2026, 6, 15, 13, 5, 0, 0, time.UTC),
		}[e.IntN(4)]}
	}
	return &Node{Kind: String, Str: e.text()}
}

// list returns a list like old, with elements moved, taken out, put in and changed.
func (e *randomEdit) list(old *Node) *Node {
	n := &Node{Kind: Array, Items: slices.Clone(old.Items)}
	for range 1 + e.IntN(3) {
		at := e.IntN(len(n.Items) + 1)
		switch size := len(n.Items); {
		case size == 0 || e.IntN(3) == 0:
			n.Items = slices.Insert(n.Items, at, e.scalar(nil))
		case at == size:
		case e.IntN(3) == 0:
			n.Items = slices.Delete(n.Items, at, at+1)
		case e.IntN(2) == 0:
			n.Items[at] = e.scalar(nil)
		default:
			item := n.Items[at]
			n.Items = slices.Insert(slices.Delete(n.Items, at, at+1), e.IntN(size), item)
		}
	}
	return n
}

// table returns a table like old with keys taken out, put in and changed.
func (e *randomEdit) table(old *Node) *Node {
	n := &Node{Kind: Table}
	for _, item := range old.Items {
		made := *item
		switch e.IntN(5) {
		case 0:
			continue
		case 1:
			made = *e.anyValue(item)
			made.Key = item.Key
		}
		n.Items = append(n.Items, &made)
	}
	for i := range e.IntN(4) {
		item := *e.anyValue(nil)
		item.Key = []string{"ny", "ny-to", "ny tre", "Ny4"}[i]
		at := e.IntN(len(n.Items) + 1)
		n.Items = slices.Insert(n.Items, at, &item)
	}
	return n
}

func (e *randomEdit) anyValue(old *Node) *Node {
	switch e.IntN(5) {
	case 0:
		if old == nil || old.Kind != Array {
			old = &Node{Kind: Array}
		}
		return e.list(old)
	case 1:
		if old == nil || old.Kind != Table {
			old = &Node{Kind: Table}
		}
		return e.table(old)
	}
	return e.scalar(old)
}
