package diag

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// WriteText writes diagnostics for a terminal, errors before warnings and otherwise
// in the order given: position and message, the source line with a caret, help, and
// notes with their own source lines. The last line counts them. read returns a file's
// bytes and is called once per file; if it fails, the source lines are left out.
// color adds ANSI colours. The error is that of w.
func WriteText(w io.Writer, list []Diag, read func(file string) ([]byte, error), color bool) error {
	p := &printer{w: bufio.NewWriter(w), read: read, lines: map[string][][]byte{}}
	if color {
		p.paint = colors
	}
	for _, d := range errorsFirst(list) {
		p.diag(d)
	}
	fmt.Fprintln(p.w, Totals(list))
	return p.w.Flush()
}

func errorsFirst(list []Diag) []Diag {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Diag) int { return cmp.Compare(b.Severity, a.Severity) })
	return sorted
}

// Totals counts in Danish: "2 fejl, 1 advarsel", or "ingen fejl".
func Totals(list []Diag) string {
	var errors, warnings int
	for _, d := range list {
		if d.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	var parts []string
	if errors > 0 {
		parts = append(parts, fmt.Sprintf("%d fejl", errors))
	}
	switch {
	case warnings == 1:
		parts = append(parts, "1 advarsel")
	case warnings > 1:
		parts = append(parts, fmt.Sprintf("%d advarsler", warnings))
	case errors == 0:
		parts = append(parts, "ingen fejl")
	}
	return strings.Join(parts, ", ")
}

// String names the severity in Danish: "fejl" or "advarsel".
func (s Severity) String() string {
	if s == Error {
		return "fejl"
	}
	return "advarsel"
}

// String is "file:line:column" without the parts that p does not have.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// palette holds ANSI sequences; the zero palette paints nothing.
type palette struct{ bold, err, warn, help, note, dim, reset string }

var colors = palette{
	bold: "\x1b[1m", err: "\x1b[1;31m", warn: "\x1b[1;33m",
	help: "\x1b[36m", note: "\x1b[34m", dim: "\x1b[2m", reset: "\x1b[0m",
}

type printer struct {
	w     *bufio.Writer
	read  func(file string) ([]byte, error)
	lines map[string][][]byte // of each file read so far
	paint palette
}

func (p *printer) diag(d Diag) {
	tint := p.paint.warn
	if d.Severity == Error {
		tint = p.paint.err
	}
	fmt.Fprintf(p.w, "%s%s%s%s: %s%s%s\n",
		prefix(d.Pos), tint, d.Severity, p.paint.reset, p.paint.bold, oneLine(d.Message), p.paint.reset)
	p.excerpt(d.Pos, d.Width, tint)
	if d.Help != "" {
		fmt.Fprintf(p.w, "  %shjælp%s: %s\n", p.paint.help, p.paint.reset,
			strings.ReplaceAll(printable(strings.TrimRight(d.Help, "\n")), "\n", "\n         "))
	}
	for _, n := range d.Notes {
		fmt.Fprintf(p.w, "  %snote%s: %s%s\n", p.paint.note, p.paint.reset, prefix(n.Pos), oneLine(n.Message))
		p.excerpt(n.Pos, 1, p.paint.note)
	}
	fmt.Fprintln(p.w)
}

// prefix is a position and the separator before a message, or "".
func prefix(pos Pos) string {
	if s := pos.String(); s != "" {
		return printable(s) + ": "
	}
	return ""
}

func oneLine(s string) string { return printable(strings.Join(strings.Fields(s), " ")) }

// printable replaces control characters by �: messages quote what authors wrote, which
// must not control the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if isControl(r) && r != '\n' {
			return utf8.RuneError
		}
		return r
	}, s)
}

// isControl reports whether r is a control or otherwise unprintable character.
func isControl(r rune) bool { return !unicode.IsPrint(r) && r != '\u00a0' }

// excerpt writes the source line of pos with a caret, if the file has that line.
func (p *printer) excerpt(pos Pos, width int, tint string) {
	if pos.Line < 1 { // of a file as a whole, which may be a pipe
		return
	}
	lines := p.file(pos.File)
	if pos.Line > len(lines) {
		return
	}
	code, before, under := window(string(lines[pos.Line-1]), max(pos.Col, 1), max(width, 1))
	fmt.Fprintf(p.w, "%s%5d |%s %s\n", p.paint.dim, pos.Line, p.paint.reset, code)
	fmt.Fprintf(p.w, "%s      |%s %s%s^%s%s\n", p.paint.dim, p.paint.reset,
		strings.Repeat(" ", before), tint, strings.Repeat("~", under-1), p.paint.reset)
}

