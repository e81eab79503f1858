package feed

import (
	"reflect"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
)

// ModelJSONSchema is the JSON Schema of the files that JSON writes.
func ModelJSONSchema(set *schema.Set) []byte {
	r := reader{set}
	const about = "En model fra håndbogen med alt, hvad den henviser til. Det, kilden ikke siger noget om, mangler."
	n := schema.Object(about, schema.Properties{
		{Key: "$schema", Node: textNode("Dette skema.")},
		{Key: "haandbog", Node: textNode("Håndbogens titel.")},
		{Key: "udgave", Node: textNode("Håndbogens udgave, fx 1.0.")},
		{Key: "dato", Node: &schema.Node{Description: "Udgavens dato (ÅÅÅÅ-MM-DD).", Type: "string",
			Pattern: schema.Date}},
		{Key: "kommune", Node: schema.Object("Kommunen, når modellen har kommunens egne tilpasninger.",
			schema.Properties{{Key: "id", Node: textNode("Kommunens id.")},
				{Key: "navn", Node: textNode("Kommunens navn.")}}, []string{"id", "navn"})},
		{Key: "model", Node: r.table("Modellen selv.", r.set.Model, true)},
	}, []string{"haandbog", "model"})
	n.Schema, n.Title = schema.Draft, "En model som JSON"
	for _, k := range r.set.Of(false) {
		n.Properties = append(n.Properties,
			schema.Property{Key: k.Key, Node: r.entities(k.Many+" i modellens rækkefølge.", k)})
	}
	for _, x := range []struct{ key, kind, doc string }{
		{"kilder", "kilde", "Kilderne, der henvises til."}, {"love", "lov", "Lovene, der henvises til."},
	} {
		n.Properties = append(n.Properties,
			schema.Property{Key: x.key, Node: r.entities(x.doc, r.set.Kind(x.kind))})
	}
	n.Definitions = r.common()
	return schema.Encode(n)
}

// reader derives the schemas of what JSON writes.
type reader struct{ set *schema.Set }

func (r reader) entities(doc string, k *schema.Kind) *schema.Node {
	return &schema.Node{Description: doc, Type: "array", Items: r.table("", k.Type, true)}
}

// common defines the keys that all kinds share, and references.
func (r reader) common() schema.Properties {
	id, name := textNode("Id'et på det, der henvises til."), textNode("Navnet på det, der henvises til.")
	out := schema.Properties{
		{Key: "id", Node: &schema.Node{Description: "Id'et, som er det samme i alle udgaver.", Type: "string",
			Pattern: schema.SlugOnly}},
		{Key: "lokal", Node: &schema.Node{Description: "Kommunen har skrevet det eller noget af det.", Type: "boolean",
			Const: true}},
		{Key: "lokale_noegler",
			Node: &schema.Node{Description: "De nøgler, som er kommunens, når resten er modellens.", Type: "array",
				Items: &schema.Node{Type: "string"}}},
		{Key: "henvisning", Node: schema.Object("Hvad der henvises til.",
			schema.Properties{{Key: "id", Node: id}, {Key: "navn", Node: name}}, []string{"id"})},
		{Key: "kildehenvisning",
			Node: schema.Object("Kilde og sted i kilden.",
				schema.Properties{{Key: "id", Node: textNode("Kildens id i kilder.")},
					{Key: "titel", Node: textNode("Kildens titel.")},
					{Key: "sted", Node: textNode("Stedet i kilden, fx kap. 5.")}}, []string{"id"})},
		{Key: "enhver_henvisning", Node: schema.Object("Hvad der henvises til: slags, id og evt. en anden model.",
			schema.Properties{{Key: "model", Node: textNode("Modellens id, når det er en anden model.")},
				{Key: "slags", Node: textNode("Slagsen, fx rolle.")}, {Key: "id", Node: id},
				{Key: "navn", Node: name}}, []string{"slags", "id"})},
	}
	for _, k := range r.set.Common.Keys {
		out = append(out, schema.Property{Key: k.Name, Node: r.value(k.Doc, k.Type)})
	}
	return out
}

func textNode(doc string) *schema.Node { return &schema.Node{Description: doc, Type: "string"} }

func ref(name string) *schema.Node { return &schema.Node{Ref: "#/definitions/" + name} }

// table is the schema of an object; those with ids say so first.
func (r reader) table(doc string, t *schema.Type, id bool) *schema.Node {
	n := schema.Object(strings.TrimSpace(doc), nil, nil)
	if id {
		n.Properties = schema.Properties{{Key: "id", Node: ref("id")}}
		n.Required = []string{"id"}
	}
	for _, k := range t.Keys {
		v := ref(k.Name)
		if !r.set.IsCommon(t, k) {
			v = r.value(k.Doc, k.Type)
		}
		n.Properties = append(n.Properties, schema.Property{Key: k.Name, Node: v})
		if k.Required && k.Type.Form == schema.Scalar && k.Type.Go.Kind() == reflect.String {
			n.Required = append(n.Required, k.Name)
		}
	}
	if t.Go == reflect.TypeFor[model.Participant]() {
		n.Properties = append(n.Properties, schema.Property{Key: "rolle", Node: ref("henvisning")})
	}
	n.Properties = append(n.Properties, schema.Property{Key: "lokal", Node: ref("lokal")},
		schema.Property{Key: "lokale_noegler", Node: ref("lokale_noegler")})
	return n
}

func (r reader) value(doc string, t *schema.Type) *schema.Node {
	n := &schema.Node{Description: doc, Type: "string"}
	switch t.Form {
	case schema.Keyed:
		n.Type, n.Items = "array", r.table("", t.Elem, true)
	case schema.Ref:
		return described(doc, ref("henvisning"))
	case schema.Cite:
		return described(doc, ref("kildehenvisning"))
	case schema.AnyRef:
		return described(doc, ref("enhver_henvisning"))
	case schema.List:
		n.Type, n.Items = "array", r.value("", t.Elem)
	case schema.Table:
		return r.table(doc, t, false)
	case schema.Scalar:
		n.Scalar(t)
	}
	return n
}

// described adds a description to a reference; next to $ref, draft-07
// takes no notice of it.
func described(doc string, n *schema.Node) *schema.Node {
	if doc == "" {
		return n
	}
	return &schema.Node{Description: doc, AllOf: []*schema.Node{n}}
}
