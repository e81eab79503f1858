package figure

// Legs shows the parts of an organisation that share a task, and the themes that they
// work on.
type Legs struct {
	Title, Desc string
	Legs        []Label // three, as a rule
	Centre      Label   // what they have in common
	Themes      []Label // themes of all legs
	Frame       Label   // the context of all of it; may be empty
}

func (f Legs) named() (kind, title, desc string) { return "ben", f.Title, f.Desc }

const legsMiddle = 196.0 // width of the box in the middle, clear of the arrows

func (f Legs) draw(d *drawing) float64 {
	y := edge
	if clean(f.Frame.Title) != "" {
		y = d.band(Group{Label: f.Frame}, y) + 16
	}
	if len(f.Legs) == 0 {
		return y
	}
	title := balance(f.Centre.Title, legsMiddle-2*padX, big)
	sub := balance(f.Centre.Sub, legsMiddle-2*padX, small)
	themes := newChips(f.Themes, legsMiddle-2*padX)
	middle := 2*padY + title.h + sub.h
	if themes.h > 0 {
		middle += themes.h + 8
	}
	g := ring{nodes: f.Legs, class: "fig-flade", both: true}
	bottom := g.draw(d, y, middle, func(r rect) {
		r = rect{(width - legsMiddle) / 2, r.y, legsMiddle, r.h}
		d.rect("fig-flade fig-fremhaevet", r, 24)
		d.open(f.Centre)
		d.text("fig-tekst", title, r.midX(), r.y+padY, "middle", r)
		d.text("fig-under", sub, r.midX(), r.y+padY+title.h, "middle", r)
		d.close(f.Centre)
		d.chips(themes, r.x+padX, r.bottom()-padY-themes.h)
	})
	return bottom + edge
}
