package render

import (
	"crypto/sha256"
	"html/template"
	"reflect"
	"strings"
	"sync"

	"modelhaandbog/generator/book"
)

// Parts keeps what layouts made of their views, by which pages share blocks: most of
// those on a municipality's page stand on the national one too. A layout given equal
// views makes equal bytes. It is safe for concurrent use; nil keeps nothing.
type Parts struct {
	national *Parts // those of the national edition, which are looked up first; may be nil
	mu       sync.Mutex
	made     map[[sha256.Size]byte]template.HTML
}

// NewParts makes an empty store for an edition.
func NewParts(national *Parts) *Parts {
	return &Parts{national: national, made: map[[sha256.Size]byte]template.HTML{}}
}

func (p *Parts) find(key [sha256.Size]byte) (template.HTML, bool) {
	if p == nil {
		return "", false
	}
	if h, ok := p.national.find(key); ok {
		return h, true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	h, ok := p.made[key]
	return h, ok
}

func (p *Parts) keep(key [sha256.Size]byte, h template.HTML) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.made[key] = h
}

// part is what a layout makes of a view.
func (w *writer) part(name string, view any) template.HTML {
	if w.parts == nil {
		return w.whole(name, view)
	}
	w.key = book.AppendKey(append(w.key[:0], name...), reflect.ValueOf(view))
	key := sha256.Sum256(w.key)
	h, ok := w.parts.find(key)
	if !ok {
		failed := len(w.diags)
		if h = w.whole(name, view); len(w.diags) == failed {
			w.parts.keep(key, h)
		}
	}
	return h
}

// whole makes a part of its lines, which are parts too.
func (w *writer) whole(name string, view any) template.HTML {
	switch v := view.(type) {
	case ListView:
		v.Lines = w.lines("del/linje", v.Items)
		view = v
	case CheckView:
		for i, g := range v.Groups {
			v.Groups[i].Lines = w.lines("del/tjek", g.Items)
		}
	case TableView:
		for i := range v.Rows {
			row := &v.Rows[i]
			row.Head.HTML = w.part("del/celle", row.Head)
			for i := range row.Cells {
				row.Cells[i].HTML = w.part("del/celle", row.Cells[i])
			}
		}
	}
	return w.execute(name, view)
}

func (w *writer) lines(name string, items []Item) template.HTML {
	var b strings.Builder
	for _, it := range items {
		b.WriteString(string(w.part(name, it)))
	}
	return template.HTML(b.String())
}
