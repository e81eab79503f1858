package model

import (
	"fmt"
	"path"
	"reflect"
	"strings"
	"sync"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// KindInfo describes one kind of entity: its key in TOML and references, what
// one and several are called, and the Go type behind it.
type KindInfo struct {
	Key     string // "fase"
	One     string // "fase"
	Many    string // "Faser"
	Folder  string // part of an address: "faser"; "" for kinds without pages
	Shared  bool   // belongs to the handbook, not to a model
	Addable bool   // a municipality may add entities of this kind
	typ     reflect.Type
	index   int // field of Model or shared
}

// shared mirrors the slices of Handbook that are decoded from shared tables.
type shared struct {
	Terms    []*Term         `toml:"begreb"`
	Actors   []*Actor        `toml:"aktoer"`
	Sources  []*Source       `toml:"kilde"`
	Laws     []*Law          `toml:"lov"`
	Editions []*Edition      `toml:"udgave"`
	Shared   []*Shared       `toml:"faelles"`
	Packs    []*Pack         `toml:"pakke"`
	Register []*Municipality `toml:"kommune"`
}

var kindNames = map[string][4]string{ // one, many, folder, addable
	"princip":       {"princip", "Principper", "principper", ""},
	"kerneelement":  {"kerneelement", "Kerneelementer", "kerneelementer", ""},
	"fase":          {"fase", "Faser", "faser", ""},
	"trin":          {"trin", "Trin", "trin", ""},
	"regel":         {"regel", "Regler", "", ""},
	"rolle":         {"rolle", "Roller", "roller", "ja"},
	"opgave":        {"opgave", "Opgaver", "", "ja"},
	"kompetence":    {"kompetence", "Kompetencer", "", ""},
	"forudsaetning": {"forudsætning", "Forudsætninger", "forudsaetninger", "ja"},
	"moede":         {"møde", "Møder", "moeder", "ja"},
	"kadence":       {"kadence", "Kadencer", "", "ja"},
	"maalgruppe":    {"målgruppe", "Målgruppe", "", ""},
	"maal":          {"mål", "Mål", "", ""},
	"resultat":      {"resultat", "Resultater", "", ""},
	"tal":           {"tal", "Tal", "", ""},
	"oekonomi":      {"beløb", "Økonomi", "", ""},
	"scenarie":      {"scenarie", "Scenarier", "", ""},
	"omraade":       {"område", "Områder", "omraader", ""},
	"element":       {"element", "Elementer", "", ""},
	"metode":        {"metode", "Metoder", "", "ja"},
	"arena":         {"arena", "Arenaer", "", ""},
	"greb":          {"greb", "Greb", "", "ja"},
	"viden":         {"viden", "Viden", "", ""},
	"figur":         {"figur", "Figurer", "", ""},
	"aftale":        {"aftale", "Aftaler", "", "ja"},
	"tjekliste":     {"tjekliste", "Tjeklister", "tjeklister", "ja"},
	"begreb":        {"begreb", "Begreber", "begreber", "ja"},
	"aktoer":        {"aktør", "Aktører", "aktoerer", ""},
	"kilde":         {"kilde", "Kilder", "kilder", ""},
	"lov":           {"lov", "Love", "love", ""},
	"udgave":        {"udgave", "Udgaver", "", ""},
	"faelles":       {"fælles tema", "Fælles for modellerne", "", ""},
	"pakke":         {"pakke", "Pakker", "pakker", "ja"},
	"kommune":       {"kommune", "Kommuner", "kommuner", ""},
}

// Kinds lists all kinds, a model's first, in the order of the structs.
var Kinds = sync.OnceValue(func() []KindInfo {
	var out []KindInfo
	collect := func(t reflect.Type, isShared bool) {
		for i := range t.NumField() {
			f := t.Field(i)
			key := f.Tag.Get("toml")
			names, ok := kindNames[key]
			if f.Type.Kind() != reflect.Slice || !ok || f.Type.Elem().Kind() != reflect.Pointer {
				continue
			}
			out = append(out, KindInfo{Key: key, One: names[0], Many: names[1], Folder: names[2],
				Shared: isShared, Addable: names[3] == "ja", typ: f.Type.Elem().Elem(), index: i})
		}
	}
	collect(reflect.TypeFor[Model](), false)
	collect(reflect.TypeFor[shared](), true)
	return out
})

// Kind looks a kind up by its key; ok is false for an unknown key.
func Kind(key string) (KindInfo, bool) {
	for _, k := range Kinds() {
		if k.Key == key {
			return k, true
		}
	}
	return KindInfo{}, false
}

// kindOf gives the kind behind a Go type, for references.
func kindOf(t reflect.Type) KindInfo {
	for _, k := range Kinds() {
		if k.typ == t {
			return k
		}
	}
	panic("model: no kind for " + t.String())
}

func kindKeys(isShared bool) []string {
	var keys []string
	for _, k := range Kinds() {
		if k.Shared == isShared {
			keys = append(keys, k.Key)
		}
	}
	return keys
}

// entities decodes every [kind.id] of root into the slices of v, which is a
// Model or a shared, and indexes them by "kind:id".
func (d *decoder) entities(root *source.Node, v reflect.Value, isShared bool, extra ...string) map[string]Named {
	index := map[string]Named{}
	for _, n := range root.Items {
		k, ok := Kind(n.Key)
		if !ok || k.Shared != isShared {
			d.unknownKind(n, isShared, extra)
			continue
		}
		if n.Kind != source.Table {
			d.add(diag.Error, "forkert-type", n, true, fmt.Sprintf("Skriv [%s.<id>].", k.Key), "%s skal være tabeller, men er %s", k.Key, n.Kind)
			continue
		}
		slice, s := v.Field(k.index), shapeOf(k.typ)
		for _, child := range n.Items {
			if only := d.doubled(k.Key, child); only != nil {
				child = only
			}
			if child.Kind != source.Table {
				d.add(diag.Error, "id-mangler", child, true, fmt.Sprintf("Skriv [%s.<id>] med et id, og sæt nøglerne derunder.", k.Key),
					"\"%s\" står direkte under [%s], som mangler et id", child.Key, k.Key)
				continue
			}
			d.checkID(child)
			item := reflect.New(k.typ)
			d.table(child, item.Elem(), s, k.One+" \""+child.Key+"\"")
			named := item.Interface().(Named)
			e := named.Base()
			e.ID, e.Kind = child.Key, k.Key
			if e.Name == "" && k.Key != "tal" && k.Key != "kilde" {
				e.Name = e.Short.Value
			}
			if m, ok := v.Addr().Interface().(*Model); ok {
				e.Model = m
			}
			slice.Set(reflect.Append(slice, item))
			index[k.Key+":"+child.Key] = named
		}
	}
	return index
}

// doubled reports [[kind.id]] and gives its only table, or nil when child is
// something else.
func (d *decoder) doubled(kind string, child *source.Node) *source.Node {
	if child.Kind != source.Array || len(child.Items) != 1 || child.Items[0].Kind != source.Table {
		return nil
	}
	d.add(diag.Error, "dobbelt-klamme", child, true, fmt.Sprintf("Skriv [%s.%s].", kind, child.Key), "[[%s.%s]] har en klamme for meget på hver side", kind, child.Key)
	only := *child.Items[0]
	only.Key, only.KeyPos = child.Key, child.KeyPos
	return &only
}

func (d *decoder) unknownKind(n *source.Node, isShared bool, extra []string) {
	for _, key := range extra {
		if n.Key == key {
			return
		}
	}
	keys := append(kindKeys(isShared), extra...)
	help := "Brug en af: " + strings.Join(keys, ", ") + "."
	if k, ok := Kind(n.Key); ok && k.Shared != isShared {
		help = "Slags fælles for modellerne (begreb, aktoer, kilde, lov …) står i content/; en models egne står i content/modeller/<model>/."
		d.add(diag.Error, "forkert-sted", n, true, help, "[%s.…] hører ikke til her", n.Key)
		return
	}
	if n.Kind != source.Table {
		d.add(diag.Error, "uden-tabel", n, true, above(n, isShared), "\"%s\" står uden for en tabel", n.Key)
		return
	}
	if meant, ok := diag.Suggest(n.Key, keys); ok && d.unsure != nil {
		d.unsure[d.scope+"/"+meant] = true
	}
	d.add(diag.Error, "ukendt-slags", n, true, help, "ukendt slags \"%s\"%s", n.Key, diag.MenteDu(n.Key, keys))
}

// above says which header a key without one belongs under.
func above(n *source.Node, isShared bool) string {
	if k, ok := Kind(n.Key); ok && k.Shared == isShared {
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

// RequiredLines gives the lines that a new table of a kind must have, with
// their descriptions as comments, for authors who start one.
func RequiredLines(kind string) []string {
	k, ok := Kind(kind)
	if !ok {
		return nil
	}
	var out []string
	for _, f := range fieldsOf(k.typ) {
		if !f.required || f.key == "navn" {
			continue
		}
		value := `""`
		switch f.shape.typ.Kind() {
		case reflect.Int:
			value = "1"
		case reflect.Slice:
			value = `[""]`
		case reflect.Struct:
			if f.shape.form == asKeyed {
				continue // tables of their own
			}
		}
		if words := f.shape.words; words != nil {
			value = `"` + words[0] + `"`
		}
		out = append(out, fmt.Sprintf("%s = %s # %s", f.key, value, f.doc))
	}
	return out
}
