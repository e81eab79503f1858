package export

import (
	"bytes"
	"embed"
	"fmt"
	"regexp"
	"strconv"
	"sync"
)

const (
	nsW   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsW14 = "http://schemas.microsoft.com/office/word/2010/wordml"
	nsR   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsMC  = "http://schemas.openxmlformats.org/markup-compatibility/2006"

	nsPackageRels = "http://schemas.openxmlformats.org/package/2006/relationships"
	nsCore        = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
)

type packagePart struct {
	name string
	data []byte
}

// parts are the document's files in the order that Word expects: those that list the
// others come first. docx/ holds the files that are the same in all documents.
func (b *body) parts() []packagePart {
	document := b.document() // before the numbering, which counts its lists
	s, fixed := b.sheet, fixedParts()
	return []packagePart{
		{"[Content_Types].xml", fixed["content-types.xml"]},
		{"_rels/.rels", fixed["package.rels"]},
		{"word/_rels/document.xml.rels", fixed["document.rels"]},
		{"word/document.xml", document.document()},
		{"word/styles.xml", s.styles()},
		{"word/numbering.xml", numbering(b.lists).document()},
		{"word/settings.xml", fixed["settings.xml"]},
		{"word/fontTable.xml", fixed["fontTable.xml"]},
		{"word/header1.xml", header(s.Title).document()},
		{"word/header2.xml", header("").document()},
		{"word/footer1.xml", s.footer().document()},
		{"word/footer2.xml", s.footer().document()},
		{"docProps/core.xml", coreProperties(s).document()},
		{"docProps/app.xml", fixed["app.xml"]},
	}
}

//go:embed docx/*
var docxFiles embed.FS

var between = regexp.MustCompile(`(?s)>(?:\s|<!--.*?-->)+<`)

// fixedParts are the files of docx/ without space and comments between their elements.
var fixedParts = sync.OnceValue(func() map[string][]byte {
	out := map[string][]byte{}
	files, err := docxFiles.ReadDir("docx")
	if err != nil {
		panic(err) // they are embedded
	}
	for _, f := range files {
		data, err := docxFiles.ReadFile("docx/" + f.Name())
		if err != nil {
			panic(err)
		}
		out[f.Name()] = append([]byte(xmlStart), bytes.TrimSpace(between.ReplaceAll(data, []byte("><")))...)
	}
	return out
})

var textSize = regexp.MustCompile(`(<w:szC?s? w:val=")(\d+)(")`)

// styles are the document's, with all sizes of text scaled.
func (s Sheet) styles() []byte {
	if s.Scale == 0 {
		return fixedParts()["styles.xml"]
	}
	return textSize.ReplaceAllFunc(fixedParts()["styles.xml"], func(m []byte) []byte {
		x := textSize.FindSubmatch(m)
		n, _ := strconv.Atoi(string(x[2])) // it is digits
		return fmt.Appendf(nil, "%s%d%s", x[1], n*s.Scale/100, x[3])
	})
}

// The document's own relationships to its headers and footers, in document.rels.
const (
	relHeader, relHeaderFirst = "rId5", "rId6"
	relFooter, relFooterFirst = "rId7", "rId8"
)

// coreProperties dates the document by its edition, never by the clock.
func coreProperties(s Sheet) elem {
	core := el("cp:coreProperties",
		el("dc:title", text(s.Title)),
		el("dc:creator", blank(slotOwner)),
		el("dc:language", text("da-DK")),
	).with("xmlns:cp", nsCore, "xmlns:dc", "http://purl.org/dc/elements/1.1/",
		"xmlns:dcterms", "http://purl.org/dc/terms/", "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
	if s.Subtitle != "" {
		core = core.add(el("dc:subject", text(s.Subtitle)))
	}
	for _, name := range []string{"dcterms:created", "dcterms:modified"} {
		date := el(name, blank(slotDate)).with("xsi:type", "dcterms:W3CDTF")
		date.given = slotDate
		core = core.add(date)
	}
	return core
}
