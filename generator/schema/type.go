package schema

import (
	"cmp"
	"reflect"
	"regexp"
	"strings"
	"sync"
)

type Form int

const (
	Scalar Form = iota // a string, an integer or a boolean; Values lists the allowed strings
	Text               // Markdown on one or more lines
	Cite               // "source-id: place"
	Ref                // the id of an entity of kind To
	AnyRef             // "kind:id", or "model/kind:id"
	List               // of Elem; a single text or table is short for a list of one
	Keyed              // a table of tables [….<id>], each of type Elem
	Table              // a table with Keys
)

// Type is the type of a value, derived from a Go type. It is immutable once its Set is
// made.
type Type struct {
	Form   Form
	Go     reflect.Type // what it decodes into
	Elem   *Type        // of a List's elements, or a Keyed's tables
	To     *Kind        // of a Ref; set by NewSet
	Values []string     // allowed values of a scalar; nil for any
	Words  []string     // the words that readers see for Values; nil for the values themselves
	Keys   []*Key       // of a Table, in the order of the struct

	ID   []int  // index of a table's field ID, or nil
	At   []int  // index of its field At, its position, or nil
	refs []part // a table's fields that hold references
	has  bool   // it holds references, at any depth

	Declared bool // of a kind that the handbook declares, see OfDeclared
}

// part is a field of a struct.
type part struct {
	index int
	t     *Type
}

type Key struct {
	Name      string   // in TOML
	Label     string   // in running Danish: "formål"
	Doc       string   // for authors, in Danish
	Form      string   // what a form says instead; "" for Doc, see FormDoc
	Facts     []string // what pages call the facts that show it: the key, where the tag vist says nothing else
	Example   string   // what an example says: a text, or the ids of a Keyed; parts of a list are divided by |
	Required  bool
	Unless    string // a key in place of which Required need not be there
	Of        string // what its texts, or the ids of a Keyed, name although its type doesn't say so, see TypeOf
	Unit      string // of a number, in Danish: "minutter"
	Shorthand bool   // a bare string in place of the table fills this key
	Policy    Policy
	Type      *Type
	Columns   []string // headings of a list of rows; nil for other keys
	Index     []int    // of the struct's field, for reflect
}

// Formed is implemented by Go types whose form does not follow from their Go kind.
type Formed interface{ SchemaForm() Form }

// Enum is a string type with a fixed set of values. A type that also has
// Words() []string gives readers' words for them, in the same order.
type Enum interface{ Values() []string }

// Linked marks a struct that holds references although no field's type shows it.
type Linked interface{ HoldsReferences() }

var types sync.Map // reflect.Type → *Type

// TypeOf derives the Type of a Go type from its struct tags, and caches it:
//
//	toml   the key; "-" for fields that no key fills; ",inline" for a struct whose keys belong to the table
//	navn   the key's label, when it is not the key itself
//	enhed  the unit of a number, for readers
//	doc    the description for authors, in Danish
//	skema  what a form says instead of doc, to those who don't write TOML
//	vist   what the facts that show it are called, see Key.Facts: "hvem-sikrer,hvem"
//	fx     what examples say, see Key.Example
//	krav   "ja": the key must be there; a key's name: unless that key is
//	kort   "ja": a bare string in place of the table fills it
//	af     the kinds that its ids are of: "rolle", "tjekliste|moede"; or one of the words OfTicks, OfKeys,
//	       OfSiblings, OfColours and OfPictures, or a Keyed of the entity
//	lokal  what a municipality may do with it, see Policy
func TypeOf(t reflect.Type) *Type {
	known, ok := types.Load(t)
	if !ok {
		known, _ = types.LoadOrStore(t, newType(t))
	}
	return known.(*Type)
}

func newType(t reflect.Type) *Type {
	out := &Type{Go: t}
	zero := reflect.Zero(t).Interface()
	if f, ok := zero.(Formed); ok {
		out.Form = f.SchemaForm()
	}
	switch {
	case out.Form == Cite, out.Form == Ref, out.Form == AnyRef:
		out.has = true
	case out.Form == Keyed:
		out.Elem = TypeOf(t.Field(0).Type.Elem().Elem())
		out.has = out.Elem.has
	case out.Form != Scalar:
	case t.Kind() == reflect.Slice:
		elem := t.Elem()
		if elem.Kind() == reflect.Pointer {
			elem = elem.Elem()
		}
		out.Form, out.Elem = List, TypeOf(elem)
		out.has = out.Elem.has
	case t.Kind() == reflect.Struct:
		out.Form = Table
		out.readFields()
		if _, ok := zero.(Linked); ok {
			out.has = true
		}
	default:
		if e, ok := zero.(Enum); ok {
			out.Values = e.Values()
		}
		if w, ok := zero.(interface{ Words() []string }); ok {
			out.Words = w.Words()
		}
	}
	return out
}

