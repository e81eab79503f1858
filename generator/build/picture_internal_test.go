package build

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"strings"
	"testing"
)

// A picture that a browser, Word or a reader could not trust is told with its file.
func TestPicturesAreOpened(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 10))); err != nil {
		t.Fatal(err)
	}
	whole := b.String()
	huge := []byte(whole)
	binary.BigEndian.PutUint32(huge[16:], 60000)
	binary.BigEndian.PutUint32(huge[20:], 60000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	svg := func(inside string) string { return `<svg xmlns="http://www.w3.org/2000/svg">` + inside + `</svg>` }
	drawn := func(inside string) string { // as Inkscape saves it
		return svg(`<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" id="base" pagecolor="#ffffff"/>` +
			`<g xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:groupmode="layer" ` + inside + `/>` +
			`<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work xmlns:cc="http://creativecommons.org/ns#" ` +
			`rdf:about=""/></rdf:RDF></metadata>`)
	}
	for _, x := range []struct{ name, data, want string }{
		{"inkscape.svg", drawn(`inkscape:label="Lag 1"`), ""},
		{"filter.svg", svg(`<filter id="a"><feGaussianBlur stdDeviation="2"/></filter><g style="filter:url(#a)"/>`), ""},
		{"foto.svg", svg(`<image xlink:href="data:image/png;base64,AAAA" xmlns:xlink="http://www.w3.org/1999/xlink"/>`), ""},
		{"sti.svg", drawn(`inkscape:export-filename="C:\Users\kim\logo.png"`), "sti på en computer"},
		{"note.svg", drawn(`onclick="a()"`), "onclick"},
		{"hent.svg", svg(`<image href="https://ude.dk/x.png"/>`), "href"},
		{"aktiv.svg", svg(`<image href="data:image/svg+xml;base64,AAAA"/>`), "href"},
		{"filterude.svg", svg(`<filter><feImage href="#a"/></filter>`), "<feImage>"},
		{"god.png", whole, ""},
		{"tom.png", "", "tomt"},
		{"side.png", "<html></html>", "ikke et billede"},
		{"halv.png", whole[:len(whole)-20], "skåret over"},
		{"stor.png", string(huge), "60000 × 60000"},
		{"foto.jpg", whole, "PNG-billede"},
		{"god.svg", svg(`<path d="M0 0" fill="url(#a)" stroke-width="2"/><text>Æ</text>`), ""},
		{"aaben.svg", "<svg><g></svg>", "<svg>"},
		{"uafsluttet.svg", `<svg xmlns="http://www.w3.org/2000/svg"><g></svg>`, "i stykker"},
		{"script.svg", svg("<script/>"), "<script>"},
		{"navnerum.svg", svg(`<s:script xmlns:s="http://www.w3.org/2000/svg"/>`), "<script>"},
		{"xhtml.svg", svg(`<g xmlns="http://www.w3.org/1999/xhtml"/>`), "<g>"},
		{"enhed.svg", `<!DOCTYPE svg [<!ENTITY x "y">]>` + svg("&x;"), "erklæring"},
		{"klik.svg", svg(`<g onclick="a()"/>`), "onclick"},
		{"lokke.svg", svg(`<use href="&#106;avascript:a()"/>`), "href"},
		{"ude.svg", svg(`<g style="fill:url(//ude.dk/x)"/>`), "style"},
		{"css.svg", svg(`<style>@import "//ude.dk";</style>`), "udefra"},
		{"ark.svg", `<?xml-stylesheet href="//ude.dk"?>` + svg(""), "xml-stylesheet"},
	} {
		got := ""
		for _, d := range checkPicture(x.name, []byte(x.data)) {
			got = d.Message
		}
		if x.want == "" && got != "" || !strings.Contains(got, x.want) {
			t.Errorf("%s: got %q, want %q", x.name, got, x.want)
		}
	}
}
