package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
	"rsc.io/qr"
)

// quietZone is the white margin around a QR code, in modules (ISO/IEC 18004
// asks for four).
const quietZone = 4

// QR returns an address as a QR code: an SVG of one path, one unit per module,
// that takes the text's colour and has label ("QR-kode til siden Opfølgning")
// as its name. Danish letters in the address are percent-encoded first: scanners
// misread them raw. The error says when address is none or too long.
func QR(address, label string) ([]byte, error) {
	plain, err := asciiAddress(address)
	if err != nil {
		return nil, fmt.Errorf("making a QR code: %w", err)
	}
	code, err := qr.Encode(plain, qr.M)
	if err != nil {
		return nil, fmt.Errorf("making a QR code of %q: %w", address, err)
	}
	var name bytes.Buffer
	xml.EscapeText(&name, []byte(label)) // a bytes.Buffer does not fail
	var b bytes.Buffer
	side := code.Size + 2*quietZone
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" aria-label="%s" viewBox="0 0 %d %d"`+
		` shape-rendering="crispEdges"><title>%s</title><path fill="currentColor" d="`, &name, side, side, &name)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, x-from, x-from)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.Bytes(), nil
}

// asciiAddress writes an address in ASCII: the host as IDNA does, the rest
// percent-encoded.
func asciiAddress(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" || u.Hostname() == "" {
		return "", fmt.Errorf("%q is no address on the web", address)
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil {
		return "", fmt.Errorf("%q is no address on the web: %w", address, err)
	}
	u.Host = strings.Replace(u.Host, u.Hostname(), host, 1)
	var b strings.Builder
	for _, c := range []byte(u.String()) {
		if c <= ' ' || c > '~' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String(), nil
}
