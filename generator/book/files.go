package book

import (
	"reflect"
	"slices"

	"modelhaandbog/generator/diag"
)

// Files lists the content files that a page shows something from, sorted.
func (p *Page) Files() []string {
	var out []string
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			if pos, ok := v.Interface().(diag.Pos); ok {
				if pos.File != "" && !slices.Contains(out, pos.File) {
					out = append(out, pos.File)
				}
				return
			}
			if v.Type().PkgPath() != reflect.TypeFor[Page]().PkgPath() {
				return // documents and figures
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem())
			}
		}
	}
	walk(reflect.ValueOf(*p))
	slices.Sort(out)
	return out
}
