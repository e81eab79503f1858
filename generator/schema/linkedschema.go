package schema

import (
	"reflect"
	"strings"

	"modelhaandbog/generator/model"
)

// ModelJSONSchema is the JSON Schema of the files that JSON writes.
func ModelJSONSchema() []byte {
	r := reader{}
	n := object("En model fra håndbogen med alt, hvad den henviser til. Det, kilden ikke siger noget om, mangler.", properties{
		{"$schema", text("Dette skema.")},
		{"haandbog", text("Håndbogens titel.")},
		{"udgave", text("Håndbogens udgave, fx 1.0.")},
		{"dato", &node{Description: "Udgavens dato (ÅÅÅÅ-MM-DD).", Type: "string", Pattern: date}},
		{"kommune", object("Kommunen, når modellen har kommunens egne tilpasninger.", properties{{"id", text("Kommunens id.")}, {"navn", text("Kommunens navn.")}}, []string{"id", "navn"})},
		{"model", r.table("Modellen selv.", reflect.TypeFor[model.Model](), true)},
	}, []string{"haandbog", "model"})
	n.Schema, n.Title = draft, "En model som JSON"
	for _, k := range model.Kinds() {
		if !k.Shared {
			n.Properties = append(n.Properties, property{k.Key, r.entities(k.Many+" i modellens rækkefølge.", k)})
		}
	}
	for _, x := range []struct{ key, kind, doc string }{
		{"kilder", "kilde", "Kilderne, der henvises til."}, {"love", "lov", "Lovene, der henvises til."},
	} {
		k, _ := model.Kind(x.kind)
		n.Properties = append(n.Properties, property{x.key, r.entities(x.doc, k)})
	}
	n.Definitions = r.common()
	return encode(n)
}

// reader derives the schemas of what JSON writes.
type reader struct{}

func (r reader) entities(doc string, k model.KindInfo) *node {
	return &node{Description: doc, Type: "array", Items: r.table("", k.Type(), true)}
}

// common defines the keys that all kinds share, and references.
func (r reader) common() properties {
	id, name := text("Id'et på det, der henvises til."), text("Navnet på det, der henvises til.")
	out := properties{
		{"id", &node{Description: "Id'et, som er det samme i alle udgaver.", Type: "string", Pattern: slugOnly}},
		{"lokal", &node{Description: "Kommunen har skrevet det eller noget af det.", Type: "boolean", Const: true}},
		{"lokale_noegler", &node{Description: "De nøgler, som er kommunens, når resten er modellens.", Type: "array", Items: &node{Type: "string"}}},
		{"henvisning", object("Hvad der henvises til.", properties{{"id", id}, {"navn", name}}, []string{"id"})},
		{"kildehenvisning", object("Kilde og sted i kilden.", properties{{"id", text("Kildens id i kilder.")}, {"titel", text("Kildens titel.")}, {"sted", text("Stedet i kilden, fx kap. 5.")}}, []string{"id"})},
		{"enhver_henvisning", object("Hvad der henvises til: slags, id og evt. en anden model.",
			properties{{"model", text("Modellens id, når det er en anden model.")}, {"slags", text("Slagsen, fx rolle.")}, {"id", id}, {"navn", name}}, []string{"slags", "id"})},
	}
	for _, f := range model.Fields(reflect.TypeFor[model.Entity]()) {
		out = append(out, property{f.Key, r.value(f.Doc, f.Type)})
	}
	return out
}

func text(doc string) *node { return &node{Description: doc, Type: "string"} }

func ref(name string) *node { return &node{Ref: "#/definitions/" + name} }

// table is the schema of an object; those with ids say so first.
func (r reader) table(doc string, t reflect.Type, id bool) *node {
	n := object(strings.TrimSpace(doc), nil, nil)
	if id {
		n.Properties = properties{{"id", ref("id")}}
		n.Required = []string{"id"}
	}
	for _, f := range model.Fields(t) {
		v := ref(f.Key)
		if !isCommon(t, f) {
			v = r.value(f.Doc, f.Type)
		}
		n.Properties = append(n.Properties, property{f.Key, v})
		if f.Required && f.Type.Kind() == reflect.String {
			n.Required = append(n.Required, f.Key)
		}
	}
	if t == reflect.TypeFor[model.Participant]() {
		n.Properties = append(n.Properties, property{"rolle", ref("henvisning")})
	}
	n.Properties = append(n.Properties, property{"lokal", ref("lokal")}, property{"lokale_noegler", ref("lokale_noegler")})
	return n
}

func (r reader) value(doc string, t reflect.Type) *node {
	n := &node{Description: doc, Type: "string"}
	if item, ok := model.KeyedType(t); ok {
		n.Type, n.Items = "array", r.table("", item, true)
		return n
	}
	if _, ok := model.RefType(t); ok {
		return described(doc, ref("henvisning"))
	}
	switch {
	case t == reflect.TypeFor[model.Text]():
	case t == reflect.TypeFor[model.Cite]():
		return described(doc, ref("kildehenvisning"))
	case t == reflect.TypeFor[model.AnyRef]():
		return described(doc, ref("enhver_henvisning"))
	case t.Kind() == reflect.Slice:
		n.Type, n.Items = "array", r.value("", t.Elem())
	case t.Kind() == reflect.Struct:
		return r.table(doc, t, false)
	case t.Kind() == reflect.Int:
		n.Type, n.Minimum = "integer", &least
	case t.Kind() == reflect.Bool:
		n.Type = "boolean"
	default:
		n.Enum = values(t)
	}
	return n
}

// described gives a reference a description of its own; beside $ref draft-07
// takes no notice of it.
func described(doc string, n *node) *node {
	if doc == "" {
		return n
	}
	return &node{Description: doc, AllOf: []*node{n}}
}
