package overlay

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// firmKey is a table's key that says how firmly somebody takes part, with its values
// ordered from the firmest; nil for tables without one.
func firmKey(t *schema.Type) *schema.Key {
	for _, k := range t.Keys {
		if k.Policy == schema.Firmer {
			return k
		}
	}
	return nil
}

// participant checks how somebody takes part. "altid" and { form = "altid" } are equal.
// Where it is guarded, a municipality can only make it firmer, with a note that says
// how.
func (p *protector) participant(at subject, elem *schema.Type, base, child *source.Node) *source.Node {
	firm := firmKey(elem)
	b, c := asTable(base, firm.Name), asTable(child, firm.Name)
	switch {
	case c.Kind != source.Table:
		p.refuseNonTable(child, base, fmt.Sprintf("Skriv fx %s = %q.", child.Key, firm.Type.Values[0]))
		return nil
	case source.Equal(b, c):
		p.warnNoEffect(child, base, at.path+" siger det samme som den nationale tekst og ændrer ingenting",
			"Slet linjen.")
		return nil
	}
	from, to := b.Get(firm.Name), c.Get(firm.Name)
	if base.Kind == source.String && to == nil {
		whole := *c
		whole.Items = append([]*source.Node{from}, c.Items...)
		c, to = &whole, from // the bare string in base is the form
	}
	if at.guard != free && to != nil && from != nil && rank(firm, to) > rank(firm, from) {
		if child.Kind == source.String {
			to = child // under the key that the author wrote
		}
		p.refuse(to, base, at.path+" kan ikke deltage mindre fast end i modellen", firmer(firm, from))
		return nil
	}
	moreFirmly := to != nil && from != nil && to.Str != from.Str
	out := *c
	out.Items = nil
	for _, item := range c.Items {
		key := elem.Key(item.Key)
		switch {
		case key == nil, key == firm, key.Policy == schema.Answer:
			out.Items = append(out.Items, item)
		case key.Policy != schema.Replace:
			if kept := p.value(at, key, b, c, item); kept != nil {
				out.Items = append(out.Items, kept)
			}
		case at.guard == free, moreFirmly && key.Type.Form == schema.Text:
			out.Items = append(out.Items, item)
		default:
			p.refuse(item, base, fmt.Sprintf("%s %s, og \"%s\" kan ikke ændres", at.path, at.why, item.Key),
				firmer(firm, from))
		}
	}
	if len(out.Items) == 0 {
		return nil
	}
	return &out
}

// firmer says what a municipality can write instead of a weaker form.
func firmer(firm *schema.Key, from *source.Node) string {
	if from == nil {
		return "Slet linjen."
	}
	if n := rank(firm, from); n > 0 && n < len(firm.Type.Values) {
		return "Slet linjen, eller lad deltageren være med mere fast, gerne med en note: " +
			strings.Join(firm.Type.Values[:n], ", ") + "."
	}
	return "Slet linjen."
}

// rank is a value's index among the possible ones, from the firmest; an unknown value
// ranks last.
func rank(firm *schema.Key, n *source.Node) int {
	if i := slices.Index(firm.Type.Values, n.Str); i >= 0 {
		return i
	}
	return len(firm.Type.Values)
}

// asTable returns the table that a bare string is short for.
func asTable(n *source.Node, key string) *source.Node {
	if n.Kind != source.String {
		return n
	}
	value := *n
	value.Key = key
	return &source.Node{Key: n.Key, KeyPos: n.KeyPos, Pos: n.Pos, Width: n.Width, Kind: source.Table,
		Items: []*source.Node{&value}, Local: n.Local}
}
