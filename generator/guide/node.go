package guide

import (
	"strings"

	"modelhaandbog/generator/source"
)

type kind uint8

// The comments say what text, num, flag and kids hold.
const (
	// Blocks.
	paragraphNode kind = iota // kids inline
	bareNode                  // a tight list item's text: kids inline
	headingNode               // text id, num level, kids inline
	quoteNode                 // kids blocks
	calloutNode               // text kind; first kid is a titleNode, the rest blocks
	titleNode                 // a callout's own title, may have no kids
	bulletNode                // kids items
	orderedNode               // num first number, kids items
	itemNode                  // kids blocks
	codeBlockNode             // text
	ruleNode                  //
	tableNode                 // num index of the nearest heading or -1, text its number under that heading; kids rows
	headRowNode               // kids cells
	rowNode                   // kids cells
	cellNode                  // text class, kids inline
	termsNode                 // definition list: kids terms and descriptions
	termNode                  // kids inline
	describeNode              // kids blocks
	figureNode                // one imageNode, title caption
	noteNode                  // footnote: num number, text count of references; kids blocks

	// Inline.
	textNode     // text; escaped; words
	breakNode    //
	codeNode     // text
	emNode       // kids
	strongNode   // kids
	langNode     // text language tag, kids
	linkNode     // text address, title, flag external, kids
	anchorNode   // text heading id without prefix, kids
	fileLinkNode // text path, title, kids
	refNode      // num index into Doc.refs, kids the author's words
	imageNode    // text path, title alt
	noteRefNode  // num number, text which of its references, "" for the first
)

// node is one element of a document, a value in its parent's slice. Nodes are
// immutable once Parse has returned.
type node struct {
	kind    kind
	flag    bool
	num     int
	line    int // below Doc.above; blocks only
	text    string
	title   string
	escaped string `key:"-"` // text nodes: text with & < > " escaped
	words   *words `key:"-"` // text nodes: for finding glossary terms
	kids    []node
}

func (d *Doc) plain(list []node, resolve Resolve) string {
	var b strings.Builder
	d.plainTo(&b, list, resolve)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (d *Doc) plainTo(b *strings.Builder, list []node, resolve Resolve) {
	for i := range list {
		n := d.at(list, i, resolve)
		switch n.kind {
		case textNode, codeNode:
			b.WriteString(n.text)
		case breakNode:
			b.WriteByte(' ')
		case imageNode:
			b.WriteString(n.title)
		case noteRefNode:
		case refNode:
			if text, own := d.refs[n.num].words(resolve); !own {
				b.WriteString(text)
				continue
			}
			d.plainTo(b, n.kids, resolve)
		default:
			d.plainTo(b, n.kids, resolve)
		}
	}
}

// at is a node of a list, without a full stop that an answer before it has itself.
func (d *Doc) at(list []node, i int, resolve Resolve) *node {
	n := &list[i]
	if i == 0 || list[i-1].kind != refNode || n.kind != textNode || !strings.HasPrefix(n.text, ".") {
		return n
	}
	if text, own := d.refs[list[i-1].num].words(resolve); own || !source.EndsSentence(text) {
		return n
	}
	rest := newText(n.text[1:])
	return &rest
}

// words is the text that r shows; own is true when it is the author's words.
func (r Reference) words(resolve Resolve) (text string, own bool) {
	var got Resolved
	if resolve != nil {
		got = resolve(r)
	}
	return r.choose(got)
}

func (r Reference) choose(got Resolved) (text string, own bool) {
	switch {
	case got.Text != "" && (got.Replace || r.Text == ""):
		return got.Text, false
	case r.Text != "":
		return r.Text, true
	}
	return r.Ref.ID, false
}

// plainBlocks is the text of blocks, one line for each that holds words.
func (d *Doc) plainBlocks(list []node, resolve Resolve) string {
	var lines []string
	for i := range list {
		if line := d.plainBlock(&list[i], resolve); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func (d *Doc) plainBlock(n *node, resolve Resolve) string {
	switch n.kind {
	case paragraphNode, bareNode, titleNode, cellNode, termNode, headingNode:
		return d.plain(n.kids, resolve)
	case figureNode:
		return strings.TrimSpace(d.plain(n.kids, resolve) + " " + n.title)
	case codeBlockNode:
		return strings.TrimSpace(n.text)
	case headRowNode, rowNode:
		return strings.ReplaceAll(d.plainBlocks(n.kids, resolve), "\n", " · ")
	}
	return d.plainBlocks(n.kids, resolve)
}
