package export

import (
	"fmt"
)

const (
	nsW   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsW14 = "http://schemas.microsoft.com/office/word/2010/wordml"
	nsR   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsMC  = "http://schemas.openxmlformats.org/markup-compatibility/2006"

	nsContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types"
	nsPackageRels  = "http://schemas.openxmlformats.org/package/2006/relationships"
	nsCore         = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
	nsApp          = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"

	typeWord = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	typeXML  = "application/xml"
	typeRels = "application/vnd.openxmlformats-package.relationships+xml"
)

// packagePart is one file of the package. rel is the kind of relationship by
// which the main document (or, for docProps, the package) refers to it.
type packagePart struct {
	name, contentType, rel string
	root                   elem
}

// parts are the document's files but those that list the others. Numbers of
// relationships depend on their order.
func (b *body) parts() []packagePart {
	document := b.document()
	s := b.sheet
	return []packagePart{
		{"word/document.xml", typeWord + "document.main+xml", nsR + "/officeDocument", document},
		{"word/styles.xml", typeWord + "styles+xml", nsR + "/styles", styles(b.size)},
		{"word/numbering.xml", typeWord + "numbering+xml", nsR + "/numbering", numbering(b.size, b.lists)},
		{"word/settings.xml", typeWord + "settings+xml", nsR + "/settings", settings()},
		{"word/fontTable.xml", typeWord + "fontTable+xml", nsR + "/fontTable", fontTable()},
		{"word/header1.xml", typeWord + "header+xml", nsR + "/header", header(s.Title)},
		{"word/header2.xml", typeWord + "header+xml", nsR + "/header", header("")},
		{"word/footer1.xml", typeWord + "footer+xml", nsR + "/footer", s.footer()},
		{"word/footer2.xml", typeWord + "footer+xml", nsR + "/footer", s.footer()},
		{"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml",
			nsPackageRels + "/metadata/core-properties", coreProperties(s)},
		{"docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml",
			nsR + "/extended-properties", appProperties()},
	}
}

func contentTypes(parts []packagePart) elem {
	types := el("Types",
		el("Default").with("Extension", "rels", "ContentType", typeRels),
		el("Default").with("Extension", "xml", "ContentType", typeXML),
		el("Default").with("Extension", "png", "ContentType", "image/png"), // of the logo, when there is one
	).with("xmlns", nsContentTypes)
	for _, p := range parts {
		types = types.add(el("Override").with("PartName", "/"+p.name, "ContentType", p.contentType))
	}
	return types
}

// ofPackage tells what the package itself refers to; the rest is the main
// document's.
func (p packagePart) ofPackage() bool {
	return p.name == "word/document.xml" || p.name[:len("docProps")] == "docProps"
}

func packageRels(parts []packagePart) elem {
	rels := el("Relationships").with("xmlns", nsPackageRels)
	for _, p := range parts {
		if p.ofPackage() {
			rels = rels.add(relationship(len(rels.kids)+1, p.rel, p.name))
		}
	}
	return rels
}

// documentRels numbers the parts in their order, which the constants below know.
func documentRels(parts []packagePart) elem {
	rels := el("Relationships").with("xmlns", nsPackageRels)
	for _, p := range parts {
		if !p.ofPackage() {
			rels = rels.add(relationship(len(rels.kids)+1, p.rel, p.name[len("word/"):]))
		}
	}
	return rels
}

// The document's own relationships to its headers and footers.
const (
	relHeader, relHeaderFirst = "rId5", "rId6"
	relFooter, relFooterFirst = "rId7", "rId8"
)

func relationship(n int, kind, target string) elem {
	return el("Relationship").with("Id", fmt.Sprintf("rId%d", n), "Type", kind, "Target", target)
}

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

func appProperties() elem {
	return el("Properties", el("Application", text("Modelhåndbog"))).with("xmlns", nsApp)
}
