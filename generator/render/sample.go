package render

import (
	"reflect"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
)

// sampleBook is a small edition that uses every block and every field, for
// trying layouts on. Nothing of it is published.
func sampleBook() *book.Book {
	b := sampleOf[book.Book]()
	b.Slug, b.Name, b.Genitive, b.Colour = "proeve", "Prøve Kommune", "Prøve Kommunes", "#005a3c"
	b.Logo, b.WAS, b.Site = "logo.svg", "https://was.digst.dk/proeve", ""
	page, front := sampleOf[book.Page](), sampleOf[book.Page]()
	page.Path, page.Kind, page.Model = "proeve/moeder/moede.html", "moede", "proeve"
	page.Sections[0].Level, page.Sections[0].Blocks = 2, sampleBlocks()
	front.Path, front.Kind, front.Sheet, front.Pos = "index.html", "forside", nil, diag.Pos{}
	front.Sections = []book.Section{{Blocks: []book.Block{sampleOf[book.Hero]()}}}
	b.Pages = []*book.Page{&page, &front}
	return &b
}

// sampleBlocks are all blocks but the front page's opening: with every flag set,
// and with none.
func sampleBlocks() []book.Block {
	var out []book.Block
	for _, answer := range []bool{true, false} {
		for _, b := range book.Blocks() {
			if b.Name() == (book.Hero{}).Name() {
				continue
			}
			v := reflect.New(reflect.TypeOf(b)).Elem()
			fill(v, answer, 0)
			out = append(out, v.Interface().(book.Block))
		}
	}
	return out
}

func sampleOf[T any]() T {
	var x T
	fill(reflect.ValueOf(&x).Elem(), true, 0)
	return x
}

// deepest is how many structs a sample holds within each other, so that points
// under points come to an end.
const deepest = 6

// fill gives a value and all that it holds something to show.
func fill(v reflect.Value, answer bool, depth int) {
	switch v.Interface().(type) {
	case book.Text:
		doc, _ := guide.ParseInline(diag.Pos{File: "proeve.toml", Line: 1, Col: 1}, "Tekst", guide.Options{})
		v.Set(reflect.ValueOf(book.Text{Doc: doc, Local: answer, National: "National ordlyd"}))
		return
	case book.Link:
		v.Set(reflect.ValueOf(book.Link{Path: "proeve/index.html", Text: "Link"}))
		return
	case diag.Pos:
		v.Set(reflect.ValueOf(diag.Pos{File: "proeve.toml", Line: 1, Col: 1}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("Ord")
	case reflect.Int:
		v.SetInt(2)
	case reflect.Bool:
		v.SetBool(answer)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && depth < deepest {
				fill(v.Field(i), answer, depth+1)
			}
		}
	case reflect.Slice:
		if depth < deepest {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), answer, depth)
		}
	case reflect.Interface:
		if v.Type() == reflect.TypeFor[book.Block]() {
			v.Set(reflect.ValueOf(book.List{Items: []book.Item{{Plain: "Ord"}}}))
		}
	case reflect.Pointer:
		if v.Type() == reflect.TypeFor[*book.Sheet]() || v.Type() == reflect.TypeFor[*book.Mast]() {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), answer, depth)
		}
	}
}
