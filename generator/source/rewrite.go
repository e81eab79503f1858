package source

import (
	"bytes"
	"slices"
	"strings"
)

// rewriter writes a changed value with all that is unchanged as it stands.
type rewriter struct {
	*layout
	writer
}

// chunk is an element of a list, or an entry of an inline table, with what stands around
// it. All chunks in order, with what is before and after, are the value.
type chunk struct {
	old   int    // its index before the edit, or -1
	lead  string // blanks, line breaks and comments before
	text  string
	mid   string // between text and comma
	comma bool
	tail  string // blanks and a comment after, to the end of the line
}

// chunks is a list or an inline table in parts.
type chunks struct {
	open, close string // the brackets
	head        string // blanks and a comment after the opening bracket, to the end of the line
	list        []chunk
	end         string // before the closing bracket
}

// chunks takes a list or an inline table apart.
func (l *layout) chunks(v *value) *chunks {
	c := &chunks{open: string(l.data[v.from]), close: string(l.data[v.to-1])}
	at := v.from + 1
	c.head = l.lineTail(at)
	at += len(c.head)
	for _, item := range v.items {
		k := chunk{old: len(c.list), lead: string(l.data[at:item.from]), text: l.raw(item.span)}
		at = item.to
		if comma := skip(l.data, at, "\r\n#"); l.data[comma] == ',' {
			k.mid, k.comma, at = string(l.data[at:comma]), true, comma+1
		}
		k.tail = l.lineTail(at)
		at += len(k.tail)
		c.list = append(c.list, k)
	}
	c.end = string(l.data[at : v.to-1])
	return c
}

// lineTail returns what is left of a line after offset, if that is blank or a comment.
func (l *layout) lineTail(offset int) string {
	at := skip(l.data, offset, "")
	if at < len(l.data) && strings.IndexByte("#\r\n", l.data[at]) < 0 {
		return ""
	}
	return string(l.data[offset:l.lineEnd(offset)])
}

// style returns how the list is written.
func (c *chunks) style() listStyle {
	s := listStyle{}
	for _, k := range c.list {
		if i := strings.LastIndexByte(k.lead, '\n'); i >= 0 {
			s.broken, s.indent = true, k.lead[i+1:]
		}
		s.comma = k.comma
	}
	s.close = c.end[strings.LastIndexByte(c.end, '\n')+1:]
	return s
}

// write puts the chunks together. comma says whether one stands after the last.
func (c *chunks) write(comma bool, newline string) string {
	var b strings.Builder
	b.WriteString(c.open + c.head)
	comment := strings.Contains(c.head, "#")
	for i, k := range c.list {
		if comment && !startsLine(k.lead) {
			k.lead = newline + k.lead
		}
		b.WriteString(k.lead + k.text)
		switch {
		case i+1 == len(c.list) && !comma && k.comma:
			b.WriteString(k.mid)
		case i+1 < len(c.list) || comma:
			b.WriteString(k.mid + ",")
		}
		b.WriteString(k.tail)
		comment = strings.Contains(k.tail, "#")
	}
	if comment && !startsLine(c.end) {
		c.end = newline + c.end
	}
	b.WriteString(c.end + c.close)
	return b.String()
}

func startsLine(s string) bool {
	return strings.HasPrefix(s, "\n") || strings.HasPrefix(s, "\r\n")
}

// value returns the text of a value that is to be meant.
func (r rewriter) value(v *value, old, meant *Node) string {
	switch {
	case same(old, meant):
		return r.raw(v.span)
	case v.kind == Array && meant.Kind == Array:
		return r.elements(v, old, meant)
	case v.kind == Table && meant.Kind == Table:
		return r.table(v, old, meant)
	case v.kind == String && meant.Kind == String:
		return r.writer.text(meant.Str, r.raw(v.span))
	case v.kind == Datetime && meant.Kind == Datetime && bytes.IndexByte(r.data[v.from:v.to], ' ') > 0:
		return strings.Replace(r.writer.value(meant, listStyle{}), "T", " ", 1)
	}
	return r.writer.value(meant, listStyle{})
}

// elements rewrites a list.
func (r rewriter) elements(v *value, old, meant *Node) string {
	c := r.chunks(v)
	steps := match(old.Items, meant.Items)
	comma, fresh := c.style().comma, c.fresh(r.newline)
	var list []chunk
	for i, from := range steps {
		k := fresh
		if from < 0 {
			k.text = r.writer.value(meant.Items[i], listStyle{})
		} else {
			k = c.list[from]
			k.text = r.value(v.items[from].value, old.Items[from], meant.Items[i])
		}
		list = append(list, k)
	}
	c.keepHeadings(steps, list)
	c.replace(list)
	return c.write(comma, r.newline)
}

