package book

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"reflect"
	"sync"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
)

// Key tells a page from all that give other bytes, in any edition and any build. Where
// texts stand in their files is left out, but for which of them stand in the same place:
// a line more in a file is no change to the pages made of what stands below it. The page's
// document has a key of its own.
func (p *Page) Key() [sha256.Size]byte {
	var terms []byte
	if p.terms != nil {
		sum := p.terms.Sum()
		terms = sum[:]
	}
	page := *p
	page.Document = nil
	return sum(reflect.ValueOf(&page).Elem(), terms)
}

// sum is that of a value and what stands before it.
func sum(v reflect.Value, before []byte) [sha256.Size]byte {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	k := keyer{key: append((*room)[:0], before...)}
	k.add(v)
	*room = k.key
	return sha256.Sum256(k.key)
}

var rooms = sync.Pool{New: func() any { return new([]byte) }}

var typeDoc = reflect.TypeFor[*guide.Doc]()

// AppendKey appends the values of what pages and their views are made of; different
// values of a type give different bytes.
func AppendKey(dst []byte, v reflect.Value) []byte {
	k := keyer{key: dst}
	k.add(v)
	return k.key
}

type keyer struct {
	key    []byte
	places map[diag.Pos]int // numbered in the order of the page
}

func (k *keyer) add(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		k.text(v.String())
	case reflect.Bool:
		var b byte
		if v.Bool() {
			b = 1
		}
		k.key = append(k.key, b)
	case reflect.Int, reflect.Int64:
		k.key = binary.AppendVarint(k.key, v.Int())
	case reflect.Uint8:
		k.key = append(k.key, byte(v.Uint()))
	case reflect.Float64:
		k.key = fmt.Append(k.key, v.Float(), ";")
	case reflect.Slice, reflect.Array:
		k.key = binary.AppendUvarint(k.key, uint64(v.Len()))
		for i := range v.Len() {
			k.add(v.Index(i))
		}
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			k.text("")
			return
		}
		k.text(v.Elem().Type().String())
		if v.Type() == typeDoc {
			doc := (*guide.Doc)(v.UnsafePointer())
			sum := doc.Sum(func() [sha256.Size]byte { return sum(v.Elem(), nil) })
			k.key = append(k.key, sum[:]...)
			return
		}
		k.add(v.Elem())
	case reflect.Struct:
		if v.Type() == typePos {
			k.place(diag.Pos{File: v.Field(posFile).String(), Line: int(v.Field(posLine).Int()),
				Col: int(v.Field(posCol).Int())})
			return
		}
		for _, i := range keyed(v.Type()) {
			k.add(v.Field(i))
		}
	default:
		panic("book: a page holds a " + v.Type().String())
	}
}

func (k *keyer) text(s string) {
	k.key = append(binary.AppendUvarint(k.key, uint64(len(s))), s...)
}

func (k *keyer) place(pos diag.Pos) {
	n, known := k.places[pos]
	if !known {
		n = len(k.places) + 1
		if n == 1 {
			k.places = map[diag.Pos]int{}
		}
		k.places[pos] = n
		k.text(pos.File)
	}
	k.key = binary.AppendUvarint(k.key, uint64(n))
}

var keyedFields sync.Map // reflect.Type → []int; a memo of the types, which never change

// keyed are a struct's fields but those tagged key:"-", which follow from others.
func keyed(t reflect.Type) []int {
	if known, ok := keyedFields.Load(t); ok {
		return known.([]int)
	}
	var out []int
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("key") != "-" {
			out = append(out, i)
		}
	}
	keyedFields.Store(t, out)
	return out
}
