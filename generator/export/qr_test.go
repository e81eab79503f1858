package export

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"rsc.io/qr"
)

func TestQR(t *testing.T) {
	svg, err := QR("https://håndbog.example.dk:8080/læring/møder.html?x=1&y=å#før", `Møder & "mål"`)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Role  string `xml:"role,attr"`
		Label string `xml:"aria-label,attr"`
		View  string `xml:"viewBox,attr"`
		Title string `xml:"title"`
		Path  []struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(svg, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Role != "img" || doc.Label != `Møder & "mål"` || doc.Title != doc.Label || len(doc.Path) != 1 {
		t.Errorf("svg %+v", doc)
	}
	if strings.Contains(string(svg), "style") {
		t.Error("an inline style breaks the Content-Security-Policy")
	}
	// What is drawn is what the encoder says of the encoded address.
	code, err := qr.Encode("https://xn--hndbog-iua.example.dk:8080/l%C3%A6ring/m%C3%B8der.html?x=1&y=%C3%A5#f%C3%B8r", qr.M)
	if err != nil {
		t.Fatal(err)
	}
	var drawn int
	for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).FindAllStringSubmatch(doc.Path[0].D, -1) {
		var x, y, n, back int
		fmt.Sscan(strings.Join(m[1:], " "), &x, &y, &n, &back)
		if n != back {
			t.Errorf("%s is not closed", m[0])
		}
		for i := range n {
			drawn++
			if !code.Black(x-4+i, y-4) {
				t.Errorf("%d,%d should be white", x-4+i, y-4)
			}
		}
	}
	black := 0
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				black++
			}
		}
	}
	if drawn != black {
		t.Errorf("%d modules drawn, want %d", drawn, black)
	}
	if want := fmt.Sprintf("0 0 %d %d", code.Size+8, code.Size+8); doc.View != want {
		t.Errorf("viewBox %s, want %s", doc.View, want)
	}
}

func TestQRRefuses(t *testing.T) {
	for _, bad := range []string{"", "moeder.html", "https://", "https://x.dk/" + strings.Repeat("a", 4000)} {
		if _, err := QR(bad, "x"); err == nil {
			t.Errorf("%.20q was made into a code", bad)
		}
	}
}
