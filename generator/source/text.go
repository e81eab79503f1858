package source

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"unicode/utf8"

	"modelhaandbog/generator/diag"
)

// MaxSize is the largest content file that is parsed, in bytes.
const MaxSize = 1 << 20

// CheckText checks that data is UTF-8 without NUL and marks of a merge conflict, and at
// most MaxSize bytes. It returns the text without a byte order mark, or nil and errors.
func CheckText(file string, data []byte) (clean []byte, diags []diag.Diag) {
	fail := func(offset int, d diag.Diag) ([]byte, []diag.Diag) {
		d.Severity, d.Pos = diag.Error, newText(file, data).pos(offset)
		return nil, []diag.Diag{d}
	}
	if len(data) > MaxSize {
		return nil, []diag.Diag{{
			Severity: diag.Error, Code: "for-stor-fil", Pos: diag.Pos{File: file},
			Message: fmt.Sprintf("filen fylder %d kB, og det højeste er %d kB", (len(data)+1023)>>10, MaxSize>>10),
			Help:    "Del indholdet i flere filer, og læg billeder i filer for sig selv.",
		}}
	}
	if looksUTF16(data) {
		return nil, []diag.Diag{{
			Severity: diag.Error, Code: "tegnsaet", Pos: diag.Pos{File: file, Line: 1, Col: 1},
			Message: "filen er gemt som UTF-16 (»Unicode« i Notesblok)",
			Help:    "Gem den som UTF-8.",
		}}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return fail(i, diag.Diag{
			Code:    "ikke-tekst",
			Message: "filen indeholder en nul-byte og ser ikke ud til at være tekst",
			Help:    "Er det et billede eller et Word-dokument? Her skal der stå en ren tekstfil.",
		})
	}
	if i := firstInvalid(data); i >= 0 {
		message := fmt.Sprintf("byten 0x%02x er ikke UTF-8", data[i])
		if r, ok := windows1252[data[i]]; ok {
			message += fmt.Sprintf("; det skulle nok være et %c", r)
		}
		return fail(i, diag.Diag{
			Code: "tegnsaet", Message: message,
			Help: "Filen ser ud til at være gemt som Windows-1252/ISO-8859-1; gem den som UTF-8.",
		})
	}
	if diags := conflicts(newText(file, data)); diags != nil {
		return nil, diags
	}
	if diags := unseen(newText(file, data)); diags != nil {
		return nil, diags
	}
	return data, nil
}

var conflictMark = regexp.MustCompile(`(?m)^(?:<{7}|\|{7}|={7}|>{7})(?:[ \t\r].*)?$`)

// conflicts reports each place where git could not merge two versions, with the lines
// of its marks.
func conflicts(t *text) (diags []diag.Diag) {
	if !bytes.Contains(t.data, []byte("<<<<<<<")) && !bytes.Contains(t.data, []byte(">>>>>>>")) {
		return nil
	}
	open := false
	for _, m := range conflictMark.FindAllIndex(t.data, -1) {
		note := ""
		switch t.data[m[0]] {
		case '|':
			note = "her begynder det, som de er lavet af"
		case '=':
			note = "her begynder den anden udgave"
		case '>':
			note = "her slutter den"
		}
		switch {
		case note != "" && open:
			d := &diags[len(diags)-1]
			d.Notes = append(d.Notes, diag.Note{Pos: t.pos(m[0]), Message: note})
			open = t.data[m[0]] != '>'
		case t.data[m[0]] == '<', t.data[m[0]] == '>':
			open = note == ""
			diags = append(diags, diag.Diag{Severity: diag.Error, Code: "konflikt", Pos: t.pos(m[0]), Width: 7,
				Message: "git har ikke kunnet flette to udgaver af teksten",
				Help: "Behold den rigtige udgave, og slet linjerne, der begynder med " +
					"<<<<<<<, |||||||, ======= og >>>>>>>."})
		}
	}
	return diags
}

