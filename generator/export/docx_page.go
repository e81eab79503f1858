package export

import (
	"slices"
	"strconv"
)

// section is the page: A4, headers, footers; the first page's header leaves the
// title to the title.
func section() elem {
	m := strconv.Itoa(margin)
	ref := func(name, kind, id string) elem { return el("w:"+name).with("w:type", kind, "r:id", id) }
	return el("w:sectPr",
		ref("headerReference", "default", relHeader), ref("headerReference", "first", relHeaderFirst),
		ref("footerReference", "default", relFooter), ref("footerReference", "first", relFooterFirst),
		el("w:pgSz").with("w:w", strconv.Itoa(pageWidth), "w:h", strconv.Itoa(pageHeight)),
		el("w:pgMar").with("w:top", "1304", "w:right", m, "w:bottom", "1247", "w:left", m, "w:header", "624",
			"w:footer", "567", "w:gutter", "0"),
		el("w:titlePg"),
	)
}

// header is the logo and the owner at the left, and the title at the right
// unless empty.
func header(title string) elem {
	content := []elem{blank(slotLogo), el("w:r", el("w:t", blank(slotOwner)).with("xml:space", "preserve"))}
	if title != "" {
		content = append(append(content, tab()), run("", title)...)
	}
	p := el("w:p", el("w:pPr", val("w:pStyle", styleHeader))).add(content...)
	return el("w:hdr", p).with("xmlns:w", nsW, "xmlns:r", nsR)
}

// footer is model, edition and date at the left, "Side x af y" at the right,
// and below it the address that tells whether the sheet is in force.
func (s Sheet) footer() elem {
	later := func(s slot) elem { return el("w:r", el("w:t", blank(s)).with("xml:space", "preserve")) }
	line := func(content ...elem) elem {
		return el("w:p", el("w:pPr", val("w:pStyle", styleFooter))).add(content...)
	}
	address := line(append(run("", s.say("ark.gaelder")+" "), later(slotAddress))...)
	address.given = slotAddress
	page := slices.Concat(run("", s.say("ark.side")+" "), fieldCode("PAGE"), run("", " "+s.say("ark.af")+" "),
		fieldCode("NUMPAGES"))
	return el("w:ftr", line(append([]elem{later(slotFooter), tab()}, page...)...), address).
		with("xmlns:w", nsW, "xmlns:r", nsR)
}

// fieldCode is a number that Word works out when it lays out the page.
func fieldCode(code string) []elem {
	char := func(kind string) elem { return el("w:r", el("w:fldChar").with("w:fldCharType", kind)) }
	instr := el("w:r", el("w:instrText", text(" "+code+" ")).with("xml:space", "preserve"))
	return slices.Concat([]elem{char("begin"), instr, char("separate")}, run("", "1"), []elem{char("end")})
}
