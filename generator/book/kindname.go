package book

import (
	"cmp"

	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/wording"
)

// one and many are what the handbook, or the model, calls things of a kind.
func (e *edition) one(k *schema.Kind) string { return oneOf(e.words, k) }

func (e *edition) many(k *schema.Kind) string {
	return cmp.Or(e.wordFor("slags.", k.Key+".flere"), k.Many)
}

func oneOf(words *wording.Words, k *schema.Kind) string {
	if key := "slags." + k.Key + ".en"; words.Has(key) {
		return words.Text(key)
	}
	return k.One
}
