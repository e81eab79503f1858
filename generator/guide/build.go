package guide

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// builder builds a Doc and its diagnostics in one walk of goldmark's tree.
type builder struct {
	ruler
	opt   Options
	value bool // a TOML value: no headings, no footnotes
	doc   *Doc
	diags []diag.Diag

	alike      map[string]int  // how many headings have the same words
	ids        map[string]bool // taken heading ids
	ownIDs     map[*ast.Heading]string
	tables     map[int]int     // how many tables a heading has, by its index
	defs       map[int]*note   // footnotes by goldmark's index
	cited      []*note         // in the order of their numbers
	usedLabels map[string]bool // of links with their address elsewhere
	openTags   map[string]bool // raw HTML elements already reported
	inLink     bool
	pointLine  [5]int // where the line after one of runTogether begins
	boxed      int    // depth of quotes, lists and the like, where no heading belongs
	anchorRefs []anchorRef
}

type note struct {
	def    *extast.Footnote
	number int // 0: not referred to yet
	refs   int
}

// anchorRef is a link to a heading, which may come later in the document.
type anchorRef struct {
	id            string
	offset, width int
}

func newBuilder(src []byte, at origin, opt Options) *builder {
	return &builder{
		ruler: newRuler(src, at), opt: opt, doc: &Doc{file: at.file, made: &made{}},
		alike: map[string]int{}, ids: map[string]bool{}, ownIDs: map[*ast.Heading]string{}, tables: map[int]int{},
		defs:     map[int]*note{},
		openTags: map[string]bool{}, usedLabels: map[string]bool{},
	}
}

func (b *builder) build(allowed syntax) (*Doc, []diag.Diag) {
	if !b.bounded() {
		return b.doc, b.diags
	}
	root := parsers[allowed].Parse(text.NewReader(b.src))
	defs := b.prepare(root)
	b.doc.blocks = b.blocks(root)
	b.footnotes(defs)
	b.checkAnchors()
	return b.doc, diag.Sort(b.diags)
}

// report adds an error at a byte offset; width is in characters.
func (b *builder) report(code string, offset, width int, message, help string) {
	b.diags = append(b.diags, diag.Diag{
		Severity: diag.Error, Code: code, Pos: b.pos(offset), Width: max(width, 1), Message: message, Help: help,
	})
}

// prepare reserves the headings' own ids and collects the footnotes.
func (b *builder) prepare(root ast.Node) []*note {
	var defs []*note
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			b.reserveID(n)
		case *ast.Link:
			b.useLabel(n.Reference)
		case *ast.Image:
			b.useLabel(n.Reference)
		case *extast.Footnote:
			fn := &note{def: n}
			defs = append(defs, fn)
			if n.Index > 0 {
				b.defs[n.Index] = fn
			}
		}
		return ast.WalkContinue, nil
	})
	return defs
}

func (b *builder) useLabel(ref *ast.ReferenceLink) {
	if ref != nil {
		b.usedLabels[util.ToLinkReference(ref.Value)] = true
	}
}

// reserveID takes the id that an author gave a heading, if it can be one.
func (b *builder) reserveID(n *ast.Heading) {
	value, ok := n.AttributeString("id")
	if !ok {
		return
	}
	bytes, _ := value.([]byte)
	id := string(bytes)
	switch {
	case id == "" || source.Slug(id) != id:
		b.report("ugyldigt-id", n.Pos(), n.Level, fmt.Sprintf("overskriftens id %q er ugyldigt", id),
			"Brug små bogstaver a–z, tal og bindestreg, fx {#naeste-skridt}.")
	case b.ids[id]:
		b.report("dobbelt-id", n.Pos(), n.Level, fmt.Sprintf("to overskrifter har id %q", id),
			"Giv den ene et andet id.")
	default:
		b.ids[id], b.ownIDs[n] = true, id
	}
}

func (b *builder) blocks(parent ast.Node) []node {
	var list []node
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if block, ok := b.block(n); ok {
			block.line = b.pos(offsetOf(n)).Line
			list = append(list, block)
		}
	}
	return list
}

