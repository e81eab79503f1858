// Package wording holds the Danish words that pages, sheets and feeds show. They
// stand in layouts/ord.toml, and a site's own layouts/ord.toml replaces them key
// by key. What comes in is those files; what goes out is a [Words] to ask, and
// what is wrong with the site's own. The package refuses to know where the words
// are shown.
//
// A value is a text, which may have slots: "Fase {nummer} af {antal}". It is a
// table where a number decides: { en = "1 opgave", flere = "{antal} opgaver" }.
// It is a list where each of several words counts by itself.
package wording

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"modelhaandbog/generator/source"
	"modelhaandbog/layouts"
)

// Words are the words of a site. They never change.
type Words struct {
	texts map[string]string   // "fase.nummer", "antal.opgave.en"
	lists map[string][]string // "begreber.alias"
}

// Standard are the words that come along.
var Standard = sync.OnceValue(func() *Words {
	w, diags := Read(layouts.FS)
	if len(diags) > 0 {
		panic("wording: " + diags[0].Pos.String() + ": " + diags[0].Message)
	}
	return w
})

// Text is the text of a key with its slots filled: names and values by turns,
// "nummer", 2. A full stop after a value that ends a sentence is left out. A key that
// isn't there is given back in brackets.
func (w *Words) Text(key string, slots ...any) string {
	text, ok := w.texts[key]
	if !ok {
		return "[" + key + "]"
	}
	for i := 0; i+1 < len(slots); i += 2 {
		value, ok := slots[i+1].(string)
		if !ok {
			value = strconv.Itoa(slots[i+1].(int))
		}
		slot := "{" + slots[i].(string) + "}"
		if source.EndsSentence(value) {
			text = strings.ReplaceAll(text, slot+".", slot)
		}
		text = strings.ReplaceAll(text, slot, value)
	}
	return text
}

// Same reports whether two sites have the same words. Nil is no words.
func (w *Words) Same(other *Words) bool {
	return other != nil && maps.Equal(w.texts, other.texts) && maps.EqualFunc(w.lists, other.lists, slices.Equal)
}

// Keys are the keys of all texts, sorted.
func (w *Words) Keys() []string { return slices.Sorted(maps.Keys(w.texts)) }

// Has reports whether there is a text for a key.
func (w *Words) Has(key string) bool {
	_, ok := w.texts[key]
	return ok
}

// Count is a number of something: "1 opgave", "7 opgaver".
func (w *Words) Count(key string, n int) string {
	if n == 1 {
		return w.Text(key + ".en")
	}
	return w.Text(key+".flere", "antal", n)
}

// List is the words of a key, one by one. Nobody changes them.
func (w *Words) List(key string) []string { return w.lists[key] }

// InScript finds ord("soeg.ingen") and ord('soeg.ingen') in a script, and the key
// in it.
var InScript = regexp.MustCompile(`\bord\(["']([^"'\s]+)["']\)`)

// Script puts the words of a script's keys in the places of ord("soeg.ingen"), as
// strings. The script fills the slots.
func (w *Words) Script(js []byte) []byte {
	return InScript.ReplaceAllFunc(js, func(call []byte) []byte {
		text, err := json.Marshal(w.Text(string(InScript.FindSubmatch(call)[1])))
		if err != nil {
			panic(err) // a string always encodes
		}
		return text
	})
}

// Date writes "2026-11-22" as "22. november 2026", and what is no date as it is.
func (w *Words) Date(iso string) string {
	t, err := time.Parse("2006-01-02", iso)
	months := w.List("dato.maaneder")
	if err != nil || len(months) != 12 {
		return iso
	}
	return w.Text("dato.dato", "dag", t.Day(), "maaned", months[t.Month()-1], "aar", t.Year())
}
