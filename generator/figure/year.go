package figure

import (
	"math"
	"slices"
)

// Year shows when things recur in a year.
type Year struct {
	Title, Desc string
	First       int      // the month at the top, 1–12; 0 means January
	Months      []string // their short names, from January; without twelve, they have none
	AllYear     string   // names the row of what goes on all year
	Centre      string   // such as "Skoleåret"; over the list when the wheel has no room; may be empty
	Entries     []Entry
}

// Entry is something that recurs. Months are 1–12; an entry without months goes on all
// year. Force gives its number its class: "krav", "anbefaling", "eksempel" or none.
type Entry struct {
	Label
	Months []int
	Force  string
}

func (f Year) named() (kind, title, desc string) { return "aarshjul", f.Title, f.Desc }

const (
	wheelOuter  = 148.0
	wheelFirst  = 132.0 // radius of the outermost track
	wheelStep   = 24.0
	wheelTracks = 4
	wheelCentre = 48.0
	wheelMark   = 10.5
)

// draw makes a wheel with numbered marks, and beneath it what the numbers mean.
// When the entries do not fit in a wheel, it is drawn as rows.
func (f Year) draw(d *drawing) float64 {
	centre := balance(f.Centre, 1.6*wheelCentre, big)
	tracks, round := f.tracks()
	y := 0.0
	if round && len(centre.lines) <= 3 {
		y = f.wheel(d, tracks, centre) + 8
		return f.legend(d, y) + edge
	}
	if round {
		y = f.wheel(d, tracks, block{}) + 8
	} else {
		y = f.rows(d) + 8
	}
	heading := wrap(f.Centre, inner, big)
	d.text("fig-tekst", heading, edge, y, "start", rect{edge, y, inner, heading.h})
	d.body.WriteByte('\n')
	return f.legend(d, y+heading.h+6) + edge
}

// tracks assigns each entry the outermost track where its months are free. It reports
// false when the wheel has too few.
func (f Year) tracks() ([]int, bool) {
	var taken [wheelTracks][13]bool
	out := make([]int, len(f.Entries))
	for i, e := range f.Entries {
		months := e.months()
		if len(months) == 0 {
			months = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
		}
		k := slices.IndexFunc(taken[:], func(t [13]bool) bool {
			return !slices.ContainsFunc(months, func(m int) bool { return t[m] })
		})
		if k < 0 {
			return nil, false
		}
		for _, m := range months {
			taken[k][m] = true
		}
		out[i] = k
	}
	return out, true
}

// months is the entry's months in order, each once, without impossible ones.
func (e Entry) months() []int {
	var out []int
	for _, m := range e.Months {
		if m >= 1 && m <= 12 {
			out = append(out, m)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (e Entry) force() string {
	switch e.Force {
	case "krav", "anbefaling", "eksempel":
		return "fig-" + e.Force
	}
	return ""
}

func (f Year) monthName(m int) string {
	if len(f.Months) != 12 {
		return ""
	}
	return f.Months[m-1]
}

// nth is the i-th month from the top, 0–11.
func (f Year) nth(i int) int {
	first := f.First
	if first < 1 || first > 12 {
		first = 1
	}
	return (first-1+i)%12 + 1
}

// polar is the point at radius r in the middle of month i, clockwise from the top; i may
// lie between two months.
func polar(i, r float64) (x, y float64) {
	a := 2 * math.Pi * i / 12
	return width/2 + r*math.Sin(a), width/2 - r*math.Cos(a)
}

func (f Year) wheel(d *drawing, tracks []int, centre block) float64 {
	d.circle("fig-flade", width/2, width/2, wheelOuter)
	for i := range 12 {
		x1, y1 := polar(float64(i)-0.5, wheelCentre)
		x2, y2 := polar(float64(i)-0.5, wheelOuter)
		d.path("fig-svag", "M", x1, y1, "L", x2, y2)
		b := wrap(f.monthName(f.nth(i)), 60, small)
		x, y := polar(float64(i), wheelOuter+15)
		x = min(max(x, b.w/2+0.5), width-b.w/2-0.5)
		d.text("fig-under", b, x, y-b.h/2, "middle", rect{0, 0, width, width})
	}
	d.body.WriteByte('\n')
	for i, e := range f.Entries {
		if len(e.months()) == 0 {
			r := wheelFirst - wheelStep*float64(tracks[i])
			d.body.WriteString(`<circle class="fig-pil"` + attr("cx", width/2) + attr("cy", width/2) + attr("r", r) +
				paint("fig-pil") + ` stroke-dasharray="2 5"/>`)
		}
	}
	for i, e := range f.Entries {
		r := wheelFirst - wheelStep*float64(tracks[i])
		at := e.months()
		places := make([]float64, 0, 12)
		for k := range 12 {
			if slices.Contains(at, f.nth(k)) {
				places = append(places, float64(k))
			}
		}
		if len(at) == 0 {
			places = append(places, -0.5) // between two months: it belongs to none
		}
		for _, p := range places {
			x, y := polar(p, r)
			d.number(i+1, x, y, wheelMark, e.force())
		}
		d.body.WriteByte('\n')
	}
	d.circle("fig-flade fig-fremhaevet", width/2, width/2, wheelCentre)
	box := rect{width/2 - wheelCentre, width/2 - wheelCentre, 2 * wheelCentre, 2 * wheelCentre}
	d.text("fig-tekst", centre, width/2, width/2-centre.h/2, "middle", box)
	d.body.WriteByte('\n')
	return width
}

// rows is the year as a list of months, for when a wheel would be too full.
func (f Year) rows(d *drawing) float64 {
	const nameW, step = 66.0, 2*wheelMark + 3 // 12 marks and the name fill 354 of 356
	const per = 12                            // marks in a row
	y := edge
	row := func(name string, has func(Entry) bool) {
		var marks []int
		for i, e := range f.Entries {
			if has(e) {
				marks = append(marks, i)
			}
		}
		h := step*float64(max(1, (len(marks)+per-1)/per)) + 4
		b := wrap(name, nameW, small)
		h = max(h, b.h+4)
		d.text("fig-under", b, edge, y+h/2-b.h/2, "start", rect{edge, y, nameW, h})
		for k, i := range marks {
			d.number(i+1, edge+nameW+step/2+step*float64(k%per), y+2+step/2+step*float64(k/per), wheelMark,
				f.Entries[i].force())
		}
		y += h
		d.path("fig-svag", "M", edge, y, "H", width-edge)
	}
	if slices.ContainsFunc(f.Entries, func(e Entry) bool { return len(e.months()) == 0 }) {
		row(f.AllYear, func(e Entry) bool { return len(e.months()) == 0 })
	}
	for i := range 12 {
		m := f.nth(i)
		row(f.monthName(m), func(e Entry) bool { return slices.Contains(e.months(), m) })
	}
	return y
}

// legend lists the entries by number from y down and returns its bottom.
func (f Year) legend(d *drawing, y float64) float64 {
	const textX = edge + 2*wheelMark + 12
	for i, e := range f.Entries {
		title := wrap(e.Title, width-edge-textX, big)
		sub := wrap(e.Sub, width-edge-textX, small)
		r := rect{edge, y, inner, max(2*wheelMark+3, title.h+sub.h)}
		d.open(e.Label)
		d.text("fig-tekst", title, textX, y, "start", r)
		d.text("fig-under", sub, textX, y+title.h, "start", r)
		d.close(e.Label)
		d.number(i+1, edge+wheelMark+2, y+max(wheelMark+1, title.h/2), wheelMark, e.force())
		y = r.bottom() + 8
	}
	return y
}