// offsetOf returns where a block begins, or its first child with a position: some of
// goldmark's blocks have none.
func offsetOf(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if at := n.Pos(); at >= 0 {
			return at
		}
	}
	return 0
}

func (b *builder) block(n ast.Node) (node, bool) {
	b.pointLine = [5]int{}
	switch n := n.(type) {
	case *ast.Paragraph:
		return b.paragraph(n)
	case *ast.TextBlock:
		kids := b.inlines(n)
		return node{kind: bareNode, kids: kids}, len(kids) > 0
	case *ast.Heading:
		return b.heading(n)
	case *ast.Blockquote:
		return b.quote(n), true
	case *ast.List:
		if n.IsOrdered() {
			b.checkNumbers(n)
			return node{kind: orderedNode, num: n.Start, kids: b.within(n)}, true
		}
		return node{kind: bulletNode, kids: b.within(n)}, true
	case *ast.ListItem:
		b.checkTask(n)
		return node{kind: itemNode, kids: b.within(n)}, true
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return node{kind: codeBlockNode, text: string(n.Lines().Value(b.src))}, true
	case *ast.ThematicBreak:
		return node{kind: ruleNode}, true
	case *ast.HTMLBlock:
		return b.htmlBlock(n)
	case *ast.LinkReferenceDefinition:
		b.checkDefinition(n)
	case *extast.Table:
		return b.table(n), true
	case *extast.DefinitionList:
		return node{kind: termsNode, kids: b.within(n)}, true
	case *extast.DefinitionTerm:
		return node{kind: termNode, kids: b.inlines(n)}, true
	case *extast.DefinitionDescription:
		return node{kind: describeNode, kids: b.within(n)}, true
	}
	return node{}, false // footnotes are rendered at the end, link definitions not at all
}

// within builds the blocks inside a block, where headings are not allowed.
func (b *builder) within(parent ast.Node) []node {
	b.boxed++
	defer func() { b.boxed-- }()
	return b.blocks(parent)
}

func (b *builder) paragraph(n *ast.Paragraph) (node, bool) {
	kids := b.inlines(n)
	if len(kids) == 1 && kids[0].kind == imageNode {
		if image, ok := n.FirstChild().(*ast.Image); ok && len(image.Title) > 0 {
			return node{kind: figureNode, title: typeset(string(image.Title)), kids: kids}, true
		}
	}
	return node{kind: paragraphNode, kids: kids}, len(kids) > 0
}

func (b *builder) heading(n *ast.Heading) (node, bool) {
	kids := b.inlines(n)
	b.checkHeadingLine(n)
	words := b.doc.plain(kids, nil)
	if !b.mayHead(n, words) {
		return node{kind: paragraphNode, kids: kids}, len(kids) > 0
	}
	id, own := b.ownIDs[n]
	if !own {
		id = b.uniqueID(words)
	}
	b.doc.headings = append(b.doc.headings, heading{level: n.Level, id: id, words: kids, pos: b.pos(n.Pos())})
	return node{kind: headingNode, num: n.Level, text: id, kids: kids}, true
}

