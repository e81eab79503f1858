package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Base is somebody's own Word template: documents made on it have its styles, headers,
// footers and page. It may be used by several goroutines.
type Base struct {
	files   map[string][]byte
	styles  map[string]string // its ids of styles, by ours
	section []byte            // its page, with headers and footers
	Missing []string          // names of the styles that it lacks; ours are used
}

// Why a file cannot be a base.
var (
	ErrNoWord = errors.New("the file is no Word template")
	ErrMacros = errors.New("the template has macros")
)

const (
	maxBase     = 20 << 20 // bytes of a template, unpacked
	baseOffset  = 9000     // added to our lists' numbers, to keep clear of the template's
	mainPart    = "word/document.xml"
	stylesPart  = "word/styles.xml"
	numberPart  = "word/numbering.xml"
	typesPart   = "[Content_Types].xml"
	relsPart    = "word/_rels/document.xml.rels"
	numberEntry = `<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>`
)

var (
	styleElement = regexp.MustCompile(`(?s)<w:style [^>]*w:styleId="([^"]+)"[^>]*>.*?<w:name w:val="([^"]+)"/>.*?</w:style>`)
	lastSection  = regexp.MustCompile(`(?s)<w:sectPr(?: [^>]*)?>.*?</w:sectPr>`)
	protection   = regexp.MustCompile(`<w:documentProtection [^>]*/>`)
	styleUse     = regexp.MustCompile(`<w:(pStyle|rStyle|tblStyle|basedOn|next|link) w:val="([^"]+)"`)
	numberUse    = regexp.MustCompile(`<w:(numId|abstractNumId) w:val="(\d+)"|w:(numId|abstractNumId)="(\d+)"`)
	widthUse     = regexp.MustCompile(`<w:(tblW|gridCol|tcW) w:w="(\d+)"`)
	edgeTab      = []byte(fmt.Sprintf(`w:pos="%d"`, textWidth))
	pageWide     = regexp.MustCompile(`<w:pgSz [^>]*w:w="(\d+)"`)
	pageLeft     = regexp.MustCompile(`<w:pgMar [^>]*w:left="(\d+)"`)
	pageRight    = regexp.MustCompile(`<w:pgMar [^>]*w:right="(\d+)"`)
)

// standardStyles are those that a template is expected to have, by the names that Word gives
// them in its files.
var standardStyles = []string{"Normal", "heading 1", "heading 2", "Title"}

// ReadBase reads a .dotx, or a .docx.
func ReadBase(data []byte) (*Base, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrNoWord
	}
	b := &Base{files: map[string][]byte{}, styles: map[string]string{}}
	left := int64(maxBase)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, ErrNoWord
		}
		data, err := io.ReadAll(io.LimitReader(r, left+1))
		r.Close()
		left -= int64(len(data))
		if err != nil || left < 0 {
			return nil, ErrNoWord
		}
		b.files[f.Name] = data
	}
	types := string(b.files[typesPart])
	for name := range b.files {
		if strings.Contains(strings.ToLower(name), "vbaproject") || strings.Contains(types, "macroEnabled") {
			return nil, ErrMacros
		}
	}
	sections := lastSection.FindAll(b.files[mainPart], -1)
	if !strings.Contains(types, "wordprocessingml") || len(sections) == 0 || b.files[stylesPart] == nil || b.files[relsPart] == nil {
		return nil, ErrNoWord
	}
	b.section = sections[len(sections)-1]
	b.mapStyles()
	return b, nil
}

// mapStyles finds the template's styles that have the names of ours.
func (b *Base) mapStyles() {
	theirs := map[string]string{}
	for _, m := range styleElement.FindAllSubmatch(b.files[stylesPart], -1) {
		theirs[strings.ToLower(string(m[2]))] = string(m[1])
	}
	for _, m := range styleElement.FindAllSubmatch(fixedParts()["styles.xml"], -1) {
		if id := theirs[strings.ToLower(string(m[2]))]; id != "" {
			b.styles[string(m[1])] = id
		}
	}
	for _, name := range standardStyles {
		if theirs[strings.ToLower(name)] == "" {
			b.Missing = append(b.Missing, name)
		}
	}
}

