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
	"sync"

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

// message is one of text/template, its parser or html/template, and how it is told:
// $1 is what stood in the first group, in Danish when the group is called type.
type message struct {
	pattern string
	mistake
	known func(*layoutSet) []string // what $1 should have been one of; $known in help
}

// inDanish turns a message of the template packages into words for a layout's
// author. Of a message that nobody has met yet the English is kept, without the
// names of Go's types.
func (s *layoutSet) inDanish(english string) mistake {
	if m := noSuchField.FindStringSubmatch(english); m != nil {
		return noField(m[1]+m[3], m[2]+m[4])
	}
	for i, pattern := range patterns() {
		if m := pattern.FindStringSubmatch(english); m != nil {
			return messages[i].tell(s, pattern, m)
		}
	}
	return mistake{text: "fejl i layoutet: " + goType.ReplaceAllStringFunc(english, kindOf)}
}

var noSuchField = regexp.MustCompile(
	`^(?:can't evaluate field (\S+) in type (.+)|(\S+) is an unexported field of struct type (.+))$`)

var patterns = sync.OnceValue(func() []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, m := range messages {
		out = append(out, regexp.MustCompile(m.pattern))
	}
	return out
})

func (m message) tell(s *layoutSet, pattern *regexp.Regexp, groups []string) mistake {
	var slots []string
	for i, name := range pattern.SubexpNames() {
		was := strings.ReplaceAll(groups[i], `\"`, `"`)
		if name == "type" {
			was = kindOf(was)
		}
		slots = append(slots, "$"+strconv.Itoa(i), was)
	}
	said := m.mistake
	if m.known != nil {
		known := m.known(s)
		slots = append(slots, "$known", strings.Join(known, ", "))
		said.text += diag.MenteDu(groups[1], known)
	}
	fill := strings.NewReplacer(slots...)
	return mistake{fill.Replace(said.text), fill.Replace(said.seen), fill.Replace(said.help)}
}

var ownFunctions = slices.Sorted(maps.Keys(functions(nil, nil)))

func functionNames(*layoutSet) []string {
	return slices.Concat(ownFunctions, []string{"and", "or", "not", "len", "index", "slice", "printf", "print", "println",
		"eq", "ne", "lt", "le", "gt", "ge", "html", "js", "urlquery", "call"})
}

func slotList(*layoutSet) []string { return slices.Sorted(maps.Keys(slotNames)) }

func (s *layoutSet) layoutNames() []string { return slices.Sorted(maps.Keys(s.texts)) }

func (s *layoutSet) assetPaths() []string { return slices.Sorted(maps.Keys(s.paths)) }

func (s *layoutSet) wordKeys() []string { return s.words.Keys() }

