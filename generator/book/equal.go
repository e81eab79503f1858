package book

import "reflect"

// samePage reports whether two pages give the same bytes. Texts are compared
// by document and by what their references were resolved to; parsed documents
// are shared between editions, so equal documents are the same pointer.
func samePage(a, b *Page) bool {
	if a.terms != b.terms {
		return false
	}
	return reflect.DeepEqual(a, b)
}
