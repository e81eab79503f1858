package figure

// Triangle shows levels from a narrow top to a broad base.
type Triangle struct {
	Title, Desc string
	Levels      []Label // from the top down
}

func (f Triangle) named() (kind, title, desc string) { return "trekant", f.Title, f.Desc }

// draw puts the triangle on the left, each text next to its level.
func (f Triangle) draw(d *drawing) float64 {
	const half, textX, least, slit = 66.0, 2*66 + edge + 14, 58.0, 4.0
	n := len(f.Levels)
	titles := make([]block, n)
	subs := make([]block, n)
	tops := make([]float64, n+1)
	tops[0] = edge
	for i, l := range f.Levels {
		titles[i] = wrap(l.Title, width-edge-textX, big)
		subs[i] = wrap(l.Sub, width-edge-textX, small)
		tops[i+1] = tops[i] + max(least, titles[i].h+subs[i].h+2*padY)
	}
	total := tops[n] - tops[0]
	side := func(y float64) float64 { return half * (y - tops[0]) / max(total, 1) }
	for i, l := range f.Levels {
		top, bottom := tops[i], tops[i+1]
		if i > 0 {
			d.path("fig-svag", "M", edge+half+side(top)+6, top-slit/2, "H", width-edge)
		}
		d.open(l)
		if i+1 < n {
			bottom -= slit
		}
		d.path(grade(n-1-i, n), "M", edge+half-side(top), top, "H", edge+half+side(top),
			"L", edge+half+side(bottom), bottom, "H", edge+half-side(bottom), "Z")
		r := rect{textX, top, width - edge - textX, tops[i+1] - top}
		y := r.midY() - (titles[i].h+subs[i].h)/2
		d.text("fig-tekst", titles[i], textX, y, "start", r)
		d.text("fig-under", subs[i], textX, y+titles[i].h, "start", r)
		d.close(l)
	}
	return tops[n] + edge
}
