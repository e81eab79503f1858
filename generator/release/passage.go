package release

import (
	"regexp"
	"slices"
	"strings"
)

// Span is a piece of a text: in both versions, only in the old one, or only in the new.
type Span struct {
	Text string
	In   Version
}

type Version int

const (
	Both Version = iota
	OnlyOld
	OnlyNew
)

// MarkWords divides two versions of a text into what they share and what they don't, word
// by word. Spans of the old and of the new read on as the versions do.
func MarkWords(old, now string) []Span {
	var out []Span
	for _, s := range align(strings.Fields(old), strings.Fields(now)) {
		text := strings.Join(s.words, " ")
		out = append(out, Span{text, s.in})
	}
	return out
}

// run is consecutive words of one version or both.
type run struct {
	words []string
	in    Version
}

// maxCells bounds the table of a comparison. Longer texts count as replaced.
const maxCells = 4 << 20

// align finds the longest common subsequence of two lists and tells what stands around
// it, the old before the new.
func align(a, b []string) []run {
	var out []run
	put := func(in Version, words ...string) {
		if len(words) == 0 {
			return
		}
		if n := len(out); n > 0 && out[n-1].in == in {
			out[n-1].words = append(out[n-1].words, words...)
			return
		}
		out = append(out, run{slices.Clone(words), in})
	}
	begin := 0
	for begin < min(len(a), len(b)) && a[begin] == b[begin] {
		begin++
	}
	end := 0
	for end < min(len(a), len(b))-begin && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	put(Both, a[:begin]...)
	x, y := a[begin:len(a)-end], b[begin:len(b)-end]
	if len(x)*len(y) > maxCells {
		put(OnlyOld, x...)
		put(OnlyNew, y...)
	} else {
		between(x, y, put)
	}
	put(Both, a[len(a)-end:]...)
	return out
}

func between(x, y []string, put func(Version, ...string)) {
	length := make([][]int32, len(x)+1) // of the longest common part of x[i:] and y[j:]
	for i := range length {
		length[i] = make([]int32, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var gone, come []string
	flush := func() {
		put(OnlyOld, gone...)
		put(OnlyNew, come...)
		gone, come = nil, nil
	}
	i, j := 0, 0
	for i < len(x) && j < len(y) {
		switch {
		case x[i] == y[j]:
			flush()
			put(Both, x[i])
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			gone = append(gone, x[i])
			i++
		default:
			come = append(come, y[j])
			j++
		}
	}
	gone, come = append(gone, x[i:]...), append(come, y[j:]...)
	flush()
}

// passage is a part of a text that is another than before.
type passage struct{ Old, New string }

var blank = regexp.MustCompile(`\n[ \t\r]*\n`)

// what tells whether it came, went or has other words.
func (p passage) what() What {
	switch {
	case p.Old == "":
		return Added
	case p.New == "":
		return Removed
	}
	return Reworded
}

// passages lists the paragraphs that differ between two texts, those that stand together
// as one.
func passages(old, now string) []passage { return differing(paragraphs(old), paragraphs(now)) }

func differing(a, b []string) []passage {
	var out []passage
	var at *passage
	i, j := 0, 0
	for _, r := range align(unwrapped(a), unwrapped(b)) {
		n := len(r.words)
		if r.in == Both {
			at, i, j = nil, i+n, j+n
			continue
		}
		if at == nil {
			out = append(out, passage{})
			at = &out[len(out)-1]
		}
		if r.in == OnlyOld {
			at.Old = joined(at.Old, strings.Join(a[i:i+n], "\n\n"), "\n\n")
			i += n
		} else {
			at.New = joined(at.New, strings.Join(b[j:j+n], "\n\n"), "\n\n")
			j += n
		}
	}
	return out
}

// unwrapped are paragraphs with nothing but their words.
func unwrapped(list []string) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = strings.Join(strings.Fields(p), " ")
	}
	return out
}

// paragraphs are what blank lines divide a text into.
func paragraphs(text string) []string {
	var out []string
	for _, p := range blank.Split(strings.TrimSpace(text), -1) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
