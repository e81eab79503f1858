package source

import (
	"crypto/sha256"
	"strings"

	"modelhaandbog/generator/diag"
)

// Reading is what was read of a TOML file. With it the file's next text is read
// by its changes.
//
// BurntSushi/toml has accepted the text. It is right when each of its sections is
// right alone and they go together, and whether they do is told by the text
// without its scalars, its blank lines and its comments: its structure. So a next
// text with the same structure needs only its new sections decoded.
type Reading struct {
	Root  *Node
	Diags []diag.Diag

	sections  map[string]*section // by their text, without silent lines at its end
	structure [sha256.Size]byte   // of all of them
}

// section is a header with what stands below it, up to the next, or what stands
// before the first. A text is put together of them when each begins a line and
// adds to tables of headers only.
type section struct {
	keys  []*Node // of the header, each as a table without items
	array bool    // [[a.b]]
	items []*Node // below the header
	line  int     // where all this stands: the section's first, from 1

	structure [sha256.Size]byte

	// While its text is read:
	table   *Node // that the header names
	before  int   // the items that the table had
	from    int   // offset of the section
	scalars int   // those before it
}

// ReadTOML gives what [ParseTOML] gives, and takes over from an earlier reading
// of the same file, or nil, what stands in it.
func ReadTOML(file string, data []byte, before *Reading) *Reading {
	clean, diags := CheckText(file, data)
	if diags != nil {
		return before.failed(unreadable(file), diags)
	}
	if next := before.next(file, clean); next != nil {
		return next
	}
	t := newText(file, clean)
	x, err := parseValid(t, clean)
	if err != nil {
		return before.failed(repairText(t))
	}
	return newReading(x)
}

// failed is the reading of a broken text, which still remembers the one before.
func (r *Reading) failed(root *Node, diags []diag.Diag) *Reading {
	next := &Reading{Root: root, Diags: diags}
	if r != nil {
		next.sections, next.structure = r.sections, r.structure
	}
	return next
}

// newReading remembers the sections of a text that was accepted.
func newReading(x *index) *Reading {
	r := &Reading{Root: x.root}
	texts := split(string(x.parser.Data()))
	if x.odd || len(x.conflicts) > 0 || len(texts) != len(x.sections) {
		return r
	}
	r.sections = make(map[string]*section, len(texts))
	sum := sha256.New()
	at := 0
	for i, text := range texts {
		s := &x.sections[i]
		if s.from != at {
			return &Reading{Root: x.root}
		}
		at += len(text)
		scalars := x.scalars[s.scalars:]
		if i+1 < len(x.sections) {
			scalars = x.scalars[s.scalars:x.sections[i+1].scalars]
		}
		s.structure = structure(text, s.from, scalars)
		sum.Write(s.structure[:])
		s.table = nil
		r.sections[trim(text)] = s
	}
	r.structure = [sha256.Size]byte(sum.Sum(nil))
	return r
}

// split cuts a text before every line that begins with a bracket. Where that is
// no header but within a value, what stands before it is no TOML. The first part
// may be empty.
func split(text string) []string {
	var list []string
	from := 0
	for i := range len(text) {
		if text[i] == '[' && (i == 0 || text[i-1] == '\n') {
			list = append(list, text[from:i])
			from = i
		}
	}
	return append(list, text[from:])
}

// trim takes silent lines from the end of a section.
func trim(text string) string {
	for text != "" {
		last := strings.LastIndexByte(text[:len(text)-1], '\n') + 1
		if !silent(text[last:]) {
			break
		}
		text = text[:last]
	}
	return text
}

// silent reports a line that is blank or a comment, and right wherever it stands.
func silent(line string) bool {
	rest := strings.TrimLeft(line, " \t")
	return rest == "" || rest[0] == '\n' || rest[0] == '#' && plainComment(rest)
}

// next reads a text by what is new in it, or gives nil when it must be read whole.
func (r *Reading) next(file string, data []byte) *Reading {
	if r == nil || r.sections == nil {
		return nil
	}
	x := newIndex(&text{file: file})
	next := &Reading{Root: x.root, structure: r.structure, sections: make(map[string]*section, len(r.sections))}
	sum := sha256.New()
	line := 1
	for _, text := range split(string(data)) {
		own := trim(text)
		s := r.sections[own]
		if s == nil {
			if s = readSection(file, own); s == nil {
				return nil
			}
		}
		sum.Write(s.structure[:])
		next.sections[own] = s.at(x, line)
		line += strings.Count(text, "\n")
	}
	if [sha256.Size]byte(sum.Sum(nil)) != r.structure {
		return nil
	}
	return next
}

// readSection reads a section on its own; nil when it is not one. The text is
// trimmed.
func readSection(file, text string) *section {
	data := []byte(text)
	x, err := parseValid(newText(file, data), data)
	if err != nil {
		return nil
	}
	return newReading(x).sections[text]
}

// at puts a section into a text at a line, and gives it as it stands there.
func (s *section) at(x *index, line int) *section {
	here := *s
	if shift := line - s.line; shift != 0 {
		here.line, here.keys, here.items = line, x.moved(s.keys, shift), x.moved(s.items, shift)
	}
	table := x.header(&here)
	for _, item := range here.items {
		x.add(table, item)
	}
	here.table = nil
	return &here
}

// moved copies nodes to other lines.
func (x *index) moved(list []*Node, shift int) []*Node {
	if len(list) == 0 {
		return list
	}
	out := make([]*Node, len(list))
	for i, n := range list {
		out[i] = x.node(*n)
		out[i].KeyPos.Line += shift
		out[i].Pos.Line += shift
		out[i].Items = x.moved(n.Items, shift)
	}
	return out
}

// structure is the hash of all in a text that is no scalar. NUL, which no text
// holds, stands in the place of one, with its kind. The scalars' offsets count
// from base before the text.
func structure(text string, base int, scalars []scalarText) [sha256.Size]byte {
	out := make([]byte, 0, len(text)/2)
	at := 0
	for _, s := range scalars {
		out = appendStructure(out, text[at:s.from-base], at == 0)
		out = append(out, 0, byte(s.node.Kind))
		at = s.to - base
	}
	return sha256.Sum256(appendStructure(out, text[at:], at == 0))
}

// appendStructure adds what stands between scalars, without silent lines.
func appendStructure(out []byte, text string, lineStart bool) []byte {
	if !lineStart && strings.IndexByte(text, '\n') < 0 {
		return append(out, text...)
	}
	for line := range strings.Lines(text) {
		if !lineStart || !silent(line) {
			out = append(out, line...)
		}
		lineStart = true
	}
	return out
}

// plainComment reports a comment without characters that TOML forbids there.
func plainComment(line string) bool {
	return !strings.ContainsFunc(strings.TrimSuffix(line, "\n"), func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
