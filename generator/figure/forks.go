package figure

// Forks is an if–then path: questions in order, and where their answers lead.
type Forks struct {
	Title, Desc string
	Forks       []Fork
}

// Fork is a question with its answers.
type Fork struct {
	Label
	Branches []Branch
}

// Branch is an answer. It leads to the question with the index To, or to End when To is
// below 0.
type Branch struct {
	Answer string
	To     int
	End    Label
}

func (f Forks) named() (kind, title, desc string) { return "valg", f.Title, f.Desc }

// draw puts the questions below each other, each with a row for every answer: its words, and
// the number of the question or the end that it leads to. An arrow leads from one question
// to the next where an answer does.
func (f Forks) draw(d *drawing) float64 {
	const indent, gap = 30.0, 6.0
	y := edge + badge
	for i, q := range f.Forks {
		c := newCard(Label{Title: q.Title, Href: q.Href}, inner, badge+3)
		r := rect{edge, y, inner, c.h}
		d.card("fig-flade fig-fremhaevet", c, r, i+1)
		top := r.bottom()
		y = top + gap
		next := false
		for _, b := range q.Branches {
			next = next || b.To == i+1
			y = f.branch(d, b, rect{edge + indent, y, inner - indent, 0}, top) + gap
		}
		if i+1 < len(f.Forks) {
			y += badge
			if next {
				d.arrow(false, "M", width/2, y-badge, "V", y+badge-2)
			}
			y += badge
		}
	}
	return y + edge
}

// branch draws an answer in r, whose height it decides, and the line to it from top. It gives
// the bottom.
func (f Forks) branch(d *drawing, b Branch, r rect, top float64) float64 {
	const share = 0.36
	answer := wrap(b.Answer, r.w*share-2*padX, small)
	end := wrap(b.End.Title, r.w*(1-share)-2*padX, small)
	r.h = max(answer.h, end.h, 2*badge) + padY
	d.path("fig-streg", "M", r.x-14, top, "V", r.midY(), "H", r.x)
	left := rect{r.x, r.y, r.w * share, r.h}
	d.rect("fig-flade", left, 6)
	d.text("fig-tekst", answer, left.x+padX, left.midY()-answer.h/2, "start", left)
	right := rect{left.right() + 22, r.y, r.w*(1-share) - 22, r.h}
	d.arrow(false, "M", left.right(), r.midY(), "H", right.x-2)
	if b.To >= 0 {
		d.number(b.To+1, right.x+badge+2, right.midY(), badge, "")
		return r.bottom()
	}
	end = wrap(b.End.Title, right.w-2*padX, small)
	d.open(b.End)
	d.rect("fig-grad-1", right, 6)
	d.text("fig-under", end, right.x+padX, right.midY()-end.h/2, "start", right)
	d.close(b.End)
	return r.bottom()
}
