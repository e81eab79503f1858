package figure

import (
	"bytes"
	"math"
)

// Face draws a figure in small, without its words and links: the sign that a model is
// known by. It stands beside the model's name and is hidden from screen readers. id tells
// it from the other figures of a page.
func Face(f Figure, id string) []byte {
	d := newDrawing(id, nil)
	d.wordless = true
	h := num(math.Ceil(f.draw(d)))
	kind, _, _ := f.named()
	var out bytes.Buffer
	out.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" class="figur ansigt figur-` + kind + `" viewBox="0 0 ` +
		num(width) + ` ` + h + `" width="90" height="72" aria-hidden="true" fill="none">` + "\n")
	d.arrowhead(&out, faceHead)
	out.Write(d.body.Bytes())
	out.WriteString("</svg>\n")
	return out.Bytes()
}

// Parts is the face of a model of so many parts that has no figure of them: a tile for
// each, two abreast.
type Parts struct{ Count int }

func (f Parts) named() (kind, title, desc string) { return "dele", "", "" }

func (f Parts) draw(d *drawing) float64 {
	const gap, height = 18.0, 112.0
	half := (inner - gap) / 2
	bottom := edge
	for i := range f.Count {
		r := rect{edge + float64(i%2)*(half+gap), edge + float64(i/2)*(height+gap), half, height}
		if i%2 == 0 && i+1 == f.Count { // the one that is left over carries the others
			r.w, r.h = inner, height*0.6
		}
		d.rect("fig-flade fig-fremhaevet", r, 14)
		bottom = r.bottom()
	}
	return bottom + edge
}
