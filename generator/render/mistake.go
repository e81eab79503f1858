package render

import (
	"errors"
	"fmt"
	"html/template"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
)

// A mistake in a layout is told by html/template in English and in terms of Go.
// This file tells it to a layout's author: what was seen, what there is.

var (
	// Errors of text/template and html/template begin with where they are:
	// "template: blok/liste:3:7: …" or "html/template:side:12: …".
	located   = regexp.MustCompile(`template: ?([^\s:]+):(\d+)(?::(\d+))?: (?s)(.*)`)
	place3    = regexp.MustCompile(`^(.*):(\d+):(\d+)$`)
	executing = regexp.MustCompile(`^executing "[^"]*" at <(?s:.*?)>: `)
	goType    = regexp.MustCompile(`(?:\*|\[\])*(?:render|book|template|guide|diag)\.\w+|interface \{\}|struct \{[^}]*\}`)
)

// problem makes a diagnostic of a template's error, with its place in the
// layout that it arose in. An embedded layout is never wrong, but may be given
// what it is not for: that is a mistake of the site's own layout that calls it.
func (s *layoutSet) problem(name string, err error) diag.Diag {
	message := err.Error()
	var line, col int
	if m := located.FindStringSubmatch(message); m != nil {
		name, message = m[1], m[4]
		line, _ = strconv.Atoi(m[2])
		col, _ = strconv.Atoi(m[3])
	}
	var escaping *template.Error
	if errors.As(err, &escaping) && escaping.Line == 0 {
		name, _, _ = strings.Cut(escaping.Name, "$") // what follows is html/template's
		if t := s.set.Lookup(escaping.Name); t != nil && t.Tree != nil && escaping.Node != nil {
			where, _ := t.Tree.ErrorContext(escaping.Node)
			if m := place3.FindStringSubmatch(where); m != nil {
				name = m[1]
				line, _ = strconv.Atoi(m[2])
				col, _ = strconv.Atoi(m[3])
			}
		}
	}
	told := s.inDanish(executing.ReplaceAllString(message, ""))
	if l, known := s.texts[name]; known && !l.own {
		if caller, at := s.caller(name, map[string]bool{}); caller != "" {
			told = mistake{seen: `"` + name + `"`, text: fmt.Sprintf("layoutet %q får ikke det, det skal have: %s", name,
				told.text),
				help: fmt.Sprintf("Øverst i det medfølgende %s står, hvad det skal have.", l.file())}
			name, line, col = caller, 1+strings.Count(s.texts[caller].text[:at], "\n"), 0
		}
	}
	l, known := s.texts[name]
	if !known {
		l = layout{name: name}
	}
	if line == 0 { // HTML has no place: it is where the words are, or where the layout ends
		before := strings.TrimRight(l.text, " \t\r\n")
		if i := strings.Index(l.text, told.seen); told.seen != "" && i >= 0 {
			before = l.text[:i]
		}
		line, col = 1+strings.Count(before, "\n"), len(before)-1-strings.LastIndex(before, "\n")
	}
	d := diag.Diag{Severity: diag.Error, Code: "layout", Pos: diag.Pos{File: l.file(), Line: line}, Message: told.text,
		Help: told.help}
	d.Pos.Col, d.Width = column(l.text, line, col, told.seen)
	return d
}

// caller finds the site's own layout that includes another, by itself or
// through embedded ones, and where in its text.
func (s *layoutSet) caller(name string, asked map[string]bool) (string, int) {
	asked[name] = true
	var through []string
	for _, by := range slices.Sorted(maps.Keys(s.texts)) {
		l := s.texts[by]
		for _, m := range includes.FindAllStringSubmatchIndex(l.text, -1) {
			switch {
			case l.text[m[2]:m[3]] != name:
			case l.own:
				return by, m[0]
			case !asked[by]:
				through = append(through, by)
			}
		}
	}
	for _, by := range through {
		if own, at := s.caller(by, asked); own != "" {
			return own, at
		}
	}
	return "", 0
}

// column is where in a line, counted in characters from 1, the word stands that
// was seen, and how wide it is. bytes, when it is known, is what stands before
// the place; without either it is where the first action of the line begins.
func column(text string, line, bytes int, seen string) (col, width int) {
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) {
		return 0, 0
	}
	at := lines[line-1]
	from := min(bytes, len(at))
	switch i, j := strings.Index(at[from:], seen), strings.Index(at, seen); {
	case seen != "" && j >= 0:
		from, width = j, len([]rune(seen))
		if i >= 0 {
			from = i + min(bytes, len(at))
		}
	case bytes == 0:
		from = max(strings.Index(at, "{{"), 0)
	}
	return len([]rune(at[:from])) + 1, width
}

