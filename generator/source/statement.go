package source

import (
	"bytes"
	"regexp"
)

// statement is a header, or a key with its value, in text that may be invalid. Offsets
// are into the text; end is after the last character and before the line break.
type statement struct {
	start, end int
	header     bool
	equals     int    // offset of the = after the key, or -1
	open       int    // offset of an unclosed bracket, """ or ''', or -1
	opener     string // that bracket or those quotes
	quote      int    // offset of the first " or ' that is not closed on its line, or -1
}

// statements splits text that may be invalid TOML. An unclosed value ends before the
// next line that can only be a new statement.
func statements(data []byte) []statement {
	var list []statement
	for i := 0; i < len(data); {
		end := lineEnd(data, i)
		line := bytes.TrimLeft(data[i:end], " \t\r")
		if len(line) == 0 || line[0] == '#' {
			i = end + 1
			continue
		}
		start := end - len(line)
		s := scanStatement(data, start, false)
		if s.open >= 0 {
			s = scanStatement(data, start, true)
		}
		list = append(list, s)
		i = lineEnd(data, s.end) + 1
	}
	return list
}

// scanStatement scans the statement at start. If strict, a line like key = value begins
// a new statement even inside { }.
func scanStatement(data []byte, start int, strict bool) statement {
	s := statement{start: start, header: data[start] == '[', equals: -1, open: -1, quote: -1}
	var brackets []int // offsets of the open ones
	i := start
	for i < len(data) {
		c := data[i]
		switch {
		case c == '\n':
			if len(brackets) == 0 || s.header || beginsStatement(data, i+1, data[brackets[len(brackets)-1]], strict) {
				return s.finish(data, i, brackets)
			}
		case c == '#':
			i = lineEnd(data, i)
			continue
		case c == '=' && s.equals < 0 && len(brackets) == 0:
			s.equals = i
		case c == '"' || c == '\'':
			i = s.skipString(data, i)
			continue
		case c == '[' || c == '{':
			brackets = append(brackets, i)
		case (c == ']' || c == '}') && len(brackets) > 0:
			brackets = brackets[:len(brackets)-1]
		}
		i++
	}
	return s.finish(data, len(data), brackets)
}

func (s statement) finish(data []byte, end int, brackets []int) statement {
	s.end = min(end, len(data))
	if len(brackets) > 0 && !s.header && s.open < 0 {
		s.open = brackets[0]
		s.opener = string(data[s.open])
	}
	return s
}

// skipString returns the offset after the string at i, and records in s if it is not
// closed.
func (s *statement) skipString(data []byte, i int) int {
	if mark := bytes.Repeat(data[i:i+1], 3); bytes.HasPrefix(data[i:], mark) && !s.header {
		for j := i + 3; j < len(data); j++ {
			if data[j] == '\\' && data[i] == '"' {
				j++
			} else if bytes.HasPrefix(data[j:], mark) {
				for j += 3; j < len(data) && data[j] == data[i]; j++ {
				}
				return j
			}
		}
		if s.open < 0 {
			s.open, s.opener = i, string(mark)
		}
		end := lineEnd(data, i)
		for end < len(data) && !beginsStatement(data, end+1, '[', true) {
			end = lineEnd(data, end+1)
		}
		return end
	}
	end := lineEnd(data, i)
	for j := i + 1; j < end; j++ {
		if data[j] == '\\' && data[i] == '"' {
			j++
		} else if data[j] == data[i] {
			return j + 1
		}
	}
	if s.quote < 0 {
		s.quote = i
	}
	return end
}

var (
	keyLine    = regexp.MustCompile(`^[ \t]*(?:[\pL0-9_-]+|"[^"]*"|'[^']*')(?:[ \t]*\.[ \t]*(?:[\pL0-9_-]+|"[^"]*"|'[^']*'))*[ \t]*=`)
	headerLine = regexp.MustCompile(`^[ \t]*\[\[?[ \t]*([\pL_][\pL0-9_.\- \t"']*)\]\]?[ \t\r]*(?:#.*)?$`)
	notHeader  = regexp.MustCompile(`^(?:true|false|inf|nan)[ \t]*$`)
)

// beginsStatement reports whether the line at offset can't continue a value in the
// given bracket.
func beginsStatement(data []byte, offset int, bracket byte, strict bool) bool {
	if offset >= len(data) {
		return false
	}
	line := data[offset:lineEnd(data, offset)]
	if m := headerLine.FindSubmatch(line); m != nil && !notHeader.Match(m[1]) {
		return true
	}
	return (bracket == '[' || strict) && keyLine.Match(line)
}

// lineEnd returns the offset of the line break at or after offset, or the
// length of data.
func lineEnd(data []byte, offset int) int {
	if offset >= len(data) {
		return len(data)
	}
	if i := bytes.IndexByte(data[offset:], '\n'); i >= 0 {
		return offset + i
	}
	return len(data)
}
