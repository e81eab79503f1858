package render

import (
	"html/template"
	"slices"
	"strings"

	"modelhaandbog/generator/book"
)

// Cite is a source and the places in it. Without a Link the source is named
// once for several rows, which with Most are not all.
type Cite struct {
	Link   Link
	Places []string
	Most   bool
}

// HTML is the source's link and the places in it.
func (c Cite) HTML() template.HTML {
	places := template.HTML(template.HTMLEscapeString(joined(c.Places)))
	if c.Link.Text == "" || places == "" {
		return c.Link.HTML() + places
	}
	return c.Link.HTML() + `<span class="steder">, ` + places + `</span>`
}

// joined are places in a source, chapter by chapter. What a place has in common with the
// one before it is not said again, where what follows is of the same sort: "kap. 3,
// punkt 1; punkt 2", but "kap. 3, punkt 1; kap. 3, 2. afsnit".
func joined(places []string) string {
	var split [][]string
	for _, place := range places {
		parts := strings.Split(place, ", ")
		at := len(split)
		for i, other := range split {
			if other[0] == parts[0] {
				at = i + 1
			}
		}
		split = slices.Insert(split, at, parts)
	}
	var out, before []string
	for _, parts := range split {
		n := 0
		for n < min(len(parts), len(before)) && parts[n] == before[n] {
			n++
		}
		if n == 0 || n == len(parts) || n == len(before) || sort(parts[n]) != sort(before[n]) ||
			sort(parts[n]) == "" && sort(parts[n-1]) == "" {
			n = 0
		}
		out = append(out, strings.Join(parts[n:], ", "))
		before = parts
	}
	return strings.Join(out, "; ")
}

// sort is what sort of place a part of a source is, "punkt " or ". afsnit", or "" for a
// heading.
func sort(part string) string {
	part, _, _ = strings.Cut(part, " (")
	if !strings.ContainsAny(part, "0123456789") {
		return ""
	}
	return strings.Trim(part, "0123456789.-– ")
}

// cites names each source once, with its places.
func (w *writer) cites(list []book.Cite) []Cite {
	var out []Cite
	for _, c := range list {
		link := w.link(c.Link)
		i := slices.IndexFunc(out, func(o Cite) bool { return o.Link == link })
		if i < 0 {
			i = len(out)
			out = append(out, Cite{Link: link})
		}
		if c.Place != "" && !slices.Contains(out[i].Places, c.Place) {
			out[i].Places = append(out[i].Places, c.Place)
		}
	}
	return out
}

func sameCites(a, b []Cite) bool {
	return slices.EqualFunc(a, b, func(x, y Cite) bool { return x.Link == y.Link && slices.Equal(x.Places, y.Places) })
}

// shared takes out of rows what their sources have in common, to be named once
// for all of them: the same sources and places or, when each row has one source
// and all the same, that source; the rows then keep their places only. A source
// that more than half of the rows begin with is named once for those.
func shared(rows []*[]Cite) []Cite {
	if len(rows) < 2 || len(*rows[0]) == 0 {
		return nil
	}
	first := *rows[0]
	if !slices.ContainsFunc(rows, func(row *[]Cite) bool { return !sameCites(*row, first) }) {
		for _, row := range rows {
			*row = nil
		}
		return first
	}
	if !slices.ContainsFunc(rows, func(row *[]Cite) bool { return len(*row) != 1 || (*row)[0].Link != first[0].Link }) {
		for _, row := range rows {
			*row = unnamed(*row)
		}
		return []Cite{{Link: first[0].Link}}
	}
	var most []*[]Cite
	for _, row := range rows {
		var same []*[]Cite
		for _, r := range rows {
			if len(*row)*len(*r) > 0 && len((*r)[0].Places) > 0 && (*r)[0].Link == (*row)[0].Link {
				same = append(same, r)
			}
		}
		if len(same) > len(most) {
			most = same
		}
	}
	if len(most) < 3 || 2*len(most) <= len(rows) {
		return nil
	}
	link := (*most[0])[0].Link
	for _, row := range most {
		*row = unnamed(*row)
	}
	return []Cite{{Link: link, Most: true}}
}

// unnamed are sources of which the first has its places only.
func unnamed(row []Cite) []Cite {
	if len(row[0].Places) == 0 {
		return row[1:]
	}
	return append([]Cite{{Places: row[0].Places}}, row[1:]...)
}

func itemCites(items []Item) []*[]Cite {
	var rows []*[]Cite
	for i := range items {
		rows = append(rows, &items[i].Cites)
	}
	return rows
}
