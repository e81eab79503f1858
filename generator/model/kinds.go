package model

import (
	"cmp"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// kind is a kind of entity whose tables decode into a T. Everything about a kind is in
// its descriptor and T's struct tags, in the file kind_<key>.go.
type kind[T any] struct{ *schema.Kind }

// registered are the descriptors, in the order of the files.
var registered []*schema.Kind

// typed converts a list to the kind's own type, []*T.
var typed = map[*schema.Kind]func([]Named) any{}

func register[T any](k schema.Kind) kind[T] {
	k.Type = schema.TypeOf(reflect.TypeFor[T]())
	registered = append(registered, &k)
	typed[&k] = func(list []Named) any {
		out := make([]*T, len(list))
		for i, n := range list {
			out[i] = any(n).(*T)
		}
		return out
	}
	return kind[T]{&k}
}

// Schema describes everything that authors can write.
var Schema = sync.OnceValue(func() *schema.Set {
	return schema.NewSet(registered, schema.TypeOf(reflect.TypeFor[Entity]()), schema.TypeOf(reflect.TypeFor[Model]()),
		schema.TypeOf(reflect.TypeFor[Info]()), schema.TypeOf(reflect.TypeFor[Municipality]()))
})

// entities are the entities of a model, or those shared by the models.
type entities struct {
	schema *schema.Set
	named  map[*schema.Kind][]Named
	typed  map[*schema.Kind]any // the same as []*T
	index  map[string]Named     // "kind:id"
	ids    map[*schema.Kind][]string
}

func (e *entities) set(k *schema.Kind, list []Named) {
	e.named[k] = list
	if typed := typed[k]; typed != nil {
		e.typed[k] = typed(list)
	}
	ids := make([]string, len(list))
	for i, n := range list {
		ids[i] = n.Base().ID
	}
	slices.Sort(ids)
	e.ids[k] = ids
}

// of returns the entities of a kind, in the model's order.
func (k kind[T]) of(e *entities) []*T {
	list, _ := e.typed[k.Kind].([]*T)
	return list
}

// Schema describes the kinds that there can be.
func (e *entities) Schema() *schema.Set { return e.schema }

// List returns the entities of a kind, in the model's order.
func (e *entities) List(k *schema.Kind) []Named { return e.named[k] }

// find returns an entity by kind and id, or nil.
func (e *entities) find(k *schema.Kind, id string) Named { return e.index[k.Key+":"+id] }

func (e *entities) all() []Named {
	var out []Named
	for _, k := range e.schema.Kinds {
		out = append(out, e.named[k]...)
	}
	return out
}

// All lists the model's entities, kind by kind.
func (m *Model) All() []Named { return m.all() }

// Find returns an entity of the model by its kind's key and its id, or nil.
func (m *Model) Find(kind, id string) Named { return m.index[kind+":"+id] }

// Referred returns what an entity's key refers to, or nil.
func Referred(n Named, key string) Named {
	k := n.Base().kind.Type.Key(key)
	return ValueOf(n).FieldByIndex(k.Index).Addr().Interface().(reference).Target()
}

// TextAt returns the text under one of an entity's keys; empty for a key of another type.
func TextAt(n Named, key string) Text {
	k := n.Base().kind.Type.Key(key)
	if k == nil || k.Type.Form != schema.Text {
		return Text{}
	}
	return ValueOf(n).FieldByIndex(k.Index).Interface().(Text)
}

// AllShared lists the shared entities, kind by kind.
func (h *Handbook) AllShared() []Named { return h.all() }

func kindKeys(set *schema.Set, shared bool) []string {
	return set.Keys(func(k *schema.Kind) bool { return k.Shared == shared })
}

// entities decodes every [kind.id] of root: the entities of the model m, or the shared
// ones when m is nil. The table named extra is decoded elsewhere.
func (d *decoder) entities(root *source.Node, m *Model, extra string) entities {
	e := entities{schema: d.schema(), named: map[*schema.Kind][]Named{}, typed: map[*schema.Kind]any{}, index: map[string]Named{},
		ids: map[*schema.Kind][]string{}}
	lists := map[*schema.Kind][]Named{}
	for _, n := range root.Items {
		k := d.schema().Kind(n.Key)
		if k == nil || k.Shared != (m == nil) {
			d.unknownKind(n, m == nil, extra)
			continue
		}
		if n.Kind != source.Table {
			d.add(diag.Error, "forkert-type", n, true, fmt.Sprintf("Skriv [%s.<id>].", k.Key),
				"%s skal være tabeller, men er %s", k.Key, n.Kind)
			continue
		}
		for _, child := range n.Items {
			if only := d.doubled(k.Key, child); only != nil {
				child = only
			}
			if child.Kind != source.Table {
				d.add(diag.Error, "id-mangler", child, true,
					fmt.Sprintf("Skriv [%s.<id>] med et id, og sæt nøglerne derunder.", k.Key),
					"\"%s\" står direkte under [%s], som mangler et id", child.Key, k.Key)
				continue
			}
			named := d.entity(k, child, m)
			lists[k] = append(lists[k], named)
			e.index[k.Key+":"+child.Key] = named
		}
	}
	for k, list := range lists {
		if m != nil {
			sortByNumber(k, list)
		}
		e.set(k, list)
	}
	return e
}

func (d *decoder) entity(k *schema.Kind, n *source.Node, m *Model) Named {
	d.checkID(n)
	named, v := newEntity(k)
	d.table(n, v, k.Type, k.One+" \""+n.Key+"\"")
	e := named.Base()
	e.ID, e.Kind, e.Model, e.kind = n.Key, k.Key, m, k
	if !k.Nameless {
		d.name(n, k, e)
	}
	return named
}

// name gives an entity without a name its short text. It reports one that has neither.
func (d *decoder) name(n *source.Node, k *schema.Kind, e *Entity) {
	switch given := n.Get("navn"); {
	case given == nil:
		e.Name = e.Short.Value
		if e.Name == "" && !d.lost.Files[n.KeyPos.File] {
			d.add(diag.Error, "mangler-noegle", n, true, "Tilføj navn = \"…\".", "%s \"%s\" mangler nøglen \"navn\"",
				k.One, e.ID)
		}
	case given.Kind == source.String && e.Name == "":
		d.add(diag.Error, "tomt-navn", given, false, "Skriv navnet mellem anførselstegnene.",
			"%s \"%s\" har et tomt navn", k.One, e.ID)
	}
}

// sortByNumber sorts by nummer, if the kind has that key. Entities without a number
// follow in the order of the files.
func sortByNumber(k *schema.Kind, list []Named) {
	key := k.Type.Key("nummer")
	if key == nil {
		return
	}
	number := func(n Named) int64 {
		if v := ValueOf(n).FieldByIndex(key.Index); v.Int() > 0 {
			return v.Int()
		}
		return 1 << 30
	}
	slices.SortStableFunc(list, func(a, b Named) int { return cmp.Compare(number(a), number(b)) })
}

// doubled reports [[kind.id]] and returns its only table, or nil when child is something
// else.
func (d *decoder) doubled(kind string, child *source.Node) *source.Node {
	if child.Kind != source.Array || len(child.Items) != 1 || child.Items[0].Kind != source.Table {
		return nil
	}
	d.add(diag.Error, "dobbelt-klamme", child, true, fmt.Sprintf("Skriv [%s.%s].", kind, child.Key),
		"[[%s.%s]] har en klamme for meget på hver side", kind, child.Key)
	only := *child.Items[0]
	only.Key, only.KeyPos = child.Key, child.KeyPos
	return &only
}

func (d *decoder) unknownKind(n *source.Node, isShared bool, extra string) {
	if n.Key == extra {
		return
	}
	keys := append(kindKeys(d.schema(), isShared), extra)
	help := "Brug en af: " + strings.Join(keys, ", ") + "."
	if k := d.schema().Kind(n.Key); k != nil && k.Shared != isShared {
		help = "Slags fælles for modellerne (begreb, aktoer, kilde, lov …) står i content/; " +
			"en models egne står i content/modeller/<model>/."
		d.add(diag.Error, "forkert-sted", n, true, help, "[%s.…] hører ikke til her", n.Key)
		return
	}
	if n.Kind != source.Table {
		d.add(diag.Error, "uden-tabel", n, true, header(n, isShared), "\"%s\" står uden for en tabel", n.Key)
		return
	}
	d.add(diag.Error, "ukendt-slags", n, true, help, "ukendt slags \"%s\"%s", n.Key, diag.MenteDu(n.Key, keys))
	meant, ok := diag.Suggest(n.Key, keys)
	if !ok {
		return
	}
	d.lost.Unsure[d.scope+"/"+meant] = true
	for _, child := range n.Items { // so that one run tells of all mistakes
		if k := d.schema().Kind(meant); k != nil && child.Kind == source.Table {
			d.entity(k, child, nil)
		}
	}
}

// HeaderForShared says in Danish which header to write above a key of a shared file.
func HeaderForShared(n *source.Node) string { return header(n, true) }

func HeaderForModel(n *source.Node) string { return header(n, false) }

func header(n *source.Node, isShared bool) string {
	if k := Schema().Kind(n.Key); k != nil && k.Shared == isShared {
		return fmt.Sprintf("Skriv [%s.<id>], og sæt nøglerne derunder.", k.Key)
	}
	switch path.Base(n.Pos.File) {
	case "model.toml":
		return "Skriv [model] på en linje over den."
	case "haandbog.toml":
		return "Skriv [haandbog] på en linje over den."
	}
	example := "[rolle.<id>]"
	if isShared {
		example = "[begreb.<id>]"
	}
	return "Skriv en overskrift på en linje over den, fx " + example + "."
}

// Decode decodes an entity's table by itself: its references lead nowhere, and what is
// wrong with it is not told.
func Decode(k *schema.Kind, n *source.Node) Named {
	d := &decoder{lost: Lost{Unsure{}, map[string]bool{}}}
	return d.entity(k, n, nil)
}