// Document is a sheet as a Word document on the base.
func (b *Base) Document(s Sheet, id Identity) ([]byte, error) {
	s.Identity = id
	body := newBody(s)
	files := maps.Clone(b.files)
	document := lastSection.ReplaceAllLiteral(body.document().document(), b.section)
	files[mainPart] = b.fit(b.adapted(document))
	var own bytes.Buffer
	for _, m := range styleElement.FindAllSubmatch(fixedParts()["styles.xml"], -1) {
		if b.styles[string(m[1])] == "" {
			own.Write(bytes.Replace(m[0], []byte(` w:default="1"`), nil, 1))
		}
	}
	files[stylesPart] = bytes.Replace(files[stylesPart], []byte("</w:styles>"), append(b.fit(b.adapted(own.Bytes())), "</w:styles>"...), 1)
	files[numberPart] = b.numbering(numbering(body.lists).document())
	types := strings.NewReplacer("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml").
		Replace(string(files[typesPart]))
	rels := string(files[relsPart])
	if b.files[numberPart] == nil {
		types = strings.Replace(types, "</Types>", numberEntry+"</Types>", 1)
		rels = strings.Replace(rels, "</Relationships>",
			`<Relationship Id="rIdTal" Type="`+nsR+`/numbering" Target="numbering.xml"/></Relationships>`, 1)
	}
	files[typesPart], files[relsPart] = []byte(types), []byte(rels)
	if set := files["word/settings.xml"]; set != nil {
		files["word/settings.xml"] = protection.ReplaceAll(set, nil)
	}
	return pack(files)
}

// adapted has the template's ids of styles, and numbers of lists of its own.
func (b *Base) adapted(data []byte) []byte {
	data = styleUse.ReplaceAllFunc(data, func(m []byte) []byte {
		x := styleUse.FindSubmatch(m)
		if id := b.styles[string(x[2])]; id != "" {
			return fmt.Appendf(nil, `<w:%s w:val="%s"`, x[1], id)
		}
		return m
	})
	return numberUse.ReplaceAllFunc(data, func(m []byte) []byte {
		at := bytes.LastIndexByte(m[:len(m)-1], '"') + 1
		n, _ := strconv.Atoi(string(m[at : len(m)-1])) // it is digits
		return fmt.Appendf(nil, `%s%d"`, m[:at], n+baseOffset)
	})
}

// fit makes tables as wide as the template's page has room for.
func (b *Base) fit(data []byte) []byte {
	number := func(r *regexp.Regexp) int {
		if m := r.FindSubmatch(b.section); m != nil {
			n, _ := strconv.Atoi(string(m[1])) // it is digits
			return n
		}
		return 0
	}
	wide := number(pageWide) - number(pageLeft) - number(pageRight)
	if wide <= 0 {
		return data
	}
	data = bytes.ReplaceAll(data, edgeTab, fmt.Appendf(nil, `w:pos="%d"`, wide))
	return widthUse.ReplaceAllFunc(data, func(m []byte) []byte {
		x := widthUse.FindSubmatch(m)
		n, _ := strconv.Atoi(string(x[2])) // it is digits
		return fmt.Appendf(nil, `<w:%s w:w="%d"`, x[1], n*wide/textWidth)
	})
}

// numbering is ours among the template's: abstract lists come before lists.
func (b *Base) numbering(ours []byte) []byte {
	ours = b.adapted(ours)
	theirs := b.files[numberPart]
	end := bytes.LastIndex(theirs, []byte("</w:numbering>"))
	from := bytes.Index(ours, []byte("<w:abstractNum "))
	lists := bytes.Index(ours, []byte("<w:num "))
	if end < 0 {
		return ours
	}
	first := bytes.Index(theirs, []byte("<w:num "))
	if first < 0 {
		first = end
	}
	return slices.Concat(theirs[:first], ours[from:lists], theirs[first:end], ours[lists:])
}

// pack writes a package; the types come first.
func pack(files map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, "/") {
			continue
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(files[name])
		}
		if err != nil {
			return nil, fmt.Errorf("packing a DOCX: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("packing a DOCX: %w", err)
	}
	return out.Bytes(), nil
}
