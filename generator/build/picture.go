package build

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"path"
	"regexp"
	"strings"

	"modelhaandbog/generator/diag"
)

// maxPixels bounds what is decoded: 40 million points are a photograph from a phone.
const maxPixels = 40_000_000

// checkPicture opens a picture of content/ and reports why it can't be published. WebP,
// which the standard library can't decode, is told by its first bytes only.
func checkPicture(name string, data []byte) []diag.Diag {
	var message, help string
	switch ext := strings.ToLower(path.Ext(name)); {
	case len(data) == 0:
		message, help = "billedet er tomt", "Læg filen i mappen igen, eller slet den."
	case ext == ".svg":
		message, help = svgFault(data)
	case ext == ".webp":
		if len(data) < 16 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
			message, help = "filen er ikke et WebP-billede", "Gem billedet igen som PNG eller JPEG."
		}
	default:
		message, help = pixelFault(ext, data)
	}
	if message == "" {
		return nil
	}
	return []diag.Diag{{Severity: diag.Error, Code: "billede", Pos: diag.Pos{File: name}, Message: message, Help: help}}
}

func pixelFault(ext string, data []byte) (message, help string) {
	size, format, err := image.DecodeConfig(bytes.NewReader(data))
	wanted := map[string]string{".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif"}[ext]
	switch {
	case err != nil:
		return "filen er ikke et billede, eller den er i stykker", "Gem billedet igen som PNG eller JPEG."
	case format != wanted:
		return fmt.Sprintf("filen ender på %s, men er et %s-billede", ext, strings.ToUpper(format)),
			"Giv filen endelsen ." + format + ", også hvor den bruges."
	case size.Width < 1 || size.Height < 1 || size.Width > maxPixels/size.Height:
		return fmt.Sprintf("billedet er for stort: %d × %d punkter", size.Width, size.Height),
			"Gem det mindre, højst 4000 punkter bredt og højt."
	}
	if _, _, err := image.Decode(bytes.NewReader(data)); err != nil {
		return "billedet er skåret over eller i stykker", "Hent eller gem billedet igen."
	}
	return "", ""
}

const svgSpace = "http://www.w3.org/2000/svg"

// What an SVG may hold: shapes, text, paint and filters. Nothing in it can act or load.
var (
	svgElements = setOf("svg g path rect circle ellipse line polyline polygon text tspan textPath title desc defs use " +
		"symbol switch image marker view linearGradient radialGradient stop clipPath mask pattern metadata style filter " +
		"feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap " +
		"feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode " +
		"feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence")
	svgAttributes = setOf("id class style type d x y z x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy width height viewBox points " +
		"transform fill stroke opacity offset version baseProfile role lang space color display visibility overflow href " +
		"preserveAspectRatio gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits " +
		"patternUnits patternContentUnits patternTransform pathLength rotate textLength lengthAdjust enable-background " +
		"filter filterUnits primitiveUnits in in2 result stdDeviation mode values operator k1 k2 k3 k4 order kernelMatrix " +
		"divisor bias targetX targetY edgeMode surfaceScale diffuseConstant specularConstant specularExponent azimuth " +
		"elevation scale xChannelSelector yChannelSelector tableValues slope intercept amplitude exponent radius " +
		"baseFrequency numOctaves seed stitchTiles marker orient refX refY markerWidth markerHeight markerUnits " +
		"startOffset method spacing cursor direction contentScriptType contentStyleType x-height")
	svgPaint = regexp.MustCompile(`^(fill|stroke|stop|font|text|clip|mask|letter|word|paint|shape|color|aria|data|vector|` +
		`dominant|alignment|baseline|flood|lighting|marker|image|solid|white|writing|mix)-[a-z-]+$|` +
		`^(clip|mask|font|isolation)$`)
	svgOutside = regexp.MustCompile(`(?i)url\(\s*["']?\s*[^#"'\s]|@|\\|expression|javascript:|src\s*\(|image-set`)
	svgPixels  = regexp.MustCompile(`^data:image/(?:png|jpe?g|gif);base64,[A-Za-z0-9+/=\s]*$`)

	// What drawing programs note for themselves is in these namespaces; browsers ignore it.
	svgNotes = regexp.MustCompile(`^http://(?:www\.inkscape\.org/|[a-z]+\.sourceforge\.net/DTD/sodipodi|purl\.org/dc/|` +
		`creativecommons\.org/ns#|web\.resource\.org/cc/|www\.w3\.org/1999/02/22-rdf-syntax-ns#|ns\.adobe\.com/|` +
		`www\.serif\.com/|www\.bohemiancoding\.com/sketch/)`)
	computerPath = regexp.MustCompile(`^(?:file:|~?/|[A-Za-z]:[\\/]|\\\\)`)
)

