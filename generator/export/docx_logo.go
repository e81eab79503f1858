package export

import (
	"bytes"
	"image/png"
	"strconv"
)

// picture is a logo and its size in the header, in EMU. The zero picture is
// none.
type picture struct {
	data       []byte
	wide, high int
}

// A logo is 7 mm high, and less when it would be wider than 40 mm.
const (
	emuPerMM            = 36000
	logoHigh, logoWidth = 7 * emuPerMM, 40 * emuPerMM
)

// newPicture is the PNG in data, or none when data is no PNG: Word shows no SVG
// that has no picture of points beside it.
func newPicture(data []byte) picture {
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || size.Width <= 0 || size.Height <= 0 {
		return picture{}
	}
	p := picture{data: data, high: logoHigh, wide: logoHigh * size.Width / size.Height}
	if p.wide > logoWidth {
		p.wide, p.high = logoWidth, logoWidth*size.Height/size.Width
	}
	p.wide, p.high = max(p.wide, 1), max(p.high, 1)
	return p
}

const (
	logoName, relLogo = "media/logo.png", "rIdLogo"

	nsDrawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
	nsPicture = "http://schemas.openxmlformats.org/drawingml/2006/picture"
	nsInline  = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
)

// run is the picture in a header's line, as XML, with room after it; "" for none.
func (p picture) run() string {
	if p.data == nil {
		return ""
	}
	wide, high := strconv.Itoa(p.wide), strconv.Itoa(p.high)
	pic := el("pic:pic",
		el("pic:nvPicPr", el("pic:cNvPr").with("id", "1", "name", "Logo"), el("pic:cNvPicPr")),
		el("pic:blipFill", el("a:blip").with("r:embed", relLogo), el("a:stretch", el("a:fillRect"))),
		el("pic:spPr",
			el("a:xfrm", el("a:off").with("x", "0", "y", "0"), el("a:ext").with("cx", wide, "cy", high)),
			el("a:prstGeom", el("a:avLst")).with("prst", "rect")),
	).with("xmlns:pic", nsPicture)
	inline := el("wp:inline",
		el("wp:extent").with("cx", wide, "cy", high),
		el("wp:docPr").with("id", "1", "name", "Logo", "descr", "Logo"),
		el("a:graphic", el("a:graphicData", pic).with("uri", nsPicture)).with("xmlns:a", nsDrawing),
	).with("xmlns:wp", nsInline, "distT", "0", "distB", "0", "distL", "0", "distR", "0")
	var b bytes.Buffer
	el("w:r", el("w:drawing", inline)).write(&b)
	run("", "  ")[0].write(&b)
	return b.String()
}

// files are what the document holds besides: the picture, and both headers'
// reference to it.
func (p picture) files() []form {
	if p.data == nil {
		return nil
	}
	rel := el("Relationship").with("Id", relLogo, "Type", nsR+"/image", "Target", logoName)
	rels := []piece{{bytes: el("Relationships", rel).with("xmlns", nsPackageRels).document()}}
	return []form{
		{"word/" + logoName, []piece{{bytes: p.data}}},
		{"word/_rels/header1.xml.rels", rels},
		{"word/_rels/header2.xml.rels", rels},
	}
}
