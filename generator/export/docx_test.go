package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/needs"
)

// said is plain text.
func said(s string) []Run { return []Run{{Text: s}} }

// logo is a PNG of so many points.
func logo(wide, high int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, wide, high))); err != nil {
		panic(err) // a bytes.Buffer does not fail
	}
	return b.Bytes()
}

// meeting is the sheet for a follow-up meeting, with one part of each kind.
func meeting() Sheet {
	return Sheet{
		Title:    "Opfølgningsmøde",
		Subtitle: "Hver tredje måned: Hvad har vi nået, og hvad gør vi nu?",
		Model:    "Læringsmiljømodellen",
		Identity: Identity{
			Owner: "Eksempel Kommune", Release: "2. udgave", ReleaseDate: "2026-08-01", DateText: "1. august 2026",
			Address: "https://haandbog.example.dk/laeringsmiljoe/moeder/opfoelgning.html",
		},
		Parts: []Part{
			Facts{[]Fact{{"Formål", said("At følge barnets læring og trivsel og aftale de næste skridt.")}, {"Indkaldes af", said("Læringsvejlederen")}, {"Varighed", []Run{{Text: "60 minutter  "}, {Text: "Anbefaling", Force: "anbefaling"}, {Text: "\nKilde: Håndbogen, s. 12", Quiet: true}}}, {"Deltagere", said("Barnet, plejeforældre, lærer, læringsvejleder, rådgiver")}}},
			Note{"Husk", []Run{{Text: "Referatet "}, {Text: "journaliseres", Italic: true}, {Text: " – det gemmes ikke i håndbogen. Se "}, {Text: "vejledningen", Quiet: true}, {Text: "."}}},
			Heading{1, "Før mødet"},
			Checklist{[]Item{
				{Text: "Barnet har haft mulighed for at sige, hvad mødet skal handle om.", Who: "Læringsvejleder", When: "Senest en uge før", Force: book.Badge{Kind: "krav", Text: "Krav"}, Source: "Håndbogen, s. 12"},
				{Text: "Alle har fået dagsordenen og de seneste mål, så der er tid til at læse dem igennem og spørge, hvis noget er uklart.", Who: "Læringsvejleder", Force: book.Badge{Kind: "anbefaling", Text: "Anbefaling"}, Source: "Håndbogen, s. 14"},
				{Text: "Lokalet er et, som barnet kender.", Force: book.Badge{Kind: "eksempel", Text: "Eksempel"}, Source: "Håndbogen, s. 14", Derived: "Udledt"},
				{Text: "Aftalen står i kommunens kalender.", Who: "Rådgiver", Local: true},
			}},
			Heading{1, "Dagsorden"},
			Numbered{[]Item{
				{Text: "Velkomst, og hvad vi skal nå", Minutes: 5},
				{Text: "Barnets egen fortælling", Detail: "Barnet begynder. De voksne lytter og stiller spørgsmål bagefter.", Minutes: 20, Force: book.Badge{Kind: "krav", Text: "Krav"}},
				{Text: "Status på målene: Hvad er lykkedes, hvad har været svært, og hvad har vi lært af det?", Minutes: 25},
				{Text: "Næste skridt", Minutes: 10},
			}},
			Heading{2, "Hvis tiden er knap"},
			Numbered{[]Item{{Text: "Barnets fortælling"}, {Text: "Næste skridt"}}},
			Heading{1, "Beslutninger"},
			Table{Caption: "Beslutninger fra mødet", Head: []string{"Hvad", "Hvem", "Hvornår"}, EmptyRows: 5},
			Heading{2, "Andre planer"},
			Bullets{[]Item{{Text: "Barnets plan", Source: "Barnets lov § 91"}, {Text: "Elevplan"}}},
			Table{Head: []string{"Deltager", "Rolle i mødet"}, Rows: [][]string{{"Barnet", "Deltager i hele mødet"}, {"Skoleleder"}}},
			PageBreak{},
			Heading{1, "Efter mødet"},
			Paragraph{[]Run{{Text: "Skriv kort, hvad I har aftalt. <Ingen & navne>"}}},
			Lines{"Næste møde", 1},
			Lines{"Hvad skal vi huske til næste gang?", 5},
		},
	}
}

func docx(t *testing.T, s Sheet) []byte {
	t.Helper()
	made, err := NewTemplate(s)
	if err != nil {
		t.Fatal(err)
	}
	return made.Append(nil, s.Identity)
}

