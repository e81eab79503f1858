package model

import (
	"regexp"
	"strings"
	"testing"

	"modelhaandbog/generator/schema"
)

// eachKey calls f for every key that an author can write, with the name that
// the reference has for it.
func eachKey(f func(name string, k *schema.Key)) {
	var walk func(name string, t *schema.Type, seen map[*schema.Type]bool)
	walk = func(name string, t *schema.Type, seen map[*schema.Type]bool) {
		for t.Form == schema.List || t.Form == schema.Keyed {
			t = t.Elem
		}
		if seen[t] {
			return
		}
		seen[t] = true
		for _, k := range t.Keys {
			f(name+"."+k.Name, k)
			walk(name+"."+k.Name, k.Type, seen)
		}
		delete(seen, t)
	}
	s := Schema()
	for _, k := range s.Kinds {
		walk(k.Key, k.Type, map[*schema.Type]bool{})
	}
	walk("model", s.Model, map[*schema.Type]bool{})
	walk("haandbog", s.Handbook, map[*schema.Type]bool{})
}

// folded are ae, oe and aa that stand for æ, ø and å.
var folded = regexp.MustCompile(`ae|oe|aa`)

// What authors are told of a key is a sentence, and its label is Danish.
func TestKeysAreToldOf(t *testing.T) {
	keys := 0
	eachKey(func(name string, k *schema.Key) {
		keys++
		if !strings.HasSuffix(k.Doc, ".") && !strings.HasSuffix(k.Doc, "…") {
			t.Errorf("%s: the description %q is no sentence", name, k.Doc)
		}
		if folded.MatchString(k.Label) {
			t.Errorf("%s: the label %q wants a tag navn", name, k.Label)
		}
		shows := k.Type.Form == schema.Keyed && strings.Contains(k.Doc, "[")
		if shows && !strings.Contains(k.Doc, "."+k.Name+".<") {
			t.Errorf("%s: the description %q shows the header of another", name, k.Doc)
		}
	})
	for _, k := range Schema().Kinds {
		if !strings.HasSuffix(k.Doc, ".") || k.ExampleID() == "" || folded.MatchString(k.One) {
			t.Errorf("%s lacks a description, an example or a name in Danish", k.Key)
		}
	}
	if keys < 300 {
		t.Fatalf("only %d keys were seen", keys)
	}
}

// Every kind and every key is found, and has an example.
func TestReferenceTellsOfEverything(t *testing.T) {
	r := Schema().Reference(nil)
	example := func(a schema.Article) bool {
		for _, p := range a.Parts {
			if p.Example != "" {
				return true
			}
		}
		return false
	}
	for _, k := range Schema().Kinds {
		for _, name := range []string{k.Key, k.One} {
			if a, unknown, _ := r.Find(name); unknown != "" || a.Name != k.Key || !example(a) {
				t.Errorf("%s is not told of, or without an example", name)
			}
		}
	}
	eachKey(func(name string, k *schema.Key) {
		if a, unknown, _ := r.Find(name); unknown != "" || a.Lead != k.Doc || !example(a) {
			t.Errorf("%s is not told of, or without an example", name)
		}
	})
}
