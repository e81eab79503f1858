package guide

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"
)

// Links to files, and to what authors take for one.

func (b *builder) fileLink(t target) []node {
	src, ok := filePath(t.dest)
	extension := strings.ToLower(path.Ext(src))
	switch {
	case strings.HasPrefix(t.dest, `\`):
		b.computerFile(t)
	case strings.HasPrefix(t.dest, "www."):
		b.report("ugyldigt-link", t.offset, t.width, "adressen mangler protokol", "Skriv https://"+t.dest+".")
	case extension == ".md" || extension == ".html" || extension == ".htm":
		b.report("link-til-side", t.offset, t.width, "sider har ingen fast adresse at linke til", b.pageReference(src))
	case extension == "":
		b.report("ugyldigt-link", t.offset, t.width,
			fmt.Sprintf("adressen %q er hverken en reference, en fil eller en hjemmeside", t.dest),
			"Skriv fx [tekst](rolle:id), [tekst](skema.pdf) eller [tekst](https://…).")
	case !ok:
		b.report("ugyldigt-link", t.offset, t.width, fmt.Sprintf("stien %q kan ikke bruges", t.dest),
			"Skriv stien fra denne fil, med / og uden spørgsmålstegn.")
	default:
		b.doc.files = append(b.doc.files, File{Src: src, Pos: b.pos(t.offset), Width: t.width})
		return b.words(node{kind: fileLinkNode, text: src, title: t.title}, t)
	}
	return t.kids
}

// computerFile reports the address of a file on the author's computer.
func (b *builder) computerFile(t target) {
	name := t.dest[strings.LastIndexAny(t.dest, `/\:`)+1:]
	if path.Ext(name) == "" {
		name = "skema.pdf"
	}
	b.report("ugyldigt-link", t.offset, t.width, "adressen fører til en fil på din egen computer",
		"Læg filen ved siden af teksten, og skriv [tekst]("+enclosed(name)+").")
}

// enclosed is a path as an address, in < > when it has spaces.
func enclosed(name string) string {
	if strings.ContainsAny(name, " ()") {
		return "<" + name + ">"
	}
	return name
}

// pageReference says what to write instead of a link to the file of a page, whose
// folder is the kind and whose name is the id of what the page is about.
func (b *builder) pageReference(src string) string {
	kind := path.Base(path.Join(path.Dir(b.file), path.Dir(src)))
	id := strings.TrimSuffix(path.Base(src), path.Ext(src))
	if !b.isKind(kind) || !isID(id) {
		kind, id = "rolle", "id"
	}
	return "Brug en reference, fx [tekst](" + kind + ":" + id + ")."
}

// filePath decodes an address as a path relative to the Markdown file.
func filePath(dest string) (string, bool) {
	src, _, _ := strings.Cut(dest, "#")
	decoded, err := url.PathUnescape(src)
	if err != nil {
		return src, false
	}
	return decoded, decoded != "" && utf8.ValidString(decoded) && !path.IsAbs(decoded) &&
		!strings.ContainsAny(decoded, "?\\\x00")
}
