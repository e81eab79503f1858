package source

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// writer writes values as TOML.
type writer struct {
	newline string
}

// listStyle is how a list is written.
type listStyle struct {
	broken bool   // an element per line
	indent string // before each element
	comma  bool   // after the last element
	close  string // before the closing bracket
}

// value writes a value; a list in the given style, and what is in it on one line.
func (w writer) value(n *Node, style listStyle) string {
	switch n.Kind {
	case Table:
		var list []string
		for _, item := range n.Items {
			list = append(list, quoteKey(item.Key)+" = "+w.value(item, listStyle{}))
		}
		if len(list) == 0 {
			return "{}"
		}
		return "{ " + strings.Join(list, ", ") + " }"
	case Array:
		return w.list(n, style)
	case String:
		return w.text(n.Str, "")
	case Int:
		return strconv.FormatInt(n.Int, 10)
	case Float:
		return formatFloat(n.Float)
	case Bool:
		return strconv.FormatBool(n.Bool)
	}
	return n.Time.Format(timeLayout(n.Time))
}

func (w writer) list(n *Node, style listStyle) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, item := range n.Items {
		switch {
		case style.broken:
			b.WriteString(w.newline + style.indent)
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(w.value(item, listStyle{}))
		if i+1 < len(n.Items) || style.comma {
			b.WriteByte(',')
		}
	}
	if style.broken && len(n.Items) > 0 {
		b.WriteString(w.newline + style.close)
	}
	b.WriteByte(']')
	return b.String()
}

// timeLayout returns how a time is written. BurntSushi/toml names the zone of a local
// date or time for what it is.
func timeLayout(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return "2006-01-02"
	case "time-local":
		return "15:04:05.999999999"
	case "datetime-local":
		return "2006-01-02T15:04:05.999999999"
	}
	return time.RFC3339Nano
}

func formatFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if len(s) > 21 {
		s = strconv.FormatFloat(f, 'e', -1, 64)
	}
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// quoteKey writes one part of a key.
func quoteKey(key string) string {
	if bareKey(key) {
		return key
	}
	return `"` + escape(key, false) + `"`
}

func bareKey(key string) bool {
	return key != "" && strings.IndexFunc(key, func(r rune) bool {
		return !(r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z')
	}) < 0
}

// text writes a string with the quotes of old, which is what stands there now, or with
// others where those can't hold it. Strings with line breaks become several lines.
func (w writer) text(s, old string) string {
	s = lineFeeds(s)
	lines := strings.Contains(s, "\n")
	switch {
	case strings.HasPrefix(old, "'''") && literal(s, true):
		return "'''" + w.opening(s, old[3:]) + w.breakLines(s) + "'''"
	case strings.HasPrefix(old, `"""`), strings.HasPrefix(old, "'''"):
		return `"""` + w.opening(s, old[3:]) + w.breakLines(escape(s, true)) + `"""`
	case lines && !(strings.HasPrefix(old, `"`) && strings.Contains(old, `\n`)):
		return `"""` + w.newline + w.breakLines(escape(s, true)) + `"""`
	case strings.HasPrefix(old, "'") && literal(s, false):
		return "'" + s + "'"
	}
	return `"` + escape(s, false) + `"`
}

// opening returns the line break after the opening quotes of a string of several lines.
// It stays away where old goes on right after them.
func (w writer) opening(s, old string) string {
	goesOn := strings.Contains(old, "\n") && !startsLine(old)
	if strings.HasPrefix(s, "\n") || strings.Contains(s, "\n") && !goesOn {
		return w.newline
	}
	return ""
}

func (w writer) breakLines(s string) string { return strings.ReplaceAll(s, "\n", w.newline) }

// literal reports whether a string can stand between ' or, of several lines, between ”'.
func literal(s string, lines bool) bool {
	if lines && (strings.Contains(s, "'''") || strings.HasSuffix(s, "'") || marksConflict(s)) ||
		!lines && strings.Contains(s, "'") {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool {
		return r != '\t' && !(lines && r == '\n') && hidden(r)
	}) < 0
}

// hidden reports whether a file can't have a character but by its number.
func hidden(r rune) bool {
	return r < ' ' || r == 0x7f || r == '\ufeff' || r == '\u0085' || r == '\u2028' || r == '\u2029' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// escape writes what stands between " or, of several lines, between """.
func escape(s string, lines bool) string {
	var b strings.Builder
	quotes := 0 // before r
	for i, r := range s {
		size := utf8.RuneLen(r)
		switch {
		case r == '"' && (!lines || quotes == 2 || i+size == len(s)):
			b.WriteString(`\"`)
			quotes = 0
			continue
		case r == '\\':
			b.WriteString(`\\`)
		case r == '\n' && !lines:
			b.WriteString(`\n`)
		case r == '\t' && !lines:
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r != '\n' && r != '\t' && hidden(r), lines && startsConflict(s, i):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
		quotes++
		if r != '"' {
			quotes = 0
		}
	}
	return b.String()
}

// marksConflict reports whether a line of s looks like a mark of git.
func marksConflict(s string) bool {
	for i := range s {
		if startsConflict(s, i) {
			return true
		}
	}
	return false
}

// startsConflict reports whether a line begins at offset i that looks like a mark of git.
func startsConflict(s string, i int) bool {
	if s[i] != '<' && s[i] != '>' || i > 0 && s[i-1] != '\n' {
		return false
	}
	line, _, _ := strings.Cut(s[i:], "\n")
	return conflictMark.MatchString(line)
}