// unzip returns the files of a package, and their names in order.
func unzip(t *testing.T, data []byte) (map[string][]byte, []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files, names := map[string][]byte{}, []string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		names = append(names, f.Name)
	}
	return files, names
}

func TestDOCXIsDeterministic(t *testing.T) {
	first := docx(t, meeting())
	if !bytes.Equal(first, docx(t, meeting())) {
		t.Error("the same sheet gave other bytes")
	}
	other := meeting()
	other.Release = "3. udgave"
	if bytes.Equal(first, docx(t, other)) {
		t.Error("another edition gave the same bytes")
	}
}

func TestDOCXText(t *testing.T) {
	files, _ := unzip(t, docx(t, meeting()))
	doc := string(files["word/document.xml"])
	for _, want := range []string{
		`<w:pStyle w:val="Titel"/></w:pPr><w:r><w:t xml:space="preserve">Opfølgningsmøde</w:t>`,
		`<w:pStyle w:val="Overskrift1"/></w:pPr><w:r><w:t xml:space="preserve">Før mødet</w:t>`,
		`<w:pStyle w:val="Overskrift1"/><w:pageBreakBefore/></w:pPr><w:r><w:t xml:space="preserve">Efter mødet</w:t>`,
		`<w14:checkbox><w14:checked w14:val="0"/>`,
		`<w:tblHeader/>`,
		`&lt;Ingen &amp; navne&gt;`,
		`Kilde: Håndbogen, s. 14`,
		"\u00a0Krav\u00a0", "\u00a0Anbefaling\u00a0", "\u00a0Eksempel\u00a0", "\u00a0Lokalt\u00a0",
		"60\u00a0min.",
	} {
		if !strings.Contains(doc, want) {
			t.Errorf("document lacks %s", want)
		}
	}
	if n := strings.Count(doc, "<w14:checkbox>"); n != 4 {
		t.Errorf("%d boxes, want 4", n)
	}
	for _, want := range []string{`w:numId w:val="2"`, `w:numId w:val="3"`} {
		if !strings.Contains(doc, want) {
			t.Errorf("each numbered list must have its own series; document lacks %s", want)
		}
	}
	if n := strings.Count(string(files["word/numbering.xml"]), `<w:startOverride w:val="1"/>`); n != 2 {
		t.Errorf("%d lists restart, want 2", n)
	}
	for file, want := range map[string]string{
		"word/footer1.xml":  "Læringsmiljømodellen · 2. udgave · 1. august 2026",
		"word/header1.xml":  "Eksempel Kommune",
		"word/styles.xml":   `<w:lang w:val="da-DK"`,
		"docProps/core.xml": "2026-08-01T00:00:00Z</dcterms:created>",
	} {
		if !strings.Contains(string(files[file]), want) {
			t.Errorf("%s lacks %s", file, want)
		}
	}
}

// TestDOCXPackage follows every relationship and asks every part for its type.
func TestDOCXPackage(t *testing.T) {
	with := meeting()
	with.Logo = logo(60, 20)
	for _, s := range []Sheet{meeting(), with} {
		checkPackage(t, s)
	}
}

