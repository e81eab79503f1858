package guide

import (
	"io"
	"strconv"
	"strings"
)

// RenderOptions configures how a document is rendered on one page of one edition. The
// zero value renders references as plain words.
type RenderOptions struct {
	Resolve      Resolve                      // what references mean; nil: no links, ids for names
	File         func(src string) string      // address of an Image's or File's Src; nil: the path itself
	HeadingShift int                          // added to heading levels; the result is kept within 1–6
	IDPrefix     string                       // begins every id, when a page holds several documents
	Terms        *TermLinker                  // the page's glossary links; nil: none
	Pointer      func(id, name string) string // HTML that stands after a heading's words; nil: nothing
	SourceMarks  bool                         // data-kilde="file:line" on every block, for the preview
}

type writer struct {
	out     []byte
	doc     *Doc
	opt     RenderOptions
	noTerms int // depth of links, headings and titles
}

func (d *Doc) render(w io.Writer, opt RenderOptions, inline bool) error {
	if d.Empty() {
		return nil
	}
	p := &writer{doc: d, opt: opt}
	if inline && len(d.blocks) == 1 && d.blocks[0].kind == paragraphNode {
		p.inlines(d.blocks[0].kids)
	} else {
		p.blocks(d.blocks)
	}
	p.footnotes()
	_, err := w.Write(p.out)
	return err
}

func (p *writer) raw(parts ...string) {
	for _, s := range parts {
		p.out = append(p.out, s...)
	}
}

func (p *writer) attr(name, value string) {
	p.raw(" ", name, `="`)
	p.out = appendEscaped(p.out, value)
	p.raw(`"`)
}

// open writes a block's start tag up to its attributes; the caller adds more
// and closes it with >.
func (p *writer) open(tag string, n *node) {
	p.raw("<", tag)
	if p.opt.SourceMarks {
		p.attr("data-kilde", p.doc.file+":"+strconv.Itoa(p.doc.above+n.line))
	}
}

func (p *writer) blocks(list []node) {
	for i := range list {
		p.block(&list[i])
	}
}

func (p *writer) block(n *node) {
	switch n.kind {
	case paragraphNode:
		p.inlineBlock("p", n)
	case bareNode:
		p.inlines(n.kids)
		p.raw("\n")
	case headingNode:
		p.heading(n)
	case quoteNode:
		p.container("blockquote", n)
	case calloutNode:
		p.callout(n)
	case bulletNode:
		p.container("ul", n)
	case orderedNode:
		p.open("ol", n)
		if n.num != 1 {
			p.attr("start", strconv.Itoa(n.num))
		}
		p.raw(">\n")
		p.blocks(n.kids)
		p.raw("</ol>\n")
	case itemNode:
		p.container("li", n)
	case codeBlockNode:
		p.open("pre", n)
		p.raw("><code>")
		p.out = appendEscaped(p.out, n.text)
		p.raw("</code></pre>\n")
	case ruleNode:
		p.open("hr", n)
		p.raw(">\n")
	case tableNode:
		p.table(n)
	case termsNode:
		p.container("dl", n)
	case termNode:
		p.inlineBlock("dt", n)
	case describeNode:
		p.container("dd", n)
	case figureNode:
		p.open("figure", n)
		p.raw(">")
		p.inlines(n.kids)
		p.raw("<figcaption>")
		p.out = appendEscaped(p.out, n.title)
		p.raw("</figcaption></figure>\n")
	}
}

// container writes a block of blocks; a single line of text stays on the line.
func (p *writer) container(tag string, n *node) {
	p.open(tag, n)
	p.raw(">")
	if len(n.kids) == 1 && n.kids[0].kind == bareNode {
		p.inlines(n.kids[0].kids)
	} else {
		p.raw("\n")
		p.blocks(n.kids)
	}
	p.raw("</", tag, ">\n")
}

func (p *writer) inlineBlock(tag string, n *node) {
	p.open(tag, n)
	p.raw(">")
	p.inlines(n.kids)
	p.raw("</", tag, ">\n")
}

func (p *writer) heading(n *node) {
	tag := "h" + strconv.Itoa(min(max(n.num+p.opt.HeadingShift, 1), 6))
	p.open(tag, n)
	p.attr("id", p.opt.IDPrefix+n.text)
	p.raw(">")
	p.noTerms++
	p.inlines(n.kids)
	p.noTerms--
	if p.opt.Pointer != nil {
		p.raw(p.opt.Pointer(p.opt.IDPrefix+n.text, p.doc.plain(n.kids, p.opt.Resolve)))
	}
	p.raw("</", tag, ">\n")
}