// mistake is what is wrong in Danish, the word that was seen, and what to do.
type mistake struct{ text, seen, help string }

// inDanish turns a message of the template packages into words for a layout's
// author. Of a message that nobody has met yet the English is kept, without the
// names of Go's types.
func (s *layoutSet) inDanish(message string) mistake {
	for _, known := range messages {
		if m := known.pattern.FindStringSubmatch(message); m != nil {
			return known.tell(s, m[1:])
		}
	}
	return mistake{text: "fejl i layoutet: " + goType.ReplaceAllStringFunc(message, kindOf)}
}

var builtin = []string{"and", "or", "not", "len", "index", "slice", "printf", "print", "println", "eq", "ne", "lt",
	"le", "gt", "ge", "html", "js", "urlquery", "call"}

// messages are those of text/template, its parser and html/template, the more
// special ones first.
var messages = []struct {
	pattern *regexp.Regexp
	tell    func(s *layoutSet, m []string) mistake
}{
	{regexp.MustCompile(`no words "([^"]*)"`), func(s *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("ordene %q findes ikke", m[0]) + diag.MenteDu(m[0], s.words.Keys()), `"` + m[0] + `"`,
			"Nøglerne står i det medfølgende layouts/ord.toml."}
	}},
	{regexp.MustCompile(`no file "([^"]*)"`), func(s *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("filen %q findes ikke i assets/", m[0]) +
			diag.MenteDu(m[0], slices.Sorted(maps.Keys(s.paths))), `"` + m[0] + `"`,
			"Læg filen i assets/, eller ret navnet."}
	}},
	{regexp.MustCompile(`no slot "([^"]*)"`), func(_ *layoutSet, m []string) mistake {
		known := slices.Sorted(maps.Keys(slotNames))
		return mistake{fmt.Sprintf("pladsen %q findes ikke", m[0]) + diag.MenteDu(m[0], known), `"` + m[0] + `"`,
			"Pladserne er " + strings.Join(known, ", ") + "."}
	}},
	{regexp.MustCompile(`function "([^"]+)" not defined`), func(_ *layoutSet, m []string) mistake {
		own := slices.Sorted(maps.Keys(functions(nil, nil)))
		return mistake{fmt.Sprintf("layoutet bruger funktionen %q, som ikke findes", m[0]) + diag.MenteDu(m[0],
			slices.Concat(own, builtin)), m[0], "Håndbogens egne funktioner er " + strings.Join(own, ", ") + "."}
	}},
	{regexp.MustCompile(`^(?:can't evaluate field (\S+) in type (.+)|(\S+) is an unexported field of struct type (.+))$`),
		func(_ *layoutSet, m []string) mistake {
			return noField(m[0]+m[2], m[1]+m[3])
		}},
	{regexp.MustCompile(`nil pointer evaluating .*\.(\w+)$`), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("layoutet bruger feltet .%s på noget, som ikke findes på alle sider", m[0]), "." + m[0],
			"Spørg først, om det er der, med {{with …}} eller {{if …}}."}
	}},
	{regexp.MustCompile(`^(\S+) (?:has arguments but cannot be invoked as|is not a method but has) `),
		func(_ *layoutSet, m []string) mistake {
			return mistake{fmt.Sprintf("efter feltet .%s kan der ikke stå flere værdier", m[0]), "." + m[0],
				"Skal værdien gives til en funktion, skrives funktionens navn først: {{link .Link}}."}
		}},
	{regexp.MustCompile(`(?:template "([^"]+)" not defined|no such template "([^"]+)")`),
		func(s *layoutSet, m []string) mistake {
			name := m[0] + m[1]
			known := slices.Sorted(maps.Keys(s.texts))
			return mistake{fmt.Sprintf("layoutet bruger layoutet %q, som ikke findes", name) + diag.MenteDu(name, known),
				`"` + name + `"`, ""}
		}},
	{regexp.MustCompile(`multiple definition of template "([^"]+)"`), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("layoutet %q er defineret to gange", m[0]), `"` + m[0] + `"`, ""}
	}},
	{regexp.MustCompile(`exceeded maximum template depth`), fixed("layoutet kalder sig selv igen og igen",
		"Kald det kun med noget, der er mindre hver gang, og stop med {{if …}} eller {{range …}}.")},
	{regexp.MustCompile(`undefined variable:? "?([^"\s]+)"?`), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("layoutet bruger variablen %s, som ikke er sat her", m[0]), m[0],
			fmt.Sprintf("Sæt den først med {{%s := …}}; den gælder til det {{end}}, som den står inden for.", m[0])}
	}},
	{regexp.MustCompile(`^wrong number of args for (\S+): want (at least )?(\d+) got (\d+)`),
		func(_ *layoutSet, m []string) mistake {
			want := m[2]
			if m[1] != "" {
				want = "mindst " + want
			}
			return mistake{fmt.Sprintf("funktionen %q skal have %s, men får %s", m[0], counted(want, m[2]), m[3]), m[0], ""}
		}},
	{regexp.MustCompile(`^range (?:can't iterate|over)`), fixed("{{range}} skal have en liste, men får noget andet",
		"Øverst i det medfølgende layout står, hvilke lister der er.")},
	{regexp.MustCompile(`^can't give argument to non-function (\S+)`), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("%s er ikke en funktion og kan ikke få værdier", m[0]), m[0], ""}
	}},
	{regexp.MustCompile(`^error calling \w+: index out of range: (-?\d+)`), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("listen har ikke noget nummer %s; der tælles fra 0", m[0]), "",
			"Spørg først, hvor lang listen er, med len."}
	}},
	{regexp.MustCompile(`^error calling (eq|ne|lt|le|gt|ge): `), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("de værdier, som %s sammenligner, er ikke af samme slags", m[0]), m[0],
			"Sammenlign tekst med tekst og tal med tal."}
	}},
	{regexp.MustCompile(`^error calling (\w+): (?:can't (?:index|slice) item|len|index|slice|` +
		`cannot index slice/array with)(?: of)?(?: type)? ?(.*)`),
		func(_ *layoutSet, m []string) mistake {
			return mistake{fmt.Sprintf("funktionen %q kan ikke bruges på %s", m[0], kindOf(m[1])), m[0], ""}
		}},
	{regexp.MustCompile(`^wrong type for value; expected (.+); got (.+)`), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("her skal stå %s, men der står %s", kindOf(m[0]), kindOf(m[1])), "", ""}
	}},
	{regexp.MustCompile(`^expected (\w+(?: \w+)?); found (.+)`), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("her skal stå %s, men der står %s", kindOf(m[0]), m[1]), m[1], ""}
	}},
	{regexp.MustCompile(`^(?:invalid value; expected|cannot assign nil to) (.+)`), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("her skal stå %s, men der er ikke noget", kindOf(m[0])), "", ""}
	}},
	{regexp.MustCompile(`^unexpected EOF`),
		fixed("layoutet slutter, før et {{if}}, {{range}}, {{with}} eller {{define}} er afsluttet",
			"Skriv {{end}}, hvor det skal slutte.")},
	{regexp.MustCompile(`^unexpected \{\{end\}\}`), fixed("der er et {{end}} for meget", "")},
	{regexp.MustCompile(`^unexpected \{\{else`), fixed("der er et {{else}} uden et {{if}}, {{range}} eller {{with}}", "")},
	{regexp.MustCompile(`^unclosed comment|^comment ends before`), fixed("en kommentar er ikke afsluttet",
		"En kommentar begynder med {{/* og slutter med */}}.")},
	{regexp.MustCompile(`^unclosed action|^unterminated (?:quoted|character)|^unexpected "[{}]" in`),
		fixed("et {{ mangler sit }}", "")},
	{regexp.MustCompile(`^unterminated raw`), fixed("en tekst i ` mangler sit ` til sidst", "")},
	{regexp.MustCompile(`^unclosed left paren`), fixed("en parentes er ikke lukket", "")},
	{regexp.MustCompile(`^unexpected right paren`), fixed("der er en ) for meget", "")},
	{regexp.MustCompile(`^missing value for (\w+)`), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("{{%s}} mangler det, som det handler om", m[0]), "{{" + m[0],
			fmt.Sprintf("Skriv fx {{%s .Title}}.", m[0])}
	}},
	{regexp.MustCompile(`^\{\{(break|continue)\}\} outside`), func(_ *layoutSet, m []string) mistake {
		return mistake{fmt.Sprintf("{{%s}} kan kun stå i en {{range}}", m[0]), m[0], ""}
	}},
	{regexp.MustCompile(`^(?:unexpected|bad (?:character|number syntax):?|unrecognized character in action:)` +
		` (?:<(.+?)>|"(.+?)"|(\S+ '.+?'))(?: .*)?$`),
		func(_ *layoutSet, m []string) mistake {
			seen := m[0] + m[1] + m[2]
			if i := strings.Index(seen, "'"); i > 0 {
				seen = strings.Trim(seen[i:], "'")
			}
			return mistake{fmt.Sprintf("%q kan ikke stå her mellem {{ og }}", seen), seen, ""}
		}},
	{regexp.MustCompile(`branches end in different contexts|on range loop re-entry`),
		fixed("de veje, som layoutet kan gå, ender forskelligt i HTML-koden",
			"Åbn og luk hvert \" og hvert < inden for samme {{if}} eller {{range}}.")},
	{regexp.MustCompile(`ends in a non-text context|cannot compute output context`),
		fixed("HTML-koden er ikke lukket, hvor layoutet slutter", "Se efter et \" eller et >, der mangler.")},
	{regexp.MustCompile(`(?:in unquoted attr: |in attribute name: |but got )("(?:[^"\\]|\\.)*")`),
		func(_ *layoutSet, m []string) mistake {
			seen, _ := strconv.Unquote(m[0])
			seen, _, _ = strings.Cut(seen, "\n")
			return mistake{fmt.Sprintf("HTML-koden kan ikke forstås ved %s", seen), seen,
				"Sæt \" om værdier, og luk hver kode med >."}
		}},
}