func svgFault(data []byte) (message, help string) {
	const again = "Gem billedet igen uden script og henvisninger: i Inkscape »Gem som: Almindelig SVG«, i Illustrator " +
		"og Figma »Eksportér som: SVG«."
	d := xml.NewDecoder(bytes.NewReader(data))
	depth, roots, style := 0, 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := d.InputPos()
		if err != nil {
			return fmt.Sprintf("SVG-filen er i stykker i linje %d", line), again
		}
		switch t := token.(type) {
		case xml.Directive:
			if !regexp.MustCompile(`(?i)^DOCTYPE\s+svg\s+PUBLIC\s+"[^"\[]*"\s+"[^"\[]*"$`).Match(bytes.TrimSpace(t)) {
				return fmt.Sprintf("SVG-filen har en erklæring i linje %d, som ikke er tilladt", line), again
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				return fmt.Sprintf("SVG-filen henter noget i linje %d: <?%s …?>", line, t.Target), again
			}
		case xml.StartElement:
			if depth == 0 {
				if roots++; roots > 1 || t.Name.Local != "svg" {
					return "filen er ikke et SVG-billede", again
				}
			}
			depth++
			note := svgNotes.MatchString(t.Name.Space)
			if !note && (t.Name.Space != svgSpace || !svgElements[t.Name.Local]) {
				return fmt.Sprintf("SVG-filen har <%s> i linje %d, som ikke er tilladt", t.Name.Local, line), again
			}
			if t.Name.Local == "style" {
				style++
			}
			for _, a := range t.Attr {
				noted := note || svgNotes.MatchString(a.Name.Space)
				if noted && computerPath.MatchString(a.Value) {
					return fmt.Sprintf("SVG-filen viser en sti på en computer i linje %d: %s=\"…\"", line,
						a.Name.Local), again
				}
				if !noted && !svgAllows(t.Name.Local, a) {
					return fmt.Sprintf("SVG-filen har %s=\"…\" i linje %d, som ikke er tilladt", a.Name.Local, line), again
				}
			}
		case xml.EndElement:
			if depth--; t.Name.Local == "style" {
				style--
			}
		case xml.CharData:
			if style > 0 && svgOutside.Match(t) {
				return fmt.Sprintf("SVG-filen henter noget udefra i linje %d", line), again
			}
		}
	}
	if roots == 0 {
		return "filen er ikke et SVG-billede", again
	}
	return "", ""
}

func svgAllows(element string, a xml.Attr) bool {
	name := a.Name.Local
	switch {
	case a.Name.Space == "xmlns" || name == "xmlns":
		return true
	case name == "href":
		return strings.HasPrefix(a.Value, "#") || element == "image" && svgPixels.MatchString(a.Value)
	case a.Name.Space == "http://www.w3.org/1999/xlink":
		return name == "type" || name == "show" || name == "actuate" || name == "title"
	case !svgAttributes[name] && !svgPaint.MatchString(name):
		return false
	}
	return !svgOutside.MatchString(a.Value)
}

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
