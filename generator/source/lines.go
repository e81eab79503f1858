package source

import (
	"bytes"
	"slices"
)

func (l *layout) raw(s span) string { return string(l.data[s.from:s.to]) }

// lineStart returns the offset of the first byte of the line that offset is in.
func (l *layout) lineStart(offset int) int {
	return bytes.LastIndexByte(l.data[:offset], '\n') + 1
}

// lineEnd returns the offset of the line break of the line that offset is in.
func (l *layout) lineEnd(offset int) int {
	end := lineEnd(l.data, offset)
	if end > offset && end < len(l.data) && l.data[end-1] == '\r' {
		end--
	}
	return end
}

// nextLine returns the offset of the line after the one that offset is in, or the
// length of the text.
func (l *layout) nextLine(offset int) int { return min(lineEnd(l.data, offset)+1, len(l.data)) }

// blank reports whether the line at start has nothing on it.
func (l *layout) blank(start int) bool {
	return len(bytes.TrimSpace(l.data[start:lineEnd(l.data, start)])) == 0
}

// comment reports whether the line at start has only a comment on it.
func (l *layout) comment(start int) bool {
	return bytes.HasPrefix(bytes.TrimLeft(l.data[start:lineEnd(l.data, start)], " \t"), []byte("#"))
}

// lines returns the whole lines of an entry, without the last line break.
func (l *layout) lines(e *entry) span { return span{l.lineStart(e.from), l.lineEnd(e.to)} }

// lead returns where the comment right above the line at start begins, or start.
func (l *layout) lead(start int) int {
	for start > 0 {
		above := l.lineStart(start - 1)
		if !l.comment(above) || l.inValue(above) {
			break
		}
		start = above
	}
	return start
}

// inValue reports whether offset is inside a value, where a line that looks like a
// comment is text.
func (l *layout) inValue(offset int) bool {
	i, _ := slices.BinarySearchFunc(l.long, offset, func(s span, offset int) int { return s.to - offset })
	return i < len(l.long) && l.long[i].from < offset
}

// withGap widens a cut of whole lines to the blank lines on one side, so that what is left
// is as far apart as it was.
func (l *layout) withGap(cut span) span {
	before, after := l.contentBefore(cut.from), l.contentAfter(cut.to)
	glued := after < len(l.data) && after == l.nextLine(cut.to)
	switch {
	case before == 0 && after == len(l.data):
		return span{0, len(l.data)}
	case before == 0, glued && l.gap(before) > 0 && (l.attached(after) || l.comment(l.lineStart(before))):
		return span{cut.from, after}
	}
	return span{before, cut.to}
}

// contentBefore returns the end of the last line before offset that isn't blank, or 0.
func (l *layout) contentBefore(offset int) int {
	for offset > 0 {
		start := l.lineStart(offset - 1)
		if !l.blank(start) {
			return l.lineEnd(start)
		}
		offset = start
	}
	return 0
}

// contentAfter returns the start of the first line after the one that offset is in that
// isn't blank, or the length of the text.
func (l *layout) contentAfter(offset int) int {
	for offset = l.nextLine(offset); offset < len(l.data) && l.blank(offset); {
		offset = l.nextLine(offset)
	}
	return offset
}

// gap counts the blank lines after the line that ends at offset.
func (l *layout) gap(end int) int {
	n := 0
	for at := l.nextLine(end); at < len(l.data) && l.blank(at); at = l.nextLine(at) {
		n++
	}
	return n
}

// attached reports whether the line at start is a key, a header, or a comment right above.
func (l *layout) attached(start int) bool {
	for start < len(l.data) && l.comment(start) {
		start = l.nextLine(start)
	}
	return start < len(l.data) && !l.blank(start)
}