// callout writes a callout. Its kind is written in words, since colour alone tells
// some readers nothing.
func (p *writer) callout(n *node) {
	label, title := calloutTitle(n.text), &n.kids[0]
	own := p.doc.plain(title.kids, p.opt.Resolve)
	p.open("div", n)
	p.raw(` class="boks boks-`, n.text, `" role="note"`)
	if own == "" {
		p.attr("aria-label", label)
	} else {
		p.attr("aria-label", label+": "+own)
	}
	p.raw(">\n<p class=\"boks-titel\">")
	if own == "" {
		p.raw(label)
	} else {
		p.raw(`<span class="boks-slags">`, label, ":</span> ")
		p.noTerms++
		p.inlines(title.kids)
		p.noTerms--
	}
	p.raw("</p>\n")
	p.blocks(n.kids[1:])
	p.raw("</div>\n")
}

// table writes a table that scrolls on its own, and can be scrolled from the
// keyboard.
func (p *writer) table(n *node) {
	p.open("div", n)
	p.raw(` class="tabel" tabindex="0" role="region"`)
	p.attr("aria-label", p.tableLabel(n))
	p.raw(">\n<table>\n")
	section := ""
	for i := range n.kids {
		row := &n.kids[i]
		part, cell, scope := "tbody", "td", ""
		if row.kind == headRowNode {
			part, cell, scope = "thead", "th", ` scope="col"`
		}
		if part != section {
			if section != "" {
				p.raw("</", section, ">\n")
			}
			p.raw("<", part, ">\n")
			section = part
		}
		p.row(row, cell, scope)
	}
	if section != "" {
		p.raw("</", section, ">\n")
	}
	p.raw("</table>\n</div>\n")
}

func (p *writer) row(row *node, cell, scope string) {
	p.open("tr", row)
	p.raw(">")
	for i := range row.kids {
		c := &row.kids[i]
		tag, attrs := cell, scope
		if len(c.kids) == 0 {
			tag, attrs = "td", "" // an empty header names nothing
		}
		p.raw("<", tag, attrs)
		if c.text != "" {
			p.attr("class", c.text)
		}
		p.raw(">")
		p.inlines(c.kids)
		p.raw("</", tag, ">")
	}
	p.raw("</tr>\n")
}

// tableLabel is the nearest heading's words or, without one, the columns'.
func (p *writer) tableLabel(n *node) string {
	label := "Tabel"
	if n.num >= 0 {
		label += ": " + p.doc.plain(p.doc.headings[n.num].words, p.opt.Resolve)
	} else if len(n.kids) > 0 {
		var columns []string
		for i := range n.kids[0].kids {
			if name := p.doc.plain(n.kids[0].kids[i].kids, p.opt.Resolve); name != "" {
				columns = append(columns, name)
			}
		}
		if len(columns) > 0 {
			label += ": " + strings.Join(columns, ", ")
		}
	}
	if n.text != "" {
		label += " (" + n.text + ")"
	}
	return label
}

// footnotes writes the notes, each with a way back to every mention. The ids
// hold underscores, which no heading's id does.
func (p *writer) footnotes() {
	if len(p.doc.notes) == 0 {
		return
	}
	p.raw(`<div class="fodnoter" role="doc-endnotes" aria-label="Fodnoter">`, "\n<ol>\n")
	for i := range p.doc.notes {
		n := &p.doc.notes[i]
		p.open("li", n)
		p.attr("id", p.noteID(n.num))
		p.raw(">\n")
		last := len(n.kids) - 1
		if last >= 0 && n.kids[last].kind == paragraphNode {
			p.blocks(n.kids[:last])
			p.open("p", &n.kids[last])
			p.raw(">")
			p.inlines(n.kids[last].kids)
		} else {
			p.blocks(n.kids)
			p.raw("<p>")
		}
		p.backlinks(n)
		p.raw("</p>\n</li>\n")
	}
	p.raw("</ol>\n</div>\n")
}

func (p *writer) backlinks(n *node) {
	count, _ := strconv.Atoi(n.text)
	for i := 1; i <= count; i++ {
		number := ""
		if count > 1 {
			number = strconv.Itoa(i)
		}
		p.raw(` <a role="doc-backlink"`)
		p.attr("href", "#"+p.noteRefID(n.num, i))
		p.attr("aria-label", strings.TrimSpace("Tilbage til teksten "+number))
		p.raw(">↩")
		if number != "" {
			p.raw("<sup>", number, "</sup>")
		}
		p.raw("</a>")
	}
}

func (p *writer) noteID(number int) string {
	return p.opt.IDPrefix + "fodnote_" + strconv.Itoa(number)
}

func (p *writer) noteRefID(number, ref int) string {
	return p.opt.IDPrefix + "fodnotetal_" + strconv.Itoa(number) + "_" + strconv.Itoa(ref)
}
