package render

import (
	"bytes"
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"

	"modelhaandbog/generator/diag"
)

// load is something that a stylesheet loads: the token that names it, and its address.
type load struct {
	at       int
	token    string
	address  string
	imported bool
}

// loads finds what a stylesheet loads, also where letters are written as escapes.
func loads(data []byte) (list []load) {
	lexer := css.NewLexer(parse.NewInputBytes(bytes.Clone(data)))
	var rule string        // the at-rule at hand
	var functions []string // those that are open
	for at := 0; ; {
		kind, raw := lexer.Next()
		token := string(raw)
		switch kind {
		case css.ErrorToken:
			return list
		case css.AtKeywordToken:
			rule = strings.ToLower(unescaped(token))
		case css.SemicolonToken, css.LeftBraceToken, css.RightBraceToken:
			rule, functions = "", nil
		case css.FunctionToken, css.LeftParenthesisToken:
			functions = append(functions, strings.ToLower(unescaped(token)))
		case css.RightParenthesisToken:
			functions = functions[:max(0, len(functions)-1)]
		case css.URLToken, css.StringToken:
			inside := ""
			if len(functions) > 0 {
				inside = functions[len(functions)-1]
			}
			loading := kind == css.URLToken || inside == "url(" || inside == "src(" ||
				strings.HasSuffix(inside, "image-set(")
			imported := rule == "@import" && (loading || inside == "")
			if rule != "@namespace" && (loading || imported) {
				list = append(list, load{at, token, addressIn(token), imported})
			}
		}
		at += len(raw)
	}
}

// addressIn is what stands in url(…) or in quotes.
func addressIn(token string) string {
	if token[0] != '"' && token[0] != '\'' {
		token = strings.TrimSuffix(token[strings.IndexByte(token, '(')+1:], ")")
	}
	return strings.TrimSpace(unescaped(strings.Trim(strings.TrimSpace(token), `"'`)))
}

var escape = regexp.MustCompile(`\\(?:([0-9a-fA-F]{1,6})\s?|(.))`)

func unescaped(s string) string {
	return escape.ReplaceAllStringFunc(s, func(e string) string {
		if n, err := strconv.ParseInt(strings.TrimSpace(e[1:]), 16, 32); err == nil {
			return string(rune(n))
		}
		return e[1:]
	})
}

// link gives a stylesheet in which the files of assets/ that it loads have their
// published names. All else that it would load is told.
func (set *assetSet) link(name string, data []byte) ([]byte, []diag.Diag) {
	var diags []diag.Diag
	var out []byte
	done := 0
	for _, l := range loads(data) {
		report := func(help, message string, args ...any) {
			diags = append(diags, placed("assets/"+name, string(data), l.at, len([]rune(l.token)),
				fmt.Sprintf(message, args...), help))
		}
		u, err := url.Parse(l.address)
		switch {
		case l.imported:
			report("Kopiér reglerne ind i filen, og slet linjen.", "\"%s\" kan ikke hentes med @import", l.address)
		case err != nil || u.Host != "" || u.Scheme != "" && u.Scheme != "data":
			report(`Læg filen i assets/, og skriv kun dens navn: url("navn.png").`,
				"\"%s\" ligger uden for håndbogen, og siderne må ikke hente noget udefra", l.address)
		case u.Scheme == "data" || u.Path == "":
		default:
			file := path.Join(path.Dir(name), u.Path)
			to, known := set.paths[file]
			if !known {
				report("Læg filen i assets/, eller ret navnet.", "filen \"%s\" findes ikke i assets/%s", u.Path,
					diag.MenteDu(file, slices.Sorted(maps.Keys(set.paths))))
				continue
			}
			set.linked[file] = true
			u.Path = path.Join(path.Dir(u.Path), path.Base(to))
			address := quoted(u.String())
			if l.token[0] != '"' && l.token[0] != '\'' {
				address = "url(" + address + ")"
			}
			out = append(append(out, data[done:l.at]...), address...)
			done = l.at + len(l.token)
		}
	}
	return append(out, data[done:]...), diags
}

var asksFor = regexp.MustCompile(`\bfil\s+["` + "`" + `]([^"` + "`" + `]+)`)

// unused warns of the site's own files that replace none of ours, and that no layout or
// stylesheet asks for.
func (set *assetSet) unused(own map[string]layout) (diags []diag.Diag) {
	asked := maps.Clone(set.linked)
	for _, l := range own {
		for _, m := range asksFor.FindAllStringSubmatch(l.text, -1) {
			asked[m[1]] = true
		}
	}
	for _, name := range set.extra {
		if asked[name] {
			continue
		}
		element := map[string]string{".css": `<link rel="stylesheet" href="%s">`,
			".js": `<script src="%s" defer></script>`}[path.Ext(name)]
		if element == "" {
			element = fmt.Sprintf("url(%q) i din CSS eller ", name) + "%s"
		}
		diags = append(diags, diag.Diag{Severity: diag.Warning, Code: "asset-ubrugt",
			Pos:     diag.Pos{File: "assets/" + name},
			Message: "filen bliver ikke brugt" + diag.MenteDu(name, set.ours),
			Help: fmt.Sprintf("Giv den navn efter den fil, som den skal erstatte (%s), skriv "+element+
				" i et eget layouts/side.html, eller slet den.", strings.Join(set.ours, ", "),
				fmt.Sprintf("{{.Root}}{{fil %q}}", name))})
	}
	return diags
}

// fileIn gives layouts the published path of a file in assets/.
func fileIn(paths map[string]string) func(name string) (template.URL, error) {
	return func(name string) (template.URL, error) {
		p, ok := paths[name]
		if !ok {
			return "", fmt.Errorf("no file %q", name)
		}
		return template.URL(escapePath(p)), nil
	}
}

// placed makes an error of an own file, given the offset in its text.
func placed(file, text string, at, width int, message, help string) diag.Diag {
	start := strings.LastIndexByte(text[:at], '\n') + 1
	return diag.Diag{Severity: diag.Error, Code: "asset", Width: width, Message: message, Help: help,
		Pos: diag.Pos{File: file, Line: strings.Count(text[:at], "\n") + 1, Col: len([]rune(text[start:at])) + 1}}
}
