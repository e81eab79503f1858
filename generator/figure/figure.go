// Package figure draws a handbook's figures. A struct per figure comes in, with its
// words; the bytes of one inline <svg> element go out. The package refuses to know
// models, pages and addresses: SVG is told what the href of a [Label] means.
//
// Every figure is 360 units wide and as tall as its text needs. No text is smaller than
// 13.5 units, at least 11 px on a 320 px screen. Words that do not fit are hyphenated
// (at soft hyphens first), boxes grow in height, and text never overflows its box.
// Widths come from a table of average character widths, not from a font, so the same
// data gives the same bytes.
//
// A [Face] is a figure in small, without words, with the class ansigt.
//
// An <svg> carries no style attribute and no <style> element. It is legible
// without CSS (fill and stroke are currentColor and Canvas); a site restyles it
// through these classes:
//
//	figur, figur-cirkel …  the <svg>; its kind: cirkel, ringe, trekant, matrix,
//	                       ben, trappe, moede, aarshjul, dele, valg
//	fig-flade              a surface with text on it
//	fig-fremhaevet         with fig-flade: the surface that matters most
//	fig-svag               a faint line or surface: guides, empty cells
//	fig-streg              a plain line or outline without text on it
//	fig-pil, fig-spids     an arrow's line, and its head
//	fig-grad-0 … fig-grad-4  a surface whose tone shows a degree
//	fig-prik, fig-prik-tom a filled and an empty dot of a scale
//	fig-kryds              the cross of a chosen cell
//	fig-tom                a small dot where nothing is shared
//	fig-maerkat            with fig-flade: a small box that holds one member
//	fig-nr                 a <g> with a <circle> and its number
//	fig-krav, fig-anbefaling, fig-eksempel   on a fig-nr: its binding force
//	fig-tekst, fig-under   a title; a subordinate text
//	fig-link               an <a> around a shape and its text
//
// testdata/figur.css is a stylesheet for light, dark, forced colours and print.
//
// The accessible name is the <title>, the description the <desc>. A figure
// without links has role="img". With links it has role="group", since an image
// hides its children from a screen reader. The text equivalent (a list or a
// table next to the figure) is written by the caller from the same data.
package figure

import (
	"bytes"
	"html"
	"math"
	"strconv"
	"strings"
)

// Label is a labelled part of a figure. Sub is a second, quieter line. Href, when
// not empty, makes the shape a link.
type Label struct {
	Title string
	Sub   string
	Href  string
}

const (
	width    = 360.0 // of every viewBox
	edge     = 2.0   // free space at the sides, for strokes
	inner    = width - 2*edge
	big      = 15.0 // font size of titles
	small    = 14.0 // of everything else
	leading  = 1.25 // line height in font sizes
	padX     = 10.0 // between a box and its text
	padY     = 9.0
	badge    = 12.0 // radius of a number's circle
	arrowGap = 36.0 // room for an arrow between two boxes
	head     = 10.0 // size of an arrow's head
	faceHead = 26.0 // and in a face
)

type rect struct{ x, y, w, h float64 }

func (r rect) right() float64  { return r.x + r.w }
func (r rect) bottom() float64 { return r.y + r.h }
func (r rect) midX() float64   { return r.x + r.w/2 }
func (r rect) midY() float64   { return r.y + r.h/2 }

// placedText is a text, its position, and the box that it must not overflow.
type placedText struct {
	text   string
	at     rect
	within rect
}

// drawing collects a figure's elements, and the positions of its texts for the tests.
type drawing struct {
	id     string
	href   func(string) string
	body   bytes.Buffer
	linked bool
	arrows bool
	texts  []placedText

	wordless bool // a face
}

func newDrawing(id string, href func(string) string) *drawing {
	return &drawing{id: identifier(id), href: href}
}

// Figure is a figure with its data.
type Figure interface {
	named() (kind, title, desc string)
	draw(d *drawing) (height float64)
}

// SVG draws a figure. href gives the address of a label's Href on the page.
func SVG(f Figure, id string, href func(string) string) []byte {
	d := newDrawing(id, href)
	height := f.draw(d)
	kind, title, desc := f.named()
	return d.svg(kind, title, desc, height)
}

// identifier makes id usable in an XML id and in a space-separated list of ids.
func identifier(id string) string {
	id = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-':
			return r
		}
		return '-'
	}, id)
	if id == "" || !(id[0] >= 'a' && id[0] <= 'z' || id[0] >= 'A' && id[0] <= 'Z' || id[0] == '_') {
		id = "fig-" + id
	}
	return id
}

