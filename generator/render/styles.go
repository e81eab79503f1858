package render

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"

	"modelhaandbog/generator/diag"
)

// checkStyles finds what makes browsers drop rules of a stylesheet without a
// word: brackets, texts, addresses and comments that have no end, and
// declarations without a colon or a semicolon. It knows no properties, at-rules
// or selectors, so that whatever CSS will hold later passes.
func checkStyles(file string, data []byte) []diag.Diag {
	c := &styles{file: file, text: string(data), open: []bracket{{rules: true, statement: noStatement}}, astray: -1}
	lexer := css.NewLexer(parse.NewInputBytes(bytes.Clone(data)))
	for at := 0; ; {
		kind, token := lexer.Next()
		if kind == css.ErrorToken {
			break
		}
		c.token(kind, string(token), at)
		at += len(token)
	}
	c.end()
	return c.diags
}

type styles struct {
	file   string
	text   string
	open   []bracket // the first is the file
	astray int       // the first opening that a closing brace is not below, or -1
	diags  []diag.Diag
}

// bracket is one that is open.
type bracket struct {
	opener string
	at     int
	rules  bool // what stands in it are statements
	statement
}

var closers = map[string]string{"{": "}", "(": ")", "[": "]"}

// statement is a rule or a declaration as far as it is read.
type statement struct {
	start, end int // its first and behind its last token; start is -1 before it
	rule       bool
	custom     bool // a custom property: its value may be anything
	colon      bool
	word       int // the word at hand that a line begins with, or -1
	next       int // a line that begins like a declaration of its own, or -1
}

var noStatement = statement{start: -1, word: -1, next: -1}

// token takes in the next token, which stands at an offset.
func (c *styles) token(kind css.TokenType, token string, at int) {
	switch kind {
	case css.CommentToken:
		if len(token) < 4 || !strings.HasSuffix(token, "*/") {
			c.report(at, 2, "kommentaren slutter aldrig", "Skriv */, hvor kommentaren er forbi.")
		}
		return
	case css.WhitespaceToken, css.CDOToken, css.CDCToken:
		return
	case css.BadStringToken:
		c.report(at, 1, "teksten mangler sit afsluttende anførselstegn", "Sæt "+token[:1]+" sidst i teksten.")
	case css.StringToken:
		if len(token) < 2 || token[len(token)-1] != token[0] {
			c.report(at, 1, "teksten mangler sit afsluttende anførselstegn", "Sæt "+token[:1]+" sidst i teksten.")
		}
	case css.BadURLToken:
		c.report(at, 4, "adressen i url(…) kan ikke læses", `Sæt adressen i anførselstegn: url("…").`)
	case css.URLToken:
		if !strings.HasSuffix(token, ")") {
			c.report(at, 4, "adressen i url(…) bliver ikke lukket", "Sæt ) efter adressen.")
		}
	}
	in := &c.open[len(c.open)-1]
	switch kind {
	case css.SemicolonToken:
		if len(c.open) == 1 && in.start < 0 {
			c.report(at, 1, "der er et ; for meget", "Slet det. Ellers gælder den næste regel ikke.")
		}
		if in.rules {
			c.finish(in)
			return
		}
	case css.RightBraceToken, css.RightParenthesisToken, css.RightBracketToken:
		c.close(token, at)
		return
	}
	if in.rules {
		in.statement.take(c.text, kind, token, at)
	}
	switch kind {
	case css.LeftBraceToken, css.LeftParenthesisToken, css.LeftBracketToken, css.FunctionToken:
		b := bracket{opener: token[len(token)-1:], at: at + len(token) - 1, statement: noStatement}
		b.rules = b.opener == "{" && in.rules && !(in.custom && in.colon)
		c.open = append(c.open, b)
	}
}

// take makes a token the statement's last.
func (s *statement) take(text string, kind css.TokenType, token string, at int) {
	switch {
	case s.start < 0:
		s.start, s.rule, s.custom = at, kind == css.AtKeywordToken, kind == css.CustomPropertyNameToken ||
			strings.HasPrefix(token, "--")
	case kind == css.ColonToken && s.colon && s.word >= 0 && s.next < 0:
		s.next = s.word
	}
	s.colon = s.colon || kind == css.ColonToken
	s.word = -1
	if line := text[strings.LastIndexByte(text[:at], '\n')+1 : at]; kind == css.IdentToken &&
		strings.TrimSpace(line) == "" {
		s.word = at
	}
	s.end = at + len(token)
}

// finish ends the statement at hand, which has no block.
func (c *styles) finish(in *bracket) {
	s := in.statement
	in.statement = noStatement
	switch {
	case s.start < 0 || s.rule:
	case len(c.open) == 1:
		c.report(s.start, c.width(s), "reglen har ingen { og }", "Skriv, hvad reglen gælder for, og sæt { og } om resten.")
	case !s.colon:
		c.report(s.start, c.width(s), "her mangler et kolon", "Skriv en egenskab, et kolon og en værdi, fx color: black.")
	case s.next >= 0 && !s.custom:
		c.report(s.next, 1, "der mangler et semikolon før denne linje", "Sæt ; sidst på linjen over den.")
	}
}

// close takes in a closing bracket. One that closes nothing is one too many;
// one that closes a bracket further out tells that those within lack theirs.
func (c *styles) close(closer string, at int) {
	n := len(c.open) - 1
	for n > 0 && closers[c.open[n].opener] != closer {
		n--
	}
	if n == 0 {
		c.report(at, 1, fmt.Sprintf("der er en %s for meget", closer), "")
		return
	}
	for i := len(c.open) - 1; i > n; i-- {
		c.unclosed(c.open[i])
	}
	b := c.open[n]
	if b.rules {
		c.finish(&c.open[n])
	}
	if c.astray < 0 && closer == "}" && c.strays(b.at, at) {
		c.astray = b.at
	}
	c.open = c.open[:n]
	if out := &c.open[n-1]; b.rules {
		out.statement = noStatement
	}
}

// strays reports whether a closing brace that stands first on its line is not
// as far in as the line of the opening one.
func (c *styles) strays(opened, closed int) bool {
	indent := func(at int) (string, bool) {
		line := c.text[strings.LastIndexByte(c.text[:at], '\n')+1 : at]
		rest := strings.TrimLeft(line, " \t")
		return line[:len(line)-len(rest)], rest == ""
	}
	from, _ := indent(opened)
	to, first := indent(closed)
	return first && from != to
}

// end takes in the end of the file. Where the brace is missing can only be
// guessed: it is the one whose closing brace is further out, else the first.
func (c *styles) end() {
	if len(c.open) > 1 {
		b := c.open[1]
		if c.astray >= 0 && b.opener == "{" {
			b.at = c.astray
		}
		c.unclosed(b)
		return
	}
	c.finish(&c.open[0])
}

func (c *styles) unclosed(b bracket) {
	c.report(b.at, 1, fmt.Sprintf("%s bliver ikke lukket", b.opener), fmt.Sprintf("Sæt %s, hvor det slutter.",
		closers[b.opener]))
}

// width is that of the statement's first line.
func (c *styles) width(s statement) int {
	line, _, _ := strings.Cut(c.text[s.start:s.end], "\n")
	return len([]rune(strings.TrimRight(line, " \t\r")))
}

func (c *styles) report(at, width int, message, help string) {
	c.diags = append(c.diags, placed(c.file, c.text, at, width, message, help))
}
