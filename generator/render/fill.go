package render

import (
	"crypto/sha256"
	"strings"

	"modelhaandbog/generator/book"
)

// Append adds the whole page to dst. Nothing but dst is allocated, unless the
// page has a QR code.
func (f *Frame) Append(dst []byte, p *book.Page, body *Body) []byte {
	current, own := f.current(p)
	pieces := f.pieces()
	for i := 0; i < len(pieces); i++ {
		s := &pieces[i]
		dst = append(dst, s.text...)
		switch s.slot {
		case bodySlot:
			for _, x := range body.pieces {
				dst = f.appendSlot(append(dst, x.text...), x.slot, p)
			}
		case markSlot:
			if s.item == current && own {
				dst = append(dst, ` aria-current="page"`...)
			} else if s.item == current {
				dst = append(dst, ` aria-current="true"`...)
			}
		case unfoldSlot:
			if f.inside(current, s.item) || own && f.parents[s.item] == current {
				dst = append(dst, " open"...)
			}
		case openSlot:
			if s.skip > i && !f.inside(current, s.item) {
				i = s.skip
			}
		case scriptsSlot:
			for i, x := range f.extra {
				if body.signs[i] {
					dst = append(dst, x.script...)
				}
			}
		default:
			dst = f.appendSlot(dst, s.slot, p)
		}
	}
	return dst
}

// current is the navigation's entry for a page: its own, or else its section's,
// or -1. own tells which.
func (f *Frame) current(p *book.Page) (item int, own bool) {
	if n, ok := f.nav[p.Path]; ok {
		return n, true
	}
	if n, ok := f.nav[p.Section]; ok {
		return n, false
	}
	return -1, false
}

// inside reports whether current is item or lies under it.
func (f *Frame) inside(current, item int) bool {
	for ; current >= 0; current = f.parents[current] {
		if current == item {
			return true
		}
	}
	return false
}

const notFound = "404.html"

func (f *Frame) appendSlot(dst []byte, s slot, p *book.Page) []byte {
	switch s {
	case titleSlot:
		dst = appendEscaped(dst, p.Title)
	case fullTitleSlot:
		if p.Path != "index.html" {
			dst = append(appendEscaped(dst, p.Title), " – "...)
			if p.Sheet != nil || p.Kind == "samlet" { // named like the page they are made from
				dst = append(appendEscaped(dst, p.KindName), " – "...)
			}
			if p.ModelName != "" && p.ModelName != p.Title {
				dst = append(appendEscaped(dst, p.ModelName), " – "...)
			}
		}
		dst = append(dst, f.title...)
	case summarySlot:
		dst = appendEscaped(dst, p.Summary)
	case addressSlot:
		dst = f.appendAddress(dst, p)
	case canonicalSlot:
		if p.Kind == book.PastKind {
			dst = append(dst, `<meta name="robots" content="noindex">`...)
		} else if f.address != "" && p.Path != notFound {
			dst = append(dst, `<link rel="canonical" href="`...)
			dst = append(f.appendAddress(dst, p), `">`...)
		}
		if p.Feed.Path != "" {
			dst = append(dst, "\n"+`<link rel="alternate" type="application/atom+xml" title="`...)
			dst = append(appendEscaped(dst, p.Feed.Text), `" href="`...)
			dst = append(append(dst, strings.Repeat("../", strings.Count(p.Path, "/"))...), p.Feed.Path...)
			dst = append(dst, `">`...)
		}
	case kindSlot:
		dst = appendEscaped(dst, p.Kind)
	case qrSlot:
		dst = f.appendQR(dst, p)
	case baseSlot:
		if p.Path == notFound && f.base != "" {
			dst = append(dst, `<base href="`...)
			dst = append(appendEscaped(dst, f.base), `">`...)
		}
	case hereSlot:
		if p.Path == notFound && f.base != "" {
			dst = append(dst, notFound...)
		}
	case editionSlot:
		dst = appendEscaped(dst, f.name)
	case genitiveSlot:
		dst = appendEscaped(dst, f.genitive)
	case stylesheetSlot:
		dst = append(dst, f.stylesheet...)
	}
	return dst
}

// appendAddress leaves index.html out: a folder's address is the shorter one.
func (f *Frame) appendAddress(dst []byte, p *book.Page) []byte {
	if f.address == "" {
		return dst
	}
	dst = appendEscaped(dst, f.address)
	path := p.Path
	if path == "index.html" || strings.HasSuffix(path, "/index.html") {
		path = strings.TrimSuffix(path, "index.html")
	}
	return appendEscaped(dst, path)
}

func (f *Frame) appendQR(dst []byte, p *book.Page) []byte {
	if f.qr == nil || f.address == "" {
		return dst
	}
	svg, err := f.qr(string(f.appendAddress(nil, p)), f.words.Text("ramme.qr", "titel", p.Title))
	if err != nil {
		return dst // an address that no code can hold is printed in words only
	}
	return append(dst, svg...)
}

// Key tells a page of this frame from others of the renderer without making it: equal
// keys have equal bytes. body is a sum of what the page's body is made from.
func (f *Frame) Key(p *book.Page, body [sha256.Size]byte) [sha256.Size]byte {
	var room [1024]byte
	b := append(room[:0], f.hash[:]...)
	b = append(b, body[:]...)
	for _, s := range [...]string{p.Path, p.Section, p.Kind, p.KindName, p.ModelName, p.Title, p.Summary} {
		b = append(append(b, s...), 0)
	}
	return sha256.Sum256(b)
}

func appendEscaped(dst []byte, s string) []byte {
	start := 0
	for i := range len(s) {
		var with string
		switch s[i] {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '"':
			with = "&#34;"
		case '\'':
			with = "&#39;"
		default:
			continue
		}
		dst = append(append(dst, s[start:i]...), with...)
		start = i + 1
	}
	return append(dst, s[start:]...)
}
