package book

import (
	"reflect"
	"slices"
	"sync"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
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
	return p.eachStruct(func(v reflect.Value) bool {
		if v.Type() != typePos {
			return true
		}
		file := v.Field(posFile).String()
		return file == "" || yield(file)
	})
}

// mentions reports whether a text on the page mentions one of the terms.
func (p *Page) mentions(terms *guide.TermSet) bool {
	return !p.eachStruct(func(v reflect.Value) bool {
		return v.Type() != typeText || !v.Field(textDoc).Interface().(*guide.Doc).Mentions(terms)
	})
}

// eachStruct gives every struct that the page is made of to yield, until that
// says false; then it says false too.
func (p *Page) eachStruct(yield func(reflect.Value) bool) bool {
	return eachStruct(reflect.ValueOf(p).Elem(), yield)
}

func eachStruct(v reflect.Value, yield func(reflect.Value) bool) bool {
	switch v.Kind() {
	case reflect.Struct:
		if !yield(v) {
			return false
		}
		for _, i := range placed(v.Type()) {
			if !eachStruct(v.Field(i), yield) {
				return false
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if !eachStruct(v.Index(i), yield) {
				return false
			}
		}
	case reflect.Interface:
		return v.IsNil() || eachStruct(v.Elem(), yield)
	}
	return true
}

var (
	typePos, typeText = reflect.TypeFor[diag.Pos](), reflect.TypeFor[Text]()
	posFile, textDoc  = fieldOf(typePos, "File"), fieldOf(typeText, "Doc")
	posLine, posCol   = fieldOf(typePos, "Line"), fieldOf(typePos, "Col")
)

func fieldOf(t reflect.Type, name string) int {
	f, ok := t.FieldByName(name)
	if !ok {
		panic(t.String() + " has no " + name)
	}
	return f.Index[0]
}

var placedFields sync.Map // reflect.Type → []int; a memo of the types, which never change

// placed are the fields of one of this package's structs that may hold structs.
// Documents and figures count as wholes.
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
