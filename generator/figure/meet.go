package figure

import "slices"

// Meet shows what several models have in common. It has room for seven models.
type Meet struct {
	Title, Desc string
	Models      []Label
	Rows        []Shared
}

// Shared is something several models have in common. In holds the indexes of its
// models in Meet.Models; others are ignored.
type Shared struct {
	Label
	In []int
}

func (f Meet) named() (kind, title, desc string) { return "moede", f.Title, f.Desc }

// draw hangs a column of numbered dots from each model's name, with a row for each
// thing that they share.
func (f Meet) draw(d *drawing) float64 {
	const dot = 11.0
	n := len(f.Models)
	step := min(30, 170/max(1, float64(n)))
	x := func(i int) float64 { return edge + dot + float64(i)*step }
	textX := edge + float64(n)*step + 8
	textW := width - edge - textX

	// First the heights, since the columns run behind everything.
	heads := make([]rect, n)
	names := make([]block, n)
	y := edge
	for i, m := range f.Models {
		names[i] = wrap(m.Title, textW, big)
		heads[i] = rect{textX, y, textW, max(2*dot+4, names[i].h+8)}
		y = heads[i].bottom()
	}
	y += 10
	rule := y - 5
	rows := make([]rect, len(f.Rows))
	for i, row := range f.Rows {
		b := f.rowText(row, textW)
		rows[i] = rect{textX, y, textW, max(2*dot+8, b.h+10)}
		y = rows[i].bottom()
	}
	for i, m := range f.Models {
		if len(rows) > 0 {
			d.path("fig-svag", "M", x(i), heads[i].midY(), "V", rows[len(rows)-1].midY())
		}
		d.path("fig-streg", "M", x(i), heads[i].midY(), "H", textX-6)
		d.open(m)
		d.text("fig-tekst", names[i], textX, heads[i].midY()-names[i].h/2, "start", heads[i])
		d.close(m)
		d.number(i+1, x(i), heads[i].midY(), dot, "")
	}
	d.path("fig-streg", "M", edge, rule, "H", width-edge)
	for i, row := range f.Rows {
		if i > 0 {
			d.path("fig-svag", "M", textX, rows[i].y, "H", width-edge)
		}
		for k := range n {
			if slices.Contains(row.In, k) {
				d.number(k+1, x(k), rows[i].midY(), dot, "")
			} else {
				d.circle("fig-tom", x(k), rows[i].midY(), 3)
			}
		}
		b := f.rowText(row, textW)
		d.open(row.Label)
		d.text("fig-under", b, textX, rows[i].midY()-b.h/2, "start", rows[i])
		d.close(row.Label)
	}
	return y + edge
}

func (f Meet) rowText(row Shared, w float64) block {
	text := row.Title
	if clean(row.Sub) != "" {
		text += " – " + row.Sub
	}
	return wrap(text, w, small)
}
