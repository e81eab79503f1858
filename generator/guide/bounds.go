package guide

import (
	"bytes"
	"fmt"
	"regexp"

	"modelhaandbog/generator/diag"
)

// What is more than these is no text that somebody wrote, and would take the parser
// minutes: it takes quadratic time in the length of a paragraph and in the depth of
// lists and quotes.
const (
	maxLine      = 10_000 // bytes
	maxParagraph = 40_000 // bytes without an empty line
	maxIndent    = 80
	maxMarks     = 20 // of lists and quotes at the beginning of a line
)

var (
	marks     = regexp.MustCompile(`^(?:[ \t]*(?:[>*+-]|\d+[.)])){21}`)
	emptyLine = regexp.MustCompile(`^[ \t>]*$`)
)

// bounded reports whether the text can be parsed, or what is too much of it.
func (b *builder) bounded() bool {
	paragraph := 0
	for i, start := range b.starts {
		end := len(b.src)
		if i+1 < len(b.starts) {
			end = b.starts[i+1]
		}
		line := bytes.TrimSuffix(b.src[start:end], []byte("\n"))
		paragraph += len(line)
		if emptyLine.Match(line) {
			paragraph = 0
		}
		indent := len(line) - len(bytes.TrimLeft(line, " \t"))
		problem, help := "", "Del teksten i afsnit med en tom linje imellem."
		switch {
		case len(line) > maxLine:
			problem = fmt.Sprintf("linjen fylder %d tegn, og der læses højst %d", len(line), maxLine)
		case paragraph > maxParagraph:
			problem = fmt.Sprintf("afsnittet fylder mere end %d tegn", maxParagraph)
		case indent > maxIndent && indent < len(line):
			problem, help = fmt.Sprintf("linjen er rykket %d tegn ind", indent), "Slet mellemrummene foran den."
		case marks.Match(line):
			problem = fmt.Sprintf("linjen begynder med mere end %d mærker for lister og citater", maxMarks)
			help = "Slet mærkerne, eller skriv \\ foran det første."
		}
		if problem != "" {
			b.diags = append(b.diags, diag.Diag{Severity: diag.Error, Code: "for-meget", Pos: b.pos(start), Width: 1,
				Message: problem, Help: help})
			return false
		}
	}
	return true
}