// fresh returns a new chunk without its text.
func (c *chunks) fresh(newline string) chunk {
	k := chunk{old: -1, lead: " "}
	if style := c.style(); style.broken {
		k.lead = newline + style.indent
	} else if len(c.list) > 1 {
		k.lead = c.list[1].lead
	}
	return k
}

// keepHeadings gives a comment above an element that is gone to the next one of its group.
func (c *chunks) keepHeadings(steps []int, list []chunk) {
	now := map[int]int{} // new indexes by old ones
	for i, from := range steps {
		now[from] = i
	}
	heading := "" // of elements that are gone
	for i, k := range c.list {
		has := strings.Count(k.lead, "\n") > 1
		at, stays := now[i]
		switch {
		case !stays && has:
			heading = k.lead
		case stays && !has && heading != "":
			list[at].lead = heading
			heading = ""
		case stays:
			heading = ""
		}
	}
}

// replace puts in the chunks of the changed list.
func (c *chunks) replace(list []chunk) {
	pad := ""
	if c.open == "{" {
		pad = " "
	}
	switch {
	case len(list) == 0 && !strings.Contains(c.head+c.end, "#"):
		c.head, c.end = "", ""
	case len(c.list) == 0 && !strings.Contains(c.head+c.end, "#"):
		c.head, c.end = "", pad
	case len(c.list) > 0 && !strings.Contains(c.list[0].lead, "\n"):
		pad = c.list[0].lead
	}
	between := c.fresh("").lead
	for i := range list {
		k := &list[i]
		switch {
		case strings.Contains(k.lead, "\n") || (i == 0) == (k.old == 0):
		case i == 0:
			k.lead = pad
		default:
			k.lead = between
		}
	}
	c.list = list
}

// match finds for each element of the new list the old one that it is made from, or -1.
// What both have in order is kept; the rest is matched with what says the same elsewhere,
// and then in order with what stood there.
func match(old, meant []*Node) []int {
	steps := inOrder(old, meant)
	used := make([]bool, len(old))
	for _, from := range steps {
		if from >= 0 {
			used[from] = true
		}
	}
	left := slices.DeleteFunc(indexes(old), func(i int) bool { return used[i] })
	missing := slices.DeleteFunc(indexes(meant), func(i int) bool { return steps[i] >= 0 })
	for _, i := range missing {
		if len(left) > maxCompare/len(missing) {
			break
		}
		for _, j := range left {
			if !used[j] && same(old[j], meant[i]) {
				steps[i], used[j] = j, true
				break
			}
		}
	}
	next := 0 // the old element after the one before
	for i, from := range steps {
		if from < 0 && next < len(old) && !used[next] {
			steps[i], used[next] = next, true
			from = next
		}
		if from >= 0 {
			next = from + 1
		}
	}
	return steps
}

func indexes(list []*Node) []int {
	made := make([]int, len(list))
	for i := range made {
		made[i] = i
	}
	return made
}

// maxCompare bounds the work of comparing two lists.
const maxCompare = 1 << 20

// inOrder finds a longest common subsequence: for each element of meant its index in
// old, or -1.
func inOrder(old, meant []*Node) []int {
	steps := make([]int, len(meant))
	for i := range steps {
		steps[i] = -1
	}
	first := 0
	for first < len(old) && first < len(meant) && same(old[first], meant[first]) {
		steps[first] = first
		first++
	}
	n, m := len(old), len(meant)
	for n > first && m > first && same(old[n-1], meant[m-1]) {
		n, m = n-1, m-1
		steps[m] = n
	}
	rows, cols := n-first, m-first
	if rows == 0 || cols == 0 || rows > maxCompare/cols {
		return steps
	}
	long := make([][]int, rows+1) // of the rest from there
	for i := range long {
		long[i] = make([]int, cols+1)
	}
	for i := rows - 1; i >= 0; i-- {
		for j := cols - 1; j >= 0; j-- {
			if same(old[first+i], meant[first+j]) {
				long[i][j] = long[i+1][j+1] + 1
			} else {
				long[i][j] = max(long[i+1][j], long[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < rows && j < cols; {
		switch {
		case same(old[first+i], meant[first+j]):
			steps[first+j] = first + i
			i, j = i+1, j+1
		case long[i+1][j] >= long[i][j+1]:
			i++
		default:
			j++
		}
	}
	return steps
}
