package figure

// Circle shows phases: those that occur once, and those that repeat.
type Circle struct {
	Title, Desc string
	Start       []Label // before the circle, in order; may be empty
	Loop        []Label // the phases that are repeated, in order
	Middle      string  // text inside the circle, such as "Gentages"; may be empty
}

func (f Circle) named() (kind, title, desc string) { return "cirkel", f.Title, f.Desc }

// draw numbers the phases from 1 through Start and Loop.
func (f Circle) draw(d *drawing) float64 {
	y := edge + badge
	var last rect
	for i, l := range f.Start {
		c := newCard(l, 220, badge+3)
		r := rect{(width - c.w) / 2, y, c.w, c.h}
		if i > 0 {
			d.arrow(false, "M", width/2, last.bottom()+2, "V", r.y-2)
		}
		d.card("fig-flade", c, r, i+1)
		last = r
		y = r.bottom() + arrowGap
	}
	if len(f.Loop) == 0 {
		return max(last.bottom(), edge) + edge
	}
	if len(f.Start) > 0 {
		d.arrow(false, "M", width/2, last.bottom()+2, "V", y-2)
	}
	g := ring{
		nodes: f.Loop,
		first: len(f.Start) + 1,
		class: "fig-flade fig-fremhaevet",
	}
	middle := balance(f.Middle, ringMiddle-20, small)
	bottom := g.draw(d, y, middle.h, func(r rect) {
		d.text("fig-under", middle, r.midX(), r.y, "middle", r)
		d.body.WriteByte('\n')
	})
	return bottom + edge
}

const (
	ringSide   = 164.0 // width of a card in one of the two columns
	ringTop    = 160.0 // width of the card at the top or the bottom
	ringMiddle = 216.0 // width of the middle
	ringSag    = 34.0  // how far the arrow beneath the last pair hangs down
)

// ring is cards in a circle, clockwise from the top: one at the top, pairs down
// the two sides, and one at the bottom when their number is even. Arrows lead
// from each to the next and from the last to the first.
type ring struct {
	nodes []Label
	first int // number of the first node; 0 for no numbers
	class string
	both  bool // arrows point both ways
}

// draw draws the ring with its top at y. inside draws the middle, in a box of the given
// height; it may be nil when the height is 0. draw returns the ring's bottom.
func (g ring) draw(d *drawing, y, middle float64, inside func(rect)) float64 {
	at, cards := g.layout(y, middle)
	bottom := 0.0
	if middle > 0 {
		r := rect{(width - ringMiddle) / 2, at[0].bottom() + arrowGap/2, ringMiddle, middle}
		inside(r)
		bottom = r.bottom() // counts when there is one node alone
	}
	g.arrows(d, at)
	for i, c := range cards {
		n := 0
		if g.first > 0 {
			n = g.first + i
		}
		d.card(g.class, c, at[i], n)
		bottom = max(bottom, at[i].bottom())
	}
	if n := len(at); n > 2 && n%2 == 1 {
		bottom += ringSag
	}
	return bottom
}

// layout returns the cards and their boxes, in the order of the nodes.
func (g ring) layout(y, middle float64) ([]rect, []card) {
	n := len(g.nodes)
	pairs := (n - 1) / 2
	top := padY
	if g.first > 0 {
		top = badge + 3
	}
	at := make([]rect, n)
	cards := make([]card, n)
	for i, l := range g.nodes {
		w := ringSide
		if i == 0 || n%2 == 0 && i == n/2 {
			w = ringTop
		}
		cards[i] = newCard(l, w, top)
	}
	at[0] = rect{(width - ringTop) / 2, y, ringTop, cards[0].h}
	y = at[0].bottom() + arrowGap
	if middle > 0 {
		y += middle
	}
	for p := 1; p <= pairs; p++ {
		r, l := p, n-p
		h := max(cards[r].h, cards[l].h)
		at[r] = rect{width - edge - ringSide, y, ringSide, h}
		at[l] = rect{edge, y, ringSide, h}
		y += h + arrowGap
	}
	if n%2 == 0 {
		at[n/2] = rect{(width - ringTop) / 2, y, ringTop, cards[n/2].h}
	}
	return at, cards
}

// arrows draws the arrows. A turn between a column and the top or bottom card is a
// quarter of an ellipse.
func (g ring) arrows(d *drawing, at []rect) {
	const out, air = 296.0, 3.0 // where a turn meets the right column; space before a box
	n := len(at)
	pairs := (n - 1) / 2
	switch n {
	case 1:
		r := at[0]
		d.arrow(g.both, "M", r.right()+air, r.y+r.h*0.7, "C", r.right()+60, r.y+r.h*1.1, r.right()+60, r.y-r.h*0.1,
			r.right()+air, r.y+r.h*0.3)
		return
	case 2:
		a, b := at[0], at[1]
		d.arrow(g.both, "M", a.right()+air, a.midY(), "C", out+40, a.midY(), out+40, b.midY(), b.right()+air, b.midY())
		d.arrow(g.both, "M", b.x-air, b.midY(), "C", width-out-40, b.midY(), width-out-40, a.midY(), a.x-air, a.midY())
		return
	}
	right, left := at[1].midX(), at[n-1].midX()
	d.arrow(g.both, "M", at[0].right()+air, at[0].midY(), "Q", out, at[0].midY(), out, at[1].y-air)
	for p := 1; p < pairs; p++ {
		d.arrow(g.both, "M", right, at[p].bottom()+air, "V", at[p+1].y-air)
	}
	if n%2 == 0 {
		b := at[n/2]
		d.arrow(g.both, "M", out, at[pairs].bottom()+air, "Q", out, b.midY(), b.right()+air, b.midY())
		d.arrow(g.both, "M", b.x-air, b.midY(), "Q", width-out, b.midY(), width-out, at[n-pairs].bottom()+air)
	} else {
		y := at[pairs].bottom() + air
		d.arrow(g.both, "M", right, y, "C", right-10, y+ringSag*1.2, left+10, y+ringSag*1.2, left, y)
	}
	for p := pairs; p > 1; p-- {
		d.arrow(g.both, "M", left, at[n-p].y-air, "V", at[n-p+1].bottom()+air)
	}
	d.arrow(g.both, "M", width-out, at[n-1].y-air, "Q", width-out, at[0].midY(), at[0].x-air, at[0].midY())
}
