package figure

type Stairs struct {
	Title, Desc string
	Steps       []Label // from the lowest up; numbered from 1
	Axis        string  // what increases upwards, such as "mere indgribende"
	Band        Label   // what lies over all steps; may be empty
}

func (f Stairs) named() (kind, title, desc string) { return "trappe", f.Title, f.Desc }

// draw makes bars from the lowest step at the bottom, each set in from the one
// beneath it.
func (f Stairs) draw(d *drawing) float64 {
	const axis, textAt, least = 20.0, 34.0, 40.0
	y := edge
	if clean(f.Band.Title) != "" {
		y = d.band(Group{Label: f.Band}, y) + 12
	}
	right := width - edge
	if clean(f.Axis) != "" {
		b := wrap(f.Axis, inner, small)
		d.text("fig-under", b, right, y, "end", rect{edge, y, inner, b.h})
		d.body.WriteByte('\n')
		y += b.h + 4
		right -= axis
	}
	top := y
	n := len(f.Steps)
	rise := min(22, 140/max(1, float64(n-1)))
	for i := n - 1; i >= 0; i-- {
		l := f.Steps[i]
		x := edge + rise*float64(i)
		title := wrap(l.Title, right-x-textAt-6, big)
		sub := wrap(l.Sub, right-x-textAt-6, small)
		r := rect{x, y, right - x, max(least, title.h+sub.h+2*padY)}
		d.open(l)
		d.rect(grade(i, n), r, 4)
		d.text("fig-tekst", title, x+textAt, r.midY()-(title.h+sub.h)/2, "start", r)
		d.text("fig-under", sub, x+textAt, r.midY()-(title.h+sub.h)/2+title.h, "start", r)
		d.close(l)
		d.number(i+1, x+18, r.midY(), badge, "")
		y = r.bottom() + 3
	}
	if right < width-edge && n > 0 {
		d.arrow(false, "M", width-edge-6, y-3, "V", top+1)
	}
	return y + edge
}
