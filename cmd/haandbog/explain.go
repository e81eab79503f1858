package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/schema"
)

func explainCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "explain [KIND[.KEY]]",
		Short: "Tell authors what they can write, in Danish",
		Long: `explain tells what can be written in content/: the kinds of tables, their keys
and values, what a municipality may do with them, and the rules.

  haandbog explain                    what there is
  haandbog explain fase               a kind, with an example and its keys
  haandbog explain fase.ansvarlig     a key, with its values and an example
  haandbog explain kerne              a rule

The preview shows the same as a page, Skrivehjælp.`,
		SuggestFor: []string{"forklar", "hjælp", "reference"},
		Args:       takesAtMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r := build.Reference(kindsOf(cmd))
			a := r.Overview
			if len(args) == 1 {
				found, unknown, there := r.Find(args[0])
				if unknown != "" {
					return usageError{fmt.Errorf("unknown kind, key or rule %q%s; there are %s",
						unknown, didYouMean(unknown, there), strings.Join(there, ", "))}
				}
				a = found
			}
			return newPaper(cmd.OutOrStdout()).article(a)
		},
	}
	c.ValidArgsFunction = func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		return build.Reference(kindsOf(cmd)).Names(), cobra.ShellCompDirectiveNoFileComp
	}
	return c
}

// paper is what an article is written on: so many characters wide, with bold
// words where that can be shown.
type paper struct {
	out   io.Writer
	width int
	bold  bool
}

const (
	usualWidth  = 80
	widest      = 100 // longer lines are hard to read
	widestWords = 26  // of a column of words
	narrow      = 56  // below this, a word stands above what is said of it
)

func newPaper(out io.Writer) paper {
	p := paper{out: out, width: usualWidth}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		p.width = n
	}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			p.width = w
		}
		p.bold = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	p.width = max(20, min(p.width, widest))
	return p
}

func (p paper) article(a schema.Article) error {
	var b strings.Builder
	p.paragraph(&b, 0, p.strong(a.Title)+" – "+a.Lead)
	for _, part := range a.Parts {
		b.WriteByte('\n')
		if part.Title != "" {
			p.paragraph(&b, 0, p.strong(part.Title))
		}
		for _, text := range part.Text {
			p.paragraph(&b, 2, text)
		}
		p.rows(&b, part.Rows)
		for line := range strings.Lines(part.Example) {
			b.WriteString(strings.TrimRight("    "+line, " \n") + "\n")
		}
	}
	_, err := io.WriteString(p.out, b.String())
	return err
}

// rows writes words with what is said of them beside them, or under them where
// there is no room.
func (p paper) rows(b *strings.Builder, rows []schema.Row) {
	column := 0
	for _, r := range rows {
		if n := utf8.RuneCountInString(r.Term); n <= widestWords && p.width >= narrow {
			column = max(column, n)
		}
	}
	column += 4
	for _, r := range rows {
		texts := r.Text
		if r.Note != "" {
			texts = append([]string{r.Note}, texts...)
		}
		at := 2 + utf8.RuneCountInString(r.Term)
		if len(texts) == 0 || at+2 > column {
			p.paragraph(b, 2, p.strong(r.Term))
			at = 0
		} else {
			b.WriteString("  " + p.strong(r.Term))
		}
		for _, text := range texts {
			var lines strings.Builder
			p.paragraph(&lines, column, text)
			b.WriteString(lines.String()[at:])
			at = 0
		}
	}
}

// paragraph writes a text with an indent, on as many lines as it needs.
func (p paper) paragraph(b *strings.Builder, indent int, text string) {
	length := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(bare.Replace(word))
		switch {
		case length == 0:
			b.WriteString(strings.Repeat(" ", indent))
			length = indent
		case length+1+n > p.width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			length = indent
		default:
			b.WriteByte(' ')
			length++
		}
		b.WriteString(word)
		length += n
	}
	b.WriteByte('\n')
}

const boldOn, boldOff = "\x1b[1m", "\x1b[0m"

var bare = strings.NewReplacer(boldOn, "", boldOff, "")

func (p paper) strong(s string) string {
	if !p.bold {
		return s
	}
	return boldOn + s + boldOff
}