// svg closes the drawing at the given height and returns the element's bytes.
func (d *drawing) svg(kind, title, desc string, height float64) []byte {
	var out bytes.Buffer
	role := "img"
	if d.linked {
		role = "group"
	}
	named := d.id + "-titel"
	if clean(desc) != "" {
		named += " " + d.id + "-tekst"
	}
	h := num(math.Ceil(height))
	out.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" class="figur figur-` + kind + `" viewBox="0 0 ` +
		num(width) + ` ` + h +
		`" width="` + num(width) + `" height="` + h + `" role="` + role + `" aria-labelledby="` + named +
		`" fill="none">` + "\n")
	out.WriteString(`<title id="` + d.id + `-titel">` + escape(title) + "</title>\n")
	if clean(desc) != "" {
		out.WriteString(`<desc id="` + d.id + `-tekst">` + escape(desc) + "</desc>\n")
	}
	d.arrowhead(&out, head)
	out.Write(d.body.Bytes())
	out.WriteString("</svg>\n")
	return out.Bytes()
}

// arrowhead defines the head of the drawing's arrows, of the given size.
func (d *drawing) arrowhead(out *bytes.Buffer, size float64) {
	if d.arrows {
		out.WriteString(`<defs><marker id="` + d.id +
			`-pil" viewBox="0 0 10 10" refX="8" refY="5"` + attr("markerWidth", size) + attr("markerHeight", size) +
			` markerUnits="userSpaceOnUse" orient="auto-start-reverse">` +
			`<path class="fig-spids" d="M0 0L10 5L0 10z" fill="currentColor"/></marker></defs>` + "\n")
	}
}

// open begins a link that ends with close, if l has an href. The visible words of a link
// must be in its accessible name, for speech input; so a number is drawn outside it.
func (d *drawing) open(l Label) {
	if l.Href == "" || d.wordless {
		return
	}
	d.linked = true
	name := clean(l.Title)
	if sub := clean(l.Sub); sub != "" {
		name = strings.TrimSpace(name + ": " + sub)
	}
	d.body.WriteString(`<a class="fig-link" href="` + escape(d.href(l.Href)) + `" aria-label="` + escape(name) + `">`)
}

func (d *drawing) close(l Label) {
	if l.Href != "" && !d.wordless {
		d.body.WriteString("</a>")
	}
	d.body.WriteString("\n")
}

// paint returns the presentation attributes of a class, for use without CSS.
func paint(class string) string {
	switch strings.Fields(class)[0] {
	case "fig-grad-0":
		return ` fill="Canvas" stroke="currentColor"`
	case "fig-grad-1", "fig-grad-2", "fig-grad-3", "fig-grad-4":
		return ` fill="currentColor" fill-opacity=".` + []string{"06", "13", "2", "28"}[class[9]-'1'] +
			`" stroke="currentColor"`
	case "fig-svag":
		return ` stroke="currentColor" stroke-opacity=".4"`
	case "fig-prik":
		return ` fill="currentColor" stroke="currentColor"`
	case "fig-tom":
		return ` fill="currentColor" fill-opacity=".35"`
	case "fig-kryds":
		return ` stroke="currentColor" stroke-width="3"`
	case "fig-prik-tom", "fig-streg":
		return ` stroke="currentColor"`
	case "fig-pil":
		return ` stroke="currentColor" stroke-width="2"`
	}
	return ` fill="Canvas" stroke="currentColor"`
}

func (d *drawing) rect(class string, r rect, radius float64) {
	d.body.WriteString(`<rect class="` + class + `"` + attr("x", r.x) + attr("y", r.y) + attr("width", r.w) +
		attr("height", r.h) +
		attr("rx", min(radius, r.w/2, r.h/2)) + paint(class) + "/>")
}

func (d *drawing) circle(class string, x, y, r float64) {
	d.body.WriteString(`<circle class="` + class + `"` + attr("cx", x) + attr("cy", y) + attr("r", r) + paint(class) +
		"/>")
}

// path draws a line from commands and numbers: "M", x, y, "L", x, y.
func (d *drawing) path(class string, parts ...any) {
	d.body.WriteString(`<path class="` + class + `" d="` + pathData(parts) + `"` + paint(class) + "/>\n")
}

// arrow is a path with a head at its end, and at its start too when both is set.
func (d *drawing) arrow(both bool, parts ...any) {
	d.arrows = true
	head := ` marker-end="url(#` + d.id + `-pil)"`
	if both {
		head += ` marker-start="url(#` + d.id + `-pil)"`
	}
	d.body.WriteString(`<path class="fig-pil" d="` + pathData(parts) + `"` + paint("fig-pil") + head + "/>\n")
}

