package edit

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// A value as it stands in a form, and back.

// yes is the value of a Flag.
const yes = "ja"

// inputOf is how a value of the key is filled in.
func inputOf(k *schema.Key) Input {
	switch t := k.Type; t.Form {
	case schema.Text:
		return Prose
	case schema.Ref, schema.AnyRef:
		return Choice
	case schema.List:
		return listInput(k, t.Elem)
	case schema.Scalar:
		switch {
		case t.Go.Kind() == reflect.Int:
			return Number
		case t.Go.Kind() == reflect.Bool:
			return Flag
		case k.Of == schema.OfColours:
			return Colour
		case k.Of == schema.OfPictures:
			return Line
		case t.Values != nil, k.Of != "":
			return Choice
		case k.IsDate():
			return Date
		}
	}
	return Line
}

func listInput(k *schema.Key, elem *schema.Type) Input {
	switch {
	case elem.Form == schema.Cite:
		return Cites
	case elem.Form == schema.Ref, elem.Form == schema.AnyRef, k.Of != "", elem.Values != nil:
		return Choices
	}
	return Lines
}

// shown is a node as a field's value.
func shown(n *source.Node) []string {
	if n == nil {
		return nil
	}
	if n.Kind != source.Array {
		return []string{text(n)}
	}
	out := make([]string, 0, len(n.Items))
	for _, item := range n.Items {
		out = append(out, text(item))
	}
	return out
}

// text is one value as it is typed. A list in a list is divided by commas.
func text(n *source.Node) string {
	switch n.Kind {
	case source.String:
		return plainBreaks(n.Str)
	case source.Int:
		return strconv.FormatInt(n.Int, 10)
	case source.Float:
		return strconv.FormatFloat(n.Float, 'g', -1, 64)
	case source.Bool:
		if n.Bool {
			return yes
		}
		return ""
	case source.Datetime:
		return n.Time.Format("2006-01-02")
	case source.Array:
		return strings.Join(shown(n), ", ")
	}
	return ""
}

// plainBreaks writes every line break as \n.
func plainBreaks(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// tidied is what was typed without what a form adds: other line breaks, and empty rows.
func tidied(in Input, typed []string) []string {
	var out []string
	for _, s := range typed {
		s = plainBreaks(s)
		if in != Prose && in != Markdown {
			s = strings.TrimSpace(s)
		}
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}

// node is what was typed as a value of the type, nil for an empty one. was is what stood
// there, or nil: a list of one may be a bare value. What can't be understood, such as a
// number in letters, becomes a text, of which the check tells what is wrong.
func node(t *schema.Type, typed []string, was *source.Node) *source.Node {
	switch {
	case len(typed) == 0:
		return nil
	case t.Form == schema.List && len(typed) == 1 && was != nil && was.Kind != source.Array:
		return one(t.Elem, typed[0])
	case t.Form == schema.List:
		list := &source.Node{Kind: source.Array}
		for _, s := range typed {
			list.Items = append(list.Items, one(t.Elem, s))
		}
		return list
	}
	return one(t, typed[0])
}

func one(t *schema.Type, s string) *source.Node {
	switch {
	case t.Form == schema.List:
		list := &source.Node{Kind: source.Array}
		for part := range strings.SplitSeq(s, ",") {
			if part = strings.TrimSpace(part); part != "" {
				list.Items = append(list.Items, one(t.Elem, part))
			}
		}
		return list
	case t.Form == schema.Scalar && t.Go.Kind() == reflect.Int:
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return &source.Node{Kind: source.Int, Int: n}
		}
	case t.Form == schema.Scalar && t.Go.Kind() == reflect.Bool:
		return &source.Node{Kind: source.Bool, Bool: s == yes}
	}
	return &source.Node{Kind: source.String, Str: s}
}

// keyed gives a node a key.
func keyed(key string, n *source.Node) *source.Node {
	n.Key = key
	return n
}

// same reports whether two values of a field are the same to whoever fills it in.
func same(a, b []string) bool {
	return slices.Equal(tidied(Prose, a), tidied(Prose, b))
}
