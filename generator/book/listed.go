package book

import (
	"cmp"
	"reflect"
	"strings"

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

// ownFacts shows what a kind without a design of its own says under its own keys.
func (s scope) ownFacts(n model.Named) []Fact {
	var out []Fact
	v := reflect.ValueOf(n).Elem()
	for _, k := range model.Schema().Kind(n.Base().Kind).Type.Keys {
		if model.Schema().Common.Key(k.Name) != nil || k.Name == "nummer" || k.Name == "tjek" {
			continue
		}
		f := s.value(k.Type, v.FieldByIndex(k.Index))
		if f.Plain == "" && f.Text.Empty() && len(f.Links) == 0 {
			continue
		}
		f.Key, f.Label = Key(k.Name), upperFirst(k.Label)
		out = append(out, f)
	}
	return out
}

// value shows a value by its type.
func (s scope) value(t *schema.Type, v reflect.Value) Fact {
	switch x := v.Addr().Interface().(type) {
	case *model.Text:
		text := s.text(*x)
		return Fact{Text: text, Local: text.Local, Pos: text.Pos}
	case interface{ Target() model.Named }:
		if to := x.Target(); to != nil && !s.unseen(to) {
			return Fact{Links: []Link{s.link(to)}}
		}
		return Fact{}
	}
	switch {
	case t.Form == schema.List:
		var f Fact
		for i := range v.Len() {
			one := s.value(t.Elem, v.Index(i))
			f.Links = append(f.Links, one.Links...)
			f.Plain = strings.TrimPrefix(f.Plain+", "+cmp.Or(one.Plain, one.Text.Plain()), ", ")
		}
		f.Plain = strings.TrimSuffix(f.Plain, ", ")
		return f
	case t.Form != schema.Scalar || v.IsZero():
		return Fact{}
	case v.Kind() == reflect.Bool:
		return Fact{Plain: s.say("skema.ja")}
	case v.Kind() == reflect.Int:
		return Fact{Plain: itoa(int(v.Int()))}
	}
	return Fact{Plain: t.Word(v.String())}
}
