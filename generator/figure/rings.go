package figure

import "math"

// Rings shows people around a centre, ring by ring outwards, and bands beneath the
// rings.
type Rings struct {
	Title, Desc string
	Centre      Label
	Rings       []Group // from the innermost outwards
	Bands       []Group // beneath the rings
}

type Group struct {
	Label
	Members []Label
}

func (f Rings) named() (kind, title, desc string) { return "ringe", f.Title, f.Desc }

const (
	ringInset  = 13.0 // from one ring's side to the next
	ringRadius = 46.0 // of its corners
	ringLift   = 16.0 // from a ring's top to its title
	ringFoot   = 16.0 // from the inner ring's bottom to the outer one's
)

func (f Rings) draw(d *drawing) float64 {
	y := edge
	bottom := y
	bottom = f.ring(d, len(f.Rings)-1, rect{x: edge, y: y, w: inner})
	for _, b := range f.Bands {
		bottom = d.band(b, bottom+10)
	}
	return bottom + edge
}

// ring draws the i-th ring and everything inside it, and returns its bottom. Ring -1 is
// the centre.
func (f Rings) ring(d *drawing, i int, r rect) float64 {
	if i < 0 {
		c := newCard(f.Centre, min(170, r.w), 16)
		c.h += 7
		at := rect{(width - c.w) / 2, r.y, c.w, c.h}
		d.open(f.Centre)
		d.rect("fig-flade fig-fremhaevet", at, at.h/2)
		d.text("fig-tekst", c.title, at.midX(), at.y+c.top, "middle", at)
		d.text("fig-under", c.sub, at.midX(), at.bottom()-16-c.sub.h, "middle", at)
		d.close(f.Centre)
		return at.bottom()
	}
	g := f.Rings[i]
	corner := ringRadius - math.Sqrt(ringRadius*ringRadius-math.Pow(ringRadius-ringLift, 2))
	title := balance(g.Title, r.w-2*corner-8, big)
	sub := balance(g.Sub, r.w-2*padX-8, small)
	members := newChips(g.Members, r.w-2*padX)
	next := r.y + ringLift + title.h + sub.h + 5
	chipsAt := next
	if members.h > 0 {
		next += members.h + 12
	}

	// The inner rings are drawn after the outer one but decide its height.
	rest := newDrawing(d.id, d.href)
	rest.wordless = d.wordless
	end := f.ring(rest, i-1, rect{x: r.x + ringInset, y: next, w: r.w - 2*ringInset})
	r.h = end + ringFoot - r.y

	class := "fig-flade"
	d.rect(class, r, ringRadius)
	d.open(g.Label)
	d.text("fig-tekst", title, r.midX(), r.y+ringLift, "middle", r)
	d.text("fig-under", sub, r.midX(), r.y+ringLift+title.h, "middle", r)
	d.close(g.Label)
	d.chips(members, r.x+padX, chipsAt)
	d.body.Write(rest.body.Bytes())
	d.texts = append(d.texts, rest.texts...)
	d.linked = d.linked || rest.linked
	return r.bottom()
}

// band draws a full-width box at y with a heading over its members and returns
// its bottom.
func (d *drawing) band(g Group, y float64) float64 {
	title := balance(g.Title, inner-2*padX, big)
	sub := balance(g.Sub, inner-2*padX, small)
	members := newChips(g.Members, inner-2*padX)
	r := rect{edge, y, inner, padY + title.h + sub.h + padY}
	chipsAt := r.bottom() - padY + 6
	if members.h > 0 {
		r.h = chipsAt + members.h + padX - y
	}
	d.rect("fig-flade", r, 10)
	d.open(g.Label)
	d.text("fig-tekst", title, r.midX(), y+padY, "middle", r)
	d.text("fig-under", sub, r.midX(), y+padY+title.h, "middle", r)
	d.close(g.Label)
	d.chips(members, r.x+padX, chipsAt)
	return r.bottom()
}

// chips are labels in small boxes, in centred rows.
type chips struct {
	labels []Label
	blocks []block
	at     []rect // relative to the flow's upper left corner
	h      float64
}

func newChips(labels []Label, w float64) chips {
	const gap, padSide, padTop = 6.0, 9.0, 5.0
	c := chips{labels: labels}
	row, x, rowH := 0, 0.0, 0.0
	finish := func(end int) { // centre a row and give its chips one height
		for i := row; i < end; i++ {
			c.at[i].x += (w - (x - gap)) / 2
			c.at[i].h = rowH
		}
		c.h += rowH + gap
		row, x, rowH = end, 0, 0
	}
	for i, l := range labels {
		text := l.Title
		if clean(l.Sub) != "" {
			text += " – " + l.Sub
		}
		b := balance(text, w-2*padSide, small)
		cw := b.w + 2*padSide
		if i > row && x+cw > w {
			finish(i)
		}
		c.blocks = append(c.blocks, b)
		c.at = append(c.at, rect{x: x, y: c.h, w: cw})
		x += cw + gap
		rowH = max(rowH, b.h+2*padTop)
	}
	if len(labels) > 0 {
		finish(len(labels))
		c.h -= gap
	}
	return c
}

func (d *drawing) chips(c chips, x, y float64) {
	for i, l := range c.labels {
		r := c.at[i]
		r.x, r.y = r.x+x, r.y+y
		b := c.blocks[i]
		d.open(l)
		d.rect("fig-flade fig-maerkat", r, 8)
		d.text("fig-under", b, r.midX(), r.midY()-b.h/2, "middle", r)
		d.close(l)
	}
}