// mayHead checks a heading's context, level and words. It reports whether n is rendered
// as a heading.
func (b *builder) mayHead(n *ast.Heading, words string) bool {
	previous := 1
	if k := len(b.doc.headings); k > 0 {
		previous = b.doc.headings[k-1].level
	}
	for _, a := range n.Attributes() {
		if string(a.Name) != "id" {
			b.report("ukendt-egenskab", n.Pos(), n.Level,
				fmt.Sprintf("en overskrift kan ikke have egenskaben %q", a.Name),
				"Kun {#id} kan stå efter en overskrift.")
		}
	}
	switch {
	case b.value:
		b.report("overskrift-i-vaerdi", n.Pos(), n.Level, "en værdi i TOML kan ikke have overskrifter",
			"Skriv den lange tekst i en vejledning (.md).")
		return false
	case b.boxed > 0:
		b.report("overskrift-inde-i", n.Pos(), n.Level,
			"en overskrift kan ikke stå inde i en boks, et citat eller en liste",
			"Skriv en boks' titel efter mærket, fx > [!vigtigt] Husk samtykke.")
		return false
	case words == "":
		b.report("tom-overskrift", n.Pos(), n.Level, "overskriften har ingen ord",
			"Skriv overskriften efter #-tegnene, eller slet linjen.")
		return false
	case n.Level == 1 && b.src[n.Pos()] == '#':
		b.report("overskrift-niveau", n.Pos(), 1, "sidens titel kommer fra navn i TOML", "Begynd overskriften med ##.")
	case n.Level > previous+1:
		b.report("overskrift-spring", n.Pos(), n.Level,
			fmt.Sprintf("overskriften springer fra niveau %d til niveau %d", previous, n.Level),
			"Skriv "+strings.Repeat("#", previous+1)+" i stedet for "+strings.Repeat("#", n.Level)+".")
	}
	return true
}

func (b *builder) uniqueID(words string) string {
	base := source.Slug(words)
	if base == "" {
		base = "afsnit"
	}
	id := base
	for b.ids[id] {
		b.alike[base]++
		id = base + "-" + strconv.Itoa(b.alike[base]+1)
	}
	b.ids[id] = true
	return id
}

// Callout is a kind of callout: the word for it in Markdown, and its default title.
type Callout struct{ Name, Title string }

// Callouts are the kinds of callouts.
var Callouts = [...]Callout{
	{"vigtigt", "Vigtigt"},
	{"note", "Bemærk"},
	{"eksempel", "Eksempel"},
	{"krav", "Krav"},
	{"anbefaling", "Anbefaling"},
	{"lokalt", "Lokalt"},
}

// calloutTitle is the default title of a kind of callout, "" for an unknown kind.
func calloutTitle(name string) string {
	for _, c := range Callouts {
		if c.Name == name {
			return c.Title
		}
	}
	return ""
}

func (b *builder) quote(n *ast.Blockquote) node {
	mark, ok := n.FirstChild().(*calloutMark)
	if !ok {
		if m := percentQuote.Find(b.src[n.Pos():]); m != nil {
			b.reportSpan(n.Pos(), n.Pos()+len(m), "> gør linjen til et citat", "Skriv mere end, eller skriv \\>.")
		}
		return node{kind: quoteNode, kids: b.within(n)}
	}
	name := mark.name
	if calloutTitle(name) == "" {
		var names []string
		for _, c := range Callouts {
			names = append(names, c.Name)
		}
		b.report("ukendt-boks", mark.start, mark.stop-mark.start,
			fmt.Sprintf("ukendt boks %q%s", name, diag.MenteDu(name, names)),
			"Brug en af "+strings.Join(names, ", ")+".")
		name = "note"
	}
	title := node{kind: titleNode, line: b.pos(mark.start).Line, kids: b.inlines(mark)}
	return node{kind: calloutNode, text: name, kids: append([]node{title}, b.within(n)...)}
}

func (b *builder) table(n *extast.Table) node {
	under := len(b.doc.headings) - 1
	b.tables[under]++
	table := node{kind: tableNode, num: under}
	if count := b.tables[under]; count > 1 {
		table.text = strconv.Itoa(count)
	}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		r := node{kind: rowNode, line: b.pos(offsetOf(row)).Line}
		if _, ok := row.(*extast.TableHeader); ok {
			r.kind = headRowNode
		}
		b.checkRow(row, len(n.Alignments))
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cell := node{kind: cellNode, kids: b.inlines(c)}
			if c, ok := c.(*extast.TableCell); ok {
				cell.text = alignClass(c.Alignment)
			}
			r.kids = append(r.kids, cell)
		}
		table.kids = append(table.kids, r)
	}
	return table
}

func alignClass(a extast.Alignment) string {
	switch a {
	case extast.AlignLeft:
		return "venstre"
	case extast.AlignCenter:
		return "midt"
	case extast.AlignRight:
		return "hoejre"
	}
	return ""
}
