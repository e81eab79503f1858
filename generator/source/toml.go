package source

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"modelhaandbog/generator/diag"
)

// ParseTOML parses a TOML file. The root is never nil. If the file has errors, the
// root is marked Partial and lacks the faulty statements; all independent errors are
// reported.
func ParseTOML(file string, data []byte) (*Node, []diag.Diag) {
	clean, diags := CheckText(file, data)
	if diags != nil {
		return unreadable(file), diags
	}
	return parseText(file, clean)
}

// unreadable is the root of a file that is not text.
func unreadable(file string) *Node {
	root := newRoot(file)
	root.Partial = true
	return root
}

func newRoot(file string) *Node {
	pos := diag.Pos{File: file}
	return &Node{KeyPos: pos, Pos: pos, Kind: Table}
}

// parseText is ParseTOML for text that CheckText has passed.
func parseText(file string, data []byte) (*Node, []diag.Diag) {
	t := newText(file, data)
	if x, err := parseValid(t, data); err == nil {
		return x.root, nil
	}
	return repairText(t)
}

// parseValid parses data, whose offsets are those of t, into an index with values. The
// error comes from one of the parsers, or is errShape.
func parseValid(t *text, data []byte) (*index, error) {
	x, indexErr := buildIndex(t, data)
	var tooDeep *indexError
	if errors.As(indexErr, &tooDeep) && strings.Contains(tooDeep.message, "nested") {
		return nil, indexErr // BurntSushi/toml would recurse without limit
	}
	values, err := decode(data)
	switch {
	case err != nil:
		return nil, err
	case indexErr != nil:
		return nil, indexErr
	case !fill(x.root, values):
		return nil, errShape
	}
	return x, nil
}

// errShape means that the two parsers disagree about a text.
var errShape = errors.New("the parsers disagree")

// decode returns the values of a TOML text, or a toml.ParseError.
func decode(data []byte) (values map[string]any, err error) {
	defer func() {
		// BurntSushi/toml panics on what it thinks can't happen.
		if r := recover(); r != nil {
			err = fmt.Errorf("decoding TOML: %v", r)
		}
	}()
	_, err = toml.Decode(string(data), &values)
	var perr toml.ParseError
	if err != nil && !errors.As(err, &perr) {
		err = fmt.Errorf("decoding TOML: %w", err)
	}
	return values, err
}

// fill copies decoded values into an index's tree. It reports whether the two have the
// same shape.
func fill(n *Node, value any) bool {
	switch v := value.(type) {
	case map[string]any:
		if n.Kind != Table || len(n.Items) != len(v) {
			return false
		}
		for _, item := range n.Items {
			entry, ok := v[item.Key]
			if !ok || !fill(item, entry) {
				return false
			}
		}
	case []map[string]any:
		return fillArray(n, len(v), func(i int) any { return v[i] })
	case []any:
		return fillArray(n, len(v), func(i int) any { return v[i] })
	case string:
		n.Str = v
		return n.Kind == String
	case int64:
		n.Int = v
		return n.Kind == Int
	case float64:
		n.Float = v
		return n.Kind == Float
	case bool:
		n.Bool = v
		return n.Kind == Bool
	case time.Time:
		n.Time = v
		return n.Kind == Datetime
	default:
		return false
	}
	return true
}

func fillArray(n *Node, count int, at func(int) any) bool {
	if n.Kind != Array || len(n.Items) != count {
		return false
	}
	for i, item := range n.Items {
		if !fill(item, at(i)) {
			return false
		}
	}
	return true
}
