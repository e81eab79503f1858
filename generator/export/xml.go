package export

import (
	"bytes"
	"strconv"
	"sync"
)

// elem is an XML element, or text when it has no name. Names carry their
// prefixes ("w:p"); attributes are name, value, name, value.
type elem struct {
	name  string
	attrs []string
	kids  []elem
	text  string
	slot  slot // text that is filled in later
	given slot // the element is left out when this slot is empty
}

func el(name string, kids ...elem) elem { return elem{name: name, kids: kids} }

func text(s string) elem { return elem{text: s} }

// blank is text that is filled in later.
func blank(s slot) elem { return elem{slot: s} }

// with returns e with attributes: name, value, name, value.
func (e elem) with(attrs ...string) elem {
	e.attrs = append(e.attrs[:len(e.attrs):len(e.attrs)], attrs...)
	return e
}

func (e elem) add(kids ...elem) elem {
	e.kids = append(e.kids[:len(e.kids):len(e.kids)], kids...)
	return e
}

// val is the shape most of WordprocessingML has: <name w:val="…"/>.
func val(name, v string) elem { return el(name).with("w:val", v) }

func num(name string, v int) elem { return val(name, strconv.Itoa(v)) }

const xmlStart = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// document returns e as a file of its own. Characters that XML cannot carry
// come out as U+FFFD.
func (e elem) document() []byte {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	b.WriteString(xmlStart)
	e.write(b)
	return bytes.Clone(b.Bytes())
}

var buffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}

func (e elem) write(b *bytes.Buffer) {
	if e.given != 0 {
		b.Write([]byte{markGiven, byte(e.given)})
		defer b.Write([]byte{markEnd, byte(e.given)})
	}
	if e.slot != 0 {
		b.Write([]byte{markText, byte(e.slot)})
		return
	}
	if e.name == "" {
		b.WriteString(escaped(e.text))
		return
	}
	b.WriteByte('<')
	b.WriteString(e.name)
	for i := 0; i+1 < len(e.attrs); i += 2 {
		b.WriteByte(' ')
		b.WriteString(e.attrs[i])
		b.WriteString(`="`)
		b.WriteString(escaped(e.attrs[i+1]))
		b.WriteByte('"')
	}
	if len(e.kids) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	for i := range e.kids {
		e.kids[i].write(b)
	}
	b.WriteString("</")
	b.WriteString(e.name)
	b.WriteByte('>')
}
