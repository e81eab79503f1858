package guide

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"modelhaandbog/generator/diag"
)

// inlines builds the inline nodes of a block or of an inline node. Adjacent texts are
// joined, so that a term of several words may span lines.
func (b *builder) inlines(parent ast.Node) []node {
	var list []node
	var run strings.Builder
	flush := func() {
		if run.Len() > 0 {
			list = append(list, newText(run.String()))
			run.Reset()
		}
	}
	start, stop := 0, 0 // of the words so far, which the parser may have split
	words := func() {
		if start < stop {
			b.checkText(start, stop)
			b.checkSigns(start, stop)
		}
		for _, at := range b.addresses(start, stop) {
			run.WriteString(typeset(string(b.src[start:at[0]])))
			flush()
			label := string(b.src[at[0]:at[1]])
			link := target{dest: addressOf(label), offset: at[0], width: utf8.RuneCountInString(label)}
			link.kids = []node{newText(label)}
			list = append(list, b.linkTo(link)...)
			start = at[1]
		}
		run.WriteString(typeset(string(b.src[start:stop])))
		start = stop
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok || t.Segment.Start != stop {
			words()
		}
		if !ok {
			flush()
			made := b.inline(n)
			if len(made) == 1 && made[0].kind == refNode {
				b.doc.refs[made[0].num].Apart = strings.HasSuffix(b.doc.plain(list, nil), ":")
			}
			list = append(list, made...)
			continue
		}
		if start == stop {
			start = t.Segment.Start
		}
		stop = t.Segment.Stop
		if t.HardLineBreak() {
			words()
			flush()
			list = append(list, node{kind: breakNode})
		} else if t.SoftLineBreak() {
			words()
			run.WriteByte('\n')
		}
	}
	words()
	flush()
	return list
}

var mailAddress = regexp.MustCompile(`[\pL\d][\pL\d.!#%&'+/=?_-]*@(?:[\pL\d-]+\.)+\pL{2,}`)

// addresses returns where bare addresses are in a stretch of text outside links: mail,
// and the web addresses that addressParser does not see.
func (b *builder) addresses(start, stop int) (found [][2]int) {
	if b.inLink {
		return nil
	}
	if raw := b.src[start:stop]; bytes.IndexByte(raw, '@') >= 0 {
		for _, at := range mailAddress.FindAllIndex(raw, -1) {
			found = append(found, [2]int{start + at[0], start + at[1]})
		}
	} else if bytes.Contains(raw, []byte("://")) || bytes.Contains(raw, []byte("www.")) {
		for _, at := range bareAddress.FindAllIndex(raw, -1) {
			before, _ := utf8.DecodeLastRune(raw[:at[0]])
			if length := addressAt(raw[at[0]:]); length > 0 && !unicode.IsLetter(before) && !unicode.IsDigit(before) {
				found = append(found, [2]int{start + at[0], start + at[0] + length})
			}
		}
	}
	return found
}

// addressOf is the whole address for a bare one.
func addressOf(label string) string {
	switch {
	case strings.HasPrefix(label, "www."):
		return "https://" + label
	case !strings.Contains(label, ":") && strings.Contains(label, "@"):
		return "mailto:" + label
	}
	return label
}

func newText(s string) node {
	return node{kind: textNode, text: s, escaped: escape(s), words: &words{}}
}

func (b *builder) inline(n ast.Node) []node {
	switch n := n.(type) {
	case *ast.String:
		return []node{newText(string(n.Value))}
	case *ast.CodeSpan:
		return []node{{kind: codeNode, text: b.code(n)}}
	case *ast.Emphasis:
		b.checkEmphasis(n)
		if n.Level == 2 {
			return []node{{kind: strongNode, kids: b.inlines(n)}}
		}
		return []node{{kind: emNode, kids: b.inlines(n)}}
	case *ast.Link:
		return b.link(n)
	case *ast.AutoLink:
		return b.autoLink(n)
	case *ast.Image:
		return b.image(n)
	case *ast.RawHTML:
		b.rawHTML(n)
		return nil
	case *extast.FootnoteLink:
		return b.noteRef(n)
	}
	return b.inlines(n)
}

func (b *builder) code(n *ast.CodeSpan) string {
	var s strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			s.Write(t.Segment.Value(b.src))
		}
	}
	return strings.ReplaceAll(s.String(), "\n", " ")
}

type target struct {
	dest          string // unescaped
	title         string
	offset, width int // of the address in the source
	kids          []node
}

