package guide

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// syntax is how much of Markdown a text may use.
type syntax int

const (
	guidanceSyntax syntax = iota // everything
	valueSyntax                  // no footnotes
	singleLine                   // one paragraph, inline markup only
)

// parsers holds a parser per syntax. They are stateless and shared.
var parsers = func() (out [singleLine + 1]parser.Parser) {
	for allowed := range out {
		out[allowed] = newParser(syntax(allowed))
	}
	return out
}()

func newParser(allowed syntax) parser.Parser {
	inline := append(parser.DefaultInlineParsers(), util.Prioritized(addressParser{}, 999))
	if allowed == singleLine {
		return parser.NewParser(
			parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
			parser.WithInlineParsers(inline...),
		)
	}
	code := parser.NewCodeBlockParser()
	blocks := slices.DeleteFunc(parser.DefaultBlockParsers(),
		func(p util.PrioritizedValue) bool { return p.Value == code })
	blocks = append(blocks,
		util.Prioritized(indentedParagraph{parser.NewParagraphParser()}, 999),
		util.Prioritized(extension.NewDefinitionListParser(), 101),
		util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
	)
	if allowed == guidanceSyntax {
		blocks = append(blocks, util.Prioritized(extension.NewFootnoteBlockParser(), 999))
		inline = append(inline, util.Prioritized(extension.NewFootnoteParser(), 101))
	}
	return parser.NewParser(
		parser.WithBlockParsers(blocks...),
		parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(calloutTransformer{}, 50), // before link definitions
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		)...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
		parser.WithAttribute(), // headings only: {#id}
	)
}

// addressParser makes links of bare web addresses.
type addressParser struct{}

const beforeAddress = ` ("',:;=>-/`

var bareAddress = regexp.MustCompile(`(?:https?://|www\.)[\pL\d][^\s\x{a0}<>"”“»«|\[\]` + "`" + `]*`)

// Trigger returns the characters before an address; the space stands for the beginning
// of a line as well.
func (addressParser) Trigger() []byte { return []byte(beforeAddress) }

func (addressParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	before := block.PrecendingCharacter()
	skip := 0
	if strings.IndexByte(beforeAddress, line[0]) >= 0 {
		skip = 1
	} else if unicode.IsLetter(before) || unicode.IsDigit(before) {
		return nil
	}
	length := addressAt(line[skip:])
	if length == 0 {
		return nil
	}
	segment.Start += skip
	if skip > 0 {
		ast.MergeOrAppendTextSegment(parent, text.NewSegment(segment.Start-1, segment.Start))
	}
	block.Advance(skip + length)
	link := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(segment.WithStop(segment.Start+length)))
	link.SetPos(segment.Start)
	return link
}

// addressAt returns the length of the address that a text begins with, without the
// punctuation after it; 0 if there is none.
func addressAt(line []byte) int {
	if !bytes.HasPrefix(line, []byte("http")) && !bytes.HasPrefix(line, []byte("www.")) {
		return 0
	}
	at := bareAddress.FindIndex(line)
	if at == nil || at[0] > 0 {
		return 0
	}
	found := line[:at[1]]
	for length := -1; length != len(found); {
		length = len(found)
		found = bytes.TrimRight(found, `.,:;!?*_~'\…’`)
		if bytes.HasSuffix(found, []byte(")")) && bytes.Count(found, []byte(")")) > bytes.Count(found, []byte("(")) {
			found = found[:len(found)-1]
		}
	}
	if !bytes.Contains(found, []byte(".")) {
		return 0
	}
	return len(found)
}

// indentedParagraph is a paragraph that may begin indented: authors indent, or paste
// what is indented, to set text in. There is no indented code.
type indentedParagraph struct{ parser.BlockParser }

func (indentedParagraph) CanAcceptIndentedLine() bool { return true }

// calloutMark is the first child of a blockquote that is a callout. Its lines
// are the callout's own title.
type calloutMark struct {
	ast.BaseBlock
	name        string
	start, stop int // of the name in the source
}

var calloutKind = ast.NewNodeKind("Callout")

func (*calloutMark) Kind() ast.NodeKind { return calloutKind }

func (m *calloutMark) Dump(source []byte, level int) {
	ast.DumpHelper(m, source, level, map[string]string{"Name": m.name}, nil)
}

var calloutLine = regexp.MustCompile(`^[ \t]*\[!([^\]\s]*)\][ \t]*`)

// calloutTransformer cuts "[!vigtigt] Title" from the beginning of a
// blockquote. It works before inline parsing, so that a title may hold what a
// paragraph may.
type calloutTransformer struct{}

func (calloutTransformer) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote, ok := node.Parent().(*ast.Blockquote)
	if !ok || quote.FirstChild() != ast.Node(node) || node.Lines().Len() == 0 {
		return
	}
	first := node.Lines().At(0)
	source := reader.Source()
	found := calloutLine.FindSubmatchIndex(source[first.Start:first.Stop])
	if found == nil {
		return
	}
	mark := &calloutMark{start: first.Start + found[2], stop: first.Start + found[3]}
	mark.name = string(bytes.ToLower(source[mark.start:mark.stop]))
	mark.SetPos(first.Start)
	title := text.NewSegment(first.Start+found[1], first.Stop)
	title = title.TrimRightSpace(source)
	if title.Start < title.Stop {
		mark.Lines().Append(title)
	}
	quote.InsertBefore(quote, node, mark)
	node.Lines().SetSliced(1, node.Lines().Len())
	if node.Lines().Len() == 0 {
		quote.RemoveChild(quote, node)
		return
	}
	node.SetPos(node.Lines().At(0).Start)
}
