package model

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"

	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Frequency is how often a cadence's numbers say: every From to To units, or From to To
// times a unit. The zero Frequency says nothing.
type Frequency struct {
	From, To       int // equal without a span
	Times          bool
	Unit           Unit
	AtLeast, About bool
}

// Frequency is what the cadence's numbers say.
func (c *Cadence) Frequency() Frequency {
	f := Frequency{From: c.Every, To: c.UpTo, Unit: c.Unit, AtLeast: c.Minimum, About: c.About}
	switch {
	case c.Times > 0:
		f.From, f.To, f.Times = c.Times, c.TimesTo, true
	case c.PerYear > 0:
		f.From, f.To, f.Times, f.Unit = c.PerYear, c.PerYearTo, true, "aar"
	}
	if _, known := units[f.Unit]; !known || f.From <= 0 {
		return Frequency{}
	}
	f.To = max(f.From, f.To)
	return f
}

// CadenceOf decodes a cadence's table by itself, merged or not, without links and
// diagnostics.
func CadenceOf(n *source.Node) *Cadence {
	c := &Cadence{}
	(&decoder{}).table(n, reflect.ValueOf(c).Elem(), cadencesKind.Type, "")
	return c
}

// FrequencyOf is what the numbers of a cadence's table say.
func FrequencyOf(n *source.Node) Frequency { return CadenceOf(n).Frequency() }

// None reports whether no number says how often.
func (f Frequency) None() bool { return f.From == 0 }

// TOML is the keys that say it: `hver = 3, enhed = "maaned"`.
func (f Frequency) TOML() string {
	key := "hver"
	if f.Times {
		key = "gange"
	}
	s := fmt.Sprintf("%s = %d", key, f.From)
	if f.To > f.From {
		s += fmt.Sprintf(", %s_til = %d", key, f.To)
	}
	return s + fmt.Sprintf(", enhed = %q", f.Unit)
}

// period is n/d days, or n/d months.
type period struct {
	n, d   int
	months bool
}

// units are the units' lengths, and how many of them are still a likely interval.
var units = map[Unit]struct {
	period
	most int
}{
	"dag": {period{1, 1, false}, 366}, "uge": {period{7, 1, false}, 104}, "maaned": {period{1, 1, true}, 36},
	"kvartal": {period{3, 1, true}, 12}, "aar": {period{12, 1, true}, 10},
}

// compare is exact between days and weeks, and between months, quarters and years. A
// month has no certain number of days, so that 30 days are a month, and 52 weeks a year.
func (p period) compare(q period) int {
	if p.months == q.months {
		return cmp.Compare(p.n*q.d, q.n*p.d)
	}
	a, b := p.days(), q.days()
	if math.Abs(a-b) <= 0.015*b {
		return 0
	}
	return cmp.Compare(a, b)
}

func (p period) days() float64 {
	days := float64(p.n) / float64(p.d)
	if p.months {
		days *= 365.0 / 12
	}
	return days
}

// between is how long it is from one time to the next, if it comes n times or after n
// units.
func (f Frequency) between(n int) period {
	p := units[f.Unit].period
	if f.Times {
		p.d *= n
	} else {
		p.n *= n
	}
	return p
}

func (f Frequency) longest() period {
	if f.Times {
		return f.between(f.From)
	}
	return f.between(f.To)
}

func (f Frequency) shortest() period {
	if f.Times {
		return f.between(f.To)
	}
	return f.between(f.From)
}

// AsOften reports whether f comes as often as g even at its rarest. As often as "mindst
// hver tredje måned" is no less firm, and "ca." is looser than the same without.
func (f Frequency) AsOften(g Frequency) bool {
	if f.None() || g.None() {
		return false
	}
	order := f.longest().compare(g.longest())
	return order < 0 || order == 0 && (f.AtLeast || !g.AtLeast) && (!f.About || g.About)
}

// oftener follows a whole unit.
var oftener = map[Unit]Frequency{
	"aar":     {From: 6, To: 6, Unit: "maaned"},
	"kvartal": {From: 2, To: 2, Unit: "maaned"},
	"maaned":  {From: 2, To: 2, Unit: "uge"},
	"uge":     {From: 2, To: 2, Unit: "uge", Times: true},
	"dag":     {From: 2, To: 2, Unit: "dag", Times: true},
}

// Oftener is the next that comes more often.
func (f Frequency) Oftener() Frequency {
	n := f.From // of a span, its better end
	switch {
	case !f.Times && f.To == 1:
		return oftener[f.Unit]
	case f.Times:
		n = max(f.To, f.From+1)
	case f.From == f.To:
		n--
	}
	return Frequency{From: n, To: n, Times: f.Times, Unit: f.Unit}
}

// Interval is from one time to the next in whole days, weeks or months. ok is false when
// it is no whole number of them, such as for twice a week.
func (f Frequency) Interval() (from, to int, unit Unit, ok bool) {
	short, long := f.shortest(), f.longest()
	if f.None() || short.n%short.d != 0 || long.n%long.d != 0 {
		return 0, 0, "", false
	}
	from, to, unit = short.n/short.d, long.n/long.d, "maaned"
	if !short.months {
		unit = "dag"
		if from%7 == 0 && to%7 == 0 {
			from, to, unit = from/7, to/7, "uge"
		}
	}
	return from, to, unit, true
}

// WholeCadence is a merged cadence without the national keys that the municipality's
// take the place of: how often is one thing, though it is written with several keys.
func WholeCadence(merged *source.Node) *source.Node {
	local := func(keys ...string) bool {
		return slices.ContainsFunc(keys, func(key string) bool {
			n := merged.Get(key)
			return n != nil && n.Local
		})
	}
	if merged.Local || !local(oftenKeys...) {
		return merged
	}
	gone := []string{"kort"}
	if slices.ContainsFunc(oftenKeys, func(key string) bool { return key != "kort" && key != "udtryk" && local(key) }) {
		gone = append(gone, "udtryk")
	}
	if local("hver", "gange", "aarligt") {
		gone = append(gone, "hver", "hver_til", "gange", "gange_til", "aarligt", "aarligt_til")
	}
	if local("aarligt") {
		gone = append(gone, "enhed")
	}
	if local("mindst") && merged.Get("mindst").Bool {
		gone = append(gone, "omtrent")
	}
	out := *merged
	out.Items = slices.DeleteFunc(slices.Clone(merged.Items), func(n *source.Node) bool {
		return !n.Local && slices.Contains(gone, n.Key)
	})
	return &out
}

// oftenKeys are the keys that say how often.
var oftenKeys = func() []string {
	var keys []string
	for _, k := range cadencesKind.Type.Keys {
		if cadencesKind.Policy(k) == schema.Oftener {
			keys = append(keys, k.Name)
		}
	}
	return keys
}()

// LocalOften reports whether the municipality says how often.
func (c *Cadence) LocalOften() bool {
	return c.At.Local() || slices.ContainsFunc(oftenKeys, func(key string) bool {
		at := c.At.Key(key)
		return at != c.At && at.Local()
	})
}
