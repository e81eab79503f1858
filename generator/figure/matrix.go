package figure

import "strconv"

// Matrix shows two conditions against each other, with a degree in each cell. It has
// room for four columns.
type Matrix struct {
	Title, Desc string
	Columns     []Label
	Rows        []MatrixRow
	MarkText    string // what a marked cell means; shown beneath when one is marked
}

// MatrixRow is a row of cells, one per column. Missing cells are left empty and
// surplus ones are not shown.
type MatrixRow struct {
	Label
	Cells []Cell
}

// Cell is one cell. Degree runs from 0 to 4 and is shown
// by tone, by dots and by Word.
type Cell struct {
	Mark   bool
	Degree int
	Word   string
}

func (f Matrix) named() (kind, title, desc string) { return "matrix", f.Title, f.Desc }

const (
	cellGap  = 4.0
	cellPad  = 4.0
	markSize = 16.0
	dotStep  = 11.0
	dotsHigh = 12.0
)

func (f Matrix) draw(d *drawing) float64 {
	n := max(1, len(f.Columns))
	head := 104.0
	if n > 2 {
		head = 88
	}
	w := (inner - head - float64(n)*cellGap) / float64(n)
	x := func(i int) float64 { return edge + head + cellGap + float64(i)*(w+cellGap) }

	var heads []card
	high := 0.0
	for _, l := range f.Columns {
		c := matrixHead(l, w)
		heads = append(heads, c)
		high = max(high, c.h)
	}
	for i, c := range heads {
		d.card("fig-flade", c, rect{x(i), edge, w, high}, 0)
	}
	y := edge + high + cellGap
	marked := false
	for _, row := range f.Rows {
		c := matrixHead(row.Label, head)
		cells := row.Cells[:min(len(row.Cells), len(f.Columns))]
		h := max(c.h, 58)
		for _, cell := range cells {
			h = max(h, cell.height(w))
			marked = marked || cell.Mark
		}
		d.card("fig-flade", c, rect{edge, y, head, h}, 0)
		for i, cell := range cells {
			d.cell(cell, rect{x(i), y, w, h})
		}
		y += h + cellGap
	}
	if marked && clean(f.MarkText) != "" {
		b := wrap(f.MarkText, inner-markSize-10, small)
		y += 4
		d.cross(edge+markSize/2, y+small*leading/2)
		d.text("fig-under", b, edge+markSize+8, y, "start", rect{edge, y, inner, b.h})
		d.body.WriteByte('\n')
		y += b.h
	}
	return y + edge
}

// matrixHead is a card with less padding, for a narrow column.
func matrixHead(l Label, w float64) card {
	c := card{label: l, w: w, top: padY}
	c.title = balance(l.Title, w-2*cellPad, big)
	c.sub = balance(l.Sub, w-2*cellPad, small)
	c.h = 2*padY + c.title.h + c.sub.h
	return c
}

func (c Cell) height(w float64) float64 {
	h := 2*padY + wrap(c.Word, w-2*cellPad, small).h + dotsHigh
	if c.Mark {
		h += markSize + 4
	}
	return h
}

func (d *drawing) cell(c Cell, r rect) {
	degree := min(max(c.Degree, 0), 4)
	d.rect("fig-grad-"+strconv.Itoa(degree), r, 6)
	y := r.midY() - c.height(r.w)/2 + padY
	if c.Mark {
		d.cross(r.midX(), y+markSize/2)
		y += markSize + 4
	}
	b := balance(c.Word, r.w-2*cellPad, small)
	d.text("fig-under", b, r.midX(), y, "middle", r)
	y += b.h + dotsHigh/2 + 1
	for i := range 4 {
		class := "fig-prik-tom"
		if i < degree {
			class = "fig-prik"
		}
		d.circle(class, r.midX()+(float64(i)-1.5)*dotStep, y, 3.5)
	}
	d.body.WriteByte('\n')
}

// cross draws the mark of a chosen cell, centred at x, y.
func (d *drawing) cross(x, y float64) {
	const arm = markSize/2 - 2
	d.path("fig-kryds", "M", x-arm, y-arm, "L", x+arm, y+arm, "M", x-arm, y+arm, "L", x+arm, y-arm)
}
