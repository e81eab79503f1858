package model

import (
	"cmp"
	"reflect"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
)

// Claim is a statement that has marks of its own: an entity of a kind that must
// say its source, a point that shows no other statement, or what a role's table
// says under one key. Every page, sheet and file that shows it shows these marks.
type Claim struct {
	ID    string // "laeringsmiljoe/opgave:indkald", "laeringsmiljoe/moede:start#dagsorden.maal"
	Kind  string
	Name  string // as the author wrote it
	Text  string
	Marks *Marks
	At    At

	// Names of those who do it, and when; "" where nothing says so.
	Who, When string
	Cadences  []*Cadence // how often
}

// Claims lists the statements of a model, kind by kind.
func (m *Model) Claims() []Claim {
	var out []Claim
	for _, k := range m.schema.Of(false) {
		for _, n := range m.List(k) {
			e := n.Base()
			id := m.ID + "/" + k.Key + ":" + e.ID
			if k.Sourced {
				out = append(out, entityClaim(id, n))
			}
			for _, key := range k.Type.Keys {
				v := ValueOf(n).FieldByIndex(key.Index)
				switch x := v.Interface().(type) {
				case Statement:
					out = append(out, statementClaims(id+"#"+key.Name, k.Key, x)...)
				default:
					if key.Type.Form == schema.Keyed {
						out = append(out, pointClaims(id+"#"+key.Name, k.Key, v, key.Type.Elem)...)
					}
				}
			}
		}
	}
	return out
}

func entityClaim(id string, n Named) Claim {
	e := n.Base()
	c := Claim{ID: id, Kind: e.Kind, Name: e.Label(), Text: cmp.Or(e.Body.Value, e.Short.Value),
		Marks: &e.Marks, At: e.At}
	switch x := n.(type) {
	case *Task:
		c.Who = joined(append(labels([]Ref[Role]{x.Role}), labels(x.With)...))
		c.Text = cmp.Or(c.Text, x.Check.Value)
		if x.Meeting.To != nil {
			c.When = strings.TrimSpace(string(x.When) + " " + x.Meeting.To.Label())
		}
		c.Cadences = cadencesOf([]Ref[Cadence]{x.Cadence})
	case *Prerequisite:
		c.Who = joined(labels(x.Roles))
	case *Competence:
		c.Who = joined(labels(x.Roles))
	case *Meeting:
		c.Who = joined(labels([]Ref[Role]{x.Convener}))
		c.When, c.Cadences = x.When.Value, cadencesOf(x.Cadences)
	case *Phase:
		c.Who = joined(labels([]Ref[Role]{x.Responsible}))
	case *Cadence:
		c.Cadences = []*Cadence{x}
	}
	return c
}

// pointClaims are the statements of a table of tables, and its points that show no
// other statement, at any depth. id ends with the path to it.
func pointClaims(id, kind string, v reflect.Value, elem *schema.Type) []Claim {
	var out []Claim
	items := v.Field(0)
	for i := range items.Len() {
		item := items.Index(i).Elem()
		id := id + "." + item.FieldByIndex(elem.ID).String()
		if holdsPoints(elem) {
			if p := item.FieldByName("Point").Addr().Interface().(*Point); p.From.ID == "" {
				out = append(out, Claim{ID: id, Kind: kind, Text: p.Text.Value, Marks: &p.Marks, At: p.At, Who: doer(item)})
			}
			continue
		}
		if f := item.FieldByName("Statement"); f.IsValid() {
			out = append(out, statementClaims(id, kind, f.Interface().(Statement))...)
		}
		for _, key := range elem.Keys {
			if key.Type.Form == schema.Keyed {
				out = append(out, pointClaims(id+"."+key.Name, kind, item.FieldByIndex(key.Index), key.Type.Elem)...)
			}
		}
	}
	return out
}

// doer is the name of the role that a point names.
func doer(item reflect.Value) string {
	for _, name := range []string{"Who", "Responsible"} {
		if f := item.FieldByName(name); f.IsValid() {
			if r, ok := f.Interface().(Ref[Role]); ok && r.To != nil {
				return r.To.Label()
			}
		}
	}
	return ""
}

func statementClaims(id, kind string, s Statement) []Claim {
	if s.Text.Empty() {
		return nil
	}
	return []Claim{{ID: id, Kind: kind, Text: s.Text.Value, Marks: &s.Marks, At: s.At}}
}

func labels[T any](refs []Ref[T]) []string {
	var out []string
	for _, r := range refs {
		if r.To != nil {
			out = append(out, any(r.To).(Named).Base().Label())
		}
	}
	return out
}

func cadencesOf(refs []Ref[Cadence]) []*Cadence {
	var out []*Cadence
	for _, r := range refs {
		if r.To != nil {
			out = append(out, r.To)
		}
	}
	return out
}

func joined(words []string) string { return strings.Join(words, ", ") }

// Pos is the position that the statement is known by in all its views.
func (c Claim) Pos() diag.Pos { return c.At.Statement() }