// checkPackage looks for files that nothing refers to, references to files that
// are missing, and files that have no type.
func checkPackage(t *testing.T, s Sheet) {
	t.Helper()
	files, names := unzip(t, docx(t, s))
	if names[0] != "[Content_Types].xml" {
		t.Errorf("the package begins with %s", names[0])
	}
	var types struct {
		Default []struct {
			Extension string `xml:",attr"`
		}
		Override []struct {
			PartName    string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
	}
	mustXML(t, files["[Content_Types].xml"], &types)
	typed := map[string]bool{}
	for _, d := range types.Default {
		for _, name := range names {
			if d.Extension == "png" && strings.HasSuffix(name, ".png") {
				typed[name] = true
			}
		}
	}
	for _, o := range types.Override {
		typed[strings.TrimPrefix(o.PartName, "/")] = true
		if files[strings.TrimPrefix(o.PartName, "/")] == nil {
			t.Errorf("content type for %s, which is missing", o.PartName)
		}
	}
	reached := map[string]bool{}
	for _, name := range names {
		if !strings.HasSuffix(name, ".rels") {
			if !typed[name] && name != "[Content_Types].xml" {
				t.Errorf("%s has no content type", name)
			}
			continue
		}
		for _, target := range checkRels(t, files, name) {
			reached[target] = true
		}
	}
	for _, name := range names {
		if typed[name] && !reached[name] {
			t.Errorf("nothing refers to %s", name)
		}
	}
}

// checkRels returns the parts that a relationships file refers to, and checks
// that the ids used in its source are declared there.
func checkRels(t *testing.T, files map[string][]byte, name string) (targets []string) {
	t.Helper()
	dir, base := path.Split(name)
	source := path.Join(dir, "..", strings.TrimSuffix(base, ".rels"))
	var rels struct {
		Relationship []struct {
			Id         string `xml:",attr"`
			Type       string `xml:",attr"`
			Target     string `xml:",attr"`
			TargetMode string `xml:",attr"`
		}
	}
	mustXML(t, files[name], &rels)
	ids := map[string]string{}
	for _, r := range rels.Relationship {
		if ids[r.Id] != "" {
			t.Errorf("%s: %s twice", name, r.Id)
		}
		ids[r.Id] = r.Type
		if r.TargetMode == "External" {
			continue
		}
		target := path.Join(dir, "..", r.Target)
		if files[target] == nil {
			t.Errorf("%s: %s → %s, which is missing", name, r.Id, target)
		}
		targets = append(targets, target)
	}
	for _, e := range elements(t, files[source]) {
		for _, a := range e.attrs {
			if a.Name.Space != nsR {
				continue
			}
			kind := map[string]string{"headerReference": "/header", "footerReference": "/footer", "hyperlink": "/hyperlink", "blip": "/image"}[e.name]
			if kind == "" || !strings.HasSuffix(ids[a.Value], kind) {
				t.Errorf("%s: <%s r:id=%q> leads to %q", source, e.name, a.Value, ids[a.Value])
			}
		}
	}
	return targets
}

func mustXML(t *testing.T, data []byte, into any) {
	t.Helper()
	if err := xml.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// element is a start tag: its local name, its parent's and its children's.
type element struct {
	name, parent string
	attrs        []xml.Attr
	kids         []string
}

// elements reads a file in document order and fails when it is not well formed.
func elements(t *testing.T, data []byte) []*element {
	t.Helper()
	var all, open []*element
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("%v in %.80s", err, data)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			e := &element{name: tok.Name.Local, attrs: tok.Attr}
			if len(open) > 0 {
				e.parent = open[len(open)-1].name
				open[len(open)-1].kids = append(open[len(open)-1].kids, e.name)
			}
			all, open = append(all, e), append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

// sequences are the children of the elements that this writer uses, in the
// order that ISO/IEC 29500-1 annex A (wml.xsd, as transitional in part 4) asks
// for. Word refuses a document that breaks it. A star marks what may repeat.
var sequences = map[string]string{
	"document":    "background body",
	"pPr":         "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
	"rPr":         "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
	"numPr":       "ilvl numId",
	"pBdr":        "top left bottom right between bar",
	"tabs":        "tab*",
	"tbl":         "tblPr tblGrid tr*",
	"tblPr":       "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
	"tblBorders":  "top left bottom right insideH insideV",
	"tblCellMar":  "top left bottom right",
	"tblGrid":     "gridCol*",
	"tr":          "tblPrEx trPr tc*",
	"tcPr":        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
	"tc":          "tcPr p*",
	"sdt":         "sdtPr sdtEndPr sdtContent",
	"sdtPr":       "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex text checkbox",
	"checkbox":    "checked checkedState uncheckedState",
	"sectPr":      "headerReference* footerReference* footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
	"styles":      "docDefaults latentStyles style*",
	"docDefaults": "rPrDefault pPrDefault",
	"style":       "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
	"numbering":   "numPicBullet* abstractNum* num* numIdMacAtCleanup",
	"abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl*",
	"lvl":         "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
	"num":         "abstractNumId lvlOverride*",
	"lvlOverride": "startOverride lvl",
	"settings":    "writeProtection view zoom removePersonalInformation defaultTabStop characterSpacingControl compat docVars rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator",
	"compat":      "compatSetting*",
	"fonts":       "font*",
	"font":        "altName panose1 charset family notTrueType pitch sig",

	// DrawingML: dml-wordprocessingDrawing.xsd, dml-picture.xsd, dml-main.xsd.
	"drawing":     "inline",
	"inline":      "extent effectExtent docPr cNvGraphicFramePr graphic",
	"graphic":     "graphicData",
	"graphicData": "pic",
	"pic":         "nvPicPr blipFill spPr",
	"nvPicPr":     "cNvPr cNvPicPr",
	"blipFill":    "blip srcRect stretch",
	"stretch":     "fillRect",
	"spPr":        "xfrm prstGeom",
	"xfrm":        "off ext",
	"prstGeom":    "avLst",
}

// unordered elements take their children in any order, or have none.
const unordered = " body p r hdr ftr trPr sdtContent hyperlink rPrDefault pPrDefault "

// checkOrder returns what the schema's sequences object to in a part.
func checkOrder(all []*element) (wrong []string) {
	for _, e := range all {
		seq, known := sequences[e.name]
		if !known {
			if len(e.kids) > 0 && !strings.Contains(unordered, " "+e.name+" ") {
				wrong = append(wrong, fmt.Sprintf("no rule for the children of %s", e.name))
			}
			continue
		}
		allowed, at := strings.Fields(seq), 0
		for _, kid := range e.kids {
			i := slices.IndexFunc(allowed, func(a string) bool { return strings.TrimSuffix(a, "*") == kid })
			switch {
			case i < 0:
				wrong = append(wrong, fmt.Sprintf("%s may not hold %s", e.name, kid))
			case i+1 < at || i+1 == at && !strings.HasSuffix(allowed[i], "*"):
				wrong = append(wrong, fmt.Sprintf("%s: %s is out of order in %v", e.name, kid, e.kids))
			default:
				at = i + 1
			}
		}
		if e.name == "tc" && (len(e.kids) == 0 || e.kids[len(e.kids)-1] != "p") {
			wrong = append(wrong, "a cell must end with a paragraph")
		}
	}
	return wrong
}

func TestDOCXSchemaOrder(t *testing.T) {
	logoed := meeting()
	logoed.Logo = logo(60, 20)
	held := Sheet{Title: "Holdt", Scale: 140, Lines: 2, Parts: []Part{
		Attendance{[]Fact{{"Er altid med", []Run{{Text: "Lærer"}, {Text: "\n"}, {Text: "Leder"}, {Text: "2", Raised: true}}}}},
		Numbered{[]Item{{Text: "Status", Room: 3, Noted: "1, 2", Minutes: 5}, {Text: "Aftaler", Room: 3}}}}}
	for _, s := range []Sheet{meeting(), logoed, held, {Title: "Tom"}, {Title: "Skift", Parts: []Part{PageBreak{}, Table{Head: []string{"a"}, EmptyRows: 1}, PageBreak{}, Checklist{[]Item{{Text: "x"}, {Text: "y"}}}, PageBreak{}}}} {
		files, names := unzip(t, docx(t, s))
		for _, name := range names {
			if strings.HasSuffix(name, ".png") {
				continue
			}
			all := elements(t, files[name])
			if !strings.HasPrefix(name, "word/") || strings.HasSuffix(name, ".rels") {
				continue
			}
			for _, w := range checkOrder(all) {
				t.Errorf("%s of %q: %s", name, s.Title, w)
			}
		}
		checkIdentities(t, files)
	}
}

// Whatever an author writes, the package is one that Word reads.
func FuzzDOCX(f *testing.F) {
	f.Add("Læring & trivsel\nny linje", "2026-08-01", 3)
	f.Add("\x00\x0b<w:p>]]>\ufffe", "2026-13-99", -1)
	f.Add("", "", 0)
	f.Fuzz(func(t *testing.T, s, date string, n int) {
		n = min(n, 50)
		item := Item{Text: s, Detail: s, Minutes: n, Who: s, When: s, Force: book.Badge{Kind: s, Text: s}, Source: s, Local: true, Derived: s}
		files, names := unzip(t, docx(t, Sheet{
			Title: s, Subtitle: s, Model: s, Identity: Identity{Owner: s, Release: s, ReleaseDate: date, Address: s},
			Parts: []Part{Heading{n, s}, Note{s, []Run{{Text: s, Quiet: true}, {Text: s, Force: s}}}, Checklist{[]Item{item}}, PageBreak{},
				Numbered{[]Item{item, item}}, Bullets{[]Item{item}}, Table{s, []string{s, s}, [][]string{{s}, {s, s, s}}, n, []Item{item}}, Lines{s, n}, Facts{[]Fact{{s, said(s)}}}},
		}))
		for _, name := range names {
			all := elements(t, files[name])
			if strings.HasPrefix(name, "word/") && !strings.HasSuffix(name, ".rels") {
				for _, w := range checkOrder(all) {
					t.Errorf("%s: %s", name, w)
				}
			}
		}
	})
}

// The checker itself must be able to say no.
func TestSchemaOrderCheckerObjects(t *testing.T) {
	for _, bad := range []string{
		`<pPr><spacing/><keepNext/></pPr>`, `<rPr><b/><b/></rPr>`, `<tblPr><tblLook/><tblW/></tblPr>`,
		`<tc><tcPr/></tc>`, `<sdtPr><text/><id/></sdtPr>`, `<pPr><b/></pPr>`, `<odd><b/></odd>`,
	} {
		if checkOrder(elements(t, []byte(bad))) == nil {
			t.Errorf("nothing said about %s", bad)
		}
	}
	if w := checkOrder(elements(t, []byte(`<tabs><tab/><tab/></tabs>`))); w != nil {
		t.Error(w)
	}
}

// checkIdentities looks for styles and lists that are used but not declared,
// and for content controls that share an id.
func checkIdentities(t *testing.T, files map[string][]byte) {
	t.Helper()
	attr := func(e *element, name string) string {
		for _, a := range e.attrs {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	declared := map[string]bool{"num 0": true}
	for _, e := range elements(t, files["word/styles.xml"]) {
		if e.name == "style" {
			declared["style "+attr(e, "styleId")] = true
		}
	}
	for _, e := range elements(t, files["word/numbering.xml"]) {
		if e.name == "num" {
			declared["num "+attr(e, "numId")] = true
		}
	}
	ids := map[string]bool{}
	for _, part := range []string{"word/document.xml", "word/styles.xml", "word/header1.xml", "word/footer1.xml"} {
		for _, e := range elements(t, files[part]) {
			switch e.name {
			case "pStyle", "rStyle", "tblStyle", "basedOn", "next":
				if !declared["style "+attr(e, "val")] {
					t.Errorf("%s: style %s is not declared", part, attr(e, "val"))
				}
			case "numId":
				if !declared["num "+attr(e, "val")] {
					t.Errorf("%s: list %s is not declared", part, attr(e, "val"))
				}
			case "id":
				if ids[attr(e, "val")] {
					t.Errorf("content control %s twice", attr(e, "val"))
				}
				ids[attr(e, "val")] = true
			}
		}
	}
}

func TestDOCXOpensInLibreOffice(t *testing.T) {
	soffice, pdftotext, pdfimages := needs.Program(t, "soffice"), needs.Program(t, "pdftotext"), needs.Program(t, "pdfimages")
	dir := t.TempDir()
	if keep := os.Getenv("EXPORT_KEEP"); keep != "" {
		dir = keep // to look at the result
	}
	file := filepath.Join(dir, "moede.docx")
	s := meeting()
	s.Logo = logo(60, 20)
	if err := os.WriteFile(file, docx(t, s), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "pdf", "--outdir", dir, file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.CommandContext(t.Context(), pdftotext, "-layout", filepath.Join(dir, "moede.pdf"), "-").CombinedOutput()
	if err != nil {
		t.Fatalf("reading the text back: %v\n%s", err, out)
	}
	if out, err := exec.CommandContext(t.Context(), pdfimages, "-list", filepath.Join(dir, "moede.pdf")).CombinedOutput(); err != nil || !strings.Contains(string(out), " 60    20 ") {
		t.Errorf("LibreOffice shows no logo: %v\n%s", err, out)
	}
	got := strings.Join(strings.Fields(string(out)), " ")
	for _, want := range []string{
		"Eksempel Kommune Opfølgningsmøde Hver tredje måned", "☐ Barnet har haft mulighed", "Krav", "Hvad Hvem Hvornår",
		"Punkt Tid 1. Velkomst, og hvad vi skal nå 5 min.", "1. Barnets fortælling", "I alt 60 min.", "<Ingen & navne>",
		"Læringsmiljømodellen · 2. udgave · 1. august 2026 Side 1 af 3",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("LibreOffice's PDF lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
}
