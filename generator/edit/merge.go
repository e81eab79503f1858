package edit

import (
	"bytes"
	"slices"
)

// Three versions of a text, as programs that keep versions merge them.

// hunk is a part of a text that another has something else in place of.
type hunk struct {
	from, to int // in the text
	with     []byte
}

// mergeFile makes the change from one version of a file to another in a third. It can't
// be made where the third differs from the first at the same place. nil is a missing file.
func mergeFile(from, to, now []byte) (merged []byte, ok bool) {
	switch {
	case bytes.Equal(now, from) && (now == nil) == (from == nil):
		return to, true
	case from == nil || to == nil || now == nil:
		return nil, bytes.Equal(now, to) && (now == nil) == (to == nil)
	}
	change, others := hunks(from, to), hunks(from, now)
	var all []hunk
	all = append(append(all, change...), others...)
	slices.SortStableFunc(all, func(a, b hunk) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return a.to - b.to
	})
	at := 0
	for i, h := range all {
		if h.from < at || i > 0 && all[i-1].from == h.from && all[i-1].to == h.from {
			return nil, false
		}
		at = h.to
	}
	return replaced(from, all), true
}

// replaced is a text with hunks, in order, in place of its own. It is never nil.
func replaced(text []byte, list []hunk) []byte {
	out, at := []byte{}, 0
	for _, h := range list {
		out = append(append(out, text[at:h.from]...), h.with...)
		at = h.to
	}
	return append(out, text[at:]...)
}

// hunks are the differences from one text to another: whole lines, without the bytes at
// both ends that are the same.
func hunks(a, b []byte) []hunk {
	x, y := splitLines(a), splitLines(b)
	var out []hunk
	offset := 0
	i, j := 0, 0
	for _, m := range append(matches(x, y), [2]int{len(x), len(y)}) {
		if m[0] > i || m[1] > j {
			h := hunk{offset, offset + size(x[i:m[0]]), bytes.Join(y[j:m[1]], nil)}
			out = append(out, h.trimmed(a))
			offset += size(x[i:m[0]])
		}
		if m[0] < len(x) {
			offset += len(x[m[0]])
		}
		i, j = m[0]+1, m[1]+1
	}
	return out
}

func size(lines [][]byte) (n int) {
	for _, l := range lines {
		n += len(l)
	}
	return n
}

// trimmed leaves out what is the same at both ends of a changed line. Whole lines stay
// whole, so that two that come to the same place are told apart.
func (h hunk) trimmed(text []byte) hunk {
	if h.from == h.to || len(h.with) == 0 {
		return h
	}
	for h.from < h.to && len(h.with) > 0 && text[h.from] == h.with[0] {
		h.from, h.with = h.from+1, h.with[1:]
	}
	for h.from < h.to && len(h.with) > 0 && text[h.to-1] == h.with[len(h.with)-1] {
		h.to, h.with = h.to-1, h.with[:len(h.with)-1]
	}
	return h
}

// maxTable bounds the work of comparing two texts; what differs more is one hunk.
const maxTable = 4 << 20

// matches are the lines that two texts have in common, in order: as many as can be.
func matches(x, y [][]byte) [][2]int {
	first := 0
	for first < len(x) && first < len(y) && bytes.Equal(x[first], y[first]) {
		first++
	}
	last := 0
	for last < len(x)-first && last < len(y)-first && bytes.Equal(x[len(x)-1-last], y[len(y)-1-last]) {
		last++
	}
	var out [][2]int
	for i := range first {
		out = append(out, [2]int{i, i})
	}
	for _, m := range common(x[first:len(x)-last], y[first:len(y)-last]) {
		out = append(out, [2]int{m[0] + first, m[1] + first})
	}
	for i := last; i > 0; i-- {
		out = append(out, [2]int{len(x) - i, len(y) - i})
	}
	return out
}

// common is a longest common subsequence.
func common(x, y [][]byte) [][2]int {
	if len(x)*len(y) == 0 || len(x)*len(y) > maxTable {
		return nil
	}
	width := len(y) + 1
	table := make([]int32, (len(x)+1)*width)
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if bytes.Equal(x[i], y[j]) {
				table[i*width+j] = table[(i+1)*width+j+1] + 1
			} else {
				table[i*width+j] = max(table[(i+1)*width+j], table[i*width+j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case bytes.Equal(x[i], y[j]):
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case table[(i+1)*width+j] >= table[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return out
}
