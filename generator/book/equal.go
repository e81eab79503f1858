package book

import (
	"reflect"

	"modelhaandbog/generator/guide"
)

// samePage reports whether two pages give the same bytes; differing are the
// terms that only one of their glossaries has. Texts are compared by document
// and by what their references were resolved to; parsed documents are shared
// between editions, so equal documents are the same pointer.
func samePage(a, b *Page, differing *guide.TermSet) bool {
	if a.terms == b.terms {
		return reflect.DeepEqual(a, b)
	}
	alike := *a
	alike.terms = b.terms
	return reflect.DeepEqual(&alike, b) && (differing == nil || !a.mentions(differing))
}