// unseen reports characters that nobody sees, but that break lines, turn text around or
// keep words from being found.
func unseen(t *text) (diags []diag.Diag) {
	for i := 0; i < len(t.data); i++ {
		if c := t.data[i]; c != 0xc2 && c != 0xe2 && c != 0xef { // what all of them begin with
			continue
		}
		c, size := utf8.DecodeRune(t.data[i:])
		d := diag.Diag{Severity: diag.Error, Code: "usynligt-tegn",
			Message: fmt.Sprintf("her står et usynligt tegn (U+%04X)", c),
			Help:    "Slet tegnet; det følger ofte med, når man kopierer fra Word, PDF eller en webside."}
		switch {
		case c == '\ufeff':
			d.Message, d.Help = "her står et BOM-tegn, som kun kan stå først i en fil",
				"Slet tegnet foran linjens første ord; det kommer ofte, når to filer lægges sammen."
		case c == '\u2028', c == '\u2029', c == '\u0085':
			d.Message, d.Help = fmt.Sprintf("her står et linjeskift fra et andet program (U+%04X)", c),
				"Slet det, og tryk Enter, hvis linjen skal brydes."
		case c >= '\u202a' && c <= '\u202e', c >= '\u2066' && c <= '\u2069':
		default:
			i += size - 1
			continue
		}
		d.Pos, d.Width = t.pos(i), 1
		diags = append(diags, d)
		i += size - 1
	}
	return diags
}

// windows1252 holds the characters that Danish authors type, for the message.
var windows1252 = map[byte]rune{
	0xe6: 'æ', 0xf8: 'ø', 0xe5: 'å', 0xc6: 'Æ', 0xd8: 'Ø', 0xc5: 'Å', 0xe9: 'é', 0xfc: 'ü', 0xf6: 'ö', 0xe4: 'ä',
	0xa7: '§', 0xab: '«', 0xbb: '»', 0x96: '–', 0x97: '—', 0x91: '‘',
	0x92: '’', 0x93: '“', 0x94: '”', 0x95: '•', 0x80: '€',
}

// firstInvalid returns the offset of the first byte that is not UTF-8, or -1.
func firstInvalid(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// looksUTF16 reports whether data begins with a UTF-16 byte order mark, or has NUL in
// every second of its first bytes.
func looksUTF16(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return true
	}
	head := data[:min(len(data), 64)&^1]
	var nuls [2]int
	for i, b := range head {
		if b == 0 {
			nuls[i%2]++
		}
	}
	half := len(head) / 2
	return half >= 4 && (nuls[0] == 0 && nuls[1] >= half*3/4 || nuls[1] == 0 && nuls[0] >= half*3/4)
}

// text turns byte offsets of a file into lines and columns.
type text struct {
	file   string
	data   []byte
	starts []int // offset of each line's first byte

	// The last result. Files are walked forwards, so counting continues from here
	// instead of from the start of the file or of a long line.
	seenLine, seenOffset, seenCol int
}

func newText(file string, data []byte) *text {
	t := &text{file: file, data: data, starts: make([]int, 1, bytes.Count(data, []byte("\n"))+1), seenCol: 1}
	for at := 0; ; {
		i := bytes.IndexByte(data[at:], '\n')
		if i < 0 {
			return t
		}
		at += i + 1
		t.starts = append(t.starts, at)
	}
}

// line returns the number of the line that offset is in, from 0.
func (t *text) line(offset int) int {
	i := t.seenLine
	for near := i + 4; i < near && t.starts[i] <= offset; i++ {
		if i+1 == len(t.starts) || offset < t.starts[i+1] {
			t.seenLine = i
			return i
		}
	}
	i, found := slices.BinarySearch(t.starts, offset)
	if !found {
		i--
	}
	t.seenLine = i
	return i
}

// lineEnd returns the offset after the last character of the line that
// offset is in, not counting its line break.
func (t *text) lineEnd(offset int) int {
	end := len(t.data)
	if next := t.line(offset) + 1; next < len(t.starts) {
		end = t.starts[next] - 1
	}
	if end > offset && t.data[end-1] == '\r' {
		end--
	}
	return end
}

// pos returns the position of the character at offset, which is clamped to the file.
func (t *text) pos(offset int) diag.Pos {
	offset = max(0, min(offset, len(t.data)))
	line := t.line(offset)
	from, col := t.starts[line], 1
	if from <= t.seenOffset && t.seenOffset <= offset {
		from, col = t.seenOffset, t.seenCol
	}
	col += utf8.RuneCount(t.data[from:offset])
	t.seenOffset, t.seenCol = offset, col
	return diag.Pos{File: t.file, Line: line + 1, Col: col}
}

// offset is the inverse of pos.
func (t *text) offset(p diag.Pos) int {
	at := t.starts[p.Line-1]
	for range p.Col - 1 {
		_, size := utf8.DecodeRune(t.data[at:])
		at += size
	}
	return at
}

// width counts the characters from one offset to another, at most to the end
// of the line and at least 1.
func (t *text) width(from, to int) int {
	to = min(to, t.lineEnd(from))
	if to <= from {
		return 1
	}
	return utf8.RuneCount(t.data[from:to])
}