// messages are known ones, the more special first.
var messages = []message{
	{`no words "([^"]*)"`, mistake{`ordene "$1" findes ikke`, `"$1"`,
		"Nøglerne står i det medfølgende layouts/ord.toml."}, (*layoutSet).wordKeys},
	{`no file "([^"]*)"`, mistake{`filen "$1" findes ikke i assets/`, `"$1"`,
		"Læg filen i assets/, eller ret navnet."}, (*layoutSet).assetPaths},
	{`no slot "([^"]*)"`, mistake{`pladsen "$1" findes ikke`, `"$1"`, "Pladserne er $known."}, slotList},
	{`function "([^"]+)" not defined`, mistake{`layoutet bruger funktionen "$1", som ikke findes`, "$1",
		"Håndbogens egne funktioner er " + strings.Join(ownFunctions, ", ") + "."}, functionNames},
	{`nil pointer evaluating .*\.(\w+)$`, mistake{"layoutet bruger feltet .$1 på noget, som ikke findes på alle sider",
		".$1", "Spørg først, om det er der, med {{with …}} eller {{if …}}."}, nil},
	{`^(\S+) (?:has arguments but cannot be invoked as|is not a method but has) `,
		mistake{"efter feltet .$1 kan der ikke stå flere værdier", ".$1",
			"Skal værdien gives til en funktion, skrives funktionens navn først: {{link .Link}}."}, nil},
	{`multiple definition of template "([^"]+)"`, mistake{`layoutet "$1" er defineret to gange`, `"$1"`, ""}, nil},
	{`(?:template|no such template) "([^"]+)"(?: not defined|$)`, mistake{
		`layoutet bruger layoutet "$1", som ikke findes`, `"$1"`, ""}, (*layoutSet).layoutNames},
	{`exceeded maximum template depth`, mistake{"layoutet kalder sig selv igen og igen", "",
		"Kald det kun med noget, der er mindre hver gang, og stop med {{if …}} eller {{range …}}."}, nil},
	{`undefined variable:? "?([^"\s]+)"?`, mistake{"layoutet bruger variablen $1, som ikke er sat her", "$1",
		"Sæt den først med {{$1 := …}}; den gælder til det {{end}}, som den står inden for."}, nil},
	{`^wrong number of args for (\S+): want 1 got (\d+)`,
		mistake{`funktionen "$1" skal have 1 værdi, men får $2`, "$1", ""}, nil},
	{`^wrong number of args for (\S+): want at least 1 got (\d+)`,
		mistake{`funktionen "$1" skal have mindst 1 værdi, men får $2`, "$1", ""}, nil},
	{`^wrong number of args for (\S+): want at least (\d+) got (\d+)`,
		mistake{`funktionen "$1" skal have mindst $2 værdier, men får $3`, "$1", ""}, nil},
	{`^wrong number of args for (\S+): want (\d+) got (\d+)`,
		mistake{`funktionen "$1" skal have $2 værdier, men får $3`, "$1", ""}, nil},
	{`^range (?:can't iterate|over)`, mistake{"{{range}} skal have en liste, men får noget andet", "",
		"Øverst i det medfølgende layout står, hvilke lister der er."}, nil},
	{`^can't give argument to non-function (\S+)`,
		mistake{"$1 er ikke en funktion og kan ikke få værdier", "$1", ""}, nil},
	{`^error calling \w+: index out of range: (-?\d+)`, mistake{
		"listen har ikke noget nummer $1; der tælles fra 0", "", "Spørg først, hvor lang listen er, med len."}, nil},
	{`^error calling (eq|ne|lt|le|gt|ge): `, mistake{"de værdier, som $1 sammenligner, er ikke af samme slags", "$1",
		"Sammenlign tekst med tekst og tal med tal."}, nil},
	{`^error calling (\w+): (?:can't (?:index|slice) item|len|index|slice|cannot index slice/array with)` +
		`(?: of)?(?: type)? ?(?P<type>.*)`, mistake{`funktionen "$1" kan ikke bruges på $2`, "$1", ""}, nil},
	{`^wrong type for value; expected (?P<type>.+); got (?P<type>.+)`,
		mistake{"her skal stå $1, men der står $2", "", ""}, nil},
	{`^expected (?P<type>\w+(?: \w+)?); found (.+)`, mistake{"her skal stå $1, men der står $2", "$2", ""}, nil},
	{`^(?:invalid value; expected|cannot assign nil to) (?P<type>.+)`,
		mistake{"her skal stå $1, men der er ikke noget", "", ""}, nil},
	{`^unexpected EOF`, mistake{"layoutet slutter, før et {{if}}, {{range}}, {{with}} eller {{define}} er afsluttet", "",
		"Skriv {{end}}, hvor det skal slutte."}, nil},
	{`^unexpected \{\{end\}\}`, mistake{"der er et {{end}} for meget", "", ""}, nil},
	{`^unexpected \{\{else`, mistake{"der er et {{else}} uden et {{if}}, {{range}} eller {{with}}", "", ""}, nil},
	{`^unclosed comment|^comment ends before`, mistake{"en kommentar er ikke afsluttet", "",
		"En kommentar begynder med {{/* og slutter med */}}."}, nil},
	{`^unclosed action|^unterminated (?:quoted|character)|^unexpected "[{}]" in`,
		mistake{"et {{ mangler sit }}", "", ""}, nil},
	{`^unterminated raw`, mistake{"en tekst i ` mangler sit ` til sidst", "", ""}, nil},
	{`^unclosed left paren`, mistake{"en parentes er ikke lukket", "", ""}, nil},
	{`^unexpected right paren`, mistake{"der er en ) for meget", "", ""}, nil},
	{`^missing value for (\w+)`, mistake{"{{$1}} mangler det, som det handler om", "{{$1",
		"Skriv fx {{$1 .Title}}."}, nil},
	{`^\{\{(break|continue)\}\} outside`, mistake{"{{$1}} kan kun stå i en {{range}}", "$1", ""}, nil},
	{`^(?:unexpected|bad (?:character|number syntax):?|unrecognized character in action:)` +
		` (?:<(.+?)>|"(.+?)"|\S+ '(.+?)')(?: .*)?$`, mistake{`"$1$2$3" kan ikke stå her mellem {{ og }}`, "$1$2$3", ""}, nil},
	{`branches end in different contexts|on range loop re-entry`,
		mistake{"de veje, som layoutet kan gå, ender forskelligt i HTML-koden", "",
			"Åbn og luk hvert \" og hvert < inden for samme {{if}} eller {{range}}."}, nil},
	{`ends in a non-text context|cannot compute output context`,
		mistake{"HTML-koden er ikke lukket, hvor layoutet slutter", "", "Se efter et \" eller et >, der mangler."}, nil},
	{`(?:in unquoted attr: |in attribute name: |but got )"((?:[^"\\]|\\[^n])*)`,
		mistake{"HTML-koden kan ikke forstås ved $1", "$1", "Sæt \" om værdier, og luk hver kode med >."}, nil},
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

// kinds say in Danish what a layout is given.
var kinds = []struct {
	of   any
	name string
}{
	{FrameView{}, given("side")}, {BodyView{}, given("krop")}, {ProseView{}, given("blok/prosa")},
	{FactsView{}, given("blok/fakta")}, {ListView{}, given("blok/liste")}, {CardsView{}, given("blok/kort")},
	{TableView{}, given("blok/tabel")}, {BoxView{}, given("blok/boks")}, {DrawingView{}, given("blok/figur")},
	{CheckView{}, given("blok/tjekliste")}, {LinesView{}, given("blok/linjer")}, {BlankView{}, given("blok/skema")},
	{AttendanceView{}, given("blok/tilstede")},
	{CalendarView{}, given("blok/kalender")}, {LettersView{}, given("blok/bogstaver")},
	{RatingView{}, given("blok/vurdering")}, {RatingGroup{}, "et domæne"}, {RatingPoint{}, "et punkt med svar"},
	{RatingLevel{}, "et svar"}, {book.RatingSum{}, "en sum"}, {book.RatingLimit{}, "en grænse"},
	{SearchView{}, given("blok/soeg")}, {HeroView{}, given("blok/velkomst")},
	{Badge{}, "et mærke"}, {Cite{}, "en kilde"}, {Fact{}, "en oplysning"}, {Item{}, "et punkt"},
	{NavItem{}, "en indgang i navigationen"}, {Form{}, "en form af et ark"}, {LinkGroup{}, "en gruppe af links"},
	{Section{}, "et afsnit"}, {Mast{}, "hovedet af et ark i en pakke"}, {Fold{}, "links, der kan foldes ud"},
	{Link{}, "et link"}, {Card{}, "et kort"}, {Cell{}, "en celle"}, {Row{}, "en række"},
	{CheckGroup{}, "en gruppe af punkter"}, {Letter{}, "et bogstav"}, {Entry{}, "en linje i indekset"},
	{book.Sheet{}, "et ark"}, {book.Choice(""), "et valg af et ark"}, {struct{}{}, "en tom linje"}, {template.HTML(""), "færdig HTML"},
	{template.URL(""), "en adresse"}, {template.HTMLAttr(""), "en attribut"}, {"", "en tekst"}, {0, "et tal"},
	{false, "et ja eller nej"},
}

// given is what a layout gets.
func given(layout string) string { return "det, som " + layout + ".html får" }

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
