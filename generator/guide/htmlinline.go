package guide

import (
	"net/url"
	"strconv"
)

// The inline half of html.go.

func (p *writer) inlines(list []node) {
	for i := range list {
		p.inline(p.doc.at(list, i, p.opt.Resolve))
	}
}

func (p *writer) inline(n *node) {
	switch n.kind {
	case textNode:
		p.text(n)
	case breakNode:
		p.raw("<br>\n")
	case codeNode:
		p.raw("<code>")
		p.out = appendEscaped(p.out, n.text)
		p.raw("</code>")
	case emNode:
		p.element("em", n.kids)
	case strongNode:
		p.element("strong", n.kids)
	case langNode:
		p.raw("<span")
		p.attr("lang", n.text)
		p.raw(">")
		p.inlines(n.kids)
		p.raw("</span>")
	case linkNode:
		p.link(n, n.text)
	case anchorNode:
		p.link(n, "#"+p.opt.IDPrefix+n.text)
	case fileLinkNode:
		p.link(n, p.fileHref(n.text))
	case refNode:
		p.reference(n)
	case imageNode:
		p.raw("<img")
		p.attr("src", p.fileHref(n.text))
		p.attr("alt", n.title)
		p.raw(` loading="lazy">`)
	case noteRefNode:
		p.noteRef(n)
	}
}

func (p *writer) element(tag string, kids []node) {
	p.raw("<", tag, ">")
	p.inlines(kids)
	p.raw("</", tag, ">")
}

// text writes words, linking the first mention of each glossary term.
func (p *writer) text(n *node) {
	if p.opt.Terms == nil || p.noTerms > 0 {
		p.raw(n.escaped)
		return
	}
	written := 0
	words := n.words.of(n.text)
	for i := 0; i < len(words); {
		term, href, count := p.opt.Terms.find(n.text, words[i:])
		if term != nil {
			start, end := words[i].start, words[i+count-1].end
			p.out = appendEscaped(p.out, n.text[written:start])
			p.raw(`<a class="begreb"`)
			p.attr("href", href)
			if term.Title != "" {
				p.attr("title", term.Title)
			}
			p.raw(">")
			p.out = appendEscaped(p.out, n.text[start:end])
			p.raw("</a>")
			written = end
		}
		i += max(count, 1)
	}
	if written == 0 {
		p.raw(n.escaped)
		return
	}
	p.out = appendEscaped(p.out, n.text[written:])
}

func (p *writer) link(n *node, href string) {
	p.raw("<a")
	p.attr("href", href)
	if n.title != "" {
		p.attr("title", n.title)
	}
	if n.flag {
		p.raw(` rel="external"`)
	}
	p.raw(">")
	p.noTerms++
	p.inlines(n.kids)
	p.noTerms--
	p.raw("</a>")
}

func (p *writer) reference(n *node) {
	ref := p.doc.refs[n.num]
	var got Resolved
	if p.opt.Resolve != nil {
		got = p.opt.Resolve(ref)
	}
	tag := ""
	switch {
	case got.Href != "":
		tag = "a"
		p.raw("<a")
		p.attr("href", got.Href)
	case got.Class != "":
		tag = "span"
		p.raw("<span")
	}
	if tag != "" {
		if got.Class != "" {
			p.attr("class", got.Class)
		}
		p.raw(">")
		defer p.raw("</", tag, ">")
	}
	p.noTerms++
	if text, own := ref.choose(got); own {
		p.inlines(n.kids)
	} else {
		p.out = appendEscaped(p.out, text)
	}
	p.noTerms--
}

func (p *writer) noteRef(n *node) {
	which := 1
	if n.text != "" {
		which, _ = strconv.Atoi(n.text)
	}
	number := strconv.Itoa(n.num)
	p.raw(`<sup><a role="doc-noteref"`)
	p.attr("id", p.noteRefID(n.num, which))
	p.attr("href", "#"+p.noteID(n.num))
	p.raw(` aria-label="Fodnote `, number, `">`, number, "</a></sup>")
}

func (p *writer) fileHref(src string) string {
	if p.opt.File != nil {
		return p.opt.File(src)
	}
	return (&url.URL{Path: src}).String()
}
