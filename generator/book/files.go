package book

import (
	"reflect"
	"slices"
	"sync"

	"modelhaandbog/generator/diag"
)

// Files lists the content files that a page shows something from, sorted.
func (p *Page) Files() []string {
	var out []string
	p.eachFile(func(file string) bool {
		if !slices.Contains(out, file) {
			out = append(out, file)
		}
		return true
	})
	slices.Sort(out)
	return out
}

// Shows reports whether a page shows something from a content file.
func (p *Page) Shows(file string) bool {
	return !p.eachFile(func(f string) bool { return f != file })
}

// eachFile gives the file of every position on the page to yield, until that
// says false; then it says false too.
func (p *Page) eachFile(yield func(file string) bool) bool {
	return eachPos(reflect.ValueOf(p).Elem(), yield)
}

func eachPos(v reflect.Value, yield func(file string) bool) bool {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == typePos {
			file := v.Field(posFile).String()
			return file == "" || yield(file)
		}
		for _, i := range placed(v.Type()) {
			if !eachPos(v.Field(i), yield) {
				return false
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if !eachPos(v.Index(i), yield) {
				return false
			}
		}
	case reflect.Interface:
		return v.IsNil() || eachPos(v.Elem(), yield)
	}
	return true
}

var (
	typePos = reflect.TypeFor[diag.Pos]()
	posFile = func() int { f, _ := typePos.FieldByName("File"); return f.Index[0] }()
)

var placedFields sync.Map // reflect.Type → []int; a memo of the types, which never change

// placed are the fields of one of this package's structs that may hold a
// position. Documents and figures have none of their own.
func placed(t reflect.Type) []int {
	if known, ok := placedFields.Load(t); ok {
		return known.([]int)
	}
	var out []int
	for i := range t.NumField() {
		inner := t.Field(i).Type
		for inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		holds := inner.Kind() == reflect.Interface || inner.Kind() == reflect.Struct
		if holds && t.Field(i).IsExported() && t.PkgPath() == reflect.TypeFor[Page]().PkgPath() {
			out = append(out, i)
		}
	}
	placedFields.Store(t, out)
	return out
}