func (t *Type) readFields() {
	for i := range t.Go.NumField() {
		sf := t.Go.Field(i)
		name, opts, _ := strings.Cut(sf.Tag.Get("toml"), ",")
		if name == "-" || name == "" && opts == "" && !sf.Anonymous || !sf.IsExported() {
			switch sf.Name {
			case "ID":
				t.ID = sf.Index
			case "At":
				t.At = sf.Index
			}
			continue
		}
		inner := TypeOf(sf.Type)
		if inner.has {
			t.refs, t.has = append(t.refs, part{i, inner}), true
		}
		if sf.Anonymous || opts == "inline" {
			for _, k := range inner.Keys {
				k := *k
				k.Index = append([]int{i}, k.Index...)
				t.Keys = append(t.Keys, &k)
			}
			if inner.At != nil {
				t.At = append([]int{i}, inner.At...)
			}
			if inner.ID != nil {
				t.ID = append([]int{i}, inner.ID...)
			}
			continue
		}
		required := sf.Tag.Get("krav")
		t.Keys = append(t.Keys, &Key{Name: name, Label: label(name, sf.Tag.Get("navn")), Doc: sf.Tag.Get("doc"),
			Facts: strings.Split(cmp.Or(sf.Tag.Get("vist"), strings.ReplaceAll(name, "_", "-")), ","),
			Form:  sf.Tag.Get("skema"), Example: sf.Tag.Get("fx"), Unit: sf.Tag.Get("enhed"),
			Required: required != "", Unless: strings.TrimPrefix(required, "ja"), Shorthand: sf.Tag.Get("kort") == "ja",
			Of:     sf.Tag.Get("af"),
			Policy: policyOf(sf.Tag.Get("lokal"), inner), Type: inner, Index: []int{i}})
	}
}

// What a key's ids may name besides kinds, see Key.Of.
const (
	OfTicks    = "flueben"  // the kinds that can be a point of a checklist
	OfKeys     = "noegler"  // the keys of the table
	OfSiblings = "naboer"   // the tables beside the table
	OfColours  = "farver"   // colours, as "#005a3c"
	OfPictures = "billeder" // pictures in the folder
)

// tomlOnly is what only those who write TOML need to be told.
var tomlOnly = regexp.MustCompile(`:? \[[a-z_]+\.[^\]]*<id>[^\]]*\]| \(ÅÅÅÅ-MM-DD\)`)

// FormDoc is the description in a form, "" when it would only repeat the label.
func (k *Key) FormDoc() string {
	doc := cmp.Or(k.Form, tomlOnly.ReplaceAllString(k.Doc, ""))
	if strings.EqualFold(strings.TrimSuffix(doc, "."), k.Label) {
		return ""
	}
	return doc
}

// IsDate reports whether the key's text is a date.
func (k *Key) IsDate() bool {
	return k.Type.Form == Scalar && k.Type.Go.Kind() == reflect.String && isDate(k.Doc)
}

func label(key, given string) string {
	if given != "" {
		return given
	}
	return strings.ReplaceAll(key, "_", " ")
}

// Key returns a key by its name, or nil.
func (t *Type) Key(name string) *Key {
	if t == nil {
		return nil
	}
	for _, k := range t.Keys {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// In returns the type of what stands in a table under a key, or in a Keyed under an id; nil
// if nothing may.
func (t *Type) In(name string) *Type {
	if t != nil && t.Form == Keyed {
		return t.Elem
	}
	if k := t.Key(name); k != nil {
		return k.Type
	}
	return nil
}

// HasRefs reports whether a value of the type may hold references.
func (t *Type) HasRefs() bool { return t.has }

// Each calls f for every direct part of v that may hold references.
func (t *Type) Each(v reflect.Value, f func(reflect.Value, *Type)) {
	if !t.has {
		return
	}
	switch t.Form {
	case List:
		for i := range v.Len() {
			f(reflect.Indirect(v.Index(i)), t.Elem)
		}
	case Keyed:
		for items, i := v.Field(0), 0; i < items.Len(); i++ {
			f(items.Index(i).Elem(), t.Elem)
		}
	case Table:
		for _, p := range t.refs {
			f(v.Field(p.index), p.t)
		}
	}
}

// IsWords reports whether a value is in the author's own words.
func (t *Type) IsWords() bool {
	return t.Form == Text || t.Form == Scalar && t.Values == nil && t.Go.Kind() == reflect.String
}

// Word is the word that readers see for a value of an Enum.
func (t *Type) Word(value string) string {
	for i, v := range t.Values {
		if v == value && i < len(t.Words) {
			return t.Words[i]
		}
	}
	return value
}