func (p *printer) file(name string) [][]byte {
	lines, seen := p.lines[name]
	if !seen {
		if data, err := p.read(name); err == nil {
			lines = bytes.Split(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\n"))
		}
		p.lines[name] = lines
	}
	return lines
}

const (
	tabWidth    = 4
	windowWidth = 100 // columns of a line that are shown
	windowLead  = 40  // of them before the caret
)

// cell is one character as the terminal shows it.
type cell struct {
	text  string
	width int
}

// window cuts a long line to the part around the character at col (from 1), with …
// where it cuts. before is the number of columns before the caret, under the number
// of columns to underline.
func window(line string, col, width int) (code string, before, under int) {
	cells := cellsOf(strings.TrimSuffix(line, "\r"))
	at := min(col-1, len(cells))
	stop := min(at+width, len(cells))

	from, to := 0, len(cells)
	if rest := columns(cells); rest > windowWidth {
		for lead := columns(cells[:at]); lead > windowLead && rest > windowWidth; from++ {
			lead -= cells[from].width
			rest -= cells[from].width
		}
		to = from
		for room := windowWidth; to < len(cells) && room >= cells[to].width; to++ {
			room -= cells[to].width
		}
	}
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
		before = 1
	}
	for _, c := range cells[from:to] {
		b.WriteString(c.text)
	}
	if to < len(cells) {
		b.WriteString("…")
	}
	at, stop = min(at, to), min(stop, to)
	return strings.TrimRight(b.String(), " "), before +
		columns(cells[from:at]), max(1, columns(cells[at:max(at, stop)]))
}

// cellsOf splits a line into characters. Tabs become spaces, control characters �.
func cellsOf(line string) []cell {
	cells := make([]cell, 0, len(line))
	for _, r := range line {
		switch {
		case r == '\t':
			cells = append(cells, cell{strings.Repeat(" ", tabWidth), tabWidth})
		case unicode.Is(unicode.Mn, r):
			cells = append(cells, cell{string(r), 0})
		case isControl(r):
			cells = append(cells, cell{string(utf8.RuneError), 1})
		case wide(r):
			cells = append(cells, cell{string(r), 2})
		default:
			cells = append(cells, cell{string(r), 1})
		}
	}
	return cells
}

// wide reports whether r takes two columns. It knows only the large blocks of East
// Asian characters and emoji.
func wide(r rune) bool {
	return r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xff00 && r <= 0xff60 || r >= 0x1f300 && r <= 0x1faff
}

func columns(cells []cell) int {
	sum := 0
	for _, c := range cells {
		sum += c.width
	}
	return sum
}

type jsonNote struct {
	Fil     string `json:"fil"`
	Linje   int    `json:"linje"`
	Kolonne int    `json:"kolonne"`
	Besked  string `json:"besked"`
}

type jsonDiag struct {
	Alvor   string     `json:"alvor"`
	Kode    string     `json:"kode"`
	Fil     string     `json:"fil"`
	Linje   int        `json:"linje"`
	Kolonne int        `json:"kolonne"`
	Bredde  int        `json:"bredde"`
	Besked  string     `json:"besked"`
	Hjaelp  string     `json:"hjaelp"`
	Noter   []jsonNote `json:"noter"`
}

// WriteJSON writes the diagnostics as one JSON array, errors before warnings.
// linje 0 means the file as a whole; noter is never null.
func WriteJSON(w io.Writer, list []Diag) error {
	out := make([]jsonDiag, 0, len(list))
	for _, d := range errorsFirst(list) {
		notes := make([]jsonNote, 0, len(d.Notes))
		for _, n := range d.Notes {
			notes = append(notes, jsonNote{n.Pos.File, n.Pos.Line, n.Pos.Col, n.Message})
		}
		out = append(out, jsonDiag{
			d.Severity.String(), d.Code, d.Pos.File, d.Pos.Line, d.Pos.Col, max(d.Width, 1), d.Message, d.Help, notes,
		})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

// WriteGitHub writes workflow commands, which GitHub Actions shows beside the
// lines of a pull request.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func WriteGitHub(w io.Writer, list []Diag) error {
	out := bufio.NewWriter(w)
	for _, d := range errorsFirst(list) {
		command := "warning"
		if d.Severity == Error {
			command = "error"
		}
		fmt.Fprintf(out, "::%s file=%s", command, escapeProperty.Replace(d.Pos.File))
		if d.Pos.Line > 0 {
			fmt.Fprintf(out, ",line=%d,col=%d", d.Pos.Line, max(d.Pos.Col, 1))
		}
		message := d.Message
		if d.Help != "" {
			message += "\nhjælp: " + d.Help
		}
		for _, n := range d.Notes {
			message += "\nnote: " + prefix(n.Pos) + n.Message
		}
		fmt.Fprintf(out, ",title=%s::%s\n", escapeProperty.Replace(d.Code), escapeData.Replace(message))
	}
	return out.Flush()
}

var (
	escapeData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