func (b *builder) link(n *ast.Link) []node {
	t := target{dest: unescape(string(n.Destination)), title: typeset(string(n.Title))}
	outer := b.inLink
	b.inLink = true
	t.kids = b.inlines(n)
	b.inLink = outer
	t.offset, t.width = b.destination(n, n.Destination, n.Reference == nil)
	return b.linkTo(t)
}

func (b *builder) autoLink(n *ast.AutoLink) []node {
	label := string(n.Label(b.src))
	t := target{dest: addressOf(label), offset: n.Pos(), width: utf8.RuneCountInString(label)}
	if b.src[t.offset] == '<' {
		t.offset++
	}
	if b.inLink {
		return []node{newText(label)}
	}
	if ref, ok := splitRef(t.dest); !ok || !b.isKind(ref.Kind) {
		t.kids = []node{newText(label)}
	}
	return b.linkTo(t)
}

// linkTo classifies a link by its address. An invalid one is reported and rendered as
// plain text.
func (b *builder) linkTo(t target) []node {
	ref, isURL := splitRef(t.dest)
	scheme := strings.ToLower(ref.Kind)
	switch {
	case t.dest == "":
		b.report("tomt-link", t.offset, t.width, "linket har ingen adresse",
			"Skriv en reference, fx [tekst](rolle:id).")
	case strings.HasPrefix(t.dest, "#"):
		return b.anchor(t)
	case strings.HasPrefix(t.dest, "//"):
		b.report("ugyldigt-link", t.offset, t.width, "adressen mangler protokol", "Skriv https:"+t.dest+".")
	case !isURL:
		return b.fileLink(t)
	case b.isKind(ref.Kind):
		return b.reference(t, ref)
	case ref.Model == "" && scheme == "sprog":
		return b.language(t, ref.ID)
	case ref.Model == "" && (scheme == "http" || scheme == "https"):
		return b.external(t)
	case ref.Model == "" && (scheme == "mailto" || scheme == "tel"):
		return b.contact(t)
	case len(scheme) == 1 && strings.HasPrefix(ref.ID, "\\"), scheme == "file":
		b.computerFile(t)
	case ref.Model == "" && (scheme == "javascript" || scheme == "data" || scheme == "vbscript"):
		b.report("ugyldigt-link", t.offset, t.width, fmt.Sprintf("links med %s: er ikke tilladt", scheme),
			"Link til en side, eller slet linket.")
	default:
		b.report("ukendt-referencetype", t.offset, t.width,
			fmt.Sprintf("ukendt referencetype %q%s", ref.Kind, diag.MenteDu(ref.Kind, b.opt.Kinds)),
			"Brug en af "+strings.Join(b.opt.Kinds, ", ")+", eller en adresse med https://.")
	}
	return t.kids
}

func (b *builder) isKind(kind string) bool {
	for _, k := range b.opt.Kinds {
		if k == kind {
			return true
		}
	}
	return false
}

func (b *builder) reference(t target, ref Ref) []node {
	if problem := ref.problem(t.dest); problem != "" {
		b.report("ugyldig-reference", t.offset, t.width, problem,
			"Skriv fx [tekst]("+ref.Kind+":id) eller [tekst]("+ref.Kind+":id#sted).")
		return t.kids
	}
	b.doc.refs = append(b.doc.refs, Reference{
		Ref: ref, Text: b.doc.plain(t.kids, nil), Pos: b.pos(t.offset), Width: t.width,
	})
	return []node{{kind: refNode, num: len(b.doc.refs) - 1, kids: t.kids}}
}

var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func (b *builder) language(t target, tag string) []node {
	switch {
	case !languageTag.MatchString(tag):
		b.report("ukendt-sprog", t.offset, t.width, fmt.Sprintf("%q er ikke en sprogkode", tag),
			"Skriv fx [wellbeing](sprog:en).")
	case len(t.kids) == 0:
		b.report("tomt-link", t.offset, t.width, "det fremmede ord mangler", "Skriv fx [wellbeing](sprog:en).")
	default:
		return []node{{kind: langNode, text: tag, kids: t.kids}}
	}
	return t.kids
}

func (b *builder) external(t target) []node {
	u, err := url.Parse(t.dest)
	if err != nil || u.Hostname() == "" {
		b.report("ugyldigt-link", t.offset, t.width, fmt.Sprintf("adressen %q kan ikke læses", t.dest),
			"Skriv hele adressen, fx https://www.ft.dk/.")
		return t.kids
	}
	return b.words(node{kind: linkNode, text: u.String(), title: t.title, flag: true}, t)
}

