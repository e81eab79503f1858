package book_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/guide"
)

// Every type that calls itself a block is among Blocks, under a name of its own;
// other rooms' tests go through those.
func TestBlocksIsWhole(t *testing.T) {
	var types, names []string
	for _, b := range book.Blocks() {
		types = append(types, reflect.TypeOf(b).Name())
		names = append(names, b.Name())
	}
	slices.Sort(names)
	if len(slices.Compact(names)) != len(types) {
		t.Errorf("two blocks have the same name: %v", names)
	}
	method := regexp.MustCompile(`func \((?:\w+ )?(\w+)\) Within\(`)
	files, _ := filepath.Glob("*.go")
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range method.FindAllStringSubmatch(string(data), -1) {
			if !slices.Contains(types, m[1]) {
				t.Errorf("%s: the block %s is not in Blocks", f, m[1])
			}
		}
	}
}

// A block says words, or is known to be wordless; it is empty when it has none of
// what it lists; and among other pages' blocks its places have names of their own.
func TestBlockContents(t *testing.T) {
	text := func(s string) book.Text {
		doc, _ := guide.Parse("a.md", 1, []byte(s), guide.Options{})
		return book.Text{Doc: doc}
	}
	item := book.Item{ID: "a", Title: book.Link{Text: "Ord"}, Children: []book.Item{{ID: "b", Plain: "Ord"}}}
	full := map[string]book.Block{
		"prosa":     book.Prose{Text: text("## Ord\n\nOrd.\n")},
		"fakta":     book.Facts{Rows: []book.Fact{{Label: "Ord", Plain: "ord"}}},
		"liste":     book.List{Items: []book.Item{item}},
		"kort":      book.Cards{Items: []book.Card{{Link: book.Link{Text: "Ord"}}}},
		"tabel":     book.Table{Rows: []book.Row{{ID: "a", Head: book.Cell{Plain: "Ord"}}}},
		"boks":      book.Box{Plain: "Ord"},
		"figur":     book.Drawing{Title: "Ord", Same: []book.Block{book.Facts{}}},
		"vurdering": book.Rating{Groups: []book.RatingGroup{{ID: "a", Title: "Ord", Items: []book.Item{item}}}},
		"tjekliste": book.Check{Groups: []book.CheckGroup{{ID: "a", Title: "Ord", Items: []book.Item{item}}}},
		"tilstede":  book.Attendance{Rows: []book.Fact{{Label: "Ord", Plain: "ord"}}},
	}
	wordless := []string{"linjer", "skema", "kalender", "bogstaver", "soeg", "velkomst", "qr"}
	lists := []string{"prosa", "fakta", "tilstede", "liste", "kort", "tabel", "tjekliste", "vurdering"}
	for _, empty := range book.Blocks() {
		name := empty.Name()
		if slices.Contains(wordless, name) {
			continue
		}
		b := full[name]
		if b == nil {
			t.Errorf("%s: neither an example here nor wordless", name)
			continue
		}
		if b.Empty() || empty.Empty() != slices.Contains(lists, name) {
			t.Errorf("%s: empty %v when it has something, %v when it has nothing", name, b.Empty(), empty.Empty())
		}
		if spoken(b.Contents()) == 0 {
			t.Errorf("%s: says nothing", name)
		}
		for _, id := range places(b.Within("x-", 1).Contents()) {
			if id[:2] != "x-" {
				t.Errorf("%s: the place %q may be another page's too", name, id)
			}
		}
	}
}

func spoken(list []book.Content) int {
	n := 0
	for _, c := range list {
		n += len(c.Lines) + spoken(c.Inner)
		if c.Name != "" {
			n++
		}
	}
	return n
}

func places(list []book.Content) []string {
	var out []string
	for _, c := range list {
		if c.ID != "" {
			out = append(out, c.ID)
		}
		out = append(out, places(c.Inner)...)
	}
	return out
}
