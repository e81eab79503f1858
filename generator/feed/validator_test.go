package feed

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// validator checks values against the part of JSON Schema that the schemas
// here use, and panics at a keyword that it doesn't know.
type validator struct{ definitions map[string]any }

func (v validator) check(schema map[string]any, value any, at string) []string {
	var out []string
	fail := func(format string, args ...any) { out = append(out, at+": "+fmt.Sprintf(format, args...)) }
	object, isObject := value.(map[string]any)
	list, isList := value.([]any)
	text, isText := value.(string)
	for _, key := range slices.Sorted(maps.Keys(schema)) {
		rule := schema[key]
		switch key {
		case "$schema", "title", "description", "definitions", "properties", "patternProperties":
		case "$ref":
			name := strings.TrimPrefix(rule.(string), "#/definitions/")
			out = append(out, v.check(v.definitions[name].(map[string]any), value, at)...)
		case "allOf":
			for _, s := range rule.([]any) {
				out = append(out, v.check(s.(map[string]any), value, at)...)
			}
		case "type":
			if got := typeOf(value); got != rule && !(got == "integer" && rule == "number") {
				fail("is %s, must be %v", got, rule)
			}
		case "enum":
			if !slices.Contains(rule.([]any), value) {
				fail("%v is none of %v", value, rule)
			}
		case "const":
			if value != rule {
				fail("%v is not %v", value, rule)
			}
		case "pattern":
			if isText && !regexp.MustCompile(rule.(string)).MatchString(text) {
				fail("%q doesn't match %s", text, rule)
			}
		case "minimum":
			if n, ok := value.(float64); ok && n < rule.(float64) {
				fail("%v is below %v", n, rule)
			}
		case "items":
			for i, x := range list {
				if isList {
					out = append(out, v.check(rule.(map[string]any), x, fmt.Sprintf("%s[%d]", at, i))...)
				}
			}
		case "required":
			for _, name := range rule.([]any) {
				if _, ok := object[name.(string)]; isObject && !ok {
					fail("lacks %v", name)
				}
			}
		case "additionalProperties":
			known, _ := schema["properties"].(map[string]any)
			for _, name := range slices.Sorted(maps.Keys(object)) {
				if s, ok := known[name].(map[string]any); ok {
					out = append(out, v.check(s, object[name], at+"."+name)...)
				} else if rule == false {
					fail("unknown key %s", name)
				}
			}
		default:
			panic("validator: unknown keyword " + key)
		}
	}
	return out
}

func typeOf(value any) string {
	switch x := value.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		if x == float64(int(x)) {
			return "integer"
		}
		return "number"
	}
	return "null"
}
