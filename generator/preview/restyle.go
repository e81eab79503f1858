package preview

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// ruleEdit replaces neighbouring rules of a style sheet, or of a group in it. A
// browser that gets a new sheet styles and lays out the whole page again; for a
// new rule it does so only where the rule reaches.
type ruleEdit struct {
	In     []place  `json:"in"` // the way to the group, from the sheet; empty for the sheet itself
	At     place    `json:"at"` // the first rule replaced
	Remove int      `json:"remove"`
	Insert []string `json:"insert"`
}

// place is a rule among its neighbours. A browser that has another number of
// them understood the sheet in another way than we did.
type place struct {
	Index int `json:"index"`
	Of    int `json:"of"`
}

// rule is a rule of a style sheet as CSSOM counts them.
type rule struct {
	text  string // all of it
	head  string // of a group: what stands before its rules
	rules []rule // of a group
}

// diffRules gives what makes rules others, in the group that in leads to.
func diffRules(in []place, a, b []rule) []ruleEdit {
	from, end := 0, 0
	for from < min(len(a), len(b)) && a[from].text == b[from].text {
		from++
	}
	for end < min(len(a), len(b))-from && a[len(a)-1-end].text == b[len(b)-1-end].text {
		end++
	}
	olds, news := a[from:len(a)-end], b[from:len(b)-end]
	if len(olds) == 0 && len(news) == 0 {
		return nil
	}
	if slices.EqualFunc(olds, news, func(o, n rule) bool { return o.head != "" && o.head == n.head }) {
		var edits []ruleEdit
		for i := range olds {
			edits = append(edits, diffRules(append(slices.Clip(in), place{from + i, len(a)}), olds[i].rules, news[i].rules)...)
		}
		return edits
	}
	edit := ruleEdit{In: append([]place{}, in...), At: place{from, len(a)}, Remove: len(olds), Insert: []string{}}
	for _, n := range news {
		edit.Insert = append(edit.Insert, n.text)
	}
	return []ruleEdit{edit}
}

// rulesOf takes a style sheet apart. One that imports others can't be changed
// rule by rule, and is an error.
func rulesOf(text []byte) ([]rule, error) {
	if bytes.Contains(text, []byte("@import")) || bytes.Contains(text, []byte("@namespace")) {
		return nil, errImports
	}
	p := &ruleParser{lexer: css.NewLexer(parse.NewInputBytes(slices.Clone(text)))}
	rules := p.rules(false)
	if err := p.lexer.Err(); p.err == nil && !errors.Is(err, io.EOF) {
		p.err = err
	}
	return rules, p.err
}

var (
	errRules   = errors.New("unbalanced rules")
	errImports = errors.New("imports other style sheets")
)

type ruleParser struct {
	lexer *css.Lexer
	err   error
}

// rules reads rules up to the end of the text, or of the group that they are in.
func (p *ruleParser) rules(inner bool) []rule {
	var list []rule
	var head strings.Builder
	name := ""
	for p.err == nil {
		kind, text := p.lexer.Next()
		switch kind {
		case css.ErrorToken:
			if inner || strings.TrimSpace(head.String()) != "" {
				p.err = errRules
			}
			return list
		case css.CommentToken:
			continue
		case css.AtKeywordToken:
			if strings.TrimSpace(head.String()) == "" {
				name = string(text)
			}
		case css.WhitespaceToken:
			if head.Len() == 0 {
				continue
			}
		case css.RightBraceToken:
			if !inner || head.Len() > 0 {
				p.err = errRules
			}
			return list
		case css.SemicolonToken:
			list = append(list, rule{text: head.String() + ";"})
			head.Reset()
			name = ""
			continue
		case css.LeftBraceToken:
			r := rule{}
			if slices.Contains([]string{"@layer", "@media", "@supports", "@container", "@scope"}, name) {
				r.head = head.String()
				r.rules = p.rules(true)
				r.text = r.head + "{"
				for _, x := range r.rules {
					r.text += x.text
				}
				r.text += "}"
			} else {
				r.text = head.String() + "{" + p.block() + "}"
			}
			list = append(list, r)
			head.Reset()
			name = ""
			continue
		}
		head.Write(text)
	}
	return list
}

// block reads to the brace that closes the one before.
func (p *ruleParser) block() string {
	var b strings.Builder
	for depth := 1; ; {
		kind, text := p.lexer.Next()
		switch kind {
		case css.ErrorToken:
			p.err = errRules
			return ""
		case css.LeftBraceToken:
			depth++
		case css.RightBraceToken:
			if depth--; depth == 0 {
				return b.String()
			}
		}
		b.Write(text)
	}
}