func fixed(text, help string) func(*layoutSet, []string) mistake {
	return func(*layoutSet, []string) mistake { return mistake{text: text, help: help} }
}

func counted(words, n string) string {
	if n == "1" {
		return words + " værdi"
	}
	return words + " værdier"
}

// noField tells of a field that is not there, and of those that are.
func noField(field, in string) mistake {
	m := mistake{text: fmt.Sprintf("layoutet bruger feltet .%s, som ikke findes i %s", field, kindOf(in)),
		seen: "." + field}
	fields := fieldsOf(in)
	if near, ok := diag.Suggest(field, fields); ok {
		m.text += fmt.Sprintf(" – mente du .%s?", near)
	}
	switch {
	case len(fields) > 0:
		m.help = "Her er ." + strings.Join(fields, ", .") + "."
	case strings.HasPrefix(in, "[]"):
		m.help = "Gå listen igennem med {{range …}}; inden for den er felterne dem, som et punkt på listen har."
	default:
		m.help = "Brug værdien selv, uden et felt."
	}
	return m
}

// fieldsOf are the fields of a Go type that layouts are given, in their order.
func fieldsOf(goName string) []string {
	var fields []string
	for _, k := range kinds {
		if t := reflect.TypeOf(k.of); t.Kind() == reflect.Struct && t.String() == strings.TrimPrefix(goName, "*") {
			for f := range t.Fields() {
				if f.IsExported() {
					fields = append(fields, f.Name)
				}
			}
		}
	}
	return fields
}