func pathData(parts []any) string {
	var b strings.Builder
	after := false // whether the last part was a number
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			b.WriteString(p)
			after = false
		case float64:
			if after {
				b.WriteByte(' ')
			}
			b.WriteString(num(p))
			after = true
		}
	}
	return b.String()
}

// text writes a block with its top at y. x is its left side, its middle or its
// right side, as anchor says: "start", "middle" or "end".
func (d *drawing) text(class string, b block, x, y float64, anchor string, within rect) {
	if len(b.lines) == 0 || d.wordless {
		return
	}
	left := x
	switch anchor {
	case "middle":
		left = x - b.w/2
	case "end":
		left = x - b.w
	}
	d.texts = append(d.texts, placedText{b.text, rect{left, y, b.w, b.h}, within})
	d.body.WriteString(`<text class="` + class + `"` + attr("font-size", b.size))
	if anchor != "start" {
		d.body.WriteString(` text-anchor="` + anchor + `"`)
	}
	if b.size > small {
		d.body.WriteString(` font-weight="600"`)
	}
	d.body.WriteString(` fill="currentColor">`)
	base := y + (leading-1)/2*b.size + 0.8*b.size
	for i, line := range b.lines {
		d.body.WriteString(`<tspan` + attr("x", x) + attr("y", base+float64(i)*leading*b.size) + `>` + escape(line) +
			`</tspan>`)
		if i+1 < len(b.lines) && !b.broken[i] {
			d.body.WriteString(`<tspan font-size="0"> </tspan>`) // copied text keeps its words apart
		}
	}
	d.body.WriteString("</text>\n") // the title and what is under it are read apart
}

// number draws a circled number. force is the class of its binding force, or "".
func (d *drawing) number(n int, x, y, r float64, force string) {
	if d.wordless {
		return
	}
	class := "fig-nr"
	if force != "" {
		class += " " + force
	}
	d.body.WriteString(`<g class="` + class + `"><circle` + attr("cx", x) + attr("cy", y) + attr("r", r) +
		paint("fig-nr"))
	if force == "fig-eksempel" {
		d.body.WriteString(` stroke-dasharray="3 2"`)
	}
	if force == "fig-krav" {
		d.body.WriteString(` stroke-width="2.5"`)
	}
	d.body.WriteString("/>")
	b := wrap(strconv.Itoa(n), 2*r, 13.5)
	d.text("fig-tekst", b, x, y-b.h/2, "middle", rect{x - r, y - r, 2 * r, 2 * r})
	d.body.WriteString("</g>")
}

// card is a label wrapped for a box of width w.
type card struct {
	label      Label
	title, sub block
	w, h       float64
	top        float64 // free space above the text
}

// newCard wraps l for a box of width w. top is the free space above the text: a card with
// a number on its upper edge needs more.
func newCard(l Label, w, top float64) card {
	c := card{label: l, w: w, top: top}
	c.title = balance(l.Title, w-2*padX, big)
	c.sub = balance(l.Sub, w-2*padX, small)
	c.h = top + c.title.h + c.sub.h + padY
	if c.sub.h > 0 && c.title.h > 0 {
		c.h += 2
	}
	return c
}

// card draws c in the box r, which has the card's width and at least its height. n > 0
// is a number on the upper left edge.
func (d *drawing) card(class string, c card, r rect, n int) {
	d.open(c.label)
	d.rect(class, r, 10)
	y := r.y + c.top + (r.h-c.h)/2
	d.text("fig-tekst", c.title, r.midX(), y, "middle", r)
	d.text("fig-under", c.sub, r.midX(), r.y+c.top+(r.h-c.h)/2+(c.h-c.top-padY)-c.sub.h, "middle", r)
	d.close(c.label)
	if n > 0 {
		d.number(n, r.x+18, r.y, badge, "")
	}
}

// grade is the class of the i-th of n tones, which rise from 1 to 4.
func grade(i, n int) string {
	if n < 2 {
		return "fig-grad-2"
	}
	return "fig-grad-" + strconv.Itoa(1+(i*3+(n-1)/2)/(n-1))
}

func attr(name string, v float64) string { return " " + name + `="` + num(v) + `"` }

// num writes a coordinate with at most one decimal.
func num(v float64) string {
	v = math.Round(v*10) / 10
	if v == 0 {
		v = 0 // never "-0"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func escape(s string) string { return html.EscapeString(strings.ReplaceAll(clean(s), "\u00ad", "")) }
