package book

import (
	"strconv"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/wording"
)

func (e *edition) often(c *model.Cadence) string { return Often(e.words, c) }

// Often says how often a cadence comes: the author's own words, or those made from its
// numbers.
func Often(w *wording.Words, c *model.Cadence) string {
	if c.Expression != "" {
		return c.Expression
	}
	f := c.Frequency()
	if f.None() {
		return ""
	}
	words := every(w, f)
	if f.About {
		words = w.Text("hvor-tit.omtrent", "hvor-tit", words)
	}
	if f.AtLeast {
		words = w.Text("hvor-tit.mindst", "hvor-tit", words)
	}
	return words
}

// every is "hver anden måned", "hver 6.–8. uge" or "tre til fire gange om året".
func every(w *wording.Words, f model.Frequency) string {
	unit := "hvor-tit." + string(f.Unit)
	switch {
	case f.Times && f.To == 1:
		return w.Text(unit+".gange", "gange", w.Text("hvor-tit.gang"))
	case f.Times:
		numbers := w.List("hvor-tit.tal")
		count := numbered(numbers, f.To, strconv.Itoa(f.To))
		if f.To > f.From {
			count = w.Text("hvor-tit.fra-til", "fra", numbered(numbers, f.From, strconv.Itoa(f.From)), "til", count)
		}
		return w.Text(unit+".gange", "gange", w.Text("hvor-tit.gange", "antal", count))
	case f.To > f.From:
		return w.Text(unit+".flere", "nummer", w.Text("hvor-tit.spaend", "fra", f.From, "til", f.To))
	case f.To == 1:
		return w.Text(unit + ".en")
	case f.To == 2:
		return w.Text(unit + ".to")
	}
	nth := numbered(w.List("hvor-tit.ordenstal"), f.To, w.Text("hvor-tit.nummer", "nummer", f.To))
	return w.Text(unit+".flere", "nummer", nth)
}

// numbered is the word for a number, or digits when the list of words is too short.
func numbered(words []string, n int, digits string) string {
	if n <= len(words) {
		return words[n-1]
	}
	return digits
}

// nationalCadence is the model's own cadence, when the municipality says otherwise how often;
// else nil.
func (e *edition) nationalCadence(c *model.Cadence) *model.Cadence {
	if c.At.Local() || !c.LocalOften() || e.opt.National == nil {
		return nil
	}
	n, _ := e.opt.National.Handbook.Lookup(nil, c.Model.ID, "kadence", c.ID).(*model.Cadence)
	return n
}