// kinds say in Danish what a layout is given. The views are named by the
// layout that they are given to.
var kinds = []struct {
	of   any
	name string
}{
	{FrameView{}, "det, som side.html får"}, {BodyView{}, "det, som krop.html får"},
	{ProseView{}, "det, som blok/prosa.html får"}, {FactsView{}, "det, som blok/fakta.html får"}, {ListView{},
		"det, som blok/liste.html får"},
	{CardsView{}, "det, som blok/kort.html får"}, {TableView{}, "det, som blok/tabel.html får"}, {BoxView{},
		"det, som blok/boks.html får"},
	{DrawingView{}, "det, som blok/figur.html får"}, {CheckView{}, "det, som blok/tjekliste.html får"}, {LinesView{},
		"det, som blok/linjer.html får"},
	{BlankView{}, "det, som blok/skema.html får"}, {CalendarView{}, "det, som blok/kalender.html får"}, {LettersView{},
		"det, som blok/bogstaver.html får"},
	{SearchView{}, "det, som blok/soeg.html får"}, {HeroView{}, "det, som blok/velkomst.html får"},
	{Badge{}, "et mærke"}, {Cite{}, "en kilde"}, {Fact{}, "en oplysning"}, {Item{}, "et punkt"}, {NavItem{},
		"en indgang i navigationen"},
	{Form{}, "en form af et ark"}, {LinkGroup{}, "en gruppe af links"}, {Section{}, "et afsnit"}, {Mast{},
		"hovedet af et ark i en pakke"}, {Fold{}, "links, der kan foldes ud"}, {Link{}, "et link"}, {Card{}, "et kort"},
	{Cell{}, "en celle"}, {Row{}, "en række"}, {CheckGroup{}, "en gruppe af punkter"}, {Letter{},
		"et bogstav"}, {Entry{}, "en linje i indekset"},
	{book.Sheet{}, "et ark"}, {struct{}{}, "en tom linje"},
	{template.HTML(""), "færdig HTML"}, {template.URL(""), "en adresse"}, {template.HTMLAttr(""), "en attribut"},
	{"", "en tekst"}, {0, "et tal"}, {false, "et ja eller nej"},
}

// kindOf is what a Go type is to a layout's author.
func kindOf(goName string) string {
	if strings.HasPrefix(goName, "[]") || strings.HasPrefix(goName, "map[") {
		return "en liste"
	}
	switch goName = strings.TrimPrefix(goName, "*"); goName {
	case "integer", "unsigned integer", "float", "float64":
		return "et tal"
	}
	for _, k := range kinds {
		if reflect.TypeOf(k.of).String() == goName {
			return k.name
		}
	}
	return "noget andet"
}
