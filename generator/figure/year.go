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
	AllYear     string   // over the list of what goes on all year
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

// draw makes a wheel with numbered marks, and beneath it what the numbers mean: first
// what has its months, then what goes on all year. Entries that do not fit in a wheel
// are drawn as rows.
func (f Year) draw(d *drawing) float64 {
	timed, always := f.apart()
	f.Entries = append(timed, always...)
	y := edge
	centre := balance(f.Centre, 1.6*wheelCentre, big)
	tracks, round := tracks(timed)
	if len(timed) > 0 && round && len(centre.lines) <= 3 {
		y = f.wheel(d, tracks, centre) + 8
	} else {
		y = f.heading(d, f.Centre, f.rows(d, timed)+8)
	}
	y = f.legend(d, 0, len(timed), y)
	if len(always) > 0 {
		y = f.heading(d, f.AllYear, y+6)
	}
	return f.legend(d, len(timed), len(f.Entries), y) + edge
}

// apart tells the entries that have months from those that go on all year.
func (f Year) apart() (timed, always []Entry) {
	for _, e := range f.Entries {
		if len(e.months()) > 0 {
			timed = append(timed, e)
		} else {
			always = append(always, e)
		}
	}
	return timed, always
}

func (f Year) heading(d *drawing, words string, y float64) float64 {
	b := wrap(words, inner, big)
	d.text("fig-tekst", b, edge, y, "start", rect{edge, y, inner, b.h})
	d.body.WriteByte('\n')
	return y + b.h + 6
}

// tracks assigns each entry the outermost track where its months are free. It reports
// false when the wheel has too few.
func tracks(timed []Entry) ([]int, bool) {
	var taken [wheelTracks][13]bool
	out := make([]int, len(timed))
	for i, e := range timed {
		months := e.months()
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
	for i, track := range tracks {
		for k := range 12 {
			if e := f.Entries[i]; slices.Contains(e.months(), f.nth(k)) {
				x, y := polar(float64(k), wheelFirst-wheelStep*float64(track))
				d.number(i+1, x, y, wheelMark, e.force())
			}
		}
		d.body.WriteByte('\n')
	}
	d.circle("fig-flade fig-fremhaevet", width/2, width/2, wheelCentre)
	box := rect{width/2 - wheelCentre, width/2 - wheelCentre, 2 * wheelCentre, 2 * wheelCentre}
	d.text("fig-tekst", centre, width/2, width/2-centre.h/2, "middle", box)
	d.body.WriteByte('\n')
	return width
}

// rows is the year as a list of the months that have something, for when a wheel would
// be too full.
func (f Year) rows(d *drawing, timed []Entry) float64 {
	const nameW, step = 66.0, 2*wheelMark + 3 // 12 marks and the name fill 354 of 356
	const per = 12                            // marks in a row
	y := edge
	for k := range 12 {
		var marks []int
		for i, e := range timed {
			if slices.Contains(e.months(), f.nth(k)) {
				marks = append(marks, i)
			}
		}
		if len(marks) == 0 {
			continue
		}
		b := wrap(f.monthName(f.nth(k)), nameW, small)
		h := max(step*float64((len(marks)+per-1)/per), b.h) + 4
		d.text("fig-under", b, edge, y+h/2-b.h/2, "start", rect{edge, y, nameW, h})
		for n, i := range marks {
			d.number(i+1, edge+nameW+step/2+step*float64(n%per), y+2+step/2+step*float64(n/per), wheelMark,
				timed[i].force())
		}
		y += h
		d.path("fig-svag", "M", edge, y, "H", width-edge)
	}
	return y
}

// legend lists the entries from first to the one before end by number, from y down, and
// returns its bottom.
func (f Year) legend(d *drawing, first, end int, y float64) float64 {
	const textX = edge + 2*wheelMark + 12
	for i, e := range f.Entries[first:end] {
		title := wrap(e.Title, width-edge-textX, big)
		sub := wrap(e.Sub, width-edge-textX, small)
		r := rect{edge, y, inner, max(2*wheelMark+3, title.h+sub.h)}
		d.open(e.Label)
		d.text("fig-tekst", title, textX, y, "start", r)
		d.text("fig-under", sub, textX, y+title.h, "start", r)
		d.close(e.Label)
		d.number(first+i+1, edge+wheelMark+2, y+max(wheelMark+1, title.h/2), wheelMark, e.force())
		y = r.bottom() + 8
	}
	return y
}
