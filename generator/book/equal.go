package book

import (
	"reflect"
	"runtime"
	"slices"
	"sync"

	"modelhaandbog/generator/guide"
)

// Share lets pages that are equal to the national edition's be those themselves,
// so that what is made of them is made once. It comes before anybody else has
// the book.
func (b *Book) Share(national *Book) {
	differing := guide.Difference(national.terms, b.terms)
	var wg sync.WaitGroup
	for part := range slices.Chunk(b.Pages, len(b.Pages)/runtime.GOMAXPROCS(0)+1) {
		wg.Go(func() {
			for i, page := range part {
				if nat := national.Page(page.Path); nat != nil && nat != page && samePage(nat, page, differing) {
					part[i] = nat
				}
			}
		})
	}
	wg.Wait()
	for _, page := range b.Pages {
		b.byPath[page.Path] = page
	}
}

// samePage reports whether two pages give the same bytes; differing are the
// terms that only one of their glossaries has. It may say no of pages that are
// the same, never yes of others.
func samePage(a, b *Page, differing *guide.TermSet) bool {
	alike := *a
	alike.terms, alike.kinds, alike.words = b.terms, b.kinds, b.words
	return equal(reflect.ValueOf(&alike).Elem(), reflect.ValueOf(b).Elem()) &&
		(a.terms == b.terms || differing == nil || !a.mentions(differing))
}

// equal is reflect.DeepEqual for what pages are made of, and faster:
// they hold no loops. Texts are compared by document and by what their
// references were resolved to; parsed documents are shared between editions, so
// equal documents are the same pointer.
func equal(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if !equal(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Slice:
		if a.Len() != b.Len() || a.IsNil() != b.IsNil() {
			return false
		}
		for i := range a.Len() {
			if !equal(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return a.Elem().Type() == b.Elem().Type() && equal(a.Elem(), b.Elem())
	case reflect.Pointer:
		switch {
		case a.Pointer() == b.Pointer():
			return true
		case a.IsNil() || b.IsNil() || a.Type().Elem().PkgPath() != reflect.TypeFor[Page]().PkgPath():
			return false
		}
		return equal(a.Elem(), b.Elem())
	case reflect.String:
		return a.String() == b.String()
	case reflect.Bool:
		return a.Bool() == b.Bool()
	}
	return a.CanInt() && a.Int() == b.Int() || a.CanUint() && a.Uint() == b.Uint() ||
		a.CanFloat() && a.Float() == b.Float()
}
