package guide

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Lines that mean something else in Danish, or in the program that they were pasted
// from, than in Markdown. They are rewritten character by character, so that columns
// stay the same.

// lead is what may stand before the first word of a line: indentation, quotes and the
// marks of lists, definitions and footnotes.
const lead = `^((?:[ \t\x{a0}>]|[-*+:][ \t\x{a0}]+|\[\^[^\]\s]*\]:[ \t]*|\d{1,9}[.)][ \t]+)*)`

// bullets are what Word and others begin the points of a list with; the last three are
// of the font Symbol.
const bullets = "•·◦▪▫■□●○‣⁃∙➢➤►\uf0b7\uf0a7\uf0d8"

const gap = `([ \t\x{a0}]+)`

var (
	bulletLine = regexp.MustCompile(lead + `([` + bullets + `])` + gap + `\S`)
	dashLine   = regexp.MustCompile(lead + `([–—])` + gap + `\S`)
	markLine   = regexp.MustCompile(lead + `(#{1,6}|[-*+>])(\x{a0}+)\S`)
	numberLine = regexp.MustCompile(lead + `(\d{1,9})[.)]` + gap)
	fenceLine  = regexp.MustCompile(lead + "(```|~~~)")
	suspicious = regexp.MustCompile(`(?m)\d[.)][ \t\x{a0}]|[` + bullets + `–—\x{a0}]`)

	// ordinal is a number that belongs to the lower-case word after it.
	ordinal = regexp.MustCompile(`^(\d+)\.[ \t\x{a0}]+\p{Ll}`)
	// named is an ordinal, wherever it stands.
	named = regexp.MustCompile(`^\d+\.[ \t\x{a0}]+(?:(?:og|eller|gang|del|led|part|sal|plads)\b|` +
		`(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)(?:uar|ruar|ts|il|i|ust|tember|ober|ember)?\b|` +
		`(?:klasse|årgang|kvartal|halvår|semester|kapitel|juledag|påskedag|pinsedag|skoleår|verdenskrig)\pL*)`)
)

// asMeant rewrites bullets of other programs as marks of lists, and ties a number to
// the words that it belongs to, as in "1. januar", so that no list begins there.
func asMeant(src []byte) []byte {
	if !suspicious.Match(src) {
		return src
	}
	lines := bytes.Split(src, []byte("\n"))
	var fence string
	var dashes bool // the line before was one
	items := map[int]bool{}
	for i, line := range lines {
		if m := fenceLine.FindSubmatch(line); m != nil && (fence == "" || fence == string(m[2])) {
			fence = string(m[2])[len(fence):]
		}
		if fence != "" {
			continue
		}
		bullet, dash := bulletLine.FindSubmatchIndex(line), dashLine.FindSubmatchIndex(line)
		switch {
		case bullet != nil:
			lines[i] = asMark(line, bullet)
		case dash != nil && (dashes || i+1 < len(lines) && dashLine.Match(lines[i+1])):
			lines[i] = asMark(line, dash)
		case markLine.Match(line):
			lines[i] = bytes.ReplaceAll(line, []byte("\u00a0"), []byte(" "))
		default:
			lines[i] = tie(lines, i, items)
		}
		dashes = dash != nil
	}
	return bytes.Join(lines, []byte("\n"))
}

// asMark writes a mark where a line has a bullet. m is the match of lead, bullet and gap.
func asMark(line []byte, m []int) []byte {
	begin := strings.ReplaceAll(string(line[:m[4]]), "\u00a0", " ")
	gap := strings.Repeat(" ", utf8.RuneCount(line[m[6]:m[7]]))
	return append([]byte(begin+"-"+gap), line[m[7]:]...)
}

// tie ties the number that a line begins with to the word after it by a space that
// does not break, unless the line is a point of a list. items holds the lists
// that are begun, by their indentation; a number that does not fit is told of later.
func tie(lines [][]byte, i int, items map[int]bool) []byte {
	line := lines[i]
	m := numberLine.FindSubmatchIndex(line)
	if m == nil {
		if len(bytes.TrimSpace(line)) > 0 && (i == 0 || len(bytes.TrimSpace(lines[i-1])) == 0) {
			clear(items) // a new paragraph ends the list
		}
		return line
	}
	n, _ := strconv.Atoi(string(line[m[4]:m[5]]))
	space, size := utf8.DecodeRune(line[m[6]:])
	if ordinal.Match(line[m[4]:]) && (named.Match(line[m[4]:]) || !items[m[3]] && !beginsList(lines, i, m[3], n)) {
		space = '\u00a0'
	} else {
		items[m[3]] = true
		if space != '\t' {
			space = ' '
		}
	}
	return append([]byte(string(line[:m[6]])+string(space)), line[m[6]+size:]...)
}

// beginsList reports whether a number at the beginning of a line is followed by the
// next one below, and the line above is no unfinished sentence.
func beginsList(lines [][]byte, i, indent, n int) bool {
	if i > 0 {
		above := bytes.TrimSpace(lines[i-1])
		if len(above) > 0 && !bytes.ContainsAny(above[len(above)-1:], ".:;!?") && !bytes.HasPrefix(above, []byte("#")) {
			return false
		}
	}
	for _, line := range lines[i+1 : min(i+40, len(lines))] {
		if m := numberLine.FindSubmatchIndex(line); m != nil && m[3] == indent {
			next, _ := strconv.Atoi(string(line[m[4]:m[5]]))
			return (next == n || next == n+1) && !named.Match(line[m[4]:])
		}
	}
	return false
}
