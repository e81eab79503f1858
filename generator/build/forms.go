package build

import (
	"sync"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/export"
	"modelhaandbog/generator/feed"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/wording"
)

// once is a value that is computed on first use.
type once[T any] struct {
	sync.Once
	value T
}

// memo computes a value once per key. It is safe for concurrent use.
type memo[K comparable, T any] struct {
	mu sync.Mutex
	m  map[K]*once[T]
}

func (c *memo[K, T]) get(key K, create func() T) T {
	c.mu.Lock()
	if c.m == nil {
		c.m = map[K]*once[T]{}
	}
	o := c.m[key]
	if o == nil {
		o = &once[T]{}
		c.m[key] = o
	}
	c.mu.Unlock()
	o.Do(func() { o.value = create() })
	return o.value
}

func (c *memo[K, T]) drop(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, key)
}

// wordKey is a sheet's Word file: of the whole sheet, or of a choice.
type wordKey struct {
	page   *book.Page
	choice book.Choice
}

// newWordFile makes a sheet's Word file without the name of the edition.
func newWordFile(w wordKey, words *wording.Words) *export.Template {
	t, err := export.NewTemplate(export.FromPage(w.page, words, w.choice))
	if err != nil {
		panic("export: a sheet in memory cannot fail: " + err.Error())
	}
	return t
}

// wordBase is the municipality's own template for a Word file that is written on: minutes and
// invitations. It is nil for others, and where there is none.
func (e *Edition) wordBase(w wordKey) *export.Base {
	m := e.Book.Handbook.Municipal
	if m == nil || w.choice != book.Minutes && w.page.Kind != "indbydelse" {
		return nil
	}
	base, _ := e.snap.templateOf(m) // a fault is reported with the municipality
	return base
}

func onBase(base *export.Base, w wordKey, words *wording.Words, id export.Identity) []byte {
	data, err := base.Document(export.FromPage(w.page, words, w.choice), id)
	if err != nil {
		panic("export: a sheet in memory cannot fail: " + err.Error())
	}
	return data
}

// json is a model as JSON; editions that share a model share its file.
func (e *Edition) json(m *model.Model) Contents {
	h := e.Book.Handbook
	create := func() Contents {
		data, err := feed.JSON(h, m, e.Book.Words)
		if err != nil {
			panic("schema: a model in memory cannot fail: " + err.Error())
		}
		return contentsOf(data)
	}
	if e.snap.national.ModelByID(m.ID) != m {
		return create()
	}
	return e.snap.render.models.get(m, create)
}

// modelSchemas are the JSON Schemas of the models' JSON files, the same in all editions.
var modelSchemas memo[*schema.Set, Contents]

func (snap *Snapshot) modelSchema() Contents {
	return modelSchemas.get(snap.kinds, func() Contents { return contentsOf(feed.ModelJSONSchema(snap.kinds)) })
}
