package render

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// rgb is a colour, each part from 0 to 1.
type rgb struct{ r, g, b float64 }

// The papers that text stands on, as haandbog.css has them.
var (
	white = rgb{1, 1, 1}
	night = rgb{0x16 / 255.0, 0x1d / 255.0, 0x20 / 255.0}
)

const (
	textContrast = 4.5 // WCAG 2.2, success criterion 1.4.3
	softContrast = 5.5 // what an accent is lifted to on the papers, so that it also holds on tinted surfaces
)

// accent is a municipality's colour as it is used on light and dark pages.
type accent struct{ light, dark string }

// accentOf makes a colour safe to read: darkened on white and lightened on the
// dark paper until the contrast suffices. A good colour stays as it is on
// white.
func accentOf(hex string) (accent, error) {
	c, err := parseColour(hex)
	if err != nil {
		return accent{}, err
	}
	return accent{light: c.toward(0, white, softContrast).String(), dark: c.toward(1, night, softContrast+1).String()}, nil
}

// Contrast is the contrast ratio of a colour, written #rgb or #rrggbb, with
// white text, from 1 to 21. When it is under 4.5, suggestion is the nearest
// darker colour of the same hue that reaches it; else it is "".
func Contrast(hex string) (ratio float64, suggestion string, err error) {
	c, err := parseColour(hex)
	if err != nil {
		return 0, "", err
	}
	ratio = c.contrast(white)
	if ratio < textContrast {
		suggestion = c.toward(0, white, textContrast).String()
	}
	return ratio, suggestion, nil
}

func parseColour(s string) (rgb, error) {
	digits, ok := strings.CutPrefix(s, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if !ok || len(digits) != 6 || err != nil {
		return rgb{}, fmt.Errorf("%q er ingen farve; skriv den som #005a3c", s)
	}
	part := func(shift uint) float64 { return float64(n>>shift&0xff) / 255 }
	return rgb{part(16), part(8), part(0)}, nil
}

func (c rgb) String() string {
	part := func(v float64) int { return int(math.Round(v * 255)) }
	return fmt.Sprintf("#%02x%02x%02x", part(c.r), part(c.g), part(c.b))
}

// luminance and contrast are WCAG 2.2's relative luminance and contrast ratio.
func (c rgb) luminance() float64 {
	linear := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.r) + 0.7152*linear(c.g) + 0.0722*linear(c.b)
}

func (c rgb) contrast(o rgb) float64 {
	a, b := c.luminance(), o.luminance()
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// toward moves a colour's lightness toward 0 or 1, in steps of a half per cent,
// until its contrast with paper is at least ratio. Hue and saturation stay.
func (c rgb) toward(end float64, paper rgb, ratio float64) rgb {
	hue, saturation, lightness := c.hsl()
	for step := 0.0; ; step += 0.005 {
		l := lightness - step
		if end == 1 {
			l = lightness + step
		}
		l = min(max(l, 0), 1)
		if got := rounded(fromHSL(hue, saturation, l)); got.contrast(paper) >= ratio || l == end {
			return got
		}
	}
}

// rounded is the colour that the hex form names.
func rounded(c rgb) rgb {
	r := func(v float64) float64 { return math.Round(v*255) / 255 }
	return rgb{r(c.r), r(c.g), r(c.b)}
}

func (c rgb) hsl() (h, s, l float64) {
	high, low := max(c.r, c.g, c.b), min(c.r, c.g, c.b)
	l = (high + low) / 2
	d := high - low
	if d == 0 {
		return 0, 0, l
	}
	s = d / (1 - math.Abs(2*l-1))
	switch high {
	case c.r:
		h = math.Mod((c.g-c.b)/d+6, 6)
	case c.g:
		h = (c.b-c.r)/d + 2
	default:
		h = (c.r-c.g)/d + 4
	}
	return h, s, l
}

func fromHSL(h, s, l float64) rgb {
	chroma := (1 - math.Abs(2*l-1)) * s
	x := chroma * (1 - math.Abs(math.Mod(h, 2)-1))
	base := l - chroma/2
	parts := [6]rgb{{chroma, x, 0}, {x, chroma, 0}, {0, chroma, x}, {0, x, chroma}, {x, 0, chroma},
		{chroma, 0, x}}[int(h)%6]
	return rgb{parts.r + base, parts.g + base, parts.b + base}
}