func (b *builder) contact(t target) []node {
	_, rest, _ := strings.Cut(t.dest, ":")
	if strings.TrimSpace(rest) == "" {
		b.report("ugyldigt-link", t.offset, t.width, fmt.Sprintf("adressen %q mangler noget efter kolon", t.dest),
			"Skriv fx mailto:navn@kommune.dk eller tel:+4512345678.")
		return t.kids
	}
	return b.words(node{kind: linkNode, text: escapeURL(t.dest), title: t.title}, t)
}

func (b *builder) anchor(t target) []node {
	id := t.dest[1:]
	b.anchorRefs = append(b.anchorRefs, anchorRef{id: id, offset: t.offset, width: t.width})
	return b.words(node{kind: anchorNode, text: id}, t)
}

// words sets the text of a link, and reports a link without any.
func (b *builder) words(n node, t target) []node {
	if len(t.kids) == 0 {
		b.report("link-uden-tekst", t.offset, t.width, "linket har ingen tekst",
			"Skriv det, som læseren skal se: [tekst]("+t.dest+").")
		return nil
	}
	n.kids = t.kids
	return []node{n}
}

func (b *builder) image(n *ast.Image) []node {
	dest := unescape(string(n.Destination))
	alt := b.doc.plain(b.inlines(n), nil)
	offset, width := b.destination(n, n.Destination, n.Reference == nil)
	src, ok := filePath(dest)
	_, isURL := splitRef(dest)
	switch {
	case isURL || strings.HasPrefix(dest, "//"):
		b.report("eksternt-billede", offset, width, "billedet hentes fra en anden hjemmeside",
			"Læg billedet ved siden af vejledningen, og skriv filens navn.")
		return nil
	case !ok:
		b.report("ugyldigt-billede", offset, width, fmt.Sprintf("stien %q kan ikke bruges", dest),
			"Skriv stien fra denne fil, fx ![Plan over lokalet](lokale.png).")
		return nil
	case alt == "":
		b.report("billede-uden-tekst", n.Pos(), 2, "billedet mangler en tekst til dem, der ikke kan se det",
			"Skriv, hvad billedet viser: ![Plan over lokalet]("+dest+").")
	}
	if len(n.Title) > 0 && (!ast.IsParagraph(n.Parent()) || n.PreviousSibling() != nil || n.NextSibling() != nil) {
		b.report("billedtekst", offset, width, "billedets tekst vises kun, når billedet står for sig selv",
			"Lad en linje stå tom før og efter billedet, eller slet teksten i anførselstegn.")
	}
	b.doc.images = append(b.doc.images, Image{Src: src, Alt: alt, Pos: b.pos(offset), Width: width})
	return []node{{kind: imageNode, text: src, title: alt}}
}

func (b *builder) noteRef(n *extast.FootnoteLink) []node {
	fn := b.defs[n.Index]
	if fn == nil {
		return nil
	}
	if b.inLink {
		b.report("fodnote-i-link", n.Pos(), len([]rune(string(fn.def.Ref)))+3, "en fodnote kan ikke stå inde i et link",
			"Flyt fodnoten til efter linket.")
		return nil
	}
	if fn.number == 0 {
		b.cite(fn)
	}
	fn.refs++
	ref := node{kind: noteRefNode, num: fn.number}
	if fn.refs > 1 {
		ref.text = strconv.Itoa(fn.refs)
	}
	return []node{ref}
}

// destination finds the position of a link's address. For a link whose address is in a
// definition elsewhere, it is that of the link.
func (b *builder) destination(n ast.Node, dest []byte, here bool) (offset, width int) {
	end := n.Pos() + 1
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := c.(*ast.Text); ok && entering {
			end = max(end, t.Segment.Stop)
		}
		return ast.WalkContinue, nil
	})
	width = max(utf8.RuneCount(dest), 1)
	if here && end <= len(b.src) {
		_, rest, found := bytes.Cut(b.src[end:], []byte("]("))
		rest = bytes.TrimPrefix(bytes.TrimLeft(rest, " \t\n>"), []byte("<"))
		if found && bytes.HasPrefix(rest, dest) {
			return len(b.src) - len(rest), width
		}
	}
	return n.Pos(), 1
}

func escapeURL(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return (&url.URL{Path: s}).EscapedPath()
	}
	return u.String()
}
