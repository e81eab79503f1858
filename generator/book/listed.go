package book

import (
	"cmp"
	"path"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// listed makes a section that is one list of all entities of a kind.
func (s scope) listed(sec section) []*Page {
	page := s.listPage(sec, "liste-"+sec.kind.Key)
	var items []Item
	for _, n := range visible(s, s.model.List(sec.kind)) {
		i := s.withGuide(n)
		i.Meta = append(i.Meta, s.ownFacts(n)...)
		items = append(items, i)
	}
	page.section("", "", List{Items: items, Ordered: sec.kind.Dense, Class: "liste"})
	return []*Page{page}
}

// ownFacts shows what a kind without a design of its own says under its own keys, but for
// some.
func (s scope) ownFacts(n model.Named, but ...string) []Fact {
	var out []Fact
	for _, k := range n.Base().Descriptor().Type.Keys {
		if model.Schema().Common.Key(k.Name) != nil || k.Name == "nummer" || k.Name == "tjek" || slices.Contains(but, k.Name) {
			continue
		}
		if f := s.ownFact(n, k); f.Plain != "" || !f.Text.Empty() || len(f.Links) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// ownFact is what one of an entity's own keys says.
func (s scope) ownFact(n model.Named, k *schema.Key) Fact {
	var at model.At // of what a key of a declared kind was given
	if x := n.Base(); x.Descriptor().Type.Declared && x.At.Has(k.Name) {
		at = x.At.Key(k.Name)
	}
	f := s.value(k, k.Type, model.ValueOf(n).FieldByIndex(k.Index), at)
	f.Key, f.Label = Key(k.Name), upperFirst(k.Label)
	f.Local = f.Local || at.Local()
	return f
}

// value shows a value by its type.
func (s scope) value(k *schema.Key, t *schema.Type, v reflect.Value, at model.At) Fact {
	switch x := v.Addr().Interface().(type) {
	case *model.Text:
		if isPart(*x, at) {
			return Fact{}
		}
		text := s.text(*x)
		return Fact{Text: text, Local: text.Local, Pos: text.Pos}
	case interface{ Target() model.Named }:
		if to := x.Target(); to != nil && !s.unseen(to) {
			return Fact{Links: []Link{s.link(to)}}
		}
		return Fact{}
	case *model.URL:
		if *x == "" {
			return Fact{}
		}
		return Fact{Links: []Link{{URL: string(*x), Text: strings.TrimSuffix(strings.TrimPrefix(string(*x), "https://"), "/")}}}
	case *model.File:
		if *x == "" {
			return Fact{}
		}
		before := "[" + path.Base(string(*x)) + "](<"
		return Fact{Text: s.textAfter(model.Text{Value: before + string(*x) + ">)", At: at}, utf8.RuneCountInString(before))}
	case *[]model.File:
		var links []string
		for _, file := range *x {
			links = append(links, "["+path.Base(string(file))+"](<"+string(file)+">)")
		}
		return Fact{Text: s.text(model.Text{Value: strings.Join(links, ", "), At: at})}
	}
	switch {
	case k.Columns != nil, at.Node() != nil && t.Form == schema.List && t.Elem.Form == schema.Text:
		return Fact{} // a part of its own
	case t.Form == schema.List:
		var f Fact
		for i := range v.Len() {
			one := s.value(k, t.Elem, v.Index(i), at.Index(i))
			f.Links = append(f.Links, one.Links...)
			f.Plain = strings.TrimPrefix(f.Plain+", "+cmp.Or(one.Plain, one.Text.Plain()), ", ")
		}
		f.Plain = strings.TrimSuffix(f.Plain, ", ")
		return f
	case t.Form != schema.Scalar, v.IsZero() && (v.Kind() == reflect.String || at.Node() == nil):
		return Fact{}
	case v.Kind() == reflect.Bool && v.Bool():
		return Fact{Plain: s.say("skema.ja")}
	case v.Kind() == reflect.Bool:
		return Fact{Plain: s.say("skema.nej")}
	case v.Kind() == reflect.Int:
		return Fact{Plain: strings.TrimSpace(itoa(int(v.Int())) + " " + k.Unit)}
	case k.IsDate():
		return Fact{Plain: s.date(v.String())}
	}
	return Fact{Plain: t.Word(v.String())}
}
